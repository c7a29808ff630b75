//! What may be told of one atom: all its tables together, so that none gives another away (`suppression` has the proof).

use super::atoms::Atom;
use super::counts::{AtomCounts, ItemCounts};
use crate::department::suppression::{Told, protect, split, split_in_thresholds, total, weekdays};
use std::collections::BTreeMap;

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
    /// Only those that are told.
    pub paths: BTreeMap<(String, String), Told>,
}

pub fn weekday_of(day: i32) -> usize {
    // The first of 1970 was a Thursday.
    usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0)
}

impl AtomTold {
    pub fn of(atom: &Atom, counts: &AtomCounts, domain: &Domain, threshold: u64) -> Self {
        let visits = total(counts.visits(), threshold);
        let nodes = weekday_nodes(atom, counts, threshold);
        let of_languages: Vec<u64> =
            domain.languages.iter().map(|tag| counts.languages.get(tag).copied().unwrap_or(0)).collect();
        // Of fewer visits than the threshold nothing is told, also not what was opened.
        let items = if visits.is_exact() { items(counts, domain, threshold) } else { few(domain, visits) };
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
            paths: if visits.is_exact() { paths(counts, domain, threshold) } else { BTreeMap::new() },
        }
    }
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

fn few(domain: &Domain, visits: Told) -> Vec<ItemTold> {
    let item = ItemTold { openings: visits, begun: visits, heard: visits, sources: visits, abandoned: visits };
    vec![item; domain.items.len()]
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
    let of = |value: fn(&ItemCounts) -> u64| {
        if visits.is_exact() { total(counts.items.values().map(value).sum(), threshold) } else { visits }
    };
    ItemTold {
        openings: of(|item| item.openings),
        begun: of(|item| item.begun.max(item.heard)),
        heard: items.iter().map(|item| item.heard).sum(),
        sources: of(|item| item.sources),
        abandoned: items.iter().map(|item| item.abandoned).sum(),
    }
}

fn paths(counts: &AtomCounts, domain: &Domain, threshold: u64) -> BTreeMap<(String, String), Told> {
    let mut steps: Vec<u64> = counts.paths.values().copied().collect();
    // Steps that nobody made are rows as well: from the beginning or an item, to an item or the end.
    let possible = (domain.items.len() + 1).saturating_mul(domain.items.len() + 1).saturating_sub(1);
    steps.resize(steps.len().max(possible), 0);
    let told = protect(&steps, threshold);
    let named = counts.paths.keys().cloned().zip(told);
    named.filter(|(_, told)| told.shown > 0).collect()
}
