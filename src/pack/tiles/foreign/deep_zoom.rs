//! A Deep Zoom folder: `x.dzi`, and its tiles in `x_files`.

use super::{ForeignError, MAX_TILE_BYTES, checked, corners, description, refused, stitched};
use crate::base::files::read_capped;
use crate::pack::tiles::dzi::files_beside;
use crate::pack::tiles::pyramid::{Pyramid, TileId};
use resvg::usvg::roxmltree::{Document, Node};
use std::io;
use std::path::{Path, PathBuf};

/// Formats of tiles that can be decoded.
const FORMATS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

#[derive(Debug)]
pub struct DeepZoomFolder {
    pub pyramid: Pyramid,
    files: PathBuf,
    format: String,
}

impl DeepZoomFolder {
    /// Opens by the `.dzi` file.
    pub fn open(descriptor: &Path) -> Result<Self, ForeignError> {
        let text = description(descriptor)?;
        let document =
            Document::parse(&text).map_err(|error| refused(format!("a .dzi file that is no XML: {error}")))?;
        let image = document.root_element();
        if image.tag_name().name() != "Image" {
            return Err(refused("a .dzi file of something else than one image"));
        }
        let size = image.children().find(|node| node.tag_name().name() == "Size");
        let size = size.ok_or_else(|| refused("a .dzi file without a size"))?;
        let (width, height) = (number(size, "Width")?, number(size, "Height")?);
        let pyramid = checked(width, height, number(image, "TileSize")?, number(image, "Overlap")?)?;
        let format = image.attribute("Format").unwrap_or_default();
        if !FORMATS.contains(&format.to_ascii_lowercase().as_str()) {
            return Err(refused(format!("tiles of the format “{format}”")));
        }
        Ok(Self { pyramid, files: files_beside(descriptor)?, format: format.to_owned() })
    }

    /// The folder that all tiles lie in.
    pub fn files(&self) -> &Path {
        &self.files
    }

    fn path(&self, tile: TileId) -> PathBuf {
        let level = self.pyramid.last_level().saturating_sub(tile.level);
        self.files.join(level.to_string()).join(format!("{}_{}.{}", tile.column, tile.row, self.format))
    }

    pub fn tile(&self, tile: TileId) -> io::Result<Vec<u8>> {
        read_capped(&self.path(tile), MAX_TILE_BYTES)
    }

    pub fn overview(&self) -> io::Result<Vec<u8>> {
        let level = self.pyramid.levels();
        match self.pyramid.grid(level) {
            (1, 1) => self.tile(TileId { level, column: 0, row: 0 }),
            _ => stitched(self.pyramid, |tile| self.tile(tile)),
        }
    }

    /// A tile that should be there and is not.
    pub fn missing(&self) -> Option<PathBuf> {
        corners(self.pyramid, self.pyramid.levels()).map(|tile| self.path(tile)).find(|path| !path.is_file())
    }
}

fn number(node: Node<'_, '_>, name: &str) -> Result<u64, ForeignError> {
    let text = node.attribute(name).ok_or_else(|| refused(format!("a .dzi file without {name}")))?;
    text.trim().parse().map_err(|_| refused(format!("a .dzi file where {name} is “{text}”")))
}
