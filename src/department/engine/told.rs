//! What may be told of one atom: all its tables together, so that none gives another away (`suppression` has the proof).

use super::atoms::Atom;
use super::counts::{AtomCounts, ItemCounts};
use crate::department::suppression::{Told, protect, split, split_in_thresholds, total, weekdays};
use std::collections::{BTreeMap, HashMap};

/// Items and languages that have a row, whether an atom has them or not: a row that is missing would tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    /// In order of their ids.
    pub items: Vec<String>,
    pub languages: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemTold {
    pub openings: Told,
    pub begun: Told,
    pub heard: Told,
    pub sources: Told,
    pub abandoned: Told,
}

/// The tables of one atom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtomTold {
    pub visits: Told,
    pub days: BTreeMap<i32, Told>,
    /// By weekday from Monday and hour.
    pub hours: [[Told; 24]; 7],
    /// In the order of the domain.
    pub languages: Vec<Told>,
    pub bands: Vec<Told>,
    pub finished: Told,
    pub with_items: Told,
    /// In the order of the domain.
    pub items: Vec<ItemTold>,
    /// Of all items together; for narrations heard out and items left at once, whose sums are not told, their rows added up.
    pub all_items: ItemTold,
    /// Steps by their numbers ([`Domain::ends`]), in this order; only those that are told.
    pub paths: Vec<(u64, Told)>,
}

impl Domain {
    /// The number of a step from an item to another; an empty one is the beginning or the end of the visit. Numbers are in
    /// the order of the two names.
    fn step(&self, from: &str, to: &str) -> Option<u64> {
        let row = |item: &str| {
            let found = self.items.binary_search_by(|known| known.as_str().cmp(item)).ok().map(|at| at as u64 + 1);
            found.or(item.is_empty().then_some(0))
        };
        Some(row(from)? * (self.items.len() as u64 + 1) + row(to)?)
    }

    /// From where and to where a step leads.
    pub fn ends(&self, step: u64) -> (&str, &str) {
        let rows = self.items.len() as u64 + 1;
        let item = |row: u64| {
            let at = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
            at.and_then(|at| self.items.get(at)).map_or("", String::as_str)
        };
        (item(step / rows), item(step % rows))
    }
}

pub fn weekday_of(day: i32) -> usize {
    // The first of 1970 was a Thursday.
    usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0)
}

impl AtomTold {
    /// Is anything told of it? Not of fewer visits than the threshold, nor where there were none.
    pub fn is_told(&self) -> bool {
        self.visits.shown > 0
    }

    pub fn of(atom: &Atom, counts: &AtomCounts, domain: &Domain, threshold: u64) -> Self {
        let visits = total(counts.visits(), threshold);
        let nodes = weekday_nodes(atom, counts, threshold);
        let of_languages: Vec<u64> =
            domain.languages.iter().map(|tag| counts.languages.get(tag).copied().unwrap_or(0)).collect();
        // Of fewer visits than the threshold nothing is told, also not what was opened.
        let items = if visits.is_exact() { items(counts, domain, threshold) } else { few(counts, domain, threshold) };
        let sum = |of: fn(&ItemTold) -> Told| items.iter().map(of).sum::<Told>();
        let with_items = counts.with_items.min(counts.visits());
        let opened = part(with_items, counts.visits(), visits, threshold);
        let finished = part(counts.finished.min(with_items), with_items, opened, threshold);
        Self {
            visits,
            days: days(atom, counts, &nodes, threshold),
            hours: hours(counts, &nodes, threshold),
            languages: split(&of_languages, visits, threshold),
            bands: split(&counts.bands, visits, threshold),
            finished: finished.at_most(sum(|item| item.heard).shown),
            with_items: opened.at_most(sum(|item| item.openings).shown),
            all_items: all_items(counts, &items, visits, threshold),
            items,
            paths: if visits.is_exact() { paths(counts, domain, threshold) } else { Vec::new() },
        }
    }

    /// What is told of several atoms together; of one domain, or none at all.
    pub fn sum<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        let mut steps: HashMap<u64, Told> = HashMap::new();
        for atom in all {
            for (day, told) in &atom.days {
                add(sum.days.entry(*day).or_default(), *told);
            }
            add_all(sum.hours.as_flattened_mut(), atom.hours.as_flattened());
            grow(&mut sum.languages, &atom.languages);
            grow(&mut sum.bands, &atom.bands);
            sum.items.resize(sum.items.len().max(atom.items.len()), ItemTold::default());
            sum.items.iter_mut().zip(&atom.items).for_each(|(sum, item)| sum.add(item));
            sum.all_items.add(&atom.all_items);
            for (sum, told) in [
                (&mut sum.visits, atom.visits),
                (&mut sum.finished, atom.finished),
                (&mut sum.with_items, atom.with_items),
            ] {
                add(sum, told);
            }
            atom.paths.iter().for_each(|(step, told)| add(steps.entry(*step).or_default(), *told));
        }
        sum.paths = steps.into_iter().collect();
        sum.paths.sort_unstable_by_key(|(step, _)| *step);
        sum
    }
}

impl ItemTold {
    fn add(&mut self, other: &Self) {
        add(&mut self.openings, other.openings);
        add(&mut self.begun, other.begun);
        add(&mut self.heard, other.heard);
        add(&mut self.sources, other.sources);
        add(&mut self.abandoned, other.abandoned);
    }
}

fn add(sum: &mut Told, told: Told) {
    *sum = *sum + told;
}

fn add_all(sums: &mut [Told], rows: &[Told]) {
    sums.iter_mut().zip(rows).for_each(|(sum, told)| add(sum, *told));
}

fn grow(sums: &mut Vec<Told>, rows: &[Told]) {
    sums.resize(sums.len().max(rows.len()), Told::default());
    add_all(sums, rows);
}

/// A part of a number, and the rest of it hidden with it.
fn part(part: u64, whole: u64, node: Told, threshold: u64) -> Told {
    split(&[part, whole.saturating_sub(part)], node, threshold).first().copied().unwrap_or_default()
}

fn weekday_nodes(atom: &Atom, counts: &AtomCounts, threshold: u64) -> [Told; 7] {
    let (mut visits, mut days) = ([0; 7], [0; 7]);
    for day in atom.first..=atom.last {
        days[weekday_of(day)] += 1;
        visits[weekday_of(day)] += counts.days.get(&day).copied().unwrap_or(0);
    }
    weekdays(visits, days, threshold)
}

fn days(atom: &Atom, counts: &AtomCounts, nodes: &[Told; 7], threshold: u64) -> BTreeMap<i32, Told> {
    let mut told = BTreeMap::new();
    for (weekday, node) in nodes.iter().enumerate() {
        let days: Vec<i32> = (atom.first..=atom.last).filter(|day| weekday_of(*day) == weekday).collect();
        let visits: Vec<u64> = days.iter().map(|day| counts.days.get(day).copied().unwrap_or(0)).collect();
        told.extend(days.into_iter().zip(split_in_thresholds(&visits, *node, threshold)));
    }
    told
}

fn hours(counts: &AtomCounts, nodes: &[Told; 7], threshold: u64) -> [[Told; 24]; 7] {
    let mut told = [[Told::default(); 24]; 7];
    for (weekday, (told, node)) in (0_u8..).zip(told.iter_mut().zip(nodes)) {
        let visits: Vec<u64> = (0..24).map(|hour| counts.hours.get(&(weekday, hour)).copied().unwrap_or(0)).collect();
        for (told, of_hour) in told.iter_mut().zip(split(&visits, *node, threshold)) {
            *told = of_hour;
        }
    }
    told
}

/// Few visits can open an item more often than they are; this much is said of each, unless even that were not true.
const OPENINGS_OF_FEW: u64 = 4;

fn few(counts: &AtomCounts, domain: &Domain, threshold: u64) -> Vec<ItemTold> {
    let of_item = |item: &ItemCounts| item.openings.max(item.begun).max(item.heard).max(item.sources);
    let (step, most) = (OPENINGS_OF_FEW * threshold, counts.items.values().map(of_item).max().unwrap_or(0));
    let told = Told { shown: 0, more: (most / step.max(1) + 1) * step };
    vec![ItemTold { openings: told, begun: told, heard: told, sources: told, abandoned: told }; domain.items.len()]
}

fn items(counts: &AtomCounts, domain: &Domain, threshold: u64) -> Vec<ItemTold> {
    let of: Vec<ItemCounts> =
        domain.items.iter().map(|item| counts.items.get(item).copied().unwrap_or_default()).collect();
    let table =
        |value: fn(&ItemCounts) -> u64| protect(&of.iter().map(value).collect::<Vec<_>>(), threshold).into_iter();
    let told = table(|item| item.openings).zip(table(|item| item.begun.max(item.heard)));
    let told = told.zip(table(|item| item.sources)).zip(&of);
    let item = |(((openings, begun), sources), item): (((Told, Told), Told), &ItemCounts)| ItemTold {
        openings,
        begun,
        heard: part(item.heard, item.begun.max(item.heard), begun, threshold),
        sources,
        abandoned: part(item.abandoned, item.openings, openings, threshold),
    };
    told.map(item).collect()
}

fn all_items(counts: &AtomCounts, items: &[ItemTold], visits: Told, threshold: u64) -> ItemTold {
    let added = |value: fn(&ItemTold) -> Told| items.iter().map(value).sum();
    let of = |value: fn(&ItemCounts) -> u64, rows: fn(&ItemTold) -> Told| {
        if visits.is_exact() { total(counts.items.values().map(value).sum(), threshold) } else { added(rows) }
    };
    ItemTold {
        openings: of(|item| item.openings, |item| item.openings),
        begun: of(|item| item.begun.max(item.heard), |item| item.begun),
        heard: added(|item| item.heard),
        sources: of(|item| item.sources, |item| item.sources),
        abandoned: added(|item| item.abandoned),
    }
}

fn paths(counts: &AtomCounts, domain: &Domain, threshold: u64) -> Vec<(u64, Told)> {
    let mut steps: Vec<u64> = counts.paths.values().copied().collect();
    // Steps that nobody made are rows as well: from the beginning or an item, to an item or the end.
    let possible = (domain.items.len() + 1).saturating_mul(domain.items.len() + 1).saturating_sub(1);
    steps.resize(steps.len().max(possible), 0);
    let told = protect(&steps, threshold);
    // In the order of their names, hence of their numbers.
    let named = counts.paths.keys().zip(told).filter(|(_, told)| told.shown > 0);
    named.filter_map(|((from, to), told)| Some((domain.step(from, to)?, told))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_visitors_who_open_one_map_again_and_again_are_not_told_as_fewer_openings() {
        let domain = Domain { items: vec!["a".to_owned(), "b".to_owned()], languages: vec!["vi".to_owned()] };
        let mut counts = AtomCounts::default();
        counts.languages.insert("vi".to_owned(), 3);
        counts.days.insert(0, 3);
        let atom = Atom { kiosk: "k".to_owned(), first: 0, last: 9, below: 0 };
        for openings in [0, 7, 19, 20, 64] {
            counts.items.insert("a".to_owned(), ItemCounts { openings, ..ItemCounts::default() });
            let told = AtomTold::of(&atom, &counts, &domain, 5);
            assert!(told.items[0].openings.shown == 0 && openings <= told.items[0].openings.more);
            assert!(openings <= told.all_items.openings.more);
            assert_eq!(told.items[0], told.items[1], "nothing tells one from the other");
        }
    }
}
