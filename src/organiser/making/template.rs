//! The spreadsheet that an organiser fills in: heads, an example row, what to write, and the allowed words.

use super::columns::{Column, FACTS_SHEET, HEADS, ITEMS_SHEET, WORDS_SHEET};
use super::facts::{FACTS, Fact};
use super::words::{APPROVALS, KINDS, NATURES, STATUSES, VOICES, YES, offered};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Rows that offer the allowed words in a list to choose from.
const OFFERED_ROWS: u32 = 500;

/// A whole XLSX file.
pub fn bytes() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    items(book.add_worksheet())?;
    facts(book.add_worksheet())?;
    explained(book.add_worksheet())?;
    book.save_to_buffer()
}

fn head_format() -> Format {
    Format::new().set_bold().set_text_wrap().set_background_color("D9E6F2").set_align(FormatAlign::Top)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn items(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(ITEMS_SHEET)?;
    let (head_format, wrapped) = (head_format(), wrapped());
    for (index, head) in HEADS.iter().enumerate() {
        let column = index as u16;
        sheet.write_with_format(0, column, format!("{}\n{}", head.vi, head.en), &head_format)?;
        sheet.write_with_format(1, column, head.example, &wrapped)?;
        sheet.set_column_width(column, width_of(head.column))?;
        let words = words_of(head.column);
        if !words.is_empty() {
            let list = choice(&words)?;
            sheet.add_data_validation(1, column, OFFERED_ROWS, column, &list)?;
        }
    }
    // Three lines: a long head takes two, its name for programs one.
    sheet.set_row_height(0, 48)?;
    // Id and title stay in sight.
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// A list to choose from. Excel compares it letter by letter, and other words are understood too, so that another word
/// is asked about and not refused.
fn choice(words: &[&str]) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_list_strings(words)?
        .set_error_style(DataValidationErrorStyle::Information)
        .set_error_title("Hải Đăng")?
        .set_error_message(
            "Từ này không có trong danh sách chọn. Vẫn dùng được nếu nó có ở tờ Giải thích. · \
             This word is not in the list; it will do if the sheet of explanations has it.",
        )
}

fn width_of(column: Column) -> f64 {
    match column {
        Column::DescriptionVi | Column::DescriptionEn | Column::AltVi | Column::AltEn => 44.0,
        Column::TitleVi | Column::TitleEn | Column::SourceVi | Column::SourceEn | Column::SourceUrl => 30.0,
        _ => 18.0,
    }
}

/// What most offices choose from; any other SPDX id will do too.
const LICENCES: [&str; 6] =
    ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "Phạm vi công cộng", "Được phép", "Tư liệu của đơn vị"];

fn words_of(column: Column) -> Vec<&'static str> {
    match column {
        Column::Kind => offered(&KINDS),
        Column::Nature => offered(&NATURES),
        Column::SourceStatus | Column::SecondStatus => offered(&STATUSES),
        Column::Licence | Column::AudioLicence => LICENCES.to_vec(),
        Column::Disputed => offered(&YES),
        _ => Vec::new(),
    }
}

fn facts(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(FACTS_SHEET)?;
    sheet.write_with_format(0, 0, "Mục\nkey", &head_format())?;
    sheet.write_with_format(0, 1, "Nội dung\nvalue", &head_format())?;
    sheet.write_with_format(0, 2, "Viết gì", &head_format())?;
    sheet.write_with_format(0, 3, "What to write", &head_format())?;
    for (index, known) in FACTS.iter().enumerate() {
        let row = index as u32 + 1;
        sheet.write_with_format(row, 0, format!("{}\n{}", known.vi, known.key), &wrapped())?;
        if !known.example.is_empty() {
            sheet.write_with_format(row, 1, known.example, &wrapped())?;
        }
        sheet.write_with_format(row, 2, known.explained.0, &wrapped())?;
        sheet.write_with_format(row, 3, known.explained.1, &wrapped())?;
        if known.fact == Fact::Approval {
            sheet.add_data_validation(row, 1, row, 1, &choice(&offered(&APPROVALS))?)?;
        }
    }
    sheet.set_column_width(0, 30)?.set_column_width(1, 60)?;
    sheet.set_column_width(2, 50)?.set_column_width(3, 50)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn explained(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(WORDS_SHEET)?;
    for (column, head) in ["Cột", "Column", "Viết gì", "What to write"].iter().enumerate() {
        sheet.write_with_format(0, column as u16, *head, &head_format())?;
        sheet.set_column_width(column as u16, if column < 2 { 24 } else { 70 })?;
    }
    let mut row = 1;
    for head in &HEADS {
        for (column, text) in [head.vi, head.en, head.explained.0, head.explained.1].iter().enumerate() {
            sheet.write_with_format(row, column as u16, *text, &wrapped())?;
        }
        row += 1;
    }
    let lists = [
        ("Loại", "kind", all_words(&KINDS)),
        ("Dạng ảnh", "nature", all_words(&NATURES)),
        ("Mức kiểm chứng", "source_status", all_words(&STATUSES)),
        ("Giọng đọc", "voice", all_words(&VOICES)),
        ("Niên đại còn tranh luận", "date_disputed", all_words(&YES)),
        ("Tình trạng duyệt", "approval_status", all_words(&APPROVALS)),
    ];
    for (vi, en, words) in lists {
        row += 1;
        sheet.write(row, 0, vi)?.write(row, 1, en)?;
        sheet.write_with_format(row, 2, words, &wrapped())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn all_words<T>(known: &[(T, &'static [&'static str])]) -> String {
    let one = |names: &[&str]| names.join(", ");
    known.iter().map(|(_, names)| one(names)).collect::<Vec<_>>().join("\n")
}
