//! Brings a sealed pack onto the disk of a kiosk. Every file is compared with the manifest while it is copied, written
//! out and put under its hash; the manifest comes last, after the pack was opened once as a visitor will see it.

use super::{Installed, Key, Store, StoreError, version};
use crate::base::files::write_whole;
use crate::base::ids::random_token;
use crate::pack::sealed::{Entry, Sealed};
use crate::pack::source;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// What was found of a pack's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Trusted,
    Unsigned,
    UnknownSigner,
    /// The signature is of another manifest.
    Altered,
    Revoked,
    /// The key is good, but not for this pack or on this day.
    OutOfScope,
}

/// What a person in charge allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    pub unsigned: bool,
    pub older: bool,
}

/// What is being done: bytes of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Installing {
    Copying {
        done: u64,
        total: u64,
    },
    /// Waiting for the disk, then opening the pack once.
    Checking,
}

impl Store {
    /// Refuses what must not be installed, before anything is copied.
    pub fn may_install(&self, sealed: &Sealed, verdict: Verdict, allowed: Permission) -> Result<(), StoreError> {
        match verdict {
            Verdict::Trusted => {}
            Verdict::Unsigned if allowed.unsigned => {}
            Verdict::Unsigned => return Err(StoreError::Unsigned),
            Verdict::UnknownSigner => return Err(StoreError::UnknownSigner),
            Verdict::Altered => return Err(StoreError::Altered("the signature is of another manifest".to_owned())),
            Verdict::Revoked => return Err(StoreError::Revoked),
            Verdict::OutOfScope => return Err(StoreError::OutOfScope),
        }
        let offered = &sealed.manifest;
        let installed = self.installed().into_iter().filter(|installed| installed.key.id == offered.id);
        // They come the newest first.
        let newest = installed.map(|installed| installed.manifest.version).next();
        match newest.filter(|newest| !allowed.older && version::compare(&offered.version, newest).is_lt()) {
            Some(installed) => Err(StoreError::Older { installed, offered: offered.version.clone() }),
            None => Ok(()),
        }
    }

    /// Copies a pack onto the disk; nobody is shown it before it is activated. `progress` may stop the work by returning
    /// false.
    pub fn install(
        &mut self,
        sealed: &Sealed,
        verdict: Verdict,
        allowed: Permission,
        mut progress: impl FnMut(Installing) -> bool,
    ) -> Result<Installed, StoreError> {
        self.may_install(sealed, verdict, allowed)?;
        let installed = self.bring_in(sealed, &mut progress);
        if installed.is_err() {
            // What was copied is in the way of nobody; what is not swept now is at the next start.
            let _ = self.sweep();
        }
        installed
    }

    fn bring_in(
        &mut self,
        sealed: &Sealed,
        progress: &mut dyn FnMut(Installing) -> bool,
    ) -> Result<Installed, StoreError> {
        let manifest = &sealed.manifest;
        let key = Key { id: manifest.id.clone(), manifest: manifest.hash() };
        let installed = Installed { key: key.clone(), manifest: manifest.clone() };
        let incoming = self.folder.join("incoming").join(random_token());
        self.step("incoming made")?;
        fs::create_dir_all(&incoming)?;
        let (mut done, total) = (0, manifest.length());
        let mut moves: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in &manifest.entries {
            let blob = self.blob_path(&entry.path, &entry.hex());
            let mut tell = |bytes| {
                done += bytes;
                progress(Installing::Copying { done, total })
            };
            let is_new = seen.insert(blob.clone());
            if is_new && !holds(&blob, entry)? {
                let part = incoming.join(blob.file_name().unwrap_or_default());
                self.step("blob copied")?;
                copy(sealed, entry, Some(&part), &mut tell)?;
                moves.push((part, blob));
            } else {
                // What is there already is not believed of the stick either.
                copy(sealed, entry, None, &mut tell)?;
            }
        }
        progress(Installing::Checking);
        self.take_in(&moves)?;
        let opened = source::open_installed(&self.map(&installed));
        if opened.exhibit.is_none() || !opened.findings.is_empty() {
            return Err(StoreError::HasProblems(Box::new(opened)));
        }
        self.list_pack(sealed, &key)?;
        self.step("incoming removed")?;
        fs::remove_dir_all(&incoming)?;
        Ok(installed)
    }

    /// Puts copied files in their places, once the disk has them.
    fn take_in(&mut self, moves: &[(PathBuf, PathBuf)]) -> Result<(), StoreError> {
        for (part, _) in moves {
            self.step("blob synced")?;
            File::open(part)?.sync_all()?;
        }
        let mut folders = BTreeSet::new();
        for (part, blob) in moves {
            let folder = blob.parent().unwrap_or(&self.folder).to_owned();
            if folders.insert(folder.clone()) {
                self.step("folder made")?;
                fs::create_dir_all(&folder)?;
            }
            self.step("blob in its place")?;
            fs::rename(part, blob)?;
        }
        if !folders.is_empty() {
            folders.extend([self.folder.join("blobs"), self.folder.clone()]);
        }
        for folder in folders {
            self.step("folder synced")?;
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// The moment from which the pack is there.
    fn list_pack(&mut self, sealed: &Sealed, key: &Key) -> Result<(), StoreError> {
        let path = self.manifest_path(key);
        if let Some(signature) = sealed.signature_text() {
            self.step("signature written")?;
            write_whole(&path.with_extension("minisig"), signature.as_bytes())?;
        }
        self.step("manifest written")?;
        write_whole(&path, sealed.manifest_bytes())?;
        // The folders of a pack that is new have no name on the disk yet.
        self.step("installed synced")?;
        File::open(self.folder.join("installed"))?.sync_all()?;
        Ok(File::open(&self.folder)?.sync_all()?)
    }
}

/// Whether the disk holds these bytes already; they are read, for a disk may have lost some.
fn holds(blob: &Path, entry: &Entry) -> Result<bool, StoreError> {
    if !fs::metadata(blob).is_ok_and(|meta| meta.is_file() && meta.len() == entry.length) {
        return Ok(false);
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(blob)?)?;
    Ok(*hasher.finalize().as_bytes() == entry.blake3)
}

/// Reads an entry, compares it with the manifest and writes it down on the way.
fn copy(
    sealed: &Sealed,
    entry: &Entry,
    to: Option<&Path>,
    tell: &mut dyn FnMut(u64) -> bool,
) -> Result<(), StoreError> {
    let mut from = sealed.entry(&entry.path).ok_or_else(|| StoreError::Altered("an entry is gone".to_owned()))?;
    let mut out = to.map(|to| File::options().write(true).create_new(true).open(to)).transpose()?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        let bytes = &buffer[..read];
        hasher.update(bytes);
        if let Some(out) = &mut out {
            out.write_all(bytes)?;
        }
        if !tell(read as u64) {
            return Err(StoreError::Stopped);
        }
    }
    if *hasher.finalize().as_bytes() != entry.blake3 {
        return Err(StoreError::Altered(format!("“{}” holds something else", entry.path)));
    }
    Ok(())
}
