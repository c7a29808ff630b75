//! What an exhibit is, on disk and in memory. Knows nothing of windows, terminals, time or visits.

pub mod captions;
mod cut_off;
pub mod georef;
pub mod model;
pub mod rules;
pub mod sealed;
pub mod signing;
pub mod sound;
pub mod source;
pub mod store;
pub mod tiles;

pub use model::Exhibit;
pub use rules::check;
pub use source::{open, open_installed};
