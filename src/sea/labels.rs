//! Which names are written, and where: archipelagos first and always, then the sea, the country, islets and towns. No
//! name lies on another, on the symbol of another place or on a card, and none moves without need.

use super::areas;
use super::places::{Day, Place};
use super::spots::{Room, Taker};
use super::symbols::{Symbol, symbols};
use super::view::{Rect, View};
use super::{Group, Kind, Sea};
use std::ops::Range;

/// Islets are named on this side of the scale; beyond it their archipelago's name stands for them.
pub const ISLET_NAMES_BELOW_METRES_PER_PIXEL: f64 = 1_000.0;
/// An islet nearer than this to the next one is not named by itself.
pub const CROWDED_PIXELS: f64 = 10.0;
/// Between a symbol and its name.
const BESIDE_PIXELS: f64 = 4.0;

/// How a name is written; sizes and letter spacing are the theme's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    Archipelago,
    /// Italic and letter-spaced.
    Sea,
    Country,
    Islet,
    Town,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Vietnamese,
    English,
}

/// Where a name stands with regard to what it names. Handed back in the next frame, it keeps the name there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// The so-manyth position beside a symbol, around an archipelago or in an area.
    Beside(usize),
    /// With its middle over a point of the sheet, in Mercator metres.
    Over([f64; 2]),
}

/// A name and its place on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Id of the place, or `hoang-sa`, `truong-sa`, `bien-dong`, `viet-nam`.
    pub id: String,
    /// What is written and was measured: `vi` for archipelagos and islets in every language.
    pub text: String,
    pub vi: String,
    pub en: String,
    pub style: Style,
    /// Upper left corner in pixels.
    pub at: [f64; 2],
    /// Width and height in pixels.
    pub size: [f64; 2],
    pub spot: Spot,
}

impl Label {
    pub fn rect(&self) -> Rect {
        Rect::new(self.at, self.size)
    }
}

/// Everything that decides where names stand.
pub struct LabelRequest<'a> {
    pub sea: &'a Sea,
    pub view: View,
    /// Cards, bars and other things on the screen that cover the map.
    pub forbidden: &'a [Rect],
    /// The labels of the frame before.
    pub previous: &'a [Label],
    pub language: Language,
    /// The day whose names are written; `None` for names in general use.
    pub day: Option<Day>,
    /// Width and height in pixels of a written name.
    pub measure: &'a dyn Fn(&str, Style) -> [f64; 2],
}

/// A name that is to be written.
pub(super) struct Wanted<'a> {
    pub id: &'a str,
    pub vi: &'a str,
    pub en: &'a str,
    pub style: Style,
}

impl LabelRequest<'_> {
    pub(super) fn previous_spot(&self, id: &str) -> Option<Spot> {
        self.previous.iter().find(|label| label.id == id).map(|label| label.spot)
    }

    pub(super) fn text_of<'t>(&self, wanted: &Wanted<'t>) -> &'t str {
        let is_ours = matches!(wanted.style, Style::Archipelago | Style::Islet);
        if is_ours || self.language == Language::Vietnamese { wanted.vi } else { wanted.en }
    }

    pub(super) fn size_of(&self, wanted: &Wanted<'_>) -> [f64; 2] {
        (self.measure)(self.text_of(wanted), wanted.style)
    }

    pub(super) fn label(&self, wanted: &Wanted<'_>, rect: Rect, spot: Spot) -> Label {
        Label {
            id: wanted.id.to_owned(),
            text: self.text_of(wanted).to_owned(),
            vi: wanted.vi.to_owned(),
            en: wanted.en.to_owned(),
            style: wanted.style,
            at: rect.at(),
            size: [rect.right - rect.left, rect.bottom - rect.top],
            spot,
        }
    }
}

/// Names for a frame, the most important first.
pub fn place(request: &LabelRequest<'_>) -> Vec<Label> {
    let shown = symbols(request.sea, &request.view);
    let mut room = Room::new(request.view.rect());
    for card in request.forbidden {
        room.take(Taker::Card, "", *card);
    }
    for symbol in &shown {
        let side = symbol.radius * 2.0;
        room.take(Taker::Symbol, &symbol.id, Rect::around(symbol.at, [side, side]));
    }
    let mut labels = areas::place(request, &mut room);
    // Who has a name keeps it where it is, for a newcomer must not push it off while one pans.
    let mut others = Vec::new();
    for symbol in named(request, &shown) {
        let index = match request.previous_spot(&symbol.id) {
            Some(Spot::Beside(index)) => index,
            _ => DIRECTIONS,
        };
        match beside(request, &mut room, symbol, index..(index + 1).min(DIRECTIONS)) {
            Some(label) => labels.push(label),
            None => others.push(symbol),
        }
    }
    for symbol in others {
        labels.extend(beside(request, &mut room, symbol, 0..DIRECTIONS));
    }
    labels
}

/// Symbols that may have a name at this scale: islets, then places on the coast.
fn named<'s>(request: &LabelRequest<'_>, shown: &'s [Symbol]) -> Vec<&'s Symbol> {
    let (towns, islets): (Vec<&Symbol>, Vec<&Symbol>) = shown.iter().partition(|s| s.group == Group::Coast);
    if request.view.metres_per_pixel > ISLET_NAMES_BELOW_METRES_PER_PIXEL {
        return towns;
    }
    // Islets off the screen crowd too, or a name would come and go at the edge.
    let all: Vec<(&str, [f64; 2])> = request
        .sea
        .places
        .iter()
        .filter(|place| place.is_islet())
        .map(|place| (place.id.as_str(), request.view.pixel_of_degrees(place.degrees)))
        .collect();
    let is_crowded = |symbol: &Symbol| {
        let near = |at: [f64; 2]| (at[0] - symbol.at[0]).hypot(at[1] - symbol.at[1]) < CROWDED_PIXELS;
        all.iter().any(|(id, at)| *id != symbol.id && near(*at))
    };
    islets.into_iter().filter(|symbol| !is_crowded(symbol)).chain(towns).collect()
}

/// Directions in which a name stands beside its symbol: islets have the open sea to the right, towns land to the left.
const DIRECTIONS: usize = 8;
const OF_ISLETS: [[f64; 2]; DIRECTIONS] =
    [[1.0, 0.0], [-1.0, 0.0], [0.0, -1.0], [0.0, 1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [-1.0, 1.0]];
const OF_TOWNS: [[f64; 2]; DIRECTIONS] =
    [[-1.0, 0.0], [-1.0, -1.0], [-1.0, 1.0], [0.0, -1.0], [0.0, 1.0], [1.0, 0.0], [1.0, -1.0], [1.0, 1.0]];

/// The name of a symbol in the first of these directions in which there is room.
fn beside(request: &LabelRequest<'_>, room: &mut Room, symbol: &Symbol, indices: Range<usize>) -> Option<Label> {
    let place: &Place = request.sea.place(&symbol.id)?;
    let name = place.name_on(request.day);
    let is_town = place.kind == Kind::City;
    let (style, directions) = if is_town { (Style::Town, OF_TOWNS) } else { (Style::Islet, OF_ISLETS) };
    let wanted = Wanted { id: &place.id, vi: &name.vi, en: &name.en, style };
    let size = request.size_of(&wanted);
    let rect_at = |index: usize| Some((index, toward(*directions.get(index)?, symbol, size)));
    let (index, rect) = indices.filter_map(rect_at).find(|(_, rect)| room.fits(*rect, &symbol.id))?;
    room.take(Taker::Label, &place.id, rect);
    Some(request.label(&wanted, rect, Spot::Beside(index)))
}

fn toward([x, y]: [f64; 2], symbol: &Symbol, [width, height]: [f64; 2]) -> Rect {
    // On a diagonal the name comes as near as on an axis.
    let away = (symbol.radius + BESIDE_PIXELS) / if x != 0.0 && y != 0.0 { std::f64::consts::SQRT_2 } else { 1.0 };
    let left = symbol.at[0] + x * away + (x - 1.0) / 2.0 * width;
    let top = symbol.at[1] + y * away + (y - 1.0) / 2.0 * height;
    Rect::new([left, top], [width, height])
}
