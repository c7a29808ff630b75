//! Numbers, lengths of time and dates as text, in Vietnamese (48.210; 9,4; 20/11/2026) and in English.

use jiff::civil::Date;

use super::words::Language;
use crate::base::days;
use crate::department::figures::Count;

/// A whole number with its thousands apart.
pub fn whole(number: u64, language: Language) -> String {
    let mark = language.pick(".", ",");
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// A count, or the sign that stands for a hidden one.
pub fn count(count: Count, threshold: u64, language: Language) -> String {
    match count {
        Count::Shown(number) => whole(number, language),
        Count::Few => format!("<\u{a0}{threshold}"),
        Count::Withheld => "…".to_owned(),
    }
}

/// Minutes and seconds: 1:17, and 62:05 for more than an hour.
pub fn clock(millis: u64) -> String {
    let seconds = millis.saturating_add(500) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A length of time in words: 1 phút 17 giây.
pub fn spoken(millis: u64, language: Language) -> String {
    let seconds = millis.saturating_add(500) / 1000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let minute_word = language.pick("phút", if minutes == 1 { "minute" } else { "minutes" });
    let second_word = language.pick("giây", if rest == 1 { "second" } else { "seconds" });
    match (minutes, rest) {
        (0, rest) => format!("{rest} {second_word}"),
        (_, 0) => format!("{} {minute_word}", whole(minutes, language)),
        (_, rest) => format!("{} {minute_word} {rest} {second_word}", whole(minutes, language)),
    }
}

/// Hours with one decimal: 1.204,5.
pub fn hours(millis: u64, language: Language) -> String {
    let tenths = tenths_of_hours(millis);
    format!("{}{}{}", whole(tenths / 10, language), language.pick(",", "."), tenths % 10)
}

/// The same for machines: 1204.5.
pub fn hours_bare(millis: u64) -> String {
    let tenths = tenths_of_hours(millis);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn tenths_of_hours(millis: u64) -> u64 {
    millis.saturating_add(180_000) / 360_000
}

pub fn date(date: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => days::vietnamese(date),
        Language::English => days::english(date),
    }
}

/// The day in a table, where English has less room.
pub fn table_date(date: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => self::date(date, language),
        Language::English => format!("{} {}", short_date(date, language), date.year()),
    }
}

/// Day and month, for the axis of a chart.
pub fn short_date(date: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => date.strftime("%d/%m").to_string(),
        Language::English => date.strftime("%-d %b").to_string(),
    }
}

/// The date of an official document: days under 10 and the months January and February have a zero before them
/// (Decree 30/2020/NĐ-CP).
pub fn formal_date(date: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
            format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
        }
        Language::English => self::date(date, language),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    const VI: Language = Language::Vietnamese;
    const EN: Language = Language::English;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(whole(0, VI), "0");
        assert_eq!(whole(999, VI), "999");
        assert_eq!(whole(48_210, VI), "48.210");
        assert_eq!(whole(1_234_567, EN), "1,234,567");
        assert_eq!(whole(u64::MAX, EN), "18,446,744,073,709,551,615");
    }

    #[test]
    fn hidden_counts_are_signs() {
        assert_eq!(count(Count::Few, 5, VI), "<\u{a0}5");
        assert_eq!(count(Count::Withheld, 5, VI), "…");
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(clock(77_000), "1:17");
        assert_eq!(clock(59_600), "1:00");
        assert_eq!(clock(3_725_000), "62:05");
        assert_eq!(spoken(77_000, VI), "1 phút 17 giây");
        assert_eq!(spoken(61_000, EN), "1 minute 1 second");
        assert_eq!(spoken(120_000, EN), "2 minutes");
        assert_eq!(hours(4_336_200_000, VI), "1.204,5");
    }

    #[test]
    fn formal_dates_have_their_zeros() {
        assert_eq!(formal_date(day(2027, 1, 5), VI), "ngày 05 tháng 01 năm 2027");
        assert_eq!(formal_date(day(2026, 3, 15), VI), "ngày 15 tháng 3 năm 2026");
        assert_eq!(date(day(2026, 11, 20), VI), "20/11/2026");
        assert_eq!(date(day(2026, 11, 20), EN), "20 November 2026");
        assert_eq!(table_date(day(2026, 11, 20), EN), "20 Nov 2026");
    }
}
