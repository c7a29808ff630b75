//! Dates as people write them in a list, in Vietnamese or English: what is shown, word for word where there are words,
//! and the years that put it among the others. What is not clear is no date.

use super::plain::words;
use crate::base::days::{english, english_month};
use crate::pack::model::When;
use jiff::civil::Date;

/// A date that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub when: When,
    /// As it is shown; none where only a person can say it.
    pub vi: Option<String>,
    pub en: Option<String>,
}

impl Told {
    fn new(when: When, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { when, vi: Some(vi.into()), en: Some(en.into()) }
    }

    fn plain(when: When) -> Self {
        let (vi, en) = shown(when);
        Self::new(when, vi, en)
    }
}

/// A date told in words; none when it is not understood. What lasts until today ends in `this_year`.
pub fn read(text: &str, this_year: i16) -> Option<Told> {
    let text = text.trim().replace(['–', '—', '‒', '−'], "-");
    if text.is_empty() {
        return None;
    }
    let plain = words(&text);
    if BEARS_NONE.contains(&plain.as_str()) {
        return Some(Told::new(When::Undated, "Không đề năm", "Undated"));
    }
    if UNKNOWN.contains(&plain.as_str()) {
        return Some(Told::plain(When::Undated));
    }
    let known = day(&text).map(of_day).or_else(|| month(&text, &plain)).or_else(|| century(&text, &plain));
    let known = known.or_else(|| bracketed(&text)).or_else(|| open_ended(&text, &plain, this_year));
    if known.is_some() {
        return known;
    }
    if let Some((from, to)) = span(&text, &plain) {
        return (from < to).then_some(Told::plain(When::Between(from, to)));
    }
    if let Some(year) = text.strip_suffix('?').and_then(|before| year(&words(before))) {
        return Some(Told::new(When::Circa(year), format!("{year} (?)"), format!("{year} (?)")));
    }
    let about = ABOUT.iter().find_map(|word| plain.strip_prefix(word)?.strip_prefix(' '));
    match about {
        Some(rest) => Some(Told::plain(When::Circa(year(rest)?))),
        None => Some(Told::plain(When::Year(year(plain.strip_prefix("nam ").unwrap_or(&plain))?))),
    }
}

/// It was looked at, and bears no year.
const BEARS_NONE: [&str; 7] =
    ["khong de nam", "khong ghi nam", "khong de nien dai", "undated", "no date", "n d", "not dated"];
/// Nobody knows: another statement than that it bears none.
const UNKNOWN: [&str; 10] = [
    "khong ro",
    "khong ro nam",
    "khong ro nien dai",
    "chua ro",
    "chua ro nam",
    "chua ro nien dai",
    "khong biet",
    "chua xac dinh",
    "unknown",
    "date unknown",
];
const ABOUT: [&str; 9] = ["khoang nam", "khoang", "vao khoang", "chung", "about", "around", "circa", "ca", "c"];
/// `1838`, `200 TCN`, `200 BC`.
fn year(plain: &str) -> Option<i32> {
    let before = ["tcn", "truoc cong nguyen", "bc", "bce"].iter().find_map(|era| plain.strip_suffix(era));
    let after = ["scn", "sau cong nguyen", "ad", "ce"].iter().find_map(|era| plain.strip_suffix(era));
    let digits = before.or(after).unwrap_or(plain).trim();
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = if fits { digits.parse().ok()? } else { return None };
    Some(if before.is_some() { -year } else { year })
}

/// A day of the calendar: `2/9/1945`, `ngày 2 tháng 9 năm 1945`, `1945-09-02` as spreadsheets give it.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let parts = |sign: char| text.split(sign).map(|part| part.trim().parse::<i16>().ok()).collect::<Option<Vec<_>>>();
    let date = |year: i16, month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().filter(|_| (1000..=2200).contains(&year))
    };
    match parts('-').as_deref() {
        Some(&[year, month, day]) if year > 31 => return date(year, month, day),
        Some(&[day, month, year]) => return date(year, month, day),
        _ => {}
    }
    if let Some(&[day, month, year]) = parts('/').or_else(|| parts('.')).as_deref() {
        return date(year, month, day).or_else(|| date(year, day, month));
    }
    let plain = words(text);
    let (day, rest) = plain.strip_prefix("ngay ").unwrap_or(&plain).split_once(" thang ")?;
    let (month, year) = rest.split_once(" nam ")?;
    date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Whether a text is written as a day that no calendar has, as 30/2/1907.
pub fn is_impossible_day(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).map(str::trim).collect();
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_day = match parts.as_slice() {
        [a, b, year] if year.len() == 4 => digits(a, 2) && digits(b, 2) && digits(year, 4),
        [year, a, b] if year.len() == 4 => digits(a, 2) && digits(b, 2) && digits(year, 4),
        _ => false,
    };
    is_day && day(text).is_none()
}

/// A day as it is shown, in Vietnamese and English.
pub fn shown_day(day: Date) -> (String, String) {
    (format!("{}/{}/{}", day.day(), day.month(), day.year()), english(day))
}

fn of_day(day: Date) -> Told {
    let (vi, en) = shown_day(day);
    Told::new(When::Year(day.year().into()), vi, en)
}

/// `9/1945`, `tháng 9 năm 1945`, `September 1945`.
fn month(text: &str, plain: &str) -> Option<Told> {
    let vi = plain.strip_prefix("thang ").and_then(|rest| rest.split_once(" nam ").or_else(|| rest.split_once(' ')));
    let named = || {
        let (name, year) = plain.split_once(' ')?;
        let is_named = |month: &i8| english_month(*month).is_some_and(|known| known.to_lowercase() == name);
        Some(((1..=12).find(is_named)?, year))
    };
    let (month, year_text) = match vi.or_else(|| text.split_once('/')) {
        Some((month, year)) => (month.trim().parse().ok()?, year.trim()),
        None => named()?,
    };
    let year = year(year_text).filter(|year| (1000..=2200).contains(year))?;
    let name = english_month(month)?;
    Some(Told::new(When::Year(year), format!("Tháng {month} năm {year}"), format!("{name} {year}")))
}

fn span(text: &str, plain: &str) -> Option<(i32, i32)> {
    if let Some((from, to)) = text.split_once('-') {
        return Some((year(&words(from))?, year(&words(to))?));
    }
    let marks =
        [("tu ", " den "), ("tu nam ", " den nam "), ("giua ", " va "), ("between ", " and "), ("from ", " to ")];
    marks.iter().find_map(|(open, middle)| {
        let (from, to) = plain.strip_prefix(open)?.split_once(middle)?;
        Some((year(from)?, year(to)?))
    })
}

/// Until today, before a year, after one, a decade.
fn open_ended(text: &str, plain: &str, this_year: i16) -> Option<Told> {
    let until = ["nay", "den nay", "hien nay", "present", "today", "now"];
    let since = text.split_once('-').filter(|(_, to)| until.contains(&words(to).as_str())).map(|(from, _)| words(from));
    let said = || {
        let rest = plain.strip_prefix("tu nam ").or_else(|| plain.strip_prefix("tu "));
        let vi = rest.and_then(|rest| rest.strip_suffix(" den nay"));
        vi.or_else(|| plain.strip_prefix("since ")).map(str::to_owned)
    };
    if let Some(from) = since.or_else(said).and_then(|from| year(&from)) {
        let to = i32::from(this_year);
        let when = if from < to { When::Between(from, to) } else { When::Year(from) };
        return Some(Told::new(when, format!("{from} đến nay"), format!("{from} to the present")));
    }
    let after = |words: &[&str]| words.iter().find_map(|word| year(plain.strip_prefix(word)?));
    if let Some(year) = after(&["truoc nam ", "truoc ", "before "]) {
        return Some(Told::new(When::Circa(year), format!("Trước năm {year}"), format!("Before {year}")));
    }
    if let Some(year) = after(&["sau nam ", "sau ", "after "]) {
        return Some(Told::new(When::Circa(year), format!("Sau năm {year}"), format!("After {year}")));
    }
    let decade = after(&["thap nien ", "thap ky ", "nhung nam ", "the "]);
    let decade = decade.or_else(|| year(plain.strip_suffix('s')?)).filter(|year| *year > 999 && year % 10 == 0)?;
    let when = When::Between(decade, decade + 9);
    Some(Told::new(when, format!("Những năm {decade}"), format!("{decade}s")))
}

/// `Minh Mạng thứ 16 (1835)`: shown as it stands. What a year of a reign is called in English is known, nothing else.
fn bracketed(text: &str) -> Option<Told> {
    let (before, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
    let (before, inner) = (before.trim(), words(inner));
    let when = match inner.split_once(' ') {
        Some((from, to)) if year(from).is_some() && year(to).is_some() => When::Between(year(from)?, year(to)?),
        _ => When::Year(year(inner.strip_prefix("nam ").unwrap_or(&inner))?),
    };
    if before.is_empty() || matches!(when, When::Between(from, to) if from >= to) {
        return None;
    }
    let years = shown(when).1;
    let reign = before.strip_prefix("năm ").or_else(|| before.strip_prefix("Năm ")).unwrap_or(before);
    let numbered = reign.rsplit_once(" thứ ").or_else(|| reign.rsplit_once(" năm thứ "));
    let english = numbered.and_then(|(name, number)| {
        let number: i32 = number.trim().parse().ok()?;
        let name = name.strip_suffix(" năm").unwrap_or(name).trim();
        Some(format!("{} year of {name} ({years})", ordinal(number)))
    });
    Some(Told { when, vi: Some(text.to_owned()), en: english })
}

/// Parts of a century: their words in Vietnamese and English, and the years they mean, of a hundred.
const PARTS: [(&str, &str, &str, &str, (i32, i32)); 6] = [
    ("nua dau ", "first half of the ", "Nửa đầu", "First half of the", (1, 50)),
    ("nua cuoi ", "second half of the ", "Nửa cuối", "Second half of the", (51, 100)),
    ("nua sau ", "latter half of the ", "Nửa sau", "Second half of the", (51, 100)),
    ("dau ", "early ", "Đầu", "Early", (1, 33)),
    ("giua ", "mid ", "Giữa", "Mid", (34, 66)),
    ("cuoi ", "late ", "Cuối", "Late", (67, 100)),
];

/// `thế kỷ 17`, `thế kỉ XVII`, `đầu TK XX`, `thế kỷ XVII-XVIII`, `17th century`.
fn century(text: &str, plain: &str) -> Option<Told> {
    let part = PARTS.iter().find(|(vi, en, ..)| plain.starts_with(vi) || plain.starts_with(en));
    let rest =
        part.map_or(plain, |(vi, en, ..)| plain.strip_prefix(vi).or_else(|| plain.strip_prefix(en)).unwrap_or(plain));
    let vi = ["the ky thu ", "the ky ", "the ki ", "tk "].iter().find_map(|word| rest.strip_prefix(word));
    let bare = match vi {
        Some(bare) => bare,
        None => {
            let rest = rest.strip_suffix(" century").or_else(|| rest.strip_suffix(" centuries"))?;
            rest.strip_prefix("the ").unwrap_or(rest)
        }
    };
    // Numbers stay as they were written, in Roman or in ours.
    let is_roman = vi.is_some() && !bare.contains(|c: char| c.is_ascii_digit());
    let written = |n: i32| if is_roman { NUMBERS[n as usize - 1].to_uppercase() } else { n.to_string() };
    if let (None, Some((from, to))) = (part, bare.split_once(' ').filter(|_| text.contains('-'))) {
        let (from, to) = (number(from)?, number(to)?);
        let when = When::Between((from - 1) * 100 + 1, to * 100);
        let vi = format!("Thế kỷ {}–{}", written(from), written(to));
        return (from < to).then(|| Told::new(when, vi, format!("{}–{} centuries", ordinal(from), ordinal(to))));
    }
    let number = number(bare)?;
    let (written, ordinal) = (written(number), ordinal(number));
    Some(match part {
        None => Told::new(When::Century(number), format!("Thế kỷ {written}"), format!("{ordinal} century")),
        Some((_, _, vi, en, (from, to))) => {
            let first = (number - 1) * 100;
            let when = When::Between(first + from, first + to);
            let en = if *en == "Mid" { format!("Mid-{ordinal} century") } else { format!("{en} {ordinal} century") };
            Told::new(when, format!("{vi} thế kỷ {written}"), en)
        }
    })
}

/// The number of a century: `17`, `17th`, `xvii`.
fn number(text: &str) -> Option<i32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let found = if digits.is_empty() { roman(text) } else { digits.parse().ok() };
    found.filter(|century| (1..=22).contains(century))
}

const NUMBERS: [&str; 22] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx", "xxi", "xxii",
];

fn roman(text: &str) -> Option<i32> {
    let at = NUMBERS.iter().position(|number| *number == text)?;
    i32::try_from(at).ok().map(|at| at + 1)
}

/// The date as it is shown, in Vietnamese and English.
pub fn shown(when: When) -> (String, String) {
    let year = |year: i32| {
        if year < 0 {
            (format!("{} TCN", -year), format!("{} BC", -year))
        } else {
            (year.to_string(), year.to_string())
        }
    };
    match when {
        When::Year(y) => year(y),
        When::Circa(y) => {
            let (vi, en) = year(y);
            (format!("Khoảng năm {vi}"), format!("About {en}"))
        }
        When::Between(a, b) => {
            let ((from_vi, from_en), (to_vi, to_en)) = (year(a), year(b));
            (format!("{from_vi}–{to_vi}"), format!("{from_en}–{to_en}"))
        }
        When::Century(c) => (format!("Thế kỷ {c}"), format!("{} century", ordinal(c))),
        When::Undated => ("Không rõ niên đại".to_owned(), "Date unknown".to_owned()),
    }
}

fn ordinal(number: i32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// As RON has it.
pub fn ron(when: When) -> String {
    match when {
        When::Year(y) => format!("Year({y})"),
        When::Circa(y) => format!("Circa({y})"),
        When::Between(a, b) => format!("Between({a}, {b})"),
        When::Century(c) => format!("Century({c})"),
        When::Undated => "Undated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> Option<When> {
        read(text, 2026).map(|told| told.when)
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        let cases = [
            ("1838", When::Year(1838)),
            ("năm 1838", When::Year(1838)),
            ("200 TCN", When::Year(-200)),
            ("200 BC", When::Year(-200)),
            ("12/3/1838", When::Year(1838)),
            ("1838-03-12", When::Year(1838)),
            ("khoảng 1838", When::Circa(1838)),
            ("Khoảng năm 1838", When::Circa(1838)),
            ("c. 1690", When::Circa(1690)),
            ("ca. 1690", When::Circa(1690)),
            ("About 1690", When::Circa(1690)),
            ("1838?", When::Circa(1838)),
            ("1830-1840", When::Between(1830, 1840)),
            ("1830 – 1840", When::Between(1830, 1840)),
            ("từ 1830 đến 1840", When::Between(1830, 1840)),
            ("between 1830 and 1840", When::Between(1830, 1840)),
            ("thế kỷ XVII", When::Century(17)),
            ("Thế kỉ 17", When::Century(17)),
            ("17th century", When::Century(17)),
            ("the 17th century", When::Century(17)),
            ("Không rõ", When::Undated),
            ("undated", When::Undated),
        ];
        for (text, wanted) in cases {
            assert_eq!(when(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_date_that_nobody_knows_is_not_called_one_that_is_not_written() {
        let cases = [
            ("không rõ", "Không rõ niên đại", "Date unknown"),
            ("Chưa rõ", "Không rõ niên đại", "Date unknown"),
            ("unknown", "Không rõ niên đại", "Date unknown"),
            ("không đề năm", "Không đề năm", "Undated"),
            ("undated", "Không đề năm", "Undated"),
        ];
        for (text, vi, en) in cases {
            assert_eq!(read(text, 2026), Some(Told::new(When::Undated, vi, en)), "{text}");
        }
    }

    #[test]
    fn an_officers_words_are_understood_and_shown_as_they_stand() {
        let cases = [
            ("đầu thế kỷ XX", When::Between(1901, 1933), "Đầu thế kỷ XX", "Early 20th century"),
            ("cuối TK XIX", When::Between(1867, 1900), "Cuối thế kỷ XIX", "Late 19th century"),
            ("giữa thế kỷ 18", When::Between(1734, 1766), "Giữa thế kỷ 18", "Mid-18th century"),
            ("nửa đầu thế kỷ XIX", When::Between(1801, 1850), "Nửa đầu thế kỷ XIX", "First half of the 19th century"),
            ("thế kỷ XVII - XVIII", When::Between(1601, 1800), "Thế kỷ XVII–XVIII", "17th–18th centuries"),
            ("thế kỷ XIX", When::Century(19), "Thế kỷ XIX", "19th century"),
            ("trước 1945", When::Circa(1945), "Trước năm 1945", "Before 1945"),
            ("sau năm 1954", When::Circa(1954), "Sau năm 1954", "After 1954"),
            ("1950-nay", When::Between(1950, 2026), "1950 đến nay", "1950 to the present"),
            ("từ năm 1950 đến nay", When::Between(1950, 2026), "1950 đến nay", "1950 to the present"),
            ("những năm 1930", When::Between(1930, 1939), "Những năm 1930", "1930s"),
            ("02/9/1945", When::Year(1945), "2/9/1945", "2 September 1945"),
            ("ngày 2 tháng 9 năm 1945", When::Year(1945), "2/9/1945", "2 September 1945"),
            ("9/1945", When::Year(1945), "Tháng 9 năm 1945", "September 1945"),
            ("Minh Mạng thứ 16 (1835)", When::Year(1835), "Minh Mạng thứ 16 (1835)", "16th year of Minh Mạng (1835)"),
        ];
        for (text, when, vi, en) in cases {
            assert_eq!(read(text, 2026), Some(Told::new(when, vi, en)), "{text}");
        }
        let told = read("Thời Tự Đức (1848-1883)", 2026).expect("years in brackets");
        assert_eq!((told.when, told.en), (When::Between(1848, 1883), None), "{:?}", told.vi);
    }

    #[test]
    fn what_is_not_clear_is_no_date() {
        for text in ["", "thời Nguyễn", "1840-1830", "18th", "12345", "thế kỷ 99", "??", "c. many", "1/2", "31/2/1900"]
        {
            assert_eq!(when(text), None, "{text}");
        }
    }
}
