//! The gate of the base map: both archipelagos with every islet and their Vietnamese names, on each plate that shows
//! their sea, and no line at sea that is not part of a chart's own furniture.
//!
//! Texts and ids are read from the SVG. Lines are looked for in the picture: `map-bien-dong.svg` is drawn at a tenth
//! without its texts, graticule and rhumb lines, and the open sea that is left has to be nearly uniform. Where the open
//! sea is comes from `coast.json` and `places.json`, not from the plate.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::roxmltree::{Document, Node};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

const EXHIBIT: &str = "exhibits/hoang-sa-truong-sa";
/// The plate on which lines are looked for.
const CHART: &str = "map-bien-dong";
const ARCHIPELAGOS: [(&str, &str); 2] = [("hoang-sa", "Quần đảo Hoàng Sa"), ("truong-sa", "Quần đảo Trường Sa")];
/// Names for the archipelagos and their sea that have no place on a plate, in lower case.
const FOREIGN: [&str; 8] = ["xisha", "nansha", "sansha", "south china sea", "tây sa", "nam sa", "西沙", "南沙"];

/// Pixels drawn for a pixel of the plate.
const SCALE: f32 = 0.1;
/// The sea is looked at in squares of so many drawn pixels.
const SQUARE: u32 = 9;
/// Most that a channel may vary within a square of open sea. Measured: at most 10 (flecks of the paper), while a dark
/// red line of 4 plate pixels gives 60 and more.
const UNIFORM: u8 = 20;
/// Least that a channel has to vary where an islet stands. Measured: 47 and more.
const VISIBLE: u8 = 30;
/// Fewest squares that have to be looked at. Measured: 12 770.
const FEWEST_SQUARES: usize = 10_000;
/// Plate pixels that an islet may stand from its place: 80, and the play of its ring of dots.
const MOVED: f64 = 90.0;
/// Plate pixels kept clear of coasts and islets: 0.35 degrees of longitude.
const SHORE: f64 = 360.0;
/// The compass rose: longitude, latitude, radius in plate pixels.
const ROSE: (f64, f64, f64) = (113.62, 13.25, 1_150.0);
/// The cartouche, on land: longitude, latitude, width and height in plate pixels.
const CARTOUCHE: (f64, f64, f64, f64) = (105.87, 14.1, 2_960.0, 4_350.0);

#[derive(Clone, Debug)]
struct Place {
    id: String,
    vi: String,
    en: String,
    /// `hoang-sa`, `truong-sa` or `coast`.
    group: String,
    longitude: f64,
    latitude: f64,
}

/// The geographic rectangle of a map, and where it lies on the plate, in fractions.
#[derive(Clone, Copy, Debug)]
struct Frame {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// What a plate has to show.
struct Expected {
    places: Vec<Place>,
    /// Ids of the places whose symbols have to be there.
    islets: Vec<String>,
    archipelagos: Vec<&'static str>,
    /// The frame of a Mercator chart on which symbols and sea are looked at closely.
    chart: Option<Frame>,
}

fn path_of(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn text_of(file: &str) -> String {
    fs::read_to_string(path_of(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json_of(file: &str) -> Value {
    serde_json::from_str(&text_of(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn places() -> Vec<Place> {
    let listed = json_of("assets/geodata/places.json");
    let text = |place: &Value, key: &str| place[key].as_str().expect("text of a place").to_owned();
    let number = |place: &Value, key: &str| place[key].as_f64().expect("number of a place");
    let place = |p: &Value| Place {
        id: text(p, "id"),
        vi: text(p, "vi"),
        en: text(p, "en"),
        group: text(p, "group").split('/').next().unwrap_or_default().to_owned(),
        longitude: number(p, "lon"),
        latitude: number(p, "lat"),
    };
    listed.as_array().expect("list of places").iter().map(place).collect()
}

/// The frame of a map, `None` when it has none.
fn frame_of(item: &str) -> Option<Frame> {
    let text = text_of(&format!("{EXHIBIT}/items/{item}.ron"));
    let (_, rest) = text.split_once("frame: (")?;
    let (frame, _) = rest.split_once(')').expect("end of the frame");
    let number = |key: &str| -> f64 {
        let (_, after) = frame.split_once(&format!("{key}: ")).expect("a number in the frame");
        after.split(',').next().unwrap_or_default().trim().parse().expect("a number in the frame")
    };
    Some(Frame {
        west: number("west"),
        east: number("east"),
        south: number("south"),
        north: number("north"),
        left: number("left"),
        top: number("top"),
        right: number("right"),
        bottom: number("bottom"),
    })
}

impl Frame {
    fn holds(&self, place: &Place) -> bool {
        (self.west..=self.east).contains(&place.longitude) && (self.south..=self.north).contains(&place.latitude)
    }
}

/// What the plate of this name has to show: all there is on the attract plates, on a map what its frame holds.
fn expected(plate: &str) -> Expected {
    let places = places();
    let frame = if plate.starts_with("map-") { frame_of(plate) } else { None };
    let is_shown = |place: &Place| match frame {
        Some(frame) => frame.holds(place),
        None => plate.starts_with("attract-"),
    };
    let shown: Vec<&Place> = places.iter().filter(|p| p.group != "coast" && is_shown(p)).collect();
    let in_view = |group: &str| shown.iter().any(|p| p.group == group);
    Expected {
        islets: shown.iter().map(|p| p.id.clone()).collect(),
        archipelagos: ARCHIPELAGOS.iter().filter(|(group, _)| in_view(group)).map(|(_, name)| *name).collect(),
        chart: frame.filter(|_| plate == CHART),
        places,
    }
}

/// Everything that is wrong with a plate.
fn faults(svg: &str, expected: &Expected) -> Vec<String> {
    let document = match Document::parse(svg) {
        Ok(document) => document,
        Err(error) => return vec![format!("no SVG: {error}")],
    };
    let mut faults = Vec::new();
    if svg.contains("stroke-dasharray") {
        faults.push("a dashed stroke".to_owned());
    }
    let lower = svg.to_lowercase();
    faults.extend(FOREIGN.iter().filter(|name| is_named(&lower, name)).map(|name| format!("foreign name {name}")));
    text_faults(&document, expected, &mut faults);
    for id in &expected.islets {
        if element(&document, &format!("islet-{id}")).is_none() {
            faults.push(format!("islet {id} is missing"));
        }
        if expected.chart.is_some() && element(&document, &format!("name-{id}")).is_none() {
            faults.push(format!("the name of {id} is missing"));
        }
    }
    if let Some(frame) = expected.chart {
        chart_faults(svg, &document, frame, expected, &mut faults);
    }
    faults
}

/// True when the text holds the name; one of several words has to end there, for "Nam sau" names nothing.
fn is_named(lower: &str, name: &str) -> bool {
    let goes_on = |at: usize| lower[at + name.len()..].starts_with(char::is_alphabetic);
    lower.match_indices(name).any(|(at, _)| !name.contains(' ') || !goes_on(at))
}

fn element<'a, 'input>(document: &'a Document<'input>, id: &str) -> Option<Node<'a, 'input>> {
    document.descendants().find(|node| node.attribute("id") == Some(id))
}

fn content(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

fn text_faults(document: &Document<'_>, expected: &Expected, faults: &mut Vec<String>) {
    let by_id: BTreeMap<&str, &Place> = expected.places.iter().map(|p| (p.id.as_str(), p)).collect();
    let mut archipelagos = Vec::new();
    for node in document.descendants().filter(|n| n.tag_name().name() == "text") {
        let text = content(node);
        if !text.chars().any(char::is_alphanumeric) {
            faults.push(format!("a text without a letter: {text:?}"));
        }
        match node.attribute("class") {
            Some("archipelago") => archipelagos.push(text),
            Some("place-name") => {
                let id = node.attribute("id").and_then(|id| id.strip_prefix("name-")).unwrap_or_default();
                let is_name = by_id.get(id).is_some_and(|place| text == place.vi || text == place.en);
                if !is_name {
                    faults.push(format!("{text:?} is not the name of {id:?}"));
                }
            }
            _ => {}
        }
    }
    for name in &expected.archipelagos {
        if !archipelagos.iter().any(|text| text == name) {
            faults.push(format!("archipelago {name} is missing"));
        }
    }
}

/// A Mercator chart and the size of its plate.
struct Chart {
    frame: Frame,
    width: f64,
    height: f64,
}

impl Chart {
    /// Plate pixels of a point on earth.
    fn point(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        let f = &self.frame;
        let mercator = |degrees: f64| (degrees.to_radians() / 2.0 + std::f64::consts::FRAC_PI_4).tan().ln();
        let across = (longitude - f.west) / (f.east - f.west);
        let down = (mercator(f.north) - mercator(latitude)) / (mercator(f.north) - mercator(f.south));
        ((f.left + across * (f.right - f.left)) * self.width, (f.top + down * (f.bottom - f.top)) * self.height)
    }

    /// Left, top, right and bottom of the frame in plate pixels.
    fn edges(&self) -> [f64; 4] {
        let f = &self.frame;
        [f.left * self.width, f.top * self.height, f.right * self.width, f.bottom * self.height]
    }

    /// True for one straight line from edge to edge.
    fn is_crossing(&self, path: &str) -> bool {
        let letters: String = path.chars().filter(char::is_ascii_alphabetic).collect();
        let numbers: Vec<f64> = path.split(['M', 'L', ' ', ',']).filter_map(|n| n.parse().ok()).collect();
        let [left, top, right, bottom] = self.edges();
        let near = |a: f64, b: f64| (a - b).abs() < 2.0;
        let ends_at_edge = |p: &[f64]| near(p[0], left) || near(p[0], right) || near(p[1], top) || near(p[1], bottom);
        letters == "ML" && numbers.len() == 4 && numbers.chunks(2).all(ends_at_edge)
    }
}

fn chart_faults(svg: &str, document: &Document<'_>, frame: Frame, expected: &Expected, faults: &mut Vec<String>) {
    let size =
        |key: &str| -> f64 { document.root_element().attribute(key).and_then(|n| n.parse().ok()).unwrap_or(0.0) };
    let chart = Chart { frame, width: size("width"), height: size("height") };
    let mut bare = String::with_capacity(svg.len());
    let mut copied = 0;
    for node in document.descendants().filter(Node::is_element) {
        let is_furniture = matches!(node.attribute("class"), Some("graticule" | "rhumb"));
        let is_crossing = node.attribute("d").is_some_and(|path| chart.is_crossing(path));
        if is_furniture && !is_crossing {
            let line = &svg[node.range()];
            faults.push(format!("no straight line from edge to edge: {line}"));
        } else if is_furniture || node.tag_name().name() == "text" {
            bare.push_str(&svg[copied..node.range().start]);
            copied = node.range().end;
        }
    }
    bare.push_str(&svg[copied..]);
    let Some((tree, picture)) = draw(&bare) else {
        faults.push("the chart cannot be drawn".to_owned());
        return;
    };
    islet_faults(&chart, expected, &tree, &picture, faults);
    sea_faults(&chart, expected, &picture, faults);
}

/// A drawing and its picture at a tenth, on white.
fn draw(svg: &str) -> Option<(usvg::Tree, Pixmap)> {
    // No fonts: all texts have been taken out.
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    let pixels = |length: f32| (length * SCALE).round() as u32;
    let mut picture = Pixmap::new(pixels(tree.size().width()), pixels(tree.size().height()))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    Some((tree, picture))
}

/// Every symbol stands near its place and differs from the sea.
fn islet_faults(chart: &Chart, expected: &Expected, tree: &usvg::Tree, picture: &Pixmap, faults: &mut Vec<String>) {
    for place in expected.places.iter().filter(|p| expected.islets.contains(&p.id)) {
        let id = &place.id;
        let Some(node) = tree.node_by_id(&format!("islet-{id}")) else { continue };
        let area = node.abs_bounding_box();
        let (x, y) = chart.point(place.longitude, place.latitude);
        let middle = (f64::from(area.left() + area.right()) / 2.0, f64::from(area.top() + area.bottom()) / 2.0);
        let moved = (middle.0 - x).hypot(middle.1 - y);
        if moved > MOVED {
            faults.push(format!("islet {id} stands {moved:.0} pixels from its place"));
        }
        let drawn = |from: f32, to: f32| (from * SCALE) as u32..(to * SCALE).ceil() as u32;
        if spread(picture, drawn(area.left(), area.right()), drawn(area.top(), area.bottom())) < VISIBLE {
            faults.push(format!("islet {id} cannot be seen"));
        }
    }
}

/// Nothing stands out in the open sea.
fn sea_faults(chart: &Chart, expected: &Expected, picture: &Pixmap, faults: &mut Vec<String>) {
    let Some((_, mask)) = draw(&open_sea(chart, expected)) else {
        faults.push("the sea cannot be drawn".to_owned());
        return;
    };
    let (mut squares, mut odd) = (0, Vec::new());
    for top in (0..picture.height().saturating_sub(SQUARE)).step_by(SQUARE as usize) {
        for left in (0..picture.width().saturating_sub(SQUARE)).step_by(SQUARE as usize) {
            let (columns, rows) = (left..left + SQUARE, top..top + SQUARE);
            if !is_white(&mask, columns.clone(), rows.clone()) {
                continue;
            }
            squares += 1;
            if spread(picture, columns, rows) > UNIFORM {
                odd.push((left, top));
            }
        }
    }
    if squares < FEWEST_SQUARES {
        faults.push(format!("only {squares} squares of sea were looked at"));
    }
    if let Some((left, top)) = odd.first() {
        let count = odd.len();
        faults.push(format!("something at sea: {count} squares are not uniform, first at {left}0, {top}0"));
    }
}

/// White where the sea is open: far from coasts and islets, outside the rose and the cartouche.
fn open_sea(chart: &Chart, expected: &Expected) -> String {
    let mut land = String::new();
    let coast = json_of("assets/geodata/coast.json");
    for ring in coast["polygons"].as_array().expect("polygons") {
        for (index, point) in ring.as_array().expect("ring").iter().enumerate() {
            let degrees = |axis: usize| point[axis].as_f64().expect("degrees");
            let (x, y) = chart.point(degrees(0), degrees(1));
            let _ = write!(land, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
        }
        land.push('Z');
    }
    let mut shapes =
        format!(r#"<path d="{land}" stroke="black" stroke-width="{}" stroke-linejoin="round"/>"#, SHORE * 2.0);
    let mut circle = |(x, y): (f64, f64), radius: f64| {
        let _ = write!(shapes, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius}"/>"#);
    };
    for place in &expected.places {
        circle(chart.point(place.longitude, place.latitude), SHORE);
    }
    circle(chart.point(ROSE.0, ROSE.1), ROSE.2);
    let (x, y) = chart.point(CARTOUCHE.0, CARTOUCHE.1);
    let (width, height) = (CARTOUCHE.2, CARTOUCHE.3);
    let _ = write!(
        shapes,
        r#"<rect x="{:.1}" y="{:.1}" width="{width}" height="{height}"/>"#,
        x - width / 2.0,
        y - height / 2.0
    );
    let [left, top, right, bottom] = chart.edges();
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><rect width="100%" height="100%"/><rect x="{}" y="{}" width="{}" height="{}" fill="white"/>{shapes}</svg>"#,
        chart.width,
        chart.height,
        left + 60.0,
        top + 60.0,
        right - left - 120.0,
        bottom - top - 120.0
    )
}

fn is_white(picture: &Pixmap, columns: Range<u32>, mut rows: Range<u32>) -> bool {
    rows.all(|y| columns.clone().all(|x| picture.pixel(x, y).is_some_and(|p| p.red() >= 250)))
}

/// How much the channel that varies most varies there.
fn spread(picture: &Pixmap, columns: Range<u32>, rows: Range<u32>) -> u8 {
    let (mut low, mut high) = ([u8::MAX; 3], [0; 3]);
    for y in rows {
        for pixel in columns.clone().filter_map(|x| picture.pixel(x, y)) {
            for (channel, value) in [pixel.red(), pixel.green(), pixel.blue()].into_iter().enumerate() {
                low[channel] = value.min(low[channel]);
                high[channel] = value.max(high[channel]);
            }
        }
    }
    low.iter().zip(high).map(|(low, high): (&u8, u8)| high.saturating_sub(*low)).max().unwrap_or(0)
}

fn plate(name: &str) -> String {
    text_of(&format!("{EXHIBIT}/plates/{name}.svg"))
}

/// Changes the chart and expects a fault that holds these words.
fn is_caught(change: impl Fn(&str) -> String, words: &str) {
    let svg = plate(CHART);
    let changed = change(&svg);
    assert_ne!(svg, changed, "nothing was changed");
    let faults = faults(&changed, &expected(CHART));
    assert!(faults.iter().any(|fault| fault.contains(words)), "no fault holds {words:?}: {faults:#?}");
}

/// Puts an element above everything else.
fn add(svg: &str, element: &str) -> String {
    svg.replace("</svg>", &format!("{element}\n</svg>"))
}

#[test]
fn the_base_map_holds_both_archipelagos_and_no_line_at_sea() {
    let mut names: Vec<String> = fs::read_dir(path_of(EXHIBIT).join("plates"))
        .expect("plates listed")
        .map(|entry| entry.expect("plates listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "svg"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name.starts_with("map-") || name.starts_with("attract-"))
        .collect();
    names.sort();
    for needed in [CHART, "attract-light", "attract-night"] {
        assert!(names.iter().any(|name| name == needed), "{needed} is not there");
        let expected = expected(needed);
        assert_eq!((expected.archipelagos.len(), expected.islets.len()), (2, 35), "{needed}");
    }
    let faults: Vec<String> = names
        .iter()
        .flat_map(|name| faults(&plate(name), &expected(name)).into_iter().map(move |fault| format!("{name}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_dashed_line_is_caught() {
    let line = r##"<path d="M7000 6000L9800 11000" stroke="#A63A24" stroke-width="12" stroke-dasharray="90 60"/>"##;
    is_caught(|svg| add(svg, line), "dashed");
    is_caught(|svg| add(svg, line), "something at sea");
}

#[test]
fn a_thin_line_across_the_sea_is_caught() {
    let line = r##"<path d="M7000 6000L9800 11000" fill="none" stroke="#A63A24" stroke-width="4"/>"##;
    is_caught(|svg| add(svg, line), "something at sea");
}

#[test]
fn a_line_that_calls_itself_a_rhumb_line_is_caught() {
    for path in ["M7000 6000L9800 11000", "M500 6000L9800 7000L15500 6000"] {
        let line = format!(r##"<path class="rhumb" d="{path}" fill="none" stroke="#A63A24" stroke-width="4"/>"##);
        is_caught(|svg| add(svg, &line), "from edge to edge");
    }
}

#[test]
fn a_row_of_marks_is_caught() {
    let dots: String = (0..9).map(|n| format!(r#"<circle cx="{}" cy="6500" r="25"/>"#, 6_800 + n * 150)).collect();
    is_caught(|svg| add(svg, &dots), "something at sea");
    is_caught(|svg| add(svg, r#"<text x="7000" y="6500" font-size="90">– – – –</text>"#), "without a letter");
}

#[test]
fn a_foreign_name_is_caught() {
    for name in ["South China Sea", "Nansha Islands", "西沙群岛"] {
        let text = format!(r#"<text x="9000" y="6000" font-size="90">{name}</text>"#);
        is_caught(|svg| add(svg, &text), "foreign name");
    }
}

#[test]
fn a_missing_islet_is_caught() {
    let without = |svg: &str| {
        let (before, rest) = svg.split_once(r#"<g id="islet-p-thi-tu""#).expect("islet found");
        let (_, after) = rest.split_once("</g>").expect("end of the islet");
        format!("{before}{after}")
    };
    is_caught(without, "islet p-thi-tu is missing");
}

#[test]
fn a_covered_or_moved_islet_is_caught() {
    let frame = frame_of(CHART).expect("frame");
    let chart = Chart { frame, width: 16_000.0, height: 12_600.0 };
    let place = places().into_iter().find(|p| p.id == "p-thi-tu").expect("place");
    let (x, y) = chart.point(place.longitude, place.latitude);
    let (left, top) = (x - 200.0, y - 200.0);
    let patch = format!(r##"<rect x="{left}" y="{top}" width="400" height="400" fill="#EFE2BF"/>"##);
    is_caught(|svg| add(svg, &patch), "islet p-thi-tu cannot be seen");
    let moved =
        |svg: &str| svg.replace(r#"<g id="islet-p-thi-tu""#, r#"<g transform="translate(200 0)" id="islet-p-thi-tu""#);
    is_caught(moved, "islet p-thi-tu stands");
}

#[test]
fn a_wrong_name_of_an_islet_is_caught() {
    is_caught(|svg| svg.replace(">Thị Tứ<", ">Trung Nghiệp<"), "is not the name of \"p-thi-tu\"");
    is_caught(|svg| svg.replace(r#"id="name-p-thi-tu""#, r#"id="name-of-it""#), "the name of p-thi-tu is missing");
}

#[test]
fn a_missing_archipelago_is_caught() {
    for (_, name) in ARCHIPELAGOS {
        is_caught(|svg| svg.replace(&format!(">{name}<"), ">·A<"), &format!("archipelago {name} is missing"));
    }
}
