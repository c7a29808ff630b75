//! One number shared among its rows, as it may be told. The proof stands at the head of the room.

use super::{LEAST_THRESHOLD, Told, total};

/// The rows of a table whose sum is told by [`total`].
pub fn protect(rows: &[u64], threshold: u64) -> Vec<Told> {
    let sum = rows.iter().fold(0_u64, |sum, row| sum.saturating_add(*row));
    split(rows, total(sum, threshold), threshold)
}

/// The rows of a number that is told as `node`.
pub fn split(rows: &[u64], node: Told, threshold: u64) -> Vec<Told> {
    let threshold = threshold.max(LEAST_THRESHOLD);
    if node.shown == 0 {
        return vec![node; rows.len()];
    }
    if rows.len() == 1 {
        return vec![node];
    }
    lend(rows, node, threshold)
        .unwrap_or_else(|| vec![Told { shown: 0, more: node.shown.saturating_add(node.more) }; rows.len()])
}

/// Step 1 of the proof; `None` where the largest row cannot lend.
fn lend(rows: &[u64], node: Told, threshold: u64) -> Option<Vec<Told>> {
    let small = |row: &&u64| **row < threshold;
    let hidden = rows.iter().filter(small).count() as u64;
    let unsplit = if hidden == 0 { 0 } else { window(rows.iter().filter(small).sum(), hidden, threshold).1 + 1 };
    if unsplit == 0 && node.more == 0 {
        return Some(rows.iter().copied().map(Told::exactly).collect());
    }
    let lender = (0..rows.len()).max_by_key(|at| rows[*at])?;
    let told = |at: usize| if rows[at] < threshold || at == lender { 0 } else { rows[at] };
    let others: u64 = (0..rows.len()).map(told).sum();
    let runner_up = (0..rows.len()).map(told).max().unwrap_or(0);
    let left = node.shown.checked_sub(unsplit.checked_add(others)?)?;
    if rows[lender] < threshold || left < threshold || left <= runner_up.saturating_add(1) && others > 0 {
        return None;
    }
    let row = |at: usize| match rows[at] {
        _ if at == lender => Told { shown: left, more: unsplit + node.more },
        value if value < threshold => Told { shown: 0, more: threshold - 1 },
        value => Told::exactly(value),
    };
    Some((0..rows.len()).map(row).collect())
}

/// The rows of a number that is told as `node`, each in whole thresholds, the rest lent by the first that holds one (step
/// 3 of the proof). For rows that are much alike: among them hardly one is so much the largest that it could lend by
/// [`split`].
pub fn split_in_thresholds(rows: &[u64], node: Told, threshold: u64) -> Vec<Told> {
    let threshold = threshold.max(LEAST_THRESHOLD);
    if node.shown == 0 || rows.len() < 2 {
        return vec![node; rows.len()];
    }
    let lent = || {
        let lender = rows.iter().position(|row| *row >= threshold)?;
        let others = || (0..rows.len()).filter(|at| *at != lender).map(|at| rows[at]);
        let rests = others().map(|row| row % threshold).sum();
        let unsplit = window(rests, rows.len() as u64 - 1, threshold).1 + 1;
        let floors: u64 = others().map(|row| row - row % threshold).sum();
        let left = node.shown.checked_sub(floors.checked_add(unsplit)?).filter(|left| *left >= threshold)?;
        Some((lender, Told { shown: left, more: unsplit + node.more }))
    };
    let Some((lender, left)) = lent() else {
        return vec![Told { shown: 0, more: node.shown.saturating_add(node.more) }; rows.len()];
    };
    let row = |at: usize| {
        if at == lender { left } else { Told { shown: rows[at] - rows[at] % threshold, more: threshold - 1 } }
    };
    (0..rows.len()).map(row).collect()
}

/// The least and the greatest sum of `rows` hidden rows that are told alike.
pub fn window(sum: u64, rows: u64, threshold: u64) -> (u64, u64) {
    let most = threshold - 1;
    let last = rows.saturating_sub(1) * most / threshold * threshold;
    let first = (sum / threshold * threshold).min(last);
    (first, if first == last { rows * most } else { first + most })
}
