//! Why something in a manifest is not imported, in both languages. Words of IIIF itself stay as they are.

use crate::diagnostics::Said;
use crate::organiser::making::shown;

const REASONS: [(&str, &str); 24] = [
    ("an annotation of no canvas here", "chú giải của một trang không có ở đây"),
    ("an annotation page elsewhere", "trang chú giải nằm ở nơi khác"),
    ("annotations that are not beside the manifest", "chú giải không nằm cạnh manifest"),
    ("a second Georeference Annotation", "bộ điểm khống chế thứ hai"),
    ("an annotation without words", "chú giải không có lời"),
    ("more annotations than a page has room for", "quá nhiều chú giải cho một trang"),
    ("a second target", "đích thứ hai của chú giải"),
    ("a text without a language", "lời không ghi ngôn ngữ"),
    ("a text in no language of the pack", "lời bằng ngôn ngữ mà gói không có"),
    ("metadata that a pack has no place for", "thông tin mà gói không có chỗ ghi"),
    ("a licence that is not known", "giấy phép không biết"),
    ("further canvases; a map has one picture", "các trang sau: một bản đồ chỉ có một ảnh"),
    ("a second picture", "ảnh thứ hai của một trang"),
    ("a canvas without a picture", "trang không có ảnh"),
    ("a manifest without canvases", "manifest không có trang nào"),
    ("a region outside its canvas", "vùng nằm ngoài trang"),
    ("an annotation of another purpose", "chú giải có mục đích khác"),
    ("a Georeference Annotation of something that is no map", "điểm khống chế của thứ không phải bản đồ"),
    ("a second sequence", "thứ tự trang thứ hai"),
    ("another choice", "một lựa chọn ảnh khác"),
    ("a picture on a part of a canvas", "ảnh chỉ phủ một phần của trang"),
    ("a part or a turn of a picture; only whole ones are taken", "một phần ảnh hoặc ảnh xoay: chỉ nhập ảnh nguyên vẹn"),
    ("a part of a canvas in a range", "một phần trang trong mục lục"),
    ("the name of a range; its order is kept", "tên mục trong mục lục; thứ tự trang vẫn giữ"),
];

/// The reason in both languages; what is no reason is a word of IIIF.
pub fn said(reason: &str) -> Said {
    match REASONS.iter().find(|(english, _)| *english == reason) {
        Some((english, vietnamese)) => Said::new(*vietnamese, *english),
        None => {
            let word = shown(reason);
            Said::new(format!("phần “{word}”"), format!("“{word}”"))
        }
    }
}

/// What to do about it. A pack made of a manifest has no list that could be mended.
pub fn hint(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "a manifest without canvases" | "a canvas without a picture" => (
            "Xin nơi giữ tài liệu một manifest có ảnh, hoặc dùng “haidang-pack new” với ảnh và bảng kê.",
            "Ask the holder for a manifest with pictures, or use “haidang-pack new” with scans and a list.",
        ),
        "another choice" | "a second picture" | "a picture on a part of a canvas" => (
            "Nếu cần ảnh này, làm thêm một dòng trong bảng kê của “haidang-pack new”.",
            "Where this picture is needed, make a row of it in a list for “haidang-pack new”.",
        ),
        "a text without a language" | "a text in no language of the pack" => (
            "Ghi đúng ngôn ngữ trong manifest, hoặc thêm ngôn ngữ ấy bằng --languages.",
            "Tell the language in the manifest, or add it with --languages.",
        ),
        "a licence that is not known" => (
            "Hỏi nơi giữ ảnh về giấy phép; ghi trong manifest một địa chỉ creativecommons.org hoặc rightsstatements.org.",
            "Ask the holder about the licence; the manifest tells it as an address of creativecommons.org or rightsstatements.org.",
        ),
        "a part or a turn of a picture; only whole ones are taken" => (
            "Cắt hoặc xoay ảnh bằng phần mềm ảnh, đặt cạnh manifest và ghi tên tệp ấy trong manifest.",
            "Cut or turn the picture in a picture program, put it beside the manifest and name that file there.",
        ),
        "annotations that are not beside the manifest" | "an annotation page elsewhere" => (
            "Tải tệp chú giải về, đặt cạnh manifest rồi nhập lại.",
            "Fetch that file, put it beside the manifest and import again.",
        ),
        _ => (
            "Phần còn lại đã nhập; không cần làm gì nếu triển lãm không dùng đến phần này.",
            "All else is imported; nothing is to be done where the exhibit does not need this.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_in_either_language_alone() {
        for (english, vietnamese) in REASONS {
            let said = said(english);
            assert_eq!((said.vi.as_str(), said.en.as_str()), (vietnamese, english));
            assert!(!hint(english).0.is_empty());
        }
        assert_eq!(said("duration").vi, "phần “duration”");
    }
}
