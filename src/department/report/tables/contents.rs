//! The tables of what was looked at: items, and paths between them.

use super::{Cell, Making, Table, column, item_title, resting, sum, text};
use crate::department::certain;
use crate::department::figures::{Count, ItemRow};
use crate::department::report::words::Language;

/// Why rows of large units are hidden as well, and what they are no good for.
pub fn hidden_by_kiosk(language: Language) -> &'static str {
    language.pick(
        "Số nhỏ được ẩn ở từng máy trong từng đoạn của kỳ, nên đơn vị lớn cũng có số bị ẩn, và không so sánh được hai đơn vị theo những số là “ít nhất”. “–” và “…” không có nghĩa là không có lượt nào.",
        "Small counts are hidden by kiosk and part of the period, so large units have hidden ones as well, and two units cannot be compared by numbers that are “at least”. “–” and “…” do not mean that there were none.",
    )
}

impl Making<'_> {
    pub fn items(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        let columns = vec![
            column(pick("Tư liệu", "Item"), 52),
            column(pick("Mã", "Id"), 28),
            sum(pick("Lượt mở", "Openings"), 12).key("openings"),
            column(pick("Thời gian xem, trung vị", "Time on it, median"), 16).key("dwell"),
            sum(pick("Bật lời kể", "Narrations begun"), 14).key("begun"),
            sum(pick("Nghe hết lời kể", "Narrations heard out"), 16).key("heard"),
            column(pick("Phóng to, trung vị (%)", "Zoom, median (%)"), 16).key("zoom"),
            sum(pick("Mở nguồn", "Sources opened"), 14).key("sources"),
            sum(pick("Rời đi trong 5 giây", "Left within 5 s"), 16).key("abandoned"),
        ];
        let title = ("Tư liệu được xem", "Items opened");
        let mut table = self.table("items", ("Tư liệu", "Items"), title, columns);
        table.add_note(hidden_by_kiosk(self.language));
        table.keys = self.figures.items.iter().map(|item| item.item.clone()).collect();
        table.rows = self
            .figures
            .items
            .iter()
            .map(|item| {
                vec![
                    text(item_title(self.figures, &item.item, self.language)),
                    text(&item.item),
                    Cell::Count(item.openings),
                    resting(item.openings, item.median_dwell_millis, Cell::Millis),
                    Cell::Count(item.narrations.0),
                    Cell::Count(item.narrations.1),
                    resting(item.openings, item.median_zoom_percent, Cell::Number),
                    Cell::Count(item.sources_opened),
                    Cell::Count(item.abandoned),
                ]
            })
            .collect();
        self.items_unsplit(table)
    }

    /// What of openings, narrations and sources stands in no row; for their parts no total is told.
    fn items_unsplit(&self, table: Table) -> Table {
        let (items, all) = (&self.figures.items, &self.figures.all_items);
        let rest = |total: Count, of: fn(&ItemRow) -> Count| {
            certain::not_split_up(total, items.iter().map(of))
                .map_or(Cell::Empty, |rest| Cell::Count(Count::Shown(rest)))
        };
        // Where every row is exact, nothing is left out of their sum.
        let part = |of: fn(&ItemRow) -> (Count, u64)| {
            let is_exact = items.iter().map(of).all(|(count, more)| count.shown().is_some() && more == 0);
            if is_exact { Cell::Count(Count::Shown(0)) } else { Cell::Empty }
        };
        let cells = vec![
            Cell::Empty,
            rest(all.openings, |item| item.openings),
            Cell::Empty,
            rest(all.begun, |item| item.narrations.0),
            part(|item| (item.narrations.1, item.more.heard)),
            Cell::Empty,
            rest(all.sources, |item| item.sources_opened),
            part(|item| (item.abandoned, item.more.abandoned)),
        ];
        let is_some = cells.iter().any(|cell| matches!(cell, Cell::Count(Count::Shown(1..))));
        if is_some { self.with_unsplit(table, cells) } else { table }
    }

    pub fn paths(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        let columns = vec![
            column(pick("Từ", "From"), 66),
            column(pick("Sang", "To"), 66),
            column(pick("Số lần", "Times"), 12).key("times"),
        ];
        let title = ("Đường đi giữa các tư liệu", "Paths between items");
        let mut table = self.table("paths", ("Đường đi", "Paths"), title, columns);
        let end = |id: &str, bare: &str| {
            if id.is_empty() { text(bare) } else { text(item_title(self.figures, id, self.language)) }
        };
        table.keys = self.figures.paths.iter().map(|path| format!("{}..{}", path.from, path.to)).collect();
        table.rows = self
            .figures
            .paths
            .iter()
            .map(|path| {
                vec![
                    end(&path.from, pick("(bắt đầu lượt)", "(beginning of the visit)")),
                    end(&path.to, pick("(kết thúc lượt)", "(end of the visit)")),
                    Cell::Count(path.times),
                ]
            })
            .collect();
        table
    }
}
