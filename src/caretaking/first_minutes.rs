//! The first minutes of a pack: whether it has shown that it works, or has to go. Pure. A kiosk that ends during its
//! trial, by whatever cause, needs no rule here: the store goes back at the next start.

/// How long a new pack is watched.
pub const TRIAL_MILLIS: u64 = 5 * 60_000;

/// Troubles that are the pack's own doing: words of the journal. A machine without a sound device is not among them.
const OF_THE_PACK: [&str; 5] =
    ["no-exhibit", "pack-problems", "picture-unreadable", "tile-unreadable", "sound-unreadable"];

/// What the trial of a pack comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    GoOn,
    /// It has run so long without fault.
    Confirm,
    /// It failed, by this trouble.
    GoBack(&'static str),
}

/// A pack on trial, shown since a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstMinutes {
    since_millis: u64,
    lasts_millis: u64,
}

impl FirstMinutes {
    pub fn begin(now_millis: u64, lasts_millis: u64) -> Self {
        Self { since_millis: now_millis, lasts_millis }
    }

    pub fn left_millis(&self, now_millis: u64) -> u64 {
        self.lasts_millis.saturating_sub(now_millis.saturating_sub(self.since_millis))
    }

    /// With the troubles that were told since the last look.
    pub fn course(&self, now_millis: u64, troubles: &[&'static str]) -> Course {
        let fault = troubles.iter().find(|trouble| OF_THE_PACK.contains(trouble));
        match fault {
            Some(fault) => Course::GoBack(fault),
            None if self.left_millis(now_millis) == 0 => Course::Confirm,
            None => Course::GoOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_good_minutes_confirm_and_one_fault_goes_back() {
        let trial = FirstMinutes::begin(1_000, TRIAL_MILLIS);
        assert_eq!(trial.course(1_000, &[]), Course::GoOn);
        assert_eq!(trial.course(300_999, &["no-sound-device", "gpu-lost"]), Course::GoOn);
        assert_eq!(trial.course(301_000, &[]), Course::Confirm);
        assert_eq!(trial.course(301_000, &["gpu-lost", "tile-unreadable"]), Course::GoBack("tile-unreadable"));
        assert_eq!((trial.left_millis(0), trial.left_millis(61_000)), (TRIAL_MILLIS, 240_000));
    }
}
