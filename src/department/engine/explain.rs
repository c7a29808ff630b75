//! Which journals a figure came from, and what each kiosk holds of it. What is told here is told of the same atoms as
//! everywhere else, so that an explanation may go with the report.

use super::answers::LakeAnswers;
use super::atoms::{Asked, Atom};
use super::counts::BANDS_SECONDS;
use super::publish::Publishing;
use super::told::{AtomTold, ItemTold};
use super::{Engine, EngineError};
use crate::department::figures::JournalUsed;
use crate::department::lake::events::{date_of, days_of};
use crate::department::lake::ledger::Source;
use crate::department::lake::tables::Rows;
use crate::department::suppression::{Told, coarse_records};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// In the name of a cell: the sum of a column, or of a row of hours.
const ALL: &str = "*";
/// The row of what is not split up among the others.
const UNSPLIT: &str = "_unsplit";

/// The journals that hold the visits that are told of, by kiosk and first record. An atom of which nothing is told has
/// none: where its few visits lie, and in how many journals, would tell how many they are.
pub async fn journals(answers: &LakeAnswers, publishing: &Publishing<'_>) -> Result<Vec<JournalUsed>, EngineError> {
    let atoms = publishing.asked.atoms.iter().zip(publishing.atoms());
    let told: Vec<Atom> = atoms.filter(|(_, of)| of.is_told()).map(|(atom, _)| atom.clone()).collect();
    Ok(journals_of(answers, sequences(&answers.engine, &told).await?))
}

/// The same of kiosks and the records that their first and last visit begin with.
pub fn journals_of(answers: &LakeAnswers, visits: impl IntoIterator<Item = (String, i64, i64)>) -> Vec<JournalUsed> {
    let used = visits.into_iter().flat_map(|(kiosk, first, last)| of_kiosk(answers, &kiosk, first, last));
    let mut used: Vec<JournalUsed> = used.collect();
    used.sort_by(|a, b| {
        let key = |used: &JournalUsed| (used.first_sequence, used.last_sequence);
        (&a.kiosk, key(a), &a.hash).cmp(&(&b.kiosk, key(b), &b.hash))
    });
    used
}

/// Whole journals of a kiosk, as they were taken in, that hold any of these records.
fn of_kiosk(answers: &LakeAnswers, kiosk: &str, first: i64, last: i64) -> Vec<JournalUsed> {
    let used = |source: &Source| {
        let (first_sequence, last_sequence) = coarse_records(source.first, source.last);
        JournalUsed { kiosk: kiosk.to_owned(), hash: source.file.hex(), first_sequence, last_sequence }
    };
    let kiosk = answers.snapshot.kiosks.get(kiosk);
    kiosk.map(|kiosk| kiosk.sources(first, last).into_iter().map(used).collect()).unwrap_or_default()
}

/// What one kiosk at one place in one segment of the calendar holds of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kiosk: String,
    pub first: Date,
    pub last: Date,
    pub told: Told,
    /// None where nothing is told of the kiosk's visits in this segment.
    pub journals: Vec<JournalUsed>,
}

/// What a cell is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A sum over kiosks and segments.
    Sum(Vec<Part>),
    /// Worked out over all of these; the parts are the counts that it rests on.
    RestsOn(Vec<Part>),
    /// The kiosks themselves are counted.
    Kiosks(Vec<String>),
    /// Visits without a known day, by kiosk.
    Undated(Vec<(String, Told)>),
    /// Records of these journals.
    Records(Vec<JournalUsed>),
    /// The visits of the period before.
    PeriodBefore,
    /// Not from journals: what teachers counted.
    HeadCounts,
}

/// Where a cell comes from, by its name: table, row, column. `None`: there is no such figure.
pub async fn origin(
    answers: &LakeAnswers,
    publishing: &Publishing<'_>,
    name: &[String; 3],
) -> Result<Option<Origin>, EngineError> {
    let [table, row, column] = name.each_ref().map(String::as_str);
    let asked = publishing.asked;
    Ok(match (table, row, column) {
        ("summary", "visits-before" | "change", _) => Some(Origin::PeriodBefore),
        ("summary", "teacher-count", _) => Some(Origin::HeadCounts),
        ("summary", "kiosks" | "kiosks-heard" | "schools" | "other-places", _) => {
            Some(Origin::Kiosks(kiosks(asked, |_| true)))
        }
        ("places", code, "kiosks") => Some(Origin::Kiosks(kiosks(asked, |atom| is_below(asked, atom, code)))),
        ("summary", "undated", _) => Some(Origin::Undated(undated(answers, publishing, ALL))),
        ("kiosks", id, "undated") => Some(Origin::Undated(undated(answers, publishing, id))),
        ("kiosks", id, "records") => Some(Origin::Records(records(answers, asked, id))),
        _ => {
            let told = |at: usize| told(publishing, at, [table, row, column]);
            let rests = matches!(column, "median" | "dwell" | "zoom")
                || matches!(row, "median" | "screen-time" | "people-most") && table == "summary";
            let parts = parts(answers, publishing, told).await?;
            parts.map(|parts| if rests { Origin::RestsOn(parts) } else { Origin::Sum(parts) })
        }
    })
}

fn is_below(asked: &Asked, atom: &Atom, code: &str) -> bool {
    code == ALL || asked.below.get(atom.below).is_some_and(|unit| unit.code == code)
}

fn kiosks(asked: &Asked, wanted: impl Fn(&Atom) -> bool) -> Vec<String> {
    let mut kiosks: Vec<String> =
        asked.atoms.iter().filter(|atom| wanted(atom)).map(|atom| atom.kiosk.clone()).collect();
    kiosks.sort();
    kiosks.dedup();
    kiosks
}

fn undated(answers: &LakeAnswers, publishing: &Publishing<'_>, id: &str) -> Vec<(String, Told)> {
    let told = super::undated::told(answers, publishing.asked, publishing.period);
    told.into_iter().filter(|(kiosk, _)| id == ALL || kiosk == id).collect()
}

/// All journals of a kiosk, or of every kiosk asked about. How many records each brought is not told: few new ones could
/// hold no more than a few visits.
fn records(answers: &LakeAnswers, asked: &Asked, id: &str) -> Vec<JournalUsed> {
    let mine = kiosks(asked, |atom| id == ALL || atom.kiosk == id);
    journals_of(answers, mine.into_iter().map(|kiosk| (kiosk, i64::MIN, i64::MAX)))
}

/// What an atom tells of a cell; none where the cell does not exist.
fn told(publishing: &Publishing<'_>, at: usize, [table, row, column]: [&str; 3]) -> Option<Told> {
    let (asked, domain) = (publishing.asked, publishing.domain);
    let (of, atom) = (publishing.atoms().get(at)?, asked.atoms.get(at)?);
    let days = |wanted: &dyn Fn(i32) -> bool| days(publishing, of, wanted);
    let visits = || publishing.visits_of(at);
    match (table, row) {
        ("summary", "visits" | "median" | "screen-time" | "people-most") => Some(visits()),
        ("summary", "finished") => Some(of.finished),
        ("summary", "people-least") => Some(of.with_items),
        ("weeks" | "days", ALL) => Some(visits()),
        ("weeks" | "days", UNSPLIT) => Some(rest(visits(), days(&|_| true))),
        ("days", day) => day.parse().ok().map(|day: Date| days(&|at| at == days_of(day))),
        ("weeks", monday) => {
            let monday = days_of(monday.parse().ok()?);
            Some(days(&|day| (monday..monday + 7).contains(&day)))
        }
        ("hours", UNSPLIT) => Some(rest(of.visits, hours(of, ALL, ALL)?)),
        ("hours", ALL) if [ALL, "all"].contains(&column) => Some(of.visits),
        ("hours", _) => hours(of, row, column),
        ("lengths", _) => among(&of.bands, (0..=BANDS_SECONDS.len()).map(band_key), row, of.visits),
        ("languages", _) => among(&of.languages, domain.languages.iter().cloned(), row, of.visits),
        ("items", _) => {
            let value = item_column(column)?;
            let rows: Vec<Told> = of.items.iter().map(value).collect();
            among(&rows, domain.items.iter().cloned(), row, value(&of.all_items))
        }
        ("paths", _) => {
            let named = |step: &u64| row == ALL || row.split_once("..") == Some(domain.ends(*step));
            Some(of.paths.iter().filter(|(step, _)| named(step)).map(|(_, told)| *told).sum())
        }
        ("places", code) => Some(if is_below(asked, atom, code) { visits() } else { Told::default() }),
        _ => None,
    }
}

fn days(publishing: &Publishing<'_>, atom: &AtomTold, wanted: &dyn Fn(i32) -> bool) -> Told {
    let (first, last) = publishing.days_told();
    let told = atom.days.iter().filter(|(day, _)| (first..=last).contains(*day) && wanted(**day));
    told.map(|(_, told)| *told).sum()
}

/// What rows leave of the number that they share.
fn rest(all: Told, rows: Told) -> Told {
    Told { shown: all.shown.saturating_sub(rows.shown), more: all.more }
}

/// One row, all that they share, or what is not split up among them.
fn among(rows: &[Told], keys: impl IntoIterator<Item = String>, row: &str, all: Told) -> Option<Told> {
    match row {
        ALL => Some(all),
        UNSPLIT => Some(rest(all, rows.iter().copied().sum())),
        _ => rows.get(keys.into_iter().position(|key| key == row)?).copied(),
    }
}

fn hours(atom: &AtomTold, weekday: &str, hour: &str) -> Option<Told> {
    let of = |text: &str, first: usize, end: usize| -> Option<std::ops::Range<usize>> {
        if [ALL, "all"].contains(&text) {
            return Some(0..end);
        }
        let at = text.parse::<usize>().ok()?.checked_sub(first).filter(|at| *at < end)?;
        Some(at..at + 1)
    };
    let (weekdays, hours) = (of(weekday, 1, 7)?, of(hour, 0, 24)?);
    Some(weekdays.flat_map(|weekday| hours.clone().map(move |hour| atom.hours[weekday][hour])).sum())
}

/// Bands by their ends in seconds, as the names of cells have them.
fn band_key(band: usize) -> String {
    let end = |band: usize| BANDS_SECONDS.get(band).map_or_else(String::new, |end| end.to_string());
    let from = band.checked_sub(1).map_or_else(|| "0".to_owned(), end);
    format!("{from}-{}", end(band))
}

/// What a column of the items holds, or what it rests on.
fn item_column(column: &str) -> Option<fn(&ItemTold) -> Told> {
    Some(match column {
        "openings" | "dwell" | "zoom" => |item: &ItemTold| item.openings,
        "begun" => |item: &ItemTold| item.begun,
        "heard" => |item: &ItemTold| item.heard,
        "sources" => |item: &ItemTold| item.sources,
        "abandoned" => |item: &ItemTold| item.abandoned,
        _ => return None,
    })
}

/// Each atom that holds something of the cell, with its journals.
async fn parts(
    answers: &LakeAnswers,
    publishing: &Publishing<'_>,
    told: impl Fn(usize) -> Option<Told>,
) -> Result<Option<Vec<Part>>, EngineError> {
    let atoms = publishing.asked.atoms.iter().zip(publishing.atoms());
    let mut held = Vec::new();
    // In one segment no kiosk stands twice, so one question tells of all of them.
    let mut segments: BTreeMap<(i32, i32), Vec<Atom>> = BTreeMap::new();
    for (at, (atom, of)) in atoms.enumerate() {
        let Some(told) = told(at) else { return Ok(None) };
        if told != Told::default() {
            held.push((atom, told));
            if of.is_told() {
                segments.entry((atom.first, atom.last)).or_default().push(atom.clone());
            }
        }
    }
    let mut records: BTreeMap<(i32, i32, String), (i64, i64)> = BTreeMap::new();
    for ((first, last), atoms) in segments {
        for (kiosk, from, to) in sequences(&answers.engine, &atoms).await? {
            records.insert((first, last, kiosk), (from, to));
        }
    }
    let part = |(atom, told): (&Atom, Told)| {
        let (first, last) = (date_of(atom.first)?, date_of(atom.last)?);
        let range = records.get(&(atom.first, atom.last, atom.kiosk.clone()));
        let journals = range.map(|(from, to)| of_kiosk(answers, &atom.kiosk, *from, *to)).unwrap_or_default();
        Some(Part { kiosk: atom.kiosk.clone(), first, last, told, journals })
    };
    Ok(Some(held.into_iter().filter_map(part).collect()))
}

/// The records that each kiosk's first and last visit in these atoms begin with; never told.
async fn sequences(engine: &Engine, atoms: &[Atom]) -> Result<Vec<(String, i64, i64)>, EngineError> {
    let mut found = Vec::new();
    for batch in engine.ask("sequences", atoms).await? {
        let rows = Rows(&batch);
        let (kiosk, first) = (rows.text("kiosk")?, rows.long("first_sequence")?);
        let last = rows.long("last_sequence")?;
        found.extend((0..batch.num_rows()).map(|at| (kiosk.value(at).to_owned(), first.value(at), last.value(at))));
    }
    Ok(found)
}
