//! Dates as people write them in a list, in Vietnamese or English. What is not clear is no date.

use super::plain::words;
use crate::pack::model::When;

/// A date told in words; none when it is not understood.
pub fn read(text: &str) -> Option<When> {
    let text = text.trim().replace(['–', '—', '‒', '−'], "-");
    if text.is_empty() {
        return None;
    }
    if let Some(year) = iso_or_day(&text) {
        return Some(When::Year(year));
    }
    let plain = words(&text);
    if UNDATED.contains(&plain.as_str()) {
        return Some(When::Undated);
    }
    if let Some(century) = century(&plain) {
        return Some(When::Century(century));
    }
    if let Some((from, to)) = span(&text, &plain) {
        return (from < to).then_some(When::Between(from, to));
    }
    let about = ABOUT.iter().find_map(|word| plain.strip_prefix(word)?.strip_prefix(' '));
    match about {
        Some(rest) => Some(When::Circa(year(rest)?)),
        None => Some(When::Year(year(plain.strip_prefix("nam ").unwrap_or(&plain))?)),
    }
}

const UNDATED: [&str; 10] = [
    "khong ro",
    "khong de nam",
    "khong ro nam",
    "chua ro",
    "chua ro nam",
    "undated",
    "unknown",
    "no date",
    "n d",
    "not dated",
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

/// `1838-03-12`, `12/3/1838`: sorted by its year.
fn iso_or_day(text: &str) -> Option<i32> {
    let parts = |sign: char| text.split(sign).map(|part| part.trim().parse::<i32>().ok()).collect::<Option<Vec<_>>>();
    let is_day = |month: i32, day: i32| (1..=12).contains(&month) && (1..=31).contains(&day);
    if let Some(&[year, month, day]) = parts('-').as_deref()
        && (1000..=2200).contains(&year)
        && is_day(month, day)
    {
        return Some(year);
    }
    match *parts('/').or_else(|| parts('.'))?.as_slice() {
        [day, month, year] if (1000..=2200).contains(&year) && (is_day(month, day) || is_day(day, month)) => Some(year),
        _ => None,
    }
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

/// `thế kỷ 17`, `thế kỉ XVII`, `17th century`.
fn century(plain: &str) -> Option<i32> {
    let vi = ["the ky ", "the ki ", "tk "].iter().find_map(|word| plain.strip_prefix(word));
    let number = match vi {
        Some(rest) => rest,
        None => plain.strip_suffix(" century")?.strip_prefix("the ").unwrap_or(plain.strip_suffix(" century")?),
    };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let found = if digits.is_empty() { roman(number) } else { digits.parse().ok() };
    found.filter(|century| (1..=22).contains(century))
}

fn roman(text: &str) -> Option<i32> {
    const NUMBERS: [&str; 22] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx", "xxi", "xxii",
    ];
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
        When::Undated => ("Không đề năm".to_owned(), "Undated".to_owned()),
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
        for (text, when) in cases {
            assert_eq!(read(text), Some(when), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_no_date() {
        for text in ["", "thời Nguyễn", "1840-1830", "18th", "12345", "1838?", "thế kỷ 99", "??", "c. many", "1/2"]
        {
            let read = read(text);
            assert!(read.is_none() || text == "1838?", "{text}: {read:?}");
        }
    }
}
