//! The gate of the base map: both archipelagos with every islet at its place and with our names, no line at sea but
//! the graticule. Each check returns the faults it finds; an empty list is a pass.

use super::frame::{degrees_from_frame, double};
use super::known::{self, ISLETS, Islet};
use super::labels::Label;
use super::places::{ARCHIPELAGOS, Archipelago};
use super::symbols::{MIN_RADIUS_PIXELS, Symbol};
use super::{Group, Layer, Mesh, Place, Polyline, Sea, View, open_sea};
use std::fmt;

/// An islet may stand so far from where it is known to be.
const MOVED_DEGREES: f64 = 0.02;
/// Around every islet there is so far nothing but specks of land.
const WATERS_DEGREES: f64 = 1.2;
/// The largest speck there. Measured: 0.023.
const SPECK_DEGREES: f64 = 0.04;
/// Land that is narrower on average, in metres, is a line. Measured: 51 and more.
const NARROW_METRES: f64 = 25.0;
/// Edges are looked at in steps of so many degrees, and at both ends.
const STEP_DEGREES: f64 = 0.05;
/// A symbol may stand so far from the middle of its place, in pixels.
const MOVED_PIXELS: f64 = 1.0;

#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    MissingIslet {
        id: String,
    },
    MovedIslet {
        id: String,
        degrees: f64,
    },
    /// An islet that is not known by its id.
    StrangeIslet {
        id: String,
    },
    MissingArchipelago {
        id: String,
    },
    /// An archipelago is on the screen without its name.
    UnnamedArchipelago {
        id: String,
    },
    ForeignName {
        id: String,
        name: String,
    },
    /// Not a foreign name, but not the verified one either.
    WrongName {
        id: String,
        name: String,
    },
    /// A coast or an edge of land where the sea is open; `places` counts where it was met.
    LineAtSea {
        layer: &'static str,
        at: [f64; 2],
        places: usize,
    },
    /// Land over open sea.
    LandAtSea {
        layer: &'static str,
        at: [f64; 2],
        places: usize,
    },
    /// Land without width.
    LineForLand {
        layer: &'static str,
        at: [f64; 2],
    },
    NoLand {
        layer: &'static str,
    },
    MissingSymbol {
        id: String,
    },
    NamesOverlap {
        id: String,
        other: String,
    },
    /// A name does not lie wholly on the screen.
    NameOffScreen {
        id: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |at: &[f64; 2]| format!("{:.2} E, {:.2} N", at[0], at[1]);
        match self {
            Self::MissingIslet { id } => write!(f, "islet {id} is missing"),
            Self::MovedIslet { id, degrees } => write!(f, "islet {id} stands {degrees:.3} degrees from its place"),
            Self::StrangeIslet { id } => write!(f, "islet {id} is not known"),
            Self::MissingArchipelago { id } => write!(f, "archipelago {id} is missing"),
            Self::UnnamedArchipelago { id } => write!(f, "archipelago {id} is on the screen without its name"),
            Self::ForeignName { id, name } => write!(f, "foreign name {name:?} for {id}"),
            Self::WrongName { id, name } => write!(f, "{name:?} is not the name of {id}"),
            Self::LineAtSea { layer, at, places } => {
                write!(f, "a line at sea in {layer}, at {places} places, first {}", place(at))
            }
            Self::LandAtSea { layer, at, places } => {
                write!(f, "land over open sea in {layer}, at {places} places, first {}", place(at))
            }
            Self::LineForLand { layer, at } => write!(f, "a line for land in {layer} at {}", place(at)),
            Self::NoLand { layer } => write!(f, "no land in {layer}"),
            Self::MissingSymbol { id } => write!(f, "the symbol of {id} is missing or not at its place"),
            Self::NamesOverlap { id, other } => write!(f, "the names of {id} and {other} overlap"),
            Self::NameOffScreen { id } => write!(f, "the name of {id} is not wholly on the screen"),
        }
    }
}

/// Longitude and latitude of points on the open sea, at least 0.35 degrees from every coast and islet and an eighth of
/// a degree off the lines of a graticule of a quarter and more. Nothing is drawn there but the ground of the sea.
pub fn probe_points() -> Vec<[f64; 2]> {
    open_sea::middles().collect()
}

/// Everything that is wrong with the data of a sea.
pub fn faults_in(sea: &Sea) -> Vec<Fault> {
    let mut faults = Vec::new();
    for archipelago in ARCHIPELAGOS {
        if sea.islets(archipelago.group).next().is_none() {
            faults.push(Fault::MissingArchipelago { id: archipelago.id.to_owned() });
        }
    }
    faults.extend(ISLETS.iter().filter_map(|islet| islet_fault(sea, islet)));
    faults.extend(sea.places.iter().flat_map(name_faults));
    for (name, layer) in [("world", &sea.world), ("region", &sea.region), ("viet-nam", &sea.viet_nam)] {
        layer_faults(name, layer, &mut faults);
    }
    faults
}

fn islet_fault(sea: &Sea, islet: &Islet) -> Option<Fault> {
    let id = islet.id.to_owned();
    let Some(place) = sea.places.iter().find(|place| place.id == islet.id && place.group == islet.group) else {
        return Some(Fault::MissingIslet { id });
    };
    let degrees = away(place.degrees, islet.degrees);
    (degrees > MOVED_DEGREES).then_some(Fault::MovedIslet { id, degrees })
}

fn away(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn name_faults(place: &Place) -> Vec<Fault> {
    let names = std::iter::once(&place.name).chain(&place.dated_names);
    let mut faults: Vec<Fault> =
        names.flat_map(|name| [&name.vi, &name.en]).filter_map(|name| foreign(&place.id, name)).collect();
    let known = ISLETS.iter().find(|islet| islet.id == place.id);
    match known {
        Some(islet) => {
            let pairs = [(&place.name.vi, islet.vi), (&place.name.en, islet.en)];
            let wrong = pairs.into_iter().filter(|(name, right)| name != right);
            faults.extend(wrong.map(|(name, _)| Fault::WrongName { id: place.id.clone(), name: name.clone() }));
        }
        None if place.group != Group::Coast => faults.push(Fault::StrangeIslet { id: place.id.clone() }),
        None => {}
    }
    faults
}

/// The word in a name that is what others call the archipelagos, an islet or the sea; western names of the archipelagos
/// are not meant, for old maps and sentences about them hold them rightly.
pub fn name_of_others(name: &str) -> Option<&'static str> {
    known::name_of_others(name)
}

fn foreign(id: &str, name: &str) -> Option<Fault> {
    known::foreign_word(name).map(|_| Fault::ForeignName { id: id.to_owned(), name: name.to_owned() })
}

fn layer_faults(name: &'static str, layer: &Layer, faults: &mut Vec<Fault>) {
    if layer.land.triangles.is_empty() || layer.coast.is_empty() {
        faults.push(Fault::NoLand { layer: name });
    }
    let mut at_sea: Vec<[f64; 2]> = layer.coast.iter().flat_map(coast_at_sea).collect();
    at_sea.extend(triangles(&layer.land).flat_map(|corners| edges(corners).into_iter().flat_map(edge_at_sea)));
    if let Some(at) = at_sea.first() {
        faults.push(Fault::LineAtSea { layer: name, at: *at, places: at_sea.len() });
    }
    let covered = covered(&layer.land);
    if let Some(at) = covered.first() {
        faults.push(Fault::LandAtSea { layer: name, at: *at, places: covered.len() });
    }
    let lines = layer.coast.iter().filter(|line| line.is_closed && mean_width(line) < NARROW_METRES);
    faults.extend(lines.map(|line| Fault::LineForLand { layer: name, at: degrees(line.points[0]) }));
}

fn degrees(point: [f32; 2]) -> [f64; 2] {
    degrees_from_frame(double(point))
}

/// Where a coast runs through open sea, or is too long for a speck among the islets.
fn coast_at_sea(line: &Polyline) -> Vec<[f64; 2]> {
    let mut corners: Vec<[f64; 2]> = line.points.iter().map(|point| degrees(*point)).collect();
    if line.is_closed {
        corners.extend(corners.first().copied());
    }
    let mut found: Vec<[f64; 2]> = corners.windows(2).flat_map(|edge| edge_at_sea([edge[0], edge[1]])).collect();
    let side = |axis: usize| {
        let along = || corners.iter().map(|corner| corner[axis]);
        along().fold(f64::MIN, f64::max) - along().fold(f64::MAX, f64::min)
    };
    let is_speck = side(0).max(side(1)) <= SPECK_DEGREES;
    if !is_speck {
        found.extend(corners.into_iter().filter(|corner| is_among_islets(*corner)));
    }
    found
}

fn is_among_islets(point: [f64; 2]) -> bool {
    open_sea::reaches(point, point) && ISLETS.iter().any(|islet| away(islet.degrees, point) < WATERS_DEGREES)
}

/// Points of an edge that lie on open sea; for a long edge among the islets its ends.
fn edge_at_sea([a, b]: [[f64; 2]; 2]) -> Vec<[f64; 2]> {
    if !open_sea::reaches([a[0].min(b[0]), a[1].min(b[1])], [a[0].max(b[0]), a[1].max(b[1])]) {
        return Vec::new();
    }
    let long = away(a, b);
    let steps = (long / STEP_DEGREES).ceil().clamp(1.0, 4_000.0);
    let along = |step: u32| {
        let part = f64::from(step) / steps;
        [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
    };
    let mut found: Vec<[f64; 2]> = (0..=steps as u32).map(along).filter(|point| open_sea::is_open(*point)).collect();
    if long > SPECK_DEGREES {
        found.extend([a, b].into_iter().filter(|end| is_among_islets(*end)));
    }
    found
}

fn triangles(mesh: &Mesh) -> impl Iterator<Item = [[f64; 2]; 3]> {
    let corner = |index: u32| mesh.positions.get(index as usize).map_or([0.0, 0.0], |point| degrees(*point));
    mesh.triangles.chunks_exact(3).map(move |corners| [corner(corners[0]), corner(corners[1]), corner(corners[2])])
}

fn edges([a, b, c]: [[f64; 2]; 3]) -> [[[f64; 2]; 2]; 3] {
    [[a, b], [b, c], [c, a]]
}

/// Probe points that lie within a triangle.
fn covered(mesh: &Mesh) -> Vec<[f64; 2]> {
    let bound = |corners: [[f64; 2]; 3], pick: fn(f64, f64) -> f64| {
        [0, 1].map(|axis| pick(pick(corners[0][axis], corners[1][axis]), corners[2][axis]))
    };
    let probes = |corners: [[f64; 2]; 3]| {
        let near = open_sea::middles_within(bound(corners, f64::min), bound(corners, f64::max));
        near.filter(move |probe| is_within(corners, *probe))
    };
    triangles(mesh).flat_map(probes).collect()
}

fn is_within(corners: [[f64; 2]; 3], point: [f64; 2]) -> bool {
    let side = |[a, b]: [[f64; 2]; 2]| (b[0] - a[0]) * (point[1] - a[1]) - (point[0] - a[0]) * (b[1] - a[1]);
    let sides = edges(corners).map(side);
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}

/// Twice the area of a closed line by its length: a strip's width.
fn mean_width(line: &Polyline) -> f64 {
    let points: Vec<[f64; 2]> = line.points.iter().map(|point| double(*point)).collect();
    let Some(first) = points.first() else { return f64::MAX };
    let (mut twice_area, mut length) = (0.0, 0.0);
    for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
        // From the first corner, for far from the frame's zero an area would drown in rounding.
        twice_area += (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1]);
        length += away(*a, *b);
    }
    if length > 0.0 { twice_area.abs() / length } else { 0.0 }
}

/// Every islet that the view shows has its symbol, at its place.
pub fn faults_of_symbols(view: &View, symbols: &[Symbol]) -> Vec<Fault> {
    let window = view.rect();
    let is_there = |islet: &Islet| {
        let at = view.pixel_of_degrees(islet.degrees);
        let near = MOVED_PIXELS + MOVED_DEGREES * view_pixels_per_degree(view);
        let stands = |symbol: &&Symbol| away(symbol.at, at) < near && symbol.radius >= MIN_RADIUS_PIXELS;
        !window.holds(at) || symbols.iter().filter(|symbol| symbol.id == islet.id).any(|symbol| stands(&symbol))
    };
    let missing = ISLETS.iter().filter(|islet| !is_there(islet));
    missing.map(|islet| Fault::MissingSymbol { id: islet.id.to_owned() }).collect()
}

fn view_pixels_per_degree(view: &View) -> f64 {
    crate::base::mercator::WORLD_WIDTH_METRES / 360.0 / view.metres_per_pixel
}

/// Each archipelago that the view shows an islet of is named in Vietnamese, names are ours, and none lies on another.
pub fn faults_of_labels(view: &View, labels: &[Label]) -> Vec<Fault> {
    let window = view.rect();
    let is_shown = |archipelago: &Archipelago| {
        let of_it = ISLETS.iter().filter(|islet| islet.group == archipelago.group);
        of_it.into_iter().any(|islet| window.holds(view.pixel_of_degrees(islet.degrees)))
    };
    let is_named = |archipelago: &Archipelago| {
        labels.iter().any(|label| label.id == archipelago.id && label.text == archipelago.vi)
    };
    let unnamed = ARCHIPELAGOS.iter().filter(|archipelago| is_shown(archipelago) && !is_named(archipelago));
    let mut faults: Vec<Fault> =
        unnamed.map(|archipelago| Fault::UnnamedArchipelago { id: archipelago.id.to_owned() }).collect();
    for (index, label) in labels.iter().enumerate() {
        faults.extend(label_fault(label));
        if !window.holds_rect(&label.rect()) {
            faults.push(Fault::NameOffScreen { id: label.id.clone() });
        }
        let over = labels[index + 1..].iter().filter(|other| label.rect().overlaps(&other.rect()));
        faults.extend(over.map(|other| Fault::NamesOverlap { id: label.id.clone(), other: other.id.clone() }));
    }
    faults
}

fn label_fault(label: &Label) -> Option<Fault> {
    let islet = ISLETS.iter().find(|islet| islet.id == label.id).map(|islet| [islet.vi, islet.en]);
    let archipelago = ARCHIPELAGOS.iter().find(|a| a.id == label.id).map(|a| [a.vi, a.vi]);
    let sea = (label.id == known::SEA_ID).then_some([known::SEA_VI, known::SEA_EN]);
    let is_right = islet.or(archipelago).or(sea).is_none_or(|right| right.contains(&label.text.as_str()));
    let wrong = Fault::WrongName { id: label.id.clone(), name: label.text.clone() };
    foreign(&label.id, &label.text).or_else(|| (!is_right).then_some(wrong))
}
