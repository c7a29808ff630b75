//! `haidang-pack collect`: kiosks' journals from a stick into a folder of the education department. Each is checked,
//! the originals stay, and nothing that was collected before is written over.

use super::stick::{copy, hash};
use crate::diagnostics::Said;
use crate::organiser::Outcome;
use crate::organiser::args::checking::Collect;
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::visits::read;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Folders below the stick's own that are looked into.
const MAX_DEPTH: usize = 4;
const MAX_FILES: usize = 10_000;
const MAGIC: &[u8] = b"SQLite format 3\0";

pub fn run(args: &Collect, screen: Screen) -> Done {
    let mut journals = Vec::new();
    if !args.stick.is_dir() || find(&args.stick, 0, &mut journals).is_err() {
        return Err(Failure::cannot_read(&args.stick, "không đọc được", "cannot be read"));
    }
    journals.sort();
    let mut outcome = Outcome::Clean;
    for journal in &journals {
        let (about, vi, en) = match collect(journal, &args.to) {
            Ok((target, Ok(records))) => (target, format!("{records} bản ghi"), format!("{records} records")),
            Ok((target, Err(why))) => {
                outcome = Outcome::Problems;
                (target, format!("chuỗi bản ghi không liền: {why}"), format!("the chain does not hold: {why}"))
            }
            Err(why) => {
                outcome = Outcome::Problems;
                (journal.clone(), format!("không chép được: {}", why.vi), format!("not copied: {}", why.en))
            }
        };
        screen.tell_of(about.display(), &vi, &en);
    }
    let count = journals.len();
    screen.tell(&format!("{count} nhật ký"), &format!("{count} journals"));
    Ok(outcome)
}

/// Journals as the kiosk exports them: `*.sqlite`.
fn find(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if found.len() >= MAX_FILES {
            break;
        }
        // Links on a stick lead anywhere; they are not followed.
        if kind.is_dir() && depth < MAX_DEPTH {
            find(&path, depth + 1, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "sqlite") {
            found.push(path);
        }
    }
    Ok(())
}

/// Copies a journal under a name of its own content; tells how many records it has, or why its chain does not hold.
fn collect(journal: &Path, to: &Path) -> Result<(PathBuf, Result<usize, String>), Said> {
    let said = |error: io::Error| cause(&error);
    if !is_database(journal).map_err(said)? {
        return Err(Said::new("đây không phải nhật ký", "no journal"));
    }
    let hash = hash(journal).map_err(said)?;
    let stem = journal.file_stem().unwrap_or_default().to_string_lossy();
    let target = to.join(format!("{stem}.{}.sqlite", &hash.to_hex()[..12]));
    // The name holds the content's hash: what is there under it is the same journal, collected before.
    if !target.exists() {
        copy(journal, &target).map_err(said)?;
    }
    if super::stick::hash(&target).map_err(said)? != hash {
        return Err(Said::new("đọc lại không giống bản gốc", "does not read back as written"));
    }
    let records = read::records(&target).map_err(|error| Said::new(error.to_string(), error.to_string()))?;
    Ok((target, read::verify(&records).map(|()| records.len()).map_err(|broken| broken.to_string())))
}

/// By its first bytes, for to SQLite a file of a few bytes is an empty database. A journal may be empty indeed.
fn is_database(path: &Path) -> io::Result<bool> {
    let mut head = Vec::with_capacity(MAGIC.len());
    File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok(head.is_empty() || head == MAGIC)
}
