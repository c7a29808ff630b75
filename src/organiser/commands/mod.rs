//! One verb a file.

pub mod check;
pub mod draw;
pub mod tiles;
