//! The archipelagos' names: long dark writing on paper, near the islets that it names.

use super::window::{Free, middle, pixels};
use super::{PLACES, shown_islets};
use haidang::sea::{Rect, View};
use image::RgbImage;
use std::collections::HashSet;
use std::ops::RangeInclusive;

const ARCHIPELAGOS: [&str; 2] = ["hoang-sa", "truong-sa"];
/// A name is so long and high, and so near to its islets. Measured: 248 to 260 by 27; names of islets and towns are
/// 160 long at most.
const LENGTH_PIXELS: f64 = 180.0;
const HEIGHT_PIXELS: RangeInclusive<f64> = 16.0..=44.0;
const NEAR_PIXELS: f64 = 200.0;
/// “Quần đảo Trường Sa” is longer than “Quần đảo Hoàng Sa” by so much at least. Measured: 10 to 12.
const LONGER_PIXELS: f64 = 4.0;
/// Dark pixels so far apart, across and down, still belong to one line of writing.
const APART_PIXELS: [u32; 2] = [13, 4];
/// In percent of what the writing covers. Measured: 66 and more.
const LEAST_PAPER: u32 = 45;

fn length(name: &Rect) -> f64 {
    name.right - name.left
}

/// Lines of dark writing on paper that are as long as an archipelago's name, the shortest first.
pub fn long_names(picture: &RgbImage) -> Vec<Rect> {
    Free::of(picture).map_or_else(Vec::new, |free| free_long_names(picture, &free))
}

fn free_long_names(picture: &RgbImage, free: &Free) -> Vec<Rect> {
    let is_dark = |[x, y]: [u32; 2]| picture.get_pixel(x, y).0.iter().all(|channel| *channel < 70);
    let mut ink: HashSet<[u32; 2]> = pixels().filter(|at| is_dark(*at) && !free.is_on_card(middle(*at))).collect();
    let mut names = Vec::new();
    for at in pixels() {
        if ink.remove(&at) {
            names.push(written_about(&mut ink, at));
        }
    }
    names.retain(|name| length(name) >= LENGTH_PIXELS && HEIGHT_PIXELS.contains(&(name.bottom - name.top)));
    names.retain(|name| stands_on_paper(picture, name));
    names.sort_by(|a, b| length(a).total_cmp(&length(b)));
    names
}

/// Takes the line of writing that begins with a dark pixel out of the ink.
fn written_about(ink: &mut HashSet<[u32; 2]>, start: [u32; 2]) -> Rect {
    let [across, down] = APART_PIXELS;
    let mut name = Rect::around(middle(start), [1.0, 1.0]);
    let mut waiting = vec![start];
    while let Some([x, y]) = waiting.pop() {
        name = name.joined(&Rect::around(middle([x, y]), [1.0, 1.0]));
        for next_y in y.saturating_sub(down)..=y + down {
            for next_x in x.saturating_sub(across)..=x + across {
                if ink.remove(&[next_x, next_y]) {
                    waiting.push([next_x, next_y]);
                }
            }
        }
    }
    name
}

fn stands_on_paper(picture: &RgbImage, name: &Rect) -> bool {
    let (across, down) = (name.left as u32..name.right as u32, name.top as u32..name.bottom as u32);
    let (mut count, mut light) = (0, 0);
    for [x, y] in down.flat_map(|y| across.clone().map(move |x| [x, y])) {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        count += 1;
        light += u32::from(red > 225 && green > 220 && blue > 205);
    }
    light * 100 > count * LEAST_PAPER
}

/// Each archipelago with an islet in the free part of the window has a name of its own near by.
pub fn faults(picture: &RgbImage, view: &View, free: &Free) -> Vec<String> {
    let names = free_long_names(picture, free);
    let shown: Vec<(&str, Rect)> =
        ARCHIPELAGOS.into_iter().filter_map(|id| Some((id, seen_of(id, view, free)?))).collect();
    if names.len() < shown.len() {
        return vec![format!("{} archipelagos are shown, but {} of their names", shown.len(), names.len())];
    }
    let mut faults = Vec::new();
    if let (2, [shortest, .., longest]) = (shown.len(), &names[..])
        && length(longest) - length(shortest) < LONGER_PIXELS
    {
        faults.push("one archipelago's name stands for both".to_owned());
    }
    for (index, (id, seen)) in shown.iter().enumerate() {
        let own = match (shown.len(), index) {
            (2, 0) => &names[..1],
            (2, _) => &names[names.len() - 1..],
            _ => &names[..],
        };
        if !own.iter().any(|name| name.overlaps(&seen.grown(NEAR_PIXELS))) {
            faults.push(format!("the name of {id} is not near its islets"));
        }
    }
    faults
}

/// What an archipelago takes of the window, when one of its islets is in the free part of it.
fn seen_of(id: &str, view: &View, free: &Free) -> Option<Rect> {
    shown_islets(view, free).find(|(place, _)| place.group == id)?;
    let islets = PLACES.iter().filter(|place| place.group == id);
    let in_window = islets.map(|place| view.pixel_of_degrees(place.degrees)).filter(|at| view.rect().holds(*at));
    in_window.map(|at| Rect::new(at, [0.0, 0.0])).reduce(|a, b| a.joined(&b))
}
