//! What most verbs begin with: the lake, the places, the calendar, the unit and the period.

use super::super::args::{Office, Place, Question};
use super::super::failure::Failure;
use crate::base::clock::Clock;
use crate::base::files::read_capped;
use crate::department::atlas::{Atlas, NoPlaces};
#[cfg(feature = "cluster")]
use crate::department::cluster::Cluster;
use crate::department::engine::answers::LakeAnswers;
use crate::department::figures::{Level, Period, Unit};
use crate::department::lake::Lake;
use crate::department::periods::{self, Calendar};
use crate::department::places::Gazetteer;
use crate::department::screen;
use crate::diagnostics::{Severity, plain_text};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

const MAX_CALENDAR_BYTES: u64 = 1 << 20;

/// Runs a verb's work to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::cannot_read("Không khởi động được.", format!("It cannot start: {error}")))?;
    runtime.block_on(work)
}

pub fn today() -> Result<Date, Failure> {
    periods::day_of(Clock::machine().now().wall_millis)
        .ok_or_else(|| Failure::cannot_read("Đồng hồ máy sai.", "The machine's clock is wrong."))
}

/// The gazetteer, or a nation of kiosks where none is given. What is wrong in it is told, and does not stop the verb.
pub fn atlas(places: Option<&Path>) -> Result<Arc<dyn Atlas>, Failure> {
    let Some(folder) = places else { return Ok(Arc::new(NoPlaces)) };
    if !folder.is_dir() {
        let place = folder.display();
        return Err(Failure::cannot_read(format!("{place}: không có thư mục này"), "there is no such folder"));
    }
    let (gazetteer, problems) = Gazetteer::read(folder);
    // Warnings are told by `places check`.
    let errors: Vec<_> = problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    if !errors.is_empty() {
        let told = plain_text::render(&errors);
        screen::note(&format!("{} lỗi trong danh mục địa điểm · errors in the gazetteer\n{told}", errors.len()));
    }
    Ok(Arc::new(gazetteer))
}

pub fn calendar(file: Option<&Path>) -> Result<Calendar, Failure> {
    let Some(file) = file else { return Ok(Calendar::default()) };
    let failed = |error: &dyn std::fmt::Display| {
        let place = file.display();
        Failure::cannot_read(format!("{place}: không đọc được lịch"), format!("the calendar cannot be read: {error}"))
    };
    let bytes = read_capped(file, MAX_CALENDAR_BYTES).map_err(|error| failed(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| failed(&error))?;
    Calendar::from_ron(&text).map_err(|error| failed(&error))
}

pub async fn answers(office: &Office, place: &Place) -> Result<LakeAnswers, Failure> {
    let cluster = cluster(place).await?;
    let lake = Lake::open(&office.lake)?;
    let (atlas, calendar) = (atlas(office.places.as_deref())?, calendar(office.calendar.as_deref())?);
    let answers = LakeAnswers::open(lake, atlas, calendar, office.threshold, today()?).await?;
    match cluster {
        None => Ok(answers),
        #[cfg(feature = "cluster")]
        Some(cluster) => Ok(answers.on(cluster).await?),
    }
}

/// The cluster to ask, before anything else is done for nothing.
#[cfg(feature = "cluster")]
async fn cluster(place: &Place) -> Result<Option<Cluster>, Failure> {
    let Some(address) = &place.cluster else { return Ok(None) };
    let patience = std::time::Duration::from_secs(place.cluster_timeout);
    Ok(Some(Cluster::connect(address, patience).await?))
}

#[cfg(not(feature = "cluster"))]
async fn cluster(place: &Place) -> Result<Option<std::convert::Infallible>, Failure> {
    if place.cluster.is_none() {
        return Ok(None);
    }
    Err(Failure::wrong_usage(
        "Bản chương trình này không có phần chạy trên cụm máy.",
        "This build of the program cannot use a cluster.",
    )
    .with_hint("cargo build --release --no-default-features --features cluster --bin haidang-visits (docs/cluster.md)"))
}

/// The unit and period asked for.
pub fn question(answers: &LakeAnswers, question: &Question) -> Result<(Unit, Period), Failure> {
    let (_, period) = periods::parse(&answers.calendar, &question.period).ok_or_else(|| {
        Failure::wrong_usage(
            format!("{}: không phải một kỳ", question.period),
            format!("{}: this is no period", question.period),
        )
        .with_hint("2026, 2026-H1, 2025-2026, S2026-H1, 2026-03-01..2026-03-14")
    })?;
    let unit = unit(answers, &question.unit, period.last)?;
    Ok((unit, period))
}

fn unit(answers: &LakeAnswers, text: &str, on: Date) -> Result<Unit, Failure> {
    let (level, code) = text.split_once(':').unwrap_or((text, ""));
    let level = match level {
        "nation" => Some(Level::Nation),
        "province" => Some(Level::Province),
        "commune" => Some(Level::Commune),
        "school" => Some(Level::School),
        "kiosk" => Some(Level::Kiosk),
        _ => None,
    };
    level.and_then(|level| answers.atlas.unit(level, code, on)).ok_or_else(|| {
        Failure::wrong_usage(format!("{text}: không có đơn vị này"), format!("{text}: there is no such unit"))
            .with_hint("nation, province:48, commune:…, school:…, kiosk:…; --places THƯ-MỤC · FOLDER")
    })
}
