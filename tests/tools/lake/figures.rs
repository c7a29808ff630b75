//! Figures from the command line: what they tell, where they came from, and that roll-ups agree with the records.

use super::journals::{Life, write};
use super::{answers, period, runtime, take, totals};
use haidang::department::atlas::nation;
use haidang::department::engine::counts::median;
use haidang::department::figures::Count;
use std::path::Path;
use std::process::{Command, Output};

fn visits(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_haidang-visits")).args(arguments).output().expect("tool runs")
}

fn sticks(folder: &Path) -> Life {
    let mut life = Life::new(31);
    (0..80).for_each(|_| life.visit());
    write(folder, "school-a", "visits", &life.records);
    life
}

#[test]
fn figures_agree_with_a_count_by_hand() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let life = sticks(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime.block_on(take(&lake, &[dir.path().join("sticks")]));
    let (counts, health) = runtime.block_on(totals(&lake));
    let kind = |kind: &str| life.records.iter().filter(|(record, _)| record.kind == kind).count() as u64;
    let items: u64 = counts.atoms.iter().flat_map(|atom| atom.items.values()).map(|item| item.openings).sum();
    let heard: u64 = counts.atoms.iter().flat_map(|atom| atom.items.values()).map(|item| item.heard).sum();
    let sources: u64 = counts.atoms.iter().flat_map(|atom| atom.items.values()).map(|item| item.sources).sum();
    assert_eq!(super::visits(&counts), kind("visit-started"));
    assert_eq!((items, heard, sources), (kind("item-opened"), kind("narration-finished"), kind("source-opened")));
    assert_eq!(health[0].records, life.records.len() as u64);
    let mut dwells: Vec<i64> = Vec::new();
    for (at, (record, _)) in life.records.iter().enumerate() {
        if record.kind == "item-left" {
            let idle = life.records.get(at + 1).is_some_and(|(next, _)| next.detail == "idle");
            dwells.push((record.amount - if idle { 80_000 } else { 0 }) / 1_000);
        }
    }
    dwells.sort_unstable();
    let all = haidang::department::engine::counts::merged(counts.measures.dwell.values());
    assert_eq!(median(&all), dwells.get((dwells.len() - 1) / 2).map(|dwell| *dwell as u64));

    let answers = runtime.block_on(answers(&lake));
    let figures = runtime.block_on(answers.checked_figures(&nation(), &period())).expect("figures");
    assert_eq!(figures.key.visits, Count::Shown(kind("visit-started")));
    assert_eq!((figures.key.kiosks, figures.key.kiosks_heard_from), (1, 1));
    assert_eq!(figures.journals.len(), 1);
    let file = std::fs::read(dir.path().join("sticks/school-a/visits.sqlite")).expect("read");
    assert_eq!(figures.journals[0].hash, blake3::hash(&file).to_string());
    // Told in hundreds, so that no number of records gives a hidden count away.
    assert_eq!(figures.journals[0].last_sequence, life.records.len().next_multiple_of(100) as i64);
}

#[test]
fn the_verbs_work_from_the_command_line() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let life = sticks(&dir.path().join("sticks"));
    let (sticks, lake) = (dir.path().join("sticks"), dir.path().join("lake"));
    let (sticks, lake) = (sticks.to_str().expect("text"), lake.to_str().expect("text"));
    let output = visits(&["ingest", sticks, "--lake", lake, "--new", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["new_records"], life.records.len());
    let output = visits(&["figures", "--lake", lake, "--period", "2026", "--check"]);
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(figures["key"]["visits"]["Shown"], life.visits());
    let output = visits(&["explain", "--lake", lake, "--unit", "kiosk:school-a", "--period", "2026-H1"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("blake3"), "{output:?}");
    let output = visits(&["rollup", "--lake", lake, "--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for (arguments, code) in [
        (vec!["figures", "--lake", lake, "--period", "last year"], 2),
        (vec!["figures", "--lake", lake, "--period", "2026", "--unit", "planet:1"], 2),
        (vec!["ingest", "/nowhere/at/all", "--lake", lake], 1),
        (vec!["ingest", sticks, "--lake", "/proc/nowhere"], 3),
    ] {
        let output = visits(&arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
        assert!(arguments[0] == "ingest" || !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_roll_up_that_was_altered_is_found() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    sticks(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime.block_on(take(&lake, &[dir.path().join("sticks")]));
    runtime.block_on(totals(&lake));
    let rollup = super::order::files(&lake)
        .into_iter()
        .map(|(path, _)| path)
        .find(|path| path.strip_prefix(&lake).is_ok_and(|path| path.starts_with("day_item")));
    std::fs::write(rollup.expect("there is one"), b"PAR1").expect("altered");
    let output = visits(&["rollup", "--lake", lake.to_str().expect("text"), "--check"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("day_item"));
}

#[cfg(not(feature = "cluster"))]
#[test]
fn a_build_without_clusters_tells_how_to_get_them() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = dir.path().to_str().expect("text");
    let output = visits(&["figures", "--lake", lake, "--period", "2026", "--cluster", "df://127.0.0.1:50050"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("không có phần chạy trên cụm máy") && told.contains("cannot use a cluster"), "{told}");
    assert!(told.contains("--features cluster"), "{told}");
}
