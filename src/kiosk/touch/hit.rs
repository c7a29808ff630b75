//! What lies under a point of the window.

use super::{Blocker, Scroll, Surface, Touchable};
use crate::kiosk::theme::Look;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, ComputedNode, ComputedStackIndex, UiGlobalTransform};

#[derive(SystemParam)]
pub struct HitTest<'w, 's> {
    nodes: Query<'w, 's, NodeParts, Or<(With<Touchable>, With<Blocker>, With<Surface>)>>,
    look: Res<'w, Look>,
}

type NodeParts = (
    Entity,
    &'static ComputedNode,
    &'static UiGlobalTransform,
    &'static ComputedStackIndex,
    &'static InheritedVisibility,
    Option<&'static CalculatedClip>,
    Has<Touchable>,
    Has<Surface>,
    Has<Scroll>,
);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Found {
    pub button: Option<Entity>,
    pub surface: Option<Entity>,
}

impl HitTest<'_, '_> {
    /// The topmost button and, when nothing opaque lies between, the topmost surface.
    pub fn under(&self, at: Vec2) -> Found {
        let mut found = Found::default();
        let mut tops = [None::<u32>; 3];
        for (entity, node, transform, stack, visible, clip, is_button, is_surface, _) in &self.nodes {
            if !visible.get() || clip.is_some_and(|c| !c.clip.contains(at)) {
                continue;
            }
            let grown = if is_button { self.grow(node.size) } else { Vec2::ZERO };
            let half = (node.size + grown) / 2.0;
            let inside = (at - transform.translation).abs().cmple(half).all();
            if !inside {
                continue;
            }
            let slot = if is_button { 0 } else { 1 + usize::from(!is_surface) };
            if tops[slot].is_none_or(|top| stack.0 >= top) {
                tops[slot] = Some(stack.0);
                match slot {
                    0 => found.button = Some(entity),
                    1 => found.surface = Some(entity),
                    _ => {}
                }
            }
        }
        // What lies beneath a blocker is out of reach.
        let [button, surface, blocker] = tops;
        if blocker > button {
            found.button = None;
        }
        if blocker > surface {
            found.surface = None;
        }
        // A button under a surface of a higher card is out of reach too.
        if surface > button && found.surface.is_some() {
            found.button = None;
        }
        found
    }

    pub fn scrolls(&self, surface: Entity) -> bool {
        self.nodes.get(surface).is_ok_and(|(.., scrolls)| scrolls)
    }

    /// Extra reach of a node that is drawn smaller than a finger needs.
    fn grow(&self, size: Vec2) -> Vec2 {
        (Vec2::splat(self.look.target()) - size).max(Vec2::ZERO)
    }
}
