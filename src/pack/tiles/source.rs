//! Whatever tiles come from: a container cut here, or a pyramid made elsewhere.

use super::container::Container;
use super::foreign::{DeepZoomFolder, ForeignError, IiifTree};
use super::pyramid::{Pyramid, TileId};
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub enum TileSource {
    Container(Container),
    DeepZoom(DeepZoomFolder),
    Iiif(IiifTree),
}

/// Whether a file describes a pyramid that was made elsewhere, by its name.
pub fn is_foreign(path: &Path) -> bool {
    is_deep_zoom(path) || is_iiif(path)
}

/// Whether a file is a container, by its name.
pub fn is_container(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "tiles")
}

/// Whether there is nothing to cut before a picture can be shown, by its name.
pub fn is_ready(path: &Path) -> bool {
    is_foreign(path) || is_container(path)
}

fn is_deep_zoom(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("dzi"))
}

fn is_iiif(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "info.json")
}

impl TileSource {
    /// Opens a `.dzi` file, an `info.json`, or else a container.
    pub fn open(path: &Path) -> Result<Self, ForeignError> {
        if is_deep_zoom(path) {
            return Ok(Self::DeepZoom(DeepZoomFolder::open(path)?));
        }
        if is_iiif(path) {
            return Ok(Self::Iiif(IiifTree::open(path)?));
        }
        Ok(Self::Container(Container::open(path)?))
    }

    pub fn pyramid(&self) -> Pyramid {
        match self {
            Self::Container(container) => container.pyramid,
            Self::DeepZoom(folder) => folder.pyramid,
            Self::Iiif(tree) => tree.pyramid,
        }
    }

    /// The encoded bytes of a tile of any level above [`Pyramid::levels`]. Decoded it should have
    /// [`Pyramid::stored_size`]; who made it elsewhere may have erred.
    pub fn tile(&self, tile: TileId) -> io::Result<Vec<u8>> {
        match self {
            Self::Container(container) => container.tile(tile),
            Self::DeepZoom(folder) => folder.tile(tile),
            Self::Iiif(tree) => tree.tile(tile),
        }
    }

    /// The encoded bytes of the whole picture at [`Pyramid::overview_size`].
    pub fn overview(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Container(container) => container.overview(),
            Self::DeepZoom(folder) => folder.overview(),
            Self::Iiif(tree) => tree.overview(),
        }
    }

    /// Pixels at the left and at the top of a decoded tile that are its neighbours'.
    pub fn margin(&self, tile: TileId) -> (u32, u32) {
        self.pyramid().margin(tile)
    }

    /// The file of a tile that should be there and is not, as far as the corners of all levels tell.
    pub fn missing(&self) -> Option<PathBuf> {
        match self {
            // A container has all its tiles or is none.
            Self::Container(_) => None,
            Self::DeepZoom(folder) => folder.missing(),
            Self::Iiif(tree) => tree.missing(),
        }
    }

    /// The folder of all tiles, when they are files of their own.
    pub fn files(&self) -> Option<&Path> {
        match self {
            Self::Container(_) => None,
            Self::DeepZoom(folder) => Some(folder.files()),
            Self::Iiif(tree) => Some(tree.files()),
        }
    }
}
