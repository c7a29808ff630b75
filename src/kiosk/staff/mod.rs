//! The area of the people in charge: a pad behind a hidden knock, then packs, screen, sound, figures and this machine's
//! health. No visitor sees it, and nothing in it counts as a visit.

mod desk;
mod figures;
mod frame;
mod health_page;
mod input;
mod pack_actions;
mod pack_words;
mod packs;
mod pin_pad;
mod progress;
mod scene;
mod screen_check;
mod sound_check;
mod welcome;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((desk::plugin, input::plugin, scene::plugin, progress::plugin, welcome::plugin));
}
