//! Pictures into containers of tiles, kept in a cache by what the picture holds: what was cut once is not cut again.

use super::known::{Known, Stamp};
use super::write::{BuildError, Step};
use crate::base::ids::hex;
use crate::pack::tiles;
use crate::pack::tiles::container::{Container, Writer};
use crate::pack::tiles::pyramid::TileId;
use crate::pack::tiles::source::{TileSource, is_foreign};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Changes whenever cutting gives other bytes, so that no container of an older program is taken.
const CUT: u32 = 1;

/// The container of every picture: its hash, and where it lies.
pub fn containers(
    folder: &Path,
    pictures: &BTreeSet<String>,
    cache: &Path,
    known: &mut Known,
    progress: &mut dyn FnMut(Step<'_>) -> bool,
) -> Result<BTreeMap<String, (String, PathBuf)>, BuildError> {
    let hashes = hashes_of(folder, pictures, known)?;
    let mut made = BTreeMap::new();
    for (index, (picture, hash)) in pictures.iter().zip(hashes).enumerate() {
        let container = cache.join(format!("{hash}.{CUT}.tiles"));
        let source = folder.join(picture);
        let mut tell = |fraction| progress(Step::Cutting { picture, index, count: pictures.len(), fraction });
        if Container::open(&container).is_err() {
            if is_foreign(&source) {
                collect(&source, &container).map_err(|error| BuildError::Tiles(picture.clone(), error))?;
            } else {
                tiles::cut(&source, &container, &mut tell)
                    .map_err(|error| BuildError::Cut(picture.clone(), Box::new(error)))?;
            }
        }
        if !tell(1.0) {
            return Err(BuildError::Stopped);
        }
        made.insert(picture.clone(), (hash, container));
    }
    Ok(made)
}

/// Of all pictures, on all cores; those that are known are not read.
fn hashes_of(folder: &Path, pictures: &BTreeSet<String>, known: &mut Known) -> Result<Vec<String>, BuildError> {
    let paths: Vec<PathBuf> = pictures.iter().map(|picture| folder.join(picture)).collect();
    // Tiles made elsewhere are many files, and their description tells nothing of them.
    let stamp = |path: &PathBuf| Stamp::of(path).filter(|stamp| stamp.is_settled() && !is_foreign(path));
    let stamps: Vec<Option<Stamp>> = paths.iter().map(stamp).collect();
    let old: Vec<_> =
        paths.iter().zip(&stamps).map(|(path, stamp)| known.sums(path).filter(|_| stamp.is_some())).collect();
    let (next, hashes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some((index, path)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            paths.get(index).map(|path| (index, path))
        } {
            let hash = old[index].map_or_else(|| hash_of(path), |(hash, _)| Ok(hex(&hash)));
            hashes.lock().unwrap_or_else(PoisonError::into_inner).insert(index, hash);
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
        work();
    });
    let hashes = hashes.into_inner().unwrap_or_else(PoisonError::into_inner).into_values();
    let mut told = Vec::new();
    for (((hash, picture), path), stamp) in hashes.zip(pictures).zip(&paths).zip(stamps) {
        let hash = hash.map_err(|error| BuildError::Tiles(picture.clone(), error))?;
        if let Ok(bytes) = blake3::Hash::from_hex(&hash) {
            // Pictures are told apart by this sum alone.
            known.learn(path, stamp, (*bytes.as_bytes(), 0));
        }
        told.push(hash);
    }
    Ok(told)
}

/// What tells one picture from another, tiles made elsewhere among them.
pub fn hash_of(picture: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    if is_foreign(picture) {
        let source = TileSource::open(picture).map_err(io::Error::other)?;
        let (pyramid, overview) = (source.pyramid(), source.overview()?);
        hasher.update(format!("{pyramid:?}").as_bytes());
        each_tile(&source, |_, bytes| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
            Ok(())
        })?;
        hasher.update(&overview);
    } else {
        hasher.update_reader(File::open(picture)?)?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Tiles that were made elsewhere into a container, as they are.
fn collect(picture: &Path, container: &Path) -> io::Result<()> {
    let source = TileSource::open(picture).map_err(io::Error::other)?;
    let overview = source.overview()?;
    let mut writer = Writer::create(container, source.pyramid())?;
    each_tile(&source, |tile, bytes| writer.add(tile, bytes))?;
    writer.finish(&overview)
}

fn each_tile(source: &TileSource, mut take: impl FnMut(TileId, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let pyramid = source.pyramid();
    for level in 0..pyramid.levels() {
        let (columns, rows) = pyramid.grid(level);
        for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
            let tile = TileId { level, column, row };
            take(tile, &source.tile(tile)?)?;
        }
    }
    Ok(())
}
