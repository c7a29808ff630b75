//! Where the places of a map lie on the earth: control points into a transform, and how far off it is. Sums only: no
//! file is read here. Between the two sides stand the metres of `base::mercator`.

pub mod annotation;
mod errors;
mod hull;
mod plane;
mod reach;
mod scale;
mod shape;
mod solve;
mod transform;

pub use super::source::words::Method;
pub use errors::{Errors, decimals_worth_showing, kilometres_between};
pub use reach::Reach;
pub use transform::{FitError, Transform};

use crate::base::mercator::mercator_from_degrees;

/// Two coordinates: pixels of a picture from its top left, metres east and north, or degrees of longitude and latitude.
pub type Point = [f64; 2];

/// The same place in a picture and on earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    pub picture: Point,
    /// Degrees, WGS 84.
    pub longitude: f64,
    pub latitude: f64,
}

impl Match {
    pub fn degrees(&self) -> Point {
        [self.longitude, self.latitude]
    }

    pub fn mercator(&self) -> Point {
        mercator_from_degrees(self.degrees())
    }
}

impl Method {
    /// The fewest control points that determine a transform of this kind.
    pub fn fewest_points(self) -> usize {
        match self {
            Self::Helmert => 2,
            Self::Polynomial1 | Self::ThinPlateSpline => 3,
            Self::Polynomial2 => 6,
            Self::Polynomial3 => 10,
        }
    }

    /// Whether it goes through so many control points by construction, whatever they are.
    pub fn is_exact(self, points: usize) -> bool {
        self == Self::ThinPlateSpline || points <= self.fewest_points()
    }
}

/// Whether degrees can be worked with. Longitude may count on past 180, for maps across that meridian; latitude ends
/// where Mercator does.
pub fn are_degrees(longitude: f64, latitude: f64) -> bool {
    (-180.0..=360.0).contains(&longitude) && (-85.0..=85.0).contains(&latitude)
}
