//! Tiles into a IIIF Image API 3 tree of level 0, which viewers read from any plain web server: `info.json`, and beside
//! it `REGION/SIZE/0/default.jpg` at the canonical places.

use super::dzi::as_jpeg;
use super::pyramid::{Pyramid, TileId};
use super::sink::{Encoding, TileSink};
use crate::base::files::write_whole;
use crate::base::ids::random_token;
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A tree being written; it appears under its name only when it is whole, and never over another.
#[derive(Debug)]
pub struct IiifSink {
    pyramid: Pyramid,
    folder: PathBuf,
    /// Where the files lie until the last one is there.
    staging: PathBuf,
    /// The address that the tree will be served at, without a slash at its end.
    id: String,
    added: u64,
}

impl IiifSink {
    pub fn create(folder: &Path, id: &str, pyramid: Pyramid) -> io::Result<Self> {
        if folder.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut name = folder.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        name.push(format!(".{}.part", random_token()));
        let staging = folder.with_file_name(name);
        fs::create_dir_all(&staging)?;
        Ok(Self { pyramid, folder: folder.to_owned(), staging, id: id.to_owned(), added: 0 })
    }

    fn put(&self, region: &str, size: &str, jpeg: &[u8]) -> io::Result<()> {
        let folder = self.staging.join(region).join(size).join("0");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("default.jpg"), jpeg)
    }

    /// The last level whose tiles are kept: that of the overview, which is there as a whole too.
    fn last_level(&self) -> u8 {
        self.pyramid.levels()
    }
}

/// The region of the picture that a tile shows, as its address names it.
fn region(pyramid: &Pyramid, tile: TileId) -> String {
    let (left, top, width, height) = pyramid.tile_rect(tile);
    let of_picture = |edge: u32, end: u32| (u64::from(edge) << tile.level).min(u64::from(end));
    let (x, y) = (of_picture(left, pyramid.width), of_picture(top, pyramid.height));
    let (right, bottom) = (of_picture(left + width, pyramid.width), of_picture(top + height, pyramid.height));
    if (x, y, right, bottom) == (0, 0, pyramid.width.into(), pyramid.height.into()) {
        return "full".to_owned();
    }
    format!("{x},{y},{},{}", right - x, bottom - y)
}

/// What `info.json` tells. The largest whole picture is the overview; tiles are as fine as the picture itself.
pub fn description(id: &str, pyramid: &Pyramid) -> Value {
    let factors: Vec<u64> = (0..=pyramid.levels()).map(|level| 1 << level).collect();
    let (width, height) = pyramid.overview_size();
    json!({
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": id,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": pyramid.width,
        "height": pyramid.height,
        "maxWidth": width,
        "maxHeight": height,
        "sizes": [{"width": width, "height": height}],
        "tiles": [{"width": pyramid.tile, "height": pyramid.tile, "scaleFactors": factors}],
    })
}

impl TileSink for IiifSink {
    fn add(&mut self, tile: TileId, encoded: &[u8], encoding: Encoding) -> io::Result<()> {
        if tile.level > self.last_level() {
            return Ok(());
        }
        self.added += 1;
        let (_, _, width, height) = self.pyramid.tile_rect(tile);
        let (region, size) = (region(&self.pyramid, tile), format!("{width},{height}"));
        match encoding {
            Encoding::Jpeg => self.put(&region, &size, encoded),
            Encoding::WebP => self.put(&region, &size, &as_jpeg(encoded)?),
        }
    }

    fn finish(self: Box<Self>, overview: &[u8], encoding: Encoding) -> io::Result<()> {
        let grids = (0..=self.last_level()).map(|level| self.pyramid.grid(level));
        if grids.map(|(columns, rows)| u64::from(columns) * u64::from(rows)).sum::<u64>() != self.added {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not every tile was cut"));
        }
        let jpeg = if encoding == Encoding::Jpeg { overview.to_vec() } else { as_jpeg(overview)? };
        let (width, height) = self.pyramid.overview_size();
        self.put("full", &format!("{width},{height}"), &jpeg)?;
        self.put("full", "max", &jpeg)?;
        let told = format!("{:#}\n", description(&self.id, &self.pyramid));
        write_whole(&self.staging.join("info.json"), told.as_bytes())?;
        fs::rename(&self.staging, &self.folder)
    }

    fn wants_all_levels(&self) -> bool {
        true
    }
}

impl Drop for IiifSink {
    fn drop(&mut self) {
        // Already moved to its place, or a leftover with a name of its own that is never read.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

#[cfg(test)]
mod tests {
    use super::super::foreign::IiifTree;
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::{Rgb, RgbImage};

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_pixel(width, height, Rgb([40, 90, 200]));
        picture.write_with_encoder(JpegEncoder::new(&mut bytes)).expect("encoded");
        bytes
    }

    /// What the cutter hands over of a picture of this size.
    fn fill(folder: &Path, pyramid: Pyramid) -> io::Result<()> {
        let mut sink = Box::new(IiifSink::create(folder, "http://localhost/a", pyramid)?);
        for level in 0..=pyramid.last_level() {
            let (columns, rows) = pyramid.grid(level);
            for (column, row) in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))) {
                let tile = TileId { level, column, row };
                let (_, _, width, height) = pyramid.tile_rect(tile);
                sink.add(tile, &jpeg(width, height), Encoding::Jpeg)?;
            }
        }
        let (width, height) = pyramid.overview_size();
        sink.finish(&jpeg(width, height), Encoding::Jpeg)
    }

    #[test]
    fn what_is_written_is_read_back_whole() {
        let dir = tempfile::tempdir().expect("temporary folder");
        for (name, width, height) in [("large", 2_500, 1_300), ("middle", 900, 600), ("small", 40, 30)] {
            let (folder, pyramid) = (dir.path().join(name), Pyramid::new(width, height));
            fill(&folder, pyramid).expect("written");
            let tree = IiifTree::open(&folder.join("info.json")).expect("read");
            assert_eq!((tree.pyramid, tree.missing()), (pyramid, None), "{name}");
            for level in 0..pyramid.levels() {
                let (columns, rows) = pyramid.grid(level);
                for (column, row) in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))) {
                    tree.tile(TileId { level, column, row }).expect("a tile");
                }
            }
            assert!(tree.overview().is_ok());
        }
        assert!(dir.path().join("large/2048,1024,452,276/452,276/0/default.jpg").is_file());
        assert!(dir.path().join("large/0,0,2048,1300/512,325/0/default.jpg").is_file());
        assert!(dir.path().join("small/full/max/0/default.jpg").is_file());
    }

    #[test]
    fn nothing_is_written_over_and_nothing_left_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let folder = dir.path().join("a");
        let sink = Box::new(IiifSink::create(&folder, "http://localhost/a", Pyramid::new(40, 30)).expect("made"));
        assert!(sink.finish(&jpeg(40, 30), Encoding::Jpeg).is_err());
        assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 0);
        fill(&folder, Pyramid::new(40, 30)).expect("written");
        assert!(IiifSink::create(&folder, "http://localhost/a", Pyramid::new(40, 30)).is_err());
    }
}
