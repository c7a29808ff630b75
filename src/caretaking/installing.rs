//! Brings one pack from a stick onto the disk: judged, copied, compared. Tells how far it is and how long it will take.

use super::offers::{self, Face};
use super::standing::{Standing, for_store, of_sealed, refusal};
use crate::base::clock::Clock;
use crate::diagnostics::Said;
use crate::pack::sealed::Sealed;
use crate::pack::signing::Ring;
use crate::pack::store::{Installing, Key, Permission, Store, StoreError};
use jiff::civil::Date;
use std::path::Path;

/// The fewest milliseconds between two reports.
const TELL_EVERY_MILLIS: u64 = 100;
/// Before this much was copied nobody knows how long it will take.
const MIN_MEASURED_MILLIS: u64 = 1_500;

/// How far the copying is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
    pub files_done: usize,
    pub files: usize,
    /// Not known at the beginning.
    pub left_millis: Option<u64>,
    /// All is copied; the disk writes it out, and the pack is opened once.
    pub checking: bool,
}

impl Progress {
    pub fn percent(&self) -> u8 {
        let percent = (self.done.saturating_mul(100)).checked_div(self.total).unwrap_or(100);
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

/// Why nothing was installed.
#[derive(Debug)]
pub enum NotInstalled {
    Standing(Standing),
    Store(StoreError),
}

impl NotInstalled {
    pub fn sentence(&self) -> Said {
        match self {
            Self::Standing(standing) => standing.sentence(),
            Self::Store(error) => refusal(error),
        }
    }

    /// The file is not what was signed.
    pub fn is_spoilt(&self) -> bool {
        matches!(self, Self::Standing(Standing::Altered) | Self::Store(StoreError::Altered(_)))
    }

    /// The person in charge stopped it.
    pub fn was_stopped(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stopped))
    }
}

/// What is needed to judge a pack.
pub struct Judge<'a> {
    pub ring: &'a Ring,
    pub today: Date,
    /// Free bytes of the kiosk's disk, where they are known.
    pub free: Option<u64>,
}

/// Installs the pack in a file. `tell` may stop the work by returning false.
pub fn install(
    store: &mut Store,
    path: &Path,
    judge: &Judge,
    clock: &Clock,
    mut tell: impl FnMut(Progress) -> bool,
) -> Result<Key, NotInstalled> {
    // What is judged is what is copied: the file is opened once, and its manifest kept.
    let sealed = Sealed::open(path).map_err(|error| NotInstalled::Standing(of_sealed(&error)))?;
    let verdict = offers::verdict(&sealed, judge.ring, judge.today);
    let standing = offers::standing(&sealed, store, &verdict, judge.free);
    if !standing.may_install() {
        return Err(NotInstalled::Standing(standing));
    }
    let mut meter = Meter::new(&sealed, clock.now().monotonic_millis);
    let mut last_told = None;
    let installed = store.install(&sealed, for_store(&verdict), Permission::default(), |installing| {
        let now = clock.now().monotonic_millis;
        let progress = meter.at(installing, now);
        let is_due = last_told.is_none_or(|last: u64| now.saturating_sub(last) >= TELL_EVERY_MILLIS);
        if is_due || progress.checking {
            last_told = Some(now);
            return tell(progress);
        }
        true
    });
    installed.map(|installed| installed.key).map_err(NotInstalled::Store)
}

/// The face of a pack's file, as far as it has one.
pub fn face(path: &Path) -> Option<Face> {
    Sealed::open(path).ok().map(|sealed| Face::of(&sealed.manifest))
}

/// From bytes to files and time.
struct Meter {
    /// Where each file ends, in bytes of all.
    ends: Vec<u64>,
    began: u64,
    last: Progress,
}

impl Meter {
    fn new(sealed: &Sealed, now: u64) -> Self {
        let mut end = 0u64;
        let entries = sealed.manifest.entries.iter();
        let ends: Vec<u64> = entries
            .map(|entry| {
                end = end.saturating_add(entry.length);
                end
            })
            .collect();
        let last = Progress { total: end, files: ends.len(), ..Progress::default() };
        Self { ends, began: now, last }
    }

    fn at(&mut self, installing: Installing, now: u64) -> Progress {
        let Installing::Copying { done, total } = installing else {
            return Progress { checking: true, left_millis: None, files_done: self.ends.len(), ..self.last };
        };
        let passed = now.saturating_sub(self.began);
        let left = u128::from(total.saturating_sub(done)) * u128::from(passed) / u128::from(done.max(1));
        let left_millis = u64::try_from(left).ok().filter(|_| passed >= MIN_MEASURED_MILLIS);
        let files_done = self.ends.partition_point(|end| *end <= done);
        self.last = Progress { done, total, files_done, left_millis, ..self.last };
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_files_and_time() {
        let last = Progress { total: 1_000, files: 3, ..Progress::default() };
        let mut meter = Meter { ends: vec![100, 100, 1_000], began: 50, last };
        let mut at = |done, now| meter.at(Installing::Copying { done, total: 1_000 }, now);
        assert_eq!((at(0, 60).left_millis, at(99, 60).files_done, at(100, 60).files_done), (None, 0, 2));
        let half = at(500, 2_050);
        assert_eq!((half.percent(), half.left_millis, half.files_done), (50, Some(2_000), 2));
        let checking = meter.at(Installing::Checking, 9_000);
        assert_eq!((checking.checking, checking.files_done, checking.left_millis), (true, 3, None));
        assert_eq!(Progress::default().percent(), 100);
    }
}
