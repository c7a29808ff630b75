//! The writer: events go into a channel, one thread puts them on disk, the frame loop never waits.

use super::event::Event;
use super::record::{GENESIS, Record};
use crate::base::clock::{Clock, Moment};
use crate::base::ids::random_token;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A commit at least this often while there is something to write. Real time: it guards against real power cuts.
const COMMIT_EVERY: Duration = Duration::from_millis(250);
/// Events that may wait for a slow disk before they are counted as lost.
const QUEUE: usize = 4096;
/// Events kept while the disk refuses them.
const MAX_PENDING: usize = 20_000;

/// The tables. Text columns accept ids and fixed words only, so that no name, sentence or picture can be stored.
pub const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS record (
    sequence         INTEGER PRIMARY KEY,
    boot             TEXT NOT NULL CHECK (length(boot) = 32 AND boot NOT GLOB '*[^0-9a-f]*'),
    monotonic_millis INTEGER NOT NULL CHECK (typeof(monotonic_millis) = 'integer'),
    wall_millis      INTEGER NOT NULL CHECK (typeof(wall_millis) = 'integer'),
    visit            TEXT NOT NULL CHECK (length(visit) IN (0, 32) AND visit NOT GLOB '*[^0-9a-f]*'),
    kind             TEXT NOT NULL CHECK (kind IN (KINDS)),
    subject          TEXT NOT NULL CHECK (length(subject) <= 64 AND subject NOT GLOB '*[^a-z0-9-]*'),
    detail           TEXT NOT NULL CHECK (length(detail) <= 64 AND detail NOT GLOB '*[^a-z0-9.+-]*'),
    amount           INTEGER NOT NULL CHECK (typeof(amount) = 'integer'),
    hash             BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
";

enum Told {
    Event {
        moment: Moment,
        visit: String,
        event: Event,
    },
    /// Commit now and answer.
    Flush(SyncSender<()>),
}

/// A handle on the writer thread; dropping the last one commits and ends it.
#[derive(Debug)]
pub struct Journal {
    sender: Option<SyncSender<Told>>,
    lost: Arc<AtomicU64>,
    written: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
    clock: Clock,
}

impl Journal {
    /// Starts the writer on the journal at `path`, which is made when missing. A disk that refuses is retried.
    pub fn start(path: PathBuf, clock: Clock, warn: impl Fn(&str) + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(QUEUE);
        let lost = Arc::new(AtomicU64::new(0));
        let written = Arc::new(AtomicU64::new(0));
        let mut writer = Writer {
            path,
            boot: random_token(),
            store: None,
            pending: Vec::new(),
            lost: Arc::clone(&lost),
            written: Arc::clone(&written),
            warned: false,
            warn: Box::new(warn),
            clock: clock.clone(),
        };
        let spawned = std::thread::Builder::new().name("journal".into()).spawn(move || writer.run(&receiver));
        Self { sender: Some(sender), lost, written, thread: spawned.ok(), clock }
    }

    /// Notes an event that happens now; never waits. `visit` is the visit's token or empty.
    pub fn note(&self, visit: &str, event: Event) {
        let told = Told::Event { moment: self.clock.now(), visit: visit.to_owned(), event };
        let Some(sender) = &self.sender else { return };
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = sender.try_send(told) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Asks for a commit, such as at the end of a visit, without waiting for it.
    pub fn commit_soon(&self) {
        let (answer, _unheard) = sync_channel(1);
        if let Some(sender) = &self.sender {
            let _ = sender.try_send(Told::Flush(answer));
        }
    }

    /// Waits until everything noted so far is on disk. Not for the frame loop.
    pub fn flush(&self) {
        let (answer, heard) = sync_channel(1);
        if let Some(sender) = &self.sender
            && sender.send(Told::Flush(answer)).is_ok()
        {
            let _ = heard.recv();
        }
    }

    /// Records on disk since this journal was started.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Store {
    connection: Connection,
    sequence: i64,
    hash: [u8; 32],
}

struct Writer {
    path: PathBuf,
    boot: String,
    store: Option<Store>,
    pending: Vec<(Moment, String, Event)>,
    lost: Arc<AtomicU64>,
    written: Arc<AtomicU64>,
    warned: bool,
    warn: Box<dyn Fn(&str) + Send>,
    clock: Clock,
}

impl Writer {
    fn run(&mut self, receiver: &Receiver<Told>) {
        loop {
            // Sleeps without end while there is nothing to write, so an idle kiosk costs nothing.
            let told = if self.pending.is_empty() {
                receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                receiver.recv_timeout(COMMIT_EVERY)
            };
            match told {
                Ok(Told::Event { moment, visit, event }) => {
                    self.keep(moment, visit, event);
                    self.gather(receiver);
                    self.commit();
                }
                Ok(Told::Flush(answer)) => {
                    self.commit();
                    let _ = answer.try_send(());
                }
                Err(RecvTimeoutError::Timeout) => self.commit(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.commit();
                    return;
                }
            }
        }
    }

    /// Takes what else arrives within one commit's time, so that a burst is one transaction.
    fn gather(&mut self, receiver: &Receiver<Told>) {
        let until = std::time::Instant::now() + COMMIT_EVERY;
        while let Some(left) = until.checked_duration_since(std::time::Instant::now()) {
            match receiver.recv_timeout(left) {
                Ok(Told::Event { moment, visit, event }) => self.keep(moment, visit, event),
                Ok(Told::Flush(answer)) => {
                    self.commit();
                    let _ = answer.try_send(());
                    return;
                }
                Err(_) => return,
            }
        }
    }

    fn keep(&mut self, moment: Moment, visit: String, event: Event) {
        if self.pending.len() < MAX_PENDING {
            self.pending.push((moment, visit, event));
        } else {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn commit(&mut self) {
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            self.pending.push((self.clock.now(), String::new(), Event::Lost { records: lost }));
        }
        if self.pending.is_empty() {
            return;
        }
        match self.write_pending() {
            Ok(count) => {
                self.pending.clear();
                self.warned = false;
                self.written.fetch_add(count, Ordering::Relaxed);
            }
            Err(error) => {
                // The chain on disk is read again before the next try.
                self.store = None;
                if !self.warned {
                    (self.warn)(&format!("the journal cannot be written, records wait in memory: {error}"));
                    self.warned = true;
                }
            }
        }
    }

    fn write_pending(&mut self) -> rusqlite::Result<u64> {
        if self.store.is_none() {
            self.store = Some(open_store(&self.path)?);
        }
        let Some(store) = &mut self.store else { return Ok(0) };
        let transaction = store.connection.transaction()?;
        let (mut sequence, mut hash) = (store.sequence, store.hash);
        for (moment, visit, event) in &self.pending {
            sequence += 1;
            let record = record_of(sequence, &self.boot, *moment, visit, event);
            hash = record.hash(&hash);
            insert(&transaction, &record, &hash)?;
        }
        transaction.commit()?;
        (store.sequence, store.hash) = (sequence, hash);
        Ok(self.pending.len() as u64)
    }
}

fn record_of(sequence: i64, boot: &str, moment: Moment, visit: &str, event: &Event) -> Record {
    let columns = event.columns();
    Record {
        sequence,
        boot: boot.to_owned(),
        monotonic_millis: i64::try_from(moment.monotonic_millis).unwrap_or(i64::MAX),
        wall_millis: moment.wall_millis,
        visit: visit.to_owned(),
        kind: columns.kind.to_owned(),
        subject: columns.subject,
        detail: columns.detail,
        amount: i64::try_from(columns.amount).unwrap_or(i64::MAX),
    }
}

fn insert(connection: &Connection, record: &Record, hash: &[u8; 32]) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    statement.execute(params![
        record.sequence,
        record.boot,
        record.monotonic_millis,
        record.wall_millis,
        record.visit,
        record.kind,
        record.subject,
        record.detail,
        record.amount,
        hash.as_slice(),
    ])?;
    Ok(())
}

fn open_store(path: &Path) -> rusqlite::Result<Store> {
    if let Some(folder) = path.parent() {
        // A failure shows itself when the file is opened.
        let _ = std::fs::create_dir_all(folder);
    }
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let kinds = super::event::KINDS.map(|k| format!("'{k}'")).join(", ");
    connection.execute_batch(&SCHEMA.replace("KINDS", &kinds))?;
    let last = connection.query_row("SELECT sequence, hash FROM record ORDER BY sequence DESC LIMIT 1", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?))
    });
    match last {
        Ok((sequence, hash)) => Ok(Store { connection, sequence, hash }),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(Store { connection, sequence: 0, hash: GENESIS }),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use std::sync::Mutex;

    fn quiet(_: &str) {}

    #[test]
    fn a_journal_goes_on_where_the_last_run_ended() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("data/visits.sqlite");
        for _ in 0..2 {
            let journal = Journal::start(path.clone(), Clock::stepped(0), quiet);
            journal.note("", Event::VisitStarted);
            journal.note("", Event::LanguageChosen { language: "en".into() });
        }
        let records = read::records(&path).expect("readable");
        assert_eq!(records.iter().map(|(r, _)| r.sequence).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_ne!(records[0].0.boot, records[2].0.boot);
        assert_eq!(read::verify(&records), Ok(()));
    }

    #[test]
    fn a_full_disk_keeps_records_waiting_and_warns_once() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let folder = dir.path().join("data");
        // A file where the folder should be refuses like a disk that cannot be written.
        std::fs::write(&folder, b"").expect("written");
        let warnings = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&warnings);
        let journal = Journal::start(folder.join("visits.sqlite"), Clock::stepped(0), move |_| {
            *counted.lock().expect("unpoisoned") += 1;
        });
        journal.note("", Event::VisitStarted);
        journal.flush();
        journal.flush();
        assert_eq!((*warnings.lock().expect("unpoisoned"), journal.written()), (1, 0));
        std::fs::remove_file(&folder).expect("removed");
        journal.flush();
        assert_eq!(journal.written(), 1);
        drop(journal);
        assert_eq!(read::records(&folder.join("visits.sqlite")).expect("readable").len(), 1);
    }

    #[test]
    fn no_column_takes_a_name_a_sentence_or_a_picture() {
        let store = {
            let dir = tempfile::tempdir().expect("temporary folder");
            open_store(&dir.path().join("a")).expect("opened")
        };
        let columns: Vec<String> = store
            .connection
            .prepare("SELECT name FROM pragma_table_info('record')")
            .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
            .expect("columns");
        let known = [
            "sequence",
            "boot",
            "monotonic_millis",
            "wall_millis",
            "visit",
            "kind",
            "subject",
            "detail",
            "amount",
            "hash",
        ];
        assert_eq!(columns, known, "a new column needs its own look at what it could hold");
        let good = Record {
            sequence: 1,
            boot: "0".repeat(32),
            monotonic_millis: 0,
            wall_millis: 0,
            visit: String::new(),
            kind: "item-opened".into(),
            subject: "map-taberd-1838".into(),
            detail: "vi".into(),
            amount: 0,
        };
        let refused = |change: &dyn Fn(&mut Record)| {
            let mut record = good.clone();
            change(&mut record);
            insert(&store.connection, &record, &[0; 32]).is_err()
        };
        for personal in
            ["Nguyễn Văn A", "Nguyen Van A", "a@b.vn", "+84 912 345 678", "data:image/png;base64,AAAA", "Lớp 8A"]
        {
            assert!(refused(&|r| r.subject = personal.into()), "subject {personal}");
            assert!(refused(&|r| r.detail = personal.into()), "detail {personal}");
            assert!(refused(&|r| r.visit = personal.into()), "visit {personal}");
            assert!(refused(&|r| r.boot = personal.into()), "boot {personal}");
            assert!(refused(&|r| r.kind = personal.into()), "kind {personal}");
        }
        assert!(refused(&|r| r.subject = "a".repeat(65)));
        assert!(!refused(&|_| ()));
    }
}
