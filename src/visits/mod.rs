//! What happened at the screen, on disk. Knows ids only: no exhibit, no window, nothing that could name a person.

pub mod event;
pub mod export;
pub mod glance;
pub mod journal;
mod kiosk_key;
pub mod read;
pub mod record;
pub mod seal;
mod sealed_copy;

pub use event::Event;
pub use journal::Journal;
