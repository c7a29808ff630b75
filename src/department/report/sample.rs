//! Figures and a letterhead for the tests of this room: made up, of no real place.

use jiff::civil::{Date, date};

use super::letter::Letter;
use crate::department::figures::{
    Before, Count, Figures, ItemMore, ItemRow, ItemTotals, JournalUsed, KeyFigures, KioskRow, Level, PathRow, Period,
    PlaceRow, RowsMore, Unit, Words,
};

const VISITS: u64 = 48_210;

fn words(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: en.to_owned() }
}

fn count(number: u64) -> Count {
    match number {
        1..5 => Count::Few,
        number => Count::Shown(number),
    }
}

pub fn letter() -> Letter {
    Letter {
        superior: words("Ủy ban nhân dân tỉnh Quảng Ngãi", "People’s Committee of Quảng Ngãi Province"),
        issuer: words("Sở Giáo dục và Đào tạo", "Department of Education and Training"),
        number: String::new(),
        sign: "SGDĐT".to_owned(),
        place: words("Quảng Ngãi", "Quảng Ngãi"),
        date: Some(date(2027, 1, 5)),
        addressee: words("Bộ Giáo dục và Đào tạo", "Ministry of Education and Training"),
        exhibition: words(
            "Hoàng Sa, Trường Sa của Việt Nam – Những bằng chứng lịch sử và pháp lý",
            "Hoàng Sa and Trường Sa of Viet Nam: Historical and Legal Evidence",
        ),
        recipients: vec![
            words("Như trên", "As above"),
            words("UBND tỉnh (để báo cáo)", "Provincial People’s Committee"),
            words("Các trường có đặt máy", "Schools with a kiosk"),
            words("Lưu: VT, GDTrH", "Archives"),
        ],
        signer_title: words("Giám đốc", "Director"),
    }
}

pub fn figures() -> Figures {
    Figures {
        unit: Unit {
            level: Level::Province,
            code: "51".to_owned(),
            name: words("tỉnh Quảng Ngãi", "Quảng Ngãi Province"),
        },
        period: Period {
            first: date(2026, 7, 1),
            last: date(2026, 12, 31),
            name: words("Sáu tháng cuối năm 2026", "Second half of 2026"),
        },
        made_on: date(2027, 1, 4),
        threshold: 5,
        is_whole: true,
        key: key(),
        weeks: weeks(),
        days: Vec::new(),
        hours: hours(),
        lengths: [15, 30, 60, 120, 180, 300]
            .map(|seconds| Some(seconds * 1000))
            .into_iter()
            .chain([None])
            .zip([4339, 5785, 10_124, 13_981, 8196, 3857, 1928].map(count))
            .collect(),
        languages: vec![("vi".to_owned(), count(43_871)), ("en".to_owned(), count(4339))],
        more: RowsMore::default(),
        items: items(),
        all_items: all_items(),
        paths: paths(),
        places: places(),
        kiosks: kiosks(),
        journals: journals(),
    }
}

fn key() -> KeyFigures {
    KeyFigures {
        visits: Count::Shown(VISITS),
        visits_more: 0,
        before: Some(Before {
            period: Period {
                first: date(2026, 1, 1),
                last: date(2026, 6, 30),
                name: words("Sáu tháng đầu năm 2026", "First half of 2026"),
            },
            visits: Count::Shown(43_045),
            more: 0,
            undated: 0,
            told_from: Some(date(2026, 1, 5)),
        }),
        median_visit_millis: Some(77_000),
        screen_millis: Some(4_336_200_000),
        finished: Count::Shown(29_408),
        finished_more: 0,
        people: Some((48_210, 131_000)),
        undated: Count::Shown(0),
        undated_more: 0,
        teacher_count: Some(36_540),
        kiosks: 37,
        kiosks_heard_from: 35,
        kiosks_without_place: 0,
        schools: 28,
        other_places: 9,
    }
}

fn weeks() -> Vec<(Date, Count)> {
    let numbers = [
        310, 280, 254, 198, 220, 305, 512, 1480, 2610, 3100, 3700, 4400, 4900, 5300, 2390, 1010, 2650, 2557, 1690,
        1720, 1835, 1910, 2005, 1640, 1228, 3, 3,
    ];
    let monday = date(2026, 6, 29);
    let days = |place: i64| monday.saturating_add(jiff::Span::new().days(place * 7));
    (0..).map(days).zip(numbers.map(count)).collect()
}

fn hours() -> [[Count; 24]; 7] {
    let day = [0, 0, 0, 0, 0, 0, 3, 180, 420, 640, 900, 510, 60, 300, 620, 810, 460, 190, 12, 2, 0, 0, 0, 0];
    let weights = [90, 95, 92, 118, 96, 34, 11];
    let mut numbers = weights.map(|weight| day.map(|number| number * weight * 176 / 10_000));
    let sum: u64 = numbers.iter().flatten().sum();
    numbers[3][10] += VISITS - sum;
    numbers.map(|day| day.map(count))
}

fn item(id: &str, vi: &str, en: &str, openings: u64) -> ItemRow {
    ItemRow {
        item: id.to_owned(),
        title: words(vi, en),
        openings: count(openings),
        median_dwell_millis: Some(41_000 + openings),
        narrations: (count(openings / 2), count(openings / 3)),
        median_zoom_percent: Some(80 + openings / 100),
        sources_opened: count(openings / 20),
        abandoned: count(openings / 15),
        more: ItemMore::default(),
    }
}

fn items() -> Vec<ItemRow> {
    vec![
        item("hanh-trinh-ly-son", "Từ Lý Sơn ra Hoàng Sa (hành trình)", "From Lý Sơn to Hoàng Sa (journey)", 9840),
        item("an-nam-dai-quoc-hoa-do", "An Nam đại quốc họa đồ, 1838", "An Nam đại quốc họa đồ, 1838", 8125),
        item("phu-bien-tap-luc", "Phủ biên tạp lục, 1776", "Phủ biên tạp lục, 1776", 6310),
        item(
            "chau-ban",
            "Châu bản triều Nguyễn về việc cử người ra Hoàng Sa cắm mốc, dựng bia",
            "Vermilion records of the Nguyễn",
            5742,
        ),
        item("thu-tai", "Thử tài 5 câu", "Five questions", 5266),
        item("dong-thoi-gian", "Dòng thời gian", "Timeline", 3904),
        item("bia-chu-quyen", "Bia chủ quyền Hoàng Sa, 1938", "Sovereignty stele, 1938", 2120),
        item("den-bien", "Đèn biển và trạm khí tượng", "Lighthouse and weather station", 61),
        item("thuyen-cau", "Thuyền câu Lý Sơn", "Lý Sơn fishing boat", 3),
    ]
}

fn all_items() -> ItemTotals {
    let sum = |of: fn(&ItemRow) -> Count| Count::Shown(items().iter().filter_map(|item| of(item).shown()).sum());
    ItemTotals {
        openings: sum(|item| item.openings),
        begun: sum(|item| item.narrations.0),
        sources: sum(|item| item.sources_opened),
    }
}

fn paths() -> Vec<PathRow> {
    let path = |from: &str, to: &str, times| PathRow { from: from.to_owned(), to: to.to_owned(), times: count(times) };
    vec![
        path("", "hanh-trinh-ly-son", 8012),
        path("hanh-trinh-ly-son", "an-nam-dai-quoc-hoa-do", 3120),
        path("an-nam-dai-quoc-hoa-do", "", 2890),
        path("thuyen-cau", "den-bien", 2),
    ]
}

fn places() -> Vec<PlaceRow> {
    let place = |code: &str, name: &str, kiosks, visits, last: Option<Date>| PlaceRow {
        unit: Unit { level: Level::Commune, code: code.to_owned(), name: words(name, "") },
        kiosks,
        visits,
        median_visit_millis: Some(72_000),
        kiosks_heard_from: if last.is_some() { kiosks } else { 0 },
        kiosks_left: 0,
        last_heard: last,
    };
    let last = Some(date(2026, 12, 30));
    vec![
        place("21001", "Đặc khu Lý Sơn", 6, Count::Shown(16_020), last),
        place("21002", "Phường mẫu Trà Bồng", 12, Count::Shown(14_110), last),
        place("21003", "Phường mẫu Cẩm Thành", 9, Count::Shown(11_305), Some(date(2026, 12, 28))),
        place("21004", "Xã mẫu Sơn Tịnh", 7, Count::Shown(6766), last),
        place("21005", "Xã mẫu Ba Tơ", 2, Count::Few, Some(date(2026, 9, 14))),
        place("21006", "Xã mẫu Mộ Đức", 1, Count::Withheld, None),
    ]
}

fn kiosks() -> Vec<KioskRow> {
    let kiosk = |id: &str, place: &str, last, records, marks| KioskRow {
        kiosk: id.to_owned(),
        place: Unit { level: Level::School, code: id[..5].to_owned(), name: words(place, "") },
        has_left: false,
        last_heard: last,
        version: "0.1.0".to_owned(),
        records,
        undated: Count::Shown(0),
        marks,
    };
    vec![
        kiosk("3f9a1c0be27d4458", "Trường THCS mẫu 01", Some(date(2026, 12, 30)), 812_004, vec![]),
        kiosk("a07b55e1f3c9d210", "Trường THPT mẫu 02", Some(date(2026, 12, 28)), 640_118, vec!["clock-jump"]),
        kiosk("c41d90aa7be3f652", "Nhà văn hóa xã mẫu 03", Some(date(2026, 9, 14)), 93, vec!["gap", "torn-tail"]),
    ]
}

fn journals() -> Vec<JournalUsed> {
    [
        ("3f9a1c0be27d4458", 1, 402_000),
        ("3f9a1c0be27d4458", 402_001, 812_004),
        ("a07b55e1f3c9d210", 1, 640_118),
        ("c41d90aa7be3f652", 1, 93),
    ]
    .into_iter()
    .map(|(kiosk, first, last)| JournalUsed {
        kiosk: kiosk.to_owned(),
        hash: blake3::hash(format!("{kiosk}{first}").as_bytes()).to_hex().to_string(),
        first_sequence: first,
        last_sequence: last,
    })
    .collect()
}
