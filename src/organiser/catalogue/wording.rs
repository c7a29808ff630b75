//! The catalogue's own words in the language of a column: Vietnamese, or English for any other. What the kiosk says too
//! is read from the kiosk's texts, so that paper and screen say the same.

use crate::pack::model::Language;
use serde_json::{Map, Value};

const VIETNAMESE: &str = include_str!("../../../assets/language/vi.ftl");
const ENGLISH: &str = include_str!("../../../assets/language/en.ftl");

/// What the kiosk says in the same place.
const SHARED: [&str; 22] = [
    "approval-sample",
    "approval-submitted",
    "column-original",
    "column-phonetic",
    "column-translation",
    "creator",
    "date",
    "drawing",
    "general-note",
    "holder",
    "kind-artefact",
    "kind-document",
    "kind-map",
    "original-title",
    "place",
    "simulated-page",
    "sources-of-item",
    "status-disputed",
    "status-reported",
    "status-unchecked",
    "status-verified",
    "step-read",
];

/// Name, Vietnamese, English.
const OWN: [(&str, &str, &str); 23] = [
    ("approved", "Đã duyệt", "Approved"),
    ("appraised-by", "Người thẩm định", "Appraised by"),
    ("catalogue", "Tập tư liệu trưng bày", "Exhibition catalogue"),
    ("contents", "Mục lục", "Contents"),
    ("decision", "Quyết định", "Decision"),
    ("decision-date", "Ngày", "Date"),
    ("hall", "Gian", "Hall"),
    ("number", "Số", "No."),
    ("points", "Điểm đáng xem", "Points of interest"),
    ("prepared-by", "Người soạn", "Prepared by"),
    ("reading", "Cách đọc", "How to read this"),
    ("reading-number", "Số của tư liệu.", "The number of an item."),
    (
        "reading-source",
        "Số của nguồn trong danh sách ở cuối tập. Mỗi điều được nói đều dẫn nguồn.",
        "The number of a source in the list at the end. Every statement names its sources.",
    ),
    (
        "reading-point",
        "Một chỗ trên hình; lời ở dưới hình có cùng số.",
        "A place in the picture; the words below bear its number.",
    ),
    (
        "reading-line",
        "Một dòng của văn bản; bảng dưới hình có cùng số.",
        "A line of the document; the table below bears its number.",
    ),
    (
        "reading-verified",
        "Từ hai nguồn trở lên thống nhất, hoặc đã đọc chính văn bản.",
        "Two or more sources agree, or the text itself was read.",
    ),
    ("reading-reported", "Một nguồn tốt thuật lại.", "One good source reports it."),
    ("reading-disputed", "Các nguồn đọc hoặc ghi niên đại khác nhau.", "Sources read or date it differently."),
    ("reading-unchecked", "Chưa ai kiểm tra.", "Nobody has checked it yet."),
    ("related", "Xem thêm", "See also"),
    ("sources", "Nguồn", "Sources"),
    ("used-in", "Dùng ở số", "Used in no."),
    ("version", "Phiên bản", "Version"),
];

pub fn is_vietnamese(language: &Language) -> bool {
    language.0 == "vi" || language.0.starts_with("vi-")
}

/// A line of the kiosk's texts.
fn said(text: &'static str, key: &str) -> &'static str {
    let value = |line: &'static str| line.strip_prefix(key)?.strip_prefix(" = ");
    text.lines().find_map(value).unwrap_or_default()
}

/// Every word, by its name, in the order of the languages.
pub fn words(languages: &[Language]) -> Value {
    let mut words = Map::new();
    for key in SHARED {
        let word = |language| said(if is_vietnamese(language) { VIETNAMESE } else { ENGLISH }, key);
        words.insert(key.to_owned(), languages.iter().map(word).collect());
    }
    for (key, vietnamese, english) in OWN {
        let word = |language| if is_vietnamese(language) { vietnamese } else { english };
        words.insert(key.to_owned(), languages.iter().map(word).collect());
    }
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        let words = words(&["vi", "en"].map(|tag| Language(tag.to_owned())));
        for (key, sides) in words.as_object().expect("words") {
            let sides = sides.as_array().expect("two sides");
            assert!(sides.iter().all(|side| side.as_str().is_some_and(|word| !word.is_empty())), "{key}: {sides:?}");
        }
        assert_eq!(words["drawing"][0], "hình mô phỏng");
        assert_eq!(words["place"][1], "Made in");
    }
}
