//! The tables of a report as data: what the workbook, the CSV files and the print page show alike. Cells keep their
//! type; how one is written is for the format to say.

mod contents;
mod places;
mod summary;
mod visits;

use jiff::civil::Date;

pub use contents::hidden_by_kiosk;
pub use places::moved;
pub use visits::ALL_HOURS;

use super::guard::is_shown;
use super::numbers;
use super::words::Language;
use crate::department::figures::{Count, Figures, Words};

/// The ids of the tables, in their order.
pub const TABLES: [&str; 10] =
    ["summary", "weeks", "hours", "lengths", "languages", "items", "paths", "places", "kiosks", "sources"];

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub id: &'static str,
    /// Short enough for the name of a sheet.
    pub name: String,
    pub title: String,
    /// Which journals the numbers come from, and what the signs mean.
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// What names each row in the names of its cells; none where the cells are no figures.
    pub keys: Vec<String>,
    /// The last row is what is not split up among the others.
    pub has_unsplit: bool,
}

/// Names the row of what is not split up, in the names of its cells.
pub const UNSPLIT: &str = "_unsplit";

impl Table {
    /// Adds to the first note: a sheet has room for so many lines above its head.
    fn add_note(&mut self, text: &str) {
        if let Some(first) = self.notes.first_mut() {
            *first += &format!(" {text}");
        }
    }

    /// The rows without what is not split up.
    pub fn own_rows(&self) -> usize {
        self.rows.len() - usize::from(self.has_unsplit)
    }

    /// What a column adds up to. With what is not split up it is the total, however many rows are hidden; without that
    /// there is none where a row is hidden.
    pub fn sum_of(&self, column: usize) -> Option<u64> {
        let worth = |cell: &Cell| match cell {
            Cell::Count(Count::Shown(number)) | Cell::Number(number) => Some(*number),
            _ => None,
        };
        let of = |row: &Vec<Cell>| row.get(column).and_then(worth);
        let adds_up = self.columns.get(column).is_some_and(|column| column.adds_up) && !self.rows.is_empty();
        let is_total = self.has_unsplit && self.rows.last().and_then(of).is_some();
        let add = |sum: u64, row: &Vec<Cell>| match (of(row), row.get(column)) {
            (Some(number), _) => sum.checked_add(number),
            (None, Some(Cell::Count(_))) if is_total => Some(sum),
            _ => None,
        };
        self.rows.iter().filter(|_| adds_up).try_fold(0, add).filter(|_| adds_up)
    }

    /// The name of a cell, `table/row/column`, as `haidang-visits explain` takes it; none where there is no figure.
    pub fn cell_name(&self, row: usize, column: usize) -> Option<String> {
        let column = self.columns.get(column).filter(|column| !column.key.is_empty())?;
        Some(format!("{}/{}/{}", self.id, self.keys.get(row)?, column.key))
    }

    /// How the cells of some columns are named, for a person to read.
    pub fn names_of(&self, columns: impl Iterator<Item = usize>, language: Language) -> Option<String> {
        let keys: Vec<&str> = columns
            .filter_map(|at| self.columns.get(at))
            .map(|column| column.key)
            .filter(|key| !key.is_empty())
            .collect();
        let first = self.keys.first().filter(|_| !keys.is_empty())?;
        let (id, keys) = (self.id, keys.join(", "));
        Some(language.pick(
            format!("Tên ô: {id}/{first}/… (bảng/dòng/cột); các cột: {keys}."),
            format!("Names of cells: {id}/{first}/… (table/row/column); columns: {keys}."),
        ))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    pub width: u16,
    /// Whether the cells may be added up.
    pub adds_up: bool,
    /// What names the column in the names of its cells; empty where they are no figures.
    pub key: &'static str,
}

impl Column {
    fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Count(Count),
    Number(u64),
    Millis(u64),
    /// Hours, as milliseconds.
    Hours(u64),
    Date(Date),
    Percent(i64),
    /// Not told, because it rests on a hidden count.
    Hidden,
}

impl Cell {
    /// The cell as a person reads it.
    pub fn shown(&self, threshold: u64, language: Language) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => numbers::count(*count, threshold, language),
            Self::Number(number) => numbers::whole(*number, language),
            Self::Millis(millis) => numbers::clock(*millis),
            Self::Hours(millis) => numbers::hours(*millis, language),
            Self::Date(date) => numbers::table_date(*date, language),
            Self::Percent(percent) => format!("{percent}%"),
            Self::Hidden => "…".to_owned(),
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Empty)
    }
}

/// All tables, in the order of [`TABLES`].
pub fn all(figures: &Figures, language: Language) -> Vec<Table> {
    let making = Making { figures, language };
    vec![
        making.summary(),
        making.weeks(),
        making.hours(),
        making.lengths(),
        making.languages(),
        making.items(),
        making.paths(),
        making.places(),
        making.kiosks(),
        making.sources(),
    ]
}

/// The title of an item by its id; the id where no title is known.
pub fn item_title(figures: &Figures, id: &str, language: Language) -> String {
    let title = figures.items.iter().find(|row| row.item == id).map(|row| language.of(&row.title)).unwrap_or_default();
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}

fn column(title: &str, width: u16) -> Column {
    Column { title: title.to_owned(), width, adds_up: false, key: "" }
}

fn sum(title: &str, width: u16) -> Column {
    Column { title: title.to_owned(), width, adds_up: true, key: "" }
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn date(date: Option<Date>) -> Cell {
    date.map_or(Cell::Empty, Cell::Date)
}

/// A median that rests on `count`.
fn resting(count: Count, value: Option<u64>, cell: fn(u64) -> Cell) -> Cell {
    match value {
        _ if !is_shown(count) => Cell::Hidden,
        Some(value) => cell(value),
        None => Cell::Empty,
    }
}

/// What a table is made from.
struct Making<'a> {
    figures: &'a Figures,
    language: Language,
}

impl Making<'_> {
    fn say(&self, vi: &str, en: &str) -> String {
        self.language.pick(vi, en).to_owned()
    }

    fn words(&self, words: &Words) -> Cell {
        text(self.language.of(words))
    }

    /// Where the numbers of a whole table come from.
    fn source(&self) -> String {
        let all = self.figures.journals.len();
        match all {
            0 => self.say("Nguồn: chưa có nhật ký nào.", "Source: no journals yet."),
            1 => self.say("Nguồn: nhật ký số 1 trong bảng “Nguồn”.", "Source: journal 1 of the table “Sources”."),
            _ => self.language.pick(
                format!("Nguồn: nhật ký số 1–{all} trong bảng “Nguồn”."),
                format!("Source: journals 1–{all} of the table “Sources”."),
            ),
        }
    }

    fn signs(&self) -> String {
        let threshold = self.figures.threshold;
        self.language.pick(
            format!(
                "Mỗi dòng là ít nhất bấy nhiêu; phần không biết thuộc dòng nào nằm ở dòng “không phân chia”. “< {threshold}”: ít hơn {threshold}, có thể không có, không công bố. “…”: không công bố vì suy ra được số đã ẩn."
            ),
            format!(
                "Each row is at least so many; what is known of no row is “not split up”. “< {threshold}”: fewer than {threshold}, perhaps none, not published. “…”: not published, since a hidden number would follow from it."
            ),
        )
    }

    fn table(&self, id: &'static str, name: (&str, &str), title: (&str, &str), columns: Vec<Column>) -> Table {
        Table {
            id,
            name: self.say(name.0, name.1),
            title: self.say(title.0, title.1),
            notes: vec![self.source(), self.signs()],
            columns,
            rows: Vec::new(),
            keys: Vec::new(),
            has_unsplit: false,
        }
    }

    /// Adds what is not split up as the last row, in columns from the second on. Not where nothing is told of any row.
    fn with_unsplit(&self, mut table: Table, cells: Vec<Cell>) -> Table {
        if self.figures.is_whole && !table.rows.is_empty() {
            let name = text(self.language.pick("Không phân chia", "Not split up"));
            table.rows.push(std::iter::once(name).chain(cells).collect());
            table.keys.push(UNSPLIT.to_owned());
            table.has_unsplit = true;
        }
        table
    }

    /// The same for a table of one column of visits.
    fn with_visits_unsplit(&self, table: Table, unsplit: Option<u64>) -> Table {
        match unsplit {
            Some(number @ 1..) => self.with_unsplit(table, vec![Cell::Count(Count::Shown(number))]),
            _ => table,
        }
    }

    fn visits_column(&self) -> Column {
        sum(self.language.pick("Lượt xem", "Visits"), 14).key("visits")
    }
}
