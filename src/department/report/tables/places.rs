//! The tables of where the numbers come from: places, kiosks, journals.

use super::{Cell, Column, Making, Table, column, date, resting, sum, text};
use crate::department::figures::{KioskRow, Period};
use crate::department::report::numbers;
use crate::department::report::words::{self, Language};

impl Making<'_> {
    pub fn places(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        // A kiosk that was moved within the period stands at both places, and is one.
        let kiosks = self.figures.key.kiosks;
        let has_moved = self.figures.places.iter().map(|place| place.kiosks).sum::<u64>() > kiosks;
        let columns = vec![
            column(words::level_below(self.figures.unit.level, self.language), 44),
            column(pick("Mã", "Code"), 18),
            Column { adds_up: !has_moved, ..column(pick("Số máy", "Kiosks"), 10).key("kiosks") },
            self.visits_column(),
            column(pick("Thời gian một lượt, trung vị", "Length of a visit, median"), 18).key("median"),
            column(pick("Nộp nhật ký đến ngày", "Journals up to"), 18),
        ];
        let title = ("Số liệu theo nơi đặt máy", "Figures by place");
        let mut table = self.table("places", ("Nơi đặt máy", "Places"), title, columns);
        if has_moved {
            table.add_note(&moved(kiosks, self.language));
        }
        table.keys = self.figures.places.iter().map(|place| place.unit.code.clone()).collect();
        table.rows = self
            .figures
            .places
            .iter()
            .map(|place| {
                vec![
                    self.words(&place.unit.name),
                    text(&place.unit.code),
                    Cell::Number(place.kiosks),
                    Cell::Count(place.visits),
                    resting(place.visits, place.median_visit_millis, Cell::Millis),
                    date(place.last_heard),
                ]
            })
            .collect();
        table
    }

    pub fn kiosks(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        let columns = vec![
            column(pick("Máy", "Kiosk"), 22),
            column(pick("Nơi đặt", "Place"), 40),
            column(pick("Nộp nhật ký đến ngày", "Journals up to"), 18),
            column(pick("Phiên bản", "Version"), 12),
            sum(
                pick("Bản ghi của các nhật ký, đến nay (tròn trăm)", "Records of the journals, to date (hundreds)"),
                18,
            )
            .key("records"),
            sum(pick("Lượt không rõ ngày", "Visits without a known day"), 14).key("undated"),
            column(pick("Tình trạng nhật ký", "State of the journals"), 60),
            column(pick("Nguồn (số)", "Source (number)"), 18),
        ];
        let mut table = self.table("kiosks", ("Máy", "Kiosks"), ("Tình trạng máy", "State of the kiosks"), columns);
        table.keys = self.figures.kiosks.iter().map(|kiosk| kiosk.kiosk.clone()).collect();
        table.rows = self.figures.kiosks.iter().map(|kiosk| self.kiosk(kiosk)).collect();
        table
    }

    fn kiosk(&self, kiosk: &KioskRow) -> Vec<Cell> {
        let journals: Vec<String> = (1_usize..)
            .zip(&self.figures.journals)
            .filter(|(_, journal)| journal.kiosk == kiosk.kiosk)
            .map(|(number, _)| number.to_string())
            .collect();
        vec![
            text(&kiosk.kiosk),
            self.words(&kiosk.place.name),
            date(kiosk.last_heard),
            text(&kiosk.version),
            Cell::Number(kiosk.records),
            Cell::Count(kiosk.undated),
            text(marks(kiosk, self.language)),
            text(journals.join(", ")),
        ]
    }

    /// What to type to learn where a cell comes from.
    fn explain_command(&self, cell: &str) -> String {
        let Period { first, last, .. } = &self.figures.period;
        let unit = &self.figures.unit;
        let level = words::level_word(unit.level);
        let unit = if unit.code.is_empty() { level.to_owned() } else { format!("{level}:{}", unit.code) };
        format!("haidang-visits explain --lake … --places … --period {first}..{last} --unit {unit} \"{cell}\"")
    }

    pub fn sources(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        let columns = vec![
            column(pick("Số", "Number"), 8),
            column(pick("Máy", "Kiosk"), 22),
            column(pick("Bản ghi đầu (tròn trăm)", "First record (hundreds)"), 14),
            column(pick("Bản ghi cuối (tròn trăm)", "Last record (hundreds)"), 14),
            column(pick("Mã băm BLAKE3 của tệp", "BLAKE3 of the file"), 78),
        ];
        let mut table = self.table("sources", ("Nguồn", "Sources"), ("Nhật ký đã dùng", "Journals used"), columns);
        table.notes = vec![
            self.say(
                "Mọi số trong các bảng khác được tính từ những tệp nhật ký này. Mã băm cho biết tệp có còn nguyên hay không.",
                "Every number of the other tables comes from these journal files. The hash tells whether a file is unchanged.",
            ),
            self.say(
                "Nguồn của từng ô: chạy lệnh sau; thay Tổng hợp!B7 bằng trang tính và ô, hoặc bằng tên ô như items/…/openings.",
                "Source of a single cell: run this; in place of Summary!B7 the sheet and cell, or its name, such as items/…/openings.",
            ),
            self.explain_command(pick("Tổng hợp!B7", "Summary!B7")),
        ];
        table.rows = (1_u64..)
            .zip(&self.figures.journals)
            .map(|(number, journal)| {
                vec![
                    Cell::Number(number),
                    text(&journal.kiosk),
                    Cell::Number(journal.first_sequence.unsigned_abs()),
                    Cell::Number(journal.last_sequence.unsigned_abs()),
                    text(&journal.hash),
                ]
            })
            .collect();
        table
    }
}

/// Why kiosks by place are more than there are.
pub fn moved(kiosks: u64, language: Language) -> String {
    let kiosks = numbers::whole(kiosks, language);
    language.pick(
        format!("Máy chuyển chỗ trong kỳ được ghi ở mỗi nơi đã đặt; cả đơn vị có {kiosks} máy."),
        format!("A kiosk that was moved within the period stands at each of its places; there are {kiosks} in all."),
    )
}

/// The marks of a kiosk in words, or that there are none.
fn marks(kiosk: &KioskRow, language: Language) -> String {
    if kiosk.records == 0 {
        return language.pick("chưa có nhật ký dùng được", "no usable journal yet").to_owned();
    }
    if kiosk.marks.is_empty() {
        return language.pick("đầy đủ", "complete").to_owned();
    }
    kiosk.marks.iter().map(|mark| words::mark(mark, language)).collect::<Vec<_>>().join("; ")
}
