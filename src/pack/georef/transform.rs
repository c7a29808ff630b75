//! From a picture to the earth and back.

use super::hull::{holds, hull};
use super::plane::{Plane, area, way_to};
use super::scale::{Scale, roundness};
use super::shape::Shape;
use super::{Match, Method, Point};
use crate::base::mercator::degrees_from_mercator;

/// Points nearer than this part of their spread stand at one place.
const ONE_PLACE: f64 = 1e-6;
/// Points lie on a line when they are spread no wider than this part of their length.
const LINE: f64 = 1e-3;
/// The least area, against that of the whole, which is not yet folded flat.
const FLAT: f64 = 1e-9;
/// Steps of the grid on which a fold is looked for.
const GRID: u32 = 24;
/// Steps of the search for the place in the picture, and halvings of one step.
const MAX_STEPS: usize = 50;
const MAX_HALVINGS: i32 = 12;
/// Where that search ends, against the size of the whole: less than a thousandth of a pixel of any picture.
const FOUND: f64 = 1e-11;

/// Why control points give no transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    #[error("{needed} control points are needed, {given} are given")]
    TooFewPoints { needed: usize, given: usize },
    #[error("control point {point} holds a number that is not finite")]
    NotFinite { point: usize },
    /// In the picture or on earth; both count from 0.
    #[error("control points {first} and {second} stand at the same place")]
    SamePlace { first: usize, second: usize },
    #[error("the control points lie on one line")]
    OnOneLine,
    #[error("the control points lie on a curve that leaves this transform undetermined")]
    Undetermined,
    #[error("the control points show the map as in a mirror")]
    Mirrored,
    #[error("the transform folds the map over between its control points")]
    Folded,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    method: Method,
    picture: Scale,
    ground: Scale,
    /// What comes nearest without a bend: where the search for a place in the picture begins.
    plane: Plane,
    shape: Shape,
}

impl Transform {
    pub fn fit(matches: &[Match], method: Method) -> Result<Self, FitError> {
        let transform = Self::fit_loosely(matches, method)?;
        transform.check_sides(matches)?;
        Ok(transform)
    }

    /// Without a look at folds: good enough to tell what the others would say of a point left out.
    pub(super) fn fit_loosely(matches: &[Match], method: Method) -> Result<Self, FitError> {
        let is_finite = |m: &Match| [m.picture[0], m.picture[1], m.longitude, m.latitude].iter().all(|n| n.is_finite());
        if let Some(point) = matches.iter().position(|m| !is_finite(m)) {
            return Err(FitError::NotFinite { point });
        }
        let (needed, given) = (method.fewest_points(), matches.len());
        if given < needed {
            return Err(FitError::TooFewPoints { needed, given });
        }
        let pixels: Vec<Point> = matches.iter().map(|m| m.picture).collect();
        let metres: Vec<Point> = matches.iter().map(Match::mercator).collect();
        let (picture, ground) = (Scale::of_pixels(&pixels), Scale::of_metres(&metres));
        let from: Vec<Point> = pixels.iter().map(|p| picture.inward(*p)).collect();
        let to: Vec<Point> = metres.iter().map(|p| ground.inward(*p)).collect();
        check_spread(&from, &to, method)?;
        let shape = Shape::fit(&from, &to, method).ok_or(FitError::Undetermined)?;
        let plane = match &shape {
            Shape::Plane(plane) => *plane,
            _ => Plane::fit(&from, &to).ok_or(FitError::Undetermined)?,
        };
        Ok(Self { method, picture, ground, plane, shape })
    }

    /// Whether the map keeps its upper side everywhere between the control points.
    fn check_sides(&self, matches: &[Match]) -> Result<(), FitError> {
        let points: Vec<Point> = matches.iter().map(|m| self.picture.inward(m.picture)).collect();
        let outline = hull(&points);
        let between = grid(&points).filter(|p| holds(&outline, *p));
        let is_upright = |p: Point| area(self.shape.slopes(p)) > FLAT;
        let (upright, turned): (Vec<bool>, Vec<bool>) =
            between.chain(points.iter().copied()).map(is_upright).partition(|upright| *upright);
        match (upright.is_empty(), turned.is_empty()) {
            (_, true) => Ok(()),
            (true, false) => Err(FitError::Mirrored),
            (false, false) => Err(FitError::Folded),
        }
    }

    pub fn method(&self) -> Method {
        self.method
    }

    /// Metres of spherical Mercator.
    pub fn mercator_from_picture(&self, pixels: Point) -> Point {
        self.ground.outward(self.shape.value(self.picture.inward(pixels)))
    }

    /// Longitude and latitude.
    pub fn degrees_from_picture(&self, pixels: Point) -> Point {
        degrees_from_mercator(self.mercator_from_picture(pixels))
    }

    /// Pixels; they may lie outside the picture. None where the map, drawn on beyond its control points, never comes.
    pub fn picture_from_mercator(&self, metres: Point) -> Option<Point> {
        let wanted = self.ground.inward(metres);
        let guess = self.plane.inverse(wanted)?;
        let found = match &self.shape {
            Shape::Plane(_) => guess,
            shape => search(shape, guess, wanted)?,
        };
        Some(self.picture.outward(found))
    }
}

fn check_spread(from: &[Point], to: &[Point], method: Method) -> Result<(), FitError> {
    let apart = |a: Point, b: Point| (a[0] - b[0]).hypot(a[1] - b[1]);
    for (second, (here, there)) in from.iter().zip(to).enumerate() {
        let mut earlier = from.iter().zip(to).take(second);
        if let Some(first) = earlier.position(|(a, b)| apart(*a, *here).min(apart(*b, *there)) < ONE_PLACE) {
            return Err(FitError::SamePlace { first, second });
        }
    }
    // To turn, move and scale, a line is enough.
    if method != Method::Helmert && roundness(from).min(roundness(to)) < LINE {
        return Err(FitError::OnOneLine);
    }
    Ok(())
}

/// A net over the rectangle that holds all points.
fn grid(points: &[Point]) -> impl Iterator<Item = Point> {
    let edge = |axis: usize, best: fn(f64, f64) -> f64| points.iter().map(|p| p[axis]).reduce(best).unwrap_or(0.0);
    let low = [edge(0, f64::min), edge(1, f64::min)];
    let high = [edge(0, f64::max), edge(1, f64::max)];
    let along = move |axis: usize, step: u32| low[axis] + (high[axis] - low[axis]) * f64::from(step) / f64::from(GRID);
    (0..=GRID).flat_map(move |column| (0..=GRID).map(move |row| [along(0, column), along(1, row)]))
}

/// Newton's method with steps halved while they lead away. None when it gets stuck, or ends on a part of the map that is
/// folded over.
fn search(shape: &Shape, guess: Point, wanted: Point) -> Option<Point> {
    let miss = |at: Point| {
        let value = shape.value(at);
        [wanted[0] - value[0], wanted[1] - value[1]]
    };
    let size = |way: Point| way[0].hypot(way[1]);
    let near = FOUND * (1.0 + size(wanted));
    let mut at = guess;
    for _ in 0..MAX_STEPS {
        let left = miss(at);
        if size(left) <= near {
            return (area(shape.slopes(at)) > 0.0).then_some(at);
        }
        let way = way_to(shape.slopes(at), left)?;
        let step = |halvings: i32| {
            let part = 0.5f64.powi(halvings);
            [at[0] + part * way[0], at[1] + part * way[1]]
        };
        let next = (0..MAX_HALVINGS).map(step).find(|next| size(miss(*next)) < size(left))?;
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Errors, kilometres_between};
    use super::*;
    use crate::base::mercator::mercator_from_degrees;
    use proptest::prelude::*;

    const ALL: [Method; 5] =
        [Method::Helmert, Method::Polynomial1, Method::Polynomial2, Method::Polynomial3, Method::ThinPlateSpline];

    /// A made-up map: sixteen points over 4000 × 3000 pixels and where they lie on earth.
    #[derive(Clone, Debug)]
    struct Sheet {
        /// Degrees of the middle, turn against the clock, metres a pixel.
        centre: Point,
        turn: f64,
        scale: f64,
        /// Parts of the sheet's size by which it is slanted and bent.
        slant: f64,
        bend: Point,
        /// Pixels by which points were missed, each -1 to 1 times `noise`.
        misses: Vec<f64>,
        noise: f64,
    }

    impl Sheet {
        fn pixels(&self) -> Vec<Point> {
            let spot = |n: u32| [f64::from(n % 4), f64::from(n / 4)];
            let jitter = |n: u32| [f64::from(n * 7 % 5) - 2.0, f64::from(n * 3 % 5) - 2.0];
            (0..16).map(|n| (spot(n), jitter(n))).map(place_on_sheet).collect()
        }

        /// Metres of Mercator where a pixel truly lies.
        fn truth(&self, [x, y]: Point) -> Point {
            let (u, v) = ((x - 2000.0) / 2000.0, (1500.0 - y) / 2000.0);
            let east = u + self.slant * v + self.bend[0] * u * v;
            let north = v + self.bend[1] * u * u;
            let (sine, cosine) = self.turn.sin_cos();
            let middle = mercator_from_degrees(self.centre);
            let size = 2000.0 * self.scale;
            [middle[0] + size * (cosine * east - sine * north), middle[1] + size * (sine * east + cosine * north)]
        }

        fn matches(&self) -> Vec<Match> {
            let missed = |n: usize| self.misses.get(n).copied().unwrap_or(0.0) * self.noise * self.scale;
            let matched = |(n, pixels): (usize, Point)| {
                let [x, y] = self.truth(pixels);
                let [longitude, latitude] = degrees_from_mercator([x + missed(2 * n), y + missed(2 * n + 1)]);
                Match { picture: pixels, longitude, latitude }
            };
            self.pixels().into_iter().enumerate().map(matched).collect()
        }
    }

    fn place_on_sheet((spot, jitter): (Point, Point)) -> Point {
        [200.0 + 1200.0 * spot[0] + 60.0 * jitter[0], 200.0 + 860.0 * spot[1] + 50.0 * jitter[1]]
    }

    fn plain() -> Sheet {
        Sheet {
            centre: [111.0, 15.0],
            turn: 0.1,
            scale: 400.0,
            slant: 0.0,
            bend: [0.0, 0.0],
            misses: Vec::new(),
            noise: 0.0,
        }
    }

    fn any_sheet() -> impl Strategy<Value = Sheet> {
        let centre = (-150.0..150.0f64, -50.0..50.0f64);
        let bend = (-0.05..0.05f64, -0.05..0.05f64);
        let misses = prop::collection::vec(-1.0..1.0f64, 32);
        let parts = (centre, -3.0..3.0f64, 100.0..1000.0f64, -0.2..0.2f64, bend, misses);
        parts.prop_map(|(centre, turn, scale, slant, bend, misses)| {
            let (centre, bend) = ([centre.0, centre.1], [bend.0, bend.1]);
            Sheet { centre, turn, scale, slant, bend, misses, noise: 4.0 }
        })
    }

    fn any_method() -> impl Strategy<Value = Method> {
        prop::sample::select(ALL.to_vec())
    }

    fn is_near(a: Point, b: Point, within: f64) -> bool {
        (a[0] - b[0]).abs() < within && (a[1] - b[1]).abs() < within
    }

    /// The method finds the sheet's own transform, and its way back.
    fn recovers(sheet: &Sheet, method: Method) {
        let transform = Transform::fit(&sheet.matches(), method).expect("fitted");
        for pixels in [[2000.0, 1500.0], [300.0, 2500.0], [3900.0, 100.0], [-500.0, 3500.0]] {
            let metres = transform.mercator_from_picture(pixels);
            assert!(is_near(metres, sheet.truth(pixels), 0.01), "{method:?} {pixels:?}");
            let back = transform.picture_from_mercator(metres).expect("there is a way back");
            assert!(is_near(back, pixels, 1e-6), "{method:?} {pixels:?} {back:?}");
        }
    }

    #[test]
    fn every_method_finds_a_sheet_that_is_turned_and_scaled() {
        for method in ALL {
            recovers(&plain(), method);
        }
    }

    #[test]
    fn what_is_slanted_or_bent_needs_a_method_that_can() {
        let slanted = Sheet { slant: 0.15, ..plain() };
        for method in &ALL[1..] {
            recovers(&slanted, *method);
        }
        for method in [Method::Polynomial2, Method::Polynomial3] {
            recovers(&Sheet { bend: [0.05, -0.04], ..slanted.clone() }, method);
        }
        let stiff = Transform::fit(&slanted.matches(), Method::Helmert).expect("fitted");
        let off = Errors::of(&stiff, &slanted.matches()).mean;
        assert!(off > 10.0, "{off}");
    }

    #[test]
    fn too_few_points_are_refused() {
        for method in ALL {
            let needed = method.fewest_points();
            let few = &plain().matches()[..needed - 1];
            let refused = Transform::fit(few, method).expect_err("too few");
            assert_eq!(refused, FitError::TooFewPoints { needed, given: needed - 1 });
        }
    }

    #[test]
    fn points_on_a_line_are_refused_unless_a_line_is_enough() {
        let mut matches = plain().matches();
        for (n, m) in (0u32..).zip(&mut matches) {
            m.picture = [100.0 + 200.0 * f64::from(n), 50.0 + 100.0 * f64::from(n)];
        }
        for method in &ALL[1..] {
            assert_eq!(Transform::fit(&matches, *method).expect_err("a line"), FitError::OnOneLine);
        }
        assert!(Transform::fit(&matches[..2], Method::Helmert).is_ok());
        let mut on_earth = plain().matches();
        on_earth.iter_mut().for_each(|m| m.latitude = 12.0);
        assert_eq!(Transform::fit(&on_earth, Method::Polynomial1).expect_err("a line"), FitError::OnOneLine);
    }

    #[test]
    fn two_points_at_one_place_are_refused() {
        let mut matches = plain().matches();
        matches[5].picture = matches[2].picture;
        let same = FitError::SamePlace { first: 2, second: 5 };
        for method in ALL {
            assert_eq!(Transform::fit(&matches, method).expect_err("one place"), same);
        }
        let mut on_earth = plain().matches();
        (on_earth[5].longitude, on_earth[5].latitude) = (on_earth[2].longitude, on_earth[2].latitude);
        assert_eq!(Transform::fit(&on_earth, Method::Helmert).expect_err("one place"), same);
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for wrong in [f64::NAN, f64::INFINITY] {
            let mut matches = plain().matches();
            matches[3].latitude = wrong;
            let refused = Transform::fit(&matches, Method::Polynomial1).expect_err("no number");
            assert_eq!(refused, FitError::NotFinite { point: 3 });
        }
    }

    #[test]
    fn a_mirrored_and_a_folded_map_are_refused() {
        let mut mirrored = plain().matches();
        mirrored.iter_mut().for_each(|m| m.picture[0] = 4000.0 - m.picture[0]);
        // What only turns and scales cannot follow a mirror; its residuals tell.
        for method in &ALL[1..] {
            assert_eq!(Transform::fit(&mirrored, *method).expect_err("mirrored"), FitError::Mirrored, "{method:?}");
        }
        let mut folded = plain().matches();
        let (a, b) = (folded[5].picture, folded[6].picture);
        (folded[5].picture, folded[6].picture) = (b, a);
        let refused = Transform::fit(&folded, Method::ThinPlateSpline).expect_err("folded");
        assert_eq!(refused, FitError::Folded);
    }

    #[test]
    fn what_lies_where_the_map_is_turned_over_is_not_found() {
        let sheet = Sheet { bend: [0.05, 0.0], turn: 0.0, ..plain() };
        let transform = Transform::fit(&sheet.matches(), Method::Polynomial2).expect("fitted");
        // Far down the columns meet in one point, 20 half widths away.
        let below = |half_widths: f64| sheet.truth([2000.0, 1500.0 + 2000.0 * half_widths]);
        assert!(transform.picture_from_mercator(below(10.0)).is_some());
        assert!(transform.picture_from_mercator(below(30.0)).is_none());
    }

    proptest! {
        #[test]
        fn residuals_stay_within_the_noise(sheet in any_sheet()) {
            let matches = sheet.matches();
            let transform = Transform::fit(&matches, Method::Polynomial2).expect("fitted");
            let noise = sheet.noise * sheet.scale * 2f64.sqrt() / 1000.0;
            let found = Errors::of(&transform, &matches).rms;
            prop_assert!(found <= noise, "{found} {noise}");
        }

        #[test]
        fn every_control_point_lands_within_its_residual(sheet in any_sheet(), method in any_method()) {
            let matches = sheet.matches();
            let transform = Transform::fit(&matches, method).expect("fitted");
            let errors = Errors::of(&transform, &matches);
            for (m, residual) in matches.iter().zip(&errors.residual_kilometres) {
                let off = kilometres_between(transform.degrees_from_picture(m.picture), m.degrees());
                prop_assert!(off <= residual + 1e-9 && *residual <= errors.max);
            }
        }

        #[test]
        fn back_from_the_earth_is_the_same_pixel(
            sheet in any_sheet(),
            method in any_method(),
            x in 300.0..3700f64,
            y in 300.0..2700f64,
        ) {
            let transform = Transform::fit(&sheet.matches(), method).expect("fitted");
            let back = transform.picture_from_mercator(transform.mercator_from_picture([x, y]));
            prop_assert!(back.is_some_and(|back| is_near(back, [x, y], 1e-5)), "{back:?}");
        }
    }
}
