//! Large pictures as tiles: the sums of a pyramid, reading a picture as rows, cutting it, where tiles go and where they
//! come from.

pub mod container;
mod crew;
mod cut;
pub mod dzi;
pub mod foreign;
pub mod iiif;
mod jpeg;
mod ladder;
mod planes;
pub mod pyramid;
mod region;
pub mod rows;
pub mod sink;
pub mod source;
mod tile;

pub use cut::{CutError, cut, cut_into};
