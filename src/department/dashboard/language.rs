//! The two languages of the dashboard. Its words stand where they are shown, Vietnamese first.

use crate::department::figures::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Vietnamese,
    English,
}

impl Language {
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "vi" => Some(Self::Vietnamese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    pub fn tag(self) -> &'static str {
        self.of("vi", "en")
    }

    pub fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    pub fn of<'a>(self, vietnamese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }

    /// The text in this language, or in the other one where this one has none.
    pub fn words(self, words: &Words) -> &str {
        let (first, second) = match self {
            Self::Vietnamese => (&words.vi, &words.en),
            Self::English => (&words.en, &words.vi),
        };
        if first.is_empty() { second } else { first }
    }

    /// The first of the browser's languages that is one of ours; Vietnamese otherwise.
    pub fn wished(accept_language: &str) -> Self {
        let tags = accept_language.split(',').filter_map(|part| part.split([';', '-']).next());
        tags.filter_map(|tag| Self::from_tag(tag.trim())).next().unwrap_or(Self::Vietnamese)
    }
}

pub fn words(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_is_read_in_its_order() {
        assert_eq!(Language::wished("en-GB,vi;q=0.5"), Language::English);
        assert_eq!(Language::wished("fr, vi-VN;q=0.8, en"), Language::Vietnamese);
        assert_eq!(Language::wished(""), Language::Vietnamese);
    }

    #[test]
    fn a_missing_translation_shows_the_other_language() {
        assert_eq!(Language::English.words(&words("Trường", "")), "Trường");
    }
}
