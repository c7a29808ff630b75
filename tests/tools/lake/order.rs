//! The order in which journals come, how often, and how many take them at once makes no difference.

use super::journals::{Chained, Dice, Life, write};
use super::{runtime, take, totals, visits};
use std::path::{Path, PathBuf};

/// Rounds of the property test; the show asks for 200.
fn rounds() -> u64 {
    std::env::var("HAIDANG_INGEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4)
}

fn life(seed: u64) -> Life {
    let mut life = Life::new(seed);
    for nth in 0..12 {
        life.visit();
        if nth == 5 {
            let dead = life.dice.roll(2) == 0;
            life.restart(dead);
        }
    }
    life
}

/// Records of the same kiosk that part from its chain somewhere: a copy of its disk that lived on elsewhere.
fn forked(seed: u64, life: &Life) -> Chained {
    let mut other = Life::new(seed);
    for _ in 0..12 {
        other.visit();
    }
    let at = life.records.len() / 2;
    let mut records = life.records[..at].to_vec();
    let mut hash = records[at - 1].1;
    for (record, _) in other.records.iter().skip(at.min(other.records.len())) {
        let mut record = record.clone();
        record.sequence = records.len() as i64 + 1;
        hash = record.hash(&hash);
        records.push((record, hash));
    }
    records
}

/// Exports of three kiosks as sticks bring them: older and newer ones, a window, one with a gap, one that was altered,
/// one that was forked. Without the last kiosk nothing contradicts, and the number of visits is known.
fn exports(folder: &Path, seed: u64) -> (Vec<PathBuf>, u64) {
    let mut dice = Dice(seed);
    let mut paths = Vec::new();
    let mut known = 0;
    for kiosk in ["school-a", "school-b", "school-c"] {
        let life = life(dice.roll(u64::MAX));
        let all = &life.records;
        let some = |dice: &mut Dice| usize::try_from(dice.roll(all.len() as u64 - 2)).expect("small") + 1;
        for nth in 0..3 {
            paths.push(write(folder, kiosk, &format!("older-{nth}"), &all[..some(&mut dice)]));
        }
        let from = some(&mut dice);
        paths.push(write(folder, kiosk, "window", &all[from..]));
        paths.push(write(folder, kiosk, "whole", all));
        let mut gap = all.clone();
        gap.drain(from..(from + 3).min(all.len() - 1));
        paths.push(write(folder, kiosk, "gap", &gap));
        if kiosk == "school-b" {
            let mut altered = all.clone();
            let at = some(&mut dice);
            altered[at].0.amount += 1;
            paths.push(write(folder, kiosk, "altered", &altered));
        }
        if kiosk == "school-c" {
            paths.push(write(folder, kiosk, "forked", &forked(dice.roll(u64::MAX), &life)));
        } else {
            known += life.visits();
        }
    }
    (paths, known)
}

#[test]
fn any_order_twice_and_many_at_once_give_the_same_totals() {
    let runtime = runtime();
    for round in 0..rounds() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (paths, known) = exports(&dir.path().join("sticks"), round);
        let lake = |name: &str| dir.path().join(name);
        let report = runtime.block_on(take(&lake("a"), &paths));
        assert!(!report.has_problems(), "{}", report.text(haidang::diagnostics::Tongue::Both));
        let reference = runtime.block_on(totals(&lake("a")));
        let plain: Vec<_> = reference.1.iter().filter(|health| health.kiosk != "school-c").collect();
        assert_eq!(plain.iter().map(|health| health.visits).sum::<u64>(), known, "round {round}");
        // A dead clock is set right later in the same run, so every day is known.
        assert!(plain.iter().all(|health| health.undated == 0), "round {round}");
        assert!(visits(&reference.0) > known, "round {round}");

        let mut dice = Dice(!round);
        let mut shuffled = [paths.clone(), paths.clone()].concat();
        dice.shuffle(&mut shuffled);
        runtime.block_on(take(&lake("b"), &shuffled));
        assert_eq!(runtime.block_on(totals(&lake("b"))), reference, "round {round}: another order");

        let mut lists = vec![paths.clone(); 3];
        lists.iter_mut().for_each(|list| dice.shuffle(list));
        std::thread::scope(|scope| {
            for list in lists {
                let (folder, runtime) = (lake("c"), &runtime);
                scope.spawn(move || runtime.block_on(take(&folder, &list)));
            }
        });
        assert_eq!(runtime.block_on(totals(&lake("c"))), reference, "round {round}: at once");
    }
}

#[test]
fn a_stick_taken_again_adds_nothing_and_writes_nothing() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let (paths, _) = exports(&dir.path().join("sticks"), 77);
    let folder = dir.path().join("lake");
    runtime.block_on(take(&folder, &paths));
    runtime.block_on(totals(&folder));
    let before = files(&folder);
    let report = runtime.block_on(take(&folder, &paths));
    assert_eq!(report.new_records(), 0);
    runtime.block_on(totals(&folder));
    assert_eq!(files(&folder), before);
}

/// Every file below a folder with the hash of its content.
pub fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("listed") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let hash = blake3::hash(&std::fs::read(&path).expect("read")).to_string();
                found.push((path, hash));
            }
        }
    }
    found.sort();
    found
}
