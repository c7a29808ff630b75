//! From counts to figures that may be told: small counts are hidden in the atoms, and all that is shown is a sum of
//! what is left (`suppression` tells why that holds).

use super::atoms::Asked;
use super::counts::{BANDS_SECONDS, Counts, Histogram, Measures, median, merged};
use super::told::{AtomTold, Domain, ItemTold};
use crate::department::certain::AtLeast;
use crate::department::figures::{Count, ItemMore, ItemRow, ItemTotals, PathRow, Period, RowsMore, Words};
use crate::department::lake::events::{date_of, days_of};
use crate::department::suppression::{Told, coarse_millis, coarse_path};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Screen time is told in whole minutes.
const COARSE_SCREEN_MILLIS: u64 = 60_000;
/// No more people than this can see and reach the screen at once.
pub const MOST_PEOPLE_AT_A_VISIT: u64 = 4;

/// The counts of a question, and what may be told of them.
pub struct Publishing<'a> {
    pub asked: &'a Asked,
    measures: Cow<'a, Measures>,
    screen_millis: u64,
    pub domain: &'a Domain,
    pub period: &'a Period,
    pub threshold: u64,
    /// The last day told of by itself; those after it are still to come.
    until: Date,
    /// In the order of the question's atoms.
    told: Vec<Arc<AtomTold>>,
    sum: AtomTold,
}

impl<'a> Publishing<'a> {
    /// `today`: days after it are still to come.
    pub fn new(
        (asked, counts): (&'a Asked, &'a Counts),
        domain: &'a Domain,
        period: &'a Period,
        threshold: u64,
        today: Date,
    ) -> Self {
        let atoms = asked.atoms.iter().zip(&counts.atoms);
        let told = atoms.map(|(atom, counts)| Arc::new(AtomTold::of(atom, counts, domain, threshold))).collect();
        let millis = counts.atoms.iter().map(|atom| atom.millis).sum();
        Self::of_atoms(asked, (told, Cow::Borrowed(&counts.measures), millis), domain, period, threshold, today)
    }

    /// Of atoms in the order of the question's, of which it is known already what may be told.
    pub fn of_atoms(
        asked: &'a Asked,
        (told, measures, screen_millis): (Vec<Arc<AtomTold>>, Cow<'a, Measures>, u64),
        domain: &'a Domain,
        period: &'a Period,
        threshold: u64,
        today: Date,
    ) -> Self {
        let (until, sum) = (period.last.min(today), AtomTold::sum(told.iter().map(|atom| &**atom)));
        Self { asked, measures, screen_millis, domain, period, threshold, until, told, sum }
    }

    /// The first and the last day told of by themselves, since 1970.
    pub fn days_told(&self) -> (i32, i32) {
        (days_of(self.period.first), days_of(self.until))
    }

    /// What is told of each atom, in the order of the question's atoms.
    pub fn atoms(&self) -> &[Arc<AtomTold>] {
        &self.told
    }

    /// Visits by day, within the period and up to today.
    fn days(&self) -> impl Iterator<Item = (i32, Told)> {
        let (first, last) = (days_of(self.period.first), days_of(self.until));
        let days = (first <= last).then(|| self.sum.days.range(first..=last));
        days.into_iter().flatten().map(|(day, told)| (*day, *told))
    }

    fn at_least(&self, told: Told) -> AtLeast {
        AtLeast::new(told.count(self.threshold), told.more)
    }

    pub fn visits(&self) -> AtLeast {
        self.at_least((0..self.told.len()).map(|at| self.visits_of(at)).sum())
    }

    /// Of one atom within the period: its total, or its days where the period cuts it.
    pub fn visits_of(&self, at: usize) -> Told {
        let (Some(told), Some(atom)) = (self.told.get(at), self.asked.atoms.get(at)) else { return Told::default() };
        let (first, last) = (days_of(self.period.first), days_of(self.period.last));
        if first <= atom.first && atom.last <= last {
            return told.visits;
        }
        let days = (first <= last).then(|| told.days.range(first..=last));
        days.into_iter().flatten().map(|(_, told)| *told).sum()
    }

    /// The first day of which visits are told.
    pub fn told_from(&self) -> Option<Date> {
        self.days().find(|(_, told)| told.shown > 0).and_then(|(day, _)| date_of(day))
    }

    pub fn visits_below(&self, below: usize) -> Count {
        if !self.asked.is_whole {
            return Count::Withheld;
        }
        let mine = self.asked.atoms.iter().zip(&self.told).filter(|(asked, _)| asked.below == below);
        mine.map(|(_, atom)| atom.visits).sum::<Told>().count(self.threshold)
    }

    pub fn finished(&self) -> AtLeast {
        if !self.asked.is_whole {
            return AtLeast::new(Count::Withheld, 0);
        }
        self.at_least(self.sum.finished)
    }

    /// At least one person at a visit that opened an item; at most as many as can stand there, at every visit.
    pub fn people(&self) -> Option<(u64, u64)> {
        let AtLeast { count: Count::Shown(visits), more } = self.visits() else { return None };
        let least = self.sum.with_items.shown;
        let most = visits.saturating_add(more).saturating_mul(MOST_PEOPLE_AT_A_VISIT);
        // “From 0 on” says nothing.
        (self.asked.is_whole && least > 0).then(|| (least.min(visits), most))
    }

    pub fn screen_millis(&self) -> Option<u64> {
        let millis = self.screen_millis;
        let is_told = self.asked.is_whole && self.visits().count.shown().is_some();
        is_told.then_some(millis / COARSE_SCREEN_MILLIS * COARSE_SCREEN_MILLIS)
    }

    /// Told only beside a count that is.
    fn median_millis(&self, beside: Count, seconds: &Histogram) -> Option<u64> {
        let enough = matches!(beside, Count::Shown(shown) if shown >= self.threshold) && self.asked.is_whole;
        median(seconds).filter(|_| enough).map(|seconds| coarse_millis(seconds * 1_000))
    }

    pub fn median_visit(&self) -> Option<u64> {
        self.median_millis(self.visits().count, &merged(self.measures.lengths.values()))
    }

    pub fn median_visit_below(&self, below: usize) -> Option<u64> {
        self.median_millis(self.visits_below(below), self.measures.lengths.get(&below)?)
    }

    /// Visits by day.
    pub fn by_day(&self) -> Vec<(Date, Count)> {
        let told = |(day, told): (i32, Told)| Some((date_of(day)?, told.count(self.threshold)));
        self.days().filter_map(told).collect()
    }

    fn by_week(&self) -> BTreeMap<Date, Told> {
        let mut weeks: BTreeMap<Date, Told> = BTreeMap::new();
        for (day, told) in self.days() {
            if let Some(monday) = date_of(day - (day + 3).rem_euclid(7)) {
                let sum = weeks.entry(monday).or_default();
                *sum = *sum + told;
            }
        }
        weeks
    }

    pub fn weeks(&self) -> Vec<(Date, Count)> {
        self.by_week().into_iter().map(|(monday, told)| (monday, told.count(self.threshold))).collect()
    }

    /// What the rows of the tables may hold on top, in their order.
    pub fn more(&self) -> RowsMore {
        let weeks = self.by_week().into_values().map(|told| told.more).collect();
        if !self.asked.is_whole {
            return RowsMore { weeks, ..RowsMore::default() };
        }
        let hours = (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour)));
        RowsMore {
            weeks,
            hours: hours.map(|(day, hour)| self.sum.hours[day][hour].more).collect(),
            lengths: (0..=BANDS_SECONDS.len()).map(|band| at(&self.sum.bands, band).more).collect(),
            languages: (0..self.domain.languages.len()).map(|row| at(&self.sum.languages, row).more).collect(),
        }
    }

    pub fn hours(&self) -> [[Count; 24]; 7] {
        let mut hours = [[Count::Withheld; 24]; 7];
        if !self.asked.is_whole {
            return hours;
        }
        for (weekday, row) in hours.iter_mut().enumerate() {
            for (hour, count) in row.iter_mut().enumerate() {
                *count = self.sum.hours[weekday][hour].count(self.threshold);
            }
        }
        hours
    }

    pub fn lengths(&self) -> Vec<(Option<u64>, Count)> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let end = |band: usize| BANDS_SECONDS.get(band).and_then(|end| u64::try_from(end * 1_000).ok());
        let of = |band: usize| at(&self.sum.bands, band).count(self.threshold);
        (0..=BANDS_SECONDS.len()).map(|band| (end(band), of(band))).collect()
    }

    /// Every language, the one that kiosks begin in first.
    pub fn languages(&self) -> Vec<(String, Count)> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let of = |row: usize| at(&self.sum.languages, row).count(self.threshold);
        self.domain.languages.iter().enumerate().map(|(row, tag)| (tag.clone(), of(row))).collect()
    }

    /// Items by how often they were opened, most first.
    pub fn items(&self, title: impl Fn(&str) -> Option<Words>) -> Vec<ItemRow> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let of = |row: usize| self.sum.items.get(row).copied().unwrap_or_default();
        let mut rows: Vec<(&String, ItemTold)> =
            self.domain.items.iter().enumerate().map(|(row, item)| (item, of(row))).collect();
        rows.sort_by(|(a, one), (b, two)| two.openings.shown.cmp(&one.openings.shown).then_with(|| a.cmp(b)));
        rows.into_iter().map(|(item, told)| self.item(item, &told, title(item))).collect()
    }

    /// Of all items together.
    pub fn all_items(&self) -> ItemTotals {
        let of = |value: fn(&ItemTold) -> Told| {
            if self.asked.is_whole { value(&self.sum.all_items).count(self.threshold) } else { Count::Withheld }
        };
        ItemTotals {
            openings: of(|item| item.openings),
            begun: of(|item| item.begun),
            sources: of(|item| item.sources),
        }
    }

    fn item(&self, item: &str, told: &ItemTold, title: Option<Words>) -> ItemRow {
        let count = |told: Told| told.count(self.threshold);
        let openings = count(told.openings);
        let dwell = self.measures.dwell.get(item).and_then(|dwell| self.median_millis(openings, dwell));
        // The depth is told where the number of those who zoomed may be told as well.
        let zoomed = self.measures.zoom.get(item).filter(|zoom| zoom.values().sum::<u64>() >= self.threshold);
        let zoom = zoomed.filter(|_| dwell.is_some()).and_then(median);
        ItemRow {
            item: item.to_owned(),
            title: title.unwrap_or_else(|| Words { vi: item.to_owned(), en: item.to_owned() }),
            openings,
            median_dwell_millis: dwell,
            narrations: (count(told.begun), count(told.heard)),
            median_zoom_percent: zoom,
            sources_opened: count(told.sources),
            abandoned: count(told.abandoned),
            more: ItemMore {
                openings: told.openings.more,
                begun: told.begun.more,
                heard: told.heard.more,
                sources: told.sources.more,
                abandoned: told.abandoned.more,
            },
        }
    }

    /// Steps from item to item, most frequent first; what is not told is not listed.
    pub fn paths(&self) -> Vec<PathRow> {
        if !self.asked.is_whole {
            return Vec::new();
        }
        let mut rows = self.sum.paths.clone();
        rows.sort_by(|(a, one), (b, two)| two.shown.cmp(&one.shown).then_with(|| a.cmp(b)));
        let row = |(step, told): (u64, Told)| {
            let (from, to) = self.domain.ends(step);
            PathRow { from: from.to_owned(), to: to.to_owned(), times: coarse_path(told, self.threshold) }
        };
        rows.into_iter().map(row).collect()
    }
}

fn at(rows: &[Told], row: usize) -> Told {
    rows.get(row).copied().unwrap_or_default()
}
