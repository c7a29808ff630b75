//! A second look before a report is written. The figures arrive with what must be hidden already hidden; here nothing
//! is trusted: where a total and the shown cells of a table would give a hidden cell away, more cells are held back,
//! and a median that rests on a hidden count is dropped. Figures that are safe pass unchanged.

use crate::department::figures::{Count, Figures};

/// The figures as they may be written.
pub fn guarded(figures: &Figures) -> Figures {
    let mut safe = figures.clone();
    drop_what_rests_on_hidden(&mut safe);
    let threshold = figures.threshold;
    let total = known_total(&mut safe);
    for cells in partitions(&mut safe) {
        hold_back(cells, total, threshold);
    }
    // Only now is it known which places are hidden.
    drop_what_rests_on_hidden(&mut safe);
    widen(figures, &mut safe);
    safe
}

/// What was held back may stand in its row on top of what is shown of it: nothing.
fn widen(before: &Figures, safe: &mut Figures) {
    let held_back = |counts: Vec<(Count, Count)>, more: &mut Vec<u64>| {
        more.resize(counts.len().max(more.len()), 0);
        for ((before, now), more) in counts.into_iter().zip(more) {
            if !is_shown(now) {
                *more = more.saturating_add(value(before));
            }
        }
    };
    let rows = |of: fn(&Figures) -> Vec<Count>| of(before).into_iter().zip(of(safe)).collect::<Vec<_>>();
    let weeks = rows(|figures| figures.weeks.iter().map(|(_, count)| *count).collect());
    let hours = rows(|figures| figures.hours.iter().flatten().copied().collect());
    let lengths = rows(|figures| figures.lengths.iter().map(|(_, count)| *count).collect());
    let languages = rows(|figures| figures.languages.iter().map(|(_, count)| *count).collect());
    held_back(weeks, &mut safe.more.weeks);
    held_back(hours, &mut safe.more.hours);
    held_back(lengths, &mut safe.more.lengths);
    held_back(languages, &mut safe.more.languages);
}

pub fn is_shown(count: Count) -> bool {
    matches!(count, Count::Shown(_))
}

/// Every table whose cells add up to the visits.
fn partitions(figures: &mut Figures) -> Vec<Vec<&mut Count>> {
    vec![
        figures.weeks.iter_mut().map(|(_, count)| count).collect(),
        figures.hours.iter_mut().flatten().collect(),
        figures.lengths.iter_mut().map(|(_, count)| count).collect(),
        figures.languages.iter_mut().map(|(_, count)| count).collect(),
        figures.places.iter_mut().map(|place| &mut place.visits).collect(),
    ]
}

/// The total of the visits where the report tells it; a hidden one is told by no table either.
fn known_total(figures: &mut Figures) -> Option<u64> {
    if let Count::Shown(total) = figures.key.visits {
        return Some(total);
    }
    for cells in partitions(figures) {
        if cells.iter().all(|cell| is_shown(**cell)) {
            let mut cells = cells;
            cells.sort_by_key(|cell| value(**cell));
            // The smallest cells that hold visits: without two of them there is no adding up.
            let held = cells.into_iter().filter(|cell| value(**cell) > 0).take(2);
            held.for_each(|cell| *cell = Count::Withheld);
        }
    }
    None
}

fn value(count: Count) -> u64 {
    if let Count::Shown(number) = count { number } else { 0 }
}

/// Holds back the smallest shown cells until no hidden one follows from the total.
fn hold_back(mut cells: Vec<&mut Count>, total: Option<u64>, threshold: u64) {
    let Some(total) = total else { return };
    cells.sort_by_key(|cell| value(**cell));
    while gives_away(&cells, total, threshold) {
        // Cells of none come last: hiding them hides nothing.
        let next = cells.iter_mut().find(|cell| value(***cell) > 0);
        match next {
            Some(cell) => **cell = Count::Withheld,
            None => return,
        }
    }
}

/// More than any number of visits.
const UNBOUNDED: i128 = i128::MAX / 4;

/// Hidden cells of one sign: how many, and what a reader may know of each.
#[derive(Clone, Copy)]
struct Hidden {
    cells: i128,
    least: i128,
    most: i128,
}

/// Whether somebody who knows the total and the threshold can tell a hidden cell exactly, whatever they take for
/// granted of the cells: that none stands as a hidden one or not, that a withheld one lies above the threshold or not.
fn gives_away(cells: &[&mut Count], total: u64, threshold: u64) -> bool {
    let shown: i128 = cells.iter().map(|cell| i128::from(value(**cell))).sum();
    let of = |sign: Count| cells.iter().filter(|cell| ***cell == sign).count() as i128;
    let rest = i128::from(total) - shown;
    let top = i128::from(threshold);
    [0, 1].into_iter().any(|few_least| {
        [0, 1, top].into_iter().any(|withheld_least| {
            let few = Hidden { cells: of(Count::Few), least: few_least, most: (top - 1).max(few_least) };
            let withheld = Hidden { cells: of(Count::Withheld), least: withheld_least, most: UNBOUNDED };
            is_closed(few, withheld, rest) || is_closed(withheld, few, rest)
        })
    })
}

/// Whether a cell of the first sign can hold one number only when all hidden cells together hold `rest`.
fn is_closed(own: Hidden, other: Hidden, rest: i128) -> bool {
    // A sign that stands for one number anyway hides nothing.
    if own.cells == 0 || own.least == own.most {
        return false;
    }
    let others_least = (own.cells - 1) * own.least + other.cells * other.least;
    let unbounded = (own.cells > 1 && own.most == UNBOUNDED) || (other.cells > 0 && other.most == UNBOUNDED);
    let others_most = if unbounded { UNBOUNDED } else { (own.cells - 1) * own.most + other.cells * other.most };
    own.least.max(rest - others_most) == own.most.min(rest - others_least)
}

/// Medians, hours and estimates of people tell about the visits they come from.
fn drop_what_rests_on_hidden(figures: &mut Figures) {
    let key = &mut figures.key;
    if !is_shown(key.visits) {
        key.median_visit_millis = None;
        key.people = None;
        key.screen_millis = None;
    }
    for item in &mut figures.items {
        if !is_shown(item.openings) {
            item.median_dwell_millis = None;
            item.median_zoom_percent = None;
        }
    }
    for place in &mut figures.places {
        if !is_shown(place.visits) {
            place.median_visit_millis = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every way in which the hidden cells can hold `rest`, for each hidden cell the numbers it can be.
    fn numbers_possible(cells: &[Count], total: u64, threshold: u64) -> Vec<Vec<u64>> {
        let hidden: Vec<Count> = cells.iter().copied().filter(|cell| !is_shown(*cell)).collect();
        let rest = total - cells.iter().map(|cell| value(*cell)).sum::<u64>();
        let mut possible = vec![Vec::new(); hidden.len()];
        try_all(&hidden, rest, threshold, &mut Vec::new(), &mut possible);
        possible
    }

    fn try_all(hidden: &[Count], rest: u64, threshold: u64, taken: &mut Vec<u64>, possible: &mut [Vec<u64>]) {
        let Some(sign) = hidden.get(taken.len()) else {
            if rest == 0 {
                for (numbers, number) in possible.iter_mut().zip(taken.iter()) {
                    if !numbers.contains(number) {
                        numbers.push(*number);
                    }
                }
            }
            return;
        };
        let range = if *sign == Count::Few { 1..=rest.min(threshold - 1) } else { threshold..=rest };
        for number in range {
            taken.push(number);
            try_all(hidden, rest - number, threshold, taken, possible);
            taken.pop();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        /// The lake forgot to hide neighbours: the report must not give the few away.
        #[test]
        fn no_hidden_cell_follows_from_the_total(values in proptest::collection::vec(0_u64..14, 1..6)) {
            let threshold = 5;
            let total: u64 = values.iter().sum();
            let mut cells: Vec<Count> = values
                .iter()
                .map(|value| if (1..threshold).contains(value) { Count::Few } else { Count::Shown(*value) })
                .collect();
            hold_back(cells.iter_mut().collect(), Some(total), threshold);
            let more_could_be_hidden = cells.iter().any(|cell| value(*cell) > 0);
            for numbers in numbers_possible(&cells, total, threshold) {
                prop_assert!(numbers.len() > 1 || !more_could_be_hidden, "{cells:?} of {total}: {numbers:?}");
            }
        }
    }

    #[test]
    fn one_hidden_cell_takes_a_neighbour_with_it() {
        let mut cells = [Count::Shown(40), Count::Few, Count::Shown(12), Count::Shown(0)];
        hold_back(cells.iter_mut().collect(), Some(55), 5);
        assert_eq!(cells, [Count::Shown(40), Count::Few, Count::Withheld, Count::Shown(0)]);
    }

    #[test]
    fn safe_cells_pass_unchanged() {
        let before = [Count::Shown(40), Count::Few, Count::Withheld, Count::Withheld];
        let mut cells = before;
        hold_back(cells.iter_mut().collect(), Some(78), 5);
        assert_eq!(cells, before);
    }

    #[test]
    fn a_coarsened_total_gives_nothing_away() {
        let before = [Count::Shown(40), Count::Few];
        let mut cells = before;
        hold_back(cells.iter_mut().collect(), Some(35), 5);
        assert_eq!(cells, before);
    }

    #[test]
    fn a_hidden_total_is_told_by_no_table() {
        let mut figures = super::super::sample::figures();
        figures.key.visits = Count::Withheld;
        let safe = guarded(&figures);
        assert!(safe.lengths.iter().any(|(_, count)| !is_shown(*count)));
        assert_eq!(safe.key.median_visit_millis, None);
        assert_eq!(safe.key.people, None);
    }
}
