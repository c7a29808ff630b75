//! A journal from a stick, copied and opened from the copy. The copy is bounded, the file is SQLite from a stranger:
//! only one plain table is read from it, no view, no trigger, no function of its own.

use super::refusal::Refusal;
use crate::department::lake::ledger::Digest;
use crate::diagnostics::{Said, cause};
use crate::visits::record::Record;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Row};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A hundred million records fit; a kiosk writes some hundred thousand in a year.
const MAX_BYTES: u64 = 32 << 30;
/// No row of a journal is longer.
const MAX_ROW_BYTES: i32 = 4_096;
/// Some 3,000 years; nothing a kiosk counts is more.
const MAX_NUMBER: i64 = 100_000_000_000_000;
const MAX_TEXT: usize = 64;
const COLUMNS: [&str; 10] =
    ["sequence", "boot", "monotonic_millis", "wall_millis", "visit", "kind", "subject", "detail", "amount", "hash"];

/// A private copy of a journal, removed when dropped.
#[derive(Debug)]
pub struct Journal {
    connection: Connection,
    /// BLAKE3 of the file on the stick.
    pub file: Digest,
    /// The file is shorter than its first page tells.
    pub is_cut: bool,
    path: PathBuf,
    // Dropped last, after the connection.
    _folder: Folder,
}

#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing to do about a failure: it lies among the temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Journal {
    pub fn copy(path: &Path) -> Result<Self, Refusal> {
        let unreadable = |error: std::io::Error| Refusal::CannotCopy(cause(&error));
        let folder = std::env::temp_dir().join(format!("haidang-{}", crate::base::ids::random_token()));
        std::fs::create_dir(&folder).map_err(unreadable)?;
        let folder = Folder(folder);
        let copy = folder.0.join("visits.sqlite");
        let (file, mut is_cut) = copy_hashed(path, &copy)?;
        // The newest records of a journal that was copied from a running kiosk lie beside it.
        let mut beside = path.as_os_str().to_owned();
        beside.push("-wal");
        let has_wal = Path::new(&beside).is_file();
        let file = if has_wal {
            let (wal, _) = copy_hashed(Path::new(&beside), &folder.0.join("visits.sqlite-wal"))?;
            is_cut = false;
            Digest(*blake3::hash(&[file.0, wal.0].concat()).as_bytes())
        } else {
            file
        };
        let connection = open(&copy, has_wal)?;
        let journal = Self { connection, file, is_cut, path: copy, _folder: folder };
        journal.check_schema()?;
        Ok(journal)
    }

    /// Where the copy lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn check_schema(&self) -> Result<(), Refusal> {
        let unreadable = |error: rusqlite::Error| Refusal::Unreadable(error.to_string());
        let made: Option<(String, String)> = self
            .connection
            .query_row("SELECT type, coalesce(sql, '') FROM sqlite_schema WHERE name = 'record'", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map(Some)
            .or_else(|error| if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) })
            .map_err(unreadable)?;
        let Some((kind, sql)) = made else {
            return Err(Refusal::WrongSchema("no table record"));
        };
        if kind != "table" || sql.trim_start().to_ascii_uppercase().starts_with("CREATE VIRTUAL") {
            return Err(Refusal::WrongSchema("record is no plain table"));
        }
        let mut statement =
            self.connection.prepare("SELECT name, hidden, pk FROM pragma_table_xinfo('record')").map_err(unreadable)?;
        let columns = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
            .map_err(unreadable)?;
        let same = columns.len() == COLUMNS.len()
            && columns.iter().zip(COLUMNS).all(|((name, hidden, pk), known)| {
                name == known && *hidden == 0 && (*pk == 1) == (known == "sequence")
            });
        if same { Ok(()) } else { Err(Refusal::WrongSchema("the table record has other columns")) }
    }

    /// Hands every record with a sequence number in the range to `take`, in order. `true`: the file is damaged further
    /// on, and what came before the damage was handed over.
    pub fn read(
        &self,
        first: i64,
        last: i64,
        mut take: impl FnMut(Record, [u8; 32]) -> Result<(), Refusal>,
    ) -> Result<bool, Refusal> {
        let unreadable = |error: rusqlite::Error| Refusal::Unreadable(error.to_string());
        let mut statement = self
            .connection
            .prepare(
                "SELECT sequence, boot, monotonic_millis, wall_millis, visit, kind, subject, detail, amount, hash
                 FROM record WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence",
            )
            .map_err(unreadable)?;
        let mut rows = statement.query([first, last]).map_err(unreadable)?;
        let mut after = i64::MIN;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let (record, hash) = match record_of(row) {
                        Ok(record) => record,
                        // A page that was cut in two holds rows of zeros.
                        Err(_) if self.is_cut && after > i64::MIN => return Ok(true),
                        Err(refusal) => return Err(refusal),
                    };
                    // A damaged index may hand out rows in any order.
                    if record.sequence <= after {
                        return Ok(true);
                    }
                    after = record.sequence;
                    take(record, hash)?;
                }
                Ok(None) => return Ok(self.is_cut),
                Err(error) if is_too_large(&error) => {
                    return Err(Refusal::BadRecord(after.saturating_add(1).max(1), "hash"));
                }
                Err(_) if after > i64::MIN => return Ok(true),
                Err(error) => return Err(unreadable(error)),
            }
        }
    }
}

fn is_too_large(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::TooBig)
}

fn open(copy: &Path, has_wal: bool) -> Result<Connection, Refusal> {
    let unreadable = |error: rusqlite::Error| Refusal::Unreadable(error.to_string());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    // The folder's name is made here and holds nothing that a URI would read otherwise.
    let uri = format!("file:{}{}", copy.display(), if has_wal { "" } else { "?immutable=1" });
    let connection = Connection::open_with_flags(uri, flags).map_err(unreadable)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_ROW_BYTES * 16).map_err(unreadable)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(unreadable)?;
    for pragma in ["trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"] {
        connection.execute_batch(&format!("PRAGMA {pragma}")).map_err(unreadable)?;
    }
    Ok(connection)
}

/// Copies a plain file and hashes it. A database that was cut off is filled up with zeros, so that SQLite reads as far
/// as there is something; `true` tells that it was.
fn copy_hashed(from: &Path, to: &Path) -> Result<(Digest, bool), Refusal> {
    let unreadable = |error: std::io::Error| Refusal::CannotCopy(cause(&error));
    // Looked at before it is opened, for opening a named pipe waits until somebody writes to it.
    let meta = std::fs::symlink_metadata(from).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(Refusal::CannotCopy(Said::new("không phải tệp thường", "not a plain file")));
    }
    let mut source = File::open(from).map_err(unreadable)?.take(MAX_BYTES + 1);
    let mut target = File::create_new(to).map_err(unreadable)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0u8; 1 << 20];
    let (mut length, mut head) = (0u64, Vec::new());
    loop {
        let read = source.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        if head.len() < 32 {
            head.extend_from_slice(&buffer[..read.min(32)]);
        }
        hasher.update(&buffer[..read]);
        target.write_all(&buffer[..read]).map_err(unreadable)?;
        length += read as u64;
    }
    if length > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let promised = promised_bytes(&head).filter(|bytes| *bytes <= MAX_BYTES).unwrap_or(0);
    if promised > length {
        target.set_len(promised).map_err(unreadable)?;
    }
    Ok((Digest(*hasher.finalize().as_bytes()), promised > length))
}

/// The length that a database's first page tells; none for another file, or where that number is not kept.
fn promised_bytes(head: &[u8]) -> Option<u64> {
    if head.get(..16)? != b"SQLite format 3\0" || head.get(24..28)?.iter().all(|b| *b == 0) {
        return None;
    }
    let page = u64::from(u16::from_be_bytes(head.get(16..18)?.try_into().ok()?));
    let page = if page == 1 { 65_536 } else { page };
    let pages = u64::from(u32::from_be_bytes(head.get(28..32)?.try_into().ok()?));
    page.checked_mul(pages)
}

/// A row, held to the same rules that the kiosk's own table has.
fn record_of(row: &Row<'_>) -> Result<(Record, [u8; 32]), Refusal> {
    let sequence: i64 = row.get(0).map_err(|_| Refusal::BadRecord(0, "sequence"))?;
    let bad = |column| Refusal::BadRecord(sequence, column);
    let number = |at: usize, least: i64| {
        let number = row.get::<_, i64>(at).map_err(|_| bad(COLUMNS[at]))?;
        if (least..=MAX_NUMBER).contains(&number) { Ok(number) } else { Err(bad(COLUMNS[at])) }
    };
    let text = |at: usize, is_good: &dyn Fn(&str) -> bool| {
        let text = row.get_ref(at).ok().and_then(|value| value.as_str().ok()).filter(|text| text.len() <= MAX_TEXT);
        text.filter(|text| is_good(text)).map(str::to_owned).ok_or_else(|| bad(COLUMNS[at]))
    };
    let token = |text: &str| text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let word = |extra: &'static [u8]| {
        move |text: &str| {
            text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || extra.contains(&b))
        }
    };
    let record = Record {
        sequence: number(0, 1)?,
        boot: text(1, &token)?,
        monotonic_millis: number(2, 0)?,
        wall_millis: number(3, -MAX_NUMBER)?,
        visit: text(4, &|text| text.is_empty() || token(text))?,
        kind: text(5, &|text| !text.is_empty() && word(b"")(text))?,
        subject: text(6, &word(b""))?,
        detail: text(7, &word(b".+"))?,
        amount: number(8, 0)?,
    };
    let hash = row.get::<_, [u8; 32]>(9).map_err(|_| bad("hash"))?;
    Ok((record, hash))
}
