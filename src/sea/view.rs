//! What a screen shows of the sheet, and rectangles on that screen. Pixels run right and down from the upper left.

use crate::base::mercator::{degrees_from_mercator, mercator_from_degrees};

/// Rectangles that touch, or overlap by less than rounding, do not overlap.
const TOUCH_PIXELS: f64 = 0.01;

/// A window on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Longitude and latitude in the middle of the window.
    pub centre: [f64; 2],
    /// Metres on the Mercator sheet to a pixel.
    pub metres_per_pixel: f64,
    /// Width and height in pixels.
    pub size: [f64; 2],
}

impl View {
    pub fn pixel_of_mercator(&self, [east, north]: [f64; 2]) -> [f64; 2] {
        let [middle_east, middle_north] = mercator_from_degrees(self.centre);
        [
            self.size[0] / 2.0 + (east - middle_east) / self.metres_per_pixel,
            self.size[1] / 2.0 - (north - middle_north) / self.metres_per_pixel,
        ]
    }

    pub fn mercator_of_pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [middle_east, middle_north] = mercator_from_degrees(self.centre);
        [
            middle_east + (x - self.size[0] / 2.0) * self.metres_per_pixel,
            middle_north - (y - self.size[1] / 2.0) * self.metres_per_pixel,
        ]
    }

    pub fn pixel_of_degrees(&self, degrees: [f64; 2]) -> [f64; 2] {
        self.pixel_of_mercator(mercator_from_degrees(degrees))
    }

    pub fn degrees_of_pixel(&self, pixel: [f64; 2]) -> [f64; 2] {
        degrees_from_mercator(self.mercator_of_pixel(pixel))
    }

    /// The whole window in pixels.
    pub fn rect(&self) -> Rect {
        Rect::new([0.0, 0.0], self.size)
    }
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// From the upper left corner, width and height.
    pub fn new([left, top]: [f64; 2], [width, height]: [f64; 2]) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    pub fn around([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Self {
        Self::new([x - width / 2.0, y - height / 2.0], [width, height])
    }

    pub fn at(&self) -> [f64; 2] {
        [self.left, self.top]
    }

    pub fn middle(&self) -> [f64; 2] {
        [f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom)]
    }

    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn joined(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.left + TOUCH_PIXELS < other.right
            && other.left + TOUCH_PIXELS < self.right
            && self.top + TOUCH_PIXELS < other.bottom
            && other.top + TOUCH_PIXELS < self.bottom
    }

    pub fn holds(&self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub fn holds_rect(&self, other: &Self) -> bool {
        let outer = self.grown(TOUCH_PIXELS);
        outer.holds(other.at()) && outer.holds([other.right, other.bottom])
    }

    /// Corners and middles of the sides.
    pub(crate) fn rim(&self) -> [[f64; 2]; 8] {
        let [x, y] = self.middle();
        let Self { left, top, right, bottom } = *self;
        [[left, top], [x, top], [right, top], [right, y], [right, bottom], [x, bottom], [left, bottom], [left, y]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_a_pixel_comes_back() {
        let view = View { centre: [112.0, 13.0], metres_per_pixel: 1_500.0, size: [1_920.0, 1_080.0] };
        assert_eq!(view.pixel_of_degrees(view.centre), [960.0, 540.0]);
        let [x, y] = view.pixel_of_degrees([111.607, 16.53]);
        assert!(x < 960.0 && y < 540.0);
        let [longitude, latitude] = view.degrees_of_pixel([x, y]);
        assert!((longitude - 111.607).abs() < 1e-9 && (latitude - 16.53).abs() < 1e-9);
    }

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let a = Rect::new([0.0, 0.0], [10.0, 10.0]);
        assert!(!a.overlaps(&Rect::new([10.0, 0.0], [5.0, 5.0])));
        assert!(a.overlaps(&Rect::new([9.0, 9.0], [5.0, 5.0])));
        assert!(a.holds_rect(&Rect::new([0.0, 0.0], [10.0, 5.0])) && !a.holds_rect(&Rect::new([6.0, 0.0], [5.0, 5.0])));
    }
}
