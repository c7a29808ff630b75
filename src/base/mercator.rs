//! Spherical Mercator, as every web map uses it: degrees on earth and metres on the sheet. The one place for it.

use std::f64::consts::{FRAC_PI_4, PI};

/// The sphere that the sheet is rolled from.
pub const EARTH_RADIUS_METRES: f64 = 6_378_137.0;
/// One turn of the globe along the equator: the sheet repeats itself after it.
pub const WORLD_WIDTH_METRES: f64 = 2.0 * PI * EARTH_RADIUS_METRES;
/// The sheet ends here, north and south, for the poles lie at infinity.
pub const MAX_LATITUDE_DEGREES: f64 = 85.05;

/// Metres east of Greenwich and north of the equator. Longitude is not wrapped, latitude is held on the sheet.
pub fn mercator_from_degrees([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let latitude = latitude.clamp(-MAX_LATITUDE_DEGREES, MAX_LATITUDE_DEGREES).to_radians();
    let north = (latitude / 2.0 + FRAC_PI_4).tan().ln();
    [EARTH_RADIUS_METRES * longitude.to_radians(), EARTH_RADIUS_METRES * north]
}

/// Longitude and latitude in degrees of a point of the sheet.
pub fn degrees_from_mercator([east, north]: [f64; 2]) -> [f64; 2] {
    let latitude = 2.0 * ((north / EARTH_RADIUS_METRES).exp().atan() - FRAC_PI_4);
    [(east / EARTH_RADIUS_METRES).to_degrees(), latitude.to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_points_lie_where_every_web_map_has_them() {
        let [east, north] = mercator_from_degrees([111.607, 16.53]);
        assert!((east - 12_424_034.4).abs() < 1.0 && (north - 1_866_182.2).abs() < 1.0, "{east} {north}");
        let [_, equator] = mercator_from_degrees([0.0, 0.0]);
        assert!(equator.abs() < 1e-6, "{equator}");
        let [east, _] = mercator_from_degrees([180.0, 0.0]);
        assert!((east - WORLD_WIDTH_METRES / 2.0).abs() < 1e-6, "{east}");
    }

    #[test]
    fn the_poles_are_held_on_the_sheet() {
        let top = mercator_from_degrees([0.0, 90.0]);
        assert_eq!(top, mercator_from_degrees([0.0, MAX_LATITUDE_DEGREES]));
        assert!(top[1] < WORLD_WIDTH_METRES / 2.0);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_point(longitude in -180.0..360.0, latitude in -85.0..85.0) {
            let [back_longitude, back_latitude] = degrees_from_mercator(mercator_from_degrees([longitude, latitude]));
            prop_assert!((back_longitude - longitude).abs() < 1e-9 && (back_latitude - latitude).abs() < 1e-9);
        }
    }
}
