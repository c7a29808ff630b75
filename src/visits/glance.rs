//! The journal in a few words, without reading all of it, even while it is being written. Nothing is verified.

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::Path;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    pub records: u64,
    pub last_wall_millis: Option<i64>,
    /// Records that could not be kept, in all.
    pub lost: u64,
    /// The last troubles, the newest first: when, and the fixed word.
    pub troubles: Vec<(i64, String)>,
}

/// When the last record was written, by the clock of then.
pub fn last_wall_millis(path: &Path) -> rusqlite::Result<Option<i64>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if !connection.table_exists(None, "record")? {
        return Ok(None);
    }
    let last = "SELECT wall_millis FROM record ORDER BY sequence DESC LIMIT 1";
    connection.query_row(last, [], |row| row.get(0)).optional()
}

/// Troubles that a glance tells.
const TROUBLES: u32 = 8;

pub fn glance(path: &Path) -> rusqlite::Result<Glance> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Power may go between the making of the file and of its table: that journal is empty, not broken.
    if !connection.table_exists(None, "record")? {
        return Ok(Glance::default());
    }
    let last = "SELECT sequence, wall_millis FROM record ORDER BY sequence DESC LIMIT 1";
    let last: Option<(i64, i64)> = connection.query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let lost = "SELECT total(amount) FROM record WHERE kind = 'lost'";
    let lost: f64 = connection.query_row(lost, [], |row| row.get(0))?;
    let mut statement = connection
        .prepare("SELECT wall_millis, subject FROM record WHERE kind = 'trouble' ORDER BY sequence DESC LIMIT ?1")?;
    let troubles = statement.query_map([TROUBLES], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Glance {
        records: last.map_or(0, |(sequence, _)| u64::try_from(sequence).unwrap_or(0)),
        last_wall_millis: last.map(|(_, wall_millis)| wall_millis),
        lost: lost as u64,
        troubles: troubles.collect::<rusqlite::Result<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Clock;
    use crate::visits::{Event, Journal};

    #[test]
    fn the_last_words_are_told_while_the_journal_is_written() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("visits.sqlite");
        assert!(glance(&path).is_err());
        let clock = Clock::stepped(1_000);
        let journal = Journal::start(path.clone(), clock.clone(), |said| panic!("{said}"));
        for event in [Event::Lost { records: 3 }, Event::Trouble { code: "gpu-lost" }, Event::Lost { records: 2 }] {
            journal.note("", event);
            clock.step(10);
        }
        journal.flush();
        let told = glance(&path).expect("readable");
        assert_eq!((told.records, told.last_wall_millis, told.lost), (3, Some(1_020), 5));
        assert_eq!(last_wall_millis(&path).expect("readable"), Some(1_020));
        assert_eq!(told.troubles, [(1_010, "gpu-lost".to_owned())]);
    }
}
