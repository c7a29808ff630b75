//! Pictures, sounds and captions of a pack: their files are looked at, not only their names.

use super::files::{Found, Role};
use super::media::{self, Unusable};
use super::reader::Reader;
use super::schema;
use super::text_files::read_text;
use super::wording;
use super::words::Voice;
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Place, Said};
use crate::pack::captions::{self, Cue, Fault};
use crate::pack::model::{Picture, Track};
use crate::pack::tiles::rows::RowsError;
use crate::pack::tiles::source::is_container;
use std::path::{Path, PathBuf};

impl Reader<'_> {
    pub fn picture(&mut self, value: Option<schema::Picture>, key_path: &str) -> Option<Picture> {
        let picture = self.need(value, key_path)?;
        let file_key = format!("{key_path}.file");
        let path = self.find(picture.file, &file_key, Role::Picture);
        let size = path.as_deref().and_then(|path| self.picture_size(path, &file_key));
        let nature = self.need(picture.nature, &format!("{key_path}.nature"));
        let alt = self.text(picture.alt, &format!("{key_path}.alt"));
        let licence = self.licence(picture.licence, &format!("{key_path}.licence"));
        let credit = self.text(picture.credit, &format!("{key_path}.credit"));
        Some(Picture { path: path?, size: size?, nature: nature?, alt: alt?, licence: licence?, credit: credit? })
    }

    pub fn track(&mut self, track: schema::Track, key_path: &str) -> Option<Track> {
        let audio_key = format!("{key_path}.audio");
        let audio = self.file_path(track.audio, &audio_key).filter(|path| self.sound_is_good(path, &audio_key));
        let captions = self.file_path(track.captions.clone(), &format!("{key_path}.captions"));
        let captions = captions.and(track.captions).and_then(|file| self.captions(file));
        let voice = self.voice(track.voice, &format!("{key_path}.voice"));
        let licence = self.licence(track.licence, &format!("{key_path}.licence"));
        let credit = self.text(track.credit, &format!("{key_path}.credit"));
        let sources = self.sources(track.sources, &format!("{key_path}.sources"));
        Some(Track {
            audio: audio?,
            captions: captions?,
            voice: voice?,
            licence: licence?,
            credit: credit?,
            sources: sources?,
        })
    }

    fn voice(&mut self, value: Option<Voice>, key_path: &str) -> Option<Voice> {
        let voice = self.need(value, key_path)?;
        let good = match &voice {
            Voice::Synthetic(who) | Voice::Recorded(who) => self.check_text(who, key_path),
        };
        good.then_some(voice)
    }

    fn licence(&mut self, value: Option<String>, key_path: &str) -> Option<String> {
        let licence = self.words(value, key_path)?;
        if is_licence(&licence) {
            return Some(licence);
        }
        let shown = wording::shown(&licence);
        self.problem(
            "bad-licence",
            key_path,
            (format!("“{shown}” không phải mã giấy phép SPDX."), format!("“{shown}” is not an SPDX licence id.")),
            ("Ví dụ: CC0-1.0, CC-BY-4.0, LicenseRef-…", "For example CC0-1.0, CC-BY-4.0, LicenseRef-…"),
        );
        None
    }

    /// Where a file of the pack lies; never outside it, also once links are followed.
    pub fn file_path(&mut self, value: Option<String>, key_path: &str) -> Option<PathBuf> {
        self.find(value, key_path, Role::Other)
    }

    fn find(&mut self, value: Option<String>, key_path: &str, role: Role) -> Option<PathBuf> {
        let name = self.words(value, key_path)?;
        match self.pack.files.find(&name, role) {
            Found::At(path) => return Some(path),
            Found::Outside => self.leaves_pack(&wording::shown(&name), key_path),
            Found::Missing { has_drawing } => self.missing_file(has_drawing, &wording::shown(&name), key_path),
        }
        None
    }

    fn leaves_pack(&mut self, name: &str, key_path: &str) {
        self.problem(
            "path-outside-pack",
            key_path,
            (format!("Đường dẫn “{name}” đi ra ngoài gói."), format!("The path “{name}” leaves the pack.")),
            ("Dùng đường dẫn tương đối với dấu /, không có “..”.", "Use a relative path with /, without “..”."),
        );
    }

    fn missing_file(&mut self, has_drawing: bool, name: &str, key_path: &str) {
        let hint = if has_drawing {
            (
                "Có bản vẽ SVG cùng tên: chạy “haidang-pack draw THƯ_MỤC”.",
                "An SVG drawing of that name exists: run “haidang-pack draw FOLDER”.",
            )
        } else {
            (
                "Chép tệp vào gói hoặc sửa tên, kể cả chữ hoa, chữ thường.",
                "Copy the file into the pack or mend the name, upper and lower case too.",
            )
        };
        self.problem(
            "missing-file",
            key_path,
            (format!("Không có tệp “{name}”."), format!("There is no file “{name}”.")),
            hint,
        );
    }

    fn picture_size(&mut self, path: &Path, key_path: &str) -> Option<(u32, u32)> {
        let files = self.pack.files;
        let size = if files.may_hold_containers() && is_container(path) {
            media::container_size(path)
        } else {
            media::picture_size(path, |inner| files.may_hold(inner))
        };
        match size {
            Ok(size) => return Some(size),
            Err(Unusable::TooLarge(width, height)) => self.problem(
                "picture-too-large",
                key_path,
                (
                    format!("Ảnh {width} × {height} điểm là quá lớn."),
                    format!("A picture of {width} × {height} pixels is too large."),
                ),
                ("Tối đa 65.000 điểm mỗi cạnh và 4 tỷ điểm.", "At most 65,000 pixels a side and 4 gigapixels."),
            ),
            Err(Unusable::Picture(why @ RowsError::TooLargeToHold { .. })) => {
                let why = why.said();
                self.problem(
                    "picture-too-large",
                    key_path,
                    (
                        format!("Ảnh cần quá nhiều bộ nhớ: {}.", why.vi),
                        format!("The picture needs too much memory: {}.", why.en),
                    ),
                    (
                        "Lưu lại thành TIFF, hoặc PNG không đan dòng, đã xoay đúng chiều.",
                        "Save it as TIFF, or as PNG that is not interlaced, turned the right way up.",
                    ),
                );
            }
            Err(Unusable::NoTile(tile)) => {
                self.missing_file(path.with_extension("svg").is_file(), &files.name_of(&tile), key_path);
            }
            Err(Unusable::TilesOutside) => {
                self.leaves_pack(&files.name_of(path), key_path);
            }
            Err(Unusable::Tiles(why)) => self.problem(
                "unreadable-picture",
                key_path,
                (format!("Không dùng được các mảnh ảnh này: {why}."), format!("These tiles cannot be used: {why}.")),
                (
                    "Làm lại thành Deep Zoom hoặc IIIF mức 0, mảnh vuông tối đa 512 điểm.",
                    "Make them again as Deep Zoom or IIIF level 0, in squares of at most 512 pixels.",
                ),
            ),
            Err(why) => self.unreadable_picture(&why, key_path),
        }
        None
    }

    fn unreadable_picture(&mut self, why: &Unusable, key_path: &str) {
        let why = if let Unusable::Picture(why) = why { why.said() } else { Said::default() };
        let [vi, en] = [why.vi, why.en].map(|why| if why.is_empty() { why } else { format!(" ({why})") });
        self.problem(
            "unreadable-picture",
            key_path,
            (
                format!("Tệp này không phải ảnh PNG, JPEG, WebP hay TIFF đọc được{vi}."),
                format!("This is no readable PNG, JPEG, WebP or TIFF picture{en}."),
            ),
            (
                "Mở bằng phần mềm ảnh rồi lưu lại thành PNG hoặc JPEG.",
                "Open it in a picture program and save it as PNG or JPEG.",
            ),
        );
    }

    fn sound_is_good(&mut self, path: &Path, key_path: &str) -> bool {
        let Err(why) = media::check_sound(path) else { return true };
        let message = match why {
            Unusable::Opus => ("Âm thanh Opus chưa phát được.", "Opus sound cannot be played yet."),
            Unusable::TooHeavy => ("Tệp âm thanh lớn hơn 64 MiB.", "The sound file is larger than 64 MiB."),
            Unusable::TooLong => ("Âm thanh dài hơn 30 phút.", "The sound is longer than 30 minutes."),
            _ => (
                "Tệp này không phải âm thanh Ogg Vorbis, FLAC, MP3 hay WAV.",
                "This is no Ogg Vorbis, FLAC, MP3 or WAV sound.",
            ),
        };
        self.problem(
            "unreadable-sound",
            key_path,
            (message.0.into(), message.1.into()),
            ("Xuất lại thành Ogg Vorbis (oggenc, Audacity).", "Export it again as Ogg Vorbis (oggenc, Audacity)."),
        );
        false
    }

    fn captions(&mut self, file: String) -> Option<Vec<Cue>> {
        let text = read_text(self.pack.files, &file, &mut self.findings)?;
        let (cues, faults) = captions::read(&text);
        for (line, fault) in &faults {
            let at = Some(LineColumn { line: *line, column: 1 });
            let place = Place { file: file.clone(), at, key_path: String::new(), ..Place::default() };
            let (code, message, hint) = said_of(*fault);
            self.tell(code, place, message, hint);
        }
        faults.is_empty().then_some(cues)
    }
}

/// Whether a text has the shape of an SPDX expression: ids with AND, OR or WITH between them.
fn is_licence(text: &str) -> bool {
    let mut wants_id = true;
    for word in text.split(' ') {
        let word = word.trim_matches(['(', ')']);
        let joins = matches!(word, "AND" | "OR" | "WITH");
        let is_id = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.+".contains(&b));
        let fits = if wants_id { is_id && !joins } else { joins };
        if !fits {
            return false;
        }
        wants_id = !wants_id;
    }
    !wants_id
}

fn said_of(fault: Fault) -> (&'static str, Said, Said) {
    let said = match fault {
        Fault::NotNfc => {
            let (said, hint) = (wording::NOT_NFC, wording::NOT_NFC_HINT);
            return ("not-nfc", Said::new(said.0, said.1), Said::new(hint.0, hint.1));
        }
        Fault::NoHeader => Said::new("Dòng đầu không phải WEBVTT.", "The first line is not WEBVTT."),
        Fault::BadTimes => Said::new("Không đọc được mốc thời gian.", "The times cannot be read."),
        Fault::EndsBeforeStart => Said::new("Phụ đề kết thúc trước khi bắt đầu.", "The cue ends before it starts."),
        Fault::Overlaps => Said::new("Phụ đề chồng lên phụ đề trước.", "The cue overlaps the one before."),
        Fault::NoText => Said::new("Phụ đề không có lời.", "The cue has no words."),
        Fault::TooManyLines => Said::new("Phụ đề dài hơn hai dòng.", "The cue has more than two lines."),
        Fault::NoCues => Said::new("Tệp không có phụ đề nào.", "The file holds no cue."),
    };
    let hint = Said::new(
        "Một phụ đề: 00:00:01.000 --> 00:00:03.500, một hoặc hai dòng sau là lời.",
        "A cue: 00:00:01.000 --> 00:00:03.500, its words on the next line or two.",
    );
    ("bad-captions", said, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_an_id_or_ids_joined() {
        for good in [
            "CC0-1.0",
            "LicenseRef-Test",
            "GPL-2.0+",
            "MIT OR (Apache-2.0 AND BSD-3-Clause)",
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ] {
            assert!(is_licence(good), "{good}");
        }
        for bad in ["", "Free to use", "CC0-1.0 OR", "OR", "CC0-1.0  ", "Miễn phí", "()", "MIT Apache-2.0"] {
            assert!(!is_licence(bad), "{bad}");
        }
    }
}
