//! One table of the gazetteer as cells with their places: bytes, separators, headings. Knows no meaning of any column.

use super::day_order::{DayOrder, is_month_first};
use crate::base::days;
use crate::base::files::read_capped;
use crate::base::ids::nearest;
use crate::base::text_place::{LineColumn, SheetRows};
use crate::diagnostics::{Findings, Place, Problem, Said, Severity, cause};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

/// A nation's schools with every change of thirty years fit well.
const MAX_FILE_BYTES: u64 = 256 << 20;

/// A row of a table: its cells by heading, and where it stands. Asking for a cell notes what is wrong with it.
pub struct Row<'a> {
    file: &'a str,
    pub line: usize,
    cells: BTreeMap<&'a str, String>,
    findings: &'a RefCell<Findings>,
    day_order: &'a RefCell<DayOrder>,
    bad: std::cell::Cell<bool>,
}

impl Row<'_> {
    /// Text of a cell, trimmed; empty when the row is short.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Notes a problem with a cell; the row will be left out.
    pub fn refuse(&self, column: &str, code: &'static str, message: Said, hint: Said) {
        self.bad.set(true);
        self.findings.borrow_mut().error(code, place(self.file, self.line, column), message, hint);
    }

    pub fn is_bad(&self) -> bool {
        self.bad.get()
    }

    /// Refuses a cell that must not be empty and is.
    fn refuse_empty(&self, column: &str) -> bool {
        let is_empty = self.text(column).is_empty();
        if is_empty {
            let message = Said::new(format!("Ô {column} trống."), format!("{column} is empty."));
            self.refuse(column, "cell-empty", message, Said::new("Hãy điền ô này.", "Fill it in."));
        }
        is_empty
    }

    /// A text that must not be missing, of at most 200 characters and without control characters.
    pub fn words(&self, column: &str) -> String {
        if self.refuse_empty(column) { String::new() } else { self.words_or_none(column) }
    }

    /// The same where it may be missing.
    pub fn words_or_none(&self, column: &str) -> String {
        let text = self.text(column);
        if text.chars().count() > 200 || text.chars().any(char::is_control) {
            let message = Said::new(
                format!("Ô {column} quá dài hoặc có ký tự lạ."),
                format!("{column} is too long or holds control characters."),
            );
            let hint = Said::new("Hãy viết một dòng, tối đa 200 ký tự.", "Write one line of at most 200 characters.");
            self.refuse(column, "cell-text", message, hint);
        }
        text.to_owned()
    }

    /// A code: letters, digits, hyphens, at most 40. May be empty only when the column may.
    pub fn code(&self, column: &str, may_be_empty: bool) -> String {
        let text = self.text(column);
        let is_code = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !may_be_empty && self.refuse_empty(column) {
            return String::new();
        }
        if !is_code {
            let message = Said::new(
                format!("“{}” không phải là mã ({column}).", shortened(text)),
                format!("“{}” is no code ({column}).", shortened(text)),
            );
            let hint = Said::new(
                "Mã gồm chữ không dấu, chữ số, dấu gạch nối; tối đa 40. Trong bảng tính hãy để ô dạng văn bản để giữ số 0 ở đầu.",
                "A code has letters A–Z, digits and hyphens, at most 40. Format the cells as text, so that leading zeros stay.",
            );
            self.refuse(column, "cell-code", message, made_a_number(text).unwrap_or(hint));
        }
        text.to_owned()
    }

    /// One of some fixed words.
    pub fn choice<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(column);
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        if self.refuse_empty(column) {
            return None;
        }
        let words =
            choices.iter().map(|(word, _)| *word).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
        let near = nearest(text, choices.iter().map(|(word, _)| *word)).filter(|near| !near.is_empty());
        let hint = match near {
            Some(near) => Said::new(format!("Có phải “{near}”?"), format!("Did you mean “{near}”?")),
            None => Said::new(format!("Chọn một trong: {words}."), format!("One of: {words}.")),
        };
        let message = Said::new(
            format!("“{}” không có trong danh sách ({column}).", shortened(text)),
            format!("“{}” is not in the list ({column}).", shortened(text)),
        );
        self.refuse(column, "cell-choice", message, hint);
        None
    }

    /// A day written `2025-07-01` or, as Vietnamese spreadsheets do, `1/7/2025`.
    pub fn day(&self, column: &str) -> Option<Date> {
        if self.refuse_empty(column) {
            return None;
        }
        let found = day_of(self.text(column));
        self.day_order.borrow_mut().note(self.text(column));
        if found.is_none() {
            let message = Said::new(
                format!("“{}” không phải là ngày ({column}).", shortened(self.text(column))),
                format!("“{}” is no day ({column}).", shortened(self.text(column))),
            );
            let hint = if is_month_first(self.text(column)) {
                Said::new(
                    "Số đứng giữa là tháng; viết ngày trước.",
                    "The second number is the month; write the day first.",
                )
            } else {
                Said::new("Viết 2025-07-01 hoặc 1/7/2025.", "Write 2025-07-01, or 1/7/2025 for 1 July.")
            };
            self.refuse(column, "cell-day", message, hint);
        }
        found
    }

    pub fn day_or_open(&self, column: &str) -> Option<Date> {
        if self.text(column).is_empty() { None } else { self.day(column) }
    }

    pub fn number(&self, column: &str, most: u32) -> Option<u32> {
        if self.refuse_empty(column) {
            return None;
        }
        let found = self.text(column).parse::<u32>().ok().filter(|n| (1..=most).contains(n));
        if found.is_none() {
            let message = Said::new(
                format!("“{}” không phải là số từ 1 đến {most} ({column}).", shortened(self.text(column))),
                format!("“{}” is no number from 1 to {most} ({column}).", shortened(self.text(column))),
            );
            self.refuse(column, "cell-number", message, Said::new("Viết một số nguyên.", "Write a whole number."));
        }
        found
    }
}

pub fn day_of(text: &str) -> Option<Date> {
    days::read(text).ok().filter(|day| (1900..=9000).contains(&day.year()))
}

/// What to do about an id of digits and one `e` that a spreadsheet took for a large number: `1.5E+15`.
pub fn made_a_number(text: &str) -> Option<Said> {
    let (digits, power) = text.to_ascii_lowercase().split_once("e+").map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    let is_number = digits.replace(',', ".").parse::<f64>().is_ok() && power.parse::<u16>().is_ok();
    is_number.then(|| {
        Said::new(
            "Bảng tính đã biến mã này thành số. Hãy định dạng ô là văn bản rồi gõ lại mã.",
            "The spreadsheet made a number of this code. Format the cell as text, then type the code again.",
        )
    })
}

pub fn place(file: &str, line: usize, column: &str) -> Place {
    Place {
        file: file.to_owned(),
        at: Some(LineColumn { line, column: 1 }),
        key_path: column.to_owned(),
        ..Place::default()
    }
}

pub fn shortened(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

/// Where each column of a table stands, counted from 0.
pub type Columns<'a> = Vec<(usize, &'a str)>;

/// Reads a table and hands every row to `take`; gives its columns, or none when it cannot be read. A missing file is a
/// problem only when it must be there.
pub fn read_table<'a>(
    folder: &Path,
    file: &str,
    columns: &[&'a str],
    must_exist: bool,
    findings: &RefCell<Findings>,
    take: impl FnMut(&Row),
) -> Option<Columns<'a>> {
    let bytes = match read_capped(&folder.join(file), MAX_FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => return Some(Columns::new()),
        Err(error) => return unreadable(file, None, &cause(&error), findings),
    };
    match std::str::from_utf8(&bytes) {
        Ok(text) => rows(file, text.strip_prefix('\u{feff}').unwrap_or(text), columns, findings, take),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            let why = Said::new("chữ không theo UTF-8", "this is not UTF-8");
            unreadable(file, Some(line), &why, findings)
        }
    }
}

fn rows<'a>(
    file: &str,
    text: &str,
    columns: &[&'a str],
    findings: &RefCell<Findings>,
    mut take: impl FnMut(&Row),
) -> Option<Columns<'a>> {
    let first = text.lines().next().unwrap_or("");
    // Spreadsheets set to Vietnamese write semicolons.
    let separator = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut at: Option<Columns> = None;
    let (mut numbers, day_order) = (SheetRows::default(), RefCell::new(DayOrder::default()));
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => {
                if at.is_none() {
                    headings_missing(file, columns, findings);
                }
                day_order.borrow().tell(file, &mut findings.borrow_mut());
                return at;
            }
            Ok(true) => {}
            Err(error) => {
                let why = Said::new("dấu phân cách hoặc dấu ngoặc kép không đúng", error.to_string());
                return unreadable(file, None, &why, findings);
            }
        }
        let begin = record.position().map_or(0, csv::Position::byte);
        let line = numbers.next(text.as_bytes(), usize::try_from(begin).unwrap_or(0));
        let Some(at) = &at else {
            at = Some(headings(file, line, &record, columns, findings)?);
            continue;
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cells = at.iter().map(|(index, name)| (*name, record.get(*index).unwrap_or("").to_owned())).collect();
        take(&Row { file, line, cells, findings, day_order: &day_order, bad: std::cell::Cell::new(false) });
    }
}

/// Where each column stands; `None` when one is missing.
fn headings<'a>(
    file: &str,
    line: usize,
    record: &csv::StringRecord,
    columns: &[&'a str],
    findings: &RefCell<Findings>,
) -> Option<Columns<'a>> {
    let mut at = Columns::new();
    for (index, heading) in record.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        let lower = heading.to_lowercase();
        match columns.iter().find(|column| **column == lower) {
            Some(column) if at.iter().all(|(_, name)| name != column) => at.push((index, *column)),
            known => {
                let (vi, en) = match known {
                    Some(_) => ("có hai lần", "stands twice"),
                    None => ("không dùng đến", "is not used"),
                };
                let hint = match nearest(&lower, columns.iter().copied()) {
                    Some(near) if known.is_none() => {
                        Said::new(format!("Có phải “{near}”?"), format!("Did you mean “{near}”?"))
                    }
                    _ => Said::new("Hãy xóa cột này.", "Remove this column."),
                };
                let (place, name) = (place(file, line, ""), shortened(heading));
                let message = Said::new(format!("Cột “{name}” {vi}."), format!("Column “{name}” {en}."));
                let severity = if known.is_some() { Severity::Error } else { Severity::Warning };
                findings.borrow_mut().add(Problem { place, severity, code: "column-unknown", message, hint });
            }
        }
    }
    let missing: Vec<&str> =
        columns.iter().copied().filter(|column| at.iter().all(|(_, name)| name != column)).collect();
    if !missing.is_empty() {
        headings_missing(file, &missing, findings);
        return None;
    }
    Some(at)
}

fn headings_missing(file: &str, missing: &[&str], findings: &RefCell<Findings>) {
    let names = missing.join(", ");
    let message = Said::new(format!("Thiếu cột: {names}."), format!("Columns are missing: {names}."));
    let hint = Said::new(
        "Dòng đầu tiên phải có tên cột; xem docs/places.md.",
        "The first line must hold the names of the columns; see docs/places.md.",
    );
    findings.borrow_mut().error("column-missing", place(file, 1, ""), message, hint);
}

fn unreadable<T>(file: &str, line: Option<usize>, why: &Said, findings: &RefCell<Findings>) -> Option<T> {
    let place = line.map_or_else(|| Place::file(file), |line| place(file, line, ""));
    let message =
        Said::new(format!("Không đọc được bảng: {}.", why.vi), format!("The table cannot be read: {}.", why.en));
    let hint = Said::new(
        "Trong bảng tính hãy lưu dạng “CSV UTF-8”, đúng tên tệp, trong thư mục này.",
        "Save it from the spreadsheet as “CSV UTF-8”, under this name, in this folder.",
    );
    findings.borrow_mut().error("table-unreadable", place, message, hint);
    None
}

/// What a spreadsheet calls a cell: `B5`. Columns are counted from 0, lines from 1.
pub fn cell_name(column: usize, line: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    format!("{}{line}", letters.into_iter().collect::<String>())
}
