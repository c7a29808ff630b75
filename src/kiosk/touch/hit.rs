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

/// A button that a finger may have meant.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// The finger is on what is drawn, not only near it.
    exact: bool,
    stack: u32,
    distance: f32,
}

impl Candidate {
    /// What a finger lies on wins over what it is near; the topmost of those, or else the nearest.
    fn beats(self, other: Self) -> bool {
        match (self.exact, other.exact) {
            (true, true) => self.stack >= other.stack,
            (false, false) => self.distance < other.distance,
            (exact, _) => exact,
        }
    }
}

impl HitTest<'_, '_> {
    /// The topmost button and, when nothing opaque lies between, the topmost surface.
    pub fn under(&self, at: Vec2) -> Found {
        let mut found = Found::default();
        let (mut button, mut surface, mut blocker) = (None::<Candidate>, None::<u32>, None::<u32>);
        for (entity, node, transform, stack, visible, clip, is_button, is_surface, _) in &self.nodes {
            if !visible.get() || clip.is_some_and(|c| !c.clip.contains(at)) {
                continue;
            }
            let offset = (at - transform.translation).abs();
            let exact = offset.cmple(node.size / 2.0).all();
            let grown = if is_button { self.grow(node.size) } else { Vec2::ZERO };
            if !offset.cmple((node.size + grown) / 2.0).all() {
                continue;
            }
            let candidate = Candidate { exact, stack: stack.0, distance: offset.length() };
            if is_button {
                if button.is_none_or(|best| candidate.beats(best)) {
                    (button, found.button) = (Some(candidate), Some(entity));
                }
            } else if is_surface {
                if surface.is_none_or(|top| stack.0 >= top) {
                    (surface, found.surface) = (Some(stack.0), Some(entity));
                }
            } else {
                blocker = blocker.max(Some(stack.0));
            }
        }
        // What lies beneath a blocker is out of reach.
        let button = button.map(|b| b.stack);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_a_marker_opens_it_and_not_its_crowded_neighbour() {
        let touched = Candidate { exact: true, stack: 5, distance: 3.0 };
        let neighbour_above = Candidate { exact: false, stack: 9, distance: 30.0 };
        assert!(touched.beats(neighbour_above) && !neighbour_above.beats(touched));
        let nearer = Candidate { exact: false, stack: 1, distance: 20.0 };
        assert!(nearer.beats(neighbour_above));
        let sheet = Candidate { exact: true, stack: 50, distance: 90.0 };
        assert!(sheet.beats(touched));
    }
}
