//! Which period is looked at, as an address says it.

use super::language::words;
use super::options::{Calendar, Preset};
use crate::base::days::{self, NoDay};
use crate::department::figures::{Period, Words};
use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The period of this kind that holds the day; none stands for today.
    Preset(Preset, Option<Date>),
    Own(Date, Date),
}

/// The periods in the chooser besides one's own.
pub const PRESETS: [(Preset, &str); 4] = [
    (Preset::SixMonths, "six-months"),
    (Preset::Year, "year"),
    (Preset::SchoolYear, "school-year"),
    (Preset::StatisticsHalfYear, "statistics"),
];

const EARLIEST_YEAR: i16 = 2000;

impl Choice {
    pub const DEFAULT: Self = Self::Preset(Preset::SchoolYear, None);

    pub fn parse(pairs: &[(String, String)]) -> Result<Self, Words> {
        let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let Some(kind) = value("period") else { return Ok(Self::DEFAULT) };
        if kind == "own" {
            let (first, last) = (day(value("first").unwrap_or(""))?, day(value("last").unwrap_or(""))?);
            if first > last {
                return Err(words(
                    "Ngày đầu của kỳ đứng sau ngày cuối. Hãy chọn lại hai ngày.",
                    "The first day of the period comes after its last. Choose the two days again.",
                ));
            }
            return Ok(Self::Own(first, last));
        }
        let preset = PRESETS.iter().find(|(_, name)| *name == kind).ok_or_else(|| {
            words(
                "Không có loại kỳ này. Hãy chọn một kỳ trong danh sách.",
                "There is no such period. Choose one of the list.",
            )
        })?;
        Ok(Self::Preset(preset.0, value("on").map(day).transpose()?))
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Own(first, last) => {
                vec![("period", "own".to_owned()), ("first", first.to_string()), ("last", last.to_string())]
            }
            Self::Preset(preset, on) => {
                let name = PRESETS.iter().find(|(known, _)| known == preset).map_or("", |(_, name)| name);
                let mut pairs = vec![("period", name.to_owned())];
                pairs.extend(on.map(|on| ("on", on.to_string())));
                pairs
            }
        }
    }

    fn whole(&self, calendar: &dyn Calendar, today: Date) -> Period {
        match self {
            Self::Own(first, last) => calendar.own(*first, *last),
            Self::Preset(preset, on) => calendar.period(*preset, on.unwrap_or(today)),
        }
    }

    /// The whole period, though it may not be over yet: cut at today it would be no union of segments, and nearly nothing
    /// could be told of it. Days to come hold no visits.
    pub fn period(&self, calendar: &dyn Calendar, today: Date) -> Result<Period, Words> {
        let whole = self.whole(calendar, today);
        if whole.first > today {
            return Err(words(
                "Kỳ này chưa bắt đầu. Hãy chọn kỳ sớm hơn.",
                "This period has not begun yet. Choose an earlier one.",
            ));
        }
        Ok(whole)
    }

    /// The period of the same kind before and after; none after the present one, nor for one's own.
    pub fn neighbours(&self, calendar: &dyn Calendar, today: Date) -> (Option<Self>, Option<Self>) {
        let Self::Preset(preset, _) = self else { return (None, None) };
        let months: i32 = match preset {
            Preset::SixMonths | Preset::StatisticsHalfYear => 6,
            Preset::Year | Preset::SchoolYear => 12,
        };
        let first = self.whole(calendar, today).first;
        let before = first.checked_sub(months.months()).ok().filter(|day| day.year() >= EARLIEST_YEAR);
        let after = first.checked_add(months.months()).ok().filter(|day| *day <= today);
        (before.map(|day| Self::Preset(*preset, Some(day))), after.map(|day| Self::Preset(*preset, Some(day))))
    }
}

fn day(text: &str) -> Result<Date, Words> {
    let date = match days::read(text) {
        Ok(date) => Some(date),
        Err(NoDay::NotInCalendar) => {
            return Err(words(
                "Ngày này không có trong lịch, như ngày 31 tháng 11. Hãy chọn ngày khác.",
                "There is no such day in the calendar, as with 31 November. Choose another one.",
            ));
        }
        Err(NoDay::Form) => None,
    };
    date.filter(|date| (EARLIEST_YEAR..=9000).contains(&date.year())).ok_or_else(|| {
        words(
            "Ngày viết năm-tháng-ngày hoặc ngày/tháng/năm, ví dụ 2026-09-05 hoặc 5/9/2026, từ năm 2000.",
            "A day is written year-month-day or day/month/year, such as 2026-09-05 or 5/9/2026, from the year 2000 on.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn parse(text: &str) -> Result<Choice, Words> {
        let pairs: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Choice::parse(&pairs)
    }

    #[test]
    fn choices_are_read_back_from_their_addresses() {
        let choices = [
            Choice::DEFAULT,
            Choice::Preset(Preset::SixMonths, Some(date(2026, 3, 1))),
            Choice::Preset(Preset::StatisticsHalfYear, None),
            Choice::Own(date(2026, 9, 5), date(2026, 9, 11)),
        ];
        for choice in choices {
            let text: Vec<String> = choice.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(parse(&text.join("&")), Ok(choice));
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_not_called_a_wrong_form() {
        let told = parse("period=own&first=2026-11-31&last=2026-12-01").expect_err("no such day");
        assert!(told.vi.contains("không có trong lịch"), "{told:?}");
        let told = parse("period=own&first=tomorrow&last=2026-12-01").expect_err("no day");
        assert!(told.vi.contains("năm-tháng-ngày"), "{told:?}");
    }

    #[test]
    fn wrong_days_are_refused_with_a_reason() {
        let bad = [
            "period=own&first=2026-09-05&last=2026-09-04",
            "period=own",
            "period=own&first=2026-02-30&last=2026-03-01",
            "period=century",
            "period=year&on=0000-01-01",
            "period=year&on=2026-09-05T00:00",
            "period=year&on=-99999-01-01",
        ];
        for bad in bad {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
