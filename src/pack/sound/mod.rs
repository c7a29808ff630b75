//! What a sound file holds: how long it is by its headers, how loud it is once decoded. Nothing is played here.

pub mod length;
pub mod loudness;

pub use length::millis;
pub use loudness::{SoundError, loudness};
