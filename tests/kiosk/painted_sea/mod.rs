//! The gate of today's sea as it is painted: what a picture of the window shows of the islets, of the open sea and of
//! the archipelagos' names. It knows colours and where places are, and nothing of how the kiosk draws.

pub mod colours;
mod names;
mod water;
mod window;

pub use names::long_names;
pub use water::open_sea;
pub use window::looked_at;

use colours::{COAST, is_near, of_bytes};
use haidang::sea::View;
use image::RgbImage;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;
use window::{Free, between, middle};

struct Place {
    id: String,
    /// `hoang-sa`, `truong-sa` or `coast`.
    group: String,
    degrees: [f64; 2],
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/geodata/places.json");
    let listed: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("places")).expect("a list of places");
    let text = |place: &Value, key: &str| place[key].as_str().expect("text of a place").to_owned();
    let number = |place: &Value, key: &str| place[key].as_f64().expect("number of a place");
    let place = |p: &Value| Place {
        id: text(p, "id"),
        group: text(p, "group").split('/').next().unwrap_or_default().to_owned(),
        degrees: [number(p, "lon"), number(p, "lat")],
    };
    listed.iter().map(place).collect()
});

/// Everything that is wrong with a picture of a view; an empty list is a pass.
pub fn faults_of(picture: &RgbImage, view: &View) -> Vec<String> {
    let Some(free) = Free::of(picture) else {
        return vec!["the plate or the card is not where this gate looks for it".to_owned()];
    };
    let mut faults = faults_of_islets(picture, view, &free);
    faults.extend(water::faults(picture, view, &free));
    faults.extend(names::faults(picture, view, &free));
    faults
}

/// Islets in the free part of the window, and where they are.
fn shown_islets<'a>(view: &'a View, free: &'a Free) -> impl Iterator<Item = (&'static Place, [f64; 2])> + 'a {
    let islets = PLACES.iter().filter(|place| place.group != "coast");
    islets.map(move |place| (place, view.pixel_of_degrees(place.degrees))).filter(move |(_, at)| free.shows(*at))
}

/// Symbols of neighbours may overlap, but each leaves some blue at its own place.
fn faults_of_islets(picture: &RgbImage, view: &View, free: &Free) -> Vec<String> {
    let is_blue = |[x, y]: [u32; 2]| is_near(picture.get_pixel(x, y).0, &of_bytes(COAST), 24.0);
    let has_symbol = |at: [f64; 2]| {
        let [left, top] = at.map(|side| side as u32 - 4);
        let near = (top..top + 9).flat_map(|y| (left..left + 9).map(move |x| [x, y]));
        near.filter(|pixel| between(middle(*pixel), at) <= 3.0 && is_blue(*pixel)).count() >= 2
    };
    let missing = shown_islets(view, free).filter(|(_, at)| !has_symbol(*at));
    missing.map(|(place, [x, y])| format!("islet {} is not at {x:.0}, {y:.0}", place.id)).collect()
}

/// Islets in the free part of the window that stand alone, so that painting one over touches no other.
pub fn lonely_islets(picture: &RgbImage, view: &View) -> Vec<(String, [f64; 2])> {
    let Some(free) = Free::of(picture) else { return Vec::new() };
    let is_lonely = |id: &str, at: [f64; 2]| {
        let mut others = PLACES.iter().filter(|other| other.id != id);
        others.all(|other| between(view.pixel_of_degrees(other.degrees), at) > 24.0)
    };
    let lonely = shown_islets(view, &free).filter(|(place, at)| is_lonely(&place.id, *at));
    lonely.map(|(place, at)| (place.id.clone(), at)).collect()
}
