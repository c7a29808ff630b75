//! Files on disk: read with a cap, write so that a power cut leaves the old or the new file whole.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Reads a whole file of at most `cap` bytes; a larger one is an error of kind `FileTooLarge`, before it is read.
pub fn read_capped(path: &Path, cap: u64) -> io::Result<Vec<u8>> {
    // Looked at before it is opened, for opening a named pipe waits until somebody writes to it.
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file"));
    }
    if meta.len() > cap {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let file = File::open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // A file may grow while it is read, so the cap holds here too.
    file.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// A file being written beside its final name; it appears there, whole and synced, at [`Staged::publish`].
#[derive(Debug)]
pub struct Staged {
    file: File,
    staging: PathBuf,
    target: PathBuf,
    published: bool,
}

impl Staged {
    pub fn beside(target: &Path) -> io::Result<Self> {
        if let Some(folder) = folder_of(target) {
            fs::create_dir_all(folder)?;
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", super::ids::random_token()));
        let staging = target.with_file_name(name);
        let file = File::options().write(true).read(true).create_new(true).open(&staging)?;
        Ok(Self { file, staging, target: target.to_owned(), published: false })
    }

    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Syncs and renames; after this the target is the new file even through a power cut.
    pub fn publish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.sync_all()?;
        fs::rename(&self.staging, &self.target)?;
        self.published = true;
        if let Some(folder) = folder_of(&self.target) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// The folder a file lies in; a bare name lies in the present one.
pub fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.published {
            // Nothing to do about a failure: the leftover has a name of its own and is never read.
            let _ = fs::remove_file(&self.staging);
        }
    }
}

/// Writes `bytes` to `path` as a whole or not at all.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut staged = Staged::beside(path)?;
    staged.file().write_all(bytes)?;
    staged.publish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_lies_in_the_present_folder() {
        assert_eq!(folder_of(Path::new("figures.json")), Some(Path::new(".")));
        assert_eq!(folder_of(Path::new("a/figures.json")), Some(Path::new("a")));
    }

    #[test]
    fn a_file_over_the_cap_is_refused() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        write_whole(&path, b"12345").expect("written");
        assert_eq!(read_capped(&path, 5).expect("fits"), b"12345");
        assert_eq!(read_capped(&path, 4).expect_err("too large").kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read_capped(dir.path(), 5).expect_err("a folder").kind(), io::ErrorKind::InvalidInput);
    }

    #[test]
    fn an_abandoned_write_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        write_whole(&path, b"old").expect("written");
        let mut staged = Staged::beside(&path).expect("staged");
        staged.file().write_all(b"half").expect("written");
        drop(staged);
        assert_eq!(fs::read(&path).expect("readable"), b"old");
        assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 1);
    }
}
