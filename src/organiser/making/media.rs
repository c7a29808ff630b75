//! The folder of scans and sounds: what lies there, and which files a name or an id means. Links are not followed.

use super::plain::slug;
use crate::base::ids;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const MAX_FILES: usize = 20_000;
const MAX_DEPTH: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    Picture,
    Sound,
    Captions,
    Other,
}

#[derive(Clone, Debug)]
pub struct MediaFile {
    pub path: PathBuf,
    /// From the folder, with `/`.
    pub name: String,
    /// The name without its ending and marks.
    pub plain: String,
    pub kind: MediaKind,
}

#[derive(Debug, Default)]
pub struct Shelf {
    pub files: Vec<MediaFile>,
    used: BTreeSet<usize>,
    /// Not every file was looked at.
    pub is_cut: bool,
}

impl MediaKind {
    fn of(path: &Path) -> Self {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "png" | "jpg" | "jpeg" | "webp" | "tif" | "tiff" => Self::Picture,
            "ogg" | "oga" | "mp3" | "flac" | "wav" => Self::Sound,
            "vtt" => Self::Captions,
            _ => Self::Other,
        }
    }
}

/// Pictures and sounds of forms that are not read, by their endings; what else lies in the folder is none of our business.
#[rustfmt::skip]
const NOT_READ: [&str; 24] = [
    "pdf", "heic", "heif", "jp2", "j2k", "jpx", "gif", "bmp", "avif", "djvu", "psd", "dng", "nef", "cr2", "arw", "svg",
    "m4a", "aac", "wma", "opus", "amr", "mp4", "mov", "avi",
];

impl MediaFile {
    /// What it is, when it is a picture or sound that is not read.
    pub fn form_not_read(&self) -> Option<String> {
        let ending = self.ending();
        NOT_READ.contains(&ending.as_str()).then(|| ending.to_uppercase())
    }

    /// What to do with it.
    pub fn saved_as(&self) -> (&'static str, &'static str) {
        match self.ending().as_str() {
            "m4a" | "aac" | "wma" | "opus" | "amr" => (
                "Lưu lại thành Ogg Vorbis, MP3 hoặc WAV (bằng Audacity chẳng hạn).",
                "Save it as Ogg Vorbis, MP3 or WAV, for example with Audacity.",
            ),
            "mp4" | "mov" | "avi" => ("Phim không trưng bày được.", "Films cannot be shown."),
            _ => ("Lưu lại từng trang thành JPEG hoặc TIFF.", "Save it as JPEG or TIFF, page by page."),
        }
    }

    /// Its ending in lower case, without the dot.
    pub fn ending(&self) -> String {
        self.path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }
}

impl Shelf {
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut shelf = Self::default();
        let mut waiting = vec![(folder.to_owned(), 0)];
        while let Some((inner, depth)) = waiting.pop() {
            for entry in fs::read_dir(&inner)? {
                let entry = entry?;
                let (path, kind) = (entry.path(), entry.file_type()?);
                if entry.file_name().to_string_lossy().starts_with(['.', '~']) {
                    continue;
                }
                // A pack that was made here before holds copies of what lies beside it.
                if kind.is_dir() && path.join("exhibit.ron").exists() {
                    continue;
                }
                if kind.is_dir() && depth < MAX_DEPTH {
                    waiting.push((path, depth + 1));
                } else if kind.is_dir() || shelf.files.len() >= MAX_FILES {
                    shelf.is_cut = true;
                } else if kind.is_file() {
                    shelf.add(folder, path);
                }
            }
        }
        shelf.files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(shelf)
    }

    fn add(&mut self, folder: &Path, path: PathBuf) {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let plain = slug(&path.file_stem().unwrap_or_default().to_string_lossy());
        let kind = MediaKind::of(&path);
        self.files.push(MediaFile { path, name, plain, kind });
    }

    /// A file of that very name that is of no use here, such as a PDF.
    pub fn of_another_kind(&self, name: &str, kind: MediaKind) -> Option<&MediaFile> {
        let base = name.trim().replace('\\', "/");
        let base = slug(base.rsplit('/').next().unwrap_or_default());
        let file_name = |file: &MediaFile| slug(file.name.rsplit('/').next().unwrap_or_default());
        self.files.iter().find(|file| file.kind != kind && (file_name(file) == base || file.plain == base))
    }

    /// The name that a misspelt one probably means, of files of a kind.
    pub fn nearest(&self, name: &str, kind: MediaKind) -> Option<&str> {
        // A slip is short; a page of text is nobody's slip.
        let wanted = Some(slug(name)).filter(|plain| (1..=200).contains(&plain.len()))?;
        let plains: Vec<(String, &str)> = self
            .files
            .iter()
            .filter(|file| file.kind == kind)
            .map(|file| (slug(file.name.rsplit('/').next().unwrap_or_default()), file.name.as_str()))
            .collect();
        let near = ids::nearest(&wanted, plains.iter().map(|(plain, _)| plain.as_str()))?;
        plains.iter().find(|(plain, _)| plain == near).map(|(_, name)| *name)
    }

    /// Files that a name in a list means, exactly or without marks and ending; several when that is not clear.
    pub fn named(&self, name: &str, kind: MediaKind) -> Vec<usize> {
        let name = name.trim().replace('\\', "/");
        let of_kind = |index: &usize| self.files[*index].kind == kind;
        let all = || (0..self.files.len()).filter(of_kind);
        let base = name.rsplit('/').next().unwrap_or_default();
        let file_name = |index: &usize| self.files[*index].name.rsplit('/').next().unwrap_or_default().to_owned();
        let exact: Vec<usize> = all().filter(|index| self.files[*index].name == name).collect();
        if !exact.is_empty() {
            return exact;
        }
        let same: Vec<usize> = all().filter(|index| file_name(index).eq_ignore_ascii_case(base)).collect();
        if !same.is_empty() {
            return same;
        }
        let (stem, ending) = base.rsplit_once('.').unwrap_or((base, ""));
        let plain = slug(if MediaKind::of(Path::new(base)) == MediaKind::Other { base } else { stem });
        let alike = |index: &usize| {
            let file = &self.files[*index];
            file.plain == plain && !plain.is_empty() && (ending.is_empty() || file.ending() == ending.to_lowercase())
        };
        let same: Vec<usize> = all().filter(alike).collect();
        if same.is_empty() { all().filter(|index| self.files[*index].plain == plain).collect() } else { same }
    }

    /// Pictures whose name is one of these without marks, or that with a page number: `name-1`, `name-2`.
    /// A numbered name that is another item's own (`others`) is no page.
    pub fn pages_of(&self, plains: &[String], others: &BTreeSet<String>) -> Vec<usize> {
        let mut found: Vec<(u32, usize)> = Vec::new();
        for plain in plains.iter().filter(|plain| !plain.is_empty()) {
            for (index, file) in self.files.iter().enumerate().filter(|(_, file)| file.kind == MediaKind::Picture) {
                let rest = file.plain.strip_prefix(plain.as_str());
                let number = rest.and_then(|rest| match rest {
                    "" => Some(0),
                    _ if others.contains(&file.plain) => None,
                    _ => page_number(rest),
                });
                found.extend(number.map(|number| (number, index)));
            }
            // The first name that leads anywhere counts; the others would only mix pages.
            if !found.is_empty() {
                break;
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, index)| index).collect()
    }

    pub fn mark_used(&mut self, index: usize) {
        self.used.insert(index);
    }

    /// A file that was told of needs no second word as one that nobody uses.
    pub fn mark_told(&mut self, name: &str) {
        let told: Vec<usize> = (0..self.files.len()).filter(|index| self.files[*index].name == name).collect();
        self.used.extend(told);
    }

    pub fn is_used(&self, index: usize) -> bool {
        self.used.contains(&index)
    }

    pub fn unused(&self) -> impl Iterator<Item = &MediaFile> {
        self.files.iter().enumerate().filter(|(index, _)| !self.used.contains(index)).map(|(_, file)| file)
    }
}

/// `-12`, `-p12`, `-trang-12`, `-page-12`.
fn page_number(rest: &str) -> Option<u32> {
    let rest = rest.strip_prefix('-')?;
    let words = ["trang-", "page-", "tr-", "p-", "trang", "page", "tr", "p"];
    let digits = words.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(names: &[&str]) -> Shelf {
        let mut shelf = Shelf::default();
        for name in names {
            shelf.add(Path::new("/m"), Path::new("/m").join(name));
        }
        shelf
    }

    #[test]
    fn pages_come_in_the_order_of_their_numbers() {
        let shelf = shelf(&["Châu bản-10.jpg", "Châu bản-2.jpg", "chau-ban_1.png", "chau-ban-phu.jpg", "chau-ban.vtt"]);
        assert_eq!(shelf.pages_of(&["".to_owned(), "chau-ban".to_owned()], &BTreeSet::new()), [2, 1, 0]);
        let others = ["chau-ban-2".to_owned()].into();
        assert_eq!(shelf.pages_of(&["chau-ban".to_owned()], &others), [2, 0]);
    }

    #[test]
    fn a_name_is_found_exactly_or_without_marks() {
        let shelf = shelf(&["a/Bản đồ.jpg", "b/Bản đồ.jpg", "B.PNG", "Bản Đồ 2.tif"]);
        assert_eq!(shelf.named("a/Bản đồ.jpg", MediaKind::Picture), [0]);
        assert_eq!(shelf.named("b.png", MediaKind::Picture), [2]);
        assert_eq!(shelf.named("ban do 2", MediaKind::Picture), [3]);
        assert_eq!(shelf.named("Bản đồ.jpg", MediaKind::Picture), [0, 1]);
        assert!(shelf.named("c.png", MediaKind::Picture).is_empty());
        assert_eq!(shelf.nearest("Bản đồ 3.tif", MediaKind::Picture), Some("Bản Đồ 2.tif"));
        assert_eq!(shelf.nearest("Gia phả họ Nguyễn.jpg", MediaKind::Picture), None);
    }
}
