//! Searching, sorting and leafing through a table on the server, so that it works without a script.

use super::{Order, Row, Table};
use crate::department::dashboard::address::View;
use crate::department::dashboard::fold;

pub const ROWS_OF_A_SHEET: usize = 50;

/// What of a table is shown.
pub struct Sheet {
    pub rows: Vec<Row>,
    /// Rows that the search left.
    pub found: usize,
    pub sheets: usize,
    /// From 0.
    pub sheet: usize,
}

impl Table {
    pub fn look(&self, view: &View) -> Sheet {
        let mut rows: Vec<Row> = self.rows.iter().filter(|row| is_wanted(row, view)).cloned().collect();
        if let Some(column) = view.sort.as_ref().and_then(|key| self.columns.iter().position(|c| c.key == key.as_str()))
        {
            let order = |row: &Row| row.cells.get(column).map_or(Order::Nothing, |cell| cell.order.clone());
            // Stable, so that rows with hidden counts keep the order of the table.
            if view.descending {
                rows.sort_by_key(|row| std::cmp::Reverse(order(row)));
            } else {
                rows.sort_by_key(order);
            }
            rows.sort_by_key(|row| row.is_rest);
        }
        let found = rows.len();
        let sheets = found.div_ceil(ROWS_OF_A_SHEET).max(1);
        let sheet = view.sheet.min(sheets - 1);
        let rows = rows.into_iter().skip(sheet * ROWS_OF_A_SHEET).take(ROWS_OF_A_SHEET).collect();
        Sheet { rows, found, sheets, sheet }
    }
}

fn is_wanted(row: &Row, view: &View) -> bool {
    let text = || row.cells.iter().map(|cell| fold::fold(&cell.plain)).collect::<Vec<_>>().join(" ");
    (!view.marked || row.marked) && (view.wish.is_empty() || fold::matches(&text(), &view.wish))
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, Kind};
    use super::*;
    use crate::department::dashboard::language::Language;
    use crate::department::dashboard::wording::Wording;
    use crate::department::figures::Count;

    fn table(rows: &[(&str, Count)]) -> Table {
        let wording = Wording { language: Language::Vietnamese, threshold: 5 };
        let cells = |(name, count): &(&str, Count)| Row::new(vec![Cell::text(name), Cell::count(wording, *count)]);
        Table {
            name: "places",
            title: String::new(),
            columns: vec![Column::new("place", "Nơi", Kind::Head), Column::new("visits", "Lượt", Kind::Number)],
            rows: rows.iter().map(cells).collect(),
        }
    }

    fn names(sheet: &Sheet) -> Vec<&str> {
        sheet.rows.iter().map(|row| row.cells[0].plain.as_str()).collect()
    }

    #[test]
    fn rows_are_found_and_sorted() {
        let table = table(&[("Đảo B", Count::Shown(7)), ("Đảo A", Count::Shown(30)), ("Bờ", Count::Shown(9))]);
        let view = View { wish: "dao".into(), sort: Some("visits".into()), descending: true, ..View::default() };
        assert_eq!(names(&table.look(&view)), ["Đảo A", "Đảo B"]);
    }

    #[test]
    fn the_order_of_hidden_counts_tells_nothing() {
        let table = table(&[("a", Count::Few), ("b", Count::Withheld), ("c", Count::Few), ("d", Count::Shown(6))]);
        let view = |descending| View { sort: Some("visits".into()), descending, ..View::default() };
        assert_eq!(names(&table.look(&view(false))), ["a", "b", "c", "d"]);
        assert_eq!(names(&table.look(&view(true))), ["d", "a", "b", "c"]);
    }

    #[test]
    fn what_is_not_split_up_stays_last_however_a_table_is_sorted() {
        let mut table = table(&[("a", Count::Shown(7)), ("b", Count::Shown(6)), ("rest", Count::Shown(30))]);
        table.rows[2].is_rest = true;
        let view = |descending| View { sort: Some("visits".into()), descending, ..View::default() };
        assert_eq!(names(&table.look(&view(true))), ["a", "b", "rest"]);
        assert_eq!(names(&table.look(&view(false))), ["b", "a", "rest"]);
    }

    #[test]
    fn a_long_table_has_sheets_and_no_sheet_beyond_the_last() {
        let rows: Vec<(&str, Count)> = (0..250).map(|n| ("x", Count::Shown(n))).collect();
        let sheet = table(&rows).look(&View { sheet: 900, ..View::default() });
        assert_eq!((sheet.sheets, sheet.sheet, sheet.rows.len(), sheet.found), (5, 4, 50, 250));
        assert_eq!(table(&[]).look(&View::default()).sheets, 1);
    }
}
