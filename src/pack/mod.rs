//! What an exhibit is, on disk and in memory. Knows nothing of windows, terminals, time or visits.

pub mod captions;
pub mod georef;
pub mod model;
pub mod source;
pub mod tiles;

pub use model::Exhibit;
pub use source::open;
