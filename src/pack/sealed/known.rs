//! What is known of large files from the last time, so that they need not be read again: only of a file to which nobody
//! wrote since. The system tells that by place, length and times; the time of the last change cannot be set by hand.

use super::copying::Sums;
use crate::base::files::{read_capped, write_whole};
use crate::base::ids::hex;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const NAME: &str = "sums";
const MAX_BYTES: u64 = 16 << 20;
const MAX_FILES: usize = 50_000;
/// Some disks tell times no finer than this. A file that changed a moment ago might change once more within one of them.
const SETTLED_NANOS: i128 = 2_000_000_000;

/// What tells a file, and the state it is in, from all others on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    place: (u64, u64),
    length: u64,
    modified: i128,
    changed: i128,
}

impl Stamp {
    pub fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let nanos = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Some(Self {
            place: (meta.dev(), meta.ino()),
            length: meta.len(),
            modified: nanos(meta.mtime(), meta.mtime_nsec()),
            changed: nanos(meta.ctime(), meta.ctime_nsec()),
        })
    }

    /// Whether a later change is sure to give another stamp.
    pub fn is_settled(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i128);
        self.changed.max(self.modified) + SETTLED_NANOS < now
    }
}

/// The list, kept in the cache: losing it costs time only.
#[derive(Debug, Default)]
pub struct Known {
    file: PathBuf,
    by_place: BTreeMap<(u64, u64), (Stamp, Sums)>,
}

impl Known {
    pub fn open(cache: &Path) -> Self {
        let file = cache.join(NAME);
        let text = read_capped(&file, MAX_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let lines = text.iter().flat_map(|text| text.lines().filter_map(parse));
        Self { by_place: lines.map(|(stamp, sums)| (stamp.place, (stamp, sums))).collect(), file }
    }

    /// The sums of a file that is still as it was.
    pub fn sums(&self, path: &Path) -> Option<Sums> {
        let now = Stamp::of(path)?;
        self.by_place.get(&now.place).filter(|(stamp, _)| *stamp == now).map(|(_, sums)| *sums)
    }

    /// `stamp` is from before the file was read, and the file must have that one still.
    pub fn learn(&mut self, path: &Path, stamp: Option<Stamp>, sums: Sums) {
        if let Some(stamp) = stamp.filter(|stamp| Stamp::of(path) == Some(*stamp)) {
            self.by_place.insert(stamp.place, (stamp, sums));
        }
    }

    /// Keeps the list for the next time, if it can be kept.
    pub fn save(&self) {
        let mut kept: Vec<&(Stamp, Sums)> = self.by_place.values().collect();
        kept.sort_by_key(|(stamp, _)| std::cmp::Reverse(stamp.changed));
        let lines = kept.iter().take(MAX_FILES).map(|(stamp, (hash, crc))| {
            let Stamp { place: (device, inode), length, modified, changed } = stamp;
            format!("{device} {inode} {length} {modified} {changed} {} {crc:08x}\n", hex(hash))
        });
        let _ = write_whole(&self.file, lines.collect::<String>().as_bytes());
    }
}

fn parse(line: &str) -> Option<(Stamp, Sums)> {
    let mut words = line.split(' ');
    let stamp = Stamp {
        place: (words.next()?.parse().ok()?, words.next()?.parse().ok()?),
        length: words.next()?.parse().ok()?,
        modified: words.next()?.parse().ok()?,
        changed: words.next()?.parse().ok()?,
    };
    let hash = blake3::Hash::from_hex(words.next()?).ok()?;
    let crc = u32::from_str_radix(words.next()?, 16).ok()?;
    words.next().is_none().then_some((stamp, (*hash.as_bytes(), crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_known_until_somebody_writes() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.ogg");
        fs::write(&path, b"first").expect("written");
        let mut known = Known::open(dir.path());
        assert_eq!(known.sums(&path), None);
        let stamp = Stamp::of(&path);
        assert!(stamp.is_some_and(|stamp| !stamp.is_settled()), "it was written a moment ago");
        known.learn(&path, stamp, ([7; 32], 9));
        known.save();
        let known = Known::open(dir.path());
        assert_eq!(known.sums(&path), Some(([7; 32], 9)));
        assert_eq!(known.sums(dir.path()), None);
        // As long as before, and another file under the same name.
        let other = dir.path().join("b.ogg");
        fs::write(&other, b"other").expect("written");
        fs::rename(&other, &path).expect("renamed");
        assert_eq!(known.sums(&path), None);
    }

    #[test]
    fn what_changed_while_it_was_read_is_not_learned() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        fs::write(&path, b"first").expect("written");
        let mut known = Known::open(dir.path());
        let stamp = Stamp::of(&path);
        fs::write(&path, b"longer").expect("written");
        known.learn(&path, stamp, ([7; 32], 9));
        assert_eq!(known.sums(&path), None);
    }

    #[test]
    fn a_damaged_list_is_read_as_far_as_it_makes_sense() {
        let dir = tempfile::tempdir().expect("temporary folder");
        fs::write(dir.path().join(NAME), "1 2 3\n\nx\n1 2 3 4 5 zz 6\n").expect("written");
        assert!(Known::open(dir.path()).by_place.is_empty());
    }
}
