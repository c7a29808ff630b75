//! From one kiosk's records to its visits, and what is to be known of its journals.

use super::chain::{self, Chosen};
use super::clock::{self, Stamp};
use super::events::{self, UNKNOWN};
use super::ledger::{Segment, Taken};
use super::marks;
use super::sessions::{self, LocalHour, Visit};
use super::{Lake, LakeError};
use crate::visits::record::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is known of a kiosk's journals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    pub kiosk: String,
    /// Days since 1970 of the newest record whose time is known.
    pub last_day: Option<i32>,
    pub version: String,
    pub records: u64,
    pub visits: u64,
    /// Visits whose day no clock told; they count in no period.
    pub undated: u64,
    /// Between which days they lie, in their order.
    pub undated_within: Vec<Between>,
    /// Records that the kiosk said it could not keep.
    pub lost: u64,
    pub gaps: Vec<(i64, i64)>,
    pub marks: Vec<String>,
}

/// Days since 1970 of the nearest records whose time is known; none where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Between {
    pub after: Option<i32>,
    pub before: Option<i32>,
}

impl Between {
    /// Could something that lies between lie in these days?
    pub fn may_be_in(&self, first: i32, last: i32) -> bool {
        self.after.is_none_or(|after| after <= last) && self.before.is_none_or(|before| before >= first)
    }
}

/// A kiosk in the ledger, and which of its records count.
#[derive(Clone, Debug)]
pub struct Kiosk {
    pub id: String,
    pub taken: Taken,
    pub chosen: Chosen,
    /// Where its newest records lie.
    pub province: String,
}

impl Kiosk {
    pub fn of(id: String, taken: Taken) -> Self {
        let segments: Vec<&Segment> = taken.segments().collect();
        let chosen = chain::choose(&segments, &taken.sealed());
        let newest = chosen.pieces.last().and_then(|piece| segments.get(piece.segment));
        let part = newest.and_then(|segment| segment.parts.iter().max_by_key(|part| part.last));
        let province = part.map_or_else(|| UNKNOWN.to_owned(), |part| part.province.clone());
        drop(segments);
        Self { id, taken, chosen, province }
    }

    /// The records that count, in order, with their corrected times.
    pub async fn records(&self, lake: &Lake) -> Result<(Vec<(Record, Option<i64>)>, bool), LakeError> {
        let segments: Vec<&Segment> = self.taken.segments().collect();
        let records = events::read_pieces(lake, &segments, &self.chosen.pieces).await?;
        let corrected = clock::correct(&stamps(&records));
        Ok((records.into_iter().zip(corrected.wall_millis).collect(), corrected.jumped))
    }

    /// Records that count within a range of sequence numbers, by the journal they were taken from.
    pub fn ranges(&self, first: i64, last: i64) -> Vec<(&super::ledger::Source, i64, i64)> {
        let owners: Vec<&super::ledger::Source> =
            self.taken.entries.iter().flat_map(|entry| entry.segments.iter().map(|_| &entry.source)).collect();
        let within = self.chosen.pieces.iter().filter(|piece| piece.from <= last && piece.to >= first);
        within
            .filter_map(|piece| Some((*owners.get(piece.segment)?, piece.from.max(first), piece.to.min(last))))
            .collect()
    }

    /// The journals that records of a range of sequence numbers were taken from.
    pub fn sources(&self, first: i64, last: i64) -> Vec<&super::ledger::Source> {
        let mut owners = Vec::new();
        for (at, entry) in self.taken.entries.iter().enumerate() {
            owners.extend(entry.segments.iter().map(|_| at));
        }
        let within = self.chosen.pieces.iter().filter(|piece| piece.from <= last && piece.to >= first);
        let used: BTreeSet<usize> = within.filter_map(|piece| owners.get(piece.segment).copied()).collect();
        used.into_iter().filter_map(|at| self.taken.entries.get(at)).map(|entry| &entry.source).collect()
    }

    fn marks(&self, jumped: bool, lost: u64) -> Vec<String> {
        let told = self.taken.entries.iter().flat_map(|entry| &entry.source.marks);
        // What a later journal has healed is no mark of the kiosk; these are worked out from all of them.
        let healed = [
            marks::GAP,
            marks::BROKEN_CHAIN,
            marks::CLOCK_JUMP,
            marks::LOST_RECORDS,
            marks::NO_SEAL,
            marks::UNKNOWN_KEY,
        ];
        let mut all: BTreeSet<&str> =
            told.filter_map(|mark| marks::known(mark)).filter(|mark| !healed.contains(mark)).collect();
        let facts = [
            (!self.chosen.gaps.is_empty(), marks::GAP),
            (self.chosen.broken, marks::BROKEN_CHAIN),
            (jumped, marks::CLOCK_JUMP),
            (lost > 0, marks::LOST_RECORDS),
            (self.taken.sealed().is_empty(), marks::NO_SEAL),
        ];
        all.extend(facts.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark));
        all.into_iter().map(str::to_owned).collect()
    }
}

fn stamps(records: &[Record]) -> Vec<Stamp> {
    let mut run = 0;
    let mut last: Option<&str> = None;
    let mut stamps = Vec::with_capacity(records.len());
    for record in records {
        if last.is_some_and(|boot| boot != record.boot) {
            run += 1;
        }
        last = Some(&record.boot);
        stamps.push(Stamp { run, monotonic_millis: record.monotonic_millis, wall_millis: record.wall_millis });
    }
    stamps
}

/// Where visits without a day lie, by the records with one before and after them.
fn undated_within(records: &[(Record, Option<i64>)]) -> Vec<Between> {
    let (mut found, mut after, mut open) = (Vec::new(), None, false);
    for (record, wall) in records {
        let day = wall.and_then(LocalHour::of).map(|local| local.day);
        if day.is_some() {
            found.extend(open.then_some(Between { after, before: day }));
            (after, open) = (day, false);
        } else {
            open |= !record.visit.is_empty();
        }
    }
    found.extend(open.then_some(Between { after, before: None }));
    found.dedup();
    found
}

/// Reads a kiosk's records and makes its visits.
pub async fn derive(lake: &Lake, kiosk: &Kiosk) -> Result<(Vec<Visit>, Health), LakeError> {
    let (records, jumped) = kiosk.records(lake).await?;
    let visits = sessions::visits(&records);
    let lost =
        records.iter().filter(|(r, _)| r.kind == "lost").map(|(r, _)| u64::try_from(r.amount).unwrap_or(0)).sum();
    let started = records.iter().rev().find(|(record, _)| record.kind == "kiosk-started");
    let last_wall = records.iter().filter_map(|(_, wall)| *wall).max();
    let health = Health {
        kiosk: kiosk.id.clone(),
        last_day: last_wall.and_then(LocalHour::of).map(|local| local.day),
        version: started.map_or_else(String::new, |(record, _)| record.detail.clone()),
        records: records.len() as u64,
        visits: visits.len() as u64,
        undated: visits.iter().filter(|visit| visit.begun.is_none()).count() as u64,
        undated_within: undated_within(&records),
        lost,
        gaps: kiosk.chosen.gaps.clone(),
        marks: kiosk.marks(jumped, lost),
    };
    Ok((visits, health))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_of_a_dead_clock_lie_between_the_days_that_are_known() {
        const DAY: i64 = 86_400_000;
        let record = |visit: &str, day: Option<i64>| {
            let record = Record {
                sequence: 1,
                boot: String::new(),
                monotonic_millis: 0,
                wall_millis: 0,
                visit: visit.to_owned(),
                kind: "item-opened".to_owned(),
                subject: String::new(),
                detail: String::new(),
                amount: 0,
            };
            (record, day.map(|day| day * DAY))
        };
        let between = |after, before| Between { after, before };
        let records = [
            record("a", None),
            record("b", Some(20_000)),
            record("", None),
            record("c", Some(20_010)),
            record("d", None),
            record("e", None),
            record("f", Some(20_020)),
            record("g", None),
        ];
        let found = undated_within(&records);
        assert_eq!(
            found,
            [between(None, Some(20_000)), between(Some(20_010), Some(20_020)), between(Some(20_020), None)]
        );
        assert!(found[1].may_be_in(20_015, 20_016) && found[1].may_be_in(20_020, 20_030));
        assert!(!found[1].may_be_in(20_000, 20_009) && !found[1].may_be_in(20_021, 20_030));
        assert!(found[0].may_be_in(0, 1) && found[2].may_be_in(30_000, 30_001) && !found[2].may_be_in(0, 20_019));
    }
}
