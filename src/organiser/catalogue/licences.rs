//! Licences in words: what a list calls “Tư liệu của đơn vị” stands in the pack under a short id, which is no word for
//! a reader.

use crate::pack::model::Language;

const WORDS: [(&str, &str, &str); 3] = [
    ("LicenseRef-Own", "Tư liệu của đơn vị", "Own material"),
    ("LicenseRef-Permission", "Được phép sử dụng", "Used with permission"),
    ("LicenseRef-PublicDomain", "Phạm vi công cộng", "Public domain"),
];

/// In the languages of the exhibit; ids that the world knows, such as CC-BY-4.0, stay.
pub fn told(licence: &str, languages: &[Language]) -> String {
    let Some((_, vi, en)) = WORDS.iter().find(|(id, ..)| *id == licence) else { return licence.to_owned() };
    let mut words: Vec<&str> = Vec::new();
    for language in languages {
        let is_vietnamese = language.0 == "vi" || language.0.starts_with("vi-");
        let word = if is_vietnamese { vi } else { en };
        if !words.contains(word) {
            words.push(word);
        }
    }
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_officer_wrote_is_told_in_words() {
        let [vi, en] = ["vi", "en"].map(|tag| Language(tag.to_owned()));
        assert_eq!(told("LicenseRef-Own", &[vi.clone(), en]), "Tư liệu của đơn vị · Own material");
        assert_eq!(told("LicenseRef-PublicDomain", std::slice::from_ref(&vi)), "Phạm vi công cộng");
        assert_eq!(told("CC-BY-4.0", &[vi]), "CC-BY-4.0");
    }
}
