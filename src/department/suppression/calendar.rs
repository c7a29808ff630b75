//! Weekdays, which the tables of days and of hours share: known in whole thresholds only (step 5 of the proof).

use super::split::window;
use super::{LEAST_THRESHOLD, Told, total};
use std::cmp::Reverse;

/// What is told of each weekday's visits, from Monday. `days`: how many days of the atom fall on it.
pub fn weekdays(visits: [u64; 7], days: [u64; 7], threshold: u64) -> [Told; 7] {
    let threshold = threshold.max(LEAST_THRESHOLD);
    let all: u64 = visits.iter().sum();
    let node = total(all, threshold);
    let held: Vec<usize> = (0..7).filter(|at| days[*at] > 0).collect();
    let mut told = [Told::default(); 7];
    if held.len() < 2 || node.shown == 0 {
        held.into_iter().for_each(|at| told[at] = node);
        return told;
    }
    let lender = lender(&held, &visits, &days, threshold);
    let others = || held.iter().filter(|at| Some(**at) != lender);
    let rests = others().map(|at| visits[*at] % threshold).sum();
    let unsplit = window(rests, held.len() as u64 - 1, threshold).1 + 1;
    let floors: u64 = others().map(|at| visits[*at] - visits[*at] % threshold).sum();
    let left = all.checked_sub(floors.saturating_add(unsplit)).filter(|left| *left >= threshold);
    for at in &held {
        told[*at] = match (left, lender) {
            (Some(left), Some(lender)) if *at == lender => Told { shown: left, more: unsplit },
            (Some(_), Some(_)) => Told { shown: visits[*at] - visits[*at] % threshold, more: threshold - 1 },
            _ => Told { shown: 0, more: all },
        };
    }
    told
}

/// The first weekday that holds the threshold, those with the most days before the others.
fn lender(held: &[usize], visits: &[u64; 7], days: &[u64; 7], threshold: u64) -> Option<usize> {
    let mut order = held.to_vec();
    order.sort_by_key(|at| (Reverse(days[*at]), *at));
    order.into_iter().find(|at| visits[*at] >= threshold)
}
