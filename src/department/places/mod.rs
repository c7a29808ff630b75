//! Where a kiosk stands and which units that place belongs to on a day: an effective-dated gazetteer that an office keeps
//! in a spreadsheet (docs/places.md). Reading gives everything that could be read, and all problems at once.

mod cells;
mod day_order;
mod reading;
mod rows;
mod rules;
mod seen;
mod told;

pub use reading::FILES;
pub use rows::{Governor, Headcount, Kind, Posting, School, SchoolLevel, Tier, UnitRow, Valid};
pub use seen::Seen;

use super::figures::{Level, Unit, Words};
use crate::diagnostics::Problem;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// Successors that are followed before giving up; longer chains are told of as cycles.
const MOST_HOPS: usize = 16;

/// Rows by code, so that a nation's schools are found at once.
type Index = BTreeMap<String, Vec<usize>>;

#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    pub units: Vec<UnitRow>,
    pub schools: Vec<School>,
    pub kiosks: Vec<Posting>,
    pub headcounts: Vec<Headcount>,
    /// Titles of items, where the office has them.
    pub items: BTreeMap<String, Words>,
    units_by_code: Index,
    schools_by_code: Index,
    postings_by_kiosk: Index,
    left_out: reading::LeftOut,
}

impl Gazetteer {
    /// Reads a folder: what could be read, and every problem of the files and between them, causes first.
    pub fn read(folder: &Path) -> (Self, Vec<Problem>) {
        let (mut gazetteer, mut findings, columns) = reading::read(folder);
        gazetteer.index();
        rules::check(&gazetteer, &mut findings);
        (gazetteer, told::in_order(findings, &columns))
    }

    /// What does not match between this gazetteer and journals: kiosks without a place on a day they worked.
    pub fn check(&self, seen: &[Seen]) -> Vec<Problem> {
        seen::check(self, seen)
    }

    /// To be called after rows were put in by hand.
    pub fn index(&mut self) {
        self.units_by_code = by_code(self.units.iter().map(|row| row.code.as_str()));
        self.schools_by_code = by_code(self.schools.iter().map(|row| row.code.as_str()));
        self.postings_by_kiosk = by_code(self.kiosks.iter().map(|row| row.kiosk.as_str()));
    }

    fn units_of<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a UnitRow> + use<'a> {
        self.units_by_code.get(code).into_iter().flatten().filter_map(|index| self.units.get(*index))
    }

    fn schools_of<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a School> + use<'a> {
        self.schools_by_code.get(code).into_iter().flatten().filter_map(|index| self.schools.get(*index))
    }

    fn postings_of<'a>(&'a self, kiosk: &str) -> impl Iterator<Item = &'a Posting> + use<'a> {
        self.postings_by_kiosk.get(kiosk).into_iter().flatten().filter_map(|index| self.kiosks.get(*index))
    }

    /// The school or other place of this code as it was on a day.
    pub fn school_on(&self, code: &str, day: Date) -> Option<&School> {
        self.schools_of(code).find(|row| row.valid.holds(day))
    }

    /// Where a kiosk stood on a day.
    pub fn place_of(&self, kiosk: &str, day: Date) -> Option<&School> {
        let posting = self.postings_of(kiosk).find(|row| row.valid.holds(day))?;
        self.school_on(&posting.place, day)
    }

    /// The unit of this code on a day, or what came after it when it had ended.
    pub fn unit_on(&self, code: &str, day: Date) -> Option<&UnitRow> {
        let mut code = code;
        for _ in 0..MOST_HOPS {
            if let Some(row) = self.units_of(code).find(|row| row.valid.holds(day)) {
                return Some(row);
            }
            let ended = self.units_of(code).filter(|row| row.valid.last.is_some_and(|last| last < day));
            let latest = ended.max_by_key(|row| row.valid.last)?;
            if latest.successor.is_empty() {
                return None;
            }
            code = &latest.successor;
        }
        None
    }

    /// From a place up: school, commune, province, nation, as they were on the day. Empty when the gazetteer does not lead
    /// up to a province.
    pub fn chain(&self, place: &str, day: Date) -> Vec<Unit> {
        let Some(school) = self.school_on(place, day) else { return Vec::new() };
        let mut chain = vec![school.unit()];
        let mut code = school.commune.as_str();
        // Province, district, commune: no way up is longer.
        for _ in 0..3 {
            let Some(row) = self.unit_on(code, day) else { return Vec::new() };
            chain.extend(row.unit());
            if row.tier == Tier::Province {
                chain.push(nation());
                return chain;
            }
            code = &row.parent;
        }
        Vec::new()
    }

    /// A unit by its level and code; a kiosk is called by its id.
    pub fn unit(&self, level: Level, code: &str, day: Date) -> Option<Unit> {
        match level {
            Level::Nation => code.is_empty().then(nation),
            Level::School => self.school_on(code, day).map(School::unit),
            Level::Kiosk => self.postings_of(code).any(|row| row.valid.holds(day)).then(|| kiosk_unit(code)),
            Level::Province | Level::Commune => {
                let rows = self.units_of(code).filter(|row| row.valid.holds(day));
                rows.filter_map(UnitRow::unit).find(|unit| unit.level == level)
            }
        }
    }

    /// The units one level below on a day, in order of their codes. A district is passed through.
    pub fn units_below(&self, unit: &Unit, day: Date) -> Vec<Unit> {
        let mut below: Vec<Unit> = match unit.level {
            Level::Nation => {
                self.valid_units(day).filter(|row| row.tier == Tier::Province).filter_map(UnitRow::unit).collect()
            }
            Level::Province => {
                let communes = self.valid_units(day).filter(|row| row.tier == Tier::Commune);
                communes
                    .filter(|row| self.province_of(row, day) == Some(&unit.code))
                    .filter_map(UnitRow::unit)
                    .collect()
            }
            Level::Commune => {
                let schools = self.schools.iter().filter(|row| row.valid.holds(day));
                let here = schools.filter(|row| self.unit_on(&row.commune, day).is_some_and(|c| c.code == unit.code));
                here.map(School::unit).collect()
            }
            Level::School => {
                let here = self.kiosks.iter().filter(|row| row.place == unit.code && row.valid.holds(day));
                here.map(|row| kiosk_unit(&row.kiosk)).collect()
            }
            Level::Kiosk => Vec::new(),
        };
        below.sort_by(|a, b| a.code.cmp(&b.code));
        below.dedup();
        below
    }

    fn valid_units(&self, day: Date) -> impl Iterator<Item = &UnitRow> {
        self.units.iter().filter(move |row| row.valid.holds(day))
    }

    fn province_of(&self, commune: &UnitRow, day: Date) -> Option<&String> {
        let parent = self.unit_on(&commune.parent, day)?;
        let province = if parent.tier == Tier::Province { parent } else { self.unit_on(&parent.parent, day)? };
        (province.tier == Tier::Province).then_some(&province.code)
    }
}

/// The whole country; its code is empty.
pub fn nation() -> Unit {
    Unit {
        level: Level::Nation, code: String::new(), name: Words { vi: "Cả nước".into(), en: "Whole country".into() }
    }
}

fn kiosk_unit(kiosk: &str) -> Unit {
    let name = Words { vi: format!("Máy {kiosk}"), en: format!("Kiosk {kiosk}") };
    Unit { level: Level::Kiosk, code: kiosk.to_owned(), name }
}

fn by_code<'a>(codes: impl Iterator<Item = &'a str>) -> Index {
    let mut index = Index::new();
    for (at, code) in codes.enumerate() {
        index.entry(code.to_owned()).or_default().push(at);
    }
    index
}

#[cfg(test)]
mod tests;
