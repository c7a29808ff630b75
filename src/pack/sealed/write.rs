//! Builds a sealed pack from a folder without errors: the same folder gives the same bytes, whenever and wherever.

use super::containers::containers;
use super::copying::{Part, Sums, copy_all};
use super::known::{Known, Stamp};
use super::layout::{self, End, Member};
use super::manifest::{Approval, Entry, MANIFEST, Manifest, ManifestError, SIGNATURE};
use super::names::{in_order, is_text};
use super::read::{Sealed, SealedError};
use super::rewriting::with_other_texts;
use super::walk::crc_of;
use super::{MAX_ENTRIES, MAX_MANIFEST_BYTES, MAX_PACK_BYTES, MAX_SIGNATURE_BYTES};
use crate::base::files::Staged;
use crate::pack::model::{ApprovalStatus, Exhibit};
use crate::pack::source::Opened;
use crate::pack::tiles::CutError;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("the folder has errors")]
    HasProblems,
    #[error("{0}: {1}")]
    Cut(String, Box<CutError>),
    #[error("{0}: {1}")]
    Tiles(String, io::Error),
    #[error("{0}: {1}")]
    Read(PathBuf, io::Error),
    #[error("{0} changed while it was read")]
    Changed(PathBuf),
    #[error("the pack cannot be written: {0}")]
    Write(io::Error),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("a pack of {bytes} bytes and {entries} files; {MAX_PACK_BYTES} bytes and {MAX_ENTRIES} files are the most")]
    TooLarge { bytes: u64, entries: usize },
    #[error(transparent)]
    Sealed(#[from] SealedError),
    #[error("a signature that is too long")]
    Signature,
    #[error("building was stopped")]
    Stopped,
}

/// What is being done.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    Cutting {
        picture: &'a str,
        index: usize,
        count: usize,
        fraction: f32,
    },
    /// Bytes written and bytes in all.
    Writing {
        done: u64,
        total: u64,
    },
}

#[derive(Debug)]
pub struct Built {
    pub manifest: Manifest,
    pub length: u64,
}

/// Writes the pack of `folder`, as it was opened, to the file `out`. Cut pictures are kept in the folder `cache`.
/// `progress` may stop the work by returning false; then `out` is as it was.
pub fn build(
    opened: &Opened,
    folder: &Path,
    out: &Path,
    cache: &Path,
    mut progress: impl FnMut(Step<'_>) -> bool,
) -> Result<Built, BuildError> {
    // Warnings are for people to weigh; they keep no pack from being built.
    let exhibit = opened.exhibit.as_ref().filter(|_| !opened.findings.has_errors()).ok_or(BuildError::HasProblems)?;
    let mut known = Known::open(cache);
    let pictures = containers(folder, &opened.used.pictures, cache, &mut known, &mut progress)?;
    let mut files: Vec<(String, PathBuf)> =
        opened.used.files.iter().map(|name| (name.clone(), folder.join(name))).collect();
    let mut tiles = Vec::new();
    for (picture, (hash, container)) in pictures {
        let entry = format!("tiles/{hash}.tiles");
        files.push((entry.clone(), container));
        tiles.push((picture, entry));
    }
    files.sort_by(|(a, _), (b, _)| in_order(a, b));
    // Two pictures may be the same one.
    files.dedup();
    let mut manifest = manifest_of(exhibit, tiles);
    for (path, file) in &files {
        let meta = fs::metadata(file).map_err(|error| BuildError::Read(file.clone(), error))?;
        manifest.entries.push(Entry { path: path.clone(), length: meta.len(), blake3: [0; 32] });
    }
    check_size(&manifest)?;
    // What would not be read is not written.
    Manifest::parse(manifest.render().as_bytes())?;
    let files: Vec<PathBuf> = files.into_iter().map(|(_, file)| file).collect();
    let length = match with_other_texts(out, &mut manifest, &files, &known)? {
        Some(length) => length,
        None => write_whole_pack(out, cache, &mut manifest, &files, &mut known, &mut progress)?,
    };
    known.learn(out, Stamp::of(out), (*blake3::hash(manifest.render().as_bytes()).as_bytes(), 0));
    known.save();
    Ok(Built { manifest, length })
}

/// Writes the pack beside its final name, from where it takes the place of what is there.
fn write_whole_pack(
    out: &Path,
    cache: &Path,
    manifest: &mut Manifest,
    files: &[PathBuf],
    known: &mut Known,
    progress: &mut dyn FnMut(Step<'_>) -> bool,
) -> Result<u64, BuildError> {
    // Nobody but this program writes to the cache, and it gives a container its name when it has written it.
    let stamp = |file: &PathBuf| Stamp::of(file).filter(|stamp| stamp.is_settled() || file.starts_with(cache));
    let stamps: Vec<Option<Stamp>> = files.iter().map(stamp).collect();
    let mut staged = Staged::beside(out).map_err(BuildError::Write)?;
    let (length, sums) = write_pack(staged.file(), manifest, files, progress)?;
    staged.publish().map_err(BuildError::Write)?;
    for (((file, stamp), sums), entry) in files.iter().zip(stamps).zip(sums).zip(&manifest.entries) {
        // Texts are read each time.
        if !is_text(&entry.path) {
            known.learn(file, stamp, sums);
        }
    }
    Ok(length)
}

fn manifest_of(exhibit: &Exhibit, pictures: Vec<(String, String)>) -> Manifest {
    let status = match exhibit.approval.status {
        ApprovalStatus::Sample => "Sample",
        ApprovalStatus::Submitted => "Submitted",
        ApprovalStatus::Approved => "Approved",
    };
    Manifest {
        id: exhibit.id.clone(),
        version: exhibit.version.clone(),
        title: exhibit.title.0.iter().map(|(language, text)| (language.clone(), text.clone())).collect(),
        approval: Approval {
            status: status.to_owned(),
            decision: exhibit.approval.decision.clone(),
            date: exhibit.approval.date.clone(),
        },
        pictures,
        entries: Vec::new(),
    }
}

fn check_size(manifest: &Manifest) -> Result<(), BuildError> {
    let entries = manifest.entries.len() + 2;
    let text = manifest.render().len() as u64;
    // Headers and records take less than this of each entry.
    let bytes = manifest.length().saturating_add(text + (entries as u64 + 1) * 1024);
    if entries > MAX_ENTRIES || bytes >= MAX_PACK_BYTES || text > MAX_MANIFEST_BYTES {
        return Err(BuildError::TooLarge { bytes, entries });
    }
    Ok(())
}

/// Writes the entries to their places and goes back for the hashes, so that every file is read once.
fn write_pack(
    out: &File,
    manifest: &mut Manifest,
    files: &[PathBuf],
    progress: &mut dyn FnMut(Step<'_>) -> bool,
) -> Result<(u64, Vec<Sums>), BuildError> {
    // Hashes have the same length whatever they are.
    let mut first = member_of(MANIFEST, manifest.render().len() as u64, 0);
    let mut at = first.ends_at();
    let place = |entry: &Entry| {
        let member = member_of(&entry.path, entry.length, at);
        at = member.ends_at();
        member
    };
    let mut members: Vec<Member> = manifest.entries.iter().map(place).collect();
    let parts: Vec<Part> = members.iter().zip(files).map(|(member, file)| Part::new(file, member)).collect();
    let sums = copy_all(&parts, out, progress)?;
    for ((entry, member), (hash, crc)) in manifest.entries.iter_mut().zip(&mut members).zip(&sums) {
        (entry.blake3, member.crc) = (*hash, *crc);
        out.write_all_at(&layout::local_header(member), member.offset.into()).map_err(BuildError::Write)?;
    }
    let text = manifest.render();
    first.crc = crc_of(text.as_bytes());
    out.write_all_at(&layout::local_header(&first), 0).map_err(BuildError::Write)?;
    out.write_all_at(text.as_bytes(), first.content_at()).map_err(BuildError::Write)?;
    members.insert(0, first);
    Ok((write_end(out, at, &members).map_err(BuildError::Write)?, sums))
}

/// Lengths and places were compared with their caps.
pub(super) fn member_of(name: &str, length: u64, offset: u64) -> Member {
    Member { name: name.to_owned(), crc: 0, length: length as u32, offset: offset as u32 }
}

/// Directory and end record of entries that end at `at`.
pub(super) fn end_of(at: u64, members: &[Member]) -> Vec<u8> {
    let mut tail: Vec<u8> = members.iter().flat_map(layout::directory_record).collect();
    let end = End { count: members.len() as u16, length: tail.len() as u32, offset: at as u32 };
    tail.extend(layout::end_record(end));
    tail
}

/// Gives the length of the whole file.
fn write_end(out: &File, at: u64, members: &[Member]) -> io::Result<u64> {
    let tail = end_of(at, members);
    out.write_all_at(&tail, at)?;
    Ok(at + tail.len() as u64)
}

/// Writes the pack `from` with a signature to `out`, which may be the same file. All entries keep their bytes and their
/// places; a signature that is there already is replaced.
pub fn with_signature(from: &Path, out: &Path, signature: &str) -> Result<(), BuildError> {
    if signature.is_empty() || signature.len() as u64 > MAX_SIGNATURE_BYTES {
        return Err(BuildError::Signature);
    }
    let sealed = Sealed::open(from)?;
    let at = sealed.unsigned_end();
    let mut members: Vec<Member> = sealed.members().collect();
    let mut member = member_of(SIGNATURE, signature.len() as u64, at);
    member.crc = crc_of(signature.as_bytes());
    members.push(member.clone());
    let mut staged = Staged::beside(out).map_err(BuildError::Write)?;
    let write = |out: &mut File| {
        let copied = io::copy(&mut File::open(from)?.take(at), out)?;
        if copied != at {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        out.write_all(&layout::local_header(&member))?;
        out.write_all(signature.as_bytes())?;
        write_end(out, member.ends_at(), &members)
    };
    write(staged.file()).map_err(BuildError::Write)?;
    staged.publish().map_err(BuildError::Write)
}
