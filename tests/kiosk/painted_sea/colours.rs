//! The colours of a map by day, blended as the kiosk blends them.

use std::sync::LazyLock;

pub const SEA: [u8; 3] = [0xD3, 0xE1, 0xE6];
pub const COAST: [u8; 3] = [0x0E, 0x4A, 0x78];
pub const PAPER: [u8; 3] = [0xF9, 0xF2, 0xE2];
/// Laid over what is beneath by a share, and what that looks like on plain water.
const GRATICULE: [u8; 3] = [108, 147, 172];
const GRATICULE_SHARE: f64 = 0.35;
/// Where two lines cross.
const CROSSING_SHARE: f64 = 1.0 - (1.0 - GRATICULE_SHARE) * (1.0 - GRATICULE_SHARE);
pub const GRATICULE_ON_SEA: [u8; 3] = [183, 202, 212];
/// Outer and inner.
const SHALLOWS: [[u8; 3]; 2] = [[0xC4, 0xDA, 0xE5], [0xB2, 0xD0, 0xE1]];
/// The letters of the sea's own name.
const QUIET: [u8; 3] = [0x2F, 0x5F, 0x7A];
/// Paper under names, laid over what is beneath by so much.
const CHIP_SHARE: f64 = 0.82;

pub type Colour = [f64; 3];

/// Water and its shallows, and what lies between them at their soft edges.
pub static WATER: LazyLock<Vec<Colour>> = LazyLock::new(|| {
    let [outer, inner] = SHALLOWS.map(of_bytes);
    let soft = |from: Colour, to: Colour| (0..=8).map(move |step| mixed(from, to, f64::from(step) / 8.0));
    soft(of_bytes(SEA), outer).chain(soft(outer, inner)).collect()
});
pub static WATER_UNDER_LINES: LazyLock<Vec<Colour>> = LazyLock::new(|| over_water(GRATICULE, CROSSING_SHARE));
pub static LETTERS_ON_WATER: LazyLock<Vec<Colour>> = LazyLock::new(|| over_water(QUIET, 1.0));
/// The ground of names that stand on water.
pub static CHIPS: LazyLock<Vec<Colour>> =
    LazyLock::new(|| WATER.iter().map(|water| mixed(*water, of_bytes(PAPER), CHIP_SHARE)).collect());

/// From no part of a colour over water to the most.
fn over_water(colour: [u8; 3], most: f64) -> Vec<Colour> {
    let blended = |water: &Colour| {
        let (water, colour) = (*water, of_bytes(colour));
        (0..=16).map(move |step| mixed(water, colour, f64::from(step) / 16.0 * most))
    };
    WATER.iter().flat_map(blended).collect()
}

pub fn of_bytes(bytes: [u8; 3]) -> Colour {
    bytes.map(f64::from)
}

/// Light adds up and bytes do not: what is blended is blended as light.
fn mixed(from: Colour, to: Colour, share: f64) -> Colour {
    let light = |byte: f64| {
        let part = byte / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let byte = |light: f64| {
        let part = if light <= 0.0031308 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        part * 255.0
    };
    [0, 1, 2].map(|channel| byte(light(from[channel]) * (1.0 - share) + light(to[channel]) * share))
}

pub fn is_near(pixel: [u8; 3], colour: &Colour, tolerance: f64) -> bool {
    pixel.iter().zip(colour).all(|(a, b)| (f64::from(*a) - b).abs() <= tolerance)
}

pub fn is_one_of(pixel: [u8; 3], colours: &[Colour], tolerance: f64) -> bool {
    colours.iter().any(|colour| is_near(pixel, colour, tolerance))
}
