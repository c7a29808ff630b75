//! Words with a fixed meaning in a pack, the same in its text and in the model.

use serde::Deserialize;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum ApprovalStatus {
    Sample,
    Submitted,
    Approved,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Nature {
    Drawing,
    Scan,
    Photograph,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum When {
    Year(i32),
    Circa(i32),
    Between(i32, i32),
    Century(i32),
    Undated,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Projection {
    Mercator,
    PlateCarree,
}

/// How the places of a picture are brought to their places on earth.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Method {
    /// Moved, turned and scaled, nothing else.
    Helmert,
    Polynomial1,
    Polynomial2,
    Polynomial3,
    ThinPlateSpline,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum SourceStatus {
    Verified,
    Reported,
    DisputedReading,
    NeedsChecking,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub enum Voice {
    Synthetic(String),
    Recorded(String),
}

impl When {
    /// A year to sort by; undated things come last.
    pub fn sort_year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Circa(year) | Self::Between(year, _) => year,
            Self::Century(century) => (century - 1) * 100,
            Self::Undated => i32::MAX,
        }
    }
}
