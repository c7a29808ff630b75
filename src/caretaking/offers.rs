//! The packs on a stick, each with what this kiosk says of it. Only the manifest and its signature are read here; the
//! rest is compared while a pack is copied.

use super::said::said;
use super::standing::{Standing, of_sealed, of_verdict};
use super::sticks::{self, OnStick, plain};
use crate::diagnostics::Said;
use crate::pack::model::ApprovalStatus;
use crate::pack::sealed::{Manifest, Sealed};
use crate::pack::signing::verify::Signature;
use crate::pack::signing::{Ring, Verdict, judge};
use crate::pack::store::{Installed, Key, Permission, Store, StoreError};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What a manifest says of its pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub key: Key,
    pub title: Said,
    pub version: String,
    pub approval: Approval,
    /// Of all files.
    pub bytes: u64,
    pub files: usize,
}

/// How far a pack has come on its way to approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub status: ApprovalStatus,
    pub decision: Option<String>,
    pub date: Option<String>,
}

impl Approval {
    fn of(manifest: &Manifest) -> Self {
        let told = &manifest.approval;
        let status = match told.status.as_str() {
            "Approved" => ApprovalStatus::Approved,
            "Submitted" => ApprovalStatus::Submitted,
            // A word that is not known approves nothing.
            _ => ApprovalStatus::Sample,
        };
        Self { status, decision: told.decision.as_deref().map(plain), date: told.date.as_deref().map(plain) }
    }
}

impl Face {
    pub fn of(manifest: &Manifest) -> Self {
        let title = |language: &str| {
            let own = manifest.title.iter().find(|(tag, _)| tag == language);
            own.or_else(|| manifest.title.first()).map_or_else(|| manifest.id.to_string(), |(_, text)| plain(text))
        };
        Self {
            key: Key { id: manifest.id.clone(), manifest: manifest.hash() },
            title: said(title("vi"), title("en")),
            version: plain(&manifest.version),
            approval: Approval::of(manifest),
            bytes: manifest.length(),
            files: manifest.entries.len(),
        }
    }
}

/// One file of a stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub path: PathBuf,
    /// The file's name, for people.
    pub name: String,
    pub file_bytes: u64,
    /// Absent when it is no pack at all.
    pub face: Option<Face>,
    pub standing: Standing,
    /// The signer's key in groups of four digits, as it stands on the delivery note.
    pub fingerprint: Option<String>,
}

/// All packs of a stick. `free` are the bytes that the kiosk's disk has left.
pub fn look(stick: &Path, store: &Store, ring: &Ring, today: Date, free: Option<u64>) -> Vec<Offer> {
    sticks::files(stick, "haidang").into_iter().map(|file| offer(file, store, ring, today, free)).collect()
}

fn offer(file: OnStick, store: &Store, ring: &Ring, today: Date, free: Option<u64>) -> Offer {
    let name = plain(&file.path.file_name().unwrap_or_default().to_string_lossy());
    let (path, file_bytes) = (file.path, file.bytes);
    match Sealed::open(&path) {
        Ok(sealed) => {
            let standing = standing(&sealed, store, &verdict(&sealed, ring, today), free);
            let (face, fingerprint) = (Some(Face::of(&sealed.manifest)), fingerprint(sealed.signature_text()));
            Offer { path, name, file_bytes, face, standing, fingerprint }
        }
        Err(error) => Offer { path, name, file_bytes, face: None, standing: of_sealed(&error), fingerprint: None },
    }
}

pub fn verdict(sealed: &Sealed, ring: &Ring, today: Date) -> Verdict {
    let id = sealed.manifest.id.as_str();
    judge(ring, ring.revocations(), sealed.manifest_bytes(), sealed.signature_text(), id, today)
}

/// Who signed comes first: of a pack that nobody answers for, nothing else is worth telling.
pub fn standing(sealed: &Sealed, store: &Store, verdict: &Verdict, free: Option<u64>) -> Standing {
    let standing = of_verdict(verdict);
    if !verdict.is_trusted() {
        return standing;
    }
    let key = Face::of(&sealed.manifest).key;
    if store.is_whole(&key) {
        return Standing::Installed { is_read: false };
    }
    let may = store.may_install(sealed, super::standing::for_store(verdict), Permission::default());
    if let Err(StoreError::Older { installed, offered }) = may {
        return Standing::Older { installed, offered };
    }
    let needed = missing_bytes(sealed, store, &key).saturating_add(SPARE_BYTES);
    match free {
        Some(free) if needed > free => Standing::NoRoom { needed, free },
        _ => standing,
    }
}

/// Left free for journals and cut pictures.
const SPARE_BYTES: u64 = 64 << 20;

/// Bytes of files that no installed pack has.
fn missing_bytes(sealed: &Sealed, store: &Store, key: &Key) -> u64 {
    let map = store.map(&Installed { key: key.clone(), manifest: sealed.manifest.clone() });
    let entries = sealed.manifest.entries.iter();
    let missing = entries.filter(|entry| map.files.get(&entry.path).is_none_or(|path| !path.exists()));
    missing.fold(0, |sum, entry| sum.saturating_add(entry.length))
}

/// `7F3A 91C2 0D5E 44B8`: the number of the key that a signature says it is of.
pub fn fingerprint(signature: Option<&str>) -> Option<String> {
    let digits = Signature::read(signature?)?.key_id().to_string();
    let groups: Vec<&str> = digits.as_bytes().chunks(4).filter_map(|group| str::from_utf8(group).ok()).collect();
    Some(groups.join(" "))
}
