//! Rule: media are no heavier than they need be, for a pack travels on a stick.

use super::{Checked, Rule, Told, name_in};
use crate::diagnostics::{Said, Severity};
use std::collections::BTreeSet;
use std::path::Path;

const MAX_PICTURE_BYTES: u64 = 1 << 30;
const MAX_SOUND_BYTES: u64 = 16 << 20;

pub const RULE: Rule = Rule {
    code: "media-too-heavy",
    severity: Severity::Warning,
    paragraph: (
        "Ảnh nặng hơn 1 GiB hoặc âm thanh nặng hơn 16 MiB. Gói vẫn dùng được nhưng chép và cài lâu. Ảnh: nén TIFF bằng LZW hay \
         JPEG; âm thanh: xuất Ogg Vorbis chất lượng 5.",
        "A picture is heavier than 1 GiB or a sound heavier than 16 MiB. The pack works, but takes long to copy and install. \
         Compress pictures (TIFF with LZW or JPEG); export sounds as Ogg Vorbis of quality 5.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let named = checked.texts.all.iter().filter(|w| w.is_text);
    let mut seen = BTreeSet::new();
    for written in named {
        let most = match written.last_key() {
            "file" => MAX_PICTURE_BYTES,
            "audio" => MAX_SOUND_BYTES,
            _ => continue,
        };
        if !seen.insert(written.text.as_str()) {
            continue;
        }
        if let Some(bytes) = heavier_than(&checked.folder.join(&written.text), most) {
            let name = name_in(checked.folder, Path::new(&written.text));
            let (has, may) = (bytes >> 20, most >> 20);
            told.tell(
                written.place.clone(),
                Said::new(format!("“{name}” nặng {has} MiB."), format!("“{name}” has {has} MiB.")),
                Said::new(
                    format!("Nên dưới {may} MiB: nén ảnh bằng TIFF LZW/JPEG, âm thanh bằng Ogg Vorbis."),
                    format!("Keep it under {may} MiB: TIFF with LZW or JPEG for pictures, Ogg Vorbis for sounds."),
                ),
            );
        }
    }
}

fn heavier_than(path: &Path, most: u64) -> Option<u64> {
    path.metadata().ok().map(|meta| meta.len()).filter(|bytes| *bytes > most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_is_that_of_the_file() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        std::fs::write(&path, [0; 100]).expect("written");
        assert_eq!((heavier_than(&path, 99), heavier_than(&path, 100)), (Some(100), None));
        assert_eq!(heavier_than(&dir.path().join("b"), 0), None);
    }
}
