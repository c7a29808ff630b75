//! Time as an argument: the machine's clock, and one that is stepped by hand for tests and replays.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A moment on both of a machine's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since the process began; never runs backwards.
    pub monotonic_millis: u64,
    /// Milliseconds since 1970 as the machine believes; may jump.
    pub wall_millis: i64,
}

/// Tells the time. Cloning gives another handle on the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    Machine(Instant),
    Stepped { millis: Arc<AtomicU64>, wall_start: i64 },
}

impl Clock {
    pub fn machine() -> Self {
        Self(Source::Machine(Instant::now()))
    }

    /// Stands still until [`Clock::step`] is called; its wall clock starts at `wall_start` (ms since 1970).
    pub fn stepped(wall_start: i64) -> Self {
        Self(Source::Stepped { millis: Arc::default(), wall_start })
    }

    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::Machine(start) => Moment {
                monotonic_millis: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
                wall_millis: wall_millis_of_machine(),
            },
            Source::Stepped { millis, wall_start } => {
                let monotonic_millis = millis.load(Ordering::Acquire);
                Moment { monotonic_millis, wall_millis: wall_start.saturating_add_unsigned(monotonic_millis) }
            }
        }
    }

    /// Moves a stepped clock forward; the machine's clock does not listen.
    pub fn step(&self, by_millis: u64) {
        if let Source::Stepped { millis, .. } = &self.0 {
            millis.fetch_add(by_millis, Ordering::AcqRel);
        }
    }

    pub fn is_stepped(&self) -> bool {
        matches!(self.0, Source::Stepped { .. })
    }
}

/// Lets this thread rest for so long, also when somebody wakes it early.
pub fn rest(length: Duration) {
    let start = Instant::now();
    while let Some(left) = length.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) {
        thread::park_timeout(left);
    }
}

fn wall_millis_of_machine() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stepped_clock_moves_only_when_stepped_and_for_every_handle() {
        let clock = Clock::stepped(1_000);
        let other = clock.clone();
        clock.step(250);
        assert_eq!(other.now(), Moment { monotonic_millis: 250, wall_millis: 1_250 });
    }
}
