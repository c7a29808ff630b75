//! Which touchable thing keys and pads act on. It shows only once they are used, and hides at the next touch.

use super::{Nav, NavSystems};
use crate::kiosk::screens::{Ask, KioskSystems};
use crate::kiosk::touch::{Blocker, Gesture, Gestured, Handle, Scroll, Surface, Tapped, Touchable};
use bevy::input::touch::TouchInput;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, ComputedStackIndex, UiGlobalTransform};

#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Focus {
    entity: Option<Entity>,
    /// Finds the same thing again after a screen was drawn anew.
    label: String,
    visible: bool,
}

impl Focus {
    /// The focused thing, when keys or pads are in use.
    pub fn shown(&self) -> Option<Entity> {
        self.entity.filter(|_| self.visible)
    }
}

/// How far one pan step moves, in pixels.
const PAN_STEP: f32 = 160.0;
/// How far one zoom step zooms.
const ZOOM_STEP: f32 = 1.5;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Focus>()
        .add_systems(Update, follow_navs.after(NavSystems).in_set(KioskSystems::Input))
        .add_systems(Update, find_again.in_set(KioskSystems::Present));
}

/// A touchable thing that can be reached now.
struct Target {
    entity: Entity,
    centre: Vec2,
    stack: u32,
}

type Parts = (
    Entity,
    &'static ComputedNode,
    &'static UiGlobalTransform,
    &'static ComputedStackIndex,
    &'static InheritedVisibility,
    &'static Touchable,
);

#[derive(bevy::ecs::system::SystemParam)]
struct Reach<'w, 's> {
    touchables: Query<'w, 's, Parts>,
    blockers:
        Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform, &'static ComputedStackIndex), With<Blocker>>,
    surfaces: Query<'w, 's, SurfaceParts, (With<Surface>, Without<Handle>)>,
}

type SurfaceParts =
    (Entity, &'static ComputedNode, &'static UiGlobalTransform, &'static ComputedStackIndex, Has<Scroll>);

impl Reach<'_, '_> {
    /// What can be reached, from top left to bottom right.
    fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = self
            .touchables
            .iter()
            .filter(|(_, node, _, _, visible, touchable)| visible.get() && touchable.is_told() && node.size.x > 1.0)
            .map(|(entity, _, transform, stack, ..)| Target { entity, centre: transform.translation, stack: stack.0 })
            .filter(|target| !self.is_covered(target))
            .collect();
        targets.sort_by(|a, b| {
            (a.centre.y, a.centre.x).partial_cmp(&(b.centre.y, b.centre.x)).unwrap_or(std::cmp::Ordering::Equal)
        });
        targets
    }

    fn is_covered(&self, target: &Target) -> bool {
        self.blockers.iter().any(|(node, transform, stack)| {
            let offset = (target.centre - transform.translation).abs();
            stack.0 > target.stack && offset.cmple(node.size / 2.0).all()
        })
    }

    /// The topmost surface, its middle, and whether it scrolls.
    fn surface(&self) -> Option<(Entity, Vec2, bool)> {
        let top = self.surfaces.iter().max_by_key(|(_, _, _, stack, _)| stack.0)?;
        Some((top.0, top.2.translation, top.4))
    }

    fn map(&self) -> Option<(Entity, Vec2)> {
        self.surfaces.iter().find(|parts| !parts.4).map(|parts| (parts.0, parts.2.translation))
    }
}

fn follow_navs(
    mut navs: MessageReader<Nav>,
    mut touches: MessageReader<TouchInput>,
    mut focus: ResMut<Focus>,
    reach: Reach,
    mut tapped: MessageWriter<Tapped>,
    mut gestured: MessageWriter<Gestured>,
    mut asks: MessageWriter<Ask>,
) {
    if touches.read().count() > 0 && focus.visible {
        focus.visible = false;
    }
    for nav in navs.read() {
        match nav {
            Nav::Move(towards) => step(&mut focus, &reach, |targets, now| nearest_towards(targets, now, *towards)),
            Nav::Next => step(&mut focus, &reach, |targets, now| now.map_or(0, |i| (i + 1) % targets.len())),
            Nav::Previous => {
                step(&mut focus, &reach, |targets, now| now.map_or(0, |i| (i + targets.len() - 1) % targets.len()));
            }
            Nav::Accept => match focus.shown() {
                Some(entity) => {
                    tapped.write(Tapped(entity));
                }
                None => step(&mut focus, &reach, |_, _| 0),
            },
            Nav::Back => {
                asks.write(Ask::Back);
            }
            Nav::Home => {
                asks.write(Ask::Home);
            }
            Nav::ZoomIn | Nav::ZoomOut => {
                if let Some((surface, about)) = reach.map() {
                    let factor = if *nav == Nav::ZoomIn { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
                    gestured.write(Gestured { surface, gesture: Gesture::Zoom { about, factor } });
                }
            }
            Nav::Pan(steps) => {
                if let Some((surface, _, scrolls)) = reach.surface() {
                    let by = *steps * PAN_STEP;
                    let by = if scrolls { Vec2::new(0.0, by.y) } else { by };
                    gestured.write(Gestured { surface, gesture: Gesture::Pan(by) });
                }
            }
        }
    }
}

/// Moves the focus to the target that `choose` picks from what can be reached.
fn step(focus: &mut Focus, reach: &Reach, choose: impl FnOnce(&[Target], Option<usize>) -> usize) {
    let targets = reach.targets();
    if targets.is_empty() {
        return;
    }
    let now = targets.iter().position(|t| Some(t.entity) == focus.entity);
    let chosen = if focus.visible { choose(&targets, now) } else { now.unwrap_or(0) };
    let entity = targets[chosen.min(targets.len() - 1)].entity;
    focus.entity = Some(entity);
    focus.visible = true;
    if let Ok((.., touchable)) = reach.touchables.get(entity) {
        focus.label.clone_from(&touchable.label);
    }
}

/// The nearest target in a direction; things beside the way count as farther.
fn nearest_towards(targets: &[Target], now: Option<usize>, towards: Vec2) -> usize {
    let Some(now) = now else { return 0 };
    let from = targets[now].centre;
    let cost = |target: &Target| {
        let way = target.centre - from;
        let along = way.dot(towards);
        (along > 4.0).then(|| along + 2.5 * way.perp_dot(towards).abs())
    };
    targets
        .iter()
        .enumerate()
        .filter_map(|(i, target)| Some((i, cost(target)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(now, |(i, _)| i)
}

/// When the focused thing was drawn anew, the focus moves to its successor.
fn find_again(mut focus: ResMut<Focus>, touchables: Query<(Entity, &Touchable)>) {
    let Some(entity) = focus.shown() else { return };
    if touchables.contains(entity) {
        return;
    }
    let same = touchables.iter().find(|(_, t)| t.label == focus.label && t.is_told());
    let next = same.or_else(|| touchables.iter().find(|(_, t)| t.is_told())).map(|(e, _)| e);
    focus.entity = next;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_to_the_nearest_thing_in_their_direction() {
        let mut world = World::new();
        let mut target =
            |x: f32, y: f32| Target { entity: world.spawn_empty().id(), centre: Vec2::new(x, y), stack: 0 };
        let grid = [target(0.0, 0.0), target(100.0, 0.0), target(0.0, 100.0), target(100.0, 110.0)];
        assert_eq!(nearest_towards(&grid, Some(0), Vec2::X), 1);
        assert_eq!(nearest_towards(&grid, Some(0), Vec2::Y), 2);
        assert_eq!(nearest_towards(&grid, Some(3), Vec2::NEG_X), 2);
        assert_eq!(nearest_towards(&grid, Some(0), Vec2::NEG_X), 0, "at the edge the focus stays");
        assert_eq!(nearest_towards(&grid, None, Vec2::X), 0);
    }
}
