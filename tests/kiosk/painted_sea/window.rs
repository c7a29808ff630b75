//! The window that is judged: which part of the earth it shows, and where cards and bars stand before the map.

use super::colours::{PAPER, is_near, of_bytes};
use haidang::base::mercator::{WORLD_WIDTH_METRES, degrees_from_mercator, mercator_from_degrees};
use haidang::sea::{Rect, View};
use image::RgbImage;

/// In pixels, and the bar at its lower edge.
pub const WINDOW: [u32; 2] = [1280, 800];
const DOCK: f64 = 104.0;
/// The slider between today's map and the old one.
const SLIDER: Rect = Rect { left: 140.0, top: 560.0, right: 1140.0, bottom: 674.0 };
/// Points on the empty rims of the map's plate and of the card that tells its error.
const ON_CARDS: [[u32; 2]; 2] = [[44, 44], [940, 44]];
/// Cards throw soft shadows where a graphics card draws; bars do not.
const SHADOW_PIXELS: f64 = 40.0;
const RIM_PIXELS: f64 = 6.0;

pub fn middle([x, y]: [u32; 2]) -> [f64; 2] {
    [f64::from(x) + 0.5, f64::from(y) + 0.5]
}

pub fn between(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Every pixel of the window, row by row.
pub fn pixels() -> impl Iterator<Item = [u32; 2]> {
    (0..WINDOW[1]).flat_map(|y| (0..WINDOW[0]).map(move |x| [x, y]))
}

/// What `LookAtEarth` shows: the place lies in the middle of the room above the dock, as far as the earth reaches.
pub fn looked_at(longitude: f64, latitude: f64, metres_per_pixel: f64) -> View {
    assert!((25.0..60_000.0).contains(&metres_per_pixel), "the kiosk limits views beyond");
    let [width, height] = WINDOW.map(f64::from);
    let whole = WORLD_WIDTH_METRES;
    // What lies beyond the earth's edge may fill 0.35 of half a room.
    let held = |from_corner: f64, room: f64| {
        let half = room / 2.0 * metres_per_pixel;
        let inner = 0.65 * half;
        if 2.0 * half >= whole { whole / 2.0 } else { from_corner.clamp(inner, whole - inner) }
    };
    let [east, north] = mercator_from_degrees([longitude, latitude]);
    let x = held(east + whole / 2.0, width);
    // The middle of the window lies half a dock below the middle of the room.
    let y = held(whole / 2.0 - north, height - DOCK) + DOCK / 2.0 * metres_per_pixel;
    let centre = degrees_from_mercator([x - whole / 2.0, whole / 2.0 - y]);
    View { centre, metres_per_pixel, size: [width, height] }
}

/// The part of the window in which nothing stands before the map.
pub struct Free {
    /// Cards and bars as they are.
    cards: Vec<Rect>,
    /// The same with their shadows.
    covered: Vec<Rect>,
}

impl Free {
    /// `None` when the cards are not where they should be.
    pub fn of(picture: &RgbImage) -> Option<Self> {
        let [width, height] = WINDOW.map(f64::from);
        let bars = [SLIDER, Rect::new([0.0, height - DOCK], [width, DOCK])];
        let mut cards = Vec::new();
        for at in ON_CARDS {
            cards.push(card_about(picture, at)?);
        }
        let shadows = cards.iter().map(|card| card.grown(SHADOW_PIXELS));
        let covered = shadows.chain(bars.map(|bar| bar.grown(RIM_PIXELS))).collect();
        cards.extend(bars);
        Some(Self { cards, covered })
    }

    /// Is a point in the window and well clear of cards and bars?
    pub fn shows(&self, at: [f64; 2]) -> bool {
        let window = Rect::new([0.0, 0.0], WINDOW.map(f64::from));
        window.grown(-RIM_PIXELS).holds(at) && !self.covered.iter().any(|card| card.holds(at))
    }

    /// Does a point lie on a card or bar itself?
    pub fn is_on_card(&self, at: [f64; 2]) -> bool {
        self.cards.iter().any(|card| card.grown(2.0).holds(at))
    }
}

/// The card with this point on its empty rim.
fn card_about(picture: &RgbImage, [x, y]: [u32; 2]) -> Option<Rect> {
    let is_paper = |x: u32, y: u32| is_near(picture.get_pixel(x, y).0, &of_bytes(PAPER), 1.0);
    let left = (0..=x).rev().take_while(|x| is_paper(*x, y)).last()?;
    let right = (x..WINDOW[0]).take_while(|x| is_paper(*x, y)).last()?;
    let top = (0..=y).rev().take_while(|y| is_paper(x, *y)).last()?;
    let bottom = (y..WINDOW[1]).take_while(|y| is_paper(x, *y)).last()?;
    let size = [right - left + 1, bottom - top + 1];
    let card = Rect::new([left, top].map(f64::from), size.map(f64::from));
    (size[0] > 100 && size[1] > 50).then_some(card)
}
