//! Points brought to around 0 and to a size of about 1, which keeps the sums of a fit exact; how round a group of them
//! lies.

use super::Point;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    centre: Point,
    /// Along x and along y; a minus turns the axis.
    unit: Point,
}

impl Scale {
    /// Of pixels, whose y grows downwards and is turned here: then a map that nobody has mirrored needs no mirror.
    pub fn of_pixels(points: &[Point]) -> Self {
        let Self { centre, unit: [x, y] } = Self::of_metres(points);
        Self { centre, unit: [x, -y] }
    }

    pub fn of_metres(points: &[Point]) -> Self {
        let centre = middle(points);
        let squares: f64 = points.iter().map(|p| (p[0] - centre[0]).powi(2) + (p[1] - centre[1]).powi(2)).sum();
        let spread = (squares / points.len().max(1) as f64).sqrt();
        let unit = if spread > 0.0 { spread } else { 1.0 };
        Self { centre, unit: [unit, unit] }
    }

    pub fn inward(&self, point: Point) -> Point {
        [(point[0] - self.centre[0]) / self.unit[0], (point[1] - self.centre[1]) / self.unit[1]]
    }

    pub fn outward(&self, point: Point) -> Point {
        [self.centre[0] + point[0] * self.unit[0], self.centre[1] + point[1] * self.unit[1]]
    }
}

fn middle(points: &[Point]) -> Point {
    let count = points.len().max(1) as f64;
    let sum = |axis: usize| points.iter().map(|p| p[axis]).sum::<f64>();
    [sum(0) / count, sum(1) / count]
}

/// How wide a group of points is across its longest direction: 0 on a line, 1 when it is the same in all.
pub fn roundness(points: &[Point]) -> f64 {
    let [x, y] = middle(points);
    let sum = |part: fn(f64, f64) -> f64| points.iter().map(|p| part(p[0] - x, p[1] - y)).sum::<f64>();
    let (xx, xy, yy) = (sum(|x, _| x * x), sum(|x, y| x * y), sum(|_, y| y * y));
    let swing = ((xx - yy) / 2.0).hypot(xy);
    let (longest, shortest) = ((xx + yy) / 2.0 + swing, (xx + yy) / 2.0 - swing);
    if longest > 0.0 { (shortest.max(0.0) / longest).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_turned_and_come_back() {
        let scale = Scale::of_pixels(&[[0.0, 0.0], [400.0, 0.0], [400.0, 300.0], [0.0, 300.0]]);
        assert!(scale.inward([200.0, 0.0])[1] > 0.0 && scale.inward([200.0, 300.0])[1] < 0.0);
        let [x, y] = scale.outward(scale.inward([37.0, 91.0]));
        assert!((x - 37.0).abs() < 1e-9 && (y - 91.0).abs() < 1e-9);
    }

    #[test]
    fn one_point_alone_has_a_scale_too() {
        assert_eq!(Scale::of_metres(&[[3.0, 4.0]]).inward([4.0, 4.0]), [1.0, 0.0]);
    }

    #[test]
    fn a_line_is_not_round_and_a_square_is() {
        assert!(roundness(&[[0.0, 1.0], [2.0, 2.0], [6.0, 4.0]]) < 1e-6);
        assert!((roundness(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]) - 1.0).abs() < 1e-9);
        assert!((roundness(&[[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [0.0, 1.0]]) - 0.25).abs() < 1e-9);
    }
}
