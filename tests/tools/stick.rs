//! `haidang-pack stick` and `collect` on folders that stand for sticks.

use crate::packs::packs;
use crate::sealed::{SIGNATURE, build_pack};
use haidang::base::clock::Clock;
use haidang::organiser::making::template;
use haidang::pack::sealed::with_signature;
use haidang::visits::{Event, Journal};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn pack<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_haidang-pack")).args(arguments).env("LC_ALL", "C").output().expect("tool runs")
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

/// The small pack, built and with a signature of nobody's.
fn signed(dir: &Path, name: &str) -> PathBuf {
    let out = build_pack(&packs().join("valid/small"), dir, name);
    with_signature(&out, &out, SIGNATURE).expect("signed");
    out
}

/// Runs `stick` over one file, and gives all that it said.
fn carried(code: i32, stick: &Path, file: &Path, more: &[&str]) -> String {
    let mut arguments = vec![OsStr::new("stick"), stick.as_os_str(), OsStr::new("--pack"), file.as_os_str()];
    arguments.extend(more.iter().map(OsStr::new));
    let output = pack(&arguments);
    let said = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[test]
fn the_stick_says_what_it_wrote_what_was_there_and_when_to_pull_it_out() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (file, stick) = (signed(dir.path(), "a.haidang"), dir.path().join("stick"));
    fs::create_dir(&stick).expect("made");
    let said = carried(0, &stick, &file, &["--dry-run"]);
    assert!(said.contains("a.haidang: sẽ được chép") && said.contains("chưa ghi gì lên USB"), "{said}");
    assert!(!stick.join("HAIDANG").exists());
    let said = carried(0, &stick, &file, &[]);
    assert!(said.contains("a.haidang: đã chép") && said.contains("USB rút được rồi."), "{said}");
    let (bytes, target) = (fs::read(&file).expect("read"), stick.join("HAIDANG/a.haidang"));
    assert!(fs::read(&target).expect("read") == bytes);
    let said = carried(0, &stick, &file, &[]);
    assert!(said.contains("a.haidang: đã có sẵn trên USB") && said.contains("USB rút được rồi."), "{said}");
    // A copy that went bad meanwhile is mended.
    fs::write(&target, vec![8; bytes.len()]).expect("damaged");
    assert!(carried(0, &stick, &file, &[]).contains("a.haidang: đã chép"));
    assert!(fs::read(&target).expect("read") == bytes);
}

#[test]
fn the_list_on_the_stick_tells_packs_of_earlier_runs_too() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let stick = dir.path().join("stick");
    fs::create_dir(&stick).expect("made");
    let line = |file: &Path| {
        let bytes = fs::read(file).expect("read");
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        format!("{}  {}  {name}\n", blake3::hash(&bytes).to_hex(), bytes.len())
    };
    let [a, b] = ["a.haidang", "b.haidang"].map(|name| signed(dir.path(), name));
    carried(0, &stick, &b, &[]);
    carried(0, &stick, &a, &[]);
    let list = fs::read_to_string(stick.join("HAIDANG/list.txt")).expect("list");
    assert_eq!(list, line(&a) + &line(&b));
}

#[test]
fn what_no_kiosk_would_take_is_not_carried_and_each_is_told_in_its_own_words() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (good, stick) = (signed(dir.path(), "a.haidang"), dir.path().join("stick"));
    fs::create_dir(&stick).expect("made");
    let bytes = fs::read(&good).expect("read");
    let mut flipped = bytes.clone();
    let middle = bytes.len() / 2;
    flipped[middle] ^= 1;
    let unsigned = build_pack(&packs().join("valid/small"), dir.path(), "unsigned.haidang");
    let list = template::bytes().expect("a template");
    let named = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    let cases = [
        (unsigned.clone(), 1, "Gói chưa ký; máy trưng bày sẽ không nhận."),
        (named("flipped.haidang", &flipped), 1, "không còn như khi đóng gói"),
        (named("cut.haidang", &bytes[..bytes.len() * 2 / 3]), 1, "tệp bị cụt, thiếu phần cuối"),
        (named("danh-sach.xlsx", &list), 3, "Đây không phải gói trưng bày"),
    ];
    for (file, code, words) in &cases {
        let said = carried(*code, &stick, file, &["--lang", "vi"]);
        assert!(said.contains(words) && !said.contains("rút được"), "{said}");
        assert!(!stick.join("HAIDANG").exists(), "{}", file.display());
    }
    carried(0, &stick, &unsigned, &["--unsigned"]);
    let said = carried(3, &dir.path().join("usb2"), &good, &["--lang", "vi"]);
    assert!(said.contains("Không có thư mục này. USB đã cắm và mở chưa?") && !said.contains("entity"), "{said}");
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
