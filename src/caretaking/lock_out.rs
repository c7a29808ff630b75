//! How long nobody may try after wrong PINs. Pure: moments come in as arguments.
//!
//! | wrong ones in a row | rest |
//! |---|---|
//! | 1 to 4 | none |
//! | 5 | 30 seconds |
//! | 6, 7, 8, 9 | 1, 2, 4, 8 minutes |
//! | 10 and each further one | 1 hour |
//!
//! Only the right PIN sets the count back. While the program runs, its monotonic clock alone counts, so that the wall
//! clock may be set as one likes. After a restart both what was left when it was last written down and what the wall
//! clock leaves are looked at, and the longer counts, at most the whole rest: neither switching off nor setting the clock
//! gains anything, and a clock that lost its battery locks nobody out for ever.

use crate::base::clock::Moment;

/// Wrong PINs before the first rest.
pub const FREE: u32 = 5;
/// From so many on each one costs an hour.
pub const MANY: u32 = 10;

const FIRST_REST_MILLIS: u64 = 30_000;
const LONG_REST_MILLIS: u64 = 3_600_000;

/// The rest that follows so many wrong PINs.
pub fn rest_millis(wrong: u32) -> u64 {
    match wrong {
        0..FREE => 0,
        FREE..MANY => FIRST_REST_MILLIS << (wrong - FREE),
        _ => LONG_REST_MILLIS,
    }
}

/// What is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub wrong: u32,
    /// What was left of the rest when this was written.
    pub left_millis: u64,
    /// When the rest ends, by the wall clock.
    pub until_wall_millis: i64,
}

/// The rest under way, as this run of the program sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockOut {
    count: Count,
    until_monotonic_millis: u64,
}

impl LockOut {
    /// Takes up what an earlier run wrote down.
    pub fn resume(count: Count, now: Moment) -> Self {
        let whole = rest_millis(count.wrong);
        let by_wall = u64::try_from(count.until_wall_millis.saturating_sub(now.wall_millis)).unwrap_or(0);
        let left = count.left_millis.max(by_wall).min(whole);
        Self { count, until_monotonic_millis: now.monotonic_millis.saturating_add(left) }
    }

    /// To be written down.
    pub fn count(&self, now: Moment) -> Count {
        Count { left_millis: self.left_millis(now), ..self.count }
    }

    pub fn left_millis(&self, now: Moment) -> u64 {
        self.until_monotonic_millis.saturating_sub(now.monotonic_millis)
    }

    /// Wrong PINs that are still free.
    pub fn tries_left(&self) -> u32 {
        FREE.saturating_sub(self.count.wrong)
    }

    /// As it will be if the PIN now tried is wrong.
    pub fn after_wrong(&self, now: Moment) -> Self {
        let wrong = self.count.wrong.saturating_add(1);
        let rest = rest_millis(wrong);
        let until_wall_millis = now.wall_millis.saturating_add_unsigned(rest);
        Self {
            count: Count { wrong, left_millis: rest, until_wall_millis },
            until_monotonic_millis: now.monotonic_millis.saturating_add(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(monotonic_millis: u64, wall_millis: i64) -> Moment {
        Moment { monotonic_millis, wall_millis }
    }

    #[test]
    fn rests_grow() {
        let seconds: Vec<u64> = (0..13).map(|wrong| rest_millis(wrong) / 1000).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 3600, 3600, 3600]);
        assert_eq!(rest_millis(u32::MAX), LONG_REST_MILLIS);
    }

    #[test]
    fn the_wall_clock_of_a_running_program_changes_nothing() {
        let mut lock = LockOut::resume(Count::default(), at(0, 1_000_000));
        for _ in 0..5 {
            lock = lock.after_wrong(at(100, 1_000_000));
        }
        for wall in [0, i64::MIN, i64::MAX, 1_000_000] {
            assert_eq!(lock.left_millis(at(100, wall)), 30_000);
            assert_eq!(lock.left_millis(at(30_100, wall)), 0);
        }
    }

    #[test]
    fn a_restart_shortens_no_rest_and_no_clock_makes_it_endless() {
        let count = Count { wrong: 10, left_millis: 3_600_000, until_wall_millis: 10_000_000 };
        for wall in [i64::MIN, 0, 9_999_999, 10_000_000, i64::MAX] {
            assert_eq!(LockOut::resume(count, at(7, wall)).left_millis(at(7, wall)), 3_600_000, "{wall}");
        }
        assert_eq!(LockOut::resume(Count { wrong: 4, ..count }, at(7, 0)).left_millis(at(7, 0)), 0);
    }

    #[test]
    fn of_what_was_left_and_what_the_clock_leaves_the_longer_counts() {
        let lock = LockOut::resume(Count { wrong: 9, ..Count::default() }, at(0, 0)).after_wrong(at(0, 0));
        let later = lock.count(at(2_000_000, 2_000_000));
        assert_eq!(later.left_millis, 1_600_000);
        let left = |wall| LockOut::resume(later, at(0, wall)).left_millis(at(0, wall));
        assert_eq!([left(2_100_000), left(99_000_000)], [1_600_000; 2], "set forward");
        assert_eq!([left(1_000_000), left(-99_000_000)], [2_600_000, 3_600_000], "set back");
    }
}
