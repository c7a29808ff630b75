//! Which markers stand so close that a finger could not tell them apart. Pure.

use bevy::math::DVec2;

/// Groups of points nearer to their group's middle than `reach`, in order; a point alone is a group of one.
pub fn groups(points: &[(usize, DVec2)], reach: f64) -> Vec<Vec<usize>> {
    let mut groups: Vec<(DVec2, Vec<usize>)> = Vec::new();
    for (index, at) in points {
        let near = groups.iter_mut().filter(|(middle, _)| middle.distance(*at) < reach);
        match near.min_by(|a, b| a.0.distance(*at).total_cmp(&b.0.distance(*at))) {
            Some((middle, members)) => {
                let count = members.len() as f64;
                *middle = (*middle * count + *at) / (count + 1.0);
                members.push(*index);
            }
            None => groups.push((*at, vec![*index])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// By how much a view has to be magnified so that no two of these points are nearer than `reach`; none when two lie at
/// the same place.
pub fn spread(points: &[DVec2], reach: f64) -> Option<f64> {
    let pairs = points.iter().enumerate().flat_map(|(i, a)| points[i + 1..].iter().map(move |b| a.distance(*b)));
    let nearest = pairs.fold(f64::INFINITY, f64::min);
    (nearest > 0.01).then(|| (reach / nearest).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn crowded_points_gather_and_lonely_ones_stay_alone() {
        let points = [(0, DVec2::ZERO), (1, DVec2::new(30.0, 0.0)), (2, DVec2::new(500.0, 0.0))];
        assert_eq!(groups(&points, 60.0), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_spread_group_is_no_longer_crowded() {
        let points = [DVec2::ZERO, DVec2::new(30.0, 0.0), DVec2::new(0.0, 40.0)];
        assert_eq!(spread(&points, 60.0), Some(2.0));
        assert_eq!(spread(&[DVec2::ZERO, DVec2::ZERO], 60.0), None);
    }

    proptest! {
        #[test]
        fn every_point_is_in_exactly_one_group(points in prop::collection::vec((0.0..2000f64, 0.0..1000f64), 0..30)) {
            let points: Vec<(usize, DVec2)> =
                points.into_iter().enumerate().map(|(i, (x, y))| (i, DVec2::new(x, y))).collect();
            let mut all: Vec<usize> = groups(&points, 60.0).concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..points.len()).collect::<Vec<_>>());
        }
    }
}
