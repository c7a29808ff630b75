//! Journals for statements: found below what was named, and judged before a word of them leaves. A kiosk's name is proved
//! by its seal; without one it is the name of the folder, as a copy of `visits.sqlite` has it.

use crate::base::ids::Id;
use crate::visits::read;
use crate::visits::record::Record;
use crate::visits::seal::{SealError, each_record_as_it_lies, read_seal};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Folders below a named one that are looked into.
const MAX_DEPTH: usize = 4;
const MAX_FILES: usize = 100_000;

/// A journal that may be told of.
pub struct Source {
    pub kiosk: String,
    pub records: Vec<(Record, [u8; 32])>,
    /// What is to be known of it, for people.
    pub marks: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("không có dấu niêm, và tên thư mục không phải tên kiosk · no seal, and the folder's name is no kiosk's")]
    NoKiosk,
    #[error("không đọc được nhật ký: {0} · the journal cannot be read: {0}")]
    Unreadable(#[from] rusqlite::Error),
}

/// Journals among these files and below these folders, each once, in the order of their paths.
pub fn find(named: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut found = BTreeSet::new();
    for path in named {
        if std::fs::metadata(path)?.is_dir() {
            look_into(path, 0, &mut found)?;
        } else {
            found.insert(path.clone());
        }
    }
    Ok(found.into_iter().collect())
}

fn look_into(folder: &Path, depth: usize, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if found.len() >= MAX_FILES {
            return Err(io::Error::other(format!("more than {MAX_FILES} journals")));
        }
        // Links on a stick lead anywhere; they are not followed.
        if kind.is_dir() && depth < MAX_DEPTH {
            look_into(&path, depth + 1, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "sqlite") {
            found.insert(path);
        }
    }
    Ok(())
}

/// Reads a journal and judges it. A broken chain is told and taken; a forged seal, or records added after sealing, are
/// refused, for they would speak in another kiosk's name.
pub fn open(path: &Path) -> Result<Source, Refused> {
    let Some(seal) = read_seal(path)? else { return unsealed(path) };
    seal.verify()?;
    let mut records = Vec::new();
    each_record_as_it_lies(path, |record, hash| {
        records.push((record, hash));
        Ok(())
    })?;
    let mut marks = broken_chain(&records);
    let last = records.last().map_or((0, [0; 32]), |(record, hash)| (record.sequence, *hash));
    match seal.covers(last.0, &last.1) {
        Ok(()) => {}
        Err(cut @ SealError::Cut { .. }) => marks.push(format!("thiếu bản ghi cuối · {cut}")),
        Err(error) => return Err(error.into()),
    }
    Ok(Source { kiosk: seal.kiosk, records, marks })
}

fn unsealed(path: &Path) -> Result<Source, Refused> {
    let whole = std::path::absolute(path).ok();
    let folder = whole.as_deref().and_then(Path::parent).and_then(Path::file_name).and_then(|name| name.to_str());
    let kiosk = folder.and_then(Id::new).ok_or(Refused::NoKiosk)?;
    // A plain copy may have its newest records in the log beside it.
    let records = read::records(path)?;
    let mut marks = vec!["không có dấu niêm; tên kiosk lấy từ thư mục · no seal; named after its folder".to_owned()];
    marks.extend(broken_chain(&records));
    Ok(Source { kiosk: kiosk.to_string(), records, marks })
}

fn broken_chain(records: &[(Record, [u8; 32])]) -> Vec<String> {
    let broken = read::verify(records).err();
    broken
        .map(|broken| format!("chuỗi bản ghi bị đứt · the chain of records is broken: {broken}"))
        .into_iter()
        .collect()
}
