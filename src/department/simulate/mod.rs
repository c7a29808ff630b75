//! Believable journals from a seed, for tests, demonstrations and scale. No visit in them was made by anybody, and the
//! places have made-up names; journals are in every other way what kiosks write.

mod chance;
mod damage;
mod kiosk;
mod province;
mod story;
mod timetable;
mod writer;

use crate::diagnostics::cause;
use crate::visits::seal::{KioskKey, SealError, export_sealed};
use chance::Chance;
use damage::{Damage, DamageError};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kiosk::{ClockKind, Life};
use province::{Placed, Posted};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{fs, io, thread};
use writer::Writer;

/// The items of the sample exhibit and their titles.
const SAMPLE_ITEMS: &str = include_str!("../../../assets/simulate/items.csv");

/// What is to be simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub kiosks: usize,
    pub days: u32,
    pub out: PathBuf,
    pub seed: u64,
    pub from: Date,
    /// Table of items (`item,title_vi,title_en`); none for those of the sample exhibit.
    pub items: Option<String>,
    /// Kiosks made at the same time.
    pub threads: usize,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub records: u64,
    pub visits: u64,
    pub bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    #[error("{}: {} · {}", path.display(), cause(source).vi, cause(source).en)]
    File { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    Journal { path: PathBuf, source: rusqlite::Error },
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("{}: {source}", path.display())]
    Damage { path: PathBuf, source: DamageError },
    #[error("the list of items holds no item, or “{0}” is no id; danh sách tư liệu trống hoặc có mã sai")]
    Items(String),
    #[error("{}: is there already and not empty; thư mục đã có và không trống", .0.display())]
    NotEmpty(PathBuf),
    #[error("1 to 100000 kiosks and 1 to 4000 days can be simulated; chỉ mô phỏng được 1–100000 máy, 1–4000 ngày")]
    Size,
}

/// One kiosk, told in `simulated.csv` so that tests know what to find.
struct Told {
    posted: Posted,
    place: String,
    clock: ClockKind,
    damage: Damage,
    made: Made,
}

/// Makes everything; `progress` is told how many kiosks are done. An interrupted simulation is begun again in a new folder;
/// only `keys` may be there before, so that the kiosks keep their names.
pub fn simulate(plan: &Plan, progress: impl Fn(usize) + Sync) -> Result<Made, SimulateError> {
    if !(1..=100_000).contains(&plan.kiosks) || !(1..=4_000).contains(&plan.days) {
        return Err(SimulateError::Size);
    }
    let (items, table) = items(plan.items.as_deref())?;
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| SimulateError::File { path, source }
    };
    fs::create_dir_all(&plan.out).map_err(at(&plan.out))?;
    for entry in fs::read_dir(&plan.out).map_err(at(&plan.out))? {
        if entry.map_err(at(&plan.out))?.file_name() != "keys" {
            return Err(SimulateError::NotEmpty(plan.out.clone()));
        }
    }
    let placed = province::places(plan.kiosks);
    let all = make_all(plan, &placed, &items, &progress)?;
    let mut made = Made::default();
    let mut list = String::from("number,kiosk,place,clock,damage,records,visits,bytes\n");
    for (index, told) in all.iter().enumerate() {
        made = Made {
            records: made.records + told.made.records,
            visits: made.visits + told.made.visits,
            bytes: made.bytes + told.made.bytes,
        };
        let Made { records, visits, bytes } = told.made;
        let (clock, damage) = (told.clock.word(), told.damage.word());
        // Writing to a String cannot fail.
        let _ = writeln!(
            list,
            "{},{},{},{clock},{damage},{records},{visits},{bytes}",
            index + 1,
            told.posted.kiosk,
            told.place
        );
    }
    let posted: Vec<Posted> = all.into_iter().map(|told| told.posted).collect();
    province::write(&plan.out.join("places"), &posted, plan.from, &table).map_err(at(&plan.out))?;
    fs::write(plan.out.join("simulated.csv"), list).map_err(at(&plan.out))?;
    Ok(made)
}

/// The ids of the items, and the table with their titles.
fn items(table: Option<&str>) -> Result<(Vec<String>, String), SimulateError> {
    let text = table.unwrap_or(SAMPLE_ITEMS).trim_start_matches('\u{feff}');
    let first_cell = |line: &str| line.split([',', ';']).next().unwrap_or("").trim().to_owned();
    let ids: Vec<String> = text.lines().map(first_cell).filter(|id| !id.is_empty() && id != "item").collect();
    if let Some(bad) = ids.iter().find(|id| crate::base::ids::Id::new(id).is_none()) {
        return Err(SimulateError::Items(bad.chars().take(60).collect()));
    }
    if ids.is_empty() {
        return Err(SimulateError::Items(String::new()));
    }
    let has_titles = text.lines().next().is_some_and(|head| head.trim() == "item,title_vi,title_en");
    let plain = || ids.iter().fold("item,title_vi,title_en\n".to_owned(), |all, id| format!("{all}{id},{id},{id}\n"));
    let table = if has_titles { text.to_owned() } else { plain() };
    Ok((ids, table))
}

/// All kiosks in order, made by as many threads as the plan says.
fn make_all(
    plan: &Plan,
    placed: &[Placed],
    items: &[String],
    progress: &(impl Fn(usize) + Sync),
) -> Result<Vec<Told>, SimulateError> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(placed.len()));
    let work = || -> Result<(), SimulateError> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(place) = placed.get(index) else { return Ok(()) };
            // Whatever fails for one kiosk ends the others, too.
            let told = make(plan, index, place, items).inspect_err(|_| next.store(placed.len(), Ordering::Relaxed))?;
            made.lock().unwrap_or_else(PoisonError::into_inner).push((index, told));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.threads.clamp(1, 64)).map(|_| scope.spawn(work)).collect();
        let ends =
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ends.collect::<Vec<_>>().into_iter().collect::<Result<(), _>>()
    })?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(index, _)| *index);
    Ok(made.into_iter().map(|(_, told)| told).collect())
}

/// One kiosk: its journal is written beside the others' folders, sealed onto its stick, and removed.
fn make(plan: &Plan, index: usize, placed: &Placed, items: &[String]) -> Result<Told, SimulateError> {
    let mut chance = Chance::new(plan.seed, index as u64 + 1);
    let clock = match chance.below(100) {
        0..=5 => ClockKind::Dead,
        6..=15 => ClockKind::Off,
        _ => ClockKind::Good,
    };
    let damage = Damage::draw(&mut chance);
    let busy = province::busy(&mut chance);
    let key = KioskKey::open_or_make(&plan.out.join(format!("keys/{:06}", index + 1)))?;
    let journal = plan.out.join(format!("{:06}.making.sqlite", index + 1));
    let failed = |source| SimulateError::Journal { path: journal.clone(), source };
    let stick = plan.out.join("haidang-journals").join(key.kiosk_id());
    let mut life = Life { chance, clock, busy, placed, items, counted: Vec::new() };
    let mut writer = Writer::create(&journal).map_err(failed)?;
    let middle = plan.days / 2;
    for number in 0..plan.days {
        let day = plan.from.saturating_add(i64::from(number).days());
        life.live(&mut writer, day).map_err(failed)?;
        if number == middle && damage == Damage::Twice && writer.sequence() > 0 {
            writer.commit().map_err(failed)?;
            seal(&journal, &key, &stick, day)?;
        }
    }
    let visits = writer.visits;
    let records = writer.finish().map_err(failed)?;
    let last_day = plan.from.saturating_add(Span::new().days(i64::from(plan.days)));
    let mut made = Made { records: u64::try_from(records).unwrap_or(0), visits, bytes: 0 };
    if records > 0 {
        made.bytes = deliver(&journal, &key, &stick, last_day, (damage, records), &mut life.chance)?;
    }
    fs::remove_file(&journal).map_err(|source| SimulateError::File { path: journal.clone(), source })?;
    let posted = Posted { kiosk: key.kiosk_id().to_owned(), public_key: key.public_key(), counted: life.counted };
    Ok(Told { posted, place: placed.place.clone(), clock, damage, made })
}

fn seal(journal: &Path, key: &KioskKey, stick: &Path, day: Date) -> Result<PathBuf, SealError> {
    export_sealed(journal, key, stick, crate::department::periods::first_millis_of(day) + 61_200_000)
}

/// Puts the journal on the stick as it is meant to arrive; the bytes of all its files there.
fn deliver(
    journal: &Path,
    key: &KioskKey,
    stick: &Path,
    day: Date,
    (damage, records): (Damage, i64),
    chance: &mut Chance,
) -> Result<u64, SimulateError> {
    let at = |source| SimulateError::File { path: stick.to_owned(), source };
    if damage == Damage::NoSeal {
        fs::create_dir_all(stick).map_err(at)?;
        fs::copy(journal, stick.join("visits.sqlite")).map_err(at)?;
    } else {
        let copy = seal(journal, key, stick, day)?;
        damage::apply(damage, &copy, records, chance).map_err(|source| SimulateError::Damage { path: copy, source })?;
    }
    let mut bytes = 0;
    for entry in fs::read_dir(stick).map_err(at)? {
        bytes += entry.and_then(|entry| entry.metadata()).map_err(at)?.len();
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
