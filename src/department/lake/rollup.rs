//! Tables made from visits: one row a visit, one row a visit to an item, and the daily roll-ups that reports read. They lie
//! by kiosk and what is counted, days last: questions add up days (`engine/fold_runs`).

use super::LakeError;
use super::sessions::{ItemVisit, LocalHour, Visit};
use super::tables::{Columns, Table};
use std::collections::BTreeMap;

/// A visit and whose it is.
#[derive(Clone, Copy)]
struct Seen<'a> {
    kiosk: &'a str,
    visit: &'a Visit,
}

/// The tables of some visits, each as one Parquet file; a table without rows is left out.
pub fn tables(kiosks: &[(&str, Vec<&Visit>)]) -> Result<Vec<(Table, u64, Vec<u8>)>, LakeError> {
    let mut seen: Vec<Seen<'_>> =
        kiosks.iter().flat_map(|(kiosk, visits)| visits.iter().map(|visit| Seen { kiosk, visit })).collect();
    seen.sort_by_key(|s| (s.kiosk, s.visit.begun, s.visit.first_sequence));
    let mut out = Vec::new();
    for table in Table::DERIVED {
        let (rows, columns) = match table {
            Table::Visit => visit(&seen),
            Table::ItemVisit => item_visit(&seen),
            Table::DayVisit => day_visit(&seen),
            Table::DayLength => day_length(&seen),
            Table::DayItem => day_item(&seen),
            Table::DayDwell => day_dwell(&seen),
            Table::DayPath => day_path(&seen),
            Table::DaySequence => day_sequence(&seen),
            Table::Event | Table::Placement => continue,
        };
        if rows > 0 {
            out.push((table, rows as u64, columns.parquet()?));
        }
    }
    Ok(out)
}

fn day(begun: Option<LocalHour>) -> Option<i32> {
    begun.map(|local| local.day)
}

fn hour(begun: Option<LocalHour>) -> Option<i32> {
    begun.map(|local| local.hour)
}

fn count(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}

fn visit(seen: &[Seen<'_>]) -> (usize, Columns) {
    let visits = || seen.iter().map(|s| s.visit);
    let columns = Columns::of(Table::Visit)
        .text(seen.iter().map(|s| s.kiosk))
        .day(visits().map(|v| day(v.begun)))
        .maybe_int(visits().map(|v| hour(v.begun)))
        .long(visits().map(|v| v.first_sequence))
        .long(visits().map(|v| v.millis))
        .text(visits().map(|v| v.ending.as_str()))
        .int(visits().map(|v| count(v.items.len())))
        .truth(visits().map(Visit::is_finished))
        .int(visits().map(|v| v.narrations_heard))
        .int(visits().map(|v| v.sources))
        .text(visits().map(|v| v.language.as_str()))
        .text(visits().map(|v| v.items.last().map_or("", |item| item.item.as_str())));
    (seen.len(), columns)
}

fn item_visit(seen: &[Seen<'_>]) -> (usize, Columns) {
    let rows: Vec<(Seen<'_>, &ItemVisit)> =
        seen.iter().flat_map(|s| s.visit.items.iter().map(move |item| (*s, item))).collect();
    let items = || rows.iter().map(|(_, item)| *item);
    let columns = Columns::of(Table::ItemVisit)
        .text(rows.iter().map(|(s, _)| s.kiosk))
        .day(rows.iter().map(|(s, _)| day(s.visit.begun)))
        .maybe_int(rows.iter().map(|(s, _)| hour(s.visit.begun)))
        .text(items().map(|i| i.item.as_str()))
        .text(items().map(|i| i.previous_item.as_str()))
        .long(items().map(|i| i.dwell_millis))
        .maybe_long(items().map(|i| i.zoom_percent))
        .int(items().map(|i| i.narrations_begun))
        .int(items().map(|i| i.narrations_heard))
        .int(items().map(|i| i.sources))
        .truth(items().map(ItemVisit::is_abandoned));
    (rows.len(), columns)
}

/// Visits whose day is known, with it.
fn dated<'a>(seen: &'a [Seen<'a>]) -> impl Iterator<Item = (&'a str, LocalHour, &'a Visit)> {
    seen.iter().filter_map(|s| s.visit.begun.map(|begun| (s.kiosk, begun, s.visit)))
}

fn day_visit(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut sums: BTreeMap<(&str, &str, LocalHour), [i64; 4]> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        let sum = sums.entry((kiosk, visit.language.as_str(), begun)).or_default();
        let with_items = i64::from(!visit.items.is_empty());
        add(sum, [1, visit.millis, i64::from(visit.is_finished()), with_items]);
    }
    let columns = Columns::of(Table::DayVisit)
        .text(sums.keys().map(|(kiosk, ..)| *kiosk))
        .day(sums.keys().map(|(.., begun)| Some(begun.day)))
        .int(sums.keys().map(|(.., begun)| begun.hour))
        .text(sums.keys().map(|(_, language, _)| *language))
        .long(sums.values().map(|s| s[0]))
        .long(sums.values().map(|s| s[1]))
        .long(sums.values().map(|s| s[2]))
        .long(sums.values().map(|s| s[3]));
    (sums.len(), columns)
}

fn add<const N: usize>(sum: &mut [i64; N], more: [i64; N]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum = sum.saturating_add(more);
    }
}

fn day_length(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut sums: BTreeMap<(&str, i64, i32), i64> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        *sums.entry((kiosk, visit.millis / 1_000, begun.day)).or_default() += 1;
    }
    let columns = Columns::of(Table::DayLength)
        .text(sums.keys().map(|(kiosk, ..)| *kiosk))
        .day(sums.keys().map(|(.., day)| Some(*day)))
        .long(sums.keys().map(|(_, seconds, _)| *seconds))
        .long(sums.values().copied());
    (sums.len(), columns)
}

fn day_item(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut sums: BTreeMap<(&str, &str, i32), [i64; 5]> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        for item in &visit.items {
            let sum = sums.entry((kiosk, item.item.as_str(), begun.day)).or_default();
            let [started, heard, sources] = [item.narrations_begun, item.narrations_heard, item.sources].map(i64::from);
            add(sum, [1, started, heard, sources, i64::from(item.is_abandoned())]);
        }
    }
    let columns = Columns::of(Table::DayItem)
        .text(sums.keys().map(|(kiosk, ..)| *kiosk))
        .day(sums.keys().map(|(.., day)| Some(*day)))
        .text(sums.keys().map(|(_, item, _)| *item))
        .long(sums.values().map(|s| s[0]))
        .long(sums.values().map(|s| s[1]))
        .long(sums.values().map(|s| s[2]))
        .long(sums.values().map(|s| s[3]))
        .long(sums.values().map(|s| s[4]));
    (sums.len(), columns)
}

/// How often each dwell in whole seconds and each depth of zoom occurred: medians over any days and kiosks are exact.
fn day_dwell(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut sums: BTreeMap<(&str, &str, &str, i64, i32), i64> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        for item in &visit.items {
            let key = |measure, value| (kiosk, item.item.as_str(), measure, value, begun.day);
            *sums.entry(key("dwell", item.dwell_millis / 1_000)).or_default() += 1;
            if let Some(percent) = item.zoom_percent {
                *sums.entry(key("zoom", percent)).or_default() += 1;
            }
        }
    }
    let columns = Columns::of(Table::DayDwell)
        .text(sums.keys().map(|(kiosk, ..)| *kiosk))
        .day(sums.keys().map(|(.., day)| Some(*day)))
        .text(sums.keys().map(|(_, item, ..)| *item))
        .text(sums.keys().map(|(_, _, measure, ..)| *measure))
        .long(sums.keys().map(|(.., value, _)| *value))
        .long(sums.values().copied());
    (sums.len(), columns)
}

/// Steps from item to item; an empty one is the beginning or the end of the visit.
fn day_path(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut sums: BTreeMap<(&str, &str, &str, i32), i64> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        for item in &visit.items {
            *sums.entry((kiosk, item.previous_item.as_str(), item.item.as_str(), begun.day)).or_default() += 1;
        }
        if let Some(last) = visit.items.last() {
            *sums.entry((kiosk, last.item.as_str(), "", begun.day)).or_default() += 1;
        }
    }
    let columns = Columns::of(Table::DayPath)
        .text(sums.keys().map(|(kiosk, ..)| *kiosk))
        .day(sums.keys().map(|(.., day)| Some(*day)))
        .text(sums.keys().map(|(_, from, ..)| *from))
        .text(sums.keys().map(|(_, _, to, _)| *to))
        .long(sums.values().copied());
    (sums.len(), columns)
}

/// The records that the first and the last visit of a day begin with: which journals a figure came from.
fn day_sequence(seen: &[Seen<'_>]) -> (usize, Columns) {
    let mut ranges: BTreeMap<(&str, i32), (i64, i64)> = BTreeMap::new();
    for (kiosk, begun, visit) in dated(seen) {
        let at = visit.first_sequence;
        let range = ranges.entry((kiosk, begun.day)).or_insert((at, at));
        *range = (range.0.min(at), range.1.max(at));
    }
    let columns = Columns::of(Table::DaySequence)
        .text(ranges.keys().map(|(kiosk, _)| *kiosk))
        .day(ranges.keys().map(|(_, day)| Some(*day)))
        .long(ranges.values().map(|(first, _)| *first))
        .long(ranges.values().map(|(_, last)| *last));
    (ranges.len(), columns)
}
