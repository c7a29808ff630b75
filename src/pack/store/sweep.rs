//! Takes out what nobody needs: copies that were broken off, and files that no installed pack names.

use super::{Store, StoreError, list};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::PathBuf;

impl Store {
    /// Leaves all as it is when some manifest cannot be read at the moment, for then nobody knows what is needed.
    pub(super) fn sweep(&mut self) -> Result<(), StoreError> {
        let incoming = self.folder.join("incoming");
        if incoming.exists() {
            self.step("incoming swept")?;
            fs::remove_dir_all(&incoming)?;
        }
        self.sweep_parts()?;
        let (mut named, mut are_known) = (HashSet::new(), true);
        for id in list(&self.folder.join("installed")) {
            let folder = self.folder.join("installed").join(&id);
            for name in list(&folder).into_iter().filter(|name| name.ends_with(".json")) {
                match self.blobs_of(&id, name.trim_end_matches(".json")) {
                    Ok(blobs) => named.extend(blobs),
                    Err(StoreError::Io(_)) => are_known = false,
                    // Never to be opened again, and nothing rests on it.
                    Err(_) => self.remove_file(folder.join(name), "broken manifest swept")?,
                }
            }
            self.sweep_signatures(&id)?;
        }
        if are_known { self.sweep_blobs(&named) } else { Ok(()) }
    }

    fn blobs_of(&self, id: &str, manifest: &str) -> Result<Vec<PathBuf>, StoreError> {
        let id = crate::base::ids::Id::new(id).ok_or(StoreError::NotInstalled)?;
        let installed = self.get(&super::Key { id, manifest: manifest.to_owned() })?;
        let entries = installed.manifest.entries.iter();
        Ok(entries.map(|entry| self.blob_path(&entry.path, &entry.hex())).collect())
    }

    /// Files that were being written beside their place.
    fn sweep_parts(&mut self) -> Result<(), StoreError> {
        let mut folders = vec![self.folder.clone()];
        let installed = self.folder.join("installed");
        folders.extend(list(&installed).into_iter().map(|id| installed.join(id)));
        for folder in folders {
            for name in list(&folder).into_iter().filter(|name| name.ends_with(".part")) {
                self.remove_file(folder.join(name), "part swept")?;
            }
        }
        Ok(())
    }

    /// Signatures without their manifest.
    fn sweep_signatures(&mut self, id: &str) -> Result<(), StoreError> {
        let folder = self.folder.join("installed").join(id);
        for name in list(&folder) {
            let path = folder.join(&name);
            if name.ends_with(".minisig") && !path.with_extension("json").exists() {
                self.remove_file(path, "signature swept")?;
            }
        }
        Ok(())
    }

    fn sweep_blobs(&mut self, named: &HashSet<PathBuf>) -> Result<(), StoreError> {
        let blobs = self.folder.join("blobs");
        for first in list(&blobs) {
            let folder = blobs.join(first);
            for path in list(&folder).into_iter().map(|name| folder.join(name)) {
                if !named.contains(&path) {
                    self.remove_file(path, "blob swept")?;
                }
            }
        }
        Ok(())
    }

    fn remove_file(&mut self, path: PathBuf, what: &str) -> Result<(), StoreError> {
        self.step(what)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
