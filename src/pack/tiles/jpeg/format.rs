//! What all tiles of one picture have in common: components, their sampling, and their tables. What is said here can
//! be written as baseline JPEG.

use super::huffman::{Spec, standard_ac, standard_dc};
use super::{BLOCK, ZIGZAG};

/// One plane of samples, either brightness or a colour difference.
#[derive(Clone, Debug)]
pub struct Component {
    /// Blocks in a group, across and down.
    pub across: usize,
    pub down: usize,
    /// Steps of the coefficients, in the order of the file.
    pub steps: [u8; 64],
    pub dc: Spec,
    pub ac: Spec,
}

/// One component (grey) or three (brightness and two colour differences, these with one block in a group).
#[derive(Clone, Debug)]
pub struct Format {
    components: Vec<Component>,
}

impl Format {
    /// `None` when the components are none that this module can cut.
    pub fn new(mut components: Vec<Component>) -> Option<Self> {
        match &mut components[..] {
            [grey] => (grey.across, grey.down) = (1, 1),
            [luma, blue, red] => {
                let single = [&*blue, &*red].iter().all(|c| (c.across, c.down) == (1, 1));
                if !single || !(1..=2).contains(&luma.across) || !(1..=2).contains(&luma.down) {
                    return None;
                }
            }
            _ => return None,
        }
        Some(Self { components })
    }

    /// With the standard's tables at a quality of 1 to 100, colour at half size.
    pub fn standard(quality: u8, has_colour: bool) -> Self {
        let [luma_dc, chroma_dc] = standard_dc();
        let [luma_ac, chroma_ac] = standard_ac();
        let luma = Component { across: 1, down: 1, steps: steps(&LUMA_STEPS, quality), dc: luma_dc, ac: luma_ac };
        if !has_colour {
            return Self { components: vec![luma] };
        }
        let chroma =
            Component { across: 1, down: 1, steps: steps(&CHROMA_STEPS, quality), dc: chroma_dc, ac: chroma_ac };
        Self { components: vec![Component { across: 2, down: 2, ..luma }, chroma.clone(), chroma] }
    }

    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// Blocks in one group of the interleaved scan.
    pub fn group_blocks(&self) -> usize {
        self.components.iter().map(|c| c.across * c.down).sum()
    }

    /// Width and height of a group in pixels.
    pub fn group_size(&self) -> (usize, usize) {
        let luma = self.components.first();
        luma.map_or((BLOCK, BLOCK), |c| (c.across * BLOCK, c.down * BLOCK))
    }
}

/// The steps of a quality, as libjpeg reckons them, in the order of the file.
fn steps(base: &[u8; 64], quality: u8) -> [u8; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let scale = if quality < 50 { 5000 / quality } else { 200 - quality * 2 };
    ZIGZAG.map(|at| ((u32::from(base[usize::from(at)]) * scale + 50) / 100).clamp(1, 255) as u8)
}

/// The standard's steps (its annex K), row by row.
#[rustfmt::skip]
const LUMA_STEPS: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];

#[rustfmt::skip]
const CHROMA_STEPS: [u8; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
];
