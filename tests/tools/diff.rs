//! `haidang-pack diff` as an officer runs it: what changed, in words, and a page for printing.

use crate::packs::packs;
use crate::sealed::build_pack;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn small() -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packs/valid/small/.");
    assert!(Command::new("cp").arg("-r").arg(from).arg(dir.path()).status().expect("cp runs").success());
    dir
}

fn diff(old: &Path, new: &Path, more: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_haidang-pack");
    Command::new(program).arg("diff").arg(old).arg(new).args(more).env("LC_ALL", "C").output().expect("tool runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_same_pack_has_not_changed() {
    let (old, new) = (small(), small());
    let output = diff(old.path(), new.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn changed_words_and_pictures_are_told_by_name() {
    let (old, new) = (small(), small());
    let item = new.path().join("items/map-test.ron");
    let text = fs::read_to_string(&item).expect("read").replace("Lời ở góc.", "Lời <mới>.");
    fs::write(&item, text).expect("written");
    fs::copy(new.path().join("images/front.png"), new.path().join("images/map.png")).expect("copied");
    let page = new.path().join("page.html");
    let output = diff(old.path(), new.path(), &["--html", &page.to_string_lossy()]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("sửa · changed: “Bản đồ thử”: điểm “Góc trên”, lời, tiếng Việt"), "{told}");
    assert!(told.contains("“Test map”: point “Upper corner”, text, Vietnamese"), "{told}");
    assert!(told.contains("− Lời ở góc.") && told.contains("+ Lời <mới>."), "{told}");
    assert!(told.contains("“Bản đồ thử”: ảnh, tệp, nội dung"), "{told}");
    assert!(fs::read_to_string(&page).expect("page").contains("<ins>Lời &lt;mới&gt;.</ins>"));
}

#[test]
fn the_approver_holds_only_sealed_packs_and_reads_titles_and_fields() {
    let (old, new, dir) = (small(), small(), tempfile::tempdir().expect("temporary folder"));
    let rewrite = |file: &str, from: &str, to: &str| {
        let path = new.path().join(file);
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
    };
    rewrite("items/map-test.ron", "Đoạn thứ nhất.", "Đoạn đầu.");
    rewrite("items/map-test.ron", "The first paragraph.", "The opening paragraph.");
    rewrite("exhibit.ron", "status: Sample", "status: Submitted");
    let sealed = [(old.path(), "a.haidang"), (new.path(), "b.haidang")].map(|(f, n)| build_pack(f, dir.path(), n));
    let page = dir.path().join("page.html");
    let output = diff(&sealed[0], &sealed[1], &["--lang", "vi", "--html", &page.to_string_lossy()]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let order = [
        "sửa: Triển lãm: phê duyệt, tình trạng\n    − Mẫu, chưa thẩm định\n    + Đã trình, chờ duyệt",
        "sửa: “Bản đồ thử”: mô tả 1, lời, tiếng Việt\n    − Đoạn thứ nhất.\n    + Đoạn đầu.",
        "sửa: “Bản đồ thử”: mô tả 1, lời, tiếng Anh",
        "3 thay đổi",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| told.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{told}");
    assert!(!told.contains(".ron"), "{told}");
    let html = fs::read_to_string(&page).expect("page");
    assert!(html.contains("<td>“Bản đồ thử”: mô tả 1, lời, tiếng Việt</td>"), "{html}");
    // A folder and what was built of it are the same.
    let output = diff(new.path(), &sealed[1], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let output = diff(&packs().join("valid/small/exhibit.ron"), &sealed[1], &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
}
