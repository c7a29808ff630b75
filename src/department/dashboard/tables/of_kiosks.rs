//! The tables of kiosks and their journals, with what is wrong in words.

use super::of_figures::Tables;
use super::{Cell, Kind, Order, Row, Table};
use crate::department::dashboard::address::Page;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::wording::Wording;
use crate::department::figures::{JournalUsed, KioskRow, Level, Unit};
use crate::department::lake::marks;
use jiff::civil::Date;
use maud::html;

/// A kiosk that was not heard from for so long needs a look.
const QUIET_DAYS: i32 = 7;

impl Tables<'_> {
    /// Whether it was heard from lately, in an icon and words; sorted with the longest silence last.
    pub(super) fn state(&self, last_heard: Option<Date>) -> (Cell, bool) {
        let silent = last_heard.map(|day| (self.figures.made_on - day).get_days().max(0));
        let (words, marked) = match silent {
            None => (self.t("Chưa gửi lần nào", "Never heard from").to_owned(), true),
            Some(days) if days > QUIET_DAYS => {
                let (vi, en) = (format!("Chưa gửi {days} ngày"), format!("Silent for {days} days"));
                (self.t(&vi, &en).to_owned(), true)
            }
            Some(_) => (self.t("Đang gửi", "Reporting").to_owned(), false),
        };
        let (class, drawing) = if marked { ("state waiting", "triangle-bang") } else { ("state fine", "tick-circle") };
        let shown = html! { span class=(class) { (icon(drawing)) (words) } };
        let order = silent.map_or(u64::MAX, |days| u64::try_from(days).unwrap_or(0));
        (Cell::placed(&words, shown, order), marked)
    }

    pub fn kiosks(&self) -> Table {
        let columns = vec![
            self.column("kiosk", "Máy", "Kiosk", Kind::Head),
            self.column("place", "Nơi", "Place", Kind::Text),
            self.column("heard", "Gửi lần cuối", "Last heard", Kind::Text),
            self.column("state", "Tình trạng", "State", Kind::Text),
            self.column("version", "Phiên bản", "Version", Kind::Text),
            self.column("records", "Bản ghi", "Records", Kind::Number),
            self.column("marks", "Cần xem lại", "To look into", Kind::Text),
        ];
        let mut rows: Vec<Row> = self.figures.kiosks.iter().map(|kiosk| self.kiosk_row(kiosk)).collect();
        // What needs a look comes first.
        rows.sort_by_key(|row| !row.marked);
        self.table("kiosks", ("Máy", "Kiosks"), columns, rows)
    }

    fn kiosk_row(&self, kiosk: &KioskRow) -> Row {
        let unit = Unit { level: Level::Kiosk, code: kiosk.kiosk.clone(), name: Default::default() };
        let name = Cell::link(&kiosk.kiosk, &self.address.unit(&unit).page(Page::Overview).to_string());
        let (state, silent) = self.state(kiosk.last_heard);
        let marks: Vec<String> = kiosk.marks.iter().map(|mark| mark_words(mark, self.wording)).collect();
        let marks_cell = if marks.is_empty() {
            Cell { order: Order::Number(0), ..Cell::none(self.wording) }
        } else {
            let list = html! { ul.marks { @for mark in &marks { li { (mark) } } } };
            Cell::placed(&marks.join("; "), list, marks.len() as u64)
        };
        let cells = vec![
            name,
            self.unit_cell(&kiosk.place, Page::Overview),
            Cell::date(self.wording, kiosk.last_heard),
            state,
            Cell::text(&kiosk.version),
            Cell::number(self.wording, kiosk.records),
            marks_cell,
        ];
        Row { marked: silent || !marks.is_empty(), ..Row::new(cells) }
    }

    pub fn journals(&self) -> Table {
        let sequence = |number: i64| Cell::number(self.wording, u64::try_from(number).unwrap_or(0));
        let row = |journal: &JournalUsed| {
            let hash = html! { code { (journal.hash) } };
            Row::new(vec![
                Cell::text(&journal.kiosk),
                Cell { shown: hash, ..Cell::text(&journal.hash) },
                sequence(journal.first_sequence),
                sequence(journal.last_sequence),
            ])
        };
        let columns = vec![
            self.column("kiosk", "Máy", "Kiosk", Kind::Head),
            self.column("hash", "Dấu băm BLAKE3 của tệp", "BLAKE3 of the file", Kind::Text),
            self.column("first", "Bản ghi đầu", "First record", Kind::Number),
            self.column("last", "Bản ghi cuối", "Last record", Kind::Number),
        ];
        let rows = self.figures.journals.iter().map(row).collect();
        self.table("journals", ("Nhật ký đã dùng", "Journals used"), columns, rows)
    }
}

fn mark_words(mark: &str, wording: Wording) -> String {
    match marks::said(mark) {
        ("", _) => mark.to_owned(),
        (vi, en) => marks::begun(wording.of(vi, en)),
    }
}
