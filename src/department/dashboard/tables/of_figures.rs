//! The tables of a page, made from figures. Their names are those of the downloads.

use super::{Cell, Column, Kind, Row, Table};
use crate::department::certain::not_split_up;
use crate::department::dashboard::address::{Address, Page};
use crate::department::dashboard::choice::Choice;
use crate::department::dashboard::wording::{Wording, shown};
use crate::department::figures::{Count, Figures, ItemRow, PathRow, PlaceRow, Unit};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::html;
use std::cmp::Reverse;

/// Every table that can be had.
pub const NAMES: [&str; 11] =
    ["key", "weeks", "days", "hours", "lengths", "languages", "items", "paths", "places", "kiosks", "journals"];

/// A name in both languages, what it ends in where the number is a lower bound, and the number.
type Line = (&'static str, &'static str, (&'static str, &'static str), Cell);

/// In a download nothing else tells a lower bound.
fn least(more: u64) -> (&'static str, &'static str) {
    if more == 0 { ("", "") } else { (", ít nhất", ", at least") }
}

/// Makes tables; `address` is where their links start from.
#[derive(Clone, Copy)]
pub struct Tables<'a> {
    pub figures: &'a Figures,
    pub wording: Wording,
    pub address: &'a Address,
}

impl Tables<'_> {
    pub fn named(&self, name: &str) -> Option<Table> {
        Some(match name {
            "key" => self.key(),
            "weeks" => self.weeks(),
            "days" => self.days(),
            "hours" => self.hours(),
            "lengths" => self.lengths(),
            "languages" => self.languages(),
            "items" => self.items(),
            "paths" => self.paths(),
            "places" => self.places(),
            "kiosks" => self.kiosks(),
            "journals" => self.journals(),
            _ => return None,
        })
    }

    pub(super) fn t<'b>(&self, vietnamese: &'b str, english: &'b str) -> &'b str {
        self.wording.of(vietnamese, english)
    }

    pub(super) fn column(&self, key: &'static str, vietnamese: &str, english: &str, kind: Kind) -> Column {
        Column::new(key, self.t(vietnamese, english), kind)
    }

    pub(super) fn table(&self, name: &'static str, title: (&str, &str), columns: Vec<Column>, rows: Vec<Row>) -> Table {
        Table { name, title: self.t(title.0, title.1).to_owned(), columns, rows }
    }

    fn key(&self) -> Table {
        let row = |(vi, en, least, cell): Line| {
            let (vi, en) = (format!("{vi}{}", least.0), format!("{en}{}", least.1));
            Row::new(vec![Cell::text(self.t(&vi, &en)), cell])
        };
        let rows = [self.key_visits(), self.key_lengths(), self.key_places()].into_iter().flatten().map(row).collect();
        let columns = vec![
            self.column("figure", "Chỉ số", "Figure", Kind::Head),
            self.column("value", "Giá trị", "Value", Kind::Number),
        ];
        self.table("key", ("Chỉ số chính", "Key figures"), columns, rows)
    }

    fn key_visits(&self) -> Vec<Line> {
        let (w, key) = (self.wording, &self.figures.key);
        let before = key.before.as_ref();
        vec![
            ("Lượt xem", "Visits", least(key.visits_more), Cell::count(w, key.visits)),
            (
                "Lượt xem cả kỳ trước",
                "Visits in the whole period before",
                before.map_or(("", ""), |before| least(before.more)),
                before.map_or_else(|| Cell::none(w), |before| Cell::count(w, before.visits)),
            ),
            (
                "Lượt không rõ ngày, không tính vào kỳ nào",
                "Visits without a known day, in no period",
                least(key.undated_more),
                Cell::count(w, key.undated),
            ),
        ]
    }

    fn key_lengths(&self) -> Vec<Line> {
        let (w, key) = (self.wording, &self.figures.key);
        let median = Cell::duration(w, key.median_visit_millis);
        let screen = Cell::duration(w, key.screen_millis);
        vec![
            ("Thời gian xem, trung vị, giây", "Median time of a visit, seconds", least(0), median),
            ("Thời gian màn hình có người, giây", "Screen time in use, seconds", least(0), screen),
            (
                "Lượt nghe hết ít nhất một lời kể",
                "Visits that heard a narration out",
                least(key.finished_more),
                Cell::count(w, key.finished),
            ),
        ]
    }

    fn key_places(&self) -> Vec<Line> {
        let (w, key) = (self.wording, &self.figures.key);
        let number = |number: Option<u64>| number.map_or_else(|| Cell::none(w), |number| Cell::number(w, number));
        let (fewest, most) = key.people.unzip();
        vec![
            ("Số người trước màn hình, ít nhất", "People before the screen, at least", least(0), number(fewest)),
            ("Số người trước màn hình, nhiều nhất", "People before the screen, at most", least(0), number(most)),
            ("Lượt học sinh do giáo viên đếm", "Pupils counted by teachers", least(0), number(key.teacher_count)),
            ("Máy", "Kiosks", least(0), Cell::number(w, key.kiosks)),
            ("Máy đã gửi số liệu", "Kiosks heard from", least(0), Cell::number(w, key.kiosks_heard_from)),
            ("Trường", "Schools", least(0), Cell::number(w, key.schools)),
            ("Nơi khác", "Other places", least(0), Cell::number(w, key.other_places)),
        ]
    }

    pub fn weeks(&self) -> Table {
        let row = |(monday, count): &(Date, Count)| {
            Row::new(vec![self.span_cell(*monday, 6), Cell::count(self.wording, *count)])
        };
        let columns = vec![self.column("week", "Tuần bắt đầu", "Week of", Kind::Head), self.visits_column()];
        self.table(
            "weeks",
            ("Lượt xem theo tuần", "Visits by week"),
            columns,
            self.with_rest(self.figures.weeks.iter().map(row).collect(), 2, 1, self.figures.weeks_unsplit()),
        )
    }

    pub fn days(&self) -> Table {
        let weekday = |day: Date| usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let row = |(day, count): &(Date, Count)| {
            let name = Cell::text(self.wording.weekday(weekday(*day)));
            Row::new(vec![self.span_cell(*day, 0), name, Cell::count(self.wording, *count)])
        };
        let columns = vec![
            self.column("day", "Ngày", "Day", Kind::Head),
            self.column("weekday", "Thứ", "Weekday", Kind::Text),
            self.visits_column(),
        ];
        self.table(
            "days",
            ("Lượt xem theo ngày", "Visits by day"),
            columns,
            self.with_rest(self.figures.days.iter().map(row).collect(), 3, 2, self.figures.days_unsplit()),
        )
    }

    /// A day with a link to the period that begins with it.
    fn span_cell(&self, first: Date, more_days: i32) -> Cell {
        let last = first.checked_add(more_days.days()).unwrap_or(first);
        let address = self.address.page(Page::Overview).choice(Choice::Own(first, last)).to_string();
        let shown = html! { a href=(address) { (self.wording.date(first)) } };
        Cell { shown, ..Cell::date(self.wording, Some(first)) }
    }

    /// Adds what is not split up as the last row: its number stands in one column. Not where no row is told of.
    fn with_rest(&self, mut rows: Vec<Row>, columns: usize, at: usize, rest: Option<u64>) -> Vec<Row> {
        if let Some(number @ 1..) = rest.filter(|_| self.figures.is_whole && !rows.is_empty()) {
            rows.push(self.rest(columns, &[(at, Some(number))]));
        }
        rows
    }

    fn rest(&self, columns: usize, numbers: &[(usize, Option<u64>)]) -> Row {
        let mut cells = vec![Cell::none(self.wording); columns];
        if let Some(name) = cells.first_mut() {
            *name = Cell::text(self.t("Không phân chia", "Not split up"));
        }
        for (at, number) in numbers {
            if let (Some(cell), Some(number)) = (cells.get_mut(*at), number) {
                *cell = Cell::number(self.wording, *number);
            }
        }
        Row { is_rest: true, ..Row::new(cells) }
    }

    fn visits_column(&self) -> Column {
        self.column("visits", "Lượt xem", "Visits", Kind::Number)
    }

    pub fn hours(&self) -> Table {
        const KEYS: [&str; 24] = [
            "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10", "h11", "h12", "h13", "h14", "h15",
            "h16", "h17", "h18", "h19", "h20", "h21", "h22", "h23",
        ];
        let mut columns = vec![self.column("weekday", "Thứ", "Weekday", Kind::Head)];
        columns.extend(KEYS.iter().map(|key| {
            let hour = &key[1..];
            Column::new(key, &format!("{hour}{}", self.t("h", ":00")), Kind::Number)
        }));
        columns.push(self.column("all", "Cộng", "Total", Kind::Number));
        let rest = self.figures.hours_unsplit().filter(|number| *number > 0);
        let row = |(day, hours): (usize, &[Count; 24])| {
            let told: Vec<u64> = hours.iter().filter_map(|count| shown(*count)).collect();
            let is_told = told.len() == hours.len() || rest.is_some();
            let all = if is_told { Count::Shown(told.iter().sum()) } else { Count::Withheld };
            let mut cells = vec![Cell::text(self.wording.weekday(day))];
            cells.extend(hours.iter().chain([&all]).map(|count| Cell::count(self.wording, *count)));
            Row::new(cells)
        };
        let rows =
            if self.figures.is_whole { self.figures.hours.iter().enumerate().map(row).collect() } else { Vec::new() };
        let rows = self.with_rest(rows, columns.len(), columns.len() - 1, rest);
        self.table("hours", ("Lượt xem theo thứ và giờ", "Visits by weekday and hour"), columns, rows)
    }

    pub fn lengths(&self) -> Table {
        let mut rows = Vec::new();
        for (index, (_, count)) in self.figures.lengths.iter().enumerate() {
            let band = band_words(self.figures, index, self.wording);
            let share = Cell::percent(self.wording, self.figures.length_percent(index));
            rows.push(Row::new(vec![Cell::text(&band), Cell::count(self.wording, *count), share]));
        }
        let rows = self.with_rest(rows, 3, 1, self.figures.lengths_unsplit());
        let columns =
            vec![self.column("length", "Độ dài", "Length", Kind::Head), self.visits_column(), self.share_column()];
        self.table("lengths", ("Thời gian mỗi lượt xem", "Length of visits"), columns, rows)
    }

    fn share_column(&self) -> Column {
        self.column("share", "Phần trăm", "Per cent", Kind::Number)
    }

    pub fn languages(&self) -> Table {
        let row = |(at, (tag, count)): (usize, &(String, Count))| {
            let share = Cell::percent(self.wording, self.figures.language_percent(at));
            Row::new(vec![Cell::text(&language_name(tag, self.wording)), Cell::count(self.wording, *count), share])
        };
        let columns = vec![
            self.column("language", "Ngôn ngữ", "Language", Kind::Head),
            self.visits_column(),
            self.share_column(),
        ];
        let rows = self.figures.languages.iter().enumerate().map(row).collect();
        let rows = self.with_rest(rows, 3, 1, self.figures.languages_unsplit());
        self.table("languages", ("Ngôn ngữ", "Languages"), columns, rows)
    }

    /// Most opened first; those with hidden counts by their titles.
    pub fn ranked_items(&self) -> Vec<&ItemRow> {
        let mut items: Vec<&ItemRow> = self.figures.items.iter().collect();
        items.sort_by_key(|item| (Reverse(shown(item.openings)), self.item_title(&item.item)));
        items
    }

    pub fn items(&self) -> Table {
        let columns = vec![
            self.column("title", "Tư liệu", "Item", Kind::Head),
            self.column("openings", "Lượt mở", "Openings", Kind::Number),
            self.column("dwell", "Thời gian, trung vị", "Median time", Kind::Number),
            self.column("begun", "Bắt đầu nghe", "Narration begun", Kind::Number),
            self.column("heard", "Nghe hết", "Heard to the end", Kind::Number),
            self.column("completion", "Tỉ lệ nghe hết", "Completion", Kind::Number),
            self.column("zoom", "Phóng to, trung vị", "Median zoom", Kind::Number),
            self.column("sources", "Mở nguồn", "Sources opened", Kind::Number),
            self.column("abandoned", "Rời đi trong 5 giây", "Left within 5 s", Kind::Number),
        ];
        let w = self.wording;
        let row = |item: &ItemRow| {
            Row::new(vec![
                Cell::text(&self.item_title(&item.item)),
                Cell::count(w, item.openings),
                Cell::duration(w, item.median_dwell_millis),
                Cell::count(w, item.narrations.0),
                Cell::count(w, item.narrations.1),
                Cell::percent(w, item.completion_percent()),
                Cell::percent(w, item.median_zoom_percent),
                Cell::count(w, item.sources_opened),
                Cell::count(w, item.abandoned),
            ])
        };
        let mut rows: Vec<Row> = self.ranked_items().into_iter().map(row).collect();
        rows.extend(self.items_rest(columns.len()).filter(|_| !rows.is_empty()));
        self.table("items", ("Tư liệu", "Items"), columns, rows)
    }

    /// Openings, narrations and sources that stand in no row.
    fn items_rest(&self, columns: usize) -> Option<Row> {
        let (items, all) = (&self.figures.items, &self.figures.all_items);
        let rest = |total: Count, of: fn(&ItemRow) -> Count| not_split_up(total, items.iter().map(of));
        let numbers = [
            (1, rest(all.openings, |item| item.openings)),
            (3, rest(all.begun, |item| item.narrations.0)),
            (7, rest(all.sources, |item| item.sources_opened)),
        ];
        let is_some = numbers.iter().any(|(_, number)| number.is_some_and(|number| number > 0));
        (is_some && self.figures.is_whole).then(|| self.rest(columns, &numbers))
    }

    pub fn item_title(&self, id: &str) -> String {
        let known = self.figures.items.iter().find(|item| item.item == id);
        let title = known.map_or("", |item| self.wording.language.words(&item.title));
        if title.is_empty() { id.to_owned() } else { title.to_owned() }
    }

    pub fn paths(&self) -> Table {
        let end = |id: &str, edge: &str| if id.is_empty() { format!("({edge})") } else { self.item_title(id) };
        let (begin, finish) =
            (self.t("bắt đầu lượt xem", "beginning of the visit"), self.t("kết thúc lượt xem", "end of the visit"));
        let mut paths: Vec<_> = self.figures.paths.iter().collect();
        paths.sort_by_key(|path| (Reverse(shown(path.times)), path.from.clone(), path.to.clone()));
        let row = |path: &&PathRow| {
            let (from, to) = (Cell::text(&end(&path.from, begin)), Cell::text(&end(&path.to, finish)));
            Row::new(vec![from, to, Cell::count(self.wording, path.times)])
        };
        let columns = vec![
            self.column("from", "Từ", "From", Kind::Head),
            self.column("to", "Đến", "To", Kind::Text),
            self.column("times", "Số lần", "Times", Kind::Number),
        ];
        self.table(
            "paths",
            ("Đường đi giữa các tư liệu", "Paths between items"),
            columns,
            paths.iter().map(row).collect(),
        )
    }

    pub fn places(&self) -> Table {
        let mut places: Vec<&PlaceRow> = self.figures.places.iter().collect();
        places.sort_by_key(|place| (Reverse(shown(place.visits)), place.unit.name.vi.clone()));
        let columns = vec![
            self.column("place", "Nơi", "Place", Kind::Head),
            self.column("kiosks", "Máy", "Kiosks", Kind::Number),
            self.visits_column(),
            self.column("median", "Trung vị", "Median", Kind::Number),
            self.column("state", "Tình trạng", "State", Kind::Text),
        ];
        self.table(
            "places",
            ("Nơi đặt máy", "Places"),
            columns,
            places.into_iter().map(|place| self.place_row(place)).collect(),
        )
    }

    fn place_row(&self, place: &PlaceRow) -> Row {
        let (state, marked) = self.place_state(place);
        let cells = vec![
            self.unit_cell(&place.unit, self.address.page),
            Cell::number(self.wording, place.kiosks),
            Cell::count(self.wording, place.visits),
            Cell::duration(self.wording, place.median_visit_millis),
            state,
        ];
        Row { marked, ..Row::new(cells) }
    }

    pub(super) fn unit_cell(&self, unit: &Unit, page: Page) -> Cell {
        Cell::link(self.wording.language.words(&unit.name), &self.address.unit(unit).page(page).to_string())
    }
}

/// `0–15″`, `1–2′`, `trên 5′`.
pub fn band_words(figures: &Figures, index: usize, wording: Wording) -> String {
    let end = |index: usize| figures.lengths.get(index).and_then(|(end, _)| *end);
    let from = index.checked_sub(1).and_then(end).unwrap_or(0) / 1000;
    let Some(to) = end(index).map(|millis| millis / 1000) else {
        let (number, sign) = if from.is_multiple_of(60) { (from / 60, "′") } else { (from, "″") };
        return format!("{} {number}{sign}", wording.of("trên", "over"));
    };
    if to > 60 && from.is_multiple_of(60) && to.is_multiple_of(60) {
        return format!("{}–{}′", from / 60, to / 60);
    }
    format!("{from}–{to}″")
}

pub fn language_name(tag: &str, wording: Wording) -> String {
    let name = match tag {
        "vi" => wording.of("Tiếng Việt", "Vietnamese"),
        "en" => wording.of("Tiếng Anh", "English"),
        other => other,
    };
    name.to_owned()
}
