//! The net of meridians and parallels: the only lines at sea.

use super::frame::{frame_from_degrees, single};
use super::shapes::Polyline;
use super::view::View;
use crate::base::mercator::{MAX_LATITUDE_DEGREES, WORLD_WIDTH_METRES};

/// Steps of the net in degrees; the last ones are a quarter and a twelfth.
pub const STEPS_DEGREES: [f64; 8] = [30.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1.0 / 12.0];
/// Meridians stand at least so far apart on the screen.
const FEWEST_PIXELS: f64 = 200.0;
/// Lines reach so far over the edge of the screen, so that their ends are never seen.
const BEYOND_PIXELS: f64 = 8.0;

/// The finest step whose meridians are not crowded at a scale.
pub fn step_for(metres_per_pixel: f64) -> f64 {
    let is_roomy = |step: &f64| WORLD_WIDTH_METRES / 360.0 * step / metres_per_pixel >= FEWEST_PIXELS;
    STEPS_DEGREES.into_iter().rev().find(is_roomy).unwrap_or(STEPS_DEGREES[0])
}

/// Meridians from west to east, then parallels from south to north, in the flat frame.
pub fn graticule(view: &View) -> Vec<Polyline> {
    let step = step_for(view.metres_per_pixel);
    let window = view.rect().grown(BEYOND_PIXELS);
    let [west, north] = view.degrees_of_pixel(window.at());
    let [east, south] = view.degrees_of_pixel([window.right, window.bottom]);
    let (south, north) = (south.max(-MAX_LATITUDE_DEGREES), north.min(MAX_LATITUDE_DEGREES));
    let line = |a: [f64; 2], b: [f64; 2]| Polyline {
        points: vec![single(frame_from_degrees(a)), single(frame_from_degrees(b))],
        is_closed: false,
    };
    let meridians = multiples(step, west, east).map(|at| line([at, south], [at, north]));
    let parallels = multiples(step, south, north).map(|at| line([west, at], [east, at]));
    meridians.chain(parallels).collect()
}

fn multiples(step: f64, from: f64, to: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).ceil() as i32, (to / step).floor() as i32);
    (first..=last).map(move |n| f64::from(n) * step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sea::frame::{degrees_from_frame, double};
    use proptest::prelude::*;

    #[test]
    fn the_step_is_five_degrees_on_the_whole_sea_and_finer_near_an_islet() {
        assert_eq!(step_for(60_000.0), 30.0);
        assert_eq!(step_for(1_500.0), 5.0);
        assert_eq!(step_for(500.0), 1.0);
        assert_eq!(step_for(20.0), 1.0 / 12.0);
    }

    proptest! {
        #[test]
        fn lines_lie_on_multiples_of_the_step_and_are_few(
            longitude in 90.0..130.0, latitude in -10.0..40.0, scale in 20.0..40_000.0,
        ) {
            let view = View { centre: [longitude, latitude], metres_per_pixel: scale, size: [1_920.0, 1_080.0] };
            let step = step_for(scale);
            let lines = graticule(&view);
            prop_assert!(!lines.is_empty() && lines.len() < 60, "{} lines", lines.len());
            for line in lines {
                let [a, b] = [0, 1].map(|end| degrees_from_frame(double(line.points[end])));
                let near = |degrees: f64| (degrees / step - (degrees / step).round()).abs() * step < 1e-3;
                let is_meridian = (a[0] - b[0]).abs() < 1e-3 && near(a[0]);
                let is_parallel = (a[1] - b[1]).abs() < 1e-3 && near(a[1]);
                prop_assert!(is_meridian || is_parallel, "{a:?} {b:?}");
            }
        }
    }
}
