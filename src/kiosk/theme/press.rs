//! How touchable things answer: darker and a little smaller while held, a lamp ring while focused.

use super::{Look, tokens};
use crate::kiosk::input::Focus;
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::touch::Held;
use bevy::prelude::*;

/// Colours of a touchable thing at rest and under a finger.
#[derive(Component, Clone, Copy, Debug)]
pub struct Shade {
    pub rest: Color,
    pub held: Color,
}

/// Makes a node darker while it is held.
pub fn shade(rest: Color, held: Color) -> Shade {
    Shade { rest, held }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (show_held, show_focus).in_set(KioskSystems::Present));
}

fn show_held(
    mut nodes: Query<(&Shade, &mut BackgroundColor, &mut UiTransform)>,
    held: Query<Entity, Added<Held>>,
    mut released: RemovedComponents<Held>,
) {
    for entity in &held {
        if let Ok((shade, mut ground, mut transform)) = nodes.get_mut(entity) {
            ground.0 = shade.held;
            transform.scale = Vec2::splat(0.98);
        }
    }
    for entity in released.read() {
        if let Ok((shade, mut ground, mut transform)) = nodes.get_mut(entity) {
            ground.0 = shade.rest;
            transform.scale = Vec2::ONE;
        }
    }
}

fn show_focus(mut commands: Commands, focus: Res<Focus>, look: Res<Look>, ringed: Query<Entity, With<FocusRing>>) {
    if !focus.is_changed() {
        return;
    }
    for entity in &ringed {
        if let Ok(mut entity) = commands.get_entity(entity) {
            entity.try_remove::<(Outline, FocusRing)>();
        }
    }
    if let Some(focused) = focus.shown()
        && let Ok(mut entity) = commands.get_entity(focused)
    {
        let ring = Outline::new(px(6.0 * look.unit), px(4.0 * look.unit), tokens::LAMP_300);
        entity.try_insert((ring, FocusRing));
    }
}

#[derive(Component)]
struct FocusRing;
