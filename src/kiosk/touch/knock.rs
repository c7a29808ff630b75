//! The knock of the people in charge: some fingers that rest in one corner for a while. Pure. Until a finger is lifted
//! or wanders nobody knows whether it knocks, so that a knock is no visitor's touch.

use bevy::math::Vec2;

/// A finger that wanders further than this does not knock, in pixels.
const SLOP: f32 = 40.0;

/// A finger whose end was never told is forgotten after so long.
const STUCK_MILLIS: u64 = 60_000;

/// A corner of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

impl Corner {
    /// As it is called in the settings.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "top-left" => Self::TopLeft,
            "top-right" => Self::TopRight,
            "bottom-left" => Self::BottomLeft,
            "bottom-right" => Self::BottomRight,
            _ => return None,
        })
    }

    fn holds(self, at: Vec2, window: Vec2, side: f32) -> bool {
        let (left, top) = (at.x < side, at.y < side);
        let (right, bottom) = (at.x > window.x - side, at.y > window.y - side);
        match self {
            Self::TopLeft => left && top,
            Self::TopRight => right && top,
            Self::BottomLeft => left && bottom,
            Self::BottomRight => right && bottom,
        }
    }
}

/// How one knocks on this kiosk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Without a corner fingers do not knock; keys still do.
    pub corner: Option<Corner>,
    pub fingers: usize,
    pub millis: u64,
}

impl Default for Manner {
    fn default() -> Self {
        Self { corner: Some(Corner::TopLeft), fingers: 2, millis: 3_000 }
    }
}

#[derive(Clone, Copy, Debug)]
struct Resting {
    id: u64,
    at: Vec2,
    since_millis: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Knock {
    resting: Vec<Resting>,
    /// Fingers elsewhere, or that have wandered, and since when.
    others: Vec<(u64, u64)>,
    /// It was heard; another one begins when all fingers are lifted.
    heard: bool,
}

impl Knock {
    /// `side` is that of the corner, in pixels.
    pub fn press(&mut self, id: u64, at: Vec2, now: u64, manner: &Manner, window: Vec2, side: f32) {
        self.forget(id);
        self.others.retain(|(_, since)| now.saturating_sub(*since) < STUCK_MILLIS);
        self.resting.retain(|finger| now.saturating_sub(finger.since_millis) < STUCK_MILLIS);
        self.heard &= !(self.resting.is_empty() && self.others.is_empty());
        if !self.heard && manner.corner.is_some_and(|corner| corner.holds(at, window, side)) {
            self.resting.push(Resting { id, at, since_millis: now });
        } else {
            self.others.push((id, now));
        }
    }

    pub fn move_to(&mut self, id: u64, to: Vec2) {
        let wanderer = self.resting.iter().find(|finger| finger.id == id && finger.at.distance(to) > SLOP).copied();
        if let Some(finger) = wanderer {
            self.forget(id);
            self.others.push((id, finger.since_millis));
        }
    }

    pub fn lift(&mut self, id: u64) {
        self.forget(id);
        if self.resting.is_empty() && self.others.is_empty() {
            self.heard = false;
        }
    }

    fn forget(&mut self, id: u64) {
        self.resting.retain(|finger| finger.id != id);
        self.others.retain(|(other, _)| *other != id);
    }

    /// All fingers that are down may be knocking.
    pub fn may_come(&self) -> bool {
        !self.resting.is_empty() && self.others.is_empty() && !self.heard
    }

    /// True once for each knock.
    pub fn is_heard(&mut self, now: u64, manner: &Manner) -> bool {
        let long = self.resting.iter().filter(|finger| now.saturating_sub(finger.since_millis) >= manner.millis);
        let is_heard = self.may_come() && long.count() >= manner.fingers;
        if is_heard {
            self.heard = true;
        }
        is_heard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Vec2 = Vec2::new(1280.0, 800.0);

    fn press(knock: &mut Knock, id: u64, x: f32, now: u64) {
        knock.press(id, Vec2::new(x, 30.0), now, &Manner::default(), WINDOW, 150.0);
    }

    #[test]
    fn two_fingers_for_three_seconds_are_heard_once() {
        let (mut knock, manner) = (Knock::default(), Manner::default());
        press(&mut knock, 1, 20.0, 0);
        assert!(!knock.is_heard(9_000, &manner), "one finger alone is a visitor's");
        press(&mut knock, 2, 90.0, 1_000);
        knock.move_to(2, Vec2::new(100.0, 30.0));
        assert!(knock.may_come() && !knock.is_heard(3_999, &manner));
        assert!(knock.is_heard(4_000, &manner) && !knock.is_heard(4_100, &manner) && !knock.may_come());
        knock.lift(1);
        press(&mut knock, 1, 20.0, 5_000);
        assert!(!knock.is_heard(20_000, &manner), "the same knock goes on");
        for id in [1, 2] {
            knock.lift(id);
        }
        for id in [1, 2] {
            press(&mut knock, id, 20.0, 30_000);
        }
        assert!(knock.is_heard(33_000, &manner));
    }

    #[test]
    fn who_wanders_or_touches_elsewhere_does_not_knock() {
        let (mut knock, manner) = (Knock::default(), Manner::default());
        for id in [1, 2] {
            press(&mut knock, id, 20.0, 0);
        }
        knock.move_to(2, Vec2::new(20.0, 120.0));
        assert!(!knock.may_come() && !knock.is_heard(9_000, &manner));
        let mut knock = Knock::default();
        for (id, x) in [(1, 20.0), (2, 40.0), (3, 700.0)] {
            press(&mut knock, id, x, 0);
        }
        assert!(!knock.is_heard(9_000, &manner));
    }

    #[test]
    fn every_corner_lies_where_its_name_says() {
        for (word, x, y) in [
            ("top-left", 9.0, 9.0),
            ("top-right", 1270.0, 9.0),
            ("bottom-left", 9.0, 790.0),
            ("bottom-right", 1270.0, 790.0),
        ] {
            let corner = Corner::read(word).expect("a corner");
            let held: Vec<bool> = [(9.0, 9.0), (1270.0, 9.0), (9.0, 790.0), (1270.0, 790.0)]
                .map(|(x, y)| corner.holds(Vec2::new(x, y), WINDOW, 150.0))
                .to_vec();
            assert_eq!(held.iter().filter(|held| **held).count(), 1);
            assert!(corner.holds(Vec2::new(x, y), WINDOW, 150.0) && !corner.holds(WINDOW / 2.0, WINDOW, 150.0));
        }
        assert_eq!(Corner::read("middle"), None);
    }
}
