//! Days as people write them.

use jiff::civil::Date;

/// `10/11/2026`, as in Vietnam.
pub fn vietnamese(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// `10 November 2026`.
pub fn english(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `November`; January is 1.
pub fn english_month(month: i8) -> Option<String> {
    Some(Date::new(2000, month, 1).ok()?.strftime("%B").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_in_each_language() {
        let days = [date(2026, 1, 2), date(2026, 12, 31)];
        assert_eq!(days.map(vietnamese), ["02/01/2026", "31/12/2026"]);
        assert_eq!(days.map(english), ["2 January 2026", "31 December 2026"]);
        assert_eq!([9, 13].map(english_month), [Some("September".to_owned()), None]);
    }
}
