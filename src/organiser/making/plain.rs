//! Words without marks: ids made of Vietnamese titles, and comparing what people type. No file is read here.

use crate::base::ids::{Id, MAX_ID_BYTES};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeSet;

/// Letters whose mark is part of them, so that taking marks away does not change them.
const WHOLE_LETTERS: [(char, &str); 12] = [
    ('đ', "d"),
    ('ð', "d"),
    ('ø', "o"),
    ('ł', "l"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
    ('þ', "th"),
    ('’', ""),
    ('\'', ""),
    ('ʼ', ""),
];

/// Lower-case words of a–z and 0–9 joined by hyphens: `Đại Nam nhất thống toàn đồ` is `dai-nam-nhat-thong-toan-do`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize(text).chars().flat_map(char::to_lowercase) {
        if let Some((_, plain)) = WHOLE_LETTERS.iter().find(|(letter, _)| *letter == c) {
            slug.push_str(plain);
        } else if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !is_mark(c) && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1dc0}'..='\u{1dff}')
}

/// The same with spaces, for comparing what people type with known words.
pub fn words(text: &str) -> String {
    slug(text).replace('-', " ")
}

/// An id made of a title, none that is there already; `prefix` stands in for a title without any such letter.
pub fn free_id(title: &str, prefix: &str, taken: &BTreeSet<String>) -> Id {
    let slug = slug(title);
    let long = if slug.is_empty() { prefix } else { slug.as_str() };
    let room = MAX_ID_BYTES - 4;
    let mut stem = long.get(..room.min(long.len())).unwrap_or(prefix);
    // Cut between words where there are several.
    if long.len() > room
        && let Some(end) = stem.rfind('-')
    {
        stem = &stem[..end];
    }
    let names = std::iter::once(stem.to_owned()).chain((2..1_000).map(|n| format!("{stem}-{n}")));
    let free = names.filter(|name| !taken.contains(name)).find_map(|name| Id::new(&name));
    free.unwrap_or_else(|| random_id(prefix))
}

fn random_id(prefix: &str) -> Id {
    let token = crate::base::ids::random_token();
    let name = format!("{prefix}-{token}");
    // Letters, a hyphen and hexadecimal digits: an id whatever the prefix, for prefixes are written in this room.
    Id::new(&name).or_else(|| Id::new(&token)).unwrap_or_else(|| random_id("x"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_titles_become_ids() {
        let cases = [
            ("Đại Nam nhất thống toàn đồ", "dai-nam-nhat-thong-toan-do"),
            ("Châu bản triều Nguyễn (1838)", "chau-ban-trieu-nguyen-1838"),
            ("  Phủ biên tạp lục – quyển 2 ", "phu-bien-tap-luc-quyen-2"),
            ("Hoa\u{300}ng Sa", "hoang-sa"),
            ("ƯỚC, ẶỄỘỮ", "uoc-aeou"),
            ("安南大國畫圖", ""),
            ("L'Île de Pâques", "lile-de-paques"),
        ];
        for (title, id) in cases {
            assert_eq!(slug(title), id, "{title}");
        }
    }

    #[test]
    fn an_id_is_free_and_fits() {
        let taken: BTreeSet<String> = ["hoang-sa", "hoang-sa-2"].map(str::to_owned).into();
        assert_eq!(free_id("Hoàng Sa", "map", &taken).as_str(), "hoang-sa-3");
        assert_eq!(free_id("安南", "map", &taken).as_str(), "map");
        let long = free_id(&"đảo ".repeat(40), "map", &taken);
        assert!(long.as_str().len() <= MAX_ID_BYTES && long.as_str().ends_with("dao"));
        assert!(Id::new(free_id(&"x".repeat(400), "map", &taken).as_str()).is_some());
    }
}
