//! Tiles into a Deep Zoom folder, which nearly every other viewer reads: `NAME.dzi`, and beside it
//! `NAME_files/LEVEL/COLUMN_ROW.jpg`.

use super::pyramid::{Pyramid, TileId};
use super::sink::{Encoding, TileSink};
use crate::base::files::write_whole;
use crate::base::ids::random_token;
use image::ImageFormat;
use image::codecs::jpeg::JpegEncoder;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Deep Zoom has one format for all tiles; flat drawings, which are lossless elsewhere, keep their edges with this.
const JPEG_QUALITY: u8 = 95;

/// A Deep Zoom folder being written; it appears under its name only when it is whole. Its files are not synced one by
/// one: there are thousands, and they can be made again from the picture.
#[derive(Debug)]
pub struct DeepZoomSink {
    pyramid: Pyramid,
    descriptor: PathBuf,
    files: PathBuf,
    /// Where tiles lie until the last one is there.
    staging: PathBuf,
    added: u64,
}

impl DeepZoomSink {
    /// `target` is the `.dzi` file; the ending may be left out.
    pub fn create(target: &Path, pyramid: Pyramid) -> io::Result<Self> {
        let descriptor = target.with_extension("dzi");
        let files = files_beside(&descriptor)?;
        let mut name = files.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", random_token()));
        let staging = files.with_file_name(name);
        for level in 0..=pyramid.last_level() {
            fs::create_dir_all(staging.join(level.to_string()))?;
        }
        Ok(Self { pyramid, descriptor, files, staging, added: 0 })
    }

    /// Deep Zoom counts levels from the single pixel on.
    fn path(&self, tile: TileId) -> PathBuf {
        let level = self.pyramid.last_level().saturating_sub(tile.level);
        self.staging.join(level.to_string()).join(format!("{}_{}.jpg", tile.column, tile.row))
    }

    fn description(&self) -> String {
        let Pyramid { width, height, tile, overlap } = self.pyramid;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <Image xmlns=\"http://schemas.microsoft.com/deepzoom/2008\" Format=\"jpg\" Overlap=\"{overlap}\" \
             TileSize=\"{tile}\">\n  <Size Width=\"{width}\" Height=\"{height}\"/>\n</Image>\n"
        )
    }
}

/// The folder of tiles that belongs to a `.dzi` file.
pub fn files_beside(descriptor: &Path) -> io::Result<PathBuf> {
    let mut name = descriptor.file_stem().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push("_files");
    Ok(descriptor.with_file_name(name))
}

impl TileSink for DeepZoomSink {
    fn add(&mut self, tile: TileId, encoded: &[u8], encoding: Encoding) -> io::Result<()> {
        self.added += 1;
        match encoding {
            Encoding::Jpeg => fs::write(self.path(tile), encoded),
            Encoding::WebP => fs::write(self.path(tile), as_jpeg(encoded)?),
        }
    }

    /// The overview is one of the levels here.
    fn finish(self: Box<Self>, _overview: &[u8], _encoding: Encoding) -> io::Result<()> {
        let grids = (0..=self.pyramid.last_level()).map(|level| self.pyramid.grid(level));
        if grids.map(|(columns, rows)| u64::from(columns) * u64::from(rows)).sum::<u64>() != self.added {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not every tile was cut"));
        }
        // Without its description an older folder is no picture any more, whatever happens next.
        if let Err(error) = fs::remove_file(&self.descriptor)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        if self.files.exists() {
            fs::remove_dir_all(&self.files)?;
        }
        fs::rename(&self.staging, &self.files)?;
        write_whole(&self.descriptor, self.description().as_bytes())
    }

    fn wants_all_levels(&self) -> bool {
        true
    }
}

impl Drop for DeepZoomSink {
    fn drop(&mut self) {
        // Already moved to its place, or a leftover with a name of its own that is never read.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

pub(super) fn as_jpeg(webp: &[u8]) -> io::Result<Vec<u8>> {
    let tile = image::load_from_memory_with_format(webp, ImageFormat::WebP).map_err(io::Error::other)?.into_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&tile).map_err(io::Error::other)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::webp::WebPEncoder;
    use image::{Rgb, RgbImage};

    /// What the cutter hands over of a picture of this size: every tile in one colour.
    fn fill(mut sink: Box<DeepZoomSink>, webp: bool) -> io::Result<()> {
        let pyramid = sink.pyramid;
        for level in 0..=pyramid.last_level() {
            let (columns, rows) = pyramid.grid(level);
            for (column, row) in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))) {
                let tile = TileId { level, column, row };
                let (_, _, width, height) = pyramid.tile_rect(tile);
                let picture = RgbImage::from_pixel(width, height, Rgb([40, 90, 200]));
                let mut bytes = Vec::new();
                if webp {
                    picture.write_with_encoder(WebPEncoder::new_lossless(&mut bytes)).expect("encoded");
                    sink.add(tile, &bytes, Encoding::WebP)?;
                } else {
                    picture.write_with_encoder(JpegEncoder::new(&mut bytes)).expect("encoded");
                    sink.add(tile, &bytes, Encoding::Jpeg)?;
                }
            }
        }
        sink.finish(&[], Encoding::Jpeg)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn levels_are_numbered_as_deep_zoom_has_them() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let target = dir.path().join("map");
        for webp in [false, true] {
            // The second one takes the place of the first.
            fill(Box::new(DeepZoomSink::create(&target, Pyramid::new(1_100, 600)).expect("created")), webp)
                .expect("written");
        }
        assert_eq!(names(dir.path()), ["map.dzi", "map_files"]);
        let files = dir.path().join("map_files");
        let levels: Vec<String> = (0..=11).map(|level| level.to_string()).collect();
        assert!(levels.iter().all(|level| files.join(level).is_dir()) && names(&files).len() == levels.len());
        assert_eq!(names(&files.join("11")), ["0_0.jpg", "0_1.jpg", "1_0.jpg", "1_1.jpg", "2_0.jpg", "2_1.jpg"]);
        assert_eq!(names(&files.join("0")), ["0_0.jpg"]);
        let corner = image::open(files.join("11/2_1.jpg")).expect("decodes").into_rgb8();
        assert_eq!(corner.dimensions(), (76, 88));
        assert!(corner.pixels().all(|p| p.0.iter().zip([40u8, 90, 200]).all(|(a, b)| a.abs_diff(b) < 4)));
        let description = fs::read_to_string(dir.path().join("map.dzi")).expect("description");
        for part in ["Format=\"jpg\"", "Overlap=\"0\"", "TileSize=\"512\"", "<Size Width=\"1100\" Height=\"600\"/>"] {
            assert!(description.contains(part), "{description}");
        }
    }

    #[test]
    fn what_is_not_finished_leaves_nothing_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let target = dir.path().join("map.dzi");
        let mut sink = Box::new(DeepZoomSink::create(&target, Pyramid::new(20, 10)).expect("created"));
        sink.add(TileId { level: 0, column: 0, row: 0 }, b"tile", Encoding::Jpeg).expect("added");
        assert!(sink.finish(&[], Encoding::Jpeg).is_err());
        assert_eq!(names(dir.path()), [""; 0]);
    }
}
