//! Periods that figures are asked for, and where the calendar is cut. The cuts are settings: every office has its own
//! rule, and none is written into the program. Days are days of Việt Nam (UTC+7, no summer time).

use super::figures::{Period, Words};
use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Milliseconds that Việt Nam is ahead of UTC.
pub const OFFSET_MILLIS: i64 = 7 * 3_600_000;
const DAY_MILLIS: i64 = 86_400_000;

/// Which periods a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// January to June, July to December, unless the calendar says otherwise.
    SixMonths,
    Year,
    SchoolYear,
    /// 15 December to 14 June, 15 June to 14 December, unless the calendar says otherwise.
    StatisticsHalfYear,
    /// An exhibition's own days.
    Own {
        first: Date,
        last: Date,
    },
}

/// A day of any year. 29 February counts as 28 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOfYear {
    pub month: i8,
    pub day: i8,
}

impl DayOfYear {
    pub const fn new(month: i8, day: i8) -> Self {
        Self { month, day }
    }

    fn is_real(self) -> bool {
        // 2024 has a 29 February.
        Date::new(2024, self.month, self.day).is_ok()
    }

    /// This day in a year, held within the years that a calendar knows.
    fn of(self, year: i16) -> Date {
        let year = year.clamp(1, 9998);
        Date::new(year, self.month, self.day)
            .or_else(|_| Date::new(year, self.month, 28))
            .unwrap_or_else(|_| jiff::civil::date(year, 1, 1))
    }
}

/// An exhibition with its own days, named so that the calendar is cut there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibition {
    pub name_vi: String,
    pub name_en: String,
    pub first: String,
    pub last: String,
}

/// Where the presets begin and end. Read from `calendar.ron`; a missing field has its default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    pub year_begins: DayOfYear,
    /// First days of the two halves of a year, in the order of the year.
    pub six_months: (DayOfYear, DayOfYear),
    /// First days of the statistics halves: the first half of a year begins in the year before when its day is later.
    pub statistics: (DayOfYear, DayOfYear),
    /// First and last day of a school year; the last lies in the year after.
    pub school_year: (DayOfYear, DayOfYear),
    pub exhibitions: Vec<Exhibition>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            year_begins: DayOfYear::new(1, 1),
            six_months: (DayOfYear::new(1, 1), DayOfYear::new(7, 1)),
            statistics: (DayOfYear::new(12, 15), DayOfYear::new(6, 15)),
            school_year: (DayOfYear::new(9, 5), DayOfYear::new(5, 31)),
            exhibitions: Vec::new(),
        }
    }
}

/// Why a calendar's text is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("{line}:{column}: {message}")]
    Text { line: usize, column: usize, message: String },
    #[error("{0}: this is no day of the year; đây không phải là một ngày trong năm")]
    NoDay(&'static str),
    #[error("{0}: the second begins before the first; mốc thứ hai đứng trước mốc thứ nhất")]
    Order(&'static str),
    #[error(
        "exhibitions[{0}]: first and last must be days such as 2026-03-01, in this order; ngày đầu, ngày cuối phải viết như 2026-03-01 và đúng thứ tự"
    )]
    Exhibition(usize),
}

impl Calendar {
    pub fn from_ron(text: &str) -> Result<Self, CalendarError> {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let calendar: Self = options.from_str(text).map_err(|error| CalendarError::Text {
            line: error.span.start.line,
            column: error.span.start.col,
            message: error.code.to_string(),
        })?;
        calendar.check()?;
        Ok(calendar)
    }

    fn check(&self) -> Result<(), CalendarError> {
        let days = [
            ("year_begins", self.year_begins),
            ("six_months", self.six_months.0),
            ("six_months", self.six_months.1),
            ("statistics", self.statistics.0),
            ("statistics", self.statistics.1),
            ("school_year", self.school_year.0),
            ("school_year", self.school_year.1),
        ];
        if let Some((name, _)) = days.iter().find(|(_, day)| !day.is_real()) {
            return Err(CalendarError::NoDay(name));
        }
        if self.six_months.0 >= self.six_months.1 {
            return Err(CalendarError::Order("six_months"));
        }
        if self.statistics.0 == self.statistics.1 {
            return Err(CalendarError::Order("statistics"));
        }
        match self.exhibitions.iter().position(|exhibition| exhibition.days().is_none()) {
            Some(index) => Err(CalendarError::Exhibition(index)),
            None => Ok(()),
        }
    }

    /// Every day in `first ..= last` on which some preset begins, or that follows the last day of one.
    fn cuts(&self, first: Date, last: Date) -> BTreeSet<Date> {
        let mut cuts = BTreeSet::new();
        let starts = [
            self.year_begins,
            self.six_months.0,
            self.six_months.1,
            self.statistics.0,
            self.statistics.1,
            self.school_year.0,
        ];
        for year in first.year().saturating_sub(1)..=last.year().saturating_add(1) {
            cuts.extend(starts.map(|day| day.of(year)));
            cuts.extend(self.school_year.1.of(year).tomorrow());
        }
        for (begins, ends) in self.exhibitions.iter().filter_map(Exhibition::days) {
            cuts.insert(begins);
            cuts.extend(ends.tomorrow());
        }
        cuts.retain(|cut| (first..=last).contains(cut));
        cuts
    }

    /// The segment that a day lies in: no preset period begins or ends inside it. Small counts are hidden per segment.
    pub fn segment(&self, day: Date) -> (Date, Date) {
        let far = 400.days();
        let earliest = day.saturating_sub(far);
        let latest = day.saturating_add(far);
        let cuts = self.cuts(earliest, latest);
        let first = cuts.range(..=day).next_back().copied().unwrap_or(earliest);
        let next = cuts.range(day.saturating_add(1.day())..).next().copied();
        (first, next.map_or(latest, before_this))
    }

    /// The segments that cover these days, in order; the first and last may reach beyond them.
    pub fn segments(&self, first: Date, last: Date) -> Vec<(Date, Date)> {
        let mut segments = Vec::new();
        let mut day = first;
        while day <= last {
            let segment = self.segment(day);
            segments.push(segment);
            match segment.1.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        segments
    }

    /// Does a period hold whole segments only? Then all its tables can be told; otherwise only its visits by day.
    pub fn is_whole(&self, period: &Period) -> bool {
        self.segment(period.first).0 == period.first && self.segment(period.last).1 == period.last
    }
}

impl Exhibition {
    pub fn days(&self) -> Option<(Date, Date)> {
        let (first, last) = (self.first.parse().ok()?, self.last.parse().ok()?);
        (first <= last).then_some((first, last))
    }
}

/// The period of a preset that a day lies in. In the holidays between two school years it is the one that ended.
pub fn period(calendar: &Calendar, preset: Preset, on: Date) -> Period {
    match preset {
        Preset::SixMonths => half(calendar.six_months, on, "6 tháng", "six months"),
        Preset::StatisticsHalfYear => half(calendar.statistics, on, "Kỳ thống kê 6 tháng", "statistics half-year"),
        Preset::Year => year(calendar, on),
        Preset::SchoolYear => school_year(calendar, on),
        Preset::Own { first, last } => own(calendar, first.min(last), last.max(first)),
    }
}

/// The last period of a preset that is over on this day; an own period always is the one asked for.
pub fn last_finished(calendar: &Calendar, preset: Preset, on: Date) -> Period {
    let current = period(calendar, preset, on);
    if current.last < on || matches!(preset, Preset::Own { .. }) {
        return current;
    }
    period(calendar, preset, before_this(current.first))
}

/// The whole period of the same kind one earlier; of one's own days, as many right before.
pub fn before(calendar: &Calendar, preset: Preset, now: &Period) -> Period {
    match preset {
        Preset::Own { .. } => {
            let length = days_between(now.first, now.last) + 1;
            let last = before_this(now.first);
            own(calendar, last.saturating_sub((length - 1).days()), last)
        }
        _ => period(calendar, preset, before_this(now.first)),
    }
}

/// A period as people write it: `2026`, `2026-H1`, `2025-2026` (school year), `S2026-H2` (statistics), or two days joined
/// by `..` such as `2026-03-01..2026-03-14`. `None` for anything else.
pub fn parse(calendar: &Calendar, text: &str) -> Option<(Preset, Period)> {
    let found = |preset, on| Some((preset, period(calendar, preset, on)));
    if let Some((first, last)) = text.split_once("..") {
        let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
        return (first <= last).then(|| found(Preset::Own { first, last }, first)).flatten();
    }
    let (preset, rest) = match text.strip_prefix('S') {
        Some(rest) => (Preset::StatisticsHalfYear, rest),
        None => (Preset::SixMonths, text),
    };
    match rest.split_once('-') {
        Some((year, half)) if ["H1", "H2"].contains(&half) => {
            let starts = if preset == Preset::SixMonths { calendar.six_months } else { calendar.statistics };
            found(preset, half_begins(starts, year_number(year)?, half == "H2"))
        }
        Some((from, to)) if preset == Preset::SixMonths && year_number(to)? == year_number(from)? + 1 => {
            found(Preset::SchoolYear, calendar.school_year.0.of(year_number(from)?))
        }
        None if preset == Preset::SixMonths => found(Preset::Year, calendar.year_begins.of(year_number(text)?)),
        _ => None,
    }
}

fn year_number(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1000..=9000).contains(year))
}

/// The day on which a moment lies in Việt Nam; `None` when it is beyond what calendars hold.
pub fn day_of(wall_millis: i64) -> Option<Date> {
    let days = wall_millis.checked_add(OFFSET_MILLIS)?.div_euclid(DAY_MILLIS);
    let days = i32::try_from(days).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Hour of the day in Việt Nam, 0 to 23.
pub fn hour_of(wall_millis: i64) -> u8 {
    let within = wall_millis.saturating_add(OFFSET_MILLIS).rem_euclid(DAY_MILLIS);
    u8::try_from(within / 3_600_000).unwrap_or(0)
}

/// The moment at which a day begins in Việt Nam.
pub fn first_millis_of(day: Date) -> i64 {
    i64::from(days_between(jiff::civil::date(1970, 1, 1), day)) * DAY_MILLIS - OFFSET_MILLIS
}

/// From the first day to the second; negative when that is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

fn before_this(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

fn day_text(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

/// First day of a half that is named after a year. When the first half's day comes later in the year than the second's,
/// the first half of a year begins in the year before.
fn half_begins(starts: (DayOfYear, DayOfYear), year: i16, second: bool) -> Date {
    match second {
        true => starts.1.of(year),
        false if starts.0 > starts.1 => starts.0.of(year - 1),
        false => starts.0.of(year),
    }
}

fn half(starts: (DayOfYear, DayOfYear), on: Date, vi: &str, en: &str) -> Period {
    let halves = (on.year() - 1..=on.year() + 1).flat_map(|year| [(year, false), (year, true)]);
    let begins: Vec<_> = halves.map(|(year, second)| (half_begins(starts, year, second), year, second)).collect();
    let at = begins.iter().rposition(|(first, ..)| *first <= on).unwrap_or(0);
    let (first, year, second) = begins[at];
    let last = begins.get(at + 1).map_or(first, |next| before_this(next.0));
    let (vi_which, en_which) = if second { ("cuối năm", "second") } else { ("đầu năm", "first") };
    let name = Words { vi: format!("{vi} {vi_which} {year}"), en: format!("{en_which} {en} of {year}") };
    Period { first, last, name: Words { en: capitalised(&name.en), ..name } }
}

fn year(calendar: &Calendar, on: Date) -> Period {
    let this = calendar.year_begins.of(on.year());
    let year = if on < this { on.year() - 1 } else { on.year() };
    let (first, next) = (calendar.year_begins.of(year), calendar.year_begins.of(year + 1));
    Period { first, last: before_this(next), name: Words { vi: format!("Năm {year}"), en: format!("Year {year}") } }
}

fn school_year(calendar: &Calendar, on: Date) -> Period {
    let (begins, ends) = calendar.school_year;
    let year = if on < begins.of(on.year()) { on.year() - 1 } else { on.year() };
    let first = begins.of(year);
    let last = if begins < ends { ends.of(year) } else { ends.of(year + 1) };
    let span = if begins < ends { year.to_string() } else { format!("{year}–{}", year + 1) };
    Period { first, last, name: Words { vi: format!("Năm học {span}"), en: format!("School year {span}") } }
}

fn own(calendar: &Calendar, first: Date, last: Date) -> Period {
    let named = calendar.exhibitions.iter().find(|exhibition| exhibition.days() == Some((first, last)));
    let name = match named {
        Some(exhibition) => Words { vi: exhibition.name_vi.clone(), en: exhibition.name_en.clone() },
        None => days_as_name(first, last),
    };
    Period { first, last, name }
}

fn days_as_name(first: Date, last: Date) -> Words {
    Words {
        vi: format!("Từ ngày {} đến ngày {}", day_text(first), day_text(last)),
        en: format!("From {first} to {last}"),
    }
}

/// Is the name of a period nothing but its days?
pub fn is_unnamed(period: &Period) -> bool {
    period.name == days_as_name(period.first, period.last)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const PRESETS: [Preset; 4] = [Preset::SixMonths, Preset::Year, Preset::SchoolYear, Preset::StatisticsHalfYear];

    fn days(preset: Preset, on: Date) -> (Date, Date) {
        let found = period(&Calendar::default(), preset, on);
        (found.first, found.last)
    }

    #[test]
    fn presets_begin_and_end_where_their_calendar_has_it() {
        let on = date(2026, 2, 10);
        assert_eq!(days(Preset::SixMonths, on), (date(2026, 1, 1), date(2026, 6, 30)));
        assert_eq!(days(Preset::SixMonths, date(2026, 7, 1)), (date(2026, 7, 1), date(2026, 12, 31)));
        assert_eq!(days(Preset::Year, on), (date(2026, 1, 1), date(2026, 12, 31)));
        assert_eq!(days(Preset::SchoolYear, on), (date(2025, 9, 5), date(2026, 5, 31)));
        assert_eq!(days(Preset::StatisticsHalfYear, on), (date(2025, 12, 15), date(2026, 6, 14)));
        assert_eq!(days(Preset::StatisticsHalfYear, date(2026, 6, 15)), (date(2026, 6, 15), date(2026, 12, 14)));
        assert_eq!(days(Preset::StatisticsHalfYear, date(2026, 12, 15)), (date(2026, 12, 15), date(2027, 6, 14)));
        // In the summer holidays the school year is the one that ended.
        assert_eq!(days(Preset::SchoolYear, date(2026, 7, 10)), (date(2025, 9, 5), date(2026, 5, 31)));
    }

    #[test]
    fn periods_are_named_in_both_languages() {
        let calendar = Calendar::default();
        let name = |preset, on| period(&calendar, preset, on).name;
        assert_eq!(name(Preset::SixMonths, date(2026, 8, 1)).vi, "6 tháng cuối năm 2026");
        assert_eq!(name(Preset::SixMonths, date(2026, 8, 1)).en, "Second six months of 2026");
        assert_eq!(name(Preset::StatisticsHalfYear, date(2025, 12, 20)).vi, "Kỳ thống kê 6 tháng đầu năm 2026");
        assert_eq!(name(Preset::SchoolYear, date(2026, 1, 1)).vi, "Năm học 2025–2026");
        let own = Preset::Own { first: date(2026, 3, 1), last: date(2026, 3, 14) };
        assert_eq!(name(own, date(2026, 3, 1)).vi, "Từ ngày 1/3/2026 đến ngày 14/3/2026");
    }

    #[test]
    fn the_period_before_is_whole_also_while_this_one_runs() {
        let calendar = Calendar::default();
        let now = period(&calendar, Preset::SixMonths, date(2026, 3, 20));
        let earlier = before(&calendar, Preset::SixMonths, &now);
        assert_eq!((earlier.first, earlier.last), (date(2025, 7, 1), date(2025, 12, 31)));
        let school = period(&calendar, Preset::SchoolYear, date(2026, 2, 28));
        let earlier = before(&calendar, Preset::SchoolYear, &school);
        assert_eq!((earlier.first, earlier.last), (date(2024, 9, 5), date(2025, 5, 31)));
        let own = Preset::Own { first: date(2026, 3, 1), last: date(2026, 3, 14) };
        let earlier = before(&calendar, own, &period(&calendar, own, date(2026, 3, 1)));
        assert_eq!((earlier.first, earlier.last), (date(2026, 2, 15), date(2026, 2, 28)));
    }

    #[test]
    fn days_of_ones_own_have_no_name() {
        let calendar = Calendar::default();
        let own = Preset::Own { first: date(2026, 3, 1), last: date(2026, 3, 14) };
        assert!(is_unnamed(&period(&calendar, own, date(2026, 3, 1))));
        assert!(!is_unnamed(&period(&calendar, Preset::Year, date(2026, 3, 1))));
    }

    #[test]
    fn the_last_finished_period_is_over() {
        let calendar = Calendar::default();
        let found = last_finished(&calendar, Preset::SixMonths, date(2026, 7, 3));
        assert_eq!((found.first, found.last), (date(2026, 1, 1), date(2026, 6, 30)));
        let found = last_finished(&calendar, Preset::SchoolYear, date(2026, 7, 3));
        assert_eq!(found.last, date(2026, 5, 31));
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        let calendar = Calendar::default();
        let read = |text| parse(&calendar, text).map(|(preset, period)| (preset, period.first, period.last));
        assert_eq!(read("2026"), Some((Preset::Year, date(2026, 1, 1), date(2026, 12, 31))));
        assert_eq!(read("2026-H2"), Some((Preset::SixMonths, date(2026, 7, 1), date(2026, 12, 31))));
        assert_eq!(read("S2026-H1"), Some((Preset::StatisticsHalfYear, date(2025, 12, 15), date(2026, 6, 14))));
        assert_eq!(read("S2026-H2"), Some((Preset::StatisticsHalfYear, date(2026, 6, 15), date(2026, 12, 14))));
        assert_eq!(read("2025-2026"), Some((Preset::SchoolYear, date(2025, 9, 5), date(2026, 5, 31))));
        let (first, last) = (date(2026, 3, 1), date(2026, 3, 14));
        assert_eq!(read("2026-03-01..2026-03-14"), Some((Preset::Own { first, last }, first, last)));
        for bad in [
            "",
            "26",
            "2026-H3",
            "2025-2027",
            "2026-03-14..2026-03-01",
            "S2025-2026",
            "S2026",
            "2026-02-30..2026-03-01",
            "20260",
            "-2026",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_calendar_is_a_setting() {
        let text = "(statistics: ((month: 12, day: 21), (month: 6, day: 21)), exhibitions: [(name_vi: \"Tuần lễ biển đảo\", name_en: \"Sea week\", first: \"2026-06-01\", last: \"2026-06-08\")])";
        let calendar = Calendar::from_ron(text).expect("good");
        assert_eq!(period(&calendar, Preset::StatisticsHalfYear, date(2026, 6, 20)).last, date(2026, 6, 20));
        let own = Preset::Own { first: date(2026, 6, 1), last: date(2026, 6, 8) };
        let week = period(&calendar, own, date(2026, 6, 1));
        assert_eq!(week.name.vi, "Tuần lễ biển đảo");
        assert!(calendar.is_whole(&week) && !Calendar::default().is_whole(&week));
        assert_eq!(Calendar::from_ron("()").expect("defaults"), Calendar::default());
    }

    #[test]
    fn the_sample_calendar_is_the_usual_one_with_an_exhibition() {
        let sample = Calendar::from_ron(include_str!("../../docs/examples/calendar.ron")).expect("good");
        assert_eq!(sample.exhibitions.len(), 1);
        assert_eq!(Calendar { exhibitions: Vec::new(), ..sample }, Calendar::default());
    }

    #[test]
    fn a_bad_calendar_is_refused_with_its_place() {
        let refused = |text: &str| Calendar::from_ron(text).expect_err("refused");
        assert!(matches!(refused("(\n  six_month: 1)"), CalendarError::Text { line: 2, .. }));
        assert_eq!(refused("(year_begins: (month: 2, day: 30))"), CalendarError::NoDay("year_begins"));
        let halves = "(six_months: ((month: 7, day: 1), (month: 1, day: 1)))";
        assert_eq!(refused(halves), CalendarError::Order("six_months"));
        let exhibition =
            "(exhibitions: [(name_vi: \"a\", name_en: \"a\", first: \"2026-06-08\", last: \"2026-06-01\")])";
        assert_eq!(refused(exhibition), CalendarError::Exhibition(0));
    }

    #[test]
    fn a_moment_lies_on_a_day_of_viet_nam() {
        // 2025-06-30T17:00:00Z is midnight of 1 July.
        assert_eq!(day_of(1_751_302_800_000), Some(date(2025, 7, 1)));
        assert_eq!(day_of(1_751_302_799_999), Some(date(2025, 6, 30)));
        assert_eq!((hour_of(1_751_302_800_000), hour_of(1_751_302_799_999)), (0, 23));
        assert_eq!(first_millis_of(date(2025, 7, 1)), 1_751_302_800_000);
        assert_eq!((day_of(i64::MAX), day_of(i64::MIN)), (None, None));
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (2000..2080_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
    }

    proptest! {
        #[test]
        fn periods_hold_their_day_and_follow_one_another(on in any_day(), which in 0..4_usize) {
            let calendar = Calendar::default();
            let found = period(&calendar, PRESETS[which], on);
            prop_assert!(found.first <= on && found.first <= found.last);
            prop_assert!(on <= found.last || PRESETS[which] == Preset::SchoolYear);
            let earlier = before(&calendar, PRESETS[which], &found);
            prop_assert!(earlier.last < found.first);
            if PRESETS[which] != Preset::SchoolYear {
                prop_assert_eq!(earlier.last.tomorrow().ok(), Some(found.first));
            }
            prop_assert!(calendar.is_whole(&found), "a preset cuts a segment in two");
        }

        #[test]
        fn segments_cover_every_day_once(on in any_day(), length in 0..900_i32) {
            let calendar = Calendar::default();
            let last = on.saturating_add(length.days());
            let segments = calendar.segments(on, last);
            prop_assert!(segments[0].0 <= on && segments[segments.len() - 1].1 >= last);
            for pair in segments.windows(2) {
                prop_assert_eq!(pair[0].1.tomorrow().ok(), Some(pair[1].0));
            }
            for segment in segments {
                prop_assert_eq!(calendar.segment(segment.0), segment);
                prop_assert_eq!(calendar.segment(segment.1), segment);
            }
        }

        #[test]
        fn bad_text_is_never_a_panic(text in ".{0,40}") {
            let _ = parse(&Calendar::default(), &text);
            let _ = Calendar::from_ron(&text);
        }
    }
}
