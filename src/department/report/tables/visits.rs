//! The tables that the visits are shared among: weeks, hours, lengths, languages.

use super::{Cell, Making, Table, column, sum, text};
use crate::department::figures::Count;
use crate::department::report::{numbers, words};

/// The hours of the day as the names of cells have them.
const HOURS: [&str; 24] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
    "21", "22", "23",
];

/// All hours of a weekday.
pub const ALL_HOURS: &str = "all";

impl Making<'_> {
    pub fn weeks(&self) -> Table {
        let columns =
            vec![column(self.language.pick("Tuần từ thứ Hai, ngày", "Week from Monday"), 24), self.visits_column()];
        let mut table =
            self.table("weeks", ("Theo tuần", "By week"), ("Lượt xem theo tuần", "Visits by week"), columns);
        table.keys = self.figures.weeks.iter().map(|(week, _)| week.to_string()).collect();
        table.rows =
            self.figures.weeks.iter().map(|(week, count)| vec![Cell::Date(*week), Cell::Count(*count)]).collect();
        self.with_visits_unsplit(table, self.figures.weeks_unsplit())
    }

    pub fn hours(&self) -> Table {
        let mut columns = vec![column(self.language.pick("Thứ", "Weekday"), 18)];
        columns
            .extend(HOURS.iter().enumerate().map(|(at, hour)| sum(&format!("{hour}h"), self.hour_width(at)).key(hour)));
        columns.push(sum(self.language.pick("Cộng", "Total"), 10).key(ALL_HOURS));
        let title = ("Lượt xem theo thứ và giờ bắt đầu", "Visits by weekday and hour of their beginning");
        let mut table = self.table("hours", ("Ngày và giờ", "Day and hour"), title, columns);
        if !self.figures.is_whole {
            return table;
        }
        let unsplit = self.figures.hours_unsplit().filter(|number| *number > 0);
        table.keys = (1..=7).map(|weekday| weekday.to_string()).collect();
        table.rows = self
            .figures
            .hours
            .iter()
            .enumerate()
            .map(|(day, hours)| {
                let shown: Vec<u64> = hours.iter().filter_map(|count| count.shown()).collect();
                let is_told = shown.len() == hours.len() || unsplit.is_some();
                let all = if is_told { Count::Shown(shown.iter().sum()) } else { Count::Withheld };
                let name = text(words::weekday(day, self.language));
                let cells = hours.iter().chain([&all]).map(|count| Cell::Count(*count));
                std::iter::once(name).chain(cells).collect()
            })
            .collect();
        let Some(number) = unsplit else { return table };
        // It belongs to no hour, so only the last column holds it.
        let cells = std::iter::repeat_n(Cell::Empty, HOURS.len()).chain([Cell::Count(Count::Shown(number))]).collect();
        self.with_unsplit(table, cells)
    }

    /// Wide enough for the greatest count of an hour and no wider: 24 columns have to fit on a page.
    fn hour_width(&self, hour: usize) -> u16 {
        let written =
            self.figures.hours.iter().map(|day| numbers::count(day[hour], self.figures.threshold, self.language));
        let letters = written.map(|text| text.chars().count()).max().unwrap_or(0);
        u16::try_from(letters + 2).unwrap_or(8).max(5)
    }

    pub fn lengths(&self) -> Table {
        let columns =
            vec![column(self.language.pick("Thời gian một lượt", "Length of a visit"), 26), self.visits_column()];
        let mut table =
            self.table("lengths", ("Độ dài", "Lengths"), ("Lượt xem theo độ dài", "Visits by length"), columns);
        let mut from = 0;
        for (to, count) in &self.figures.lengths {
            let end = to.map_or_else(String::new, |to| (to / 1_000).to_string());
            table.keys.push(format!("{}-{end}", from / 1_000));
            table.rows.push(vec![text(words::band(from, *to, self.language)), Cell::Count(*count)]);
            from = to.unwrap_or(from);
        }
        self.with_visits_unsplit(table, self.figures.lengths_unsplit())
    }

    pub fn languages(&self) -> Table {
        let columns = vec![column(self.language.pick("Ngôn ngữ", "Language"), 26), self.visits_column()];
        let title = ("Lượt xem theo ngôn ngữ lúc kết thúc", "Visits by the language they ended in");
        let mut table = self.table("languages", ("Ngôn ngữ", "Languages"), title, columns);
        table.keys = self.figures.languages.iter().map(|(tag, _)| tag.clone()).collect();
        table.rows = self
            .figures
            .languages
            .iter()
            .map(|(tag, count)| vec![text(words::language_name(tag, self.language)), Cell::Count(*count)])
            .collect();
        self.with_visits_unsplit(table, self.figures.languages_unsplit())
    }
}
