//! `haidang-pack stick` and `collect` on folders that stand for sticks.

use haidang::base::clock::Clock;
use haidang::visits::{Event, Journal};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn pack<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_haidang-pack")).args(arguments).env("LC_ALL", "C").output().expect("tool runs")
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_pack_is_carried_whole_and_a_damaged_copy_is_mended() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (file, stick) = (dir.path().join("a.haidang"), dir.path().join("stick"));
    fs::write(&file, vec![7; 100_000]).expect("written");
    fs::create_dir(&stick).expect("made");
    let arguments = [OsStr::new("stick"), stick.as_os_str(), OsStr::new("--pack"), file.as_os_str()];
    let dry: Vec<&OsStr> = arguments.iter().copied().chain([OsStr::new("--dry-run")]).collect();
    assert_eq!(pack(&dry).status.code(), Some(0));
    assert!(!stick.join("HAIDANG").exists());
    assert_eq!(pack(&arguments).status.code(), Some(0));
    let carried = stick.join("HAIDANG/a.haidang");
    assert_eq!(fs::read(&carried).expect("read"), vec![7; 100_000]);
    let list = fs::read_to_string(stick.join("HAIDANG/list.txt")).expect("list");
    let hash = blake3::hash(&[7; 100_000]).to_hex();
    assert_eq!(list, format!("{hash}  100000  a.haidang\n"));
    fs::write(&carried, vec![8; 100_000]).expect("damaged");
    assert_eq!(pack(&arguments).status.code(), Some(0));
    assert_eq!(fs::read(&carried).expect("read"), vec![7; 100_000]);
    assert_eq!(pack(&["stick", "/nowhere/at/all", "--pack", "Cargo.toml"]).status.code(), Some(3));
}

#[test]
fn journals_are_collected_once_and_the_originals_stay() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (stick, to) = (dir.path().join("stick"), dir.path().join("to"));
    let path = stick.join("kiosk-1/visits.sqlite");
    fs::create_dir_all(stick.join("kiosk-1")).expect("made");
    let journal = Journal::start(path.clone(), Clock::stepped(1_788_224_400_000), |said| panic!("{said}"));
    journal.note("", Event::KioskStarted { version: "0.1.0".to_owned() });
    drop(journal);
    let arguments = [OsStr::new("collect"), stick.as_os_str(), OsStr::new("--to"), to.as_os_str()];
    for _ in 0..2 {
        let output = pack(&arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("1 bản ghi"), "{said}");
        let kept = fs::read_dir(&to)
            .expect("listed")
            .filter(|e| e.as_ref().is_ok_and(|e| e.path().extension().is_some_and(|extension| extension == "sqlite")));
        assert_eq!(kept.count(), 1);
    }
    assert!(path.exists());
    fs::write(stick.join("kiosk-1/broken.sqlite"), b"no journal at all, only some words").expect("written");
    assert_eq!(pack(&arguments).status.code(), Some(1));
    assert_eq!(files(&stick), 1);
}
