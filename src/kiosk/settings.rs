//! `kiosk.ron` and the command line: which exhibit, where data lies, how long idleness lasts. Checked like packs.

use crate::base::files::read_capped;
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Findings, Place, Said};
use crate::kiosk::touch::{Corner, Manner};
use crate::pack::source::outline::Outline;
use crate::pack::source::parse;
use bevy::prelude::Resource;
use clap::Parser;
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Màn hình trưng bày Hải Đăng. · The Hải Đăng exhibition kiosk.
///
/// Ví dụ · Example: haidang-kiosk exhibits/hoang-sa-truong-sa --windowed 1280x800
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "haidang-kiosk", version)]
pub struct Args {
    /// Thư mục gói trưng bày; bỏ trống thì mở gói đã cài · an exhibit's folder; without one, the installed pack
    pub exhibit: Option<PathBuf>,
    /// Thư mục dữ liệu: nhật ký, mảnh ảnh · the data folder: journal, tiles
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Thư mục thay cho USB · a folder that stands for a stick
    #[arg(long, value_name = "DIR")]
    pub stick: Vec<PathBuf>,
    /// Tệp cài đặt · the settings file (kiosk.ron)
    #[arg(long)]
    pub settings: Option<PathBuf>,
    /// Chạy trong cửa sổ, ví dụ 1280x800 · run in a window of this size
    #[arg(long, value_parser = window_size, value_name = "WxH")]
    pub windowed: Option<(u32, u32)>,
    /// Hiện ngay mỗi thay đổi vừa lưu, không ghi nhật ký; cho người soạn gói · show every saved change at once, keep no journal; for those who prepare the pack
    #[arg(long, requires = "exhibit")]
    pub watch: bool,
    /// Mở thẳng tư liệu có mã này · open straight at the item of this id
    #[arg(long, value_name = "ITEM")]
    pub open: Option<String>,
    /// Chạy theo kịch bản RON · act out a RON script
    #[arg(long)]
    pub replay: Option<PathBuf>,
    /// Nơi ghi ảnh màn hình của kịch bản · where a replay's pictures go
    #[arg(long)]
    pub shots: Option<PathBuf>,
    /// Ghi số đo ra JSON · write measurements as JSON
    #[arg(long)]
    pub metrics: Option<PathBuf>,
    /// Không mở thiết bị âm thanh · open no sound device
    #[arg(long)]
    pub no_audio: bool,
    /// Đồng hồ nhân tạo, chạy nhanh hết mức · a stepped clock, as fast as frames can be drawn
    #[arg(long)]
    pub virtual_time: bool,
}

fn window_size(text: &str) -> Result<(u32, u32), String> {
    let parse = |side: &str| side.parse().ok().filter(|s| (320..=16_384).contains(s));
    text.split_once('x')
        .and_then(|(w, h)| Some((parse(w)?, parse(h)?)))
        .ok_or_else(|| "dạng 1280x800, từ 320 đến 16384 · like 1280x800, from 320 to 16384".to_owned())
}

/// The text of `kiosk.ron`; every field may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SettingsText {
    exhibit: Option<String>,
    data: Option<String>,
    languages: Option<Vec<String>>,
    idle_seconds: Option<u32>,
    countdown_seconds: Option<u32>,
    volume: Option<f64>,
    gamepads: Option<bool>,
    sticks: Option<Vec<String>>,
    ring: Option<String>,
    staff_corner: Option<String>,
    staff_fingers: Option<u32>,
    staff_seconds: Option<u32>,
    trial_minutes: Option<u32>,
}

#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Settings {
    /// An exhibit's folder; without one the pack is shown that is installed and active.
    pub exhibit: Option<PathBuf>,
    pub data: PathBuf,
    /// Folders that count as sticks, besides those that are mounted.
    pub sticks: Vec<PathBuf>,
    /// The key ring; without one it lies in the data folder.
    pub ring: Option<PathBuf>,
    /// How the people in charge knock.
    pub knock: Manner,
    /// How long a new pack is watched.
    pub trial_minutes: u32,
    /// Languages in the order visitors see them; the others of the exhibit follow.
    pub languages: Vec<String>,
    pub idle_seconds: u32,
    pub countdown_seconds: u32,
    /// 0 to 1.
    pub volume: f64,
    pub gamepads: bool,
    pub silent: bool,
    /// The item to open at, as it was written on the command line.
    pub open: Option<String>,
    /// Whoever prepares the exhibit looks at it while it is being written: every saved change is shown.
    pub watch: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            exhibit: None,
            data: PathBuf::from("data"),
            sticks: Vec::new(),
            ring: None,
            knock: Manner::default(),
            trial_minutes: 5,
            languages: Vec::new(),
            idle_seconds: 60,
            countdown_seconds: 20,
            volume: 0.8,
            gamepads: true,
            silent: false,
            open: None,
            watch: false,
        }
    }
}

impl Settings {
    /// What the file says (all of it that is right), then what the command line says.
    pub fn read(args: &Args) -> (Self, Findings) {
        let mut settings = Self::default();
        let mut findings = Findings::default();
        let wanted = args.settings.clone();
        let file = wanted.clone().unwrap_or_else(|| PathBuf::from("kiosk.ron"));
        if wanted.is_some() || file.is_file() {
            settings.read_file(&file, &mut findings);
        }
        settings.exhibit = args.exhibit.clone().or(settings.exhibit);
        settings.sticks.extend(args.stick.iter().cloned());
        settings.data = args.data.clone().unwrap_or(settings.data);
        settings.silent |= args.no_audio;
        settings.open.clone_from(&args.open);
        settings.watch = args.watch;
        (settings, findings)
    }

    fn read_file(&mut self, file: &Path, findings: &mut Findings) {
        let name = file.to_string_lossy();
        let text = match read_capped(file, 1 << 16).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            other => {
                let why = other.err().map_or_else(|| "not UTF-8".to_owned(), |e| e.to_string());
                findings.error(
                    "unreadable-file",
                    Place::file(name),
                    Said::new(
                        format!("Không đọc được tệp cài đặt: {why}."),
                        format!("The settings cannot be read: {why}."),
                    ),
                    Said::new("Kiểm tra đường dẫn.", "Check the path."),
                );
                return;
            }
        };
        let parsed = parse::<SettingsText>(&name, &text, findings);
        let told = parsed.value.unwrap_or_default();
        // Paths in the file are relative to it, so that a kiosk's folder can be moved.
        let beside = |path: String| file.parent().unwrap_or(Path::new("")).join(path);
        self.exhibit = told.exhibit.map(beside);
        self.sticks = told.sticks.unwrap_or_default().into_iter().map(beside).collect();
        self.ring = told.ring.map(beside);
        self.data = told.data.map_or_else(|| self.data.clone(), beside);
        self.languages = told.languages.unwrap_or_default();
        self.gamepads = told.gamepads.unwrap_or(true);
        let mut file = File { name: &name, text: &text, outline: &parsed.outline, findings };
        self.idle_seconds = file.whole("idle_seconds", told.idle_seconds, 10..=3600, 60);
        self.countdown_seconds = file.whole("countdown_seconds", told.countdown_seconds, 5..=120, 20);
        self.volume = file.number("volume", told.volume, 0.0..=1.0, 0.8);
        self.trial_minutes = file.whole("trial_minutes", told.trial_minutes, 1..=60, 5);
        let fingers = file.whole("staff_fingers", told.staff_fingers, 1..=3, 2);
        let seconds = file.whole("staff_seconds", told.staff_seconds, 2..=10, 3);
        let corner = told.staff_corner.map_or(Manner::default().corner, |word| file.corner(&word));
        self.knock = Manner { corner, fingers: fingers as usize, millis: u64::from(seconds) * 1000 };
    }

    pub fn trial_millis(&self) -> u64 {
        u64::from(self.trial_minutes) * 60_000
    }

    /// Who writes with the exhibit beside the text is there, also without touching the screen.
    pub fn idle_millis(&self) -> u64 {
        const NEVER: u64 = u64::MAX / 2;
        if self.watch { NEVER } else { u64::from(self.idle_seconds) * 1000 }
    }

    pub fn countdown_millis(&self) -> u64 {
        u64::from(self.countdown_seconds) * 1000
    }
}

/// The file being read: values out of their limits are told, and their defaults taken.
struct File<'a> {
    name: &'a str,
    text: &'a str,
    outline: &'a Outline,
    findings: &'a mut Findings,
}

impl File<'_> {
    fn number(&mut self, key: &str, told: Option<f64>, range: RangeInclusive<f64>, fallback: f64) -> f64 {
        let Some(value) = told.filter(|value| !range.contains(value)) else { return told.unwrap_or(fallback) };
        let said = Said::new("Giá trị này ngoài giới hạn.", "This value is out of range.");
        let hint = Said::new(
            format!("Từ {} đến {}, không phải {value}.", range.start(), range.end()),
            format!("From {} to {}, not {value}.", range.start(), range.end()),
        );
        self.findings.error("out-of-range", self.place(key), said, hint);
        fallback
    }

    fn whole(&mut self, key: &str, told: Option<u32>, range: RangeInclusive<u32>, fallback: u32) -> u32 {
        let range = f64::from(*range.start())..=f64::from(*range.end());
        self.number(key, told.map(f64::from), range, f64::from(fallback)) as u32
    }

    fn corner(&mut self, word: &str) -> Option<Corner> {
        if word == "none" {
            return None;
        }
        Corner::read(word).or_else(|| {
            let words = "top-left, top-right, bottom-left, bottom-right, none";
            let said = Said::new("Không có góc màn hình tên này.", "There is no corner of this name.");
            let hint = Said::new(format!("Một trong: {words}."), format!("One of: {words}."));
            self.findings.error("unknown-word", self.place("staff_corner"), said, hint);
            Manner::default().corner
        })
    }

    fn place(&self, key: &str) -> Place {
        let at = self.outline.nearest(key).map(|entry| LineColumn::of_offset(self.text, entry.start));
        Place { key_path: key.to_owned(), at, ..Place::file(self.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Settings, Vec<String>) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let file = dir.path().join("kiosk.ron");
        std::fs::write(&file, text).expect("written");
        let args = Args { settings: Some(file), ..Args::default() };
        let (settings, findings) = Settings::read(&args);
        (settings, findings.iter().map(|p| format!("{} {}", p.code, p.place.key_path)).collect())
    }

    #[test]
    fn wrong_settings_are_all_told_and_the_rest_holds() {
        let (settings, told) = read("(idle_seconds: 2, volume: 3.0, countdown_seconds: 30, idel: 1)");
        assert_eq!(told, ["unknown-field idel", "out-of-range idle_seconds", "out-of-range volume"]);
        assert_eq!((settings.idle_seconds, settings.countdown_seconds, settings.volume), (60, 30, 0.8));
    }

    #[test]
    fn paths_are_relative_to_the_file_and_the_command_line_wins() {
        let (settings, told) = read("(exhibit: \"packs/a\", data: \"d\")");
        assert!(told.is_empty());
        let exhibit = settings.exhibit.expect("an exhibit");
        assert!(exhibit.ends_with("packs/a") && exhibit.is_absolute());
        let args = Args { exhibit: Some("b".into()), no_audio: true, ..Args::default() };
        let (settings, _) = Settings::read(&args);
        assert_eq!((settings.exhibit, settings.silent), (Some(PathBuf::from("b")), true));
    }

    #[test]
    fn the_people_in_charge_knock_as_the_file_says() {
        let (settings, told) =
            read("(staff_corner: \"bottom-right\", staff_fingers: 1, staff_seconds: 5, sticks: [\"s\"])");
        assert!(told.is_empty());
        assert_eq!(settings.knock, Manner { corner: Some(Corner::BottomRight), fingers: 1, millis: 5_000 });
        assert!(settings.sticks[0].is_absolute() && settings.exhibit.is_none());
        let (settings, told) = read("(staff_corner: \"middle\", staff_seconds: 60, trial_minutes: 0)");
        assert_eq!(told, ["out-of-range trial_minutes", "out-of-range staff_seconds", "unknown-word staff_corner"]);
        assert_eq!((settings.knock, settings.trial_minutes), (Manner::default(), 5));
        assert_eq!(read("(staff_corner: \"none\")").0.knock.corner, None);
    }

    #[test]
    fn only_a_named_folder_is_watched_and_nobody_is_asked_whether_they_are_there() {
        assert!(Args::try_parse_from(["haidang-kiosk", "--watch"]).is_err());
        let args = Args::try_parse_from(["haidang-kiosk", "--watch", "a"]).expect("right usage");
        let (settings, _) = Settings::read(&args);
        assert!(settings.watch && settings.idle_millis() > Settings::default().idle_millis());
    }

    #[test]
    fn a_window_size_is_two_numbers() {
        assert_eq!(window_size("1280x800"), Ok((1280, 800)));
        for bad in ["1280", "x", "10x10", "1280x800x2", "99999x800"] {
            assert!(window_size(bad).is_err(), "{bad}");
        }
    }
}
