//! Text without accents and capitals, so that a name is found however it is typed.

use icu_normalizer::DecomposingNormalizerBorrowed;

pub fn fold(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let plain = decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    // The letter đ has no decomposition.
    plain.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Whether every word of the wish occurs in the text.
pub fn matches(folded_text: &str, wish: &str) -> bool {
    fold(wish).split_whitespace().all(|word| folded_text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_is_found_without_its_marks() {
        assert_eq!(fold("Trường THCS Đặng Thùy Trâm"), "truong thcs dang thuy tram");
        assert!(matches(&fold("Trường THCS Đặng Thùy Trâm"), "thuy  TRUONG"));
        assert!(!matches(&fold("Trường THCS Đặng Thùy Trâm"), "thpt"));
    }
}
