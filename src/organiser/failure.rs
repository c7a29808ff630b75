//! Why a verb came to nothing: what it is about, a sentence in both languages, and the exit code.

use super::Outcome;
use crate::diagnostics::Said;
use std::io::{self, ErrorKind};
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

/// What the machine says of a file. It says it in English; its usual reasons have Vietnamese words here.
pub fn cause(error: &io::Error) -> Said {
    let told = error.to_string();
    let vi = match error.kind() {
        ErrorKind::NotFound => "không có tệp hay thư mục này",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::AlreadyExists => "đã có",
        ErrorKind::NotADirectory => "đây không phải thư mục",
        ErrorKind::IsADirectory => "đây là thư mục",
        ErrorKind::DirectoryNotEmpty => "thư mục không trống",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "hết chỗ trên ổ đĩa",
        ErrorKind::FileTooLarge => "tệp quá lớn",
        ErrorKind::UnexpectedEof => "tệp hết quá sớm",
        ErrorKind::InvalidFilename => "tên tệp không dùng được",
        ErrorKind::ResourceBusy => "một chương trình khác đang thay đổi tệp này",
        ErrorKind::Interrupted => "bị ngắt giữa chừng",
        _ => told.as_str(),
    };
    Said::new(vi, told.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_reasons_are_told_in_vietnamese_and_others_as_they_are() {
        let missing = cause(&io::Error::from(ErrorKind::NotFound));
        assert_eq!(missing.vi, "không có tệp hay thư mục này");
        assert_eq!(missing.en, io::Error::from(ErrorKind::NotFound).to_string());
        assert_eq!(cause(&io::Error::other("a wire is cut")), Said::new("a wire is cut", "a wire is cut"));
    }
}
