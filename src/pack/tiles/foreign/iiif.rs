//! A tree of the IIIF Image API, version 2 or 3, level 0: `info.json`, and beside it a file for each request that a
//! viewer may make. Only the forms that the specification calls canonical are looked for, and those that makers of such
//! trees are known to write instead.

use super::{ForeignError, MAX_TILE_BYTES, checked, corners, description, refused, stitched};
use crate::base::files::read_capped;
use crate::pack::tiles::pyramid::{Pyramid, TileId};
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct IiifTree {
    pub pyramid: Pyramid,
    folder: PathBuf,
    version: Version,
    /// The file of the whole picture at the overview's size, when the tree has one.
    overview: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Two,
    Three,
}

impl IiifTree {
    /// Opens by the `info.json` file.
    pub fn open(info: &Path) -> Result<Self, ForeignError> {
        let text = description(info)?;
        let value: Value =
            serde_json::from_str(&text).map_err(|error| refused(format!("an info.json that is no JSON: {error}")))?;
        let version = version(&value)?;
        let tiles = value["tiles"].as_array().and_then(|tiles| tiles.first());
        let tiles = tiles.ok_or_else(|| refused("an info.json without tiles"))?;
        let number = |value: &Value, name: &str| {
            value[name].as_u64().ok_or_else(|| refused(format!("an info.json without {name}")))
        };
        let (width, height, side) = (number(&value, "width")?, number(&value, "height")?, number(tiles, "width")?);
        if tiles["height"].as_u64().is_some_and(|height| height != side) {
            return Err(refused("tiles that are not square"));
        }
        let pyramid = checked(width, height, side, 0)?;
        let levels = levels(&tiles["scaleFactors"])?;
        let mut tree = Self { pyramid, folder: info.with_file_name(""), version, overview: None };
        tree.overview = tree.whole_at_overview_size();
        // The last level may be there as a whole instead of in tiles.
        let needed = pyramid.levels() + u8::from(tree.overview.is_none());
        if levels < needed {
            let wanted = 1u64 << (needed - 1);
            return Err(refused(format!("scale factors that end before {wanted}")));
        }
        Ok(tree)
    }

    /// The folder that all tiles lie in.
    pub fn files(&self) -> &Path {
        &self.folder
    }

    fn whole_at_overview_size(&self) -> Option<PathBuf> {
        let (width, height) = self.pyramid.overview_size();
        let sizes = [format!("{width},{height}"), format!("{width},")];
        let paths = sizes.map(|size| self.folder.join("full").join(size).join("0/default.jpg"));
        paths.into_iter().find(|path| path.is_file())
    }

    /// Where a tile may lie, the canonical place first.
    fn places(&self, tile: TileId) -> Vec<PathBuf> {
        let (left, top, width, height) = self.pyramid.tile_rect(tile);
        let of_picture = |edge: u32, end: u32| (u64::from(edge) << tile.level).min(u64::from(end));
        let (x, y) = (of_picture(left, self.pyramid.width), of_picture(top, self.pyramid.height));
        let right = of_picture(left + width, self.pyramid.width);
        let bottom = of_picture(top + height, self.pyramid.height);
        let mut regions = vec![format!("{x},{y},{},{}", right - x, bottom - y)];
        if (x, y) == (0, 0) && (right, bottom) == (self.pyramid.width.into(), self.pyramid.height.into()) {
            regions.insert(0, "full".to_owned());
        }
        let mut sizes = vec![format!("{width},"), format!("{width},{height}")];
        match (self.version, tile.level) {
            (Version::Two, 0) => sizes.push("full".to_owned()),
            (Version::Two, _) => {}
            (Version::Three, 0) => sizes.extend(["max".to_owned()]),
            (Version::Three, _) => {}
        }
        if self.version == Version::Three {
            sizes.swap(0, 1);
        }
        let place = |region: &String, size: &String| self.folder.join(region).join(size).join("0/default.jpg");
        regions.iter().flat_map(|region| sizes.iter().map(move |size| place(region, size))).collect()
    }

    pub fn tile(&self, tile: TileId) -> io::Result<Vec<u8>> {
        let place = self.places(tile).into_iter().find(|place| place.is_file()).ok_or(io::ErrorKind::NotFound)?;
        read_capped(&place, MAX_TILE_BYTES)
    }

    pub fn overview(&self) -> io::Result<Vec<u8>> {
        match &self.overview {
            Some(whole) => read_capped(whole, MAX_TILE_BYTES),
            None => stitched(self.pyramid, |tile| self.tile(tile)),
        }
    }

    /// A tile that should be there and is not.
    pub fn missing(&self) -> Option<PathBuf> {
        let levels = self.pyramid.levels();
        let wanted = corners(self.pyramid, levels).filter(|tile| tile.level < levels || self.overview.is_none());
        let mut places = wanted.map(|tile| self.places(tile));
        places.find(|places| !places.iter().any(|place| place.is_file())).and_then(|places| places.into_iter().next())
    }
}

/// By the context, or by what only one version has.
fn version(info: &Value) -> Result<Version, ForeignError> {
    let contexts = match &info["@context"] {
        Value::Array(contexts) => contexts.iter().filter_map(Value::as_str).collect(),
        context => Vec::from_iter(context.as_str()),
    };
    let is = |number: u8| contexts.contains(&format!("http://iiif.io/api/image/{number}/context.json").as_str());
    match (is(2), is(3)) {
        (true, false) => Ok(Version::Two),
        (false, true) => Ok(Version::Three),
        _ => Err(refused("an info.json of neither version 2 nor version 3 of the IIIF Image API")),
    }
}

/// How many levels the scale factors are: 1, 2, 4 and so on, none left out.
fn levels(factors: &Value) -> Result<u8, ForeignError> {
    let numbers = factors.as_array().map(|factors| factors.iter().filter_map(Value::as_u64).collect::<Vec<_>>());
    let mut numbers = numbers.ok_or_else(|| refused("an info.json without scaleFactors"))?;
    numbers.sort_unstable();
    let is_series = numbers.len() <= 32 && numbers.iter().enumerate().all(|(at, factor)| *factor == 1 << at);
    if !is_series || numbers.is_empty() {
        return Err(refused(format!("scale factors {numbers:?}; 1, 2, 4 and so on are needed, none left out")));
    }
    Ok(numbers.len() as u8)
}
