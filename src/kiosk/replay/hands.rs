//! The fingers, keys and pads of a replay: they write what a screen, a keyboard and a gamepad would. And its eye, which
//! no visitor has.

use crate::kiosk::input::PadInput;
use crate::kiosk::screens::LookAt;
use crate::kiosk::touch::{Blocker, Touchable};
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput, NativeKey};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, ComputedNode, ComputedStackIndex, UiGlobalTransform};
use bevy::window::PrimaryWindow;

/// Where the driver's fingers are.
#[derive(Resource, Default)]
pub struct FingersDown(pub Vec<(u64, Vec2)>);

#[derive(bevy::ecs::system::SystemParam)]
pub struct Hands<'w, 's> {
    touches: MessageWriter<'w, TouchInput>,
    keys: MessageWriter<'w, KeyboardInput>,
    pub pads: MessageWriter<'w, PadInput>,
    pub looks: MessageWriter<'w, LookAt>,
    pub down: ResMut<'w, FingersDown>,
    window: Query<'w, 's, (Entity, &'static Window), With<PrimaryWindow>>,
    nodes: Query<'w, 's, NodeParts>,
    blockers:
        Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform, &'static ComputedStackIndex), With<Blocker>>,
}

type NodeParts = (
    &'static ComputedNode,
    &'static UiGlobalTransform,
    &'static ComputedStackIndex,
    &'static InheritedVisibility,
    &'static Touchable,
    Option<&'static CalculatedClip>,
);

impl Hands<'_, '_> {
    pub fn point(&self, (x, y): (f32, f32)) -> Vec2 {
        let size = self.window.single().map_or(Vec2::ONE, |(_, w)| w.size());
        Vec2::new(x, y) * size
    }

    pub fn touch(&mut self, id: u64, position: Vec2, phase: TouchPhase) {
        if let Ok((window, _)) = self.window.single() {
            self.touches.write(TouchInput { phase, position, window, force: None, id });
        }
        self.down.0.retain(|(finger, _)| *finger != id);
        if matches!(phase, TouchPhase::Started | TouchPhase::Moved) {
            self.down.0.push((id, position));
        }
    }

    pub fn lift(&mut self, id: u64) {
        let at = self.down.0.iter().find(|(finger, _)| *finger == id).map_or(Vec2::ZERO, |(_, at)| *at);
        self.touch(id, at, TouchPhase::Ended);
    }

    pub fn key(&mut self, key_code: KeyCode, state: ButtonState) {
        if let Ok((window, _)) = self.window.single() {
            let logical_key = Key::Unidentified(NativeKey::Unidentified);
            self.keys.write(KeyboardInput { key_code, logical_key, state, text: None, repeat: false, window });
        }
    }

    /// The middle of the topmost thing of that label that a finger can reach; a label may be given by its beginning.
    pub fn find(&self, label: &str) -> Option<Vec2> {
        let reachable = |(node, transform, stack, visible, _, clip): &(
            &ComputedNode,
            &UiGlobalTransform,
            &ComputedStackIndex,
            &InheritedVisibility,
            &Touchable,
            Option<&CalculatedClip>,
        )| {
            // What a column has scrolled away, a finger does not find.
            let clipped = clip.is_some_and(|c| !c.clip.contains(transform.translation));
            let covered = self.blockers.iter().any(|(cover, at, above)| {
                let offset = (transform.translation - at.translation).abs();
                above.0 > stack.0 && offset.cmple(cover.size / 2.0).all()
            });
            visible.get() && node.size.x > 1.0 && !covered && !clipped
        };
        let candidates: Vec<_> = self.nodes.iter().filter(|n| n.4.label.starts_with(label)).filter(reachable).collect();
        let exact = candidates.iter().filter(|n| n.4.label == label).max_by_key(|n| n.2.0);
        let found = exact.or_else(|| candidates.iter().max_by_key(|n| n.2.0))?;
        Some(found.1.translation)
    }

    pub fn labels(&self) -> String {
        let mut labels: Vec<&str> = self.nodes.iter().map(|n| n.4.label.as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        labels.join(" | ")
    }
}

pub fn key_code(name: &str) -> Option<KeyCode> {
    Some(match name {
        "Enter" => KeyCode::Enter,
        "Space" => KeyCode::Space,
        "Escape" => KeyCode::Escape,
        "Backspace" => KeyCode::Backspace,
        "Tab" => KeyCode::Tab,
        "Home" => KeyCode::Home,
        "Left" => KeyCode::ArrowLeft,
        "Right" => KeyCode::ArrowRight,
        "Up" => KeyCode::ArrowUp,
        "Down" => KeyCode::ArrowDown,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "+" | "Plus" => KeyCode::Equal,
        "-" | "Minus" => KeyCode::Minus,
        "W" => KeyCode::KeyW,
        "A" => KeyCode::KeyA,
        "S" => KeyCode::KeyS,
        "D" => KeyCode::KeyD,
        _ => return None,
    })
}

pub fn pad_button(name: &str) -> Option<gilrs::Button> {
    use gilrs::Button;
    Some(match name {
        "South" => Button::South,
        "East" => Button::East,
        "North" => Button::North,
        "West" => Button::West,
        "Start" => Button::Start,
        "DPadUp" => Button::DPadUp,
        "DPadDown" => Button::DPadDown,
        "DPadLeft" => Button::DPadLeft,
        "DPadRight" => Button::DPadRight,
        "LeftTrigger" => Button::LeftTrigger,
        "RightTrigger" => Button::RightTrigger,
        _ => return None,
    })
}
