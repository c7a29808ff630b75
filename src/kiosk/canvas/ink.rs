//! Lines, discs and filled land as vertices. Pure.

use bevy::color::{Color, ColorToComponents};
use bevy::math::{DVec2, Vec2};

/// Floats of one ink vertex: position, normal, edge, reach, tint.
pub const INK_VERTEX_FLOATS: usize = 11;

/// Lines and discs drawn anew each frame, in screen pixels.
#[derive(Clone, Debug, Default)]
pub struct Ink {
    pub vertices: Vec<f32>,
}

impl Ink {
    pub fn line(&mut self, from: Vec2, to: Vec2, width: f32, colour: Color) {
        let along = (to - from).normalize_or_zero();
        let normal = along.perp();
        let reach = width / 2.0;
        let corner = |at: Vec2, side: f32| vertex(at, normal * side, Vec2::new(0.0, side), reach, colour);
        let [a, b, c, d] = [corner(from, 1.0), corner(from, -1.0), corner(to, 1.0), corner(to, -1.0)];
        self.extend([a, b, c, c, b, d]);
    }

    pub fn disc(&mut self, centre: Vec2, radius: f32, colour: Color) {
        let corner = |x: f32, y: f32| vertex(centre, Vec2::new(x, y), Vec2::new(x, y), radius, colour);
        let [a, b, c, d] = [corner(-1.0, -1.0), corner(1.0, -1.0), corner(-1.0, 1.0), corner(1.0, 1.0)];
        self.extend([a, b, c, c, b, d]);
    }

    /// A line with a head at its end.
    pub fn arrow(&mut self, from: Vec2, to: Vec2, width: f32, colour: Color) {
        let along = (to - from).normalize_or_zero();
        let head = (width * 3.5).min((to - from).length());
        let base = to - along * head;
        self.line(from, base, width, colour);
        let half = along.perp() * head * 0.55;
        // A filled triangle: no edge distance, so its sides are sharp, and short enough for that not to be seen.
        for point in [base + half, base - half, to] {
            self.vertices.extend(vertex(point, Vec2::ZERO, Vec2::ZERO, 1.0, colour));
        }
    }

    fn extend(&mut self, vertices: [[f32; INK_VERTEX_FLOATS]; 6]) {
        self.vertices.extend(vertices.into_iter().flatten());
    }
}

fn vertex(at: Vec2, normal: Vec2, edge: Vec2, reach: f32, colour: Color) -> [f32; INK_VERTEX_FLOATS] {
    let [r, g, b, a] = colour.to_linear().to_f32_array();
    [at.x, at.y, normal.x, normal.y, edge.x, edge.y, reach, r, g, b, a]
}

/// A stretch of a shape that is drawn as a whole, and the part of the plane it lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    pub first: u32,
    pub count: u32,
    pub min: Vec2,
    pub max: Vec2,
}

/// Land or lines as they go to the GPU once.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    pub vertices: Vec<f32>,
    pub indices: Vec<u32>,
    pub pieces: Vec<Piece>,
}

/// Polylines whose width is chosen when they are drawn, in pieces, so that only those in the window are. Corners are
/// mitred, blunt ones cut.
pub fn strokes(polylines: &[Vec<[f32; 2]>]) -> Outline {
    const PIECE_POINTS: usize = 48;
    let mut out = Outline::default();
    for line in polylines {
        let points: Vec<Vec2> = line.iter().map(|p| Vec2::from_array(*p)).collect();
        if points.len() < 2 {
            continue;
        }
        let first_vertex = (out.vertices.len() / INK_VERTEX_FLOATS) as u32;
        for i in 0..points.len() {
            for side in [1.0, -1.0] {
                let turned = mitre(&points, i) * side;
                out.vertices.extend([points[i].x, points[i].y, turned.x, turned.y, 0.0, side, 0.0, 1.0, 1.0, 1.0, 1.0]);
            }
        }
        let segments: Vec<usize> = (0..points.len() - 1).collect();
        for part in segments.chunks(PIECE_POINTS) {
            let first = out.indices.len() as u32;
            for segment in part {
                let at = first_vertex + 2 * *segment as u32;
                out.indices.extend([at, at + 1, at + 2, at + 2, at + 1, at + 3]);
            }
            let seen = &points[part[0]..=part[part.len() - 1] + 1];
            let min = seen.iter().copied().reduce(Vec2::min).unwrap_or_default();
            let max = seen.iter().copied().reduce(Vec2::max).unwrap_or_default();
            out.pieces.push(Piece { first, count: out.indices.len() as u32 - first, min, max });
        }
    }
    out
}

/// The direction in which a line widens at a point.
fn mitre(points: &[Vec2], i: usize) -> Vec2 {
    /// How far a mitre may reach, in half widths.
    const REACH: f32 = 2.0;
    // The plane's y runs north, the screen's south: normals are turned over with it.
    let direction = |i: usize| (points[i + 1] - points[i]).normalize_or_zero() * Vec2::new(1.0, -1.0);
    let last = points.len() - 2;
    let (before, after) = (direction(i.saturating_sub(1).min(last)), direction(i.min(last)));
    let sum = (before.perp() + after.perp()).normalize_or_zero();
    sum / sum.dot(after.perp()).abs().max(1.0 / REACH)
}

/// How a shape's plane lies on the screen: scale and corner, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// Screen pixels per unit of the plane; the y axis of the plane runs upwards.
    pub scale: f64,
    /// Screen point of the plane's origin.
    pub origin: DVec2,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_two_triangles_of_its_width() {
        let mut ink = Ink::default();
        ink.line(Vec2::new(10.0, 5.0), Vec2::new(20.0, 5.0), 4.0, Color::BLACK);
        assert_eq!(ink.vertices.len(), 6 * INK_VERTEX_FLOATS);
        assert!(ink.vertices.chunks(INK_VERTEX_FLOATS).all(|v| v[6] == 2.0 && v[2] == 0.0 && v[3].abs() == 1.0));
    }

    #[test]
    fn a_right_angle_is_mitred_and_a_hairpin_does_not_fly_off() {
        let right = strokes(&[vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]);
        let middle = &right.vertices[2 * INK_VERTEX_FLOATS..];
        assert!((Vec2::new(middle[2], middle[3]).length() - 2f32.sqrt()).abs() < 1e-5);
        let hairpin = strokes(&[vec![[0.0, 0.0], [1.0, 0.0], [0.0, 0.01]]]);
        assert!(hairpin.vertices.chunks(INK_VERTEX_FLOATS).all(|v| Vec2::new(v[2], v[3]).length() <= 2.01));
    }

    #[test]
    fn a_long_line_falls_into_pieces_that_hold_all_of_it() {
        let line: Vec<[f32; 2]> = (0..200).map(|i| [i as f32, (i % 7) as f32]).collect();
        let outline = strokes(&[line]);
        assert!(outline.pieces.len() > 3);
        assert_eq!(outline.pieces.iter().map(|p| p.count).sum::<u32>(), 199 * 6);
        assert!(outline.pieces.windows(2).all(|p| p[0].max.x == p[1].min.x));
        assert!(outline.indices.iter().all(|i| (*i as usize) < outline.vertices.len() / INK_VERTEX_FLOATS));
    }
}
