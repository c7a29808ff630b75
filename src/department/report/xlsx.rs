//! The workbook: one sheet a table, every cell of its type, so that an official can go on working in it. Totals are
//! formulas, with their results stored for programs that do not calculate; a column with a hidden count has one only
//! together with what is not split up.

mod cells;

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormat2ColorScale, DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet,
};

use self::cells::{Formats, put};
use super::ReportError;
use super::fonts;
use super::numbers;
use super::story::untold;
use super::tables::{self, Cell, Table};
use super::words::Language;
use crate::department::figures::{Count, Figures};

/// Title, unit and period, three notes; then the heads of the columns.
pub(super) const HEAD_ROW: u32 = 5;
const A4: u8 = 9;
/// On two pages.
const PATHS_PRINTED: u32 = 60;
const LINE_POINTS: f64 = 16.5;
/// Widths of a column are told in digits of this many points.
const DIGIT_POINTS: f32 = 5.25;

pub fn workbook(figures: &Figures, language: Language) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::default();
    let mut workbook = Workbook::new();
    let made = figures.made_on;
    let made =
        ExcelDateTime::from_ymd(made.year().unsigned_abs(), made.month().unsigned_abs(), made.day().unsigned_abs())?;
    let title = language.pick("Số liệu lượt xem triển lãm", "Visits to the exhibition");
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_author("haidang-visits").set_creation_datetime(&made),
    );
    for table in tables::all(figures, language) {
        let writing = Writing { figures, language, formats: &formats, table: &table };
        writing.sheet(workbook.add_worksheet())?;
    }
    Ok(workbook.save_to_buffer()?)
}

struct Writing<'a> {
    figures: &'a Figures,
    language: Language,
    formats: &'a Formats,
    table: &'a Table,
}

type Written = Result<(), ReportError>;

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

impl Writing<'_> {
    fn sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(&self.table.name)?;
        self.heads(sheet)?;
        self.rows(sheet)?;
        self.total(sheet)?;
        self.row_totals(sheet)?;
        self.page(sheet)?;
        match self.table.id {
            "summary" => self.change(sheet)?,
            "weeks" => self.week_chart(sheet)?,
            "hours" => self.shade(sheet)?,
            _ => {}
        }
        Ok(())
    }

    fn first_row(&self) -> u32 {
        HEAD_ROW + 1
    }

    /// The row after the last one of the table.
    fn end_row(&self) -> u32 {
        self.first_row() + u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX - HEAD_ROW - 1)
    }

    /// The row after the last one that is not what is left over.
    fn own_end(&self) -> u32 {
        self.end_row() - u32::from(self.table.has_unsplit)
    }

    fn heads(&self, sheet: &mut Worksheet) -> Written {
        let (period, language) = (&self.figures.period, self.language);
        let days = (numbers::date(period.first, language), numbers::date(period.last, language));
        let unit = language.of(&self.figures.unit.name);
        let name = language.of(&period.name);
        let mut whose = language.pick(
            format!("{unit}; {name}, từ {} đến {}", days.0, days.1),
            format!("{unit}; {name}, {} to {}", days.0, days.1),
        );
        if !self.figures.is_over() {
            let day = numbers::date(self.figures.made_on, language);
            whose += &language.pick(format!("; tính đến ngày {day}"), format!("; as of {day}"));
        }
        sheet.write_string_with_format(0, 0, &self.table.title, &self.formats.title)?;
        sheet.write_string_with_format(1, 0, whose, &self.formats.plain)?;
        let names = self.table.names_of(0..self.table.columns.len(), self.language);
        for (row, note) in (2..HEAD_ROW).zip(self.table.notes.iter().chain(&names)) {
            sheet.write_string_with_format(row, 0, note, &self.formats.note)?;
        }
        sheet.set_row_height(HEAD_ROW, 34)?;
        for (place, head) in self.table.columns.iter().enumerate() {
            sheet.write_string_with_format(HEAD_ROW, column(place), &head.title, &self.formats.head)?;
            sheet.set_column_width(column(place), head.width)?;
        }
        Ok(())
    }

    fn rows(&self, sheet: &mut Worksheet) -> Written {
        for (row, cells) in (self.first_row()..).zip(&self.table.rows) {
            let lines = cells.iter().zip(&self.table.columns).map(|(cell, column)| lines(cell, column.width)).max();
            // LibreOffice does not make room for wrapped text by itself.
            if let Some(lines @ 2..) = lines {
                sheet.set_row_height(row, f64::from(lines) * LINE_POINTS)?;
            }
            for (place, cell) in cells.iter().enumerate() {
                put(sheet, (row, column(place)), cell, self.figures.threshold, self.formats)?;
            }
        }
        Ok(())
    }

    fn total(&self, sheet: &mut Worksheet) -> Written {
        let any = self.table.columns.iter().any(|column| column.adds_up);
        if !any || self.table.rows.is_empty() {
            return Ok(());
        }
        let row = self.end_row();
        sheet.write_string_with_format(row, 0, self.language.pick("Cộng", "Total"), &self.formats.total_text)?;
        for (place, head) in self.table.columns.iter().enumerate().skip(1) {
            let at = (row, column(place));
            if !head.adds_up {
                sheet.write_blank(at.0, at.1, &self.formats.total_text)?;
                continue;
            }
            self.sum(sheet, at, self.table.sum_of(place), (self.first_row(), at.1), (row - 1, at.1))?;
        }
        Ok(())
    }

    /// The formula of a sum with its result, or the sign of a hidden one.
    fn sum(
        &self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        sum: Option<u64>,
        first: (u32, u16),
        last: (u32, u16),
    ) -> Written {
        match sum {
            Some(sum) => {
                let range = rust_xlsxwriter::utility::cell_range(first.0, first.1, last.0, last.1);
                let formula = Formula::new(format!("=SUM({range})")).set_result(sum.to_string());
                sheet.write_formula_with_format(at.0, at.1, formula, &self.formats.total)?;
            }
            None => {
                sheet.write_string_with_format(at.0, at.1, "…", &self.formats.total_hidden)?;
            }
        }
        Ok(())
    }

    /// The last column of the hours adds up the others.
    fn row_totals(&self, sheet: &mut Worksheet) -> Written {
        if self.table.id != "hours" {
            return Ok(());
        }
        let last = column(self.table.columns.len() - 1);
        for (row, cells) in (self.first_row()..).zip(self.table.rows.iter().take(self.table.own_rows())) {
            if let Some(Cell::Count(Count::Shown(sum))) = cells.last() {
                self.sum(sheet, (row, last), Some(*sum), (row, 1), (row, last - 1))?;
            }
        }
        Ok(())
    }

    fn page(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_freeze_panes(self.first_row(), 1)?;
        let last = column(self.table.columns.len() - 1);
        if self.table.rows.is_empty() {
            let none = if self.figures.is_whole {
                self.language.pick("Không có số liệu trong kỳ.", "No figures in the period.")
            } else {
                untold(self.language)
            };
            sheet.write_string_with_format(self.first_row(), 0, none, &self.formats.note)?;
        } else {
            sheet.autofilter(HEAD_ROW, 0, self.own_end() - 1, last)?;
        }
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
        if self.table.id == "paths" {
            // All can be worked with; on paper the most frequent ones are enough.
            sheet.set_print_area(0, 0, self.own_end().min(self.first_row() + PATHS_PRINTED), last)?;
        }
        sheet.set_footer(self.language.pick("&L&A&RTrang &P trên &N", "&L&A&RPage &P of &N"));
        Ok(())
    }

    /// The change against the period before follows from the two rows above it.
    fn change(&self, sheet: &mut Worksheet) -> Written {
        let key = &self.figures.key;
        let place = self.table.rows.iter().position(|cells| matches!(cells.get(1), Some(Cell::Percent(_))));
        let before = key.before.as_ref().map(|before| before.visits);
        if let (Some(place), Count::Shown(now), Some(Count::Shown(before @ 1..))) = (place, key.visits, before) {
            let row = self.first_row() + u32::try_from(place).unwrap_or(0);
            // Rows are told from 1 in a formula: the two rows above this one.
            let (of_now, of_before) = (row - 1, row);
            let change = now as f64 / before as f64 - 1.0;
            let formula = Formula::new(format!("=B{of_now}/B{of_before}-1")).set_result(change.to_string());
            sheet.write_formula_with_format(row, 1, formula, &self.formats.percent)?;
        }
        Ok(())
    }

    /// A chart that changes with the cells.
    fn week_chart(&self, sheet: &mut Worksheet) -> Written {
        if self.table.rows.is_empty() {
            return Ok(());
        }
        let (name, first, last) = (self.table.name.as_str(), self.first_row(), self.own_end() - 1);
        let mut chart = Chart::new(ChartType::Column);
        chart
            .add_series()
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, 1, last, 1))
            .set_gap(30)
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color("#44718F")),
            );
        chart.title().set_name(&self.table.title);
        // Weeks are names here: as days they would stand a week apart, each a seventh as wide.
        chart.x_axis().set_text_axis(true).set_num_format("dd/mm");
        chart.legend().set_hidden();
        chart.set_width(760).set_height(320);
        sheet.insert_chart(HEAD_ROW, 3, &chart)?;
        Ok(())
    }

    fn shade(&self, sheet: &mut Worksheet) -> Written {
        let scale = ConditionalFormat2ColorScale::new().set_minimum_color("#FFFFFF").set_maximum_color("#7599AD");
        // Not the sums at the right.
        let last = column(self.table.columns.len() - 2);
        if !self.table.rows.is_empty() {
            sheet.add_conditional_format(self.first_row(), 1, self.own_end() - 1, last, &scale)?;
        }
        Ok(())
    }
}

/// How many lines a text takes in a column.
fn lines(cell: &Cell, width: u16) -> u32 {
    let Cell::Text(text) = cell else { return 1 };
    // The indent and the inner edges.
    let room = f32::from(width) * DIGIT_POINTS - 10.0;
    u32::try_from(fonts::lines(text, 12.0, room)).unwrap_or(1)
}

/// The look of a hidden count or of a text.
fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}
