//! The kiosk without a pack, the pad behind its knock, and that neither is a visit.

use crate::run::{Run, SMALL};
use haidang::pack;
use haidang::pack::sealed::{Sealed, build};
use haidang::pack::store::{Permission, Store, Verdict};
use std::path::Path;
use std::process::Command;

/// One run of a kiosk that is given no exhibit.
fn without_exhibit(folder: &Path, replay: &str) -> std::process::Output {
    let script = folder.join("replay.ron");
    std::fs::write(&script, replay).expect("written");
    let built = std::env::var_os("HAIDANG_BIN").map(|bin| Path::new(&bin).join("haidang-kiosk"));
    let program = built.unwrap_or_else(|| Path::new(env!("CARGO_BIN_EXE_haidang-kiosk")).to_owned());
    let mut command = Command::new(program);
    command.current_dir(folder).arg("--replay").arg(&script).arg("--data").arg(folder.join("data"));
    command.args(["--windowed", "1280x800", "--no-audio"]).output().expect("the kiosk starts")
}

fn taps(digits: &str) -> String {
    digits.chars().map(|digit| format!("TapOn(\"{digit}\"), Wait(120), ")).collect()
}

#[test]
fn a_kiosk_without_a_pack_asks_for_a_pin_and_keeps_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    // A PIN that anybody would guess is refused before it is typed twice.
    let (weak, digits) = (taps("123456"), taps("480571"));
    let first = format!(
        "[ Patience(120), WaitFor(Screen(\"empty\")), TapOn(\"Thiết lập máy\"), WaitFor(Screen(\"staff\")), Wait(2000), \
         {weak} TapOn(\"Xong\"), Wait(300), {digits} TapOn(\"Xong\"), Wait(300), {digits} TapOn(\"Xong\"), Wait(8000), TapOn(\"Tình trạng máy\"), Wait(500), \
         TapOn(\"Khóa lại\"), WaitFor(Screen(\"empty\")), Quit ]"
    );
    let output = without_exhibit(folder.path(), &first);
    let log = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    let kept = std::fs::read_to_string(folder.path().join("data/staff-pin.json")).expect("a PIN");
    assert!(kept.contains("$argon2id$") && !kept.contains("480571"), "{kept}");
    let records = haidang::visits::read::records(&folder.path().join("data/visits.sqlite")).expect("the journal opens");
    assert!(records.iter().all(|(record, _)| record.visit.is_empty() && record.kind != "visit-started"));
}

/// Installs the small pack as the people in charge do, and chooses nothing.
fn install_small(folder: &Path) {
    let built = folder.join("small.haidang");
    build(&pack::open(Path::new(SMALL)), Path::new(SMALL), &built, &folder.join("cache"), |_| true).expect("built");
    let sealed = Sealed::open(&built).expect("opens");
    let mut store = Store::open(&folder.join("data/packs")).expect("opened");
    store.install(&sealed, Verdict::Trusted, Permission { unsigned: true, older: false }, |_| true).expect("installed");
}

#[test]
fn a_pack_that_nobody_chose_is_shown_once_it_is_chosen() {
    let folder = tempfile::tempdir().expect("temporary folder");
    install_small(folder.path());
    let digits = taps("480571");
    let replay = format!(
        "[ Patience(120), WaitFor(Screen(\"empty\")), Wait(3000), WaitFor(Screen(\"empty\")), TapOn(\"Thiết lập máy\"), \
         WaitFor(Screen(\"staff\")), Wait(2000), {digits} TapOn(\"Xong\"), Wait(300), {digits} TapOn(\"Xong\"), Wait(8000), \
         TapOn(\"Việc làm được với\"), Wait(500), TapOn(\"Dùng ngay\"), Wait(8000), TapOn(\"Khóa lại\"), \
         WaitFor(Screen(\"attract\")), Quit ]"
    );
    let output = without_exhibit(folder.path(), &replay);
    let log = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    let state = std::fs::read_to_string(folder.path().join("data/packs/active.json")).expect("a pack is active");
    assert!(state.contains("small-test") && state.contains("trial_openings\": 1"), "{state}");
}

#[test]
fn a_knock_in_the_corner_is_no_visit_and_opens_the_pad() {
    let replay = "[ Patience(120), WaitFor(Screen(\"attract\")), WaitFor(Settled), Down(1, 0.02, 0.03), Down(2, 0.06, 0.03), \
                  Wait(3500), WaitFor(Screen(\"staff\")), Up(1), Up(2), Wait(300), TapOn(\"Đóng\"), \
                  WaitFor(Screen(\"attract\")), Quit ]";
    let run = Run::unhurried(Path::new(SMALL), replay, &[]);
    run.must_succeed();
    let records = run.records();
    assert!(records.iter().all(|(kind, ..)| kind != "visit-started"), "{records:?}");
    assert!(records.iter().any(|(kind, screen, _)| kind == "screen-opened" && screen == "staff"));
}
