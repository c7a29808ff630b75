//! What the view shows, in words, for screen readers: how far it is magnified, and which part of the picture it is.

use super::Viewer;
use crate::kiosk::language::Words;
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::Motion;
use accesskit::{Live, Role};
use bevy::a11y::AccessibilityNode;
use bevy::math::DVec2;
use bevy::prelude::*;

#[derive(Component)]
struct Announcer;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn).add_systems(Update, announce.in_set(KioskSystems::Present));
}

fn spawn(mut commands: Commands) {
    let mut node = accesskit::Node::new(Role::Status);
    node.set_live(Live::Polite);
    commands.spawn((Announcer, AccessibilityNode(node), Node { position_type: PositionType::Absolute, ..default() }));
}

/// Told once the view has come to rest.
fn announce(
    viewer: Res<Viewer>,
    words: Res<Words>,
    motion: Res<Motion>,
    mut nodes: Query<&mut AccessibilityNode, With<Announcer>>,
) {
    if !motion.is_at_rest() {
        return;
    }
    let Ok(mut node) = nodes.single_mut() else { return };
    let said = viewer.shown.as_ref().map_or_else(String::new, |shown| {
        let view = &viewer.view;
        let place = words.say(place_key(view.middle(), view.magnification(), shown.frame.is_some()));
        words.say_with("view-in-words", &[("times", words.number(view.magnification())), ("place", place)])
    });
    if node.label().unwrap_or_default() != said {
        node.set_label(said);
    }
}

/// Which of nine parts lies in the middle; on a map by the points of the compass.
fn place_key(middle: DVec2, magnification: f64, is_map: bool) -> &'static str {
    const MAP: [&str; 9] = [
        "part-north-west",
        "part-north",
        "part-north-east",
        "part-west",
        "part-middle",
        "part-east",
        "part-south-west",
        "part-south",
        "part-south-east",
    ];
    const PICTURE: [&str; 9] = [
        "part-top-left",
        "part-top",
        "part-top-right",
        "part-left",
        "part-middle",
        "part-right",
        "part-bottom-left",
        "part-bottom",
        "part-bottom-right",
    ];
    if magnification < 1.2 {
        return "part-whole";
    }
    let third = |share: f64| (share * 3.0).floor().clamp(0.0, 2.0) as usize;
    let index = third(middle.y) * 3 + third(middle.x);
    if is_map { MAP[index] } else { PICTURE[index] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_is_told_by_the_compass_on_a_map_and_by_its_side_elsewhere() {
        assert_eq!(place_key(DVec2::new(0.9, 0.1), 8.0, true), "part-north-east");
        assert_eq!(place_key(DVec2::new(0.9, 0.1), 8.0, false), "part-top-right");
        assert_eq!(place_key(DVec2::new(0.5, 0.5), 1.0, true), "part-whole");
    }
}
