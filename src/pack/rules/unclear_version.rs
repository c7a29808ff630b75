//! Rule: a version is numbers with dots, so that a kiosk knows which of two packs is the newer one.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use crate::pack::store::version;

pub const RULE: Rule = Rule {
    code: "unclear-version",
    severity: Severity::Error,
    paragraph: (
        "Phiên bản của gói là các số cách nhau bằng dấu chấm, ví dụ 1.0.0; bản sửa sau có số lớn hơn, ví dụ 1.0.1. Với \
         chữ như “phiên bản 2”, máy trưng bày không biết gói nào mới hơn. Bản thử có thể thêm gạch nối: 1.0.0-rc1.",
        "The version of a pack is numbers with dots between them, such as 1.0.0; a later one has a greater number, such as \
         1.0.1. With words such as “version 2” a kiosk does not know which pack is newer. A trial may add a hyphen: \
         1.0.0-rc1.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let Some(written) = checked.texts.of_file("exhibit.ron").find(|written| written.place.key_path == "version") else {
        return;
    };
    let text = written.text.as_str();
    let place = checked.texts.place("exhibit.ron", "version");
    // An empty one is told by reading.
    if text.trim().is_empty() || told.is_told(&place) || version::is_clear(text) {
        return;
    }
    let shown: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    let number: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let number = Some(number.trim_end_matches('.')).filter(|number| version::is_clear(number)).unwrap_or("1.0.0");
    told.tell(
        place,
        Said::new(
            format!("Phiên bản “{shown}” không phải là số: máy trưng bày không biết bản nào mới hơn."),
            format!("The version “{shown}” is no number: a kiosk does not know which one is newer."),
        ),
        Said::new(
            format!("Chỉ ghi số và dấu chấm: “{number}”. Bản sửa sau có số lớn hơn."),
            format!("Write digits and dots only: “{number}”. A later version has a greater number."),
        ),
    );
}
