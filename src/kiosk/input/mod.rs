//! Keys and pads: a visible focus that moves by position, and the same asks that fingers make.

mod focus;
mod keys;
mod pads;

pub use focus::Focus;
pub use pads::PadInput;

use crate::kiosk::screens::KioskSystems;
use bevy::prelude::*;

/// What a key or pad wants, whatever made it.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub enum Nav {
    /// Towards the next touchable thing; x to the right, y down.
    Move(Vec2),
    Next,
    Previous,
    Accept,
    Back,
    Home,
    ZoomIn,
    ZoomOut,
    /// Moves a map or a long text, in steps.
    Pan(Vec2),
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Nav>()
        .add_plugins((focus::plugin, keys::plugin, pads::plugin))
        .configure_sets(Update, NavSystems.in_set(KioskSystems::Input));
}

/// Reading keys and pads comes before following them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NavSystems;
