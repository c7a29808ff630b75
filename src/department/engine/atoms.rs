//! The kiosks that a question is about: each at one place in one segment of the calendar. Small counts are hidden in
//! these, and everything that is told is a sum over them.

use crate::department::atlas::{Atlas, Stay};
use crate::department::figures::{Period, Unit};
use crate::department::lake::events::days_of;
use crate::department::periods::Calendar;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    pub kiosk: String,
    /// Days since 1970, both included.
    pub first: i32,
    pub last: i32,
    /// Place in [`Asked::below`].
    pub below: usize,
}

/// A question: a unit over a period, broken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub atoms: Vec<Atom>,
    /// The units one level below.
    pub below: Vec<Unit>,
    pub stays: Vec<Stay>,
    /// No segment of the calendar is cut; otherwise only visits by day may be told.
    pub is_whole: bool,
}

impl Asked {
    /// Atoms reach over whole segments, also where the period ends within one.
    pub fn new(unit: &Unit, period: &Period, calendar: &Calendar, atlas: &dyn Atlas, heard: &[&str]) -> Self {
        let segments = calendar.segments(period.first, period.last);
        let first = segments.first().map_or(period.first, |segment| segment.0);
        let last = segments.last().map_or(period.last, |segment| segment.1);
        let wide = Period { first, last, name: period.name.clone() };
        let stays = atlas.stays(unit, &wide, heard);
        let mut below: Vec<Unit> = Vec::new();
        let mut places: BTreeMap<(crate::department::figures::Level, &str), usize> = BTreeMap::new();
        let mut atoms = Vec::new();
        for stay in &stays {
            let at = *places.entry((stay.below.level, stay.below.code.as_str())).or_insert_with(|| {
                below.push(stay.below.clone());
                below.len() - 1
            });
            for (first, last) in &segments {
                let (first, last) = (stay.first.max(*first), stay.last.min(*last));
                if first <= last {
                    let kiosk = stay.kiosk.clone();
                    atoms.push(Atom { kiosk, first: days_of(first), last: days_of(last), below: at });
                }
            }
        }
        Self { atoms, below, stays, is_whole: calendar.is_whole(period) }
    }
}

/// Atoms that follow each other without a day between, of one kiosk and one unit below, as one.
pub fn stays(atoms: &[Atom]) -> Vec<Atom> {
    let mut sorted: Vec<&Atom> = atoms.iter().collect();
    sorted.sort_by_key(|atom| (&atom.kiosk, atom.below, atom.first));
    let mut stays: Vec<Atom> = Vec::new();
    for atom in sorted {
        match stays.last_mut() {
            Some(stay) if (&stay.kiosk, stay.below, stay.last + 1) == (&atom.kiosk, atom.below, atom.first) => {
                stay.last = atom.last;
            }
            _ => stays.push(atom.clone()),
        }
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(kiosk: &str, first: i32, last: i32, below: usize) -> Atom {
        Atom { kiosk: kiosk.to_owned(), first, last, below }
    }

    #[test]
    fn a_kiosk_that_stays_is_joined_once_and_one_that_moves_or_pauses_is_not_joined_over_the_gap() {
        let atoms = [
            atom("b", 21, 30, 0),
            atom("a", 1, 10, 0),
            atom("a", 11, 20, 0),
            atom("a", 21, 30, 1),
            atom("b", 1, 10, 0),
            atom("a", 31, 40, 0),
        ];
        let expected = [
            atom("a", 1, 20, 0),
            atom("a", 31, 40, 0),
            atom("a", 21, 30, 1),
            atom("b", 1, 10, 0),
            atom("b", 21, 30, 0),
        ];
        assert_eq!(stays(&atoms), expected);
    }
}
