//! What stands in the files of every format, read back by other means than those that wrote them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use resvg::usvg::roxmltree;

use super::*;
use crate::department::figures::{Count, Figures};

mod lower_bounds;

const VI: Language = Language::Vietnamese;
const ALL: [Format; 6] = [Format::Xlsx, Format::Docx, Format::Pdf, Format::Csv, Format::Zip, Format::Html];

fn made(figures: &Figures, format: Format) -> Vec<u8> {
    bytes(figures, &sample::letter(), VI, format).expect("a report")
}

/// The entries of an archive whose local heads tell their sizes.
fn entries(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut entries = BTreeMap::new();
    let mut rest = archive;
    while rest.starts_with(b"PK\x03\x04") {
        let short = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
        let packed = u32::from_le_bytes(rest[18..22].try_into().expect("four bytes")) as usize;
        let start = 30 + short(26) + short(28);
        let name = String::from_utf8(rest[30..30 + short(26)].to_vec()).expect("a name");
        let mut content = Vec::new();
        flate2::read::DeflateDecoder::new(&rest[start..start + packed]).read_to_end(&mut content).expect("deflated");
        entries.insert(name, content);
        rest = &rest[start + packed..];
    }
    entries
}

fn workbook(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    let figures = sample::figures();
    for format in ALL {
        assert_eq!(made(&figures, format), made(&figures, format), "{format:?}");
    }
}

#[test]
fn the_ending_tells_the_format() {
    assert_eq!(Format::of(Path::new("a/BÁO CÁO.XLSX")), Some(Format::Xlsx));
    assert_eq!(Format::of(Path::new("a.htm")), Some(Format::Html));
    assert_eq!(Format::of(Path::new("a.doc")), None);
    assert_eq!(Format::of(Path::new("pdf")), None);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a.doc");
    let error = write(&sample::figures(), &Letter::default(), VI, &out).expect_err("refused");
    assert!(error.to_string().contains(".docx"), "{error}");
    assert!(!out.exists());
}

#[test]
fn a_report_is_written_over_an_older_one_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a.html");
    std::fs::write(&out, "old").expect("written");
    write(&sample::figures(), &Letter::default(), VI, &out).expect("written");
    assert!(std::fs::read_to_string(&out).expect("read").starts_with("<!DOCTYPE html>"));
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
}

#[test]
fn the_workbook_has_typed_cells_and_totals_that_agree() {
    let mut workbook = workbook(made(&sample::figures(), Format::Xlsx));
    let names = workbook.sheet_names().to_vec();
    for name in ["Tổng hợp", "Theo tuần", "Ngày và giờ", "Tư liệu", "Đường đi", "Nơi đặt máy", "Máy", "Nguồn"]
    {
        assert!(names.iter().any(|held| held == name), "{name} in {names:?}");
    }
    let lengths = workbook.worksheet_range("Độ dài").expect("a sheet");
    let numbers: Vec<f64> = (6..13).filter_map(|row| lengths.get_value((row, 1)).and_then(number)).collect();
    assert_eq!(numbers.len(), 7);
    assert_eq!(lengths.get_value((13, 1)).and_then(number), Some(numbers.iter().sum()));
    let formulas = workbook.worksheet_formula("Độ dài").expect("formulas");
    assert_eq!(formulas.get_value((13, 1)).map(String::as_str), Some("SUM(B7:B13)"));
    let weeks = workbook.worksheet_range("Theo tuần").expect("a sheet");
    assert!(matches!(weeks.get_value((6, 0)), Some(Data::DateTime(_))), "{:?}", weeks.get_value((6, 0)));
    let sources = workbook.worksheet_range("Nguồn").expect("a sheet");
    let hash = sources.get_value((6, 4)).expect("a hash").to_string();
    assert_eq!(hash, sample::figures().journals[0].hash);
}

fn number(cell: &Data) -> Option<f64> {
    if let Data::Float(number) = cell { Some(*number) } else { None }
}

#[test]
fn a_column_with_a_hidden_count_and_nothing_left_over_has_no_total() {
    let mut workbook = workbook(made(&sample::figures(), Format::Xlsx));
    let places = workbook.worksheet_range("Nơi đặt máy").expect("a sheet");
    let last = places.end().expect("cells").0;
    assert_eq!(places.get_value((last, 0)).map(ToString::to_string).as_deref(), Some("Cộng"));
    assert_eq!(places.get_value((last, 3)).map(ToString::to_string).as_deref(), Some("…"));
    assert_eq!(places.get_value((last, 2)).and_then(number), Some(37.0));
    assert!(
        workbook.worksheet_formula("Nơi đặt máy").expect("formulas").get_value((last, 3)).is_none_or(String::is_empty)
    );
}

#[test]
fn the_letter_holds_its_parts_and_every_part_is_good_xml() {
    let parts = entries(&made(&sample::figures(), Format::Docx));
    for (name, content) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = std::str::from_utf8(content).expect("UTF-8");
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let text = words_of(&parts["word/document.xml"]);
    for held in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "Số: ……/BC-SGDĐT",
        "Quảng Ngãi, ngày 05 tháng 01 năm 2027",
        "BÁO CÁO",
        "48.210",
        "tăng 12%",
        "<\u{a0}5",
        "Nơi nhận:",
        "GIÁM ĐỐC",
        "không lưu tên",
    ] {
        assert!(text.contains(held), "{held}");
    }
    let document = String::from_utf8_lossy(&parts["word/document.xml"]).into_owned();
    assert_eq!(document.matches("descr=\"").count(), 4);
    assert!(document.contains("<w:tblHeader />"));
    assert_eq!(parts.keys().filter(|name| name.ends_with(".odttf")).count(), 4);
    assert_eq!(parts.keys().filter(|name| name.ends_with(".png")).count(), 4);
    assert!(String::from_utf8_lossy(&parts["word/styles.xml"]).contains("vi-VN"));
}

fn words_of(xml: &[u8]) -> String {
    let text = std::str::from_utf8(xml).expect("UTF-8");
    let document = roxmltree::Document::parse(text).expect("XML");
    document
        .descendants()
        .filter(roxmltree::Node::is_text)
        .filter_map(|node| node.text())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_tables_are_good_csv() {
    let figures = sample::figures();
    let bytes = made(&figures, Format::Csv);
    assert!(bytes.starts_with("\u{feff}".as_bytes()));
    let mut reader = ::csv::Reader::from_reader(&bytes[3..]);
    assert_eq!(reader.headers().expect("heads").len(), 9);
    let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let visits = rows.iter().find(|row| &row[3] == "Tổng hợp" && &row[5] == "Lượt xem").expect("visits");
    assert_eq!(&visits[7], "48210");
    assert!(rows.iter().any(|row| &row[3] == "Nơi đặt máy" && &row[7] == "<5"));

    let files = entries(&made(&figures, Format::Zip));
    assert_eq!(files.len(), TABLES.len());
    let weeks = &files["02-weeks.csv"];
    // And what is not split up among them.
    assert_eq!(::csv::Reader::from_reader(&weeks[3..]).records().count(), figures.weeks.len() + 1);
    let one = table_csv(&figures, VI, "weeks").expect("known").expect("a table");
    assert_eq!(&one, weeks);
    assert!(table_csv(&figures, VI, "visitors").is_none());
}

#[test]
fn the_page_runs_no_script_and_loads_nothing() {
    let mut figures = sample::figures();
    figures.unit.name.vi = "<script>alert(1)</script>".to_owned();
    let page = String::from_utf8(made(&figures, Format::Html)).expect("UTF-8");
    assert!(!page.contains("<script"), "escaped");
    assert!(page.contains("default-src 'none'"));
    for loaded in ["src=", "href=", "url(", "@import"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
    assert_eq!(page.matches("<svg").count(), 4);
    assert!(page.contains("48.210"));
}

#[test]
fn both_languages_are_whole() {
    for format in ALL {
        assert!(bytes(&sample::figures(), &sample::letter(), Language::English, format).is_ok(), "{format:?}");
    }
    let page = bytes(&sample::figures(), &sample::letter(), Language::English, Format::Html).expect("a page");
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(page.contains("48,210") && page.contains("lang=\"en\"") && !page.contains("lượt xem"));
}

#[test]
fn nothing_recorded_is_a_report_too() {
    let mut figures = sample::figures();
    figures.weeks.clear();
    figures.hours = [[Count::Shown(0); 24]; 7];
    figures.lengths.clear();
    figures.languages.clear();
    figures.items.clear();
    figures.paths.clear();
    figures.places.clear();
    figures.kiosks.clear();
    figures.journals.clear();
    figures.key.visits = Count::Shown(0);
    figures.key.before = None;
    figures.key.finished = Count::Shown(0);
    figures.key.median_visit_millis = None;
    for format in ALL {
        assert!(!made(&figures, format).is_empty(), "{format:?}");
    }
}

/// Counts hidden one by one, their neighbours forgotten: the worst that could come in.
fn careless(numbers: &[u64]) -> Vec<Count> {
    numbers.iter().map(|number| if (1..5).contains(number) { Count::Few } else { Count::Shown(*number) }).collect()
}

fn random() -> impl Strategy<Value = Figures> {
    let cells = || proptest::collection::vec(0_u64..30, 7);
    (cells(), cells(), proptest::bool::ANY).prop_map(|(weeks, lengths, hidden)| {
        let mut figures = sample::figures();
        let total: u64 = weeks.iter().sum();
        let days = figures.weeks.iter().map(|(week, _)| *week).collect::<Vec<_>>();
        figures.weeks = days.into_iter().zip(careless(&weeks)).collect();
        let scaled: Vec<u64> = lengths
            .iter()
            .scan(total, |left, number| {
                let part = (*number).min(*left);
                *left -= part;
                Some(part)
            })
            .collect();
        let left = total - scaled.iter().sum::<u64>();
        let mut scaled = scaled;
        scaled[6] += left;
        figures.lengths.iter_mut().zip(careless(&scaled)).for_each(|(band, count)| band.1 = count);
        figures.hours = [[Count::Shown(0); 24]; 7];
        figures.hours[2][9] = Count::Shown(total);
        figures.places.clear();
        figures.languages = vec![("vi".to_owned(), Count::Shown(total))];
        figures.key.visits = if hidden { Count::Withheld } else { Count::Shown(total) };
        figures
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Who takes the shown cells of a sheet from the total of the summary learns no hidden cell; and no sheet has a
    /// total, written or as a formula, of a column with a hidden cell.
    #[test]
    fn no_format_gives_a_hidden_count_away(figures in random()) {
        let mut book = workbook(made(&figures, Format::Xlsx));
        let summary = book.worksheet_range("Tổng hợp").expect("a sheet");
        let total = summary.get_value((6, 1)).and_then(number);
        for name in ["Theo tuần", "Độ dài"] {
            let sheet = book.worksheet_range(name).expect("a sheet");
            let formulas = book.worksheet_formula(name).expect("formulas");
            let end = sheet.end().expect("cells").0;
            let cells: Vec<Option<f64>> = (6..end).map(|row| sheet.get_value((row, 1)).and_then(number)).collect();
            let hidden = cells.iter().filter(|cell| cell.is_none()).count();
            let shown: f64 = cells.iter().flatten().sum();
            let below = sheet.get_value((end, 1)).and_then(number);
            if hidden == 0 {
                prop_assert_eq!(below, Some(shown));
                prop_assert!(total.is_some() || shown == 0.0, "a hidden total is told by {}", name);
            } else if let Some(total) = total.filter(|_| below.is_some()) {
                // What is not split up stands in the last row, and is no more than the summary tells anyway.
                prop_assert_eq!(below, Some(total));
                prop_assert_eq!(shown, total);
                let others = cells[..cells.len() - 1].iter().flatten().any(|cell| *cell > 0.0);
                prop_assert!(hidden > 1 || !others, "{}: {:?} of {:?}", name, cells, total);
            } else {
                prop_assert_eq!(below, None);
                prop_assert!(formulas.get_value((end, 1)).is_none_or(String::is_empty));
                let others = cells.iter().flatten().any(|cell| *cell > 0.0);
                prop_assert!(hidden > 1 || total.is_none() || !others, "{}: {:?} of {:?}", name, cells, total);
            }
        }
        // The other formats show the same signs, and no number more.
        let csv = String::from_utf8(made(&figures, Format::Csv)).expect("UTF-8");
        let signs = |text: &str, table: &str| text.lines().filter(|line| line.contains(table) && (line.contains(",<5,") || line.contains(",…,"))).count();
        let weeks = book.worksheet_range("Theo tuần").expect("a sheet");
        let hidden = (6..weeks.end().expect("cells").0).filter(|row| weeks.get_value((*row, 1)).and_then(number).is_none()).count();
        prop_assert_eq!(signs(&csv, ",Theo tuần,"), hidden);
        if total.is_none() {
            let page = String::from_utf8(made(&figures, Format::Html)).expect("UTF-8");
            prop_assert!(!page.contains("1:17"), "a median of hidden visits");
        }
    }
}

/// Not a check: writes the sample as every kind of file, to be looked at.
#[test]
#[ignore = "writes to the folder named by HAIDANG_REPORTS"]
fn the_sample_as_files() {
    let Some(folder) = std::env::var_os("HAIDANG_REPORTS") else { return };
    for (language, tag) in [(VI, "vi"), (Language::English, "en")] {
        for ending in ["xlsx", "docx", "pdf", "csv", "zip", "html"] {
            let out = Path::new(&folder).join(format!("report-{tag}.{ending}"));
            write(&sample::figures(), &sample::letter(), language, &out).expect("written");
        }
    }
}

#[test]
fn every_format_to_work_in_tells_the_names_of_its_cells() {
    let figures = sample::figures();
    let text = |format| String::from_utf8(made(&figures, format)).expect("UTF-8");
    assert!(text(Format::Html).contains("title=\"summary/visits/value\""));
    assert!(text(Format::Csv).lines().nth(1).is_some_and(|line| line.contains("summary/visits/value")));
    // A letter that is signed tells only where they stand.
    let document = entries(&made(&figures, Format::Docx)).remove("word/document.xml").expect("a document");
    let document = String::from_utf8(document).expect("UTF-8");
    assert!(document.contains("Mỗi con số tra được") && !document.contains("summary/visits/"));
    let mut book = workbook(made(&figures, Format::Xlsx));
    let sources = book.worksheet_range("Nguồn").expect("a sheet");
    let note = |row: u32| sources.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
    assert!(note(4).starts_with("haidang-visits explain --lake"), "{}", note(4));
}

#[test]
fn a_cell_is_found_by_its_name_and_by_its_place_in_the_workbook() {
    let figures = sample::figures();
    let found = |text: &str| cells::find(&figures, text);
    let visits = found("summary/visits/value").expect("there");
    assert_eq!(visits.value, Cell::Count(figures.key.visits));
    assert_eq!(found("Tổng hợp!B7"), Some(visits.clone()));
    assert_eq!(found("'Summary'!$B$7"), Some(visits.clone()));
    assert_eq!(found("key/visits/value"), Some(visits));
    let monday = found("hours/1/8").expect("there");
    assert_eq!(monday.value, Cell::Count(figures.hours[0][8]));
    assert_eq!(found("Ngày và giờ!J7"), Some(monday));
    for nothing in [
        "",
        "!",
        "summary",
        "summary/visits",
        "Tổng hợp!A7",
        "Tổng hợp!B5",
        "Tổng hợp!B99999999999999999999",
        "x!B7",
        "hours/8/1",
    ] {
        assert_eq!(found(nothing), None, "{nothing}");
    }
}
