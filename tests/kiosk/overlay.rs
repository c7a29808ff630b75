//! Old maps compared with today's sea: by touch, by keys and by pad; and the gate of what is then painted.

use crate::painted_sea::colours::{COAST, GRATICULE_ON_SEA, PAPER, SEA};
use crate::painted_sea::{faults_of, lonely_islets, long_names, looked_at, open_sea};
use crate::run::{Run, copy_of_small};
use haidang::sea::View;
use image::{Rgb, RgbImage};
use std::fmt::Write;

const GEOREFERENCED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/packs/valid/georeferenced/items/map-test.ron");

/// Longitude, latitude and metres a pixel, from the world down to an islet. From afar the view is of the whole earth,
/// whatever its longitude, and the latitude brings our sea out from behind the card.
const FRAMINGS: [(f64, f64, f64); 16] = [
    (112.0, 55.0, 40_000.0),
    (112.0, 13.0, 25_000.0),
    (112.0, 13.0, 12_000.0),
    (113.0, 12.0, 6_000.0),
    (113.0, 12.5, 3_500.0),
    (112.5, 13.0, 2_400.0),
    (113.0, 12.5, 1_500.0),
    (112.3, 16.0, 900.0),
    (113.5, 10.0, 900.0),
    (113.2, 13.6, 1_000.0),
    (112.1, 16.5, 400.0),
    (113.3, 9.8, 500.0),
    (112.3, 16.9, 120.0),
    (114.35, 10.4, 120.0),
    (114.3, 9.8, 200.0),
    (111.9, 8.65, 150.0),
];
/// Those on which faults are painted: both archipelagos, and each by itself.
const SPOILED: [usize; 5] = [4, 6, 7, 8, 11];

/// Opens the map of the small pack, tied to the earth, and acts the steps out.
fn compared(steps: &str) -> Run {
    let pack = copy_of_small();
    std::fs::copy(GEOREFERENCED, pack.path().join("items/map-test.ron")).expect("copied");
    let replay = format!(r#"[ WaitFor(Screen("item")), WaitFor(Sharp), WaitFor(Settled), {steps} Quit ]"#);
    let run = Run::unhurried(pack.path(), &replay, &["--open", "map-test"]);
    run.must_succeed();
    assert!(!run.log().contains("ERROR"), "{}", run.log());
    run
}

fn is_paper(run: &Run, shot: &str, x: u32, y: u32) -> bool {
    run.picture(shot).get_pixel(x, y).0 == PAPER
}

/// Pixels above the slider and the dock that differ between two pictures.
fn differing(run: &Run, one: &str, other: &str) -> usize {
    let (one, other) = (run.picture(one), run.picture(other));
    let above = one.enumerate_pixels().filter(|(_, y, _)| *y < 560);
    above.filter(|(x, y, pixel)| other.get_pixel(*x, *y) != *pixel).count()
}

fn was_compared(run: &Run, how: &str) -> bool {
    let records = run.records();
    records.iter().any(|(kind, subject, detail)| kind == "map-compared" && subject == "map-test" && detail == how)
}

/// The words for the same moves on a keyboard and on a pad.
struct Hand {
    next: &'static str,
    accept: &'static str,
    back: &'static str,
    /// Up, down, left, right.
    moves: [&'static str; 4],
    /// Zooms, and what else moves the map.
    walk: &'static str,
}

const KEYS: Hand = Hand {
    next: r#"Key("Tab"), "#,
    accept: r#"Key("Enter"), WaitFor(Settled), "#,
    back: r#"Key("Escape"), WaitFor(Settled), "#,
    moves: [r#"Key("Up"), "#, r#"Key("Down"), "#, r#"Key("Left"), "#, r#"Key("Right"), "#],
    walk: r#"Key("Plus"), Key("+"), Key("Minus"), Key("W"), Key("A"), Key("A"), Key("S"), Key("D"), "#,
};
const PAD: Hand = Hand {
    next: r#"Pad("North"), "#,
    accept: r#"Pad("South"), WaitFor(Settled), "#,
    back: r#"Pad("East"), WaitFor(Settled), "#,
    moves: [r#"Pad("DPadUp"), "#, r#"Pad("DPadDown"), "#, r#"Pad("DPadLeft"), "#, r#"Pad("DPadRight"), "#],
    walk: r#"Pad("RightTrigger"), Pad("RightTrigger"), Pad("LeftTrigger"), "#,
};

impl Hand {
    /// To the so-manyth button of the dock, from wherever the focus is.
    fn to_dock(&self, button: usize) -> String {
        let [_, down, left, right] = self.moves;
        format!("{}{}{}", down.repeat(8), left.repeat(12), right.repeat(button))
    }

    /// Everything there is about a compared map, without a touch. Names on the map take the focus too, and where they
    /// stand is the view's affair: a look at the Indian Ocean leaves none.
    fn steps(&self) -> String {
        let Self { next, accept, back, moves: [up, _, left, _], walk } = self;
        let (first, last) = (self.to_dock(0), self.to_dock(12));
        [
            // The card's own “Đóng” is the uppermost thing; then “So với ngày nay”.
            format!("{next}{accept}{}{accept}WaitFor(Sharp), WaitFor(Settled), ", self.to_dock(5)),
            format!(r#"Shot("over"), {walk}WaitFor(Sharp), WaitFor(Settled), Shot("walked"), "#),
            "LookAtEarth(80, -20, 2000), WaitFor(Sharp), WaitFor(Settled), ".to_owned(),
            // Above “Trang đầu” is “Bản đồ ngày nay”; above the last button “Bản đồ 1838”, and then the question.
            format!(r#"{first}{up}{accept}{accept}Shot("thin"), {last}{up}{accept}Shot("thick"), "#),
            format!(r#"{up}{accept}Shot("why"), {}{accept}Shot("closed"), "#, up.repeat(8)),
            // “Kéo màn”; left of the question is its right half, then its left half.
            format!(r#"{}{accept}Shot("half"), {last}{up}{left}{accept}Shot("right"), "#, self.to_dock(6)),
            format!(r#"{left}{accept}{accept}Shot("left"), "#),
            // “Điểm đối chiếu” twice, then “Cùng một nơi qua các thế kỷ”, and the way back to the map and home.
            format!("{}{accept}{accept}{}{accept}", self.to_dock(7), self.to_dock(5)),
            format!(r#"WaitFor(Sharp), WaitFor(Settled), Shot("same"), {back}{back}WaitFor(Screen("home")), "#),
        ]
        .concat()
    }
}

/// What the steps of a hand leave on the screen and in the journal.
fn is_compared_by(hand: &Hand) {
    let run = compared(&hand.steps());
    assert!(differing(&run, "over", "walked") > 5_000, "the map has not moved");
    // The slider's thumb at 32 %, then at 49 %; beside its number it is paper.
    assert!(is_paper(&run, "thin", 524, 590) && !is_paper(&run, "thin", 633, 590), "the slider is not at 32 %");
    assert!(is_paper(&run, "thick", 633, 590) && !is_paper(&run, "thick", 524, 590), "the slider is not at 49 %");
    assert!(differing(&run, "why", "closed") > 2_000, "the question was not answered");
    for (shot, x) in [("half", 640), ("right", 768), ("left", 512)] {
        assert!(is_paper(&run, shot, x, 200), "the curtain of “{shot}” does not hang at {x}");
    }
    assert!(was_compared(&run, "over-sea") && was_compared(&run, "same-place"), "{:#?}", run.records());
}

#[test]
fn an_old_map_is_compared_by_touch_and_by_keys() {
    let run = compared(
        r#"TapOn("So với ngày nay"), WaitFor(Sharp), WaitFor(Settled), Shot("over"),
           TapOn("Bản đồ 1838"), WaitFor(Settled), Shot("thick"),
           TapOn("Bản đồ ngày nay"), WaitFor(Settled), TapOn("Bản đồ ngày nay"), WaitFor(Settled), Shot("thin"),
           TapOn("Kéo màn"), WaitFor(Settled), TapOn("Kéo màn sang trái"), WaitFor(Settled), Shot("left"),
           TapOn("Kéo màn sang phải"), WaitFor(Settled), Shot("half"), TapOn("Kéo màn"), WaitFor(Settled),
           TapOn("Điểm đối chiếu"), WaitFor(Settled), Shot("bare"),
           TapOn("Vì sao lại lệch?"), WaitFor(Settled), TapOn("Đóng"), WaitFor(Settled), TapOn("Vì sao lại lệch?"),
           WaitFor(Settled), TapOn("Cùng một nơi qua các thế kỷ"), WaitFor(Sharp), WaitFor(Settled),
           TapOn("Cây"), WaitFor(Sharp), WaitFor(Settled), Shot("same"),
           Key("Escape"), WaitFor(Settled), TapOn("Điểm tiếp theo"), WaitFor(Settled), "#,
    );
    assert!(is_paper(&run, "over", 743, 590), "the slider does not begin at 66 %");
    assert!(is_paper(&run, "thick", 853, 590) && is_paper(&run, "thin", 633, 590), "the slider has not moved");
    assert!(is_paper(&run, "left", 512, 200) && is_paper(&run, "half", 640, 200), "the curtain has not moved");
    assert!(differing(&run, "thin", "bare") > 200, "the control points are still there");
    assert!(was_compared(&run, "over-sea") && was_compared(&run, "same-place"), "{:#?}", run.records());
    is_compared_by(&KEYS);
}

#[test]
fn an_old_map_is_compared_with_a_pad() {
    is_compared_by(&PAD);
}

/// The kiosk's own pictures of today's sea, the old map and its points out of sight.
fn pictures_of_today() -> Vec<(View, RgbImage)> {
    let mut steps = r#"TapOn("So với ngày nay"), WaitFor(Sharp), WaitFor(Settled), "#.to_owned();
    steps += &r#"TapOn("Bản đồ ngày nay"), WaitFor(Settled), "#.repeat(4);
    steps += r#"TapOn("Điểm đối chiếu"), WaitFor(Settled), "#;
    for (index, (longitude, latitude, metres)) in FRAMINGS.into_iter().enumerate() {
        let look = format!("LookAtEarth({longitude}, {latitude}, {metres})");
        write!(steps, r#"{look}, WaitFor(Sharp), WaitFor(Settled), Shot("{index}"), "#).expect("a string is written");
    }
    let run = compared(&steps);
    let picture = |(index, (longitude, latitude, metres)): (usize, (f64, f64, f64))| {
        (looked_at(longitude, latitude, metres), run.picture(&index.to_string()))
    };
    FRAMINGS.into_iter().enumerate().map(picture).collect()
}

fn paint(picture: &mut RgbImage, [x, y]: [f64; 2], reach: [f64; 2], colour: [u8; 3]) {
    let range = |at: f64, reach: f64, end: u32| (at - reach).max(0.0) as u32..((at + reach) as u32 + 1).min(end);
    for row in range(y, reach[1], picture.height()) {
        for column in range(x, reach[0], picture.width()) {
            picture.put_pixel(column, row, Rgb(colour));
        }
    }
}

/// A dashed line two pixels wide from one end of the open sea to the other, left of the card.
fn with_dashes(picture: &RgbImage, view: &View, colour: [u8; 3]) -> RgbImage {
    let mut sea = open_sea(picture, view);
    sea.retain(|[x, _]| *x < 880);
    let [from, to] = [sea[0], sea[sea.len() - 1]].map(|end| end.map(f64::from));
    let length = (to[0] - from[0]).hypot(to[1] - from[1]) as u32;
    let mut spoiled = picture.clone();
    for step in (0..length).filter(|step| step % 14 < 8) {
        let share = f64::from(step) / f64::from(length);
        let at = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share);
        paint(&mut spoiled, at, [0.5, 0.5], colour);
    }
    spoiled
}

fn every_painted_fault_is_told(view: &View, picture: &RgbImage) {
    let is_told = |spoiled: &RgbImage, words: &str| {
        let faults = faults_of(spoiled, view);
        assert!(faults.iter().any(|fault| fault.contains(words)), "{view:?}: nothing of “{words}” in {faults:#?}");
    };
    for colour in [[200, 30, 30], [0, 0, 0], COAST, GRATICULE_ON_SEA] {
        is_told(&with_dashes(picture, view, colour), "open sea");
    }
    let islets = lonely_islets(picture, view);
    assert!(!islets.is_empty(), "{view:?}: no islet stands alone");
    for (id, at) in islets.into_iter().take(3) {
        let mut spoiled = picture.clone();
        paint(&mut spoiled, at, [10.0, 10.0], SEA);
        is_told(&spoiled, &format!("islet {id} "));
    }
    let names = long_names(picture);
    assert!(!names.is_empty(), "{view:?}: no archipelago is named");
    for name in names {
        let mut spoiled = picture.clone();
        let reach = [(name.right - name.left) / 2.0 + 10.0, (name.bottom - name.top) / 2.0 + 6.0];
        paint(&mut spoiled, name.middle(), reach, SEA);
        is_told(&spoiled, "of their names");
    }
}

#[test]
fn todays_sea_shows_every_islet_and_both_names_and_no_line_from_the_world_down_to_an_islet() {
    let pictures = pictures_of_today();
    let mut all = Vec::new();
    for (view, picture) in &pictures {
        let at = format!("{:?} at {} m", view.centre, view.metres_per_pixel);
        all.extend(faults_of(picture, view).into_iter().map(|fault| format!("{at}: {fault}")));
    }
    assert!(all.is_empty(), "{all:#?}");
    let looked_over: usize = pictures.iter().map(|(view, picture)| open_sea(picture, view).len()).sum();
    assert!(looked_over > 1_000_000, "only {looked_over} pixels of open sea were looked at");
    for index in SPOILED {
        let (view, picture) = &pictures[index];
        every_painted_fault_is_told(view, picture);
    }
}
