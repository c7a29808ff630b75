//! Journals against the gazetteer: which kiosks worked on days for which nobody says where they stood.

use super::reading::KIOSKS;
use super::{Gazetteer, cells::place};
use crate::base::ids::nearest;
use crate::diagnostics::{Findings, Place, Problem, Said};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A kiosk as a journal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub kiosk: String,
    /// Of its seal; none where there is none.
    pub public_key: Option<String>,
    /// The journal, as a person finds it.
    pub file: String,
    /// Days on which visits began, by the kiosk's corrected clock.
    pub days: BTreeSet<Date>,
}

pub fn check(gazetteer: &Gazetteer, seen: &[Seen]) -> Vec<Problem> {
    let mut findings = Findings::default();
    for seen in seen {
        let mut postings = gazetteer.postings_of(&seen.kiosk).peekable();
        if postings.peek().is_none() {
            if gazetteer.left_out.has(KIOSKS, &seen.kiosk) {
                continue;
            }
            unknown(gazetteer, seen, &mut findings);
            continue;
        }
        for posting in postings {
            let differs = |key: &String| !posting.public_key.is_empty() && *key != posting.public_key;
            if seen.public_key.as_ref().is_some_and(differs) {
                other_key(seen, posting.line, &mut findings);
            }
        }
        days(gazetteer, seen, &mut findings);
    }
    findings.into_sorted()
}

fn unknown(gazetteer: &Gazetteer, seen: &Seen, findings: &mut Findings) {
    let near = nearest(&seen.kiosk, gazetteer.postings_by_kiosk.keys().map(String::as_str));
    let message = Said::new(
        format!("Máy {} không có trong {KIOSKS}.", seen.kiosk),
        format!("Kiosk {} is not in {KIOSKS}.", seen.kiosk),
    );
    let hint = match near {
        Some(near) => Said::new(format!("Có phải {near}?"), format!("Is it {near}?")),
        None => Said::new(
            format!("Thêm vào {KIOSKS} một dòng: máy, địa điểm, từ ngày nào."),
            format!("Add a line to {KIOSKS}: the kiosk, its place, since when."),
        ),
    };
    findings.error("kiosk-without-place", Place::file(&seen.file), message, hint);
}

fn other_key(seen: &Seen, line: usize, findings: &mut Findings) {
    let message = Said::new(
        format!("Nhật ký {} của máy {} được niêm phong bằng khóa khác.", seen.file, seen.kiosk),
        format!("Journal {} of kiosk {} is sealed with another key.", seen.file, seen.kiosk),
    );
    let hint = Said::new(
        "Hỏi nơi đặt máy trước khi sửa khóa trong bảng.",
        "Ask where the kiosk stands before changing the key in the table.",
    );
    findings.error("kiosk-key", place(KIOSKS, line, "public_key"), message, hint);
}

/// Days without a place or without a way up to a province: the first and how many.
fn days(gazetteer: &Gazetteer, seen: &Seen, findings: &mut Findings) {
    let placeless: Vec<Date> =
        seen.days.iter().copied().filter(|day| gazetteer.place_of(&seen.kiosk, *day).is_none()).collect();
    if let (Some(first), count) = (placeless.first(), placeless.len()) {
        let message = Said::new(
            format!("Máy {}: {count} ngày có lượt xem mà không có địa điểm, đầu tiên là {first}.", seen.kiosk),
            format!("Kiosk {}: {count} days with visits and no place, the first is {first}.", seen.kiosk),
        );
        let hint = Said::new(format!("Sửa cột from, to trong {KIOSKS}."), format!("Correct from and to in {KIOSKS}."));
        findings.error("kiosk-without-place", Place::file(&seen.file), message, hint);
    }
    let mut unitless = seen.days.iter().copied().filter_map(|day| {
        let school = gazetteer.place_of(&seen.kiosk, day)?;
        gazetteer.chain(&school.code, day).is_empty().then_some((day, school))
    });
    if let Some((day, school)) = unitless.next() {
        let count = 1 + unitless.count();
        let (kiosk, code) = (&seen.kiosk, &school.code);
        let message = Said::new(
            format!("Máy {kiosk}: {count} ngày địa điểm {code} không thuộc đơn vị nào, đầu tiên là {day}."),
            format!("Kiosk {kiosk}: on {count} days place {code} belongs to no unit, the first is {day}."),
        );
        let hint = Said::new(
            "Sửa các dòng của địa điểm hoặc của xã, tỉnh vào ngày đó.",
            "Correct the lines of the place, or of its commune and province, on that day.",
        );
        findings.error("no-unit-on-day", Place::file(&seen.file), message, hint);
    }
}
