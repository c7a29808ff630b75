//! Tables: one model that is shown as HTML and downloaded as CSV, so that both say the same.

pub mod csv;
pub mod html;
pub mod of_figures;
mod of_kiosks;
pub mod view;

use super::wording::{Wording, clock_time};
use crate::department::figures::Count;
use jiff::civil::Date;
use maud::{Markup, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names the row.
    Head,
    Text,
    Number,
}

pub struct Column {
    /// In addresses; never shown.
    pub key: &'static str,
    pub title: String,
    pub kind: Kind,
}

/// What a column is sorted by. Hidden counts are equal, for their order would tell something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    Nothing,
    Number(u64),
    Text(String),
}

#[derive(Clone)]
pub struct Cell {
    pub shown: Markup,
    /// For CSV: numbers as bare digits.
    pub plain: String,
    pub order: Order,
}

#[derive(Clone)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Needs attention.
    pub marked: bool,
    /// What is not split up among the other rows; always last.
    pub is_rest: bool,
}

pub struct Table {
    pub name: &'static str,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Column {
    pub fn new(key: &'static str, title: &str, kind: Kind) -> Self {
        Self { key, title: title.to_owned(), kind }
    }
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, marked: false, is_rest: false }
    }
}

impl Cell {
    pub fn text(text: &str) -> Self {
        Self { shown: html! { (text) }, plain: text.to_owned(), order: Order::Text(super::fold::fold(text)) }
    }

    pub fn link(text: &str, address: &str) -> Self {
        Self { shown: html! { a href=(address) { (text) } }, ..Self::text(text) }
    }

    /// A text that is sorted by something else than its letters.
    pub fn placed(text: &str, shown: Markup, order: u64) -> Self {
        Self { shown, plain: text.to_owned(), order: Order::Number(order) }
    }

    pub fn count(wording: Wording, count: Count) -> Self {
        let (shown, spoken) = (wording.count(count), wording.spoken(count));
        let (plain, order) = match count {
            Count::Shown(number) => (number.to_string(), Order::Number(number)),
            Count::Few => (format!("<{}", wording.threshold), Order::Nothing),
            Count::Withheld => ("…".to_owned(), Order::Nothing),
        };
        let shown = match count {
            Count::Shown(_) => html! { (shown) },
            Count::Few | Count::Withheld => {
                html! { span.hidden-count aria-hidden="true" title=(spoken) { (shown) } span.vh { (spoken) } }
            }
        };
        Self { shown, plain, order }
    }

    pub fn number(wording: Wording, number: u64) -> Self {
        Self { shown: html! { (wording.number(number)) }, plain: number.to_string(), order: Order::Number(number) }
    }

    /// Minutes and seconds; seconds in CSV.
    pub fn duration(wording: Wording, millis: Option<u64>) -> Self {
        millis.map_or_else(
            || Self::none(wording),
            |millis| Self {
                shown: html! { (clock_time(millis)) },
                plain: ((millis + 500) / 1000).to_string(),
                order: Order::Number(millis),
            },
        )
    }

    pub fn percent(wording: Wording, percent: Option<u64>) -> Self {
        percent.map_or_else(
            || Self::none(wording),
            |percent| Self {
                shown: html! { (percent) "%" },
                plain: percent.to_string(),
                order: Order::Number(percent),
            },
        )
    }

    pub fn date(wording: Wording, date: Option<Date>) -> Self {
        date.map_or_else(
            || Self::none(wording),
            |date| Self {
                shown: html! { (wording.date(date)) },
                plain: date.to_string(),
                order: Order::Text(date.to_string()),
            },
        )
    }

    /// Nothing is known.
    pub fn none(wording: Wording) -> Self {
        let words = wording.of("không có", "none");
        Self {
            shown: html! { span.quiet aria-hidden="true" { "–" } span.vh { (words) } },
            plain: String::new(),
            order: Order::Nothing,
        }
    }
}
