//! What must hold between the rows of a gazetteer: every place leads up to a province on every day that it holds.

use super::cells::place;
use super::reading::{HEADCOUNTS, KIOSKS, SCHOOLS, UNITS};
use super::rows::{Tier, UnitRow, Valid};
use super::told::not_checked;
use super::{Gazetteer, MOST_HOPS};
use crate::diagnostics::{Findings, Place, Problem, Said, Severity};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A row's place and days, for rules that are the same for every file.
struct Held<'a> {
    code: &'a str,
    valid: Valid,
    place: Place,
}

pub fn check(gazetteer: &Gazetteer, findings: &mut Findings) {
    let units = gazetteer.units.iter().map(|r| (r.code.as_str(), r.valid, place(UNITS, r.line, "valid_from")));
    let schools = gazetteer.schools.iter().map(|r| (r.code.as_str(), r.valid, place(SCHOOLS, r.line, "valid_from")));
    let postings = gazetteer.kiosks.iter().map(|r| (r.kiosk.as_str(), r.valid, place(KIOSKS, r.line, "from")));
    in_time(units, true, findings);
    in_time(schools, true, findings);
    // A kiosk may well stand nowhere for a while.
    in_time(postings, false, findings);
    codes_of_both(gazetteer, findings);
    ways_up(gazetteer, findings);
    successors(gazetteer, findings);
    school_communes(gazetteer, findings);
    posting_places(gazetteer, findings);
    headcounts(gazetteer, findings);
}

/// Rows of one code must not overlap, and should follow one another without a gap.
fn in_time<'a>(rows: impl Iterator<Item = (&'a str, Valid, Place)>, gaps: bool, findings: &mut Findings) {
    let mut by_code: BTreeMap<&str, Vec<Held>> = BTreeMap::new();
    for (code, valid, place) in rows {
        by_code.entry(code).or_default().push(Held { code, valid, place });
    }
    for held in by_code.values_mut() {
        held.sort_by(|a, b| (a.valid, &a.place).cmp(&(b.valid, &b.place)));
        // Against the one that reaches furthest so far: a short row may lie within a long one.
        let mut furthest: Option<&Held> = None;
        for row in held.iter() {
            if let Some(before) = furthest {
                beside(before, row, gaps, findings);
            }
            let reaches = |held: &Held| held.valid.last.unwrap_or(Date::MAX);
            if furthest.is_none_or(|before| reaches(before) <= reaches(row)) {
                furthest = Some(row);
            }
        }
    }
}

fn beside(before: &Held, row: &Held, gaps: bool, findings: &mut Findings) {
    let line = before.place.at.map_or(0, |at| at.line);
    let code = row.code;
    if before.valid == row.valid {
        let message = Said::new(
            format!("Mã {code} đã có ở dòng {line} với cùng thời gian hiệu lực."),
            format!("Code {code} stands in line {line} already, for the same days."),
        );
        let hint = Said::new("Xóa một dòng hoặc sửa mã.", "Remove one of the lines or correct the code.");
        findings.error("code-twice", row.place.clone(), message, hint);
    } else if before.valid.overlaps(&row.valid) {
        let message = Said::new(
            format!("Mã {code}: thời gian hiệu lực chồng lên dòng {line}."),
            format!("Code {code}: its days overlap those of line {line}."),
        );
        let hint = Said::new(
            "Dòng trước phải kết thúc trước ngày dòng sau bắt đầu.",
            "The earlier line must end on the day before the later one begins.",
        );
        findings.error("validity-overlap", row.place.clone(), message, hint);
    } else if gaps && before.valid.after() != Some(row.valid.first) {
        let from = before.valid.after().unwrap_or(row.valid.first);
        let message = Said::new(
            format!("Mã {code}: từ ngày {from} đến trước ngày {} không có dòng nào.", row.valid.first),
            format!("Code {code}: no line holds from {from} until {}.", row.valid.first),
        );
        let hint = Said::new(
            "Nếu đúng là có gián đoạn thì bỏ qua; nếu không, sửa ngày.",
            "Correct the days, unless there was indeed a break.",
        );
        warn("validity-gap", row.place.clone(), message, hint, findings);
    }
}

fn warn(code: &'static str, place: Place, message: Said, hint: Said, findings: &mut Findings) {
    findings.add(Problem { place, severity: Severity::Warning, code, message, hint });
}

/// A school with the code of a commune would be mistaken for it.
fn codes_of_both(gazetteer: &Gazetteer, findings: &mut Findings) {
    for school in gazetteer.schools.iter().filter(|school| gazetteer.units_by_code.contains_key(&school.code)) {
        let code = &school.code;
        let message = Said::new(
            format!("Mã {code} đã là mã của một đơn vị trong {UNITS}."),
            format!("Code {code} is that of a unit in {UNITS} already."),
        );
        let hint = Said::new("Đặt mã khác cho địa điểm này.", "Give this place another code.");
        findings.error("code-twice", place(SCHOOLS, school.line, "code"), message, hint);
    }
}

/// Parents exist, are of a higher level, lead up to a province, and hold on every day that their child does.
fn ways_up(gazetteer: &Gazetteer, findings: &mut Findings) {
    for row in &gazetteer.units {
        let at = place(UNITS, row.line, "parent");
        if row.tier == Tier::Province {
            if !row.parent.is_empty() {
                let message = Said::new("Tỉnh, thành phố không có đơn vị cấp trên.", "A province has no parent.");
                findings.error("unit-parent", at, message, Said::new("Để trống cột parent.", "Leave parent empty."));
            }
            continue;
        }
        if circle(&row.code, |code| gazetteer.units_of(code).map(|unit| unit.parent.as_str()).collect()) {
            tell_circle("parent-cycle", at, "parent", findings);
            continue;
        }
        let higher = gazetteer.units_of(&row.parent).any(|parent| parent.tier < row.tier);
        let exists = gazetteer.units_by_code.contains_key(&row.parent);
        if exists && !higher {
            let message = Said::new(
                format!("{} không phải là cấp trên của {}.", row.parent, row.code),
                format!("{} is not of a higher level than {}.", row.parent, row.code),
            );
            let hint = Said::new(
                "Xã thuộc tỉnh (hoặc huyện, đến 30/6/2025).",
                "A commune belongs to a province (or, until 30 June 2025, a district).",
            );
            findings.error("unit-parent", at, message, hint);
            continue;
        }
        covered(gazetteer, &row.parent, row.valid, at, findings);
    }
}

/// Does following codes from this one come back to it?
fn circle<'a>(code: &'a str, next: impl Fn(&'a str) -> Vec<&'a str>) -> bool {
    let mut waiting = next(code);
    let mut seen = BTreeSet::new();
    while let Some(here) = waiting.pop() {
        if here == code {
            return true;
        }
        if !here.is_empty() && seen.insert(here) {
            waiting.extend(next(here));
        }
    }
    false
}

fn tell_circle(code: &'static str, at: Place, column: &str, findings: &mut Findings) {
    let message = Said::new(
        format!("Đi theo cột {column} thì quay lại chính đơn vị này."),
        format!("Following {column} from here leads back to this unit."),
    );
    findings.error(code, at, message, Said::new("Sửa một trong các dòng đó.", "Correct one of those lines."));
}

/// A unit must be there on every day of these, itself or what came after it.
fn covered(gazetteer: &Gazetteer, code: &str, days: Valid, at: Place, findings: &mut Findings) {
    let leads_out = |row: &UnitRow| gazetteer.left_out.has(UNITS, &row.successor);
    if gazetteer.left_out.has(UNITS, code) || gazetteer.units_of(code).any(leads_out) {
        not_checked(at, findings);
    } else if !gazetteer.units_by_code.contains_key(code) {
        let near = nearest(code, gazetteer.units_by_code.keys().map(String::as_str), UNITS, gazetteer);
        let message = Said::new(
            format!("Không có đơn vị nào mang mã {code} trong {UNITS}."),
            format!("No unit in {UNITS} has the code {code}."),
        );
        let hint = match near {
            Some(Said { vi, en }) => Said::new(
                format!("{vi} Bảng tính hay bỏ mất số 0 ở đầu."),
                format!("{en} Spreadsheets tend to drop leading zeros."),
            ),
            None => Said::new("Thêm đơn vị này hoặc sửa mã.", "Add the unit or correct the code."),
        };
        findings.error("unit-unknown", at, message, hint);
    } else if let Some(day) = first_day_without(gazetteer, code, days) {
        let message = Said::new(
            format!("Vào ngày {day} không có đơn vị nào mang mã {code} hoặc kế thừa nó."),
            format!("On {day} no unit has the code {code} or follows it."),
        );
        let hint = Said::new(
            "Kết thúc dòng này và thêm dòng mới với đơn vị mới, hoặc điền cột successor của đơn vị cũ.",
            "End this line and add one with the new unit, or fill in successor of the old unit.",
        );
        findings.error("no-unit-on-day", at, message, hint);
    }
}

/// The code that may be meant, as a question: one that stands in the table, be it in a row that was left out.
fn nearest<'a>(
    code: &str,
    known: impl Iterator<Item = &'a str>,
    file: &'static str,
    gazetteer: &'a Gazetteer,
) -> Option<Said> {
    let near = crate::base::ids::nearest(code, known.chain(gazetteer.left_out.codes(file)))?;
    let (vi, en) = match gazetteer.left_out.has(file, near) {
        true => (" (dòng của mã này trong bảng còn lỗi)", " (its line in the table has an error)"),
        false => ("", ""),
    };
    Some(Said::new(format!("Có phải {near}{vi}?"), format!("Is it {near}{en}?")))
}

/// The first of these days on which the code leads to no unit. It can only cease to on a day after one has ended.
fn first_day_without(gazetteer: &Gazetteer, code: &str, days: Valid) -> Option<Date> {
    let mut candidates = BTreeSet::from([days.first]);
    let mut codes = vec![code];
    let mut seen = BTreeSet::new();
    while let Some(code) = codes.pop() {
        if !seen.insert(code) || seen.len() > MOST_HOPS {
            continue;
        }
        for row in gazetteer.units_of(code) {
            candidates.extend(row.valid.after().filter(|day| days.holds(*day)));
            codes.extend(Some(row.successor.as_str()).filter(|code| !code.is_empty()));
        }
    }
    candidates.into_iter().find(|day| gazetteer.unit_on(code, *day).is_none())
}

/// A successor exists, is of the same level or higher, and begins when its forerunner has ended.
fn successors(gazetteer: &Gazetteer, findings: &mut Findings) {
    for row in gazetteer.units.iter().filter(|row| !row.successor.is_empty()) {
        let at = place(UNITS, row.line, "successor");
        let Some(after) = row.valid.after() else {
            let message =
                Said::new("Đơn vị còn hiệu lực thì chưa có đơn vị kế thừa.", "A unit that goes on has no successor.");
            let hint =
                Said::new("Điền valid_to hoặc để trống successor.", "Fill in valid_to, or leave successor empty.");
            findings.error("successor", at, message, hint);
            continue;
        };
        if circle(&row.code, |code| gazetteer.units_of(code).map(|unit| unit.successor.as_str()).collect()) {
            tell_circle("successor-cycle", at, "successor", findings);
        } else if gazetteer.left_out.has(UNITS, &row.successor) {
            not_checked(at, findings);
        } else if gazetteer.unit_on(&row.successor, after).is_none() {
            let message = Said::new(
                format!("Vào ngày {after} không có đơn vị {}.", row.successor),
                format!("On {after} there is no unit {}.", row.successor),
            );
            let hint = Said::new(
                "Đơn vị kế thừa phải có hiệu lực từ ngày sau khi đơn vị này kết thúc.",
                "The successor must hold from the day after this unit ends.",
            );
            findings.error("successor", at, message, hint);
        }
    }
}

fn school_communes(gazetteer: &Gazetteer, findings: &mut Findings) {
    for school in &gazetteer.schools {
        let at = place(SCHOOLS, school.line, "commune");
        let is_no_commune =
            gazetteer.unit_on(&school.commune, school.valid.first).is_some_and(|unit| unit.tier != Tier::Commune);
        if is_no_commune {
            let message = Said::new(
                format!("{} không phải là xã, phường hay đặc khu.", school.commune),
                format!("{} is no commune, ward or special zone.", school.commune),
            );
            let hint = Said::new(
                "Ghi mã của xã, phường hoặc đặc khu.",
                "Write the code of the commune, ward or special zone.",
            );
            findings.error("school-commune", at, message, hint);
        } else {
            covered(gazetteer, &school.commune, school.valid, at, findings);
        }
    }
}

/// Where a kiosk is said to stand there is a place, on all days.
fn posting_places(gazetteer: &Gazetteer, findings: &mut Findings) {
    for posting in &gazetteer.kiosks {
        let at = place(KIOSKS, posting.line, "place");
        if gazetteer.left_out.has(SCHOOLS, &posting.place) {
            not_checked(at, findings);
            continue;
        }
        if !gazetteer.schools_by_code.contains_key(&posting.place) {
            unknown_place(gazetteer, &posting.place, at, findings);
            continue;
        }
        let mut candidates = BTreeSet::from([posting.valid.first]);
        let ends = gazetteer.schools_of(&posting.place).filter_map(|school| school.valid.after());
        candidates.extend(ends.filter(|day| posting.valid.holds(*day)));
        if let Some(day) = candidates.into_iter().find(|day| gazetteer.school_on(&posting.place, *day).is_none()) {
            let message = Said::new(
                format!("Vào ngày {day} địa điểm {} không có dòng nào còn hiệu lực.", posting.place),
                format!("On {day} no line of place {} holds.", posting.place),
            );
            let hint = Said::new(
                format!("Sửa ngày ở đây hoặc trong {SCHOOLS}."),
                format!("Correct the days here or in {SCHOOLS}."),
            );
            findings.error("no-place-on-day", at, message, hint);
        }
    }
}

fn unknown_place(gazetteer: &Gazetteer, code: &str, at: Place, findings: &mut Findings) {
    let near = nearest(code, gazetteer.schools_by_code.keys().map(String::as_str), SCHOOLS, gazetteer);
    let message = Said::new(
        format!("Không có địa điểm nào mang mã {code} trong {SCHOOLS}."),
        format!("No place in {SCHOOLS} has the code {code}."),
    );
    let hint = match near {
        Some(near) => near,
        None => Said::new("Thêm địa điểm này hoặc sửa mã.", "Add the place or correct the code."),
    };
    findings.error("place-unknown", at, message, hint);
}

fn headcounts(gazetteer: &Gazetteer, findings: &mut Findings) {
    let mut counted = BTreeMap::new();
    for row in &gazetteer.headcounts {
        let at = place(HEADCOUNTS, row.line, "place");
        if gazetteer.left_out.has(SCHOOLS, &row.place) {
            not_checked(at, findings);
        } else if !gazetteer.schools_by_code.contains_key(&row.place) {
            unknown_place(gazetteer, &row.place, at, findings);
        } else if gazetteer.school_on(&row.place, row.date).is_none() {
            let message = Said::new(
                format!("Vào ngày {} địa điểm {} không còn hiệu lực.", row.date, row.place),
                format!("On {} place {} does not hold.", row.date, row.place),
            );
            findings.error(
                "no-place-on-day",
                at,
                message,
                Said::new("Sửa ngày hoặc mã.", "Correct the day or the code."),
            );
        } else if let Some(line) = counted.insert((&row.place, row.date, &row.class), row.line) {
            let message = Said::new(
                format!("Lớp này đã được đếm cùng ngày ở dòng {line}; cả hai dòng đều được cộng."),
                format!("Line {line} counts this class on the same day; both are added up."),
            );
            let hint = Said::new("Xóa một dòng nếu đếm trùng.", "Remove one of them if it is the same count.");
            warn("headcount-twice", at, message, hint, findings);
        }
    }
}
