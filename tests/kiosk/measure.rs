//! Opening at an item, and what a replay measures there. How long anything takes is nobody's business here.

use crate::run::{Run, SMALL};
use std::path::Path;

fn small(replay: &str, more: &[&str]) -> Run {
    let arguments = [&["--virtual-time"][..], more].concat();
    Run::of(Path::new(SMALL), replay, &arguments)
}

#[test]
fn an_item_named_on_the_command_line_is_opened_and_the_way_back_leads_home() {
    let run = small(
        r#"[ WaitFor(Screen("item")), WaitFor(Sharp), TapOn("Quay lại"), WaitFor(Screen("home")), Quit ]"#,
        &["--open", "map-test"],
    );
    run.must_succeed();
    let opened = run.records().into_iter().find(|(kind, ..)| kind == "item-opened");
    assert_eq!(opened.map(|(_, subject, _)| subject), Some("map-test".to_owned()));
    assert!(!run.log().contains("ERROR"), "{}", run.log());
}

#[test]
fn an_unknown_item_is_told_and_the_kiosk_begins_as_always() {
    for unknown in ["map-tset", "Bản đồ"] {
        let run = small(r#"[ WaitFor(Settled), WaitFor(Screen("attract")), Quit ]"#, &["--open", unknown]);
        run.must_succeed();
        let log = run.log();
        assert!(log.contains(&format!("gói không có tư liệu “{unknown}”")), "{log}");
        assert!(log.contains(&format!("The pack has no item “{unknown}”")), "{log}");
        assert_eq!(log.contains("Did you mean “map-test”?"), unknown == "map-tset", "{log}");
    }
}

#[test]
fn looks_sways_and_idleness_are_measured() {
    let run = small(
        r#"[ Patience(60), WaitFor(Prepared), WaitFor(Screen("item")), WaitFor(Sharp), TapOn("Đóng"), WaitFor(Settled),
             LookAt(0.5, 0.5, 400), WaitFor(Sharp), LookAt(0.1, 0.9, 400), WaitFor(Sharp),
             Sway(0.5), WaitFor(Settled), Idle(0.2), Quit ]"#,
        &["--open", "map-test"],
    );
    run.must_succeed();
    let told = run.metrics();
    assert!(told["launch_to_sharp_ms"].is_number(), "{told:#}");
    assert_eq!(told["look_to_sharp_ms"]["each"].as_array().map(Vec::len), Some(2), "{told:#}");
    // Half a second in steps of 16 ms.
    assert!(told["sways"][0]["frames"].as_u64().is_some_and(|frames| (28..=36).contains(&frames)), "{told:#}");
    assert!(told["sways"][0]["pss_mb"].is_number() && told["sways"][0]["frame_ms"]["p99"].is_number(), "{told:#}");
    assert!(told["idles"][0]["wall_s"].as_f64().is_some_and(|seconds| seconds >= 0.19), "{told:#}");
    assert!(told["idles"][0]["cpu_s"].is_number() && told["renderer"].is_string(), "{told:#}");
}

#[test]
fn looking_where_there_is_no_picture_ends_with_a_clear_error() {
    let run = small(r#"[ WaitFor(Settled), LookAt(0.5, 0.5, 100) ]"#, &[]);
    assert_eq!(run.output.status.code(), Some(1));
    assert!(run.log().contains("there is no picture on the screen “attract”"), "{}", run.log());
}
