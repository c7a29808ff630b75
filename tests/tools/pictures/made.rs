//! Files of pictures, byte by byte where no encoder makes the form that is wanted.

use flate2::{Compression, write::ZlibEncoder};
use png::{BitDepth, ColorType};
use std::io::Write;

pub const WIDTH: u32 = 37;
pub const HEIGHT: u32 = 21;

/// A picture without symmetry, soft enough for JPEG.
pub fn rgb() -> Vec<u8> {
    pixels(|x, y| [(x * 6) as u8, (y * 11 + 5) as u8, 200 - (x * 2 + y * 3) as u8])
}

pub fn grey() -> Vec<u8> {
    pixels(|x, y| [(x * 4 + y * 3) as u8])
}

/// Grey as it is read.
pub fn as_rgb(grey: &[u8]) -> Vec<u8> {
    grey.iter().flat_map(|value| [*value; 3]).collect()
}

pub fn pixels<const N: usize>(of: impl Fn(u32, u32) -> [u8; N]) -> Vec<u8> {
    (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y))).flat_map(|(x, y)| of(x, y)).collect()
}

/// Samples of less than eight bits, each row beginning with a byte.
pub fn packed(values: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let byte = |part: &[u8]| part.iter().enumerate().fold(0, |byte, (at, value)| byte | value << (8 - bits * (at + 1)));
    values.chunks(width).flat_map(|row| row.chunks(8 / bits).map(byte)).collect()
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

/// An orientation as Exif data hold it.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

/// A PNG as the `png` crate writes it, with what a caller adds.
pub fn png(colour: ColorType, depth: BitDepth, data: &[u8], add: impl FnOnce(&mut png::Info<'_>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut info = png::Info::with_size(WIDTH, HEIGHT);
    (info.color_type, info.bit_depth) = (colour, depth);
    add(&mut info);
    let mut writer = png::Encoder::with_info(&mut bytes, info).expect("info").write_header().expect("header");
    writer.write_image_data(data).expect("data");
    writer.finish().expect("written");
    bytes
}

/// A PNG of chunks that may claim what they like.
pub fn png_of_chunks(width: u32, height: u32, depth_to_interlace: [u8; 5], data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &depth_to_interlace].concat();
    for (name, data) in [(b"IHDR", &head[..]), (b"IDAT", data), (b"IEND", &[])] {
        bytes.extend((data.len() as u32).to_be_bytes());
        let chunk = [&name[..], data].concat();
        bytes.extend_from_slice(&chunk);
        bytes.extend(crc(&chunk).to_be_bytes());
    }
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    let fold = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, fold)
}

/// The picture in seven passes, as Adam7 has them.
pub fn interlaced(rgb: &[u8]) -> Vec<u8> {
    const PASSES: [(usize, usize, usize, usize); 7] =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let (width, height) = (WIDTH as usize, HEIGHT as usize);
    let mut data = Vec::new();
    for (left, top, right, down) in PASSES {
        for y in (top..height).step_by(down) {
            data.push(0);
            for x in (left..width).step_by(right) {
                data.extend_from_slice(&rgb[(y * width + x) * 3..][..3]);
            }
        }
    }
    png_of_chunks(WIDTH, HEIGHT, [8, 2, 0, 0, 1], &zlib(&data))
}

/// How a TIFF file counts and orders its bytes.
#[derive(Clone, Copy, Debug)]
pub struct TiffForm {
    pub big_endian: bool,
    pub big: bool,
}

pub const LITTLE: TiffForm = TiffForm { big_endian: false, big: false };

impl TiffForm {
    pub fn number(self, value: u64, bytes: usize) -> Vec<u8> {
        let (little, big) = (value.to_le_bytes(), value.to_be_bytes());
        if self.big_endian { big[8 - bytes..].to_vec() } else { little[..bytes].to_vec() }
    }
}

/// Tag, kind (3 short, 4 long, 7 bytes) and values.
pub type Tag = (u16, u16, Vec<u64>);

/// A TIFF of one directory; places and lengths of the chunks are added to the tags.
pub fn tiff(form: TiffForm, tags: &[Tag], tiled: bool, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut file = if form.big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    let place_bytes = if form.big { 8 } else { 4 };
    file.extend(form.number(if form.big { 43 } else { 42 }, 2));
    if form.big {
        file.extend([form.number(8, 2), form.number(0, 2)].concat());
    }
    let place_at = file.len();
    file.extend(form.number(0, place_bytes));
    let mut tags = tags.to_vec();
    let mut places = Vec::new();
    for chunk in chunks {
        places.push(file.len() as u64);
        file.extend_from_slice(chunk);
    }
    let (place_tag, length_tag) = if tiled { (324, 325) } else { (273, 279) };
    tags.push((place_tag, if form.big { 16 } else { 4 }, places));
    tags.push((length_tag, 4, chunks.iter().map(|chunk| chunk.len() as u64).collect()));
    tags.sort();
    let count = form.number(tags.len() as u64, if form.big { 8 } else { 2 });
    let mut entries = Vec::new();
    for (tag, kind, values) in tags {
        let size = match kind {
            3 => 2,
            4 => 4,
            16 => 8,
            _ => 1,
        };
        let mut value: Vec<u8> = values.iter().flat_map(|value| form.number(*value, size)).collect();
        if value.len() > place_bytes {
            let place = file.len() as u64;
            file.extend_from_slice(&value);
            value = form.number(place, place_bytes);
        }
        value.resize(place_bytes, 0);
        let head = [form.number(tag.into(), 2), form.number(kind.into(), 2)].concat();
        entries.extend([head, form.number(values.len() as u64, place_bytes), value].concat());
    }
    let directory = file.len() as u64;
    file[place_at..place_at + place_bytes].copy_from_slice(&form.number(directory, place_bytes));
    file.extend([count, entries, form.number(0, place_bytes)].concat());
    file
}

/// The tags that every picture here has.
pub fn tags(bits: u64, photometric: u64, samples: u64, compression: u64) -> Vec<Tag> {
    vec![
        (256, 4, vec![WIDTH.into()]),
        (257, 4, vec![HEIGHT.into()]),
        (258, 3, vec![bits; samples as usize]),
        (259, 3, vec![compression]),
        (262, 3, vec![photometric]),
        (277, 3, vec![samples]),
    ]
}

/// Tiles of `side` from rows of `WIDTH` pixels of so many bytes, padded.
pub fn tiles(data: &[u8], pixel: usize, side: usize) -> Vec<Vec<u8>> {
    let (width, height) = (WIDTH as usize, HEIGHT as usize);
    let mut tiles = Vec::new();
    for top in (0..height).step_by(side) {
        for left in (0..width).step_by(side) {
            let mut tile = vec![99; side * side * pixel];
            for y in 0..side.min(height - top) {
                let across = side.min(width - left) * pixel;
                let from = ((top + y) * width + left) * pixel;
                tile[y * side * pixel..][..across].copy_from_slice(&data[from..from + across]);
            }
            tiles.push(tile);
        }
    }
    tiles
}
