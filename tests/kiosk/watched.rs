//! A pack that is being written, shown with `--watch`: what is saved appears where one is, what is wrong is told in a
//! band, and no visit is written down. In real time, for a save is noticed by the machine's clock.

use crate::run::{Run, command, copy_of_small};
use image::{Rgb, RgbImage};
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const MAP: &str = "items/map-test.ron";
/// A machine that draws with its processor, and tests beside this one.
const DEADLINE: Duration = Duration::from_secs(180);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Ground of the band.
const OCHRE: Rgb<u8> = Rgb([0xF5, 0xE3, 0xB8]);

/// Something done to the pack once the picture of that name was taken.
type Work<'a> = (&'a str, &'a dyn Fn());

/// Shows the pack while the work is done.
fn watched(pack: &Path, replay: &str, work: &[Work]) -> Run {
    let folder = tempfile::tempdir().expect("temporary folder");
    let settings = folder.path().join("kiosk.ron");
    fs::write(&settings, "(idle_seconds: 10, countdown_seconds: 5, gamepads: false)").expect("written");
    let mut command = command(pack, folder.path(), replay, &["--watch", "--settings", &settings.to_string_lossy()]);
    let mut kiosk = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the kiosk starts");
    for (name, act) in work {
        if !appears(&folder.path().join("shots").join(format!("{name}.png")), &mut kiosk) {
            let _ = kiosk.kill();
            let output = kiosk.wait_with_output().expect("gone");
            let run = Run { folder, output };
            panic!("“{name}” is never pictured\n{}", run.log());
        }
        act();
    }
    let output = kiosk.wait_with_output().expect("the kiosk ends");
    Run { folder, output }
}

/// Waits for a file, as long as the kiosk runs.
fn appears(file: &Path, kiosk: &mut Child) -> bool {
    let (_keep, never) = mpsc::channel::<()>();
    let began = Instant::now();
    while !file.exists() {
        if began.elapsed() > DEADLINE || kiosk.try_wait().expect("asked").is_some() {
            return false;
        }
        let _ = never.recv_timeout(LOOK_EVERY);
    }
    true
}

/// A gradient, so that another part of the map looks different.
fn draw_map(pack: &Path, blue: u8) {
    let map = RgbImage::from_fn(400, 400, |x, y| Rgb([(x / 2) as u8, (y / 2) as u8, blue]));
    map.save(pack.join("images/map.png")).expect("saved");
}

fn write(pack: &Path, text: &str) {
    fs::write(pack.join(MAP), text).expect("written");
}

fn errors_of(pack: &Path) -> usize {
    let problems = haidang::pack::open(pack).findings.into_sorted();
    problems.iter().filter(|problem| problem.severity.word() == "error").count()
}

fn differing(a: &RgbImage, b: &RgbImage) -> usize {
    let far = |(a, b): (&Rgb<u8>, &Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 8);
    a.pixels().zip(b.pixels()).filter(|pair| far(*pair)).count()
}

fn ochre(picture: &RgbImage) -> usize {
    picture.pixels().filter(|p| p.0.iter().zip(OCHRE.0).all(|(a, b)| a.abs_diff(b) <= 4)).count()
}

#[test]
fn what_is_saved_is_shown_where_one_is_and_faults_are_told_until_they_are_mended() {
    let pack = copy_of_small();
    let pack = pack.path();
    draw_map(pack, 200);
    let first = fs::read_to_string(pack.join(MAP)).expect("read");
    let second = first.replace("Upper corner", "Second words").replace("Test map", "Next map");
    let third = second.replace("Second words", "Third words");
    assert!(first != second && second != third);
    let broken = second.replacen("sources: [\"test-map\"]", "sources: [\"no-such-source\"]", 1);
    write(pack, &broken);
    let errors = errors_of(pack);
    write(pack, &first);
    assert!(errors > 0 && errors_of(pack) == 0, "the small pack is good, and bad when it is spoiled");

    let replay = format!(
        r#"[ Patience(120), WaitFor(Settled), TapOn("English"), WaitFor(Screen("home")), WaitFor(Settled),
             TapOn("Maps"), WaitFor(Screen("hall")), TapOn("Test map"), WaitFor(Screen("item")), WaitFor(Sharp),
             LookAt(0.3, 0.3, 400), WaitFor(Sharp), WaitFor(Settled), WaitFor(Label("Point 1: Upper corner")), Shot("first"),
             WaitFor(Label("Point 1: Second words")), WaitFor(Sharp), WaitFor(Settled), Shot("second"),
             WaitFor(Faults({errors})), WaitFor(Settled), WaitFor(Label("Point 1: Second words")), Shot("broken"),
             WaitFor(Faults(0)), WaitFor(Settled), Shot("mended"),
             WaitFor(Label("Point 1: Third words")), WaitFor(Sharp), WaitFor(Settled), WaitFor(Screen("item")), Shot("third"),
             Quit ]"#
    );
    let run = watched(
        pack,
        &replay,
        &[
            ("first", &|| write(pack, &second)),
            ("second", &|| write(pack, &broken)),
            ("broken", &|| write(pack, &second)),
            ("mended", &|| {
                draw_map(pack, 20);
                write(pack, &third);
            }),
        ],
    );
    run.must_succeed();
    let [first, second, broken, mended, third] =
        ["first", "second", "broken", "mended", "third"].map(|name| run.picture(name));
    // Another title on the plate; the map stands where it stood.
    let titled = differing(&first, &second);
    assert!((50..40_000).contains(&titled), "{titled} pixels differ");
    assert!(ochre(&broken) > ochre(&second) + 10_000, "the band is not there");
    assert!(differing(&second, &mended) < 500, "the band is still there");
    assert!(differing(&mended, &third) > 200_000, "the new map is not there");

    assert!(run.log().contains("no-such-source"), "{}", run.log());
    let told = run.metrics();
    let reloads = told["reloads"].as_array().cloned().unwrap_or_default();
    assert!(reloads.len() >= 3 && reloads.iter().all(|one| one["noticed_to_shown_ms"].is_number()), "{told:#}");
    assert!(!run.journal().exists(), "whoever prepares a pack is no visitor");
}

#[test]
fn a_pack_that_cannot_be_shown_at_first_is_shown_once_it_can_be() {
    let pack = copy_of_small();
    let pack = pack.path();
    let exhibit = pack.join("exhibit.ron");
    let good = fs::read_to_string(&exhibit).expect("read");
    fs::write(&exhibit, "(format: ").expect("written");
    let replay = r#"[ Patience(120), WaitFor(Screen("trouble")), WaitFor(Settled), Shot("trouble"),
        WaitFor(Screen("attract")), WaitFor(Faults(0)), WaitFor(Label("Chạm để khám phá")), Quit ]"#;
    let run = watched(pack, replay, &[("trouble", &|| fs::write(&exhibit, &good).expect("written"))]);
    run.must_succeed();
    assert!(ochre(&run.picture("trouble")) > 10_000, "nobody is told what is wrong");
}
