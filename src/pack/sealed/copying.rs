//! Files into their places in a pack that is being built, on all cores. Where each begins is known beforehand, so the
//! bytes are the same in whatever order they are written.

use super::layout::Member;
use super::write::{BuildError, Step};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// BLAKE3 and CRC-32 of a file.
pub type Sums = ([u8; 32], u32);

/// A file and where its bytes belong.
pub struct Part<'a> {
    file: &'a Path,
    at: u64,
    length: u64,
}

impl<'a> Part<'a> {
    pub fn new(file: &'a Path, member: &Member) -> Self {
        Self { file, at: member.content_at(), length: member.length.into() }
    }
}

/// Copies all files; gives their sums in the same order. `progress` may stop the work by returning false.
pub fn copy_all(
    parts: &[Part],
    out: &File,
    progress: &mut dyn FnMut(Step<'_>) -> bool,
) -> Result<Vec<Sums>, BuildError> {
    let (next, stop, sums) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(BTreeMap::new()));
    let work = &|copied: mpsc::Sender<u64>| {
        while let Some((index, part)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            parts.get(index).map(|part| (index, part))
        } {
            let result = copy(part, out, |bytes| copied.send(bytes).is_ok() && !stop.load(Ordering::Relaxed));
            if result.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            sums.lock().unwrap_or_else(PoisonError::into_inner).insert(index, result);
        }
    };
    let go_on = thread::scope(|scope| {
        let (copied, told) = mpsc::channel();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let copied = copied.clone();
            scope.spawn(move || work(copied));
        }
        drop(copied);
        let (mut done, mut go_on, total) = (0, true, parts.iter().map(|part| part.length).sum());
        for bytes in told {
            done += bytes;
            // Once stopped, nobody is asked again.
            if go_on && !progress(Step::Writing { done, total }) {
                go_on = false;
                stop.store(true, Ordering::Relaxed);
            }
        }
        go_on
    });
    let results = sums.into_inner().unwrap_or_else(PoisonError::into_inner).into_values();
    // Whatever failed stopped the others, whose end tells nothing.
    let (good, failed): (Vec<_>, Vec<_>) = results.partition(Result::is_ok);
    let failed = failed.into_iter().filter_map(Result::err);
    let why = failed.reduce(|first, next| if matches!(first, BuildError::Stopped) { next } else { first });
    match why {
        Some(why) => Err(why),
        None if !go_on => Err(BuildError::Stopped),
        None => good.into_iter().collect(),
    }
}

/// Copies one file, which must have the length that is known of it.
fn copy(part: &Part, out: &File, mut tell: impl FnMut(u64) -> bool) -> Result<Sums, BuildError> {
    let failed = |error| BuildError::Read(part.file.to_owned(), error);
    let mut from = File::open(part.file).map_err(failed)?;
    let (mut hasher, mut crc) = (blake3::Hasher::new(), flate2::Crc::new());
    let mut buffer = vec![0; 1 << 20];
    let (mut at, end) = (part.at, part.at + part.length);
    loop {
        let read = from.read(&mut buffer).map_err(failed)?;
        if at + read as u64 > end || (read == 0 && at < end) {
            return Err(BuildError::Changed(part.file.to_owned()));
        }
        let bytes = &buffer[..read];
        hasher.update(bytes);
        crc.update(bytes);
        out.write_all_at(bytes, at).map_err(BuildError::Write)?;
        at += read as u64;
        if !tell(read as u64) {
            return Err(BuildError::Stopped);
        }
        if read == 0 {
            return Ok((*hasher.finalize().as_bytes(), crc.sum()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_file_comes_to_its_place_and_the_first_failure_is_told() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let paths: Vec<_> = (0..9).map(|n| dir.path().join(n.to_string())).collect();
        let bytes = |n: usize| vec![n as u8; n * 100_000];
        let place = |n: usize| (0..n).map(|n| n as u64 * 100_000).sum::<u64>();
        for (n, path) in paths.iter().enumerate() {
            fs::write(path, bytes(n)).expect("written");
        }
        let part = |n: usize| Part { file: &paths[n], at: place(n), length: n as u64 * 100_000 };
        let mut parts: Vec<Part> = (0..9).map(part).collect();
        let (target, mut last) = (dir.path().join("out"), None);
        let out = File::create(&target).expect("created");
        let sums = copy_all(&parts, &out, &mut |step| {
            last = Some(format!("{step:?}"));
            true
        });
        for (n, (hash, crc)) in sums.expect("copied").into_iter().enumerate() {
            assert_eq!((hash, crc), (*blake3::hash(&bytes(n)).as_bytes(), super::super::walk::crc_of(&bytes(n))));
        }
        assert_eq!(fs::read(&target).expect("read"), (0..9).flat_map(bytes).collect::<Vec<u8>>());
        assert_eq!(last.as_deref(), Some("Writing { done: 3600000, total: 3600000 }"));
        assert!(matches!(copy_all(&parts, &out, &mut |_| false), Err(BuildError::Stopped)));
        parts[4].length += 1;
        assert!(matches!(copy_all(&parts, &out, &mut |_| true), Err(BuildError::Changed(path)) if path == paths[4]));
    }
}
