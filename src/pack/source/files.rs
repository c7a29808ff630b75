//! Where the files of a pack lie: in a folder under their own names, or anywhere with a map that tells where. Also keeps
//! which files were asked for, so that whoever builds a pack takes along those and no others.

use super::text_files::is_inside;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files of an installed pack: path in the pack, and where it really lies.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    pub files: BTreeMap<String, PathBuf>,
    /// Pictures that come as tiles: path of the picture in the pack, and its container.
    pub tiles: BTreeMap<String, PathBuf>,
}

/// The files that an exhibit is made of, by their paths in the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Texts, sounds, captions, annotations.
    pub files: BTreeSet<String>,
    pub pictures: BTreeSet<String>,
}

#[derive(Debug)]
pub struct Files<'a> {
    lie: Lie<'a>,
    used: Mutex<Used>,
}

#[derive(Clone, Copy, Debug)]
enum Lie<'a> {
    InFolder(&'a Path),
    Mapped(&'a Mapped),
}

/// What a name leads to.
#[derive(Debug)]
pub enum Found {
    At(PathBuf),
    /// With whether a drawing of the same name could be drawn.
    Missing {
        has_drawing: bool,
    },
    Outside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Picture,
    Other,
}

impl<'a> Files<'a> {
    pub fn in_folder(folder: &'a Path) -> Self {
        Self { lie: Lie::InFolder(folder), used: Mutex::default() }
    }

    pub fn mapped(map: &'a Mapped) -> Self {
        Self { lie: Lie::Mapped(map), used: Mutex::default() }
    }

    pub fn into_used(self) -> Used {
        self.used.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file of a name that stands in a text of the pack.
    pub fn find(&self, name: &str, role: Role) -> Found {
        let Some(name) = plain(name) else { return Found::Outside };
        let found = match self.lie {
            Lie::InFolder(folder) => in_folder(folder, &name),
            Lie::Mapped(map) => {
                let tiles = map.tiles.get(&name).filter(|_| role == Role::Picture);
                let path = tiles.or_else(|| map.files.get(&name));
                path.map_or(Found::Missing { has_drawing: false }, |path| Found::At(path.clone()))
            }
        };
        if let Found::At(_) = found {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            match role {
                Role::Picture => used.pictures.insert(name),
                Role::Other => used.files.insert(name),
            };
        }
        found
    }

    /// Whether a file lies where files of this pack may lie.
    pub fn may_hold(&self, path: &Path) -> bool {
        match self.lie {
            Lie::InFolder(folder) => is_inside(folder, path),
            Lie::Mapped(_) => false,
        }
    }

    /// Why a text that must be there was not found.
    pub fn why_not(&self, name: &str) -> io::Error {
        match self.lie {
            // Something is there that is no plain file.
            Lie::InFolder(folder) if folder.join(name).exists() => io::ErrorKind::InvalidInput.into(),
            _ => io::ErrorKind::NotFound.into(),
        }
    }

    /// Whether pictures may be containers of tiles.
    pub fn may_hold_containers(&self) -> bool {
        matches!(self.lie, Lie::Mapped(_))
    }

    /// The path in the pack of a file below its folder.
    pub fn name_of(&self, path: &Path) -> String {
        let inner = match self.lie {
            Lie::InFolder(folder) => path.strip_prefix(folder).unwrap_or(path),
            Lie::Mapped(_) => path,
        };
        inner.to_string_lossy().into_owned()
    }

    /// Names of the files in a folder of the pack.
    pub fn list(&self, folder: &str) -> BTreeSet<String> {
        match self.lie {
            Lie::InFolder(pack) => {
                let listed = std::fs::read_dir(pack.join(folder)).into_iter().flatten();
                listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
            }
            Lie::Mapped(map) => {
                let inner = map.files.keys().filter_map(|name| name.strip_prefix(folder)?.strip_prefix('/'));
                inner.filter(|name| !name.contains('/')).map(str::to_owned).collect()
            }
        }
    }
}

/// A path of plain names only, each parted from the next by one `/`.
fn plain(name: &str) -> Option<String> {
    if name.contains('\\') {
        return None;
    }
    let parts = Path::new(name).components().map(|part| match part {
        Component::Normal(part) => part.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

fn in_folder(folder: &Path, name: &str) -> Found {
    let path = folder.join(name);
    if !is_inside(folder, &path) {
        Found::Outside
    } else if path.is_file() {
        Found::At(path)
    } else {
        Found::Missing { has_drawing: path.with_extension("svg").is_file() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_or_lead_outside() {
        for (name, good) in [("a", "a"), ("a/b.png", "a/b.png"), ("a//b", "a/b"), ("a/./b/", "a/b")] {
            assert_eq!(plain(name).as_deref(), Some(good));
        }
        for name in ["/a", "../a", "a/../b", "./a", "a\\b"] {
            assert_eq!(plain(name), None, "{name}");
        }
    }

    #[test]
    fn a_mapped_picture_is_its_container() {
        let path = |name: &str| (name.to_owned(), PathBuf::from("/blobs").join(name.replace('/', "-")));
        let map = Mapped {
            files: BTreeMap::from([path("items/a.ron"), path("items/b/c.ron"), path("p.png")]),
            tiles: BTreeMap::from([("p.png".to_owned(), PathBuf::from("/blobs/x.tiles"))]),
        };
        let files = Files::mapped(&map);
        assert_eq!(files.list("items"), BTreeSet::from(["a.ron".to_owned()]));
        assert!(matches!(files.find("p.png", Role::Picture), Found::At(path) if path.ends_with("x.tiles")));
        assert!(matches!(files.find("p.png", Role::Other), Found::At(path) if path.ends_with("p.png")));
        assert!(matches!(files.find("q.png", Role::Picture), Found::Missing { .. }));
        assert!(matches!(files.find("../p.png", Role::Picture), Found::Outside));
        let used = files.into_used();
        assert_eq!((used.files.len(), used.pictures.len()), (1, 1));
    }
}
