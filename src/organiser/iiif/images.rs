//! The picture of a canvas on this machine: a file beside the manifest or in the media folder, or a tree of tiles.

use super::manifest::{Image, Reading, last_part};
use std::fs;
use std::path::{Path, PathBuf};

const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "tif", "tiff"];
const MAX_TREE_FILES: usize = 200_000;
const MAX_TREE_DEPTH: usize = 4;

/// Where the picture lies; the first place that is there.
pub fn find(image: &Image, reading: &Reading<'_>) -> Option<PathBuf> {
    let folders: Vec<&Path> = [Some(reading.folder), reading.media].into_iter().flatten().collect();
    let mut places = Vec::new();
    // A path from the manifest, when it stays within its folder.
    if !image.id.contains("://") && is_plain(&image.id) {
        places.push(reading.folder.join(&image.id));
    }
    let service = image.service.as_deref().and_then(last_part);
    for folder in &folders {
        if let Some(name) = &service {
            places.push(folder.join(name).join("info.json"));
            places.push(folder.join("images").join(name).join("info.json"));
            places.extend(ENDINGS.iter().map(|ending| folder.join(format!("{name}.{ending}"))));
            places.push(folder.join(name));
        }
        let own = last_part(&image.id).filter(|name| service.is_none() || !name.starts_with("default."));
        if let Some(name) = own {
            places.push(folder.join(&name));
            places.push(folder.join("images").join(&name));
            places.extend(ENDINGS.iter().map(|ending| folder.join(format!("{name}.{ending}"))));
        }
    }
    places.into_iter().find(|path| path.is_file() && lies_in(path, &folders))
}

/// Also once links are followed.
fn lies_in(path: &Path, folders: &[&Path]) -> bool {
    let Ok(real) = path.canonicalize() else { return false };
    folders.iter().any(|folder| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)))
}

fn is_plain(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, std::path::Component::Normal(_))) && !path.contains('\\')
}

/// The files of a tree of tiles, each with its place below the tree's folder; none when there are too many.
pub fn tree(info: &Path) -> Option<Vec<(PathBuf, String)>> {
    let folder = info.parent()?;
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_owned(), 0)];
    while let Some((inner, depth)) = waiting.pop() {
        for entry in fs::read_dir(&inner).ok()? {
            let entry = entry.ok()?;
            let (path, kind) = (entry.path(), entry.file_type().ok()?);
            if kind.is_dir() && depth < MAX_TREE_DEPTH {
                waiting.push((path, depth + 1));
            } else if kind.is_file() && is_of_tree(&path) {
                let place = path.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/");
                found.push((path, place));
            }
            if found.len() > MAX_TREE_FILES {
                return None;
            }
        }
    }
    Some(found)
}

fn is_of_tree(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "info.json" || name == "default.jpg")
}
