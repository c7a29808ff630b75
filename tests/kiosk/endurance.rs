//! Long use of a large map: no gesture shows a hole or a seam, and memory stays where it was. The map is one smooth
//! gradient, so that the colour of a pixel tells which part of the map it must be.

use crate::run::{Run, copy_of_small};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::Value;
use std::fs;
use std::io::BufWriter;
use std::path::Path;

/// Of the map, in pixels. Red grows to the right and green downwards, both between these two.
const SIZE: [u32; 2] = [6_000, 4_500];
const DARKEST: u32 = 96;
const LIGHTEST: u32 = 246;
const BLUE: u8 = 210;
/// A pixel with less red shows no map, but the ground under it.
const GROUND_BELOW: u8 = 60;
/// Left, top, right and bottom of the part of the window in which only the map is.
const BARE: [u32; 4] = [212, 4, 1_276, 688];
/// What encoding may change of a colour, twice, and the gradient from one pixel to the next.
const NOISE: f64 = 8.0;
/// The memory of fewer gestures is not judged; more than these are not pictured.
const LONG_USE: usize = 2_000;

const MAP: &str = r#"(
    id: "map-test",
    title: {"vi": "Bản đồ thử", "en": "Test map"},
    date: (when: Year(1838), text: {"vi": "1838", "en": "1838"}),
    sources: ["test-map"],
    description: [(text: {"vi": "Một dải màu.", "en": "A gradient."}, sources: ["test-map"])],
    kind: Map(
        picture: (
            file: "images/map.jpg",
            nature: Scan,
            alt: {"vi": "Một dải màu.", "en": "A gradient."},
            licence: "CC0-1.0",
            credit: {"vi": "Nhóm thử", "en": "Test group"},
        ),
    ),
)"#;

fn level(at: u32, length: u32) -> u8 {
    (DARKEST + at * (LIGHTEST - DARKEST) / length) as u8
}

fn colour_of_map(x: u32, y: u32) -> Rgb<u8> {
    Rgb([level(x, SIZE[0]), level(y, SIZE[1]), BLUE])
}

/// The small pack with the gradient for its map.
fn pack() -> tempfile::TempDir {
    let pack = copy_of_small();
    fs::remove_file(pack.path().join("images/map.png")).expect("removed");
    let file = BufWriter::new(fs::File::create(pack.path().join("images/map.jpg")).expect("made"));
    let map = RgbImage::from_fn(SIZE[0], SIZE[1], colour_of_map);
    map.write_with_encoder(JpegEncoder::new_with_quality(file, 92)).expect("encoded");
    fs::write(pack.path().join("items/map-test.ron"), MAP).expect("written");
    pack
}

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// Between two numbers of thousandths.
    fn between(&mut self, low: u64, high: u64) -> f64 {
        (low + self.below(high - low)) as f64 / 1_000.0
    }

    /// A point of the window on the map, as a step writes it.
    fn point(&mut self) -> String {
        format!("({}, {})", self.between(300, 900), self.between(120, 780))
    }

    fn gesture(&mut self) -> String {
        let (from, to, millis) = (self.point(), self.point(), 48 + 16 * self.below(6));
        match self.below(10) {
            0..=2 => format!("Drag(from: {from}, to: {to}, over_ms: {millis}), "),
            3 => format!("Flick(from: {from}, to: {to}), "),
            4 | 5 => {
                let (near, far) = (self.between(100, 200), self.between(220, 460));
                let (first, last) = if self.below(2) == 0 { (near, far) } else { (far, near) };
                format!("Pinch(centre: (0.58, 0.43), from: {first}, to: {last}, over_ms: {millis}), ")
            }
            6 => format!("Tap{from}, Tap{from}, "),
            // A finger that slides right after a tap zooms.
            7 => format!("Tap{from}, Drag(from: {from}, to: {to}, over_ms: {millis}), "),
            8 => format!("Key({:?}), ", ["Plus", "Minus"][self.below(2) as usize]),
            _ => format!("Key({:?}), ", ["W", "A", "S", "D"][self.below(4) as usize]),
        }
    }

    /// A look from far or near at some place well within the map, without waiting for anything.
    fn look(&mut self) -> String {
        let percent = [15, 40, 100, 250][self.below(4) as usize];
        format!("LookAt({}, {}, {percent})", self.between(250, 750), self.between(250, 750))
    }

    /// A picture in the middle of a movement: of a map that flies, of one under a finger, of one just come to.
    fn shot(&mut self, number: usize) -> String {
        let (from, to) = (self.point(), self.point());
        let (x, y) = (self.between(300, 900), self.between(120, 780));
        let moves = match number % 3 {
            0 => [format!("Flick(from: {from}, to: {to})"), "Wait(1)".to_owned()],
            1 => [format!("Down(7, {x}, {y}), Move(7, 0.6, 0.4, 96)"), format!("Move(7, {x}, {y}, 96), Up(7)")],
            _ => [self.look(), "Wait(1)".to_owned()],
        };
        format!("{}, Shot(\"{number}\"), {}, ", moves[0], moves[1])
    }
}

/// The same place, at rest, for figures that can be compared.
fn mark(name: &str) -> String {
    format!("LookAt(0.5, 0.5, 50), WaitFor(Sharp), WaitFor(Settled), Mark(\"{name}\"), ")
}

/// So many gestures, and how many pictures are taken among them.
fn long_use(gestures: usize, with_shots: bool) -> (String, usize) {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (every, mut shots) = ((gestures / 40).max(5), 0);
    let mut steps = String::new();
    for number in 0..gestures {
        if number == gestures / 4 {
            steps += &mark("warm");
        }
        if number % 10 == 0 {
            steps += &format!("{}, ", chance.look());
        }
        steps += &chance.gesture();
        if with_shots && number % every == every - 1 {
            steps += &chance.shot(shots);
            shots += 1;
        }
    }
    steps += &mark("end");
    let begin = r#"Patience(120), WaitFor(Screen("item")), WaitFor(Sharp), TapOn("Đóng"), WaitFor(Settled), "#;
    (format!("[ {begin}{steps}Quit ]"), shots)
}

fn is_map(picture: &RgbImage, x: u32, y: u32) -> bool {
    picture.get_pixel(x, y).0[0] >= GROUND_BELOW
}

/// Left, top, right and bottom of what is covered by the map in the bare part of the window.
fn covered(picture: &RgbImage) -> Option<[u32; 4]> {
    let [left, top, right, bottom] = BARE;
    let mut area: Option<[u32; 4]> = None;
    for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
        if is_map(picture, x, y) {
            let [l, t, r, b] = area.unwrap_or([x, y, x, y]);
            area = Some([l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)]);
        }
    }
    area.filter(|[l, t, r, b]| r - l > 100 && b - t > 100)
}

/// The mean of a channel down a column or along a row.
fn mean(picture: &RgbImage, channel: usize, points: impl Iterator<Item = (u32, u32)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (x, y) in points {
        sum += f64::from(picture.get_pixel(x, y).0[channel]);
        count += 1.0;
    }
    sum / f64::max(count, 1.0)
}

/// What a rectangle of the map must look like, told by its sides.
struct Gradient {
    area: [u32; 4],
    /// Left and right.
    reds: [f64; 2],
    /// Top and bottom.
    greens: [f64; 2],
}

impl Gradient {
    fn of(picture: &RgbImage, area: [u32; 4]) -> Self {
        let [left, top, right, bottom] = area;
        let red = |x: u32| mean(picture, 0, (top..bottom).map(|y| (x, y)));
        let green = |y: u32| mean(picture, 1, (left..right).map(|x| (x, y)));
        Self { area, reds: [red(left), red(right - 1)], greens: [green(top), green(bottom - 1)] }
    }

    fn points(&self) -> impl Iterator<Item = (u32, u32)> + use<> {
        let [left, top, right, bottom] = self.area;
        (top..bottom).flat_map(move |y| (left..right).map(move |x| (x, y)))
    }

    fn at(&self, (x, y): (u32, u32)) -> [f64; 3] {
        let [left, top, right, bottom] = self.area;
        let along = |[from, to]: [f64; 2], at: u32, length: u32| from + (to - from) * f64::from(at) / f64::from(length);
        [along(self.reds, x - left, right - left - 1), along(self.greens, y - top, bottom - top - 1), f64::from(BLUE)]
    }

    /// Sides at which the map ends within the bare part of the window, though it goes on.
    fn early_sides(&self) -> Vec<&'static str> {
        let (area, [reds, greens]) = (self.area, [self.reds, self.greens]);
        let (first, last) = (f64::from(DARKEST) + NOISE, f64::from(LIGHTEST) - NOISE);
        let sides = [
            ("left", area[0] > BARE[0] && reds[0] > first),
            ("top", area[1] > BARE[1] && greens[0] > first),
            ("right", area[2] < BARE[2] && reds[1] < last),
            ("bottom", area[3] < BARE[3] && greens[1] < last),
        ];
        sides.into_iter().filter(|(_, is_early)| *is_early).map(|(side, _)| side).collect()
    }
}

/// Everything that is wrong with a picture of the map: it has to be one rectangle of one gradient without a hole, and
/// where it ends within the bare part of the window, its own edge has to be.
fn faults_of(picture: &RgbImage) -> Vec<String> {
    let Some(area) = covered(picture) else { return vec!["there is no map".to_owned()] };
    let gradient = Gradient::of(picture, area);
    let is_hole = |(x, y): (u32, u32)| !is_map(picture, x, y);
    let is_strange = |(x, y): (u32, u32)| {
        let pixel = picture.get_pixel(x, y).0;
        pixel.iter().zip(gradient.at((x, y))).any(|(is, should)| (f64::from(*is) - should).abs() > NOISE)
    };
    let is_jump = |(x, y): (u32, u32)| {
        let (here, beside) = (picture.get_pixel(x, y).0, picture.get_pixel((x + 1).min(area[2] - 1), y).0);
        let below = picture.get_pixel(x, (y + 1).min(area[3] - 1)).0;
        (0..3).any(|i| f64::from(here[i].abs_diff(beside[i]).max(here[i].abs_diff(below[i]))) > NOISE)
    };
    let told = |words: &str, is_wrong: &dyn Fn((u32, u32)) -> bool| {
        let wrong: Vec<(u32, u32)> = gradient.points().filter(|at| is_wrong(*at)).collect();
        wrong.first().map(|first| format!("{} pixels are {words}, first {first:?}", wrong.len()))
    };
    let mut faults: Vec<String> =
        gradient.early_sides().into_iter().map(|side| format!("the map ends before its {side} edge")).collect();
    faults.extend(told("a hole", &is_hole));
    faults.extend(told("at a seam", &is_jump));
    faults.extend(told("of another place", &is_strange));
    faults
}

/// Proportional set size at a mark, in megabytes.
fn memory_at(metrics: &Value, name: &str) -> f64 {
    let marks = metrics["marks"].as_array().expect("marks");
    let mark = marks.iter().find(|mark| mark["name"] == name).expect("the mark");
    mark["pss_mb"].as_f64().expect("memory at the mark")
}

#[test]
fn a_large_map_shows_no_hole_and_no_seam_in_long_use_and_memory_stays_where_it_was() {
    // `HAIDANG_GESTURES=10000` for the long run of the release check.
    let given = std::env::var("HAIDANG_GESTURES").ok().and_then(|count| count.parse().ok());
    let gestures: usize = given.unwrap_or(60);
    let pack = pack();
    let (replay, shots) = long_use(gestures.min(LONG_USE), true);
    let run = used(pack.path(), &replay);
    let told = |number: usize| {
        faults_of(&run.picture(&number.to_string())).into_iter().map(move |fault| format!("picture {number}: {fault}"))
    };
    let faults: Vec<String> = (0..shots).flat_map(told).collect();
    assert!(shots >= 5 && faults.is_empty(), "{faults:#?}");
    if gestures >= LONG_USE {
        // Pictures of the screen take memory that no visitor's gesture does: it is measured without them.
        let metrics = used(pack.path(), &long_use(gestures, false).0).metrics();
        let (warm, end) = (memory_at(&metrics, "warm"), memory_at(&metrics, "end"));
        println!("{gestures} gestures: {warm:.1} MB after the first quarter of them, {end:.1} MB after all");
        assert!(end <= warm * 1.02, "memory grew from {warm:.1} to {end:.1} MB");
    }
}

/// A run without a fault in which the tiles' texture was made once.
fn used(pack: &Path, replay: &str) -> Run {
    let run = Run::unhurried(pack, replay, &["--open", "map-test"]);
    run.must_succeed();
    assert!(!run.log().contains("ERROR"), "{}", run.log());
    if let Some(textures) = run.metrics()["gpu_tile_textures"].as_u64() {
        assert_eq!(textures, 1, "textures were made anew");
    }
    run
}

#[test]
fn a_hole_a_seam_and_an_early_edge_are_told() {
    const GROUND: Rgb<u8> = Rgb([11, 28, 44]);
    let shown = |ground_left_of: u32, map_left: u32| {
        RgbImage::from_fn(1_280, 800, move |x, y| {
            if x < ground_left_of { GROUND } else { colour_of_map(x - ground_left_of + map_left, y + 1_000) }
        })
    };
    assert_eq!(faults_of(&shown(0, 2_000)), Vec::<String>::new());
    assert_eq!(faults_of(&shown(500, 0)), Vec::<String>::new(), "the map's own edge is no fault");
    let told = |picture: &RgbImage, words: &str| {
        let faults = faults_of(picture);
        assert!(faults.iter().any(|fault| fault.contains(words)), "nothing of “{words}” in {faults:?}");
    };
    told(&shown(500, 2_000), "before its left edge");
    told(&shown(1_280, 0), "no map");
    let spoiled = |left: u32, right: u32, colour: &dyn Fn(u32, u32) -> Rgb<u8>| {
        let mut picture = shown(0, 2_000);
        for (x, y) in (100..600).flat_map(|y| (left..right).map(move |x| (x, y))) {
            picture.put_pixel(x, y, colour(x, y));
        }
        picture
    };
    told(&spoiled(700, 701, &|_, _| GROUND), "a hole");
    told(&spoiled(700, 956, &|x, y| colour_of_map(x + 4_600, y + 1_000)), "at a seam");
    told(&spoiled(700, 956, &|x, y| colour_of_map(x + 2_400, y + 1_000)), "of another place");
}

/// The mean red of the middle of the window, which tells how far east in the map it lies.
fn red_in_the_middle(picture: &RgbImage) -> f64 {
    mean(picture, 0, (300..600).flat_map(|y| (500..800).map(move |x| (x, y))))
}

#[test]
fn a_map_follows_the_finger_in_the_frame_that_shows_its_movement() {
    const MOVED: f64 = 384.0;
    // The first movement only makes it a drag. A shot right after a movement is of the very frame that learns of it.
    let replay = r#"[ Patience(120), WaitFor(Screen("item")), WaitFor(Sharp), TapOn("Đóng"), WaitFor(Settled),
        LookAt(0.5, 0.5, 100), WaitFor(Sharp), WaitFor(Settled),
        Down(7, 0.7, 0.5), Move(7, 0.65, 0.5, 16), Shot("before"), Move(7, 0.35, 0.5, 1), Shot("after"),
        Up(7), Quit ]"#;
    let pack = pack();
    let run = Run::unhurried(pack.path(), replay, &["--open", "map-test"]);
    run.must_succeed();
    let [before, after] = ["before", "after"].map(|name| red_in_the_middle(&run.picture(name)));
    let expected = MOVED * f64::from(LIGHTEST - DARKEST) / f64::from(SIZE[0]);
    assert!((after - before - expected).abs() < 0.8, "from {before:.2} to {after:.2}, not by {expected:.2}");
}
