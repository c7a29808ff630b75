//! The languages of a report and its fixed words. Sentences stand where they are put together.

use crate::department::figures::{Level, Unit, Words};
use crate::department::lake::marks;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub enum Language {
    #[default]
    Vietnamese,
    English,
}

impl Language {
    pub fn tag(self) -> &'static str {
        self.pick("vi", "en")
    }

    pub(super) fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vietnamese => vi,
            Self::English => en,
        }
    }

    /// The text in this language; where it is missing, in the other.
    pub(super) fn of(self, words: &Words) -> &str {
        let (first, second) = self.pick((&words.vi, &words.en), (&words.en, &words.vi));
        if first.is_empty() { second } else { first }
    }
}

pub(super) fn weekday(from_monday: usize, language: Language) -> &'static str {
    const VI: [&str; 7] = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    language.pick(VI, EN)[from_monday % 7]
}

/// The weekday inside a sentence: thứ Năm, chủ nhật.
pub(super) fn weekday_within(from_monday: usize, language: Language) -> String {
    let name = weekday(from_monday, language);
    language.pick(name.replacen('T', "t", 1).replacen('C', "c", 1), name.to_owned())
}

pub(super) fn hour(hour: usize, language: Language) -> String {
    language.pick(format!("{hour}\u{a0}giờ"), format!("{hour}:00"))
}

/// A language by its tag; the tag itself for one not known here.
pub(super) fn language_name(tag: &str, language: Language) -> String {
    match tag {
        "vi" => language.pick("Tiếng Việt", "Vietnamese").to_owned(),
        "en" => language.pick("Tiếng Anh", "English").to_owned(),
        "fr" => language.pick("Tiếng Pháp", "French").to_owned(),
        "zh" => language.pick("Tiếng Trung", "Chinese").to_owned(),
        other => other.to_owned(),
    }
}

/// Kinds of units, small inside a sentence. A name that is nothing but a number keeps the capital: Phường 3.
const KINDS: [&str; 8] = ["Tỉnh", "Thành phố", "Xã", "Phường", "Đặc khu", "Thị trấn", "Quận", "Huyện"];
/// Written with a capital by law (Decree 30/2020/NĐ-CP, appendix II).
const CAPITAL: &str = "Thành phố Hồ Chí Minh";

/// A unit where it is told of: “tại tỉnh Quảng Ngãi”, “trên cả nước”.
pub(super) fn at_unit(unit: &Unit, language: Language) -> String {
    let name = language.of(&unit.name);
    match (language, unit.level) {
        (Language::Vietnamese, Level::Nation) => format!("trên {}", lower_first(name)),
        (Language::Vietnamese, Level::Kiosk) => format!("tại {}", lower_first(name)),
        (Language::Vietnamese, _) => format!("tại {}", within(name)),
        (Language::English, Level::Nation) => format!("in {}", lower_first(name)),
        (Language::English, Level::Kiosk) => format!("at {}", lower_first(name)),
        (Language::English, Level::School) => format!("at {name}"),
        (Language::English, _) => format!("in {name}"),
    }
}

fn within(name: &str) -> String {
    let is_small = |kind: &&str| {
        let own = name.strip_prefix(*kind).and_then(|rest| rest.strip_prefix(' '));
        own.is_some_and(|own| !own.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    if name != CAPITAL && KINDS.iter().any(is_small) { lower_first(name) } else { name.to_owned() }
}

/// “Năm học 2026–2027” inside a sentence: “năm học 2026–2027”. A name in capitals stays.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// A level as the command line has it.
pub(super) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Nation => "nation",
        Level::Province => "province",
        Level::Commune => "commune",
        Level::School => "school",
        Level::Kiosk => "kiosk",
    }
}

/// What the units one level below `level` are called, for the head of a column.
pub(super) fn level_below(level: Level, language: Language) -> &'static str {
    match level {
        Level::Nation => language.pick("Tỉnh, thành phố", "Province or city"),
        Level::Province => language.pick("Xã, phường, đặc khu", "Commune, ward or special zone"),
        Level::Commune => language.pick("Trường, nơi đặt máy", "School or other place"),
        Level::School | Level::Kiosk => language.pick("Máy", "Kiosk"),
    }
}

/// A mark on a kiosk's journals, told to an official.
pub(super) fn mark(mark: &str, language: Language) -> String {
    let (vi, en) = match marks::said(mark) {
        ("", _) => (mark, mark),
        said => said,
    };
    language.pick(vi, en).to_owned()
}

/// A band of lengths, told by its two ends in milliseconds.
pub(super) fn band(from: u64, to: Option<u64>, language: Language) -> String {
    let minutes = |millis: u64| millis.is_multiple_of(60_000);
    let (second, minute) = language.pick(("giây", "phút"), ("s", "min"));
    match to {
        None if minutes(from) => format!("{} {} {minute}", language.pick("trên", "over"), from / 60_000),
        None => format!("{} {} {second}", language.pick("trên", "over"), from / 1000),
        Some(to) if from > 0 && minutes(from) && minutes(to) => format!("{}–{} {minute}", from / 60_000, to / 60_000),
        Some(to) if from == 0 && minutes(to) => format!("{} {} {minute}", language.pick("dưới", "under"), to / 60_000),
        Some(to) if from == 0 => format!("{} {} {second}", language.pick("dưới", "under"), to / 1000),
        Some(to) => format!("{}–{} {second}", from / 1000, to / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_read_like_speech() {
        let vi = Language::Vietnamese;
        assert_eq!(band(0, Some(15_000), vi), "dưới 15 giây");
        assert_eq!(band(30_000, Some(60_000), vi), "30–60 giây");
        assert_eq!(band(60_000, Some(120_000), vi), "1–2 phút");
        assert_eq!(band(300_000, None, vi), "trên 5 phút");
        assert_eq!(band(300_000, None, Language::English), "over 5 min");
    }

    #[test]
    fn units_stand_in_a_sentence_as_officials_write_them() {
        let unit = |level, vi: &str, en: &str| Unit {
            level,
            code: String::new(),
            name: Words { vi: vi.to_owned(), en: en.to_owned() },
        };
        let vi = |level, name: &str| at_unit(&unit(level, name, ""), Language::Vietnamese);
        assert_eq!(vi(Level::Province, "Tỉnh Quảng Ngãi"), "tại tỉnh Quảng Ngãi");
        assert_eq!(vi(Level::Province, "Thành phố Đà Nẵng"), "tại thành phố Đà Nẵng");
        assert_eq!(vi(Level::Province, "Thành phố Hồ Chí Minh"), "tại Thành phố Hồ Chí Minh");
        assert_eq!(vi(Level::Commune, "Phường Sa Huỳnh"), "tại phường Sa Huỳnh");
        assert_eq!(vi(Level::Commune, "Phường 3"), "tại Phường 3");
        assert_eq!(vi(Level::School, "Trường THPT Lý Sơn"), "tại Trường THPT Lý Sơn");
        assert_eq!(at_unit(&crate::department::atlas::nation(), Language::Vietnamese), "trên cả nước");
        let kiosk = crate::department::atlas::kiosk_unit("8c8cfc6033566f75");
        assert_eq!(at_unit(&kiosk, Language::Vietnamese), "tại máy 8c8cfc6033566f75");
        assert_eq!(at_unit(&kiosk, Language::English), "at kiosk 8c8cfc6033566f75");
        assert_eq!(at_unit(&crate::department::atlas::nation(), Language::English), "in the whole country");
    }

    #[test]
    fn weekdays_keep_their_capitals_inside_a_sentence() {
        assert_eq!(weekday_within(0, Language::Vietnamese), "thứ Hai");
        assert_eq!(weekday_within(6, Language::Vietnamese), "chủ nhật");
        assert_eq!(weekday_within(3, Language::English), "Thursday");
    }

    #[test]
    fn a_missing_text_is_told_in_the_other_language() {
        let words = Words { vi: "Trường".to_owned(), en: String::new() };
        assert_eq!(Language::English.of(&words), "Trường");
    }
}
