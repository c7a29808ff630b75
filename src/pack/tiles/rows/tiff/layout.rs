//! What the tags of a TIFF picture say, checked once: after this every number fits the others. What is not read is
//! refused here, with its name.

use super::directory::Directory;
use crate::pack::tiles::rows::check_side;
use crate::pack::tiles::rows::error::RowsError;
use crate::pack::tiles::rows::line::Kind;
use image::metadata::Orientation;

/// Strips or tiles that are open side by side.
const MAX_ACROSS: u64 = 4_096;
/// Samples of a pixel, with those that mean nothing here.
const MAX_SAMPLES: u64 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    None,
    Lzw,
    Deflate,
    PackBits,
    Jpeg,
}

/// How samples become colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Colours {
    Grey { white_is_zero: bool },
    Rgb,
    Palette(Vec<[u8; 3]>),
    Cmyk,
    Ycc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alpha {
    None,
    Straight,
    /// Colours are multiplied with it already.
    Multiplied,
}

/// Strips are tiles as wide as the picture: both are chunks.
#[derive(Debug)]
pub struct Layout {
    pub width: u32,
    pub height: u32,
    pub bits: u32,
    /// Samples of a pixel in the file.
    pub samples: usize,
    /// Each sample has chunks of its own.
    pub planar: bool,
    pub compression: Compression,
    /// Each sample is stored as the difference to the one before.
    pub differences: bool,
    /// Bytes are stored with their lowest bit first.
    pub reversed: bool,
    pub colours: Colours,
    pub alpha: Alpha,
    pub chunk_width: u32,
    pub chunk_height: u32,
    pub across: usize,
    /// Place and length of each chunk.
    pub chunks: Vec<(u64, u64)>,
    pub jpeg_tables: Option<Vec<u8>>,
    /// JPEG of luma and chroma, which its decoder turns into colours.
    pub jpeg_is_ycc: bool,
    pub orientation: Orientation,
    pub profile: Option<Vec<u8>>,
}

impl Layout {
    pub fn kind(&self) -> Kind {
        match (&self.colours, self.alpha) {
            (Colours::Grey { .. }, Alpha::None) => Kind::Grey,
            (Colours::Grey { .. }, _) => Kind::GreyAlpha,
            (Colours::Cmyk, _) => Kind::Cmyk,
            (_, Alpha::None) => Kind::Rgb,
            _ => Kind::RgbAlpha,
        }
    }

    /// Samples of a pixel within one chunk.
    pub fn chunk_samples(&self) -> usize {
        if self.planar { 1 } else { self.samples }
    }

    pub fn planes(&self) -> usize {
        if self.planar { self.samples } else { 1 }
    }

    /// Bytes of a decompressed row of one chunk.
    pub fn chunk_row_bytes(&self) -> usize {
        (self.chunk_width as usize * self.chunk_samples() * self.bits as usize).div_ceil(8)
    }

    pub fn read(tags: &Directory, file_bytes: u64) -> Result<Self, RowsError> {
        let (width, height) = (side(tags, tag::WIDTH)?, side(tags, tag::HEIGHT)?);
        check_side(width, height)?;
        let samples = tags.number(tag::SAMPLES, 1)?;
        let bits = bits(tags)?;
        let compression = compression(tags)?;
        if !(1..=MAX_SAMPLES).contains(&samples) {
            return Err(RowsError::unsupported(format!("TIFF with {samples} samples a pixel")));
        }
        let colours = colours(tags, bits, compression)?;
        let (colours_of, samples) = (colour_samples(&colours), samples as usize);
        if samples < colours_of {
            return Err(RowsError::decode("TIFF with fewer samples than its colours have"));
        }
        let (planar, tiled) = (tags.number(tag::PLANAR, 1)? == 2, tags.numbers(tag::TILE_WIDTH)?.is_some());
        let (chunk_width, chunk_height) = if tiled {
            (side(tags, tag::TILE_WIDTH)?, side(tags, tag::TILE_HEIGHT)?)
        } else {
            (width, tags.number(tag::ROWS_PER_STRIP, u64::from(height))?.min(u64::from(height)) as u32)
        };
        check_side(chunk_width, chunk_height)?;
        let across = u64::from(width.div_ceil(chunk_width));
        let mut layout = Self {
            width,
            height,
            bits,
            samples,
            planar: planar && samples > 1,
            compression,
            differences: differences(tags, bits)?,
            reversed: tags.number(tag::FILL_ORDER, 1)? == 2 && compression != Compression::Jpeg,
            alpha: alpha(tags, &colours, samples > colours_of)?,
            colours,
            chunk_width,
            chunk_height,
            across: across as usize,
            chunks: Vec::new(),
            jpeg_tables: tags.bytes(tag::JPEG_TABLES)?,
            jpeg_is_ycc: false,
            orientation: orientation(tags)?,
            profile: tags.bytes(tag::PROFILE).unwrap_or(None),
        };
        if across * layout.planes() as u64 > MAX_ACROSS {
            return Err(RowsError::unsupported(format!("TIFF with {across} tiles side by side")));
        }
        layout.chunks = chunks(tags, &layout, tiled, file_bytes)?;
        layout.check_jpeg()?;
        Ok(layout)
    }

    /// The decoder of JPEG turns luma and chroma into colours itself, and knows eight bits only.
    fn check_jpeg(&mut self) -> Result<(), RowsError> {
        if self.compression != Compression::Jpeg {
            return Ok(());
        }
        if self.bits != 8 || !matches!(self.chunk_samples(), 1 | 3 | 4) || self.differences {
            return Err(RowsError::unsupported("TIFF with JPEG of an unusual form"));
        }
        if self.colours == Colours::Ycc {
            if self.planar || self.samples != 3 {
                return Err(RowsError::unsupported("TIFF with JPEG of an unusual form"));
            }
            (self.colours, self.jpeg_is_ycc) = (Colours::Rgb, true);
        }
        Ok(())
    }
}

mod tag {
    pub const WIDTH: u16 = 256;
    pub const HEIGHT: u16 = 257;
    pub const BITS: u16 = 258;
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const FILL_ORDER: u16 = 266;
    pub const STRIP_PLACES: u16 = 273;
    pub const ORIENTATION: u16 = 274;
    pub const SAMPLES: u16 = 277;
    pub const ROWS_PER_STRIP: u16 = 278;
    pub const STRIP_LENGTHS: u16 = 279;
    pub const PLANAR: u16 = 284;
    pub const PREDICTOR: u16 = 317;
    pub const PALETTE: u16 = 320;
    pub const TILE_WIDTH: u16 = 322;
    pub const TILE_HEIGHT: u16 = 323;
    pub const TILE_PLACES: u16 = 324;
    pub const TILE_LENGTHS: u16 = 325;
    pub const INK_SET: u16 = 332;
    pub const EXTRA_SAMPLES: u16 = 338;
    pub const SAMPLE_FORMAT: u16 = 339;
    pub const JPEG_TABLES: u16 = 347;
    pub const CHROMA_SUBSAMPLING: u16 = 530;
    pub const PROFILE: u16 = 34_675;
}

fn side(tags: &Directory, tag: u16) -> Result<u32, RowsError> {
    let side = tags.number(tag, 0)?;
    // Larger than any side that is read, and told as such.
    Ok(u32::try_from(side).unwrap_or(u32::MAX))
}

fn bits(tags: &Directory) -> Result<u32, RowsError> {
    let bits = tags.numbers(tag::BITS)?.unwrap_or_else(|| vec![1]);
    let formats = tags.numbers(tag::SAMPLE_FORMAT)?.unwrap_or_default();
    match formats.iter().find(|format| !matches!(format, 1 | 4)) {
        Some(3) => return Err(RowsError::unsupported("TIFF with floating-point samples")),
        Some(2) => return Err(RowsError::unsupported("TIFF with signed samples")),
        Some(format) => return Err(RowsError::unsupported(format!("TIFF with samples of format {format}"))),
        None => {}
    }
    let first = bits.first().copied().unwrap_or(1);
    if bits.iter().any(|bits| *bits != first) || !matches!(first, 1 | 2 | 4 | 8 | 16) {
        return Err(RowsError::unsupported(format!("TIFF with samples of {first} bits")));
    }
    Ok(first as u32)
}

fn compression(tags: &Directory) -> Result<Compression, RowsError> {
    let name = match tags.number(tag::COMPRESSION, 1)? {
        1 => return Ok(Compression::None),
        5 => return Ok(Compression::Lzw),
        7 => return Ok(Compression::Jpeg),
        8 | 32_946 => return Ok(Compression::Deflate),
        32_773 => return Ok(Compression::PackBits),
        2..=4 => "fax (CCITT) compression".to_owned(),
        6 => "old-style JPEG compression".to_owned(),
        33_003..=33_005 | 34_712 => "JPEG 2000 compression".to_owned(),
        50_000 => "Zstandard compression".to_owned(),
        50_001 => "WebP compression".to_owned(),
        other => format!("compression {other}"),
    };
    Err(RowsError::unsupported(format!("TIFF with {name}")))
}

fn colours(tags: &Directory, bits: u32, compression: Compression) -> Result<Colours, RowsError> {
    let name = match tags.number(tag::PHOTOMETRIC, 1)? {
        0 => return Ok(Colours::Grey { white_is_zero: true }),
        1 => return Ok(Colours::Grey { white_is_zero: false }),
        2 => return Ok(Colours::Rgb),
        3 if bits <= 8 => return palette(tags, bits),
        3 => "a palette of 16 bits".to_owned(),
        5 if tags.number(tag::INK_SET, 1)? != 1 => "inks that are not CMYK".to_owned(),
        5 => return Ok(Colours::Cmyk),
        6 if compression == Compression::Jpeg => return Ok(Colours::Ycc),
        6 if bits != 8 => "luma and chroma that are not of 8 bits".to_owned(),
        6 if tags.numbers(tag::CHROMA_SUBSAMPLING)?.is_some_and(|steps| steps == [1, 1]) => return Ok(Colours::Ycc),
        6 => "subsampled chroma".to_owned(),
        4 => "a transparency mask alone".to_owned(),
        8..=10 => "L*a*b* colours".to_owned(),
        32_803 | 34_892 => "raw camera data".to_owned(),
        other => format!("colours of kind {other}"),
    };
    Err(RowsError::unsupported(format!("TIFF with {name}")))
}

fn colour_samples(colours: &Colours) -> usize {
    match colours {
        Colours::Grey { .. } | Colours::Palette(_) => 1,
        Colours::Rgb | Colours::Ycc => 3,
        Colours::Cmyk => 4,
    }
}

/// All reds, then all greens, then all blues, of 16 bits each.
fn palette(tags: &Directory, bits: u32) -> Result<Colours, RowsError> {
    let (values, count) = (tags.numbers(tag::PALETTE)?.unwrap_or_default(), 1 << bits);
    if values.len() < 3 * count {
        return Err(RowsError::decode("TIFF with a palette that is too short"));
    }
    // Some programs write eight bits where sixteen belong.
    let full = if values.iter().all(|value| *value < 256) { 255 } else { 65_535 };
    let narrow = |value: u64| ((value * 255 + full / 2) / full).min(255) as u8;
    let entry = |index: usize| [index, count + index, 2 * count + index].map(|at| narrow(values[at]));
    Ok(Colours::Palette((0..count).map(entry).collect()))
}

fn alpha(tags: &Directory, colours: &Colours, has_more: bool) -> Result<Alpha, RowsError> {
    let extra = tags.number(tag::EXTRA_SAMPLES, 0)?;
    Ok(match (extra, colours) {
        // Inks and palettes are laid on paper as they are.
        (_, Colours::Cmyk | Colours::Palette(_)) => Alpha::None,
        (1, _) if has_more => Alpha::Multiplied,
        (2, _) if has_more => Alpha::Straight,
        _ => Alpha::None,
    })
}

fn differences(tags: &Directory, bits: u32) -> Result<bool, RowsError> {
    match tags.number(tag::PREDICTOR, 1)? {
        1 => Ok(false),
        2 if bits >= 8 => Ok(true),
        2 => Err(RowsError::unsupported("TIFF with differences of less than 8 bits")),
        other => Err(RowsError::unsupported(format!("TIFF with predictor {other}"))),
    }
}

fn orientation(tags: &Directory) -> Result<Orientation, RowsError> {
    let value = u8::try_from(tags.number(tag::ORIENTATION, 1)?).unwrap_or(1);
    Ok(Orientation::from_exif(value).unwrap_or(Orientation::NoTransforms))
}

fn chunks(tags: &Directory, layout: &Layout, tiled: bool, file_bytes: u64) -> Result<Vec<(u64, u64)>, RowsError> {
    let (places, lengths) =
        if tiled { (tag::TILE_PLACES, tag::TILE_LENGTHS) } else { (tag::STRIP_PLACES, tag::STRIP_LENGTHS) };
    let down = layout.height.div_ceil(layout.chunk_height) as usize;
    let count = layout.across * down * layout.planes();
    let places = tags.numbers(places)?.unwrap_or_default();
    let lengths = tags.numbers(lengths)?.unwrap_or_default();
    if places.len() < count {
        return Err(RowsError::decode(format!("TIFF with {} of {count} strips or tiles", places.len())));
    }
    // Old programs left the lengths out; a chunk then ends where its pixels do.
    let length = |index: usize| lengths.get(index).copied().unwrap_or(file_bytes);
    Ok(places.into_iter().take(count).enumerate().map(|(index, place)| (place, length(index))).collect())
}
