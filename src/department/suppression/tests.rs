//! The proof, tried out: every small world there is, and larger ones at random.

mod bounding;

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const T: u64 = 5;

/// Every way to share `sum` among so many rows.
fn shares(sum: u64, rows: usize) -> Vec<Vec<u64>> {
    if rows == 1 {
        return vec![vec![sum]];
    }
    let with = |first: u64| shares(sum - first, rows - 1).into_iter().map(move |rest| [vec![first], rest].concat());
    (0..=sum).flat_map(with).collect()
}

/// The strongest attack: of all worlds that are told alike, each small number must take every value under the threshold.
fn narrowed<P: Ord>(worlds: impl Iterator<Item = (P, Vec<u64>)>, threshold: u64) -> Vec<Vec<u64>> {
    let mut alike: BTreeMap<P, Vec<Vec<u64>>> = BTreeMap::new();
    worlds.for_each(|(told, world)| alike.entry(told).or_default().push(world));
    let is_open = |group: &Vec<Vec<u64>>, row: usize| {
        let values: BTreeSet<u64> = group.iter().map(|world| world[row]).filter(|value| *value < threshold).collect();
        values.is_empty() || values.len() as u64 == threshold
    };
    let closed = alike.into_values().filter(|group| !(0..group[0].len()).all(|row| is_open(group, row)));
    closed.map(|group| group[0].clone()).collect()
}

#[test]
fn a_table_without_small_rows_is_told_as_it_is() {
    assert_eq!(protect(&[57, 12, 5], T), [57, 12, 5].map(Told::exactly));
    assert_eq!(protect(&[], T), []);
    assert_eq!(protect(&[0, 0], T), [Told::default(); 2]);
}

#[test]
fn a_small_row_takes_some_of_the_largest_with_it() {
    let told = protect(&[57, 3], T);
    assert_eq!(told, [Told { shown: 55, more: 5 }, Told { shown: 0, more: 4 }]);
    // None, and 1 to 4, look the same.
    assert!([[60, 0], [59, 1], [58, 2], [56, 4]].iter().all(|rows| protect(rows, T) == told));
    assert_eq!(told[0].count(T), Count::Shown(55));
    assert_eq!(told[1].count(T), Count::Few);
}

#[test]
fn where_the_largest_row_cannot_lend_no_row_is_told() {
    assert_eq!(protect(&[6, 2], T), [Told { shown: 0, more: 8 }; 2]);
    assert_eq!(protect(&[30, 30, 2], T), [Told { shown: 0, more: 62 }; 3]);
    assert_eq!(protect(&[1, 2], T), [Told { shown: 0, more: 4 }; 2]);
    assert_eq!([0, 3, 5].map(|sum| total(sum, T)), [Told::exactly(0), Told { shown: 0, more: 4 }, Told::exactly(5)]);
}

#[test]
fn within_a_window_every_hidden_row_can_be_anything() {
    for threshold in 3..=7 {
        for rows in 1..=12 {
            for sum in 0..=rows * (threshold - 1) {
                let (first, last) = window(sum, rows, threshold);
                assert!((first..=last).contains(&sum), "{rows} rows of {sum}");
                assert!(last >= threshold - 1 && first <= (rows - 1) * (threshold - 1));
                assert_eq!(window(first, rows, threshold), window(last, rows, threshold));
            }
        }
    }
}

#[test]
fn whoever_tries_every_table_narrows_no_small_row() {
    for (rows, most, threshold) in [(2, 60, 5), (2, 40, 3), (3, 32, 5), (3, 24, 3), (4, 17, 3), (4, 18, 4), (5, 13, 3)]
    {
        for sum in threshold..=most {
            let told = |rows: Vec<u64>| (protect(&rows, threshold), rows);
            let found = narrowed(shares(sum, rows).into_iter().map(told), threshold);
            assert_eq!(found, Vec::<Vec<u64>>::new(), "{rows} rows of {sum}, threshold {threshold}");
        }
    }
}

#[test]
fn rows_in_whole_thresholds_narrow_no_small_one() {
    for (rows, most, threshold) in [(2, 60, 5), (2, 40, 3), (3, 34, 5), (3, 26, 3), (4, 20, 3), (4, 19, 4), (5, 15, 3)]
    {
        for sum in threshold..=most {
            for more in [0, 1, threshold - 1] {
                let node = Told { shown: sum - more.min(sum), more };
                let told = |rows: Vec<u64>| (split_in_thresholds(&rows, node, threshold), rows);
                let found = narrowed(shares(sum, rows).into_iter().map(told), threshold);
                let is_hidden = node.shown < threshold;
                assert!(is_hidden || found.is_empty(), "{rows} rows of {sum}, threshold {threshold}: {found:?}");
            }
        }
    }
}

/// What officials saw: the busiest week of a province told with 3,406 visits of 11,258.
#[test]
fn a_holiday_among_days_that_are_alike_hides_no_other_day() {
    let mondays = [34, 36, 0, 33, 35, 36, 34];
    let all: u64 = mondays.iter().sum();
    assert!(split(&mondays, total(all, T), T).iter().all(|told| told.shown == 0), "none is so much the largest");
    let told = split_in_thresholds(&mondays, total(all, T), T);
    let shown: Vec<u64> = told.iter().map(|told| told.shown).collect();
    assert_eq!(shown, [33, 35, 0, 30, 35, 35, 30]);
    assert!(mondays.iter().zip(told).all(|(day, told)| told.shown <= *day && *day <= told.shown + told.more));
}

#[test]
fn the_same_attack_finds_what_simpler_rules_give_away() {
    let of = |sum: u64, rule: fn(&[u64]) -> Vec<u64>| {
        narrowed(shares(sum, 3).into_iter().map(|rows| (rule(&rows), rows)), T).len()
    };
    // Small rows are hidden, the total is told.
    assert!(of(20, |rows| rows.iter().map(|row| if *row < T { 0 } else { *row }).collect()) > 0);
    // All in whole thresholds, the total is told.
    assert!(of(20, |rows| rows.iter().map(|row| row / T * T).collect()) > 0);
}

/// Days and hours of an atom: `days[w]` days and two hours a weekday.
fn calendar_worlds(sum: u64, days: &[usize]) -> Vec<(Vec<u64>, Vec<u64>)> {
    let mut worlds = Vec::new();
    for of_days in shares(sum, days.iter().sum()) {
        let mut rest = of_days.as_slice();
        let mut hours: Vec<Vec<u64>> = vec![Vec::new()];
        for count in days {
            let (mine, more) = rest.split_at(*count);
            rest = more;
            let pairs = shares(mine.iter().sum(), 2);
            hours = hours.iter().flat_map(|before| pairs.iter().map(|pair| [&before[..], pair].concat())).collect();
        }
        worlds.extend(hours.into_iter().map(|hours| (of_days.clone(), hours)));
    }
    worlds
}

fn calendar_told(of_days: &[u64], hours: &[u64], days: &[usize], threshold: u64) -> Vec<Told> {
    let (mut visits, mut counts) = ([0; 7], [0; 7]);
    let mut at = 0;
    for (weekday, count) in days.iter().enumerate() {
        visits[weekday] = of_days[at..at + count].iter().sum();
        counts[weekday] = *count as u64;
        at += count;
    }
    let nodes = weekdays(visits, counts, threshold);
    let (mut told, mut at) = (Vec::new(), 0);
    for (weekday, count) in days.iter().enumerate() {
        told.extend(split_in_thresholds(&of_days[at..at + count], nodes[weekday], threshold));
        told.extend(split(&hours[2 * weekday..2 * weekday + 2], nodes[weekday], threshold));
        at += count;
    }
    told
}

#[test]
fn days_and_hours_together_narrow_no_small_day_and_no_small_hour() {
    for (days, most) in [(vec![1, 1], 30), (vec![2, 1], 22), (vec![2, 2], 16), (vec![1, 1, 1], 15), (vec![3], 14)] {
        for sum in 3..=most {
            let worlds = calendar_worlds(sum, &days).into_iter();
            let told =
                worlds.map(|(of_days, hours)| (calendar_told(&of_days, &hours, &days, 3), [of_days, hours].concat()));
            assert_eq!(narrowed(told, 3), Vec::<Vec<u64>>::new(), "{days:?} of {sum}");
        }
    }
    // Days and hours hidden each for themselves give a small hour away: one Monday of 7, of which 5 at ten o'clock.
    let apart = |of_days: &[u64], hours: &[u64]| [protect(of_days, 3), protect(hours, 3)].concat();
    let worlds = calendar_worlds(22, &[1, 1]).into_iter();
    let told = worlds.map(|(of_days, hours)| (apart(&of_days, &hours), [of_days, hours].concat()));
    assert!(!narrowed(told, 3).is_empty());
}

#[test]
fn parts_of_items_narrow_neither_the_part_nor_the_rest() {
    for sum in 3..=13 {
        let told = |cells: Vec<u64>| {
            let openings: Vec<u64> = cells.chunks(2).map(|pair| pair.iter().sum()).collect();
            let nodes = protect(&openings, 3);
            let mut told = nodes.clone();
            told.extend(cells.chunks(2).zip(nodes).flat_map(|(pair, node)| split(pair, node, 3)));
            (told, [cells, openings].concat())
        };
        assert_eq!(narrowed(shares(sum, 6).into_iter().map(told), 3), Vec::<Vec<u64>>::new(), "{sum}");
    }
}

/// The other world of the proof: the row holds `value`, and all is told alike.
fn twin(rows: &[u64], row: usize, value: u64) -> Vec<u64> {
    let sum: u64 = rows.iter().sum();
    let told = protect(rows, T);
    let mut other = rows.to_vec();
    other[row] = value;
    if told.iter().all(|told| told.shown == 0) {
        let rest: Vec<usize> = (0..rows.len()).filter(|at| *at != row).collect();
        rest.iter().for_each(|at| other[*at] = 0);
        let left = sum - value;
        match rest[..] {
            [only] => other[only] = left,
            [a, b, ..] => (other[a], other[b]) = (left.div_ceil(2), left / 2),
            [] => {}
        }
        return other;
    }
    let hidden: Vec<usize> = (0..rows.len()).filter(|at| rows[*at] < T && *at != row).collect();
    let (first, last) = window(rows.iter().filter(|row| **row < T).sum(), hidden.len() as u64 + 1, T);
    let mut wanted = rows.iter().filter(|row| **row < T).sum::<u64>().clamp(first, last);
    wanted = wanted.clamp(value, value + hidden.len() as u64 * (T - 1)).clamp(first, last);
    let mut left = wanted - value;
    for at in hidden {
        other[at] = left.min(T - 1);
        left -= other[at];
    }
    let lender = (0..rows.len()).max_by_key(|at| rows[*at]).expect("rows");
    other[lender] = 0;
    other[lender] = sum - other.iter().sum::<u64>();
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Tables too large to try all: the other worlds of the proof are told alike.
    #[test]
    fn every_small_row_could_be_every_other(
        rows in prop::collection::vec(prop_oneof![0..7_u64, 0..90_u64], 2..40),
    ) {
        prop_assume!(rows.iter().sum::<u64>() >= T);
        let told = protect(&rows, T);
        for row in (0..rows.len()).filter(|row| rows[*row] < T) {
            for value in 0..T {
                let other = twin(&rows, row, value);
                prop_assert_eq!(other[row], value);
                prop_assert_eq!(protect(&other, T), told.clone(), "{:?} · {:?}", rows, other);
            }
        }
    }

    #[test]
    fn what_is_told_is_true(
        rows in prop::collection::vec(prop_oneof![0..8_u64, 0..400_u64], 0..40), threshold in 0..9_u64,
    ) {
        let told = protect(&rows, threshold);
        let threshold = threshold.max(LEAST_THRESHOLD);
        for (value, Told { shown, more }) in rows.iter().zip(told) {
            prop_assert!(shown <= *value && *value <= shown + more);
            prop_assert!(shown == 0 || shown >= threshold);
            prop_assert!(*value >= threshold || shown == 0);
        }
    }

    #[test]
    fn rows_in_whole_thresholds_are_told_truly(
        rows in prop::collection::vec(prop_oneof![0..8_u64, 0..90_u64], 0..12), more in 0..5_u64,
    ) {
        let sum: u64 = rows.iter().sum();
        // As a weekday is told: in whole thresholds, or less what it lends.
        let node = if sum < T { total(sum, T) } else { Told { shown: (sum - more) / T * T, more: (sum - more) % T + more } };
        for (value, Told { shown, more }) in rows.iter().zip(split_in_thresholds(&rows, node, T)) {
            prop_assert!(shown <= *value && *value <= shown + more);
            prop_assert!(*value >= T || shown == 0);
        }
    }

    #[test]
    fn weekdays_are_told_truly(visits in prop::array::uniform7(0..60_u64), days in prop::array::uniform7(1..9_u64)) {
        for (value, Told { shown, more }) in visits.into_iter().zip(weekdays(visits, days, T)) {
            prop_assert!(shown <= value && value <= shown + more);
        }
    }

    /// The loss stays small: what is lent is less than two thresholds.
    #[test]
    fn little_is_lost(mut rows in prop::collection::vec(0..400_u64, 1..40)) {
        rows.push(1_000);
        let small: u64 = rows.iter().filter(|row| **row < T).sum();
        let shown: u64 = protect(&rows, T).iter().map(|told| told.shown).sum();
        prop_assert!(rows.iter().sum::<u64>() <= shown + small + 2 * T);
    }
}

#[test]
fn two_versions_may_not_differ_by_a_few() {
    let shown = |one, other| is_safe_difference(Count::Shown(one), Count::Shown(other), 5);
    assert!(shown(60, 60) && shown(60, 65) && shown(65, 60));
    assert!(!shown(60, 64) && !shown(61, 60));
    assert!(is_safe_difference(Count::Few, Count::Shown(60), 5));
}

#[test]
fn times_and_paths_are_coarse() {
    assert_eq!([0, 2_499, 2_500, 12_499].map(coarse_millis), [0, 0, 5_000, 10_000]);
    assert_eq!(coarse_path(Told { shown: 14, more: 0 }, 5), Count::Shown(10));
    assert_eq!(coarse_path(Told { shown: 0, more: 0 }, 5), Count::Few);
    assert_eq!(coarse_path(Told { shown: 0, more: 5 }, 5), Count::Withheld);
}
