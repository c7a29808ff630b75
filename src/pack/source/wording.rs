//! Sentences that several readers of a pack need.

use crate::base::ids::{self, MAX_ID_BYTES};
use crate::diagnostics::{Findings, Place, Said};
use ron::error::Error;

/// Problems told of one file; whoever has more of them mends it part by part.
pub const MAX_PROBLEMS: usize = 200;
const SHOWN_CHARS: usize = 60;
/// Known words that a wrong one is compared with.
const MAX_COMPARED: usize = 1_000;

pub const NOT_NFC: (&str, &str) = (
    "Chữ có dấu ở đây dùng dạng Unicode tổ hợp rời (không phải NFC).",
    "Accented letters here are in a decomposed Unicode form (not NFC).",
);
pub const NOT_NFC_HINT: (&str, &str) = (
    "Chuyển sang “Unicode dựng sẵn” trong bộ gõ hoặc trình soạn thảo.",
    "Convert the text to NFC (precomposed) in your editor or input method.",
);

pub fn too_many_problems(file: &str, findings: &mut Findings) {
    findings.error(
        "too-many-problems",
        Place::file(file),
        Said::new("Tệp này còn những vấn đề khác chưa liệt kê.", "This file has more problems than are listed."),
        Said::new("Sửa những chỗ đã nêu rồi kiểm tra lại.", "Mend those listed, then check again."),
    );
}

/// Text from a file as it may stand in a sentence: only its beginning when it is long.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The known word that a wrong one probably means.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A slip is short; comparing a page of text with thousands of words would take minutes.
    if wrong.len() > 2 * MAX_ID_BYTES {
        return None;
    }
    ids::nearest(wrong, known.into_iter().take(MAX_COMPARED))
}

pub fn did_you_mean(near: &str) -> Said {
    Said::new(format!("Có phải ý bạn là “{near}”?"), format!("Did you mean “{near}”?"))
}

/// A hint for a word that is none of those known where it stands.
pub fn known_words(wrong: &str, known: &[&str]) -> Said {
    if let Some(near) = nearest(wrong, known.iter().copied()) {
        return did_you_mean(near);
    }
    let list = known.join(", ");
    Said::new(format!("Các từ được dùng ở đây: {list}."), format!("Words known here: {list}."))
}

/// What to do about a value that RON cannot read as what is wanted there.
pub fn value_hint(code: &Error) -> Said {
    match code {
        Error::ExpectedString => Said::new(
            "Ở đây cần chữ trong dấu nháy thẳng: \"…\".",
            "Text in straight quotation marks is wanted here: \"…\".",
        ),
        Error::ExpectedMap => Said::new(
            "Ở đây cần ngoặc nhọn, ví dụ {\"vi\": \"…\", \"en\": \"…\"}.",
            "Curly brackets are wanted here, for example {\"vi\": \"…\", \"en\": \"…\"}.",
        ),
        Error::ExpectedArray => Said::new(
            "Ở đây cần danh sách trong ngoặc vuông, ví dụ [\"…\", \"…\"].",
            "A list in square brackets is wanted here, for example [\"…\", \"…\"].",
        ),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. } => {
            Said::new("Ở đây cần ngoặc tròn: ( … ).", "Round brackets are wanted here: ( … ).")
        }
        Error::ExpectedDifferentLength { .. } | Error::ExpectedStructLikeEnd => Said::new(
            "Trong ngoặc tròn thừa hoặc thiếu phần; số lẻ viết với dấu chấm: 0.25.",
            "There is a part too many or too few in the round brackets; decimals are written with a point: 0.25.",
        ),
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::IntegerOutOfBounds => Said::new(
            "Ở đây cần số nguyên, không có dấu nháy: 1838.",
            "A whole number without quotation marks is wanted here: 1838.",
        ),
        Error::ExpectedFloat | Error::FloatUnderscore | Error::UnderscoreAtBeginning => Said::new(
            "Ở đây cần một số, không có dấu nháy: 1.5.",
            "A number without quotation marks is wanted here: 1.5.",
        ),
        Error::ExpectedBoolean => Said::new("Ở đây viết true hoặc false.", "Write true or false here."),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => Said::new(
            "Ở đây cần một từ không có dấu nháy, ví dụ Sample hay Year(1838).",
            "A word without quotation marks is wanted here, for example Sample or Year(1838).",
        ),
        Error::InvalidEscape(_) => Said::new(
            "Trong chữ, dấu \\ có nghĩa riêng: đường dẫn viết với dấu /.",
            "A \\ has a meaning of its own in a text: write paths with /.",
        ),
        code => ron_says(code),
    }
}

/// What to do about a text whose brackets, commas or quotation marks are broken.
pub fn syntax_hint(code: &Error, next: Option<char>) -> Said {
    match (code, next) {
        (_, Some('#')) => Said::new("Ghi chú bắt đầu bằng //, không phải #.", "Comments begin with //, not with #."),
        (_, Some('\u{feff}')) => Said::new(
            "Lưu lại tệp với mã UTF-8 không có BOM.",
            "Save the file again as UTF-8 without a byte order mark.",
        ),
        (Error::ExpectedComma, _) => {
            Said::new("Thiếu dấu phẩy ngay trước chỗ này.", "A comma is missing just before this place.")
        }
        (Error::ExpectedMapColon, _) => {
            Said::new("Sau tên cần dấu hai chấm (:).", "A colon (:) is wanted after the name.")
        }
        (Error::ExpectedStringEnd, _) => Said::new("Thiếu dấu nháy đóng.", "The closing quotation mark is missing."),
        (Error::Eof, _) => Said::new("Văn bản dừng giữa chừng.", "The text stops half-way."),
        (Error::TrailingCharacters, _) => {
            Said::new("Sau dấu ngoặc cuối cùng không được có gì nữa.", "Nothing may follow the last bracket.")
        }
        (Error::UnclosedBlockComment, _) => {
            Said::new("Ghi chú /* chưa được đóng bằng */.", "A comment begun with /* is not ended with */.")
        }
        (code, _) => value_hint(code),
    }
}

fn ron_says(code: &Error) -> Said {
    Said::new(format!("Bộ đọc RON báo: {code}."), format!("The RON reader says: {code}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_it_stands_in_a_sentence() {
        assert_eq!(shown("đảo"), "đảo");
        assert_eq!(shown(&"đ".repeat(100)).chars().count(), SHOWN_CHARS + 1);
    }

    #[test]
    fn a_page_of_text_is_nobodys_slip() {
        assert_eq!(nearest("titel", ["title"]), Some("title"));
        assert_eq!(nearest(&"x".repeat(1_000_000), ["title"]), None);
    }
}
