//! From the files of a gazetteer to its rows. A bad row is left out and told of; the others are read.

use super::Gazetteer;
use super::cells::{Row, made_a_number, read_table, shortened};
use super::rows::{Governor, Headcount, Kind, Posting, School, SchoolLevel, Tier, UnitRow, Valid};
use crate::department::figures::Words;
use crate::diagnostics::{Findings, Said};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub const UNITS: &str = "units.csv";
pub const SCHOOLS: &str = "schools.csv";
pub const KIOSKS: &str = "kiosks.csv";
pub const HEADCOUNTS: &str = "headcounts.csv";
pub const ITEMS: &str = "items.csv";

/// The files of a gazetteer and their columns. The last two files may be missing.
pub const FILES: [(&str, &[&str]); 5] = [
    (UNITS, &["code", "level", "name_vi", "name_en", "parent", "valid_from", "valid_to", "successor"]),
    (
        SCHOOLS,
        &["code", "kind", "school_level", "governed_by", "name_vi", "name_en", "valid_from", "valid_to", "commune"],
    ),
    (KIOSKS, &["kiosk", "public_key", "place", "from", "to"]),
    (HEADCOUNTS, &["place", "date", "class", "people"]),
    (ITEMS, &["item", "title_vi", "title_en"]),
];

const TIERS: [(&str, Tier); 3] =
    [("province", Tier::Province), ("district", Tier::District), ("commune", Tier::Commune)];
const KINDS: [(&str, Kind); 2] = [("school", Kind::School), ("other", Kind::Other)];
const LEVELS: [(&str, Option<SchoolLevel>); 6] = [
    ("", None),
    ("preschool", Some(SchoolLevel::Preschool)),
    ("primary", Some(SchoolLevel::Primary)),
    ("lower-secondary", Some(SchoolLevel::LowerSecondary)),
    ("upper-secondary", Some(SchoolLevel::UpperSecondary)),
    ("several", Some(SchoolLevel::Several)),
];
const GOVERNORS: [(&str, Governor); 5] = [
    ("commune", Governor::Commune),
    ("district", Governor::District),
    ("province", Governor::Province),
    ("ministry", Governor::Ministry),
    ("other", Governor::Other),
];
/// Characters of a public key in one line.
const KEY_CHARS: usize = 56;
/// Characters of a class's name, such as “12 chuyên Toán”.
const MOST_CLASS_CHARS: usize = 20;
/// More people than this at once stand before no screen.
const MOST_PEOPLE: u32 = 5_000;

/// Rows and tables that could not be read. What leads to them is not told as another error.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    tables: BTreeSet<&'static str>,
    /// Table and code.
    rows: BTreeSet<(&'static str, String)>,
}

impl LeftOut {
    /// Codes of a table's rows that could not be read, to guess from.
    pub fn codes(&self, file: &'static str) -> impl Iterator<Item = &str> {
        let is_code = |code: &&str| code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let mine = self.rows.iter().filter(move |(of, _)| *of == file).map(|(_, code)| code.as_str());
        mine.filter(|code| !code.is_empty()).filter(is_code)
    }

    pub fn has(&self, file: &'static str, code: &str) -> bool {
        self.tables.contains(file) || (!self.rows.is_empty() && self.rows.contains(&(file, code.to_owned())))
    }
}

/// Where each column stands, by file and heading.
pub type Where = BTreeMap<(&'static str, &'static str), usize>;

pub fn read(folder: &Path) -> (Gazetteer, Findings, Where) {
    let findings = RefCell::new(Findings::default());
    let mut read = Gazetteer::default();
    let (mut left_out, mut columns_at) = (LeftOut::default(), Where::new());
    for (file, columns) in FILES {
        let must_exist = [UNITS, SCHOOLS, KIOSKS].contains(&file);
        let found = read_table(folder, file, columns, must_exist, &findings, |row| {
            match file {
                UNITS => read.units.extend(unit(row)),
                SCHOOLS => read.schools.extend(school(row)),
                KIOSKS => read.kiosks.extend(posting(row)),
                HEADCOUNTS => read.headcounts.extend(headcount(row)),
                _ => read.items.extend(item(row)),
            }
            if row.is_bad() {
                left_out.rows.insert((file, row.text(columns[0]).to_owned()));
            }
        });
        match found {
            Some(found) => columns_at.extend(found.into_iter().map(|(at, column)| ((file, column), at))),
            None => _ = left_out.tables.insert(file),
        }
    }
    read.left_out = left_out;
    (read, findings.into_inner(), columns_at)
}

fn unit(row: &Row) -> Option<UnitRow> {
    let (code, tier) = (row.code("code", false), row.choice("level", &TIERS));
    let (name, valid) = (names(row, "name"), valid(row, "valid_from", "valid_to"));
    let parent = row.code("parent", tier == Some(Tier::Province));
    let successor = row.code("successor", true);
    if row.is_bad() {
        return None;
    }
    Some(UnitRow { code, tier: tier?, name, parent, valid: valid?, successor, line: row.line })
}

fn school(row: &Row) -> Option<School> {
    let (code, kind) = (row.code("code", false), row.choice("kind", &KINDS));
    let school_level = row.choice("school_level", &LEVELS);
    if kind == Some(Kind::School) && school_level == Some(None) {
        let message = Said::new("Trường học phải có cấp học.", "A school needs its level.");
        let hint = Said::new("Điền cột school_level.", "Fill in school_level.");
        row.refuse("school_level", "school-without-level", message, hint);
    }
    let governed_by = row.choice("governed_by", &GOVERNORS);
    let (name, valid) = (names(row, "name"), valid(row, "valid_from", "valid_to"));
    let commune = row.code("commune", false);
    if row.is_bad() {
        return None;
    }
    Some(School {
        code,
        kind: kind?,
        school_level: school_level?,
        governed_by: governed_by?,
        name,
        valid: valid?,
        commune,
        line: row.line,
    })
}

fn posting(row: &Row) -> Option<Posting> {
    let kiosk = row.text("kiosk").to_owned();
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if kiosk.is_empty() || kiosk.len() > 64 || !kiosk.bytes().all(inner) {
        let shown = shortened(&kiosk);
        let message = match kiosk.is_empty() {
            true => Said::new("Ô kiosk trống.", "kiosk is empty."),
            false => Said::new(format!("“{shown}” không phải là mã máy."), format!("“{shown}” is no id of a kiosk.")),
        };
        let hint = if let Some(hint) = made_a_number(&kiosk) {
            hint
        } else if kiosk.bytes().any(|b| b.is_ascii_uppercase()) {
            let small = shortened(&kiosk.to_ascii_lowercase());
            Said::new(format!("Mã máy chỉ có chữ thường: {small}."), format!("An id has small letters only: {small}."))
        } else {
            Said::new(
                "Mã máy là tên thư mục của máy trong haidang-journals trên USB: chữ thường không dấu, số, gạch nối.",
                "A kiosk's id is the name of its folder in haidang-journals on the stick: a-z, 0-9, hyphens.",
            )
        };
        row.refuse("kiosk", "kiosk-id", message, hint);
    }
    let public_key = row.text("public_key").to_owned();
    if !public_key.is_empty() && !row.is_bad() {
        refuse_other_key(row, &kiosk, &public_key);
    }
    let (place, valid) = (row.code("place", false), valid(row, "from", "to"));
    if row.is_bad() {
        return None;
    }
    Some(Posting { kiosk, public_key, place, valid: valid?, line: row.line })
}

/// A key must be whole, and the kiosk's; which of the two cells is wrong only a whole key tells.
fn refuse_other_key(row: &Row, kiosk: &str, public_key: &str) {
    let is_whole = public_key.len() == KEY_CHARS && public_key.starts_with("RW");
    let id = id_of(public_key);
    if is_whole && id == kiosk {
        return;
    }
    let (message, hint) = if is_whole {
        (
            Said::new(
                "Mã máy và khóa công khai không khớp: mã máy hoặc khóa sai.",
                "The kiosk's id and its public key do not belong together: one of them is wrong.",
            ),
            Said::new(
                format!("Khóa này là của máy {id}. Sửa mã máy ở cột kiosk, hoặc chép lại khóa của máy {kiosk}."),
                format!("This is the key of kiosk {id}. Correct the id, or copy the key of {kiosk} again."),
            ),
        )
    } else {
        let chars = public_key.chars().count();
        (
            Said::new(
                format!("Khóa công khai chép chưa đủ: {chars} ký tự; khóa bắt đầu bằng RW và dài {KEY_CHARS} ký tự."),
                format!("This is no whole public key: {chars} characters; a key begins with RW and has {KEY_CHARS}."),
            ),
            Said::new(
                "Chép lại cả dòng khóa (RW…) của đúng máy, hoặc để trống.",
                "Copy the whole line (RW…) of the right kiosk again, or leave it empty.",
            ),
        )
    };
    row.refuse("public_key", "kiosk-key", message, hint);
}

/// The id that belongs to a public key: the first 16 hexadecimal digits of its BLAKE3.
fn id_of(public_key: &str) -> String {
    blake3::hash(public_key.as_bytes()).to_hex().chars().take(16).collect()
}

fn headcount(row: &Row) -> Option<Headcount> {
    let (place, date, people) = (row.code("place", false), row.day("date"), row.number("people", MOST_PEOPLE));
    let class = row.text("class").to_owned();
    if !is_class(&class) {
        let message = Said::new("Đây không phải là tên lớp.", "This is no name of a class.");
        let hint = Said::new(
            "Viết như 8A, 10-A2, 12 Toán hoặc Lá 1; không ghi tên người.",
            "Write such as 8A, 10-A2, 12 Toán or Lá 1; never a person's name.",
        );
        row.refuse("class", "headcount-class", message, hint);
    }
    if row.is_bad() {
        return None;
    }
    Some(Headcount { place, date: date?, class, people: people?, line: row.line })
}

/// `8A`, `Lá 1`, `12 chuyên Toán`; may be empty. Several words without a number would be a person's name.
fn is_class(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_numbered = words.first().is_some_and(is_number) || words.last().is_some_and(is_number);
    let fits = text.chars().count() <= MOST_CLASS_CHARS && words.len() <= 3;
    fits && (words.len() < 2 || is_numbered) && text.chars().all(|c| c.is_alphanumeric() || "-./ ".contains(c))
}

fn item(row: &Row) -> Option<(String, Words)> {
    let item = row.code("item", false);
    let title = names(row, "title");
    (!row.is_bad()).then_some((item, title))
}

fn names(row: &Row, column: &str) -> Words {
    // An office need not have English names; its Vietnamese ones then stand in English texts too.
    let (vi, en) = (row.words(&format!("{column}_vi")), row.words_or_none(&format!("{column}_en")));
    Words { en: if en.is_empty() { vi.clone() } else { en }, vi }
}

fn valid(row: &Row, from: &str, to: &str) -> Option<Valid> {
    let (first, last) = (row.day(from), row.day_or_open(to));
    let first = first?;
    if last.is_some_and(|last| last < first) {
        let message = Said::new("Ngày cuối đứng trước ngày đầu.", "The last day is before the first.");
        let hint =
            Said::new("Ngày cuối là ngày cuối cùng còn hiệu lực.", "The last day is the last one that still holds.");
        row.refuse(to, "validity-backwards", message, hint);
        return None;
    }
    Some(Valid { first, last })
}
