//! What a visitor sees when something is wrong: a calm screen and a way on, never a crash.

use crate::run::{Run, SMALL, copy_of_small};
use std::path::Path;

fn troubles(run: &Run) -> Vec<String> {
    run.records().into_iter().filter(|(kind, ..)| kind == "trouble").map(|(_, subject, _)| subject).collect()
}

#[test]
fn no_pack_shows_a_calm_screen() {
    let run = Run::of(
        Path::new("/nowhere/at/all"),
        r#"[ WaitFor(Screen("trouble")), WaitFor(Settled), Shot("calm"), Quit ]"#,
        &[],
    );
    run.must_succeed();
    assert!(troubles(&run).contains(&"no-exhibit".to_owned()));
    let picture = run.picture("calm");
    let light = picture.pixels().filter(|p| p.0.iter().all(|c| *c > 180)).count();
    assert!(light > 500, "the sentence is not drawn");
}

#[test]
fn a_broken_item_leaves_the_others_in_place() {
    let pack = copy_of_small();
    std::fs::write(pack.path().join("items/map-test.ron"), "(id: ").expect("written");
    let run = Run::of(
        pack.path(),
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Settled), TapOn("Giấy tờ"), TapOn("Văn bản thử"), WaitFor(Settled), Quit ]"#,
        &["--virtual-time"],
    );
    run.must_succeed();
    assert_eq!(troubles(&run), ["pack-problems"]);
}

#[test]
fn a_picture_that_cannot_be_decoded_leaves_its_words() {
    let pack = copy_of_small();
    let path = pack.path().join("images/map.png");
    let whole = std::fs::read(&path).expect("readable");
    // The header says what the picture is; what should follow is not there.
    std::fs::write(&path, &whole[..whole.len() - 40]).expect("written");
    let run = Run::of(
        pack.path(),
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Settled), TapOn("Bản đồ"), TapOn("Bản đồ thử"), WaitFor(Sharp),
             WaitFor(Settled), Shot("missing"), TapOn("Điểm tiếp theo"), TapOn("Trang đầu"), WaitFor(Screen("home")), Quit ]"#,
        &["--virtual-time"],
    );
    run.must_succeed();
    assert!(troubles(&run).contains(&"picture-unreadable".to_owned()), "{:?}", troubles(&run));
}

#[test]
fn a_sound_that_cannot_be_decoded_says_so_and_goes_on() {
    let pack = copy_of_small();
    let path = pack.path().join("narration/map-test.vi.ogg");
    let whole = std::fs::read(&path).expect("readable");
    std::fs::write(&path, &whole[..60]).expect("written");
    let run = Run::of(
        pack.path(),
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Settled), TapOn("Bản đồ"), TapOn("Bản đồ thử"), WaitFor(Settled),
             TapOn("Nghe"), Wait(1500), TapOn("Tắt tiếng"), TapOn("Trang đầu"), WaitFor(Screen("home")), Quit ]"#,
        &["--virtual-time"],
    );
    run.must_succeed();
    assert!(troubles(&run).contains(&"sound-unreadable".to_owned()), "{:?}", troubles(&run));
}

#[test]
fn a_full_disk_never_stops_the_exhibit() {
    let settings = tempfile::tempdir().expect("temporary folder");
    // A file where the data folder should be refuses every write, as a full disk does.
    let data = settings.path().join("data");
    std::fs::write(&data, b"").expect("written");
    let run = Run::of(
        Path::new(SMALL),
        r#"[ WaitFor(Settled), Tap(0.5, 0.5), WaitFor(Screen("home")), TapOn("Giấy tờ"), WaitFor(Screen("hall")), Quit ]"#,
        &["--virtual-time", "--data", &data.to_string_lossy()],
    );
    run.must_succeed();
    assert!(run.log().contains("the journal cannot be written"), "{}", run.log());
}

#[test]
fn without_a_graphics_driver_the_kiosk_says_so_and_ends() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let output = crate::run::command(Path::new(SMALL), folder.path(), "[ Quit ]", &[])
        .env("WGPU_BACKEND", "vulkan")
        .env("VK_DRIVER_FILES", "/nowhere.json")
        .env("VK_ICD_FILENAMES", "/nowhere.json")
        .output()
        .expect("the kiosk starts");
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{log}");
    assert!(log.contains("mesa-vulkan-drivers"), "{log}");
}
