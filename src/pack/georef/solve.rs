//! Least squares by Householder's reflections. Small and dense is all that a few dozen control points need.

/// A column depends on those before it when no more than this part of it points elsewhere.
const DEPENDS: f64 = 1e-10;

/// The unknowns for which the columns, each times its unknown, come nearest to each right side; one answer a right side.
/// None when the columns depend on one another or are fewer numbers long than there are unknowns.
pub fn least_squares(mut columns: Vec<Vec<f64>>, mut right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let rows = columns.first().map_or(0, Vec::len);
    if rows < columns.len() {
        return None;
    }
    let lengths: Vec<f64> = columns.iter().map(|column| length(column)).collect();
    let mut diagonal = Vec::with_capacity(columns.len());
    for (step, whole) in lengths.iter().enumerate() {
        let mut mirror = columns[step][step..].to_vec();
        let below = length(&mirror);
        if !below.is_finite() || below <= DEPENDS * whole {
            return None;
        }
        // Away from the first number, so that nothing cancels.
        let corner = if mirror[0] > 0.0 { -below } else { below };
        mirror[0] -= corner;
        let size = length(&mirror);
        mirror.iter_mut().for_each(|number| *number /= size);
        for column in columns[step + 1..].iter_mut().chain(right.iter_mut()) {
            reflect(&mirror, &mut column[step..]);
        }
        diagonal.push(corner);
    }
    Some(right.iter().map(|side| substitute_back(&columns, &diagonal, side)).collect())
}

/// Reflects numbers in the plane that a vector of length 1 stands on.
fn reflect(mirror: &[f64], numbers: &mut [f64]) {
    let along: f64 = mirror.iter().zip(numbers.iter()).map(|(m, n)| m * n).sum();
    for (number, m) in numbers.iter_mut().zip(mirror) {
        *number -= 2.0 * along * m;
    }
}

/// Solves the triangle that the reflections have left.
fn substitute_back(columns: &[Vec<f64>], diagonal: &[f64], side: &[f64]) -> Vec<f64> {
    let mut unknowns: Vec<f64> = side.iter().take(diagonal.len()).copied().collect();
    for (k, corner) in diagonal.iter().enumerate().rev() {
        let value = unknowns[k] / corner;
        unknowns[k] = value;
        for (above, part) in unknowns[..k].iter_mut().zip(&columns[k]) {
            *above -= value * part;
        }
    }
    unknowns
}

fn length(numbers: &[f64]) -> f64 {
    numbers.iter().map(|n| n * n).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(found: &[f64], wanted: &[f64]) -> bool {
        found.len() == wanted.len() && found.iter().zip(wanted).all(|(f, w)| (f - w).abs() < 1e-12)
    }

    #[test]
    fn a_square_system_is_solved_for_several_right_sides() {
        let columns = vec![vec![2.0, 1.0, 0.0], vec![0.0, 3.0, 1.0], vec![1.0, 0.0, -4.0]];
        let right = vec![vec![5.0, 7.0, -10.0], vec![2.0, 1.0, 0.0]];
        let found = least_squares(columns, right).expect("solved");
        assert!(is_near(&found[0], &[1.0, 2.0, 3.0]) && is_near(&found[1], &[1.0, 0.0, 0.0]), "{found:?}");
    }

    #[test]
    fn more_equations_than_unknowns_give_the_nearest_line() {
        let columns = vec![vec![1.0; 4], vec![0.0, 1.0, 2.0, 3.0]];
        let found = least_squares(columns, vec![vec![1.0, 0.0, 2.0, 1.0]]).expect("solved");
        assert!(is_near(&found[0], &[0.7, 0.2]), "{found:?}");
    }

    #[test]
    fn columns_that_depend_on_one_another_give_nothing() {
        assert!(least_squares(vec![vec![1.0, 2.0, 3.0], vec![-2.0, -4.0, -6.0]], vec![vec![1.0; 3]]).is_none());
        assert!(least_squares(vec![vec![0.0; 3]], vec![vec![1.0; 3]]).is_none());
        assert!(least_squares(vec![vec![1.0], vec![2.0]], vec![vec![1.0]]).is_none());
        assert!(least_squares(vec![vec![f64::NAN, 1.0]], vec![vec![1.0; 2]]).is_none());
    }
}
