//! TIFF and BigTIFF, in strips or tiles of any size, a row at a time. The `tiff` crate is not used: it decodes a whole
//! strip at once, which for many scans is the whole picture, and leaves palettes and other things aside.

mod chunk;
mod directory;
mod layout;
mod whole;

use super::error::{Held, Note, RowsError};
use super::jpeg::{from_ycc, least_bytes};
use super::line::{Head, Line, Picture, Sample};
use chunk::Chunk;
use directory::{Directories, Directory, Order};
use layout::{Alpha, Colours, Compression, Layout};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Says of a directory that it is a smaller copy, or a mask.
const SUBFILE: u16 = 254;

pub struct Tiff {
    head: Head,
    layout: Layout,
    order: Order,
    file: Arc<File>,
    /// The chunks that this row lies in, plane by plane, each from left to right.
    open: Vec<Chunk>,
    row: u32,
    /// A row of one chunk as it is in the file.
    bytes: Vec<u8>,
    /// A row of the picture with all samples of the file.
    samples: Samples,
}

enum Samples {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
}

impl Tiff {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        let within = Directories::open(File::open(path)?)?;
        let directories = within.all()?;
        let is_picture = |tags: &&Directory| tags.number(SUBFILE, 0).is_ok_and(|kind| kind & 0b101 == 0);
        // Raw camera files hold a small copy first, and the picture itself where it is not looked for.
        let tags = directories.iter().find(is_picture);
        let tags = tags.ok_or_else(|| RowsError::unsupported("TIFF with nothing but a small copy of a picture"))?;
        let layout = Layout::read(tags, within.length())?;
        let more = directories.iter().filter(is_picture).count() > 1;
        drop(directories);
        let row_samples = layout.width as usize * layout.samples;
        let head = head(&layout, if more { vec![Note::MorePictures] } else { Vec::new() });
        Ok(Self {
            head,
            order: within.order,
            file: Arc::new(within.into_file()),
            open: Vec::new(),
            row: 0,
            bytes: vec![0; layout.chunk_row_bytes()],
            samples: if layout.bits == 16 {
                Samples::Sixteen(vec![0; row_samples])
            } else {
                Samples::Eight(vec![0; row_samples])
            },
            layout,
        })
    }

    /// Opens the chunks that begin with this row.
    fn open_chunks(&mut self) -> Result<(), RowsError> {
        let down = self.layout.height.div_ceil(self.layout.chunk_height) as usize;
        let first = (self.row / self.layout.chunk_height) as usize * self.layout.across;
        self.open.clear();
        for plane in 0..self.layout.planes() {
            for column in 0..self.layout.across {
                let number = plane * down * self.layout.across + first + column;
                let chunk = chunk::open(&self.file, &self.layout, number);
                self.open.push(chunk.map_err(|error| RowsError::at_row(self.row, &error))?);
            }
        }
        Ok(())
    }

    /// Fills `samples` with the next row.
    fn read_row(&mut self) -> Result<(), RowsError> {
        if self.row.is_multiple_of(self.layout.chunk_height) {
            self.open_chunks()?;
        }
        for (index, chunk) in self.open.iter_mut().enumerate() {
            chunk.read_exact(&mut self.bytes).map_err(|error| RowsError::at_row(self.row, &error))?;
            let (plane, column) = (index / self.layout.across, index % self.layout.across);
            let place = Place::of(&self.layout, plane, column);
            match &mut self.samples {
                Samples::Eight(samples) => {
                    if self.layout.differences {
                        add_differences(&mut self.bytes, self.layout.chunk_samples(), u8::wrapping_add);
                    }
                    match self.layout.bits {
                        8 => place.put(samples, &self.bytes),
                        bits => place.put(samples, &unpacked(&self.bytes, bits)),
                    }
                }
                Samples::Sixteen(samples) => {
                    let (pairs, _) = self.bytes.as_chunks::<2>();
                    let mut values: Vec<u16> = pairs.iter().map(|pair| self.order.u16(*pair)).collect();
                    if self.layout.differences {
                        add_differences(&mut values, self.layout.chunk_samples(), u16::wrapping_add);
                    }
                    place.put(samples, &values);
                }
            }
        }
        self.row += 1;
        Ok(())
    }
}

fn head(layout: &Layout, notes: Vec<Note>) -> Head {
    let in_band = u64::from(layout.chunk_height.min(layout.height)) * layout.across as u64;
    // A chunk is decoded with its coefficients beside it.
    let band = in_band * u64::from(layout.chunk_width) * layout.samples as u64 * 3;
    let is_jpeg = layout.compression == Compression::Jpeg;
    Head {
        width: layout.width,
        height: layout.height,
        kind: layout.kind(),
        deep: layout.bits == 16,
        orientation: layout.orientation,
        profile: layout.profile.clone(),
        held: is_jpeg.then_some((Held::Jpeg, band)),
        least_bytes: if is_jpeg { least_bytes(u64::from(layout.width) * u64::from(layout.height)) } else { 0 },
        notes,
    }
}

impl Picture for Tiff {
    fn head(&self) -> &Head {
        &self.head
    }

    fn begin(&mut self) -> Result<(), RowsError> {
        Ok(())
    }

    fn next_line(&mut self, line: &mut Line) -> Result<(), RowsError> {
        self.read_row()?;
        match (&self.samples, line) {
            (Samples::Eight(samples), Line::Eight(out)) => to_line(samples, &self.layout, out),
            (Samples::Sixteen(samples), Line::Sixteen(out)) => to_line(samples, &self.layout, out),
            _ => return Err(RowsError::decode("a line of another depth")),
        }
        Ok(())
    }
}

/// Where the samples of a chunk's row belong in the row of the picture.
struct Place {
    first: usize,
    step: usize,
    count: usize,
}

impl Place {
    fn of(layout: &Layout, plane: usize, column: usize) -> Self {
        let left = column * layout.chunk_width as usize;
        let pixels = (layout.width as usize - left).min(layout.chunk_width as usize);
        let step = if layout.planar { layout.samples } else { 1 };
        Self { first: left * layout.samples + plane, step, count: pixels * layout.chunk_samples() }
    }

    /// Puts what lies within the picture; a tile at the right edge is wider.
    fn put<S: Copy>(&self, row: &mut [S], values: &[S]) {
        let values = &values[..self.count.min(values.len())];
        if self.step == 1 {
            row[self.first..self.first + values.len()].copy_from_slice(values);
        } else {
            let places = row.iter_mut().skip(self.first).step_by(self.step);
            places.zip(values).for_each(|(place, value)| *place = *value);
        }
    }
}

/// Samples of one to eight bits, the first in the highest bits.
fn unpacked(bytes: &[u8], bits: u32) -> Vec<u8> {
    let (in_byte, mask) = (8 / bits, u8::MAX >> (8 - bits));
    bytes.iter().flat_map(|byte| (0..in_byte).map(move |index| byte >> (8 - bits * (index + 1)) & mask)).collect()
}

fn add_differences<S: Copy>(values: &mut [S], samples: usize, add: impl Fn(S, S) -> S) {
    for at in samples..values.len() {
        values[at] = add(values[at], values[at - samples]);
    }
}

/// All samples of the file into those of the picture's kind.
fn to_line<S: Sample>(samples: &[S], layout: &Layout, out: &mut [S]) {
    let kind = layout.kind();
    let as_they_are = matches!(layout.colours, Colours::Rgb | Colours::Cmyk | Colours::Grey { white_is_zero: false });
    if as_they_are && layout.bits >= 8 && layout.samples == kind.samples() && layout.alpha != Alpha::Multiplied {
        return out.copy_from_slice(samples);
    }
    let pixels = samples.chunks_exact(layout.samples).zip(out.chunks_exact_mut(kind.samples()));
    // What the largest value of a sample is, and how much larger it is on a line.
    let scale = S::FULL / ((1 << layout.bits) - 1);
    for (pixel, out) in pixels {
        match &layout.colours {
            Colours::Palette(colours) => {
                let index: u32 = pixel[0].into();
                let colour = colours.get(index as usize).copied().unwrap_or_default();
                out.iter_mut().zip(colour).for_each(|(out, value)| *out = S::of(u32::from(value)));
            }
            Colours::Ycc => {
                let value = |at: usize| pixel[at].into() as u8;
                let colour = from_ycc([value(0), value(1), value(2)]);
                out.iter_mut().zip(colour).for_each(|(out, value)| *out = S::of(u32::from(value)));
            }
            Colours::Grey { white_is_zero } => {
                let value = pixel[0].into() * scale;
                out[0] = S::of(if *white_is_zero { S::FULL - value } else { value });
            }
            Colours::Rgb | Colours::Cmyk => {
                out.iter_mut().zip(pixel).for_each(|(out, value)| *out = S::of((*value).into() * scale));
            }
        }
        if layout.alpha != Alpha::None {
            put_alpha(pixel, out, layout.alpha, scale);
        }
    }
}

/// The alpha of a pixel comes after its colours, which are freed of it.
fn put_alpha<S: Sample>(pixel: &[S], out: &mut [S], alpha: Alpha, scale: u32) {
    let colours = out.len() - 1;
    let value = pixel[colours].into() * scale;
    out[colours] = S::of(value);
    if alpha == Alpha::Multiplied {
        for colour in &mut out[..colours] {
            let multiplied: u32 = (*colour).into();
            *colour = S::of((multiplied * S::FULL + value / 2).checked_div(value).unwrap_or(0));
        }
    }
}
