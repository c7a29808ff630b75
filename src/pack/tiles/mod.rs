//! Large pictures as tiles: the sums of a pyramid, cutting one from a picture in strips, and the file that holds it.

pub mod container;
mod crew;
mod cut;
mod jpeg;
mod ladder;
mod planes;
pub mod pyramid;
mod region;
mod rows;
pub mod sink;
mod tile;

pub use cut::{CutError, cut, cut_into};
