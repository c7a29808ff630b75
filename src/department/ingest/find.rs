//! Journals in a folder or on a stick: plain files called `*.sqlite`, a few folders deep. Links are not followed.

use crate::department::figures::Words;
use crate::diagnostics::cause;
use std::path::{Path, PathBuf};

/// Folders below the one asked for that are looked into.
const MAX_DEPTH: usize = 6;
/// More files than any office has sticks.
const MAX_FILES: usize = 200_000;

#[derive(Debug, Default)]
pub struct Found {
    /// In order of their paths.
    pub journals: Vec<PathBuf>,
    pub unreadable: Vec<(PathBuf, Words)>,
}

pub fn journals(asked: &Path) -> Found {
    let mut found = Found::default();
    match std::fs::symlink_metadata(asked) {
        Ok(meta) if meta.is_dir() => look(asked, 0, &mut found),
        Ok(meta) if meta.is_file() => found.journals.push(asked.to_owned()),
        Ok(_) => found.unreadable.push((
            asked.to_owned(),
            Words { vi: "không phải tệp thường".to_owned(), en: "this is no plain file".to_owned() },
        )),
        Err(error) => found.unreadable.push((asked.to_owned(), cannot_read(&error))),
    }
    found.journals.sort();
    found
}

fn cannot_read(error: &std::io::Error) -> Words {
    let why = cause(error);
    Words { vi: format!("không đọc được: {}", why.vi), en: format!("cannot be read: {}", why.en) }
}

fn look(folder: &Path, depth: usize, found: &mut Found) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.unreadable.push((folder.to_owned(), cannot_read(&error))),
    };
    for entry in entries {
        let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            Ok(entry) => entry,
            Err(error) => {
                found.unreadable.push((folder.to_owned(), cannot_read(&error)));
                continue;
            }
        };
        if kind.is_dir() && depth < MAX_DEPTH {
            look(&path, depth + 1, found);
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "sqlite") {
            if found.journals.len() >= MAX_FILES {
                let said = Words { vi: "quá nhiều tệp".to_owned(), en: "too many files".to_owned() };
                return found.unreadable.push((folder.to_owned(), said));
            }
            found.journals.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journals_are_found_in_order_and_links_are_left_alone() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let deep = dir.path().join("haidang-journals/b");
        std::fs::create_dir_all(&deep).expect("made");
        for name in ["z.sqlite", "a.sqlite", "a.txt"] {
            std::fs::write(deep.join(name), b"").expect("written");
        }
        std::os::unix::fs::symlink(deep.join("a.sqlite"), deep.join("link.sqlite")).expect("linked");
        let found = journals(dir.path());
        assert_eq!(found.journals, [deep.join("a.sqlite"), deep.join("z.sqlite")]);
        assert!(found.unreadable.is_empty());
        assert_eq!(journals(&dir.path().join("none")).unreadable.len(), 1);
    }
}
