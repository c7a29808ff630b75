//! Gestures and asks to movements of the view.

use super::crowd::spread;
use super::markers::{CROWDED, spot_in_picture};
use super::scene::Canvas;
use super::{Shown, Viewer};
use crate::kiosk::screens::{Ask, KioskSystems, LookAt};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::theme::Look;
use crate::kiosk::touch::{Gesture, Gestured};
use bevy::math::DVec2;
use bevy::prelude::*;

/// One press of a zoom button, one double tap.
const BUTTON_ZOOM: f64 = 1.8;
const DOUBLE_TAP_ZOOM: f64 = 2.5;

/// Movements of the view.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ViewSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<OpenedFromCrowd>().add_systems(
        Update,
        (open_from_crowds, follow_gestures, follow_asks, follow_crowds, follow_replay, advance)
            .chain()
            .in_set(ViewSystems)
            .in_set(KioskSystems::Logic),
    );
}

fn follow_gestures(
    mut gestured: MessageReader<Gestured>,
    canvas: Query<(), With<Canvas>>,
    mut viewer: ResMut<Viewer>,
    mut motion: ResMut<Motion>,
    mut asks: MessageWriter<Ask>,
) {
    for Gestured { gesture, .. } in gestured.read().filter(|g| canvas.contains(g.surface)) {
        motion.keep();
        let view = &mut viewer.bypass_change_detection().view;
        match gesture {
            Gesture::Grab => view.grab(),
            Gesture::Pan(by) => view.pan(*by),
            Gesture::Zoom { about, factor } => view.zoom(*about, f64::from(*factor)),
            Gesture::Fling(speed) => view.fling(*speed),
            Gesture::DoubleTap(at) => {
                view.let_go();
                view.glide(*at, DOUBLE_TAP_ZOOM);
            }
            Gesture::Tap(at) => {
                view.let_go();
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

/// Crowded points spread until each stands alone; those at one place open one after the other.
fn follow_crowds(
    mut asks: MessageReader<Ask>,
    mut viewer: ResMut<Viewer>,
    look: Res<Look>,
    mut opened: MessageWriter<OpenedFromCrowd>,
) {
    for ask in asks.read() {
        let (Ask::SpreadPoints(members), Some(shown)) = (ask, viewer.shown.clone()) else { continue };
        let points: Vec<DVec2> = members.iter().map(|i| spot_in_picture(&shown, *i)).collect();
        let view = &mut viewer.bypass_change_detection().view;
        let scale = view.scale();
        let wanted = spread(&points, f64::from(CROWDED * look.unit) * 1.3 / scale);
        match (wanted, members.first()) {
            (Some(factor), _) if view.may_magnify(factor) => {
                let middle = points.iter().sum::<DVec2>() / points.len() as f64;
                view.glide_to(middle, scale * factor);
            }
            (_, Some(first)) => {
                opened.write(OpenedFromCrowd(*first));
            }
            _ => {}
        }
    }
}

/// Asked for in the next frame: what is asked in this one has been read.
#[derive(Message, Clone, Copy, Debug)]
struct OpenedFromCrowd(usize);

fn open_from_crowds(mut opened: MessageReader<OpenedFromCrowd>, mut asks: MessageWriter<Ask>) {
    for OpenedFromCrowd(index) in opened.read() {
        asks.write(Ask::OpenHotspot(*index));
    }
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
