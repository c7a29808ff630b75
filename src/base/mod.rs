//! Ground floor: things that know no word of exhibits or visits. Imports nothing from this crate.

pub mod clock;
pub mod days;
pub mod files;
pub mod ids;
pub mod in_place;
pub mod mercator;
pub mod snapshot;
pub mod text_place;
