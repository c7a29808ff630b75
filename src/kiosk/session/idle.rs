//! The rule of idleness, without a clock of its own.

#[derive(Clone, Copy, Debug, Default)]
pub struct Idle {
    touched_millis: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// Nobody has touched for a while; the visitor is asked.
    Asked {
        seconds_left: u64,
    },
    Gone,
}

impl Idle {
    pub fn touched(&mut self, now_millis: u64) {
        self.touched_millis = self.touched_millis.max(now_millis);
    }

    /// Milliseconds until the question is due; zero once it is.
    pub fn until_asked(&self, now_millis: u64, idle_millis: u64) -> u64 {
        (self.touched_millis + idle_millis).saturating_sub(now_millis)
    }

    /// `idle_millis` of rest bring the question, `countdown_millis` more end the visit.
    pub fn presence(&self, now_millis: u64, idle_millis: u64, countdown_millis: u64) -> Presence {
        let rested = now_millis.saturating_sub(self.touched_millis);
        let Some(asked_for) = rested.checked_sub(idle_millis) else { return Presence::Here };
        match countdown_millis.checked_sub(asked_for) {
            Some(left) if left > 0 => Presence::Asked { seconds_left: left.div_ceil(1000) },
            _ => Presence::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_of_rest_asks_and_twenty_seconds_more_end() {
        let mut idle = Idle::default();
        idle.touched(5_000);
        let at = |millis| idle.presence(millis, 60_000, 20_000);
        assert_eq!(at(64_999), Presence::Here);
        assert_eq!(idle.until_asked(64_000, 60_000), 1_000);
        assert_eq!(at(65_000), Presence::Asked { seconds_left: 20 });
        assert_eq!(at(84_001), Presence::Asked { seconds_left: 1 });
        assert_eq!(at(85_000), Presence::Gone);
    }

    #[test]
    fn a_touch_during_the_count_down_keeps_the_visit() {
        let mut idle = Idle::default();
        idle.touched(70_000);
        assert_eq!(idle.presence(75_000, 60_000, 20_000), Presence::Here);
    }
}
