//! The flat frame of all shapes: Mercator metres from an origin in the middle of the East Sea, so that single precision
//! is exact to a hand's breadth there. Longitudes run from 30 W eastward to 330, which keeps the Pacific whole.

use crate::base::mercator::{degrees_from_mercator, mercator_from_degrees};

/// Longitude and latitude of the frame's zero.
pub const FRAME_ORIGIN_DEGREES: [f64; 2] = [112.0, 13.0];

fn origin() -> [f64; 2] {
    mercator_from_degrees(FRAME_ORIGIN_DEGREES)
}

pub fn frame_from_mercator([east, north]: [f64; 2]) -> [f64; 2] {
    let [origin_east, origin_north] = origin();
    [east - origin_east, north - origin_north]
}

pub fn mercator_from_frame([east, north]: [f64; 2]) -> [f64; 2] {
    let [origin_east, origin_north] = origin();
    [east + origin_east, north + origin_north]
}

/// Metres in the frame of a longitude and latitude.
pub fn frame_from_degrees(degrees: [f64; 2]) -> [f64; 2] {
    frame_from_mercator(mercator_from_degrees(degrees))
}

/// Longitude and latitude of metres in the frame.
pub fn degrees_from_frame(metres: [f64; 2]) -> [f64; 2] {
    degrees_from_mercator(mercator_from_frame(metres))
}

pub(crate) fn single([east, north]: [f64; 2]) -> [f32; 2] {
    [east as f32, north as f32]
}

pub(crate) fn double([east, north]: [f32; 2]) -> [f64; 2] {
    [f64::from(east), f64::from(north)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_zero_and_an_islet_comes_back_within_a_metre() {
        assert_eq!(frame_from_degrees(FRAME_ORIGIN_DEGREES), [0.0, 0.0]);
        let islet = [111.607, 16.53];
        let [longitude, latitude] = degrees_from_frame(double(single(frame_from_degrees(islet))));
        assert!((longitude - islet[0]).abs() < 1e-5 && (latitude - islet[1]).abs() < 1e-5);
    }
}
