//! `kiosk.ron` and the command line: which exhibit, where data lies, how long idleness lasts. Checked like packs.

use crate::base::files::read_capped;
use crate::diagnostics::{Findings, Place, Said};
use crate::pack::source::parse;
use bevy::prelude::Resource;
use clap::Parser;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Màn hình trưng bày Hải Đăng. · The Hải Đăng exhibition kiosk.
///
/// Ví dụ · Example: haidang-kiosk exhibits/hoang-sa-truong-sa --windowed 1280x800
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "haidang-kiosk", version)]
pub struct Args {
    /// Thư mục gói trưng bày · the exhibit's folder
    pub exhibit: Option<PathBuf>,
    /// Thư mục dữ liệu: nhật ký, mảnh ảnh · the data folder: journal, tiles
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Tệp cài đặt · the settings file (kiosk.ron)
    #[arg(long)]
    pub settings: Option<PathBuf>,
    /// Chạy trong cửa sổ, ví dụ 1280x800 · run in a window of this size
    #[arg(long, value_parser = window_size, value_name = "WxH")]
    pub windowed: Option<(u32, u32)>,
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
}

#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Settings {
    pub exhibit: PathBuf,
    pub data: PathBuf,
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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            exhibit: PathBuf::from("exhibits/hoang-sa-truong-sa"),
            data: PathBuf::from("data"),
            languages: Vec::new(),
            idle_seconds: 60,
            countdown_seconds: 20,
            volume: 0.8,
            gamepads: true,
            silent: false,
            open: None,
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
        settings.exhibit = args.exhibit.clone().unwrap_or(settings.exhibit);
        settings.data = args.data.clone().unwrap_or(settings.data);
        settings.silent |= args.no_audio;
        settings.open.clone_from(&args.open);
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
        self.exhibit = told.exhibit.map_or_else(|| self.exhibit.clone(), beside);
        self.data = told.data.map_or_else(|| self.data.clone(), beside);
        self.languages = told.languages.unwrap_or_default();
        self.gamepads = told.gamepads.unwrap_or(true);
        let mut check = |key: &str, value: Option<f64>, range: std::ops::RangeInclusive<f64>, fallback: f64| match value
        {
            Some(value) if range.contains(&value) => value,
            Some(_) => {
                let mut place = Place { key_path: key.to_owned(), ..Place::file(name.as_ref()) };
                place.at =
                    parsed.outline.nearest(key).map(|e| crate::base::text_place::LineColumn::of_offset(&text, e.start));
                findings.error(
                    "out-of-range",
                    place,
                    Said::new("Giá trị này ngoài giới hạn.", "This value is out of range."),
                    Said::new(
                        format!("Từ {} đến {}.", range.start(), range.end()),
                        format!("From {} to {}.", range.start(), range.end()),
                    ),
                );
                fallback
            }
            None => fallback,
        };
        self.idle_seconds = check("idle_seconds", told.idle_seconds.map(f64::from), 10.0..=3600.0, 60.0) as u32;
        self.countdown_seconds =
            check("countdown_seconds", told.countdown_seconds.map(f64::from), 5.0..=120.0, 20.0) as u32;
        self.volume = check("volume", told.volume, 0.0..=1.0, 0.8);
    }

    pub fn idle_millis(&self) -> u64 {
        u64::from(self.idle_seconds) * 1000
    }

    pub fn countdown_millis(&self) -> u64 {
        u64::from(self.countdown_seconds) * 1000
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
        assert!(settings.exhibit.ends_with("packs/a") && settings.exhibit.is_absolute());
        let args = Args { exhibit: Some("b".into()), no_audio: true, ..Args::default() };
        let (settings, _) = Settings::read(&args);
        assert_eq!((settings.exhibit, settings.silent), (PathBuf::from("b"), true));
    }

    #[test]
    fn a_window_size_is_two_numbers() {
        assert_eq!(window_size("1280x800"), Ok((1280, 800)));
        for bad in ["1280", "x", "10x10", "1280x800x2", "99999x800"] {
            assert!(window_size(bad).is_err(), "{bad}");
        }
    }
}
