//! What stands on the shelf of this kiosk: the packs installed, which of them is shown, which was good before, which
//! comes when.

use super::offers::{Face, fingerprint};
use crate::pack::store::{Key, Scheduled, Store};
use jiff::civil::Date;

/// How an installed pack is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Shown,
    /// Shown, and not yet proven.
    OnTrial,
    /// Comes back when the shown one fails.
    LastGood,
    Kept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnShelf {
    pub face: Face,
    pub usage: Use,
    pub fingerprint: Option<String>,
    /// All its files are there.
    pub whole: bool,
    /// Days it is to be shown on.
    pub scheduled: Option<(Date, Date)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    pub packs: Vec<OnShelf>,
    pub can_roll_back: bool,
}

pub fn shelf(store: &Store) -> Shelf {
    let state = store.state();
    let usage = |key: &Key| match (&state.active, &state.previous_good) {
        (Some(active), _) if active == key && state.trial.is_some() => Use::OnTrial,
        (Some(active), _) if active == key => Use::Shown,
        (_, Some(good)) if good == key => Use::LastGood,
        _ => Use::Kept,
    };
    let scheduled = |key: &Key| {
        let own = state.schedule.iter().rev().find(|entry: &&Scheduled| entry.pack == *key);
        own.map(|entry| (entry.from, entry.until))
    };
    let packs = store.installed().into_iter().map(|installed| OnShelf {
        face: Face::of(&installed.manifest),
        usage: usage(&installed.key),
        fingerprint: fingerprint(store.signature(&installed.key).as_deref()),
        whole: store.is_whole(&installed.key),
        scheduled: scheduled(&installed.key),
    });
    let can_roll_back = state.previous_good.as_ref().is_some_and(|good| store.is_whole(good));
    Shelf { packs: packs.collect(), can_roll_back }
}

/// The schedule with one pack's days set anew, or taken out.
pub fn rescheduled(store: &Store, key: &Key, days: Option<(Date, Date)>) -> Vec<Scheduled> {
    let others = store.state().schedule.iter().filter(|entry| entry.pack != *key).cloned();
    let own = days.map(|(from, until)| Scheduled { pack: key.clone(), from, until });
    others.chain(own).collect()
}
