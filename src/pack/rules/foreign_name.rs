//! Rule: places are called by our names, as the base map does; what an original says may be quoted.

use super::written::Written;
use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use crate::sea::gate;

pub const RULE: Rule = Rule {
    code: "foreign-name",
    severity: Severity::Error,
    paragraph: (
        "Một tên gọi (nhan đề, tên gian, tên điểm, tên nơi chốn, điểm khống chế, tên in trên bản đồ) dùng tên của nước khác \
         đặt cho Hoàng Sa, Trường Sa, các đảo hay Biển Đông. Dùng tên Việt Nam. Tên in trên bản đồ được giữ khi nguyên văn ấy \
         được trích trong tư liệu (quote, original, original_title); trong nhan đề, đặt nguyên văn trong “…”.",
        "A name (title, hall, point, place, control point, name printed on a map) uses what others call Hoàng Sa, Trường Sa, \
         their islets or the East Sea. Use the Vietnamese name. A name printed on a map stays when the item quotes those very \
         words (quote, original, original_title); in a title put them in “…”.",
    ),
    check,
};

/// Key paths of names, without numbers and languages.
const NAMES: [&str; 10] = [
    "title",
    "subtitle",
    "place",
    "halls.title",
    "halls.lead.text",
    "kind.hotspots.title",
    "kind.notes.title",
    "kind.pages.label",
    "kind.georeference.points.name",
    "kind.printed_names.text",
];
const ORIGINALS: [&str; 4] =
    ["original_title.text", "kind.hotspots.quote", "kind.notes.quote", "kind.pages.lines.original.text"];

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    for written in checked.texts.all.iter().filter(|w| w.is_text && w.place.file != "sources.ron" && is_name(w)) {
        let said = without_quotations(&written.text);
        let Some(word) = gate::name_of_others(&said).filter(|_| !is_quoted(checked, written)) else { continue };
        told.tell(
            written.place.clone(),
            Said::new(
                format!("Tên gọi này chứa “{word}”, tên của nước khác."),
                format!("This name holds “{word}”, which is what others say."),
            ),
            Said::new(
                "Dùng tên Việt Nam; nguyên văn của tư liệu thì đặt trong “…” hoặc trích ở quote.",
                "Use the Vietnamese name; put words of the original in “…” or quote them.",
            ),
        );
    }
}

fn is_name(written: &Written) -> bool {
    let path = written.path();
    NAMES.iter().any(|name| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_language(rest)))
}

/// `.vi`
fn is_language(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|language| !language.contains('.'))
}

/// Whether the same item quotes these very words of its original.
fn is_quoted(checked: &Checked<'_>, written: &Written) -> bool {
    let mut beside = checked.texts.of_file(&written.place.file).filter(|w| ORIGINALS.contains(&w.path().as_str()));
    written.path() == "kind.printed_names.text" && beside.any(|w| w.text.contains(&written.text))
}

fn without_quotations(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('“') {
        said.push_str(before);
        rest = after.split_once('”').map_or("", |(_, after)| after);
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_not_said() {
        assert_eq!(without_quotations("Ghi là “Nansha” ở đây, “Xisha"), "Ghi là  ở đây, ");
    }

    #[test]
    fn names_are_told_from_other_texts_by_their_path() {
        let found =
            super::super::written::values("a.ron", "(title: {\"vi\": \"a\"}, alt: {\"vi\": \"b\"}, place: \"c\")");
        let names: Vec<&str> = found.iter().filter(|w| is_name(w)).map(|w| w.text.as_str()).collect();
        assert_eq!(names, ["a", "c"]);
    }
}
