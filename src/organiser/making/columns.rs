//! The columns of a list of items: their heads in Vietnamese and English, and what goes into each.

use super::plain::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Id,
    Kind,
    HallVi,
    HallEn,
    LeadVi,
    LeadEn,
    TitleVi,
    TitleEn,
    Date,
    DateVi,
    DateEn,
    CreatorVi,
    CreatorEn,
    HolderVi,
    HolderEn,
    PlaceVi,
    PlaceEn,
    DescriptionVi,
    DescriptionEn,
    SourceVi,
    SourceEn,
    SourcePublisher,
    SourceUrl,
    SourceHolderVi,
    SourceHolderEn,
    SourceStatus,
    Licence,
    CreditVi,
    CreditEn,
    Nature,
    Images,
    AltVi,
    AltEn,
    AudioVi,
    AudioEn,
    Voice,
    AudioLicence,
    AudioCreditVi,
    AudioCreditEn,
    Disputed,
    Related,
    HallImage,
    SecondVi,
    SecondEn,
    SecondPublisher,
    SecondUrl,
    SecondHolderVi,
    SecondHolderEn,
    SecondStatus,
}

/// A column: its heads in Vietnamese and English, what an example holds, and what to write, in both languages.
pub struct Head {
    pub column: Column,
    pub vi: &'static str,
    pub en: &'static str,
    pub example: &'static str,
    pub explained: (&'static str, &'static str),
}

macro_rules! heads {
    ($($column:ident, $vi:literal, $en:literal, $example:literal, $say_vi:literal, $say_en:literal;)*) => {
        [$(Head {
            column: Column::$column,
            vi: $vi,
            en: $en,
            example: $example,
            explained: ($say_vi, $say_en),
        }),*]
    };
}

pub const HEADS: [Head; 49] = heads![
    Id, "Mã", "id", "", "Để trống: lấy từ tên. Chữ thường không dấu, số, gạch nối.", "Empty: made from the title. Lower-case letters without marks, digits, hyphens.";
    TitleVi, "Tên", "title_vi", "Ví dụ: bản đồ thử", "Tên tư liệu.", "The item's title in Vietnamese.";
    TitleEn, "Tên (tiếng Anh)", "title_en", "Example: a test map", "Tên tiếng Anh.", "The title in English.";
    Kind, "Loại", "kind", "Bản đồ", "Bản đồ, Văn bản hoặc Hiện vật.", "Map, document or artefact.";
    HallVi, "Gian", "hall_vi", "Bản đồ cổ", "Tên gian trưng bày; mỗi tư liệu ở một gian.", "The hall it stands in, in Vietnamese; every item stands in one.";
    HallEn, "Gian (tiếng Anh)", "hall_en", "Old maps", "Chỉ cần ở dòng đầu của gian.", "The hall's English name; only needed in the hall's first row.";
    LeadVi, "Lời dẫn gian", "lead_vi", "Những bản đồ vẽ quần đảo.", "Một câu, tối đa 60 ký tự; chỉ ở dòng đầu của gian.", "One line, at most 60 characters; in the hall's first row only.";
    LeadEn, "Lời dẫn gian (tiếng Anh)", "lead_en", "Maps that draw the archipelagos.", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    Date, "Niên đại", "date", "khoảng 1838", "1838; khoảng 1838; 1830-1840; 02/9/1945; thế kỷ XVII; đầu thế kỷ XX; trước 1945; 1950-nay; Minh Mạng thứ 16 (1835); không rõ.", "1838; about 1838; 1830-1840; 17th century; early 20th century; before 1945; undated.";
    DateVi, "Niên đại ghi", "date_vi", "", "Niên đại bằng lời tự do, như sẽ hiện cho khách. Để trống: ghi như cột Niên đại.", "How the date is shown in Vietnamese, in words of your own; empty: made from the date.";
    DateEn, "Niên đại ghi (tiếng Anh)", "date_en", "", "Điền bản tiếng Anh của ô bên trái. Để trống: ghi như cột Niên đại.", "How the date is shown in English, in words of your own; empty: made from the date.";
    CreatorVi, "Tác giả", "creator_vi", "", "Người hoặc cơ quan làm ra.", "Who made it, in Vietnamese.";
    CreatorEn, "Tác giả (tiếng Anh)", "creator_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    HolderVi, "Nơi lưu giữ", "holder_vi", "", "Thư viện, bảo tàng, kho lưu trữ.", "Library, museum or archive, in Vietnamese.";
    HolderEn, "Nơi lưu giữ (tiếng Anh)", "holder_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    PlaceVi, "Nơi làm", "place_vi", "", "Nơi làm ra hoặc tìm thấy.", "Where it was made or found, in Vietnamese.";
    PlaceEn, "Nơi làm (tiếng Anh)", "place_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    DescriptionVi, "Mô tả", "description_vi", "Dòng ví dụ, hãy xóa đi.", "Mỗi đoạn một dòng trong ô (Alt+Enter).", "One paragraph a line of the cell (Alt+Enter), in Vietnamese.";
    DescriptionEn, "Mô tả (tiếng Anh)", "description_en", "An example row: delete it.", "Điền bản tiếng Anh của ô bên trái, cùng số đoạn.", "The English of the cell to the left, with as many paragraphs.";
    SourceVi, "Nguồn", "source_vi", "Sách ví dụ", "Tên tài liệu mà các điều trên dựa vào.", "The publication that all of this rests on, in Vietnamese.";
    SourceEn, "Nguồn (tiếng Anh)", "source_en", "An example book", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    SourcePublisher, "Nơi đăng", "source_publisher", "Nhà xuất bản ví dụ", "Nơi xuất bản, trang mạng đã đọc.", "Who published what was read.";
    SourceUrl, "Địa chỉ nguồn", "source_url", "https://example.org/book", "Trang mạng, bắt đầu bằng https:// Để trống khi đọc trên giấy: khi ấy ghi Nơi đăng hoặc Nơi giữ nguồn.", "A web page, begins with https:// Empty for what was read on paper: then tell who published or keeps it.";
    SourceHolderVi, "Nơi giữ nguồn", "source_holder_vi", "", "Nơi giữ bản gốc của nguồn.", "Where the source's original is kept, in Vietnamese.";
    SourceHolderEn, "Nơi giữ nguồn (tiếng Anh)", "source_holder_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    SourceStatus, "Mức kiểm chứng", "source_status", "Cần kiểm tra", "Đã kiểm chứng, Theo nguồn, Còn tranh luận, Cần kiểm tra.", "Verified, reported, disputed, needs checking.";
    Licence, "Giấy phép", "licence", "CC0-1.0", "CC0-1.0, CC-BY-4.0, Phạm vi công cộng, Được phép, Tư liệu của đơn vị, LicenseRef-…", "CC0-1.0, CC-BY-4.0, public domain, with permission, own material, LicenseRef-…";
    CreditVi, "Ghi công", "credit_vi", "Thư viện ví dụ", "Dòng ghi công cạnh ảnh.", "The credit line beside the picture, in Vietnamese.";
    CreditEn, "Ghi công (tiếng Anh)", "credit_en", "Example library", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    Nature, "Dạng ảnh", "nature", "Bản quét", "Bản quét, Ảnh chụp hoặc Bản vẽ.", "Scan, photograph or drawing.";
    Images, "Ảnh", "images", "", "Tên tệp, cách nhau bằng dấu ; Để trống: tìm theo mã hoặc tên, trang đánh số ten-1, ten-2.", "File names with ; between them. Empty: found by id or title, numbered pages name-1, name-2.";
    AltVi, "Lời tả ảnh", "alt_vi", "Một bản đồ để thử.", "Điều người không nhìn được cần biết. Nhiều ảnh: mỗi ảnh một dòng, hoặc một dòng có {n} là số trang.", "What one who cannot see it should know. Several pictures: a line each, or one line with {n} for the page.";
    AltEn, "Lời tả ảnh (tiếng Anh)", "alt_en", "A map to test with.", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    AudioVi, "Thuyết minh", "audio_vi", "", "Tệp âm thanh tiếng Việt; cạnh nó là tệp phụ đề .vtt cùng tên. Để trống: tìm MÃ.vi.ogg.", "Vietnamese sound file; beside it its captions, a .vtt of the same name. Empty: ID.vi.ogg is looked for.";
    AudioEn, "Thuyết minh (tiếng Anh)", "audio_en", "", "Tệp âm thanh tiếng Anh; cạnh nó là tệp phụ đề .vtt cùng tên. Để trống: tìm MÃ.en.ogg.", "English sound file; beside it its captions, a .vtt of the same name. Empty: ID.en.ogg is looked for.";
    Voice, "Giọng đọc", "voice", "", "Tên người đọc; hoặc Giọng máy: tên phần mềm.", "The name of who reads; or synthetic: a program.";
    AudioLicence, "Giấy phép âm thanh", "audio_licence", "", "Như cột Giấy phép.", "As in licence.";
    AudioCreditVi, "Ghi công âm thanh", "audio_credit_vi", "", "Dòng ghi công của âm thanh.", "The sound's credit line, in Vietnamese.";
    AudioCreditEn, "Ghi công âm thanh (tiếng Anh)", "audio_credit_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    Disputed, "Niên đại còn tranh luận", "date_disputed", "", "Có, khi các nguồn ghi niên đại khác nhau; khi ấy cột Niên đại ghi phải nói rõ. Để trống: không.", "Yes where sources name different dates; the shown date must say so. Empty: no.";
    Related, "Tư liệu liên quan", "related", "", "Tên hoặc mã của tư liệu khác trong bảng, cách nhau bằng dấu ;", "Titles or ids of other rows, with ; between them.";
    HallImage, "Ảnh gian", "hall_image", "", "Tên hoặc mã của tư liệu mà ảnh đầu của nó đại diện cho gian; chỉ ở dòng đầu của gian. Để trống: tư liệu đầu tiên.", "Title or id of the row whose first picture stands for the hall; in the hall's first row only. Empty: the first item.";
    SecondVi, "Nguồn thứ hai", "source2_title_vi", "", "Tài liệu thứ hai mà các điều trên dựa vào, nếu có.", "A second publication that all of this rests on, if there is one, in Vietnamese.";
    SecondEn, "Nguồn thứ hai (tiếng Anh)", "source2_title_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    SecondPublisher, "Nơi đăng nguồn thứ hai", "source2_publisher", "", "Như cột Nơi đăng.", "As in source_publisher.";
    SecondUrl, "Địa chỉ nguồn thứ hai", "source2_url", "", "Như cột Địa chỉ nguồn.", "As in source_url.";
    SecondHolderVi, "Nơi giữ nguồn thứ hai", "source2_holder_vi", "", "Như cột Nơi giữ nguồn.", "As in source_holder_vi.";
    SecondHolderEn, "Nơi giữ nguồn thứ hai (tiếng Anh)", "source2_holder_en", "", "Điền bản tiếng Anh của ô bên trái.", "The English of the cell to the left.";
    SecondStatus, "Mức kiểm chứng nguồn thứ hai", "source2_status", "", "Như cột Mức kiểm chứng.", "As in source_status.";
];

impl Column {
    /// By any of its heads, with or without marks, or both as the template writes them.
    pub fn by_name(name: &str) -> Option<Self> {
        let parts = name.split(['\n', '|']).map(words).collect::<Vec<_>>();
        let known = |part: &String| {
            let found = HEADS.iter().find(|head| words(head.vi) == *part || words(head.en) == *part);
            found.map(|head| head.column).or_else(|| plainly(part))
        };
        parts.iter().rev().find_map(known)
    }

    pub fn head(self) -> Option<&'static Head> {
        HEADS.iter().find(|head| head.column == self)
    }
}

/// Names without a language, as a list in one language has them.
fn plainly(part: &str) -> Option<Column> {
    Some(match part {
        "ma so" | "ky hieu" => Column::Id,
        "type" => Column::Kind,
        "hall" | "phong" => Column::HallVi,
        "title" | "name" | "ten tu lieu" => Column::TitleVi,
        "year" | "nam" => Column::Date,
        "creator" | "author" => Column::CreatorVi,
        "holder" => Column::HolderVi,
        "place" => Column::PlaceVi,
        "description" => Column::DescriptionVi,
        "source" | "source title" => Column::SourceVi,
        "url" | "source address" => Column::SourceUrl,
        "status" => Column::SourceStatus,
        "license" => Column::Licence,
        "credit" => Column::CreditVi,
        "image" | "image files" | "file" | "files" | "tep anh" => Column::Images,
        "alt" | "alt text" => Column::AltVi,
        "audio" | "narration" => Column::AudioVi,
        _ => return None,
    })
}

/// The sheets of the template: of the exhibit as a whole, of the items, of explanations.
pub const FACTS_SHEET: &str = "Triển lãm · Exhibit";
pub const ITEMS_SHEET: &str = "Tư liệu · Items";
pub const WORDS_SHEET: &str = "Giải thích · Explained";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_both_heads_and_by_nothing_else() {
        for head in HEADS {
            for name in [head.vi.to_owned(), head.en.to_owned(), format!("{}\n{}", head.vi, head.en)] {
                assert_eq!(Column::by_name(&name), Some(head.column), "{name}");
            }
        }
        assert_eq!(Column::by_name("TÊN  tư liệu"), Some(Column::TitleVi));
        assert_eq!(Column::by_name("Giá tiền"), None);
    }
}
