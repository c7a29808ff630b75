//! Reading a journal back and checking its chain. Opens read-only and never changes the file.

use super::record::{GENESIS, Record};
use rusqlite::{Connection, OpenFlags, Row};
use std::path::Path;

/// Why a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("record {expected} is missing, {found} follows instead")]
    Gap { expected: i64, found: i64 },
    #[error("record {0} was changed after it was written")]
    Hash(i64),
}

/// All records in order, each with its stored hash.
pub fn records(path: &Path) -> rusqlite::Result<Vec<(Record, [u8; 32])>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Power may go between the making of the file and of its table: that journal is empty, not broken.
    if !connection.table_exists(None, "record")? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(
        "SELECT sequence, boot, monotonic_millis, wall_millis, visit, kind, subject, detail, amount, hash
         FROM record ORDER BY sequence",
    )?;
    let rows = statement.query_map([], of_row)?;
    rows.collect()
}

/// A record and its stored hash, of a row with the ten columns in their order.
pub(super) fn of_row(row: &Row) -> rusqlite::Result<(Record, [u8; 32])> {
    let record = Record {
        sequence: row.get(0)?,
        boot: row.get(1)?,
        monotonic_millis: row.get(2)?,
        wall_millis: row.get(3)?,
        visit: row.get(4)?,
        kind: row.get(5)?,
        subject: row.get(6)?,
        detail: row.get(7)?,
        amount: row.get(8)?,
    };
    Ok((record, row.get(9)?))
}

/// Follows the chain from the first record to the last.
pub fn verify(records: &[(Record, [u8; 32])]) -> Result<(), Broken> {
    let mut previous = GENESIS;
    for (index, (record, stored)) in records.iter().enumerate() {
        let expected = index as i64 + 1;
        if record.sequence != expected {
            return Err(Broken::Gap { expected, found: record.sequence });
        }
        previous = record.hash(&previous);
        if previous != *stored {
            return Err(Broken::Hash(record.sequence));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(count: i64) -> Vec<(Record, [u8; 32])> {
        let mut previous = GENESIS;
        (1..=count)
            .map(|sequence| {
                let record = Record {
                    sequence,
                    boot: "b".into(),
                    monotonic_millis: sequence * 10,
                    wall_millis: 0,
                    visit: String::new(),
                    kind: "visit-started".into(),
                    subject: String::new(),
                    detail: String::new(),
                    amount: 0,
                };
                previous = record.hash(&previous);
                (record, previous)
            })
            .collect()
    }

    #[test]
    fn a_journal_cut_off_in_its_first_moment_is_empty() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.sqlite");
        drop(Connection::open(&path).expect("made"));
        std::fs::write(&path, b"").expect("written");
        assert!(records(&path).expect("readable").is_empty());
    }

    #[test]
    fn a_removed_or_altered_record_breaks_the_chain() {
        let good = chain(5);
        assert_eq!(verify(&good), Ok(()));
        let mut removed = good.clone();
        removed.remove(2);
        assert_eq!(verify(&removed), Err(Broken::Gap { expected: 3, found: 4 }));
        let mut altered = good;
        altered[3].0.amount = 1;
        assert_eq!(verify(&altered), Err(Broken::Hash(4)));
    }
}
