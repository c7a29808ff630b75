//! Why a journal is not taken.

use super::super::figures::Words;
use super::super::lake::marks;
use crate::diagnostics::Said;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLarge,
    Unreadable(String),
    /// The disk, not the journal.
    CannotCopy(Said),
    /// SQLite reads it, but it is no journal.
    WrongSchema(&'static str),
    /// A record holds what no kiosk writes: its sequence number and column.
    BadRecord(i64, &'static str),
    TooBroken,
    /// Neither a seal nor a folder tells whose it is.
    NoKiosk,
    BadSignature(String),
}

impl Refusal {
    /// A fixed word for other programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Unreadable(_) | Self::CannotCopy(_) => "unreadable",
            Self::WrongSchema(_) => "wrong-schema",
            Self::BadRecord(..) => "bad-record",
            Self::TooBroken => "too-broken",
            Self::NoKiosk => "no-kiosk",
            Self::BadSignature(_) => marks::BAD_SIGNATURE,
        }
    }

    pub fn said(&self) -> Words {
        let (vi, en) = match self {
            Self::TooLarge => (
                "tệp lớn hơn mọi nhật ký có thể có".to_owned(),
                "the file is larger than any journal can be".to_owned(),
            ),
            // What SQLite says of a broken file helps nobody but a programmer; it stands last.
            Self::Unreadable(why) => (
                "tệp bị hỏng hoặc chép chưa xong, không đọc được; hãy chép lại từ máy".to_owned(),
                format!(
                    "the file is damaged or was copied halfway and cannot be read; copy it from the kiosk again [{why}]"
                ),
            ),
            Self::CannotCopy(why) => {
                (format!("không chép được tệp này: {}", why.vi), format!("this file cannot be copied: {}", why.en))
            }
            Self::WrongSchema(why) => (
                "đây không phải nhật ký của máy trưng bày".to_owned(),
                format!("this is no journal of a kiosk [{why}]"),
            ),
            Self::BadRecord(sequence, column) => (
                format!("bản ghi {sequence}, cột {column}: có nội dung mà máy không bao giờ ghi"),
                format!("record {sequence}, column {column}: holds what no kiosk writes"),
            ),
            Self::TooBroken => (
                "chuỗi bản ghi đứt ở quá nhiều chỗ; hãy chép lại từ máy".to_owned(),
                "the chain of records is broken in too many places; copy it from the kiosk again".to_owned(),
            ),
            Self::NoKiosk => (
                "không biết của máy nào; đặt tệp vào thư mục mang mã máy (chữ thường không dấu, số, gạch nối)"
                    .to_owned(),
                "it is not known whose this is; put it in a folder named by the kiosk's id (a-z, 0-9, hyphens)"
                    .to_owned(),
            ),
            Self::BadSignature(why) => (
                "chữ ký không phải của máy này hoặc nhật ký đã bị sửa".to_owned(),
                format!("the signature is not this kiosk's, or the journal was changed [{why}]"),
            ),
        };
        Words { vi, en }
    }
}
