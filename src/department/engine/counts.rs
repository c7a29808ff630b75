//! What is counted, before anything is hidden. Two ways lead here, SQL over the roll-ups and a plain count over the
//! records; both must come to the same.

use std::collections::BTreeMap;

/// Upper ends of the bands of a visit's length, in seconds; the last band has none.
pub const BANDS_SECONDS: [i64; 6] = [30, 60, 120, 300, 600, 1_200];

/// The tables of one kiosk at one place in one segment of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtomCounts {
    /// Visits by day since 1970.
    pub days: BTreeMap<i32, u64>,
    /// Visits by weekday from Monday, 0, and hour.
    pub hours: BTreeMap<(u8, u8), u64>,
    pub languages: BTreeMap<String, u64>,
    /// Visits by band of length.
    pub bands: [u64; 7],
    pub millis: u64,
    pub finished: u64,
    pub with_items: u64,
    pub items: BTreeMap<String, ItemCounts>,
    pub paths: BTreeMap<(String, String), u64>,
}

impl AtomCounts {
    pub fn visits(&self) -> u64 {
        self.languages.values().sum()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemCounts {
    pub openings: u64,
    pub begun: u64,
    pub heard: u64,
    pub sources: u64,
    pub abandoned: u64,
}

/// How often each value occurred.
pub type Histogram = BTreeMap<u64, u64>;

/// What medians are taken of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Lengths in whole seconds, by place in the question's units below.
    pub lengths: BTreeMap<usize, Histogram>,
    pub dwell: BTreeMap<String, Histogram>,
    pub zoom: BTreeMap<String, Histogram>,
}

/// Everything that a question comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the order of the question's atoms.
    pub atoms: Vec<AtomCounts>,
    pub measures: Measures,
    /// Visits whose day no clock told, in all journals of the question's kiosks; kiosks without any are left out.
    pub undated: BTreeMap<String, u64>,
}

impl Counts {
    /// The first thing in which two counts differ, in words; none when they agree.
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self.atoms.len() != other.atoms.len() {
            return Some(format!("{} · {} atoms", self.atoms.len(), other.atoms.len()));
        }
        for (at, (one, two)) in self.atoms.iter().zip(&other.atoms).enumerate() {
            let parts: [(&str, bool); 8] = [
                ("days", one.days == two.days),
                ("hours", one.hours == two.hours),
                ("languages", one.languages == two.languages),
                ("bands", one.bands == two.bands),
                ("millis", one.millis == two.millis),
                ("finished", (one.finished, one.with_items) == (two.finished, two.with_items)),
                ("items", one.items == two.items),
                ("paths", one.paths == two.paths),
            ];
            if let Some((name, _)) = parts.iter().find(|(_, same)| !same) {
                return Some(format!("atom {at}: {name}: {one:?} · {two:?}"));
            }
        }
        let (one, two) = (&self.measures, &other.measures);
        let parts = [
            ("lengths", one.lengths == two.lengths),
            ("dwell", one.dwell == two.dwell),
            ("zoom", one.zoom == two.zoom),
            ("undated", self.undated == other.undated),
        ];
        parts.iter().find(|(_, same)| !same).map(|(name, _)| (*name).to_owned())
    }
}

/// The value in the middle; of two in the middle the lower one. Exact.
pub fn median(histogram: &Histogram) -> Option<u64> {
    let all: u64 = histogram.values().sum();
    let mut left = all.checked_sub(1)? / 2;
    for (value, times) in histogram {
        if left < *times {
            return Some(*value);
        }
        left -= times;
    }
    None
}

/// Adds up histograms.
pub fn merged<'a>(all: impl Iterator<Item = &'a Histogram>) -> Histogram {
    let mut sum = Histogram::new();
    for (value, times) in all.flatten() {
        *sum.entry(*value).or_default() += times;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_median_is_the_one_of_the_sorted_list(mut values in proptest::collection::vec(0u64..50, 0..60)) {
            let mut histogram = Histogram::new();
            for value in &values {
                *histogram.entry(*value).or_default() += 1;
            }
            values.sort_unstable();
            let middle = values.len().checked_sub(1).and_then(|last| values.get(last / 2)).copied();
            prop_assert_eq!(median(&histogram), middle);
        }
    }
}
