//! Pictures as rows of RGB pixels from top to bottom. PNG is decoded strip by strip; JPEG and WebP, whose decoders
//! here only give whole pictures, are held whole within a limit.

use image::{ImageDecoder, ImageReader, Limits};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Decoded bytes that a picture which must be held whole may take.
const MAX_WHOLE_BYTES: u64 = 2 << 30;

/// Why a picture gave no rows.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("picture cannot be decoded: {0}")]
    Decode(String),
}

pub struct Rows {
    pub width: u32,
    pub height: u32,
    source: Source,
}

enum Source {
    Png { reader: Box<png::Reader<BufReader<File>>>, channels: usize, row: Vec<u8> },
    Whole { pixels: Vec<u8>, at: usize },
}

impl Rows {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        let mut file = BufReader::new(File::open(path)?);
        let mut head = [0u8; 8];
        let is_png = file.read_exact(&mut head).is_ok() && head == *b"\x89PNG\r\n\x1a\n";
        file.seek(SeekFrom::Start(0))?;
        if is_png && let Some(rows) = Self::png(file)? {
            return Ok(rows);
        }
        Self::whole(path)
    }

    /// `None` for an interlaced picture, whose rows do not come in order.
    fn png(file: BufReader<File>) -> Result<Option<Self>, RowsError> {
        let mut decoder = png::Decoder::new_with_limits(file, png::Limits { bytes: 256 << 20 });
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let reader = decoder.read_info().map_err(decode)?;
        if reader.info().interlaced {
            return Ok(None);
        }
        let (width, height) = (reader.info().width, reader.info().height);
        let channels = reader.output_color_type().0.samples();
        let row = vec![0; reader.output_line_size(width).unwrap_or(width as usize * channels)];
        Ok(Some(Self { width, height, source: Source::Png { reader: Box::new(reader), channels, row } }))
    }

    fn whole(path: &Path) -> Result<Self, RowsError> {
        let mut reader = ImageReader::open(path)?.with_guessed_format()?;
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MAX_WHOLE_BYTES);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(decode)?;
        let orientation = decoder.orientation().map_err(decode)?;
        let mut picture = image::DynamicImage::from_decoder(decoder).map_err(decode)?;
        picture.apply_orientation(orientation);
        let picture = picture.into_rgb8();
        let (width, height) = picture.dimensions();
        Ok(Self { width, height, source: Source::Whole { pixels: picture.into_raw(), at: 0 } })
    }

    /// Fills `out` (three bytes a pixel, one row).
    pub fn next_row(&mut self, out: &mut [u8]) -> Result<(), RowsError> {
        match &mut self.source {
            Source::Whole { pixels, at } => {
                out.copy_from_slice(&pixels[*at..*at + out.len()]);
                *at += out.len();
            }
            Source::Png { reader, channels, row } => {
                reader.read_row(row).map_err(decode)?.ok_or_else(|| decode("picture ends early"))?;
                to_rgb(row, *channels, out);
            }
        }
        Ok(())
    }
}

/// Grey becomes RGB; what is transparent is laid on white.
fn to_rgb(row: &[u8], channels: usize, out: &mut [u8]) {
    let over_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u16::from(value), u16::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    for (pixel, rgb) in row.chunks_exact(channels).zip(out.chunks_exact_mut(3)) {
        match *pixel {
            [grey] => rgb.fill(grey),
            [grey, alpha] => rgb.fill(over_white(grey, alpha)),
            [r, g, b] => rgb.copy_from_slice(&[r, g, b]),
            [r, g, b, a] => rgb.copy_from_slice(&[over_white(r, a), over_white(g, a), over_white(b, a)]),
            _ => {}
        }
    }
}

fn decode(error: impl std::fmt::Display) -> RowsError {
    RowsError::Decode(error.to_string())
}
