//! Rule: one picture lies in the pack once.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

pub const RULE: Rule = Rule {
    code: "same-picture-twice",
    severity: Severity::Warning,
    paragraph: (
        "Hai tệp ảnh khác tên có cùng nội dung từng byte. Thường là chép nhầm: mặt sau thành mặt trước, trang 2 thành trang 1. \
         Nếu đúng là một ảnh, dùng chung một tệp.",
        "Two picture files of different names hold the same bytes. Most often one was copied by mistake: the back instead of \
         the front, page 1 as page 2. If it is one picture, name one file twice.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let mut by_length: BTreeMap<u64, BTreeMap<&str, usize>> = BTreeMap::new();
    for (index, written) in checked.texts.all.iter().enumerate() {
        let is_picture = written.is_text && written.last_key() == "file" && !written.path().contains("georeference");
        let length = checked.folder.join(&written.text).metadata().ok().filter(|meta| meta.is_file() && meta.len() > 0);
        // Descriptions of tiles are alike; their tiles are not.
        let is_tiles = written.text.ends_with(".dzi") || written.text.ends_with("info.json");
        if let Some(meta) = length.filter(|_| is_picture && !is_tiles) {
            by_length.entry(meta.len()).or_default().entry(&written.text).or_insert(index);
        }
    }
    // Only files of one length are read.
    for alike in by_length.values().filter(|alike| alike.len() > 1) {
        let mut first: BTreeMap<[u8; 32], &str> = BTreeMap::new();
        for (name, index) in alike {
            let Ok(hash) = hash(&checked.folder.join(name)) else { continue };
            match first.get(&hash) {
                Some(other) => told.tell(
                    checked.texts.all[*index].place.clone(),
                    Said::new(format!("“{name}” giống hệt “{other}”."), format!("“{name}” is the same as “{other}”.")),
                    Said::new(
                        "Thay đúng ảnh hoặc dùng chung một tệp.",
                        "Put the right picture in place, or name one file twice.",
                    ),
                ),
                None => {
                    first.insert(hash, name);
                }
            }
        }
    }
}

fn hash(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().into())
}
