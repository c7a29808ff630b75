//! "Are you still here?": asked over everything when nobody has touched the screen for a while.

use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems};
use crate::kiosk::session::StillThere;
use crate::kiosk::settings::Settings;
use crate::kiosk::theme::widgets::{Button, Style, floating};
use crate::kiosk::theme::{Brush, Face, Look, Step, tokens};
use crate::kiosk::touch::Blocker;
use bevy::prelude::*;
use bevy::ui::{AngularColorStop, ConicGradient};

#[derive(Component)]
struct Asking;

#[derive(Component)]
struct Seconds;

#[derive(Component)]
struct Ring;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build, count_down).chain().in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    still_there: Res<StillThere>,
    look: Res<Look>,
    words: Res<Words>,
    brush: Brush,
    old: Query<Entity, With<Asking>>,
) {
    let wanted = still_there.0.is_some();
    let stale = look.is_changed() || words.is_changed();
    if wanted != old.is_empty() && !stale {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let Some(seconds) = still_there.0 else { return };
    let veil = Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    commands.spawn((Asking, veil, BackgroundColor(tokens::VEIL), Blocker, GlobalZIndex(100))).with_children(|ui| {
        let card = Node {
            flex_direction: FlexDirection::Column,
            width: brush.px(if look.is_portrait() { 920.0 } else { 1060.0 }),
            padding: UiRect::all(brush.px(72.0)),
            row_gap: brush.px(56.0),
            border_radius: BorderRadius::all(brush.px(24.0)),
            ..default()
        };
        ui.spawn((card, BackgroundColor(tokens::PAPER_50), floating(&look))).with_children(|ui| {
            let top = Node { column_gap: brush.px(56.0), align_items: AlignItems::Center, ..default() };
            ui.spawn(top).with_children(|ui| {
                ring(ui, &brush, seconds);
                let said = Node {
                    flex_direction: FlexDirection::Column,
                    row_gap: brush.px(12.0),
                    flex_shrink: 1.0,
                    ..default()
                };
                ui.spawn(said).with_children(|ui| {
                    ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::INK_900, brush.say("still-there")));
                    ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::INK_700, brush.say("still-there-why")));
                });
            });
            let row = Node { column_gap: brush.px(24.0), ..default() };
            ui.spawn(row).with_children(|ui| {
                brush.button(ui, Button::new(Style::Primary, None, &brush.say("still-here"), Ask::StillHere).growing());
                brush.button(ui, Button::new(Style::Outline, "house", &brush.say("to-start"), Ask::Finish));
            });
        });
    });
}

fn ring(ui: &mut crate::kiosk::theme::Ui, brush: &Brush, seconds: u64) {
    let side = brush.px(260.0);
    let centred = |side: Val| Node {
        width: side,
        height: side,
        flex_shrink: 0.0,
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        border_radius: BorderRadius::all(percent(50)),
        ..default()
    };
    ui.spawn((Ring, centred(side), BackgroundGradient::from(sweep(1.0)))).with_children(|ui| {
        ui.spawn((centred(brush.px(228.0)), BackgroundColor(tokens::PAPER_50))).with_children(|ui| {
            ui.spawn((Seconds, brush.text(Step::Display, Face::SerifSemiBold, tokens::INK_900, seconds.to_string())));
        });
    });
}

/// Vermilion for the share of time that is left.
fn sweep(left: f32) -> ConicGradient {
    let edge = std::f32::consts::TAU * left.clamp(0.0, 1.0);
    ConicGradient::new(
        UiPosition::CENTER,
        vec![
            AngularColorStop::new(tokens::SEAL_600, 0.0),
            AngularColorStop::new(tokens::SEAL_600, edge),
            AngularColorStop::new(tokens::PAPER_300, edge),
            AngularColorStop::new(tokens::PAPER_300, std::f32::consts::TAU),
        ],
    )
}

fn count_down(
    still_there: Res<StillThere>,
    settings: Res<Settings>,
    mut numbers: Query<&mut Text, With<Seconds>>,
    mut rings: Query<&mut BackgroundGradient, With<Ring>>,
) {
    let Some(left) = still_there.0.filter(|_| still_there.is_changed()) else { return };
    for mut number in &mut numbers {
        number.0 = left.to_string();
    }
    for mut ring in &mut rings {
        *ring = BackgroundGradient::from(sweep(left as f32 / settings.countdown_seconds as f32));
    }
}
