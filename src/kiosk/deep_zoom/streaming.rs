//! The picture before the visitor, given to the canvas each frame.

use super::Viewer;
use crate::kiosk::canvas::{Canvas, Flat, Placed};
use crate::kiosk::exhibit::{Pictures, State};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::theme::{Look, tokens};
use bevy::math::DVec2;
use bevy::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(KioskSystems::Present));
}

fn show(
    viewer: Res<Viewer>,
    look: Res<Look>,
    mut pictures: ResMut<Pictures>,
    mut canvas: ResMut<Canvas>,
    mut hurried: Local<Option<PathBuf>>,
) {
    let Some(shown) = &viewer.shown else {
        *hurried = None;
        return;
    };
    let path = &shown.picture.path;
    if hurried.as_ref() != Some(path) {
        pictures.bypass_change_detection().hurry(path);
        *hurried = Some(path.clone());
    }
    let canvas = canvas.bypass_change_detection();
    canvas.ground(tokens::SEA_900);
    let State::Ready(tiles) = pictures.state(path) else {
        // Whoever waits for sharpness waits for the cutting too.
        if !matches!(pictures.state(path), State::Broken) {
            canvas.wait();
        }
        return;
    };
    let view = &viewer.view;
    let corner = view.screen_from_picture(DVec2::ZERO);
    canvas.place(Placed {
        path: path.clone(),
        tiles,
        placement: Arc::new(Flat { corner, scale: view.scale() }),
        opacity: 1.0,
        clip: Rect::from_corners(Vec2::ZERO, look.size - Vec2::new(0.0, look.dock_height())),
        focus: view.room().center(),
        motion: view.velocity(),
    });
}
