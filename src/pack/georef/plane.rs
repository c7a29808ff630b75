//! The flat part of every transform: moved, turned, stretched and slanted.

use super::Point;
use super::solve::least_squares;

/// How much the result changes along the first coordinate, and along the second.
pub type Slopes = [Point; 2];

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    pub start: Point,
    pub slopes: Slopes,
}

impl Plane {
    /// The one that comes nearest; None when the points lie on a line.
    pub fn fit(from: &[Point], to: &[Point]) -> Option<Self> {
        let columns = vec![vec![1.0; from.len()], axis(from, 0), axis(from, 1)];
        let found = least_squares(columns, vec![axis(to, 0), axis(to, 1)])?;
        let (x, y) = (&found[0], &found[1]);
        Some(Self { start: [x[0], y[0]], slopes: [[x[1], y[1]], [x[2], y[2]]] })
    }

    /// The nearest of those that only move, turn and scale; None when all points are one.
    pub fn fit_stiff(from: &[Point], to: &[Point]) -> Option<Self> {
        let pairs = |part: fn(&Point) -> Point| from.iter().flat_map(part).collect::<Vec<f64>>();
        let columns =
            vec![pairs(|p| [p[0], p[1]]), pairs(|p| [-p[1], p[0]]), pairs(|_| [1.0, 0.0]), pairs(|_| [0.0, 1.0])];
        let found = least_squares(columns, vec![to.iter().flatten().copied().collect()])?;
        let [cosine, sine, x, y] = found[0][..] else { return None };
        Some(Self { start: [x, y], slopes: [[cosine, sine], [-sine, cosine]] })
    }

    pub fn value(&self, at: Point) -> Point {
        let [along, across] = self.slopes;
        let sum = |axis: usize| self.start[axis] + at[0] * along[axis] + at[1] * across[axis];
        [sum(0), sum(1)]
    }

    /// Where the value is this one; None for a plane without area.
    pub fn inverse(&self, value: Point) -> Option<Point> {
        way_to(self.slopes, [value[0] - self.start[0], value[1] - self.start[1]])
    }
}

pub fn axis(points: &[Point], axis: usize) -> Vec<f64> {
    points.iter().map(|p| p[axis]).collect()
}

/// The area that a square of 1 by 1 is given; less than 0 when it is turned over.
pub fn area([along, across]: Slopes) -> f64 {
    along[0] * across[1] - across[0] * along[1]
}

/// How far to go for the result to change by so much.
pub fn way_to(slopes: Slopes, change: Point) -> Option<Point> {
    let whole = area(slopes);
    let [along, across] = slopes;
    whole.is_normal().then(|| [area([change, across]) / whole, area([along, change]) / whole])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_and_its_inverse() {
        let plane = Plane { start: [3.0, -1.0], slopes: [[2.0, 0.5], [-1.0, 4.0]] };
        let [x, y] = plane.inverse(plane.value([0.3, -0.7])).expect("it has an area");
        assert!((x - 0.3).abs() < 1e-12 && (y + 0.7).abs() < 1e-12);
        assert!(Plane { start: [0.0, 0.0], slopes: [[1.0, 2.0], [2.0, 4.0]] }.inverse([1.0, 1.0]).is_none());
    }

    #[test]
    fn a_stiff_plane_is_found_from_two_points() {
        let plane = Plane::fit_stiff(&[[0.0, 0.0], [1.0, 0.0]], &[[5.0, 5.0], [5.0, 7.0]]).expect("found");
        let [x, y] = plane.value([0.0, 1.0]);
        assert!((x - 3.0).abs() < 1e-12 && (y - 5.0).abs() < 1e-12, "{x} {y}");
    }
}
