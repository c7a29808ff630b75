//! Words with a fixed meaning in a list, in Vietnamese and English, and the words of a pack that they stand for.

use super::plain::words;

/// A kind of item. The first words of each are those that the template offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Map,
    Document,
    Artefact,
}

type Words<T> = (T, &'static [&'static str]);

pub const KINDS: [Words<ItemKind>; 3] = [
    (ItemKind::Map, &["bản đồ", "map", "hải đồ", "chart", "atlas"]),
    (
        ItemKind::Document,
        &["văn bản", "document", "tài liệu", "tư liệu", "sách", "châu bản", "book", "text", "manuscript"],
    ),
    (ItemKind::Artefact, &["hiện vật", "artefact", "artifact", "đồ vật", "object", "vật thể"]),
];

pub const NATURES: [Words<&str>; 3] = [
    ("Scan", &["bản quét", "scan", "bản scan", "quét", "scanned"]),
    ("Photograph", &["ảnh chụp", "photograph", "photo", "ảnh", "chụp"]),
    ("Drawing", &["bản vẽ", "drawing", "vẽ", "vẽ lại", "redrawn"]),
];

pub const STATUSES: [Words<&str>; 4] = [
    ("Verified", &["đã kiểm chứng", "verified", "đã đọc", "đã đối chiếu"]),
    ("Reported", &["theo nguồn", "reported", "được thuật lại"]),
    ("DisputedReading", &["còn tranh luận", "disputed", "disputed reading", "disputedreading"]),
    ("NeedsChecking", &["cần kiểm tra", "needs checking", "needschecking", "chưa kiểm tra", "unchecked"]),
];

pub const VOICES: [Words<&str>; 2] = [
    ("Recorded", &["người đọc", "recorded", "ghi âm", "giọng người"]),
    ("Synthetic", &["giọng máy", "synthetic", "máy đọc", "tổng hợp"]),
];

/// The meaning of a word; none when it is not known.
pub fn meaning<T: Copy>(text: &str, known: &[Words<T>]) -> Option<T> {
    let text = words(text);
    known.iter().find(|(_, names)| names.iter().any(|name| words(name) == text)).map(|(meaning, _)| *meaning)
}

/// The words to offer: one in Vietnamese and one in English of each meaning.
pub fn offered<T>(known: &[Words<T>]) -> Vec<&'static str> {
    known.iter().flat_map(|(_, names)| names.iter().take(2).copied()).collect()
}

impl ItemKind {
    /// What ids of such items begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Document => "doc",
            Self::Artefact => "art",
        }
    }
}

/// SPDX ids of licences as people name them; what looks like an SPDX id or an expression of them stays.
pub fn licence(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = words(text);
    let known: &[(&str, &[&str])] = &[
        ("CC0-1.0", &["cc0", "cc zero", "cc0 1 0"]),
        ("CC-BY-4.0", &["cc by 4 0"]),
        ("CC-BY-SA-4.0", &["cc by sa 4 0"]),
        ("CC-BY-NC-4.0", &["cc by nc 4 0"]),
        ("CC-BY-ND-4.0", &["cc by nd 4 0"]),
        ("CC-BY-NC-SA-4.0", &["cc by nc sa 4 0"]),
        ("CC-BY-NC-ND-4.0", &["cc by nc nd 4 0"]),
        ("LicenseRef-PublicDomain", &["public domain", "pham vi cong cong", "het thoi han bao ho", "pdm", "mien cong"]),
        ("LicenseRef-Permission", &["duoc phep", "da xin phep", "with permission", "by permission"]),
    ];
    if let Some((id, _)) = known.iter().find(|(_, names)| names.contains(&plain.as_str())) {
        return Some((*id).to_owned());
    }
    let is_id = |c: char| c.is_ascii_alphanumeric() || "-.+ ()".contains(c);
    let joined = text.split(' ').skip(1).step_by(2).all(|word| matches!(word, "AND" | "OR" | "WITH"));
    (!text.is_empty() && text.chars().all(is_id) && joined && text.contains(['-', '.'])).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_with_and_without_marks() {
        for text in ["Bản đồ", "ban do", "MAP", " bản-đồ "] {
            assert_eq!(meaning(text, &KINDS), Some(ItemKind::Map), "{text}");
        }
        assert_eq!(meaning("mapp", &KINDS), None);
        assert_eq!(meaning("Cần kiểm tra", &STATUSES), Some("NeedsChecking"));
    }

    #[test]
    fn licences_become_spdx_ids_or_nothing() {
        assert_eq!(licence("CC BY 4.0").as_deref(), Some("CC-BY-4.0"));
        assert_eq!(licence("Phạm vi công cộng").as_deref(), Some("LicenseRef-PublicDomain"));
        assert_eq!(licence("CC0-1.0 OR CC-BY-4.0").as_deref(), Some("CC0-1.0 OR CC-BY-4.0"));
        for text in ["", "free for all", "© Thư viện", "hỏi sau"] {
            assert_eq!(licence(text), None, "{text}");
        }
    }
}
