//! The exhibit on this kiosk: opened in the background, its pictures brought in by workers off the frame loop.

mod opening;
mod pictures;
mod standing;
mod watching;
mod workshop;

pub use opening::Open;
pub use pictures::{Pictures, State, Wanted};
pub use watching::Faults;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(Sharp(true)).add_plugins((opening::plugin, pictures::plugin, watching::plugin));
}

/// True when the view before the visitor shows every tile it wants. Kept by whoever draws large pictures.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Sharp(pub bool);
