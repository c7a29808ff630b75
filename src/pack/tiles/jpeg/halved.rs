//! A scan's coefficients as planes of samples at half its size, all planes of the same size: where colour stands at
//! half size already, it is taken as it is.

use super::Block;
use super::dct::{inverse, inverse_factors};
use super::format::Format;

/// Samples of one side of a block at half size.
const HALF: usize = 4;

pub struct Halver {
    planes: Vec<Plane>,
    group_blocks: usize,
    group_width: usize,
    group_height: usize,
}

struct Plane {
    factors: [f32; 64],
    /// Where its blocks begin in a group.
    first: usize,
    across: usize,
    down: usize,
    /// Samples of a block.
    width: usize,
    height: usize,
}

impl Halver {
    pub fn new(format: &Format) -> Self {
        let (width, height) = format.group_size();
        let (group_width, group_height) = (width / 2, height / 2);
        let mut first = 0;
        let planes = format.components().iter().map(|component| {
            let (width, height) = (group_width / component.across, group_height / component.down);
            let factors = inverse_factors(&component.steps, width, height);
            let plane = Plane { factors, first, across: component.across, down: component.down, width, height };
            first += component.across * component.down;
            plane
        });
        Self { planes: planes.collect(), group_blocks: format.group_blocks(), group_width, group_height }
    }

    /// Width and height of a group at half size.
    pub fn group_size(&self) -> (usize, usize) {
        (self.group_width, self.group_height)
    }

    /// Fills `planes` with the groups of a row, side by side; each has just their size.
    pub fn halve(&self, blocks: &[Block], planes: &mut [Vec<u8>]) {
        let stride = blocks.len() / self.group_blocks * self.group_width;
        if stride == 0 {
            return;
        }
        for (plane, out) in self.planes.iter().zip(planes) {
            out.resize(stride * self.group_height, 0);
            match (plane.width, plane.height) {
                (HALF, HALF) => self.fill::<4, 4>(plane, blocks, out, stride),
                (_, HALF) => self.fill::<8, 4>(plane, blocks, out, stride),
                (HALF, _) => self.fill::<4, 8>(plane, blocks, out, stride),
                _ => self.fill::<8, 8>(plane, blocks, out, stride),
            }
        }
    }

    fn fill<const W: usize, const H: usize>(&self, plane: &Plane, blocks: &[Block], out: &mut [u8], stride: usize) {
        for (index, group) in blocks.chunks_exact(self.group_blocks).enumerate() {
            let own = group.iter().skip(plane.first).take(plane.across * plane.down);
            for (at, block) in own.enumerate() {
                let (left, top) = (index * self.group_width + at % plane.across * W, at / plane.across * H);
                let from = (top * stride + left).min(out.len());
                inverse::<W, H>(block, &plane.factors, &mut out[from..], stride);
            }
        }
    }
}
