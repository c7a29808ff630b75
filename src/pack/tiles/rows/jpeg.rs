//! JPEG, baseline and progressive, which is decoded whole. What the decoder does not tell is read from the file's own
//! markers here.

use super::error::{Held, Note, RowsError};
use super::line::{Head, Kind, Line, Picture};
use super::{MAX_HELD_BYTES, check_side, turn};
use crate::base::files::read_capped;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

pub struct Jpeg {
    head: Head,
    /// The file, until it is decoded.
    bytes: Vec<u8>,
    inks: Inks,
    out: ColorSpace,
    pixels: Vec<u8>,
    at: usize,
}

/// How four components hold their inks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Inks {
    /// Written by an Adobe program, where full ink is zero.
    inverted: bool,
    /// Luma and chroma in place of the first three.
    ycc: bool,
}

/// What every file of this format begins with.
pub const START: [u8; 3] = [0xff, 0xd8, 0xff];
/// What stands before the picture fits into so many bytes, but for profiles and previews beyond all measure.
const FRONT_BYTES: u64 = 1 << 20;

impl Jpeg {
    pub fn open(path: &Path) -> Result<Self, RowsError> {
        let bytes = read_capped(path, MAX_HELD_BYTES)?;
        let length = bytes.len() as u64;
        Self::of(bytes, length)
    }

    /// The head alone, without the notes on the file's end: of most pictures, told without reading them to it.
    pub fn head_of(path: &Path) -> Result<Head, RowsError> {
        let mut front = Vec::new();
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        file.take(FRONT_BYTES).read_to_end(&mut front)?;
        // A progressive picture tells how many scans it has only by its last one.
        let is_enough = length <= MAX_HELD_BYTES && Markers::read(&front).one_scan;
        let opened = if is_enough { Self::of(front, length)? } else { Self::open(path)? };
        Ok(Head { notes: Vec::new(), ..opened.head })
    }

    /// From bytes that go as far as the picture's first scan, of a file of this length.
    fn of(bytes: Vec<u8>, length: u64) -> Result<Self, RowsError> {
        let mut decoder = decoder_of(&bytes);
        decoder.decode_headers().map_err(RowsError::decode)?;
        let info = decoder.info().ok_or_else(|| RowsError::decode("no head"))?;
        let space = decoder.input_colorspace().ok_or_else(|| RowsError::decode("no head"))?;
        let (width, height) = (u32::from(info.width), u32::from(info.height));
        check_side(width, height)?;
        let markers = Markers::read(&bytes);
        let (kind, out) = kind_of(info.components, space)?;
        let mut head = Head {
            width,
            height,
            kind,
            deep: false,
            orientation: turn::of_exif(decoder.exif().map(Vec::as_slice)),
            profile: decoder.icc_profile(),
            held: None,
            least_bytes: least_bytes(u64::from(width) * u64::from(height)),
            notes: if markers.ended { Vec::new() } else { vec![Note::EndsEarly] },
        };
        // Coefficients of two bytes wait until the last scan, unless the first one has all there is.
        let samples = kind.samples() as u64;
        let a_pixel = if markers.one_scan { samples } else { samples * 3 };
        head.held = Some((Held::Jpeg, length + head.pixels() * a_pixel));
        let inks = Inks { inverted: markers.adobe, ycc: space == ColorSpace::YCCK };
        Ok(Self { head, bytes, inks, out, pixels: Vec::new(), at: 0 })
    }
}

/// No block of 64 pixels has less than a bit, and half as much is allowed for.
pub fn least_bytes(pixels: u64) -> u64 {
    pixels / 1_024
}

fn decoder_of(bytes: &[u8]) -> JpegDecoder<ZCursor<&[u8]>> {
    let side = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(side).set_max_height(side);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}

/// What the components are, and the colours that the decoder is asked for. Inks stay as they are, for a profile.
fn kind_of(components: u8, space: ColorSpace) -> Result<(Kind, ColorSpace), RowsError> {
    match (components, space) {
        (1, _) => Ok((Kind::Grey, ColorSpace::Luma)),
        (3, _) => Ok((Kind::Rgb, ColorSpace::RGB)),
        (4, ColorSpace::CMYK | ColorSpace::YCCK) => Ok((Kind::Cmyk, space)),
        (count, _) => Err(RowsError::unsupported(format!("a JPEG picture of {count} components"))),
    }
}

impl Picture for Jpeg {
    fn head(&self) -> &Head {
        &self.head
    }

    fn begin(&mut self) -> Result<(), RowsError> {
        let bytes = std::mem::take(&mut self.bytes);
        let mut decoder = decoder_of(&bytes);
        decoder.decode_headers().map_err(RowsError::decode)?;
        decoder.set_options(decoder.options().jpeg_set_out_colorspace(self.out));
        self.pixels = vec![0; self.head.width as usize * self.head.height as usize * self.head.kind.samples()];
        decoder.decode_into(&mut self.pixels).map_err(RowsError::decode)
    }

    fn next_line(&mut self, line: &mut Line) -> Result<(), RowsError> {
        let Line::Eight(samples) = line else { return Err(RowsError::decode("JPEG has eight bits")) };
        let row = self.pixels.get(self.at..self.at + samples.len()).ok_or_else(|| RowsError::decode("no such row"))?;
        samples.copy_from_slice(row);
        self.at += samples.len();
        if self.head.kind == Kind::Cmyk {
            to_inks(samples, self.inks);
        }
        Ok(())
    }
}

/// Components as they are stored into inks of which the largest value is full.
fn to_inks(samples: &mut [u8], inks: Inks) {
    for pixel in samples.chunks_exact_mut(4) {
        if inks.ycc {
            let [red, green, blue] = from_ycc([pixel[0], pixel[1], pixel[2]]);
            pixel[..3].copy_from_slice(&[255 - red, 255 - green, 255 - blue]);
        }
        if inks.inverted {
            pixel.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
    }
}

/// Luma and chroma, as JFIF has them, into red, green and blue.
pub fn from_ycc([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let red = y + 91_881 * cr;
    let green = y - 22_554 * cb - 46_802 * cr;
    let blue = y + 116_130 * cb;
    [red, green, blue].map(|value| ((value + 32_768) >> 16).clamp(0, 255) as u8)
}

/// What the markers of a file tell beside what the decoder does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Markers {
    adobe: bool,
    /// All components come in one scan, not progressively.
    one_scan: bool,
    /// The end of the picture is there.
    ended: bool,
}

impl Markers {
    fn read(bytes: &[u8]) -> Self {
        let (mut found, mut at, mut components, mut scans) = (Self::default(), 2, 0, 0);
        let mut progressive = false;
        while let Some((marker, segment, next)) = segment(bytes, at) {
            match marker {
                0xd9 => {
                    found.ended = true;
                    break;
                }
                0xc0..=0xc2 => {
                    progressive = marker == 0xc2;
                    components = segment.get(5).copied().unwrap_or(0);
                }
                0xda => {
                    scans += 1;
                    found.one_scan = scans == 1 && !progressive && segment.first() == Some(&components);
                }
                0xee => found.adobe |= segment.starts_with(b"Adobe"),
                _ => {}
            }
            at = next;
        }
        found
    }
}

/// The next marker from `at` on, what belongs to it, and where it ends. Coded data and what stands between segments
/// are passed over.
fn segment(bytes: &[u8], mut at: usize) -> Option<(u8, &[u8], usize)> {
    loop {
        let [0xff, marker] = bytes.get(at..at + 2)? else {
            at += 1;
            continue;
        };
        match marker {
            // A stuffed zero, a restart or a fill byte.
            0x00 | 0x01 | 0xd0..=0xd8 | 0xff => at += if *marker == 0xff { 1 } else { 2 },
            0xd9 => return Some((*marker, &[], at + 2)),
            _ => {
                let length = bytes.get(at + 2..at + 4).map(|pair| usize::from(pair[0]) << 8 | usize::from(pair[1]))?;
                let end = at + 2 + length.max(2);
                return Some((*marker, bytes.get(at + 4..end)?, end));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_tell_of_scans_inks_and_the_end() {
        let sof = [0xff, 0xc0, 0, 8, 8, 0, 1, 0, 1, 3];
        let sos = [0xff, 0xda, 0, 3, 3];
        let adobe = [0xff, 0xee, 0, 7, b'A', b'd', b'o', b'b', b'e'];
        let coded = [1, 0xff, 0x00, 0xff, 0xd3, 7];
        let end = [0xff, 0xd9];
        let file = |parts: &[&[u8]]| [&[0xff, 0xd8][..], &parts.concat()].concat();
        let read = |parts: &[&[u8]]| Markers::read(&file(parts));
        let all = Markers { adobe: true, one_scan: true, ended: true };
        assert_eq!(read(&[&adobe, &sof, &sos, &coded, &end]), all);
        assert_eq!(read(&[&adobe, &sof, &sos, &coded]), Markers { ended: false, ..all });
        assert_eq!(
            read(&[&sof, &[0xff, 0xda, 0, 3, 1], &coded, &end]),
            Markers { adobe: false, one_scan: false, ..all }
        );
        assert_eq!(Markers::read(&[0xff]), Markers::default());
    }

    #[test]
    fn the_front_of_a_file_tells_the_same_head_as_all_of_it() {
        let grain = |x: u32, y: u32| (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_le_bytes();
        let picture = image::RgbImage::from_fn(1_200, 900, |x, y| {
            let [a, b, c, _] = grain(x, y);
            image::Rgb([a, b, c])
        });
        let mut whole = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut whole, 100).encode_image(&picture).expect("encoded");
        assert!(whole.len() as u64 > FRONT_BYTES, "{}", whole.len());
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        // The second one has more before its picture than is read at first.
        let note = [&[0xff, 0xed, 0xff, 0xff][..], &[7; 65_533]].concat();
        for fronts in [0, 20] {
            let bytes = [&whole[..2], &note.repeat(fronts), &whole[2..]].concat();
            std::fs::write(&path, bytes).expect("written");
            let (front, all) = (Jpeg::head_of(&path).expect("front"), Jpeg::open(&path).expect("all").head);
            assert_eq!((front.width, front.height, front.kind), (1_200, 900, all.kind));
            let held = |head: &Head| head.held.as_ref().map(|(_, bytes)| *bytes);
            assert_eq!((held(&front), front.least_bytes), (held(&all), all.least_bytes));
        }
    }

    #[test]
    fn luma_and_chroma_become_colours() {
        assert_eq!(from_ycc([255, 128, 128]), [255, 255, 255]);
        assert_eq!(from_ycc([76, 85, 255]), [254, 0, 0]);
        assert_eq!(from_ycc([29, 255, 107]), [0, 0, 254]);
    }
}
