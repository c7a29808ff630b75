//! The lake: ingest in any order, twice, by several at once and through `kill -9`; hostile journals; figures that two
//! ways agree on, and golden answers of every engine.

#[cfg(feature = "cluster")]
mod cluster;
mod explained;
mod figures;
mod golden;
mod hostile;
mod journals;
mod order;
mod power;
mod running;
mod stocked;

use haidang::department::atlas::{NoPlaces, nation};
use haidang::department::engine::answers::LakeAnswers;
use haidang::department::engine::counts::Counts;
use haidang::department::figures::{Period, Words};
use haidang::department::ingest::{IngestReport, ingest};
use haidang::department::lake::Lake;
use haidang::department::lake::derive::Health;
use haidang::department::periods::Calendar;
use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runtime")
}

pub fn open(folder: &Path) -> Lake {
    Lake::open_or_make(folder.to_str().expect("text")).expect("lake")
}

pub async fn take(folder: &Path, journals: &[PathBuf]) -> IngestReport {
    ingest(&open(folder), journals, &NoPlaces).await.expect("ingested")
}

pub fn period() -> Period {
    Period { first: date(2026, 1, 1), last: date(2026, 12, 31), name: Words::default() }
}

pub async fn answers(folder: &Path) -> LakeAnswers {
    answers_on(folder, date(2027, 1, 5)).await
}

pub async fn answers_on(folder: &Path, today: Date) -> LakeAnswers {
    LakeAnswers::open(open(folder), Arc::new(NoPlaces), Calendar::default(), 5, today).await.expect("open")
}

/// What must be the same whatever the order: every count, and what is known of every kiosk.
pub async fn totals(folder: &Path) -> (Counts, Vec<Health>) {
    let answers = answers(folder).await;
    let asked = answers.asked(&nation(), &period());
    let counts = answers.exact(&asked).await.expect("counted");
    let again = answers.recount(&asked).await.expect("recounted");
    assert_eq!(counts.difference(&again), None);
    let mut health: Vec<Health> = answers.snapshot.health().cloned().collect();
    health.sort_by(|a, b| a.kiosk.cmp(&b.kiosk));
    (counts, health)
}

pub fn visits(counts: &Counts) -> u64 {
    counts.atoms.iter().map(haidang::department::engine::counts::AtomCounts::visits).sum()
}
