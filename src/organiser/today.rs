//! The day it is where the kiosks stand.

use crate::base::clock::Clock;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{self, TimeZone};

/// Vietnam has one time, seven hours ahead, all year.
const VIETNAM: tz::Offset = tz::offset(7);

pub fn today() -> Date {
    let now = Timestamp::from_millisecond(Clock::machine().now().wall_millis).unwrap_or_default();
    now.to_zoned(TimeZone::fixed(VIETNAM)).date()
}
