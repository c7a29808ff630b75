//! Values of options that are more than a word, with what is wrong with them in both languages.

use crate::base::days;
use jiff::civil::Date;
use std::net::SocketAddr;

/// An address and a port; `localhost` is this machine.
pub fn address(text: &str) -> Result<SocketAddr, String> {
    let plain = text.replace("localhost", "127.0.0.1");
    plain.parse().map_err(|_| {
        "viết địa chỉ IP và cổng, như 127.0.0.1:8080 · write an IP address and a port, such as 127.0.0.1:8080"
            .to_owned()
    })
}

pub fn day(text: &str) -> Result<Date, String> {
    days::read(text).map_err(|reason| {
        let (vi, en) = reason.said(text);
        format!("{vi} · {en}")
    })
}

#[cfg(test)]
mod tests {
    use super::super::Args;
    use crate::command_line;
    use crate::diagnostics::Tongue;
    use std::ffi::OsString;

    fn told(line: &[&str]) -> String {
        let line: Vec<OsString> = std::iter::once(&"haidang-visits").chain(line).map(OsString::from).collect();
        command_line::read::<Args>(&line, Tongue::Vietnamese).expect_err("not as it should be").text
    }

    #[test]
    fn a_missing_lake_or_output_and_a_wrong_address_are_told_in_vietnamese() {
        let cases: [(&[&str], &str); 4] = [
            (&["report", "--period", "2026", "-o", "a.docx"], "thiếu tham số bắt buộc: --lake <LAKE>"),
            (&["report", "--lake", "kho", "--period", "2026"], "thiếu tham số bắt buộc: --output <TỆP>"),
            (&["serve", "--lake", "kho", "--address", "8080"], "viết địa chỉ IP và cổng"),
            (
                &["simulate", "--kiosks", "1", "--days", "1", "--out", "a", "--from", "31/11/2026"],
                "không có ngày 31/11/2026",
            ),
        ];
        for (line, sentence) in cases {
            let told = told(line);
            assert!(told.starts_with("lỗi: ") && told.contains(sentence), "{line:?}: {told}");
            assert!(!told.contains("error") && !told.contains("Usage"), "{told}");
        }
    }

    #[test]
    fn the_help_of_accounts_tells_what_file_and_name_are() {
        let help = told(&["users", "add", "--help"]);
        assert!(help.contains("Tệp tài khoản") && help.contains("Tên đăng nhập"), "{help}");
        assert!(!help.contains("mặc định: \"\"") && !help.contains("[default"), "{help}");
    }
}
