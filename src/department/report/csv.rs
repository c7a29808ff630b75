//! CSV: UTF-8 with byte order mark, so that Excel reads the diacritics; comma, CRLF. Numbers bare, lengths of time in
//! seconds, dates as 2026-11-20. A hidden count keeps its sign. One file holds every table, one value a line; a folder
//! (ZIP) holds one file a table.

use csv::{Terminator, WriterBuilder};

use super::ReportError;
use super::archive::Archive;
use super::numbers;
use super::tables::{self, Cell, Table};
use super::words::Language;
use crate::department::figures::{Count, Figures};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Every table in one file, one value a line.
pub fn one_file(figures: &Figures, language: Language) -> Result<Vec<u8>, ReportError> {
    let head = language.pick(
        ["Đơn vị hành chính", "Từ ngày", "Đến ngày", "Bảng", "Dòng", "Tên dòng", "Cột", "Giá trị", "Tên ô"],
        ["Administrative unit", "First day", "Last day", "Table", "Row", "Name of the row", "Column", "Value", "Cell"],
    );
    let whose =
        [language.of(&figures.unit.name).to_owned(), figures.period.first.to_string(), figures.period.last.to_string()];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for table in for_machines(figures, language) {
        for (number, row) in (1_usize..).zip(&table.rows) {
            let name = row.first().map(|cell| bare(cell, figures.threshold)).unwrap_or_default();
            for (at, (column, cell)) in table.columns.iter().zip(row).enumerate().skip(1) {
                let mut line = whose.to_vec();
                line.extend([table.name.clone(), number.to_string(), name.clone(), column.title.clone()]);
                line.push(bare(cell, figures.threshold));
                line.push(table.cell_name(number - 1, at).unwrap_or_default());
                lines.push(line);
            }
        }
    }
    lines_as_csv(lines)
}

/// A folder of files, one a table.
pub fn folder(figures: &Figures, language: Language) -> Result<Vec<u8>, ReportError> {
    let mut archive = Archive::default();
    for (number, table) in (1..).zip(for_machines(figures, language)) {
        archive.add(&format!("{number:02}-{}.csv", table.id), &rows(&table, figures.threshold)?)?;
    }
    Ok(archive.finish()?)
}

/// The tables; where a row tells its unit, that is the unit of the bare number.
fn for_machines(figures: &Figures, language: Language) -> Vec<Table> {
    let mut tables = tables::all(figures, language);
    for row in tables.iter_mut().filter(|table| table.id == "summary").flat_map(|table| &mut table.rows) {
        let unit = match row.get(1) {
            Some(Cell::Millis(_)) => language.pick("giây", "s"),
            Some(Cell::Percent(_)) => "%",
            _ => continue,
        };
        if let Some(cell) = row.get_mut(2) {
            *cell = Cell::Text(unit.to_owned());
        }
    }
    tables
}

pub fn one_table(table: &Table, threshold: u64) -> Result<Vec<u8>, ReportError> {
    rows(table, threshold)
}

fn rows(table: &Table, threshold: u64) -> Result<Vec<u8>, ReportError> {
    let mut lines = vec![table.columns.iter().map(|column| column.title.clone()).collect()];
    lines.extend(table.rows.iter().map(|row| row.iter().map(|cell| bare(cell, threshold)).collect()));
    lines_as_csv(lines)
}

fn lines_as_csv(lines: Vec<Vec<String>>) -> Result<Vec<u8>, ReportError> {
    let failed = |error: csv::Error| ReportError::Table(error.to_string());
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    for line in lines {
        writer.write_record(line.iter().map(|field| harmless(field))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ReportError::Table(error.to_string()))
}

/// The cell for machines.
fn bare(cell: &Cell, threshold: u64) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(Count::Shown(number)) | Cell::Number(number) => number.to_string(),
        Cell::Count(Count::Few) => format!("<{threshold}"),
        Cell::Count(Count::Withheld) | Cell::Hidden => "…".to_owned(),
        Cell::Millis(millis) => (millis.saturating_add(500) / 1000).to_string(),
        Cell::Hours(millis) => numbers::hours_bare(*millis),
        Cell::Date(date) => date.to_string(),
        Cell::Percent(percent) => percent.to_string(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays one.
fn harmless(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    if formula { format!("'{field}") } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_as_in_the_pdf() {
        // 887.25 hours lie between two tenths: one way for all.
        for (millis, bare_hours, shown) in [(3_194_100_000, "887.3", "887,3"), (4_336_200_000, "1204.5", "1.204,5")] {
            assert_eq!(bare(&Cell::Hours(millis), 5), bare_hours);
            assert_eq!(Cell::Hours(millis).shown(5, Language::Vietnamese), shown);
        }
    }

    #[test]
    fn a_median_of_50_seconds_is_not_50_minutes_and_a_change_is_in_per_cent() {
        let mut figures = super::super::sample::figures();
        figures.key.median_visit_millis = Some(50_000);
        let csv = String::from_utf8(folder_file(&figures)).expect("UTF-8");
        let line = |name: &str| csv.lines().find(|line| line.starts_with(name)).expect("a line").to_owned();
        assert!(line("\"Thời gian một lượt, trung vị\"").contains(",50,giây,"), "{csv}");
        assert!(line("\"Tăng, giảm so với kỳ trước\"").contains(",12,%,"), "{csv}");
    }

    fn folder_file(figures: &Figures) -> Vec<u8> {
        rows(&for_machines(figures, Language::Vietnamese)[0], 5).expect("a table")
    }

    #[test]
    fn formulas_in_titles_are_made_harmless() {
        assert_eq!(harmless("=HYPERLINK(\"a\")"), "'=HYPERLINK(\"a\")");
        assert_eq!(harmless("-12"), "-12");
        assert_eq!(harmless("-12+A1"), "'-12+A1");
        assert_eq!(harmless("Châu bản"), "Châu bản");
    }
}
