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

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// It is written in another way.
    Form,
    /// It is written rightly, but there is no such day, as 31 November.
    NotInCalendar,
}

/// `2026-11-20`, or `20/11/2026` as in Vietnam.
pub fn read(text: &str) -> Result<Date, NoDay> {
    let (slashed, dashed): (Vec<&str>, Vec<&str>) = (text.split('/').collect(), text.split('-').collect());
    let (year, month, day) = match (&slashed[..], &dashed[..]) {
        ([day, month, year], _) => (*year, *month, *day),
        (_, [year, month, day]) if month.len() == 2 && day.len() == 2 => (*year, *month, *day),
        _ => return Err(NoDay::Form),
    };
    let digits =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err(NoDay::Form);
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return Err(NoDay::Form) };
    Date::new(year, month, day).map_err(|_| NoDay::NotInCalendar)
}

impl NoDay {
    /// What to tell whoever wrote it, in Vietnamese and English.
    pub fn said(self, text: &str) -> (String, String) {
        match self {
            Self::Form => (
                format!("“{text}” không phải là ngày; viết 2026-11-20 hoặc 20/11/2026"),
                format!("“{text}” is no day; write 2026-11-20, or 20/11/2026 for 20 November"),
            ),
            Self::NotInCalendar => {
                (format!("không có ngày {text} trong lịch"), format!("there is no day {text} in the calendar"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_both_ways_and_31_november_is_told_apart_from_a_wrong_form() {
        for text in ["2026-07-01", "1/7/2026", "01/07/2026"] {
            assert_eq!(read(text), Ok(date(2026, 7, 1)), "{text}");
        }
        for text in ["2026-11-31", "31/11/2026", "30/2/2026", "2026-13-01"] {
            assert_eq!(read(text), Err(NoDay::NotInCalendar), "{text}");
        }
        for text in ["", "2026", "1/7/26", "1-7-2026", "2026/07/01", "2026-7-1", "2026-07-01T00:00", "-2026-07-01"] {
            assert_eq!(read(text), Err(NoDay::Form), "{text}");
        }
        assert!(NoDay::NotInCalendar.said("31/11/2026").0.contains("không có ngày 31/11/2026"));
    }

    #[test]
    fn days_are_written_as_in_each_language() {
        let days = [date(2026, 1, 2), date(2026, 12, 31)];
        assert_eq!(days.map(vietnamese), ["02/01/2026", "31/12/2026"]);
        assert_eq!(days.map(english), ["2 January 2026", "31 December 2026"]);
        assert_eq!([9, 13].map(english_month), [Some("September".to_owned()), None]);
    }
}
