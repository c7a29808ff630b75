//! `haidang-pack stick`: packs and revocation lists onto a stick, read back and compared. What is there already and
//! whole is not written again, so an interrupted run goes on where it stopped.

use crate::base::files::{Staged, write_whole};
use crate::organiser::Outcome;
use crate::organiser::args::checking::Stick;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::screen::Screen;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The folder on a stick that kiosks look into, and the list of what lies there.
pub const FOLDER: &str = "HAIDANG";
const LIST: &str = "list.txt";

/// Why a stick is not what it should be.
#[derive(Debug)]
enum StickError {
    Io(PathBuf, io::Error),
    SameName(String),
    Differs(PathBuf),
    NoSpace { needed: u64, free: u64 },
}

/// One file to carry.
struct Load {
    from: PathBuf,
    name: String,
    bytes: u64,
    hash: blake3::Hash,
}

pub fn run(args: &Stick, screen: Screen) -> Done {
    let list = carry(args, free_bytes).map_err(|error| failure(&args.stick, error))?;
    screen.show(list.trim_end());
    Ok(Outcome::Clean)
}

fn failure(stick: &Path, error: StickError) -> Failure {
    match error {
        StickError::Io(path, error) => Failure::of_file(&path, &error),
        StickError::SameName(name) => Failure::problem(Path::new(&name), "hai tệp cùng tên", "two files of one name"),
        StickError::Differs(path) => Failure::problem(
            &path,
            "đọc lại không giống bản gốc, USB có thể đã hỏng",
            "does not read back as written; the stick may be bad",
        ),
        StickError::NoSpace { needed, free } => Failure::problem(
            stick,
            format!("USB thiếu chỗ: cần {needed} byte, còn {free}"),
            format!("the stick is short of space: {needed} bytes needed, {free} free"),
        ),
    }
}

fn carry(args: &Stick, free: impl Fn(&Path) -> Option<u64>) -> Result<String, StickError> {
    if !args.stick.is_dir() {
        return Err(StickError::Io(args.stick.clone(), io::ErrorKind::NotFound.into()));
    }
    let loads = loads(&args.packs)?;
    let folder = args.stick.join(FOLDER);
    let mut missing = Vec::new();
    for load in &loads {
        if !is_there(load, &folder.join(&load.name)) {
            missing.push(load);
        }
    }
    let needed: u64 = missing.iter().map(|load| load.bytes).sum();
    if let Some(free) = free(&args.stick).filter(|free| *free < needed) {
        return Err(StickError::NoSpace { needed, free });
    }
    let list: String =
        loads.iter().map(|load| format!("{}  {}  {}\n", load.hash.to_hex(), load.bytes, load.name)).collect();
    if args.dry_run {
        return Ok(list);
    }
    sweep(&folder);
    for load in missing {
        let target = folder.join(&load.name);
        copy(&load.from, &target).map_err(|error| StickError::Io(target, error))?;
    }
    let path = folder.join(LIST);
    write_whole(&path, list.as_bytes()).map_err(|error| StickError::Io(path, error))?;
    for load in &loads {
        let target = folder.join(&load.name);
        if !is_there(load, &target) {
            return Err(StickError::Differs(target));
        }
    }
    Ok(list)
}

/// Takes away what an interrupted run left half written; such files are never read.
fn sweep(folder: &Path) {
    let is_part = |name: &str| {
        let token = name.strip_suffix(".part").and_then(|rest| rest.rsplit('.').next());
        token.is_some_and(|token| token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_part) {
            // One that stays takes space and does nothing else.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn loads(files: &[PathBuf]) -> Result<Vec<Load>, StickError> {
    let mut names = BTreeSet::new();
    let mut loads = Vec::new();
    for from in files {
        let failed = |error: io::Error| StickError::Io(from.clone(), error);
        let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Sticks do not tell upper and lower case apart.
        if !names.insert(name.to_lowercase()) || name.to_lowercase() == LIST {
            return Err(StickError::SameName(name));
        }
        let hash = hash(from).map_err(failed)?;
        let bytes = fs::metadata(from).map_err(failed)?.len();
        loads.push(Load { from: from.clone(), name, bytes, hash });
    }
    Ok(loads)
}

fn is_there(load: &Load, target: &Path) -> bool {
    let same_length = fs::metadata(target).is_ok_and(|meta| meta.is_file() && meta.len() == load.bytes);
    same_length && hash(target).is_ok_and(|hash| hash == load.hash)
}

pub fn hash(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}

/// The whole file or none of it, synced.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut staged = Staged::beside(to)?;
    io::copy(&mut File::open(from)?, staged.file())?;
    staged.publish()
}

/// Free bytes of the disk that a folder lies on, as `df` tells; none when it does not.
fn free_bytes(folder: &Path) -> Option<u64> {
    let output = std::process::Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_without_space_is_left_alone() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let pack = dir.path().join("a.haidang");
        fs::write(&pack, b"12345").expect("written");
        let stick = dir.path().join("stick");
        fs::create_dir(&stick).expect("made");
        let args = Stick { stick: stick.clone(), packs: vec![pack], dry_run: false };
        let refused = carry(&args, |_| Some(4)).expect_err("no space");
        assert!(matches!(refused, StickError::NoSpace { needed: 5, free: 4 }));
        assert!(!stick.join(FOLDER).exists());
        carry(&args, |_| Some(5)).expect("space enough");
        // All is there already, so no space is needed any more.
        carry(&args, |_| Some(0)).expect("nothing to write");
    }
}
