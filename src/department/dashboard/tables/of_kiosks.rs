//! The tables of kiosks and their journals, with what is wrong in words.

use super::of_figures::Tables;
use super::{Cell, Kind, Order, Row, Table};
use crate::department::dashboard::address::Page;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::wording::Wording;
use crate::department::figures::{JournalUsed, KioskRow, Level, PlaceRow, Unit};
use crate::department::lake::marks;
use jiff::civil::Date;
use maud::html;

/// A kiosk whose newest record is older than this needs a look.
const QUIET_DAYS: i32 = 7;

/// What a cell of the column “Tình trạng” says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    vi: String,
    en: String,
    needs_look: bool,
}

impl State {
    fn new(vi: impl Into<String>, en: impl Into<String>, needs_look: bool) -> Self {
        Self { vi: vi.into(), en: en.into(), needs_look }
    }

    /// By the days since the newest record.
    fn of_silence(silent: Option<i32>) -> Self {
        match silent {
            None => Self::new("Chưa có nhật ký dùng được", "No usable journal yet", true),
            Some(days) if days > QUIET_DAYS => {
                Self::new(format!("Không có bản ghi mới {days} ngày"), format!("No new record for {days} days"), true)
            }
            Some(_) => Self::new("Có bản ghi mới", "Recent records", false),
        }
    }

    fn of_kiosk(has_left: bool, silent: Option<i32>) -> Self {
        // Elsewhere, or put away: from there it owes nothing more to this place.
        if has_left {
            Self::new("Không còn đặt ở đây", "No longer here", false)
        } else {
            Self::of_silence(silent)
        }
    }

    fn of_place(place: &PlaceRow, silent: Option<i32>) -> Self {
        let (heard, kiosks) = (place.kiosks_heard_from, place.kiosks);
        if place.kiosks_left == kiosks {
            return Self::new("Không còn máy", "No kiosk any more", false);
        }
        if (1..kiosks).contains(&heard) {
            let (vi, en) = (format!("{heard}/{kiosks} máy có nhật ký"), format!("Journals of {heard}/{kiosks} kiosks"));
            return Self::new(vi, en, true);
        }
        Self::of_silence(silent)
    }
}

impl Tables<'_> {
    fn silent(&self, last_heard: Option<Date>) -> Option<i32> {
        last_heard.map(|day| (self.figures.made_on - day).get_days().max(0))
    }

    /// Whether there are journals of all kiosks of a place, and new ones; and whether somebody should look into it.
    pub(super) fn place_state(&self, place: &PlaceRow) -> (Cell, bool) {
        let silent = self.silent(place.last_heard);
        self.state_cell(State::of_place(place, silent), silent)
    }

    /// In an icon and words; sorted with the longest silence last.
    fn state_cell(&self, state: State, silent: Option<i32>) -> (Cell, bool) {
        let words = self.t(&state.vi, &state.en).to_owned();
        let (class, drawing) =
            if state.needs_look { ("state waiting", "triangle-bang") } else { ("state fine", "tick-circle") };
        let shown = html! { span class=(class) { (icon(drawing)) (words) } };
        let order = silent.map_or(u64::MAX, |days| u64::try_from(days).unwrap_or(0));
        (Cell::placed(&words, shown, order), state.needs_look)
    }

    pub fn kiosks(&self) -> Table {
        let columns = vec![
            self.column("kiosk", "Máy", "Kiosk", Kind::Head),
            self.column("place", "Nơi", "Place", Kind::Text),
            self.column("heard", "Bản ghi cuối ngày", "Last record on", Kind::Text),
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
        let silent = self.silent(kiosk.last_heard);
        let (state, needs_look) = self.state_cell(State::of_kiosk(kiosk.has_left, silent), silent);
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
        Row { marked: needs_look || !marks.is_empty(), ..Row::new(cells) }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::figures::Count;

    fn place(kiosks: u64, heard: u64, left: u64) -> PlaceRow {
        PlaceRow {
            unit: Unit { level: Level::Commune, code: "1".to_owned(), name: Default::default() },
            kiosks,
            visits: Count::Few,
            median_visit_millis: None,
            kiosks_heard_from: heard,
            kiosks_left: left,
            last_heard: None,
        }
    }

    #[test]
    fn a_commune_with_a_kiosk_that_never_sent_a_journal_is_not_told_as_sending() {
        let state = State::of_place(&place(3, 2, 0), Some(0));
        assert!(state.needs_look && state.vi == "2/3 máy có nhật ký", "{state:?}");
        assert!(!State::of_place(&place(3, 3, 1), Some(0)).needs_look);
        assert!(State::of_place(&place(3, 0, 0), None).needs_look);
    }

    #[test]
    fn the_day_of_the_last_record_is_not_told_as_the_day_of_a_journal() {
        assert_eq!(State::of_kiosk(false, Some(64)).vi, "Không có bản ghi mới 64 ngày");
        assert!(!State::of_kiosk(false, Some(QUIET_DAYS)).needs_look);
    }

    #[test]
    fn a_kiosk_that_was_moved_away_raises_no_alarm_at_its_old_place() {
        assert!(!State::of_kiosk(true, Some(200)).needs_look);
        assert!(!State::of_place(&place(1, 1, 1), Some(200)).needs_look);
    }
}
