//! Sending statements so that none is lost or doubled: in batches, in the order of the journal, again after a wait when
//! the store cannot take them now, and one by one when something in a batch displeases it. The store and the waiting are
//! traits; nothing here knows a network or a clock.

use super::names::Base;
use super::progress::{Progress, ProgressError, Settled};
use super::statement::{Entry, entries};
use crate::visits::record::Record;
use serde_json::Value;
use std::iter::Peekable;
use std::time::Duration;

/// After so many refusals with nothing taken in between, the fault lies with the store or the profile.
const MAX_REFUSED_IN_A_ROW: usize = 50;
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// A store may ask for longer, up to this.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);
/// What is kept of a store's words, in characters.
const MAX_REASON_CHARS: usize = 300;

/// A learning record store.
pub trait Lrs {
    /// Asks it to keep statements, all or none.
    fn store(&mut self, statements: &[&Value]) -> Reply;
    /// The statement that it keeps under an id.
    fn stored(&mut self, id: &str) -> Result<Option<Value>, Reply>;
}

/// Lets time pass.
pub trait Patience {
    fn wait(&mut self, how_long: Duration);
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// All are kept now, or were before.
    Kept,
    /// It keeps something else under one of the ids.
    Conflict(String),
    /// Something in the batch is wrong, or there is too much of it.
    Refused(String),
    /// Not now; perhaps it says when.
    NotNow { why: String, after: Option<Duration> },
    /// Not with this password, or not at this address: sending on makes no sense.
    Never(String),
}

#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Statements in a batch.
    pub batch: usize,
    /// Bytes of statements in a batch, unless a single one is longer.
    pub batch_bytes: usize,
    /// Tries of one batch before giving up.
    pub tries: u32,
    /// Sends what was refused before once more.
    pub retry_refused: bool,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub taken: u64,
    /// Settled by an earlier run.
    pub before: u64,
    pub refused: u64,
    pub requests: u64,
    pub waits: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error(
        "kho dữ liệu không trả lời được sau {tries} lần: {why} · the store could not answer in {tries} tries: {why}"
    )]
    NoAnswer { tries: u32, why: String },
    #[error("kho dữ liệu từ chối: {0} · the store refuses: {0}")]
    Never(String),
    #[error("kho dữ liệu không nhận bản ghi nào: {0} · the store takes nothing: {0}")]
    RefusesAll(String),
    #[error(transparent)]
    Progress(#[from] ProgressError),
}

pub struct Sender<'a, L, P> {
    pub lrs: L,
    pub patience: P,
    pub progress: &'a mut Progress,
    pub manner: Manner,
    pub sum: Sum,
    refused_in_a_row: usize,
}

impl<'a, L: Lrs, P: Patience> Sender<'a, L, P> {
    pub fn new(lrs: L, patience: P, progress: &'a mut Progress, manner: Manner) -> Self {
        Self { lrs, patience, progress, manner, sum: Sum::default(), refused_in_a_row: 0 }
    }

    /// Sends what of a journal is not settled yet. What was settled stays so when this stops half way.
    pub fn send(&mut self, base: &Base, kiosk: &str, records: &[(Record, [u8; 32])]) -> Result<(), Stopped> {
        let mut settled = self.progress.of(kiosk);
        let last_settled = records.iter().find(|(record, _)| record.sequence == settled.sequence);
        if last_settled.is_some_and(|(_, hash)| *hash != settled.hash) {
            // The journal was made anew, or is of another origin: its statements have ids of their own.
            settled = Settled::default();
        }
        if self.manner.retry_refused && !settled.refused.is_empty() {
            let refused = std::mem::take(&mut settled.refused);
            let mut again = entries(base, kiosk, records).filter(|e| refused.contains_key(&e.sequence)).peekable();
            while again.peek().is_some() {
                let batch = self.next_batch(&mut again);
                settled.refused.extend(self.settle_batch(&batch)?);
            }
            self.progress.settle(kiosk, settled.clone())?;
        }
        let end = settled.sequence;
        self.sum.before += records.iter().filter(|(record, _)| record.sequence <= end).count() as u64;
        let mut waiting = entries(base, kiosk, records).filter(|e| e.sequence > end).peekable();
        while waiting.peek().is_some() {
            let batch = self.next_batch(&mut waiting);
            settled.refused.extend(self.settle_batch(&batch)?);
            if let Some(last) = batch.last() {
                (settled.sequence, settled.hash) = (last.sequence, last.hash);
                self.progress.settle(kiosk, settled.clone())?;
            }
        }
        Ok(())
    }

    fn next_batch(&self, entries: &mut Peekable<impl Iterator<Item = Entry>>) -> Vec<Entry> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < self.manner.batch.max(1) {
            let length = |e: &Entry| e.statement.as_ref().map_or(0, |statement| statement.to_string().len());
            let next = entries.next_if(|e| batch.is_empty() || bytes + length(e) <= self.manner.batch_bytes);
            let Some(entry) = next else { break };
            bytes += length(&entry);
            batch.push(entry);
        }
        batch
    }

    /// The records of a batch that are settled without being kept, and why.
    fn settle_batch(&mut self, batch: &[Entry]) -> Result<Vec<(i64, String)>, Stopped> {
        let mut refused: Vec<(i64, String)> =
            batch.iter().filter_map(|e| Some((e.sequence, e.statement.as_ref().err()?.to_string()))).collect();
        self.sum.refused += refused.len() as u64;
        let statements: Vec<(i64, &Value)> =
            batch.iter().filter_map(|e| Some((e.sequence, e.statement.as_ref().ok()?))).collect();
        if !statements.is_empty() {
            self.settle_part(&statements, &mut refused)?;
        }
        Ok(refused)
    }

    /// Halves what displeases until it is one statement.
    fn settle_part(&mut self, part: &[(i64, &Value)], refused: &mut Vec<(i64, String)>) -> Result<(), Stopped> {
        let statements: Vec<&Value> = part.iter().map(|(_, statement)| *statement).collect();
        let reply = self.ask(|lrs| lrs.store(&statements))?;
        let why = match reply {
            Reply::Conflict(_) | Reply::Refused(_) if part.len() > 1 => {
                let (first, second) = part.split_at(part.len() / 2);
                self.settle_part(first, refused)?;
                return self.settle_part(second, refused);
            }
            Reply::Conflict(why) if !self.is_kept(statements[0])? => why,
            Reply::Refused(why) => why,
            _ => {
                self.sum.taken += part.len() as u64;
                self.refused_in_a_row = 0;
                return Ok(());
            }
        };
        self.refused_in_a_row += 1;
        if self.refused_in_a_row >= MAX_REFUSED_IN_A_ROW {
            return Err(Stopped::RefusesAll(why));
        }
        self.sum.refused += 1;
        refused.push((part[0].0, why.chars().filter(|c| !c.is_control()).take(MAX_REASON_CHARS).collect()));
        Ok(())
    }

    /// Some stores call a conflict what is the same statement sent twice.
    fn is_kept(&mut self, statement: &Value) -> Result<bool, Stopped> {
        let id = statement["id"].as_str().unwrap_or_default().to_owned();
        let mut kept = None;
        let reply = self.ask(|lrs| match lrs.stored(&id) {
            Ok(found) => {
                kept = found;
                Reply::Kept
            }
            Err(reply) => reply,
        })?;
        Ok(reply == Reply::Kept && kept.is_some_and(|kept| says_the_same(statement, &kept)))
    }

    /// Asks until there is an answer, after waits that grow.
    fn ask(&mut self, mut question: impl FnMut(&mut L) -> Reply) -> Result<Reply, Stopped> {
        let (mut own_wait, mut tries) = (FIRST_WAIT, 0);
        loop {
            tries += 1;
            self.sum.requests += 1;
            let (why, after) = match question(&mut self.lrs) {
                Reply::Never(why) => return Err(Stopped::Never(why)),
                Reply::NotNow { why, after } => (why, after),
                answer => return Ok(answer),
            };
            if tries >= self.manner.tries {
                return Err(Stopped::NoAnswer { tries, why });
            }
            self.sum.waits += 1;
            self.patience.wait(after.map_or(own_wait, |asked| asked.min(LONGEST_ASKED).max(own_wait)));
            own_wait = (own_wait * 2).min(LONGEST_WAIT);
        }
    }
}

/// What the specification compares: not what a store adds or may word differently.
fn says_the_same(ours: &Value, kept: &Value) -> bool {
    let moment = |value: &Value| value["timestamp"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let fields = ["id", "actor", "verb", "object", "result", "context"];
    let is_same_time = ours.get("timestamp").is_none() || moment(ours) == moment(kept);
    is_same_time && fields.iter().all(|field| essence(&ours[field]) == essence(&kept[field]))
}

/// Without wordings, definitions and types that go without saying.
fn essence(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_essential = |key: &str| !["objectType", "definition", "display"].contains(&key);
            let kept = fields.iter().filter(|(key, _)| is_essential(key));
            kept.map(|(key, value)| (key.clone(), essence(value))).collect()
        }
        Value::Array(values) => values.iter().map(essence).collect(),
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::record::GENESIS;
    use std::collections::{BTreeMap, VecDeque};
    use std::path::Path;

    /// A store in memory that behaves as told: what it answers next, whatever it is asked, and what displeases it.
    #[derive(Default)]
    struct Store {
        kept: BTreeMap<String, Value>,
        next: VecDeque<Reply>,
        displeasing: Vec<String>,
        /// Calls a conflict what it keeps already.
        is_strict: bool,
        /// Keeps what it was sent when it next answers that it cannot.
        keeps_silently: bool,
        most: usize,
    }

    impl Lrs for &mut Store {
        fn store(&mut self, statements: &[&Value]) -> Reply {
            self.most = self.most.max(statements.len());
            let id = |statement: &Value| statement["id"].as_str().expect("id").to_owned();
            if let Some(reply) = self.next.pop_front() {
                if self.keeps_silently {
                    self.kept.extend(statements.iter().map(|s| (id(s), (*s).clone())));
                }
                return reply;
            }
            if statements.iter().any(|s| self.displeasing.contains(&id(s))) {
                return Reply::Refused("displeasing".into());
            }
            if statements.iter().any(|s| self.kept.get(&id(s)).is_some_and(|kept| self.is_strict || kept != *s)) {
                return Reply::Conflict("there".into());
            }
            self.kept.extend(statements.iter().map(|s| (id(s), (*s).clone())));
            Reply::Kept
        }

        fn stored(&mut self, id: &str) -> Result<Option<Value>, Reply> {
            Ok(self.kept.get(id).cloned())
        }
    }

    #[derive(Default)]
    struct Waits(Vec<u64>);

    impl Patience for &mut Waits {
        fn wait(&mut self, how_long: Duration) {
            self.0.push(how_long.as_secs());
        }
    }

    fn base() -> Base {
        Base::new("https://a.vn").expect("base")
    }

    fn journal(count: i64) -> Vec<(Record, [u8; 32])> {
        let mut previous = GENESIS;
        let record = |sequence| Record {
            sequence,
            boot: "0".repeat(32),
            monotonic_millis: sequence,
            wall_millis: 1_700_000_000_000 + sequence,
            visit: String::new(),
            kind: "item-opened".into(),
            subject: "a".into(),
            detail: String::new(),
            amount: 0,
        };
        let chained = (1..=count).map(record).map(|record| {
            previous = record.hash(&previous);
            (record, previous)
        });
        chained.collect()
    }

    fn ids(records: &[(Record, [u8; 32])]) -> Vec<String> {
        let id = |entry: Entry| entry.statement.expect("translated")["id"].as_str().expect("id").to_owned();
        entries(&base(), "k", records).map(id).collect()
    }

    const MANNER: Manner = Manner { batch: 10, batch_bytes: 1 << 20, tries: 4, retry_refused: false };

    /// Sends a journal of kiosk `k` with the progress in this folder.
    fn send(
        dir: &Path,
        store: &mut Store,
        manner: Manner,
        records: &[(Record, [u8; 32])],
    ) -> (Result<(), Stopped>, Sum, Vec<u64>) {
        let mut progress = Progress::open(&dir.join("state"), &base(), "s").expect("opened");
        let mut waits = Waits::default();
        let mut sender = Sender::new(store, &mut waits, &mut progress, manner);
        let sent = sender.send(&base(), "k", records);
        let sum = sender.sum;
        (sent, sum, waits.0)
    }

    fn refused(dir: &Path) -> Vec<i64> {
        let progress = Progress::open(&dir.join("state"), &base(), "s").expect("opened");
        progress.of("k").refused.into_keys().collect()
    }

    #[test]
    fn a_journal_is_sent_once_and_what_is_new_after_it() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (mut store, records) = (Store::default(), journal(37));
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records[..25]);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, sum.requests, store.most), (25, 3, 10));
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, sum.before, store.kept.len()), (12, 25, 37));
    }

    #[test]
    fn a_store_that_is_away_is_asked_again_after_waits_that_grow() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut store = Store::default();
        let away = |after| Reply::NotNow { why: "away".into(), after };
        store.next.extend([away(None), away(Some(Duration::from_secs(60))), away(Some(Duration::from_secs(1)))]);
        let (sent, sum, waits) = send(dir.path(), &mut store, MANNER, &journal(5));
        assert!(sent.is_ok());
        assert_eq!((waits, sum.taken, store.kept.len()), (vec![1, 60, 4], 5, 5));
    }

    #[test]
    fn giving_up_keeps_what_was_settled_and_the_next_run_goes_on() {
        let dir = tempfile::tempdir().expect("temporary folder");
        // It keeps the second batch and dies before it says so.
        let mut store = Store { keeps_silently: true, ..Store::default() };
        let records = journal(25);
        let away = Reply::NotNow { why: "away".into(), after: None };
        store.next.push_back(Reply::Kept);
        store.next.extend(vec![away; 4]);
        let (sent, sum, waits) = send(dir.path(), &mut store, MANNER, &records);
        assert!(matches!(sent, Err(Stopped::NoAnswer { tries: 4, .. })));
        assert_eq!((sum.taken, waits), (10, vec![1, 2, 4]));
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(sent.is_ok());
        assert_eq!((sum.before, sum.taken, store.kept.len()), (10, 15, 25));
    }

    #[test]
    fn one_statement_that_displeases_is_found_and_the_others_are_taken() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let records = journal(20);
        let all = ids(&records);
        let mut store = Store { displeasing: vec![all[3].clone(), all[19].clone()], ..Store::default() };
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, sum.refused, store.kept.len()), (18, 2, 18));
        assert_eq!(refused(dir.path()), [4, 20]);
        // Not asked again, unless it is wished.
        let (_, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert_eq!((sum.requests, sum.before), (0, 20));
        store.displeasing.pop();
        let (_, sum, _) = send(dir.path(), &mut store, Manner { retry_refused: true, ..MANNER }, &records);
        assert_eq!((sum.taken, sum.refused), (1, 1));
        assert_eq!(refused(dir.path()), [4]);
    }

    #[test]
    fn the_same_statement_is_no_conflict_and_another_is() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let records = journal(10);
        let mut store = Store { is_strict: true, ..Store::default() };
        send(dir.path(), &mut store, MANNER, &records[..6]).0.expect("sent");
        let forged = ids(&records)[2].clone();
        store.kept.get_mut(&forged).expect("kept")["object"]["id"] = "https://b.vn".into();
        // Worded otherwise by the store, but the same.
        let worded = ids(&records)[1].clone();
        store.kept.get_mut(&worded).expect("kept")["timestamp"] = "2023-11-14T22:13:20.002+00:00".into();
        std::fs::remove_file(dir.path().join("state")).expect("forgotten");
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, sum.refused), (9, 1));
        assert_eq!(refused(dir.path()), [3]);
    }

    #[test]
    fn a_store_that_refuses_everything_is_left_alone_and_nothing_is_settled() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let records = journal(200);
        let mut store = Store { displeasing: ids(&records), ..Store::default() };
        let (sent, _, _) = send(dir.path(), &mut store, Manner { batch: 100, ..MANNER }, &records);
        assert!(matches!(sent, Err(Stopped::RefusesAll(_))));
        assert!(refused(dir.path()).is_empty());
        store.next.push_back(Reply::Never("password".into()));
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(matches!(sent, Err(Stopped::Never(_))));
        assert_eq!(sum.requests, 1);
    }

    #[test]
    fn a_record_that_is_no_statement_is_told_and_passed() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (mut store, mut records) = (Store::default(), journal(3));
        records[1].0.kind = "item-read".into();
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &records);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, sum.refused, refused(dir.path())), (2, 1, vec![2]));
    }

    #[test]
    fn a_journal_made_anew_is_sent_from_its_first_record() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut store = Store::default();
        send(dir.path(), &mut store, MANNER, &journal(12)).0.expect("sent");
        let mut other = journal(14);
        for (record, hash) in &mut other {
            record.subject = "b".into();
            *hash = record.hash(hash);
        }
        let (sent, sum, _) = send(dir.path(), &mut store, MANNER, &other);
        assert!(sent.is_ok());
        assert_eq!((sum.taken, store.kept.len()), (14, 26));
    }

    #[test]
    fn a_batch_holds_no_more_bytes_than_asked() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut store = Store::default();
        let (sent, sum, _) = send(dir.path(), &mut store, Manner { batch_bytes: 1, ..MANNER }, &journal(3));
        assert!(sent.is_ok());
        assert_eq!((store.most, sum.requests), (1, 3));
    }
}
