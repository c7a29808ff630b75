//! All atoms of a lake counted beforehand, for a dashboard: a page of any unit and period is then a sum, and no question
//! to the files. Filled while pages are served already; what is not there yet is asked for as always.

use super::answers::LakeAnswers;
use super::atoms::{Asked, Atom};
use super::counts::{AtomCounts, Histogram, Measures};
use super::told::AtomTold;
use super::{Engine, EngineError, exact};
use crate::department::atlas::nation;
use crate::department::figures::{Period, Words};
use crate::department::lake::events::{date_of, days_of};
use crate::department::lake::tables::Rows;
use crate::department::suppression::coarse_millis;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// Some 110 kB each (docs/scale.md). A lake of more atoms, as of a whole nation, is asked each time for its older ones.
const MOST_ATOMS: usize = 10_000;
/// Values below this are added up in a row, others in a tree.
const IN_A_ROW: u64 = 4_096;

/// How often each value occurred, in order.
type Times = Vec<(u64, u64)>;

#[derive(Debug, Default)]
struct Held {
    told: Arc<AtomTold>,
    millis: u64,
    /// Of the records that its first and last visit begin with, where any visit is told of.
    sequences: Option<(i64, i64)>,
    /// In seconds, in steps as medians are told.
    lengths: Times,
    dwell: Vec<(Arc<str>, Times)>,
    zoom: Vec<(Arc<str>, Times)>,
}

/// What a question comes to.
pub struct Stocked {
    /// In the order of the question's atoms.
    pub told: Vec<Arc<AtomTold>>,
    pub measures: Measures,
    pub millis: u64,
    /// Kiosks, and the records that the first and the last of their visits that are told of begin with.
    pub sequences: BTreeMap<String, (i64, i64)>,
}

/// By kiosk, then by first and last day.
type Shelves = HashMap<String, Vec<((i32, i32), Arc<Held>)>>;

/// Days on which each kiosk was visited.
pub type Worked = HashMap<String, Vec<i32>>;

#[derive(Debug, Default)]
pub struct Stock {
    shelves: RwLock<Shelves>,
    worked: OnceLock<Worked>,
    /// First and last day that everything is known of; nobody visited anything before or after.
    reach: OnceLock<(i32, i32)>,
    /// Segments before and after.
    empty: Mutex<HashMap<(i32, i32), Arc<Held>>>,
}

impl Stock {
    /// Counts every segment of the calendar that the lake reaches over, the newest first.
    pub async fn fill(&self, answers: &LakeAnswers) -> Result<(), EngineError> {
        let worked = worked(&answers.engine, None).await?;
        let worked = self.worked.get_or_init(|| worked);
        let days = worked.values().flatten();
        let Some((first, last)) = days.clone().min().zip(days.max()) else { return Ok(()) };
        let Some((first, last)) = date_of(*first).zip(date_of(*last)) else { return Ok(()) };
        let nation = nation();
        let mut held = 0;
        let segments = answers.calendar.segments(first, last);
        let reach = segments.first().zip(segments.last()).map(|(first, last)| (days_of(first.0), days_of(last.1)));
        for (first, last) in segments.into_iter().rev() {
            let mut asked = answers.asked(&nation, &Period { first, last, name: Words::default() });
            held += asked.atoms.len();
            if held > MOST_ATOMS {
                return Ok(());
            }
            // Lengths are then told by atom.
            asked.atoms.iter_mut().enumerate().for_each(|(at, atom)| atom.below = at);
            let counted = count(answers, &asked).await?;
            let mut shelves = self.shelves.write().unwrap_or_else(PoisonError::into_inner);
            for (atom, held) in asked.atoms.into_iter().zip(counted) {
                shelves.entry(atom.kiosk).or_default().push(((atom.first, atom.last), Arc::new(held)));
            }
        }
        reach.map(|reach| self.reach.set(reach));
        Ok(())
    }

    /// An atom of a kiosk at days before or after all visits.
    fn empty(&self, answers: &LakeAnswers, atom: &Atom) -> Option<Arc<Held>> {
        let (first, last) = *self.reach.get()?;
        let mut empty = self.empty.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(held(answers, atom, &AtomCounts::default(), None));
        (atom.last < first || atom.first > last)
            .then(|| Arc::clone(empty.entry((atom.first, atom.last)).or_insert_with(made)))
    }

    /// Days on which each kiosk was visited, once they are known.
    pub fn worked(&self) -> Option<&Worked> {
        self.worked.get()
    }

    /// None while anything of the question is not there.
    pub fn find(&self, answers: &LakeAnswers, asked: &Asked) -> Option<Stocked> {
        let shelves = self.shelves.read().unwrap_or_else(PoisonError::into_inner);
        let held = |atom: &Atom| {
            let mut shelf = shelves.get(&atom.kiosk).into_iter().flatten();
            let held = shelf.find(|(days, _)| *days == (atom.first, atom.last)).map(|(_, held)| Arc::clone(held));
            held.or_else(|| self.empty(answers, atom))
        };
        let all: Vec<Arc<Held>> = asked.atoms.iter().map(held).collect::<Option<_>>()?;
        drop(shelves);
        Some(stocked(asked, &all))
    }
}

/// On which days each kiosk was visited, of all days or of a period's.
pub async fn worked(engine: &Engine, period: Option<&Period>) -> Result<Worked, EngineError> {
    let mut worked = Worked::new();
    let within = |Period { first, last, .. }: &Period| format!(" WHERE day BETWEEN DATE '{first}' AND DATE '{last}'");
    let question = format!("SELECT DISTINCT kiosk, day FROM day_visit{}", period.map(within).unwrap_or_default());
    for batch in engine.sql(&question).await? {
        let rows = Rows(&batch);
        let (kiosk, day) = (rows.text("kiosk")?, rows.day("day")?);
        for at in 0..batch.num_rows() {
            worked.entry(kiosk.value(at).to_owned()).or_default().push(day.value(at));
        }
    }
    Ok(worked)
}

async fn count(answers: &LakeAnswers, asked: &Asked) -> Result<Vec<Held>, EngineError> {
    let counts = exact::count_but_dwell(&answers.engine, asked).await?;
    let mut all: Vec<Held> = Vec::with_capacity(asked.atoms.len());
    for (at, (atom, counts_of)) in asked.atoms.iter().zip(&counts.atoms).enumerate() {
        all.push(held(answers, atom, counts_of, counts.measures.lengths.get(&at)));
    }
    for batch in &answers.engine.ask_here(include_str!("../queries/stock_sequences.sql"), &asked.atoms).await? {
        let rows = Rows(batch);
        let (atom, first, last) = (rows.int("atom")?, rows.long("first_sequence")?, rows.long("last_sequence")?);
        for at in 0..batch.num_rows() {
            let of = usize::try_from(atom.value(at)).unwrap_or(usize::MAX);
            if let Some(held) = all.get_mut(of).filter(|held| held.told.is_told()) {
                held.sequences = Some((first.value(at), last.value(at)));
            }
        }
    }
    let names: HashMap<&str, Arc<str>> =
        answers.domain.items.iter().map(|item| (item.as_str(), Arc::from(item.as_str()))).collect();
    let mut dwell: BTreeMap<(usize, bool, &str), Histogram> = BTreeMap::new();
    let batches = answers.engine.ask_here(include_str!("../queries/stock_dwell.sql"), &asked.atoms).await?;
    for batch in &batches {
        let rows = Rows(batch);
        let (atom, item, measure) = (rows.int("atom")?, rows.text("item")?, rows.text("measure")?);
        let (value, times) = (rows.long("value")?, rows.long("times")?);
        for at in 0..batch.num_rows() {
            let Some((item, _)) = names.get_key_value(item.value(at)) else { continue };
            let of = usize::try_from(atom.value(at)).unwrap_or(usize::MAX);
            let histogram = dwell.entry((of, measure.value(at) == "zoom", item)).or_default();
            histogram.insert(value.value(at).unsigned_abs(), times.value(at).unsigned_abs());
        }
    }
    for ((at, is_zoom, item), histogram) in dwell {
        let (Some(held), Some(name)) = (all.get_mut(at), names.get(item)) else { continue };
        let of = if is_zoom { &mut held.zoom } else { &mut held.dwell };
        of.push((Arc::clone(name), histogram.into_iter().collect()));
    }
    Ok(all)
}

fn held(answers: &LakeAnswers, atom: &Atom, counts: &AtomCounts, lengths: Option<&Histogram>) -> Held {
    let mut coarse = Histogram::new();
    for (seconds, visits) in lengths.into_iter().flatten() {
        *coarse.entry(coarse_millis(seconds * 1_000) / 1_000).or_default() += visits;
    }
    Held {
        told: Arc::new(AtomTold::of(atom, counts, &answers.domain, answers.threshold)),
        millis: counts.millis,
        lengths: coarse.into_iter().collect(),
        ..Held::default()
    }
}

fn stocked(asked: &Asked, all: &[Arc<Held>]) -> Stocked {
    let mut lengths: BTreeMap<usize, Sums> = BTreeMap::new();
    let (mut dwell, mut zoom): (HashMap<&str, Sums>, HashMap<&str, Sums>) = Default::default();
    let mut sequences: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (atom, held) in asked.atoms.iter().zip(all) {
        lengths.entry(atom.below).or_default().add(&held.lengths);
        held.dwell.iter().for_each(|(item, times)| dwell.entry(item).or_default().add(times));
        held.zoom.iter().for_each(|(item, times)| zoom.entry(item).or_default().add(times));
        if let Some((first, last)) = held.sequences {
            let range = sequences.entry(atom.kiosk.clone()).or_insert((first, last));
            *range = (range.0.min(first), range.1.max(last));
        }
    }
    lengths.retain(|_, sums| !sums.is_empty());
    let named =
        |all: HashMap<&str, Sums>| all.into_iter().map(|(item, sums)| (item.to_owned(), sums.whole())).collect();
    Stocked {
        told: all.iter().map(|held| Arc::clone(&held.told)).collect(),
        measures: Measures {
            lengths: lengths.into_iter().map(|(below, sums)| (below, sums.whole())).collect(),
            dwell: named(dwell),
            zoom: named(zoom),
        },
        millis: all.iter().map(|held| held.millis).sum(),
        sequences,
    }
}

/// Histograms added up.
#[derive(Default)]
struct Sums {
    row: Vec<u64>,
    rest: Histogram,
}

impl Sums {
    fn add(&mut self, times: &Times) {
        for (value, times) in times {
            match usize::try_from(*value) {
                Ok(at) if *value < IN_A_ROW => {
                    self.row.resize(self.row.len().max(at + 1), 0);
                    self.row[at] += times;
                }
                _ => *self.rest.entry(*value).or_default() += times,
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.row.is_empty() && self.rest.is_empty()
    }

    fn whole(self) -> Histogram {
        let row = (0..).zip(self.row).filter(|(_, times)| *times > 0);
        row.chain(self.rest).collect()
    }
}
