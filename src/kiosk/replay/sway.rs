//! The way of the eye that frames are measured on: in and out, round and about. Pure.

use crate::kiosk::screens::LookAt;

/// Where the view is after so many seconds. The page of `benches/viewer-peer` moves its own in the same way.
pub fn sway(seconds: f64) -> LookAt {
    LookAt::Widths {
        x: 0.5 + 0.3 * (0.5 * seconds).cos(),
        y: 0.37 + 0.25 * (0.6 * seconds).sin(),
        windows: 4.0 * (1.6 * (0.7 * seconds).sin()).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_begins_beside_the_middle_four_windows_wide_and_never_leaves_its_bounds() {
        assert_eq!(sway(0.0), LookAt::Widths { x: 0.8, y: 0.37, windows: 4.0 });
        for step in 0..1_000 {
            let LookAt::Widths { x, y, windows } = sway(f64::from(step) * 0.05) else { panic!("counts in widths") };
            assert!((0.2..=0.8).contains(&x) && (0.12..=0.62).contains(&y) && (0.8..=19.9).contains(&windows));
        }
    }
}
