//! Opens a sealed pack that anybody may have made. Nothing is extracted by name, and nothing is believed of an entry's
//! content before its hash was compared.

use super::layout::Member;
use super::manifest::{Entry, MANIFEST, Manifest, ManifestError, SIGNATURE};
use super::names::{in_order, shown};
use super::walk::{crc_of, members, read_at};
use super::{MAX_MANIFEST_BYTES, MAX_SIGNATURE_BYTES};
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

/// Why a file is not taken for a pack; the words are for a log, those for people are said by whoever shows them.
#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("this is no sealed pack")]
    NotAPack,
    #[error("the pack is of format {0}, made by a newer program")]
    Newer(u64),
    #[error("the file is larger than a pack can be")]
    TooLarge,
    #[error("the pack was altered: {0}")]
    Altered(String),
    #[error("reading was stopped")]
    Stopped,
}

impl From<ManifestError> for SealedError {
    fn from(error: ManifestError) -> Self {
        match error {
            ManifestError::Newer(format) => Self::Newer(format),
            error => Self::Altered(error.to_string()),
        }
    }
}

/// A sealed pack, open: its manifest agrees with the entries that are there. What is in them is known only to be right
/// once [`Sealed::verify_whole`] said so.
#[derive(Debug)]
pub struct Sealed {
    pub manifest: Manifest,
    file: Arc<File>,
    manifest_bytes: Vec<u8>,
    signature: Option<String>,
    /// As many as the manifest's entries, in their order.
    members: Vec<Member>,
    length: u64,
    /// Where the first byte lies that signing may change.
    unsigned_end: u64,
}

/// The bytes of one entry.
#[derive(Debug)]
pub struct EntryReader {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for EntryReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self.file.read_at(&mut into[..most], self.at)?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.at, self.left) = (self.at + read as u64, self.left - read as u64);
        Ok(read)
    }
}

impl Sealed {
    pub fn open(path: &Path) -> Result<Self, SealedError> {
        // Looked at before it is opened, for opening a named pipe waits until somebody writes to it.
        if !fs::metadata(path)?.is_file() {
            return Err(SealedError::NotAPack);
        }
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let (mut members, directory_at) = members(&file, length)?;
        let first = members.remove(0);
        if first.name != MANIFEST || u64::from(first.length) > MAX_MANIFEST_BYTES {
            return Err(SealedError::Altered("the first entry is no manifest".to_owned()));
        }
        let manifest_bytes = content(&file, &first)?;
        let manifest = Manifest::parse(&manifest_bytes)?;
        let last = members.pop_if(|last| last.name == SIGNATURE);
        let unsigned_end = last.as_ref().map_or(directory_at, |last| last.offset.into());
        let signature = last.map(|last| read_signature(&file, &last)).transpose()?;
        compare(&manifest.entries, &members)?;
        Ok(Self { manifest, file: Arc::new(file), manifest_bytes, signature, members, length, unsigned_end })
    }

    /// The text that is signed.
    pub fn manifest_bytes(&self) -> &[u8] {
        &self.manifest_bytes
    }

    /// The signature's text as it lies in the file; nothing is known of its worth here.
    pub fn signature_text(&self) -> Option<&str> {
        self.signature.as_deref()
    }

    /// Bytes of the whole file.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The bytes of an entry as they come; they may be any.
    pub fn entry(&self, path: &str) -> Option<EntryReader> {
        let at = self.manifest.entries.binary_search_by(|entry| in_order(&entry.path, path)).ok()?;
        Some(self.reader_of(self.members.get(at)?))
    }

    fn reader_of(&self, member: &Member) -> EntryReader {
        EntryReader { file: Arc::clone(&self.file), at: member.content_at(), left: member.length.into() }
    }

    /// Reads every entry and compares it with the manifest. `progress` is told bytes done and bytes in all, and may stop
    /// the work by returning false.
    pub fn verify_whole(&self, mut progress: impl FnMut(u64, u64) -> bool) -> Result<(), SealedError> {
        let (mut done, total) = (0, self.manifest.length());
        for (entry, member) in self.manifest.entries.iter().zip(&self.members) {
            let mut on = true;
            let (hash, crc) = hash_of(&mut self.reader_of(member), |read| {
                done += read;
                on = progress(done, total);
                on
            })?;
            if !on {
                return Err(SealedError::Stopped);
            }
            if *hash.as_bytes() != entry.blake3 || crc != member.crc {
                let name = shown(self.manifest.name_of(&entry.path));
                return Err(SealedError::Altered(format!("“{name}” holds something else")));
            }
        }
        Ok(())
    }

    pub(super) fn unsigned_end(&self) -> u64 {
        self.unsigned_end
    }

    /// The entries but the signature, as the directory tells them; the manifest comes first.
    pub(super) fn members(&self) -> impl Iterator<Item = Member> {
        let length = self.manifest_bytes.len() as u32;
        let crc = crc_of(&self.manifest_bytes);
        let first = Member { name: MANIFEST.to_owned(), crc, length, offset: 0 };
        std::iter::once(first).chain(self.members.iter().cloned())
    }
}

/// BLAKE3 and CRC-32 of all that a reader gives; `on` may stop it.
pub fn hash_of(from: &mut impl Read, mut on: impl FnMut(u64) -> bool) -> io::Result<(blake3::Hash, u32)> {
    let (mut hasher, mut crc) = (blake3::Hasher::new(), flate2::Crc::new());
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = from.read(&mut buffer)?;
        hasher.update(&buffer[..read]);
        crc.update(&buffer[..read]);
        if read == 0 || !on(read as u64) {
            return Ok((hasher.finalize(), crc.sum()));
        }
    }
}

/// A small entry as a whole; its length was compared with a cap.
fn content(file: &File, member: &Member) -> Result<Vec<u8>, SealedError> {
    let bytes = read_at(file, member.content_at(), member.length as usize)?;
    if crc_of(&bytes) == member.crc {
        Ok(bytes)
    } else {
        Err(SealedError::Altered(format!("“{}” holds something else", member.name)))
    }
}

fn read_signature(file: &File, member: &Member) -> Result<String, SealedError> {
    let altered = |why: &str| SealedError::Altered(why.to_owned());
    if u64::from(member.length) > MAX_SIGNATURE_BYTES {
        return Err(altered("a signature that is too long"));
    }
    String::from_utf8(content(file, member)?).map_err(|_| altered("a signature that is no text"))
}

fn compare(entries: &[Entry], members: &[Member]) -> Result<(), SealedError> {
    let unlisted = members.iter().zip(entries).find(|(member, entry)| member.name != entry.path);
    if let Some((member, _)) = unlisted {
        return Err(SealedError::Altered(format!("“{}” is not where the manifest lists it", shown(&member.name))));
    }
    if members.len() != entries.len() {
        return Err(SealedError::Altered("more or fewer entries than the manifest lists".to_owned()));
    }
    match members.iter().zip(entries).find(|(member, entry)| u64::from(member.length) != entry.length) {
        Some((member, _)) => Err(SealedError::Altered(format!("“{}” is of another length", member.name))),
        None => Ok(()),
    }
}
