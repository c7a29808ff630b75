//! When a kiosk at a school is used: breaks, lessons, half days on Saturday, holidays. Sketched after common timetables;
//! no real school's.

use super::chance::Chance;
use jiff::civil::{Date, Weekday};

const MINUTE: i64 = 60_000;
/// First days of the lunar year (Tết).
const TET: [(i16, i8, i8); 8] = [
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
];

/// A stretch of the day and how long nobody comes between two visits in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Milliseconds since midnight.
    pub first: i64,
    pub last: i64,
    pub mean_pause: i64,
    /// A class with its teacher, who counts it.
    pub class: bool,
}

/// Beginning and end of a day on which the kiosk is on, and what lies between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDay {
    pub on: i64,
    pub off: i64,
    pub stretches: Vec<Stretch>,
}

fn clock(hour: i64, minute: i64) -> i64 {
    (hour * 60 + minute) * MINUTE
}

/// Breaks of a morning and of an afternoon, with the minutes before and after.
const BREAKS: [((i64, i64), (i64, i64)); 6] = [
    ((6, 45), (7, 0)),
    ((8, 35), (8, 55)),
    ((9, 40), (9, 55)),
    ((11, 15), (11, 35)),
    ((15, 0), (15, 20)),
    ((16, 45), (17, 5)),
];
/// Lessons into which a class may come.
const LESSONS: [((i64, i64), (i64, i64)); 4] =
    [((7, 5), (7, 50)), ((9, 58), (10, 43)), ((13, 35), (14, 20)), ((15, 25), (16, 10))];

/// What the kiosk does on a day; none when the school is closed. `is_school`: other places open at weekends as well.
pub fn day(day: Date, is_school: bool, busy: i64, chance: &mut Chance) -> Option<OpenDay> {
    if is_holiday(day) {
        return None;
    }
    let weekday = day.weekday();
    let summer = matches!(day.month(), 6..=8);
    if is_school && (weekday == Weekday::Sunday || (summer && !chance.happens(60))) {
        return None;
    }
    let half = is_school && weekday == Weekday::Saturday;
    if half && !chance.happens(700) {
        return None;
    }
    let noon = clock(12, 0);
    let off = if half { clock(11, 45) } else { clock(17, 15) };
    let mut stretches = Vec::new();
    if is_school {
        for ((h1, m1), (h2, m2)) in BREAKS {
            stretches.push(Stretch { first: clock(h1, m1), last: clock(h2, m2), mean_pause: busy, class: false });
        }
        for ((h1, m1), (h2, m2)) in LESSONS {
            let class = chance.happens(80);
            let mean_pause = if class { busy / 2 } else { busy * 40 };
            stretches.push(Stretch { first: clock(h1, m1), last: clock(h2, m2), mean_pause, class });
        }
    } else {
        stretches.push(Stretch { first: clock(8, 0), last: clock(17, 0), mean_pause: busy * 6, class: false });
    }
    stretches.sort_by_key(|stretch| stretch.first);
    stretches.retain(|stretch| !half || stretch.last < noon);
    Some(OpenDay { on: clock(6, 30), off, stretches })
}

fn is_holiday(day: Date) -> bool {
    let fixed = [(1, 1), (4, 30), (5, 1), (9, 2)];
    if fixed.contains(&(day.month(), day.day())) {
        return true;
    }
    TET.iter().any(|(year, month, first)| {
        let tet = jiff::civil::date(*year, *month, *first);
        (-3..=7).contains(&crate::department::periods::days_between(tet, day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn schools_are_closed_on_sundays_and_holidays() {
        let mut chance = Chance::new(1, 1);
        for closed in [date(2026, 3, 8), date(2026, 2, 17), date(2026, 4, 30), date(2025, 9, 2)] {
            assert_eq!(day(closed, true, 20_000, &mut chance), None, "{closed}");
        }
        assert!(day(date(2026, 3, 8), false, 20_000, &mut chance).is_some());
        assert!(day(date(2026, 3, 9), true, 20_000, &mut chance).is_some());
    }

    #[test]
    fn saturdays_are_half_days_and_stretches_follow_one_another() {
        let mut chance = Chance::new(1, 1);
        for number in 0..200 {
            let on = date(2026, 3, 2).saturating_add(jiff::Span::new().days(number));
            let Some(open) = day(on, true, 20_000, &mut chance) else { continue };
            assert!(on.weekday() != Weekday::Saturday || open.off < clock(12, 0));
            assert!(open.stretches.windows(2).all(|pair| pair[0].last <= pair[1].first), "{open:?}");
            assert!(open.stretches.iter().all(|s| open.on <= s.first && s.last <= open.off));
        }
    }
}
