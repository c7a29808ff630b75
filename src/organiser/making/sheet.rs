//! Reads a list, XLSX or CSV, into cells of text with their places. Every size is capped; what a cell means is told
//! elsewhere.

use super::columns::{FACTS_SHEET, ITEMS_SHEET, WORDS_SHEET};
use super::plain::words;
use super::xlsx_parts::{self, PartsError};
use crate::base::files::read_capped;
use crate::base::text_place::SheetRows;
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::path::Path;

pub const MAX_LIST_BYTES: u64 = 16 << 20;
/// A pack holds 500 items; a list of more is told so, not read on.
const MAX_ROWS: usize = 2_000;
const MAX_COLUMNS: usize = 200;
const MAX_CELLS: usize = 200_000;
/// Characters of a cell; Excel itself ends at 32,767.
pub const MAX_CELL_CHARS: usize = 40_000;

#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("neither .xlsx nor .csv")]
    Kind,
    /// What Excel or LibreOffice leave beside a list that is open; the list's own name.
    #[error("it only says that “{0}” is open")]
    LockFile(String),
    #[error("no spreadsheet: {0}")]
    Parts(#[from] PartsError),
    #[error("no spreadsheet: {0}")]
    Workbook(String),
    #[error("not in UTF-8, from byte {0}")]
    NotUtf8(usize),
    #[error("no table: {0}")]
    Table(String),
    #[error("more than {0} rows")]
    TooManyRows(usize),
    #[error("more than {0} columns")]
    TooManyColumns(usize),
    #[error("more than {0} cells")]
    TooManyCells(usize),
    #[error("a cell of more than {MAX_CELL_CHARS} characters in row {0}")]
    LongCell(usize),
    #[error("nothing in it")]
    Empty,
}

/// A row and its number from 1, as a spreadsheet shows it; only cells that hold something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub number: usize,
    /// By column, from 1.
    pub cells: BTreeMap<usize, String>,
}

/// What a list holds: its items, and what it tells of the exhibit as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub rows: Vec<Row>,
    pub facts: Vec<Row>,
    /// Sheets that are not looked at.
    pub other_sheets: Vec<String>,
}

pub fn read(path: &Path) -> Result<List, SheetError> {
    if let Some(list) = locked(path) {
        return Err(SheetError::LockFile(list));
    }
    let bytes = read_capped(path, MAX_LIST_BYTES)?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" => read_xlsx(&bytes),
        "csv" | "txt" | "tsv" => read_csv(&bytes),
        _ => Err(SheetError::Kind),
    }
}

/// The list that a lock file stands for: `~$danh-sach.xlsx` of Excel, `.~lock.danh-sach.xlsx#` of LibreOffice. Excel
/// leaves out the first letters of a long name, so that the list beside it is looked for.
fn locked(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    if let Some(list) = name.strip_prefix(".~lock.") {
        return Some(list.trim_end_matches('#').to_owned());
    }
    let rest = name.strip_prefix("~$")?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let list = names.filter(|other| !other.starts_with("~$") && other.ends_with(rest)).min();
    Some(list.unwrap_or_else(|| rest.to_owned()))
}

pub fn read_xlsx(bytes: &[u8]) -> Result<List, SheetError> {
    let stored = xlsx_parts::stored(bytes)?;
    // A damaged workbook that its reader trips over is a damaged workbook, no reason to fall.
    let read = std::panic::catch_unwind(|| read_workbook(&stored));
    read.unwrap_or_else(|_| Err(SheetError::Workbook("damaged".to_owned())))
}

fn read_workbook(stored: &[u8]) -> Result<List, SheetError> {
    let said = |error: calamine::XlsxError| SheetError::Workbook(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(stored)).map_err(said)?;
    let names = book.sheet_names();
    let is = |name: &String, wanted: &str| words(name) == words(wanted);
    let items = names.iter().find(|name| is(name, ITEMS_SHEET)).or_else(|| names.first()).cloned();
    let items = items.ok_or(SheetError::Empty)?;
    let mut list = List { rows: cells(&mut book, &items)?, ..List::default() };
    for name in names.iter().filter(|name| **name != items && !is(name, WORDS_SHEET)) {
        if is(name, FACTS_SHEET) {
            list.facts = cells(&mut book, name)?;
        } else {
            list.other_sheets.push(name.clone());
        }
    }
    if list.rows.is_empty() { Err(SheetError::Empty) } else { Ok(list) }
}

/// Cell by cell: a table as a whole would be as large as its farthest cell says.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, SheetError> {
    let said = |error: calamine::XlsxError| SheetError::Workbook(error.to_string());
    let mut reader = book.worksheet_cells_reader(name).map_err(said)?;
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = reader.next_cell().map_err(said)? {
        let Some(text) = text_of(cell.get_value()) else { continue };
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize + 1);
        check_size(row, column, &text)?;
        count += 1;
        if count > MAX_CELLS {
            return Err(SheetError::TooManyCells(MAX_CELLS));
        }
        rows.entry(row).or_insert_with(|| Row { number: row, ..Row::default() }).cells.insert(column, text);
    }
    Ok(rows.into_values().collect())
}

fn check_size(row: usize, column: usize, text: &str) -> Result<(), SheetError> {
    if row > MAX_ROWS {
        return Err(SheetError::TooManyRows(MAX_ROWS));
    }
    if column > MAX_COLUMNS {
        return Err(SheetError::TooManyColumns(MAX_COLUMNS));
    }
    if text.len() > 4 * MAX_CELL_CHARS || text.chars().count() > MAX_CELL_CHARS {
        return Err(SheetError::LongCell(row));
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        // A year is a number there, and stays one.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => return None,
    };
    tidy(&text)
}

/// Without spaces around it and with one kind of line end; none when nothing is left.
fn tidy(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{a0}'], " ");
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    (!text.is_empty()).then(|| text.to_owned())
}

pub fn read_csv(bytes: &[u8]) -> Result<List, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| SheetError::NotUtf8(error.valid_up_to()))?;
    let sign = separator(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(bytes);
    let mut list = List::default();
    let mut record = csv::StringRecord::new();
    let mut count = 0;
    let said = |error: csv::Error| SheetError::Table(error.to_string());
    let mut rows = SheetRows::default();
    while reader.read_record(&mut record).map_err(said)? {
        let begin = record.position().map_or(0, csv::Position::byte) as usize;
        let mut row = Row { number: rows.next(bytes, begin), ..Row::default() };
        if row.number > MAX_ROWS {
            return Err(SheetError::TooManyRows(MAX_ROWS));
        }
        for (index, cell) in record.iter().enumerate() {
            check_size(row.number, index + 1, cell)?;
            row.cells.extend(tidy(cell).map(|text| (index + 1, text)));
        }
        count += row.cells.len();
        if count > MAX_CELLS {
            return Err(SheetError::TooManyCells(MAX_CELLS));
        }
        if !row.cells.is_empty() {
            list.rows.push(row);
        }
    }
    if list.rows.is_empty() { Err(SheetError::Empty) } else { Ok(list) }
}

/// What stands most often between the heads: a semicolon where the decimal sign is a comma.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes().take(64 << 10) {
        quoted ^= byte == b'"';
        if byte == b'\n' && !quoted {
            break;
        }
        counts.iter_mut().filter(|(sign, _)| *sign == byte && !quoted).for_each(|(_, count)| *count += 1);
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_list_are_numbered_as_the_spreadsheet_shows_them_whatever_ends_its_lines() {
        for end in ["\n", "\r\n"] {
            let text = ["Tên;Loại", "\"Bản đồ", "1838\";Bản đồ", "", "Gia phả;Văn bản", ""].join(end);
            let numbers: Vec<usize> =
                read_csv(text.as_bytes()).expect("read").rows.iter().map(|row| row.number).collect();
            assert_eq!(numbers, [1, 2, 4], "{end:?}");
        }
    }
}
