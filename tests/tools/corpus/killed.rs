//! `build`, `sign` and `stick` killed at any moment: under the final name there is nothing, what was there before, or
//! the whole new file.

use crate::packs::{packs, small_pack};
use crate::sealed::build_pack;
use haidang::base::in_place::restore;
use haidang::pack::sealed::Sealed;
use image::{Rgb, RgbImage};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Kills in an ordinary run; `HAIDANG_KILLS` asks for more.
const KILLS: u32 = 12;

fn kills() -> u32 {
    std::env::var("HAIDANG_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

fn start(arguments: &[&OsStr]) -> Child {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_haidang-pack"));
    tool.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    tool.spawn().expect("tool runs")
}

/// Runs it, and kills it when so much of its time is over.
fn kill_after(arguments: &[&OsStr], after: Duration) {
    let (mut child, started) = (start(arguments), Instant::now());
    while started.elapsed() < after && child.try_wait().expect("waited for").is_none() {
        std::hint::spin_loop();
    }
    // SIGKILL; it may have ended a moment ago.
    let _ = child.kill();
    child.wait().expect("waited for");
}

fn building<'a>(folder: &'a Path, out: &'a Path, cache: &'a Path) -> [&'a OsStr; 6] {
    let [build, to, cached] = ["build", "-o", "--cache"].map(OsStr::new);
    [build, folder.as_os_str(), to, out.as_os_str(), cached, cache.as_os_str()]
}

/// How long it takes when nobody kills it.
fn whole_time(arguments: &[&OsStr]) -> Duration {
    let started = Instant::now();
    assert!(start(arguments).wait().expect("waited for").success());
    started.elapsed()
}

fn is_whole(pack: &Path) -> bool {
    Sealed::open(pack).is_ok_and(|sealed| sealed.verify_whole(|_, _| true).is_ok())
}

#[test]
fn a_build_that_is_killed_leaves_no_half_pack() {
    let (folder, dir) = (small_pack(), tempfile::tempdir().expect("temporary folder"));
    // Something to cut and to copy, so that there is time to be killed in.
    let picture = RgbImage::from_fn(1_400, 1_400, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
    picture.save(folder.path().join("images/map.png")).expect("picture written");
    let (out, cache) = (dir.path().join("a.haidang"), dir.path().join("cache"));
    let arguments = building(folder.path(), &out, &cache);
    let whole = whole_time(&arguments);
    assert!(is_whole(&out));
    for round in 0..kills() {
        // Half of the time nothing was there before.
        if round % 2 == 0 {
            fs::remove_file(&out).ok();
            fs::remove_dir_all(&cache).ok();
        }
        kill_after(&arguments, whole * round / kills());
        assert!(!out.exists() || is_whole(&out), "round {round}");
    }
    whole_time(&arguments);
    assert!(is_whole(&out));
}

/// Texts are changed in the file where it lies; that is the one moment when it has another name.
#[test]
fn a_changed_caption_that_is_killed_costs_no_pack() {
    let (folder, dir) = (small_pack(), tempfile::tempdir().expect("temporary folder"));
    let (out, cache) = (dir.path().join("a.haidang"), dir.path().join("cache"));
    let arguments = building(folder.path(), &out, &cache);
    whole_time(&arguments);
    let captions = folder.path().join("narration/map-test.vi.vtt");
    let texts =
        [fs::read(&captions).expect("read"), [fs::read(&captions).expect("read"), b"\nNOTE x\n".to_vec()].concat()];
    let versions: Vec<Vec<u8>> = texts
        .iter()
        .map(|text| {
            fs::write(&captions, text).expect("written");
            whole_time(&arguments);
            fs::read(&out).expect("read")
        })
        .collect();
    let whole = whole_time(&arguments);
    for round in 0..kills() {
        fs::write(&captions, &texts[round as usize % 2]).expect("written");
        kill_after(&arguments, whole * round / kills());
        restore(&out).expect("restored");
        assert!(versions.contains(&fs::read(&out).expect("there")), "round {round}");
    }
    whole_time(&arguments);
    assert!(is_whole(&out));
}

/// So many bytes of a sound in which nothing is heard.
fn silence(bytes: u32) -> Vec<u8> {
    let mut wave = b"RIFF".to_vec();
    wave.extend((bytes + 36).to_le_bytes());
    // 48,000 samples a second, two channels, 16 bits each.
    wave.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x10\0data");
    wave.extend(bytes.to_le_bytes());
    wave.resize(wave.len() + bytes as usize, 0);
    wave
}

#[test]
fn a_stick_that_is_pulled_out_holds_no_half_pack() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (stick, pack) = (dir.path().join("stick"), dir.path().join("a.haidang"));
    fs::create_dir(&stick).expect("made");
    let small = packs().join("valid/small");
    let build = [OsStr::new("build"), small.as_os_str(), OsStr::new("-o"), pack.as_os_str()];
    whole_time(&build);
    // Longer than a page of memory, so that a copy takes its time.
    let folder = small_pack();
    fs::write(folder.path().join("narration/map-test.vi.ogg"), silence(24 << 20)).expect("written");
    let large = build_pack(folder.path(), dir.path(), "b.haidang");
    let arguments: Vec<&OsStr> = [OsStr::new("stick"), stick.as_os_str(), OsStr::new("--unsigned")]
        .into_iter()
        .chain([&pack, &large].iter().flat_map(|path| [OsStr::new("--pack"), path.as_os_str()]))
        .collect();
    let whole = whole_time(&arguments);
    let carried = stick.join("HAIDANG");
    for round in 0..kills() {
        fs::remove_dir_all(&carried).ok();
        kill_after(&arguments, whole * round / kills());
        let [a, b] = [carried.join("a.haidang"), carried.join("b.haidang")];
        assert!(!a.exists() || is_whole(&a), "round {round}");
        assert!(!b.exists() || is_whole(&b), "round {round}");
        let list = fs::read_to_string(carried.join("list.txt")).unwrap_or_default();
        assert!(list.is_empty() || (list.lines().count() == 2 && a.exists() && b.exists()), "round {round}: {list}");
    }
    whole_time(&arguments);
    let mut left: Vec<_> = fs::read_dir(&carried).expect("listed").map(|e| e.expect("listed").file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.haidang", "b.haidang", "list.txt"], "what was broken off is swept away");
}
