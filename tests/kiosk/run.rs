//! Runs the kiosk with a replay in folders of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/packs/valid/small");

/// One run of the kiosk and what it left behind.
pub struct Run {
    pub folder: tempfile::TempDir,
    pub output: Output,
}

impl Run {
    /// Shows `exhibit` at 1280×800 and acts `replay` out.
    pub fn of(exhibit: &Path, replay: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let output = command(exhibit, folder.path(), replay, more).output().expect("the kiosk starts");
        Self { folder, output }
    }

    /// The same on a stepped clock, where nobody is asked whether anybody is still there.
    pub fn unhurried(exhibit: &Path, replay: &str, more: &[&str]) -> Self {
        let settings = tempfile::tempdir().expect("temporary folder");
        let file = settings.path().join("kiosk.ron");
        std::fs::write(&file, "(idle_seconds: 3600, gamepads: false)").expect("written");
        let file = file.to_string_lossy();
        Self::of(exhibit, replay, &[&["--virtual-time", "--settings", &*file][..], more].concat())
    }

    pub fn log(&self) -> String {
        let both = [self.output.stdout.as_slice(), self.output.stderr.as_slice()].concat();
        String::from_utf8_lossy(&both).into_owned()
    }

    pub fn must_succeed(&self) {
        assert!(self.output.status.success(), "exit {:?}\n{}", self.output.status, self.log());
    }

    pub fn journal(&self) -> PathBuf {
        self.folder.path().join("data/visits.sqlite")
    }

    /// Kind, subject and detail of every record, once the chain has been verified.
    pub fn records(&self) -> Vec<(String, String, String)> {
        let records = haidang::visits::read::records(&self.journal()).expect("the journal opens");
        haidang::visits::read::verify(&records).expect("the chain holds");
        records.into_iter().map(|(r, _)| (r.kind, r.subject, r.detail)).collect()
    }

    /// What the kiosk measured.
    pub fn metrics(&self) -> serde_json::Value {
        let text = std::fs::read(self.folder.path().join("metrics.json")).expect("metrics are written");
        serde_json::from_slice(&text).expect("metrics are JSON")
    }

    pub fn picture(&self, name: &str) -> image::RgbImage {
        image::open(self.folder.path().join("shots").join(format!("{name}.png"))).expect("a picture").into_rgb8()
    }
}

pub fn command(exhibit: &Path, folder: &Path, replay: &str, more: &[&str]) -> Command {
    let script = folder.join("replay.ron");
    std::fs::write(&script, replay).expect("written");
    let built = std::env::var_os("HAIDANG_BIN").map(|bin| PathBuf::from(bin).join("haidang-kiosk"));
    let program = built.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_haidang-kiosk")));
    let mut command = Command::new(program);
    command.arg(exhibit).arg("--replay").arg(script);
    if !more.contains(&"--data") {
        command.arg("--data").arg(folder.join("data"));
    }
    command.arg("--shots").arg(folder.join("shots")).arg("--metrics").arg(folder.join("metrics.json"));
    if !more.contains(&"--windowed") {
        command.args(["--windowed", "1280x800"]);
    }
    command.arg("--no-audio").args(more);
    command
}

/// A copy of the small pack, to be spoiled.
pub fn copy_of_small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    copy(Path::new(SMALL), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("listed") {
        let entry = entry.expect("listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}
