//! What may be said of numbers that are told as “at least so many”: which row surely holds the most, and which shares and
//! changes what is left out could hardly alter. Pure sums; reports and dashboard ask the same.

use super::figures::{Before, Count, Figures, ItemRow, Period};
use super::periods::days_between;
use jiff::civil::Date;

/// Per cent that what is left out may move a share, up or down, for it still to be told.
const MOST_POINTS: u64 = 2;
/// Figures that begin after more than this part of a period, a tenth, begin late.
const LATE_SHARE: i32 = 10;

/// A number of which at least a part is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtLeast {
    pub count: Count,
    /// So many may come on top.
    pub more: u64,
}

impl AtLeast {
    pub fn new(count: Count, more: u64) -> Self {
        Self { count, more }
    }

    /// The least and the greatest number it can be, where one is shown.
    fn range(self) -> Option<(u64, u64)> {
        let least = self.count.shown()?;
        Some((least, least.saturating_add(self.more)))
    }
}

/// The row that surely holds the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    pub at: usize,
    pub number: u64,
    /// Otherwise it holds at least the number.
    pub is_exact: bool,
}

/// The first of those that hold the most; none where what is left open could make another one larger. No row holds more
/// than `unsplit` on top.
pub fn surely_most(rows: impl IntoIterator<Item = AtLeast>, unsplit: u64) -> Option<Most> {
    let rows: Vec<AtLeast> = rows.into_iter().collect();
    let mut most: Option<Most> = None;
    for (at, row) in rows.iter().enumerate() {
        if let Some(number) = row.count.shown()
            && number > most.map_or(0, |most| most.number)
        {
            most = Some(Most { at, number, is_exact: row.more.min(unsplit) == 0 });
        }
    }
    let most = most?;
    let within = |row: &AtLeast| row.count.shown().unwrap_or(0).saturating_add(row.more.min(unsplit)) <= most.number;
    rows.iter().enumerate().all(|(at, row)| at == most.at || within(row)).then_some(most)
}

/// What the rows leave of a total: rows and it add up. None where the total is hidden.
pub fn not_split_up(total: Count, rows: impl IntoIterator<Item = Count>) -> Option<u64> {
    let rows = rows.into_iter().filter_map(Count::shown).fold(0_u64, u64::saturating_add);
    total.shown()?.checked_sub(rows)
}

/// The share of a part in whole per cent, rounded; none where what is left out could move it by more than two points.
pub fn sure_percent(part: AtLeast, whole: AtLeast) -> Option<u64> {
    let ((least, greatest), (of_least, of_greatest)) = (part.range()?, whole.range()?);
    let told = per_mille(least, of_least)?;
    let lowest = per_mille(least, of_greatest)?;
    // A part is never more than its whole.
    let highest = per_mille(greatest, of_least)?.min(1_000);
    is_near(told, lowest, highest).then(|| rounded(least, of_least)).flatten()
}

/// By how many per cent the second number is more than the first; none where what is left out could move that by more
/// than two points.
pub fn sure_change(before: AtLeast, now: AtLeast) -> Option<i64> {
    let ((least, greatest), (now_least, now_greatest)) = (before.range()?, now.range()?);
    let told = per_mille(now_least, least)?;
    is_near(told, per_mille(now_least, greatest)?, per_mille(now_greatest, least)?).then_some(())?;
    let moved = i64::try_from(rounded(now_least.abs_diff(least), least)?).ok()?;
    Some(if now_least < least { -moved } else { moved })
}

fn is_near(told: u64, lowest: u64, highest: u64) -> bool {
    highest.saturating_sub(told) <= MOST_POINTS * 10 && told.saturating_sub(lowest) <= MOST_POINTS * 10
}

fn per_mille(part: u64, whole: u64) -> Option<u64> {
    let share = (u128::from(part) * 1_000).checked_div(u128::from(whole))?;
    u64::try_from(share).ok()
}

/// In whole per cent, half up.
fn rounded(part: u64, whole: u64) -> Option<u64> {
    let share = (u128::from(part) * 200 + u128::from(whole)).checked_div(u128::from(whole) * 2)?;
    u64::try_from(share).ok()
}

impl Figures {
    /// All visits.
    pub fn visits(&self) -> AtLeast {
        AtLeast::new(self.key.visits, self.key.visits_more)
    }

    /// Is the period over? Until then it is told up to the day that the figures were made on.
    pub fn is_over(&self) -> bool {
        self.made_on > self.period.last
    }

    /// The last day told of.
    pub fn told_until(&self) -> Date {
        self.period.last.min(self.made_on)
    }

    /// The change against the whole period before: only when this one is over, and of days that figures are told of; not
    /// where visits without a day could alter it, which lie in either period or in none.
    pub fn change_percent(&self) -> Option<i64> {
        let (before, now) = self.to_compare()?;
        let undated = self.key.before.as_ref().map_or(0, |before| before.undated);
        let with = |number: AtLeast, more: u64| AtLeast { more: number.more.saturating_add(more), ..number };
        sure_change(with(before, undated), with(now, self.undated_most()))
    }

    /// Would the change be told if every visit had a day?
    pub fn is_change_undated(&self) -> bool {
        self.change_percent().is_none()
            && self.to_compare().is_some_and(|(before, now)| sure_change(before, now).is_some())
    }

    /// So many visits without a day there are at most that could lie in the period.
    pub fn undated_most(&self) -> u64 {
        self.key.undated.shown().unwrap_or(0).saturating_add(self.key.undated_more)
    }

    /// The visits of the period before and of this one.
    fn to_compare(&self) -> Option<(AtLeast, AtLeast)> {
        let before = self.key.before.as_ref().filter(|before| self.is_over() && before.told_from.is_some())?;
        Some((AtLeast::new(before.visits, before.more), self.visits()))
    }

    /// Visits that stand in no week.
    pub fn weeks_unsplit(&self) -> Option<u64> {
        not_split_up(self.key.visits, self.weeks.iter().map(|(_, count)| *count))
    }

    pub fn days_unsplit(&self) -> Option<u64> {
        not_split_up(self.key.visits, self.days.iter().map(|(_, count)| *count))
    }

    pub fn hours_unsplit(&self) -> Option<u64> {
        not_split_up(self.key.visits, self.hours.iter().flatten().copied())
    }

    pub fn lengths_unsplit(&self) -> Option<u64> {
        not_split_up(self.key.visits, self.lengths.iter().map(|(_, count)| *count))
    }

    pub fn languages_unsplit(&self) -> Option<u64> {
        not_split_up(self.key.visits, self.languages.iter().map(|(_, count)| *count))
    }

    pub fn busiest_week(&self) -> Option<Most> {
        let rows = with(self.weeks.iter().map(|(_, count)| *count), &self.more.weeks);
        surely_most(rows, self.open(self.weeks_unsplit()))
    }

    /// By weekday from Monday, times 24, and hour.
    pub fn busiest_hour(&self) -> Option<Most> {
        let rows = with(self.hours.iter().flatten().copied(), &self.more.hours);
        surely_most(rows, self.open(self.hours_unsplit()))
    }

    pub fn most_frequent_length(&self) -> Option<Most> {
        let rows = with(self.lengths.iter().map(|(_, count)| *count), &self.more.lengths);
        surely_most(rows, self.open(self.lengths_unsplit()))
    }

    pub fn item_opened_most(&self) -> Option<Most> {
        surely_most(self.items.iter().map(|item| AtLeast::new(item.openings, item.more.openings)), u64::MAX)
    }

    /// The share of a band of lengths in all visits.
    pub fn length_percent(&self, band: usize) -> Option<u64> {
        let (_, count) = self.lengths.get(band)?;
        sure_percent(AtLeast::new(*count, at(&self.more.lengths, band)), self.visits())
    }

    pub fn language_percent(&self, row: usize) -> Option<u64> {
        let (_, count) = self.languages.get(row)?;
        sure_percent(AtLeast::new(*count, at(&self.more.languages, row)), self.visits())
    }

    /// The share of visits in which a narration was heard to its end.
    pub fn finished_percent(&self) -> Option<u64> {
        sure_percent(AtLeast::new(self.key.finished, self.key.finished_more), self.visits())
    }

    /// What any row may hold on top: what is not split up, and what the total leaves out. In a period that cuts a
    /// segment nobody knows.
    fn open(&self, unsplit: Option<u64>) -> u64 {
        let open = unsplit.filter(|_| self.is_whole).map(|unsplit| unsplit.saturating_add(self.key.visits_more));
        open.unwrap_or(u64::MAX)
    }
}

impl Before {
    /// The day from which visits are told, if that is late in the period: then kiosks may have come later than it began.
    pub fn begins_late(&self) -> Option<Date> {
        let Period { first, last, .. } = self.period;
        self.told_from.filter(|day| days_between(first, *day) > days_between(first, last) / LATE_SHARE)
    }
}

impl ItemRow {
    /// How many of the narrations begun were heard to their end.
    pub fn completion_percent(&self) -> Option<u64> {
        let (begun, heard) = self.narrations;
        sure_percent(AtLeast::new(heard, self.more.heard), AtLeast::new(begun, self.more.begun))
    }
}

fn with(counts: impl Iterator<Item = Count>, more: &[u64]) -> impl Iterator<Item = AtLeast> {
    counts.enumerate().map(move |(row, count)| AtLeast::new(count, at(more, row)))
}

fn at(more: &[u64], row: usize) -> u64 {
    more.get(row).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(u64, u64)]) -> Vec<AtLeast> {
        rows.iter().map(|(shown, more)| AtLeast::new(Count::Shown(*shown), *more)).collect()
    }

    #[test]
    fn the_busiest_week_is_not_named_where_another_could_be_busier() {
        assert_eq!(
            surely_most(rows(&[(40, 0), (60, 3), (50, 10)]), 20).map(|most| (most.at, most.is_exact)),
            Some((1, false))
        );
        assert_eq!(surely_most(rows(&[(60, 0), (50, 11)]), 20), None);
        assert_eq!(
            surely_most(rows(&[(60, 0), (50, 11)]), 10).map(|most| most.at),
            Some(0),
            "so much was not left open"
        );
        let hidden = [AtLeast::new(Count::Withheld, 70), AtLeast::new(Count::Shown(60), 0)];
        assert_eq!(surely_most(hidden, u64::MAX), None);
    }

    #[test]
    fn the_first_of_equals_is_named_where_all_is_told() {
        let counts = [Count::Few, Count::Shown(7), Count::Shown(7), Count::Shown(0)];
        let most = surely_most(counts.map(|count| AtLeast::new(count, 0)), 0).expect("there is one");
        assert_eq!((most.at, most.number, most.is_exact), (1, 7, true));
        assert_eq!(surely_most(rows(&[(0, 0)]), 0), None);
    }

    #[test]
    fn a_share_of_25_per_cent_that_could_be_60_is_not_told() {
        let of = |part: (u64, u64), whole: (u64, u64)| {
            sure_percent(AtLeast::new(Count::Shown(part.0), part.1), AtLeast::new(Count::Shown(whole.0), whole.1))
        };
        assert_eq!(of((25, 35), (100, 0)), None);
        assert_eq!(of((25, 2), (100, 0)), Some(25));
        assert_eq!(of((25, 3), (100, 0)), None);
        assert_eq!(of((250, 0), (1_000, 60)), Some(25));
        assert_eq!(of((250, 0), (1_000, 200)), None);
        assert_eq!(of((99, 50), (100, 0)), Some(99), "a part is never more than its whole");
        assert_eq!(of((1, 0), (0, 0)), None);
        assert_eq!(sure_percent(AtLeast::new(Count::Few, 0), AtLeast::new(Count::Shown(9), 0)), None);
    }

    #[test]
    fn growth_against_a_lower_bound_is_not_told() {
        let of = |before: (u64, u64), now: (u64, u64)| {
            sure_change(AtLeast::new(Count::Shown(before.0), before.1), AtLeast::new(Count::Shown(now.0), now.1))
        };
        assert_eq!(of((100, 0), (112, 0)), Some(12));
        assert_eq!(of((100, 0), (88, 0)), Some(-12));
        assert_eq!(of((19_400, 7_000), (120_208, 0)), None);
        assert_eq!(of((0, 0), (5, 0)), None);
    }
}
