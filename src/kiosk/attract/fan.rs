//! The beam as a fan of triangles: where its points lie and how bright they are. Pure.

use bevy::math::Vec2;

/// Half the opening of the full light, and of the fading edge beyond it, in radians (20° and 6.6°).
const HALF_OPENING: f32 = 0.349;
const EDGE: f32 = 0.115;
/// Points across the beam.
pub const SPOKES: usize = 17;
/// Distance from the lamp, as a share of the reach, and brightness there.
const RINGS: [(f32, f32); 4] = [(0.0, 1.0), (0.02, 1.0), (0.72, 1.0), (1.0, 0.0)];

/// One point of the fan: offset from the lamp for a beam of reach 1, and opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub offset: Vec2,
    pub alpha: f32,
}

/// Points ring by ring for a beam towards an angle (radians, clockwise from the right, y down).
pub fn points(angle: f32) -> Vec<Point> {
    let spread = HALF_OPENING + EDGE;
    let spoke = |i: usize| -spread + 2.0 * spread * i as f32 / (SPOKES - 1) as f32;
    let across = |turn: f32| ((spread - turn.abs()) / EDGE).clamp(0.0, 1.0);
    RINGS
        .iter()
        .flat_map(|(reach, bright)| {
            (0..SPOKES).map(move |i| {
                let turn = spoke(i);
                Point { offset: Vec2::from_angle(angle + turn) * *reach, alpha: bright * across(turn) }
            })
        })
        .collect()
}

/// Triangles between the rings.
pub fn triangles() -> Vec<u32> {
    let mut out = Vec::new();
    for ring in 0..RINGS.len() - 1 {
        for spoke in 0..SPOKES - 1 {
            let a = (ring * SPOKES + spoke) as u32;
            let (b, c) = (a + 1, a + SPOKES as u32);
            out.extend([a, c, b, b, c, c + 1]);
        }
    }
    out
}

/// The angle of the beam at a time: still on each rest for a while, gliding between them.
pub fn angle(rests: &[f32], millis: u64, still: bool) -> f32 {
    /// On a rest, and of the way to the next.
    const REST_MILLIS: u64 = 8_000;
    const WAY_MILLIS: u64 = 6_000;
    let Some(first) = rests.first() else { return 0.0 };
    let turn = if still { REST_MILLIS } else { REST_MILLIS + WAY_MILLIS };
    // Whole numbers first: after weeks a single-precision clock would tremble.
    let index = (millis / turn % rests.len() as u64) as usize;
    let from = rests.get(index).unwrap_or(first);
    let next = rests[(index + 1) % rests.len()];
    let on_the_way = (millis % turn).saturating_sub(REST_MILLIS) as f32 / WAY_MILLIS as f32;
    let eased = on_the_way * on_the_way * (3.0 - 2.0 * on_the_way);
    from + (next - from) * eased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beam_is_full_in_the_middle_and_gone_at_its_edges() {
        let points = points(0.0);
        assert_eq!(points.len(), RINGS.len() * SPOKES);
        let middle = points[SPOKES + SPOKES / 2];
        assert!((middle.alpha, middle.offset.y.abs() < 1e-6) == (1.0, true));
        assert!(points[SPOKES].alpha < 1e-6 && points[2 * SPOKES - 1].alpha < 1e-6);
        assert!(points[3 * SPOKES..].iter().all(|p| p.alpha == 0.0));
        assert!(triangles().iter().all(|i| (*i as usize) < points.len()));
    }

    #[test]
    fn it_rests_on_each_archipelago_and_never_leaps() {
        let rests = [-0.5, 1.0];
        assert_eq!(angle(&rests, 3_000, false), -0.5);
        assert_eq!(angle(&rests, 14_500, false), 1.0);
        assert_eq!(angle(&rests, 9_000, true), 1.0);
        let mut last = angle(&rests, 0, false);
        for step in 1..600 {
            let now = angle(&rests, step * 50, false);
            assert!((now - last).abs() < 0.03, "{step}");
            last = now;
        }
    }
}
