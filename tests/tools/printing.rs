//! The catalogue as a PDF, as a person runs the tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What would read a file, end a block or begin a formula if it were markup. `ó` has the bookmarks written in UTF-16.
const HOSTILE: &str = r##"Gói #read("/etc/passwd") ] } ) \ $x$ @a *b* _c_ <d> // e"##;

fn small() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packs/valid/small")
}

/// The PDF of a pack, written beside its folder under this name.
fn catalogue(pack: &Path, target: &Path) -> Vec<u8> {
    let built = PathBuf::from(env!("CARGO_BIN_EXE_haidang-pack"));
    let program = std::env::var_os("HAIDANG_BIN").map_or(built, |folder| Path::new(&folder).join("haidang-pack"));
    let mut command = Command::new(program);
    command.arg("export").arg(pack).arg("--catalogue").arg(target).stdin(Stdio::null());
    let output = command.output().expect("tool runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(target).expect("a catalogue")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder made");
    for entry in fs::read_dir(from).expect("folder listed") {
        let entry = entry.expect("folder listed");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("kind of file").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("file copied");
        }
    }
}

fn count(bytes: &[u8], words: &str) -> usize {
    bytes.windows(words.len()).filter(|window| *window == words.as_bytes()).count()
}

#[test]
fn a_catalogue_is_printed_with_its_fonts_and_always_the_same() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let pdf = catalogue(&small(), &dir.path().join("one.PDF"));
    assert!(pdf.starts_with(b"%PDF-1."));
    // Title, contents, note, two halls, three items, sources.
    assert!(count(&pdf, "/Type/Page/") >= 9, "{} pages", count(&pdf, "/Type/Page/"));
    for font in ["+BeVietnamPro-Regular", "+SourceSerif4-SemiBold", "+NotoSerifCJKtc"] {
        assert!(count(&pdf, font) > 0, "{font}");
    }
    assert!(count(&pdf, "/FontFile") >= 3);
    assert!(count(&pdf, "pdfuaid:part") > 0, "made for screen readers");
    assert!(count(&pdf, "/Lang(vi)") > 0 && count(&pdf, "/Subtype/Image") >= 5);
    assert!(pdf == catalogue(&small(), &dir.path().join("two.pdf")), "the same pack gave other bytes");
}

#[test]
fn text_of_a_pack_is_never_markup() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let pack = dir.path().join("pack");
    copy(&small(), &pack);
    let quoted = HOSTILE.replace('\\', "\\\\").replace('"', "\\\"");
    for (file, title) in [("exhibit.ron", "Gói thử"), ("exhibit.ron", "Bản đồ"), ("items/doc-test.ron", "Văn bản thử")]
    {
        let text = fs::read_to_string(pack.join(file)).expect("a text");
        assert!(text.contains(title), "{file}");
        fs::write(pack.join(file), text.replacen(title, &quoted, 1)).expect("text written");
    }
    let pdf = catalogue(&pack, &dir.path().join("hostile.pdf"));
    let bookmark: String = HOSTILE.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    // The hall and the item.
    assert!(count(&pdf, &bookmark) >= 2);
    assert_eq!(count(&pdf, "root:x:0"), 0);
}

#[test]
fn what_stands_there_is_not_written_over() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let target = dir.path().join("one.pdf");
    fs::write(&target, "kept").expect("file written");
    let built = PathBuf::from(env!("CARGO_BIN_EXE_haidang-pack"));
    let mut command = Command::new(built);
    let output = command.arg("export").arg(small()).arg("--catalogue").arg(&target).output().expect("tool runs");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(&target).expect("a file"), b"kept");
}
