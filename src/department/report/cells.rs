//! Cells of a report by their names: `items/map-a/openings` as HTML, CSV, DOCX and the dashboard have it, or
//! `Tư liệu!C7` as the workbook does. `*` stands for the sum of a column.

use super::guard::guarded;
use super::tables::{self, Cell, Table};
use super::words::Language;
use super::xlsx::HEAD_ROW;
use crate::department::figures::{Count, Figures};
use jiff::civil::Date;

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
    let unsplit = figures.days_unsplit().filter(|number| *number > 0 && figures.is_whole && !figures.days.is_empty());
    let row = |(day, count): &(Date, Count)| (day.to_string(), vec![Cell::Date(*day), Cell::Count(*count)]);
    let last = unsplit.map(|number| (tables::UNSPLIT.to_owned(), vec![Cell::Empty, Cell::Count(Count::Shown(number))]));
    let (keys, rows) = figures.days.iter().map(row).chain(last).unzip();
    Table {
        id: "days",
        name: String::new(),
        title: String::new(),
        notes: Vec::new(),
        columns: vec![column(""), column("visits")],
        rows,
        keys,
        has_unsplit: unsplit.is_some(),
    }
}

fn named(tables: &[Table], text: &str) -> Option<Found> {
    let mut parts = text.split('/');
    // Written in any case; the names themselves are small.
    let (id, row, mut column) = (parts.next()?.to_lowercase(), parts.next()?, parts.next()?);
    if (id.as_str(), column) == ("hours", "*") {
        column = tables::ALL_HOURS;
    }
    // The dashboard calls this table otherwise, and its only column as well.
    let id = if id == "key" { "summary" } else { id.as_str() };
    let same = |known: &str, asked: &str| known.to_lowercase() == asked.to_lowercase();
    let table = tables.iter().find(|table| table.id == id).filter(|_| parts.next().is_none())?;
    let at = table.columns.iter().position(|known| !known.key.is_empty() && same(known.key, column))?;
    let row = table.keys.iter().find(|key| same(key, row)).map_or(row, String::as_str);
    found(table, at, [table.id, row, table.columns[at].key])
}

fn is_sheet(table: &Table, sheet: &str) -> bool {
    let sheet = sheet.to_lowercase();
    table.id == sheet || (!sheet.is_empty() && table.name.to_lowercase() == sheet)
}

fn referred(tables: &[Table], sheet: &str, cell: &str) -> Option<Found> {
    let sheet = sheet.trim_matches('\'');
    let table = tables.iter().find(|table| is_sheet(table, sheet))?;
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
    let row = match table.keys.get(row) {
        Some(key) => key.as_str(),
        None if row == table.keys.len() && table.columns.iter().any(|column| column.adds_up) => "*",
        None => return None,
    };
    let of = table.columns.get(column).filter(|column| !column.key.is_empty())?;
    found(table, column, [table.id, row, of.key])
}

/// One cell, or the sum of a column.
fn found(table: &Table, column: usize, name: [&str; 3]) -> Option<Found> {
    let value = if name[1] == "*" {
        table.keys.first()?;
        table.sum_of(column).map_or(Cell::Hidden, |sum| Cell::Count(Count::Shown(sum)))
    } else {
        let row = table.keys.iter().position(|key| key == name[1])?;
        table.rows.get(row)?.get(column)?.clone()
    };
    Some(Found { name: name.map(str::to_owned), value })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_cell_is_found_whatever_the_case_of_its_name() {
        let figures = sample::figures();
        let found = find(&figures, "summary/visits/value").expect("a cell");
        assert_eq!(find(&figures, "Summary/VISITS/Value"), Some(found));
        assert_eq!(find(&figures, "tư liệu!c7"), find(&figures, "Tư liệu!C7"));
        assert!(find(&figures, "Tư liệu!C7").is_some());
    }
}
