//! Words with a fixed meaning in a list, in Vietnamese and English, and the words of a pack that they stand for.

use super::plain::words;
use crate::base::ids;

/// A kind of item. The first words of each are those that the template offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Map,
    Document,
    Artefact,
}

type Words<T> = (T, &'static [&'static str]);

#[rustfmt::skip]
pub const KINDS: [Words<ItemKind>; 3] = [
    (ItemKind::Map, &["Bản đồ", "map", "hải đồ", "chart", "atlas", "sơ đồ", "địa đồ", "họa đồ", "bình đồ"]),
    (
        ItemKind::Document,
        &[
            "Văn bản", "document", "tài liệu", "tư liệu", "sách", "châu bản", "book", "text", "manuscript", "sắc phong",
            "chiếu", "dụ", "chỉ", "tấu", "văn khế", "khế ước", "địa bạ", "đinh bạ", "gia phả", "hương ước", "thư",
            "thư tịch", "báo", "công văn", "công hàm", "nghị định", "quyết định", "bằng cấp", "thư từ", "hồ sơ",
            "bản thảo", "mộc bản", "edict", "deed", "letter", "newspaper", "decree",
        ],
    ),
    (
        ItemKind::Artefact,
        &[
            "Hiện vật", "artefact", "artifact", "đồ vật", "object", "vật thể", "bia", "bia đá", "ấn", "ấn triện", "con dấu",
            "mô hình", "tượng", "chuông", "gốm", "đồ gốm", "tiền", "tiền cổ", "stele", "seal", "model",
        ],
    ),
];

pub const NATURES: [Words<&str>; 3] = [
    ("Scan", &["Bản quét", "scan", "bản scan", "quét", "scanned"]),
    ("Photograph", &["Ảnh chụp", "photograph", "photo", "ảnh", "chụp"]),
    ("Drawing", &["Bản vẽ", "drawing", "vẽ", "vẽ lại", "redrawn"]),
];

pub const STATUSES: [Words<&str>; 4] = [
    ("Verified", &["Đã kiểm chứng", "verified", "đã đọc", "đã đối chiếu"]),
    ("Reported", &["Theo nguồn", "reported", "được thuật lại"]),
    ("DisputedReading", &["Còn tranh luận", "disputed", "disputed reading", "disputedreading"]),
    ("NeedsChecking", &["Cần kiểm tra", "needs checking", "needschecking", "chưa kiểm tra", "unchecked"]),
];

pub const VOICES: [Words<&str>; 2] = [
    ("Recorded", &["Người đọc", "recorded", "ghi âm", "giọng người"]),
    ("Synthetic", &["Giọng máy", "synthetic", "máy đọc", "tổng hợp"]),
];

pub const APPROVALS: [Words<&str>; 3] = [
    ("Sample", &["Bản nháp", "sample", "nháp", "draft", "mẫu", "chưa trình"]),
    ("Submitted", &["Đã trình", "submitted", "chờ duyệt", "đang trình"]),
    ("Approved", &["Đã duyệt", "approved", "được duyệt", "đã phê duyệt"]),
];

pub const YES: [Words<bool>; 2] =
    [(true, &["Có", "yes", "x", "true", "còn tranh luận", "1"]), (false, &["Không", "no", "false", "0"])];

/// The meaning of a word; none when it is not known.
pub fn meaning<T: Copy>(text: &str, known: &[Words<T>]) -> Option<T> {
    let text = words(text);
    known.iter().find(|(_, names)| names.iter().any(|name| words(name) == text)).map(|(meaning, _)| *meaning)
}

/// The known word that a wrong one probably means. Of very short words every other is a slip.
pub fn nearest<T>(text: &str, known: &[Words<T>]) -> Option<&'static str> {
    let plain = Some(words(text)).filter(|plain| plain.len() < 200)?;
    let names = known.iter().flat_map(|(_, names)| names.iter().copied()).filter(|name| name.chars().count() > 3);
    let names: Vec<(String, &'static str)> = names.map(|name| (words(name), name)).collect();
    let near = ids::nearest(&plain, names.iter().map(|(plain, _)| plain.as_str()))?;
    names.iter().find(|(plain, _)| plain == near).map(|(_, name)| *name)
}

/// The word to offer for each meaning, in Vietnamese.
pub fn offered<T>(known: &[Words<T>]) -> Vec<&'static str> {
    known.iter().filter_map(|(_, names)| names.first().copied()).collect()
}

/// The same in English.
pub fn offered_in_english<T>(known: &[Words<T>]) -> Vec<&'static str> {
    known.iter().filter_map(|(_, names)| names.get(1).copied()).collect()
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
    // What an office has of its own: “Tư liệu của xã”, “Tư liệu của Bảo tàng Quảng Ngãi”.
    let own = ["tu lieu cua ", "anh cua ", "anh tu lieu cua ", "thuoc so huu ", "so huu cua ", "tai lieu cua "];
    if own.iter().any(|words| plain.starts_with(words)) || ["own material", "our own"].contains(&plain.as_str()) {
        return Some("LicenseRef-Own".to_owned());
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
        assert_eq!(meaning("Sắc phong", &KINDS), Some(ItemKind::Document));
        assert_eq!(meaning("mapp", &KINDS), None);
        assert_eq!(nearest("bản đôn", &KINDS), Some("Bản đồ"));
        assert_eq!(nearest("xe", &KINDS), None);
        assert_eq!(meaning("Cần kiểm tra", &STATUSES), Some("NeedsChecking"));
    }

    #[test]
    fn licences_become_spdx_ids_or_nothing() {
        assert_eq!(licence("CC BY 4.0").as_deref(), Some("CC-BY-4.0"));
        assert_eq!(licence("Phạm vi công cộng").as_deref(), Some("LicenseRef-PublicDomain"));
        assert_eq!(licence("CC0-1.0 OR CC-BY-4.0").as_deref(), Some("CC0-1.0 OR CC-BY-4.0"));
        assert_eq!(licence("Tư liệu của xã").as_deref(), Some("LicenseRef-Own"));
        for text in ["", "free for all", "© Thư viện", "hỏi sau"] {
            assert_eq!(licence(text), None, "{text}");
        }
    }
}
