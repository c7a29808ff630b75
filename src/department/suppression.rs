//! Which counts may be told. Pure arithmetic: no tables are read here, nothing is drawn at random, nothing is kept secret.
//!
//! # What is promised
//!
//! Whoever has every report and every page of every unit over every period, knows this file, and can calculate, cannot
//! find the exact value of a count from 1 to below the threshold. Subtracting a school from its commune or one period
//! from another does not help.
//!
//! # How
//!
//! Hiding small cells report by report cannot promise that: a cell hidden in one is the difference of two others. So
//! nothing is hidden in reports. It is hidden **once**, in the atoms, and everything published is a sum of what is left.
//!
//! An *atom* is one table (visits by language, by hour, by day, openings by item …) of one kiosk at one place in one
//! segment of the calendar (`periods`: no preset period cuts a segment in two). [`protect`] turns an atom's rows into
//!
//! - `shown`: for every row a number of real visits, 0 or at least the threshold, never more than the truth;
//! - `unsplit`: visits that are counted in the total but told for no row.
//!
//! `shown` and `unsplit` always add up to the true total, so totals are exact and traceable at every level. An atom
//! without small rows is told as it is. Where there are small rows, they are put into `unsplit` together with a few
//! visits of the largest row, so that the remainder does not give them away. Where that would make the largest row
//! small, or another one larger than it, the whole table of this atom is `unsplit`.
//!
//! # Why it holds
//!
//! Let `t` be the threshold (at least 3), `x` the rows of an atom, `T` their sum, `h` the sum of the rows under `t`, `n`
//! the number of rows that are shown as 0, `s` 1 if `t` divides `n` and 0 if not, `L` the largest row.
//!
//! 1. *Shown with a remainder.* `unsplit` is `u = t·(⌊(h+s)/t⌋+1)`, and `L` lends `u-h` visits. Take any other values for
//!    the `n` rows, each under `t`, whose sum `h'` lies in `max(1, u-t-s) ..= u-1-s`, and give `L` what is missing to `T`.
//!    The rule gives the very same `shown` and `unsplit`: `n`, `s` and `u` are the same, and `L` is still the largest,
//!    because it was so after lending. Among these values no row is fixed. If `h` is not the least sum, take 1 from the
//!    row in question. If it is, add 1 to it; if that makes it `t`, take 1 from it and add it to another row, which
//!    exists: were all `n` rows `t-1`, then `n·(t-1) = u-t-s`, hence `t` divides `n-s`, which the choice of `s` excludes.
//!    (When `t` is 3, `s` 1 and `h` 1, the single visit may lie in any of the `n` ≥ 3 rows.)
//! 2. *All unsplit.* The rule does not look at the order of rows, so any exchange of two rows gives the same; only rows
//!    that are all equal, `a` each with `a < t`, could be fixed, and `a+1, a-1, a …` gives the same too.
//! 3. *Fewer than `t` in the whole atom.* Nothing is told but that there were some; 1 and 2 are both possible.
//! 4. Atoms of the same kiosk and segment that count the same visits share nothing but `T`, which 1 and 2 leave as it is.
//!    So one atom can be altered and all others left alone. A small count in any published sum has a small row in some
//!    atom; alter that one.
//!
//! # What is not promised
//!
//! - A total over a whole segment is told exactly when it is at least `t`: that 31 visits were made at a school in half a
//!   year is no datum about a person.
//! - Of a count below `t` it is told that it is below `t`, and where a whole table holds no remainder, a 0 is a 0.
//! - Who knows all visits but one from elsewhere, for he stood beside the screen, learns the last.
//! - Versions: when late journals come in, an atom changes, and the difference of two versions is what came late.
//!   [`is_safe_difference`] tells whether a new version may go out; reports are made when their period is over.
//! - Counts bound together by more than a total are outside step 4: all paths into an item are its openings. Paths go
//!   through [`coarse_path`] and never stand with a total.
//! - Medians are told only beside counts of at least `t`, and coarse ([`coarse_millis`]).

use super::figures::Count;
use std::iter::Sum;
use std::ops::Add;

/// Counts under this are hidden unless the settings say otherwise.
pub const DEFAULT_THRESHOLD: u64 = 5;
/// With 2 a hidden count could only be 1.
pub const LEAST_THRESHOLD: u64 = 3;
/// Lengths of time are told in steps of this.
const COARSE_MILLIS: u64 = 5_000;

/// What is known to a reader of one row: at least `shown`, and at most `more` on top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Told {
    pub shown: u64,
    pub more: u64,
}

impl Told {
    /// Is the number told the true one?
    pub fn is_exact(self) -> bool {
        self.more == 0
    }

    /// What stands in a report. A number that is shown but not exact means "at least".
    pub fn count(self, threshold: u64) -> Count {
        let threshold = threshold.max(LEAST_THRESHOLD);
        match self {
            Self { shown, more } if more == 0 || shown >= threshold => Count::Shown(shown),
            Self { more, .. } if more < threshold => Count::Few,
            _ => Count::Withheld,
        }
    }
}

impl Add for Told {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { shown: self.shown.saturating_add(other.shown), more: self.more.saturating_add(other.more) }
    }
}

impl Sum for Told {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// One table of one atom, with nothing left in it that must not be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Protected {
    /// For every row 0 or at least the threshold.
    pub shown: Vec<u64>,
    /// Visits of the total that are told for no row.
    pub unsplit: u64,
    /// Not one row is told, only the total.
    pub whole: bool,
    /// There was something, but less than the threshold in all; then nothing else is told.
    pub few: bool,
    threshold: u64,
}

impl Protected {
    pub fn row(&self, index: usize) -> Told {
        let shown = self.shown.get(index).copied().unwrap_or(0);
        let largest = self.shown.iter().max().copied().unwrap_or(0);
        let more = match shown {
            _ if self.few => self.threshold - 1,
            _ if self.whole => self.unsplit,
            // The lender is the largest row; which one of equal rows it is cannot be told.
            shown if shown > 0 && shown == largest => self.unsplit,
            0 => self.unsplit.min(self.threshold - 1),
            _ => 0,
        };
        Told { shown, more }
    }

    pub fn rows(&self) -> Vec<Told> {
        (0..self.shown.len()).map(|index| self.row(index)).collect()
    }

    /// Exact, unless there were fewer than the threshold.
    pub fn total(&self) -> Told {
        let shown = self.shown.iter().fold(self.unsplit, |sum, row| sum.saturating_add(*row));
        Told { shown, more: if self.few { self.threshold - 1 } else { 0 } }
    }
}

/// The rows of one table of one atom, as they may be told. The proof stands at the head of this file.
pub fn protect(rows: &[u64], threshold: u64) -> Protected {
    let threshold = threshold.max(LEAST_THRESHOLD);
    let total = rows.iter().fold(0_u64, |sum, row| sum.saturating_add(*row));
    let with = |shown, unsplit, whole, few| Protected { shown, unsplit, whole, few, threshold };
    let nothing = vec![0; rows.len()];
    if total > 0 && total < threshold {
        return with(nothing, 0, false, true);
    }
    let small: u64 = rows.iter().filter(|row| **row < threshold).sum();
    if small == 0 {
        return with(rows.to_vec(), 0, false, false);
    }
    match lend(rows, small, threshold) {
        Some((shown, unsplit)) => with(shown, unsplit, false, false),
        None => with(nothing, total, true, false),
    }
}

/// Step 1 of the proof; `None` when the largest row cannot lend.
fn lend(rows: &[u64], small: u64, threshold: u64) -> Option<(Vec<u64>, u64)> {
    let hidden = rows.iter().filter(|row| **row < threshold).count() as u64;
    let shift = u64::from(hidden.is_multiple_of(threshold));
    let unsplit = threshold * ((small + shift) / threshold + 1);
    let mut shown: Vec<u64> = rows.iter().map(|row| if *row < threshold { 0 } else { *row }).collect();
    let lender = (0..shown.len()).max_by_key(|index| shown[*index])?;
    let left = shown[lender].checked_sub(unsplit - small)?;
    shown[lender] = 0;
    let others = shown.iter().max().copied().unwrap_or(0);
    shown[lender] = left;
    (left >= threshold.max(others)).then_some((shown, unsplit))
}

/// One row of a table that stands for itself: its cells and its total. For sums over several atoms add up [`Told`].
pub fn publish_row(values: &[u64], threshold: u64) -> (Vec<Count>, Count) {
    let protected = protect(values, threshold);
    let cells = protected.rows().into_iter().map(|told| told.count(threshold)).collect();
    (cells, protected.total().count(threshold))
}

/// A table of two directions with its margins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTable {
    pub cells: Vec<Vec<Count>>,
    pub row_totals: Vec<Count>,
    pub column_totals: Vec<Count>,
    pub total: Count,
    /// Counted in the total and told for no cell.
    pub unsplit: u64,
}

/// One table of two directions that stands for itself. Its margins are sums of what the cells tell.
pub fn publish_table(rows: &[Vec<u64>], threshold: u64) -> PublishedTable {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let flat: Vec<u64> =
        rows.iter().flat_map(|row| (0..columns).map(|column| row.get(column).copied().unwrap_or(0))).collect();
    let protected = protect(&flat, threshold);
    let told = protected.rows();
    let at = |row: usize, column: usize| told[row * columns + column];
    let margin = |margin: Told| bounded(margin, &protected).count(threshold);
    PublishedTable {
        cells: (0..rows.len())
            .map(|row| (0..columns).map(|column| at(row, column).count(threshold)).collect())
            .collect(),
        row_totals: (0..rows.len()).map(|row| margin((0..columns).map(|column| at(row, column)).sum())).collect(),
        column_totals: (0..columns).map(|column| margin((0..rows.len()).map(|row| at(row, column)).sum())).collect(),
        total: protected.total().count(threshold),
        unsplit: protected.unsplit,
    }
}

/// Several rows of one atom cannot hold more of its remainder than there is.
fn bounded(told: Told, atom: &Protected) -> Told {
    let most = if atom.few { atom.threshold - 1 } else { atom.unsplit };
    Told { more: told.more.min(most), ..told }
}

/// May both be known, when they are two versions of one count, or counts of which one holds the other? Their difference is
/// then a count as well.
pub fn is_safe_difference(one: Count, other: Count, threshold: u64) -> bool {
    match (one, other) {
        (Count::Shown(one), Count::Shown(other)) => {
            one == other || one.abs_diff(other) >= threshold.max(LEAST_THRESHOLD)
        }
        _ => true,
    }
}

/// Times that a visitor went from one item to the next, in whole thresholds: never a single visit more or less.
pub fn coarse_path(times: Told, threshold: u64) -> Count {
    let threshold = threshold.max(LEAST_THRESHOLD);
    let coarse = times.shown / threshold * threshold;
    Told { shown: coarse, more: times.more + (threshold - 1) }.count(threshold)
}

/// Lengths of time in steps of five seconds, the nearest one.
pub fn coarse_millis(millis: u64) -> u64 {
    millis.saturating_add(COARSE_MILLIS / 2) / COARSE_MILLIS * COARSE_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn a_table_without_small_rows_is_told_as_it_is() {
        let told = protect(&[57, 12, 0, 5], 5);
        assert_eq!((told.shown.clone(), told.unsplit), (vec![57, 12, 0, 5], 0));
        assert!(told.rows().into_iter().all(Told::is_exact));
        assert_eq!(publish_row(&[57, 12, 0, 5], 5).0, [57, 12, 0, 5].map(Count::Shown));
    }

    #[test]
    fn a_small_row_goes_into_the_remainder_with_some_of_the_largest() {
        let told = protect(&[57, 3], 5);
        assert_eq!((told.shown.clone(), told.unsplit), (vec![55, 0], 5));
        assert_eq!(told.row(0), Told { shown: 55, more: 5 });
        assert_eq!(told.row(1), Told { shown: 0, more: 4 });
        assert_eq!(told.total(), Told { shown: 60, more: 0 });
        assert_eq!(publish_row(&[57, 3], 5), (vec![Count::Shown(55), Count::Few], Count::Shown(60)));
        // 56 and 4, 58 and 2, 59 and 1 look the same.
        assert!([[56, 4], [58, 2], [59, 1]].iter().all(|rows| protect(rows, 5) == told));
    }

    #[test]
    fn where_the_largest_row_cannot_lend_only_the_total_is_told() {
        let told = protect(&[6, 2], 5);
        assert_eq!((told.shown.clone(), told.unsplit, told.whole), (vec![0, 0], 8, true));
        assert_eq!(publish_row(&[6, 2], 5), (vec![Count::Withheld; 2], Count::Shown(8)));
    }

    #[test]
    fn of_fewer_than_the_threshold_nothing_is_told() {
        assert_eq!(publish_row(&[1, 2], 5), (vec![Count::Few; 2], Count::Few));
        assert_eq!(publish_row(&[0, 0], 5), (vec![Count::Shown(0); 2], Count::Shown(0)));
        assert_eq!(publish_row(&[], 5), (vec![], Count::Shown(0)));
        assert_eq!(protect(&[1, 2], 5), protect(&[4, 0], 5));
    }

    #[test]
    fn the_margins_of_a_table_are_sums_of_its_cells() {
        let table = publish_table(&[vec![40, 2], vec![30, 20]], 5);
        assert_eq!(table.cells, [[Count::Shown(37), Count::Few], [Count::Shown(30), Count::Shown(20)]]);
        assert_eq!(table.row_totals, [Count::Shown(37), Count::Shown(50)]);
        assert_eq!(table.column_totals, [Count::Shown(67), Count::Shown(20)]);
        assert_eq!((table.total, table.unsplit), (Count::Shown(92), 5));
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

    /// Every table of so many rows with values up to a limit.
    fn all_tables(rows: usize, limit: u64) -> impl Iterator<Item = Vec<u64>> {
        let base = limit + 1;
        (0..base.pow(rows as u32)).map(move |code| (0..rows).map(|row| code / base.pow(row as u32) % base).collect())
    }

    /// Small counts that a reader of `publish` can find, by trying every table there is: no cleverer attack exists.
    fn pinned<P: Ord>(rows: usize, limit: u64, threshold: u64, publish: impl Fn(&[u64]) -> P) -> Vec<Vec<u64>> {
        let mut alike: BTreeMap<P, Vec<Vec<u64>>> = BTreeMap::new();
        // Larger tables look like these too; those are left out of the test, not of the groups.
        for table in all_tables(rows, limit + 2 * threshold) {
            alike.entry(publish(&table)).or_default().push(table);
        }
        let is_pinned = |group: &Vec<Vec<u64>>, row: usize| {
            let value = group[0][row];
            (1..threshold).contains(&value) && group.iter().all(|table| table[row] == value)
        };
        let found = alike.values().filter(|group| (0..rows).any(|row| is_pinned(group, row)));
        found.map(|group| group[0].clone()).filter(|table| table.iter().all(|value| *value <= limit)).collect()
    }

    fn key(table: &Protected) -> (Vec<u64>, u64, bool) {
        (table.shown.clone(), table.unsplit, table.few)
    }

    #[test]
    fn whoever_tries_every_table_finds_no_small_row() {
        for (rows, limit, threshold) in
            [(1, 30, 5), (2, 30, 5), (2, 12, 3), (3, 10, 3), (4, 8, 3), (3, 12, 5), (3, 6, 4)]
        {
            let found = pinned(rows, limit, threshold, |table| key(&protect(table, threshold)));
            assert_eq!(found, Vec::<Vec<u64>>::new(), "{rows} rows, threshold {threshold}");
        }
    }

    #[test]
    fn the_same_attack_finds_what_a_simpler_rule_gives_away() {
        // Hides small rows and tells the total.
        let naive = |table: &[u64]| {
            let shown: Vec<u64> = table.iter().map(|row| if *row < 5 { 0 } else { *row }).collect();
            (shown, table.iter().sum::<u64>())
        };
        assert!(pinned(2, 12, 5, naive).contains(&vec![1, 12]));
        // Fills the remainder up to the threshold without regard to how many rows are hidden.
        let no_shift = |table: &[u64]| {
            let small: u64 = table.iter().filter(|row| **row < 3).sum();
            let lent = if small == 0 { 0 } else { 3 * (small / 3 + 1) - small };
            let mut shown: Vec<u64> = table.iter().map(|row| if *row < 3 { 0 } else { *row }).collect();
            let largest = (0..shown.len()).max_by_key(|row| shown[*row]).unwrap_or(0);
            shown[largest] = shown[largest].saturating_sub(lent);
            (shown, small + lent)
        };
        assert!(!pinned(4, 8, 3, no_shift).is_empty());
    }

    const THRESHOLD: u64 = 5;

    /// The rows of each table of one kiosk in one segment; all tables of an atom count the same visits.
    type Atom = Vec<Vec<u64>>;

    /// Kiosks by segments. Kiosks 0 and 1 are one school, 0 to 3 one commune, all a province.
    #[derive(Clone, Debug)]
    struct World(Vec<Vec<Atom>>);

    const UNITS: [std::ops::Range<usize>; 6] = [0..1, 1..2, 2..4, 0..2, 0..4, 0..6];

    /// Visits with a row in each of two tables, so that both tables count the same.
    fn atom() -> impl Strategy<Value = Atom> {
        let weights = prop_oneof![Just(40_usize), Just(8), Just(3), Just(0)];
        (weights, prop::collection::vec((0..12_usize, 0..10_usize), 0..90)).prop_map(|(scale, visits)| {
            let mut tables = vec![vec![0; 4], vec![0; 3]];
            for (a, b) in visits.into_iter().take(scale * 2 + scale / 2) {
                // Uneven, as languages are.
                tables[0][[0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3][a]] += 1;
                tables[1][[0, 0, 0, 0, 0, 1, 1, 1, 1, 2][b]] += 1;
            }
            tables
        })
    }

    fn world() -> impl Strategy<Value = World> {
        prop::collection::vec(prop::collection::vec(atom(), 3), 6).prop_map(World)
    }

    impl World {
        /// Everything that is ever published: all units, all runs of segments, all rows and totals.
        fn published(&self) -> Vec<Told> {
            let safe: Vec<Vec<Vec<Protected>>> = self
                .0
                .iter()
                .map(|kiosk| {
                    kiosk.iter().map(|atom| atom.iter().map(|table| protect(table, THRESHOLD)).collect()).collect()
                })
                .collect();
            let mut all = Vec::new();
            for unit in UNITS {
                for (first, last) in [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)] {
                    for table in 0..2 {
                        let atoms: Vec<&Protected> =
                            safe[unit.clone()].iter().flat_map(|k| &k[first..=last]).map(|atom| &atom[table]).collect();
                        all.extend(
                            (0..self.0[0][0][table].len()).map(|row| atoms.iter().map(|a| a.row(row)).sum::<Told>()),
                        );
                        all.push(atoms.iter().map(|a| a.total()).sum());
                        all.push(Told { shown: atoms.iter().map(|a| a.unsplit).sum(), more: 0 });
                    }
                }
            }
            all
        }

        fn with(&self, kiosk: usize, segment: usize, table: usize, rows: Vec<u64>) -> Self {
            let mut other = self.clone();
            other.0[kiosk][segment][table] = rows;
            other
        }
    }

    /// Tables that differ from this one by one visit moved, or by two rows exchanged.
    fn neighbours(rows: &[u64]) -> Vec<Vec<u64>> {
        let mut found = BTreeSet::new();
        for from in 0..rows.len() {
            for to in (0..rows.len()).filter(|to| *to != from) {
                let mut exchanged = rows.to_vec();
                exchanged.swap(from, to);
                found.insert(exchanged);
                if rows[from] > 0 {
                    let mut moved = rows.to_vec();
                    (moved[from], moved[to]) = (rows[from] - 1, rows[to] + 1);
                    found.insert(moved);
                }
            }
        }
        found.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// For every small count of every kiosk there is another world with another count there in which every report of
        /// every unit and every period is the same. No attack whatever can tell the two apart.
        #[test]
        fn all_reports_together_fix_no_small_count(world in world()) {
            let published = world.published();
            for (kiosk, segments) in world.0.iter().enumerate() {
                for (segment, atom) in segments.iter().enumerate() {
                    // Of a handful of visits in all, another handful: that changes both tables at once.
                    let total: u64 = atom[0].iter().sum();
                    if (1..THRESHOLD).contains(&total) {
                        let other = if total == 1 { 2 } else { total - 1 };
                        let changed = world.with(kiosk, segment, 0, vec![other, 0, 0, 0]);
                        let changed = changed.with(kiosk, segment, 1, vec![0, other, 0]);
                        prop_assert_eq!(changed.published(), published.clone());
                        continue;
                    }
                    for (table, rows) in atom.iter().enumerate() {
                        for row in (0..rows.len()).filter(|row| (1..THRESHOLD).contains(&rows[*row])) {
                            let others = neighbours(rows).into_iter().filter(|other| other[row] != rows[row]);
                            let twin = others.map(|other| world.with(kiosk, segment, table, other));
                            prop_assert!(
                                twin.into_iter().any(|twin| twin.published() == published),
                                "row {} of {:?} is fixed", row, rows
                            );
                        }
                    }
                }
            }
        }

        #[test]
        fn what_is_told_is_true(rows in prop::collection::vec(prop_oneof![0..8_u64, 0..400_u64], 0..40), threshold in 0..9_u64) {
            let told = protect(&rows, threshold);
            let threshold = threshold.max(LEAST_THRESHOLD);
            let total: u64 = rows.iter().sum();
            for (row, value) in rows.iter().enumerate() {
                let Told { shown, more } = told.row(row);
                prop_assert!(shown <= *value && *value <= shown + more, "{rows:?}: {told:?}");
                prop_assert!(shown == 0 || shown >= threshold);
            }
            let sum = told.total();
            prop_assert!(sum.shown <= total && total <= sum.shown + sum.more);
            prop_assert!(told.few || sum.shown == total);
            // A small count is never shown, and nothing is hidden without need.
            let counts = publish_row(&rows, threshold).0;
            prop_assert!(counts.iter().all(|count| !matches!(count, Count::Shown(n) if (1..threshold).contains(n))));
            prop_assert_eq!(rows.iter().any(|row| (1..threshold).contains(row)), told.few || told.unsplit > 0);
        }

        /// The loss stays small: a remainder is at most two thresholds more than the small rows hold.
        #[test]
        fn little_is_lost(mut rows in prop::collection::vec(0..400_u64, 1..40)) {
            rows.push(1_000);
            let small: u64 = rows.iter().filter(|row| **row < THRESHOLD).sum();
            let told = protect(&rows, THRESHOLD);
            prop_assert!(told.unsplit <= small + THRESHOLD + 1);
        }
    }
}
