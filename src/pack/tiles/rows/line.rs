//! One line of a picture as its file has it, and what every reader of a format can tell and do.

use super::error::{Held, Note, RowsError};
use image::metadata::Orientation;

/// What the samples of a pixel mean, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Grey,
    GreyAlpha,
    Rgb,
    RgbAlpha,
    /// Printing inks; the largest sample is full ink.
    Cmyk,
}

impl Kind {
    pub fn samples(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::RgbAlpha | Self::Cmyk => 4,
        }
    }
}

/// A row of samples. Sixteen bits are kept until colours are converted.
#[derive(Debug)]
pub enum Line {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
}

/// A sample of either depth.
pub trait Sample: Copy + Ord + Default + Into<u32> {
    const FULL: u32;
    fn of(value: u32) -> Self;
}

impl Sample for u8 {
    const FULL: u32 = 0xff;
    fn of(value: u32) -> Self {
        value.min(Self::FULL) as Self
    }
}

impl Sample for u16 {
    const FULL: u32 = 0xffff;
    fn of(value: u32) -> Self {
        value.min(Self::FULL) as Self
    }
}

/// What is known of a picture before its first line.
pub struct Head {
    pub width: u32,
    pub height: u32,
    pub kind: Kind,
    /// Sixteen bits a sample.
    pub deep: bool,
    pub orientation: Orientation,
    pub profile: Option<Vec<u8>>,
    /// Bytes that [`Picture::begin`] takes, and why it takes them.
    pub held: Option<(Held, u64)>,
    /// Fewer bytes than a file that holds such a picture can have: a smaller one is not decoded whole.
    pub least_bytes: u64,
    pub notes: Vec<Note>,
}

impl Head {
    /// An empty line of the right size.
    pub fn line(&self) -> Line {
        let samples = self.width as usize * self.kind.samples();
        if self.deep { Line::Sixteen(vec![0; samples]) } else { Line::Eight(vec![0; samples]) }
    }

    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// A picture of some format, its head read.
pub trait Picture {
    fn head(&self) -> &Head;

    /// Decodes what this format only gives as a whole; called once, before the first line.
    fn begin(&mut self) -> Result<(), RowsError>;

    /// Fills a line of [`Head::line`] with the next row from the top, not turned.
    fn next_line(&mut self, line: &mut Line) -> Result<(), RowsError>;
}
