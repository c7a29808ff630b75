//! Rule: pictures and sounds were copied to their end.

use super::{Checked, Rule, Told, name_in, unused_file};
use crate::diagnostics::{Said, Severity};
use crate::pack::cut_off::{picture_is_whole, sound_is_whole};
use crate::pack::tiles::source::{TileSource, is_container, is_foreign};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub const RULE: Rule = Rule {
    code: "cut-off",
    severity: Severity::Error,
    paragraph: (
        "Ảnh hoặc âm thanh có phần đầu tốt nhưng thiếu phần cuối: chép dở, rút USB sớm, thẻ nhớ hỏng. Chép lại từ bản gốc; nếu bản \
         gốc cũng thiếu thì quét hoặc xuất lại. FLAC và MP3 không cho biết điều này.",
        "A picture or sound has a good head and no end: it was copied halfway, the stick pulled too early, the card damaged. Copy \
         it again from the original; if that lacks its end too, scan or export it again. FLAC and MP3 do not tell.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let mut seen = BTreeSet::new();
    for written in checked.texts.all.iter().filter(|w| w.is_text) {
        let path = checked.folder.join(&written.text);
        let (pictures, sounds) = (&checked.used.pictures, &checked.used.files);
        let cut = match written.last_key() {
            "file" if pictures.contains(&written.text) => cut_picture(&path),
            "audio" if sounds.contains(&written.text) => Some(path).filter(|path| is_cut(sound_is_whole(path))),
            _ => continue,
        };
        // What cannot be used at all was told by reading.
        if let Some(cut) = cut.filter(|_| seen.insert(&written.text) && !told.is_told(&written.place)) {
            let name = name_in(checked.folder, &cut);
            told.tell(
                written.place.clone(),
                Said::new(
                    format!("“{name}” bị cụt: tệp chưa được chép trọn."),
                    format!("“{name}” lacks its end: it was not copied whole."),
                ),
                Said::new(
                    "Chép lại từ bản gốc; nếu bản gốc cũng vậy, quét hoặc xuất lại.",
                    "Copy it again from the original; if that is the same, scan or export it again.",
                ),
            );
        }
    }
}

/// The file that lacks its end: the picture, or one of the tiles that it comes in.
fn cut_picture(path: &Path) -> Option<PathBuf> {
    if is_container(path) {
        return None;
    }
    if !is_foreign(path) {
        return Some(path.to_owned()).filter(|path| is_cut(picture_is_whole(path)));
    }
    let source = TileSource::open(path).ok()?;
    unused_file::files(source.files()?).into_iter().find(|tile| is_cut(picture_is_whole(tile)))
}

/// A file that cannot be read or is of no known form is told of elsewhere.
fn is_cut(is_whole: std::io::Result<bool>) -> bool {
    matches!(is_whole, Ok(false))
}
