//! `haidang-pack stick`: packs and revocation lists onto a stick, read back and compared. What is there already and
//! whole is not written again, so an interrupted run goes on where it stopped.

use crate::base::files::{Staged, read_capped, write_whole};
use crate::diagnostics::size;
use crate::organiser::Outcome;
use crate::organiser::args::checking::Stick;
use crate::organiser::commands::inspect;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::screen::Screen;
use crate::pack::sealed::{Sealed, SealedError};
use crate::pack::signing::revocation::RevocationList;
use crate::pack::signing::statement::MAX_STATEMENT_BYTES;
use crate::pack::signing::vouch::Vouching;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The folder on a stick that kiosks look into, and the list of what lies there.
pub const FOLDER: &str = "HAIDANG";
const LIST: &str = "list.txt";

/// Why a stick is not what it should be.
#[derive(Debug)]
enum StickError {
    NoStick,
    Io(PathBuf, io::Error),
    SameName(String),
    Refused(PathBuf, SealedError),
    Unsigned(PathBuf),
    Differs(PathBuf),
    NoSpace { needed: u64, free: u64 },
}

/// One file to carry.
struct Load {
    from: PathBuf,
    name: String,
    bytes: u64,
    hash: blake3::Hash,
    /// It lies on the stick already, whole.
    is_there: bool,
}

pub fn run(args: &Stick, screen: Screen) -> Done {
    args.packs.iter().try_for_each(|pack| inspect::restored(pack))?;
    let loads = carry(args, free_bytes).map_err(|error| failure(&args.stick, error))?;
    for load in &loads {
        let size = size(load.bytes);
        let (vi, en) = match (load.is_there, args.dry_run) {
            (true, _) => ("đã có sẵn trên USB, còn nguyên vẹn", "on the stick already, and whole"),
            (false, true) => ("sẽ được chép", "would be written"),
            (false, false) => ("đã chép, đọc lại giống bản gốc", "written, and reads back the same"),
        };
        screen.tell_of(&load.name, &format!("{vi} ({}).", size.vi), &format!("{en} ({}).", size.en));
    }
    if args.dry_run {
        screen.tell("Chạy thử: chưa ghi gì lên USB.", "A dry run: nothing was written.");
    } else {
        screen.tell("USB rút được rồi.", "The stick may be pulled out now.");
    }
    Ok(Outcome::Clean)
}

fn failure(stick: &Path, error: StickError) -> Failure {
    match error {
        StickError::NoStick => Failure::cannot_read(
            stick,
            "Không có thư mục này. USB đã cắm và mở chưa?",
            "There is no such folder. Is the stick plugged in and open?",
        ),
        StickError::Io(path, error) => Failure::of_file(&path, &error),
        StickError::SameName(name) => {
            Failure::problem(Path::new(&name), "Hai tệp cùng tên.", "Two files have this name.")
        }
        StickError::Refused(path, SealedError::NotAPack) => Failure::cannot_read(
            &path,
            "Đây không phải gói trưng bày, cũng không phải giấy của cơ quan (.revoked, .vouch); không chép.",
            "This is no sealed exhibit pack, nor a statement of an office (.revoked, .vouch); it is not carried.",
        ),
        StickError::Refused(path, error) => inspect::refused(&path, &error),
        StickError::Unsigned(path) => Failure::problem(
            &path,
            "Gói chưa ký; máy trưng bày sẽ không nhận. Ký bằng “haidang-pack sign”, hoặc thêm --unsigned để thử.",
            "The pack is not signed; kiosks refuse it. Sign it with “haidang-pack sign”, or add --unsigned to try it out.",
        ),
        StickError::Differs(path) => Failure::problem(
            &path,
            "Đọc lại không giống bản gốc; USB có thể đã hỏng.",
            "It does not read back as written; the stick may be bad.",
        ),
        StickError::NoSpace { needed, free } => Failure::problem(
            stick,
            format!(
                "USB thiếu chỗ: cần {}, còn {}. Xóa bớt tệp trên USB, hoặc dùng USB lớn hơn.",
                size(needed).vi,
                size(free).vi
            ),
            format!(
                "The stick is short of space: {} needed, {} free. Delete files on it, or take a larger one.",
                size(needed).en,
                size(free).en
            ),
        ),
    }
}

fn carry(args: &Stick, free: impl Fn(&Path) -> Option<u64>) -> Result<Vec<Load>, StickError> {
    if !args.stick.is_dir() {
        return Err(StickError::NoStick);
    }
    let folder = args.stick.join(FOLDER);
    let loads = loads(args, &folder)?;
    let missing = || loads.iter().filter(|load| !load.is_there);
    let needed: u64 = missing().map(|load| load.bytes).sum();
    if let Some(free) = free(&args.stick).filter(|free| *free < needed) {
        return Err(StickError::NoSpace { needed, free });
    }
    if args.dry_run {
        return Ok(loads);
    }
    sweep(&folder);
    for load in missing() {
        let target = folder.join(&load.name);
        copy(&load.from, &target).map_err(|error| StickError::Io(target, error))?;
    }
    for load in &loads {
        let target = folder.join(&load.name);
        if !lies_there(load, &target) {
            return Err(StickError::Differs(target));
        }
    }
    let path = folder.join(LIST);
    let written = list(&folder, &loads).and_then(|list| write_whole(&path, list.as_bytes()));
    written.map_err(|error| StickError::Io(path, error))?;
    Ok(loads)
}

/// All that lies in the folder, what an earlier run brought too: hash, bytes, name.
fn list(folder: &Path, loads: &[Load]) -> io::Result<String> {
    let known: BTreeMap<&str, &Load> = loads.iter().map(|load| (load.name.as_str(), load)).collect();
    let mut lines = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.to_lowercase() == LIST || name.starts_with('.') || !entry.path().is_file() {
            continue;
        }
        let (hash, bytes) = match known.get(name.as_str()) {
            Some(load) => (load.hash, load.bytes),
            None => (hash(&entry.path())?, entry.metadata()?.len()),
        };
        lines.insert(name.clone(), format!("{}  {bytes}  {name}\n", hash.to_hex()));
    }
    Ok(lines.into_values().collect())
}

/// Whether a kiosk could do something with a file: a whole pack that somebody signed, or what an office says of keys.
fn look(from: &Path, unsigned: bool) -> Result<(), StickError> {
    let refused = |error| StickError::Refused(from.to_owned(), error);
    let text = read_capped(from, MAX_STATEMENT_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    if text.is_some_and(|text| RevocationList::is_meant(&text) || Vouching::is_meant(&text)) {
        return Ok(());
    }
    let pack = Sealed::open(from).map_err(refused)?;
    pack.verify_whole(|_, _| true).map_err(refused)?;
    if pack.signature_text().is_none() && !unsigned {
        return Err(StickError::Unsigned(from.to_owned()));
    }
    Ok(())
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

fn loads(args: &Stick, folder: &Path) -> Result<Vec<Load>, StickError> {
    let mut names = BTreeSet::new();
    let mut loads = Vec::new();
    for from in &args.packs {
        let failed = |error: io::Error| StickError::Io(from.clone(), error);
        let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Sticks do not tell upper and lower case apart.
        if !names.insert(name.to_lowercase()) || name.to_lowercase() == LIST {
            return Err(StickError::SameName(name));
        }
        look(from, args.unsigned)?;
        let hash = hash(from).map_err(failed)?;
        let bytes = fs::metadata(from).map_err(failed)?.len();
        let target = folder.join(&name);
        let mut load = Load { from: from.clone(), name, bytes, hash, is_there: false };
        load.is_there = lies_there(&load, &target);
        loads.push(load);
    }
    Ok(loads)
}

fn lies_there(load: &Load, target: &Path) -> bool {
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
        let list = dir.path().join("office.revoked");
        fs::write(&list, b"haidang-revocations 1\n").expect("written");
        let stick = dir.path().join("stick");
        fs::create_dir(&stick).expect("made");
        let args = Stick { stick: stick.clone(), packs: vec![list], dry_run: false, unsigned: false };
        let refused = carry(&args, |_| Some(21)).err().expect("no space");
        assert!(matches!(refused, StickError::NoSpace { needed: 22, free: 21 }));
        assert!(!stick.join(FOLDER).exists());
        carry(&args, |_| Some(22)).expect("space enough");
        // All is there already, so no space is needed any more.
        carry(&args, |_| Some(0)).expect("nothing to write");
    }
}
