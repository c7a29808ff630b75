//! The letterhead: what the issuing body writes once into a RON file, for the layout of administrative documents
//! (Decree 30/2020/NĐ-CP). Every field may be left out; what is left out is a dotted line to be filled in by hand.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ron::extensions::Extensions;
use serde::Deserialize;

use crate::base::days;
use crate::base::files::read_capped;
use crate::department::figures::Words;
use crate::diagnostics::{Said, cause};

const MAX_FILE_BYTES: u64 = 64 * 1024;
const MAX_TEXT_LETTERS: usize = 300;
const MAX_RECIPIENTS: usize = 30;

/// The settings of the issuing body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The body above the issuing one; no line when empty.
    pub superior: Words,
    pub issuer: Words,
    /// The number; written in by hand when empty.
    pub number: String,
    /// The sign after “BC-”: the abbreviated name of the issuing body, such as `SGDĐT`.
    pub sign: String,
    pub place: Words,
    /// None: the day the report is made.
    pub date: Option<Date>,
    /// Whom the report is addressed to; no line when empty.
    pub addressee: Words,
    /// The name of the exhibition.
    pub exhibition: Words,
    /// “Nơi nhận”, one a line.
    pub recipients: Vec<Words>,
    /// Authority and office of the signer; the name is never printed.
    pub signer_title: Words,
}

/// What is wrong with a letterhead file.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    #[error(
        "không đọc được tệp thể thức “{path}”: {}\ncannot read the letterhead “{path}”: {}",
        cause(source).vi, cause(source).en, path = .path.display()
    )]
    Unreadable { path: PathBuf, source: io::Error },
    #[error(
        "{path}:{line}: tệp thể thức không phải UTF-8; hãy lưu lại dạng “UTF-8”\n\
         {path}:{line}: the letterhead is not UTF-8; save it as “UTF-8”",
        path = .path.display()
    )]
    NotText { path: PathBuf, line: usize },
    #[error(
        "{path}:{line}:{column}: tệp thể thức viết sai: {}; xem mẫu docs/examples/letter.ron\n\
         {path}:{line}:{column}: the letterhead is not written rightly: {}; see the sample docs/examples/letter.ron",
        cause.vi, cause.en, path = .path.display()
    )]
    Malformed { path: PathBuf, line: usize, column: usize, cause: Said },
    #[error("{path}: mục `{field}`: {vi}\n{path}: field `{field}`: {en}", path = .path.display())]
    Refused { path: PathBuf, field: &'static str, vi: String, en: String },
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    superior: Text,
    issuer: Text,
    number: String,
    sign: String,
    place: Text,
    date: Option<String>,
    addressee: Text,
    exhibition: Text,
    recipients: Vec<Text>,
    signer_title: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Text {
    vi: String,
    en: String,
}

impl Letter {
    pub fn read(path: &Path) -> Result<Self, LetterError> {
        let unreadable = |source| LetterError::Unreadable { path: path.to_owned(), source };
        let bytes = read_capped(path, MAX_FILE_BYTES).map_err(unreadable)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            LetterError::NotText { path: path.to_owned(), line }
        })?;
        Self::parse(text.trim_start_matches('\u{feff}'), path)
    }

    /// Reads the text of a letterhead; `path` is for messages only.
    pub fn parse(text: &str, path: &Path) -> Result<Self, LetterError> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let written: Written = options.from_str(text).map_err(|error| LetterError::Malformed {
            path: path.to_owned(),
            line: error.span.start.line,
            column: error.span.start.col,
            cause: slip(&error.code),
        })?;
        written.checked(path)
    }
}

/// What is wrong with the text, in words.
fn slip(error: &ron::Error) -> Said {
    let vi = match error {
        ron::Error::NoSuchStructField { found, expected, .. } => {
            format!("không có mục “{found}”; các mục: {}", expected.join(", "))
        }
        ron::Error::DuplicateStructField { field, .. } => format!("mục “{field}” được ghi hai lần"),
        ron::Error::Eof => "thiếu phần cuối, có lẽ thiếu dấu ngoặc đóng".to_owned(),
        ron::Error::ExpectedString | ron::Error::ExpectedStringEnd => {
            "chữ phải đứng trong dấu ngoặc kép \"…\"".to_owned()
        }
        ron::Error::ExpectedMapColon => "thiếu dấu hai chấm sau tên mục".to_owned(),
        ron::Error::TrailingCharacters => "thừa chữ sau dấu ngoặc cuối".to_owned(),
        _ => "thiếu hoặc thừa dấu phẩy, dấu ngoặc ở gần đây".to_owned(),
    };
    Said::new(vi, error.to_string())
}

impl Written {
    fn checked(self, path: &Path) -> Result<Letter, LetterError> {
        let refuse = |field, vi: &str, en: &str| LetterError::Refused {
            path: path.to_owned(),
            field,
            vi: vi.to_owned(),
            en: en.to_owned(),
        };
        if self.recipients.len() > MAX_RECIPIENTS {
            return Err(refuse("recipients", "nhiều nhất 30 dòng", "at most 30 lines"));
        }
        let date = match &self.date {
            None => None,
            Some(text) => Some(days::read(text).map_err(|reason| {
                let (vi, en) = reason.said(text);
                refuse("date", &vi, &en)
            })?),
        };
        let line = |field, text: String| {
            let fits = text.chars().count() <= MAX_TEXT_LETTERS && !text.chars().any(char::is_control);
            let text = text.trim().to_owned();
            let reason = ("nhiều nhất 300 chữ, viết trên một dòng", "at most 300 letters, on one line");
            if fits { Ok(text) } else { Err(refuse(field, reason.0, reason.1)) }
        };
        let words = |field, text: Text| Ok(Words { vi: line(field, text.vi)?, en: line(field, text.en)? });
        Ok(Letter {
            superior: words("superior", self.superior)?,
            issuer: words("issuer", self.issuer)?,
            number: line("number", self.number)?,
            sign: line("sign", self.sign)?,
            place: words("place", self.place)?,
            date,
            addressee: words("addressee", self.addressee)?,
            exhibition: words("exhibition", self.exhibition)?,
            recipients: self.recipients.into_iter().map(|text| words("recipients", text)).collect::<Result<_, _>>()?,
            signer_title: words("signer_title", self.signer_title)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Letter, LetterError> {
        Letter::parse(text, Path::new("letter.ron"))
    }

    #[test]
    fn the_letterhead_that_the_documents_show_can_be_used_as_it_is() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/letter.ron");
        let letter = Letter::read(&example).expect("the example is read");
        assert!(!letter.issuer.vi.is_empty() && letter.date.is_none() && letter.recipients.len() == 3);
    }

    #[test]
    fn a_letterhead_that_is_missing_and_one_that_is_no_text_are_told_apart() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let told = |path: &Path| Letter::read(path).expect_err("not read").to_string();
        let missing = told(&dir.path().join("letter.ron"));
        assert!(missing.contains("không có tệp hay thư mục này"), "{missing}");
        let latin = dir.path().join("latin.ron");
        std::fs::write(&latin, b"(\n  sign: \"S\xd0\",\n)").expect("written");
        assert!(told(&latin).contains("latin.ron:2: tệp thể thức không phải UTF-8"), "{}", told(&latin));
    }

    #[test]
    fn everything_may_be_left_out() {
        assert_eq!(parse("()").expect("empty"), Letter::default());
    }

    #[test]
    fn a_whole_letterhead_is_read() {
        let letter = parse(
            r#"(
                superior: (vi: "Ủy ban nhân dân tỉnh Quảng Ngãi"),
                issuer: (vi: "Sở Giáo dục và Đào tạo", en: "Department of Education and Training"),
                sign: "SGDĐT", date: "2027-01-10",
                recipients: [(vi: "Bộ Giáo dục và Đào tạo (để báo cáo)"), (vi: "Lưu: VT.")],
            )"#,
        )
        .expect("read");
        assert_eq!(letter.issuer.vi, "Sở Giáo dục và Đào tạo");
        assert_eq!(letter.date, Some(jiff::civil::date(2027, 1, 10)));
        assert_eq!(letter.recipients.len(), 2);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let error = parse("(\n  issuer: (vi: \"A\"),\n  signer: \"B\",\n)").expect_err("unknown field").to_string();
        assert!(error.starts_with("letter.ron:3:"), "{error}");
        assert!(error.contains("không có mục “signer”; các mục: superior"), "{error}");
        let error = parse(r#"(date: "10.01.2027")"#).expect_err("not a date").to_string();
        assert!(error.contains("`date`") && error.contains("2026-11-20"), "{error}");
        let error = parse(r#"(date: "31/11/2027")"#).expect_err("no such day").to_string();
        assert!(error.contains("không có ngày 31/11/2027"), "{error}");
        assert_eq!(parse(r#"(date: "10/1/2027")"#).expect("a date").date, Some(jiff::civil::date(2027, 1, 10)));
        let error = parse("(sign: \"A\\nB\")").expect_err("two lines").to_string();
        assert!(error.contains("`sign`"), "{error}");
    }
}
