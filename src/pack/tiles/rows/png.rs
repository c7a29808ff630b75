//! PNG, row by row; interlaced PNG whole, for its rows do not come in order.

use super::error::{Held, RowsError};
use super::line::{Head, Kind, Line, Picture};
use super::{check_side, turn};
use png::{BitDepth, ColorType, DecodingError, Transformations};
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

/// For what the decoder itself holds: a row or two, and a colour profile.
const MAX_DECODER_BYTES: usize = 64 << 20;
/// No deflated byte gives more bytes than that.
const MOST_DEFLATED: u64 = 1_100;

pub struct Png {
    head: Head,
    reader: png::Reader<BufReader<File>>,
    line_bytes: usize,
    /// The whole picture, when it is interlaced.
    whole: Option<Vec<u8>>,
    row: u32,
    bytes: Vec<u8>,
}

impl Png {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        let file = BufReader::new(File::open(path)?);
        let mut decoder = png::Decoder::new_with_limits(file, png::Limits { bytes: MAX_DECODER_BYTES });
        decoder.set_transformations(Transformations::EXPAND);
        decoder.set_ignore_text_chunk(true);
        let info = decoder.read_header_info().map_err(|error| at_row(0, error))?;
        check_side(info.width, info.height)?;
        let reader = decoder.read_info().map_err(|error| at_row(0, error))?;
        let (width, height, interlaced) = (reader.info().width, reader.info().height, reader.info().interlaced);
        let (colours, depth) = reader.output_color_type();
        let kind = match colours {
            ColorType::Grayscale => Kind::Grey,
            ColorType::GrayscaleAlpha => Kind::GreyAlpha,
            ColorType::Rgb => Kind::Rgb,
            ColorType::Rgba => Kind::RgbAlpha,
            ColorType::Indexed => return Err(RowsError::decode("a palette that is missing")),
        };
        let line_bytes = reader.output_line_size(width).ok_or(RowsError::TooLarge { width, height })?;
        let raw = reader.info().raw_row_length() as u64 * u64::from(height);
        let held = interlaced.then(|| (Held::Interlaced, line_bytes as u64 * u64::from(height)));
        let head = Head {
            width,
            height,
            kind,
            deep: depth == BitDepth::Sixteen,
            orientation: turn::of_exif(reader.info().exif_metadata.as_deref()),
            profile: reader.info().icc_profile.as_deref().map(<[u8]>::to_vec),
            held,
            least_bytes: if interlaced { raw / MOST_DEFLATED } else { 0 },
            notes: Vec::new(),
        };
        Ok(Self { head, reader, line_bytes, whole: None, row: 0, bytes: vec![0; line_bytes] })
    }
}

impl Picture for Png {
    fn head(&self) -> &Head {
        &self.head
    }

    fn begin(&mut self) -> Result<(), RowsError> {
        if self.head.held.is_some() {
            let mut whole = vec![0; self.line_bytes * self.head.height as usize];
            self.reader.next_frame(&mut whole).map_err(|error| at_row(0, error))?;
            self.whole = Some(whole);
        }
        Ok(())
    }

    fn next_line(&mut self, line: &mut Line) -> Result<(), RowsError> {
        let start = self.row as usize * self.line_bytes;
        if let Some(whole) = &self.whole {
            let row = whole.get(start..start + self.line_bytes).ok_or(RowsError::EndsEarly { row: self.row })?;
            self.bytes.copy_from_slice(row);
        } else {
            let read = self.reader.read_row(&mut self.bytes).map_err(|error| at_row(self.row, error))?;
            read.ok_or(RowsError::EndsEarly { row: self.row })?;
        }
        self.row += 1;
        match line {
            Line::Eight(samples) => samples.copy_from_slice(&self.bytes),
            Line::Sixteen(samples) => {
                let (pairs, _) = self.bytes.as_chunks::<2>();
                samples.iter_mut().zip(pairs).for_each(|(sample, pair)| *sample = u16::from_be_bytes(*pair));
            }
        }
        Ok(())
    }
}

fn at_row(row: u32, error: DecodingError) -> RowsError {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => RowsError::EndsEarly { row },
        error => RowsError::decode(format!("row {row}: {error}")),
    }
}
