//! The table of the most important numbers.

use super::{Cell, Making, Table, column, resting, text};
use crate::department::figures::Count;
use crate::department::report::guard::is_shown;

/// What names a row in the names of its cells, and the cells.
type Row = (&'static str, Vec<Cell>);
/// In the names of cells, then in both languages.
type Names = (&'static str, String, String);

fn borrowed((key, vi, en): &Names) -> (&'static str, &str, &str) {
    (key, vi, en)
}

impl Making<'_> {
    pub fn summary(&self) -> Table {
        let columns = vec![
            column(self.language.pick("Chỉ tiêu", "Figure"), 52),
            column(self.language.pick("Số liệu", "Value"), 16).key("value"),
            column(self.language.pick("Đơn vị", "Unit"), 16),
            column(self.language.pick("Ghi chú", "Note"), 70),
        ];
        let mut table = self.table("summary", ("Tổng hợp", "Summary"), ("Số liệu tổng hợp", "Summary"), columns);
        let mut rows = self.visit_rows();
        rows.extend(self.place_rows());
        (table.keys, table.rows) = rows.into_iter().map(|(key, cells)| (key.to_owned(), cells)).unzip();
        table
    }

    /// `names`: in the names of cells, then in both languages.
    fn row(&self, names: (&'static str, &str, &str), value: Cell, unit: (&str, &str), note: (&str, &str)) -> Row {
        let of = |pair: (&str, &str)| text(self.language.pick(pair.0, pair.1));
        (names.0, vec![of((names.1, names.2)), value, of(unit), of(note)])
    }

    /// The names of a row, which say where its number is a lower bound.
    fn at_least(&self, key: &'static str, (vi, en): (&str, &str), more: u64) -> Names {
        let end = if more == 0 { ("", "") } else { (", ít nhất", ", at least") };
        (key, format!("{vi}{}", end.0), format!("{en}{}", end.1))
    }

    fn undated_row(&self, rows: &mut Vec<Row>) {
        let key = &self.figures.key;
        if key.undated == Count::Shown(0) {
            return;
        }
        let note = (
            "Đồng hồ máy chạy sai; không tính vào kỳ nào, kể cả kỳ này",
            "The kiosk's clock was wrong; counted in no period, not in this one either",
        );
        let name = self.at_least("undated", ("Lượt không rõ ngày", "Visits without a known day"), key.undated_more);
        rows.push(self.row(borrowed(&name), Cell::Count(key.undated), ("lượt", "visits"), note));
    }

    fn visit_rows(&self) -> Vec<Row> {
        let key = &self.figures.key;
        let visits = ("lượt", "visits");
        let least = match (self.figures.is_whole, key.visits_more) {
            (_, 0) => ("", ""),
            (true, _) => ("Ít nhất; máy có quá ít lượt không tính vào", "At least; kiosks with too few are left out"),
            (false, _) => {
                ("Ít nhất; cộng số được công bố của từng ngày", "At least; what is told of each day, added up")
            }
        };
        let name = self.at_least("visits", ("Lượt xem", "Visits"), key.visits_more);
        let mut rows = vec![self.row(borrowed(&name), Cell::Count(key.visits), visits, least)];
        self.before_rows(&mut rows);
        self.undated_row(&mut rows);
        // In days that cut a segment these are not told at all.
        if self.figures.is_whole {
            self.length_rows(&mut rows);
        }
        self.people_rows(&mut rows);
        rows
    }

    /// The period before, once this one is over: only then are like and like compared.
    fn before_rows(&self, rows: &mut Vec<Row>) {
        let Some(before) = self.figures.key.before.as_ref().filter(|_| self.figures.is_over()) else { return };
        let (visits, none) = (("lượt", "visits"), ("", ""));
        let note = (before.period.name.vi.as_str(), before.period.name.en.as_str());
        let name = ("Lượt xem kỳ trước, cả kỳ", "Visits in the whole period before");
        let name = self.at_least("visits-before", name, before.more);
        rows.push(self.row(borrowed(&name), Cell::Count(before.visits), visits, note));
        if let Some(change) = self.figures.change_percent() {
            let name = ("change", "Tăng, giảm so với kỳ trước", "Change");
            rows.push(self.row(name, Cell::Percent(change), none, none));
        }
    }

    fn length_rows(&self, rows: &mut Vec<Row>) {
        let key = &self.figures.key;
        let none = ("", "");
        let median = resting(key.visits, key.median_visit_millis, Cell::Millis);
        let half = (
            "Một nửa số lượt dài hơn mức này; không kể lúc không ai chạm",
            "Half of the visits last longer; idle time excluded",
        );
        let name = ("median", "Thời gian một lượt, trung vị", "Length of a visit, median");
        rows.push(self.row(name, median, ("phút:giây", "min:s"), half));
        let screen = key.screen_millis.map_or(Cell::Hidden, Cell::Hours);
        let name = ("screen-time", "Thời gian màn hình được dùng", "Screen time in use");
        rows.push(self.row(name, screen, ("giờ", "hours"), none));
        let read = match key.finished_more {
            _ if !is_shown(key.finished) => (
                "Không công bố: ở từng máy, số này hoặc phần còn lại quá nhỏ; không có nghĩa là không có lượt nào",
                "Not told: at single kiosks it, or what is left, is too small; it does not mean that there were none",
            ),
            0 => ("Nghe hết lời kể của ít nhất một tư liệu", "At least one narration heard to its end"),
            _ => (
                "Ít nhất; nghe hết lời kể của ít nhất một tư liệu",
                "At least so many; at least one narration heard to its end",
            ),
        };
        let name = ("Lượt nghe hết lời kể", "Visits that heard a narration out");
        let name = self.at_least("finished", name, key.finished_more);
        rows.push(self.row(borrowed(&name), Cell::Count(key.finished), ("lượt", "visits"), read));
    }

    fn people_rows(&self, rows: &mut Vec<Row>) {
        let key = &self.figures.key;
        let people = ("người", "people");
        if let Some((least, most)) = key.people {
            let note = ("Ước tính; không phải số đếm", "An estimate, not a count");
            rows.push(self.row(
                ("people-least", "Số người trước màn hình, ít nhất", "People before the screen, at least"),
                Cell::Number(least),
                people,
                note,
            ));
            rows.push(self.row(
                ("people-most", "Số người trước màn hình, nhiều nhất", "People before the screen, at most"),
                Cell::Number(most),
                people,
                note,
            ));
        }
        if let Some(counted) = key.teacher_count {
            let note = ("Giáo viên đếm; không cộng với lượt xem", "Counted by teachers; never added to visits");
            rows.push(self.row(
                ("teacher-count", "Học sinh theo giáo viên đếm", "Students counted by teachers"),
                Cell::Number(counted),
                ("lượt học sinh", "students"),
                note,
            ));
        }
    }

    fn place_rows(&self) -> Vec<Row> {
        let key = &self.figures.key;
        let note = ("Có nhật ký trong kỳ", "With a journal in the period");
        vec![
            self.row(("kiosks", "Số máy", "Kiosks"), Cell::Number(key.kiosks), ("máy", "kiosks"), ("", "")),
            self.row(
                ("kiosks-heard", "Số máy đã nộp nhật ký", "Kiosks heard from"),
                Cell::Number(key.kiosks_heard_from),
                ("máy", "kiosks"),
                note,
            ),
            self.row(("schools", "Số trường", "Schools"), Cell::Number(key.schools), ("trường", "schools"), ("", "")),
            self.row(
                ("other-places", "Nơi đặt máy khác", "Other places"),
                Cell::Number(key.other_places),
                ("nơi", "places"),
                ("", ""),
            ),
        ]
    }
}
