//! Following a journal's chain from its first record to its last, over whatever is missing or altered in it.

use super::journal::Journal;
use super::refusal::Refusal;
use crate::department::lake::ledger::{Digest, Point};
use crate::visits::record::GENESIS;

/// A journal broken in more places than this tells nothing that can be trusted.
const MAX_RUNS: usize = 1_000;
/// The hash of the chain is kept at records whose number is a multiple of this.
const POINT_EVERY: i64 = 4_096;

/// Records that follow one another, each proved by the hash of the one before; or one record that is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub first: i64,
    /// The hash before the first record; none after a gap.
    pub before: Option<Digest>,
    /// The stored hash of every record.
    hashes: Vec<[u8; 32]>,
    /// The one record does not fit its hash, or nothing before it is there to prove it: what its hash would be.
    pub doubtful: Option<Digest>,
}

impl Run {
    pub fn last(&self) -> i64 {
        self.first + self.hashes.len() as i64 - 1
    }

    /// The hash at a record of the run, or right before it.
    pub fn hash(&self, sequence: i64) -> Option<Digest> {
        if sequence == self.first - 1 {
            return self.before;
        }
        let at = usize::try_from(sequence.checked_sub(self.first)?).ok()?;
        self.hashes.get(at).map(|hash| Digest(*hash))
    }

    /// What the ledger keeps of the hashes of some of its records.
    pub fn points(&self, first: i64, last: i64, sealed: Option<Point>) -> Vec<Point> {
        let sealed = sealed.map_or(0, |point| point.sequence);
        let inner = (first..last).filter(|sequence| sequence % POINT_EVERY == 0 || *sequence == sealed);
        let points = inner.chain([last]);
        points.filter_map(|sequence| self.hash(sequence).map(|hash| Point { sequence, hash })).collect()
    }
}

#[derive(Debug, Default)]
pub struct Followed {
    pub runs: Vec<Run>,
    pub records: u64,
    /// The version that the newest start of the kiosk told.
    pub version: String,
    pub lost: bool,
    pub is_torn: bool,
    /// Some time is impossible, or runs backwards within one start of the kiosk.
    pub clock_jumped: bool,
    clock: Option<(String, i64)>,
}

impl Followed {
    pub fn first(&self) -> Option<i64> {
        self.runs.first().map(|run| run.first)
    }

    pub fn last(&self) -> Option<i64> {
        self.runs.last().map(Run::last)
    }

    pub fn hash(&self, sequence: i64) -> Option<Digest> {
        let run = self.runs.iter().find(|run| (run.first..=run.last()).contains(&sequence))?;
        run.hash(sequence)
    }

    pub fn has_gap(&self) -> bool {
        self.first().is_some_and(|first| first > 1) || self.runs.windows(2).any(|w| w[1].first > w[0].last() + 1)
    }

    pub fn is_broken(&self) -> bool {
        self.runs.iter().any(|run| run.doubtful.is_some() && run.before.is_some())
    }
}

pub fn follow(journal: &Journal) -> Result<Followed, Refusal> {
    let mut followed = Followed::default();
    let mut before: Option<(i64, [u8; 32])> = Some((0, GENESIS));
    let is_torn = journal.read(i64::MIN, i64::MAX, |record, stored| {
        followed.note(&record);
        let known = before.filter(|(sequence, _)| sequence + 1 == record.sequence).map(|(_, hash)| hash);
        let computed = record.hash(&known.unwrap_or(GENESIS));
        before = Some((record.sequence, stored));
        match known {
            Some(hash) if computed == stored => followed.extend(record.sequence, hash, stored),
            _ => followed.runs.push(Run {
                first: record.sequence,
                before: known.map(Digest),
                hashes: vec![stored],
                doubtful: Some(Digest(computed)),
            }),
        }
        if followed.runs.len() > MAX_RUNS { Err(Refusal::TooBroken) } else { Ok(()) }
    })?;
    followed.is_torn = is_torn;
    Ok(followed)
}

impl Followed {
    fn extend(&mut self, sequence: i64, before: [u8; 32], stored: [u8; 32]) {
        match self.runs.last_mut() {
            Some(run) if run.doubtful.is_none() && run.last() + 1 == sequence => run.hashes.push(stored),
            _ => {
                let run = Run { first: sequence, before: Some(Digest(before)), hashes: vec![stored], doubtful: None };
                self.runs.push(run);
            }
        }
    }

    fn note(&mut self, record: &crate::visits::record::Record) {
        self.records += 1;
        match record.kind.as_str() {
            "kiosk-started" => self.version.clone_from(&record.detail),
            "lost" => self.lost = true,
            _ => {}
        }
        let offset = record.wall_millis - record.monotonic_millis;
        let plausible = crate::department::lake::clock::is_plausible(record.wall_millis);
        let back = self.clock.as_ref().is_some_and(|(boot, before)| *boot == record.boot && offset + 120_000 < *before);
        self.clock_jumped |= !plausible || back;
        self.clock = Some((record.boot.clone(), offset));
    }
}
