//! One cell of a sheet: its type, its number format, its look.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet};

use super::base;
use crate::department::figures::Count;
use crate::department::report::ReportError;
use crate::department::report::tables::Cell;

const DAY_MILLIS: f64 = 86_400_000.0;
const HOUR_MILLIS: f64 = 3_600_000.0;
/// The largest whole number that a spreadsheet keeps exactly.
const MOST_EXACT: u64 = 1 << 53;

/// The looks of cells, made once a workbook.
pub struct Formats {
    pub title: Format,
    pub plain: Format,
    pub note: Format,
    pub head: Format,
    pub percent: Format,
    pub total: Format,
    pub total_text: Format,
    pub total_hidden: Format,
    text: Format,
    whole: Format,
    minutes: Format,
    hours: Format,
    date: Format,
    hidden: Format,
}

impl Default for Formats {
    fn default() -> Self {
        let cell =
            || base().set_border_bottom(FormatBorder::Hair).set_border_color("#C9B483").set_align(FormatAlign::Top);
        let total = || base().set_bold().set_border_top(FormatBorder::Thin);
        let hidden = |format: Format| format.set_align(FormatAlign::Right).set_font_color("#675B48");
        Self {
            title: base().set_bold().set_font_size(15),
            plain: base(),
            note: base().set_italic().set_font_size(11).set_font_color("#4A4032"),
            head: base()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color("#D5DEE0")
                .set_border(FormatBorder::Thin)
                .set_border_color("#7599AD"),
            percent: cell().set_num_format("+0%;-0%;0%"),
            total: total().set_num_format("#,##0"),
            total_text: total(),
            total_hidden: hidden(total()),
            text: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            whole: cell().set_num_format("#,##0"),
            minutes: cell().set_num_format("[m]:ss"),
            hours: cell().set_num_format("#,##0.0"),
            date: cell().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            hidden: hidden(cell()),
        }
    }
}

pub fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    threshold: u64,
    formats: &Formats,
) -> Result<(), ReportError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &formats.text)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, clipped(text), &formats.text)?,
        Cell::Count(Count::Shown(number)) | Cell::Number(number) if *number > MOST_EXACT => {
            sheet.write_string_with_format(row, column, number.to_string(), &formats.hidden)?
        }
        Cell::Count(Count::Shown(number)) | Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.whole)?
        }
        Cell::Count(Count::Few) => {
            sheet.write_string_with_format(row, column, format!("< {threshold}"), &formats.hidden)?
        }
        Cell::Count(Count::Withheld) | Cell::Hidden => {
            sheet.write_string_with_format(row, column, "…", &formats.hidden)?
        }
        Cell::Millis(millis) => {
            // Whole seconds: what is shown is what is stored.
            let seconds = millis.saturating_add(500) / 1000;
            sheet.write_number_with_format(row, column, seconds as f64 * 1000.0 / DAY_MILLIS, &formats.minutes)?
        }
        Cell::Hours(millis) => {
            let tenths = (*millis as f64 / HOUR_MILLIS * 10.0).round();
            sheet.write_number_with_format(row, column, tenths / 10.0, &formats.hours)?
        }
        Cell::Date(date) => {
            let (year, month, day) =
                (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
            sheet.write_datetime_with_format(row, column, ExcelDateTime::from_ymd(year, month, day)?, &formats.date)?
        }
        Cell::Percent(percent) => {
            sheet.write_number_with_format(row, column, *percent as f64 / 100.0, &formats.percent)?
        }
    };
    Ok(())
}

/// A cell of a spreadsheet holds at most 32,767 letters.
fn clipped(text: &str) -> String {
    text.chars().take(32_000).collect()
}
