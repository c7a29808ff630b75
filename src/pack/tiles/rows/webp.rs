//! WebP, which is only decoded whole.

use super::error::{Held, Note, RowsError};
use super::line::{Head, Kind, Line, Picture};
use super::{check_side, turn};
use image::ImageDecoder;
use image::codecs::webp::WebPDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// A colour profile or Exif data larger than this are not what they say.
const MAX_CHUNK_BYTES: u64 = 16 << 20;
/// Chunks looked through for them; a picture that does not move has ten at most.
const MAX_CHUNKS: usize = 100;

pub struct WebP {
    head: Head,
    /// Until it has decoded.
    decoder: Option<WebPDecoder<BufReader<File>>>,
    pixels: Vec<u8>,
    at: usize,
}

impl WebP {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        // The decoder would allocate whatever length a chunk claims.
        let mut file = BufReader::new(File::open(path)?);
        let profile = chunk(&mut file, b"ICCP")?;
        let exif = chunk(&mut file, b"EXIF")?;
        // Profile and Exif data stand behind the pixels, where a cut is not noticed.
        let notes = if is_whole(&mut file)? { Vec::new() } else { vec![Note::EndsEarly] };
        file.seek(SeekFrom::Start(0))?;
        let decoder = WebPDecoder::new(file).map_err(RowsError::decode)?;
        if decoder.has_animation() {
            return Err(RowsError::unsupported("a WebP picture that moves"));
        }
        let (width, height) = decoder.dimensions();
        check_side(width, height)?;
        let kind = if decoder.color_type().has_alpha() { Kind::RgbAlpha } else { Kind::Rgb };
        let mut head = Head {
            width,
            height,
            kind,
            deep: false,
            orientation: turn::of_exif(exif.as_deref()),
            profile,
            held: None,
            // A picture of one colour takes next to nothing.
            least_bytes: 0,
            notes,
        };
        // The decoder holds the picture once more, with four bytes a pixel.
        head.held = Some((Held::WebP, head.pixels() * (kind.samples() as u64 + 4)));
        Ok(Self { head, decoder: Some(decoder), pixels: Vec::new(), at: 0 })
    }
}

impl Picture for WebP {
    fn head(&self) -> &Head {
        &self.head
    }

    fn begin(&mut self) -> Result<(), RowsError> {
        let decoder = self.decoder.take().ok_or_else(|| RowsError::decode("decoded before"))?;
        self.pixels = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(0)];
        decoder.read_image(&mut self.pixels).map_err(RowsError::decode)
    }

    fn next_line(&mut self, line: &mut Line) -> Result<(), RowsError> {
        let Line::Eight(samples) = line else { return Err(RowsError::decode("WebP has eight bits")) };
        let row = self.pixels.get(self.at..self.at + samples.len()).ok_or_else(|| RowsError::decode("no such row"))?;
        samples.copy_from_slice(row);
        self.at += samples.len();
        Ok(())
    }
}

/// Whether the file is as long as it says.
fn is_whole(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(4))?;
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    Ok(u64::from(u32::from_le_bytes(length)) + 8 <= end)
}

/// The first chunk of this name, when the file holds it whole.
fn chunk(file: &mut (impl Read + Seek), name: &[u8; 4]) -> io::Result<Option<Vec<u8>>> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        if at + 8 > end {
            break;
        }
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if head.starts_with(name) {
            let mut bytes = Vec::new();
            file.by_ref().take(length.min(MAX_CHUNK_BYTES)).read_to_end(&mut bytes)?;
            return Ok(Some(bytes).filter(|bytes| bytes.len() as u64 == length));
        }
        at += 8 + length + length % 2;
    }
    Ok(None)
}
