//! What several rows say of one hall or one source: the first row counts, and a row that says otherwise is told with
//! both cells.

use super::cells;
use super::columns::Column;
use super::rows::{Desk, Line};
use super::shown;

/// What several rows may tell.
#[derive(Clone, Copy)]
pub enum Thing<'a> {
    Hall(&'a str),
    /// By its id.
    Source(&'a str),
}

/// What was said first, and in which cell.
pub struct First {
    row: usize,
    column: Column,
    meaning: String,
    words: String,
}

impl Thing<'_> {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hall(_) => ("gian", "hall"),
            Self::Source(_) => ("nguồn", "source"),
        }
    }

    fn key(self, field: &'static str) -> String {
        match self {
            Self::Hall(name) => format!("hall {name} {field}"),
            Self::Source(id) => format!("source {id} {field}"),
        }
    }
}

impl Desk<'_> {
    /// Takes note of what a cell says of a thing. `meaning` is the cell's word when it stands for another one.
    pub fn agree(
        &mut self,
        line: Line<'_>,
        (thing, field): (Thing<'_>, &'static str),
        column: Column,
        meaning: Option<&str>,
    ) {
        let Some(text) = line.get(column) else { return };
        let meaning = meaning.unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let words = shown(text);
        let Some(first) = self.firsts.get(&thing.key(field)) else {
            let first = First { row: line.row.number, column, meaning, words };
            self.firsts.insert(thing.key(field), first);
            return;
        };
        if first.meaning == meaning {
            return;
        }
        let cell = |row, column| {
            let number = line.columns.get(&column).map_or(1, |(number, _)| *number);
            cells::named(row, number, "")
        };
        let (there, here) = (cell(first.row, first.column), cell(line.row.number, column));
        let (vi, en) = thing.words();
        let before = &first.words;
        let said = (
            format!("Cùng một {vi} mà ô {there} ghi “{before}”, ô {here} ghi “{words}”; chỉ ô {there} được dùng."),
            format!("Of one {en} {there} says “{before}” and {here} “{words}”; only {there} is used."),
        );
        let hint = (
            format!("Ghi giống nhau ở cả hai ô; nếu là hai {vi} thì đặt tên khác nhau."),
            format!("Write the same in both cells; if these are two {en}s, give them different names."),
        );
        self.tell("rows-disagree", line, column, said, (&hint.0, &hint.1));
    }
}
