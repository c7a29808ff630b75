//! The open sea: nothing but water, its shallows and the graticule, and names that are written there.

use super::PLACES;
use super::colours::{CHIPS, LETTERS_ON_WATER, SEA, WATER, WATER_UNDER_LINES, is_one_of};
use super::window::{Free, WINDOW, between, middle, pixels};
use haidang::base::mercator::WORLD_WIDTH_METRES;
use haidang::sea::gate::probe_points;
use haidang::sea::graticule::graticule;
use haidang::sea::{View, frame};
use image::RgbImage;
use std::collections::HashSet;

/// Side of the gate's squares of open sea. Every point of one is at least so far from coasts and islets.
const SQUARE_DEGREES: f64 = 0.25;
const CLEAR_DEGREES: f64 = 0.17;
/// Strokes of coasts reach less far into the sea; so do symbols with their rims.
const STROKE_PIXELS: f64 = 5.0;
const SYMBOL_PIXELS: f64 = 12.5;
/// A pixel belongs to a name when such a part of the square about it is the name's ground.
const AROUND_PIXELS: u32 = 9;
const CHIP_AROUND: f64 = 0.12;
/// The sea's own name is no larger. Measured: 197 by 28.
const LETTERS_PIXELS: [u32; 2] = [240, 50];

/// Pixels of the free part of the window that lie on open sea, so far from coasts that none of their strokes reaches.
pub fn open_sea(picture: &RgbImage, view: &View) -> Vec<[u32; 2]> {
    Free::of(picture).map_or_else(Vec::new, |free| free_open_sea(view, &free))
}

fn free_open_sea(view: &View, free: &Free) -> Vec<[u32; 2]> {
    let pixels_per_degree = WORLD_WIDTH_METRES / 360.0 / view.metres_per_pixel;
    let reach = |squares: i32| (SQUARE_DEGREES * f64::from(squares)).max(CLEAR_DEGREES) * pixels_per_degree;
    let around = (0..100).find(|squares| reach(*squares) >= STROKE_PIXELS).unwrap_or(100);
    let square = |degrees: f64| (degrees / SQUARE_DEGREES).floor() as i32;
    let open: HashSet<[i32; 2]> = probe_points().into_iter().map(|probe| probe.map(square)).collect();
    let is_far = |at: &&[i32; 2]| {
        let mut beside = (-around..=around).flat_map(|x| (-around..=around).map(move |y| [x, y]));
        beside.all(|[x, y]| open.contains(&[at[0] + x, at[1] + y]))
    };
    let far: HashSet<[i32; 2]> = open.iter().filter(is_far).copied().collect();
    let columns: Vec<i32> = (0..WINDOW[0]).map(|x| square(view.degrees_of_pixel(middle([x, 0]))[0])).collect();
    let rows: Vec<i32> = (0..WINDOW[1]).map(|y| square(view.degrees_of_pixel(middle([0, y]))[1])).collect();
    let is_open = |[x, y]: [u32; 2]| far.contains(&[columns[x as usize], rows[y as usize]]);
    pixels().filter(|at| is_open(*at) && free.shows(middle(*at))).collect()
}

pub fn faults(picture: &RgbImage, view: &View, free: &Free) -> Vec<String> {
    let colour = |[x, y]: [u32; 2]| picture.get_pixel(x, y).0;
    let (lines, chips) = (Lines::of(view), Chips::of(picture));
    let symbols: Vec<[f64; 2]> = PLACES.iter().map(|place| view.pixel_of_degrees(place.degrees)).collect();
    let is_of_symbol = |at: [u32; 2]| symbols.iter().any(|symbol| between(*symbol, middle(at)) <= SYMBOL_PIXELS);
    let is_line = |at: [u32; 2]| lines.hold(middle(at)) && is_one_of(colour(at), &WATER_UNDER_LINES, 5.0);
    let mut strange = free_open_sea(view, free);
    strange.retain(|at| colour(*at) != SEA && !is_one_of(colour(*at), &WATER, 4.0));
    strange.retain(|at| !is_line(*at) && !is_of_symbol(*at) && chips.share_about(*at) < CHIP_AROUND);
    let (letters, strange): (Vec<[u32; 2]>, Vec<[u32; 2]>) =
        strange.into_iter().partition(|at| is_one_of(colour(*at), &LETTERS_ON_WATER, 9.0));
    let side = |axis: usize| {
        let along = || letters.iter().map(|at| at[axis]);
        along().max().unwrap_or(0) - along().min().unwrap_or(0)
    };
    let mut faults = Vec::new();
    if side(0) >= LETTERS_PIXELS[0] || side(1) >= LETTERS_PIXELS[1] {
        let ends: Vec<_> =
            letters.iter().take(3).chain(letters.iter().rev().take(3)).map(|at| (at, colour(*at))).collect();
        let spread = format!("{} by {} pixels", side(0), side(1));
        faults.push(format!("what looks like letters is spread over {spread} of open sea, such as {ends:?}"));
    }
    if let Some(at) = strange.first() {
        let (count, colour) = (strange.len(), colour(*at));
        faults.push(format!("{count} pixels of open sea are no water, first {at:?} with {colour:?}"));
    }
    faults
}

/// Where the lines of the graticule lie in the window.
struct Lines {
    meridians: Vec<f64>,
    parallels: Vec<f64>,
}

impl Lines {
    fn of(view: &View) -> Self {
        let pixel = |point: [f32; 2]| view.pixel_of_mercator(frame::mercator_from_frame(point.map(f64::from)));
        let mut lines = Self { meridians: Vec::new(), parallels: Vec::new() };
        for line in graticule(view) {
            let [from, to] = [pixel(line.points[0]), pixel(line.points[1])];
            if (from[0] - to[0]).abs() < (from[1] - to[1]).abs() {
                lines.meridians.push(from[0]);
            } else {
                lines.parallels.push(from[1]);
            }
        }
        lines
    }

    fn hold(&self, [x, y]: [f64; 2]) -> bool {
        let is_on = |lines: &[f64], at: f64| lines.iter().any(|line| (line - at).abs() <= 1.6);
        is_on(&self.meridians, x) || is_on(&self.parallels, y)
    }
}

/// For each corner of a pixel: how many pixels left of and above it are the ground of a name on water.
struct Chips(Vec<u32>);

impl Chips {
    const WIDTH: usize = WINDOW[0] as usize + 1;

    fn of(picture: &RgbImage) -> Self {
        let mut sums = vec![0; Self::WIDTH * (WINDOW[1] as usize + 1)];
        for [x, y] in pixels() {
            let is_chip = is_one_of(picture.get_pixel(x, y).0, &CHIPS, 2.0);
            let above = y as usize * Self::WIDTH + x as usize;
            let below = above + Self::WIDTH;
            sums[below + 1] = u32::from(is_chip) + sums[below] + sums[above + 1] - sums[above];
        }
        Self(sums)
    }

    /// Which part of the square about a pixel is such ground.
    fn share_about(&self, [x, y]: [u32; 2]) -> f64 {
        let sum = |x: u32, y: u32| f64::from(self.0[y as usize * Self::WIDTH + x as usize]);
        let [left, top] = [x.saturating_sub(AROUND_PIXELS), y.saturating_sub(AROUND_PIXELS)];
        let [right, bottom] = [(x + AROUND_PIXELS + 1).min(WINDOW[0]), (y + AROUND_PIXELS + 1).min(WINDOW[1])];
        let count = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top);
        count / f64::from((2 * AROUND_PIXELS + 1).pow(2))
    }
}
