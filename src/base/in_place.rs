//! Changing both ends of a large file where it lies, when copying all between them would take too long. While the file is
//! neither the old one nor the new it has another name, and what it was is kept beside it: [`restore`] puts that back.

use super::files::{folder_of, read_capped, write_whole};
use std::fs::{self, File};
use std::io::{self, Error, ErrorKind};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// What is kept of an old file, and what is written, has at most so many bytes.
pub const MAX_ENDS_BYTES: u64 = 256 << 20;
const MARK: &[u8; 8] = b"HDBEFORE";
const HEAD_BYTES: usize = 32;

/// Both ends of a file: its first bytes, and all from some place on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub front: Vec<u8>,
    pub tail_at: u64,
    pub tail: Vec<u8>,
}

impl Ends {
    /// The ends that `file` has where these would be.
    fn of(&self, file: &File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let tail = length.checked_sub(self.tail_at).ok_or(ErrorKind::UnexpectedEof)?;
        if self.front.len() as u64 > self.tail_at || tail.max(self.tail.len() as u64) > MAX_ENDS_BYTES {
            return Err(ErrorKind::InvalidInput.into());
        }
        let read = |at, length: usize| {
            let mut bytes = vec![0; length];
            file.read_exact_at(&mut bytes, at).map(|()| bytes)
        };
        Ok(Self { front: read(0, self.front.len())?, tail_at: self.tail_at, tail: read(self.tail_at, tail as usize)? })
    }

    fn write(&self, file: &File) -> io::Result<()> {
        file.write_all_at(&self.front, 0)?;
        file.write_all_at(&self.tail, self.tail_at)?;
        file.set_len(self.tail_at + self.tail.len() as u64)?;
        file.sync_all()
    }

    fn kept(&self) -> Vec<u8> {
        let numbers = [self.front.len() as u64, self.tail_at, self.tail.len() as u64].map(u64::to_le_bytes);
        [MARK, numbers.as_flattened(), &self.front, &self.tail].concat()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD_BYTES)?;
        let number = |at: usize| Some(u64::from_le_bytes(head.get(at..at + 8)?.try_into().ok()?));
        let (front, tail) = rest.split_at_checked(usize::try_from(number(8)?).ok()?)?;
        let is_whole = head.starts_with(MARK) && number(24)? == tail.len() as u64;
        is_whole.then_some(Self { front: front.to_vec(), tail_at: number(16)?, tail: tail.to_vec() })
    }
}

/// Where the file lies while it is written, and what it was.
fn beside(path: &Path) -> (PathBuf, PathBuf) {
    let named = |end: &str| {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(end);
        path.with_file_name(name)
    };
    (named(".changing"), named(".before"))
}

fn locked(path: &Path) -> io::Result<File> {
    let file = File::options().read(true).write(true).open(path)?;
    file.try_lock().map_err(|error| match error {
        fs::TryLockError::WouldBlock => Error::new(ErrorKind::ResourceBusy, "another program is changing this file"),
        fs::TryLockError::Error(error) => error,
    })?;
    Ok(file)
}

/// Gives the file at `path` other ends. Whoever reads it meanwhile through an open handle may see some of both.
pub fn rewrite(path: &Path, ends: &Ends) -> io::Result<()> {
    let file = locked(path)?;
    let old = ends.of(&file)?;
    if old == *ends {
        return Ok(());
    }
    let (changing, before) = beside(path);
    write_whole(&before, &old.kept())?;
    fs::rename(path, &changing)?;
    sync_folder(path)?;
    let written = ends.write(&file);
    if written.is_err() {
        // Its blocks are still its own, so this asks for no space; if it fails as well, `restore` will try again.
        old.write(&file)?;
    }
    back(&changing, path, &before)?;
    written
}

/// Makes the file at `path` what it was before a [`rewrite`] that was interrupted; does nothing when there was none.
pub fn restore(path: &Path) -> io::Result<()> {
    let (changing, before) = beside(path);
    if !before.try_exists()? {
        return Ok(());
    }
    if path.try_exists()? {
        // Interrupted before anything was changed, or after everything was; unless it is going on.
        let _file = locked(path)?;
        return fs::remove_file(before);
    }
    let file = locked(&changing)?;
    let kept = read_capped(&before, 2 * MAX_ENDS_BYTES)?;
    Ends::parse(&kept).ok_or(ErrorKind::InvalidData)?.write(&file)?;
    back(&changing, path, &before)
}

fn back(changing: &Path, path: &Path, before: &Path) -> io::Result<()> {
    fs::rename(changing, path)?;
    sync_folder(path)?;
    fs::remove_file(before)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    folder_of(path).map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> Ends {
        Ends { front: b"NEW".to_vec(), tail_at: 6, tail: b"a longer end".to_vec() }
    }

    fn file() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        fs::write(&path, b"oldmidend").expect("written");
        (dir, path)
    }

    fn names(dir: &Path) -> usize {
        fs::read_dir(dir).expect("listed").count()
    }

    #[test]
    fn both_ends_change_and_nothing_else_is_left() {
        let (dir, path) = file();
        rewrite(&path, &new()).expect("rewritten");
        assert_eq!(fs::read(&path).expect("read"), b"NEWmida longer end");
        rewrite(&path, &Ends { tail: b"!".to_vec(), ..new() }).expect("rewritten");
        assert_eq!((fs::read(&path).expect("read"), names(dir.path())), (b"NEWmid!".to_vec(), 1));
        assert!(rewrite(&path, &Ends { tail_at: 8, ..new() }).is_err(), "it is shorter than that");
        assert!(rewrite(&path, &Ends { tail_at: 2, ..new() }).is_err(), "the ends overlap");
    }

    /// As a power cut leaves it after each step.
    #[test]
    fn what_was_interrupted_is_as_it_was_before() {
        let (dir, path) = file();
        let (changing, before) = beside(&path);
        let old = new().of(&File::open(&path).expect("opened")).expect("read");
        for steps in 0..4 {
            fs::write(&before, old.kept()).expect("written");
            if steps > 0 {
                fs::rename(&path, &changing).expect("renamed");
            }
            if steps > 1 {
                fs::write(&changing, b"NEWmida longer e").expect("written");
            }
            if steps > 2 {
                fs::write(&changing, b"NEWmid").expect("written");
            }
            restore(&path).expect("restored");
            assert_eq!((fs::read(&path).expect("read"), names(dir.path())), (b"oldmidend".to_vec(), 1), "{steps}");
        }
        restore(&path).expect("nothing to do");
    }

    #[test]
    fn a_file_that_another_program_changes_is_left_alone() {
        let (_dir, path) = file();
        let other = locked(&path).expect("locked");
        assert_eq!(rewrite(&path, &new()).expect_err("busy").kind(), ErrorKind::ResourceBusy);
        fs::write(beside(&path).1, new().kept()).expect("written");
        assert_eq!(restore(&path).expect_err("busy").kind(), ErrorKind::ResourceBusy);
        drop(other);
        restore(&path).expect("restored");
        assert_eq!(fs::read(&path).expect("read"), b"oldmidend");
    }

    #[test]
    fn what_was_kept_is_read_whole_or_not_at_all() {
        let kept = new().kept();
        assert_eq!(Ends::parse(&kept), Some(new()));
        for length in 0..kept.len() {
            assert_eq!(Ends::parse(&kept[..length]), None);
        }
    }
}
