//! What the cells of a list are called: `I5 · Niên đại`, as a spreadsheet shows it and its own head names it.

use super::columns::{Column, FACTS_SHEET};
use super::facts::Fact;
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Place, Said};
use std::collections::BTreeMap;

/// The code of a column that the list does not have.
pub const MISSING_COLUMN: &str = "missing-column";

/// Where things stand in the list that a draft is made of.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The list's name, for telling.
    pub file: String,
    /// The number of each column and its head, as the list has it.
    pub columns: BTreeMap<Column, (usize, String)>,
    /// Columns that nobody knows: the cell of the head, and the head.
    pub unknown: Vec<(String, String)>,
    /// The rows of the exhibit's sheet.
    pub facts: BTreeMap<Fact, usize>,
}

impl Layout {
    pub fn cell(&self, row: usize, column: Column) -> Place {
        let (vi, en) = column.head().map_or(("", ""), |head| (head.vi, head.en));
        match self.columns.get(&column) {
            Some((number, head)) => place(&self.file, (row, *number), en, named(row, *number, head)),
            // A column that the list does not have.
            None => place(&self.file, (row, 1), en, format!("dòng · row {row} · {vi}")),
        }
    }

    /// Of a column that the list does not have: the place, what is said of it, and what to do.
    pub fn lacking(&self, column: Column) -> Option<(Place, Said, Said)> {
        let head = column.head().filter(|_| !self.columns.contains_key(&column))?;
        let place = Place {
            key_path: head.en.to_owned(),
            cell: format!("cột · column {}", head.vi),
            ..Place::file(&self.file)
        };
        let message = Said::new(format!("Thiếu cột “{}”.", head.vi), format!("The column “{}” is missing.", head.en));
        let hint = match self.unknown.first() {
            Some((cell, name)) => Said::new(
                format!(
                    "Nếu cột “{name}” ({cell}) là cột này thì đổi tên thành “{}”; nếu không thì thêm cột này.",
                    head.vi
                ),
                format!("If “{name}” ({cell}) is this column, call it “{}”; otherwise add the column.", head.en),
            ),
            None => Said::new("Thêm cột này như trong bảng mẫu.", "Add the column as the template has it."),
        };
        Some((place, message, hint))
    }

    pub fn fact(&self, fact: Fact) -> Place {
        let (row, known) = (self.facts.get(&fact).copied(), fact.told());
        let sheet = FACTS_SHEET.split(" · ").next().unwrap_or(FACTS_SHEET);
        let cell = row.map_or_else(|| known.vi.to_owned(), |row| named(row, 2, known.vi));
        let key = format!("exhibit.{}", known.key);
        match row {
            Some(row) => place(&self.file, (row, 2), &key, format!("{sheet}!{cell}")),
            None if self.facts.is_empty() => Place { key_path: key, cell, ..Place::file(&self.file) },
            None => Place { key_path: key, cell: format!("{sheet}! {cell}"), ..Place::file(&self.file) },
        }
    }
}

fn place(file: &str, (line, column): (usize, usize), key: &str, cell: String) -> Place {
    Place { file: file.to_owned(), at: Some(LineColumn { line, column }), key_path: key.to_owned(), cell }
}

/// `I5 · Niên đại`; without a name where there is none.
pub fn named(row: usize, column: usize, head: &str) -> String {
    let head = head.lines().next().unwrap_or_default().trim();
    let cell = format!("{}{row}", letters(column));
    if head.is_empty() { cell } else { format!("{cell} · {head}") }
}

/// The letters of a column, from 1: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_called_as_the_spreadsheet_calls_it() {
        assert_eq!(named(5, 9, "Niên đại\ndate"), "I5 · Niên đại");
        assert_eq!(
            (letters(1), letters(26), letters(27), letters(52)),
            ("A".into(), "Z".into(), "AA".into(), "AZ".into())
        );
        assert_eq!(named(2, 30, ""), "AD2");
    }
}
