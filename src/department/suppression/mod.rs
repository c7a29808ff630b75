//! Which counts may be told. Pure arithmetic: no tables are read here, nothing is drawn at random, nothing is kept secret.
//!
//! # What is promised
//!
//! Whoever has every report and every page of every unit over every period, knows this file, and can calculate, cannot
//! tell which of `0, 1 … t-1` a hidden row holds: each of these `t` values remains possible (`t` is the threshold).
//! Subtracting a school from its commune, one period from another, or one table from another does not help. What is not
//! promised stands at the end.
//!
//! # How
//!
//! Nothing is hidden in reports. It is hidden **once**, in the atoms, and everything published is a sum of what is left.
//! An *atom* is one kiosk at one place in one segment of the calendar (`periods`: no preset period cuts a segment in
//! two). Its tables form trees, so that two tables share nothing but a node above both:
//!
//! ```text
//! visits ─┬─ languages
//!         ├─ lengths
//!         ├─ with items ── finished            (each against the rest)
//!         └─ weekdays ─┬─ days of the weekday
//!                      └─ hours of the weekday
//! openings by item ── left at once             (against the rest)
//! narrations begun by item ── heard out        (against the rest)
//! sources by item
//! ```
//!
//! Of a node `told` is known, and that it holds up to `more` on top ([`Told`]). [`split`] shares a node among its rows:
//!
//! - a row under `t`, none included, is hidden; a row of at least `t` is told exactly, but for the largest, the *lender*;
//! - the lender is told as what is left of the node's `told` without the other rows that are told and without `u`. The
//!   number `u` depends only on how many rows are hidden, and on which [`window`] the sum `h` of the hidden rows lies in;
//! - where that is less than `t`, or less than two above every other row, no row of the node is told (*whole*).
//!
//! The days of a weekday are much alike, so that hardly one of them could lend by this rule as soon as one is a holiday.
//! They are told in whole thresholds, and the first that holds one lends the rests ([`split_in_thresholds`]).
//!
//! Days and hours share the weekdays, so weekdays are not told by themselves: each is known in whole thresholds only,
//! the rest being lent by one of them ([`weekdays`]). An atom of fewer than `t` visits tells nothing.
//!
//! # Why it holds
//!
//! *Windows.* `n` hidden rows, each in `0..t`, hold `h`. The windows are `[jt, jt+t-1]`, but the last one that begins at or
//! below `(n-1)(t-1)` reaches to `n(t-1)`. So every window `[a, b]` has `a ≤ (n-1)(t-1)` and `b ≥ t-1`. Hence for every row
//! and every `v` in `0..t` there are values of the other hidden rows with a sum in `[a-v, b-v]`: all `t` values are
//! possible within the window, and `u = b+1 > h` is the same for all of them.
//!
//! 1. *Rows with a lender.* Take any other hidden rows in the window and give the lender what is missing to the node's true
//!    number `W`. Told rows, `u`, and so the lender's told number are the same; the lender holds at least one more than is
//!    told of it, so it is still the largest. By the lemma, every `v` occurs. `W` is as it was: all other tables stay.
//! 2. *Whole.* `W ≥ t` stays. With three rows or more: put `v` into the row, share what is left between two others as evenly
//!    as possible, none into the rest. The larger one would be told at most as one more than the other, or less than
//!    `t`: whole again. With two rows, one of them under `t`, it is whole exactly when `told < 2t`, for every `v`.
//! 3. *Rows in whole thresholds.* The rests of all rows but the lender `ℓ` are the hidden rows of the lemma, `h` their sum;
//!    a row under `t` is all rest. Other rests in the window leave told rows and `u` alone, and `ℓ`, who gets what is missing
//!    to `W`, holds at least `told - (others) - b`, one more than is told of it, so `t` or more: it is still the first that
//!    does. *Whole*, with three rows or more: put `v` into the row, `t` into the first of the others, what is left into the
//!    last, none into the rest; or all into one, where `v + t > W`. The first would be told as less than `v + 1`: whole
//!    again. With two rows, one of them under `t`, it is whole exactly when `told < 2t`, for every `v`.
//! 4. *Rows of a hidden node* (`told` is 0, fewer than `t` in it). All its rows in all its tables are hidden. Put `v` into
//!    the row, and `v` into the node by 1 to 3 one level higher. That changes other nodes by what was told to be open
//!    anyhow: a hidden one, whose rows are free; the lender, or a weekday within its threshold, whose tables keep what
//!    they told by giving the change to their own lender, or, where whole, by sharing as in 2 and 3.
//! 5. *Weekdays.* Told `⌊W/t⌋·t` each, and the lender `ℓ` what is left of the total without `u`, where the rests `W mod t` of
//!    the others are the hidden rows of the lemma. `ℓ` is the first of an order known to all that holds `t` or more. Other
//!    rests in the window leave the order alone. Where `ℓ` would be told as less than `t`, no day and no hour of the atom
//!    is told; and so it would be with any weekday that holds `t` standing first, the rest behind it.
//! 6. *Atoms and trees.* No number is shared by two atoms, so one can be altered and all others left alone. Between the
//!    trees of one atom nothing but logic holds: who finished heard something, who opened nothing has no openings. So
//!    finished visits are told at most as the narrations told as heard out, visits with items at most as the openings
//!    told: the other world of 1 to 5 never needs a hidden row to be more than none.
//!
//! A hidden number in a published sum is the sum of hidden rows of atoms; alter one of those.
//!
//! # What is not promised
//!
//! - A total over a whole segment is told exactly when it is at least `t`, and when it is 0. Of a smaller one it is told that
//!   it lies in `1..t`: `t-1` values.
//! - Logic between the trees may rule out 0, and nothing else: an item of which narrations are told was opened.
//! - Items and languages are listed when they occur anywhere in the lake; that they do is told.
//! - Who knows all visits but one from elsewhere, for he stood beside the screen, learns the last.
//! - Versions: when late journals come in, an atom changes, and the difference of two versions is what came late.
//!   [`is_safe_difference`] tells whether a new version may go out; reports are made when their period is over.
//! - Paths: all paths into an item are its openings, so a path under the threshold can be bounded by them, and visits that
//!   opened nothing by the paths from the beginning. Paths are told in whole thresholds, without totals, and not listed
//!   below ([`coarse_path`]).
//! - Times and records: medians and screen time stand beside counts of at least `t` only, and coarse ([`coarse_millis`]);
//!   screen time bounds how many visits were long. Records are told in whole hundreds ([`coarse_records`]), journals
//!   whole, and none of an atom that tells nothing: where few visits lie would tell how many they are. The journals of a
//!   told atom follow from its first and last visit, and the other worlds above keep every visit in its records: they give
//!   it another day, language or length, not another place in the journal.

mod calendar;
mod split;

pub use calendar::weekdays;
pub use split::{protect, split, split_in_thresholds, window};

use super::figures::Count;
use std::iter::Sum;
use std::ops::Add;

/// Counts under this are hidden unless the settings say otherwise.
pub const DEFAULT_THRESHOLD: u64 = 5;
/// With 2 a hidden count would be none or one.
pub const LEAST_THRESHOLD: u64 = 3;
/// Lengths of time are told in steps of this.
const COARSE_MILLIS: u64 = 5_000;

/// Records are told in whole hundreds.
const COARSE_RECORDS: i64 = 100;

/// What is known to a reader of one number: at least `shown`, and at most `more` on top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Told {
    pub shown: u64,
    pub more: u64,
}

impl Told {
    pub fn exactly(shown: u64) -> Self {
        Self { shown, more: 0 }
    }

    /// Is the number told the true one?
    pub fn is_exact(self) -> bool {
        self.more == 0
    }

    /// What stands in a report. A number that is shown but not exact means "at least".
    pub fn count(self, threshold: u64) -> Count {
        let threshold = threshold.max(LEAST_THRESHOLD);
        match self {
            Self { shown, more } if more == 0 || shown >= threshold => Count::Shown(shown),
            Self { more, .. } if more < threshold => Count::Few,
            _ => Count::Withheld,
        }
    }

    /// The same number told as no more than `most`.
    pub fn at_most(self, most: u64) -> Self {
        let shown = self.shown.min(most);
        Self { shown, more: self.more.saturating_add(self.shown - shown) }
    }
}

impl Add for Told {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { shown: self.shown.saturating_add(other.shown), more: self.more.saturating_add(other.more) }
    }
}

impl Sum for Told {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// The number of all visits of an atom.
pub fn total(number: u64, threshold: u64) -> Told {
    let threshold = threshold.max(LEAST_THRESHOLD);
    if (1..threshold).contains(&number) { Told { shown: 0, more: threshold - 1 } } else { Told::exactly(number) }
}

/// May both be known, when they are two versions of one count, or counts of which one holds the other? Their difference is
/// then a count as well.
pub fn is_safe_difference(one: Count, other: Count, threshold: u64) -> bool {
    match (one, other) {
        (Count::Shown(one), Count::Shown(other)) => {
            one == other || one.abs_diff(other) >= threshold.max(LEAST_THRESHOLD)
        }
        _ => true,
    }
}

/// Times that a visitor went from one item to the next, in whole thresholds: never a single visit more or less.
pub fn coarse_path(times: Told, threshold: u64) -> Count {
    let threshold = threshold.max(LEAST_THRESHOLD);
    let coarse = times.shown / threshold * threshold;
    Told { shown: coarse, more: times.more + (threshold - 1) }.count(threshold)
}

/// Numbers of a journal's first and last record in whole hundreds, away from each other: between any two of them there is
/// room for a hundred records, so that what lies between never bounds how many visits fewer than a threshold there were.
pub fn coarse_records(first: i64, last: i64) -> (i64, i64) {
    let down = (first - 1).div_euclid(COARSE_RECORDS).saturating_mul(COARSE_RECORDS).saturating_add(1);
    let up = last.saturating_add(COARSE_RECORDS - 1).div_euclid(COARSE_RECORDS).saturating_mul(COARSE_RECORDS);
    (down, up)
}

/// Lengths of time in steps of five seconds, the nearest one.
pub fn coarse_millis(millis: u64) -> u64 {
    millis.saturating_add(COARSE_MILLIS / 2) / COARSE_MILLIS * COARSE_MILLIS
}

#[cfg(test)]
mod tests;
