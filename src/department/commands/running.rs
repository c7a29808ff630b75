//! The answers of a dashboard that stays open: those of the lake, the places and the calendar as they were at the last
//! look, replaced whole when a later look finds something new. No question waits for that.

use super::super::args::{Office, Place};
use super::super::failure::Failure;
use super::office::{self, Places};
use crate::department::answers::{Answer, Answers};
use crate::department::engine::answers::LakeAnswers;
use crate::department::figures::{Figures, Level, Period, Unit};
use crate::department::lake::Lake;
use crate::department::places;
use crate::department::screen;
use jiff::civil::Date;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

/// An ingest that is still at work is waited for at so many looks at most.
const MOST_WAITS: u32 = 10;

/// What a look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Same,
    /// Something is new, and may be changing still.
    Changing,
    Renewed,
}

pub struct Running {
    office: Office,
    place: Place,
    now: RwLock<Now>,
    looked: tokio::sync::Mutex<Looked>,
}

/// What is answered from until the next renewal.
#[derive(Clone)]
pub struct Now {
    pub answers: Arc<LakeAnswers>,
    pub places: Places,
}

struct Looked {
    shown: Mark,
    last: Mark,
    waits: u32,
}

/// What answers depend on, told in so little that it can be looked at often.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    today: Date,
    /// Entries of the ledger, which never change, and the hash of their names.
    entries: usize,
    names: [u8; 32],
    /// Length and time of change of the files of places and of the calendar.
    files: Vec<Option<(u64, Option<SystemTime>)>>,
}

impl Mark {
    async fn of(lake: &Lake, office: &Office) -> Result<Self, Failure> {
        let ledger = lake.list("ledger").await?;
        let mut names = blake3::Hasher::new();
        for name in &ledger {
            names.update(name.as_bytes()).update(b"\n");
        }
        let folder = office.places.iter().flat_map(|folder| places::FILES.map(|(file, _)| folder.join(file)));
        let files = folder.chain(office.calendar.clone()).map(|file| stamp(&file)).collect();
        Ok(Self { today: office::today()?, entries: ledger.len(), names: *names.finalize().as_bytes(), files })
    }
}

fn stamp(file: &Path) -> Option<(u64, Option<SystemTime>)> {
    let known = std::fs::metadata(file).ok()?;
    Some((known.len(), known.modified().ok()))
}

impl Running {
    pub async fn open(office: &Office, place: &Place) -> Result<Self, Failure> {
        // Before the lake is read: what comes meanwhile is then found by the first look.
        let mark = Mark::of(&Lake::open(&office.lake).await?, office).await?;
        let (answers, places) = office::answers(office, place).await?;
        Ok(Self {
            office: office.clone(),
            place: place.clone(),
            now: RwLock::new(Now { answers: Arc::new(answers), places }),
            looked: tokio::sync::Mutex::new(Looked { shown: mark.clone(), last: mark, waits: 0 }),
        })
    }

    pub fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks whether anything is new, and once it has come to rest answers from it.
    pub async fn look(&self) -> Result<Look, Failure> {
        let mut looked = self.looked.lock().await;
        let mark = Mark::of(&self.now().answers.lake, &self.office).await?;
        let is_still = std::mem::replace(&mut looked.last, mark.clone()) == mark;
        if mark == looked.shown {
            looked.waits = 0;
            return Ok(Look::Same);
        }
        if !is_still && looked.waits < MOST_WAITS {
            looked.waits += 1;
            return Ok(Look::Changing);
        }
        let places = self.new_places()?;
        let answers = Arc::new(office::answers_by(&places, &self.office, &self.place).await?);
        stock_up(&answers).await;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Now { answers, places };
        (looked.shown, looked.waits) = (mark, 0);
        Ok(Look::Renewed)
    }

    /// The places as they are now, unless a table is just being worked on: with new errors the former ones stay.
    fn new_places(&self) -> Result<Places, Failure> {
        let before = self.now().places;
        let places = office::places(self.office.places.as_deref())?;
        if places.errors <= before.errors {
            return Ok(places);
        }
        screen::note(
            "danh mục địa điểm vừa sửa có thêm lỗi; vẫn dùng bản trước khi sửa",
            "the changed gazetteer has new errors; what it was before is still used",
        );
        places.tell_trouble();
        Ok(before)
    }
}

/// Counts everything beforehand. Where that fails, pages are counted when they are asked for.
pub async fn stock_up(answers: &LakeAnswers) {
    if let Err(error) = answers.stock_up().await {
        screen::note(&format!("chưa tính sẵn được: {error}"), &format!("nothing was counted beforehand: {error}"));
    }
}

impl Answers for Running {
    fn figures<'a>(&'a self, unit: &'a Unit, period: &'a Period) -> Answer<'a, Figures> {
        let answers = self.now().answers;
        Box::pin(async move { answers.figures(unit, period).await })
    }

    fn units_below<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>> {
        let answers = self.now().answers;
        Box::pin(async move { answers.units_below(unit, on).await })
    }

    fn chain<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>> {
        let answers = self.now().answers;
        Box::pin(async move { answers.chain(unit, on).await })
    }

    fn unit<'a>(&'a self, level: Level, code: &'a str, on: Date) -> Answer<'a, Option<Unit>> {
        let answers = self.now().answers;
        Box::pin(async move { answers.unit(level, code, on).await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::atlas::{NoPlaces, nation};
    use crate::department::ingest::{find, ingest};
    use crate::department::periods::{Calendar, parse};
    use crate::department::simulate::{Plan, simulate};
    use jiff::civil::date;
    use std::path::PathBuf;

    /// Journals of some kiosks, each in the folder of its stick.
    fn sticks(out: PathBuf) -> Vec<PathBuf> {
        let plan = Plan { kiosks: 4, days: 10, out, seed: 5, from: date(2026, 1, 5), items: None, threads: 2 };
        simulate(&plan, |_| ()).expect("simulated");
        find::journals(&plan.out).journals
    }

    async fn kiosks(running: &Running) -> u64 {
        let (_, year) = parse(&Calendar::default(), "2026").expect("a period");
        running.figures(&nation(), &year).await.expect("figures").key.kiosks
    }

    #[test]
    fn a_journal_taken_while_the_dashboard_is_open_is_shown_without_a_restart() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (lake, sticks) = (dir.path().join("kho"), sticks(dir.path().join("sticks")));
        let lake = lake.to_str().expect("text").to_owned();
        let office = Office { lake: lake.clone(), places: None, calendar: None, threshold: 5 };
        let place = Place { cluster: None, cluster_timeout: 600 };
        let (first, rest) = sticks.split_at(sticks.len() / 2);
        let work = async {
            let handle = Lake::open_or_make(&lake)?;
            ingest(&handle, first, &NoPlaces).await?;
            let running = Running::open(&office, &place).await?;
            let before = kiosks(&running).await;
            assert_eq!(running.look().await?, Look::Same);
            let taken = ingest(&handle, rest, &NoPlaces).await?;
            assert!(taken.new_records() > 0, "{taken:?}");
            assert_eq!(running.look().await?, Look::Changing, "an ingest may be at work still");
            assert_eq!(kiosks(&running).await, before);
            assert_eq!(running.look().await?, Look::Renewed);
            assert!(kiosks(&running).await > before);
            assert_eq!(running.look().await?, Look::Same);
            Ok::<_, Failure>(())
        };
        office::block_on(work).expect("looked");
    }

    #[test]
    fn a_place_put_into_the_table_while_the_dashboard_is_open_is_known_and_a_broken_table_is_not_taken() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/places");
        let places = dir.path().join("dia-diem");
        std::fs::create_dir(&places).expect("made");
        for (file, _) in places::FILES {
            if sample.join(file).exists() {
                std::fs::copy(sample.join(file), places.join(file)).expect("copied");
            }
        }
        let lake = dir.path().join("kho").to_str().expect("text").to_owned();
        let sticks = sticks(dir.path().join("sticks"));
        let office = Office { lake: lake.clone(), places: Some(places.clone()), calendar: None, threshold: 5 };
        let units = places.join("units.csv");
        let text = std::fs::read_to_string(&units).expect("read");
        let work = async {
            ingest(&Lake::open_or_make(&lake)?, &sticks, &NoPlaces).await?;
            let running = Running::open(&office, &Place { cluster: None, cluster_timeout: 600 }).await?;
            let known = async |code: &str| {
                let found = running.unit(Level::Commune, code, date(2026, 3, 1)).await;
                found.expect("asked").is_some()
            };
            std::fs::write(&units, format!("{text}\nX1,commune,Xã mới,New,M90,2025-07-01,,\n")).expect("written");
            assert_eq!((running.look().await?, known("X1").await), (Look::Changing, false));
            assert_eq!((running.look().await?, known("X1").await), (Look::Renewed, true));
            std::fs::write(&units, "code,level\n").expect("written");
            assert_eq!(running.look().await?, Look::Changing);
            assert_eq!((running.look().await?, known("X1").await), (Look::Renewed, true));
            Ok::<_, Failure>(())
        };
        office::block_on(work).expect("looked");
    }
}
