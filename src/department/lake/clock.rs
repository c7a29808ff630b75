//! What time it really was. A kiosk's clock may be wrong: a dead battery starts it in 1970, somebody sets it back. The
//! monotonic clock never is, within one run.
//!
//! The rule: a time before 2024 is not believed, nor one that lies later than what the same run says afterwards. Of
//! the runs, those are believed that agree in order and hold the most records. A record that is not believed takes the
//! difference between the two clocks from the next believed record of its run, else from the one before. A run without
//! any believed record has no known day; its visits are kept with their lengths and count in no period.

/// 1 January 2024, in UTC: no kiosk ran before.
pub const EARLIEST_MILLIS: i64 = 1_704_067_200_000;
/// 1 January 2100.
pub const LATEST_MILLIS: i64 = 4_102_444_800_000;
/// Clocks are set a little to and fro by machines that keep time over a network.
const TOLERANCE_MILLIS: i64 = 120_000;

/// A record's times; `run` counts the kiosk's starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub run: usize,
    pub monotonic_millis: i64,
    pub wall_millis: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// One for each record: milliseconds since 1970, where known.
    pub wall_millis: Vec<Option<i64>>,
    /// Some time was not believed.
    pub jumped: bool,
}

pub fn is_plausible(wall_millis: i64) -> bool {
    (EARLIEST_MILLIS..LATEST_MILLIS).contains(&wall_millis)
}

/// Corrects the times of a kiosk's records, given in order of sequence.
pub fn correct(stamps: &[Stamp]) -> Corrected {
    let runs: Vec<Run<'_>> = stamps.chunk_by(|a, b| a.run == b.run).map(Run::of).collect();
    let kept = believed_runs(&runs);
    let mut corrected = Corrected::default();
    for (run, kept) in runs.iter().zip(kept) {
        let believed = run.believed.iter().all(|b| *b);
        corrected.jumped |= !believed || !kept;
        corrected.wall_millis.extend(if kept { run.corrected() } else { vec![None; run.stamps.len()] });
    }
    corrected
}

struct Run<'a> {
    stamps: &'a [Stamp],
    believed: Vec<bool>,
}

impl<'a> Run<'a> {
    fn of(stamps: &'a [Stamp]) -> Self {
        let mut believed = vec![false; stamps.len()];
        let mut limit = i64::MAX;
        for (stamp, believed) in stamps.iter().zip(&mut believed).rev() {
            let offset = stamp.wall_millis.saturating_sub(stamp.monotonic_millis);
            *believed = is_plausible(stamp.wall_millis) && offset <= limit.saturating_add(TOLERANCE_MILLIS);
            if *believed {
                limit = limit.min(offset);
            }
        }
        Self { stamps, believed }
    }

    fn believed(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        self.stamps.iter().zip(&self.believed).filter(|(_, b)| **b).map(|(stamp, _)| stamp.wall_millis)
    }

    /// First and last believed time, and how many there are.
    fn span(&self) -> Option<(i64, i64, u64)> {
        Some((self.believed().next()?, self.believed().next_back()?, self.believed().count() as u64))
    }

    fn corrected(&self) -> Vec<Option<i64>> {
        let mut out: Vec<Option<i64>> = vec![None; self.stamps.len()];
        let mut offset = None;
        for (at, stamp) in self.stamps.iter().enumerate().rev() {
            if self.believed[at] {
                offset = Some(stamp.wall_millis - stamp.monotonic_millis);
                out[at] = Some(stamp.wall_millis);
            } else {
                out[at] = offset.map(|o| stamp.monotonic_millis + o);
            }
        }
        let mut offset = None;
        for (at, stamp) in self.stamps.iter().enumerate() {
            if self.believed[at] {
                offset = Some(stamp.wall_millis - stamp.monotonic_millis);
            } else if out[at].is_none() {
                out[at] = offset.map(|o| stamp.monotonic_millis + o);
            }
        }
        out
    }
}

/// The heaviest list of runs whose believed times follow one another.
fn believed_runs(runs: &[Run<'_>]) -> Vec<bool> {
    let spans: Vec<Option<(i64, i64, u64)>> = runs.iter().map(Run::span).collect();
    let mut ends: Vec<i64> = spans.iter().flatten().map(|(_, end, _)| *end).collect();
    ends.sort_unstable();
    ends.dedup();
    // A tree over the ends: the heaviest list so far that ends at or before each, as (weight, run + 1).
    let mut tree = vec![(0u64, 0usize); ends.len() + 1];
    let mut previous = vec![0usize; runs.len()];
    let mut best = (0u64, 0usize);
    for (at, span) in spans.iter().enumerate() {
        let Some((start, end, weight)) = *span else { continue };
        let mut place = ends.partition_point(|e| *e <= start.saturating_add(TOLERANCE_MILLIS));
        let mut before = (0, 0);
        while place > 0 {
            before = before.max(tree[place]);
            place &= place - 1;
        }
        previous[at] = before.1;
        let mine = (before.0 + weight, at + 1);
        best = best.max(mine);
        let mut place = ends.partition_point(|e| *e < end) + 1;
        while place < tree.len() {
            tree[place] = tree[place].max(mine);
            place += place & place.wrapping_neg();
        }
    }
    let mut kept = vec![false; runs.len()];
    let mut at = best.1;
    while at > 0 {
        kept[at - 1] = true;
        at = previous[at - 1];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: i64 = 1_770_000_000_000;

    fn stamps(list: &[(usize, i64, i64)]) -> Vec<Stamp> {
        list.iter().map(|&(run, monotonic_millis, wall_millis)| Stamp { run, monotonic_millis, wall_millis }).collect()
    }

    #[test]
    fn a_good_clock_is_left_alone_also_over_a_sleeping_night() {
        let list = stamps(&[(0, 0, T), (0, 1_000, T + 1_000), (0, 2_000, T + 40_000_000), (1, 0, T + 90_000_000)]);
        let corrected = correct(&list);
        assert!(!corrected.jumped);
        assert_eq!(corrected.wall_millis, list.iter().map(|s| Some(s.wall_millis)).collect::<Vec<_>>());
    }

    #[test]
    fn a_dead_clock_takes_its_time_from_the_same_run() {
        let corrected = correct(&stamps(&[(0, 0, 0), (0, 5_000, 5_000), (0, 60_000, T), (1, 0, 7)]));
        assert!(corrected.jumped);
        assert_eq!(corrected.wall_millis, [Some(T - 60_000), Some(T - 55_000), Some(T), None]);
    }

    #[test]
    fn a_clock_set_back_makes_what_was_before_it_later_than_true() {
        let corrected = correct(&stamps(&[(0, 0, T + 900_000_000), (0, 10_000, T), (0, 20_000, T + 10_000)]));
        assert!(corrected.jumped);
        assert_eq!(corrected.wall_millis, [Some(T - 10_000), Some(T), Some(T + 10_000)]);
    }

    #[test]
    fn one_run_out_of_order_does_not_spoil_the_others() {
        let day = 86_400_000;
        let mut list = vec![(0, 0, T), (0, 1, T + 1), (1, 0, T + day), (1, 1, T + day + 1)];
        list.push((2, 0, EARLIEST_MILLIS + 5));
        list.extend([(3, 0, T + 2 * day), (3, 1, T + 2 * day + 1)]);
        let corrected = correct(&stamps(&list));
        assert!(corrected.jumped);
        assert_eq!(corrected.wall_millis.iter().filter(|w| w.is_none()).count(), 1);
        assert_eq!(corrected.wall_millis[4], None);
    }
}
