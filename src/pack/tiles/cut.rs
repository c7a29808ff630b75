//! Cuts a picture into a container, strip by strip: at any time only one strip of tiles of each level is in memory.

use super::container::Writer;
use super::pyramid::{Pyramid, TILE, TileId};
use super::rows::{Rows, RowsError};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use std::path::Path;

/// Baseline quality of tiles that are scans or shaded drawings.
const JPEG_QUALITY: u8 = 88;
/// A tile with at most this many colours is flat drawing: lossless is smaller and sharper.
const FLAT_COLOURS: usize = 24;

#[derive(Debug, thiserror::Error)]
pub enum CutError {
    #[error(transparent)]
    Source(#[from] RowsError),
    #[error("tiles cannot be written: {0}")]
    Write(#[from] std::io::Error),
    #[error("a tile cannot be encoded: {0}")]
    Encode(String),
    #[error("cutting was stopped")]
    Stopped,
}

/// Rows of one level that wait until a strip of tiles is full.
struct Level {
    width: usize,
    height: u32,
    rows_seen: u32,
    strip: Vec<u8>,
}

/// Cuts `picture` into the container file `target`. `progress` is told the fraction done (0 to 1) and may stop the
/// work by returning false.
pub fn cut(picture: &Path, target: &Path, mut progress: impl FnMut(f32) -> bool) -> Result<(), CutError> {
    let mut rows = Rows::open(picture)?;
    let pyramid = Pyramid { width: rows.width, height: rows.height };
    let mut cutter = Cutter {
        pyramid,
        levels: (0..=pyramid.levels()).map(|level| new_level(pyramid, level)).collect(),
        writer: Writer::create(target, pyramid)?,
    };
    let mut row = vec![0; rows.width as usize * 3];
    for y in 0..rows.height {
        rows.next_row(&mut row)?;
        cutter.push_row(0, &row)?;
        if y % 64 == 0 && !progress(y as f32 / rows.height as f32) {
            return Err(CutError::Stopped);
        }
    }
    cutter.finish()
}

fn new_level(pyramid: Pyramid, level: u8) -> Level {
    let (width, height) = pyramid.size(level);
    Level { width: width as usize, height, rows_seen: 0, strip: Vec::new() }
}

struct Cutter {
    pyramid: Pyramid,
    levels: Vec<Level>,
    writer: Writer,
}

impl Cutter {
    fn push_row(&mut self, level: usize, row: &[u8]) -> Result<(), CutError> {
        let last = level + 1 == self.levels.len();
        let state = &mut self.levels[level];
        state.strip.extend_from_slice(row);
        state.rows_seen += 1;
        let full = state.rows_seen.is_multiple_of(TILE) || state.rows_seen == state.height;
        // The overview is kept whole until the end.
        if full && !last { self.flush_strip(level) } else { Ok(()) }
    }

    /// Encodes the tiles of a full strip and hands its half to the next level.
    fn flush_strip(&mut self, level: usize) -> Result<(), CutError> {
        let strip = std::mem::take(&mut self.levels[level].strip);
        let width = self.levels[level].width;
        let row = (self.levels[level].rows_seen - 1) / TILE;
        for (column, encoded) in encode_strip(&strip, width)?.into_iter().enumerate() {
            // A level has at most 2^32 / 512 columns.
            let tile = TileId { level: level as u8, column: column as u32, row };
            self.writer.add(tile, &encoded)?;
        }
        for pair in strip.chunks(width * 3 * 2) {
            let (upper, lower) = pair.split_at(width * 3);
            let lower = if lower.is_empty() { upper } else { lower };
            self.push_row(level + 1, &halve(upper, lower))?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), CutError> {
        let overview = self.levels.pop().ok_or(CutError::Stopped)?;
        let (width, height) = self.pyramid.overview_size();
        let encoded = encode(&overview.strip, width, height)?;
        Ok(self.writer.finish(&encoded)?)
    }
}

/// One row of half the width: each pixel the mean of four.
fn halve(upper: &[u8], lower: &[u8]) -> Vec<u8> {
    let pairs = upper.chunks(6).zip(lower.chunks(6));
    let mut out = Vec::with_capacity(upper.len() / 2 + 3);
    for (up, low) in pairs {
        for channel in 0..3 {
            let right = if up.len() == 6 { channel + 3 } else { channel };
            let sum = u16::from(up[channel]) + u16::from(up[right]) + u16::from(low[channel]) + u16::from(low[right]);
            out.push(((sum + 2) / 4) as u8);
        }
    }
    out
}

/// The tiles of a strip, encoded on all cores, in order of column.
fn encode_strip(strip: &[u8], width: usize) -> Result<Vec<Vec<u8>>, CutError> {
    let height = strip.len() / (width * 3);
    let columns: Vec<usize> = (0..width.div_ceil(TILE as usize)).collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(columns.len()).max(1);
    let share = columns.len().div_ceil(workers);
    let encode_column = |column: &usize| {
        let left = column * TILE as usize;
        let across = (width - left).min(TILE as usize);
        let tile: Vec<u8> =
            strip.chunks_exact(width * 3).flat_map(|row| &row[left * 3..(left + across) * 3]).copied().collect();
        encode(&tile, across as u32, height as u32)
    };
    std::thread::scope(|scope| {
        let encode_column = &encode_column;
        let handles: Vec<_> = columns
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(encode_column).collect::<Result<Vec<_>, _>>()))
            .collect();
        let mut tiles = Vec::with_capacity(columns.len());
        for handle in handles {
            tiles.extend(handle.join().map_err(|_| CutError::Encode("an encoder stopped".to_owned()))??);
        }
        Ok(tiles)
    })
}

/// Lossless WebP for flat drawings, baseline JPEG for everything else.
fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, CutError> {
    let mut out = Vec::new();
    let said = |error: image::ImageError| CutError::Encode(error.to_string());
    if is_flat(rgb) {
        WebPEncoder::new_lossless(&mut out).write_image(rgb, width, height, ExtendedColorType::Rgb8).map_err(said)?;
    } else {
        JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
            .write_image(rgb, width, height, ExtendedColorType::Rgb8)
            .map_err(said)?;
    }
    Ok(out)
}

fn is_flat(rgb: &[u8]) -> bool {
    let mut colours: Vec<[u8; 3]> = Vec::with_capacity(FLAT_COLOURS);
    for pixel in rgb.chunks_exact(3) {
        let pixel = [pixel[0], pixel[1], pixel[2]];
        if !colours.contains(&pixel) {
            if colours.len() == FLAT_COLOURS {
                return false;
            }
            colours.push(pixel);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::container::Container;
    use super::*;
    use image::{Rgb, RgbImage};

    fn cut_picture(picture: &RgbImage, name: &str) -> (tempfile::TempDir, Container) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (source, target) = (dir.path().join(name), dir.path().join("out.tiles"));
        picture.save(&source).expect("saved");
        cut(&source, &target, |_| true).expect("cut");
        let container = Container::open(&target).expect("opens");
        (dir, container)
    }

    #[test]
    fn every_tile_holds_its_part_of_the_picture() {
        // Few colours, so that tiles are lossless and can be compared exactly.
        let picture = RgbImage::from_fn(1300, 1100, |x, y| Rgb([(x / 130) as u8 * 20, (y / 600) as u8 * 90, 7]));
        let (_dir, container) = cut_picture(&picture, "a.png");
        let pyramid = container.pyramid;
        assert_eq!(pyramid.levels(), 1);
        for row in 0..3 {
            for column in 0..3 {
                let tile = TileId { level: 0, column, row };
                let decoded =
                    image::load_from_memory(&container.tile(tile).expect("tile")).expect("decodes").into_rgb8();
                let (left, top, width, height) = pyramid.tile_rect(tile);
                assert_eq!(decoded.dimensions(), (width, height));
                assert!(decoded.enumerate_pixels().all(|(x, y, p)| p == picture.get_pixel(left + x, top + y)));
            }
        }
        let overview = image::load_from_memory(&container.overview().expect("overview")).expect("decodes");
        assert_eq!((overview.width(), overview.height()), (650, 550));
    }

    #[test]
    fn a_scan_in_jpeg_keeps_its_size_and_colour() {
        let picture =
            RgbImage::from_fn(1201, 700, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, ((x + y) % 239) as u8]));
        let (_dir, container) = cut_picture(&picture, "a.jpg");
        assert_eq!((container.pyramid.width, container.pyramid.height), (1201, 700));
        let tile = container.tile(TileId { level: 0, column: 2, row: 1 }).expect("tile");
        assert_eq!(image::load_from_memory(&tile).expect("decodes").into_rgb8().dimensions(), (177, 188));
    }

    #[test]
    fn a_damaged_container_is_refused() {
        let picture = RgbImage::new(20, 10);
        let (dir, _container) = cut_picture(&picture, "a.png");
        let path = dir.path().join("out.tiles");
        let mut bytes = std::fs::read(&path).expect("readable");
        bytes[25] ^= 1;
        std::fs::write(&path, bytes).expect("written");
        assert!(Container::open(&path).is_err());
    }

    #[test]
    fn stopping_leaves_nothing_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (source, target) = (dir.path().join("a.png"), dir.path().join("out.tiles"));
        RgbImage::new(10, 200).save(&source).expect("saved");
        assert!(matches!(cut(&source, &target, |done| done < 0.1), Err(CutError::Stopped)));
        assert!(!target.exists());
    }
}
