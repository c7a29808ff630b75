//! The kinds of transform, between points of both sides that were brought to a size of about 1.

use super::plane::{Plane, Slopes, axis};
use super::solve::least_squares;
use super::{Method, Point};

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Plane(Plane),
    Polynomial { degree: i32, factors: Vec<Point> },
    Spline { plane: Plane, bumps: Vec<Bump> },
}

/// What one control point adds to a spline, far and wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bump {
    at: Point,
    weight: Point,
}

impl Shape {
    /// None when the points do not determine it.
    pub fn fit(from: &[Point], to: &[Point], method: Method) -> Option<Self> {
        match method {
            Method::Helmert => Plane::fit_stiff(from, to).map(Self::Plane),
            Method::Polynomial1 => Plane::fit(from, to).map(Self::Plane),
            Method::Polynomial2 => fit_polynomial(from, to, 2),
            Method::Polynomial3 => fit_polynomial(from, to, 3),
            Method::ThinPlateSpline => fit_spline(from, to),
        }
    }

    pub fn value(&self, at: Point) -> Point {
        match self {
            Self::Plane(plane) => plane.value(at),
            Self::Polynomial { degree, factors } => {
                let terms = powers(*degree).map(|(i, j)| at[0].powi(i) * at[1].powi(j));
                terms.zip(factors).fold([0.0, 0.0], |sum, (term, factor)| add(sum, term, *factor))
            }
            Self::Spline { plane, bumps } => {
                let start = plane.value(at);
                bumps.iter().fold(start, |sum, bump| add(sum, height(at, bump.at), bump.weight))
            }
        }
    }

    pub fn slopes(&self, at: Point) -> Slopes {
        match self {
            Self::Plane(plane) => plane.slopes,
            Self::Polynomial { degree, factors } => {
                let terms = powers(*degree)
                    .map(|(i, j)| [power_slope(at[0], i) * at[1].powi(j), at[0].powi(i) * power_slope(at[1], j)]);
                terms.zip(factors).fold([[0.0; 2]; 2], |sum, (term, factor)| add_slopes(sum, term, *factor))
            }
            Self::Spline { plane, bumps } => {
                bumps.iter().fold(plane.slopes, |sum, bump| add_slopes(sum, steepness(at, bump.at), bump.weight))
            }
        }
    }
}

fn fit_polynomial(from: &[Point], to: &[Point], degree: i32) -> Option<Shape> {
    let column = |(i, j): (i32, i32)| from.iter().map(|p| p[0].powi(i) * p[1].powi(j)).collect::<Vec<f64>>();
    let found = least_squares(powers(degree).map(column).collect(), vec![axis(to, 0), axis(to, 1)])?;
    let factors = found[0].iter().zip(&found[1]).map(|(x, y)| [*x, *y]).collect();
    Some(Shape::Polynomial { degree, factors })
}

/// A plane and a bump at each point that together go through all of them, with the least bending; the bumps alone hold
/// neither a shift nor a tilt, which the last three equations say.
fn fit_spline(from: &[Point], to: &[Point]) -> Option<Shape> {
    let bump = |centre: &Point| {
        let mut column: Vec<f64> = from.iter().map(|p| height(*p, *centre)).collect();
        column.extend([1.0, centre[0], centre[1]]);
        column
    };
    let padded = |mut column: Vec<f64>| {
        column.extend([0.0; 3]);
        column
    };
    let mut columns: Vec<Vec<f64>> = from.iter().map(bump).collect();
    columns.extend([padded(vec![1.0; from.len()]), padded(axis(from, 0)), padded(axis(from, 1))]);
    let found = least_squares(columns, vec![padded(axis(to, 0)), padded(axis(to, 1))])?;
    let pair = |k: usize| [found[0][k], found[1][k]];
    let bumps = from.iter().enumerate().map(|(k, at)| Bump { at: *at, weight: pair(k) }).collect();
    let count = from.len();
    let plane = Plane { start: pair(count), slopes: [pair(count + 1), pair(count + 2)] };
    Some(Shape::Spline { plane, bumps })
}

/// The powers of both coordinates in each term of a polynomial.
fn powers(degree: i32) -> impl Iterator<Item = (i32, i32)> {
    (0..=degree).flat_map(|whole| (0..=whole).map(move |second| (whole - second, second)))
}

fn power_slope(x: f64, power: i32) -> f64 {
    if power == 0 { 0.0 } else { f64::from(power) * x.powi(power - 1) }
}

/// The square of the distance times the logarithm of the distance.
fn height(at: Point, centre: Point) -> f64 {
    let square = (at[0] - centre[0]).powi(2) + (at[1] - centre[1]).powi(2);
    if square > 0.0 { square * square.ln() / 2.0 } else { 0.0 }
}

fn steepness(at: Point, centre: Point) -> Point {
    let (x, y) = (at[0] - centre[0], at[1] - centre[1]);
    let square = x * x + y * y;
    if square > 0.0 { [x * (square.ln() + 1.0), y * (square.ln() + 1.0)] } else { [0.0, 0.0] }
}

fn add(sum: Point, times: f64, part: Point) -> Point {
    [sum[0] + times * part[0], sum[1] + times * part[1]]
}

fn add_slopes(sum: Slopes, [along, across]: Point, part: Point) -> Slopes {
    [add(sum[0], along, part), add(sum[1], across, part)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: [Point; 12] = [
        [-1.0, -0.9],
        [-0.3, -1.1],
        [0.4, -0.8],
        [1.2, -1.0],
        [-1.1, 0.1],
        [-0.4, -0.1],
        [0.3, 0.2],
        [1.0, 0.1],
        [-0.9, 1.0],
        [-0.2, 0.8],
        [0.5, 1.1],
        [1.1, 0.9],
    ];

    /// A gentle bend that no method but a polynomial of that degree can follow exactly.
    fn bend([x, y]: Point, cubic: f64) -> Point {
        [
            0.2 + x + 0.1 * y + 0.04 * x * y - 0.03 * y * y + cubic * x * x * y,
            y - 0.1 * x + 0.05 * x * x - cubic * y * y * y,
        ]
    }

    fn fitted(method: Method, cubic: f64) -> Shape {
        let to: Vec<Point> = FROM.iter().map(|p| bend(*p, cubic)).collect();
        Shape::fit(&FROM, &to, method).expect("fitted")
    }

    fn is_near(a: Point, b: Point, within: f64) -> bool {
        (a[0] - b[0]).abs() < within && (a[1] - b[1]).abs() < within
    }

    #[test]
    fn polynomials_follow_bends_of_their_degree_everywhere() {
        for (method, cubic) in [(Method::Polynomial2, 0.0), (Method::Polynomial3, 0.03)] {
            let shape = fitted(method, cubic);
            for at in [[0.1, 0.2], [-0.8, 0.5], [2.0, -1.5]] {
                assert!(is_near(shape.value(at), bend(at, cubic), 1e-10), "{method:?} {at:?}");
            }
        }
    }

    #[test]
    fn a_spline_goes_through_its_points_and_bends_little_between() {
        let shape = fitted(Method::ThinPlateSpline, 0.03);
        for at in FROM {
            assert!(is_near(shape.value(at), bend(at, 0.03), 1e-10), "{at:?}");
        }
        assert!(is_near(shape.value([0.0, 0.4]), bend([0.0, 0.4], 0.03), 0.01));
    }

    #[test]
    fn a_spline_of_a_plane_is_that_plane() {
        let plane = Plane { start: [1.0, 2.0], slopes: [[0.5, 0.1], [-0.2, 0.7]] };
        let to: Vec<Point> = FROM.iter().map(|p| plane.value(*p)).collect();
        let shape = Shape::fit(&FROM, &to, Method::ThinPlateSpline).expect("fitted");
        assert!(is_near(shape.value([5.0, -7.0]), plane.value([5.0, -7.0]), 1e-9));
    }

    #[test]
    fn slopes_are_those_of_the_values() {
        let step = 1e-6;
        for method in
            [Method::Helmert, Method::Polynomial1, Method::Polynomial2, Method::Polynomial3, Method::ThinPlateSpline]
        {
            let shape = fitted(method, 0.03);
            for [x, y] in [[0.1, 0.2], [-0.8, 0.5], FROM[6]] {
                let [along, across] = shape.slopes([x, y]);
                let here = shape.value([x, y]);
                let (right, up) = (shape.value([x + step, y]), shape.value([x, y + step]));
                let measured = |there: Point| [(there[0] - here[0]) / step, (there[1] - here[1]) / step];
                assert!(is_near(measured(right), along, 1e-4), "{method:?} {along:?}");
                assert!(is_near(measured(up), across, 1e-4), "{method:?} {across:?}");
            }
        }
    }

    #[test]
    fn points_on_a_curve_do_not_determine_a_bend() {
        let circle: Vec<Point> = (0..12).map(|n| f64::from(n) * 0.5).map(|a| [a.cos(), a.sin()]).collect();
        assert!(Shape::fit(&circle, &circle, Method::Polynomial2).is_none());
        assert!(Shape::fit(&circle, &circle, Method::ThinPlateSpline).is_some());
    }
}
