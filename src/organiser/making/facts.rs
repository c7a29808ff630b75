//! What a list's second sheet tells of the exhibit as a whole: its names and values, row by row.

use super::cells::Layout;
use super::plain::words;
use super::sheet::Row;
use super::{shown, tell_at};
use crate::base::ids;
use crate::diagnostics::{Findings, Place};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Id,
    Version,
    Languages,
    TitleVi,
    TitleEn,
    SubtitleVi,
    SubtitleEn,
    PublisherVi,
    PublisherEn,
    NoteVi,
    NoteEn,
    NoteSource,
    Featured,
    Approval,
    PreparedVi,
    PreparedEn,
    AppraisedVi,
    AppraisedEn,
    Decision,
    Date,
    ApprovalVi,
    ApprovalEn,
}

/// A row: its key, its name, what the template has in it, and what to write, in both languages.
#[derive(Debug)]
pub struct Known {
    pub fact: Fact,
    pub key: &'static str,
    pub vi: &'static str,
    pub example: &'static str,
    pub explained: (&'static str, &'static str),
}

macro_rules! facts {
    ($($fact:ident, $key:literal, $vi:literal, $example:literal, $say_vi:literal, $say_en:literal;)*) => {
        [$(Known { fact: Fact::$fact, key: $key, vi: $vi, example: $example, explained: ($say_vi, $say_en) }),*]
    };
}

pub const FACTS: [Known; 22] = facts![
    Id, "id", "Mã triển lãm", "", "Để trống: lấy từ tên. Chữ thường không dấu, số, gạch nối.", "Empty: made from the title. Lower-case letters without marks, digits, hyphens.";
    Version, "version", "Phiên bản", "0.1.0", "Tăng lên mỗi lần gửi gói mới: 1.0.0, rồi 1.0.1.", "Raise it with every pack you send: 1.0.0, then 1.0.1.";
    Languages, "languages", "Ngôn ngữ", "vi, en", "vi, en: tiếng Việt, tiếng Anh; ngôn ngữ đầu là ngôn ngữ khách thấy trước.", "vi, en: Vietnamese, English; visitors start in the first.";
    TitleVi, "title_vi", "Tên triển lãm", "", "Tên tiếng Việt.", "The title in Vietnamese.";
    TitleEn, "title_en", "Tên triển lãm (tiếng Anh)", "", "Tên tiếng Anh.", "The title in English.";
    SubtitleVi, "subtitle_vi", "Tên phụ", "", "Có thể để trống.", "May stay empty; in Vietnamese.";
    SubtitleEn, "subtitle_en", "Tên phụ (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
    PublisherVi, "publisher_vi", "Đơn vị", "", "Đơn vị làm triển lãm.", "Who makes the exhibit, in Vietnamese.";
    PublisherEn, "publisher_en", "Đơn vị (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
    NoteVi, "note_vi", "Lời nói chung", "", "Một lời cho khách về cả triển lãm; có thể để trống.", "A word to visitors about the whole exhibit, in Vietnamese; may stay empty.";
    NoteEn, "note_en", "Lời nói chung (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
    NoteSource, "note_source", "Nguồn của lời nói chung", "", "Tên một nguồn đã ghi ở cột Nguồn; nhiều nguồn cách nhau bằng dấu ;", "A source named in the column source_vi; several with ; between them.";
    Featured, "featured", "Tư liệu nổi bật", "", "Tên hoặc mã của tư liệu ở ô lớn của màn hình đầu; có thể để trống.", "Title or id of the item in the large panel of the home screen; may stay empty.";
    Approval, "approval_status", "Tình trạng duyệt", "", "Bản nháp, Đã trình hoặc Đã duyệt. Để trống: Đã duyệt khi đủ bốn mục dưới đây, còn không thì Bản nháp.", "Sample, submitted or approved. Empty: approved when the four below are all there, else a sample.";
    PreparedVi, "prepared_by_vi", "Người soạn", "", "Người hoặc đơn vị soạn nội dung.", "Who prepared it, in Vietnamese.";
    PreparedEn, "prepared_by_en", "Người soạn (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
    AppraisedVi, "appraised_by_vi", "Người thẩm định", "", "Người hoặc đơn vị thẩm định.", "Who appraised it, in Vietnamese.";
    AppraisedEn, "appraised_by_en", "Người thẩm định (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
    Decision, "decision", "Số quyết định", "", "Ví dụ 45/QĐ-UBND.", "For example 45/QĐ-UBND.";
    Date, "decision_date", "Ngày quyết định", "", "Ngày/tháng/năm, ví dụ 10/11/2026.", "Day/month/year, for example 10/11/2026.";
    ApprovalVi, "approval_vi", "Ghi chú duyệt", "", "Một câu khách đọc được về việc duyệt. Để trống: tự ghi theo các mục trên.", "A sentence for visitors about the approval, in Vietnamese. Empty: made of the rows above.";
    ApprovalEn, "approval_en", "Ghi chú duyệt (tiếng Anh)", "", "Điền bản tiếng Anh của mục ngay trên.", "The English of the row above.";
];

impl Fact {
    pub fn told(self) -> &'static Known {
        // Every fact stands in the list once, in this order; a test holds it to that.
        &FACTS[self as usize]
    }
}

/// The sheet as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct FactSheet {
    pub rows: BTreeMap<Fact, usize>,
    values: BTreeMap<Fact, String>,
}

impl FactSheet {
    /// Rows that nobody knows are told.
    pub fn read(rows: &[Row], file: &str, findings: &mut Findings) -> Self {
        let mut sheet = Self::default();
        for row in rows {
            let Some(name) = row.cells.get(&1) else { continue };
            let name_words = words(name);
            if ["muc key", "muc", "key"].contains(&name_words.as_str()) {
                continue;
            }
            let known = FACTS.iter().find(|known| {
                let names = [words(known.vi), words(known.key), words(&format!("{} {}", known.vi, known.key))];
                names.contains(&name_words)
            });
            match known {
                Some(known) => {
                    sheet.rows.entry(known.fact).or_insert(row.number);
                    if let Some(value) = row.cells.get(&2) {
                        sheet.values.entry(known.fact).or_insert_with(|| value.clone());
                    }
                }
                None => unknown(row, name, file, findings),
            }
        }
        sheet
    }

    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.values.get(&fact).map(String::as_str)
    }
}

fn unknown(row: &Row, name: &str, file: &str, findings: &mut Findings) {
    let name = shown(name);
    let near = ids::nearest(&name, FACTS.iter().map(|known| known.vi));
    let hint = near.map_or_else(
        || ("Xem tên các mục trong bảng mẫu.".to_owned(), "See the names of the rows in the template.".to_owned()),
        |near| (format!("Có phải ý bạn là “{near}”?"), format!("Did you mean “{near}”?")),
    );
    let said = (
        format!("Không biết mục “{name}”; mục này không được dùng."),
        format!("The row “{name}” is not known and not used."),
    );
    let layout = Layout { file: file.to_owned(), ..Layout::default() };
    let cell = format!("Triển lãm!{}", super::cells::named(row.number, 1, ""));
    let place = Place { cell, ..layout.cell(row.number, super::columns::Column::Id) };
    tell_at(findings, "unknown-fact", place, said, (&hint.0, &hint.1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_found_by_its_names() {
        for (index, known) in FACTS.iter().enumerate() {
            assert_eq!(known.fact as usize, index, "{}", known.key);
            assert_eq!(known.fact.told().key, known.key);
            let row = |name: String| Row { number: 3, cells: [(1, name), (2, "a".to_owned())].into() };
            for name in [known.vi.to_owned(), known.key.to_owned(), format!("{}\n{}", known.vi, known.key)] {
                let mut findings = Findings::default();
                let sheet = FactSheet::read(&[row(name)], "a.xlsx", &mut findings);
                assert_eq!((sheet.get(known.fact), findings.len()), (Some("a"), 0), "{}", known.key);
            }
        }
    }
}
