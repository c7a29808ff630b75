//! Pyramids that were made elsewhere and are taken as they are: Deep Zoom folders and IIIF trees. Nothing is written
//! here, and of tiles only their names are known, but for an overview that is put together from them, and where they are
//! handed on in another form.

mod deep_zoom;
mod iiif;

pub use deep_zoom::DeepZoomFolder;
pub use iiif::IiifTree;

use super::pyramid::{Pyramid, TILE, TileId};
use super::sink::{Encoding, TileSink};
use super::source::TileSource;
use crate::base::files::read_capped;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ImageReader, Limits, RgbImage};
use std::io::{self, Cursor};
use std::path::Path;

/// No encoded tile is larger than its raw pixels would be.
const MAX_TILE_BYTES: u64 = 8 << 20;
/// A description of a pyramid.
const MAX_DESCRIPTION_BYTES: u64 = 1 << 20;
/// Most that a tile may repeat of its neighbours.
const MAX_OVERLAP: u32 = 64;
/// Of tiles that have to be encoded once more.
const JPEG_QUALITY: u8 = 90;
/// Longest side; the levels of anything larger would never be looked at.
const MAX_SIDE: u32 = 10_000_000;

/// Why a pyramid made elsewhere is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{0}")]
    Refused(String),
}

fn refused(why: impl Into<String>) -> ForeignError {
    ForeignError::Refused(why.into())
}

/// The sums of a pyramid, once what its description says can be used.
fn checked(width: u64, height: u64, tile: u64, overlap: u64) -> Result<Pyramid, ForeignError> {
    let side = |side: u64| u32::try_from(side).ok().filter(|side| (1..=MAX_SIDE).contains(side));
    let (Some(width), Some(height)) = (side(width), side(height)) else {
        return Err(refused(format!("a picture of {width} × {height} pixels")));
    };
    if tile == 0 || tile > u64::from(TILE) {
        return Err(refused(format!("tiles of {tile} pixels; {TILE} is the most")));
    }
    if overlap > u64::from(MAX_OVERLAP) || overlap > tile {
        return Err(refused(format!("tiles of {tile} pixels that overlap by {overlap}")));
    }
    Ok(Pyramid { width, height, tile: tile as u32, overlap: overlap as u32 })
}

fn description(path: &Path) -> Result<String, ForeignError> {
    let bytes = read_capped(path, MAX_DESCRIPTION_BYTES)?;
    String::from_utf8(bytes).map_err(|_| refused("a description that is not in UTF-8"))
}

/// The tiles in the corners of every level that is looked at: when one is missing, others are.
fn corners(pyramid: Pyramid, levels: u8) -> impl Iterator<Item = TileId> {
    (0..=levels).flat_map(move |level| {
        let (columns, rows) = pyramid.grid(level);
        let mut ends = vec![(0, 0), (columns - 1, 0), (0, rows - 1), (columns - 1, rows - 1)];
        ends.dedup();
        ends.into_iter().map(move |(column, row)| TileId { level, column, row })
    })
}

/// The level of the overview as one PNG, from its few tiles.
fn stitched(pyramid: Pyramid, tile: impl Fn(TileId) -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
    let level = pyramid.levels();
    let (width, height) = pyramid.size(level);
    let (columns, rows) = pyramid.grid(level);
    let mut whole = RgbImage::new(width, height);
    for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
        let id = TileId { level, column, row };
        let picture = decoded(&tile(id)?, pyramid.stored_size(id))?;
        let ((left, top, across, down), (right_by, down_by)) = (pyramid.tile_rect(id), pyramid.margin(id));
        let part = image::imageops::crop_imm(&picture, right_by, down_by, across, down).to_image();
        image::imageops::replace(&mut whole, &part, left.into(), top.into());
    }
    let mut png = Vec::new();
    whole.write_with_encoder(PngEncoder::new(&mut png)).map_err(io::Error::other)?;
    Ok(png)
}

/// Puts a pyramid made elsewhere into another form: tiles without overlap, all of them JPEG. Tiles that are so already
/// stay byte for byte. `progress` is told the fraction done, 0 to 1.
pub fn copied(source: &TileSource, mut sink: Box<dyn TileSink>, mut progress: impl FnMut(f32)) -> io::Result<()> {
    let pyramid = source.pyramid();
    let overview = source.overview()?;
    let whole = decoded(&overview, pyramid.overview_size())?;
    let grids: Vec<(u32, u32)> = (0..=pyramid.levels()).map(|level| pyramid.grid(level)).collect();
    let all: u64 = grids.iter().map(|(columns, rows)| u64::from(*columns) * u64::from(*rows)).sum();
    let mut done = 0_u64;
    for (level, (columns, rows)) in (0..).zip(grids) {
        for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
            let id = TileId { level, column, row };
            // Some trees hold their last level as the overview alone.
            let jpeg = if level < pyramid.levels() {
                without_margin(pyramid, id, source.tile(id)?)?
            } else {
                as_jpeg(&part(&whole, pyramid.tile_rect(id), (0, 0)))?
            };
            sink.add(id, &jpeg, Encoding::Jpeg)?;
            done += 1;
            progress(done as f32 / all.max(1) as f32);
        }
    }
    sink.finish(&as_jpeg(&whole)?, Encoding::Jpeg)
}

fn without_margin(pyramid: Pyramid, id: TileId, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let rect = pyramid.tile_rect(id);
    let stored = pyramid.stored_size(id);
    if stored == (rect.2, rect.3) && bytes.starts_with(&[0xff, 0xd8]) {
        return Ok(bytes);
    }
    as_jpeg(&part(&decoded(&bytes, stored)?, (0, 0, rect.2, rect.3), pyramid.margin(id)))
}

fn part(picture: &RgbImage, (left, top, width, height): (u32, u32, u32, u32), margin: (u32, u32)) -> RgbImage {
    image::imageops::crop_imm(picture, left + margin.0, top + margin.1, width, height).to_image()
}

fn as_jpeg(picture: &RgbImage) -> io::Result<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(picture).map_err(io::Error::other)?;
    Ok(jpeg)
}

/// A tile's pixels, when they are as many as they have to be.
fn decoded(bytes: &[u8], size: (u32, u32)) -> io::Result<RgbImage> {
    let invalid = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(size.0), Some(size.1));
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| invalid(error.to_string()))?.into_rgb8();
    if picture.dimensions() != size {
        return Err(invalid(format!("a tile of {:?} pixels in place of {size:?}", picture.dimensions())));
    }
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use std::fs;
    use std::path::PathBuf;
    use tempfile::TempDir;

    /// A different picture on every level, so that none can be taken for another.
    fn pixel(level: u8, x: u32, y: u32) -> Rgb<u8> {
        Rgb([x as u8 ^ (level % 5 * 50), y as u8, (x / 256 * 16 + y / 256) as u8])
    }

    fn part(level: u8, left: u32, top: u32, (width, height): (u32, u32)) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| pixel(level, left + x, top + y));
        let mut png = Vec::new();
        picture.write_with_encoder(PngEncoder::new(&mut png)).expect("encoded");
        png
    }

    fn write(path: &Path, bytes: &[u8]) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder made");
        fs::write(path, bytes).expect("written");
    }

    fn all_tiles(pyramid: Pyramid, levels: u8) -> Vec<TileId> {
        let of_level = |level: u8| {
            let (columns, rows) = pyramid.grid(level);
            (0..rows).flat_map(move |row| (0..columns).map(move |column| TileId { level, column, row }))
        };
        (0..=levels).flat_map(of_level).collect()
    }

    const DESCRIPTION: &str = r#"<?xml version="1.0"?>
        <Image TileSize="254" Overlap="1" Format="png" xmlns="http://schemas.microsoft.com/deepzoom/2008">
          <Size Width="1500" Height="700" />
        </Image>"#;

    fn deep_zoom() -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let pyramid = Pyramid { tile: 254, overlap: 1, ..Pyramid::new(1_500, 700) };
        for tile in all_tiles(pyramid, pyramid.last_level()) {
            let ((left, top, ..), (margin_left, margin_top)) = (pyramid.tile_rect(tile), pyramid.margin(tile));
            let bytes = part(tile.level, left - margin_left, top - margin_top, pyramid.stored_size(tile));
            let name = format!("map_files/{}/{}_{}.png", 11 - tile.level, tile.column, tile.row);
            write(&dir.path().join(name), &bytes);
        }
        let path = dir.path().join("map.dzi");
        write(&path, DESCRIPTION.as_bytes());
        (dir, path)
    }

    fn info(version: u8, factors: &str) -> String {
        format!(
            r#"{{"@context": "http://iiif.io/api/image/{version}/context.json", "protocol": "http://iiif.io/api/image",
            "width": 1500, "height": 700, "tiles": [{{"width": 256, "scaleFactors": {factors}}}]}}"#
        )
    }

    fn iiif(version: u8) -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let pyramid = Pyramid { tile: 256, ..Pyramid::new(1_500, 700) };
        for tile in all_tiles(pyramid, 1) {
            let (left, top, width, height) = pyramid.tile_rect(tile);
            let scale = 1 << tile.level;
            let (x, y) = (left * scale, top * scale);
            let (across, down) = ((width * scale).min(1_500 - x), (height * scale).min(700 - y));
            let size = if version == 2 { format!("{width},") } else { format!("{width},{height}") };
            let name = format!("{x},{y},{across},{down}/{size}/0/default.jpg");
            write(&dir.path().join(name), &part(tile.level, left, top, (width, height)));
        }
        let path = dir.path().join("info.json");
        write(&path, info(version, "[1, 2]").as_bytes());
        (dir, path)
    }

    fn holds_the_picture(path: &Path) {
        let source = TileSource::open(path).expect("opens");
        let pyramid = source.pyramid();
        assert_eq!((pyramid.width, pyramid.height, pyramid.levels()), (1_500, 700, 1));
        assert_eq!(source.missing(), None);
        for tile in all_tiles(pyramid, 0) {
            let picture = decoded(&source.tile(tile).expect("tile"), pyramid.stored_size(tile)).expect("decodes");
            let ((left, top, width, height), (skip_x, skip_y)) = (pyramid.tile_rect(tile), source.margin(tile));
            for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
                assert_eq!(*picture.get_pixel(skip_x + x, skip_y + y), pixel(0, left + x, top + y), "{tile:?}");
            }
        }
        let overview = image::load_from_memory(&source.overview().expect("overview")).expect("decodes").into_rgb8();
        assert_eq!(overview.dimensions(), (750, 350));
        assert!(overview.enumerate_pixels().all(|(x, y, p)| *p == pixel(1, x, y)));
    }

    #[test]
    fn a_deep_zoom_folder_is_taken_as_it_is() {
        let (dir, path) = deep_zoom();
        holds_the_picture(&path);
        fs::remove_file(dir.path().join("map_files/11/5_2.png")).expect("removed");
        let source = TileSource::open(&path).expect("opens");
        assert_eq!(source.missing(), Some(dir.path().join("map_files/11/5_2.png")));
    }

    #[test]
    fn a_iiif_tree_of_either_version_is_taken_as_it_is() {
        for version in [2, 3] {
            let (dir, path) = iiif(version);
            holds_the_picture(&path);
            // The whole picture at the overview's size comes first, and its tiles are not needed then.
            let size = if version == 2 { "750," } else { "750,350" };
            write(&dir.path().join(format!("full/{size}/0/default.jpg")), &part(1, 0, 0, (750, 350)));
            write(&path, info(version, "[1]").as_bytes());
            holds_the_picture(&path);
            fs::remove_dir_all(dir.path().join("0,0,256,256")).expect("removed");
            assert!(TileSource::open(&path).expect("opens").missing().is_some());
        }
    }

    #[test]
    fn a_description_that_cannot_be_used_is_refused_with_its_reason() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut cases: Vec<(&str, &str, String)> = [
            ("TileSize=\"254\"", "TileSize=\"1024\"", "1024"),
            ("TileSize=\"254\"", "TileSize=\"0\"", "0 pixels"),
            ("TileSize=\"254\"", "", "TileSize"),
            ("Overlap=\"1\"", "Overlap=\"300\"", "overlap"),
            ("Overlap=\"1\"", "Overlap=\"-1\"", "Overlap"),
            ("Format=\"png\"", "Format=\"../x\"", "format"),
            ("Width=\"1500\"", "Width=\"99999999999\"", "pixels"),
            ("<Size", "<Sise", "size"),
            ("<Image", "<Collection", "XML"),
            ("<Image", "<!DOCTYPE x [<!ENTITY y \"z\">]><Image", "XML"),
        ]
        .map(|(old, new, why)| ("map.dzi", why, DESCRIPTION.replace(old, new)))
        .into();
        cases.extend([
            ("info.json", "scale factors", info(2, "[1, 2, 8]")),
            ("info.json", "scale factors", info(3, "[2, 4]")),
            ("info.json", "scale factors", info(3, "[]")),
            ("info.json", "scale factors", info(3, "[1]")),
            ("info.json", "scaleFactors", info(3, "7")),
            ("info.json", "version", info(1, "[1, 2]")),
            ("info.json", "square", info(2, "[1, 2]").replace("256,", "256, \"height\": 128,")),
            ("info.json", "tiles", info(2, "[1, 2]").replace("tiles", "tales")),
            ("info.json", "width", info(2, "[1, 2]").replace("1500", "1500.5")),
            ("info.json", "JSON", "[".repeat(100_000)),
        ]);
        for (name, why, text) in cases {
            write(&dir.path().join(name), text.as_bytes());
            let error = TileSource::open(&dir.path().join(name)).expect_err(why).to_string();
            assert!(error.contains(why), "{why}: {error}");
        }
    }

    #[test]
    fn tiles_of_another_size_give_no_overview() {
        let (dir, path) = deep_zoom();
        write(&dir.path().join("map_files/10/1_1.png"), &part(1, 0, 0, (9, 9)));
        assert!(TileSource::open(&path).expect("opens").overview().is_err());
    }
}
