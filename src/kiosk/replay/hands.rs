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

type Node<'a> = (
    &'a ComputedNode,
    &'a UiGlobalTransform,
    &'a ComputedStackIndex,
    &'a InheritedVisibility,
    &'a Touchable,
    Option<&'a CalculatedClip>,
);

/// Where a labelled thing is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    pub at: Vec2,
    /// From where to where a finger drags what has scrolled it away.
    pub drag: Option<(Vec2, Vec2)>,
}

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

    /// The middle of the topmost thing of that label that a finger can reach; a label may be given by its beginning. Of
    /// one that a column has scrolled away, also the way that a finger drags the column to bring it back.
    pub fn find(&self, label: &str) -> Option<Sighting> {
        let sightings = self.nodes.iter().filter(|n| n.4.label.starts_with(label)).filter_map(|n| self.sighting(n));
        // One in sight before one that is not, an exact label before the beginning of one, then the topmost.
        sightings.max_by_key(|(sighting, name, stack)| (sighting.drag.is_none(), name == label, *stack)).map(|s| s.0)
    }

    fn sighting(
        &self,
        (node, transform, stack, visible, touchable, clip): Node<'_>,
    ) -> Option<(Sighting, String, u32)> {
        let at = transform.translation;
        let clip = clip.map(|c| c.clip).filter(|clip| !clip.contains(at) && !clip.is_empty());
        // What a column has scrolled away lies under whatever stands below the column.
        let covered = clip.is_none()
            && self.blockers.iter().any(|(cover, place, above)| {
                above.0 > stack.0 && (at - place.translation).abs().cmple(cover.size / 2.0).all()
            });
        if !visible.get() || node.size.x <= 1.0 || covered {
            return None;
        }
        let drag = clip.map(|clip| {
            // A column that scrolls down clips nothing to its sides.
            let middle = Vec2::new(at.x, clip.center().y);
            let half = clip.half_size().y * 0.8;
            let way = (middle.y - at.y).clamp(-2.0 * half, 2.0 * half);
            (middle - Vec2::new(0.0, way / 2.0), middle + Vec2::new(0.0, way / 2.0))
        });
        Some((Sighting { at, drag }, touchable.label.clone(), stack.0))
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
        "F9" => KeyCode::F9,
        "Control" => KeyCode::ControlLeft,
        "Shift" => KeyCode::ShiftLeft,
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
