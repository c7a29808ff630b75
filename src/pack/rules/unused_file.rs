//! Rule: what lies in the folder is used; what nobody names would travel for nothing, or was meant to be named.

use super::{Checked, Rule, Told, name_in};
use crate::diagnostics::{Place, Said, Severity};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub const RULE: Rule = Rule {
    code: "unused-file",
    severity: Severity::Warning,
    paragraph: (
        "Một tệp trong thư mục không được tư liệu nào nhắc đến: quên khai, hay còn sót. Ghi chú (.txt, .md), bản vẽ SVG và tệp ẩn \
         không tính; các mảnh ảnh làm sẵn thuộc về tệp mô tả của chúng.",
        "A file in the folder is named by no text: it was forgotten, or left over. Notes (.txt, .md), SVG drawings and hidden files \
         do not count; tiles made elsewhere belong to the file that describes them.",
    ),
    check,
};

/// Files and folders looked at; a folder with more of them is no pack.
const MAX_FILES: usize = 20_000;

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    if !checked.all_read {
        return;
    }
    let named: BTreeSet<&str> = checked.texts.all.iter().filter(|w| w.is_text).map(|w| w.text.as_str()).collect();
    let tiles: Vec<String> = named.iter().filter_map(|name| tiles_of(name)).collect();
    for path in files(checked.folder) {
        let name = name_in(checked.folder, &path);
        let is_text =
            name == "exhibit.ron" || name == "sources.ron" || (name.starts_with("items/") && name.ends_with(".ron"));
        let is_tile = tiles.iter().any(|folder| name.starts_with(folder.as_str()));
        if !is_text && !is_tile && !is_note(&name) && !named.contains(name.as_str()) {
            told.tell(
                Place::file(name),
                Said::new("Không tư liệu nào dùng tệp này.", "Nothing uses this file."),
                Said::new("Khai tệp ở tư liệu của nó, hoặc bỏ đi.", "Name it in its item, or remove it."),
            );
        }
    }
}

/// The folder of the tiles that a file describes.
fn tiles_of(name: &str) -> Option<String> {
    if let Some(stem) = name.strip_suffix(".dzi") {
        return Some(format!("{stem}_files/"));
    }
    name.strip_suffix("info.json").filter(|folder| folder.ends_with('/')).map(str::to_owned)
}

/// What people keep beside their work: notes, scripts of voices, drawings that pictures are made of, licences.
fn is_note(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let hidden = name.split('/').any(|part| part.starts_with('.'));
    let kinds = [".txt", ".md", ".svg"];
    hidden || kinds.iter().any(|kind| file.to_lowercase().ends_with(kind)) || file.starts_with("LICENSE")
}

/// All files of a folder and of those in it.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            if found.len() + waiting.len() > MAX_FILES {
                return found;
            }
            // A link to a folder is not followed: it may lead in circles.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => waiting.push(entry.path()),
                _ => found.push(entry.path()),
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_belong_to_what_describes_them() {
        assert_eq!(tiles_of("images/front.dzi").as_deref(), Some("images/front_files/"));
        assert_eq!(tiles_of("images/back/info.json").as_deref(), Some("images/back/"));
        assert_eq!(tiles_of("images/a.png"), None);
    }

    #[test]
    fn notes_and_drawings_may_lie_about() {
        assert!(is_note("plates/a.svg") && is_note("README.md") && is_note(".git/config") && is_note("a/LICENSE"));
        assert!(!is_note("images/a.png") && !is_note("items/old.ron.bak"));
    }
}
