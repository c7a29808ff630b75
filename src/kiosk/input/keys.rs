//! The keyboard.

use super::{Nav, NavSystems};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::settings::Settings;
use crate::kiosk::touch::{Activity, Knocked};
use bevy::input::keyboard::KeyboardInput;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (read_keys, hear_knock).in_set(NavSystems));
}

fn read_keys(
    mut keys: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    mut navs: MessageWriter<Nav>,
    mut active: MessageWriter<Activity>,
) {
    let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    for key in keys.read().filter(|k| k.state.is_pressed()) {
        if is_visitors(key.key_code) {
            active.write(Activity);
        }
        if let Some(nav) = nav_of(key.key_code, shift) {
            navs.write(nav);
        }
    }
}

/// Control, shift and this key, held as long as fingers knock, are the knock of the people in charge.
const KNOCK: KeyCode = KeyCode::F9;

fn hear_knock(
    held: Res<ButtonInput<KeyCode>>,
    settings: Res<Settings>,
    beat: Res<Beat>,
    mut motion: ResMut<Motion>,
    mut since: Local<Option<u64>>,
    mut heard: Local<bool>,
    mut knocked: MessageWriter<Knocked>,
) {
    let control = held.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight]);
    let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    if !(control && shift && held.pressed(KNOCK)) {
        (*since, *heard) = (None, false);
        return;
    }
    let now = beat.moment.monotonic_millis;
    let began = *since.get_or_insert(now);
    if *heard {
        return;
    }
    // Keys that are held tell nothing, but time passes.
    motion.keep();
    if now.saturating_sub(began) >= settings.knock.millis {
        *heard = true;
        knocked.write(Knocked);
    }
}

/// Keys that only knock are no visitor's.
fn is_visitors(key: KeyCode) -> bool {
    use KeyCode::{ControlLeft, ControlRight, ShiftLeft, ShiftRight};
    ![KNOCK, ControlLeft, ControlRight, ShiftLeft, ShiftRight].contains(&key)
}

fn nav_of(key: KeyCode, shift: bool) -> Option<Nav> {
    Some(match key {
        KeyCode::ArrowLeft => Nav::Move(Vec2::NEG_X),
        KeyCode::ArrowRight => Nav::Move(Vec2::X),
        KeyCode::ArrowUp => Nav::Move(Vec2::NEG_Y),
        KeyCode::ArrowDown => Nav::Move(Vec2::Y),
        KeyCode::Tab if shift => Nav::Previous,
        KeyCode::Tab => Nav::Next,
        KeyCode::Enter | KeyCode::NumpadEnter | KeyCode::Space => Nav::Accept,
        KeyCode::Escape | KeyCode::Backspace => Nav::Back,
        KeyCode::Home => Nav::Home,
        KeyCode::Equal | KeyCode::NumpadAdd => Nav::ZoomIn,
        KeyCode::Minus | KeyCode::NumpadSubtract => Nav::ZoomOut,
        KeyCode::KeyA => Nav::Pan(Vec2::X),
        KeyCode::KeyD => Nav::Pan(Vec2::NEG_X),
        KeyCode::KeyW | KeyCode::PageUp => Nav::Pan(Vec2::Y),
        KeyCode::KeyS | KeyCode::PageDown => Nav::Pan(Vec2::NEG_Y),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_tab_goes_back() {
        assert_eq!(nav_of(KeyCode::Tab, false), Some(Nav::Next));
        assert_eq!(nav_of(KeyCode::Tab, true), Some(Nav::Previous));
        assert_eq!(nav_of(KeyCode::F5, false), None);
        assert!(is_visitors(KeyCode::F5) && !is_visitors(KNOCK) && nav_of(KNOCK, true).is_none());
    }
}
