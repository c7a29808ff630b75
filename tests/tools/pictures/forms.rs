//! Every format, depth and orientation that is read.

use super::made::{self, HEIGHT, LITTLE, Tag, TiffForm, WIDTH};
use super::{holds, read};
use haidang::pack::tiles::rows::{Held, Note, RowsError};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage};
use png::{BitDepth, ColorType};
use std::io::Cursor;
use std::path::Path;
use tiff::encoder::{TiffEncoder, colortype, compression::DeflateLevel};
use tiff::tags::Predictor;

const SIZE: (u32, u32) = (WIDTH, HEIGHT);

fn jpeg(data: &[u8], colours: ExtendedColorType, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 98);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).expect("exif");
    }
    encoder.write_image(data, WIDTH, HEIGHT, colours).expect("written");
    bytes
}

fn webp(data: &[u8], colours: ExtendedColorType, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).expect("exif");
    }
    encoder.write_image(data, WIDTH, HEIGHT, colours).expect("written");
    bytes
}

/// Colours with an alpha of their own each, and what they are on white.
fn transparent() -> (Vec<u8>, Vec<u8>) {
    let alpha = |at: usize| (at * 5 % 256) as u8;
    let laid = |value: u8, alpha: u8| {
        let alpha = f64::from(alpha) / 255.0;
        (f64::from(value) * alpha + 255.0 * (1.0 - alpha)).round() as u8
    };
    let pixels: Vec<[u8; 3]> = made::rgb().as_chunks::<3>().0.to_vec();
    let pixels = || pixels.iter().enumerate();
    let straight = pixels().flat_map(|(at, [r, g, b])| [*r, *g, *b, alpha(at)]).collect();
    (straight, pixels().flat_map(|(at, pixel)| pixel.map(|value| laid(value, alpha(at)))).collect())
}

#[test]
fn png_of_every_depth() {
    let (grey, rgb, (rgba, laid)) = (made::grey(), made::rgb(), transparent());
    let plain = |_: &mut png::Info<'_>| {};
    holds("grey", &made::png(ColorType::Grayscale, BitDepth::Eight, &grey, plain), SIZE, &made::as_rgb(&grey), 0);
    holds("rgb", &made::png(ColorType::Rgb, BitDepth::Eight, &rgb, plain), SIZE, &rgb, 0);
    holds("rgba", &made::png(ColorType::Rgba, BitDepth::Eight, &rgba, plain), SIZE, &laid, 0);
    holds("interlaced", &made::interlaced(&rgb), SIZE, &rgb, 0);
    for (depth, bits) in [(BitDepth::One, 1), (BitDepth::Two, 2), (BitDepth::Four, 4)] {
        let values: Vec<u8> = grey.iter().map(|value| value >> (8 - bits)).collect();
        let packed = made::packed(&values, WIDTH as usize, bits);
        let full: Vec<u8> = values.iter().map(|value| value * (255 / ((1u16 << bits) - 1) as u8)).collect();
        let name = format!("{bits} bits");
        holds(&name, &made::png(ColorType::Grayscale, depth, &packed, plain), SIZE, &made::as_rgb(&full), 0);
        let palette: Vec<u8> = (0..48).map(|at| at * 5).collect();
        let coloured: Vec<u8> = values.iter().flat_map(|v| [v * 15, v * 15 + 5, v * 15 + 10]).collect();
        let add = |info: &mut png::Info<'_>| info.palette = Some(palette[..3 << bits].to_vec().into());
        holds(&name, &made::png(ColorType::Indexed, depth, &packed, add), SIZE, &coloured, 0);
    }
}

#[test]
fn sixteen_bits_are_rounded() {
    // 128 is 0.498 of 257: just not the next value; 129 is.
    let wide = |value: u8, more: u16| (u16::from(value) * 257 + more).to_be_bytes();
    for (more, step) in [(0, 0), (128, 0), (129, 1)] {
        let rgb: Vec<u8> = made::rgb().iter().map(|value| value.min(&254)).copied().collect();
        let data: Vec<u8> = rgb.iter().flat_map(|value| wide(*value, more)).collect();
        let expected: Vec<u8> = rgb.iter().map(|value| value + step).collect();
        let name = format!("png {more}");
        holds(&name, &made::png(ColorType::Rgb, BitDepth::Sixteen, &data, |_| {}), SIZE, &expected, 0);
        let big_endian = TiffForm { big_endian: true, big: false };
        let tiff = made::tiff(big_endian, &made::tags(16, 2, 3, 1), false, &[data]);
        holds(&format!("tiff {more}"), &tiff, SIZE, &expected, 0);
    }
}

#[test]
fn jpeg_and_webp() {
    let (grey, rgb, (rgba, laid)) = (made::grey(), made::rgb(), transparent());
    holds("grey", &jpeg(&grey, ExtendedColorType::L8, None), SIZE, &made::as_rgb(&grey), 4);
    holds("rgb", &jpeg(&rgb, ExtendedColorType::Rgb8, None), SIZE, &rgb, 12);
    holds("webp", &webp(&rgb, ExtendedColorType::Rgb8, None), SIZE, &rgb, 0);
    holds("webp with alpha", &webp(&rgba, ExtendedColorType::Rgba8, None), SIZE, &laid, 0);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures");
    // From red at the top to blue at the bottom.
    let falling: Vec<u8> = (0..16u16).flat_map(|y| [255 - y * 17, 0, y * 17].map(|v| v as u8).repeat(24)).collect();
    let progressive = std::fs::read(fixtures.join("progressive.jpg")).expect("fixture");
    holds("progressive", &progressive, (24, 16), &falling, 12);
    let inks = read(&std::fs::read(fixtures.join("inks.jpg")).expect("fixture")).expect("read");
    assert_eq!(inks.notes, [Note::InksWithoutProfile]);
    assert!(inks.rgb.iter().zip(&falling).all(|(a, b)| a.abs_diff(*b) <= 12), "{:?}", inks.rgb);
}

fn encoded<C>(data: &[C::Inner], predictor: Predictor, compression: tiff::encoder::Compression) -> Vec<u8>
where
    C: colortype::ColorType,
    [C::Inner]: tiff::encoder::TiffValue,
{
    let mut bytes = Cursor::new(Vec::new());
    let encoder = TiffEncoder::new(&mut bytes).expect("encoder");
    let mut encoder = encoder.with_predictor(predictor).with_compression(compression);
    let mut image = encoder.new_image::<C>(WIDTH, HEIGHT).expect("image");
    image.rows_per_strip(4).expect("strips");
    image.write_data(data).expect("written");
    bytes.into_inner()
}

#[test]
fn tiff_as_another_encoder_writes_it() {
    use tiff::encoder::Compression::{Deflate, Lzw, Packbits, Uncompressed};
    let (grey, rgb, (rgba, laid)) = (made::grey(), made::rgb(), transparent());
    let wide: Vec<u16> = rgb.iter().map(|value| u16::from(*value) * 257).collect();
    for (name, compression) in
        [("none", Uncompressed), ("LZW", Lzw), ("PackBits", Packbits), ("deflate", Deflate(DeflateLevel::Fast))]
    {
        for predictor in [Predictor::None, Predictor::Horizontal] {
            let name = format!("{name} {predictor:?}");
            holds(&name, &encoded::<colortype::RGB8>(&rgb, predictor, compression), SIZE, &rgb, 0);
            holds(&name, &encoded::<colortype::RGB16>(&wide, predictor, compression), SIZE, &rgb, 0);
            holds(&name, &encoded::<colortype::Gray8>(&grey, predictor, compression), SIZE, &made::as_rgb(&grey), 0);
        }
    }
    let inks: Vec<u8> = rgb.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [255 - r, 255 - g, 255 - b, 0]).collect();
    let cmyk = read(&encoded::<colortype::CMYK8>(&inks, Predictor::None, Lzw)).expect("read");
    assert_eq!((cmyk.rgb, cmyk.notes), (rgb.clone(), vec![Note::InksWithoutProfile]));
    let mut big = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new_big(&mut big).expect("encoder");
    encoder.write_image::<colortype::RGB8>(WIDTH, HEIGHT, &rgb).expect("written");
    holds("BigTIFF", big.get_ref(), SIZE, &rgb, 0);
    let mut tags = made::tags(8, 2, 4, 1);
    tags.push((338, 3, vec![2]));
    holds("alpha", &made::tiff(LITTLE, &tags, false, std::slice::from_ref(&rgba)), SIZE, &laid, 0);
    let multiplied: Vec<u8> = rgba
        .as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[r, g, b, a]| [*r, *g, *b, 255].map(|v| ((u16::from(v) * u16::from(*a) + 127) / 255) as u8))
        .collect();
    *tags.last_mut().expect("a tag") = (338, 3, vec![1]);
    holds("multiplied alpha", &made::tiff(LITTLE, &tags, false, &[multiplied]), SIZE, &laid, 1);
}

#[test]
fn tiff_of_unusual_forms() {
    let (grey, rgb) = (made::grey(), made::rgb());
    for form in [(false, false), (true, false), (false, true), (true, true)] {
        let form = TiffForm { big_endian: form.0, big: form.1 };
        let name = format!("{form:?}");
        let mut tags = made::tags(8, 2, 3, 1);
        tags.extend([(322, 3, vec![16]), (323, 3, vec![16])]);
        holds(&name, &made::tiff(form, &tags, true, &made::tiles(&rgb, 3, 16)), SIZE, &rgb, 0);
        let wide: Vec<u8> = rgb.iter().flat_map(|value| form.number(u64::from(*value) * 257, 2)).collect();
        tags[2] = (258, 3, vec![16; 3]);
        tags[3] = (259, 3, vec![8]);
        let tiles = made::tiles(&wide, 6, 16).iter().map(|tile| made::zlib(tile)).collect::<Vec<_>>();
        holds(&name, &made::tiff(form, &tags, true, &tiles), SIZE, &rgb, 0);
    }
    let planes: Vec<Vec<u8>> = (0..3).map(|plane| rgb.iter().skip(plane).step_by(3).copied().collect()).collect();
    let mut tags = made::tags(8, 2, 3, 1);
    tags.push((284, 3, vec![2]));
    holds("planes", &made::tiff(LITTLE, &tags, false, &planes), SIZE, &rgb, 0);
    let more: Vec<u8> = rgb.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 77, 78]).collect();
    let mut tags = made::tags(8, 2, 5, 1);
    tags.push((338, 3, vec![0, 0]));
    holds("samples that mean nothing", &made::tiff(LITTLE, &tags, false, &[more]), SIZE, &rgb, 0);
    for bits in [1, 2, 4] {
        let values: Vec<u8> = grey.iter().map(|value| value >> (8 - bits)).collect();
        let packed = made::packed(&values, WIDTH as usize, bits);
        let step = 255 / ((1u16 << bits) - 1) as u8;
        let (full, inverse): (Vec<u8>, Vec<u8>) = values.iter().map(|v| (v * step, 255 - v * step)).unzip();
        let tags = |photometric| made::tags(bits as u64, photometric, 1, 1);
        let black_is_zero = made::tiff(LITTLE, &tags(1), false, std::slice::from_ref(&packed));
        holds(&format!("{bits} bits"), &black_is_zero, SIZE, &made::as_rgb(&full), 0);
        let reversed: Vec<u8> = packed.iter().map(|byte| byte.reverse_bits()).collect();
        let tags = [&tags(0)[..], &[(266, 3, vec![2])]].concat();
        let white_is_zero = made::tiff(LITTLE, &tags, false, &[reversed]);
        holds(&format!("{bits} bits, reversed"), &white_is_zero, SIZE, &made::as_rgb(&inverse), 0);
    }
    let palette = (0..768).map(|at| (at % 256) * 200 + at / 256 * 257).collect();
    let tags = [&made::tags(8, 3, 1, 1)[..], &[(320, 3, palette)]].concat();
    let colour = |v: &u8| [0, 1, 2].map(|c| ((f64::from(*v) * 200.0 + f64::from(c) * 257.0) / 257.0).round() as u8);
    let coloured: Vec<u8> = grey.iter().flat_map(colour).collect();
    holds("palette", &made::tiff(LITTLE, &tags, false, &[grey]), SIZE, &coloured, 0);
}

#[test]
fn tiff_of_jpeg() {
    let (grey, rgb) = (made::grey(), made::rgb());
    let coded = jpeg(&rgb, ExtendedColorType::Rgb8, None);
    let ycc = made::tiff(LITTLE, &made::tags(8, 6, 3, 7), false, std::slice::from_ref(&coded));
    holds("luma and chroma", &ycc, SIZE, &rgb, 12);
    // Tables on their own, as most writers have them: all up to the frame.
    let frame = coded.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    let tables: Vec<u64> = coded[..frame].iter().chain(&[0xff, 0xd9]).map(|byte| u64::from(*byte)).collect();
    let tags = [&made::tags(8, 6, 3, 7)[..], &[(347, 7, tables)]].concat();
    let bare = [&[0xff, 0xd8], &coded[frame..]].concat();
    // Huffman tables come after the frame here; only the quantisation tables are shared.
    holds("shared tables", &made::tiff(LITTLE, &tags, false, &[bare]), SIZE, &rgb, 12);
    let grey_file = made::tiff(LITTLE, &made::tags(8, 1, 1, 7), false, &[jpeg(&grey, ExtendedColorType::L8, None)]);
    holds("grey", &grey_file, SIZE, &made::as_rgb(&grey), 4);
}

#[test]
fn pictures_are_turned_as_they_are_meant() {
    let rgb = made::rgb();
    let whole = RgbImage::from_raw(WIDTH, HEIGHT, rgb.clone()).expect("picture");
    for value in 1..=8 {
        let orientation = Orientation::from_exif(value).expect("known");
        let mut turned = DynamicImage::from(whole.clone());
        turned.apply_orientation(orientation);
        let (size, expected) = ((turned.width(), turned.height()), turned.into_rgb8().into_raw());
        let name = format!("orientation {value}");
        let exif = || Some(made::exif(value));
        let add = |info: &mut png::Info<'_>| info.exif_metadata = exif().map(Into::into);
        holds(&name, &made::png(ColorType::Rgb, BitDepth::Eight, &rgb, add), size, &expected, 0);
        holds(&name, &webp(&rgb, ExtendedColorType::Rgb8, exif()), size, &expected, 0);
        holds(&name, &jpeg(&rgb, ExtendedColorType::Rgb8, exif()), size, &expected, 12);
        let tags = [&made::tags(8, 2, 3, 1)[..], &[(274, 3, vec![u64::from(value)])]].concat();
        let tiff = made::tiff(LITTLE, &tags, false, std::slice::from_ref(&rgb));
        holds(&name, &tiff, size, &expected, 0);
    }
}

#[test]
fn a_picture_that_is_too_large_to_turn_is_told_so() {
    let mut tags: Vec<Tag> = made::tags(8, 2, 3, 1);
    tags[0] = (256, 4, vec![50_000]);
    tags[1] = (257, 4, vec![50_000]);
    tags.push((274, 3, vec![6]));
    let error = read(&made::tiff(LITTLE, &tags, false, &[vec![0; 100]])).expect_err("too large");
    assert!(matches!(error, RowsError::TooLargeToHold { why: Held::Turned, needed_mb: 7_152, .. }), "{error}");
    tags.pop();
    let error = read(&made::tiff(LITTLE, &tags, false, &[vec![0; 100]])).expect_err("no rows");
    assert!(matches!(error, RowsError::EndsEarly { row: 0 }), "{error}");
}

#[test]
fn what_is_not_read_is_told_by_name() {
    let cases: [(&str, Vec<Tag>); 7] = [
        ("small copy", [&made::tags(8, 2, 3, 1)[..], &[(254, 4, vec![1])]].concat()),
        ("floating-point", [&made::tags(16, 2, 3, 1)[..], &[(339, 3, vec![3; 3])]].concat()),
        ("32 bits", made::tags(32, 2, 3, 1)),
        ("fax", made::tags(1, 0, 1, 4)),
        ("Zstandard", made::tags(8, 2, 3, 50_000)),
        ("L*a*b*", made::tags(8, 8, 3, 1)),
        ("subsampled", made::tags(8, 6, 3, 1)),
    ];
    for (word, tags) in cases {
        let error = read(&made::tiff(LITTLE, &tags, false, &[made::rgb()])).expect_err(word);
        assert!(matches!(&error, RowsError::Unsupported(what) if what.contains(word)), "{word}: {error}");
    }
    for (word, bytes) in [("BMP", &b"BM\0\0"[..]), ("GIF", b"GIF89a"), ("HEIF", b"\0\0\0 ftypheic"), ("empty", b"")] {
        let error = read(bytes).expect_err(word);
        assert!(matches!(&error, RowsError::Format(what) if what.contains(word)), "{word}: {error}");
    }
}

#[test]
fn the_first_of_several_pictures_is_read() {
    let rgb = made::rgb();
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).expect("encoder");
    encoder.write_image::<colortype::RGB8>(WIDTH, HEIGHT, &rgb).expect("written");
    encoder.write_image::<colortype::Gray8>(WIDTH, HEIGHT, &made::grey()).expect("written");
    let read = read(&bytes.into_inner()).expect("read");
    assert_eq!((read.rgb, read.notes), (rgb, vec![Note::MorePictures]));
}
