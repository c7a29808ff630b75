//! The same counts once more, without SQL, roll-ups or the code that made them: straight from the records, one visit
//! after the other, each figure by its own look at the visit's records. Slow, and only for checking: no report is
//! written before both ways agree.

use super::EngineError;
use super::atoms::{Asked, Atom};
use super::counts::{AtomCounts, BANDS_SECONDS, Counts, Histogram};
use crate::department::lake::Lake;
use crate::department::lake::derive::Kiosk;
use crate::visits::record::Record;
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

const HOUR_MILLIS: i64 = 3_600_000;

/// As many kiosks at once as there are cores.
pub async fn count(lake: &Lake, kiosks: &BTreeMap<String, Kiosk>, asked: &Asked) -> Result<Counts, EngineError> {
    let mut counts = Counts { atoms: vec![AtomCounts::default(); asked.atoms.len()], ..Counts::default() };
    let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, atom) in asked.atoms.iter().enumerate() {
        wanted.entry(&atom.kiosk).or_default().push(at);
    }
    let asked = Arc::new(asked.clone());
    let known = wanted.into_iter().filter_map(|(id, atoms)| Some((kiosks.get(id)?, atoms)));
    let counting = known.map(|(kiosk, atoms)| {
        let (lake, kiosk, asked) = (lake.clone(), kiosk.clone(), Arc::clone(&asked));
        // Each on a thread of its own; this one adds up.
        tokio::spawn(async move { one_kiosk(&lake, &kiosk, &asked, atoms).await })
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut counted = futures::stream::iter(counting).buffer_unordered(cores);
    while let Some(part) = counted.next().await {
        let (part, atoms) = part.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()))?;
        add(&mut counts, part, &atoms);
    }
    Ok(counts)
}

fn add(counts: &mut Counts, mut part: Counts, atoms: &[usize]) {
    for at in atoms {
        counts.atoms[*at] = std::mem::take(&mut part.atoms[*at]);
    }
    counts.undated.append(&mut part.undated);
    let (all, mine) = (&mut counts.measures, part.measures);
    let add = |sum: &mut Histogram, more: Histogram| {
        more.into_iter().for_each(|(value, times)| *sum.entry(value).or_default() += times);
    };
    mine.lengths.into_iter().for_each(|(below, more)| add(all.lengths.entry(below).or_default(), more));
    mine.dwell.into_iter().for_each(|(item, more)| add(all.dwell.entry(item).or_default(), more));
    mine.zoom.into_iter().for_each(|(item, more)| add(all.zoom.entry(item).or_default(), more));
}

async fn one_kiosk(
    lake: &Lake,
    kiosk: &Kiosk,
    asked: &Asked,
    atoms: Vec<usize>,
) -> Result<(Counts, Vec<usize>), EngineError> {
    let mut counts = Counts { atoms: vec![AtomCounts::default(); asked.atoms.len()], ..Counts::default() };
    let (records, _) = kiosk.records(lake).await?;
    let mut start = 0;
    while start < records.len() {
        if records[start].0.visit.is_empty() {
            start += 1;
            continue;
        }
        let token = &records[start].0.visit;
        // Records outside visits may lie between those of one.
        let mut end = start + 1;
        while end < records.len() && (records[end].0.visit == *token || records[end].0.visit.is_empty()) {
            end += 1;
        }
        let mine: Vec<&Record> = records[start..end].iter().map(|(r, _)| r).filter(|r| r.visit == *token).collect();
        match records[start].1 {
            Some(wall) => one_visit(&mut counts, asked, &atoms, wall, &mine),
            None => *counts.undated.entry(kiosk.id.clone()).or_default() += 1,
        }
        start = end;
    }
    Ok((counts, atoms))
}

fn one_visit(counts: &mut Counts, asked: &Asked, atoms: &[usize], wall: i64, records: &[&Record]) {
    let hours = (wall + 7 * HOUR_MILLIS).div_euclid(HOUR_MILLIS);
    let day = i32::try_from(hours.div_euclid(24)).unwrap_or(i32::MIN);
    let of_day = |at: &&usize| asked.atoms.get(**at).is_some_and(|atom: &Atom| atom.first <= day && day <= atom.last);
    let Some(&at) = atoms.iter().find(of_day) else { return };
    let (Some(atom), Some(counted)) = (asked.atoms.get(at), counts.atoms.get_mut(at)) else { return };
    let millis = length(records);
    let opened: Vec<usize> = (0..records.len()).filter(|at| records[*at].kind == "item-opened").collect();
    *counted.days.entry(day).or_default() += 1;
    // The first of 1970 was a Thursday.
    let weekday = u8::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0);
    let hour = u8::try_from(hours.rem_euclid(24)).unwrap_or(0);
    *counted.hours.entry((weekday, hour)).or_default() += 1;
    *counted.languages.entry(language(records)).or_default() += 1;
    let seconds = i64::try_from(millis / 1_000).unwrap_or(i64::MAX);
    counted.bands[BANDS_SECONDS.iter().filter(|end| seconds >= **end).count()] += 1;
    counted.millis += millis;
    counted.finished += u64::from(records.iter().any(|r| r.kind == "narration-finished"));
    counted.with_items += u64::from(!opened.is_empty());
    *counts.measures.lengths.entry(atom.below).or_default().entry(millis / 1_000).or_default() += 1;
    for (nth, start) in opened.iter().enumerate() {
        let next = opened.get(nth + 1).copied().unwrap_or(records.len());
        one_item(counts, at, records, *start, next);
    }
    steps(&mut counts.atoms[at], opened.iter().map(|start| records[*start].subject.as_str()));
}

fn steps<'a>(counted: &mut AtomCounts, items: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = items.collect();
    if names.is_empty() {
        return;
    }
    let from = std::iter::once("").chain(names.iter().copied());
    for (from, to) in from.zip(names.iter().copied().chain([""])) {
        *counted.paths.entry((from.to_owned(), to.to_owned())).or_default() += 1;
    }
}

fn length(records: &[&Record]) -> u64 {
    let millis = match records.iter().rfind(|r| r.kind == "visit-ended") {
        Some(end) if end.detail == "idle" => end.amount - 80_000,
        Some(end) => end.amount,
        None => match (records.first(), records.last()) {
            (Some(first), Some(last)) => last.monotonic_millis - first.monotonic_millis,
            _ => 0,
        },
    };
    u64::try_from(millis).unwrap_or(0)
}

fn language(records: &[&Record]) -> String {
    let told = |r: &&&Record| match r.kind.as_str() {
        "language-chosen" => true,
        "narration-started" | "narration-stopped" | "narration-finished" => !r.detail.is_empty(),
        _ => false,
    };
    let last = records.iter().rev().find(told);
    let word = last.map_or("", |r| if r.detail.is_empty() { r.subject.as_str() } else { r.detail.as_str() });
    if word.is_empty() { "vi".to_owned() } else { word.to_owned() }
}

/// One opening of an item: `start` is its `item-opened`, `next` the place of the following one.
fn one_item(counts: &mut Counts, at: usize, records: &[&Record], start: usize, next: usize) {
    let id = &records[start].subject;
    let within = &records[start..next];
    let left = (start + 1..next).find(|place| records[*place].kind == "item-left" && records[*place].subject == *id);
    let ended = (start..records.len()).find(|place| records[*place].kind == "visit-ended");
    let ended_here = ended.filter(|place| *place < next);
    let closed = [left, ended_here].into_iter().flatten().min();
    let dwell = dwell(records, start, next, left, ended_here);
    // Sources belong to the item that is on the screen.
    let open = &records[start..closed.unwrap_or(next)];
    let count = |kind: &str| within.iter().filter(|r| r.kind == kind && r.subject == *id).count() as u64;
    // What is told of an item after another was opened belongs to its newest opening.
    let later = records[next..].iter().position(|r| r.kind == "item-opened" && r.subject == *id);
    let late = &records[next..later.map_or(records.len(), |place| next + place)];
    let count_late = |kind: &str| late.iter().filter(|r| r.kind == kind && r.subject == *id).count() as u64;
    let zooms = within.iter().chain(late).filter(|r| r.kind == "zoom-reached" && r.subject == *id);
    let zoom = zooms.map(|r| r.amount).max();
    let Some(counted) = counts.atoms.get_mut(at) else { return };
    let item = counted.items.entry(id.clone()).or_default();
    item.openings += 1;
    item.begun += count("narration-started") + count_late("narration-started");
    item.heard += count("narration-finished") + count_late("narration-finished");
    item.sources += open.iter().filter(|r| r.kind == "source-opened").count() as u64;
    item.abandoned += u64::from(dwell < 5_000);
    *counts.measures.dwell.entry(id.clone()).or_default().entry(dwell / 1_000).or_default() += 1;
    if let Some(zoom) = zoom.and_then(|zoom| u64::try_from(zoom).ok()) {
        *counts.measures.zoom.entry(id.clone()).or_default().entry(zoom).or_default() += 1;
    }
}

fn dwell(records: &[&Record], start: usize, next: usize, left: Option<usize>, ended: Option<usize>) -> u64 {
    let time = |place: usize| records[place].monotonic_millis;
    // Leaving counts while the visit goes on; without it the next item, the end, or the last record closes the item.
    let told = left.filter(|left| ended.is_none_or(|ended| *left < ended));
    let last = records.len() - 1;
    let closing = told.or(ended).unwrap_or_else(|| next.min(last));
    let millis = match told {
        Some(left) => records[left].amount,
        None => (time(closing) - time(start)).max(0),
    };
    let idle = ended.is_some_and(|ended| records[ended].detail == "idle" && time(ended) - time(closing) <= 1_000);
    u64::try_from(if idle { millis - 80_000 } else { millis }).unwrap_or(0)
}
