//! The bytes of one strip or tile, decompressed as they are read, so that even a picture in a single strip is never
//! held whole. Only JPEG within TIFF is decoded a chunk at a time.

use super::layout::{Compression, Layout};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use weezl::LzwStatus;
use weezl::decode::{Configuration, Decoder as LzwDecoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

const BUFFER_BYTES: usize = 16 << 10;
/// Compressed bytes of one chunk of JPEG.
const MAX_JPEG_BYTES: u64 = 256 << 20;

pub type Chunk = Box<dyn Read + Send>;

/// Opens the chunk of this number.
pub fn open(file: &Arc<File>, layout: &Layout, number: usize) -> io::Result<Chunk> {
    let (at, left) = layout.chunks.get(number).copied().ok_or(io::ErrorKind::UnexpectedEof)?;
    let section = Section { file: Arc::clone(file), at, left, reversed: layout.reversed };
    let buffered = BufReader::with_capacity(BUFFER_BYTES, section);
    Ok(match layout.compression {
        Compression::None => Box::new(buffered),
        Compression::PackBits => Box::new(PackBits { from: buffered, run: Run::Literal(0) }),
        Compression::Lzw => Box::new(Lzw { from: buffered, decoder: lzw() }),
        Compression::Deflate => Box::new(flate2::bufread::ZlibDecoder::new(buffered)),
        Compression::Jpeg => Box::new(Cursor::new(jpeg(buffered, left, layout)?)),
    })
}

/// A part of the file, read without moving a position that others share.
struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
    reversed: bool,
}

impl Read for Section {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let wanted = self.left.min(out.len() as u64) as usize;
        let read = self.file.read_at(&mut out[..wanted], self.at)?;
        self.at = self.at.saturating_add(read as u64);
        self.left -= read as u64;
        if self.reversed {
            out[..read].iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        Ok(read)
    }
}

struct PackBits<R> {
    from: R,
    run: Run,
}

/// Bytes left of what a header announced.
enum Run {
    Literal(usize),
    Repeated(usize, u8),
}

impl<R: BufRead> PackBits<R> {
    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.from.fill_buf()?.first().copied();
        self.from.consume(usize::from(byte.is_some()));
        Ok(byte)
    }
}

impl<R: BufRead> Read for PackBits<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while matches!(self.run, Run::Literal(0) | Run::Repeated(0, _)) {
            let Some(header) = self.byte()? else { return Ok(0) };
            self.run = match header {
                0..=127 => Run::Literal(usize::from(header) + 1),
                128 => continue,
                _ => Run::Repeated(257 - usize::from(header), self.byte()?.ok_or(io::ErrorKind::UnexpectedEof)?),
            };
        }
        match &mut self.run {
            Run::Literal(left) => {
                let wanted = out.len().min(*left);
                let read = self.from.read(&mut out[..wanted])?;
                *left -= read;
                Ok(read)
            }
            Run::Repeated(left, byte) => {
                let given = out.len().min(*left);
                out[..given].fill(*byte);
                *left -= given;
                Ok(given)
            }
        }
    }
}

struct Lzw<R> {
    from: R,
    decoder: LzwDecoder,
}

fn lzw() -> LzwDecoder {
    Configuration::with_tiff_size_switch(weezl::BitOrder::Msb, 8).with_yield_on_full_buffer(true).build()
}

impl<R: BufRead> Read for Lzw<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A code may start the table anew and give nothing, more than once, out of bits that were taken in before.
        loop {
            let given = self.decoder.decode_bytes(self.from.fill_buf()?, out);
            self.from.consume(given.consumed_in);
            match given.status {
                Ok(LzwStatus::Ok) if given.consumed_out == 0 && !out.is_empty() => {}
                Ok(_) => return Ok(given.consumed_out),
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            }
        }
    }
}

/// A chunk of JPEG, whose tables may stand once for all chunks. Colours come as the chunk has them, but for luma and
/// chroma that are declared as such.
fn jpeg(from: impl Read, length: u64, layout: &Layout) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_JPEG_BYTES).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        // The decoder would give grey in place of what is missing.
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    // The tables are a JPEG file without a picture: its end and the picture's start are left out.
    if let Some(tables) = layout.jpeg_tables.as_deref().and_then(|tables| tables.strip_suffix(&[0xff, 0xd9])) {
        let rest = bytes.strip_prefix(&[0xff, 0xd8]).unwrap_or(&bytes);
        bytes = [tables, rest].concat();
    }
    let invalid = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let options = DecoderOptions::default().set_max_width(usize::from(u16::MAX)).set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes), options.set_strict_mode(false));
    decoder.decode_headers().map_err(|error| invalid(error.to_string()))?;
    let (width, height) = decoder.dimensions().unwrap_or((0, 0));
    let samples = decoder.info().map_or(0, |info| usize::from(info.components));
    let fits = width == layout.chunk_width as usize && height <= layout.chunk_height as usize;
    if !fits || samples != layout.chunk_samples() {
        return Err(invalid(format!("JPEG of {width} × {height} × {samples} in a TIFF of another size")));
    }
    let out = match (samples, decoder.input_colorspace()) {
        (1, _) => ColorSpace::Luma,
        // Asked for as they are, they are not converted, though the decoder takes them for something else.
        (3, Some(ColorSpace::YCbCr)) if !layout.jpeg_is_ycc => ColorSpace::YCbCr,
        (3, _) => ColorSpace::RGB,
        (_, space) => space.unwrap_or(ColorSpace::CMYK),
    };
    decoder.set_options(decoder.options().jpeg_set_out_colorspace(out));
    decoder.decode().map_err(|error| invalid(error.to_string()))
}
