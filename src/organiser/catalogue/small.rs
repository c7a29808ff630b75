//! A picture small enough for a web page, as JPEG.

use crate::pack::model::Picture;
use crate::pack::tiles::pyramid::{Pyramid, TileId};
use crate::pack::tiles::sink::{Encoding, TileSink};
use crate::pack::tiles::source::{TileSource, is_foreign};
use crate::pack::tiles::{CutError, cut_into};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Longest side of a thumbnail in pixels: nine centimetres at 150 dots an inch.
const THUMBNAIL_SIDE: u32 = 540;
const THUMBNAIL_QUALITY: u8 = 82;

/// Keeps the overview of a picture and nothing else.
struct OverviewSink(Arc<Mutex<Vec<u8>>>);

impl TileSink for OverviewSink {
    fn add(&mut self, _tile: TileId, _encoded: &[u8], _encoding: Encoding) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>, overview: &[u8], _encoding: Encoding) -> io::Result<()> {
        overview.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(())
    }

    fn wants_all_levels(&self) -> bool {
        false
    }
}

pub fn thumbnail(picture: &Picture) -> Result<Vec<u8>, CutError> {
    let bytes = if is_foreign(&picture.path) {
        let source = TileSource::open(&picture.path).map_err(|why| CutError::Encode(why.to_string()))?;
        source.overview()?
    } else {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&kept);
        cut_into(&picture.path, |_: Pyramid| Ok(Box::new(OverviewSink(sink))), |_| true)?;
        std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner))
    };
    let encode = |why: image::ImageError| CutError::Encode(why.to_string());
    let whole = image::load_from_memory(&bytes).map_err(encode)?;
    let small = if whole.width().max(whole.height()) > THUMBNAIL_SIDE {
        whole.resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, FilterType::Triangle)
    } else {
        whole
    };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, THUMBNAIL_QUALITY).encode_image(&small.into_rgb8()).map_err(encode)?;
    Ok(jpeg)
}
