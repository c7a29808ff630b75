//! Writes a draft as a folder that appears whole or not at all, and never over another.

use super::draft::Draft;
use super::draft_ron;
use crate::base::ids::random_token;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A folder in the making, gone again when it is not finished.
struct Staging(PathBuf);

impl Drop for Staging {
    fn drop(&mut self) {
        // Already moved to its place, or a leftover with a name of its own.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// An error of kind `AlreadyExists` when there is anything of that name. `progress` is told of every file copied.
pub fn write(draft: &Draft, target: &Path, mut progress: impl FnMut(usize, usize)) -> io::Result<()> {
    refuse_existing(target)?;
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut hidden = name.to_owned();
    hidden.push(format!(".{}.part", random_token()));
    let staging = Staging(target.with_file_name(hidden));
    fs::create_dir_all(staging.0.join("items"))?;
    for (path, text) in draft_ron::files(draft) {
        put(&staging.0.join(path), |file| file.write_all(text.as_bytes()))?;
    }
    for (index, (from, to)) in draft.copies.iter().enumerate() {
        progress(index, draft.copies.len());
        let mut source = File::open(from).map_err(|error| io::Error::new(error.kind(), told(from, &error)))?;
        put(&staging.0.join(to), |file| io::copy(&mut source, file).map(|_| ()))?;
    }
    // Somebody else may have been faster.
    refuse_existing(target)?;
    fs::rename(&staging.0, target)
}

fn told(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn refuse_existing(target: &Path) -> io::Result<()> {
    match target.symlink_metadata() {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn put(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    write(&mut file)?;
    file.sync_all()
}
