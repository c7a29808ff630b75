//! Large pictures as tiles: the sums of a pyramid, cutting one from a picture in strips, and the file that holds it.

pub mod container;
mod cut;
pub mod pyramid;
mod rows;

pub use cut::{CutError, cut};
