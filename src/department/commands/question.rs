//! The unit and the period that a command line names, and what is wrong with them where they are none.

use super::super::args::Question;
use super::super::failure::Failure;
use super::office::Places;
use crate::base::days;
use crate::base::ids::nearest;
use crate::department::atlas::{kiosk_unit, nation};
use crate::department::engine::answers::LakeAnswers;
use crate::department::figures::{Level, Period, Unit};
use crate::department::periods::{self, Calendar};
use crate::department::places::{Gazetteer, Tier, Valid};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Levels as they are written, and in words.
const LEVELS: [(&str, Level, &str); 5] = [
    ("nation", Level::Nation, "cả nước"),
    ("province", Level::Province, "tỉnh, thành phố"),
    ("commune", Level::Commune, "xã, phường, đặc khu"),
    ("school", Level::School, "trường, nơi đặt máy"),
    ("kiosk", Level::Kiosk, "máy"),
];
const UNITS: &str = "--unit nation, province:MÃ, commune:MÃ, school:MÃ, kiosk:MÃ · --unit nation, province:CODE, \
    commune:CODE, school:CODE, kiosk:CODE";
const PERIODS: &str = "2026 (năm), 2026-H1 2026-H2 (6 tháng), 2025-2026 (năm học), S2026-H1 S2026-H2 (kỳ thống kê), \
    1/3/2026..14/3/2026 · 2026 (year), 2026-H1 2026-H2 (six months), 2025-2026 (school year), \
    S2026-H1 S2026-H2 (statistics half-year), 2026-03-01..2026-03-14";
/// So many codes can be listed for somebody to choose from.
const MOST_LISTED: usize = 12;
/// So many with their names: the country's provinces, of before and after 2025.
const MOST_NAMED: usize = 100;

/// The unit and period asked for.
pub fn question(answers: &LakeAnswers, places: &Places, question: &Question) -> Result<(Unit, Period), Failure> {
    let period = period(&answers.calendar, &question.period)?;
    let heard: BTreeSet<&str> = answers.snapshot.kiosks.keys().map(String::as_str).collect();
    let unit = unit(places, &heard, &question.unit, period.last)?;
    Ok((unit, period))
}

fn period(calendar: &Calendar, text: &str) -> Result<Period, Failure> {
    let wrong =
        |vi: &str, en: &str| Failure::wrong_usage(format!("--period {text}: {vi}"), en.to_owned()).with_hint(PERIODS);
    let day = |text: &str| {
        days::read(text).map_err(|reason| {
            let (vi, en) = reason.said(text);
            wrong(&vi, &en)
        })
    };
    let plain = match text.split_once("..") {
        Some((first, last)) => {
            let (first, last) = (day(first.trim())?, day(last.trim())?);
            if first > last {
                return Err(wrong("ngày đầu đứng sau ngày cuối", "the first day comes after the last"));
            }
            format!("{first}..{last}")
        }
        None => text.trim().to_ascii_uppercase(),
    };
    let found = periods::parse(calendar, &plain).map(|(_, period)| period);
    found.ok_or_else(|| match plain.rsplit_once('-') {
        Some((_, half)) if half.starts_with('H') => {
            wrong("một năm chỉ có H1 và H2", "a year has no halves but H1 and H2")
        }
        Some((from, to)) if [from, to].iter().all(|year| year.len() == 4 && year.parse::<u16>().is_ok()) => {
            wrong("năm học gồm hai năm liền nhau", "a school year is named by two years that follow one another")
        }
        _ => wrong("không phải một kỳ", "this is no period"),
    })
}

fn unit(places: &Places, heard: &BTreeSet<&str>, text: &str, on: Date) -> Result<Unit, Failure> {
    let text = text.trim();
    let Some((word, code)) = text.split_once(':') else {
        return if text.eq_ignore_ascii_case("nation") { Ok(nation()) } else { Err(no_prefix(places, text)) };
    };
    let (word, code) = (word.trim().to_lowercase(), code.trim());
    let Some((_, level, _)) = LEVELS.iter().find(|(known, ..)| *known == word) else {
        let near = nearest(&word, LEVELS.map(|(known, ..)| known));
        let hint = near.map_or_else(|| UNITS.to_owned(), |near| format!("{near}:{code}?"));
        let vi = format!("--unit {text}: không có cấp “{word}”");
        return Err(Failure::wrong_usage(vi, format!("there is no level “{word}”")).with_hint(hint));
    };
    match level {
        Level::Nation if code.is_empty() => Ok(nation()),
        Level::Nation => {
            let vi = format!("--unit {text}: cả nước không có mã");
            Err(Failure::wrong_usage(vi, "the nation has no code").with_hint("--unit nation"))
        }
        // Without a gazetteer the kiosks are those that were heard from.
        Level::Kiosk if places.gazetteer.is_none() => match written(heard, code) {
            Some(code) => Ok(kiosk_unit(code)),
            None => Err(unknown(Level::Kiosk, code, heard)),
        },
        level => unit_of(*level, code, on, places),
    }
}

/// A unit of the gazetteer; its code may be written in small or capital letters.
pub fn unit_of(level: Level, code: &str, on: Date, places: &Places) -> Result<Unit, Failure> {
    let Some(gazetteer) = &places.gazetteer else {
        let unit = format!("{}:{code}", word(level));
        return Err(Failure::wrong_usage(
            format!("{unit}: cần danh mục địa điểm để biết đơn vị này"),
            "the gazetteer is needed to know this unit",
        )
        .with_hint("--places THƯ-MỤC · DIR (docs/places.md)"));
    };
    let known = codes(gazetteer, level);
    if let Some(code) = written(&known, code) {
        return gazetteer.unit(level, code, on).ok_or_else(|| not_on(gazetteer, level, code, on));
    }
    let others = levels_with(gazetteer, code);
    if others.is_empty() && !is_district(gazetteer, code) {
        let failure = unknown(level, code, &known);
        return Err(match provinces(gazetteer, on) {
            // Of two digits nearly every code is near to every other: they are all told.
            Some(list) if level == Level::Province => failure.with_hint(list),
            _ => failure,
        });
    }
    let (unit, name) = (format!("{}:{code}", word(level)), name(level));
    let (vi, en) =
        (format!("{unit}: mã {code} không phải của {name}"), format!("{code} is no code of a {}", word(level)));
    let hint = match others.join(", ") {
        none if none.is_empty() => {
            "mã của huyện; số liệu chỉ lập theo tỉnh và xã · a district's; figures are for provinces and communes"
                .to_owned()
        }
        others => format!("--unit {others}"),
    };
    Err(Failure::wrong_usage(vi, en).with_hint(hint))
}

/// Every province of the day with its name, where they are not too many.
fn provinces(gazetteer: &Gazetteer, on: Date) -> Option<String> {
    let all = gazetteer.units_below(&nation(), on);
    let named = |unit: &Unit| format!("{}:{} ({})", word(Level::Province), unit.code, unit.name.vi);
    (1..=MOST_NAMED).contains(&all.len()).then(|| all.iter().map(named).collect::<Vec<_>>().join(", "))
}

fn word(level: Level) -> &'static str {
    LEVELS.iter().find(|(_, known, _)| *known == level).map_or("", |(word, ..)| word)
}

fn name(level: Level) -> &'static str {
    LEVELS.iter().find(|(_, known, _)| *known == level).map_or("", |(.., name)| name)
}

/// The code as it is known: the very same, else the same in other letters.
fn written<'a>(known: &BTreeSet<&'a str>, code: &str) -> Option<&'a str> {
    let same = known.get(code).copied();
    same.or_else(|| known.iter().copied().find(|known| known.eq_ignore_ascii_case(code)))
}

fn tier_of(level: Level) -> Option<Tier> {
    match level {
        Level::Province => Some(Tier::Province),
        Level::Commune => Some(Tier::Commune),
        _ => None,
    }
}

fn codes(gazetteer: &Gazetteer, level: Level) -> BTreeSet<&str> {
    match level {
        Level::Nation => BTreeSet::new(),
        Level::School => gazetteer.schools.iter().map(|row| row.code.as_str()).collect(),
        Level::Kiosk => gazetteer.kiosks.iter().map(|row| row.kiosk.as_str()).collect(),
        level => {
            let mine = gazetteer.units.iter().filter(|row| Some(row.tier) == tier_of(level));
            mine.map(|row| row.code.as_str()).collect()
        }
    }
}

/// The days on which a code held.
fn held(gazetteer: &Gazetteer, level: Level, code: &str) -> Vec<Valid> {
    match level {
        Level::Nation => Vec::new(),
        Level::School => gazetteer.schools.iter().filter(|row| row.code == code).map(|row| row.valid).collect(),
        Level::Kiosk => gazetteer.kiosks.iter().filter(|row| row.kiosk == code).map(|row| row.valid).collect(),
        level => {
            let mine = gazetteer.units.iter().filter(|row| Some(row.tier) == tier_of(level) && row.code == code);
            mine.map(|row| row.valid).collect()
        }
    }
}

/// The code under each level that has it, as the command line takes it.
fn levels_with(gazetteer: &Gazetteer, code: &str) -> Vec<String> {
    let found = LEVELS.iter().filter_map(|(word, level, _)| Some((word, written(&codes(gazetteer, *level), code)?)));
    found.map(|(word, code)| format!("{word}:{code}")).collect()
}

fn is_district(gazetteer: &Gazetteer, code: &str) -> bool {
    gazetteer.units.iter().any(|row| row.tier == Tier::District && row.code.eq_ignore_ascii_case(code))
}

fn no_prefix(places: &Places, text: &str) -> Failure {
    let found = places.gazetteer.as_ref().map_or_else(Vec::new, |gazetteer| levels_with(gazetteer, text));
    let hint = if found.is_empty() { UNITS.to_owned() } else { format!("--unit {}", found.join(", ")) };
    let is_level = LEVELS.iter().any(|(known, ..)| known.eq_ignore_ascii_case(text));
    let (vi, en) = if is_level {
        ("thiếu mã sau dấu hai chấm", "a colon and the code are missing")
    } else {
        ("thiếu cấp của đơn vị trước mã", "the level is missing before the code")
    };
    Failure::wrong_usage(format!("--unit {text}: {vi}"), en).with_hint(hint)
}

fn unknown(level: Level, code: &str, known: &BTreeSet<&str>) -> Failure {
    let (unit, name) = (format!("{}:{code}", word(level)), name(level));
    let near = nearest(code, known.iter().copied()).map(|near| format!("{}:{near}?", word(level)));
    let list = known.iter().map(|code| format!("{}:{code}", word(level))).collect::<Vec<_>>().join(", ");
    let hint = match near {
        Some(near) => near,
        None if !known.is_empty() && known.len() <= MOST_LISTED => list,
        None => "cột code trong units.csv, schools.csv; cột kiosk trong kiosks.csv · the column code of units.csv, \
                 schools.csv; kiosk of kiosks.csv"
            .to_owned(),
    };
    let vi = format!("{unit}: không có {name} nào mang mã này");
    Failure::wrong_usage(vi, format!("no {} has this code", word(level))).with_hint(hint)
}

/// The unit is known, but not on the last day of the period.
fn not_on(gazetteer: &Gazetteer, level: Level, code: &str, on: Date) -> Failure {
    let unit = format!("{}:{code}", word(level));
    let days = held(gazetteer, level, code);
    let ended = days.iter().filter_map(|valid| valid.last).filter(|last| *last < on).max();
    let Some(ended) = ended else {
        let first = days.iter().map(|valid| valid.first).min().unwrap_or(on);
        let vi = format!("{unit}: vào ngày {} chưa có, bắt đầu từ {}", days::vietnamese(on), days::vietnamese(first));
        return Failure::wrong_usage(vi, format!("does not exist on {on}, it begins on {first}"));
    };
    let vi = format!("{unit}: đã kết thúc ngày {}", days::vietnamese(ended));
    let failure = Failure::wrong_usage(vi, format!("ended on {ended}"));
    let successor = tier_of(level).and_then(|_| gazetteer.unit_on(code, on)).and_then(|row| row.unit());
    match successor {
        Some(now) => failure.with_hint(format!(
            "nay là · now: --unit {}:{} ({}); hoặc chọn kỳ kết thúc trước ngày đó · or a period that ends by then",
            word(now.level),
            now.code,
            now.name.vi
        )),
        None => failure.with_hint("chọn kỳ kết thúc trước ngày đó · choose a period that ends by then"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::path::Path;

    fn places() -> Places {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/places");
        super::super::office::places(Some(&folder)).expect("read")
    }

    fn asked(text: &str) -> Result<Unit, Failure> {
        unit(&places(), &BTreeSet::from(["a1"]), text, date(2026, 6, 30))
    }

    fn told(failure: &Failure) -> String {
        format!("{} · {} → {}", failure.vi, failure.en, failure.hint)
    }

    #[test]
    fn a_period_is_taken_with_days_as_officials_write_them() {
        let calendar = Calendar::default();
        let found = period(&calendar, "1/7/2026..31/10/2026").expect("a period");
        assert_eq!((found.first, found.last), (date(2026, 7, 1), date(2026, 10, 31)));
        assert_eq!(period(&calendar, "2026-h1"), period(&calendar, "2026-H1"));
    }

    #[test]
    fn a_wrong_period_is_told_by_its_own_mistake_and_with_the_names_there_are() {
        let cases = [
            ("2026-11-31..2026-12-01", "không có ngày 2026-11-31 trong lịch"),
            ("31/11/2026..1/12/2026", "không có ngày 31/11/2026 trong lịch"),
            ("2026-H3", "chỉ có H1 và H2"),
            ("2025-2027", "hai năm liền nhau"),
            ("2/3/2026..1/3/2026", "ngày đầu đứng sau ngày cuối"),
            ("six-months", "không phải một kỳ"),
        ];
        for (text, words) in cases {
            let told = told(&period(&Calendar::default(), text).expect_err("no period"));
            assert!(told.contains(words) && told.contains("2026-H1"), "{text}: {told}");
        }
    }

    #[test]
    fn a_unit_is_found_whatever_the_case_of_its_letters() {
        for text in ["province:m90", "Province:M90", " province:M90 "] {
            assert_eq!(asked(text).expect("a unit").code, "M90", "{text}");
        }
        assert_eq!(asked("nation").expect("a unit").level, Level::Nation);
    }

    #[test]
    fn a_unit_that_is_none_is_told_by_its_own_mistake() {
        let cases = [
            ("province:M9001", "mã M9001 không phải của tỉnh", "--unit commune:M9001"),
            ("M9001", "thiếu cấp của đơn vị", "--unit commune:M9001"),
            ("province", "thiếu mã sau dấu hai chấm", "province:MÃ"),
            ("provinse:M90", "không có cấp “provinse”", "province:M90?"),
            ("province:M01", "đã kết thúc ngày 30/06/2025", "--unit province:M90 (Tỉnh Mẫu Hải Sơn)"),
            ("commune:M010101", "đã kết thúc ngày 30/06/2025", "--unit commune:M9001"),
            ("commune:M9002x", "không có xã", "commune:M9002?"),
            ("province:ZZZZ", "không có tỉnh", "province:M90 (Tỉnh Mẫu Hải Sơn)"),
            ("commune:M0101", "không phải của xã", "huyện"),
            ("kiosk:mau-9", "không có máy nào", "kiosk:mau-1?"),
        ];
        for (text, words, hint) in cases {
            let failure = asked(text).expect_err("no unit");
            assert!(failure.vi.contains(words) && failure.hint.contains(hint), "{text}: {}", told(&failure));
        }
    }

    #[test]
    fn a_unit_without_places_asks_for_them() {
        let heard = BTreeSet::from(["a1", "b2"]);
        let asked = |text: &str| unit(&Places::default(), &heard, text, date(2026, 6, 30));
        let failure = asked("province:48").expect_err("no gazetteer");
        assert!(failure.hint.contains("--places"), "{}", told(&failure));
        assert_eq!(asked("kiosk:A1").expect("a kiosk").code, "a1");
        assert!(asked("kiosk:zzzzzz").expect_err("no kiosk").hint.contains("kiosk:a1, kiosk:b2"));
    }
}
