//! Which of the records taken from one kiosk count. Journals overlap, miss records, or contradict one another; from
//! whatever was taken, in whatever order, this picks each sequence number at most once, by a published rule.
//!
//! A chain is followed backwards from its end by the hashes. Among chains that contradict one another the one counts
//! that the kiosk's own signature vouches for furthest, then the one that reaches furthest, then the one whose last
//! hash is lowest. What lies before a gap is picked by the same rule again. The rest is kept, and counts nowhere.

use super::ledger::{Digest, Point, Segment};
use std::collections::BTreeMap;

/// The hash before a journal's first record.
const GENESIS: Digest = Digest([0; 32]);

/// Records `from ..= to` of a segment, by its place in the list given to [`choose`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub segment: usize,
    pub from: i64,
    pub to: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// In order of sequence, none overlapping.
    pub pieces: Vec<Piece>,
    /// Missing records, both ends included.
    pub gaps: Vec<(i64, i64)>,
    /// A record that does not fit its hash counts, or records were kept aside because others contradict them.
    pub broken: bool,
}

struct Index<'a> {
    segments: &'a [&'a Segment],
    /// Sound segments by the points on them.
    sound: BTreeMap<Point, usize>,
    /// Doubtful records by their stored hash.
    doubtful: BTreeMap<Point, usize>,
    /// For each segment, whether another goes on from its end.
    followed: Vec<bool>,
    sealed: &'a [Point],
}

/// Picks the records that count.
pub fn choose(segments: &[&Segment], sealed: &[Point]) -> Chosen {
    let index = Index::new(segments, sealed);
    let mut chosen = Chosen::default();
    let mut below = i64::MAX;
    while let Some(walk) = index.best_walk(below) {
        let Some(first) = walk.last().map(|piece| piece.from) else { break };
        chosen.pieces.extend(walk);
        below = first;
        if first <= 1 {
            break;
        }
    }
    chosen.pieces.reverse();
    chosen.gaps = gaps(&chosen.pieces);
    chosen.broken = index.contradicted(&chosen.pieces);
    chosen
}

fn gaps(pieces: &[Piece]) -> Vec<(i64, i64)> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for piece in pieces {
        if piece.from > next {
            gaps.push((next, piece.from - 1));
        }
        next = piece.to + 1;
    }
    gaps
}

impl<'a> Index<'a> {
    fn new(segments: &'a [&'a Segment], sealed: &'a [Point]) -> Self {
        let followed = vec![false; segments.len()];
        let mut index = Self { segments, sound: BTreeMap::new(), doubtful: BTreeMap::new(), followed, sealed };
        for (at, segment) in segments.iter().enumerate() {
            for point in &segment.points {
                let Some(content) = segment.doubtful else {
                    // Equal hashes mean equal records, so which of two is taken makes no difference to what counts;
                    // the one that begins earlier makes the walk shorter.
                    let kept = index.sound.entry(*point).or_insert(at);
                    if segments[*kept].first > segment.first {
                        *kept = at;
                    }
                    continue;
                };
                let kept = index.doubtful.entry(*point).or_insert(at);
                if segments[*kept].doubtful.is_some_and(|other| content < other) {
                    *kept = at;
                }
            }
        }
        let befores = segments
            .iter()
            .filter_map(|segment| segment.before.map(|hash| Point { sequence: segment.first - 1, hash }));
        let befores: std::collections::BTreeSet<Point> = befores.collect();
        for (followed, segment) in index.followed.iter_mut().zip(segments) {
            *followed = segment.end().is_some_and(|end| befores.contains(&end));
        }
        index
    }

    /// The best chain among records below a sequence number.
    fn best_walk(&self, below: i64) -> Option<Vec<Piece>> {
        // What goes on below the mark is walked over from there.
        let starts = self
            .segments
            .iter()
            .enumerate()
            .filter(|(at, segment)| segment.first < below && !(self.followed[*at] && segment.last + 1 < below));
        let walks = starts.filter_map(|(at, segment)| {
            // Cut at `below`, a segment's end is no known point; its own end still tells two chains apart.
            let end = segment.end()?;
            let to = segment.last.min(below - 1);
            let walk = self.walk(at, to);
            let vouched = self.vouched(&walk);
            // A doubtful record is never preferred to a sound one at the same place.
            Some(((vouched, to, segment.doubtful.is_none(), std::cmp::Reverse((end.hash, segment.doubtful))), walk))
        });
        walks.max_by(|(rank, _), (other, _)| rank.cmp(other)).map(|(_, walk)| walk)
    }

    /// A chain followed backwards to where no record before it is known; newest piece first.
    fn walk(&self, start: usize, to: i64) -> Vec<Piece> {
        let mut pieces = vec![Piece { segment: start, from: self.segments[start].first, to }];
        let mut at = start;
        loop {
            let segment = self.segments[at];
            let before = match segment.before {
                Some(GENESIS) if segment.first == 1 => return pieces,
                Some(hash) => Point { sequence: segment.first - 1, hash },
                None => return pieces,
            };
            let Some(next) = self.sound.get(&before).or_else(|| self.doubtful.get(&before)) else {
                return pieces;
            };
            at = *next;
            pieces.push(Piece { segment: at, from: self.segments[at].first, to: before.sequence });
        }
    }

    /// The furthest record of a chain that a signature vouches for.
    fn vouched(&self, walk: &[Piece]) -> i64 {
        let on_walk = |point: &&Point| {
            walk.iter().any(|piece| {
                (piece.from..=piece.to).contains(&point.sequence)
                    && self.segments[piece.segment].hash_at(point.sequence) == Some(point.hash)
            })
        };
        self.sealed.iter().filter(on_walk).map(|point| point.sequence).max().unwrap_or(0)
    }

    /// Whether something taken says otherwise than what was picked.
    fn contradicted(&self, pieces: &[Piece]) -> bool {
        self.segments.iter().enumerate().any(|(at, segment)| {
            // After a gap the first record cannot be proved; that alone contradicts nothing.
            if segment.doubtful.is_some() {
                return segment.before.is_some();
            }
            !pieces.iter().any(|piece| piece.segment == at && piece.to == segment.last)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> Digest {
        Digest(*blake3::hash(text.as_bytes()).as_bytes())
    }

    fn point(sequence: i64, chain: &str) -> Point {
        Point { sequence, hash: hash(&format!("{chain}{sequence}")) }
    }

    fn segment(first: i64, last: i64, before: Option<Digest>, chain: &str) -> Segment {
        Segment { first, last, before, points: vec![point(last, chain)], doubtful: None, parts: Vec::new() }
    }

    fn ranges(chosen: &Chosen) -> Vec<(usize, i64, i64)> {
        chosen.pieces.iter().map(|piece| (piece.segment, piece.from, piece.to)).collect()
    }

    #[test]
    fn a_chain_is_followed_over_its_segments_in_any_order() {
        let a = segment(1, 10, Some(GENESIS), "a");
        let b = segment(11, 20, Some(point(10, "a").hash), "a");
        let chosen = choose(&[&b, &a], &[]);
        assert_eq!(ranges(&chosen), [(1, 1, 10), (0, 11, 20)]);
        assert!(chosen.gaps.is_empty() && !chosen.broken);
    }

    #[test]
    fn a_gap_is_told_and_what_lies_before_it_still_counts() {
        let a = segment(1, 10, Some(GENESIS), "a");
        let b = segment(15, 20, None, "a");
        let chosen = choose(&[&a, &b], &[]);
        assert_eq!(ranges(&chosen), [(0, 1, 10), (1, 15, 20)]);
        assert_eq!(chosen.gaps, [(11, 14)]);
    }

    #[test]
    fn of_two_chains_the_signed_one_counts_then_the_longer() {
        let a = segment(1, 10, Some(GENESIS), "a");
        let b = segment(1, 20, Some(GENESIS), "b");
        assert_eq!(ranges(&choose(&[&a, &b], &[])), [(1, 1, 20)]);
        assert_eq!(ranges(&choose(&[&b, &a], &[])), [(0, 1, 20)]);
        assert_eq!(ranges(&choose(&[&a, &b], &[point(10, "a")])), [(0, 1, 10)]);
        assert!(choose(&[&a, &b], &[]).broken);
    }

    #[test]
    fn a_fork_counts_the_winners_records_and_no_others() {
        let mut a = segment(1, 100, Some(GENESIS), "a");
        a.points.insert(0, point(40, "a"));
        let b = segment(41, 120, Some(point(40, "a").hash), "b");
        let chosen = choose(&[&a, &b], &[]);
        assert_eq!(ranges(&chosen), [(0, 1, 40), (1, 41, 120)]);
        assert!(chosen.broken);
    }

    #[test]
    fn a_doubtful_record_counts_only_while_no_sound_one_is_there() {
        let a = segment(1, 39, Some(GENESIS), "a");
        let c = segment(41, 100, Some(point(40, "a").hash), "a");
        let mut doubtful = segment(40, 40, Some(point(39, "a").hash), "a");
        doubtful.doubtful = Some(hash("other"));
        assert_eq!(ranges(&choose(&[&a, &c, &doubtful], &[])), [(0, 1, 39), (2, 40, 40), (1, 41, 100)]);
        let sound = segment(40, 40, Some(point(39, "a").hash), "a");
        let chosen = choose(&[&a, &c, &doubtful, &sound], &[]);
        assert_eq!(ranges(&chosen), [(0, 1, 39), (3, 40, 40), (1, 41, 100)]);
        assert!(chosen.broken);
    }
}
