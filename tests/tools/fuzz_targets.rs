//! The parsers, each with its samples, the words it knows and the memory it may take. A new one gets a function here.

use crate::corpus::bytes::{GOOD, MANIFEST, content};
use crate::fuzz::{Target, run};
use crate::packs::{packs, small_pack};
use crate::sealed::{part, zip};
use crate::signing::{ORGANISER, ROOT};
use haidang::base::ids::Id;
use haidang::diagnostics::Findings;
use haidang::organiser::iiif;
use haidang::organiser::making::draft::Draft;
use haidang::organiser::making::media::Shelf;
use haidang::organiser::making::{dates, rows, sheet, template, xlsx_parts};
use haidang::pack::captions;
use haidang::pack::georef::annotation;
use haidang::pack::sealed::{Manifest, Sealed};
use haidang::pack::signing::revocation::{RevocationList, Revoked};
use haidang::pack::signing::seal::Seal;
use haidang::pack::signing::vouch::{Scope, Vouching};
use haidang::pack::signing::{PublicKey, Ring, judge, keys};
use haidang::pack::sound::{loudness, millis};
use haidang::pack::source::{self, outline::Outline, picture_size, schema};
use haidang::pack::store::State;
use haidang::pack::tiles::pyramid::TileId;
use haidang::pack::tiles::source::TileSource;
use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::{Date, date};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

const TODAY: Date = date(2026, 11, 21);
const MEBIBYTE: usize = 1 << 20;

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).expect("sample read")
}

fn samples(names: &[&str]) -> Vec<Vec<u8>> {
    names.iter().map(|name| sample(name)).collect()
}

/// Something to be read from a file of this name; each test has its own.
fn in_file(name: &str, bytes: &[u8], read: impl FnOnce(&Path)) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("temporary folder");
    }
    let path: PathBuf = FOLDER.with(|folder| folder.path().join(name));
    fs::write(&path, bytes).expect("written");
    read(&path);
}

fn ron(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut findings = Findings::default();
    drop(source::parse::<schema::Exhibit>("a.ron", text, &mut findings));
    drop(source::parse::<schema::Item>("a.ron", text, &mut findings));
    drop(source::parse::<Vec<schema::Source>>("a.ron", text, &mut findings));
    let lines = text.lines().count() + 1;
    for problem in findings.into_sorted() {
        assert!(problem.place.at.is_none_or(|at| (1..=lines).contains(&at.line) && at.column >= 1));
        assert!(![problem.message.vi, problem.hint.en].iter().any(|said| said.chars().any(char::is_control)));
    }
    let outline = Outline::of(text);
    assert!(outline.entries.iter().all(|e| e.start <= e.value_start && e.value_start <= e.end && e.end <= e.next));
    drop(haidang::pack::rules::written::values("a.ron", text));
}

#[test]
fn fuzz_ron() {
    let names = [
        "packs/valid/small/exhibit.ron",
        "packs/valid/small/sources.ron",
        "packs/valid/small/items/map-test.ron",
        "packs/valid/small/items/doc-test.ron",
        "packs/valid/georeferenced/items/map-test.ron",
    ];
    let words = &[
        "(",
        "[",
        "{",
        ")",
        "]",
        "}",
        "\"",
        "r#\"",
        "Some(",
        "/*",
        "//",
        "#![enable(",
        "'",
        ":",
        ",",
        "\\u{",
        "“",
        "None",
        "nan",
        "inf",
        "1_000",
    ];
    run(&Target { name: "ron", samples: samples(&names), words, held: (900, 4 * MEBIBYTE), run: ron });
}

/// A whole folder, one of its texts spoilt; threads of its own read it, so that only panics are seen here.
fn folder(bytes: &[u8]) {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(small_pack);
    fs::write(FOLDER.path().join("items/map-test.ron"), bytes).expect("written");
    let opened = haidang::pack::check(FOLDER.path(), 2026);
    assert!(opened.readable && opened.findings.len() < 5_000);
}

#[test]
fn fuzz_folder() {
    let names = ["packs/valid/small/items/map-test.ron", "packs/valid/georeferenced/items/map-test.ron"];
    let words = &[
        "(",
        "\"\"",
        "Geo(1.0, 2.0)",
        "NaN",
        "1e308",
        "-0.0",
        "Points(",
        "Helmert",
        "ThinPlateSpline",
        "Year(99999)",
        "Between(1, 0)",
    ];
    run(&Target { name: "folder", samples: samples(&names), words, held: (4_000, 64 * MEBIBYTE), run: folder });
}

#[test]
fn fuzz_captions() {
    let names = ["packs/valid/small/narration/map-test.vi.vtt", "packs/valid/small/narration/map-test.en.vtt"];
    let words = &["WEBVTT", "-->", "->", "00:00:01.000", "99:59:59.999", "\n\n", "NOTE", "\u{feff}", "\r\n", ":"];
    let read = |bytes: &[u8]| {
        let (cues, _) = captions::read(&String::from_utf8_lossy(bytes));
        assert!(cues.iter().all(|cue| cue.start_millis < cue.end_millis && !cue.text.is_empty()));
        assert!(cues.is_sorted_by(|a, b| a.end_millis <= b.start_millis));
    };
    run(&Target { name: "captions", samples: samples(&names), words, held: (100, MEBIBYTE), run: read });
}

fn sealed(bytes: &[u8]) {
    in_file("a.haidang", bytes, |path| {
        let Ok(sealed) = Sealed::open(path) else { return };
        let is_whole = sealed.verify_whole(|_, _| true).is_ok();
        let mut ring = Ring::default();
        ring.trust("a", ROOT.made.public).expect("trusted");
        let id = sealed.manifest.id.as_str();
        let judged = judge(&ring, ring.revocations(), sealed.manifest_bytes(), sealed.signature_text(), id, TODAY);
        let is_ours = [&GOOD.bytes, &GOOD.earlier, &GOOD.other].iter().any(|good| *good == bytes);
        assert!(is_ours || !(is_whole && judged.is_trusted()), "something else is taken for ours");
    });
}

#[test]
fn fuzz_zip() {
    let text = Manifest::parse(&GOOD.bytes[content(&GOOD.bytes, MANIFEST)]).expect("a manifest");
    let mut small = text;
    small.pictures.clear();
    small.entries.truncate(1);
    let entry = small.entries[0].path.clone();
    let bytes = GOOD.bytes[content(&GOOD.bytes, &entry)].to_vec();
    let small = zip(&[part(MANIFEST, small.render().as_bytes()), part(&entry, &bytes)], |_| {});
    let words = &[
        "PK\u{1}\u{2}",
        "PK\u{3}\u{4}",
        "PK\u{5}\u{6}",
        "PK\u{6}\u{6}",
        "PK\u{6}\u{7}",
        "PK\u{7}\u{8}",
        "manifest.json",
        "../",
    ];
    let samples = vec![GOOD.bytes.clone(), GOOD.other.clone(), small];
    // What a directory and a manifest may hold at most is bounded however long the file is.
    run(&Target { name: "zip", samples, words, held: (40, 4 * MEBIBYTE), run: sealed });
}

#[test]
fn fuzz_manifest() {
    let samples = vec![GOOD.bytes[content(&GOOD.bytes, MANIFEST)].to_vec()];
    let words =
        &["{", "[", "\"", "null", "\"format\": 2", "\\u001b", "\\ud800", "\"entries\": [", "0", "]", "}", "[0,"];
    let read = |bytes: &[u8]| {
        if let Ok(manifest) = Manifest::parse(bytes) {
            assert_eq!(manifest.render().as_bytes(), bytes);
        }
    };
    run(&Target { name: "manifest", samples, words, held: (40, MEBIBYTE), run: read });
}

fn tiles(bytes: &[u8]) {
    in_file("a.tiles", bytes, |path| {
        let Ok(source) = TileSource::open(path) else { return };
        let pyramid = source.pyramid();
        drop(source.overview());
        for level in 0..=pyramid.levels() {
            let (columns, rows) = pyramid.grid(level);
            let last = TileId { level, column: columns - 1, row: rows - 1 };
            assert!(level == pyramid.levels() || source.tile(last).is_ok(), "an open container lacks a tile");
        }
    });
}

#[test]
fn fuzz_tiles() {
    let bytes = &GOOD.bytes;
    let sealed = Manifest::parse(&bytes[content(bytes, MANIFEST)]).expect("a manifest");
    let mut samples: Vec<Vec<u8>> =
        sealed.pictures.iter().map(|(_, entry)| bytes[content(bytes, entry)].to_vec()).collect();
    // Heads that hold what they say, so that what is behind them is looked at.
    for (head, entries) in [(vec![6u32, 4, 1], 1u32), (vec![1_100, 500, 4], 4), (vec![6, 4, 300, 2, 1], 1)] {
        let mut bytes = if head.len() == 3 { b"HDTILES1".to_vec() } else { b"HDTILES2".to_vec() };
        bytes.extend(head.iter().flat_map(|n| n.to_le_bytes()));
        for at in 0..entries {
            bytes.push(if at + 1 == entries { 255 } else { 0 });
            bytes.extend([if at + 1 == entries { 0 } else { at }, 0].iter().flat_map(|n: &u32| n.to_le_bytes()));
            bytes.extend(200u64.to_le_bytes());
            bytes.extend(4u32.to_le_bytes());
        }
        let hash = blake3::hash(&bytes);
        samples.push([&bytes[..], hash.as_bytes().as_slice(), &[1; 200][..]].concat());
    }
    run(&Target { name: "tiles", samples, words: &["HDTILES1", "HDTILES2"], held: (16, 9 * MEBIBYTE), run: tiles });
}

#[test]
fn fuzz_pyramids_made_elsewhere() {
    let dzi = br#"<?xml version="1.0"?><Image TileSize="254" Overlap="1" Format="png"><Size Width="1500" Height="700"/></Image>"#;
    let words = &["<", "<!ENTITY a \"b\">", "<!DOCTYPE x [", "&a;", "<Image>", "\"", "/>", "<![CDATA[", "../"];
    let read = |bytes: &[u8]| in_file("a.dzi", bytes, |path| drop(TileSource::open(path).map(|s| s.missing())));
    run(&Target { name: "dzi", samples: vec![dzi.to_vec()], words, held: (200, 2 * MEBIBYTE), run: read });
    let info = sample("packs/valid/made-elsewhere/images/back/info.json");
    let words = &["{", "[", "\"tiles\"", "\"scaleFactors\": [1,2,4]", "\"width\"", "1e9", "null"];
    let read = |bytes: &[u8]| in_file("info.json", bytes, |path| drop(TileSource::open(path).map(|s| s.missing())));
    run(&Target { name: "info.json", samples: vec![info], words, held: (200, 2 * MEBIBYTE), run: read });
}

#[test]
fn fuzz_control_points() {
    let names = ["georef/annotation-older.json", "georef/annotation-page.json", "georef/annotation-broken.json"];
    let words = &["{", "[", "\"body\"", "\"features\"", "\"geometry\"", "null", "1e308", "\"type\": \"Annotation\""];
    let read = |bytes: &[u8]| drop(annotation::read(&String::from_utf8_lossy(bytes)));
    run(&Target { name: "control points", samples: samples(&names), words, held: (200, MEBIBYTE), run: read });
}

fn manifest_of_iiif(bytes: &[u8]) {
    in_file("manifest.json", bytes, |path| {
        let mut findings = Findings::default();
        let Ok(manifest) = iiif::read(path, None, "manifest.json", &mut findings) else { return };
        let wishes = iiif::import::Wishes { kind: None, nature: None };
        let mut draft = Draft { languages: vec!["vi".to_owned(), "en".to_owned()], ..Draft::default() };
        let folder = path.parent().expect("a folder");
        let mut reading = iiif::manifest::Reading::new("manifest.json", folder, None, &mut findings);
        iiif::import::fill(&mut draft, &manifest, &wishes, &mut reading);
        assert!(findings.len() <= 1_001);
        // Nothing of it leads out of the pack that is made.
        assert!(draft.copies.iter().all(|(_, to)| !to.starts_with('/') && !to.split('/').any(|part| part == "..")));
        assert!(draft.items.iter().all(|item| Id::new(&item.id).is_some()));
    });
}

#[test]
fn fuzz_iiif() {
    let names = ["iiif/book-2.json", "iiif/book-3.json", "iiif/map-3.json", "iiif/list-1.json"];
    let words = &[
        "{",
        "[",
        "\"items\": [",
        "\"type\": \"Canvas\"",
        "\"type\": \"Range\"",
        "\"id\": \"../../x\"",
        "#xywh=1,1,-1,1e308",
        "\"@value\"",
        "\"structures\"",
        "null",
        "\"none\"",
        "<p>",
        "%2e%2e%2f",
        "\"width\": 0",
    ];
    run(&Target { name: "iiif", samples: samples(&names), words, held: (400, 8 * MEBIBYTE), run: manifest_of_iiif });
}

fn list(read: Result<sheet::List, sheet::SheetError>) {
    let Ok(list) = read else { return };
    let (mut findings, mut shelf) = (Findings::default(), Shelf::default());
    let mut draft = Draft { languages: vec!["vi".to_owned(), "en".to_owned()], ..Draft::default() };
    rows::fill(&mut draft, &list, "list", &mut shelf, &mut findings);
    assert!(draft.items.len() <= 500 && findings.len() <= 1_001);
    assert!(draft.items.iter().all(|item| Id::new(&item.id).is_some()));
}

#[test]
fn fuzz_csv() {
    let samples = vec![
        "id;loại;gian;tên;niên đại;nguồn\n1;Bản đồ;\"Một; hai\";Đảo;khoảng 1838;Sách\n".as_bytes().to_vec(),
        b"\xef\xbb\xbfid,kind,hall_vi,title_vi,title_en,date,source_vi,images\nx,map,H,\"A \"\"b\"\"\",B,1830-1840,S,a.png\n".to_vec(),
        b"id\tkind\ttitle_vi\na\tdocument\t\"one\ntwo\"\n".to_vec(),
    ];
    let words =
        &["\"", "\"\"", ";", ",", "\t", "\r\n", "\u{feff}", "title_vi", "thế kỷ 99999999999", "=cmd|'/c'!A1", "\0"];
    run(&Target { name: "csv", samples, words, held: (400, 4 * MEBIBYTE), run: |bytes| list(sheet::read_csv(bytes)) });
}

#[test]
fn fuzz_xlsx() {
    let packed = template::bytes().expect("a template");
    // Without compression, what is spoilt reaches the texts within.
    let stored = xlsx_parts::stored(&packed).expect("a spreadsheet");
    let words = &[
        "<row r=\"1048576\">",
        "<c r=\"XFD1048576\">",
        "<v>",
        "t=\"s\"",
        "&#0;",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "</worksheet>",
        "PK\u{1}\u{2}",
        "xl/workbook.xml",
        "<si><t>",
        "1e400",
    ];
    let target = Target {
        name: "xlsx",
        samples: vec![packed, stored],
        words,
        held: (300, 200 * MEBIBYTE),
        run: |bytes| list(sheet::read_xlsx(bytes)),
    };
    run(&target);
}

#[test]
fn fuzz_dates() {
    let samples = ["1838", "khoảng 1838", "1830-1840", "thế kỷ XVII", "17th century", "200 TCN", "undated"];
    let words = &["-", "thế kỷ", "century", "about", "BC", "TCN", "XVII", "99999999999999999999"];
    let samples = samples.map(|text| text.as_bytes().to_vec()).into();
    let read = |bytes: &[u8]| {
        if let Some(told) = dates::read(&String::from_utf8_lossy(bytes), 2026) {
            drop((dates::ron(told.when), dates::shown(told.when)));
        }
    };
    run(&Target { name: "dates", samples, words, held: (200, MEBIBYTE), run: read });
}

fn vouching() -> Vouching {
    Vouching {
        root: ROOT.made.public,
        subject: ORGANISER.made.public,
        name: "Bảo tàng".to_owned(),
        scope: Scope::read("small-*").expect("scope"),
        from: date(2026, 1, 1),
        until: date(2026, 12, 31),
    }
}

fn list_of_revoked() -> RevocationList {
    let revoked = Revoked { key: ORGANISER.made.public.id(), since: TODAY, reason: "mất".to_owned() };
    RevocationList { root: ROOT.made.public, number: 1, keys: vec![revoked] }
}

/// Texts that an office signed, made once.
static SIGNED: LazyLock<[String; 3]> = LazyLock::new(|| {
    let seal = Seal::new("small-test", "1", "Sample", TODAY).put_on(b"a manifest", &ROOT.secret).expect("signed");
    let vouched = vouching().signed(&ROOT.secret).expect("signed");
    [seal, vouched, list_of_revoked().signed(&ROOT.secret).expect("signed")]
});

fn signed_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut ring = Ring::default();
    ring.trust("a", ROOT.made.public).expect("trusted");
    let judged = judge(&ring, ring.revocations(), b"a manifest", Some(text), "small-test", TODAY);
    let is_ours = SIGNED.iter().any(|signed| signed == text);
    assert!(is_ours || !judged.is_trusted());
    assert!(ring.admit_vouching(text).is_err() || is_ours);
    assert!(ring.admit_revocations(text).is_err() || is_ours);
    drop(PublicKey::read_file(text));
    let _ = keys::check_secret_text(text);
    drop(Seal::read(text));
    drop(Scope::read(text));
}

#[test]
fn fuzz_signatures() {
    let mut samples: Vec<Vec<u8>> = SIGNED.iter().map(|text| text.as_bytes().to_vec()).collect();
    samples.extend([
        ORGANISER.made.public.file_text("Bảo tàng").into_bytes(),
        ORGANISER.made.secret_text.clone().into_bytes(),
    ]);
    let words = &[
        "untrusted comment: ",
        "trusted comment: ",
        "\n",
        "\r\n",
        "RW",
        "==",
        "haidang pack=",
        "revoked: ",
        "root: ",
        "\u{202e}",
    ];
    run(&Target { name: "signatures", samples, words, held: (60, 2 * MEBIBYTE), run: signed_text });
}

#[test]
fn fuzz_key_rings() {
    let mut ring = Ring::default();
    ring.trust("Sở Văn hóa", ROOT.made.public).expect("trusted");
    let empty = Ring::default().write();
    ring.admit_vouching(&SIGNED[1]).expect("admitted");
    ring.admit_revocations(&SIGNED[2]).expect("admitted");
    let samples = vec![ring.write().into_bytes(), empty.into_bytes()];
    let words = &["{", "[", "\"roots\": [", "\"vouchings\": [\"", "\"format\": 2", "null", "\\n", "\"\""];
    let read = |bytes: &[u8]| drop(std::str::from_utf8(bytes).map(Ring::read));
    run(&Target { name: "key rings", samples, words, held: (60, 2 * MEBIBYTE), run: read });
}

#[test]
fn fuzz_the_stores_state() {
    let text = format!(
        "{{\"active\": {{\"pack\": \"a\", \"manifest\": \"{}\"}}, \"format\": 1, \"previous_good\": null, \"schedule\": \
         [{{\"pack\": {{\"pack\": \"a\", \"manifest\": \"{0}\"}}, \"from\": \"2026-11-01\", \"until\": \"2026-11-30\"}}], \
         \"trial_openings\": 0}}",
        "a".repeat(64)
    );
    let words = &["{", "[", "null", "\"schedule\": [", "-1", "99999999999"];
    let read = |bytes: &[u8]| {
        if let Some(state) = State::parse(bytes) {
            assert_eq!(State::parse(state.render().as_bytes()), Some(state));
        }
    };
    run(&Target { name: "state", samples: vec![text.into_bytes()], words, held: (60, MEBIBYTE), run: read });
}

#[test]
fn fuzz_heads_of_pictures() {
    let mut samples = samples(&["pictures/inks.jpg", "pictures/progressive.jpg", "packs/valid/small/images/map.png"]);
    let picture = RgbImage::from_fn(20, 12, |x, y| Rgb([x as u8 * 9, y as u8 * 9, 40]));
    for format in [ImageFormat::Jpeg, ImageFormat::WebP] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("encoded");
        samples.push(bytes.into_inner());
    }
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).expect("encoder");
    encoder.write_image::<tiff::encoder::colortype::RGB8>(20, 12, picture.as_raw()).expect("encoded");
    samples.push(bytes.into_inner());
    let words = &["\u{89}PNG", "IHDR", "IDAT", "Exif", "ICC_PROFILE", "RIFF", "WEBP", "VP8L", "II*\0", "MM\0*"];
    let read = |bytes: &[u8]| in_file("a.picture", bytes, |path| drop(picture_size(path, |_| true)));
    run(&Target { name: "pictures", samples, words, held: (64, 16 * MEBIBYTE), run: read });
}

#[test]
fn fuzz_sounds() {
    let samples =
        samples(&["packs/valid/small/narration/map-test.vi.ogg", "packs/invalid/loudness/narration/map-test.vi.wav"]);
    let words = &["OggS", "\u{1}vorbis", "\u{5}vorbis", "RIFF", "WAVEfmt ", "data", "fLaC", "ID3"];
    let read = |bytes: &[u8]| {
        in_file("a.ogg", bytes, |path| {
            drop(millis(path));
            drop(loudness(path));
        });
    };
    run(&Target { name: "sounds", samples, words, held: (64, 64 * MEBIBYTE), run: read });
}

#[test]
fn the_samples_are_good() {
    assert!(packs().join("valid/small").is_dir());
    assert!(picture_size(&packs().join("valid/small/images/map.png"), |_| true).is_ok());
}
