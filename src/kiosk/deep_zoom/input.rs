//! Gestures and asks to movements of the view.

use super::scene::Canvas;
use super::{Shown, Viewer};
use crate::kiosk::screens::{Ask, KioskSystems, LookAt};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::theme::Look;
use crate::kiosk::touch::{Gesture, Gestured};
use bevy::prelude::*;

/// One press of a zoom button, one double tap.
const BUTTON_ZOOM: f64 = 1.8;
const DOUBLE_TAP_ZOOM: f64 = 2.5;

/// Movements of the view.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ViewSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (follow_gestures, follow_asks, follow_replay, advance).chain().in_set(ViewSystems).in_set(KioskSystems::Logic),
    );
}

fn follow_gestures(
    mut gestured: MessageReader<Gestured>,
    canvas: Query<(), With<Canvas>>,
    mut viewer: ResMut<Viewer>,
    mut motion: ResMut<Motion>,
    mut asks: MessageWriter<Ask>,
) {
    for Gestured { surface, gesture } in gestured.read().filter(|g| canvas.contains(g.surface)) {
        let _ = surface;
        motion.keep();
        let view = &mut viewer.bypass_change_detection().view;
        match gesture {
            Gesture::Grab => view.grab(),
            Gesture::Pan(by) => view.pan(*by),
            Gesture::Zoom { about, factor } => view.zoom(*about, f64::from(*factor)),
            Gesture::Fling(speed) => view.fling(*speed),
            Gesture::DoubleTap(at) => view.glide(*at, DOUBLE_TAP_ZOOM),
            Gesture::Tap(at) => {
                if let Some(index) = viewer.shown.as_ref().and_then(|shown| region_at(shown, &viewer, *at)) {
                    asks.write(Ask::OpenHotspot(index));
                }
            }
        }
    }
}

/// The smallest region under a point of the screen.
fn region_at(shown: &Shown, viewer: &Viewer, at: Vec2) -> Option<usize> {
    let point = viewer.view.picture_from_screen(at);
    let (x, y) = (point.x / f64::from(shown.picture.size.0), point.y / f64::from(shown.picture.size.1));
    let holds = |r: &crate::pack::model::Region| {
        r.width > 0.0 && (r.x..=r.x + r.width).contains(&x) && (r.y..=r.y + r.height).contains(&y)
    };
    let area = |i: &usize| shown.spots[*i].region.width * shown.spots[*i].region.height;
    let under = (0..shown.spots.len()).filter(|i| holds(&shown.spots[*i].region));
    under.min_by(|a, b| area(a).total_cmp(&area(b)))
}

fn follow_asks(mut asks: MessageReader<Ask>, mut viewer: ResMut<Viewer>) {
    for ask in asks.read() {
        let view = &mut viewer.bypass_change_detection().view;
        let middle = view.room().center();
        match ask {
            Ask::ZoomIn => view.glide(middle, BUTTON_ZOOM),
            Ask::ZoomOut => view.glide(middle, 1.0 / BUTTON_ZOOM),
            Ask::ZoomWhole => view.go_whole(),
            _ => {}
        }
    }
}

fn follow_replay(
    mut looks: MessageReader<LookAt>,
    look: Res<Look>,
    mut viewer: ResMut<Viewer>,
    mut motion: ResMut<Motion>,
) {
    for at in looks.read() {
        if viewer.shown.is_none() {
            continue;
        }
        motion.keep();
        let view = &mut viewer.bypass_change_detection().view;
        match *at {
            LookAt::Point { x, y, percent } => view.look_at(x, y, percent / 100.0),
            LookAt::Widths { x, y, windows } => view.look_at_widths(x, y, windows * f64::from(look.size.x)),
            LookAt::Earth { .. } => {}
        }
    }
}

fn advance(mut viewer: ResMut<Viewer>, beat: Res<Beat>, mut motion: ResMut<Motion>) {
    if viewer.shown.is_none() {
        return;
    }
    let viewer = viewer.bypass_change_detection();
    if viewer.view.advance(f64::from(beat.delta_seconds)) {
        motion.keep();
    }
    viewer.deepest = viewer.deepest.max(viewer.view.scale());
}
