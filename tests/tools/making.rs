//! Packs made of lists, scans and IIIF manifests, and IIIF and catalogues made of packs, as a person runs the tool.

use haidang::organiser::making::{sheet, template, xlsx_parts};
use haidang::pack;
use haidang::pack::model::{Exhibit, Kind, When};
use haidang::pack::tiles::source::TileSource;
use image::{Rgb, RgbImage};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A hostile list is told within this; the test's machine may be busy.
const PATIENCE: Duration = Duration::from_secs(5);
const HEADS: &str = "id,kind,hall_vi,hall_en,lead_vi,lead_en,title_vi,title_en,date,description_vi,description_en,\
                     source_vi,source_en,source_publisher,source_url,source_status,licence,credit_vi,credit_en,nature,\
                     images,alt_vi,alt_en";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn tool(arguments: &[&str]) -> Output {
    let built = PathBuf::from(env!("CARGO_BIN_EXE_haidang-pack"));
    let program = std::env::var_os("HAIDANG_BIN").map_or(built, |folder| Path::new(&folder).join("haidang-pack"));
    Command::new(program).args(arguments).env("LC_ALL", "C").stdin(Stdio::null()).output().expect("tool runs")
}

/// Fails with all that the tool said when it ended otherwise.
pub fn ended_with(code: i32, arguments: &[&str]) -> String {
    let output = tool(arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{said}\n{complained}");
    format!("{said}{complained}")
}

pub fn utf8(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

pub fn scan(path: &Path, shade: u8) {
    RgbImage::from_fn(120, 80, |x, y| Rgb([shade, x as u8, y as u8])).save(path).expect("scan written");
}

pub fn exhibit(folder: &Path) -> Exhibit {
    let opened = pack::open(folder);
    assert!(opened.findings.is_empty(), "{:#?}", opened.findings);
    opened.exhibit.expect("an exhibit")
}

/// A row of a list in the order of [`HEADS`].
fn row(title: &str, kind: &str, date: &str, images: &str, alt: &str) -> Vec<String> {
    let told = [
        "",
        kind,
        "Bản đồ cổ",
        "Old maps",
        "Những bản đồ cổ.",
        "Old maps.",
        title,
        "An item",
        date,
        "Đoạn một.\nĐoạn hai.",
        "Part one.\nPart two.",
        "Sách thử",
        "Test book",
        "Nhà in thử",
        "https://example.org/book",
        "Cần kiểm tra",
        "CC0-1.0",
        "Thư viện thử",
        "Test library",
        "Bản quét",
        images,
        alt,
        "A picture {n}.",
    ];
    told.map(str::to_owned).into()
}

fn csv(rows: &[Vec<String>], separator: &str) -> String {
    let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(separator);
    let heads = HEADS.replace(',', separator);
    format!("{heads}\r\n{}\r\n", rows.iter().map(line).collect::<Vec<_>>().join("\r\n"))
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in HEADS.split(',').enumerate() {
        sheet.write(0, column as u16, head).expect("head written");
    }
    for (number, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let at = (number as u32 + 1, column as u16);
            match text.parse::<f64>() {
                Ok(number) => sheet.write(at.0, at.1, number).expect("number written"),
                Err(_) => sheet.write(at.0, at.1, text).expect("text written"),
            };
        }
    }
    book.save_to_buffer().expect("spreadsheet written")
}

const FACTS: [&str; 8] = [
    "--title-vi",
    "Triển lãm thử",
    "--title-en",
    "A test exhibition",
    "--publisher-vi",
    "Nhóm thử",
    "--publisher-en",
    "Test group",
];

/// Runs `new` on a list and a folder of media within a temporary folder.
pub fn made(dir: &TempDir, list: &str, code: i32) -> (PathBuf, String) {
    let (list, media, pack) = (dir.path().join(list), dir.path().join("media"), dir.path().join("pack"));
    let mut arguments = vec!["new", utf8(&pack), "--from", utf8(&list), "--media", utf8(&media)];
    arguments.extend(FACTS);
    let said = ended_with(code, &arguments);
    (pack, said)
}

pub fn desk() -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    fs::create_dir(dir.path().join("media")).expect("folder made");
    dir
}

#[test]
fn twelve_scans_and_a_spreadsheet_become_a_clean_pack() {
    let dir = desk();
    let media = dir.path().join("media");
    let mut rows = Vec::new();
    for number in 1..=9 {
        scan(&media.join(format!("Bản đồ số {number}.png")), number * 20);
        let date = ["1838", "khoảng 1690", "1830-1840", "thế kỷ 17", "không rõ"][usize::from(number) % 5];
        rows.push(row(&format!("Bản đồ số {number}"), "Bản đồ", date, "", "Ảnh {n}."));
    }
    for page in [1, 2, 10] {
        scan(&media.join(format!("chau-ban_{page}.png")), 200 + page);
    }
    rows.push(row("Châu bản", "văn bản", "1838", "", "Trang {n}."));
    fs::write(dir.path().join("list.xlsx"), xlsx(&rows)).expect("list written");
    let (pack, _) = made(&dir, "list.xlsx", 0);
    let exhibit = exhibit(&pack);
    assert_eq!((exhibit.items.len(), exhibit.halls.len(), exhibit.sources.len()), (10, 1, 1));
    assert_eq!(exhibit.id.as_str(), "trien-lam-thu");
    let item = exhibit.items.iter().find(|(id, _)| id.as_str() == "ban-do-so-1").expect("an item by its title").1;
    assert_eq!((item.date.when, item.description.len()), (When::Circa(1690), 2));
    let document = exhibit.items.iter().find(|(id, _)| id.as_str() == "chau-ban").expect("the document").1;
    let Kind::Document { pages } = &document.kind else { panic!("no document") };
    let shades =
        pages.iter().map(|page| image::open(&page.picture.path).expect("a page").into_rgb8().get_pixel(0, 0)[0]);
    assert_eq!(shades.collect::<Vec<_>>(), [201, 202, 210]);
    // A second run writes nothing over.
    made(&dir, "list.xlsx", 1);
}

#[test]
fn lists_of_every_form_give_the_same_pack() {
    let rows = [row("Đường “thử”; một, hai", "MAP", "1838", "a.png", "Ảnh.")];
    let forms: [(&str, Vec<u8>); 5] = [
        ("a.csv", csv(&rows, ",").into_bytes()),
        ("b.csv", csv(&rows, ";").into_bytes()),
        ("c.csv", format!("\u{feff}{}", csv(&rows, ";")).into_bytes()),
        ("d.csv", csv(&rows, "\t").replace("\r\n", "\n").into_bytes()),
        ("e.xlsx", xlsx(&rows)),
    ];
    for (name, bytes) in forms {
        let dir = desk();
        scan(&dir.path().join("media/A.PNG"), 9);
        fs::write(dir.path().join(name), bytes).expect("list written");
        let (pack, _) = made(&dir, name, 0);
        let exhibit = exhibit(&pack);
        assert_eq!(exhibit.items.keys().next().expect("an item").as_str(), "duong-thu-mot-hai", "{name}");
    }
    for (name, bytes) in
        [("f.csv", &b"id;title\n1;\xe1\xba"[..]), ("g.csv", b""), ("h.xlsx", b"no zip"), ("i.doc", b"x")]
    {
        let dir = desk();
        fs::write(dir.path().join(name), bytes).expect("list written");
        let (pack, _) = made(&dir, name, 3);
        assert!(!pack.exists(), "{name}");
    }
}

#[test]
fn what_cannot_be_placed_is_told_with_file_row_and_column() {
    let dir = desk();
    scan(&dir.path().join("media/nobody.png"), 9);
    let rows = [row("Có ảnh", "bản đôn", "thời xưa", "lost.png", ""), row("Không ảnh", "map", "1838", "", "")];
    fs::write(dir.path().join("list.csv"), csv(&rows, ",").replace("id,kind", "Giá,kind")).expect("list written");
    let (pack, said) = made(&dir, "list.csv", 1);
    for part in [
        "list.csv: A1: error [unknown-column]",
        "list.csv: B2 · kind: error [unknown-word]",
        "list.csv: I2 · date: error [unclear-date]",
        "list.csv: U2 · images: error [file-not-found]",
        "list.csv: U3 · images: error [row-without-image]",
        "1 files of the folder are used by no row, which is no fault: nobody.png.",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    // What is missing is asked for by `check`, nothing is made up.
    let codes: Vec<&str> = pack::open(&pack).findings.iter().map(|problem| problem.code).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| code.starts_with("missing")), "{codes:?}");
}

#[test]
fn the_template_is_read_by_its_own_reader() {
    let list = sheet::read_xlsx(&template::bytes().expect("a template")).expect("read");
    assert_eq!((list.rows.len(), list.other_sheets.len()), (2, 0));
    assert!(list.facts.len() > 5 && list.rows[0].cells.len() > 30);
}

/// A ZIP whose one part says that it is as long as it is, or not.
fn zip_of(name: &str, packed: &[u8], unpacked: u32) -> Vec<u8> {
    let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    common.extend((packed.len() as u32).to_le_bytes());
    common.extend(unpacked.to_le_bytes());
    common.extend((name.len() as u16).to_le_bytes());
    common.extend([0, 0]);
    let mut out = [b"PK\x03\x04", &common[..], name.as_bytes(), packed].concat();
    let start = out.len() as u32;
    out.extend([b"PK\x01\x02\x14\x00", &common[..], &[0; 10], &[0; 4], name.as_bytes()].concat());
    let length = out.len() as u32 - start;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

#[test]
fn a_bomb_in_a_spreadsheet_is_refused_before_it_is_unpacked() {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 200 << 20), &mut packer).expect("packed");
    let packed = packer.finish().expect("packed");
    let started = Instant::now();
    for unpacked in [200 << 20, 1_000, u32::MAX] {
        assert!(xlsx_parts::stored(&zip_of("xl/workbook.xml", &packed, unpacked)).is_err(), "{unpacked}");
    }
    assert!(started.elapsed() < PATIENCE);
}

/// The same numbers in every run.
fn chance(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A text with a few bytes changed, taken away or doubled.
fn damaged(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance(state) % 4 {
        let at = chance(state) % bytes.len().max(1);
        match chance(state) % 4 {
            0 => bytes[at] = chance(state) as u8,
            1 => bytes[at] ^= 1 << (chance(state) % 8),
            2 => bytes.truncate(at.max(1)),
            _ => {
                let end = (at + chance(state) % 64).min(bytes.len());
                let twice = bytes[at..end].to_vec();
                bytes.splice(at..at, twice);
            }
        }
    }
    bytes
}

#[test]
fn damaged_lists_give_rows_or_errors_and_end() {
    let rows = [row("Một", "map", "1838", "a.png", "Ảnh.")];
    let (table, book) = (csv(&rows, ";").into_bytes(), xlsx(&rows));
    // Without compression damage reaches the texts within.
    let bare = xlsx_parts::stored(&book).expect("a spreadsheet");
    let mut state = 7;
    for number in 0..10_000 {
        let started = Instant::now();
        let _ = sheet::read_csv(&damaged(&table, &mut state));
        let _ = sheet::read_xlsx(&damaged(if number % 2 == 0 { &book } else { &bare }, &mut state));
        assert!(started.elapsed() < PATIENCE, "{number}");
    }
}

/// Imports a sample with the small pack's pages as its pictures.
pub fn imported(dir: &TempDir, sample: &str, more: &[&str], code: i32) -> (PathBuf, String) {
    let manifest = root().join("tests/data/iiif").join(sample);
    let media = root().join("tests/data/packs/valid/small/images");
    let pack = dir.path().join(sample.trim_end_matches(".json"));
    let mut arguments = vec!["import", utf8(&manifest), "--into", utf8(&pack), "--media", utf8(&media)];
    arguments.extend(more);
    let said = ended_with(code, &arguments);
    (pack, said)
}

#[test]
fn a_manifest_of_version_3_becomes_a_pack_and_what_does_not_is_told() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (pack, said) = imported(&dir, "book-3.json", &["--nature", "scan"], 1);
    for part in ["(seeAlso)", "(metadata[2])", "(items[0].annotations[0].items[3].body)", "(structures[0].label)"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let text = fs::read_to_string(pack.join("items/test-book.ron").as_path())
        .or_else(|_| fs::read_to_string(pack.join("items/sach-thu.ron")))
        .expect("an item");
    for part in [
        "when: Circa(1690)",
        "licence: \"CC-BY-4.0\"",
        "region: (0.1, 0.1, 0.3, 0.8)",
        "original: (language: \"lzh\", text: \"試\")",
        "{\"en\": \"test\", \"vi\": \"thử\"}",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // The range turns the pages around.
    assert!(text.find("\"Trang 2\"") < text.find("\"Trang 1\""), "{text}");
    let codes: Vec<&str> = pack::open(&pack).findings.iter().map(|problem| problem.code).collect();
    assert!(codes.iter().all(|code| code.starts_with("missing")), "{codes:?}");
}

#[test]
fn a_manifest_of_version_2_and_a_list_beside_it_become_a_pack() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (pack, said) = imported(&dir, "book-2.json", &[], 1);
    assert!(said.contains("[iiif-no-language]"), "{said}");
    let text = fs::read_to_string(pack.join("items/an-old-book.ron")).expect("an item");
    for part in
        ["when: Year(1838)", "LicenseRef-PublicDomain", "text: \"試\"", "\"vi\": \"thử\"", "\"vi\": \"Người thử\""]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_georeferenced_manifest_becomes_a_map_with_control_points() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (pack, _) = imported(&dir, "map-3.json", &[], 0);
    let codes: Vec<&str> = pack::open(&pack).findings.iter().map(|problem| problem.code).collect();
    assert!(codes.iter().all(|code| code.starts_with("missing") || *code == "empty-list"), "{codes:?}");
    let text = fs::read_to_string(pack.join("georef/test-map.json"))
        .or_else(|_| fs::read_to_string(pack.join("georef/ban-do-thu.json")))
        .expect("an annotation");
    assert!(text.contains("resourceCoords"), "{text}");
}

#[test]
fn what_is_exported_comes_back_with_titles_pages_and_regions() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let small = root().join("tests/data/packs/valid/small");
    let (iiif, back) = (dir.path().join("iiif"), dir.path().join("back"));
    ended_with(0, &["export", utf8(&small), "--iiif", utf8(&iiif)]);
    ended_with(1, &["export", utf8(&small), "--iiif", utf8(&iiif)]);
    let manifest = iiif.join("doc-test/manifest.json");
    let images = iiif.join("images");
    tool(&["import", utf8(&manifest), "--into", utf8(&back), "--media", utf8(&images), "--nature", "scan"]);
    let text = fs::read_to_string(back.join("items/van-ban-thu.ron"))
        .or_else(|_| fs::read_to_string(back.join("items/test-document.ron")))
        .expect("an item");
    for part in [
        "title: {\"en\": \"Test document\", \"vi\": \"Văn bản thử\"}",
        "\"Trang 1\"",
        "\"Trang 2\"",
        "text: \"試\"",
        "\"vi\": \"thử\"",
        "\"vi\": \"Dòng chỉ có bản dịch.\"",
        "info.json",
        "\"vi\": \"Trang thử thứ hai.\"",
        "region: (",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let codes: Vec<&str> = pack::open(&back).findings.iter().map(|problem| problem.code).collect();
    assert!(codes.iter().all(|code| code.starts_with("missing")), "{codes:?}");
}

/// Tiles that overlap, and tiles that are no JPEG, come out as viewers of IIIF expect them.
#[test]
fn tiles_made_elsewhere_are_exported_too() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let folder = crate::packs::broken_pack(&crate::packs::packs().join("valid/made-elsewhere"));
    let iiif = dir.path().join("iiif");
    ended_with(0, &["export", utf8(folder.path()), "--iiif", utf8(&iiif)]);
    for (name, source) in [("art-test-1", "images/front.dzi"), ("art-test-2", "images/back/info.json")] {
        let there = iiif.join("images").join(name).join("info.json");
        let [ours, theirs] = [there, folder.path().join(source)].map(|path| TileSource::open(&path).expect("opens"));
        assert_eq!(ours.missing(), None);
        let size = |source: &TileSource| (source.pyramid().width, source.pyramid().height, source.pyramid().tile);
        assert_eq!((size(&ours), ours.pyramid().overlap), (size(&theirs), 0));
        let seen = |source: &TileSource| {
            let bytes = source.overview().expect("an overview");
            image::load_from_memory(&bytes).expect("a picture").into_rgb8()
        };
        let (ours, theirs) = (seen(&ours), seen(&theirs));
        let apart = ours.as_raw().iter().zip(theirs.as_raw()).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
        let bytes = ours.as_raw().len() as u32;
        assert!(ours.dimensions() == theirs.dimensions() && apart < 12 * bytes, "{name}: {apart} in {bytes} bytes");
    }
}

#[test]
fn a_catalogue_is_one_file_with_everything_in_it() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let small = root().join("tests/data/packs/valid/small");
    let page = dir.path().join("catalogue.html");
    ended_with(0, &["export", utf8(&small), "--catalogue", utf8(&page)]);
    let html = fs::read_to_string(&page).expect("a page");
    for part in
        ["Gói thử", "Test map", "data:image/jpeg;base64,/9j/", "CC-BY-4.0", "https://example.org/test-book", "@page"]
    {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("<script") && !html.contains("src=\"http"), "it needs something else");
    let said = ended_with(3, &["export", utf8(&small), "--catalogue", utf8(&dir.path().join("a.docx"))]);
    assert!(said.contains(".pdf") && said.contains(".html"), "{said}");
}

#[cfg(not(feature = "print"))]
#[test]
fn a_tool_that_cannot_print_says_what_to_do_instead() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let small = root().join("tests/data/packs/valid/small");
    let said = ended_with(3, &["export", utf8(&small), "--catalogue", utf8(&dir.path().join("a.pdf"))]);
    assert!(said.contains("hãy ghi .html") && said.contains("write .html"), "{said}");
}
