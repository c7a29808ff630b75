//! The outline that a string pulled tight around points would take.

use super::Point;

/// How far outside an edge still counts as on it.
const ON_THE_EDGE: f64 = 1e-12;

/// Corners against the clock, where y grows upwards; fewer than three when the points lie on a line.
pub fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let mut lower = half(sorted.iter());
    let mut upper = half(sorted.iter().rev());
    // Each half ends where the other begins.
    lower.pop();
    upper.pop();
    lower.append(&mut upper);
    lower
}

fn half<'p>(points: impl Iterator<Item = &'p Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for point in points {
        while let [.., before, last] = corners[..]
            && turn(before, last, *point) <= 0.0
        {
            corners.pop();
        }
        corners.push(*point);
    }
    corners
}

/// Whether a point lies inside the outline or on it.
pub fn holds(hull: &[Point], point: Point) -> bool {
    let next = hull.iter().cycle().skip(1);
    hull.iter().zip(next).all(|(from, to)| turn(*from, *to, point) >= -ON_THE_EDGE)
}

/// More than 0 when the way over three points turns left.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_leaves_out_what_lies_within() {
        let square = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [1.0, 1.0], [1.0, 0.0]];
        let hull = hull(&square);
        assert_eq!(hull, [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]);
        assert!(holds(&hull, [1.0, 1.9]) && holds(&hull, [2.0, 1.0]) && !holds(&hull, [2.1, 1.0]));
    }

    #[test]
    fn two_points_have_an_outline_without_area() {
        let hull = hull(&[[0.0, 0.0], [1.0, 1.0]]);
        assert!(holds(&hull, [0.5, 0.5]) && !holds(&hull, [0.5, 0.6]));
    }
}
