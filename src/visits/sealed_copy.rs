//! Sealed copies of a journal: made while the kiosk goes on writing, read back, and read from sticks that anybody may
//! have prepared. The journal itself is only ever read.

use super::read::{Broken, of_row};
use super::record::{GENESIS, Record};
use super::seal::{KioskKey, MAX_SIGNATURE_BYTES, Seal, SealError};
use crate::base::ids::{hex, random_token};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, params};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const MAGIC: &[u8] = b"SQLite format 3\0";
/// Names of copies under way begin like those of copies and end with this.
const STAGING: &str = ".part";
const SEAL_SCHEMA: &str = "CREATE TABLE seal (kiosk TEXT NOT NULL, public_key TEXT NOT NULL, sequence INTEGER NOT NULL, \
                           hash BLOB NOT NULL, signature TEXT NOT NULL, sealed_wall_millis INTEGER NOT NULL) STRICT";
const RECORDS: &str = "SELECT sequence, boot, monotonic_millis, wall_millis, visit, kind, subject, detail, amount, hash
                       FROM record ORDER BY sequence";
/// No text of a record is longer, in bytes; a journal's own table refuses more than 64 in any.
const MAX_TEXT_BYTES: usize = 256;
/// No record takes less of a file: its hash and the name of its run alone are as long.
const MIN_RECORD_BYTES: u64 = 64;

/// Where on a stick the journals of a kiosk lie.
pub fn folder_on_stick(stick: &Path, kiosk: &str) -> PathBuf {
    stick.join("haidang-journals").join(kiosk)
}

/// Copies the journal as it is at this moment into a folder, as `visits-<first>-<last>.sqlite` with the kiosk's seal. A
/// copy of the same records that is there already and holds is left as it is; of other records under the same numbers, as
/// after a journal was removed, both are kept. A journal whose chain is broken is copied all the same and told of.
pub fn export_sealed(journal: &Path, key: &KioskKey, into: &Path, wall_millis: i64) -> Result<PathBuf, SealError> {
    let at_target = |source| SealError::File { path: into.to_owned(), source };
    fs::create_dir_all(into).map_err(at_target)?;
    clear_leftovers(into).map_err(at_target)?;
    let staged = Staged(into.join(format!("visits-{}{STAGING}", random_token())));
    let (first, last) = copy_records(journal, &staged.0)?;
    let seal = put_seal(&staged.0, key, last, wall_millis)?;
    File::open(&staged.0).and_then(|file| file.sync_all()).map_err(at_target)?;
    let chain = match verify_sealed(&staged.0) {
        Ok(read) if read == seal => Ok(()),
        Ok(_) => return Err(SealError::Malformed),
        Err(SealError::Chain(broken)) => Err(broken),
        Err(error) => return Err(error),
    };
    let target = name_for(into, first, &seal);
    let is_there = verify_sealed(&target).is_ok_and(|there| there.kiosk == seal.kiosk && there.hash == seal.hash);
    if !is_there {
        fs::rename(&staged.0, &target).and_then(|()| File::open(into)?.sync_all()).map_err(at_target)?;
    }
    match chain {
        Ok(()) => Ok(target),
        Err(source) => Err(SealError::BrokenChain { copy: target, source }),
    }
}

/// A copy under way; gone when it did not become one.
struct Staged(PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        // Nothing to do about a failure: the next export removes it.
        let _ = fs::remove_file(&self.0);
    }
}

/// Removes what a power cut or a stick pulled out left half made.
fn clear_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let stem = name.strip_suffix("-journal").unwrap_or(&name);
        let is_ours = stem.strip_prefix("visits-").and_then(|rest| rest.strip_suffix(STAGING));
        if is_ours.is_some_and(|token| token.len() == 32) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Copies what one moment of the journal holds; the first and last sequence and the last hash.
fn copy_records(journal: &Path, copy: &Path) -> Result<(i64, (i64, [u8; 32])), SealError> {
    let failed = |source| SealError::Journal { path: journal.to_owned(), source };
    let no_journal = || SealError::NotAJournal { path: journal.to_owned() };
    if !is_database(journal).map_err(|source| SealError::File { path: journal.to_owned(), source })? {
        return Err(no_journal());
    }
    // Through SQLite, not byte by byte: the newest records may still lie in the write-ahead log.
    let source = Connection::open_with_flags(journal, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    if !has_plain_table(&source, "record").map_err(failed)? {
        return Err(no_journal());
    }
    let name = copy.to_str().ok_or_else(|| SealError::File {
        path: copy.to_owned(),
        source: io::Error::new(io::ErrorKind::InvalidFilename, "the name of the folder is no text"),
    })?;
    source.execute("VACUUM INTO ?1", [name]).map_err(failed)?;
    drop(source);
    let copied = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let ends = "SELECT min(sequence), max(sequence) FROM record";
    let ends = copied.query_row(ends, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
    let (Some(first), Some(last)) = ends else { return Err(SealError::Empty { path: journal.to_owned() }) };
    let hash = copied.query_row("SELECT hash FROM record WHERE sequence = ?1", [last], |row| row.get(0));
    Ok((first, (last, hash.map_err(failed)?)))
}

/// Writes the seal into a copy, which is one file afterwards.
fn put_seal(copy: &Path, key: &KioskKey, last: (i64, [u8; 32]), wall_millis: i64) -> Result<Seal, SealError> {
    let failed = |source| SealError::Journal { path: copy.to_owned(), source };
    let seal = Seal::new(key, last.0, last.1, wall_millis).ok_or(SealError::Forged)?;
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    // The file gets its name only when it is whole, so it needs no log of its own.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(failed)?;
    connection.execute_batch(SEAL_SCHEMA).map_err(failed)?;
    let row = params![
        seal.kiosk,
        seal.public_key,
        seal.sequence,
        seal.hash.as_slice(),
        seal.signature,
        seal.sealed_wall_millis
    ];
    connection.execute("INSERT INTO seal VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row).map_err(failed)?;
    connection.close().map_err(|(_, source)| failed(source))?;
    Ok(seal)
}

/// The name that no copy of other records has.
fn name_for(into: &Path, first: i64, seal: &Seal) -> PathBuf {
    let plain = into.join(format!("visits-{first}-{}.sqlite", seal.sequence));
    let of_others = read_seal(&plain).is_ok_and(|there| there.is_some_and(|there| there.hash != seal.hash));
    if of_others {
        return into.join(format!("visits-{first}-{}-{}.sqlite", seal.sequence, hex(&seal.hash[..4])));
    }
    plain
}

/// The seal of a copy; `None` when there is none. Nothing beside the file is looked at, and nothing is written.
pub fn read_seal(journal: &Path) -> Result<Option<Seal>, SealError> {
    let failed = |source| SealError::Journal { path: journal.to_owned(), source };
    let connection = open_as_it_lies(journal)?;
    if !has_plain_table(&connection, "seal").map_err(failed)? {
        return Ok(None);
    }
    let mut statement = connection
        .prepare("SELECT kiosk, public_key, sequence, hash, signature, sealed_wall_millis FROM seal LIMIT 2")
        .map_err(|_| SealError::Malformed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    let Some(row) = rows.next().map_err(failed)? else { return Err(SealError::Malformed) };
    let seal = seal_of(row).ok_or(SealError::Malformed)?;
    if rows.next().map_err(failed)?.is_some() {
        return Err(SealError::Malformed);
    }
    Ok(Some(seal))
}

fn seal_of(row: &Row) -> Option<Seal> {
    let text = |column: usize, cap: usize| match row.get_ref(column) {
        Ok(ValueRef::Text(bytes)) if bytes.len() <= cap => String::from_utf8(bytes.to_vec()).ok(),
        _ => None,
    };
    Some(Seal {
        kiosk: text(0, 64)?,
        public_key: text(1, 64)?,
        sequence: row.get(2).ok()?,
        hash: row.get_ref(3).ok()?.as_blob().ok()?.try_into().ok()?,
        signature: text(4, MAX_SIGNATURE_BYTES)?,
        sealed_wall_millis: row.get(5).ok()?,
    })
}

/// A sealed copy from end to end: its seal, its chain, and that the one covers the other.
pub fn verify_sealed(journal: &Path) -> Result<Seal, SealError> {
    let seal = read_seal(journal)?.ok_or(SealError::None)?;
    seal.verify()?;
    let (mut sequence, mut previous) = (0, GENESIS);
    each_record_as_it_lies(journal, |record, stored| {
        sequence += 1;
        if record.sequence != sequence {
            return Err(SealError::Chain(Broken::Gap { expected: sequence, found: record.sequence }));
        }
        previous = record.hash(&previous);
        if previous == stored { Ok(()) } else { Err(SealError::Chain(Broken::Hash(sequence))) }
    })?;
    seal.covers(sequence, &previous)?;
    Ok(seal)
}

/// The records of a file that is not in use, in order and with their stored hashes, until one displeases. Nothing beside
/// the file is looked at, such as a log that somebody put there, and nothing is written. A file made to never end ends.
pub fn each_record_as_it_lies(
    journal: &Path,
    mut take: impl FnMut(Record, [u8; 32]) -> Result<(), SealError>,
) -> Result<(), SealError> {
    let failed = |source| SealError::Journal { path: journal.to_owned(), source };
    let no_journal = || SealError::NotAJournal { path: journal.to_owned() };
    let connection = open_as_it_lies(journal)?;
    if !has_plain_table(&connection, "record").map_err(failed)? {
        return Err(no_journal());
    }
    let bytes = fs::metadata(journal).map_err(|source| SealError::File { path: journal.to_owned(), source })?.len();
    let mut statement = connection.prepare(RECORDS).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    let mut count = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        count += 1;
        // Pages that point to one another in a ring give more records than the file has room for.
        if count > bytes / MIN_RECORD_BYTES || !texts_are_short(row) {
            return Err(no_journal());
        }
        let (record, stored) = of_row(row).map_err(failed)?;
        take(record, stored)?;
    }
    Ok(())
}

fn texts_are_short(row: &Row) -> bool {
    let length = |column| match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => bytes.len(),
        _ => 0,
    };
    (0..10).all(|column| length(column) <= MAX_TEXT_BYTES)
}

/// A plain table of that name; a view or a virtual table may do anything when read.
fn has_plain_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema
               WHERE type = 'table' AND name = ?1 AND rootpage > 0 AND sql LIKE 'CREATE TABLE%'";
    let tables: i64 = connection.query_row(sql, [name], |row| row.get(0))?;
    // Columns that are computed when read.
    let hidden = "SELECT count(*) FROM pragma_table_xinfo(?1) WHERE hidden <> 0";
    Ok(tables == 1 && connection.query_row(hidden, [name], |row| row.get::<_, i64>(0))? == 0)
}

/// By its first bytes, and a plain file: to SQLite one of a few bytes is an empty database.
fn is_database(path: &Path) -> io::Result<bool> {
    if !fs::metadata(path)?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::with_capacity(MAGIC.len());
    File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok(head == MAGIC)
}

/// Opens a file that is not in use, without the logs that may lie beside it: somebody may have put them there.
fn open_as_it_lies(path: &Path) -> Result<Connection, SealError> {
    let unreadable = |source| SealError::File { path: path.to_owned(), source };
    if !is_database(path).map_err(unreadable)? {
        return Err(SealError::NotAJournal { path: path.to_owned() });
    }
    let whole = std::path::absolute(path).map_err(unreadable)?;
    let mut uri = "file://".to_owned();
    for byte in whole.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => uri.push(char::from(*byte)),
            other => uri.push_str(&format!("%{other:02x}")),
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |source| SealError::Journal { path: path.to_owned(), source };
    let connection = Connection::open_with_flags(uri, flags).map_err(failed)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;").map_err(failed)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Clock;
    use crate::visits::{Event, Journal, read};

    struct Kiosk {
        dir: tempfile::TempDir,
        key: KioskKey,
    }

    impl Kiosk {
        fn new() -> Self {
            let dir = tempfile::tempdir().expect("temporary folder");
            let key = KioskKey::open_or_make(&dir.path().join("data")).expect("key");
            Self { dir, key }
        }

        fn journal(&self) -> PathBuf {
            self.dir.path().join("data/visits.sqlite")
        }

        /// A journal that goes on; it is in use until it is dropped.
        fn note(&self, records: usize) -> Journal {
            let journal = Journal::start(self.journal(), Clock::stepped(0), |_| {});
            for _ in 0..records {
                journal.note("", Event::VisitStarted);
            }
            journal.flush();
            journal
        }

        fn stick(&self) -> PathBuf {
            folder_on_stick(self.dir.path(), self.key.kiosk_id())
        }

        fn export(&self) -> Result<PathBuf, SealError> {
            export_sealed(&self.journal(), &self.key, &self.stick(), 1_700_000_000_000)
        }
    }

    fn files(folder: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("entry").file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = fs::read_dir(folder).expect("listed").map(name).collect();
        names.sort();
        names
    }

    fn change(copy: &Path, sql: &str) {
        let connection = Connection::open(copy).expect("opened");
        connection.execute_batch(sql).expect(sql);
    }

    fn last(copy: &Path) -> (i64, [u8; 32]) {
        let records = read::records(copy).expect("readable");
        records.last().map(|(record, hash)| (record.sequence, *hash)).expect("a record")
    }

    #[test]
    fn a_journal_in_use_is_copied_whole_and_not_touched() {
        let kiosk = Kiosk::new();
        let journal = kiosk.note(5);
        let log = kiosk.journal().with_extension("sqlite-wal");
        assert!(fs::metadata(&log).expect("a log").len() > 0, "the newest records lie in the log");
        let before = (fs::read(kiosk.journal()).expect("read"), fs::read(&log).expect("read"));
        let copy = kiosk.export().expect("exported");
        assert_eq!((fs::read(kiosk.journal()).expect("read"), fs::read(&log).expect("read")), before);
        assert_eq!(copy, kiosk.stick().join("visits-1-5.sqlite"));
        assert_eq!(files(&kiosk.stick()), ["visits-1-5.sqlite"]);
        let seal = verify_sealed(&copy).expect("holds");
        assert_eq!((seal.kiosk.as_str(), seal.sequence), (kiosk.key.kiosk_id(), 5));
        assert_eq!(read::records(&copy).expect("read"), read::records(&kiosk.journal()).expect("read"));
        drop(journal);
        // The kiosk goes on writing where it was.
        drop(kiosk.note(3));
        assert_eq!(kiosk.export().expect("exported"), kiosk.stick().join("visits-1-8.sqlite"));
        assert_eq!(verify_sealed(&copy).expect("the older copy stays").sequence, 5);
    }

    #[test]
    fn the_same_records_again_leave_the_copy_as_it_is() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(2));
        let copy = kiosk.export().expect("exported");
        let before = fs::read(&copy).expect("read");
        let again = export_sealed(&kiosk.journal(), &kiosk.key, &kiosk.stick(), 1_800_000_000_000).expect("exported");
        assert_eq!((again, fs::read(&copy).expect("read")), (copy.clone(), before));
        // A damaged copy is made anew.
        fs::write(&copy, b"SQLite format 3\0 and no more").expect("written");
        assert_eq!(kiosk.export().expect("exported"), copy);
        verify_sealed(&copy).expect("holds");
    }

    #[test]
    fn a_journal_begun_anew_writes_over_nothing() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(2));
        let copy = kiosk.export().expect("exported");
        let before = fs::read(&copy).expect("read");
        fs::remove_file(kiosk.journal()).expect("removed");
        drop(kiosk.note(2));
        let other = kiosk.export().expect("exported");
        assert_ne!(other, copy);
        assert_eq!(fs::read(&copy).expect("read"), before);
        verify_sealed(&other).expect("holds");
        assert_eq!(kiosk.export().expect("exported"), other);
    }

    #[test]
    fn what_a_power_cut_left_is_removed_and_strangers_are_not() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(2));
        fs::create_dir_all(kiosk.stick()).expect("made");
        let half = format!("visits-{}.part", "0".repeat(32));
        for name in [&half, &format!("{half}-journal"), "visits-notes.part", "letter.txt"] {
            fs::write(kiosk.stick().join(name), b"half").expect("written");
        }
        kiosk.export().expect("exported");
        assert_eq!(files(&kiosk.stick()), ["letter.txt", "visits-1-2.sqlite", "visits-notes.part"]);
    }

    #[test]
    fn what_is_no_journal_or_empty_is_told_and_leaves_nothing() {
        let kiosk = Kiosk::new();
        fs::create_dir_all(kiosk.dir.path().join("data")).expect("made");
        assert!(matches!(kiosk.export(), Err(SealError::File { .. })));
        fs::write(kiosk.journal(), b"").expect("written");
        assert!(matches!(kiosk.export(), Err(SealError::NotAJournal { .. })));
        fs::write(kiosk.journal(), b"no database at all, but longer than its head").expect("written");
        assert!(matches!(kiosk.export(), Err(SealError::NotAJournal { .. })));
        fs::remove_file(kiosk.journal()).expect("removed");
        change(&kiosk.journal(), "CREATE TABLE record (sequence INTEGER PRIMARY KEY, hash BLOB)");
        assert!(matches!(kiosk.export(), Err(SealError::Empty { .. })));
        fs::remove_file(kiosk.journal()).expect("removed");
        change(&kiosk.journal(), "CREATE VIEW record AS SELECT 1 AS sequence");
        assert!(matches!(kiosk.export(), Err(SealError::NotAJournal { .. })));
        assert_eq!(files(&kiosk.stick()), Vec::<String>::new());
    }

    #[test]
    fn a_damaged_journal_is_copied_and_told_of() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(4));
        change(&kiosk.journal(), "UPDATE record SET amount = 9 WHERE sequence = 2");
        let told = kiosk.export().expect_err("told");
        let SealError::BrokenChain { copy, source } = told else { panic!("{told}") };
        assert_eq!(source, Broken::Hash(2));
        assert_eq!(read::records(&copy).expect("read").len(), 4);
        read_seal(&copy).expect("read").expect("sealed").verify().expect("holds");
    }

    #[test]
    fn what_was_done_to_a_copy_after_sealing_is_seen() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(6));
        let good = kiosk.export().expect("exported");
        let other = Kiosk::new();
        drop(other.note(6));
        let foreign = other.export().expect("exported");
        let after = |sql: &str| {
            let copy = kiosk.dir.path().join("altered.sqlite");
            fs::copy(&good, &copy).expect("copied");
            change(&copy, sql);
            verify_sealed(&copy).expect_err(sql)
        };
        assert!(matches!(after("UPDATE record SET amount = 9 WHERE sequence = 3"), SealError::Chain(Broken::Hash(3))));
        let gap = after("DELETE FROM record WHERE sequence = 3");
        assert!(matches!(gap, SealError::Chain(Broken::Gap { expected: 3, found: 4 })), "{gap}");
        let cut = after("DELETE FROM record WHERE sequence > 4");
        assert!(matches!(cut, SealError::Cut { sealed: 6, found: 4 }), "{cut}");
        assert!(matches!(after("UPDATE seal SET sequence = 5"), SealError::Malformed));
        assert!(matches!(after("UPDATE seal SET sealed_wall_millis = 5"), SealError::Forged));
        assert!(matches!(after("DELETE FROM seal"), SealError::Malformed));
        assert!(matches!(after("DROP TABLE seal"), SealError::None));
        assert!(matches!(after("INSERT INTO seal SELECT * FROM seal"), SealError::Malformed));
        let attach = format!("ATTACH '{}' AS foreign_copy;", foreign.display());
        // Another kiosk's whole chain under this kiosk's seal, and another kiosk's seal over this chain.
        let chain =
            after(&format!("{attach} DELETE FROM record; INSERT INTO record SELECT * FROM foreign_copy.record"));
        assert!(matches!(chain, SealError::OtherRecord(6)), "{chain}");
        let seal = after(&format!("{attach} DELETE FROM seal; INSERT INTO seal SELECT * FROM foreign_copy.seal"));
        assert!(matches!(seal, SealError::OtherRecord(6)), "{seal}");
        let named = format!("UPDATE seal SET kiosk = '{}'", other.key.kiosk_id());
        assert!(matches!(after(&named), SealError::OtherKiosk { .. }));
        let keyed = format!("UPDATE seal SET public_key = '{}'", other.key.public_key());
        assert!(matches!(after(&keyed), SealError::OtherKiosk { .. }));
    }

    #[test]
    fn records_added_after_sealing_are_seen() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(2));
        let copy = kiosk.export().expect("exported");
        let (sequence, hash) = last(&copy);
        let mut forged = read::records(&copy).expect("read").remove(0).0;
        forged.sequence = sequence + 1;
        let connection = Connection::open(&copy).expect("opened");
        let sql = "INSERT INTO record SELECT ?1, boot, monotonic_millis, wall_millis, visit, kind, subject, detail, amount, \
                   ?2 FROM record WHERE sequence = 1";
        connection.execute(sql, params![forged.sequence, forged.hash(&hash).as_slice()]).expect("added");
        drop(connection);
        assert!(matches!(verify_sealed(&copy), Err(SealError::Added { sealed: 2, found: 3 })));
    }

    #[test]
    fn a_copy_made_to_harm_is_refused_without_being_run() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(2));
        let good = kiosk.export().expect("exported");
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)";
        let columns =
            "'a' AS kiosk, 'b' AS public_key, x AS sequence, x'00' AS hash, 'c' AS signature, 0 AS sealed_wall_millis";
        let cases = [
            format!("DROP TABLE seal; CREATE VIEW seal AS {endless} SELECT {columns} FROM n"),
            "DROP TABLE seal; CREATE TABLE seal (kiosk TEXT, public_key TEXT, sequence INTEGER, hash BLOB, \
             signature TEXT, sealed_wall_millis INTEGER AS (sequence * 2)); INSERT INTO seal VALUES ('a','b',1,x'00','c')"
                .to_owned(),
            "UPDATE seal SET signature = printf('%.*c', 5000000, 'a')".to_owned(),
            "UPDATE seal SET hash = zeroblob(33)".to_owned(),
            "UPDATE seal SET kiosk = char(10)".to_owned(),
            "DROP TABLE seal; CREATE TABLE seal (kiosk TEXT)".to_owned(),
            format!("DROP TABLE record; CREATE VIEW record AS {endless} SELECT x AS sequence FROM n"),
            "DROP TABLE record; CREATE TABLE record (sequence INTEGER PRIMARY KEY)".to_owned(),
        ];
        for sql in cases {
            let copy = kiosk.dir.path().join("hostile.sqlite");
            fs::copy(&good, &copy).expect("copied");
            change(&copy, &sql);
            assert!(verify_sealed(&copy).is_err(), "{sql}");
        }
        for bytes in [&b""[..], b"SQLite format 3\0", &[0xff; 5000]] {
            let file = kiosk.dir.path().join("bytes.sqlite");
            fs::write(&file, bytes).expect("written");
            assert!(read_seal(&file).is_err());
        }
        assert!(read_seal(kiosk.dir.path()).is_err());
    }

    #[test]
    fn a_log_that_somebody_put_beside_a_copy_is_not_read() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(3));
        let copy = kiosk.export().expect("exported");
        let folder = kiosk.dir.path().join("a folder? #1 100%");
        fs::create_dir_all(&folder).expect("made");
        let moved = folder.join("visits-1-3.sqlite");
        // A log of a change to the same file, left behind as if power had gone.
        let connection = Connection::open(&copy).expect("opened");
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("a log");
        fs::copy(&copy, &moved).expect("copied");
        connection.execute("DELETE FROM record WHERE sequence = 3", []).expect("deleted");
        fs::copy(copy.with_extension("sqlite-wal"), moved.with_extension("sqlite-wal")).expect("copied");
        assert_eq!(verify_sealed(&moved).expect("as it lies").sequence, 3);
        assert_eq!(files(&folder), ["visits-1-3.sqlite", "visits-1-3.sqlite-wal"], "nothing was written");
        assert_eq!(read::records(&moved).expect("read").len(), 2, "the log is one that would be read");
    }

    #[test]
    fn a_plain_journal_has_no_seal() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(1));
        assert_eq!(read_seal(&kiosk.journal()).expect("read"), None);
    }

    #[test]
    fn any_byte_of_a_copy_that_changes_is_harmless_or_seen() {
        let kiosk = Kiosk::new();
        drop(kiosk.note(3));
        let copy = kiosk.export().expect("exported");
        let records = read::records(&copy).expect("read");
        let good = fs::read(&copy).expect("read");
        let file = kiosk.dir.path().join("flipped.sqlite");
        for at in (0..good.len()).step_by(61) {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&file, &bytes).expect("written");
            if verify_sealed(&file).is_ok() {
                let mut kept = Vec::new();
                let read = each_record_as_it_lies(&file, |record, hash| {
                    kept.push((record, hash));
                    Ok(())
                });
                assert!(read.is_ok() && kept == records, "byte {at}");
            }
        }
    }
}
