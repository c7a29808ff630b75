//! Gamepads through gilrs, read in a thread of its own that blocks until something happens and then wakes the loop.

use super::{Nav, NavSystems};
use crate::kiosk::settings::Settings;
use crate::kiosk::touch::Activity;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use gilrs::{Axis, Button, EventType, Gilrs};
use std::sync::{Mutex, mpsc};

/// What a pad did, by the names of gilrs; replays send the same.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub enum PadInput {
    Pressed(Button),
    Stick(Axis, f32),
}

#[derive(Resource)]
struct Pads(Mutex<mpsc::Receiver<PadInput>>);

/// A stick nearer to its middle than this rests.
const DEAD_ZONE: f32 = 0.4;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<PadInput>()
        .add_systems(Startup, listen)
        .add_systems(Update, (receive.run_if(resource_exists::<Pads>), follow).chain().in_set(NavSystems));
}

fn listen(mut commands: Commands, proxy: Option<Res<EventLoopProxyWrapper>>, settings: Res<Settings>) {
    let (sender, receiver) = mpsc::channel();
    // Without a window there is nobody to wake, and tests bring their own pads.
    let Some(proxy) = proxy.map(|p| (**p).clone()).filter(|_| settings.gamepads) else { return };
    let spawned = std::thread::Builder::new().name("gamepads".into()).spawn(move || {
        let mut gilrs = match Gilrs::new() {
            Ok(gilrs) => gilrs,
            Err(error) => {
                warn!("gamepads cannot be read: {error}");
                return;
            }
        };
        loop {
            let Some(event) = gilrs.next_event_blocking(None) else { continue };
            let input = match event.event {
                EventType::ButtonPressed(button, _) => PadInput::Pressed(button),
                EventType::AxisChanged(axis, value, _) => PadInput::Stick(axis, value),
                _ => continue,
            };
            if sender.send(input).is_err() || proxy.send_event(WinitUserEvent::WakeUp).is_err() {
                return;
            }
        }
    });
    match spawned {
        Ok(_) => commands.insert_resource(Pads(Mutex::new(receiver))),
        Err(error) => warn!("no thread for gamepads: {error}"),
    }
}

fn receive(pads: Res<Pads>, mut inputs: MessageWriter<PadInput>) {
    if let Ok(receiver) = pads.0.lock() {
        inputs.write_batch(receiver.try_iter());
    }
}

fn follow(
    mut inputs: MessageReader<PadInput>,
    mut navs: MessageWriter<Nav>,
    mut active: MessageWriter<Activity>,
    mut tilted: Local<[bool; 4]>,
) {
    for input in inputs.read() {
        let nav = match input {
            PadInput::Pressed(button) => nav_of(*button),
            PadInput::Stick(axis, value) => nav_of_stick(*axis, *value, &mut tilted),
        };
        // A stick that drifts about its middle is nobody's doing.
        if let Some(nav) = nav {
            active.write(Activity);
            navs.write(nav);
        }
    }
}

fn nav_of(button: Button) -> Option<Nav> {
    Some(match button {
        Button::DPadLeft => Nav::Move(Vec2::NEG_X),
        Button::DPadRight => Nav::Move(Vec2::X),
        Button::DPadUp => Nav::Move(Vec2::NEG_Y),
        Button::DPadDown => Nav::Move(Vec2::Y),
        Button::South => Nav::Accept,
        Button::East => Nav::Back,
        Button::Start | Button::Mode => Nav::Home,
        Button::RightTrigger | Button::RightTrigger2 => Nav::ZoomIn,
        Button::LeftTrigger | Button::LeftTrigger2 => Nav::ZoomOut,
        Button::North => Nav::Next,
        Button::West => Nav::Previous,
        _ => return None,
    })
}

/// The left stick moves the focus once a tilt; the right stick moves the map with every report.
fn nav_of_stick(axis: Axis, value: f32, tilted: &mut [bool; 4]) -> Option<Nav> {
    let slot = match axis {
        Axis::LeftStickX => 0,
        Axis::LeftStickY => 1,
        Axis::RightStickX => 2,
        Axis::RightStickY => 3,
        _ => return None,
    };
    let over = value.abs() > DEAD_ZONE;
    let was_over = std::mem::replace(&mut tilted[slot], over);
    let fresh = over && !was_over;
    match slot {
        0 if fresh => Some(Nav::Move(Vec2::new(value.signum(), 0.0))),
        1 if fresh => Some(Nav::Move(Vec2::new(0.0, -value.signum()))),
        2 if over => Some(Nav::Pan(Vec2::new(-value, 0.0))),
        3 if over => Some(Nav::Pan(Vec2::new(0.0, value))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_stick_moves_the_focus_once() {
        let mut tilted = [false; 4];
        let mut tilt = |value| nav_of_stick(Axis::LeftStickX, value, &mut tilted);
        assert_eq!(tilt(0.9), Some(Nav::Move(Vec2::X)));
        assert_eq!(tilt(1.0), None);
        assert_eq!(tilt(0.1), None);
        assert_eq!(tilt(-0.9), Some(Nav::Move(Vec2::NEG_X)));
    }
}
