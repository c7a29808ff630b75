//! How far off a transform is: measured at its control points, and by leaving each out once.

use super::{Match, Point, Transform};
use crate::base::mercator::degrees_from_mercator;

const EARTH_RADIUS_KILOMETRES: f64 = 6_371.008_8;
/// A tenth of a metre: nobody reads a place off a picture more finely.
const MAX_DECIMALS: usize = 6;

/// Great-circle distances between where a control point lies on earth and where the transform puts it.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// One a control point.
    pub residual_kilometres: Vec<f64>,
    /// One a control point: what the transform of all the others makes of it. None where the others give no transform.
    pub cross_kilometres: Vec<Option<f64>>,
    pub mean: f64,
    pub rms: f64,
    pub max: f64,
    /// Over those points that can be left out; none when no point can.
    pub cross_mean: Option<f64>,
    pub cross_max: Option<f64>,
    is_exact: bool,
}

impl Errors {
    /// Of a transform and the control points it was made of.
    pub fn of(transform: &Transform, matches: &[Match]) -> Self {
        let residual_kilometres: Vec<f64> = matches.iter().map(|m| miss(transform, m)).collect();
        let method = transform.method();
        let left_out = |n: usize| {
            let others = [&matches[..n], &matches[n + 1..]].concat();
            Transform::fit_loosely(&others, method).ok().map(|transform| miss(&transform, &matches[n]))
        };
        let cross_kilometres: Vec<Option<f64>> = (0..matches.len()).map(left_out).collect();
        let crossed: Vec<f64> = cross_kilometres.iter().copied().flatten().collect();
        let squares: Vec<f64> = residual_kilometres.iter().map(|r| r * r).collect();
        Self {
            mean: mean(&residual_kilometres).unwrap_or(0.0),
            rms: mean(&squares).unwrap_or(0.0).sqrt(),
            max: residual_kilometres.iter().copied().fold(0.0, f64::max),
            cross_mean: mean(&crossed),
            cross_max: crossed.iter().copied().reduce(f64::max),
            is_exact: method.is_exact(matches.len()),
            residual_kilometres,
            cross_kilometres,
        }
    }

    /// The error to tell a visitor. Where there are more points than the method needs, that is the mean residual. A
    /// spline, and a method with just as many points as it needs, go through every point whatever the map is like:
    /// their residuals are nothing by construction and would praise any map. For them it is the mean over the points
    /// left out; none when leaving one out leaves too few.
    pub fn told_kilometres(&self) -> Option<f64> {
        if self.is_exact { self.cross_mean } else { Some(self.mean) }
    }

    /// The largest error of the kind that is told.
    pub fn told_largest_kilometres(&self) -> Option<f64> {
        if self.is_exact { self.cross_max } else { Some(self.max) }
    }
}

fn miss(transform: &Transform, m: &Match) -> f64 {
    kilometres_between(degrees_from_mercator(transform.mercator_from_picture(m.picture)), m.degrees())
}

fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

/// Along the great circle through two places, each longitude and latitude in degrees.
pub fn kilometres_between(from: Point, to: Point) -> f64 {
    let half_sine = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let cosines = from[1].to_radians().cos() * to[1].to_radians().cos();
    let part = half_sine(to[1] - from[1]) + cosines * half_sine(to[0] - from[0]);
    2.0 * EARTH_RADIUS_KILOMETRES * part.sqrt().min(1.0).asin()
}

/// Decimals of a degree that may be shown of a place known to within so many kilometres: the last of them is worth no
/// less than the error.
pub fn decimals_worth_showing(error_kilometres: f64) -> usize {
    let degree = EARTH_RADIUS_KILOMETRES * 1f64.to_radians();
    (1..=MAX_DECIMALS).take_while(|decimals| degree / 10f64.powi(*decimals as i32) >= error_kilometres).count()
}

#[cfg(test)]
mod tests {
    use super::super::Method;
    use super::*;

    /// Nine points of a chart in degrees of equal size, which no sum of Mercator follows exactly.
    fn chart() -> Vec<Match> {
        let spot = |n: u32| {
            let (column, row) = (f64::from(n % 3), f64::from(n / 3));
            let picture = [1000.0 * column + 40.0 * row, 1000.0 * row + 70.0 * column];
            Match { picture, longitude: 105.0 + picture[0] / 200.0, latitude: 20.0 - picture[1] / 200.0 }
        };
        (0..9).map(spot).collect()
    }

    fn errors(matches: &[Match], method: Method) -> Errors {
        Errors::of(&Transform::fit(matches, method).expect("fitted"), matches)
    }

    #[test]
    fn a_degree_of_the_equator_and_half_the_globe() {
        assert!((kilometres_between([0.0, 0.0], [1.0, 0.0]) - 111.195).abs() < 1e-3);
        assert!((kilometres_between([-90.0, 0.0], [90.0, 0.0]) - 20_015.115).abs() < 1e-2);
        assert!(kilometres_between([179.9, 10.0], [-179.9, 10.0]) < 25.0);
    }

    #[test]
    fn where_points_abound_the_mean_residual_is_told() {
        let errors = errors(&chart(), Method::Polynomial1);
        assert_eq!(errors.told_kilometres(), Some(errors.mean));
        assert!(errors.mean > 1.0 && errors.mean <= errors.rms && errors.rms <= errors.max);
        assert!(errors.cross_mean.is_some_and(|cross| cross > errors.mean));
    }

    #[test]
    fn what_goes_through_its_points_is_told_by_leaving_points_out() {
        let spline = errors(&chart(), Method::ThinPlateSpline);
        assert!(spline.max < 1e-6);
        assert_eq!(spline.told_kilometres(), spline.cross_mean);
        assert!(spline.told_kilometres().is_some_and(|told| told > 1.0));
        let six: Vec<Match> = [0, 1, 2, 3, 4, 6].map(|n| chart()[n]).to_vec();
        assert_eq!(errors(&six, Method::Polynomial2).told_kilometres(), None);
        assert_eq!(errors(&chart()[..2], Method::Helmert).told_kilometres(), None);
    }

    #[test]
    fn only_points_that_can_be_left_out_are_counted() {
        // Without the last the other three lie on a line.
        let matches: Vec<Match> = [0, 1, 2, 4].map(|n| chart()[n]).to_vec();
        let errors = errors(&matches, Method::Polynomial1);
        assert!(errors.cross_kilometres[3].is_none() && errors.cross_kilometres[..3].iter().all(Option::is_some));
        assert!(errors.cross_mean.is_some());
    }

    #[test]
    fn decimals_are_no_finer_than_the_error() {
        let cases = [(500.0, 0), (12.0, 0), (11.0, 1), (1.0, 2), (0.5, 2), (0.1, 3), (0.0, 6)];
        for (error, decimals) in cases {
            assert_eq!(decimals_worth_showing(error), decimals, "{error}");
        }
        assert_eq!(decimals_worth_showing(f64::NAN), 0);
        assert_eq!(decimals_worth_showing(f64::INFINITY), 0);
    }
}
