//! What an officer who has only scans and the spreadsheet sees: every test is named after it.

use super::making::{desk, ended_with, exhibit, imported, made, scan, tool, utf8};
use haidang::organiser::making::columns::HEADS;
use haidang::organiser::making::facts::FACTS as SHEET;
use haidang::organiser::making::template;
use haidang::pack;
use haidang::pack::model::{ApprovalStatus, SourceStatus, Voice, When};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

pub type Cells<'a> = &'a [(&'a str, &'a str)];

/// A row of a map that lacks nothing but its picture, with some cells filled in otherwise.
pub fn map<'a>(cells: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut row = vec![
        ("kind", "Bản đồ"),
        ("hall_vi", "Bản đồ"),
        ("hall_en", "Maps"),
        ("lead_vi", "Bờ biển trên bản đồ."),
        ("lead_en", "The coast on maps."),
        ("title_vi", "Hải đồ 1938"),
        ("title_en", "Chart of 1938"),
        ("date", "1938"),
        ("description_vi", "Hải đồ in năm 1938."),
        ("description_en", "A chart printed in 1938."),
        ("source_vi", "Hồ sơ di tích đình làng"),
        ("source_en", "Heritage file of the communal house"),
        ("source_publisher", "Ủy ban nhân dân xã"),
        ("source_status", "Theo nguồn"),
        ("licence", "Được phép"),
        ("credit_vi", "Ảnh quét của xã"),
        ("credit_en", "Scan by the commune"),
        ("nature", "Bản quét"),
        ("images", "hai-do.png"),
        ("alt_vi", "Hải đồ có ghi độ sâu."),
        ("alt_en", "A chart with depths."),
    ];
    row.retain(|(column, _)| cells.iter().all(|(other, _)| other != column));
    row.extend(cells);
    row
}

/// The facts of an exhibit without an approval.
pub const EXHIBIT: [(&str, &str); 5] = [
    ("title_vi", "Biển và làng"),
    ("title_en", "The sea and the village"),
    ("publisher_vi", "Ủy ban nhân dân xã"),
    ("publisher_en", "The commune"),
    ("version", "1.0.0"),
];

/// The template as an officer fills it in: both sheets, heads and rows where the template has them.
pub fn filled(dir: &TempDir, rows: &[Vec<(&str, &str)>], facts: Cells<'_>) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in HEADS.iter().enumerate() {
        sheet.write(0, column as u16, format!("{}\n{}", head.vi, head.en)).expect("head written");
    }
    for (number, row) in rows.iter().enumerate() {
        for (name, text) in row {
            let column = HEADS.iter().position(|head| head.en == *name).expect("a column of the template");
            sheet.write(number as u32 + 1, column as u16, *text).expect("cell written");
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name("Triển lãm · Exhibit").expect("sheet named");
    for (number, known) in SHEET.iter().enumerate() {
        let row = number as u32 + 1;
        sheet.write(row, 0, format!("{}\n{}", known.vi, known.key)).expect("name written");
        if let Some((_, text)) = facts.iter().find(|(key, _)| *key == known.key) {
            sheet.write(row, 1, *text).expect("fact written");
        }
    }
    fs::write(dir.path().join("list.xlsx"), book.save_to_buffer().expect("a spreadsheet")).expect("list written");
}

/// Runs `new` with nothing told on the command line.
pub fn new(dir: &TempDir, code: i32) -> (std::path::PathBuf, String) {
    let (list, media, pack) = (dir.path().join("list.xlsx"), dir.path().join("media"), dir.path().join("pack"));
    let said = ended_with(code, &["new", utf8(&pack), "--from", utf8(&list), "--media", utf8(&media)]);
    (pack, said)
}

pub fn said_all(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

pub fn chart(dir: &TempDir) {
    scan(&dir.path().join("media/hai-do.png"), 20);
}

#[test]
fn the_template_as_it_is_written_makes_a_pack_without_complaint() {
    let dir = desk();
    fs::write(dir.path().join("list.xlsx"), template::bytes().expect("a template")).expect("list written");
    scan(&dir.path().join("media/vi-du-ban-do-thu.png"), 9);
    let (pack, _) = made(&dir, "list.xlsx", 0);
    assert_eq!(exhibit(&pack).approval.status, ApprovalStatus::Sample);
}

#[test]
fn a_decision_in_the_sheet_makes_an_approved_pack() {
    let dir = desk();
    chart(&dir);
    scan(&dir.path().join("media/dia-gioi.png"), 90);
    let second = map(&[
        ("title_vi", "Bản đồ địa giới"),
        ("title_en", "Map of boundaries"),
        ("images", "dia-gioi.png"),
        ("date", "đầu thế kỷ XX"),
        ("date_disputed", "Có"),
        ("related", "Hải đồ 1938"),
        ("source2_title_vi", "Địa chí tỉnh"),
        ("source2_title_en", "Gazetteer of the province"),
        ("source2_holder_vi", "Thư viện tỉnh"),
        ("source2_holder_en", "The provincial library"),
        ("source2_status", "Đã kiểm chứng"),
    ]);
    let mut facts = EXHIBIT.to_vec();
    facts.extend([
        ("subtitle_vi", "Tư liệu của xã"),
        ("subtitle_en", "Records of the commune"),
        ("note_vi", "Tư liệu do xã giữ."),
        ("note_en", "The commune keeps these records."),
        ("note_source", "hồ sơ di tích đình làng"),
        ("featured", "Bản đồ địa giới"),
        ("prepared_by_vi", "Bà Nguyễn Thị Lan"),
        ("prepared_by_en", "Ms Nguyễn Thị Lan"),
        ("appraised_by_vi", "Sở Văn hóa"),
        ("appraised_by_en", "Department of Culture"),
        ("decision", "45/QĐ-UBND"),
        ("decision_date", "10/11/2024"),
    ]);
    filled(&dir, &[map(&[("hall_image", "Bản đồ địa giới")]), second], &facts);
    let (pack, _) = new(&dir, 0);
    let exhibit = exhibit(&pack);
    let approval = &exhibit.approval;
    assert_eq!((approval.status, approval.date.as_deref()), (ApprovalStatus::Approved, Some("2024-11-10")));
    let vi = &exhibit.languages[0];
    assert_eq!(approval.note.get(vi), "Đã duyệt theo quyết định số 45/QĐ-UBND ngày 10/11/2024.");
    assert_eq!(
        (exhibit.version.as_str(), exhibit.featured.as_ref().map(|id| id.as_str())),
        ("1.0.0", Some("ban-do-dia-gioi"))
    );
    assert!(exhibit.subtitle.is_some() && exhibit.note.is_some() && exhibit.halls[0].picture.is_some());
    let item = exhibit.items.values().find(|item| item.id.as_str() == "ban-do-dia-gioi").expect("the second row");
    assert_eq!((item.sources.len(), item.related.len(), item.date.disputed), (2, 1, true));
    assert_eq!((item.date.text.get(vi), item.date.when), ("Đầu thế kỷ XX", When::Between(1901, 1933)));
    let kept =
        exhibit.sources.values().find(|source| source.read_in.is_empty()).expect("a source read where it is kept");
    assert_eq!(kept.status, SourceStatus::Verified);
}

#[test]
fn an_approval_without_its_appraiser_stays_a_sample_and_says_so() {
    let dir = desk();
    chart(&dir);
    let mut facts = EXHIBIT.to_vec();
    facts.extend([
        ("id", "Bình Hải 2026"),
        ("prepared_by_vi", "Bà Lan"),
        ("prepared_by_en", "Ms Lan"),
        ("decision", "45/QĐ-UBND"),
        ("decision_date", "31/11/2024"),
    ]);
    filled(&dir, &[map(&[])], &facts);
    let (pack, said) = new(&dir, 1);
    said_all(
        &said,
        &[
            "list.xlsx: Triển lãm!B18 · Người thẩm định: error [approval-incomplete]",
            "list.xlsx: Triển lãm!B21 · Ngày quyết định: error [impossible-date]",
            "list.xlsx: Triển lãm!B2 · Mã triển lãm: error [id-changed]",
        ],
    );
    let exhibit = exhibit(&pack);
    assert_eq!((exhibit.approval.status, exhibit.id.as_str()), (ApprovalStatus::Sample, "binh-hai-2026"));
}

#[test]
fn a_source_read_on_paper_needs_no_address_and_no_link_is_shown() {
    let dir = desk();
    chart(&dir);
    filled(&dir, &[map(&[])], &EXHIBIT);
    let (pack, _) = new(&dir, 0);
    let exhibit = exhibit(&pack);
    let source = exhibit.sources.values().next().expect("a source");
    assert_eq!((source.read_in[0].publisher.as_str(), source.read_in[0].url.as_deref()), ("Ủy ban nhân dân xã", None));
    let page = dir.path().join("catalogue.html");
    ended_with(0, &["export", utf8(&pack), "--catalogue", utf8(&page)]);
    let html = fs::read_to_string(&page).expect("a page");
    assert!(html.contains("Ủy ban nhân dân xã") && !html.contains("href=\"\"") && !html.contains("href=\"http"));
}

#[test]
fn one_line_for_two_pictures_is_told_by_its_cell_and_by_check() {
    let dir = desk();
    for (name, shade) in [("van-khe-1.png", 10), ("van-khe-2.png", 200)] {
        scan(&dir.path().join("media").join(name), shade);
    }
    let row = map(&[("kind", "Sắc phong"), ("images", "van-khe-1.png; van-khe-2.png"), ("source_url", "kho của xã")]);
    filled(&dir, &[row], &EXHIBIT);
    let (pack, said) = new(&dir, 1);
    said_all(
        &said,
        &[
            "list.xlsx: AF2 · Lời tả ảnh: error [missing-field]",
            "Chưa điền “Lời tả ảnh”, ảnh thứ 2.",
            "list.xlsx: W2 · Địa chỉ nguồn: error [bad-address]",
        ],
    );
    assert!(!said.contains(".ron"), "{said}");
    let checked = ended_with(1, &["check", utf8(&pack)]);
    said_all(
        &checked,
        &[
            "“hai-do-1938”: Chưa điền “Lời tả ảnh”, ảnh thứ 2.",
            "list.xlsx: dòng 2 · Lời tả ảnh · row 2 · alt_vi (items/hai-do-1938.ron:",
        ],
    );
    assert!(!checked.contains("pack-format.md"), "{checked}");
}

#[test]
fn empty_cells_are_told_one_by_one() {
    let dir = desk();
    chart(&dir);
    let mut row = map(&[]);
    row.retain(|(name, _)| {
        !["title_en", "lead_en", "licence", "nature", "source_status", "description_en"].contains(name)
    });
    filled(&dir, &[row], &EXHIBIT);
    let (_, said) = new(&dir, 1);
    for cell in [
        "C2 · Tên (tiếng Anh)",
        "H2 · Lời dẫn gian (tiếng Anh)",
        "AA2 · Giấy phép",
        "AD2 · Dạng ảnh",
        "Z2 · Mức kiểm chứng",
        "S2 · Mô tả (tiếng Anh)",
    ] {
        assert!(said.contains(&format!("list.xlsx: {cell}: error [")), "{cell}\n{said}");
    }
    assert!(!said.contains(".ron"), "{said}");
    let output = tool(&[
        "new",
        utf8(&dir.path().join("other")),
        "--from",
        utf8(&dir.path().join("list.xlsx")),
        "--media",
        utf8(&dir.path().join("media")),
        "--json",
    ]);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("problems as JSON");
    let licence = told.as_array().expect("a list").iter().find(|p| p["key_path"] == "licence").expect("the licence");
    assert_eq!((&licence["line"], &licence["column"]), (&serde_json::json!(2), &serde_json::json!(27)));
}

#[test]
fn a_pdf_that_is_there_is_not_called_missing_and_a_slip_is_guessed() {
    let dir = desk();
    chart(&dir);
    scan(&dir.path().join("media/Văn khế 1889.png"), 99);
    for name in ["to-trinh.pdf", "dien-thoai.heic", "ghi-am.m4a"] {
        fs::write(dir.path().join("media").join(name), b"x").expect("file written");
    }
    let rows = [
        map(&[("images", "to-trinh.pdf")]),
        map(&[("title_vi", "Văn khế"), ("images", "Văn khế 1898.png"), ("audio_vi", "ghi-am.m4a")]),
    ];
    filled(&dir, &rows, &EXHIBIT);
    let (_, said) = new(&dir, 1);
    said_all(
        &said,
        &[
            "AE2 · Ảnh: error [file-of-another-kind]",
            "Có tệp “to-trinh.pdf”, nhưng dạng PDF không đọc được ở cột này.",
            "Lưu lại từng trang thành JPEG hoặc TIFF.",
            "AE3 · Ảnh: error [file-not-found]",
            "Có phải ý bạn là “Văn khế 1889.png”?",
            "dien-thoai.heic: error [file-not-read]",
            "dạng M4A không đọc được",
        ],
    );
    assert!(!said.contains("to-trinh.pdf: error"), "{said}");
}

/// A second of silence.
fn wav(path: &Path) {
    // 8,000 samples a second, one channel, 16 bits each.
    let head = b"RIFF\xa4\x3e\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x80\x3e\0\0";
    let mut bytes = head.to_vec();
    bytes.resize(bytes.len() + 16_000, 0);
    fs::write(path, bytes).expect("sound written");
}

#[test]
fn a_name_alone_reads_aloud_and_missing_captions_are_asked_for() {
    let dir = desk();
    chart(&dir);
    wav(&dir.path().join("media/loi.vi.wav"));
    let row = |voice| {
        map(&[
            ("audio_vi", "loi.vi.wav"),
            ("voice", voice),
            ("audio_licence", "CC0-1.0"),
            ("audio_credit_vi", "Xã"),
            ("audio_credit_en", "The commune"),
        ])
    };
    filled(&dir, &[row("Nguyễn Thị Lan")], &EXHIBIT);
    let (pack, said) = new(&dir, 1);
    said_all(&said, &["AH2 · Thuyết minh: error", "chưa có tệp phụ đề .vtt", "dòng đầu WEBVTT"]);
    fs::remove_dir_all(&pack).expect("pack removed");
    fs::write(dir.path().join("media/loi.vi.vtt"), "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nĐây là hải đồ.\n")
        .expect("captions written");
    let (pack, _) = new(&dir, 1);
    let item = pack::open(&pack).exhibit.and_then(|exhibit| exhibit.items.into_values().next()).expect("an item");
    assert_eq!(item.narration["vi"].voice, Voice::Recorded("Nguyễn Thị Lan".to_owned()));
    fs::remove_dir_all(&pack).expect("pack removed");
    filled(&dir, &[row("eSpeak NG 1.51")], &EXHIBIT);
    said_all(&new(&dir, 1).1, &["AJ2 · Giọng đọc: error [unknown-word]"]);
}

#[test]
fn manifests_of_the_shapes_that_libraries_publish_come_in_or_say_why_not() {
    let shapes: [(&str, i32, &[&str]); 10] = [
        ("shape-choice.json", 1, &["một lựa chọn ảnh khác"]),
        ("shape-two-on-canvas.json", 1, &["ảnh chỉ phủ một phần của trang"]),
        ("shape-detail-region.json", 1, &["một phần ảnh hoặc ảnh xoay", "trang không có ảnh"]),
        ("shape-rotated.json", 1, &["một phần ảnh hoặc ảnh xoay"]),
        ("shape-extras.json", 1, &["chú giải không nằm cạnh manifest", "ext-annos.json", "phần “navPlace”"]),
        ("shape-audio.json", 1, &["trang không có ảnh", "phần “Sound”"]),
        ("shape-tags.json", 1, &["chú giải có mục đích khác: “tagging: Göttingen”", "phần “SvgSelector”"]),
        ("shape-no-canvases.json", 1, &["manifest không có trang nào"]),
        ("shape-scene-4.json", 1, &["phần “Scene”"]),
        ("shape-collection.json", 3, &["Collection"]),
    ];
    for (name, code, parts) in shapes {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (_, said) = imported(&dir, name, &[], code);
        said_all(&said, parts);
        assert!(!said.contains("bằng tay vào gói"), "{said}");
    }
}

#[test]
fn what_was_exported_comes_back_with_its_sources_licence_and_date() {
    let dir = desk();
    chart(&dir);
    let row = map(&[
        ("kind", "Văn bản"),
        ("date", "cuối TK XIX"),
        ("source_holder_vi", "Kho lưu trữ xã"),
        ("source_holder_en", "Archive of the commune"),
        ("source2_title_vi", "Địa chí tỉnh"),
        ("source2_title_en", "Gazetteer"),
        ("source2_publisher", "Nhà in tỉnh"),
        ("source2_url", "https://example.org/dia-chi"),
        ("source2_status", "Đã kiểm chứng"),
    ]);
    filled(&dir, &[row], &EXHIBIT);
    let (pack, _) = new(&dir, 0);
    let (iiif, back) = (dir.path().join("iiif"), dir.path().join("back"));
    ended_with(0, &["export", utf8(&pack), "--iiif", utf8(&iiif)]);
    let manifest = iiif.join("hai-do-1938/manifest.json");
    let images = iiif.join("images");
    let said = ended_with(
        0,
        &["import", utf8(&manifest), "--into", utf8(&back), "--media", utf8(&images), "--nature", "scan"],
    );
    assert!(!said.contains("iiif-not-supported"), "{said}");
    let item = fs::read_to_string(back.join("items/hai-do-1938.ron"))
        .or_else(|_| fs::read_to_string(back.join("items/chart-of-1938.ron")))
        .expect("an item");
    said_all(&item, &["Cuối thế kỷ XIX", "Between(1867, 1900)", "licence: \"LicenseRef-Permission\""]);
    let sources = fs::read_to_string(back.join("sources.ron")).expect("sources");
    said_all(
        &sources,
        &[
            "Hồ sơ di tích đình làng",
            "Kho lưu trữ xã",
            "Nhà in tỉnh",
            "https://example.org/dia-chi",
            "Reported",
            "Verified",
        ],
    );
}
