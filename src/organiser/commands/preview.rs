//! `haidang-pack preview`: the kiosk in a window, which shows every saved change at once.

use crate::organiser::args::checking::Preview;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::{Outcome, pack_folder};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

const KIOSK: &str = "haidang-kiosk";
/// The smallest screen that a pack must fit.
const WINDOW: &str = "1280x800";

pub fn run(args: &Preview) -> Done {
    pack_folder::of(&args.folder)?;
    let beside = std::env::current_exe().ok().and_then(|own| own.parent().map(Path::to_owned));
    let listed = std::env::var_os("PATH").unwrap_or_default();
    let Some(kiosk) = find(beside.into_iter().chain(std::env::split_paths(&listed))) else {
        return Err(Failure::cannot_read(
            Path::new(KIOSK),
            "Không tìm thấy; cài nó cạnh haidang-pack.",
            "It is not installed; put it beside haidang-pack.",
        ));
    };
    let status = show(&kiosk, &args.folder).map_err(|error| Failure::of_file(&kiosk, &error))?;
    // The kiosk has said why.
    Ok(if status.success() { Outcome::Clean } else { Outcome::CannotRead })
}

/// The first of these folders that holds the kiosk.
fn find(folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    folders.map(|folder| folder.join(KIOSK)).find(|path| path.is_file())
}

/// Until the window is closed.
fn show(kiosk: &Path, folder: &Path) -> io::Result<ExitStatus> {
    Command::new(kiosk).args(["--watch", "--windowed", WINDOW]).arg(folder).status()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kiosk_beside_comes_first() {
        let [a, b] = [(); 2].map(|()| tempfile::tempdir().expect("temporary folder"));
        for folder in [&a, &b] {
            std::fs::write(folder.path().join(KIOSK), b"").expect("written");
        }
        let folders = || [a.path().join("none"), a.path().to_owned(), b.path().to_owned()].into_iter();
        assert_eq!(find(folders()), Some(a.path().join(KIOSK)));
        assert_eq!(find(std::iter::empty()), None);
    }
}
