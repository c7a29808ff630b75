//! Looks an installed pack through as a whole, the way visitors will see it, before anybody is shown it: every file
//! against its hash, every text, every picture's tiles opened, every cover and first page decoded.

use super::said::said;
use crate::diagnostics::Said;
use crate::pack::model::Picture;
use crate::pack::sealed::Entry;
use crate::pack::store::{Key, Store, StoreError};
use crate::pack::tiles::pyramid::OVERVIEW;
use crate::pack::tiles::source::TileSource;
use crate::pack::{Exhibit, source};
use image::{ImageReader, Limits};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// No picture that stands for another one takes more when it is decoded.
const MAX_DECODED_BYTES: u64 = 64 << 20;

/// Why a pack does not pass.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("“{0}” cannot be read: {1}")]
    Unreadable(String, io::Error),
    #[error("“{0}” holds something else than when it was installed")]
    Differs(String),
    #[error("the pack opens with {0} problems")]
    Problems(usize),
    #[error("{0}: {1}")]
    Picture(PathBuf, String),
    #[error("stopped")]
    Stopped,
}

impl Fault {
    pub fn sentence(&self) -> Said {
        match self {
            Self::Store(error) => super::standing::refusal(error),
            Self::Unreadable(..) | Self::Differs(_) => said(
                "Gói trên đĩa bị hỏng; hãy cài lại từ USB.",
                "The pack on the disk is damaged; install it again from a stick.",
            ),
            Self::Problems(_) | Self::Picture(..) => said(
                "Gói không qua được kiểm tra nên chưa được dùng. Bản cũ vẫn được trưng bày; hãy báo nơi biên soạn.",
                "The pack did not pass its test and is not used. The old one stays; tell the pack's makers.",
            ),
            Self::Stopped => said("Đã dừng kiểm tra.", "The test was stopped."),
        }
    }
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    pub files: usize,
    pub pictures: usize,
    pub decoded: usize,
}

/// Bytes looked at so far, and in all; may stop the work by returning false.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

pub fn run(store: &Store, key: &Key, progress: Progress<'_>) -> Result<Passed, Fault> {
    let installed = store.get(key)?;
    let map = store.map(&installed);
    let (mut done, total) = (0, installed.manifest.length());
    for entry in &installed.manifest.entries {
        let path = map.files.get(&entry.path).ok_or_else(|| Fault::Differs(entry.path.clone()))?;
        compare(entry, path, &mut |bytes| {
            done += bytes;
            progress(done, total)
        })?;
    }
    let opened = source::open_installed(&map);
    let problems = opened.findings.iter().count();
    let exhibit = opened.exhibit.filter(|_| problems == 0).ok_or(Fault::Problems(problems))?;
    let mut passed = Passed { files: installed.manifest.entries.len(), ..Passed::default() };
    for (picture, is_first) in pictures(&exhibit) {
        if !progress(done, total) {
            return Err(Fault::Stopped);
        }
        let tiles = TileSource::open(&picture.path).map_err(|error| bad(picture, &error))?;
        passed.pictures += 1;
        if is_first {
            decode(&tiles).map_err(|error| bad(picture, &error))?;
            passed.decoded += 1;
        }
    }
    Ok(passed)
}

fn bad(picture: &Picture, why: &dyn std::fmt::Display) -> Fault {
    Fault::Picture(picture.path.clone(), why.to_string())
}

fn compare(entry: &Entry, path: &Path, tell: &mut dyn FnMut(u64) -> bool) -> Result<(), Fault> {
    let unreadable = |error| Fault::Unreadable(entry.path.clone(), error);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        hasher.update(&buffer[..read]);
        if !tell(read as u64) {
            return Err(Fault::Stopped);
        }
        if read == 0 {
            break;
        }
    }
    if *hasher.finalize().as_bytes() == entry.blake3 { Ok(()) } else { Err(Fault::Differs(entry.path.clone())) }
}

/// Every picture, and whether a visitor sees it before opening anything.
fn pictures(exhibit: &Exhibit) -> impl Iterator<Item = (&Picture, bool)> {
    let attract = exhibit.attract.iter().flat_map(|attract| [&attract.night, &attract.light]);
    let halls = exhibit.halls.iter().filter_map(|hall| hall.picture.as_ref());
    let covers = exhibit.items.values().map(|item| item.cover());
    let inner = exhibit.items.values().flat_map(|item| item.pictures().into_iter().skip(1));
    attract.chain(halls).chain(covers).map(|picture| (picture, true)).chain(inner.map(|picture| (picture, false)))
}

fn decode(tiles: &TileSource) -> Result<(), String> {
    let bytes = tiles.overview().map_err(|error| error.to_string())?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits.max_image_width = Some(OVERVIEW);
    limits.max_image_height = Some(OVERVIEW);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string())?;
    let wanted = tiles.pyramid().overview_size();
    if (picture.width(), picture.height()) == wanted { Ok(()) } else { Err(format!("not of size {wanted:?}")) }
}
