//! Which sticks are in the machine, and which files on them may be packs. A stick is not believed in anything: links are
//! not followed, and only so many names are looked at.

use crate::base::files::read_capped;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Where desktops and administrators mount sticks.
const PLACES: [&str; 3] = ["/media", "/run/media", "/mnt"];
/// What sticks are formatted with.
const FILESYSTEMS: [&str; 14] = [
    "vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "ext2", "ext3", "ext4", "btrfs", "xfs", "f2fs", "udf",
    "iso9660",
];
/// The folder on a stick that packs lie in; the stick itself is looked into too.
pub const FOLDER: &str = "HAIDANG";
const MAX_STICKS: usize = 16;
/// Files shown of one stick, and names looked at in one folder.
const MAX_PACKS: usize = 100;
const MAX_NAMES: usize = 5_000;
/// No machine has so many mounts, in bytes of their list.
const MAX_MOUNTS_BYTES: u64 = 4 << 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stick {
    pub folder: PathBuf,
    /// What it is called, for people.
    pub name: String,
    /// Nothing can be written to it.
    pub read_only: bool,
}

/// A file on a stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnStick {
    pub path: PathBuf,
    pub bytes: u64,
}

/// The sticks mounted now, and the folders that the settings name as such.
pub fn find(mounts: &Path, named: &[PathBuf]) -> Vec<Stick> {
    // A file of /proc tells no length, so it is read as far as the cap.
    let text = read_proc(mounts);
    let named = named.iter().filter(|folder| folder.is_dir());
    let mut sticks: Vec<Stick> = named.map(|folder| stick(folder.clone(), false)).collect();
    for mounted in text.split(|b| *b == b'\n').filter_map(mounted) {
        if !sticks.iter().any(|stick| stick.folder == mounted.folder) {
            sticks.push(mounted);
        }
    }
    sticks.truncate(MAX_STICKS);
    sticks
}

fn read_proc(mounts: &Path) -> Vec<u8> {
    use std::io::Read;
    let mut text = Vec::new();
    let read = fs::File::open(mounts).and_then(|file| file.take(MAX_MOUNTS_BYTES).read_to_end(&mut text));
    if read.is_ok() { text } else { Vec::new() }
}

fn stick(folder: PathBuf, read_only: bool) -> Stick {
    let name = plain(&folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy());
    Stick { folder, name, read_only }
}

/// A line of `/proc/self/mountinfo`: `36 35 8:1 / /media/usb rw,nosuid shared:1 - vfat /dev/sdb1 rw`.
fn mounted(line: &[u8]) -> Option<Stick> {
    let words: Vec<&[u8]> = line.split(|b| *b == b' ').collect();
    let dash = words.iter().position(|word| *word == b"-")?;
    let filesystem = str::from_utf8(words.get(dash + 1)?).ok()?;
    let folder = PathBuf::from(OsString::from_vec(unescaped(words.get(4)?)));
    let is_place = PLACES.iter().any(|place| folder.starts_with(place));
    if !is_place || !FILESYSTEMS.contains(&filesystem) {
        return None;
    }
    let holds_ro = |word: Option<&&[u8]>| word.is_some_and(|word| word.split(|b| *b == b',').any(|o| o == b"ro"));
    let read_only = holds_ro(words.get(5)) || holds_ro(words.get(dash + 3));
    Some(stick(folder, read_only))
}

/// The kernel writes blanks and the like as `\040`.
fn unescaped(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((first, after)) = rest.split_first() {
        let octal = (*first == b'\\').then(|| after.get(..3)).flatten();
        let byte = octal.and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 8).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[3..] } else { after };
    }
    out
}

/// Names on a stick are anybody's: what cannot be seen is left out, and length is capped.
pub fn plain(name: &str) -> String {
    let is_invisible = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    name.chars().filter(|c| !is_invisible(c)).take(80).collect()
}

/// Files with an ending, in the stick's own folder and in [`FOLDER`], in order of their names.
pub fn files(stick: &Path, ending: &str) -> Vec<OnStick> {
    let mut found: Vec<OnStick> =
        [stick.to_owned(), stick.join(FOLDER)].iter().flat_map(|folder| files_in(folder, ending)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.truncate(MAX_PACKS);
    found
}

fn files_in(folder: &Path, ending: &str) -> Vec<OnStick> {
    // The folder itself could be a link that leads off the stick.
    if !fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir()) {
        return Vec::new();
    }
    let names = fs::read_dir(folder).into_iter().flatten().take(MAX_NAMES).filter_map(Result::ok);
    names
        .filter_map(|entry| {
            let path = entry.path();
            let is_meant = path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
            // Files that other systems leave beside the real ones.
            let is_hidden = entry.file_name().as_bytes().starts_with(b".");
            let meta = fs::symlink_metadata(&path).ok()?;
            (is_meant && !is_hidden && meta.is_file()).then_some(OnStick { path, bytes: meta.len() })
        })
        .collect()
}

/// A small text on a stick, when it is one.
pub fn text(file: &OnStick, cap: u64) -> Option<String> {
    String::from_utf8(read_capped(&file.path, cap).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn sticks_are_told_from_other_mounts() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mounts = dir.path().join("mountinfo");
        let lines = [
            "22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw",
            "36 22 8:17 / /media/can\\040bo/Bảo\\040tàng rw,nosuid shared:9 - vfat /dev/sdb1 rw,fmask=0022",
            "37 22 8:33 / /run/media/kiosk/ROM ro,nosuid - iso9660 /dev/sr0 ro",
            "38 22 0:50 / /media/kiosk rw - tmpfs tmpfs rw",
            "39 22 8:49 / /mnt/usb rw - exfat /dev/sdc1 ro",
            "40 22 8:50 / /mediator rw - vfat /dev/sdd1 rw",
            "nonsense - vfat",
            "41 22 8:51 / /mnt/a\\9z rw - vfat /dev/sde1 rw",
        ];
        fs::write(&mounts, lines.join("\n")).expect("written");
        let found = find(&mounts, &[dir.path().to_owned(), "/nowhere/at/all".into()]);
        let told: Vec<(&str, bool)> = found.iter().map(|stick| (stick.name.as_str(), stick.read_only)).collect();
        let first = dir.path().file_name().expect("a name").to_string_lossy().into_owned();
        assert_eq!(
            told,
            [(first.as_str(), false), ("Bảo tàng", false), ("ROM", true), ("usb", true), ("a\\9z", false)]
        );
        assert_eq!(found[1].folder, Path::new("/media/can bo/Bảo tàng"));
        assert!(find(Path::new("/nowhere"), &[]).is_empty());
        // This machine's own list is read too, whatever is in it.
        find(Path::new("/proc/self/mountinfo"), &[]);
    }

    #[test]
    fn links_and_hidden_files_are_passed_over() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (stick, away) = (dir.path().join("stick"), dir.path().join("away"));
        for folder in [stick.join(FOLDER), away.clone()] {
            fs::create_dir_all(folder).expect("made");
        }
        for path in
            [stick.join("b.haidang"), stick.join("HAIDANG/A.HAIDANG"), stick.join("._b.haidang"), away.join("c")]
        {
            fs::write(path, "12345").expect("written");
        }
        fs::write(stick.join("list.txt"), "").expect("written");
        fs::create_dir(stick.join("d.haidang")).expect("made");
        symlink(away.join("c"), stick.join("c.haidang")).expect("linked");
        let names = |stick: &Path| -> Vec<String> {
            let found = files(stick, "haidang").into_iter();
            found.map(|file| file.path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&stick), ["A.HAIDANG", "b.haidang"]);
        fs::remove_dir_all(stick.join(FOLDER)).expect("removed");
        symlink(&away, stick.join(FOLDER)).expect("linked");
        fs::write(away.join("e.haidang"), "").expect("written");
        assert_eq!(names(&stick), ["b.haidang"]);
    }

    #[test]
    fn names_lose_what_cannot_be_seen() {
        assert_eq!(plain("a\u{202e}gnp\u{7}.haidang"), "agnp.haidang");
        assert_eq!(plain(&"x".repeat(500)).len(), 80);
    }
}
