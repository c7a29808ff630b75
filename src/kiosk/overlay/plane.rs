//! The earth as a very large picture, so that it is walked about in like any other: one unit is a hundred metres of
//! Mercator, counted from the north-west. And an old map bent onto it. Pure.

use crate::base::mercator::{degrees_from_mercator, mercator_from_degrees};
use crate::kiosk::canvas::{Placement, Plane, View};
use crate::pack::model::Georeference;
use bevy::math::DVec2;
use std::sync::Arc;

pub const METRES_PER_UNIT: f64 = 100.0;
/// Half of the earth's girth.
const HALF_METRES: f64 = 20_037_508.342_789_244;
/// Width and height of the earth in units.
pub const SIDE: u32 = (2.0 * HALF_METRES / METRES_PER_UNIT) as u32;
/// Cells along each side of a bent tile.
const CELLS: u32 = 8;

pub fn units_from_mercator([east, north]: [f64; 2]) -> DVec2 {
    DVec2::new(east + HALF_METRES, HALF_METRES - north) / METRES_PER_UNIT
}

pub fn mercator_from_units(units: DVec2) -> [f64; 2] {
    [units.x * METRES_PER_UNIT - HALF_METRES, HALF_METRES - units.y * METRES_PER_UNIT]
}

pub fn units_from_degrees(degrees: [f64; 2]) -> DVec2 {
    units_from_mercator(mercator_from_degrees(degrees))
}

/// The view as the sea counts it.
pub fn sea_view(view: &View, size: bevy::math::Vec2) -> crate::sea::View {
    let middle = view.picture_from_screen(size / 2.0);
    crate::sea::View {
        centre: degrees_from_mercator(mercator_from_units(middle)),
        metres_per_pixel: METRES_PER_UNIT / view.scale(),
        size: [f64::from(size.x), f64::from(size.y)],
    }
}

/// How the sea's own plane, metres about its origin, lies on the screen.
pub fn sea_plane(view: &View, aside: DVec2) -> Plane {
    let origin = units_from_mercator(crate::sea::frame::mercator_from_frame([0.0, 0.0]));
    Plane { scale: view.scale() / METRES_PER_UNIT, origin: view.screen_from_picture(origin) + aside }
}

/// An old map on the earth, as a view sees it.
pub struct Bent {
    pub georeference: Arc<Georeference>,
    pub view: View,
    /// From where the view would put it, in pixels: the second of two maps side by side.
    pub aside: DVec2,
    /// Grey where no control point is near.
    pub greyed: bool,
}

impl Placement for Bent {
    fn screen_from_picture(&self, point: DVec2) -> DVec2 {
        let mercator = self.georeference.transform.mercator_from_picture(point.to_array());
        self.view.screen_from_picture(units_from_mercator(mercator)) + self.aside
    }

    fn cells(&self) -> u32 {
        CELLS
    }

    fn wash(&self, point: DVec2) -> f32 {
        if !self.greyed {
            return 0.0;
        }
        let [longitude, latitude] = self.georeference.transform.degrees_from_picture(point.to_array());
        let reach = &self.georeference.reach;
        let far = reach.nearest_control_point_kilometres(longitude, latitude) / reach.kilometres().max(1e-9);
        // From one reach to a quarter more it turns grey, softly.
        ((far - 1.0) * 4.0).clamp(0.0, 1.0) as f32
    }
}

/// Left, top, right and bottom, in units, of what a map covers.
pub fn extent(georeference: &Georeference, (width, height): (u32, u32)) -> [f64; 4] {
    /// Looked at so many places along each side.
    const STEPS: u32 = 8;
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (x, y) in (0..=STEPS).flat_map(|y| (0..=STEPS).map(move |x| (x, y))) {
        let at = DVec2::new(f64::from(x) * f64::from(width), f64::from(y) * f64::from(height)) / f64::from(STEPS);
        let units = units_from_mercator(georeference.transform.mercator_from_picture(at.to_array()));
        bounds = [bounds[0].min(units.x), bounds[1].min(units.y), bounds[2].max(units.x), bounds[3].max(units.y)];
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_come_back_from_units() {
        for degrees in [[111.6, 16.5], [-179.0, -60.0], [114.4, 8.6]] {
            let back = crate::base::mercator::degrees_from_mercator(mercator_from_units(units_from_degrees(degrees)));
            assert!((back[0] - degrees[0]).abs() < 1e-9 && (back[1] - degrees[1]).abs() < 1e-9, "{back:?}");
        }
        assert_eq!(SIDE, 400_750);
    }
}
