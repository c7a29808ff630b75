//! Whether a table's days are written month first, as a spreadsheet in American English does: told once a table, for of
//! such days only those after the twelfth are refused one by one, and the others are read as other days.

use super::cells::{day_of, shortened};
use crate::base::days;
use crate::diagnostics::{Findings, Place, Problem, Said, Severity};
use jiff::civil::Date;

/// The days with slashes of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayOrder {
    /// One that can only be meant month first, such as 3/14/2026.
    month_first: Option<String>,
    /// One that can only be meant day first, such as 14/3/2026.
    day_first: Option<String>,
    /// One that may be either, how it was read, and how many there are.
    either: Option<(String, Date)>,
    eithers: usize,
}

/// `3/14/2026`: a day when its first two numbers change places, and none as it stands.
pub fn is_month_first(text: &str) -> bool {
    day_of(text).is_none() && turned(text).is_some()
}

fn turned(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    day_of(&format!("{second}/{first}/{rest}"))
}

impl DayOrder {
    pub fn note(&mut self, text: &str) {
        match (day_of(text), turned(text)) {
            (None, Some(_)) => _ = self.month_first.get_or_insert_with(|| shortened(text)),
            (Some(_), None) if text.contains('/') => _ = self.day_first.get_or_insert_with(|| shortened(text)),
            (Some(day), Some(other)) if day != other => {
                self.eithers += 1;
                self.either.get_or_insert_with(|| (shortened(text), day));
            }
            _ => {}
        }
    }

    /// One problem for the table as a whole, as its days cannot be told apart one by one.
    pub fn tell(&self, file: &str, findings: &mut Findings) {
        let Some(month_first) = &self.month_first else { return };
        let (mut vi, mut en) = (
            format!("Ngày trong bảng này có vẻ ghi tháng trước (kiểu Mỹ), như {month_first}."),
            format!("The days of this table seem to be written month first (as in the USA), such as {month_first}."),
        );
        if let Some((text, day)) = &self.either {
            let (read_vi, read_en) = (days::vietnamese(*day), days::english(*day));
            vi += &format!(" {} ô khác có thể đã bị đọc sai, như {text}: đọc là ngày {read_vi}.", self.eithers);
            en += &format!(" {} other cells may have been misread, such as {text}: read as {read_en}.", self.eithers);
        }
        if let Some(day_first) = &self.day_first {
            vi += &format!(" Nhưng {day_first} lại ghi ngày trước.");
            en += &format!(" But {day_first} has its day first.");
        }
        let hint = Said::new(
            "Trong bảng tính hãy định dạng cả cột ngày thành yyyy-mm-dd (2025-07-01) rồi lưu lại CSV.",
            "In the spreadsheet, format the columns of days as yyyy-mm-dd (2025-07-01) and save the CSV again.",
        );
        let message = Said::new(vi, en);
        findings.add(Problem { place: Place::file(file), severity: Severity::Error, code: "day-order", message, hint });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(days: &[&str]) -> Option<String> {
        let mut order = DayOrder::default();
        days.iter().for_each(|day| order.note(day));
        let mut findings = Findings::default();
        order.tell("units.csv", &mut findings);
        findings.into_sorted().pop().map(|problem| problem.message.vi)
    }

    #[test]
    fn dates_of_an_american_spreadsheet_are_told_for_the_whole_table() {
        let told = told(&["7/1/2025", "3/14/2026", "8/2/2025", "5/5/2025"]).expect("told");
        assert!(told.contains("3/14/2026") && told.contains("2 ô khác"), "{told}");
        assert!(told.contains("7/1/2025: đọc là ngày 07/01/2025"), "{told}");
    }

    #[test]
    fn days_as_in_vietnam_are_no_trouble() {
        assert_eq!(told(&["1/7/2025", "14/3/2026", "2025-07-01", "31/2/2025", "x", ""]), None);
        assert!(told(&["14/3/2026", "3/14/2026"]).expect("told").contains("Nhưng 14/3/2026"));
    }
}
