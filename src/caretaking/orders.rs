//! What may be asked of the caretaker, and what it answers.

use super::health::Reading;
use super::installing::Progress;
use super::offers::{Face, Offer};
use super::pin::Answer;
use super::ring_file::Taken;
use super::shelf::Shelf;
use super::space::Space;
use super::sticks::Stick;
use crate::diagnostics::Said;
use crate::pack::source::Opened;
use crate::pack::store::{Because, Key};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops a long work from outside. Clones stop the same work.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Orders about packs are done one after the other.
#[derive(Clone, Debug)]
pub enum PackOrder {
    /// Which pack shall be shown? Asked once for every opening: it counts.
    Open,
    LookAtSticks,
    LookAtShelf,
    Install {
        path: PathBuf,
        stop: Stop,
    },
    /// Tests the pack and makes it the one that is shown.
    Activate {
        key: Key,
        stop: Stop,
    },
    /// Tests the pack now; it is shown once nobody stands before the screen.
    ActivateWhenIdle {
        key: Key,
        stop: Stop,
    },
    /// It is shown from a day to a day; without days it is taken off the schedule.
    Schedule {
        key: Key,
        days: Option<(Date, Date)>,
    },
    /// Nobody is there: what waits or is due today may come.
    TakeDue {
        stop: Stop,
    },
    RollBack,
    Remove(Key),
    /// The pack on trial has run well.
    ConfirmTrial,
    /// It has not, by this trouble.
    FailTrial(&'static str),
}

/// Orders that need not wait for packs.
#[derive(Clone, Debug)]
pub enum FrontOrder {
    /// Is there a PIN, and does the pad rest?
    AskPin,
    TryPin(String),
    SetFirstPin(String),
    ChangePin {
        old: String,
        new: String,
    },
    /// With the pack that is shown, as it is called.
    ReadHealth(Option<Said>),
    ExportJournal {
        stick: PathBuf,
    },
}

/// One stick and its packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StickOffers {
    pub stick: Stick,
    pub offers: Vec<Offer>,
    /// What it brought for the key ring.
    pub taken: Taken,
}

/// The pack to be shown.
#[derive(Debug)]
pub struct Showing {
    pub face: Face,
    pub opened: Opened,
    /// It has not yet proven itself.
    pub on_trial: bool,
    /// Set when it took the place of another.
    pub returned: Option<Return>,
}

/// Why another pack than the one chosen last is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// It showed a fault in its first minutes.
    Faulty,
    /// The kiosk was started again before they were over, which need not be its fault.
    Restarted,
    /// It cannot be opened any more.
    Lost,
}

impl From<Because> for Return {
    fn from(because: Because) -> Self {
        match because {
            Because::Restarted => Self::Restarted,
            Because::NotWhole => Self::Lost,
        }
    }
}

#[derive(Debug)]
pub enum Report {
    /// Absent when nothing is installed, or nothing was chosen.
    Opened(Option<Box<Showing>>),
    /// The packs of this kiosk cannot be read at all.
    NoStore(Said),
    /// Told again when a copy of an installed pack has been read through.
    Sticks(Vec<StickOffers>),
    Shelf {
        shelf: Shelf,
        space: Option<Space>,
        waiting: Option<Key>,
    },
    Installing(Progress),
    Installed(Face),
    /// Bytes of the pack that is being tested.
    Testing {
        done: u64,
        total: u64,
    },
    /// Another pack is the active one now: the kiosk has to open anew.
    Activated(Key),
    /// It passed its test and waits until nobody is there.
    Waits(Key),
    /// The trial is over, well.
    Confirmed,
    /// Back to the last good pack: the kiosk has to open anew.
    Returned,
    Scheduled,
    Removed,
    /// A work was stopped by whoever began it.
    Stopped,
    /// A file on a stick whose bytes are not those that were signed, as installing it has found.
    Spoilt(PathBuf),
    /// Why something was not done.
    Refused(Said),
    /// Whether a PIN is set, and how long the pad rests.
    Pin {
        is_set: bool,
        rests_millis: u64,
    },
    PinAnswer(Answer),
    PinSet,
    PinRefused(Said),
    Health(Box<Reading>),
    Exported(Said),
    NotExported(Said),
}
