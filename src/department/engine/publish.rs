//! From counts to figures that may be told: small counts are hidden in the atoms, and all that is shown is a sum of
//! what is left (`suppression` tells why that holds).

use super::atoms::Asked;
use super::counts::{AtomCounts, BANDS_SECONDS, Counts, Histogram, median, merged};
use crate::department::figures::{Count, ItemRow, PathRow, Period, Words};
use crate::department::lake::events::{date_of, days_of};
use crate::department::suppression::{Told, coarse_millis, coarse_path, protect};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Screen time is told in whole minutes.
const COARSE_SCREEN_MILLIS: u64 = 60_000;
/// No more people than this can see and reach the screen at once.
pub const MOST_PEOPLE_AT_A_VISIT: u64 = 4;

/// The counts of a question, and what may be told of them.
pub struct Publishing<'a> {
    pub asked: &'a Asked,
    pub counts: &'a Counts,
    pub period: &'a Period,
    pub threshold: u64,
}

impl Publishing<'_> {
    /// Adds up one table of every atom. Its rows are the atom's own, so that an atom tells the same in every report.
    fn rows<K: Ord + Clone>(&self, rows: impl Fn(usize, &AtomCounts) -> Vec<(K, u64)>) -> BTreeMap<K, Told> {
        let mut sums: BTreeMap<K, Told> = BTreeMap::new();
        for (at, atom) in self.counts.atoms.iter().enumerate() {
            let rows = rows(at, atom);
            let values: Vec<u64> = rows.iter().map(|(_, value)| *value).collect();
            let told = protect(&values, self.threshold).rows();
            for ((key, _), told) in rows.into_iter().zip(told) {
                let sum = sums.entry(key).or_default();
                *sum = *sum + told;
            }
        }
        sums
    }

    fn shown<K: Ord>(&self, rows: BTreeMap<K, Told>) -> Vec<(K, Count)> {
        rows.into_iter().map(|(key, told)| (key, told.count(self.threshold))).collect()
    }

    /// Visits by day, within the period.
    fn days(&self) -> BTreeMap<i32, Told> {
        let (first, last) = (days_of(self.period.first), days_of(self.period.last));
        let mut days = self.rows(|at, atom| {
            let Some(asked) = self.asked.atoms.get(at) else { return Vec::new() };
            (asked.first..=asked.last).map(|day| (day, atom.days.get(&day).copied().unwrap_or(0))).collect()
        });
        days.retain(|day, _| (first..=last).contains(day));
        days
    }

    fn visits_told(&self, below: Option<usize>) -> Told {
        let mine = self.asked.atoms.iter().zip(&self.counts.atoms);
        let mine = mine.filter(|(asked, _)| below.is_none_or(|below| asked.below == below));
        mine.map(|(_, atom)| protect(&[atom.visits()], self.threshold).total()).sum()
    }

    pub fn visits(&self) -> Count {
        if self.asked.is_whole {
            return self.visits_told(None).count(self.threshold);
        }
        self.days().into_values().sum::<Told>().count(self.threshold)
    }

    pub fn visits_below(&self, below: usize) -> Count {
        if self.asked.is_whole { self.visits_told(Some(below)).count(self.threshold) } else { Count::Withheld }
    }

    /// Part of the visits, such as those in which something was heard to its end.
    fn share(&self, part: impl Fn(&AtomCounts) -> u64) -> Told {
        let share = |_: usize, atom: &AtomCounts| {
            let part = part(atom);
            vec![(true, part), (false, atom.visits().saturating_sub(part))]
        };
        self.rows(share).get(&true).copied().unwrap_or_default()
    }

    pub fn finished(&self) -> Count {
        if !self.asked.is_whole {
            return Count::Withheld;
        }
        self.share(|atom| atom.finished).count(self.threshold)
    }

    /// At least one person at a visit that opened an item; at most as many as can stand there, at every visit.
    pub fn people(&self) -> Option<(u64, u64)> {
        let Count::Shown(visits) = self.visits() else { return None };
        let least = self.share(|atom| atom.with_items).shown;
        self.asked.is_whole.then(|| (least.min(visits), visits.saturating_mul(MOST_PEOPLE_AT_A_VISIT)))
    }

    pub fn screen_millis(&self) -> u64 {
        let millis: u64 = self.counts.atoms.iter().map(|atom| atom.millis).sum();
        let is_told = self.asked.is_whole && matches!(self.visits(), Count::Shown(_));
        if is_told { millis / COARSE_SCREEN_MILLIS * COARSE_SCREEN_MILLIS } else { 0 }
    }

    /// Told only beside a count that is.
    fn median_millis(&self, beside: Count, seconds: &Histogram) -> Option<u64> {
        let enough = matches!(beside, Count::Shown(shown) if shown >= self.threshold) && self.asked.is_whole;
        median(seconds).filter(|_| enough).map(|seconds| coarse_millis(seconds * 1_000))
    }

    pub fn median_visit(&self) -> Option<u64> {
        self.median_millis(self.visits(), &merged(self.counts.lengths.values()))
    }

    pub fn median_visit_below(&self, below: usize) -> Option<u64> {
        self.median_millis(self.visits_below(below), self.counts.lengths.get(&below)?)
    }

    /// Visits by day.
    pub fn by_day(&self) -> Vec<(Date, Count)> {
        self.shown(self.days().into_iter().filter_map(|(day, told)| Some((date_of(day)?, told))).collect())
    }

    pub fn weeks(&self) -> Vec<(Date, Count)> {
        let mut weeks: BTreeMap<Date, Told> = BTreeMap::new();
        for (day, told) in self.days() {
            let monday = date_of(day - (day + 3).rem_euclid(7));
            if let Some(monday) = monday {
                let sum = weeks.entry(monday).or_default();
                *sum = *sum + told;
            }
        }
        self.shown(weeks)
    }

    pub fn hours(&self) -> [[Count; 24]; 7] {
        let mut hours = [[Count::Withheld; 24]; 7];
        if !self.asked.is_whole {
            return hours;
        }
        let all = || (0..7u8).flat_map(|weekday| (0..24u8).map(move |hour| (weekday, hour)));
        let rows = self.rows(|_, atom| all().map(|key| (key, atom.hours.get(&key).copied().unwrap_or(0))).collect());
        for ((weekday, hour), count) in self.shown(rows) {
            hours[usize::from(weekday)][usize::from(hour)] = count;
        }
        hours
    }

    pub fn lengths(&self) -> Vec<(Option<u64>, Count)> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let rows = self.rows(|_, atom| atom.bands.iter().copied().enumerate().collect());
        let end = |band: usize| BANDS_SECONDS.get(band).and_then(|end| u64::try_from(end * 1_000).ok());
        self.shown(rows).into_iter().map(|(band, count)| (end(band), count)).collect()
    }

    pub fn languages(&self) -> Vec<(String, Count)> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        self.shown(self.rows(|_, atom| atom.languages.iter().map(|(tag, visits)| (tag.clone(), *visits)).collect()))
    }

    /// Items by how often they were opened, most first.
    pub fn items(&self, title: impl Fn(&str) -> Option<Words>) -> Vec<ItemRow> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let table = |value: fn(&super::counts::ItemCounts) -> u64| {
            self.rows(|_, atom| atom.items.iter().map(|(item, counts)| (item.clone(), value(counts))).collect())
        };
        let openings = table(|item| item.openings);
        let (begun, heard) = (table(|item| item.begun), table(|item| item.heard));
        let (sources, abandoned) = (table(|item| item.sources), table(|item| item.abandoned));
        let at = |table: &BTreeMap<String, Told>, item: &String| {
            table.get(item).copied().unwrap_or_default().count(self.threshold)
        };
        let mut order: Vec<(&String, &Told)> = openings.iter().collect();
        order.sort_by(|(a, one), (b, two)| two.shown.cmp(&one.shown).then_with(|| a.cmp(b)));
        let row = |(item, _): (&String, &Told)| {
            let shown = at(&openings, item);
            let dwell = self.counts.dwell.get(item).and_then(|dwell| self.median_millis(shown, dwell));
            // The depth is told where the number of those who zoomed may be told as well.
            let zoomed = self.counts.zoom.get(item).filter(|zoom| zoom.values().sum::<u64>() >= self.threshold);
            let zoom = zoomed.filter(|_| dwell.is_some()).and_then(median);
            ItemRow {
                item: item.clone(),
                title: title(item).unwrap_or_else(|| Words { vi: item.clone(), en: item.clone() }),
                openings: shown,
                median_dwell_millis: dwell,
                narrations: (at(&begun, item), at(&heard, item)),
                median_zoom_percent: zoom,
                sources_opened: at(&sources, item),
                abandoned: at(&abandoned, item),
            }
        };
        order.into_iter().map(row).collect()
    }

    /// Steps from item to item, most frequent first.
    pub fn paths(&self) -> Vec<PathRow> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let rows = self.rows(|_, atom| atom.paths.iter().map(|(step, times)| (step.clone(), *times)).collect());
        let mut rows: Vec<((String, String), Told)> = rows.into_iter().collect();
        rows.sort_by(|(a, one), (b, two)| two.shown.cmp(&one.shown).then_with(|| a.cmp(b)));
        let row = |((from, to), told)| PathRow { from, to, times: coarse_path(told, self.threshold) };
        rows.into_iter().map(row).collect()
    }
}
