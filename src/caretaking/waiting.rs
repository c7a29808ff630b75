//! The pack that shall be shown as soon as nobody stands before the screen: kept on disk, so that a restart in between
//! does not forget it.

use crate::base::files::{read_capped, write_whole};
use crate::base::ids::Id;
use crate::pack::store::Key;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const FILE: &str = "pack-waiting.txt";
const MAX_BYTES: u64 = 1024;

pub struct Waiting {
    path: PathBuf,
    key: Option<Key>,
}

impl Waiting {
    pub fn open(data: &Path) -> Self {
        let path = data.join(FILE);
        let text = read_capped(&path, MAX_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let key = text.and_then(|text| {
            let (id, manifest) = text.trim_end().split_once(' ')?;
            let is_hash = manifest.len() == 64 && manifest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            is_hash.then_some(Key { id: Id::new(id)?, manifest: manifest.to_owned() })
        });
        Self { path, key }
    }

    pub fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    pub fn set(&mut self, key: Option<Key>) -> io::Result<()> {
        match &key {
            Some(key) => write_whole(&self.path, format!("{} {}\n", key.id, key.manifest).as_bytes())?,
            None => match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            },
        }
        self.key = key;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_through_a_restart() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let key = Key { id: Id::new("a-pack").expect("an id"), manifest: "0f".repeat(32) };
        let mut waiting = Waiting::open(dir.path());
        assert_eq!(waiting.key(), None);
        waiting.set(Some(key.clone())).expect("written");
        assert_eq!(Waiting::open(dir.path()).key(), Some(&key));
        waiting.set(None).expect("removed");
        waiting.set(None).expect("nothing to remove");
        assert_eq!(Waiting::open(dir.path()).key(), None);
        for bad in ["", "a-pack", "../a 00", &format!("a-pack {}", "G".repeat(64))] {
            fs::write(dir.path().join(FILE), bad).expect("written");
            assert_eq!(Waiting::open(dir.path()).key(), None, "{bad}");
        }
    }
}
