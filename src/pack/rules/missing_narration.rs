//! Rule: who may hear an item in one language may hear it in all.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};

pub const RULE: Rule = Rule {
    code: "missing-narration",
    severity: Severity::Warning,
    paragraph: (
        "Tư liệu có lời đọc ở một ngôn ngữ nhưng thiếu ở ngôn ngữ khác của gói. Thêm bản còn thiếu; `check --coverage` liệt kê \
         mọi chỗ thiếu. (Thiếu bản dịch, lời tả ảnh hay phụ đề đã là lỗi khi đọc gói: missing-translation, missing-field.)",
        "An item has a voice in one language but not in another of the pack. Add the missing one; `check --coverage` lists all \
         that is missing. (A missing translation, alt text or caption file is an error already: missing-translation, \
         missing-field.)",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    for item in checked.items().filter(|item| !item.narration.is_empty()) {
        let file = format!("items/{}.ron", item.id);
        for language in checked.languages().map(|language| &language.0) {
            // One that is there but faulty was told by itself.
            let key = format!("narration.{language}");
            let is_written = checked.texts.of_file(&file).any(|w| w.place.key_path.starts_with(&key));
            if !item.narration.contains_key(language) && !is_written {
                told.tell(
                    checked.texts.place(&file, "narration"),
                    Said::new(format!("Chưa có lời đọc “{language}”."), format!("There is no voice in “{language}”.")),
                    Said::new("Thêm lời đọc và phụ đề của nó.", "Add the voice and its captions."),
                );
            }
        }
    }
}
