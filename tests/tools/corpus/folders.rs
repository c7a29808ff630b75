//! Every broken folder is told with exactly its problems, each at its place; all of them in one run.

use super::bad_folders::{BROKEN, Broken, Change};
use crate::packs::{overlay, packs, small_pack};
use haidang::diagnostics::{Place, Problem};
use haidang::pack;
use haidang::pack::rules::RULES;
use haidang::pack::source::codes::CODES;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const THIS_YEAR: i32 = 2026;

fn apply(folder: &Path, change: &Change) {
    let remove = |path: &Path| drop(fs::remove_file(path));
    match *change {
        Change::Text(file, old, new) => {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).expect("file read");
            assert!(text.contains(old), "{file} holds no {old}");
            fs::write(&path, text.replacen(old, new, 1)).expect("file written");
        }
        Change::Put(file, bytes) => {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folder made");
            remove(&path);
            fs::write(&path, bytes).expect("file written");
        }
        Change::Made(file, make) => {
            fs::create_dir_all(folder.join(file).parent().expect("a folder")).expect("folder made");
            fs::write(folder.join(file), make()).expect("file written");
        }
        Change::Gone(file) => fs::remove_file(folder.join(file)).expect("file removed"),
        Change::Copy(from, to) => {
            fs::copy(folder.join(from), folder.join(to)).expect("file copied");
        }
        Change::Sample(from, file) => {
            fs::copy(packs().join(from).join(file), folder.join(file)).expect("sample copied");
        }
        Change::Longer(file, bytes) => {
            File::options().append(true).open(folder.join(file)).and_then(|f| f.set_len(bytes)).expect("made longer");
        }
        Change::Link(file, to) => {
            remove(&folder.join(file));
            symlink(to, folder.join(file)).expect("link made");
        }
        Change::Pipe(file) => {
            remove(&folder.join(file));
            assert!(Command::new("mkfifo").arg(folder.join(file)).status().expect("mkfifo runs").success());
        }
    }
}

fn broken(bad: &Broken) -> TempDir {
    let dir = small_pack();
    bad.changes.iter().for_each(|change| apply(dir.path(), change));
    dir
}

fn told(folder: &Path) -> Vec<Problem> {
    pack::check(folder, THIS_YEAR).findings.into_sorted()
}

fn line(problem: &Problem) -> String {
    let Place { file, key_path, .. } = &problem.place;
    format!("{file} {} {}", if key_path.is_empty() { "-" } else { key_path }, problem.code)
}

/// Whether the line and column of a problem are where the last of its keys stands.
fn points_at_its_key(folder: &Path, problem: &Problem) -> bool {
    let Place { file, at: Some(at), key_path, .. } = &problem.place else { return true };
    let key = key_path.rsplit('.').next().unwrap_or_default();
    let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
    let Some(line) = text.lines().nth(at.line - 1) else { return false };
    let rest: String = line.chars().skip(at.column - 1).collect();
    // Elements have no key of their own.
    // What is missing has no place, and rules point at words and numbers themselves.
    let is_rule = RULES.iter().any(|rule| rule.code == problem.code);
    let has_none = key.is_empty() || key.ends_with(']') || is_rule || problem.code == "missing-field";
    has_none || rest.trim_start_matches('"').starts_with(key)
}

/// Whether these problems and no others are told; `…` stands for any that follow.
fn agrees(lines: &[String], expected: &[&str]) -> bool {
    match expected.split_last() {
        Some((&"…", first)) => lines.len() > first.len() && lines[..first.len()] == *first,
        _ => lines == expected,
    }
}

#[test]
fn every_broken_folder_is_told_at_its_place() {
    let mut failures = String::new();
    for bad in BROKEN {
        let dir = broken(bad);
        let problems = told(dir.path());
        let lines: Vec<String> = problems.iter().map(line).collect();
        if !agrees(&lines, bad.told) {
            failures += &format!("{}\n  expected {:#?}\n  told {lines:#?}\n", bad.name, bad.told);
        }
        for problem in &problems {
            if !points_at_its_key(dir.path(), problem) {
                failures += &format!("{}: {} is not where its key stands\n", bad.name, problem.place);
            }
            let words = [&problem.message.vi, &problem.message.en, &problem.hint.vi, &problem.hint.en];
            if words.iter().any(|said| said.len() < 8 || said.chars().any(char::is_control)) {
                failures += &format!("{}: says {words:?}\n", bad.name);
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_corpus_is_large_and_knows_every_code() {
    let names: BTreeSet<&str> = BROKEN.iter().map(|bad| bad.name).collect();
    assert!(names.len() == BROKEN.len() && names.len() >= 60, "{}", names.len());
    let codes = CODES.iter().map(|(code, ..)| *code).chain(RULES.iter().map(|rule| rule.code));
    let is_told = |code: &str| BROKEN.iter().any(|bad| bad.told.iter().any(|line| line.ends_with(&format!(" {code}"))));
    let missing: Vec<&str> = codes.filter(|code| !is_told(code)).collect();
    assert!(missing.is_empty(), "no broken folder is told {missing:?}");
}

#[test]
fn all_problems_of_a_folder_are_told_in_one_run() {
    let dir = small_pack();
    let mut expected = BTreeSet::new();
    for bad in BROKEN.iter().filter(|bad| bad.stands_beside_others) {
        // A change of words that another one has taken away already has nothing to say.
        let is_there = |change: &Change| match *change {
            Change::Text(file, old, _) => {
                fs::read_to_string(dir.path().join(file)).is_ok_and(|text| text.contains(old))
            }
            _ => true,
        };
        if bad.changes.iter().all(is_there) {
            bad.changes.iter().for_each(|change| apply(dir.path(), change));
            expected.extend(bad.told.iter().map(|line| (*line).to_owned()));
        }
    }
    let told: BTreeSet<String> = told(dir.path()).iter().map(line).collect();
    let silent: Vec<&String> = expected.difference(&told).collect();
    assert!(silent.is_empty(), "not told: {silent:#?}\ntold: {told:#?}");
    assert!(expected.len() >= 25, "{}", expected.len());
}

#[test]
fn a_problem_in_one_copy_is_none_in_another() {
    let [first, second] = [small_pack(), tempfile::tempdir().expect("temporary folder")];
    overlay(first.path(), second.path());
    apply(first.path(), &Change::Gone("sources.ron"));
    assert!(!told(first.path()).is_empty() && told(second.path()).is_empty());
}
