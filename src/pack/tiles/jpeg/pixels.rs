//! Pixels to JPEG, sixteen rows at a time, with the standard's tables.

use super::dct::{forward, forward_factors};
use super::format::Format;
use super::write::{Recipe, TileWriter};
use super::{BLOCK, Block};

/// Rows of pixels that are encoded together.
pub const GROUP: usize = 2 * BLOCK;

/// Sixteen rows of brightness and eight of the colour differences at half size, as wide as whole groups.
#[derive(Default)]
pub struct McuRows {
    pub luma: Vec<u8>,
    /// Empty for a grey picture.
    pub chroma: [Vec<u8>; 2],
    /// Width of `luma`, a multiple of sixteen; the others have half of it.
    pub width: usize,
}

pub struct Encoder {
    recipe: Recipe,
    luma: [f32; 64],
    chroma: [f32; 64],
    has_colour: bool,
}

impl Encoder {
    pub fn new(quality: u8, has_colour: bool) -> Self {
        let format = Format::standard(quality, has_colour);
        let factors = |c: &super::format::Component| forward_factors(&c.steps);
        let luma = format.components().first().map_or([0.0; 64], factors);
        let chroma = format.components().last().map_or([0.0; 64], factors);
        Self { recipe: Recipe::new(&format), luma, chroma, has_colour }
    }

    pub fn begin(&self, width: u32, height: u32) -> TileWriter {
        TileWriter::new(&self.recipe, width, height)
    }

    /// Encodes `width` pixels from `left` on (a multiple of sixteen); of the sixteen rows, `height` count.
    pub fn push(&self, tile: &mut TileWriter, rows: &McuRows, left: usize, width: usize, height: usize) {
        if self.has_colour {
            self.push_colour(tile, rows, left, width);
        } else {
            self.push_grey(tile, rows, left, width, height);
        }
    }

    fn push_colour(&self, tile: &mut TileWriter, rows: &McuRows, left: usize, width: usize) {
        let mut group = [Block::EMPTY; 6];
        let (stride, half) = (rows.width, rows.width / 2);
        for at in (left..left + width).step_by(GROUP) {
            let (brightness, colours) = group.split_at_mut(4);
            for (index, block) in brightness.iter_mut().enumerate() {
                let from = index / 2 * BLOCK * stride + at + index % 2 * BLOCK;
                forward(rows.luma.get(from..).unwrap_or(&[]), stride, &self.luma, block);
            }
            for (plane, block) in rows.chroma.iter().zip(colours) {
                forward(plane.get(at / 2..).unwrap_or(&[]), half, &self.chroma, block);
            }
            tile.push(&self.recipe, &group);
        }
    }

    fn push_grey(&self, tile: &mut TileWriter, rows: &McuRows, left: usize, width: usize, height: usize) {
        let mut block = [Block::EMPTY];
        for top in (0..height.min(GROUP)).step_by(BLOCK) {
            for at in (left..left + width).step_by(BLOCK) {
                let from = rows.luma.get(top * rows.width + at..).unwrap_or(&[]);
                forward(from, rows.width, &self.luma, &mut block[0]);
                tile.push(&self.recipe, &block);
            }
        }
    }
}
