//! The rows of the gazetteer's files, once read. What may stand between rows is the rules' business.

use crate::department::figures::{Level, Unit, Words};
use jiff::civil::Date;

/// Days on which a row holds, both ends included; without a last day it still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Valid {
    pub first: Date,
    pub last: Option<Date>,
}

impl Valid {
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |a: &Self, b: &Self| b.last.is_none_or(|last| a.first <= last);
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// The first day after it; none when it goes on.
    pub fn after(&self) -> Option<Date> {
        self.last.and_then(|last| last.tomorrow().ok())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Province,
    /// Until 30 June 2025; figures are told for provinces and communes only.
    District,
    /// Commune, ward or special zone.
    Commune,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub code: String,
    pub tier: Tier,
    pub name: Words,
    /// Empty for a province.
    pub parent: String,
    pub valid: Valid,
    /// The unit that this one became part of when it ended; may be empty.
    pub successor: String,
    pub line: usize,
}

impl UnitRow {
    /// None for a district.
    pub fn unit(&self) -> Option<Unit> {
        let level = match self.tier {
            Tier::Province => Level::Province,
            Tier::District => return None,
            Tier::Commune => Level::Commune,
        };
        Some(Unit { level, code: self.code.clone(), name: self.name.clone() })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    School,
    /// A hall, a house of culture, a museum: anywhere else that a kiosk stands.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchoolLevel {
    Preschool,
    Primary,
    LowerSecondary,
    UpperSecondary,
    Several,
}

/// Who governs a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governor {
    /// The commune's People's Committee.
    Commune,
    /// A district's education office, until 30 June 2025.
    District,
    /// The province's department.
    Province,
    Ministry,
    Other,
}

/// A school, or another place that holds a kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    pub code: String,
    pub kind: Kind,
    pub school_level: Option<SchoolLevel>,
    pub governed_by: Governor,
    pub name: Words,
    pub valid: Valid,
    pub commune: String,
    pub line: usize,
}

impl School {
    pub fn unit(&self) -> Unit {
        Unit { level: Level::School, code: self.code.clone(), name: self.name.clone() }
    }
}

/// A kiosk stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub kiosk: String,
    /// The kiosk's public key in one line; empty for a kiosk that has none.
    pub public_key: String,
    pub place: String,
    pub valid: Valid,
    pub line: usize,
}

/// What a teacher counted: kept apart, never mixed with visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headcount {
    pub place: String,
    pub date: Date,
    /// Such as `8A`; may be empty.
    pub class: String,
    pub people: u32,
    pub line: usize,
}
