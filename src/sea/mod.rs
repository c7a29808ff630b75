//! Today's sea as data: coasts, both archipelagos with every named islet, graticule, names and where they are written.
//! Numbers only; whoever draws decides on colours and fonts. No line lies at sea but the graticule, and none is added.
//!
//! - [`Sea::read`] takes the three texts of `assets/geodata`; problems of their form are a [`SeaError`], problems of
//!   their content are found by [`gate`].
//! - Shapes are in one flat frame: Mercator metres east and north of [`FRAME_ORIGIN_DEGREES`], see [`frame`].
//! - What moves with the screen takes a [`View`]: [`symbols`], [`graticule`], [`labels`].
//!
//! Shallow water is not known here. A drawing may lay two or three wide strokes under the land along
//! [`Sea::coast`]; that is decoration and has to be called illustrative where it is shown.

pub mod frame;
pub mod gate;
pub mod graticule;
pub mod labels;
pub mod places;
pub mod shapes;
pub mod symbols;
pub mod view;

mod areas;
mod known;
mod open_sea;
mod reading;
mod spots;

pub use frame::FRAME_ORIGIN_DEGREES;
pub use places::{Archipelago, Day, Group, Kind, Name, Place};
pub use shapes::{Mesh, Polyline};
pub use view::{Rect, View};

use std::fmt;

/// From here on outward the whole world is drawn from its coarse coast, metres on the Mercator sheet to a pixel.
pub const WORLD_ABOVE_METRES_PER_PIXEL: f64 = 2_500.0;

/// How finely the coast is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Coarse everywhere.
    World,
    /// Full detail in the East Sea's box, coarser with the distance outside it.
    Region,
}

/// The level for a scale, in metres on the Mercator sheet to a pixel.
pub fn level_for(metres_per_pixel: f64) -> Level {
    if metres_per_pixel > WORLD_ABOVE_METRES_PER_PIXEL { Level::World } else { Level::Region }
}

/// Why the texts are no sea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeaError {
    NotJson {
        file: &'static str,
        reason: String,
    },
    /// Something is missing or of the wrong kind at a place such as `polygons[3]`.
    Malformed {
        file: &'static str,
        at: String,
    },
}

impl fmt::Display for SeaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { file, reason } => write!(f, "{file} is not JSON: {reason}"),
            Self::Malformed { file, at } => write!(f, "{file} has nothing usable at {at}"),
        }
    }
}

impl std::error::Error for SeaError {}

/// Land and its coast at one level.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layer {
    pub land: Mesh,
    pub coast: Vec<Polyline>,
}

/// Today's sea, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Sea {
    pub(crate) world: Layer,
    pub(crate) region: Layer,
    pub(crate) viet_nam: Layer,
    pub(crate) places: Vec<Place>,
}

impl Sea {
    /// Reads the texts of `world.json`, `coast.json` and `places.json`.
    pub fn read(world_json: &str, coast_json: &str, places_json: &str) -> Result<Self, SeaError> {
        reading::read(world_json, coast_json, places_json)
    }

    pub fn land(&self, level: Level) -> &Mesh {
        &self.layer(level).land
    }

    /// Shores only: where the data was cut, nothing is drawn.
    pub fn coast(&self, level: Level) -> &[Polyline] {
        &self.layer(level).coast
    }

    /// The mainland of Việt Nam for its lighter tint, to be laid over [`Sea::land`] at [`Level::Region`].
    pub fn viet_nam(&self) -> &Mesh {
        &self.viet_nam.land
    }

    /// The part of its outline that is shore.
    pub fn viet_nam_coast(&self) -> &[Polyline] {
        &self.viet_nam.coast
    }

    /// Islets of both archipelagos and places on the coast, in the order of the file.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// Both archipelagos; they are always named.
    pub fn archipelagos(&self) -> [Archipelago; 2] {
        places::ARCHIPELAGOS
    }

    pub(crate) fn islets(&self, group: Group) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.group == group)
    }

    fn layer(&self, level: Level) -> &Layer {
        match level {
            Level::World => &self.world,
            Level::Region => &self.region,
        }
    }
}
