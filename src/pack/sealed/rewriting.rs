//! A pack in which only texts changed: media stand in front of them and stay where they lie, so that a caption is not
//! waited for as long as a copy of all pictures takes.

use super::known::Known;
use super::layout::{self, Member};
use super::manifest::{MANIFEST, Manifest};
use super::names::is_text;
use super::read::{Sealed, hash_of};
use super::walk::crc_of;
use super::write::{BuildError, end_of, member_of};
use crate::base::files::read_capped;
use crate::base::in_place::{Ends, MAX_ENDS_BYTES, rewrite};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Makes the pack that lies at `out` the one of this manifest, whose hashes are found here. Gives the length of the
/// file, or nothing when it has to be written as a whole.
pub fn with_other_texts(
    out: &Path,
    manifest: &mut Manifest,
    files: &[PathBuf],
    known: &Known,
) -> Result<Option<u64>, BuildError> {
    let media = manifest.entries.iter().take_while(|entry| !is_text(&entry.path)).count();
    let texts: u64 = manifest.entries[media..].iter().map(|entry| entry.length).sum();
    if texts > MAX_ENDS_BYTES / 2 {
        return Ok(None);
    }
    let Some(old) = lying_at(out, known) else { return Ok(None) };
    for ((entry, file), there) in manifest.entries[..media].iter_mut().zip(files).zip(&old.manifest.entries) {
        if (&entry.path, entry.length) != (&there.path, there.length) {
            return Ok(None);
        }
        entry.blake3 = sum_of(file, known)?;
        if entry.blake3 != there.blake3 {
            return Ok(None);
        }
    }
    if old.manifest.entries.get(media).is_some_and(|entry| !is_text(&entry.path)) {
        return Ok(None);
    }
    let mut members: Vec<Member> = old.members().take(media + 1).collect();
    let tail_at = members.last().map_or(0, Member::ends_at);
    let mut tail = Vec::new();
    for (entry, file) in manifest.entries[media..].iter_mut().zip(&files[media..]) {
        let bytes = read_capped(file, entry.length).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => BuildError::Changed(file.clone()),
            _ => BuildError::Read(file.clone(), error),
        })?;
        if bytes.len() as u64 != entry.length {
            return Err(BuildError::Changed(file.clone()));
        }
        entry.blake3 = *blake3::hash(&bytes).as_bytes();
        let member =
            Member { crc: crc_of(&bytes), ..member_of(&entry.path, entry.length, tail_at + tail.len() as u64) };
        tail.extend(layout::local_header(&member));
        tail.extend(bytes);
        members.push(member);
    }
    let text = manifest.render();
    if text.len() != old.manifest_bytes().len() {
        return Ok(None);
    }
    members[0] = Member { crc: crc_of(text.as_bytes()), ..member_of(MANIFEST, text.len() as u64, 0) };
    let front = [layout::local_header(&members[0]).as_slice(), text.as_bytes()].concat();
    tail.extend(end_of(tail_at + tail.len() as u64, &members));
    let length = tail_at + tail.len() as u64;
    match rewrite(out, &Ends { front, tail_at, tail }) {
        Ok(()) => Ok(Some(length)),
        // Written as a whole, it takes the place of whatever the other program makes of this one.
        Err(error) if matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::Unsupported) => Ok(None),
        Err(error) => Err(BuildError::Write(error)),
    }
}

fn sum_of(file: &Path, known: &Known) -> Result<[u8; 32], BuildError> {
    if let Some((hash, _)) = known.sums(file) {
        return Ok(hash);
    }
    let read = || Ok(hash_of(&mut File::open(file)?, |_| true)?.0);
    read().map(|hash| *hash.as_bytes()).map_err(|error| BuildError::Read(file.to_owned(), error))
}

/// The pack at `out`, if it is as this program once wrote it, and nobody keeps the same file under another name.
fn lying_at(out: &Path, known: &Known) -> Option<Sealed> {
    let meta = fs::symlink_metadata(out).ok().filter(|meta| meta.is_file() && meta.nlink() == 1)?;
    let (hash, _) = known.sums(out)?;
    let sealed = Sealed::open(out).ok()?;
    let is_known = sealed.length() == meta.len() && *blake3::hash(sealed.manifest_bytes()).as_bytes() == hash;
    is_known.then_some(sealed)
}
