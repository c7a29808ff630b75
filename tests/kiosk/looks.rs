//! What visitors see of the sample exhibit, beside blessed pictures of it in `tests/looks`, at three screens and in two
//! languages. `HAIDANG_BLESS=1` blesses what is seen now; look at it before you commit it.

use crate::run::Run;
use image::imageops::{FilterType, resize};
use image::{Rgb, RgbImage};
use std::path::{Path, PathBuf};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/exhibits/hoang-sa-truong-sa");
const LOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/looks");
/// Blessed pictures are so many times smaller: a slip of layout shows, a pixel of another renderer's does not.
const SMALLER: u32 = 4;
/// The tolerance: how far a square of so many pixels of the small picture may be off, in levels of 255, on average.
const SQUARE: u32 = 8;
const TOLERANCE: f64 = 16.0;

const BEGIN: &str = r#"Patience(600), WaitFor(Settled), TapOn("Chạm để khám phá"),
    WaitFor(Screen("home")), WaitFor(Settled), Shot("home"), TapOn("Thư tịch Hán Nôm"), WaitFor(Screen("hall")),
    WaitFor(Settled), Shot("hall"), TapOn("Phủ biên tạp lục"), WaitFor(Screen("item")), WaitFor(Sharp),
    WaitFor(Settled), TapOn("Đọc từng dòng"), TapOn("Dòng 1"), WaitFor(Settled), Shot("reader"),
    TapOn("Nguồn của điều này"), WaitFor(Settled), Shot("source"), TapOn("Đóng")"#;

/// The names of all pictures a run takes. The attract screen is not among them: where its beam stands depends on when
/// the pictures of the other screens were ready.
const SHOTS: [&str; 7] = ["home", "hall", "reader", "source", "help", "english-home", "english-reader"];

fn replay() -> String {
    format!(
        r#"[ {BEGIN}, TapOn("Ngôn ngữ, hỗ trợ"), WaitFor(Settled), Shot("help"), TapOn("English"), WaitFor(Settled),
        TapOn("Close"), WaitFor(Settled), Shot("english-reader"), Key("Home"), WaitFor(Screen("home")),
        WaitFor(Settled), Shot("english-home"), Quit ]"#
    )
}

fn smaller(picture: &RgbImage) -> RgbImage {
    resize(picture, picture.width() / SMALLER, picture.height() / SMALLER, FilterType::Triangle)
}

/// The square that is farthest off: how far, and its left and top in the small picture.
fn worst_square(is: &RgbImage, blessed: &RgbImage) -> (f64, u32, u32) {
    let off = |left: u32, top: u32| {
        let (right, bottom) = ((left + SQUARE).min(is.width()), (top + SQUARE).min(is.height()));
        let points = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        let (sum, count) = points.fold((0.0, 0.0), |(sum, count), (x, y)| {
            let (Rgb(a), Rgb(b)) = (is.get_pixel(x, y), blessed.get_pixel(x, y));
            let differences: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
            (sum + differences / 3.0, count + 1.0)
        });
        sum / f64::max(count, 1.0)
    };
    let squares = (0..is.height()).step_by(SQUARE as usize);
    let squares = squares.flat_map(|top| (0..is.width()).step_by(SQUARE as usize).map(move |left| (left, top)));
    squares.map(|(left, top)| (off(left, top), left, top)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}

/// What is wrong with a picture, beside the blessed one.
fn fault_of(is: &RgbImage, file: &Path) -> Option<String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Ok(blessed) = image::open(file) else { return Some(format!("{name} is not blessed yet")) };
    let blessed = blessed.into_rgb8();
    if is.dimensions() != blessed.dimensions() {
        return Some(format!("{name} is {:?} instead of {:?}", is.dimensions(), blessed.dimensions()));
    }
    let (off, left, top) = worst_square(is, &blessed);
    (off > TOLERANCE).then(|| format!("{name} is off by {off:.1} at {:?}", (left * SMALLER, top * SMALLER)))
}

fn looks_as_blessed(size: &str) {
    let run = Run::unhurried(Path::new(SAMPLE), &replay(), &["--windowed", size]);
    run.must_succeed();
    let mut faults = Vec::new();
    for name in SHOTS {
        let is = smaller(&run.picture(name));
        let file = PathBuf::from(LOOKS).join(format!("{size}-{name}.png"));
        if std::env::var_os("HAIDANG_BLESS").is_some() {
            is.save(&file).expect("blessed");
        }
        if let Some(fault) = fault_of(&is, &file) {
            let seen = std::env::temp_dir().join(format!("haidang-{size}-{name}.png"));
            is.save(&seen).expect("kept to look at");
            faults.push(format!("{fault}; seen: {}", seen.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_sample_looks_as_blessed_on_a_wide_screen() {
    looks_as_blessed("1920x1080");
}

#[test]
fn the_sample_looks_as_blessed_on_a_small_screen() {
    looks_as_blessed("1280x800");
}

#[test]
fn the_sample_looks_as_blessed_on_an_upright_screen() {
    looks_as_blessed("1080x1920");
}

#[test]
fn a_missing_word_and_a_moved_button_are_told() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("a.png");
    let blessed = RgbImage::from_pixel(320, 200, Rgb([16, 40, 60]));
    blessed.save(&file).expect("written");
    assert_eq!(fault_of(&blessed, &file), None);
    // A word of six letters, about as large in the small picture as a label.
    let mut word = blessed.clone();
    for (x, y) in (100..108).flat_map(|x| (50..58).map(move |y| (x, y))).filter(|(x, y)| (x + y) % 3 == 0) {
        word.put_pixel(x, y, Rgb([240, 240, 230]));
    }
    assert!(fault_of(&word, &file).is_some_and(|fault| fault.contains("off by")));
    assert!(fault_of(&RgbImage::new(10, 10), &file).is_some_and(|fault| fault.contains("instead of")));
    assert!(fault_of(&blessed, &folder.path().join("none.png")).is_some());
}
