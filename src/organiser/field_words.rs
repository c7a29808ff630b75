//! Places in a pack's texts in words: “Bản đồ thử”: điểm “Góc trên”, lời, tiếng Việt.

use crate::diagnostics::Said;
use crate::pack::rules::written::{Texts, Written};
use std::collections::BTreeMap;

/// Key, Vietnamese, English. Keys that only hold others are not told.
const KEYS: [(&str, &str, &str); 68] = [
    ("alt", "lời tả ảnh", "picture in words"),
    ("appraised_by", "người thẩm định", "appraised by"),
    ("approval", "phê duyệt", "approval"),
    ("at", "vị trí", "position"),
    ("attract", "màn hình chờ", "waiting screen"),
    ("audio", "tệp âm thanh", "sound file"),
    ("captions", "phụ đề", "captions"),
    ("creator", "tác giả", "creator"),
    ("credit", "ghi công", "credit"),
    ("curator_note", "ghi chú của người soạn", "curator's note"),
    ("date", "ngày tháng", "date"),
    ("decision", "số quyết định", "decision"),
    ("description", "mô tả", "description"),
    ("disputed", "còn tranh luận", "disputed"),
    ("en", "tiếng Anh", "English"),
    ("featured", "tư liệu nổi bật", "featured item"),
    ("file", "tệp", "file"),
    ("format", "định dạng", "format"),
    ("frame", "khung bản đồ", "map frame"),
    ("geo", "tọa độ", "coordinates"),
    ("georeference", "điểm khống chế", "control points"),
    ("halls", "gian", "hall"),
    ("holder", "nơi giữ", "holder"),
    ("hotspots", "điểm", "point"),
    ("id", "mã", "id"),
    ("items", "các tư liệu", "items"),
    ("label", "nhãn", "label"),
    ("language", "ngôn ngữ", "language"),
    ("languages", "các ngôn ngữ", "languages"),
    ("lead", "lời dẫn", "introduction"),
    ("licence", "giấy phép", "licence"),
    ("light", "ảnh sáng", "light picture"),
    ("lines", "dòng", "line"),
    ("link", "dẫn tới", "leads to"),
    ("method", "cách tính", "method"),
    ("minutes", "số phút", "minutes"),
    ("name", "tên", "name"),
    ("narration", "thuyết minh", "narration"),
    ("nature", "dạng ảnh", "nature of the picture"),
    ("night", "ảnh tối", "night picture"),
    ("note", "ghi chú", "note"),
    ("notes", "điểm", "point"),
    ("original", "nguyên văn", "original"),
    ("original_title", "tên gốc", "original title"),
    ("pages", "trang", "page"),
    ("phonetic", "phiên âm", "reading"),
    ("picture", "ảnh", "picture"),
    ("place", "nơi", "place"),
    ("prepared_by", "người soạn", "prepared by"),
    ("printed_names", "tên in trên bản đồ", "printed name"),
    ("publisher", "đơn vị", "publisher"),
    ("quote", "trích", "quotation"),
    ("read_in", "nơi đọc", "read in"),
    ("region", "vùng", "region"),
    ("related", "tư liệu liên quan", "related items"),
    ("sources", "nguồn", "sources"),
    ("status", "tình trạng", "status"),
    ("status_note", "ghi chú tình trạng", "note on status"),
    ("subtitle", "tên phụ", "subtitle"),
    ("text", "lời", "text"),
    ("title", "tên", "title"),
    ("translation", "nội dung", "content"),
    ("url", "địa chỉ", "address"),
    ("version", "phiên bản", "version"),
    ("vi", "tiếng Việt", "Vietnamese"),
    ("views", "ảnh", "view"),
    ("voice", "giọng đọc", "voice"),
    ("when", "năm", "years"),
];

/// Words that stand in a pack for others.
const WORDS: [(&str, &str, &str); 13] = [
    ("Approved", "Đã duyệt", "Approved"),
    ("Disputed", "Còn tranh luận", "Disputed"),
    ("Drawing", "Bản vẽ", "Drawing"),
    ("NeedsChecking", "Cần kiểm tra", "Needs checking"),
    ("Photograph", "Ảnh chụp", "Photograph"),
    ("Reported", "Theo nguồn", "Reported"),
    ("Sample", "Mẫu, chưa thẩm định", "Sample, not appraised"),
    ("Scan", "Bản quét", "Scan"),
    ("Submitted", "Đã trình, chờ duyệt", "Submitted, not yet approved"),
    ("Undated", "Không rõ năm", "Undated"),
    ("Verified", "Đã kiểm chứng", "Verified"),
    ("false", "Không", "No"),
    ("true", "Có", "Yes"),
];

/// Files and what in them has an id, so that people read titles in its place.
pub struct Fields<'a> {
    texts: &'a Texts,
    ids: BTreeMap<(&'a str, &'a str), &'a str>,
}

impl<'a> Fields<'a> {
    pub fn of(texts: &'a Texts) -> Self {
        let with_id = texts.all.iter().filter(|w| w.last_key() == "id" && w.parent().ends_with(']'));
        let ids = with_id.map(|w| ((w.place.file.as_str(), w.parent()), w.text.as_str())).collect();
        Self { texts, ids }
    }

    /// The key path with ids for numbers where elements have one: it stays when lists grow.
    pub fn stable(&self, written: &Written) -> String {
        let path = written.place.key_path.as_str();
        let (mut out, mut from) = (String::new(), 0);
        for (at, _) in path.match_indices(']') {
            if let Some(id) = self.ids.get(&(written.place.file.as_str(), &path[..=at])) {
                let open = path[..=at].rfind('[').unwrap_or(at);
                out.push_str(&format!("{}[{id}]", &path[from..open]));
                from = at + 1;
            }
        }
        out + &path[from..]
    }

    /// A key path of a file in words.
    pub fn told(&self, file: &str, key_path: &str) -> Said {
        let (vi, en) = (self.told_in("vi", file, key_path), self.told_in("en", file, key_path));
        Said::new(vi, en)
    }

    fn told_in(&self, language: &str, file: &str, key_path: &str) -> String {
        let mut pieces: Vec<String> = Vec::new();
        for (at, key) in steps(key_path) {
            let prefix = &key_path[..at];
            let titled = || Some(format!("“{}”", self.title(language, file, prefix)?));
            match key.parse::<usize>() {
                Ok(number) => {
                    let name = titled().unwrap_or_else(|| (number + 1).to_string());
                    match pieces.last_mut() {
                        Some(piece) => piece.push_str(&format!(" {name}")),
                        None => pieces.push(name),
                    }
                }
                Err(_) => pieces.extend(word(language, key).filter(|word| pieces.last() != Some(word))),
            }
        }
        format!("{}: {}", self.about(language, file), pieces.join(", "))
    }

    /// What a file is about.
    fn about(&self, language: &str, file: &str) -> String {
        match (file, language) {
            ("exhibit.ron", "vi") => "Triển lãm".to_owned(),
            ("exhibit.ron", _) => "Exhibit".to_owned(),
            ("sources.ron", "vi") => "Nguồn".to_owned(),
            ("sources.ron", _) => "Source".to_owned(),
            _ => self.title(language, file, "").map_or_else(|| file.to_owned(), |title| format!("“{title}”")),
        }
    }

    /// The title of an element, or else its id.
    fn title(&self, language: &str, file: &str, prefix: &str) -> Option<String> {
        let under = if prefix.is_empty() { "title.".to_owned() } else { format!("{prefix}.title.") };
        let titles = || self.texts.of_file(file).filter(|w| w.place.key_path.starts_with(&under));
        let title = titles().find(|w| w.last_key() == language).or_else(|| titles().next());
        title.map(|w| w.text.clone()).or_else(|| self.ids.get(&(file, prefix)).map(|id| (*id).to_owned()))
    }
}

/// The keys and numbers of a path, each with where it ends.
fn steps(path: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in path.char_indices().chain([(path.len(), '.')]) {
        if matches!(c, '.' | '[' | ']') {
            if from < at {
                found.push((if c == ']' { at + 1 } else { at }, &path[from..at]));
            }
            from = at + 1;
        }
    }
    found
}

fn word(language: &str, key: &str) -> Option<String> {
    let (_, vi, en) = KEYS.iter().find(|(known, _, _)| *known == key)?;
    Some((if language == "vi" { *vi } else { *en }).to_owned())
}

/// A value as people read it.
pub fn value(written: &Written) -> Said {
    let known = WORDS.iter().find(|(word, _, _)| !written.is_text && *word == written.text);
    known.map_or_else(|| Said::new(written.text.as_str(), written.text.as_str()), |(_, vi, en)| Said::new(*vi, *en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::rules::written::values;

    #[test]
    fn a_place_is_told_by_title_and_field() {
        let text = "(title: {\"vi\": \"Bản đồ\", \"en\": \"Map\"}, description: [(text: {\"vi\": \"a\"})], \
                    kind: Map(hotspots: [(id: \"corner\", title: {\"vi\": \"Góc\"}, text: (text: {\"en\": \"b\"}))]))";
        let texts = Texts { all: values("items/a.ron", text), languages: vec!["vi".to_owned()] };
        let fields = Fields::of(&texts);
        let told = |path| fields.told("items/a.ron", path);
        assert_eq!(told("description[0].text.vi").vi, "“Bản đồ”: mô tả 1, lời, tiếng Việt");
        let point = told("kind.hotspots[0].text.text.en");
        assert_eq!(point.vi, "“Bản đồ”: điểm “Góc”, lời, tiếng Anh");
        assert_eq!(point.en, "“Map”: point “Góc”, text, English");
    }
}
