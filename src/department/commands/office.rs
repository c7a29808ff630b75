//! What most verbs begin with: the lake, the places, the calendar, the unit and the period.

use super::super::Outcome;
use super::super::args::{Office, Place};
use super::super::failure::Failure;
use crate::base::clock::Clock;
use crate::base::files::read_capped;
use crate::department::atlas::{Atlas, NoPlaces};
#[cfg(feature = "cluster")]
use crate::department::cluster::Cluster;
use crate::department::engine::answers::LakeAnswers;
use crate::department::lake::Lake;
use crate::department::periods::{self, Calendar};
use crate::department::places::Gazetteer;
use crate::department::screen;
use crate::diagnostics::{Severity, cause};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
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

/// The gazetteer, where one was given.
#[derive(Clone, Default)]
pub struct Places {
    pub gazetteer: Option<Arc<Gazetteer>>,
    folder: PathBuf,
    pub errors: usize,
}

impl Places {
    /// Without a gazetteer a nation of kiosks.
    pub fn atlas(&self) -> Arc<dyn Atlas> {
        self.gazetteer.as_ref().map_or_else(|| Arc::new(NoPlaces) as _, |gazetteer| Arc::clone(gazetteer) as _)
    }

    /// What is wrong in it, in one line: `places check` lists it.
    fn trouble(&self) -> Option<Failure> {
        let (errors, place) = (self.errors, self.folder.display());
        let failure = Failure {
            outcome: Outcome::Problems,
            ..Failure::cannot_read(
                format!("{place}: danh mục địa điểm có {errors} lỗi, số liệu có thể thấp hơn thật"),
                format!("the gazetteer has {errors} errors, figures may be too low"),
            )
        };
        (errors > 0).then(|| failure.with_hint(self.check_command(None)))
    }

    /// What lists everything that is wrong, to be copied into a terminal.
    pub fn check_command(&self, lake: Option<&str>) -> String {
        let folder = word(&self.folder.display().to_string());
        let lake = lake.map(|lake| format!(" --lake {}", word(lake))).unwrap_or_default();
        format!("haidang-visits places check {folder}{lake}")
    }

    /// Tells what is wrong and goes on.
    pub fn tell_trouble(&self) {
        if let Some(failure) = self.trouble() {
            screen::complain(&failure);
        }
    }

    /// Does not go on where something is wrong.
    pub fn refuse_trouble(&self) -> Result<(), Failure> {
        let Some(failure) = self.trouble() else { return Ok(()) };
        let vi = format!("{}; chưa lập báo cáo", failure.vi);
        let en = format!("{}; no report is written", failure.en);
        let hint = format!("{}; vẫn lập: thêm --force · to write it nevertheless: --force", failure.hint);
        Err(Failure { vi, en, hint, ..failure })
    }
}

/// As one word of a command line.
fn word(text: &str) -> String {
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() }
}

pub fn places(folder: Option<&Path>) -> Result<Places, Failure> {
    let Some(folder) = folder else { return Ok(Places::default()) };
    if !folder.is_dir() {
        let place = folder.display();
        return Err(Failure::cannot_read(format!("{place}: không có thư mục này"), "there is no such folder"));
    }
    let (gazetteer, problems) = Gazetteer::read(folder);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    Ok(Places { gazetteer: Some(Arc::new(gazetteer)), folder: folder.to_owned(), errors })
}

pub fn calendar(file: Option<&Path>) -> Result<Calendar, Failure> {
    let Some(file) = file else { return Ok(Calendar::default()) };
    let failed = |error: &dyn std::fmt::Display| {
        let place = file.display();
        Failure::cannot_read(format!("{place}: không đọc được lịch"), format!("the calendar cannot be read: {error}"))
            .with_hint("xem mẫu docs/examples/calendar.ron · see the sample docs/examples/calendar.ron")
    };
    let bytes = read_capped(file, MAX_CALENDAR_BYTES).map_err(|error| {
        let (why, place) = (cause(&error), file.display());
        Failure::cannot_read(format!("{place}: không đọc được lịch: {}", why.vi), why.en)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| failed(&error))?;
    Calendar::from_ron(&text).map_err(|error| failed(&error))
}

/// The answers of a lake, with the places that they go by.
pub async fn answers(office: &Office, place: &Place) -> Result<(LakeAnswers, Places), Failure> {
    let places = places(office.places.as_deref())?;
    places.tell_trouble();
    Ok((answers_by(&places, office, place).await?, places))
}

pub async fn answers_by(places: &Places, office: &Office, place: &Place) -> Result<LakeAnswers, Failure> {
    let cluster = cluster(place).await?;
    let lake = Lake::open(&office.lake).await?;
    let calendar = calendar(office.calendar.as_deref())?;
    let answers = LakeAnswers::open(lake, places.atlas(), calendar, office.threshold, today()?).await?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_refused_while_the_gazetteer_has_errors_with_their_count_and_what_to_run() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let broken = places(Some(dir.path())).expect("read");
        let failure = broken.refuse_trouble().expect_err("no tables");
        assert!(failure.vi.contains("có 3 lỗi") && failure.vi.contains("chưa lập báo cáo"), "{failure:?}");
        assert!(failure.hint.contains("places check") && failure.hint.contains("--force"), "{failure:?}");
        let command = broken.check_command(Some("kho 2"));
        let folder = dir.path().display();
        assert_eq!(command, format!("haidang-visits places check {folder} --lake \"kho 2\""), "to be copied as it is");
        let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/places");
        assert_eq!(places(Some(&sound)).expect("read").refuse_trouble(), Ok(()));
    }
}
