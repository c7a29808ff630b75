//! An exhibit as a folder of IIIF: a collection, a manifest an item, and a level-0 tree a picture.

use super::write::{self, Served};
use crate::base::ids::random_token;
use crate::pack::model::{Exhibit, Picture};
use crate::pack::tiles::foreign::{ForeignError, copied};
use crate::pack::tiles::iiif::IiifSink;
use crate::pack::tiles::pyramid::Pyramid;
use crate::pack::tiles::source::{TileSource, is_foreign};
use crate::pack::tiles::{CutError, cut_into};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{}: {why}", path.display())]
    Cut { path: PathBuf, why: CutError },
    #[error("{}: {why}", path.display())]
    Foreign { path: PathBuf, why: ForeignError },
}

/// A folder in the making, gone again when it is not finished.
struct Staging(PathBuf);

impl Drop for Staging {
    fn drop(&mut self) {
        // Already moved to its place, or a leftover with a name of its own.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes everything, or nothing; `AlreadyExists` when there is anything of that name. `progress` is told the number of
/// pictures done and of all, and how far the present one is.
pub fn export(
    exhibit: &Exhibit,
    target: &Path,
    base: &str,
    mut progress: impl FnMut(usize, usize, f32),
) -> Result<(), ExportError> {
    if target.symlink_metadata().is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    let base = base.trim_end_matches('/');
    let mut name = target.file_name().ok_or(io::ErrorKind::InvalidInput).map_err(io::Error::from)?.to_owned();
    name.push(format!(".{}.part", random_token()));
    let staging = Staging(target.with_file_name(name));
    fs::create_dir_all(staging.0.join("images"))?;
    let all = exhibit.items.values().map(|item| item.pictures().len()).sum();
    let mut done = 0;
    for item in exhibit.items.values() {
        let mut served = Vec::new();
        for (index, picture) in item.pictures().into_iter().enumerate() {
            let name = format!("{}-{}", item.id, index + 1);
            let id = format!("{base}/images/{name}");
            let folder = staging.0.join("images").join(&name);
            let (width, height) = tree(picture, &folder, &id, |part| progress(done, all, part))?;
            served.push(Served { picture, id, width, height });
            done += 1;
        }
        let folder = staging.0.join(item.id.as_str());
        fs::create_dir_all(&folder)?;
        put(&folder.join("manifest.json"), &write::manifest(exhibit, item, &served, base))?;
    }
    put(&staging.0.join("collection.json"), &write::collection(exhibit, base))?;
    Ok(fs::rename(&staging.0, target)?)
}

fn put(path: &Path, value: &Value) -> io::Result<()> {
    fs::write(path, format!("{value:#}\n"))
}

/// The tree of a picture, and the size of the largest whole picture in it.
fn tree(picture: &Picture, folder: &Path, id: &str, mut told: impl FnMut(f32)) -> Result<(u32, u32), ExportError> {
    let path = picture.path.clone();
    if is_foreign(&path) {
        return made_elsewhere(&path, folder, id, told).map_err(|why| ExportError::Foreign { path, why });
    }
    let mut size = picture.size;
    let sink_for = |pyramid: Pyramid| -> io::Result<Box<dyn crate::pack::tiles::sink::TileSink>> {
        size = pyramid.overview_size();
        Ok(Box::new(IiifSink::create(folder, id, pyramid)?))
    };
    let cut = cut_into(&path, sink_for, |part| {
        told(part);
        true
    });
    cut.map_err(|why| ExportError::Cut { path, why })?;
    Ok(size)
}

/// The same of a picture that came in tiles.
fn made_elsewhere(path: &Path, folder: &Path, id: &str, told: impl FnMut(f32)) -> Result<(u32, u32), ForeignError> {
    let source = TileSource::open(path)?;
    let pyramid = Pyramid { overlap: 0, ..source.pyramid() };
    copied(&source, Box::new(IiifSink::create(folder, id, pyramid)?), told)?;
    Ok(pyramid.overview_size())
}
