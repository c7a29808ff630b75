//! Colour profiles: a picture is shown as its maker saw it, and a broken profile is no reason to show none.

use super::made::{self, HEIGHT, LITTLE, WIDTH};
use super::{holds, read};
use haidang::pack::tiles::rows::Note;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use moxcms::ColorProfile;
use png::{BitDepth, ColorType};

const SIZE: (u32, u32) = (WIDTH, HEIGHT);

/// sRGB but for red and blue, which are exchanged: what it does is seen in every pixel.
fn exchanging() -> Vec<u8> {
    let mut profile = ColorProfile::new_srgb();
    profile.cicp = None;
    std::mem::swap(&mut profile.red_colorant, &mut profile.blue_colorant);
    profile.encode().expect("profile")
}

fn exchanged(rgb: &[u8]) -> Vec<u8> {
    rgb.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*b, *g, *r]).collect()
}

fn tiff_with(profile: &[u8], bits: u64, photometric: u64, samples: u64, data: Vec<u8>) -> Vec<u8> {
    let profile = profile.iter().map(|byte| u64::from(*byte)).collect();
    let tags = [&made::tags(bits, photometric, samples, 1)[..], &[(34_675, 7, profile)]].concat();
    made::tiff(LITTLE, &tags, false, &[data])
}

#[test]
fn a_profile_is_used_in_every_format() {
    let (rgb, profile) = (made::rgb(), exchanging());
    let expected = exchanged(&rgb);
    let add = |info: &mut png::Info<'_>| info.icc_profile = Some(profile.clone().into());
    holds("png", &made::png(ColorType::Rgb, BitDepth::Eight, &rgb, add), SIZE, &expected, 1);
    holds("tiff", &tiff_with(&profile, 8, 2, 3, rgb.clone()), SIZE, &expected, 1);
    let wide: Vec<u8> = rgb.iter().flat_map(|value| (u16::from(*value) * 257).to_le_bytes()).collect();
    holds("tiff of 16 bits", &tiff_with(&profile, 16, 2, 3, wide), SIZE, &expected, 1);
    let mut webp = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_icc_profile(profile.clone()).expect("profile");
    encoder.write_image(&rgb, WIDTH, HEIGHT, ExtendedColorType::Rgb8).expect("written");
    holds("webp", &webp, SIZE, &expected, 1);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 98);
    encoder.set_icc_profile(profile.clone()).expect("profile");
    encoder.write_image(&rgb, WIDTH, HEIGHT, ExtendedColorType::Rgb8).expect("written");
    holds("jpeg", &jpeg, SIZE, &expected, 14);
}

#[test]
fn colours_are_converted_before_they_are_laid_on_white() {
    let (rgb, profile) = (made::rgb(), exchanging());
    let half: Vec<u8> = rgb.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 51]).collect();
    let expected: Vec<u8> =
        exchanged(&rgb).iter().map(|value| (u16::from(*value) + 4 * 255).div_ceil(5) as u8).collect();
    let add = |info: &mut png::Info<'_>| info.icc_profile = Some(profile.clone().into());
    holds("alpha", &made::png(ColorType::Rgba, BitDepth::Eight, &half, add), SIZE, &expected, 1);
}

#[test]
fn grey_has_profiles_too() {
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().expect("profile");
    let grey = made::grey();
    let srgb = |value: &u8| {
        let light = f64::from(*value) / 255.0;
        let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (value * 255.0).round() as u8
    };
    let expected: Vec<u8> = grey.iter().map(srgb).collect();
    holds("grey", &tiff_with(&linear, 8, 1, 1, grey), SIZE, &made::as_rgb(&expected), 1);
}

/// A profile of four inks by a table of two steps an ink: cyan alone is green, all else is as dark as its ink is.
fn of_inks() -> Vec<u8> {
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    for row in 0..3 {
        table.extend((0..3).flat_map(|column| if row == column { [0, 1, 0, 0] } else { [0; 4] }));
    }
    table.extend((0..4).flat_map(|_| 0..=255u8));
    for corner in 0..16u8 {
        // Lightness, then a* and b* around 128; the last ink, black, turns fastest.
        let colour = match corner {
            0 => [255, 128, 128],
            8 => [150, 64, 192],
            _ => [0, 128, 128],
        };
        table.extend(colour);
    }
    table.extend((0..3).flat_map(|_| 0..=255u8));
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    for (at, word) in [(12, b"prtr"), (16, b"CMYK"), (20, b"Lab "), (36, b"acsp")] {
        profile[at..at + 4].copy_from_slice(word);
    }
    profile[68..80].copy_from_slice(&[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
    profile.extend([0, 0, 0, 1]);
    profile.extend(b"A2B0");
    profile.extend(144u32.to_be_bytes());
    profile.extend((table.len() as u32).to_be_bytes());
    profile.extend(&table);
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

#[test]
fn inks_are_mixed_by_their_profile() {
    let inks = made::pixels(|x, _| match x % 3 {
        0 => [0, 0, 0, 0],
        1 => [255, 0, 0, 0],
        _ => [0, 0, 0, 255],
    });
    let read = read(&tiff_with(&of_inks(), 8, 5, 4, inks)).expect("read");
    assert_eq!(read.notes, []);
    let [paper, cyan, black] = [0, 1, 2].map(|x| [read.rgb[x * 3], read.rgb[x * 3 + 1], read.rgb[x * 3 + 2]]);
    assert!(paper.iter().all(|v| *v > 250) && black.iter().all(|v| *v < 5), "{paper:?} {black:?}");
    // Without the profile it would be cyan.
    assert!(cyan[1] > cyan[0] + 100 && cyan[1] > cyan[2] + 100, "{cyan:?}");
}

#[test]
fn a_profile_that_cannot_be_used_is_told_and_left() {
    let (rgb, good) = (made::rgb(), exchanging());
    let grey = ColorProfile::new_gray_with_gamma(2.2).encode().expect("profile");
    for (name, profile) in [("cut", &good[..200]), ("empty", &[]), ("text", &b"not a profile"[..]), ("grey", &grey)] {
        let read = read(&tiff_with(profile, 8, 2, 3, rgb.clone())).expect("read");
        assert!(matches!(&read.notes[..], [Note::ProfileIgnored(_)]), "{name}: {:?}", read.notes);
        assert_eq!(read.rgb, rgb, "{name}");
    }
}
