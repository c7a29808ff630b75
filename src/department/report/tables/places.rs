//! The tables of where the numbers come from: places, kiosks, journals.

use super::{Cell, Making, Table, column, date, resting, sum, text};
use crate::department::figures::{KioskRow, Period};
use crate::department::report::words::{self, Language};

impl Making<'_> {
    pub fn places(&self) -> Table {
        let pick = |vi, en| self.language.pick(vi, en);
        let columns = vec![
            column(words::level_below(self.figures.unit.level, self.language), 44),
            column(pick("Mã", "Code"), 18),
            sum(pick("Số máy", "Kiosks"), 10).key("kiosks"),
            self.visits_column(),
            column(pick("Thời gian một lượt, trung vị", "Length of a visit, median"), 18).key("median"),
            column(pick("Nộp nhật ký đến ngày", "Journals up to"), 18),
        ];
        let title = ("Số liệu theo nơi đặt máy", "Figures by place");
        let mut table = self.table("places", ("Nơi đặt máy", "Places"), title, columns);
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
            sum(pick("Bản ghi", "Records"), 12).key("records"),
            column(pick("Tình trạng nhật ký", "State of the journals"), 44),
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
            column(pick("Bản ghi đầu", "First record"), 14),
            column(pick("Bản ghi cuối", "Last record"), 14),
            column(pick("Mã băm BLAKE3 của tệp", "BLAKE3 of the file"), 70),
        ];
        let mut table = self.table("sources", ("Nguồn", "Sources"), ("Nhật ký đã dùng", "Journals used"), columns);
        table.notes = vec![
            self.say(
                "Mọi số trong các bảng khác được tính từ những tệp nhật ký này. Mã băm cho biết tệp có còn nguyên hay không.",
                "Every number of the other tables comes from these journal files. The hash tells whether a file is unchanged.",
            ),
            self.say(
                "Nguồn của từng ô: chạy lệnh sau; thay SHEET!B7 bằng trang tính và ô, hoặc bằng tên ô như items/…/openings.",
                "Source of a single cell: run this; in place of SHEET!B7 the sheet and cell, or its name, such as items/…/openings.",
            ),
            self.explain_command("SHEET!B7"),
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

/// The marks of a kiosk in words, or that there are none.
fn marks(kiosk: &KioskRow, language: Language) -> String {
    if kiosk.records == 0 {
        return language.pick("chưa có nhật ký", "no journal yet").to_owned();
    }
    if kiosk.marks.is_empty() {
        return language.pick("đầy đủ", "complete").to_owned();
    }
    kiosk.marks.iter().map(|mark| words::mark(mark, language)).collect::<Vec<_>>().join("; ")
}
