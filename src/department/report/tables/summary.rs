//! The table of the most important numbers.

use super::{Cell, Making, Table, column, resting, text};
use crate::department::figures::Count;
use crate::department::report::guard::is_shown;
use crate::department::report::numbers;

impl Making<'_> {
    pub fn summary(&self) -> Table {
        let columns = vec![
            column(self.language.pick("Chỉ tiêu", "Figure"), 52),
            column(self.language.pick("Số liệu", "Value"), 16),
            column(self.language.pick("Đơn vị", "Unit"), 16),
            column(self.language.pick("Ghi chú", "Note"), 70),
        ];
        let mut table = self.table("summary", ("Tổng hợp", "Summary"), ("Số liệu tổng hợp", "Summary"), columns);
        table.rows = self.visit_rows();
        table.rows.extend(self.place_rows());
        table
    }

    fn row(&self, name: (&str, &str), value: Cell, unit: (&str, &str), note: (&str, &str)) -> Vec<Cell> {
        let of = |pair: (&str, &str)| text(self.language.pick(pair.0, pair.1));
        vec![of(name), value, of(unit), of(note)]
    }

    fn visit_rows(&self) -> Vec<Vec<Cell>> {
        let key = &self.figures.key;
        let shown = is_shown(key.visits);
        let visits = ("lượt", "visits");
        let none = ("", "");
        let mut rows = vec![self.row(("Lượt xem", "Visits"), Cell::Count(key.visits), visits, none)];
        if let Some(before) = key.visits_before {
            let note = ("Kỳ trước, tính đến cùng ngày", "The period before, cut off at the same day");
            rows.push(self.row(
                ("Lượt xem kỳ trước", "Visits in the period before"),
                Cell::Count(before),
                visits,
                note,
            ));
            if let (Count::Shown(before), Count::Shown(now)) = (before, key.visits)
                && let Some(change) = numbers::change(before, now)
            {
                rows.push(self.row(("Tăng, giảm so với kỳ trước", "Change"), Cell::Percent(change), none, none));
            }
        }
        let median = resting(key.visits, key.median_visit_millis, Cell::Millis);
        let half = (
            "Một nửa số lượt dài hơn mức này; không kể lúc không ai chạm",
            "Half of the visits last longer; idle time excluded",
        );
        rows.push(self.row(
            ("Thời gian một lượt, trung vị", "Length of a visit, median"),
            median,
            ("phút:giây", "min:s"),
            half,
        ));
        let screen = if shown { Cell::Hours(key.screen_millis) } else { Cell::Hidden };
        rows.push(self.row(("Thời gian màn hình được dùng", "Screen time in use"), screen, ("giờ", "hours"), none));
        let read = ("Nghe hết lời kể của ít nhất một tư liệu", "At least one narration heard to its end");
        rows.push(self.row(
            ("Lượt nghe hết lời kể", "Visits that heard a narration out"),
            Cell::Count(key.finished),
            visits,
            read,
        ));
        self.people_rows(&mut rows);
        rows
    }

    fn people_rows(&self, rows: &mut Vec<Vec<Cell>>) {
        let key = &self.figures.key;
        let people = ("người", "people");
        if let Some((least, most)) = key.people {
            let note = ("Ước tính; không phải số đếm", "An estimate, not a count");
            rows.push(self.row(
                ("Số người trước màn hình, ít nhất", "People before the screen, at least"),
                Cell::Number(least),
                people,
                note,
            ));
            rows.push(self.row(
                ("Số người trước màn hình, nhiều nhất", "People before the screen, at most"),
                Cell::Number(most),
                people,
                note,
            ));
        }
        if let Some(counted) = key.teacher_count {
            let note = ("Giáo viên đếm; không cộng với lượt xem", "Counted by teachers; never added to visits");
            rows.push(self.row(
                ("Học sinh theo giáo viên đếm", "Students counted by teachers"),
                Cell::Number(counted),
                people,
                note,
            ));
        }
    }

    fn place_rows(&self) -> Vec<Vec<Cell>> {
        let key = &self.figures.key;
        let note = ("Có nhật ký trong kỳ", "With a journal in the period");
        vec![
            self.row(("Số máy", "Kiosks"), Cell::Number(key.kiosks), ("máy", "kiosks"), ("", "")),
            self.row(
                ("Số máy đã nộp nhật ký", "Kiosks heard from"),
                Cell::Number(key.kiosks_heard_from),
                ("máy", "kiosks"),
                note,
            ),
            self.row(("Số trường", "Schools"), Cell::Number(key.schools), ("trường", "schools"), ("", "")),
            self.row(("Nơi đặt máy khác", "Other places"), Cell::Number(key.other_places), ("nơi", "places"), ("", "")),
        ]
    }
}
