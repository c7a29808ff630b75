//! Pictures as rows of RGB pixels in sRGB, from top to bottom, turned as they are meant to be seen.
//!
//! What a format allows is read row by row: PNG that is not interlaced, and TIFF in strips or tiles of any size. JPEG,
//! WebP, interlaced PNG and whatever has to be turned is held whole within [`MAX_HELD_BYTES`], which is looked at
//! before anything is allocated. Formats live in files of their own; tiles are not known here.

mod colour;
mod error;
mod jpeg;
mod line;
mod png;
mod reasons;
mod tiff;
mod turn;
mod webp;

pub use error::{Held, Note, RowsError};

use colour::Colour;
use image::metadata::Orientation;
use line::{Head, Line, Picture};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use turn::Turned;

/// Memory that pictures which must be held whole may take.
pub const MAX_HELD_BYTES: u64 = 2 << 30;
/// Longest side, so that a few rows always fit into memory.
pub const MAX_SIDE: u32 = 300_000;

pub struct Rows {
    pub width: u32,
    pub height: u32,
    /// What is odd about the picture.
    pub notes: Vec<Note>,
    next: u32,
    source: Source,
}

enum Source {
    Streamed {
        picture: Box<dyn Picture + Send>,
        line: Line,
        colour: Colour,
        mirrored: bool,
    },
    Held(Turned),
    /// Nothing can be expected of a decoder that failed once.
    Failed,
}

impl Rows {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        let mut picture = open_picture(path)?;
        check_held(picture.head(), std::fs::metadata(path)?.len())?;
        picture.begin()?;
        let head = picture.head();
        let (colour, notes) = colour_of(head);
        let (width, height) = turn::turned_size(head.width, head.height, head.orientation);
        let (line, orientation) = (head.line(), head.orientation);
        let mirrored = orientation == Orientation::FlipHorizontal;
        let mut source = Source::Streamed { picture, line, colour, mirrored };
        if !turn::keeps_rows(orientation) {
            source = Source::Held(hold(source)?);
        }
        Ok(Self { width, height, notes, next: 0, source })
    }

    /// Fills `out` (three bytes a pixel, one row). After an error there are no more rows.
    pub fn next_row(&mut self, out: &mut [u8]) -> Result<(), RowsError> {
        if out.len() != self.width as usize * 3 || self.next >= self.height {
            return Err(RowsError::decode("no such row"));
        }
        let row = self.source.next_row(self.next, out);
        match &row {
            Ok(()) => self.next += 1,
            Err(_) => self.source = Source::Failed,
        }
        row
    }
}

impl Source {
    fn next_row(&mut self, y: u32, out: &mut [u8]) -> Result<(), RowsError> {
        match self {
            Self::Streamed { picture, line, colour, mirrored } => {
                picture.next_line(line)?;
                colour.convert(line, out);
                if *mirrored {
                    turn::mirror(out);
                }
            }
            Self::Held(turned) => turned.row(y as usize, out),
            Self::Failed => return Err(RowsError::decode("it could not be read further")),
        }
        Ok(())
    }
}

fn colour_of(head: &Head) -> (Colour, Vec<Note>) {
    let (colour, note) = Colour::new(head.kind, head.deep, head.profile.as_deref());
    (colour, head.notes.iter().cloned().chain(note).collect())
}

/// What is odd about a picture, told without reading its pixels: the notes of its [`Rows`].
pub fn notes_of(path: &Path) -> Result<Vec<Note>, RowsError> {
    Ok(colour_of(open_picture(path)?.head()).1)
}

/// Width and height of a picture as it is meant to be seen, from its head alone. What [`Rows::open`] would refuse by
/// the head is refused here too.
pub fn picture_size(path: &Path) -> Result<(u32, u32), RowsError> {
    let length = std::fs::metadata(path)?.len();
    let size = |head: &Head| {
        check_held(head, length)?;
        Ok(turn::turned_size(head.width, head.height, head.orientation))
    };
    if first_bytes(path)?.starts_with(&jpeg::START) {
        return size(&jpeg::Jpeg::head_of(path)?);
    }
    size(open_picture(path)?.head())
}

/// Whether all that a TIFF's directory names lies in its file.
pub fn tiff_is_whole(path: &Path) -> Result<bool, RowsError> {
    Ok(tiff::Tiff::open(path)?.is_whole()?)
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    // Looked at before it is opened, for opening a named pipe waits until somebody writes to it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file"));
    }
    let mut start = Vec::with_capacity(16);
    File::open(path)?.take(16).read_to_end(&mut start)?;
    Ok(start)
}

/// Reads the head of a picture of whatever format its first bytes tell; the name counts for nothing.
fn open_picture(path: &Path) -> Result<Box<dyn Picture + Send>, RowsError> {
    let start = first_bytes(path)?;
    match start.as_slice() {
        start if start.starts_with(&jpeg::START) => Ok(Box::new(jpeg::Jpeg::open(path)?)),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Box::new(png::Png::open(path)?)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Box::new(webp::WebP::open(path)?)),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Ok(Box::new(tiff::Tiff::open(path)?)),
        _ => Err(RowsError::Format(what_else(&start))),
    }
}

/// Names what archives send besides the formats that are read.
fn what_else(start: &[u8]) -> &'static str {
    match start {
        [] => "an empty file",
        [b'B', b'M', ..] => "a BMP picture",
        [b'G', b'I', b'F', b'8', ..] => "a GIF picture",
        [b'8', b'B', b'P', b'S', ..] => "a Photoshop document",
        [b'%', b'P', b'D', b'F', ..] => "a PDF document",
        [b'A', b'T', b'&', b'T', ..] => "a DjVu document",
        [_, _, _, _, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => "a JPEG 2000 picture",
        [_, _, _, _, b'J', b'X', b'L', b' ', ..] | [0xff, 0x0a, ..] => "a JPEG XL picture",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "an HEIF or AVIF picture",
        _ => "no picture that is known",
    }
}

/// Refuses a side that no row could be allocated for.
fn check_side(width: u32, height: u32) -> Result<(), RowsError> {
    let fits = (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height);
    if fits { Ok(()) } else { Err(RowsError::TooLarge { width, height }) }
}

/// Refuses what would take too much memory, by its head alone.
fn check_held(head: &Head, file_bytes: u64) -> Result<(), RowsError> {
    let (width, height) = (head.width, head.height);
    if head.least_bytes > file_bytes {
        return Err(RowsError::Decode(format!("{width} × {height} pixels cannot be in {file_bytes} bytes")));
    }
    let turned = if turn::keeps_rows(head.orientation) { 0 } else { head.pixels() * 3 };
    let needed = head.held.map_or(0, |(_, bytes)| bytes).saturating_add(turned);
    if needed <= MAX_HELD_BYTES {
        return Ok(());
    }
    let why = head.held.filter(|(_, bytes)| *bytes > MAX_HELD_BYTES).map_or(Held::Turned, |(why, _)| why);
    let (needed_mb, limit_mb) = (needed >> 20, MAX_HELD_BYTES >> 20);
    Err(RowsError::TooLargeToHold { width, height, why, needed_mb, limit_mb })
}

/// Reads a picture to its end, to be turned.
fn hold(mut source: Source) -> Result<Turned, RowsError> {
    let Source::Streamed { picture, .. } = &source else { return Err(RowsError::decode("nothing to hold")) };
    let head = picture.head();
    let (width, height, orientation) = (head.width as usize, head.height as usize, head.orientation);
    // Grows with what the file really gives, not with what it claims.
    let mut rgb = Vec::new();
    let mut row = vec![0; width * 3];
    for y in 0..height {
        source.next_row(y as u32, &mut row)?;
        rgb.extend_from_slice(&row);
    }
    Ok(Turned { width, height, rgb, orientation })
}
