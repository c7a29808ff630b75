//! Why a verb came to nothing: what it is about, a sentence in both languages, and the exit code.

use super::Outcome;
use crate::diagnostics::Said;
pub use crate::diagnostics::cause;
use std::io;
use std::path::Path;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A file or folder, told before the sentence; may be empty.
    pub about: String,
    pub said: Said,
    pub outcome: Outcome,
}

/// What a verb comes to.
pub type Done = Result<Outcome, Failure>;

impl Failure {
    pub fn new(about: &Path, vi: impl Into<String>, en: impl Into<String>, outcome: Outcome) -> Self {
        Self { about: about.display().to_string(), said: Said::new(vi, en), outcome }
    }

    pub fn problem(about: &Path, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(about, vi, en, Outcome::Problems)
    }

    pub fn cannot_read(about: &Path, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(about, vi, en, Outcome::CannotRead)
    }

    /// A file that could not be read or written.
    pub fn of_file(path: &Path, error: &io::Error) -> Self {
        let why = cause(error);
        let (vi, en) =
            (format!("Không đọc hay ghi được: {}.", why.vi), format!("It cannot be read or written: {}.", why.en));
        Self::cannot_read(path, vi, en)
    }

    /// A file that could not be written.
    pub fn not_written(path: &Path, error: &io::Error) -> Self {
        let why = cause(error);
        let (vi, en) = (format!("Không ghi được: {}.", why.vi), format!("It cannot be written: {}.", why.en));
        Self::cannot_read(path, vi, en)
    }
}
