//! A sample for tests and pictures: a small nation with believable figures that are invented, and named as such.

mod calendar;
mod units;

pub use calendar::{SampleCalendar, SampleReports};

use haidang::department::answers::{Answer, AnswerError, Answers};
use haidang::department::figures::{
    Before, Count, Figures, ItemMore, ItemRow, ItemTotals, JournalUsed, KeyFigures, KioskRow, Level, PathRow, Period,
    PlaceRow, RowsMore, Unit, Words,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use units::{all_kiosks, below, chain, unit};

pub const TODAY: Date = date(2026, 11, 20);
/// Noon of that day in Vietnam, milliseconds since 1970.
pub const TODAY_MILLIS: i64 = 1_795_150_800_000;
const THRESHOLD: u64 = 5;

pub fn words(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: en.to_owned() }
}

pub struct Sample;

/// A number from 0 to 99 that belongs to a text.
fn lot(text: &str) -> u64 {
    text.bytes().fold(7, |sum: u64, byte| (sum * 31 + u64::from(byte)) % 9973) % 100
}

fn count(number: u64) -> Count {
    if number > 0 && number < THRESHOLD { Count::Few } else { Count::Shown(number) }
}

fn visits_of(of: &Unit, days: u64) -> u64 {
    all_kiosks(of).iter().map(|(kiosk, _)| days * (4 + lot(&kiosk.code) / 4) * 5 / 7).sum()
}

const ITEMS: [(&str, &str, &str, u64); 9] = [
    ("voyage-ly-son", "Từ Lý Sơn ra Hoàng Sa (hành trình)", "From Lý Sơn to Hoàng Sa (a voyage)", 204),
    ("an-nam-dai-quoc-hoa-do", "An Nam đại quốc họa đồ, 1838", "An Nam đại quốc họa đồ, 1838", 168),
    ("phu-bien-tap-luc", "Phủ biên tạp lục, 1776", "Phủ biên tạp lục, 1776", 131),
    ("chau-ban", "Châu bản triều Nguyễn", "Vermilion records of the Nguyễn dynasty", 119),
    ("quiz", "Thử tài 5 câu", "Five questions", 109),
    ("timeline", "Dòng thời gian", "Timeline", 81),
    ("dai-nam-thuc-luc", "Đại Nam thực lục", "Đại Nam thực lục", 44),
    ("toan-tap-thien-nam", "Toản tập Thiên Nam tứ chí lộ đồ thư", "Toản tập Thiên Nam tứ chí lộ đồ thư", 31),
    ("bia-chu-quyen", "", "", 0),
];

/// Visits in thousandths, from seven o'clock, Monday to Sunday.
const HOURS: [[u64; 11]; 7] = [
    [4, 10, 17, 25, 11, 2, 7, 16, 24, 12, 4],
    [7, 8, 16, 24, 17, 3, 7, 15, 22, 17, 7],
    [6, 11, 17, 26, 11, 3, 8, 17, 25, 11, 7],
    [7, 17, 27, 34, 16, 4, 12, 22, 25, 18, 8],
    [6, 12, 23, 26, 12, 3, 6, 22, 24, 11, 6],
    [1, 6, 7, 10, 6, 0, 4, 7, 10, 7, 1],
    [0, 0, 3, 4, 2, 0, 0, 2, 3, 3, 1],
];

fn figures(of: &Unit, period: &Period) -> Figures {
    let told = Period { last: period.last.min(TODAY), ..period.clone() };
    let days = u64::try_from((told.last - told.first).get_days()).unwrap_or(0) + 1;
    let visits = visits_of(of, days);
    let kiosks = all_kiosks(of);
    let part = |thousandths: u64| count(visits * thousandths / 1000);
    let mut hours = [[Count::Shown(0); 24]; 7];
    for (day, shares) in HOURS.iter().enumerate() {
        for (index, share) in shares.iter().enumerate() {
            hours[day][7 + index] = part(*share);
        }
    }
    if visits < 800 {
        hours[6][9] = Count::Withheld;
    }
    let bands = [
        (Some(15_000), 90),
        (Some(30_000), 120),
        (Some(60_000), 210),
        (Some(120_000), 290),
        (Some(180_000), 170),
        (Some(300_000), 80),
        (None, 40),
    ];
    Figures {
        unit: of.clone(),
        period: period.clone(),
        made_on: TODAY,
        threshold: THRESHOLD,
        is_whole: period.name.vi != "Kỳ tự chọn",
        key: key(of, visits, &kiosks),
        weeks: weeks(&told, visits),
        days: if of.level == Level::Kiosk { each_day(&told, visits / days.max(1)) } else { Vec::new() },
        hours,
        lengths: bands.iter().map(|(end, share)| (*end, part(*share))).collect(),
        languages: vec![("vi".into(), part(910)), ("en".into(), part(90))],
        more: RowsMore::default(),
        items: ITEMS.iter().map(|item| item_row(item, visits)).collect(),
        all_items: ItemTotals {
            openings: Count::Shown(visits * 9 / 10),
            begun: Count::Withheld,
            sources: Count::Withheld,
        },
        paths: paths(visits),
        places: below(of).iter().map(|place| place_row(place, days)).collect(),
        kiosks: kiosks.iter().map(|(kiosk, place)| kiosk_row(kiosk, place)).collect(),
        journals: kiosks.iter().map(|(kiosk, _)| journal(kiosk)).collect(),
    }
}

fn key(of: &Unit, visits: u64, kiosks: &[(Unit, Unit)]) -> KeyFigures {
    let schools: std::collections::BTreeSet<&str> = kiosks.iter().map(|(_, place)| place.code.as_str()).collect();
    let other = schools.iter().filter(|code| code.ends_with(".3") || code.ends_with(".5")).count() as u64;
    KeyFigures {
        visits: count(visits),
        visits_more: 0,
        before: (of.level != Level::Kiosk).then(|| Before {
            period: Period { first: date(2025, 1, 1), last: date(2025, 6, 30), name: words("Kỳ trước", "Before") },
            visits: count(visits * 100 / 112),
            more: 0,
            undated: 0,
            told_from: Some(date(2025, 1, 6)),
        }),
        median_visit_millis: Some(77_000),
        screen_millis: Some(visits * 94_000),
        finished: count(visits * 61 / 100),
        finished_more: 0,
        people: Some((visits * 13 / 10, visits * 24 / 10)),
        undated: undated(kiosks.iter().map(|(kiosk, _)| kiosk)),
        undated_more: 0,
        teacher_count: (of.level < Level::School).then_some(visits / 9),
        kiosks: kiosks.len() as u64,
        kiosks_heard_from: kiosks.iter().filter(|(kiosk, _)| last_heard(kiosk).is_some()).count() as u64,
        kiosks_without_place: 0,
        schools: schools.len() as u64 - other,
        other_places: other,
    }
}

fn weeks(period: &Period, visits: u64) -> Vec<(Date, Count)> {
    let back = i32::from(period.first.weekday().to_monday_zero_offset());
    let mut monday = period.first.checked_sub(back.days()).expect("a day before");
    let mut mondays = Vec::new();
    while monday <= period.last {
        mondays.push(monday);
        monday = monday.checked_add(7.days()).expect("a week later");
    }
    let number = mondays.len() as u64;
    let share = |index: u64| 60 + (index * 37 % 50) + index * 40 / number.max(1);
    let whole: u64 = (0..number).map(share).sum();
    mondays
        .into_iter()
        .enumerate()
        .map(|(index, monday)| (monday, count(visits * share(index as u64) / whole.max(1))))
        .collect()
}

fn each_day(period: &Period, about: u64) -> Vec<(Date, Count)> {
    period
        .first
        .series(1.day())
        .take_while(|day| *day <= period.last)
        .map(|day| {
            let weekend = day.weekday().to_monday_zero_offset() > 4;
            (day, count(if weekend { 0 } else { about * (60 + lot(&day.to_string())) / 100 }))
        })
        .collect()
}

fn item_row(item: &(&str, &str, &str, u64), visits: u64) -> ItemRow {
    let (id, vi, en, thousandths) = *item;
    let openings = if thousandths == 0 { 3 } else { visits * thousandths / 1000 };
    let map = id.contains("hoa-do") || id.contains("thien-nam");
    ItemRow {
        item: id.to_owned(),
        title: words(vi, en),
        openings: count(openings),
        median_dwell_millis: (openings >= THRESHOLD).then_some(28_000 + lot(id) * 700),
        narrations: (count(openings * 6 / 10), count(openings * (20 + lot(id) / 4) / 100)),
        median_zoom_percent: map.then_some(180 + lot(id)),
        sources_opened: if thousandths == 31 { Count::Withheld } else { count(openings * (4 + lot(id) / 6) / 100) },
        abandoned: count(openings * (2 + lot(id) / 9) / 100),
        more: ItemMore::default(),
    }
}

fn paths(visits: u64) -> Vec<PathRow> {
    let ends: Vec<&str> = std::iter::once("").chain(ITEMS.iter().take(6).map(|item| item.0)).collect();
    let mut rows = Vec::new();
    for from in &ends {
        for to in &ends {
            if from != to {
                let times = count(visits * lot(&format!("{from}>{to}")) / 900);
                rows.push(PathRow { from: (*from).to_owned(), to: (*to).to_owned(), times });
            }
        }
    }
    rows
}

fn place_row(place: &Unit, days: u64) -> PlaceRow {
    let kiosks = all_kiosks(place);
    let last_heard = kiosks.iter().filter_map(|(kiosk, _)| last_heard(kiosk)).max();
    PlaceRow {
        unit: place.clone(),
        kiosks: kiosks.len() as u64,
        visits: if last_heard.is_some() { count(visits_of(place, days)) } else { Count::Few },
        median_visit_millis: last_heard.map(|_| 60_000 + lot(&place.code) * 500),
        kiosks_heard_from: kiosks.iter().filter(|(kiosk, _)| self::last_heard(kiosk).is_some()).count() as u64,
        kiosks_left: 0,
        last_heard,
    }
}

fn last_heard(kiosk: &Unit) -> Option<Date> {
    match lot(&kiosk.code) {
        0..6 => None,
        6..16 => Some(date(2026, 11, 3)),
        number => TODAY.checked_sub(i32::try_from(number % 7).unwrap_or(0).days()).ok(),
    }
}

fn kiosk_row(kiosk: &Unit, place: &Unit) -> KioskRow {
    let marks = match lot(&format!("{}!", kiosk.code)) {
        0..6 => vec!["gap", "clock-jump"],
        6..10 => vec!["torn-tail"],
        10..13 => vec!["broken-chain"],
        13..16 => vec!["no-seal"],
        16..18 => vec!["bad-signature", "lost-records"],
        _ => Vec::new(),
    };
    KioskRow {
        kiosk: kiosk.code.clone(),
        place: place.clone(),
        has_left: false,
        last_heard: last_heard(kiosk),
        version: "0.4.1".to_owned(),
        records: 20_000 + lot(&kiosk.code) * 831,
        undated: undated([kiosk]),
        marks,
    }
}

/// Visits without a day: of kiosks whose clock was wrong.
fn undated<'a>(kiosks: impl IntoIterator<Item = &'a Unit>) -> Count {
    let wrong = kiosks.into_iter().filter(|kiosk| (5..10).contains(&lot(&kiosk.code)));
    Count::Shown(wrong.count() as u64 * 6)
}

fn journal(kiosk: &Unit) -> JournalUsed {
    let digits = format!("{:016x}", lot(&kiosk.code).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    JournalUsed { kiosk: kiosk.code.clone(), hash: digits.repeat(4), first_sequence: 1, last_sequence: 20_000 }
}

impl Answers for Sample {
    fn figures<'a>(&'a self, unit: &'a Unit, period: &'a Period) -> Answer<'a, Figures> {
        Box::pin(async move {
            if period.first.year() == 2013 {
                return Err(AnswerError::Failed("disk /srv/lake/secret-path is on fire".into()));
            }
            if period.first.year() == 2014 {
                return Err(AnswerError::Refused(words(
                    "Kỳ này nằm trước ngày đặt máy.",
                    "The period lies before the kiosks.",
                )));
            }
            Ok(figures(unit, period))
        })
    }

    fn units_below<'a>(&'a self, unit: &'a Unit, _on: Date) -> Answer<'a, Vec<Unit>> {
        Box::pin(async move { Ok(below(unit)) })
    }

    fn chain<'a>(&'a self, unit: &'a Unit, _on: Date) -> Answer<'a, Vec<Unit>> {
        Box::pin(async move { Ok(chain(unit)) })
    }

    fn unit<'a>(&'a self, level: Level, code: &'a str, _on: Date) -> Answer<'a, Option<Unit>> {
        Box::pin(async move { Ok(unit(level, code)) })
    }
}
