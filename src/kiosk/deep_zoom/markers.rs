//! Numbered markers on the picture: they keep their size while the picture moves beneath them.

use super::{Shown, Viewer};
use crate::kiosk::screens::{Ask, Card, KioskSystems, Leaf};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use bevy::math::DVec2;
use bevy::prelude::*;
use std::collections::BTreeSet;

/// Where a marker stands, in fractions of the picture.
#[derive(Component)]
pub struct Marker {
    at: DVec2,
    side: f32,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, place_markers.in_set(KioskSystems::Present));
}

pub fn spawn_markers(ui: &mut Ui, brush: &Brush, shown: &Shown, leaf: &Leaf, seen: &BTreeSet<usize>) {
    for (index, spot) in shown.spots.iter().enumerate() {
        let open = leaf.card == Card::Hotspot(index);
        let (x, y) = spot.region.centre();
        let side = if open { 68.0 } else { 56.0 } * brush.look.unit;
        let (ground, rim, ink) = match (open, seen.contains(&index)) {
            (true, _) => (tokens::SEAL_600, tokens::PAPER_50, tokens::ON_SEAL),
            (false, true) => (tokens::PAPER_50, tokens::INK_900, tokens::INK_900),
            (false, false) => (tokens::INK_900, tokens::LAMP_300, tokens::LAMP_300),
        };
        let node = Node {
            position_type: PositionType::Absolute,
            left: px(0),
            top: px(0),
            width: px(side),
            height: px(side),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(4.0 * brush.look.unit).all(),
            border_radius: BorderRadius::all(percent(50)),
            ..default()
        };
        let number = (index + 1).to_string();
        let label =
            format!("{}: {}", brush.words.say_with("point", &[("number", number.clone())]), brush.told(&spot.title));
        let marker = Marker { at: DVec2::new(x, y), side };
        let touch = brush.touchable(&label, Ask::OpenHotspot(index));
        let mut spawned =
            ui.spawn((marker, node, BackgroundColor(ground), BorderColor::all(rim), touch, Visibility::Hidden));
        spawned.with_children(|ui| {
            if open {
                ring(ui, brush, side);
            }
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, ink, number));
        });
    }
}

/// The ring around the open marker.
fn ring(ui: &mut Ui, brush: &Brush, side: f32) {
    let wide = 104.0 * brush.look.unit;
    let inset = (side - wide) / 2.0 - 4.0 * brush.look.unit;
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(inset),
        top: px(inset),
        width: px(wide),
        height: px(wide),
        border: px(4.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(percent(50)),
        ..default()
    };
    ui.spawn((node, BorderColor::all(tokens::SEAL_600)));
}

fn place_markers(
    viewer: Res<Viewer>,
    look: Res<Look>,
    mut markers: Query<(&Marker, &mut UiTransform, &mut Visibility)>,
) {
    let Some(shown) = &viewer.shown else { return };
    let picture = DVec2::new(f64::from(shown.picture.size.0), f64::from(shown.picture.size.1));
    let bottom = f64::from(look.size.y - look.floor());
    for (marker, mut transform, mut visibility) in &mut markers {
        let at = viewer.view.screen_from_picture(marker.at * picture);
        let inside = at.x > 0.0 && at.x < f64::from(look.size.x) && at.y > 0.0 && at.y < bottom;
        visibility.set_if_neq(if inside { Visibility::Inherited } else { Visibility::Hidden });
        let corner = at.as_vec2() - marker.side / 2.0;
        let translation = Val2::px(corner.x, corner.y);
        if transform.translation != translation {
            transform.translation = translation;
        }
    }
}
