//! Which day it is where the kiosk stands, and how far its clock can be believed.

use crate::base::days::{english, vietnamese};
use crate::diagnostics::Said;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::{self, TimeZone};

/// Vietnam has one time, seven hours ahead, all year.
const VIETNAM: tz::Offset = tz::offset(7);
/// No clock that is right tells a day before this one. Raised with each release.
pub const RELEASED: Date = date(2026, 9, 1);

/// The day in Vietnam of a moment, in milliseconds since 1970.
pub fn day_of(wall_millis: i64) -> Date {
    Timestamp::from_millisecond(wall_millis).unwrap_or_default().to_zoned(TimeZone::fixed(VIETNAM)).date()
}

/// The day by which keys and schedules are judged: never before the program was made, nor before what this kiosk has
/// noted already, so that a clock set back makes no expired key valid again.
pub fn today(wall_millis: i64, last_noted_millis: Option<i64>) -> Date {
    let noted = last_noted_millis.map_or(RELEASED, day_of);
    day_of(wall_millis).max(RELEASED).max(noted)
}

/// A day as each language writes it.
pub fn written(day: Date) -> Said {
    Said::new(vietnamese(day), english(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        // 21 November 2026, 17:00 in London.
        let millis = 1_795_280_400_000;
        assert_eq!(day_of(millis - 1), date(2026, 11, 21));
        assert_eq!(day_of(millis), date(2026, 11, 22));
        assert_eq!(written(day_of(millis)), Said::new("22/11/2026", "22 November 2026"));
    }

    #[test]
    fn a_clock_set_back_does_not_bring_old_days_back() {
        let millis = 1_795_280_400_000;
        assert_eq!(today(0, None), RELEASED);
        assert_eq!(today(0, Some(millis)), date(2026, 11, 22));
        assert_eq!(today(millis, Some(0)), date(2026, 11, 22));
    }
}
