//! Baseline JPEG as numbers before they become pixels: a scan is read as quantised coefficients, a tile is written from
//! them, so that cutting costs a scan nothing of its quality. Also the way from pixels to coefficients and back, at
//! half size, for the levels above. Knows nothing of pyramids, files or threads.

mod bits;
mod dct;
mod format;
mod halved;
mod head;
mod huffman;
mod marks;
mod pixels;
mod scan;
mod write;

pub use format::Format;
pub use halved::Halver;
pub use pixels::{Encoder, GROUP, McuRows};
pub use scan::Scan;
pub use write::{Recipe, TileWriter};

/// Side of a block of samples that is transformed as one.
pub const BLOCK: usize = 8;

/// Where each coefficient of the order in the file stands in the block, row by row.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// Quantised coefficients of 8 x 8 samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Row by row, the mean first.
    coefficients: [i16; 64],
    /// Bit `k` is set when coefficient `k` in the order of the file is not zero. Bit 0 may be set for a zero mean.
    present: u64,
}

impl Block {
    pub const EMPTY: Self = Self { coefficients: [0; 64], present: 0 };
}

/// Why a JPEG could not be read as coefficients.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("JPEG is damaged before its picture begins: {0}")]
    Head(&'static str),
    #[error("JPEG is damaged near row {row}: {what}")]
    Data { row: u32, what: &'static str },
}
