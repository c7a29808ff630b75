//! `haidang-pack diff` as an officer runs it: what changed, in words, and a page for printing.

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
    assert!(told.contains("kind.hotspots[corner].text.text.vi"), "{told}");
    assert!(told.contains("− Lời ở góc.") && told.contains("+ Lời <mới>."), "{told}");
    assert!(told.contains("kind.picture.file · nội dung tệp · content"), "{told}");
    assert!(fs::read_to_string(&page).expect("page").contains("<ins>Lời &lt;mới&gt;.</ins>"));
}
