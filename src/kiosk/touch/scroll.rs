//! Columns of text that are longer than their place: dragged with a finger, they glide on and stop.

use super::{Gesture, Gestured};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::{Beat, Motion};
use bevy::prelude::*;
use bevy::ui::ComputedNode;

/// A surface whose content scrolls vertically.
#[derive(Component, Clone, Copy, Debug, Default)]
#[require(super::Surface, ScrollPosition)]
pub struct Scroll {
    speed: f32,
}

/// How quickly a glide fades, in e-folds a second.
const FRICTION: f32 = 4.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, scroll_areas.in_set(KioskSystems::Logic));
}

fn scroll_areas(
    mut gestured: MessageReader<Gestured>,
    mut areas: Query<(&mut Scroll, &mut ScrollPosition, &ComputedNode)>,
    beat: Res<Beat>,
    mut motion: ResMut<Motion>,
) {
    for Gestured { surface, gesture } in gestured.read() {
        let Ok((mut scroll, mut position, node)) = areas.get_mut(*surface) else { continue };
        match gesture {
            Gesture::Grab => scroll.speed = 0.0,
            Gesture::Pan(by) => move_by(&mut position, node, -by.y),
            Gesture::Fling(speed) => scroll.speed = -speed.y,
            _ => {}
        }
    }
    for (mut scroll, mut position, node) in &mut areas {
        if scroll.speed.abs() < 20.0 {
            continue;
        }
        motion.keep();
        let before = position.y;
        move_by(&mut position, node, scroll.speed * beat.delta_seconds);
        scroll.speed *= (-FRICTION * beat.delta_seconds).exp();
        if position.y == before {
            scroll.speed = 0.0;
        }
    }
}

fn move_by(position: &mut ScrollPosition, node: &ComputedNode, by: f32) {
    let furthest = (node.content_size.y - node.size.y).max(0.0) * node.inverse_scale_factor;
    position.y = (position.y + by).clamp(0.0, furthest);
}
