//! What is wrong with a command line, as far as clap knows, in the language of whoever typed it.

use super::help::own_words;
use crate::diagnostics::Tongue;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// The whole complaint, with how the verb is used.
pub fn told(error: &Error, tongue: Tongue) -> String {
    match tongue {
        Tongue::Vietnamese => {
            let usage = value(error, ContextKind::Usage).map(|usage| own_words(&usage, tongue));
            let usage = usage.map(|usage| format!("\n{}\n", usage.trim_end())).unwrap_or_default();
            format!("lỗi: {}\n{usage}\nXem trợ giúp với '--help'.\n", sentence(error))
        }
        Tongue::English => in_english(error),
        Tongue::Both => format!("lỗi: {}\n{}", sentence(error), in_english(error)),
    }
}

/// As clap tells it. Why a value is refused may be told in both languages.
fn in_english(error: &Error) -> String {
    let text = error.render().to_string();
    match error.source().map(ToString::to_string) {
        Some(why) => text.replace(&why, &Tongue::English.half(&why)),
        None => text,
    }
}

/// One thing clap knows of the error, as text; lists with commas.
fn value(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

fn sentence(error: &Error) -> String {
    let known = |kind| value(error, kind).unwrap_or_default();
    let (arg, given) = (known(ContextKind::InvalidArg), known(ContextKind::InvalidValue));
    let said = match error.kind() {
        ErrorKind::InvalidValue if given.is_empty() => format!("thiếu giá trị cho '{arg}'"),
        ErrorKind::InvalidValue => format!("giá trị '{given}' không dùng được cho '{arg}'"),
        ErrorKind::ValueValidation => format!("giá trị '{given}' không dùng được cho '{arg}'{}", why(error)),
        ErrorKind::UnknownArgument => format!("không có tham số '{arg}'"),
        ErrorKind::InvalidSubcommand => format!("không có lệnh '{}'", known(ContextKind::InvalidSubcommand)),
        ErrorKind::NoEquals => format!("cần dấu bằng giữa '{arg}' và giá trị"),
        ErrorKind::TooManyValues => format!("thừa giá trị '{given}' cho '{arg}'"),
        ErrorKind::TooFewValues => format!("'{arg}' cần ít nhất {} giá trị", known(ContextKind::MinValues)),
        ErrorKind::WrongNumberOfValues => format!("'{arg}' cần {} giá trị", known(ContextKind::ExpectedNumValues)),
        ErrorKind::ArgumentConflict => conflict(&arg, &known(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("thiếu tham số bắt buộc: {arg}"),
        ErrorKind::MissingSubcommand => format!("'{}' cần một lệnh", known(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidUtf8 => "dòng lệnh có chữ không theo UTF-8".to_owned(),
        _ => "dòng lệnh không đúng".to_owned(),
    };
    format!("{said}{}", advice(error))
}

fn conflict(arg: &str, prior: &str) -> String {
    if arg == prior || prior.is_empty() {
        return format!("tham số '{arg}' chỉ được ghi một lần hoặc không đi cùng các tham số khác");
    }
    format!("tham số '{arg}' không đi cùng '{prior}'")
}

/// Why a value was refused, where the tool itself says so in both languages.
fn why(error: &Error) -> String {
    let why = error.source().map(ToString::to_string).filter(|why| why.contains(" · "));
    why.map(|why| format!(": {}", Tongue::Vietnamese.half(&why))).unwrap_or_default()
}

/// What may stand there, or what was perhaps meant.
fn advice(error: &Error) -> String {
    let lists = [
        (ContextKind::ValidValue, "các giá trị"),
        (ContextKind::ValidSubcommand, "các lệnh"),
        (ContextKind::SuggestedArg, "ý bạn là"),
        (ContextKind::SuggestedSubcommand, "ý bạn là"),
        (ContextKind::SuggestedValue, "ý bạn là"),
    ];
    let told = lists.iter().filter_map(|(kind, words)| Some(format!("\n  [{words}: {}]", value(error, *kind)?)));
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, read};
    use super::*;
    use clap::Parser;
    use std::ffi::OsString;

    /// Thử. · Tries.
    #[derive(Debug, Parser)]
    #[command(name = "tool")]
    struct Line {
        /// Tệp · the file
        file: String,
        #[arg(long, value_parser = ["a", "b"], conflicts_with = "number")]
        kind: Option<String>,
        #[arg(long, value_parser = number)]
        number: Option<u8>,
    }

    fn number(text: &str) -> Result<u8, String> {
        text.parse().map_err(|_| "một số nhỏ · a small number".to_owned())
    }

    fn said(line: &[&str], tongue: Tongue) -> Answer {
        let line: Vec<OsString> = ["tool"].iter().chain(line).map(OsString::from).collect();
        read::<Line>(&line, tongue).expect_err("not as it should be")
    }

    #[test]
    fn every_mistake_is_told_in_vietnamese_with_what_it_is_about() {
        let cases: [(&[&str], &str); 8] = [
            (&[], "thiếu tham số bắt buộc: <TỆP>"),
            (&["f", "--kind", "c"], "giá trị 'c' không dùng được cho '--kind <KIND>'\n  [các giá trị: a, b]"),
            (&["f", "--kind"], "thiếu giá trị cho '--kind <KIND>'"),
            (&["f", "--number", "x"], "giá trị 'x' không dùng được cho '--number <NUMBER>': một số nhỏ"),
            (&["f", "--numbr", "1"], "không có tham số '--numbr'\n  [ý bạn là: --number]"),
            (&["f", "g"], "không có tham số 'g'"),
            (&["f", "--kind", "a", "--number", "1"], "tham số '--kind <KIND>' không đi cùng '--number <NUMBER>'"),
            (&["f", "--kind", "a", "--kind", "b"], "chỉ được ghi một lần"),
        ];
        for (line, sentence) in cases {
            let answer = said(line, Tongue::Vietnamese);
            assert!(answer.text.starts_with("lỗi: ") && answer.text.contains(sentence), "{line:?}: {}", answer.text);
            for english in ["Usage", "error", "argument", "value", "required", " · "] {
                assert!(!answer.text.contains(english), "{line:?}: {english}: {}", answer.text);
            }
            assert!(answer.is_complaint && answer.code == 2, "{line:?}");
        }
    }

    #[test]
    fn in_english_clap_speaks_for_itself_and_in_both_comes_second() {
        let english = said(&["f", "--number", "x"], Tongue::English).text;
        assert!(english.starts_with("error: ") && english.contains(": A small number"), "{english}");
        assert!(!english.contains("một số"), "{english}");
        let both = said(&[], Tongue::Both).text;
        assert!(both.starts_with("lỗi: thiếu tham số bắt buộc: <FILE>\nerror: the following"), "{both}");
    }
}
