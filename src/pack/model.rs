//! An exhibit that holds together: every id resolves, every statement has a source, every language its text.
//! Made only by [`super::open`]; no serde here.

pub use super::georef::{Errors, Method, Reach, Transform, decimals_worth_showing, kilometres_between};
pub use super::source::words::{ApprovalStatus, Nature, Projection, SourceStatus, Voice, When};
use crate::base::ids::Id;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A language tag of the pack, such as `vi` or `en`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(pub String);

/// The same text in every language of the exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub(super) BTreeMap<String, String>);

impl Text {
    /// The text in a language; in any other when that one is missing, which a checked pack rules out.
    pub fn get(&self, language: &Language) -> &str {
        self.0.get(&language.0).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

#[derive(Clone, Debug)]
pub struct Exhibit {
    pub id: Id,
    pub version: String,
    /// Never empty; the first is the one a visit starts in.
    pub languages: Vec<Language>,
    pub title: Text,
    pub subtitle: Option<Text>,
    pub publisher: Text,
    pub approval: Approval,
    pub note: Option<Statement>,
    pub attract: Option<Attract>,
    pub featured: Option<Id>,
    /// Never empty, nor is any hall.
    pub halls: Vec<Hall>,
    pub items: BTreeMap<Id, Item>,
    pub sources: BTreeMap<Id, Source>,
}

impl Exhibit {
    /// The hall an item stands in and its place there.
    pub fn place_of(&self, item: &Id) -> Option<(&Hall, usize)> {
        self.halls.iter().find_map(|hall| Some((hall, hall.items.iter().position(|i| i == item)?)))
    }

    pub fn hall(&self, id: &Id) -> Option<&Hall> {
        self.halls.iter().find(|hall| hall.id == *id)
    }
}

#[derive(Clone, Debug)]
pub struct Approval {
    pub status: ApprovalStatus,
    pub note: Text,
    pub prepared_by: Option<Text>,
    pub appraised_by: Option<Text>,
    pub decision: Option<String>,
    pub date: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Attract {
    pub night: Picture,
    pub light: Picture,
    /// Fractions of the picture from its top left.
    pub lamp: (f64, f64),
    pub rests: Vec<(f64, f64)>,
}

#[derive(Clone, Debug)]
pub struct Hall {
    pub id: Id,
    pub title: Text,
    pub lead: Statement,
    pub picture: Option<Picture>,
    pub items: Vec<Id>,
}

/// Something the exhibit asserts, and the sources it rests on (at least one).
#[derive(Clone, Debug)]
pub struct Statement {
    pub text: Text,
    pub sources: Vec<Id>,
}

#[derive(Clone, Debug)]
pub struct Picture {
    /// A picture, tiles made elsewhere, or in an installed pack a container of tiles.
    pub path: PathBuf,
    /// Width and height in pixels, from the file's header.
    pub size: (u32, u32),
    pub nature: Nature,
    pub alt: Text,
    pub licence: String,
    pub credit: Text,
}

#[derive(Clone, Debug)]
pub struct Date {
    pub when: When,
    pub text: Text,
    pub disputed: bool,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub id: Id,
    pub title: Text,
    pub original_title: Option<Original>,
    pub date: Date,
    pub creator: Option<Text>,
    pub holder: Option<Text>,
    pub place: Option<Text>,
    /// For title, date, creator, holder and place.
    pub sources: Vec<Id>,
    pub description: Vec<Statement>,
    pub narration: BTreeMap<String, Track>,
    pub minutes: Option<f64>,
    pub related: Vec<Id>,
    pub kind: Kind,
}

impl Item {
    /// All of them, in the order in which they are shown.
    pub fn pictures(&self) -> Vec<&Picture> {
        match &self.kind {
            Kind::Map { picture, .. } => vec![picture],
            Kind::Document { pages } => pages.iter().map(|page| &page.picture).collect(),
            Kind::Artefact { views, .. } => views.iter().collect(),
        }
    }

    /// The picture that stands for the item in lists.
    pub fn cover(&self) -> &Picture {
        match &self.kind {
            Kind::Map { picture, .. } => picture,
            Kind::Document { pages } => &pages[0].picture,
            Kind::Artefact { views, .. } => &views[0],
        }
    }
}

/// Words of the original in its own language and script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    pub language: String,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Track {
    pub audio: PathBuf,
    pub captions: Vec<super::captions::Cue>,
    pub voice: Voice,
    pub licence: String,
    pub credit: Text,
    pub sources: Vec<Id>,
}

// An exhibit has a few dozen of them, made once: a box would only stand in the way.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug)]
pub enum Kind {
    Map {
        picture: Picture,
        frame: Option<Frame>,
        hotspots: Vec<Hotspot>,
        georeference: Option<Georeference>,
        printed_names: Vec<PrintedName>,
    },
    /// Pages are never empty.
    Document { pages: Vec<Page> },
    /// Views are never empty.
    Artefact { views: Vec<Picture>, notes: Vec<Hotspot> },
}

/// Where the net of degrees lies in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub projection: Projection,
    /// Degrees, WGS 84: west, south, east, north.
    pub bounds: [f64; 4],
    /// Picture fractions: left, top, right, bottom.
    pub inset: [f64; 4],
}

impl Frame {
    /// Picture fractions of a longitude and latitude in degrees.
    pub fn picture_from_degrees(&self, lon: f64, lat: f64) -> (f64, f64) {
        let [west, south, east, north] = self.bounds;
        let [left, top, right, bottom] = self.inset;
        let y = |lat: f64| self.northing(lat);
        let across = (lon - west) / (east - west);
        let down = (y(north) - y(lat)) / (y(north) - y(south));
        (left + across * (right - left), top + down * (bottom - top))
    }

    /// Latitude at a height of the picture (fraction from the top).
    pub fn latitude_at(&self, y: f64) -> f64 {
        let [_, south, _, north] = self.bounds;
        let [_, top, _, bottom] = self.inset;
        let down = (y - top) / (bottom - top);
        let northing = self.northing(north) + down * (self.northing(south) - self.northing(north));
        match self.projection {
            Projection::Mercator => northing.sinh().atan().to_degrees(),
            Projection::PlateCarree => northing,
        }
    }

    /// Kilometres on the ground for one picture width, east to west, at a height of the picture.
    pub fn kilometres_per_width(&self, y: f64) -> f64 {
        const KILOMETRES_PER_DEGREE: f64 = 111.32;
        let [west, _, east, _] = self.bounds;
        let [left, _, right, _] = self.inset;
        let degrees_per_width = (east - west) / (right - left);
        degrees_per_width * KILOMETRES_PER_DEGREE * self.latitude_at(y).to_radians().cos()
    }

    fn northing(&self, lat: f64) -> f64 {
        match self.projection {
            Projection::Mercator => lat.to_radians().tan().asinh(),
            Projection::PlateCarree => lat,
        }
    }
}

/// What ties a picture to the earth, and how far off that is.
#[derive(Clone, Debug)]
pub struct Georeference {
    pub method: Method,
    pub points: Vec<ControlPoint>,
    /// Where the points come from.
    pub sources: Vec<Id>,
    pub note: Option<Statement>,
    /// Made of the points; works in pixels of the picture's own size.
    pub transform: Transform,
    pub errors: Errors,
    pub reach: Reach,
}

/// A place that is known in the picture and on earth.
#[derive(Clone, Debug)]
pub struct ControlPoint {
    /// Fractions of the picture.
    pub at: (f64, f64),
    /// Degrees, WGS 84.
    pub longitude: f64,
    pub latitude: f64,
    pub name: Option<Text>,
}

/// A place of today on a map of its time.
#[derive(Clone, Debug)]
pub struct PrintedName {
    /// The same on every map that shows the place.
    pub place: Id,
    /// Fractions of the picture.
    pub at: (f64, f64),
    /// Exactly as it is printed there; none when that is not known, or no name stands there.
    pub text: Option<String>,
    pub sources: Vec<Id>,
}

/// Fractions of the picture: x, y, width, height. A point has no extent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Region {
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

#[derive(Clone, Debug)]
pub struct Hotspot {
    pub id: Id,
    pub region: Region,
    pub title: Text,
    pub quote: Option<String>,
    pub text: Statement,
    pub link: Option<Id>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub picture: Picture,
    pub label: Text,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub region: Option<Region>,
    pub original: Option<Original>,
    pub phonetic: Option<String>,
    pub translation: Text,
    pub sources: Vec<Id>,
}

#[derive(Clone, Debug)]
pub struct Source {
    pub id: Id,
    pub title: Text,
    pub creator: Option<Text>,
    pub date: Option<Text>,
    pub holder: Option<Text>,
    /// At least one, unless it was read where it is kept.
    pub read_in: Vec<ReadIn>,
    pub status: SourceStatus,
    pub status_note: Option<Text>,
}

/// Where the exhibit's makers read a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadIn {
    pub publisher: String,
    /// None when it was read on paper.
    pub url: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(projection: Projection) -> Frame {
        Frame { projection, bounds: [107.0, 12.0, 112.0, 17.5], inset: [0.1, 0.2, 0.9, 0.8] }
    }

    #[test]
    fn corners_of_the_frame_fall_on_its_inset() {
        for projection in [Projection::Mercator, Projection::PlateCarree] {
            let (x, y) = frame(projection).picture_from_degrees(107.0, 17.5);
            assert!((x - 0.1).abs() < 1e-12 && (y - 0.2).abs() < 1e-12);
            let (x, y) = frame(projection).picture_from_degrees(112.0, 12.0);
            assert!((x - 0.9).abs() < 1e-12 && (y - 0.8).abs() < 1e-12);
        }
    }

    #[test]
    fn latitude_and_height_are_inverse() {
        for projection in [Projection::Mercator, Projection::PlateCarree] {
            let (_, y) = frame(projection).picture_from_degrees(110.0, 16.5);
            assert!((frame(projection).latitude_at(y) - 16.5).abs() < 1e-9);
        }
    }

    #[test]
    fn a_degree_of_longitude_shrinks_with_the_cosine() {
        let frame = frame(Projection::PlateCarree);
        let (_, y) = frame.picture_from_degrees(110.0, 15.0);
        let expected = 5.0 / 0.8 * 111.32 * 15f64.to_radians().cos();
        assert!((frame.kilometres_per_width(y) - expected).abs() < 1e-6);
    }
}
