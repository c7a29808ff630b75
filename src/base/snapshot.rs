//! Which files of a folder were saved: when each was last written and how long it is, and when a folder that changes has
//! come to rest. Looking again and again is for others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files looked at; nobody edits a folder with more of them by hand.
const MAX_FILES: usize = 20_000;

/// When each file of a folder was last written, and how long it is.
pub type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

/// The files as they are now, below the folder too; links are not followed.
pub fn snapshot(folder: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            if found.len() + waiting.len() >= MAX_FILES {
                return found;
            }
            if meta.is_dir() {
                waiting.push(entry.path());
            } else if let Ok(time) = meta.modified() {
                found.insert(entry.path(), (time, meta.len()));
            }
        }
    }
    found
}

/// A folder that is looked at again and again.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    settled: Snapshot,
    seen: Snapshot,
}

/// What one more look at a folder tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// As it was when it last came to rest.
    Still,
    /// Something is being written.
    Stirring,
    /// It has come to rest; these files were written, added or taken away since it last did.
    Settled(Vec<PathBuf>),
}

impl Watched {
    pub fn new(now: Snapshot) -> Self {
        Self { seen: now.clone(), settled: now }
    }

    /// Two looks alike are rest: a file that is only half written has changed by the next look.
    pub fn look(&mut self, now: Snapshot) -> Look {
        if now != self.seen {
            self.seen = now;
            return if self.seen == self.settled { Look::Still } else { Look::Stirring };
        }
        if now == self.settled {
            return Look::Still;
        }
        let changed = changes(&self.settled, &now);
        self.settled = now;
        Look::Settled(changed)
    }

    /// The files when it last came to rest.
    pub fn settled(&self) -> &Snapshot {
        &self.settled
    }
}

fn changes(old: &Snapshot, new: &Snapshot) -> Vec<PathBuf> {
    let written = new.iter().filter(|(path, stamp)| old.get(*path) != Some(*stamp)).map(|(path, _)| path);
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    written.chain(gone).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn files(files: &[(&str, u64)]) -> Snapshot {
        let stamp = |length: u64| (SystemTime::UNIX_EPOCH + Duration::from_secs(length), length);
        files.iter().map(|(path, length)| (PathBuf::from(path), stamp(*length))).collect()
    }

    #[test]
    fn a_file_is_told_once_it_is_written_to_its_end() {
        let mut watched = Watched::new(files(&[("a", 1), ("b", 1)]));
        assert_eq!(watched.look(files(&[("a", 1), ("b", 1)])), Look::Still);
        for half in [2, 3] {
            assert_eq!(watched.look(files(&[("a", half), ("b", 1)])), Look::Stirring);
        }
        assert_eq!(watched.look(files(&[("a", 3), ("b", 1)])), Look::Settled(vec!["a".into()]));
        assert_eq!(watched.look(files(&[("a", 3), ("b", 1)])), Look::Still);
    }

    #[test]
    fn what_came_and_went_between_two_looks_is_no_change() {
        let mut watched = Watched::new(files(&[("a", 1)]));
        assert_eq!(watched.look(files(&[("a", 1), (".a.swp", 1)])), Look::Stirring);
        assert_eq!(watched.look(files(&[("a", 1)])), Look::Still);
        assert_eq!(watched.look(files(&[("a", 1)])), Look::Still);
    }

    #[test]
    fn files_added_and_taken_away_are_told_together() {
        let mut watched = Watched::new(files(&[("a", 1), ("b", 1)]));
        watched.look(files(&[("b", 1), ("c", 1)]));
        assert_eq!(watched.look(files(&[("b", 1), ("c", 1)])), Look::Settled(vec!["c".into(), "a".into()]));
        assert_eq!(watched.settled().len(), 2);
    }

    #[test]
    fn a_folder_is_seen_with_all_that_lies_below_it() {
        let folder = tempfile::tempdir().expect("temporary folder");
        std::fs::create_dir(folder.path().join("items")).expect("made");
        for name in ["exhibit.ron", "items/a.ron"] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let seen = snapshot(folder.path());
        assert_eq!(seen.get(&folder.path().join("items/a.ron")).map(|(_, length)| *length), Some(11));
        assert_eq!(seen.len(), 2);
        assert!(snapshot(&folder.path().join("none")).is_empty());
    }
}
