//! A visit from the first touch to the idle end, and what the journal holds of it.

use crate::run::{Run, SMALL, command};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// Idle times as short as settings allow, so that a test need not draw minutes of nothing.
fn short_idle(folder: &Path) -> String {
    let file = folder.join("kiosk.ron");
    std::fs::write(&file, "(idle_seconds: 10, countdown_seconds: 5, gamepads: false)").expect("written");
    file.to_string_lossy().into_owned()
}

fn visit(replay: &str) -> Run {
    let settings = tempfile::tempdir().expect("temporary folder");
    let file = short_idle(settings.path());
    Run::of(Path::new(SMALL), replay, &["--virtual-time", "--settings", &file])
}

#[test]
fn a_visit_is_noted_from_the_first_touch_to_the_idle_end_and_everything_is_reset() {
    let run = visit(
        r#"[ WaitFor(Settled), TapOn("English"), WaitFor(Screen("home")), WaitFor(Settled),
             TapOn("Maps"), WaitFor(Screen("hall")), TapOn("Test map"), WaitFor(Screen("item")), WaitFor(Sharp),
             TapOn("Next point"), WaitFor(Settled), TapOn("Source of this"), WaitFor(Settled), TapOn("Close"),
             TapOn("Listen"), Wait(4000), TapOn("Stop the voice"),
             TapOn("Home"), WaitFor(Screen("home")), TapOn("Papers"), TapOn("Test document"), WaitFor(Settled),
             TapOn("Read line by line"), TapOn("Line 1"), TapOn("Next page"), WaitFor(Settled),
             Wait(12000), Shot("asked"), Wait(6000), WaitFor(Screen("attract")), WaitFor(Settled),
             TapOn("Chạm để khám phá"), WaitFor(Screen("home")), WaitFor(Settled), TapOn("Kết thúc"),
             WaitFor(Screen("attract")) ]"#,
    );
    run.must_succeed();
    assert!(!run.log().contains("ERROR"), "{}", run.log());
    let records = run.records();
    let has = |kind: &str, subject: &str, detail: &str| {
        assert!(
            records.iter().any(|(k, s, d)| k == kind && s == subject && d == detail),
            "{kind} {subject} {detail}\n{records:#?}"
        );
    };
    has("exhibit-opened", "small-test", "0.1.0");
    has("language-chosen", "", "en");
    has("item-opened", "map-test", "");
    has("narration-started", "map-test", "en");
    has("narration-finished", "map-test", "en");
    has("zoom-reached", "map-test", "");
    has("line-touched", "doc-test", "");
    has("page-turned", "doc-test", "");
    has("visit-ended", "", "idle");
    has("visit-ended", "", "finished");
    assert_eq!(records.iter().filter(|(k, ..)| k == "visit-started").count(), 2);
    assert_eq!(records.iter().filter(|(k, ..)| k == "source-opened").count(), 1);
}

#[test]
fn listening_keeps_the_visit_and_the_count_down_can_be_answered() {
    let run = visit(
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Screen("home")), WaitFor(Settled), Wait(11000),
             TapOn("Tôi còn xem"), Wait(9000), WaitFor(Screen("home")), Quit ]"#,
    );
    run.must_succeed();
    assert!(!run.records().iter().any(|(_, _, detail)| detail == "idle"));
}

#[test]
fn a_touch_on_the_large_picture_opens_it_as_its_button_does() {
    let run = visit(
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Screen("home")), WaitFor(Settled), Tap(0.18, 0.35),
             WaitFor(Screen("item")), Quit ]"#,
    );
    run.must_succeed();
}

#[test]
fn language_changes_without_losing_the_place() {
    let run = visit(
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Settled), TapOn("Giấy tờ"), TapOn("Văn bản thử"), WaitFor(Settled),
             TapOn("Trang sau"), WaitFor(Settled), TapOn("Ngôn ngữ, hỗ trợ"), TapOn("English"), TapOn("Close"),
             WaitFor(Settled), WaitFor(Screen("item")), TapOn("Previous page"), Quit ]"#,
    );
    run.must_succeed();
}

#[test]
fn keys_and_pads_reach_everything_fingers_reach() {
    let run = visit(
        r#"[ WaitFor(Settled), Key("Enter"), Key("Enter"), WaitFor(Screen("home")), WaitFor(Settled),
             Key("Tab"), Key("Right"), Key("Down"), Key("Escape"), Pad("DPadLeft"), Pad("South"), WaitFor(Settled),
             Key("Home"), WaitFor(Screen("home")), TapOn("Bản đồ"), WaitFor(Screen("hall")), WaitFor(Settled), Key("Tab"), Key("Enter"), WaitFor(Screen("item")),
             Key("Plus"), Key("W"), Pad("RightTrigger"), Pad("East"), WaitFor(Screen("hall")), Quit ]"#,
    );
    run.must_succeed();
}

#[test]
fn pinch_drag_and_flick_move_the_map() {
    let run = visit(
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Settled), TapOn("Bản đồ"), TapOn("Bản đồ thử"), WaitFor(Sharp),
             TapOn("Đóng"), WaitFor(Settled), Shot("before"), Pinch(centre: (0.5, 0.4), from: 0.1, to: 0.5, over_ms: 200),
             Drag(from: (0.6, 0.4), to: (0.4, 0.4), over_ms: 200), Flick(from: (0.5, 0.5), to: (0.4, 0.3)),
             WaitFor(Settled), WaitFor(Sharp), Shot("after"), Quit ]"#,
    );
    run.must_succeed();
    let (before, after) = (run.picture("before"), run.picture("after"));
    let differing = before.pixels().zip(after.pixels()).filter(|(a, b)| a != b).count();
    assert!(differing > 50_000, "only {differing} pixels changed");
}

#[test]
fn an_unknown_label_ends_with_a_clear_error() {
    let run = visit(r#"[ WaitFor(Settled), TapOn("Không có nút này") ]"#);
    assert_eq!(run.output.status.code(), Some(1));
    assert!(run.log().contains("nothing is labelled “Không có nút này”"), "{}", run.log());
}

#[test]
fn kill_at_any_moment_loses_at_most_the_last_second_and_never_the_chain() {
    // `HAIDANG_KILL_ROUNDS=200` for the long run of the release check.
    let rounds: u64 = std::env::var("HAIDANG_KILL_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(6);
    let taps = r#"TapOn("Giấy tờ"), TapOn("Quay lại"), "#.repeat(200);
    let replay = format!(r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Screen("home")), {taps} Quit ]"#);
    let (_keep, never) = mpsc::channel::<()>();
    let folder = tempfile::tempdir().expect("temporary folder");
    let journal = folder.path().join("data/visits.sqlite");
    for round in 0..rounds {
        let mut kiosk = command(Path::new(SMALL), folder.path(), &replay, &[]).spawn().expect("the kiosk starts");
        // A different moment each round, spread over start, visit and work.
        let millis = 700 + (round * 7919) % 4300;
        let _ = never.recv_timeout(Duration::from_millis(millis));
        let killed_at = std::time::SystemTime::now();
        kiosk.kill().expect("killed");
        kiosk.wait().expect("gone");
        if !journal.exists() {
            continue;
        }
        let records = haidang::visits::read::records(&journal).expect("the journal opens");
        haidang::visits::read::verify(&records).expect("the chain holds");
        let Some((last, _)) = records.last() else { continue };
        // While the visitor taps there is a record every few frames; after a kill the last is at most a second old.
        let tapping = records.iter().filter(|(r, _)| r.boot == last.boot && r.kind == "screen-opened").count() > 4;
        if tapping {
            let age = killed_at.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_millis() as i64
                - last.wall_millis;
            assert!(age <= 2000, "round {round}: the newest record is {age} ms old");
        }
    }
}
