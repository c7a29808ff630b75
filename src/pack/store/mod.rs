//! The packs of one kiosk, on disk. Every file lies once, under its hash; a pack is there from the moment its manifest
//! is, and not before. Whatever moment the machine is switched off at, a whole pack remains.
//!
//! ```text
//! packs/blobs/<2 hex>/<BLAKE3>.<extension>
//! packs/installed/<pack id>/<BLAKE3 of the manifest>.json     and .minisig, when it was signed
//! packs/incoming/<token>/…                                    being copied; swept at the next start
//! packs/active.json                                           see state.rs
//! ```

mod install;
mod state;
mod sweep;
pub(in crate::pack) mod version;

pub use install::{Installing, Permission, Verdict};
pub use state::{Key, Scheduled, State, Trial};

use super::sealed::{MAX_MANIFEST_BYTES, MAX_SIGNATURE_BYTES, Manifest, SealedError};
use super::source::{self, Mapped, Opened};
use crate::base::files::{read_capped, write_whole};
use crate::base::ids::Id;
use jiff::civil::Date;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why something was not done; each can be told in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the pack is not signed")]
    Unsigned,
    #[error("the pack is signed by somebody who is not known here")]
    UnknownSigner,
    #[error("the pack was altered: {0}")]
    Altered(String),
    #[error("the signer's key was revoked")]
    Revoked,
    #[error("the signer's key is not valid for this pack or on this day")]
    OutOfScope,
    #[error("version {offered} is older than {installed}, which is installed")]
    Older { installed: String, offered: String },
    #[error("the pack is of format {0}, made by a newer program")]
    Newer(u64),
    #[error("this is no sealed pack")]
    NotAPack,
    #[error("the pack has {} problems", .0.findings.iter().count())]
    HasProblems(Box<Opened>),
    #[error("this pack is being shown")]
    Active,
    #[error("no such pack is installed")]
    NotInstalled,
    #[error("there is no earlier pack to return to")]
    NothingToReturnTo,
    #[error("a schedule that ends before it begins, or is too long")]
    BadSchedule,
    #[error("installing was stopped")]
    Stopped,
    #[error("disk: {0}")]
    Io(#[from] io::Error),
}

impl From<SealedError> for StoreError {
    fn from(error: SealedError) -> Self {
        match error {
            SealedError::Io(error) => Self::Io(error),
            SealedError::NotAPack => Self::NotAPack,
            SealedError::Newer(format) => Self::Newer(format),
            SealedError::TooLarge => Self::Altered("the file is larger than a pack can be".to_owned()),
            SealedError::Altered(why) => Self::Altered(why),
            SealedError::Stopped => Self::Stopped,
        }
    }
}

/// A pack that is installed.
#[derive(Clone, Debug)]
pub struct Installed {
    pub key: Key,
    pub manifest: Manifest,
}

/// What the kiosk is to show.
#[derive(Debug, PartialEq, Eq)]
pub enum Opening {
    /// No pack is installed, or nobody has chosen one yet.
    Nothing,
    Show(Key),
    /// The last good pack, in place of the active one.
    Returned(Key, Because),
    /// The active pack is not whole, or nobody knows any more which it was, and there is no good one. These are whole;
    /// one may be shown once it was tested and activated.
    Untested(Vec<Key>),
}

/// Why the active pack gave way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The kiosk was started again before its trial was over.
    Restarted,
    NotWhole,
}

/// Asked before every change on disk; an error stands for the machine being switched off at that moment.
pub type BeforeStep = Box<dyn FnMut(&str) -> io::Result<()> + Send>;

pub struct Store {
    folder: PathBuf,
    state: State,
    /// There was a state and it cannot be read: a pack was chosen once.
    state_is_lost: bool,
    before_step: BeforeStep,
}

impl Store {
    /// Opens the store in a folder, which need not exist, and sweeps out what was left half done.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_with(folder, Box::new(|_| Ok(())))
    }

    pub fn open_with(folder: &Path, before_step: BeforeStep) -> Result<Self, StoreError> {
        let state = match read_capped(&folder.join("active.json"), 1 << 20) {
            Ok(text) => State::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(State::default()),
            Err(error) => return Err(error.into()),
        };
        let state_is_lost = state.is_none();
        let state = state.unwrap_or_default();
        let mut store = Self { folder: folder.to_owned(), state, state_is_lost, before_step };
        store.sweep()?;
        Ok(store)
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    fn step(&mut self, what: &str) -> io::Result<()> {
        (self.before_step)(what)
    }

    /// Makes a change that is either there as a whole or not at all.
    fn change(&mut self, change: impl FnOnce(&mut State)) -> Result<(), StoreError> {
        let mut state = self.state.clone();
        change(&mut state);
        if state != self.state {
            self.step("active.json")?;
            write_whole(&self.folder.join("active.json"), state.render().as_bytes())?;
            self.state = state;
            self.state_is_lost = false;
        }
        Ok(())
    }

    fn manifest_path(&self, key: &Key) -> PathBuf {
        self.folder.join("installed").join(key.id.as_str()).join(format!("{}.json", key.manifest))
    }

    /// Where a file of these bytes lies; its ending is that of its name in the pack.
    fn blob_path(&self, path: &str, hash: &str) -> PathBuf {
        let is_plain = |ending: &&str| ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        let ending = path.rsplit_once('.').map(|(_, ending)| ending).filter(is_plain).unwrap_or("bin");
        let name = format!("{hash}.{}", ending.to_ascii_lowercase());
        self.folder.join("blobs").join(&hash[..2]).join(name)
    }

    /// All packs that are installed, the newest version of each first.
    pub fn installed(&self) -> Vec<Installed> {
        let keys = list(&self.folder.join("installed")).into_iter().filter_map(|id| Some((Id::new(&id)?, id)));
        let keys = keys.flat_map(|(id, name)| {
            let manifests = list(&self.folder.join("installed").join(name)).into_iter();
            let hashes = manifests.filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()));
            hashes.map(move |manifest| Key { id: id.clone(), manifest }).collect::<Vec<_>>()
        });
        let mut installed: Vec<Installed> = keys.filter_map(|key| self.get(&key).ok()).collect();
        let order = |a: &Installed, b: &Installed| version::compare(&b.manifest.version, &a.manifest.version);
        installed.sort_by(|a, b| a.key.id.cmp(&b.key.id).then_with(|| order(a, b)).then_with(|| a.key.cmp(&b.key)));
        installed
    }

    pub fn get(&self, key: &Key) -> Result<Installed, StoreError> {
        let bytes = read_capped(&self.manifest_path(key), MAX_MANIFEST_BYTES).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotInstalled,
            _ => error.into(),
        })?;
        if blake3::hash(&bytes).to_hex().as_str() != key.manifest {
            return Err(StoreError::Altered("an installed manifest holds something else".to_owned()));
        }
        let manifest = Manifest::parse(&bytes).map_err(SealedError::from)?;
        Ok(Installed { key: key.clone(), manifest })
    }

    /// The signature that a pack was installed with.
    pub fn signature(&self, key: &Key) -> Option<String> {
        let path = self.manifest_path(key).with_extension("minisig");
        String::from_utf8(read_capped(&path, MAX_SIGNATURE_BYTES).ok()?).ok()
    }

    /// Where all files of a pack lie.
    pub fn map(&self, installed: &Installed) -> Mapped {
        let manifest = &installed.manifest;
        let place = |path: &str| manifest.entry(path).map(|entry| self.blob_path(path, &entry.hex()));
        let files =
            manifest.entries.iter().map(|entry| (entry.path.clone(), self.blob_path(&entry.path, &entry.hex())));
        let tiles = manifest.pictures.iter().filter_map(|(path, tiles)| Some((path.clone(), place(tiles)?)));
        Mapped { files: files.collect(), tiles: tiles.collect() }
    }

    /// Reads an installed pack as a visitor will see it.
    pub fn read(&self, key: &Key) -> Result<Opened, StoreError> {
        Ok(source::open_installed(&self.map(&self.get(key)?)))
    }

    /// Whether every file of a pack is there at its full length. What they hold was compared when they were copied.
    pub fn is_whole(&self, key: &Key) -> bool {
        self.get(key).is_ok_and(|installed| {
            installed.manifest.entries.iter().all(|entry| {
                let meta = fs::metadata(self.blob_path(&entry.path, &entry.hex()));
                meta.is_ok_and(|meta| meta.is_file() && meta.len() == entry.length)
            })
        })
    }

    /// To be asked whenever the kiosk opens a pack, once: a pack on trial that was opened before and not confirmed has
    /// failed, and the last good one takes its place; so it does when the active one is not whole. A pack that was never
    /// chosen is not opened by itself.
    pub fn opening(&mut self) -> Result<Opening, StoreError> {
        let active = self.state.active.clone().filter(|active| self.is_whole(active));
        let has_failed = self.state.trial.is_some_and(|trial| trial.openings > 0);
        let has_good = self.state.previous_good.as_ref().is_some_and(|good| self.is_whole(good));
        let because = if active.is_some() { Because::Restarted } else { Because::NotWhole };
        if let Some(active) = active.filter(|_| !(has_failed && has_good)) {
            self.change(|state| {
                if let Some(trial) = &mut state.trial {
                    trial.openings = trial.openings.saturating_add(1);
                }
            })?;
            return Ok(Opening::Show(active));
        }
        if has_good {
            self.change(|state| {
                state.return_to_good();
            })?;
            let good = self.state.active.clone();
            return Ok(good.map_or(Opening::Nothing, |good| Opening::Returned(good, because)));
        }
        if self.state.active.is_none() && !self.state_is_lost {
            return Ok(Opening::Nothing);
        }
        let keys = self.installed().into_iter().map(|installed| installed.key);
        let whole: Vec<Key> = keys.filter(|key| self.is_whole(key)).collect();
        Ok(if whole.is_empty() { Opening::Nothing } else { Opening::Untested(whole) })
    }

    /// Makes a pack the one that is shown, on trial.
    pub fn activate(&mut self, key: &Key) -> Result<(), StoreError> {
        if !self.is_whole(key) {
            return Err(StoreError::NotInstalled);
        }
        self.change(|state| state.activate(key.clone()))
    }

    /// The active pack has shown that it works.
    pub fn confirm_trial(&mut self) -> Result<(), StoreError> {
        self.change(State::confirm)
    }

    /// The active pack does not work: the last good one takes its place.
    pub fn fail_trial(&mut self) -> Result<(), StoreError> {
        if self.state.trial.is_none() {
            return Err(StoreError::NothingToReturnTo);
        }
        self.roll_back()
    }

    pub fn roll_back(&mut self) -> Result<(), StoreError> {
        if !self.state.previous_good.as_ref().is_some_and(|good| self.is_whole(good)) {
            return Err(StoreError::NothingToReturnTo);
        }
        self.change(|state| {
            state.return_to_good();
        })
    }

    /// Replaces the schedule.
    pub fn schedule(&mut self, schedule: Vec<Scheduled>) -> Result<(), StoreError> {
        if schedule.len() > 200 || schedule.iter().any(|entry| entry.until < entry.from) {
            return Err(StoreError::BadSchedule);
        }
        if !schedule.iter().all(|entry| self.is_whole(&entry.pack)) {
            return Err(StoreError::NotInstalled);
        }
        self.change(|state| state.schedule = schedule)
    }

    /// The pack that should be shown on a day instead of the one that is.
    pub fn due_today(&self, day: Date) -> Option<&Key> {
        self.state.due(day).filter(|key| self.state.active.as_ref() != Some(key) && self.is_whole(key))
    }

    /// Takes a pack off the disk, unless it is the one that is shown.
    pub fn remove(&mut self, key: &Key) -> Result<(), StoreError> {
        if self.state.active.as_ref() == Some(key) {
            return Err(StoreError::Active);
        }
        let manifest = self.manifest_path(key);
        if !manifest.exists() {
            return Err(StoreError::NotInstalled);
        }
        self.change(|state| state.forget(key))?;
        self.step("manifest removed")?;
        fs::remove_file(&manifest)?;
        self.sweep()
    }
}

/// Names of what lies in a folder; none when it is not there.
fn list(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}
