//! Why a picture is not read, in both languages. The English words are told where they are found out; what a decoder
//! says of damaged bytes has no Vietnamese words, and is left out there.

use super::error::{Held, RowsError};
use crate::diagnostics::{Said, twin};

const REASONS: [(&str, &str); 36] = [
    ("an empty file", "tệp rỗng"),
    ("a BMP picture", "ảnh BMP"),
    ("a GIF picture", "ảnh GIF"),
    ("a Photoshop document", "tệp Photoshop"),
    ("a PDF document", "tệp PDF"),
    ("a DjVu document", "tệp DjVu"),
    ("a JPEG {} picture", "ảnh JPEG {}"),
    ("a JPEG XL picture", "ảnh JPEG XL"),
    ("an HEIF or AVIF picture", "ảnh HEIC, HEIF hoặc AVIF"),
    ("no picture that is known", "không phải dạng ảnh nào được biết"),
    ("a WebP picture that moves", "ảnh WebP động"),
    ("a JPEG picture of {} components", "ảnh JPEG có {} thành phần màu"),
    ("TIFF with {} samples a pixel", "TIFF có {} giá trị mỗi điểm ảnh"),
    ("TIFF with {} tiles side by side", "TIFF có {} mảnh cạnh nhau"),
    ("TIFF with JPEG of an unusual form", "TIFF nén JPEG dạng lạ"),
    ("TIFF with floating-point samples", "TIFF có giá trị thập phân"),
    ("TIFF with signed samples", "TIFF có giá trị âm"),
    ("TIFF with samples of format {}", "TIFF có giá trị dạng {}"),
    ("TIFF with samples of {} bits", "TIFF có giá trị {} bit"),
    ("TIFF with fax (CCITT) compression", "TIFF nén kiểu fax (CCITT)"),
    ("TIFF with old-style JPEG compression", "TIFF nén JPEG kiểu cũ"),
    ("TIFF with JPEG {} compression", "TIFF nén JPEG {}"),
    ("TIFF with Zstandard compression", "TIFF nén Zstandard"),
    ("TIFF with WebP compression", "TIFF nén WebP"),
    ("TIFF with compression {}", "TIFF nén kiểu {}"),
    ("TIFF with a palette of {} bits", "TIFF có bảng màu {} bit"),
    ("TIFF with inks that are not CMYK", "TIFF có mực in không phải CMYK"),
    ("TIFF with luma and chroma that are not of {} bits", "TIFF có sáng và màu không phải {} bit"),
    ("TIFF with subsampled chroma", "TIFF giảm mẫu màu"),
    ("TIFF with a transparency mask alone", "TIFF chỉ có lớp trong suốt"),
    ("TIFF with L*a*b* colours", "TIFF có màu L*a*b*"),
    ("TIFF with raw camera data", "TIFF có dữ liệu thô của máy ảnh"),
    ("TIFF with colours of kind {}", "TIFF có màu kiểu {}"),
    ("TIFF with differences of less than {} bits", "TIFF có hiệu số ít hơn {} bit"),
    ("TIFF with predictor {}", "TIFF có cách đoán {}"),
    ("TIFF with nothing but a small copy of a picture", "TIFF chỉ có bản thu nhỏ của ảnh"),
];

impl RowsError {
    /// The reason as part of a sentence. What a disk says is told by whoever knows its words.
    pub fn said(&self) -> Said {
        let en = self.to_string();
        let vi = match self {
            Self::Io(_) => "không đọc được tệp".to_owned(),
            Self::Format(what) => {
                let what = twin(&REASONS, what).unwrap_or_else(|| "dạng khác".to_owned());
                format!("{what}; chỉ đọc PNG, JPEG, WebP và TIFF")
            }
            Self::Unsupported(what) => match twin(&REASONS, what) {
                Some(what) => format!("chưa đọc được {what}"),
                None => "dạng này chưa đọc được".to_owned(),
            },
            Self::TooLarge { width, height } => format!("{width} × {height} điểm là quá lớn"),
            Self::TooLargeToHold { width, height, why, needed_mb, limit_mb } => {
                let why = why.in_vietnamese();
                format!("{width} × {height} điểm cần {needed_mb} MB bộ nhớ ({why}); tối đa {limit_mb} MB")
            }
            Self::EndsEarly { row } => format!("tệp bị cụt từ dòng ảnh {row}"),
            Self::Decode(_) => "dữ liệu ảnh hỏng".to_owned(),
        };
        Said::new(vi, en)
    }
}

impl Held {
    fn in_vietnamese(self) -> &'static str {
        match self {
            Self::Jpeg => "ảnh JPEG phải giải mã cả tấm",
            Self::WebP => "ảnh WebP phải giải mã cả tấm",
            Self::Interlaced => "ảnh đan dòng phải giải mã cả tấm",
            Self::Turned => "ảnh phải xoay nên phải giữ cả tấm",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_is_not_read_has_vietnamese_words() {
        for (english, vietnamese) in REASONS {
            let told = english.replace("{}", "7");
            assert_eq!(twin(&REASONS, &told), Some(vietnamese.replace("{}", "7")), "{english}");
        }
        let fax = RowsError::unsupported("TIFF with fax (CCITT) compression");
        assert_eq!(fax.said().vi, "chưa đọc được TIFF nén kiểu fax (CCITT)");
        assert_eq!(twin(&REASONS, "TIFF with L*a*b* colours").as_deref(), Some("TIFF có màu L*a*b*"));
        assert_eq!(
            RowsError::Format("a JPEG 2000 picture").said().vi,
            "ảnh JPEG 2000; chỉ đọc PNG, JPEG, WebP và TIFF"
        );
    }
}
