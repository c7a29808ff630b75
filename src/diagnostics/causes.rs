//! What a machine says of files, in both languages.

use super::Said;
use std::io::{self, ErrorKind};

/// What the machine says of a file. It says it in English; its usual reasons have Vietnamese words here.
pub fn cause(error: &io::Error) -> Said {
    let told = error.to_string();
    let told = told.split(" (os error").next().unwrap_or_default();
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
        _ => told,
    };
    Said::new(vi, told)
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
