//! The gate of the kiosk's own sea: its data, its symbols and its names, from the whole world down to an islet; and
//! proof that the gate fails when something is slipped in or left out.

use haidang::sea::gate::{Fault, faults_in, faults_of_labels, faults_of_symbols, probe_points};
use haidang::sea::graticule::STEPS_DEGREES;
use haidang::sea::labels::{Label, LabelRequest, Language, Style, place};
use haidang::sea::symbols::{MIN_RADIUS_PIXELS, symbols};
use haidang::sea::{Level, Mesh, Rect, Sea, View, frame, level_for};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// What has to be there, written down once more and apart from the code and its data.
const HOANG_SA: [(&str, &str); 17] = [
    ("p-phu-lam", "Phú Lâm"),
    ("p-cay", "Cây"),
    ("p-bac", "Đảo Bắc"),
    ("p-trung", "Đảo Trung (Giữa)"),
    ("p-nam", "Đảo Nam"),
    ("p-linh-con", "Linh Côn"),
    ("p-hon-thap", "Hòn Tháp"),
    ("p-hoang-sa", "Đảo Hoàng Sa"),
    ("p-huu-nhat", "Hữu Nhật"),
    ("p-duy-mong", "Duy Mộng"),
    ("p-quang-hoa", "Quang Hòa"),
    ("p-quang-anh", "Quang Ảnh"),
    ("p-bach-quy", "Bạch Quy"),
    ("p-tri-ton", "Tri Tôn"),
    ("p-da-bac", "Đá Bắc"),
    ("p-go-noi", "Gò Nổi"),
    ("p-oc-tai-voi", "Ốc Tai Voi"),
];
const TRUONG_SA: [(&str, &str); 18] = [
    ("p-song-tu-dong", "Song Tử Đông"),
    ("p-song-tu-tay", "Song Tử Tây"),
    ("p-thi-tu", "Thị Tứ"),
    ("p-west-york", "West York"),
    ("p-loai-ta", "Loại Ta"),
    ("p-ba-binh", "Ba Bình"),
    ("p-son-ca", "Sơn Ca"),
    ("p-nam-yet", "Nam Yết"),
    ("p-sinh-ton", "Sinh Tồn"),
    ("p-len-dao", "Len Đao"),
    ("p-co-lin", "Cô Lin"),
    ("p-gac-ma", "Gạc Ma"),
    ("p-phan-vinh", "Phan Vinh"),
    ("p-da-tay", "Đá Tây"),
    ("p-truong-sa", "Đảo Trường Sa"),
    ("p-da-lat", "Đá Lát"),
    ("p-thuyen-chai", "Thuyền Chài"),
    ("p-an-bang", "An Bang"),
];
const COAST: [&str; 13] = [
    "p-ly-son",
    "p-cu-lao-cham",
    "p-hue",
    "p-da-nang",
    "p-hoi-an",
    "p-quang-ngai",
    "p-quy-nhon",
    "p-nha-trang",
    "p-cam-ranh",
    "p-vung-tau",
    "p-ha-noi",
    "p-hcm",
    "p-hai-phong",
];
const NAMES: [(&str, &str); 2] = [("hoang-sa", "Quần đảo Hoàng Sa"), ("truong-sa", "Quần đảo Trường Sa")];
/// In lower case; nothing that is written may hold one.
const FOREIGN: [&str; 10] =
    ["xisha", "nansha", "sansha", "south china sea", "paracel", "spratly", "tây sa", "kalayaan", "西沙", "南沙"];

/// Metres to a pixel, from the whole world to a single islet.
const SCALES: [f64; 14] =
    [20_000.0, 12_000.0, 8_000.0, 5_000.0, 3_000.0, 2_000.0, 1_500.0, 1_000.0, 600.0, 300.0, 150.0, 60.0, 25.0, 10.0];
const CENTRES: [[f64; 2]; 9] = [
    [112.0, 13.0],
    [111.6, 16.5],
    [112.33, 16.95],
    [114.35, 10.4],
    [111.92, 8.645],
    [113.5, 14.0],
    [108.2, 16.0],
    [110.5, 10.0],
    [117.0, 20.0],
];
const SCREENS: [[f64; 2]; 3] = [[1_920.0, 1_080.0], [1_080.0, 1_920.0], [1_280.0, 800.0]];

fn text_of(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/geodata").join(file);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json_of(file: &str) -> Value {
    serde_json::from_str(&text_of(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

static SEA: LazyLock<Sea> = LazyLock::new(|| {
    Sea::read(&text_of("world.json"), &text_of("coast.json"), &text_of("places.json")).expect("the sea is read")
});

/// Sizes as the theme has them, near enough.
fn measure(text: &str, style: Style) -> [f64; 2] {
    let count = text.chars().count() as f64;
    match style {
        Style::Archipelago => [count * 15.5, 38.0],
        Style::Sea => [count * 36.0, 48.0],
        Style::Country => [count * 20.0, 30.0],
        Style::Islet | Style::Town => [count * 10.5, 26.0],
    }
}

fn labels_of(view: View, forbidden: &[Rect], previous: &[Label]) -> Vec<Label> {
    place(&LabelRequest {
        sea: &SEA,
        view,
        forbidden,
        previous,
        language: Language::Vietnamese,
        day: None,
        measure: &measure,
    })
}

fn framings() -> impl Iterator<Item = View> {
    SCREENS.into_iter().flat_map(|size| {
        CENTRES.into_iter().flat_map(move |centre| {
            SCALES.into_iter().map(move |metres_per_pixel| View { centre, metres_per_pixel, size })
        })
    })
}

/// Islets in view, from the test's own lists and from the places as they stand in the file.
fn shown(view: &View, islets: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    let in_view = |id: &str| view.rect().holds(view.pixel_of_degrees(degrees_of(id)));
    islets.iter().map(|(id, _)| *id).filter(|id| in_view(id)).collect()
}

fn degrees_of(id: &str) -> [f64; 2] {
    static PLACES: LazyLock<Value> = LazyLock::new(|| json_of("places.json"));
    let found = PLACES.as_array().expect("places").iter().find(|place| place["id"] == id);
    let found = found.unwrap_or_else(|| panic!("{id} is not in places.json"));
    [found["lon"].as_f64().expect("longitude"), found["lat"].as_f64().expect("latitude")]
}

fn told(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn the_sea_has_no_fault() {
    assert_eq!(told(&faults_in(&SEA)), Vec::<String>::new());
}

#[test]
fn every_place_is_where_the_file_has_it() {
    assert_eq!(SEA.places().len(), HOANG_SA.len() + TRUONG_SA.len() + COAST.len());
    for (id, vi) in HOANG_SA.into_iter().chain(TRUONG_SA) {
        let place = SEA.place(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!((place.name.vi.as_str(), place.degrees), (vi, degrees_of(id)));
    }
    for id in COAST {
        assert_eq!(SEA.place(id).map(|place| place.degrees), Some(degrees_of(id)), "{id}");
    }
}

#[test]
fn every_framing_shows_the_islets_and_names_their_archipelago() {
    let mut named = 0;
    for view in framings() {
        let drawn = symbols(&SEA, &view);
        assert_eq!(told(&faults_of_symbols(&view, &drawn)), Vec::<String>::new(), "{view:?}");
        let labels = labels_of(view, &[], &[]);
        assert_eq!(told(&faults_of_labels(&view, &labels)), Vec::<String>::new(), "{view:?}");
        for ((group, name), islets) in NAMES.into_iter().zip([&HOANG_SA[..], &TRUONG_SA[..]]) {
            let shown = shown(&view, islets);
            for id in &shown {
                let symbol = drawn.iter().find(|s| s.id == **id).unwrap_or_else(|| panic!("{id}: {view:?}"));
                let [x, y] = view.pixel_of_degrees(degrees_of(id));
                assert!((symbol.at[0] - x).hypot(symbol.at[1] - y) < 1e-6 && symbol.radius >= MIN_RADIUS_PIXELS);
            }
            let is_named = labels.iter().any(|label| label.id == group && label.text == name);
            assert_eq!(is_named, !shown.is_empty(), "{name}: {view:?}");
            named += usize::from(is_named);
        }
        for label in &labels {
            let lower = label.text.to_lowercase();
            assert!(FOREIGN.iter().all(|word| !lower.contains(word)), "{lower}");
        }
    }
    assert!(named > 300, "{named} archipelagos were named");
}

#[test]
fn the_sea_itself_is_named_on_every_view_of_the_whole_sea() {
    for view in framings().filter(|view| view.centre == [112.0, 13.0] && view.metres_per_pixel > 100.0) {
        let labels = labels_of(view, &[], &[]);
        assert!(labels.iter().any(|label| label.text == "BIỂN ĐÔNG"), "{view:?}");
    }
}

#[test]
fn islets_are_named_near_and_not_from_afar() {
    let near = View { centre: [112.3, 16.96], metres_per_pixel: 40.0, size: SCREENS[0] };
    let ids = |view: View| labels_of(view, &[], &[]).into_iter().map(|label| label.id).collect::<Vec<_>>();
    for id in ["hoang-sa", "p-cay", "p-bac", "p-trung", "p-nam", "p-phu-lam"] {
        assert!(ids(near).iter().any(|found| found == id), "{id}: {:?}", ids(near));
    }
    let far = ids(View { metres_per_pixel: 1_500.0, ..near });
    assert!(far.iter().all(|id| !HOANG_SA.iter().any(|(islet, _)| id == islet)), "{far:?}");
    let between = ids(View { metres_per_pixel: 500.0, ..near });
    assert!(between.iter().any(|id| id == "p-tri-ton") && !between.iter().any(|id| id == "p-trung"), "{between:?}");
}

#[test]
fn in_english_archipelagos_and_islets_keep_their_names() {
    let view = View { centre: [111.5, 16.2], metres_per_pixel: 150.0, size: SCREENS[0] };
    let labels = place(&LabelRequest {
        sea: &SEA,
        view,
        forbidden: &[],
        previous: &[],
        language: Language::English,
        day: Some([2026, 1, 1]),
        measure: &measure,
    });
    let text = |id: &str| labels.iter().find(|label| label.id == id).map(|label| label.text.as_str());
    assert_eq!((text("hoang-sa"), text("bien-dong")), (Some("Quần đảo Hoàng Sa"), Some("EAST SEA")));
    assert_eq!(text("p-tri-ton"), Some("Tri Tôn"));
}

/// Rings of a file as longitude and latitude.
fn rings_of(value: &Value) -> Vec<Vec<[f64; 2]>> {
    let degrees = |point: &Value| [point[0].as_f64().expect("longitude"), point[1].as_f64().expect("latitude")];
    let ring = |value: &Value| value.as_array().expect("ring").iter().map(degrees).collect();
    value.as_array().expect("rings").iter().map(ring).collect()
}

fn area_of_ring(ring: &[[f64; 2]]) -> f64 {
    let points: Vec<[f64; 2]> = ring.iter().map(|point| frame::frame_from_degrees(*point)).collect();
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>().abs() / 2.0
}

fn area_of_mesh(mesh: &Mesh) -> f64 {
    let at = |index: u32| mesh.positions[index as usize].map(f64::from);
    let triangle = |corners: &[u32]| {
        let [a, b, c] = [at(corners[0]), at(corners[1]), at(corners[2])];
        ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
    };
    mesh.triangles.chunks(3).map(triangle).sum()
}

#[test]
fn triangles_cover_the_land_and_no_more() {
    let (world, coast) = (json_of("world.json"), json_of("coast.json"));
    let polygons = |key: &str| -> f64 {
        let area = |polygon: &Value| {
            let rings = rings_of(polygon);
            area_of_ring(&rings[0]) - rings[1..].iter().map(|hole| area_of_ring(hole)).sum::<f64>()
        };
        world[key].as_array().expect("polygons").iter().map(area).sum()
    };
    let fine: f64 = rings_of(&coast["polygons"]).iter().map(|ring| area_of_ring(ring)).sum();
    let outside = polygons("polygons");
    for (level, area) in [(Level::World, outside + polygons("coarse")), (Level::Region, outside + fine)] {
        let covered = area_of_mesh(SEA.land(level));
        assert!((covered / area - 1.0).abs() < 1e-3, "{level:?}: {covered} of {area}");
    }
    let viet_nam: f64 = rings_of(&coast["viet_nam"]).iter().map(|ring| area_of_ring(ring)).sum();
    assert!((area_of_mesh(SEA.viet_nam()) / viet_nam - 1.0).abs() < 1e-3);
}

#[test]
fn no_cut_is_drawn_as_coast() {
    let cuts = json_of("world.json")["cuts"].clone();
    let on = |axis: &str, degrees: f64| {
        cuts[axis].as_array().expect("cuts").iter().any(|at| (at.as_f64().expect("cut") - degrees).abs() < 1e-4)
    };
    for level in [Level::World, Level::Region] {
        for line in SEA.coast(level) {
            let corners: Vec<[f64; 2]> =
                line.points.iter().map(|p| frame::degrees_from_frame([f64::from(p[0]), f64::from(p[1])])).collect();
            for edge in corners.windows(2) {
                let along =
                    |axis: usize, name: &str| (edge[0][axis] - edge[1][axis]).abs() < 1e-6 && on(name, edge[0][axis]);
                let far = (edge[0][0] - edge[1][0]).hypot(edge[0][1] - edge[1][1]) > 0.02;
                assert!(!far || !along(0, "longitudes") && !along(1, "latitudes"), "{level:?}: {edge:?}");
            }
        }
    }
    assert_eq!((level_for(12_000.0), level_for(1_500.0)), (Level::World, Level::Region));
}

#[test]
fn probe_points_lie_on_open_sea_and_off_the_graticule() {
    let probes = probe_points();
    assert!(probes.len() > 4_000, "{} probe points", probes.len());
    let coast = rings_of(&json_of("coast.json")["polygons"]);
    let places: Vec<[f64; 2]> = SEA.places().iter().map(|place| place.degrees).collect();
    for probe in &probes {
        for ring in &coast {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                assert!(distance(*probe, *a, *b) >= 0.35, "{probe:?} is near a coast");
            }
        }
        for place in &places {
            assert!((probe[0] - place[0]).hypot(probe[1] - place[1]) >= 0.35, "{probe:?} is near a place");
        }
        for step in STEPS_DEGREES {
            let off = |degrees: f64| (degrees / step - (degrees / step).round()).abs() * step;
            assert!(off(probe[0]).min(off(probe[1])) > 0.04, "{probe:?} is on the graticule of {step}");
        }
    }
}

fn distance(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let square = dx * dx + dy * dy;
    let along = if square > 0.0 { ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square } else { 0.0 };
    let part = along.clamp(0.0, 1.0);
    (point[0] - a[0] - part * dx).hypot(point[1] - a[1] - part * dy)
}

/// Changes the three files and hands back the faults.
fn faults_after(change: impl Fn(&mut Value, &mut Value, &mut Value)) -> Vec<String> {
    let [mut world, mut coast, mut places] = ["world.json", "coast.json", "places.json"].map(json_of);
    change(&mut world, &mut coast, &mut places);
    told(&faults_in(&Sea::read(&world.to_string(), &coast.to_string(), &places.to_string()).expect("still a sea")))
}

fn is_caught(words: &str, change: impl Fn(&mut Value, &mut Value, &mut Value)) {
    let faults = faults_after(change);
    assert!(faults.iter().any(|fault| fault.contains(words)), "no fault holds {words:?}: {faults:#?}");
}

/// The same for the places alone, without the coasts, which take their time.
fn is_caught_among_places(words: &str, change: impl Fn(&mut Value)) {
    let (world, coast) = (
        r#"{"cuts":{"longitudes":[],"latitudes":[]},"polygons":[],"coarse":[]}"#,
        r#"{"polygons":[],"viet_nam":[],"viet_nam_coast":[]}"#,
    );
    let mut places = json_of("places.json");
    change(&mut places);
    let faults = told(&faults_in(&Sea::read(world, coast, &places.to_string()).expect("still a sea")));
    assert!(faults.iter().any(|fault| fault.contains(words)), "no fault holds {words:?}: {faults:#?}");
}

/// A dash of land two hundred metres wide.
fn dash(from: [f64; 2], to: [f64; 2]) -> Value {
    json!([from, to, [to[0] + 0.002, to[1] + 0.001], [from[0] + 0.002, from[1] + 0.001]])
}

fn add(list: &mut Value, entry: Value) {
    list.as_array_mut().expect("list").push(entry);
}

#[test]
fn a_dashed_line_is_caught() {
    // Short dashes from the middle of the sea to its south.
    for n in [0, 4, 8] {
        let from = [110.0 + 0.35 * f64::from(n), 15.2 - 0.9 * f64::from(n)];
        let to = [from[0] + 0.15, from[1] - 0.4];
        is_caught("a line at sea in region", |_, coast, _| add(&mut coast["polygons"], dash(from, to)));
        is_caught("a line at sea in world", |world, _, _| add(&mut world["coarse"], json!([dash(from, to)])));
        is_caught("a line at sea in region", |world, _, _| add(&mut world["polygons"], json!([dash(from, to)])));
        is_caught("a line at sea in viet-nam", |_, coast, _| add(&mut coast["viet_nam_coast"], json!([from, to])));
    }
}

#[test]
fn a_dash_among_the_islets_is_caught() {
    for id in ["p-hoang-sa", "p-phu-lam", "p-nam-yet", "p-truong-sa"] {
        let [longitude, latitude] = degrees_of(id);
        let (from, to) = ([longitude + 0.02, latitude + 0.02], [longitude + 0.1, latitude + 0.05]);
        is_caught("a line at sea in region", |_, coast, _| add(&mut coast["polygons"], dash(from, to)));
    }
}

#[test]
fn a_line_without_width_is_caught_wherever_it_is() {
    let line = json!([[150.0, -40.0], [151.0, -41.0], [152.0, -42.0], [151.0, -41.0]]);
    is_caught("a line for land in world", |world, _, _| add(&mut world["polygons"], json!([line])));
}

#[test]
fn land_over_the_whole_sea_is_caught() {
    let sheet = json!([[100.0, 4.0], [125.0, 4.0], [125.0, 25.0], [100.0, 25.0]]);
    is_caught("land over open sea in region", |_, coast, _| add(&mut coast["polygons"], sheet.clone()));
}

#[test]
fn a_missing_or_moved_islet_is_caught_among_places() {
    for (id, _) in HOANG_SA.into_iter().chain(TRUONG_SA) {
        let without = |places: &mut Value| places.as_array_mut().expect("places").retain(|place| place["id"] != id);
        is_caught_among_places(&format!("islet {id} is missing"), |places| without(places));
    }
    let change = |key: &'static str, value: Value| {
        move |places: &mut Value| {
            let islets = places.as_array_mut().expect("places");
            islets.iter_mut().find(|place| place["id"] == "p-thi-tu").expect("islet")[key] = value.clone();
        }
    };
    is_caught_among_places("islet p-thi-tu stands 0.5", change("lat", json!(11.548)));
    is_caught_among_places("islet p-thi-tu is missing", change("group", json!("hoang-sa")));
}

#[test]
fn a_missing_archipelago_is_caught_among_places() {
    for (group, _) in NAMES {
        let is_of = |place: &Value| place["group"].as_str().is_some_and(|word| word.starts_with(group));
        let without = |places: &mut Value| places.as_array_mut().expect("places").retain(|place| !is_of(place));
        is_caught_among_places(&format!("archipelago {group} is missing"), |places| without(places));
    }
}

#[test]
fn a_foreign_or_wrong_name_in_the_data_is_caught_among_places() {
    for name in ["Xisha Dao", "Nansha", "Spratly", "西沙", "Paracel Island No. 1", "Đảo Tây Sa", "Pag-asa"] {
        is_caught_among_places("foreign name", |places| places[7]["vi"] = json!(name));
        is_caught_among_places("foreign name", |places| places[7]["en"] = json!(name));
        let dated = json!([{"vi": name, "en": name, "from": "2000-01-01", "until": null}]);
        is_caught_among_places("foreign name", |places| places[38]["names"] = dated.clone());
    }
    is_caught_among_places("is not the name of p-hoang-sa", |places| places[7]["vi"] = json!("Đảo Khác"));
    let strange =
        json!({"id": "p-x", "vi": "X", "en": "X", "group": "truong-sa", "lat": 9.0, "lon": 113.0, "kind": "Reef"});
    is_caught_among_places("islet p-x is not known", |places| add(places, strange.clone()));
}

/// Changes the labels of the whole sea and expects a fault that holds these words.
fn label_is_caught(words: &str, change: impl Fn(&mut Vec<Label>)) {
    let view = View { centre: [112.0, 13.0], metres_per_pixel: 1_500.0, size: SCREENS[0] };
    let mut labels = labels_of(view, &[], &[]);
    assert_eq!(told(&faults_of_labels(&view, &labels)), Vec::<String>::new());
    change(&mut labels);
    let faults = told(&faults_of_labels(&view, &labels));
    assert!(faults.iter().any(|fault| fault.contains(words)), "no fault holds {words:?}: {faults:#?}");
}

#[test]
fn a_wrong_label_is_caught() {
    for (group, _) in NAMES {
        label_is_caught(&format!("archipelago {group} is on the screen"), |labels| labels.retain(|l| l.id != group));
        for name in ["Xisha Islands", "Nansha", "Spratly Islands", "Paracel Islands", "西沙群岛", "South China Sea"]
        {
            let rename = |labels: &mut Vec<Label>| {
                labels.iter_mut().filter(|label| label.id == group).for_each(|label| name.clone_into(&mut label.text));
            };
            label_is_caught("foreign name", rename);
            label_is_caught(&format!("archipelago {group} is on the screen"), rename);
        }
    }
    label_is_caught("overlap", |labels| labels[1].at = labels[0].at);
    label_is_caught("not wholly on the screen", |labels| labels[1].at = [-20.0, 0.0]);
    label_is_caught("is not the name of bien-dong", |labels| {
        labels.iter_mut().filter(|label| label.id == "bien-dong").for_each(|label| "A SEA".clone_into(&mut label.text));
    });
}

#[test]
fn a_missing_or_moved_symbol_is_caught() {
    let view = View { centre: [112.0, 13.0], metres_per_pixel: 1_500.0, size: SCREENS[0] };
    let drawn = symbols(&SEA, &view);
    let caught = |symbols: &[_]| {
        told(&faults_of_symbols(&view, symbols)) == ["the symbol of p-tri-ton is missing or not at its place"]
    };
    let without: Vec<_> = drawn.iter().filter(|symbol| symbol.id != "p-tri-ton").cloned().collect();
    assert!(caught(&without));
    let mut moved = drawn;
    moved.iter_mut().filter(|symbol| symbol.id == "p-tri-ton").for_each(|symbol| symbol.at[0] += 30.0);
    assert!(caught(&moved));
}

fn any_view() -> impl Strategy<Value = View> {
    (104.0..120.0, 4.0..22.0, 2.0_f64..4.3, 0..3_usize).prop_map(|(longitude, latitude, power, screen)| View {
        centre: [longitude, latitude],
        metres_per_pixel: 10.0_f64.powf(power - 1.0),
        size: SCREENS[screen],
    })
}

/// Cards at the edges, as a screen has them: they leave a part free in which names find room.
fn any_cards() -> impl Strategy<Value = Vec<Rect>> {
    let card = (0.0..1.0, 0.0..0.9, 0.0..0.35, 0.0..0.35);
    prop::collection::vec(card, 0..4).prop_map(|cards| {
        let rect = |(x, y, width, height): (f64, f64, f64, f64)| {
            Rect::new([x * 1_920.0, y * 1_920.0], [width * 1_080.0, height * 1_080.0])
        };
        cards.into_iter().map(rect).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn names_never_lie_on_one_another_nor_on_symbols_nor_on_cards(view in any_view(), cards in any_cards()) {
        let labels = labels_of(view, &cards, &[]);
        let drawn = symbols(&SEA, &view);
        for (index, label) in labels.iter().enumerate() {
            let rect = label.rect();
            prop_assert!(view.rect().holds_rect(&rect), "{label:?}");
            for other in &labels[index + 1..] {
                prop_assert!(!rect.overlaps(&other.rect()), "{} {}", label.text, other.text);
            }
            for symbol in drawn.iter().filter(|symbol| symbol.id != label.id) {
                let dot = Rect::around(symbol.at, [symbol.radius * 2.0, symbol.radius * 2.0]);
                prop_assert!(!rect.overlaps(&dot), "{} {}", label.text, symbol.id);
            }
            for card in &cards {
                prop_assert!(!rect.overlaps(card), "{} {card:?}", label.text);
            }
        }
    }

    #[test]
    fn both_archipelagos_are_named_whatever_covers_the_screen(view in any_view(), cards in any_cards()) {
        let faults = faults_of_labels(&view, &labels_of(view, &cards, &[]));
        prop_assert!(faults.is_empty(), "{faults:?}");
        let all = [view.rect()];
        let faults = faults_of_labels(&view, &labels_of(view, &all, &[]));
        prop_assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn a_second_frame_changes_nothing(view in any_view(), cards in any_cards()) {
        let first = labels_of(view, &cards, &[]);
        let second = labels_of(view, &cards, &first);
        prop_assert_eq!(first.len(), second.len());
        for label in &first {
            let again = second.iter().find(|other| other.id == label.id);
            let moved = again.map(|other| (other.at[0] - label.at[0]).hypot(other.at[1] - label.at[1]));
            prop_assert!(moved.is_some_and(|moved| moved < 0.1), "{label:?} {again:?}");
        }
    }

    #[test]
    fn while_one_pans_a_name_stays_with_its_place(view in any_view(), (dx, dy) in (-3.0..3.0, -3.0..3.0)) {
        let first = labels_of(view, &[], &[]);
        let moved = View { centre: view.degrees_of_pixel([view.size[0] / 2.0 + dx, view.size[1] / 2.0 + dy]), ..view };
        let second = labels_of(moved, &[], &first);
        // A name of an area that has to leave the edge may push others aside.
        let areas = |labels: &[Label]| -> Vec<_> {
            let is_area = |label: &&Label| !matches!(label.style, Style::Islet | Style::Town);
            labels.iter().filter(is_area).map(|label| (label.id.clone(), label.spot)).collect()
        };
        prop_assume!(areas(&first) == areas(&second));
        // Away from the edge nothing new comes into play.
        let inner = view.rect().grown(-20.0);
        for label in first.iter().filter(|label| inner.holds_rect(&label.rect())) {
            let again = second.iter().find(|other| other.id == label.id);
            let stays = again.is_some_and(|again| {
                let (x, y) = (again.at[0] - label.at[0] + dx, again.at[1] - label.at[1] + dy);
                again.spot == label.spot && f64::hypot(x, y) < 0.1
            });
            prop_assert!(stays, "{label:?} {again:?}");
        }
    }
}
