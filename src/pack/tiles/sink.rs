//! Where cut tiles go: the container of the kiosk, or a folder that other viewers read. Nothing is cut here.

use super::container::Writer;
use super::pyramid::TileId;
use std::io;

/// How a tile is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Jpeg,
    WebP,
}

impl Encoding {
    /// The ending of a file so encoded, without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }
}

/// Takes the tiles of one picture, in an order that depends on the picture alone. What was begun and not finished
/// leaves nothing behind.
pub trait TileSink {
    fn add(&mut self, tile: TileId, encoded: &[u8], encoding: Encoding) -> io::Result<()>;

    /// Every tile has been added; the overview is the whole picture at `Pyramid::overview_size`.
    fn finish(self: Box<Self>, overview: &[u8], encoding: Encoding) -> io::Result<()>;

    /// Whether tiles go on below the overview, down to a single pixel. A container ends above the overview.
    fn wants_all_levels(&self) -> bool;
}

impl TileSink for Writer {
    fn add(&mut self, tile: TileId, encoded: &[u8], _encoding: Encoding) -> io::Result<()> {
        // A reader knows the encoding by its first bytes.
        Writer::add(self, tile, encoded)
    }

    fn finish(self: Box<Self>, overview: &[u8], _encoding: Encoding) -> io::Result<()> {
        Writer::finish(*self, overview)
    }

    fn wants_all_levels(&self) -> bool {
        false
    }
}
