//! One tile of pixels in the making: indexed while it has few colours, else encoded sixteen rows at a time.

use super::cut::CutError;
use super::jpeg::{Encoder, GROUP, McuRows, TileWriter};
use super::planes::{Planes, Space, rgb};
use super::sink::Encoding;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Baseline quality of tiles that are scans or shaded drawings.
const TILE_QUALITY: u8 = 85;
/// The overview is small and seen first.
const OVERVIEW_QUALITY: u8 = 90;
/// A tile with at most this many colours is flat drawing: lossless is smaller and sharper.
const FLAT_COLOURS: usize = 24;

/// The encoder for tiles of a space.
pub fn encoder(space: Space) -> Encoder {
    Encoder::new(TILE_QUALITY, space != Space::Grey)
}

pub struct Tile {
    /// The column of its level's planes where it begins.
    left: usize,
    width: usize,
    height: usize,
    state: State,
}

enum State {
    Flat(Flat),
    Jpeg(TileWriter),
}

/// Pixels as numbers of colours.
#[derive(Default)]
struct Flat {
    colours: Vec<[u8; 3]>,
    pixels: Vec<u8>,
}

impl Tile {
    pub fn new(left: usize, width: usize, height: usize) -> Self {
        Self { left, width, height, state: State::Flat(Flat::default()) }
    }

    /// At most sixteen rows of its level, and the same as the encoder takes them.
    pub fn push(&mut self, encoder: &Encoder, rows: &Planes, mcu_rows: &McuRows) {
        if let State::Flat(flat) = &mut self.state {
            if flat.push(rows, self.left, self.width) {
                return;
            }
            let mut writer = encoder.begin(self.width as u32, self.height as u32);
            flat.replay(rows.space, self.width, encoder, &mut writer);
            self.state = State::Jpeg(writer);
        }
        if let State::Jpeg(writer) = &mut self.state {
            encoder.push(writer, mcu_rows, self.left, self.width, rows.rows);
        }
    }

    pub fn finish(self, space: Space) -> Result<(Vec<u8>, Encoding), CutError> {
        match self.state {
            State::Jpeg(writer) => Ok((writer.finish(), Encoding::Jpeg)),
            State::Flat(flat) => {
                let colours: Vec<[u8; 3]> = flat.colours.iter().map(|colour| rgb(space, *colour)).collect();
                let pixel = |at: &u8| colours.get(usize::from(*at)).copied().unwrap_or_default();
                let pixels: Vec<u8> = flat.pixels.iter().flat_map(pixel).collect();
                Ok((lossless(&pixels, self.width as u32, self.height as u32)?, Encoding::WebP))
            }
        }
    }
}

impl Flat {
    /// Whether the rows had no colours too many; otherwise nothing of them was taken.
    fn push(&mut self, rows: &Planes, left: usize, width: usize) -> bool {
        let before = self.pixels.len();
        let pixel = |at: usize| match &rows.channels[..] {
            [a, b, c] => [a[at], b[at], c[at]],
            [grey, ..] => [grey[at]; 3],
            [] => [0; 3],
        };
        let mut last = (0u8, self.colours.first().copied());
        for row in 0..rows.rows {
            for at in row * rows.width + left..row * rows.width + left + width {
                let colour = pixel(at);
                if last.1 != Some(colour) {
                    let Some(number) = self.number(colour) else {
                        self.pixels.truncate(before);
                        return false;
                    };
                    last = (number, Some(colour));
                }
                self.pixels.push(last.0);
            }
        }
        true
    }

    fn number(&mut self, colour: [u8; 3]) -> Option<u8> {
        let known = self.colours.iter().position(|c| *c == colour);
        let number = known.unwrap_or(self.colours.len());
        if number == FLAT_COLOURS {
            return None;
        }
        if known.is_none() {
            self.colours.push(colour);
        }
        u8::try_from(number).ok()
    }

    /// Encodes what was taken so far.
    fn replay(&self, space: Space, width: usize, encoder: &Encoder, writer: &mut TileWriter) {
        let mut mcu_rows = McuRows::default();
        for pixels in self.pixels.chunks(GROUP * width) {
            let mut rows = Planes { rows: pixels.len() / width, ..Planes::new(space, width) };
            for (index, channel) in rows.channels.iter_mut().enumerate() {
                let value = |at: &u8| self.colours.get(usize::from(*at)).map_or(0, |colour| colour[index]);
                channel.extend(pixels.iter().map(value));
            }
            rows.fill_mcu_rows(&rows.halved(), &mut mcu_rows);
            encoder.push(writer, &mcu_rows, 0, width, rows.rows);
        }
    }
}

/// The whole picture at its smallest.
pub fn encode_overview(picture: &Planes) -> Result<(Vec<u8>, Encoding), CutError> {
    let pixels = picture.to_rgb();
    let (width, height) = (picture.width as u32, picture.rows as u32);
    if Flat::default().push(picture, 0, picture.width) {
        return Ok((lossless(&pixels, width, height)?, Encoding::WebP));
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, OVERVIEW_QUALITY)
        .write_image(&pixels, width, height, ExtendedColorType::Rgb8)
        .map_err(|error| CutError::Encode(error.to_string()))?;
    Ok((out, Encoding::Jpeg))
}

fn lossless(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, CutError> {
    let mut out = Vec::new();
    WebPEncoder::new_lossless(&mut out)
        .write_image(rgb, width, height, ExtendedColorType::Rgb8)
        .map_err(|error| CutError::Encode(error.to_string()))?;
    Ok(out)
}
