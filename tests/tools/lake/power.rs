//! An ingest that is killed at any moment leaves a lake that the next ingest completes.

use super::journals::{Dice, Life, write};
use super::{runtime, totals, visits};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn ingest(sticks: &Path, lake: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_haidang-visits"))
        .arg("ingest")
        .arg(sticks)
        .arg("--lake")
        .arg(lake)
        .arg("--new")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("tool runs")
}

fn count_files(folder: &Path) -> usize {
    let mut folders = vec![folder.to_owned()];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                count += 1;
            }
        }
    }
    count
}

/// Kills the child as soon as the lake holds so many files; `false` when it was done before.
fn kill_at(mut child: Child, lake: &Path, wanted: usize) -> bool {
    loop {
        if child.try_wait().expect("asked").is_some() {
            return false;
        }
        if count_files(lake) >= wanted {
            // On Unix this is SIGKILL.
            child.kill().expect("killed");
            child.wait().expect("ended");
            return true;
        }
        std::thread::yield_now();
    }
}

fn sticks(folder: &Path) -> (PathBuf, u64) {
    let sticks = folder.join("sticks");
    let mut known = 0;
    for seed in 0..6 {
        let mut life = Life::new(seed + 100);
        (0..8).for_each(|_| life.visit());
        let kiosk = format!("kiosk-{seed}");
        let half = life.records.len() / 2;
        write(&sticks, &kiosk, "a", &life.records[..half]);
        write(&sticks, &kiosk, "b", &life.records);
        known += life.visits();
    }
    (sticks, known)
}

#[test]
fn a_killed_ingest_is_completed_by_the_next() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let (sticks, known) = sticks(dir.path());
    let whole = dir.path().join("whole");
    assert!(ingest(&sticks, &whole).wait().expect("ended").success());
    let reference = runtime.block_on(totals(&whole));
    assert_eq!(visits(&reference.0), known);
    let all = count_files(&whole);
    let mut dice = Dice(9);
    let mut killed = 0;
    for round in 0..6 {
        let lake = dir.path().join(format!("lake-{round}"));
        for _ in 0..3 {
            let at = count_files(&lake) + usize::try_from(dice.roll(all as u64 / 2)).expect("small");
            killed += usize::from(kill_at(ingest(&sticks, &lake), &lake, at));
        }
        assert!(ingest(&sticks, &lake).wait().expect("ended").success());
        assert_eq!(runtime.block_on(totals(&lake)), reference, "round {round}");
    }
    assert!(killed > 0, "no ingest was killed, so nothing was tried");
}
