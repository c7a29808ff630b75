//! Why a verb came to nothing: one sentence in each language, and what to do about it.

use super::Outcome;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub vi: String,
    pub en: String,
    /// What to do, in both languages; may be empty.
    pub hint: String,
    pub outcome: Outcome,
}

impl Failure {
    pub fn cannot_read(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into(), hint: String::new(), outcome: Outcome::CannotRead }
    }
}

#[cfg(feature = "department")]
impl Failure {
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    pub fn wrong_usage(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { outcome: Outcome::WrongUsage, ..Self::cannot_read(vi, en) }
    }

    /// For errors that are told in both languages already.
    pub fn of(error: &dyn std::fmt::Display) -> Self {
        Self::cannot_read(error.to_string(), String::new())
    }
}

#[cfg(feature = "department")]
impl From<super::lake::LakeError> for Failure {
    fn from(error: super::lake::LakeError) -> Self {
        let check = || "Kiểm tra thư mục hoặc địa chỉ kho dữ liệu · check the lake's folder or address".to_owned();
        match &error {
            super::lake::LakeError::NotThere(place) => {
                Self::of(&error).with_hint(lakes_beside(place).unwrap_or_else(check))
            }
            _ => Self::of(&error).with_hint(check()),
        }
    }
}

/// Which lake may be meant instead of one that is not there.
#[cfg(feature = "department")]
pub fn lakes_beside(place: &str) -> Option<String> {
    let beside = super::lake::Lake::beside(place);
    let near = crate::base::ids::nearest(place, beside.iter().map(String::as_str));
    let meant = match (near, &beside[..]) {
        (Some(near), _) => format!("--lake {near}?"),
        (None, []) => return None,
        (None, some) => some.iter().take(3).map(|lake| format!("--lake {lake}")).collect::<Vec<_>>().join(", "),
    };
    Some(format!("kho đã có · there is: {meant}"))
}

#[cfg(feature = "department")]
impl From<super::engine::EngineError> for Failure {
    fn from(error: super::engine::EngineError) -> Self {
        let error = match error {
            super::engine::EngineError::Lake(error) => return error.into(),
            error => error,
        };
        #[cfg(feature = "cluster")]
        if let super::engine::EngineError::Cluster(error) = error {
            return error.into();
        }
        Self::of(&error)
    }
}

#[cfg(feature = "department")]
impl From<super::engine::answers::FiguresError> for Failure {
    fn from(error: super::engine::answers::FiguresError) -> Self {
        match error {
            super::engine::answers::FiguresError::Engine(error) => error.into(),
            error => Self::of(&error),
        }
    }
}
