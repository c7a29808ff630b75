//! Polygons on earth as triangles and coast lines in the flat frame.

use super::frame::{frame_from_degrees, single};
use earcut::Earcut;

/// A polygon in degrees: its outer ring, then its holes; rings are not closed.
pub(crate) type Polygon = Vec<Vec<[f64; 2]>>;

/// Triangles in the flat frame; three indices each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    pub positions: Vec<[f32; 2]>,
    pub triangles: Vec<u32>,
}

/// A line in the flat frame. A closed one does not repeat its first point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polyline {
    pub points: Vec<[f32; 2]>,
    pub is_closed: bool,
}

/// Where the data was cut: an edge with both ends on one of these is no coast.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cuts {
    pub longitudes: Vec<f64>,
    pub latitudes: Vec<f64>,
}

/// Rings are cut exactly on these lines; this is for the last digit of their text.
const ON_CUT_DEGREES: f64 = 1e-6;

impl Cuts {
    fn holds(&self, a: [f64; 2], b: [f64; 2]) -> bool {
        let on = |axis: usize, at: &f64| (a[axis] - at).abs() < ON_CUT_DEGREES && (b[axis] - at).abs() < ON_CUT_DEGREES;
        self.longitudes.iter().any(|at| on(0, at)) || self.latitudes.iter().any(|at| on(1, at))
    }
}

pub(crate) fn mesh_of<'a>(polygons: impl IntoIterator<Item = &'a Polygon>) -> Mesh {
    let (mut mesh, mut earcut, mut ears) = (Mesh::default(), Earcut::new(), Vec::new());
    for polygon in polygons {
        let mut corners: Vec<[f64; 2]> = Vec::new();
        let mut holes: Vec<u32> = Vec::new();
        for (index, ring) in polygon.iter().enumerate() {
            if index > 0 {
                holes.push(length(&corners));
            }
            corners.extend(ring.iter().map(|degrees| frame_from_degrees(*degrees)));
        }
        earcut.earcut(corners.iter().copied(), &holes, &mut ears);
        let first = length(&mesh.positions);
        mesh.triangles.extend(ears.iter().map(|corner| first + corner));
        mesh.positions.extend(corners.into_iter().map(single));
    }
    mesh
}

/// No map here has four thousand million corners.
fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

pub(crate) fn coast_of<'a>(polygons: impl IntoIterator<Item = &'a Polygon>, cuts: &Cuts) -> Vec<Polyline> {
    polygons.into_iter().flatten().flat_map(|ring| shores_of(ring, cuts)).collect()
}

/// A line that is not closed, such as a piece of shore.
pub(crate) fn line_of(degrees: &[[f64; 2]]) -> Polyline {
    Polyline { points: degrees.iter().map(|p| single(frame_from_degrees(*p))).collect(), is_closed: false }
}

/// The ring without its cut edges: whole, or in pieces.
fn shores_of(ring: &[[f64; 2]], cuts: &Cuts) -> Vec<Polyline> {
    let count = ring.len();
    let is_cut = |edge: usize| cuts.holds(ring[edge % count], ring[(edge + 1) % count]);
    let Some(first_cut) = (0..count).find(|edge| is_cut(*edge)) else {
        return vec![Polyline { is_closed: true, ..line_of(ring) }];
    };
    let (mut shores, mut shore) = (Vec::new(), Vec::new());
    for edge in first_cut + 1..=first_cut + count {
        shore.push(ring[edge % count]);
        if is_cut(edge) {
            if shore.len() > 1 {
                shores.push(line_of(&shore));
            }
            shore.clear();
        }
    }
    shores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(mesh: &Mesh) -> f64 {
        let at = |index: &u32| mesh.positions[*index as usize].map(f64::from);
        let triangle = |corners: &[u32]| {
            let [a, b, c] = [at(&corners[0]), at(&corners[1]), at(&corners[2])];
            ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
        };
        mesh.triangles.chunks(3).map(triangle).sum()
    }

    fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
        vec![[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
    }

    #[test]
    fn a_hole_stays_empty_and_polygons_do_not_mix() {
        let solid = mesh_of([&vec![square(100.0, 0.0, 4.0)]]);
        let holed = mesh_of([&vec![square(100.0, 0.0, 4.0), square(101.0, 1.0, 2.0)]]);
        let hole = mesh_of([&vec![square(101.0, 1.0, 2.0)]]);
        assert!(((area(&solid) - area(&hole)) / area(&holed) - 1.0).abs() < 1e-6);
        let both = mesh_of([&vec![square(100.0, 0.0, 4.0)], &vec![square(101.0, 1.0, 2.0)]]);
        assert!(((area(&solid) + area(&hole)) / area(&both) - 1.0).abs() < 1e-6);
        assert_eq!(both.triangles.len(), 12);
        assert!(both.triangles.iter().all(|corner| (*corner as usize) < both.positions.len()));
    }

    #[test]
    fn cut_edges_are_no_coast() {
        let cuts = Cuts { longitudes: vec![100.0, 102.0], latitudes: vec![] };
        let whole = coast_of([&vec![square(110.0, 0.0, 2.0)]], &cuts);
        assert_eq!((whole.len(), whole[0].is_closed, whole[0].points.len()), (1, true, 4));
        let strait = coast_of([&vec![square(100.0, 0.0, 2.0)]], &cuts);
        assert_eq!(strait.len(), 2, "a square between two cuts has a northern and a southern shore");
        assert!(strait.iter().all(|line| !line.is_closed && line.points.len() == 2));
    }
}
