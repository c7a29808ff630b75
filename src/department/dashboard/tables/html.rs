//! A table on a page: a caption, headings that sort, a search, sheets to leaf through.

use super::view::Sheet;
use super::{Column, Kind, Order, Row, Table};
use crate::department::dashboard::address::{Address, View};
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::wording::Wording;
use maud::{Markup, html};

/// The whole table without search and sorting: the numbers of a chart, or a short list.
pub fn plain(table: &Table, wording: Wording) -> Markup {
    html! {
        div.table-frame role="region" tabindex="0" aria-label=(frame_name(table, wording)) {
            table class=[stacks(table)] {
                caption.vh { (table.title) }
                thead { tr { @for column in &table.columns { th scope="col" class=[class_of(column)] { (column.title) } } } }
                (body(table, &table.rows))
            }
        }
    }
}

/// With search, sorting and sheets.
pub fn searchable(table: &Table, address: &Address, wording: Wording, hint: &str) -> Markup {
    let sheet = table.look(&address.view);
    let complete = sheet.found == table.rows.len() && sheet.sheets == 1;
    html! {
        (search_form(table, address, wording, hint))
        p.found role="status" data-found=(table.name) data-words=(wording.of("{} dòng", "{} rows")) {
            (wording.number(sheet.found as u64)) " " (wording.of("dòng", "rows"))
            @if sheet.found < table.rows.len() { " " (wording.of("trong", "of")) " " (wording.number(table.rows.len() as u64)) }
        }
        div.table-frame role="region" tabindex="0" aria-label=(frame_name(table, wording)) {
            table id=(format!("table-{}", table.name)) class=[stacks(table)] data-complete[complete] {
                caption.vh { (table.title) }
                thead { tr { @for column in &table.columns { (sorting_head(column, address, wording)) } } }
                (body(table, &sheet.rows))
            }
        }
        @if sheet.rows.is_empty() {
            p.empty { (wording.of("Không có dòng nào. Hãy thử từ khác hoặc kỳ khác.", "No rows. Try another word or another period.")) }
        }
        (leafing(&sheet, address, wording))
    }
}

/// The frame can be scrolled with the keyboard; its name differs from that of the section around it.
fn frame_name(table: &Table, wording: Wording) -> String {
    format!("{}: {}", wording.of("Bảng", "Table"), table.title)
}

fn search_form(table: &Table, address: &Address, wording: Wording, hint: &str) -> Markup {
    let others = View { wish: String::new(), sheet: 0, ..address.view.clone() };
    let id = format!("search-{}", table.name);
    html! {
        form.search role="search" method="get" action=(address.path()) {
            @for (name, value) in address.choice.pairs().into_iter().chain(others.pairs()) {
                input type="hidden" name=(name) value=(value);
            }
            label for=(id) { (hint) }
            span.search-line {
                input id=(id) type="search" name="q" value=(address.view.wish) maxlength="100" autocomplete="off"
                    data-search=(format!("table-{}", table.name));
                button.button type="submit" { (icon("magnifier")) (wording.of("Tìm", "Search")) }
                @if !address.view.wish.is_empty() {
                    a.button href=(address.view(others).to_string()) { (wording.of("Bỏ tìm", "Clear")) }
                }
            }
        }
    }
}

fn sorting_head(column: &Column, address: &Address, wording: Wording) -> Markup {
    let here = address.view.sort.as_deref() == Some(column.key);
    // Names begin with A, numbers with the greatest.
    let descending = if here { !address.view.descending } else { column.kind == Kind::Number };
    let view = View { sort: Some(column.key.to_owned()), descending, sheet: 0, ..address.view.clone() };
    let state = match (here, address.view.descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    html! {
        th scope="col" class=[class_of(column)] aria-sort=[state] {
            a.sort href=(address.view(view).to_string()) rel="nofollow" title=(wording.of("Sắp xếp theo cột này", "Sort by this column")) { (column.title) }
        }
    }
}

fn body(table: &Table, rows: &[Row]) -> Markup {
    html! {
        tbody {
            @for row in rows {
                tr class=[row.marked.then_some("marked")] data-rest[row.is_rest] {
                    @for (cell, column) in row.cells.iter().zip(&table.columns) {
                        @let order = sort_key(&cell.order);
                        @if column.kind == Kind::Head {
                            th scope="row" data-order=(order) { (cell.shown) }
                        } @else {
                            td class=[class_of(column)] data-order=(order) data-column=(column.title) { (cell.shown) }
                        }
                    }
                }
            }
        }
    }
}

fn leafing(sheet: &Sheet, address: &Address, wording: Wording) -> Markup {
    let to = |sheet: usize| address.view(View { sheet, ..address.view.clone() }).to_string();
    html! {
        @if sheet.sheets > 1 {
            nav.leafing aria-label=(wording.of("Các trang của bảng", "Sheets of the table")) {
                @if sheet.sheet > 0 { a.button rel="prev" href=(to(sheet.sheet - 1)) { (icon("chevron-left")) (wording.of("Trang trước", "Previous")) } }
                span { (wording.of("Trang", "Sheet")) " " (sheet.sheet + 1) " / " (sheet.sheets) }
                @if sheet.sheet + 1 < sheet.sheets { a.button rel="next" href=(to(sheet.sheet + 1)) { (wording.of("Trang sau", "Next")) (icon("chevron-right")) } }
            }
        }
    }
}

/// On a telephone the rows of such a table are stacked, each cell with its column's name: narrow tables need it not, and
/// the hours of the day would become endless.
fn stacks(table: &Table) -> Option<&'static str> {
    let texts = table.columns.iter().filter(|column| column.kind != Kind::Number).count();
    ((4..=10).contains(&table.columns.len()) || texts > 1).then_some("stacks")
}

fn class_of(column: &Column) -> Option<&'static str> {
    (column.kind == Kind::Number).then_some("number")
}

/// For the script: numbers as they are, nothing before everything.
fn sort_key(order: &Order) -> String {
    match order {
        Order::Nothing => String::new(),
        Order::Number(number) => number.to_string(),
        Order::Text(text) => text.clone(),
    }
}
