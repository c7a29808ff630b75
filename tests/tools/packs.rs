//! Broken packs give exactly the problems they should, whole ones none, and hostile ones end in bounded time.

use haidang::base::ids::Id;
use haidang::diagnostics::Problem;
use haidang::pack;
use haidang::pack::model::{Kind, Method};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// Far longer than any of these packs takes, far shorter than quadratic work on one of them.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packs")
}

/// A copy of the small pack, to be broken.
pub fn small_pack() -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    overlay(&packs().join("valid/small"), dir.path());
    dir
}

/// Copies a folder over another; links stay links.
pub fn overlay(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder made");
    for entry in fs::read_dir(from).expect("folder listed") {
        let entry = entry.expect("folder listed");
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().expect("kind of file");
        if kind.is_dir() {
            overlay(&source, &target);
            continue;
        }
        if target.symlink_metadata().is_ok() {
            fs::remove_file(&target).expect("old file removed");
        }
        if kind.is_symlink() {
            symlink(fs::read_link(&source).expect("link read"), &target).expect("link made");
        } else {
            fs::copy(&source, &target).expect("file copied");
        }
    }
}

/// The small pack without the files listed in `DELETE` and with the others of a folder laid over it.
pub fn broken_pack(changes: &Path) -> TempDir {
    let dir = small_pack();
    let gone = fs::read_to_string(changes.join("DELETE")).unwrap_or_default();
    for file in gone.lines().filter(|line| !line.is_empty()) {
        fs::remove_file(dir.path().join(file)).expect("file removed");
    }
    overlay(changes, dir.path());
    dir
}

pub fn edit(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("file read");
    assert!(text.contains(old), "{file} holds no {old}");
    fs::write(&path, text.replace(old, new)).expect("file written");
}

/// `<file>:<line>:<column> <key path or -> <code>`
fn line(problem: &Problem) -> String {
    let place = &problem.place;
    let at = place.at.map(|at| format!(":{at}")).unwrap_or_default();
    let key_path = if place.key_path.is_empty() { "-" } else { place.key_path.as_str() };
    format!("{}{at} {key_path} {}", place.file, problem.code)
}

fn told(folder: &Path) -> Vec<String> {
    pack::open(folder).findings.into_sorted().iter().map(line).collect()
}

/// What is told of a pack that might keep a careless reader busy or waiting for ever.
fn told_in_time(folder: &Path) -> Vec<String> {
    let (sender, receiver) = mpsc::channel();
    let folder = folder.to_owned();
    thread::spawn(move || sender.send(told(&folder)));
    receiver.recv_timeout(PATIENCE).expect("told in time")
}

#[test]
fn the_small_pack_is_clean() {
    let opened = pack::open(&packs().join("valid/small"));
    assert!(opened.findings.is_empty(), "{:#?}", opened.findings);
    assert!(opened.exhibit.is_some());
}

#[test]
fn a_map_is_tied_to_the_earth_by_points_or_by_an_annotation() {
    let cases = [("valid/georeferenced", Method::Polynomial1), ("valid/annotated", Method::ThinPlateSpline)];
    for (folder, method) in cases {
        let opened = pack::open(broken_pack(&packs().join(folder)).path());
        assert!(opened.findings.is_empty(), "{folder}: {:#?}", opened.findings);
        let exhibit = opened.exhibit.expect("an exhibit");
        let id = Id::new("map-test").expect("an id");
        let Kind::Map { georeference, printed_names, .. } = &exhibit.items[&id].kind else {
            panic!("{folder}: no map")
        };
        let georeference = georeference.as_ref().expect("control points");
        assert_eq!((georeference.method, georeference.points.len()), (method, 5), "{folder}");
        let [longitude, latitude] = georeference.transform.degrees_from_picture([20.0, 18.0]);
        assert!((longitude - 105.0).abs() < 0.5 && (latitude - 10.3).abs() < 0.5, "{folder}: {longitude} {latitude}");
        let told = georeference.errors.told_kilometres().expect("points enough");
        assert!(told > 1.0 && told < 150.0, "{folder}: {told}");
        assert!(georeference.note.is_some() && !georeference.reach.is_far(105.0, 10.0));
        let names: Vec<_> = printed_names.iter().map(|name| (name.place.as_str(), name.text.as_deref())).collect();
        assert_eq!(names, [("hoang-sa", Some("Insula")), ("p-cay", None)]);
    }
}

#[test]
fn every_broken_pack_gives_exactly_its_problems() {
    let listed = fs::read_dir(packs().join("invalid")).expect("folder listed");
    let mut folders: Vec<PathBuf> = listed.map(|entry| entry.expect("folder listed").path()).collect();
    // Samples of rules are told of by `check` alone; `rules.rs` looks at them.
    folders.retain(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let code = name.split("--").next().unwrap_or_default();
        !pack::rules::RULES.iter().any(|rule| rule.code == code)
    });
    folders.sort();
    let mut failures = String::new();
    for folder in &folders {
        let text = fs::read_to_string(folder.join("expected.txt")).expect("expected.txt read");
        let expected: Vec<&str> = text.lines().collect();
        let told = told_in_time(broken_pack(folder).path());
        if told != expected {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            failures += &format!("{name}\n  expected {expected:#?}\n  told {told:#?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(!folders.is_empty());
}

#[test]
fn more_items_than_a_pack_may_hold_are_one_problem() {
    let dir = small_pack();
    let item = fs::read_to_string(dir.path().join("items/art-test.ron")).expect("item read");
    let names: Vec<String> = (0..498).map(|n| format!("art-{n}")).collect();
    for name in &names {
        let path = dir.path().join(format!("items/{name}.ron"));
        fs::write(path, item.replace("art-test", name)).expect("item written");
    }
    let listed = format!("\"art-test\", \"{}\"]", names.join("\", \""));
    edit(dir.path(), "exhibit.ron", "\"art-test\"]", &listed);
    assert_eq!(told_in_time(dir.path()), ["items - too-many"]);
}

#[test]
fn a_text_of_more_than_a_mebibyte_is_not_read() {
    let dir = small_pack();
    edit(dir.path(), "items/doc-test.ron", "(\n    id", &format!("({}\n    id", " ".repeat(1 << 20)));
    assert_eq!(told_in_time(dir.path()), ["items/doc-test.ron - unreadable-file"]);
}

#[test]
fn a_nesting_bomb_is_one_problem() {
    let dir = small_pack();
    fs::write(dir.path().join("items/art-test.ron"), "(".repeat(1_000_000)).expect("item written");
    assert_eq!(told_in_time(dir.path()), ["items/art-test.ron:1:33 - nested-too-deep"]);
}

#[test]
fn thousands_of_wrong_names_end_after_a_few_hundred_problems() {
    let dir = small_pack();
    let names: String = (0..80_000).map(|n| format!("\"x{n}\",\n")).collect();
    edit(dir.path(), "items/map-test.ron", "related: [\"doc-test\"]", &format!("related: [{names}]"));
    let told = told_in_time(dir.path());
    assert_eq!((told.len(), told[0].as_str()), (201, "items/map-test.ron - too-many-problems"));
    assert!(told[1..].iter().all(|line| line.ends_with("unknown-item")), "{told:#?}");
}

#[test]
fn thousands_of_wrong_fields_end_after_a_few_hundred_problems() {
    let dir = small_pack();
    let fields: String = (0..60_000).map(|n| format!("field_{n}: 1,\n")).collect();
    fs::write(dir.path().join("items/doc-test.ron"), format!("({fields})")).expect("item written");
    let told = told_in_time(dir.path());
    assert_eq!((told.len(), told[0].as_str()), (101, "items/doc-test.ron - too-many-problems"));
}

#[test]
fn a_huge_key_over_thousands_of_values_ends_soon() {
    let dir = small_pack();
    let text = format!("(id: \"art-test\", {}: [{}])", "k".repeat(400_000), "1,".repeat(200_000));
    fs::write(dir.path().join("items/art-test.ron"), text).expect("item written");
    assert!(told_in_time(dir.path()).iter().any(|line| line.ends_with("unknown-field")));
}

#[test]
fn a_named_pipe_in_place_of_a_file_keeps_nobody_waiting() {
    let dir = small_pack();
    for file in ["items/doc-test.ron", "images/back.png", "narration/map-test.vi.vtt"] {
        let path = dir.path().join(file);
        fs::remove_file(&path).expect("file removed");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo runs").success());
    }
    assert_eq!(
        told_in_time(dir.path()),
        [
            "items/art-test.ron:17:17 kind.views[1].file missing-file",
            "items/doc-test.ron - unreadable-file",
            "items/map-test.ron:17:13 narration.vi.captions missing-file",
        ]
    );
}

#[test]
fn tiles_made_elsewhere_are_a_picture() {
    let opened = pack::open(broken_pack(&packs().join("valid/made-elsewhere")).path());
    assert!(opened.findings.is_empty(), "{:#?}", opened.findings);
    let exhibit = opened.exhibit.expect("an exhibit");
    let Kind::Artefact { views, .. } = &exhibit.items[&Id::new("art-test").expect("an id")].kind else {
        panic!("no artefact")
    };
    assert_eq!([views[0].size, views[1].size], [(6, 4); 2]);
}
