//! The source form: a folder of RON texts and media, as people write it.

pub mod codes;
mod files;
mod lower;
mod lower_georef;
mod lower_halls;
mod lower_items;
mod lower_sources;
mod media;
pub mod outline;
mod parse;
mod reader;
mod reader_media;
pub mod schema;
mod text_files;
mod wording;
pub mod words;

pub use files::{Mapped, Used};
pub use lower::{open, open_installed};
pub use media::picture_size;
pub use parse::{Parsed, parse};

use super::model::Exhibit;
use crate::diagnostics::Findings;

/// What reading a folder gave: everything that could be read, and everything that is wrong.
#[derive(Debug, Default)]
pub struct Opened {
    /// Absent when not even one hall with one item could be read, or the pack is of another format.
    pub exhibit: Option<Exhibit>,
    pub findings: Findings,
    /// The files that were found, by their paths in the pack.
    pub used: Used,
    /// False when the folder or its `exhibit.ron` cannot be read at all.
    pub readable: bool,
}
