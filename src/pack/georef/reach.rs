//! How far from its control points a transform still says something.

use super::errors::kilometres_between;
use super::{Match, Point};

/// So many times as far as most control points stand from the next.
const STEPS: f64 = 2.0;
/// The share of control points that stand no farther from the next: small islands lie close together and would
/// otherwise speak for a whole coast.
const MOST: f64 = 0.75;

#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Longitude and latitude of the control points.
    places: Vec<Point>,
    kilometres: f64,
}

impl Reach {
    pub fn of(matches: &[Match]) -> Self {
        let places: Vec<Point> = matches.iter().map(Match::degrees).collect();
        let mut gaps: Vec<f64> =
            (0..places.len()).map(|n| nearest(places[n], places[..n].iter().chain(&places[n + 1..]))).collect();
        gaps.sort_by(f64::total_cmp);
        Self { places, kilometres: STEPS * reached_by_most(&gaps) }
    }

    /// Twice the distance that three quarters of the control points keep to the next.
    pub fn kilometres(&self) -> f64 {
        self.kilometres
    }

    pub fn nearest_control_point_kilometres(&self, longitude: f64, latitude: f64) -> f64 {
        nearest([longitude, latitude], self.places.iter())
    }

    /// Whether a place lies so far from every control point that what the transform says of it is a guess.
    pub fn is_far(&self, longitude: f64, latitude: f64) -> bool {
        self.nearest_control_point_kilometres(longitude, latitude) > self.kilometres
    }
}

fn nearest<'p>(from: Point, places: impl Iterator<Item = &'p Point>) -> f64 {
    places.map(|place| kilometres_between(from, *place)).fold(f64::INFINITY, f64::min)
}

fn reached_by_most(sorted: &[f64]) -> f64 {
    let at = (sorted.len() as f64 * MOST).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(longitude: f64, latitude: f64) -> Match {
        Match { picture: [0.0, 0.0], longitude, latitude }
    }

    #[test]
    fn the_reach_follows_the_usual_gap_and_not_the_widest() {
        // Four points a degree from the next, one far from all.
        let reach = Reach::of(&[at(0.0, 0.0), at(1.0, 0.0), at(2.0, 0.0), at(3.0, 0.0), at(9.0, 0.0)]);
        assert!((reach.kilometres() - 2.0 * 111.195).abs() < 0.01, "{}", reach.kilometres());
        assert!(!reach.is_far(4.9, 0.0) && reach.is_far(5.1, 0.0) && reach.is_far(6.0, 0.0) && !reach.is_far(9.0, 1.5));
        assert!((reach.nearest_control_point_kilometres(3.5, 0.0) - 55.6).abs() < 0.1);
    }

    #[test]
    fn one_far_point_of_four_does_not_count() {
        assert_eq!(reached_by_most(&[1.0, 2.0, 4.0, 9.0]), 4.0);
        assert_eq!(reached_by_most(&[]), f64::INFINITY);
    }
}
