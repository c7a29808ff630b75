//! Language and text size, changed in place: the screen behind shows the choice at once. Also where a visit is finished.

use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Sheet};
use crate::kiosk::theme::look::TEXT_PERCENTS;
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::{Blocker, Touchable};
use bevy::prelude::*;

#[derive(Component)]
struct SupportSheet;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    sheet: Res<Sheet>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<SupportSheet>>,
) {
    if !sheet.is_changed() && !look.is_changed() && !words.is_changed() && !open.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    if *sheet != Sheet::Support || open.exhibit().is_none() {
        return;
    }
    let veil = Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        justify_content: JustifyContent::FlexEnd,
        ..default()
    };
    let touch_away = Touchable { label: String::new(), ask: Some(Ask::CloseSheet) };
    commands.spawn((SupportSheet, veil, BackgroundColor(tokens::VEIL), Blocker, GlobalZIndex(50))).with_children(
        |ui| {
            ui.spawn((Node { flex_grow: 1.0, height: percent(100), ..default() }, touch_away));
            let panel = Node {
                width: px(look.by_class(720.0, 560.0, 860.0)),
                height: percent(100),
                flex_direction: FlexDirection::Column,
                padding: UiRect::all(brush.px(56.0)),
                row_gap: brush.px(28.0),
                ..default()
            };
            ui.spawn((panel, BackgroundColor(tokens::SEA_800), Blocker)).with_children(|ui| contents(ui, &brush));
        },
    );
}

fn contents(ui: &mut Ui, brush: &Brush) {
    let header = Node { justify_content: JustifyContent::SpaceBetween, align_items: AlignItems::Center, ..default() };
    ui.spawn(header).with_children(|ui| {
        ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::TEXT_1, brush.say("support")));
        brush.button(ui, Button::new(Style::Secondary, "cross", "", Ask::CloseSheet).labelled(&brush.say("close")));
    });
    let title = |ui: &mut Ui, key: &str| {
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::TEXT_2, brush.say(key)));
    };
    let row = || Node { column_gap: brush.px(16.0), row_gap: brush.px(16.0), flex_wrap: FlexWrap::Wrap, ..default() };
    title(ui, "language");
    ui.spawn(row()).with_children(|ui| {
        for language in brush.words.offered() {
            let style = if language == brush.words.language() { Style::Selected } else { Style::Secondary };
            brush.button(
                ui,
                Button::new(style, None, &Words::name_of(language), Ask::Speak(language.clone())).growing(),
            );
        }
    });
    title(ui, "text-size");
    ui.spawn(row()).with_children(|ui| {
        for percent in TEXT_PERCENTS {
            let style = if percent == brush.look.text_percent { Style::Selected } else { Style::Secondary };
            let label = format!("{} {percent} %", brush.say("text-size"));
            let shown = format!("{percent} %");
            brush.button(ui, Button::new(style, None, &shown, Ask::TextSize(percent)).labelled(&label).growing());
        }
    });
    ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::TEXT_1, brush.say("text-sample")));
    ui.spawn(Node { flex_grow: 1.0, ..default() });
    brush.button(ui, Button::new(Style::Secondary, "house", &brush.say("finish"), Ask::Finish));
}
