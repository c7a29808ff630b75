//! Fingers, buttons and keys on a compared map: the walk over the earth, the slider and the curtain.

use super::scene::{CurtainSurface, MapSurface, SliderRail};
use super::{Overlay, Walk, beside_by, plane, room, whole};
use crate::kiosk::screens::{Ask, Compare, KioskSystems, LookAt};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::theme::Look;
use crate::kiosk::touch::{Gesture, Gestured};
use bevy::prelude::*;
use bevy::ui::{ComputedNode, UiGlobalTransform};

const BUTTON_ZOOM: f64 = 1.8;
const DOUBLE_TAP_ZOOM: f64 = 2.5;
/// The curtain never leaves the window.
const CURTAIN_LIMITS: (f32, f32) = (0.04, 0.96);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (follow_gestures, follow_slider, follow_curtain, follow_asks, follow_replay, advance)
            .chain()
            .in_set(KioskSystems::Logic),
    );
}

/// A point of the second map means the same place as on the first.
fn on_first(overlay: &Overlay, look: &Look, at: Vec2) -> Vec2 {
    let half = room(overlay, look);
    let aside = half.max * beside_by(look);
    if overlay.other.is_some() && !half.contains(at) { at - aside } else { at }
}

fn follow_gestures(
    mut gestured: MessageReader<Gestured>,
    surfaces: Query<(), With<MapSurface>>,
    overlay: Res<Overlay>,
    look: Res<Look>,
    mut walk: ResMut<Walk>,
    mut motion: ResMut<Motion>,
) {
    for Gestured { gesture, .. } in gestured.read().filter(|g| surfaces.contains(g.surface)) {
        motion.keep();
        let view = &mut walk.0;
        match gesture {
            Gesture::Grab => view.grab(),
            Gesture::Pan(by) => view.pan(*by),
            Gesture::Zoom { about, factor } => view.zoom(on_first(&overlay, &look, *about), f64::from(*factor)),
            Gesture::Fling(speed) => view.fling(*speed),
            Gesture::DoubleTap(at) => {
                view.let_go();
                view.glide(on_first(&overlay, &look, *at), DOUBLE_TAP_ZOOM);
            }
            Gesture::Tap(_) => view.let_go(),
        }
    }
}

/// The finger's way along the rail, as a share of it, changes the opacity; a tap goes there at once.
fn follow_slider(
    mut gestured: MessageReader<Gestured>,
    rails: Query<(&ComputedNode, &UiGlobalTransform), With<SliderRail>>,
    mut overlay: ResMut<Overlay>,
    mut motion: ResMut<Motion>,
) {
    for Gestured { surface, gesture } in gestured.read() {
        let Ok((node, place)) = rails.get(*surface) else { continue };
        let width = node.size.x.max(1.0);
        let next = match gesture {
            Gesture::Pan(by) => overlay.opacity + by.x / width,
            Gesture::Tap(at) | Gesture::DoubleTap(at) => (at.x - place.translation.x) / width + 0.5,
            _ => continue,
        };
        motion.keep();
        overlay.bypass_change_detection().opacity = next.clamp(0.0, 1.0);
    }
}

/// Where a curtain hangs that was drawn to a share of the window.
pub fn hung_at(share: f32) -> f32 {
    let (low, high) = CURTAIN_LIMITS;
    share.clamp(low, high)
}

fn follow_curtain(
    mut gestured: MessageReader<Gestured>,
    handles: Query<(), With<CurtainSurface>>,
    look: Res<Look>,
    mut overlay: ResMut<Overlay>,
    mut motion: ResMut<Motion>,
) {
    for Gestured { surface, gesture } in gestured.read() {
        if let (Gesture::Pan(by), true) = (gesture, handles.contains(*surface)) {
            motion.keep();
            let overlay = overlay.bypass_change_detection();
            overlay.curtain = overlay.curtain.map(|at| hung_at(at + by.x / look.size.x));
        }
    }
}

fn follow_asks(mut asks: MessageReader<Ask>, overlay: Res<Overlay>, mut walk: ResMut<Walk>) {
    if overlay.compare == Compare::Alone {
        asks.clear();
        return;
    }
    for ask in asks.read() {
        let middle = walk.0.room().center();
        match ask {
            Ask::ZoomIn => walk.0.glide(middle, BUTTON_ZOOM),
            Ask::ZoomOut => walk.0.glide(middle, 1.0 / BUTTON_ZOOM),
            Ask::ZoomWhole => {
                if let Some(whole) = whole(&overlay) {
                    walk.0.show(whole);
                }
            }
            _ => {}
        }
    }
}

fn follow_replay(
    mut looks: MessageReader<LookAt>,
    overlay: Res<Overlay>,
    mut walk: ResMut<Walk>,
    mut motion: ResMut<Motion>,
) {
    for look in looks.read() {
        if let (LookAt::Earth { longitude, latitude, metres_per_pixel }, true) =
            (look, overlay.compare != Compare::Alone)
        {
            motion.keep();
            let at = plane::units_from_degrees([*longitude, *latitude]) / f64::from(plane::SIDE);
            walk.0.look_at(at.x, at.y, plane::METRES_PER_UNIT / metres_per_pixel);
        }
    }
}

fn advance(overlay: Res<Overlay>, mut walk: ResMut<Walk>, beat: Res<Beat>, mut motion: ResMut<Motion>) {
    if overlay.compare != Compare::Alone && walk.0.advance(f64::from(beat.delta_seconds)) {
        motion.keep();
    }
}
