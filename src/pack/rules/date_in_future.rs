//! Rule: nothing in an exhibit has happened in a year that has not come yet.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use crate::pack::model::When;

pub const RULE: Rule = Rule {
    code: "date-in-future",
    severity: Severity::Error,
    paragraph: (
        "Niên đại của tư liệu, hoặc ngày duyệt, nằm trong tương lai: thường là gõ nhầm chữ số. (Năm đảo ngược và năm \
         không thể có đã báo là impossible-date.)",
        "The date of an item, or of the approval, lies in the future: most often a slip in the digits. (Years in the wrong \
         order and years that cannot be are told as impossible-date.)",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let year_of = |date: &String| date.split('-').next().and_then(|year| year.parse().ok());
    let approved: Option<i32> = checked.exhibit.and_then(|exhibit| exhibit.approval.date.as_ref()).and_then(year_of);
    if let Some(year) = approved.filter(|year| *year > checked.this_year) {
        tell(checked, told, "exhibit.ron", "approval.date", year);
    }
    for item in checked.items() {
        if let Some(year) = first_year_after(item.date.when, checked.this_year) {
            tell(checked, told, &format!("items/{}.ron", item.id), "date.when", year);
        }
    }
}

/// The year that a date reaches beyond this one.
fn first_year_after(when: When, this_year: i32) -> Option<i32> {
    let year = match when {
        When::Year(year) | When::Circa(year) | When::Between(_, year) => year,
        When::Century(century) => (century - 1) * 100 + 1,
        When::Undated => return None,
    };
    (year > this_year).then_some(year)
}

fn tell(checked: &Checked<'_>, told: &mut Told<'_>, file: &str, key_path: &str, year: i32) {
    told.tell(
        checked.texts.place(file, key_path),
        Said::new(format!("Năm {year} chưa đến."), format!("The year {year} has not come yet.")),
        Said::new("Xem lại các chữ số của năm.", "Look at the digits of the year again."),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_centuries_that_have_not_come_are_found() {
        assert_eq!(first_year_after(When::Year(2027), 2026), Some(2027));
        assert_eq!(first_year_after(When::Between(1838, 2083), 2026), Some(2083));
        assert_eq!(first_year_after(When::Century(22), 2026), Some(2101));
        for past in [When::Year(2026), When::Century(21), When::Between(1, 2), When::Undated] {
            assert_eq!(first_year_after(past, 2026), None);
        }
    }
}
