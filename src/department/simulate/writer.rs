//! Writes records at full speed into a journal of exactly the form that a kiosk writes, chain and all.

use crate::visits::event::KINDS;
use crate::visits::journal::SCHEMA;
use crate::visits::record::{GENESIS, Record};
use rusqlite::{Connection, params};
use std::path::Path;

/// A journal being made. Nothing is synced: a simulation that is cut off is made again.
pub struct Writer {
    connection: Connection,
    record: Record,
    hash: [u8; 32],
    pub visits: u64,
}

impl Writer {
    pub fn create(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;")?;
        let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
        connection.execute_batch(&SCHEMA.replace("KINDS", &kinds))?;
        connection.execute_batch("BEGIN")?;
        let text = String::new;
        let record = Record {
            sequence: 0,
            boot: text(),
            monotonic_millis: 0,
            wall_millis: 0,
            visit: text(),
            kind: text(),
            subject: text(),
            detail: text(),
            amount: 0,
        };
        Ok(Self { connection, record, hash: GENESIS, visits: 0 })
    }

    /// Names the run or the visit of the records that follow; an empty visit is none.
    pub fn boot(&mut self) -> &mut String {
        &mut self.record.boot
    }

    pub fn visit(&mut self) -> &mut String {
        &mut self.record.visit
    }

    pub fn sequence(&self) -> i64 {
        self.record.sequence
    }

    pub fn add(&mut self, at: (i64, i64), kind: &str, words: (&str, &str), amount: i64) -> rusqlite::Result<()> {
        let record = &mut self.record;
        record.sequence += 1;
        (record.monotonic_millis, record.wall_millis) = at;
        for (column, text) in [(&mut record.kind, kind), (&mut record.subject, words.0), (&mut record.detail, words.1)]
        {
            column.clear();
            column.push_str(text);
        }
        record.amount = amount;
        self.hash = record.hash(&self.hash);
        let mut insert =
            self.connection.prepare_cached("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        insert.execute(params![
            record.sequence,
            record.boot,
            record.monotonic_millis,
            record.wall_millis,
            record.visit,
            record.kind,
            record.subject,
            record.detail,
            record.amount,
            self.hash.as_slice(),
        ])?;
        Ok(())
    }

    /// Lets others read what is there, and goes on.
    pub fn commit(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("COMMIT; BEGIN")
    }

    /// Ends the journal; the number of its records.
    pub fn finish(self) -> rusqlite::Result<i64> {
        self.connection.execute_batch("COMMIT")?;
        let sequence = self.record.sequence;
        self.connection.close().map_err(|(_, error)| error)?;
        Ok(sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::read;

    #[test]
    fn what_it_writes_a_kiosk_could_have_written() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("visits.sqlite");
        let mut writer = Writer::create(&path).expect("made");
        writer.boot().push_str(&"0".repeat(32));
        writer.add((0, 5), "kiosk-started", ("", "0.1.0"), 0).expect("written");
        writer.commit().expect("committed");
        writer.visit().push_str(&"a".repeat(32));
        writer.add((9, 14), "item-opened", ("map-taberd-1838", ""), 0).expect("written");
        assert!(writer.add((9, 14), "item-opened", ("Nguyễn", ""), 0).is_err(), "the table refuses names");
        assert_eq!(writer.finish().expect("ended"), 3);
        let records = read::records(&path).expect("readable");
        assert_eq!((records.len(), read::verify(&records)), (2, Ok(())));
    }
}
