//! Rules of `check` as files: each has a failing sample, and the manual says what they and the reader say.

use haidang::diagnostics::Problem;
use haidang::pack;
use haidang::pack::rules::{RULES, manual};
use haidang::pack::source::codes::CODES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const THIS_YEAR: i32 = 2026;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn packs() -> PathBuf {
    root().join("tests/data/packs")
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-r").arg(from.join(".")).arg(to).status().expect("cp runs").success());
}

/// The small pack with a sample laid over it, without what is only told to the tests.
fn broken(changes: &Path) -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    copy(&packs().join("valid/small"), dir.path());
    copy(changes, dir.path());
    let gone = fs::read_to_string(changes.join("DELETE")).unwrap_or_default();
    // Files too large to lie in the repository: their names, and how many bytes they are made long.
    for line in fs::read_to_string(changes.join("LONGER")).unwrap_or_default().lines() {
        let (file, bytes) = line.split_once(' ').expect("a file and its length");
        let file = fs::File::options().append(true).open(dir.path().join(file)).expect("file opened");
        file.set_len(bytes.parse().expect("a number")).expect("file made longer");
    }
    for file in gone.lines().chain(["DELETE", "LONGER", "expected.txt"]).filter(|line| !line.is_empty()) {
        let path = dir.path().join(file);
        if path.exists() {
            fs::remove_file(path).expect("file removed");
        }
    }
    dir
}

fn line(problem: &Problem) -> String {
    let place = &problem.place;
    let at = place.at.map(|at| format!(":{at}")).unwrap_or_default();
    let key_path = if place.key_path.is_empty() { "-" } else { place.key_path.as_str() };
    format!("{}{at} {key_path} {}", place.file, problem.code)
}

fn told(folder: &Path) -> Vec<String> {
    pack::check(folder, THIS_YEAR).findings.into_sorted().iter().map(line).collect()
}

/// Folders of `invalid` that belong to a code: `code` and `code--variant`.
fn samples(code: &str) -> Vec<PathBuf> {
    let listed = fs::read_dir(packs().join("invalid")).expect("folder listed");
    let of_code = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.split("--").next() == Some(code)
    };
    listed.map(|entry| entry.expect("folder listed").path()).filter(of_code).collect()
}

#[test]
fn the_small_pack_breaks_no_rule() {
    let dir = broken(&packs().join("valid/small"));
    assert_eq!(told(dir.path()), Vec::<String>::new());
}

#[test]
fn every_rule_tells_of_its_sample_and_of_nothing_else() {
    for rule in RULES {
        let samples = samples(rule.code);
        assert!(!samples.is_empty(), "{} has no sample", rule.code);
        for sample in samples {
            let expected = fs::read_to_string(sample.join("expected.txt")).expect("expected.txt read");
            let expected: Vec<&str> = expected.lines().collect();
            assert_eq!(told(broken(&sample).path()), expected, "{}", rule.code);
        }
    }
}

#[test]
fn every_code_of_reading_has_its_sample() {
    let without: Vec<&str> = CODES.iter().map(|(code, ..)| *code).filter(|code| samples(code).is_empty()).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_code_that_the_reader_tells_is_in_the_table() {
    let known: BTreeSet<&str> = CODES.iter().map(|(code, ..)| *code).collect();
    for entry in fs::read_dir(packs().join("invalid")).expect("folder listed") {
        let text = fs::read_to_string(entry.expect("folder listed").path().join("expected.txt")).expect("read");
        for code in text.lines().filter_map(|line| line.rsplit(' ').next()) {
            let is_rule = RULES.iter().any(|rule| rule.code == code);
            assert!(is_rule || known.contains(code), "{code} is explained nowhere");
        }
    }
}

#[test]
fn the_manual_says_what_rules_and_reader_say() {
    let written = fs::read_to_string(root().join("docs/problems.md")).unwrap_or_default();
    let now = manual::markdown();
    assert!(written == now, "run: haidang-pack problems --markdown > docs/problems.md");
}
