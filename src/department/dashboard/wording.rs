//! Figures as people read them: thousands, minutes, per cent, days, and what stands for a count that is hidden.

use super::language::Language;
use crate::base::days;
use crate::department::figures::Count;
use jiff::civil::Date;

/// Who reads, and under which count figures are hidden.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    pub language: Language,
    pub threshold: u64,
}

impl Wording {
    pub fn of<'a>(&self, vietnamese: &'a str, english: &'a str) -> &'a str {
        self.language.of(vietnamese, english)
    }

    /// `48.210` or `48,210`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(self.of(".", ","));
            }
            out.push(digit);
        }
        out
    }

    pub fn count(&self, count: Count) -> String {
        match count {
            Count::Shown(number) => self.number(number),
            Count::Few => format!("<\u{a0}{}", self.threshold),
            Count::Withheld => "…".to_owned(),
        }
    }

    /// `≥ 1.200` where there may be more.
    pub fn at_least(&self, count: Count, more: u64) -> String {
        let least = if more > 0 && shown(count).is_some() { "≥\u{a0}" } else { "" };
        format!("{least}{}", self.count(count))
    }

    /// A count as a screen reader should say it.
    pub fn spoken(&self, count: Count) -> String {
        match count {
            Count::Shown(number) => self.number(number),
            Count::Few => format!("{} {}", self.of("dưới", "fewer than"), self.threshold),
            Count::Withheld => self.of("không công bố", "withheld").to_owned(),
        }
    }

    /// `6,8` or `6.8`.
    pub fn tenths(&self, tenths: u64) -> String {
        format!("{}{}{}", self.number(tenths / 10), self.of(",", "."), tenths % 10)
    }

    pub fn screen_hours(&self, millis: u64) -> String {
        // Rounded as the report does.
        let tenths = millis.saturating_add(180_000) / 360_000;
        if tenths >= 1000 { self.number(millis.saturating_add(1_800_000) / 3_600_000) } else { self.tenths(tenths) }
    }

    /// `20/11/2026` or `20 Nov 2026`.
    pub fn date(&self, date: Date) -> String {
        match self.language {
            Language::Vietnamese => days::vietnamese(date),
            Language::English => format!("{} {} {}", date.day(), month(date.month()), date.year()),
        }
    }

    /// `20/11` or `20 Nov`.
    pub fn short_date(&self, date: Date) -> String {
        match self.language {
            Language::Vietnamese => format!("{:02}/{:02}", date.day(), date.month()),
            Language::English => format!("{} {}", date.day(), month(date.month())),
        }
    }

    /// `Tháng 11/2026` or `Nov 2026`.
    pub fn month(&self, day: Date) -> String {
        match self.language {
            Language::Vietnamese => format!("Tháng {}/{}", day.month(), day.year()),
            Language::English => format!("{} {}", month(day.month()), day.year()),
        }
    }

    pub fn weekday(&self, from_monday: usize) -> &'static str {
        const NAMES: [(&str, &str); 7] = [
            ("Thứ Hai", "Monday"),
            ("Thứ Ba", "Tuesday"),
            ("Thứ Tư", "Wednesday"),
            ("Thứ Năm", "Thursday"),
            ("Thứ Sáu", "Friday"),
            ("Thứ Bảy", "Saturday"),
            ("Chủ nhật", "Sunday"),
        ];
        NAMES.get(from_monday).map_or("", |(vi, en)| self.language.of(vi, en))
    }

    pub fn weekday_short(&self, from_monday: usize) -> &'static str {
        const NAMES: [(&str, &str); 7] =
            [("T2", "Mo"), ("T3", "Tu"), ("T4", "We"), ("T5", "Th"), ("T6", "Fr"), ("T7", "Sa"), ("CN", "Su")];
        NAMES.get(from_monday).map_or("", |(vi, en)| self.language.of(vi, en))
    }
}

fn month(number: i8) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(number).ok().and_then(|n| MONTHS.get(n.wrapping_sub(1))).copied().unwrap_or("")
}

/// `1:17`, or `1:02:05` from an hour on.
pub fn clock_time(millis: u64) -> String {
    let seconds = (millis + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

pub fn shown(count: Count) -> Option<u64> {
    count.shown()
}

/// `+12%`, `−3%` with a real minus.
pub fn signed_percent(percent: i64) -> String {
    match percent {
        0 => "±0%".to_owned(),
        1.. => format!("+{percent}%"),
        _ => format!("−{}%", percent.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: Wording = Wording { language: Language::Vietnamese, threshold: 5 };
    const EN: Wording = Wording { language: Language::English, threshold: 5 };

    #[test]
    fn numbers_are_grouped_in_the_readers_way() {
        assert_eq!(VI.number(48_210), "48.210");
        assert_eq!(EN.number(1_048_210), "1,048,210");
        assert_eq!(VI.number(999), "999");
        assert_eq!(VI.tenths(68), "6,8");
    }

    #[test]
    fn hidden_counts_never_show_a_number() {
        assert_eq!(VI.count(Count::Few), "<\u{a0}5");
        assert_eq!(EN.count(Count::Withheld), "…");
        assert_eq!(VI.at_least(Count::Few, 3), "<\u{a0}5");
        assert_eq!(VI.at_least(Count::Shown(1_200), 3), "≥\u{a0}1.200");
        assert_eq!(VI.at_least(Count::Shown(1_200), 0), "1.200");
    }

    #[test]
    fn screen_hours_of_3606_8_are_3607_as_in_the_report() {
        assert_eq!(VI.screen_hours(12_984_480_000), "3.607");
        assert_eq!(VI.screen_hours(24_460_000), "6,8");
    }

    #[test]
    fn changes_have_their_sign() {
        assert_eq!([signed_percent(-3), signed_percent(12), signed_percent(0)], ["−3%", "+12%", "±0%"]);
    }

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!(clock_time(77_000), "1:17");
        assert_eq!(clock_time(3_725_000), "1:02:05");
    }
}
