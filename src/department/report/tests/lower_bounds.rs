//! Rows that are lower bounds, days of which little is told, and kiosks of which nothing is known.

use super::*;

/// The sample with rows that are lower bounds: fewer in the weeks, hours, lengths and openings than there were.
fn open_rows() -> Figures {
    let mut figures = sample::figures();
    figures.weeks[10].1 = Count::Shown(3_000);
    figures.hours[0][8] = Count::Withheld;
    figures.lengths[0].1 = Count::Few;
    figures.items[1].openings = Count::Shown(8_000);
    figures
}

#[test]
fn rows_and_what_is_not_split_up_add_up_to_the_total_in_every_sheet() {
    let figures = open_rows();
    let mut book = workbook(made(&figures, Format::Xlsx));
    let total = Some(48_210.0);
    for (name, at) in [("Theo tuần", 1), ("Độ dài", 1), ("Ngày và giờ", 25)] {
        let sheet = book.worksheet_range(name).expect("a sheet");
        let end = sheet.end().expect("cells").0;
        assert_eq!(
            sheet.get_value((end - 1, 0)).map(ToString::to_string).as_deref(),
            Some("Không phân chia"),
            "{name}"
        );
        let cells: Vec<f64> = (6..end).filter_map(|row| sheet.get_value((row, at)).and_then(number)).collect();
        assert_eq!(Some(cells.iter().sum()), total, "{name}");
        assert_eq!(sheet.get_value((end, at)).and_then(number), total, "{name}");
        let formulas = book.worksheet_formula(name).expect("formulas");
        assert!(formulas.get_value((end, at)).is_some_and(|formula| formula.starts_with("SUM(")), "{name}");
    }
    let items = book.worksheet_range("Tư liệu").expect("a sheet");
    let end = items.end().expect("cells").0;
    assert_eq!(items.get_value((end - 1, 2)).and_then(number), Some(125.0));
    assert_eq!(items.get_value((end, 2)).and_then(number), Some(41_368.0));
    let csv = String::from_utf8(made(&figures, Format::Csv)).expect("UTF-8");
    assert!(csv.contains(",Không phân chia,Lượt xem,4339,lengths/_unsplit/visits"), "{csv}");
    let page = String::from_utf8(made(&figures, Format::Html)).expect("UTF-8");
    assert!(page.contains("Thời gian một lượt xem; không phân chia: 4.339"));
    assert_eq!(
        cells::find(&figures, "lengths/*/visits").map(|found| found.value),
        Some(Cell::Count(Count::Shown(48_210)))
    );
    assert!(cells::find(&figures, "hours/1/*").is_some());
}

#[test]
fn paths_have_no_total() {
    let mut book = workbook(made(&sample::figures(), Format::Xlsx));
    let paths = book.worksheet_range("Đường đi").expect("a sheet");
    let end = paths.end().expect("cells").0;
    assert_ne!(paths.get_value((end, 0)).map(ToString::to_string).as_deref(), Some("Cộng"));
}

#[test]
fn own_days_that_cut_a_segment_have_no_empty_tables_and_no_zero_hours() {
    let mut figures = sample::figures();
    figures.is_whole = false;
    figures.key.visits_more = 800;
    (figures.key.screen_millis, figures.key.median_visit_millis, figures.key.people) = (None, None, None);
    figures.key.finished = Count::Withheld;
    figures.hours = [[Count::Withheld; 24]; 7];
    (figures.lengths, figures.languages) = (Vec::new(), Vec::new());
    (figures.items, figures.paths) = (Vec::new(), Vec::new());
    figures.places.iter_mut().for_each(|place| place.visits = Count::Withheld);
    let document = entries(&made(&figures, Format::Docx)).remove("word/document.xml").expect("a document");
    let text = words_of(&document);
    assert!(text.contains("ít nhất 48.210 lượt xem"));
    assert_eq!(text.matches("không công bố cho những ngày này").count(), 1);
    for false_word in ["Không có tư liệu nào được mở", "0,0", "Thời gian màn hình", "Bảng 3."] {
        assert!(!text.contains(false_word), "{false_word}");
    }
    let mut book = workbook(made(&figures, Format::Xlsx));
    let hours = book.worksheet_range("Ngày và giờ").expect("a sheet");
    assert!(hours.get_value((6, 0)).is_some_and(|cell| cell.to_string().contains("không công bố cho những ngày này")));
}

#[test]
fn a_kiosk_without_any_journal_is_not_complete() {
    let mut figures = sample::figures();
    figures.kiosks[0].records = 0;
    figures.kiosks.truncate(1);
    let page = String::from_utf8(made(&figures, Format::Html)).expect("UTF-8");
    assert!(page.contains("chưa có nhật ký") && !page.contains("đầy đủ"), "no journal is not a complete one");
}

#[test]
fn a_lower_bound_of_45_130_is_not_an_exact_number_in_table_1() {
    let mut figures = sample::figures();
    (figures.key.finished, figures.key.finished_more) = (Count::Shown(45_130), 1_049);
    let document = entries(&made(&figures, Format::Docx)).remove("word/document.xml").expect("a document");
    assert!(words_of(&document).contains("Lượt nghe hết lời kể, ít nhất\n45.130"), "{}", words_of(&document));
    let csv = String::from_utf8(made(&figures, Format::Csv)).expect("UTF-8");
    assert!(csv.contains(",\"Lượt nghe hết lời kể, ít nhất\",Số liệu,45130,"), "{csv}");
}

#[test]
fn a_kiosk_moved_in_march_does_not_make_31_kiosks_of_30() {
    let mut figures = sample::figures();
    figures.key.kiosks = 36;
    let mut book = workbook(made(&figures, Format::Xlsx));
    let places = book.worksheet_range("Nơi đặt máy").expect("a sheet");
    let last = places.end().expect("cells").0;
    assert_eq!(places.get_value((last, 2)).and_then(number), None, "37 stand in the rows");
    let note = places.get_value((2, 0)).map(ToString::to_string).unwrap_or_default();
    assert!(note.contains("Máy chuyển chỗ trong kỳ") && note.contains("36 máy"), "{note}");
    let document = entries(&made(&figures, Format::Docx)).remove("word/document.xml").expect("a document");
    assert!(words_of(&document).contains("Cộng\n36\n48.210"), "{}", words_of(&document));
}

#[test]
fn the_command_of_explain_can_be_copied_and_finds_its_cell() {
    let figures = sample::figures();
    let mut book = workbook(made(&figures, Format::Xlsx));
    let sources = book.worksheet_range("Nguồn").expect("a sheet");
    let command = sources.get_value((4, 0)).map(ToString::to_string).unwrap_or_default();
    let cell = command.rsplit('"').nth(1).expect("a cell in quotes");
    assert!(cells::find(&figures, cell).is_some_and(|found| found.name[1] == "visits"), "{command}");
}
