//! Cells of a report by their names: `items/map-a/openings` as HTML, CSV, DOCX and the dashboard have it, or
//! `Tư liệu!C7` as the workbook does. `*` stands for the sum of a column, or of a row of hours.

use super::guard::guarded;
use super::tables::{self, Cell, Table};
use super::words::Language;
use super::xlsx::HEAD_ROW;
use crate::department::figures::{Count, Figures};

/// A cell that a report has.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The name: table, row, column.
    pub name: [String; 3],
    pub value: Cell,
}

/// Looks a cell up. `None`: no report of these figures has one of that name.
pub fn find(figures: &Figures, text: &str) -> Option<Found> {
    let figures = guarded(figures);
    let days = days(&figures);
    [Language::Vietnamese, Language::English].into_iter().find_map(|language| {
        let mut tables = tables::all(&figures, language);
        tables.push(days.clone());
        let text = text.trim();
        text.rsplit_once('!').map_or_else(|| named(&tables, text), |(sheet, cell)| referred(&tables, sheet, cell))
    })
}

/// The dashboard's table of a kiosk's days; reports do without.
fn days(figures: &Figures) -> Table {
    let column = |key| tables::Column { title: String::new(), width: 0, adds_up: true, key };
    Table {
        id: "days",
        name: String::new(),
        title: String::new(),
        notes: Vec::new(),
        columns: vec![column(""), column("visits")],
        rows: figures.days.iter().map(|(day, count)| vec![Cell::Date(*day), Cell::Count(*count)]).collect(),
        keys: figures.days.iter().map(|(day, _)| day.to_string()).collect(),
    }
}

fn named(tables: &[Table], text: &str) -> Option<Found> {
    let mut parts = text.split('/');
    let (id, row, column) = (parts.next()?, parts.next()?, parts.next()?);
    // The dashboard calls this table otherwise, and its only column as well.
    let id = if id == "key" { "summary" } else { id };
    let table = tables.iter().find(|table| table.id == id).filter(|_| parts.next().is_none())?;
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.columns[*at].key.is_empty() && (column == "*" || table.columns[*at].key == column))
        .collect();
    let rows: Vec<usize> = (0..table.keys.len()).filter(|at| row == "*" || table.keys[*at] == row).collect();
    found(table, &rows, &columns, [id, row, column])
}

fn referred(tables: &[Table], sheet: &str, cell: &str) -> Option<Found> {
    let sheet = sheet.trim_matches('\'');
    let table = tables.iter().find(|table| table.id == sheet || (!sheet.is_empty() && table.name == sheet))?;
    let cell = cell.replace('$', "");
    let digits = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = cell.split_at(digits);
    let of_letter = |sum: usize, letter: char| {
        let place = u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A')).filter(|place| *place < 26)?;
        Some(sum.checked_mul(26)? + place as usize + 1)
    };
    let column = letters.chars().try_fold(0, of_letter)?.checked_sub(1)?;
    // Rows are told from 1, and the first one of the table lies below its head.
    let row = number.parse::<usize>().ok()?.checked_sub(HEAD_ROW as usize + 2)?;
    let keyed = |column: &tables::Column| !column.key.is_empty();
    let all_rows: Vec<usize> = (0..table.keys.len()).collect();
    let all_columns: Vec<usize> = (0..table.columns.len()).filter(|at| keyed(&table.columns[*at])).collect();
    let (rows, row) = match table.keys.get(row) {
        Some(key) => (vec![row], key.as_str()),
        None if row == table.keys.len() && table.columns.iter().any(|column| column.adds_up) => (all_rows, "*"),
        None => return None,
    };
    let (columns, column) = match table.columns.get(column) {
        Some(of) if keyed(of) => (vec![column], of.key),
        None if column == table.columns.len() && table.id == "hours" => (all_columns, "*"),
        _ => return None,
    };
    found(table, &rows, &columns, [table.id, row, column])
}

/// One cell, or the sum of several that may be added up.
fn found(table: &Table, rows: &[usize], columns: &[usize], name: [&str; 3]) -> Option<Found> {
    let cells: Vec<&Cell> =
        rows.iter().flat_map(|row| columns.iter().filter_map(|column| table.rows.get(*row)?.get(*column))).collect();
    let name = name.map(str::to_owned);
    let is_sum = name.iter().any(|part| part == "*");
    let value = match cells[..] {
        [] => return None,
        [cell] if !is_sum => cell.clone(),
        _ => {
            let worth = |cell: &&Cell| match cell {
                Cell::Count(Count::Shown(number)) | Cell::Number(number) => Some(*number),
                _ => None,
            };
            let adds_up = columns.iter().all(|column| table.columns[*column].adds_up);
            let sum = cells.iter().try_fold(0_u64, |sum, cell| sum.checked_add(worth(cell)?)).filter(|_| adds_up);
            sum.map_or(Cell::Hidden, |sum| Cell::Count(Count::Shown(sum)))
        }
    };
    Some(Found { name, value })
}
