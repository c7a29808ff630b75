//! What keeps a saved pack from being shown, told to whoever is preparing it: a band above the dock, only under `--watch`.

use crate::kiosk::exhibit::Faults;
use crate::kiosk::language::Words;
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::theme::{Brush, Face, Look, Step, tokens};
use accesskit::{Live, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;

#[derive(Component)]
struct Band;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    faults: Res<Faults>,
    look: Res<Look>,
    words: Res<Words>,
    brush: Brush,
    old: Query<Entity, With<Band>>,
) {
    if !faults.is_changed() && !look.is_changed() && !words.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let Some((place, message)) = &faults.first else { return };
    let counted = words.say_with("preview-faults", &[("count", faults.count.to_string())]);
    let message = if words.language().0 == "vi" { &message.vi } else { &message.en };
    let first = format!("{place}: {message}");
    let mut node = accesskit::Node::new(Role::Alert);
    node.set_live(Live::Polite);
    node.set_label(format!("{counted} {first}"));
    // No finger is kept from what lies beneath.
    let band = Node {
        position_type: PositionType::Absolute,
        left: px(0),
        right: px(0),
        bottom: px(look.floor()),
        padding: UiRect::axes(brush.px(28.0), brush.px(12.0)),
        column_gap: brush.px(18.0),
        align_items: AlignItems::Center,
        ..default()
    };
    let place = (Band, band, BackgroundColor(tokens::OCHRE_100), GlobalZIndex(90), AccessibilityNode(node));
    commands.spawn(place).with_children(|ui| {
        ui.spawn(brush.icon("triangle-bang", brush.look.space(40.0), tokens::OCHRE_700));
        let column = Node { flex_direction: FlexDirection::Column, flex_shrink: 1.0, ..default() };
        ui.spawn(column).with_children(|ui| {
            ui.spawn(brush.text_tight(Step::Smallest, Face::SansSemiBold, tokens::INK_900, counted));
            ui.spawn(brush.text_tight(Step::Smallest, Face::Sans, tokens::INK_900, first));
        });
    });
}
