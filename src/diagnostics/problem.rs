//! One problem and what is said about it.

use super::Tongue;
use super::place::Place;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// The word as a person reads it; programs look for the English one, which stands wherever both are told.
    pub fn word_in(self, tongue: Tongue) -> &'static str {
        match (self, tongue) {
            (Self::Error, Tongue::Vietnamese) => "lỗi",
            (Self::Warning, Tongue::Vietnamese) => "cảnh báo",
            _ => self.word(),
        }
    }
}

/// A sentence in both languages of the people who prepare exhibits.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub vi: String,
    pub en: String,
}

impl Said {
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub place: Place,
    pub severity: Severity,
    /// Stable kebab-case name of the rule, as the folders of `tests/data/packs/invalid` are called.
    pub code: &'static str,
    pub message: Said,
    pub hint: Said,
}
