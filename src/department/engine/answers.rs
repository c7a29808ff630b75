//! The lake's answers: figures of a unit over a period, and where they came from.

use super::atoms::Asked;
use super::counts::Counts;
use super::publish::Publishing;
use super::recent::Recent;
use super::stock::{Stock, Stocked};
use super::told::Domain;
use super::{Engine, EngineError, before, exact, explain, recount, undated, unplaced};
use crate::department::answers::{Answer, AnswerError, Answers};
use crate::department::atlas::{Atlas, kiosk_unit};
use crate::department::figures::{
    Before, Figures, JournalUsed, KeyFigures, KioskRow, Level, Period, PlaceRow, Unit, Words,
};
use crate::department::lake::derive::Health;
use crate::department::lake::events::date_of;
use crate::department::lake::units::{Snapshot, snapshot};
use crate::department::lake::{Lake, marks};
use crate::department::periods::Calendar;
use crate::department::suppression::{Told, coarse_records};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A lake that is open for questions. It shows the lake as it was when opened.
pub struct LakeAnswers {
    pub lake: Lake,
    pub snapshot: Snapshot,
    pub engine: Engine,
    pub atlas: Arc<dyn Atlas>,
    pub calendar: Calendar,
    /// Items and languages that occur anywhere in the lake or the gazetteer.
    pub domain: Domain,
    pub threshold: u64,
    /// The day that reports are made on.
    pub today: Date,
    recent: Recent,
    pub(super) stock: Stock,
}

/// What is told beside the counts.
struct Beside {
    before: Option<Before>,
    journals: Vec<JournalUsed>,
    kiosks_without_place: u64,
}

/// Counts that two ways did not agree on.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("đếm lại không khớp, không ghi báo cáo · the recount does not agree, no report is written: {0}")]
    Differs(String),
}

impl LakeAnswers {
    pub async fn open(
        lake: Lake,
        atlas: Arc<dyn Atlas>,
        calendar: Calendar,
        threshold: u64,
        today: Date,
    ) -> Result<Self, EngineError> {
        let snapshot = snapshot(&lake).await?;
        let engine = Engine::open(&lake, &snapshot)?;
        let domain = engine.domain(&*atlas).await?;
        Ok(Self {
            lake,
            snapshot,
            engine,
            atlas,
            calendar,
            domain,
            threshold,
            today,
            recent: Recent::default(),
            stock: Stock::default(),
        })
    }

    /// The same questions, answered by a cluster.
    #[cfg(feature = "cluster")]
    pub async fn on(self, cluster: crate::department::cluster::Cluster) -> Result<Self, EngineError> {
        let engine = Engine::open_on(&self.lake, &self.snapshot, cluster).await?;
        Ok(Self { engine, ..self })
    }

    /// Counts every atom beforehand, for whoever asks often; no question waits for this.
    pub async fn stock_up(&self) -> Result<(), EngineError> {
        self.stock.fill(self).await
    }

    /// Whether a page of this unit and period asks no question to the files.
    pub fn is_stocked(&self, unit: &Unit, period: &Period) -> bool {
        self.stock.find(self, &self.asked(unit, period)).is_some()
    }

    pub fn asked(&self, unit: &Unit, period: &Period) -> Asked {
        let heard: Vec<&str> = self.snapshot.kiosks.keys().map(String::as_str).collect();
        Asked::new(unit, period, &self.calendar, &*self.atlas, &heard)
    }

    pub async fn exact(&self, asked: &Asked) -> Result<Counts, EngineError> {
        let counts = exact::count(&self.engine, asked).await?;
        Ok(Counts { undated: undated::counted(self, asked), ..counts })
    }

    pub async fn recount(&self, asked: &Asked) -> Result<Counts, EngineError> {
        recount::count(&self.lake, &self.snapshot.kiosks, asked).await
    }

    /// Figures that the independent count agrees with, for reports.
    pub async fn checked_figures(&self, unit: &Unit, period: &Period) -> Result<Figures, FiguresError> {
        let asked = self.asked(unit, period);
        let (counts, before) = futures::try_join!(self.exact(&asked), self.before(unit, period))?;
        if let Some(what) = counts.difference(&self.recount(&asked).await?) {
            return Err(FiguresError::Differs(what));
        }
        Ok(self.told_with_journals(unit, period, &self.publishing(&asked, &counts, period), before).await?)
    }

    pub async fn figures_of(&self, unit: &Unit, period: &Period) -> Result<Figures, EngineError> {
        let asked = self.asked(unit, period);
        if let Some(mut stocked) = self.stock.find(self, &asked) {
            let (before, kiosks_without_place) = self.before(unit, period).await?;
            let visits = std::mem::take(&mut stocked.sequences).into_iter();
            let journals = explain::journals_of(self, visits.map(|(kiosk, (first, last))| (kiosk, first, last)));
            let publishing = self.publishing_stocked(&asked, &stocked, period);
            return Ok(self.told(unit, period, &publishing, Beside { before, journals, kiosks_without_place }));
        }
        let (counts, before) = futures::try_join!(self.exact(&asked), self.before(unit, period))?;
        self.told_with_journals(unit, period, &self.publishing(&asked, &counts, period), before).await
    }

    /// The period before, and how many kiosks have no place.
    async fn before(&self, unit: &Unit, period: &Period) -> Result<(Option<Before>, u64), EngineError> {
        futures::try_join!(before::before(self, unit, period), unplaced::kiosks(self, period))
    }

    async fn told_with_journals(
        &self,
        unit: &Unit,
        period: &Period,
        publishing: &Publishing<'_>,
        (before, kiosks_without_place): (Option<Before>, u64),
    ) -> Result<Figures, EngineError> {
        let journals = explain::journals(self, publishing).await?;
        Ok(self.told(unit, period, publishing, Beside { before, journals, kiosks_without_place }))
    }

    /// What may be told of a question's counts.
    pub fn publishing<'a>(&'a self, asked: &'a Asked, counts: &'a Counts, period: &'a Period) -> Publishing<'a> {
        Publishing::new((asked, counts), &self.domain, period, self.threshold, self.today)
    }

    /// The same of what was counted beforehand.
    pub(super) fn publishing_stocked<'a>(
        &'a self,
        asked: &'a Asked,
        stocked: &'a Stocked,
        period: &'a Period,
    ) -> Publishing<'a> {
        let held = (stocked.told.clone(), Cow::Borrowed(&stocked.measures), stocked.millis);
        Publishing::of_atoms(asked, held, &self.domain, period, self.threshold, self.today)
    }

    fn told(&self, unit: &Unit, period: &Period, publishing: &Publishing<'_>, beside: Beside) -> Figures {
        let asked = publishing.asked;
        let undated = undated::told(self, asked, period);
        Figures {
            unit: unit.clone(),
            period: period.clone(),
            made_on: self.today,
            threshold: self.threshold,
            is_whole: asked.is_whole,
            key: self.key(unit, period, publishing, &beside, undated.values().copied().sum()),
            weeks: publishing.weeks(),
            days: if unit.level == Level::Kiosk { publishing.by_day() } else { Vec::new() },
            hours: publishing.hours(),
            lengths: publishing.lengths(),
            languages: publishing.languages(),
            more: publishing.more(),
            items: publishing.items(|item| self.atlas.title(item)),
            all_items: publishing.all_items(),
            paths: publishing.paths(),
            places: self.places(asked, publishing),
            kiosks: self.kiosk_rows(asked, &undated),
            journals: beside.journals,
        }
    }

    fn key(
        &self,
        unit: &Unit,
        period: &Period,
        publishing: &Publishing<'_>,
        beside: &Beside,
        undated: Told,
    ) -> KeyFigures {
        let asked = publishing.asked;
        let kiosks: BTreeSet<&str> = asked.stays.iter().map(|stay| stay.kiosk.as_str()).collect();
        let heard = |kiosk: &&&str| {
            let last = self.health(kiosk).and_then(|health| health.last_day).and_then(date_of);
            last.is_some_and(|last| last >= period.first)
        };
        let places = |is_school: bool| {
            let mine = asked.stays.iter().filter(|stay| stay.is_school == is_school);
            mine.map(|stay| stay.place.code.as_str()).collect::<BTreeSet<_>>().len() as u64
        };
        let (visits, finished) = (publishing.visits(), publishing.finished());
        KeyFigures {
            visits: visits.count,
            visits_more: visits.more,
            before: beside.before.clone(),
            median_visit_millis: publishing.median_visit(),
            screen_millis: publishing.screen_millis(),
            finished: finished.count,
            finished_more: finished.more,
            people: publishing.people(),
            undated: undated.count(self.threshold),
            undated_more: undated.more,
            teacher_count: self.atlas.teacher_count(unit, period),
            kiosks: kiosks.len() as u64,
            kiosks_heard_from: kiosks.iter().filter(heard).count() as u64,
            kiosks_without_place: beside.kiosks_without_place,
            schools: places(true),
            other_places: places(false),
        }
    }

    fn health(&self, kiosk: &str) -> Option<&Health> {
        self.snapshot.health().find(|health| health.kiosk == kiosk)
    }

    /// Whether a kiosk is in the unit, or at the place, on the day that the figures are made.
    fn stands_in(&self, kiosk: &str, unit: &Unit) -> bool {
        let chain = self.atlas.chain(&kiosk_unit(kiosk), self.today);
        chain.iter().any(|above| (above.level, &above.code) == (unit.level, &unit.code))
    }

    fn places(&self, asked: &Asked, publishing: &Publishing<'_>) -> Vec<PlaceRow> {
        let mut kiosks: BTreeMap<(Level, &str), BTreeSet<&str>> = BTreeMap::new();
        for stay in &asked.stays {
            kiosks.entry((stay.below.level, &stay.below.code)).or_default().insert(&stay.kiosk);
        }
        let days: BTreeMap<&str, Option<i32>> =
            self.snapshot.health().map(|health| (health.kiosk.as_str(), health.last_day)).collect();
        let row = |(at, unit): (usize, &Unit)| {
            let mine = kiosks.get(&(unit.level, unit.code.as_str()));
            let last = mine.into_iter().flatten().filter_map(|kiosk| days.get(kiosk).copied().flatten()).max();
            PlaceRow {
                unit: unit.clone(),
                kiosks: mine.map_or(0, BTreeSet::len) as u64,
                visits: publishing.visits_below(at),
                median_visit_millis: publishing.median_visit_below(at),
                kiosks_heard_from: mine.into_iter().flatten().filter(|kiosk| days.contains_key(**kiosk)).count() as u64,
                kiosks_left: mine.into_iter().flatten().filter(|kiosk| !self.stands_in(kiosk, unit)).count() as u64,
                last_heard: last.and_then(date_of),
            }
        };
        asked.below.iter().enumerate().map(row).collect()
    }

    fn kiosk_rows(&self, asked: &Asked, undated: &BTreeMap<String, Told>) -> Vec<KioskRow> {
        let health: BTreeMap<&str, &Health> =
            self.snapshot.health().map(|health| (health.kiosk.as_str(), health)).collect();
        let mut rows: BTreeMap<&str, KioskRow> = BTreeMap::new();
        // A kiosk that moved stands under its newest place.
        for stay in &asked.stays {
            let known = health.get(stay.kiosk.as_str());
            let row = KioskRow {
                kiosk: stay.kiosk.clone(),
                place: stay.place.clone(),
                has_left: !self.stands_in(&stay.kiosk, &stay.place),
                last_heard: known.and_then(|health| health.last_day).and_then(date_of),
                version: known.map_or_else(String::new, |health| health.version.clone()),
                records: known.map_or(0, |health| coarse_records(1, health.records.cast_signed()).1.unsigned_abs()),
                undated: undated.get(&stay.kiosk).copied().unwrap_or_default().count(self.threshold),
                marks: known.map_or_else(Vec::new, |h| h.marks.iter().filter_map(|mark| marks::known(mark)).collect()),
            };
            rows.insert(&stay.kiosk, row);
        }
        rows.into_values().collect()
    }

    fn refuse_empty(period: &Period) -> Result<(), AnswerError> {
        if period.first > period.last {
            return Err(AnswerError::Refused(Words {
                vi: "Ngày đầu đứng sau ngày cuối.".to_owned(),
                en: "The first day lies after the last.".to_owned(),
            }));
        }
        Ok(())
    }
}

impl Answers for LakeAnswers {
    fn figures<'a>(&'a self, unit: &'a Unit, period: &'a Period) -> Answer<'a, Figures> {
        Box::pin(async move {
            Self::refuse_empty(period)?;
            if let Some(known) = self.recent.find(unit, period) {
                return Ok(known);
            }
            let figures = self.figures_of(unit, period).await.map_err(|error| AnswerError::Failed(Box::new(error)))?;
            self.recent.keep(&figures);
            Ok(figures)
        })
    }

    fn units_below<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>> {
        Box::pin(async move { Ok(self.atlas.units_below(unit, on)) })
    }

    fn chain<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>> {
        Box::pin(async move { Ok(self.atlas.chain(unit, on)) })
    }

    fn unit<'a>(&'a self, level: Level, code: &'a str, on: Date) -> Answer<'a, Option<Unit>> {
        Box::pin(async move { Ok(self.atlas.unit(level, code, on)) })
    }
}
