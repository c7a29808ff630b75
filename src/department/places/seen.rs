//! Journals against the gazetteer: which kiosks worked on days for which nobody says where they stood.

use super::reading::KIOSKS;
use super::told::MOST_ALIKE;
use super::{Gazetteer, cells::place};
use crate::base::ids::nearest;
use crate::diagnostics::{Findings, Place, Problem, Said};
use jiff::civil::Date;
use std::collections::BTreeSet;

const WITHOUT_PLACE: &str = "kiosk-without-place";
/// So many kiosks are named in one problem.
const MOST_LISTED: usize = 100;

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
    let mut unknown: Vec<&Seen> = Vec::new();
    let mut placeless: Vec<Placeless> = Vec::new();
    for seen in seen {
        let mut postings = gazetteer.postings_of(&seen.kiosk).peekable();
        if postings.peek().is_none() {
            if !gazetteer.left_out.has(KIOSKS, &seen.kiosk) {
                unknown.push(seen);
            }
            continue;
        }
        for posting in postings {
            let differs = |key: &String| !posting.public_key.is_empty() && *key != posting.public_key;
            if seen.public_key.as_ref().is_some_and(differs) {
                other_key(seen, posting.line, &mut findings);
            }
        }
        let days = seen.days.iter().copied().filter(|day| gazetteer.place_of(&seen.kiosk, *day).is_none());
        let days: Vec<Date> = days.collect();
        placeless.extend(days.first().map(|first| Placeless { seen, days: days.len(), first: *first }));
        without_unit(gazetteer, seen, &mut findings);
    }
    tell_unknown(gazetteer, unknown, &mut findings);
    tell_placeless(&placeless, &mut findings);
    findings.into_sorted()
}

/// A kiosk with visits on days for which no line of the table says where it stood.
struct Placeless<'a> {
    seen: &'a Seen,
    days: usize,
    first: Date,
}

/// Kiosks that the table does not have: each that looks like a slip, and all others at once.
fn tell_unknown(gazetteer: &Gazetteer, unknown: Vec<&Seen>, findings: &mut Findings) {
    let known = || gazetteer.postings_by_kiosk.keys().map(String::as_str).chain(gazetteer.left_out.codes(KIOSKS));
    let mut missing: Vec<&Seen> = Vec::new();
    for seen in unknown {
        let Some(near) = nearest(&seen.kiosk, known()) else {
            missing.push(seen);
            continue;
        };
        let hint = Said::new(format!("Có phải {near}?"), format!("Is it {near}?"));
        findings.error(WITHOUT_PLACE, Place::file(&seen.file), is_not_there(seen), hint);
    }
    let hint = Said::new(
        format!("Thêm vào {KIOSKS} cho mỗi máy một dòng: máy, địa điểm, từ ngày nào."),
        format!("Add a line to {KIOSKS} for each: the kiosk, its place, since when."),
    );
    if missing.len() <= MOST_ALIKE {
        for seen in missing {
            findings.error(WITHOUT_PLACE, Place::file(&seen.file), is_not_there(seen), hint.clone());
        }
        return;
    }
    let ids = listed(missing.iter().map(|seen| seen.kiosk.clone()));
    let message = Said::new(
        format!("{} máy đã gửi nhật ký mà không có trong {KIOSKS}: {ids}.", missing.len()),
        format!("{} kiosks with journals are not in {KIOSKS}: {ids}.", missing.len()),
    );
    findings.error(WITHOUT_PLACE, Place::file(KIOSKS), message, hint);
}

fn is_not_there(seen: &Seen) -> Said {
    let kiosk = &seen.kiosk;
    Said::new(format!("Máy {kiosk} không có trong {KIOSKS}."), format!("Kiosk {kiosk} is not in {KIOSKS}."))
}

fn listed(kiosks: impl ExactSizeIterator<Item = String>) -> String {
    let more = if kiosks.len() > MOST_LISTED { ", …" } else { "" };
    format!("{}{more}", kiosks.take(MOST_LISTED).collect::<Vec<_>>().join(", "))
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

/// Days without a place: the first and how many, for all kiosks at once where they are many.
fn tell_placeless(placeless: &[Placeless], findings: &mut Findings) {
    let hint = Said::new(format!("Sửa cột from, to trong {KIOSKS}."), format!("Correct from and to in {KIOSKS}."));
    if placeless.len() <= MOST_ALIKE {
        for Placeless { seen, days, first } in placeless {
            let kiosk = &seen.kiosk;
            let message = Said::new(
                format!("Máy {kiosk}: {days} ngày có lượt xem mà không có địa điểm, đầu tiên là {first}."),
                format!("Kiosk {kiosk}: {days} days with visits and no place, the first is {first}."),
            );
            findings.error(WITHOUT_PLACE, Place::file(&seen.file), message, hint.clone());
        }
        return;
    }
    let told = |day: &str, since: &str| {
        let one = |p: &Placeless| format!("{} ({} {day}, {since} {})", p.seen.kiosk, p.days, p.first);
        listed(placeless.iter().map(one).collect::<Vec<_>>().into_iter())
    };
    let message = Said::new(
        format!("{} máy có ngày có lượt xem mà không có địa điểm: {}.", placeless.len(), told("ngày", "đầu tiên")),
        format!("{} kiosks have days with visits and no place: {}.", placeless.len(), told("days", "the first")),
    );
    findings.error(WITHOUT_PLACE, Place::file(KIOSKS), message, hint);
}

/// Days on which the place leads to no province: the first and how many.
fn without_unit(gazetteer: &Gazetteer, seen: &Seen, findings: &mut Findings) {
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
