//! `haidang-pack preview`: the kiosk in a window, opened again whenever the pack is saved.

use super::watch::{snapshot, wait_a_second};
use crate::organiser::Outcome;
use crate::organiser::args::checking::Preview;
use crate::organiser::failure::{Done, Failure};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

const KIOSK: &str = "haidang-kiosk";
/// The smallest screen that a pack must fit.
const WINDOW: &str = "1280x800";

pub fn run(args: &Preview) -> Done {
    let beside = std::env::current_exe().ok().and_then(|own| own.parent().map(Path::to_owned));
    let listed = std::env::var_os("PATH").unwrap_or_default();
    let Some(kiosk) = find(beside.into_iter().chain(std::env::split_paths(&listed))) else {
        return Err(Failure::cannot_read(
            Path::new(KIOSK),
            "Không tìm thấy; cài nó cạnh haidang-pack.",
            "It is not installed; put it beside haidang-pack.",
        ));
    };
    show(&kiosk, &args.folder).map_err(|error| Failure::of_file(&kiosk, &error))?;
    Ok(Outcome::Clean)
}

/// The first of these folders that holds the kiosk.
fn find(folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    folders.map(|folder| folder.join(KIOSK)).find(|path| path.is_file())
}

fn start(kiosk: &Path, folder: &Path) -> io::Result<Child> {
    Command::new(kiosk).args(["--windowed", WINDOW]).arg(folder).spawn()
}

/// Until the window is closed.
fn show(kiosk: &Path, folder: &Path) -> io::Result<()> {
    let mut seen = snapshot(folder);
    let mut child = start(kiosk, folder)?;
    while wait_a_second() {
        if child.try_wait()?.is_some() {
            break;
        }
        let now = snapshot(folder);
        if now != seen {
            seen = now;
            child.kill()?;
            child.wait()?;
            child = start(kiosk, folder)?;
        }
    }
    Ok(())
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
