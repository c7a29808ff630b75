//! Turns pieces of the schema into pieces of the model, telling everything that is wrong with each. Pictures, sounds
//! and captions follow in `reader_media.rs`.

use super::files::Files;
use super::outline::Outline;
use super::schema::{self, Texts};
use super::wording::{self, MAX_PROBLEMS, shown};
use crate::base::ids::Id;
use crate::diagnostics::{Findings, Place, Said};
use crate::pack::model::{Date, Original, Region, Statement, Text, When};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::collections::BTreeSet;

/// The ids of a pack's sources.
#[derive(Debug, Default)]
pub struct SourceIds {
    /// Of all sources, faulty ones too, so that one broken source does not break all that rests on it; none when an
    /// id cannot be read, for then nobody knows which name is wrong.
    pub named: Option<BTreeSet<Id>>,
    /// Of those sources that can be shown.
    pub sound: BTreeSet<Id>,
}

/// What every file of one pack is read with.
#[derive(Clone, Copy)]
pub struct Pack<'a> {
    pub files: &'a Files<'a>,
    /// None when the exhibit does not tell them properly; then no text is checked for its languages.
    pub languages: Option<&'a [String]>,
    pub sources: &'a SourceIds,
    /// Of all item files, readable or not, so that one broken item does not break its neighbours.
    pub item_ids: &'a BTreeSet<Id>,
}

/// One file of the pack while its schema is lowered.
pub struct Reader<'a> {
    pub pack: Pack<'a>,
    file: &'a str,
    text: &'a str,
    outline: &'a Outline,
    /// Key paths that were told as wrong when the text was parsed; nothing more is said of them.
    pub left_out: &'a [String],
    pub findings: Findings,
    told: usize,
}

impl<'a> Reader<'a> {
    pub fn new(pack: Pack<'a>, file: &'a str, text: &'a str, outline: &'a Outline, left_out: &'a [String]) -> Self {
        Self { pack, file, text, outline, left_out, findings: Findings::default(), told: 0 }
    }
}

impl Reader<'_> {
    /// A problem at a key path of this file.
    pub fn problem(&mut self, code: &'static str, key_path: &str, message: (String, String), hint: (&str, &str)) {
        if self.is_full() || self.is_left_out(key_path) {
            return;
        }
        let place = self.outline.place(self.file, self.text, key_path);
        self.tell(code, place, Said::new(message.0, message.1), Said::new(hint.0, hint.1));
    }

    /// A problem at any place; past a certain number only that there are more.
    pub fn tell(&mut self, code: &'static str, place: Place, message: Said, hint: Said) {
        self.told += 1;
        if self.told <= MAX_PROBLEMS {
            self.findings.error(code, place, message, hint);
        } else if self.told == MAX_PROBLEMS + 1 {
            wording::too_many_problems(self.file, &mut self.findings);
        }
    }

    fn is_full(&self) -> bool {
        self.told > MAX_PROBLEMS
    }

    /// Whether a key path, or one above it, was told as wrong when the text was parsed.
    pub fn is_left_out(&self, key_path: &str) -> bool {
        let covers = |left: &String| {
            let rest = key_path.strip_prefix(left.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.left_out.iter().any(covers)
    }

    /// The value, or a problem that the field is missing.
    pub fn need<T>(&mut self, value: Option<T>, key_path: &str) -> Option<T> {
        if value.is_none() {
            let field = key_path.rsplit('.').next().unwrap_or(key_path);
            self.problem(
                "missing-field",
                key_path,
                (format!("Thiếu trường “{field}”."), format!("The field “{field}” is missing.")),
                ("Thêm trường này; docs/pack-format.md có ví dụ.", "Add it; docs/pack-format.md has an example."),
            );
        }
        value
    }

    pub fn id(&mut self, value: Option<String>, key_path: &str) -> Option<Id> {
        let text = self.need(value, key_path)?;
        let id = Id::new(&text);
        if id.is_none() {
            let text = shown(&text);
            self.problem(
                "bad-id",
                key_path,
                (format!("“{text}” không phải là mã hợp lệ."), format!("“{text}” is not a valid id.")),
                (
                    "Chỉ dùng chữ thường không dấu, chữ số và gạch nối, tối đa 64 ký tự.",
                    "Use lower-case letters a–z, digits and hyphens only, at most 64.",
                ),
            );
        }
        id
    }

    /// Tells when an id was used before, whatever else is wrong with what it names.
    pub fn first_use(&mut self, seen: &mut BTreeSet<Id>, id: Option<&str>, key_path: &str) {
        let Some(id) = id.and_then(Id::new) else { return };
        let message = (format!("Mã “{id}” đã dùng ở trên."), format!("The id “{id}” is already used above."));
        if !seen.insert(id) {
            self.problem("duplicate-id", key_path, message, ("Mỗi mã chỉ dùng một lần.", "Use every id once."));
        }
    }

    /// A plain string that is not empty and is NFC.
    pub fn words(&mut self, value: Option<String>, key_path: &str) -> Option<String> {
        let text = self.need(value, key_path)?;
        self.check_text(&text, key_path).then_some(text)
    }

    pub fn optional_words(&mut self, value: Option<String>, key_path: &str) -> Option<String> {
        self.words(Some(value?), key_path)
    }

    pub fn check_text(&mut self, text: &str, key_path: &str) -> bool {
        if text.trim().is_empty() {
            self.problem(
                "empty-text",
                key_path,
                ("Chỗ này để trống.".into(), "This text is empty.".into()),
                ("Viết nội dung hoặc bỏ cả trường.", "Write the text or leave the whole field out."),
            );
            return false;
        }
        if !ComposingNormalizerBorrowed::new_nfc().is_normalized(text) {
            let (vi, en) = wording::NOT_NFC;
            self.problem("not-nfc", key_path, (vi.into(), en.into()), wording::NOT_NFC_HINT);
            return false;
        }
        true
    }

    pub fn text(&mut self, value: Option<Texts>, key_path: &str) -> Option<Text> {
        let texts = self.need(value, key_path)?;
        let mut whole = true;
        for (language, text) in &texts {
            let key = format!("{key_path}.{language}");
            if self.is_language(language) {
                whole &= self.check_text(text, &key);
            } else {
                self.unknown_language(language, &key);
            }
        }
        for language in self.pack.languages.unwrap_or_default() {
            if texts.contains_key(language) {
                continue;
            }
            whole = false;
            if !self.is_left_out(&format!("{key_path}.{language}")) {
                self.problem(
                    "missing-translation",
                    key_path,
                    (format!("Chưa có bản “{language}”."), format!("There is no “{language}” text.")),
                    ("Mỗi câu cần đủ các ngôn ngữ của gói.", "Every text needs all languages of the pack."),
                );
            }
        }
        whole.then_some(Text(texts))
    }

    pub fn optional_text(&mut self, value: Option<Texts>, key_path: &str) -> Option<Text> {
        self.text(Some(value?), key_path)
    }

    /// Whether the pack has a language; any will do while its own are not known.
    pub fn is_language(&self, language: &str) -> bool {
        self.pack.languages.is_none_or(|known| known.iter().any(|tag| tag == language))
    }

    pub fn unknown_language(&mut self, language: &str, key_path: &str) {
        let language = shown(language);
        self.problem(
            "unknown-language",
            key_path,
            (
                format!("Gói không khai báo ngôn ngữ “{language}”."),
                format!("The pack does not declare the language “{language}”."),
            ),
            (
                "Thêm vào languages trong exhibit.ron hoặc bỏ bản này.",
                "Add it to languages in exhibit.ron or remove this text.",
            ),
        );
    }

    /// The ids of sources that exist; at least one is needed.
    pub fn sources(&mut self, value: Option<Vec<String>>, key_path: &str) -> Option<Vec<Id>> {
        let names = value.unwrap_or_default();
        if names.is_empty() {
            self.problem(
                "statement-without-source",
                key_path,
                ("Điều này không nêu nguồn nào.".into(), "This names no source.".into()),
                ("Ghi mã nguồn có trong sources.ron.", "Name the id of a source from sources.ron."),
            );
            return None;
        }
        let known = self.pack.sources;
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match (Id::new(name), &known.named) {
                (Some(id), _) if known.sound.contains(&id) => found.push(id),
                (Some(id), Some(named)) if named.contains(&id) => {}
                (_, Some(named)) => self.unknown_source(name, named, &format!("{key_path}[{index}]")),
                (_, None) => {}
            }
        }
        (!found.is_empty()).then_some(found)
    }

    fn unknown_source(&mut self, name: &str, named: &BTreeSet<Id>, key_path: &str) {
        if self.is_full() {
            return;
        }
        let hint = wording::nearest(name, named.iter().map(Id::as_str)).map_or_else(
            || Said::new("Thêm nguồn này vào sources.ron.", "Add the source to sources.ron."),
            wording::did_you_mean,
        );
        let name = shown(name);
        self.problem(
            "unknown-source",
            key_path,
            (
                format!("Không có nguồn “{name}” trong sources.ron."),
                format!("There is no source “{name}” in sources.ron."),
            ),
            (&hint.vi, &hint.en),
        );
    }

    /// An id that must be that of an item file.
    pub fn item(&mut self, name: String, key_path: &str) -> Option<Id> {
        let id = self.id(Some(name), key_path)?;
        if self.pack.item_ids.contains(&id) {
            return Some(id);
        }
        let hint = self.item_meant(id.as_str()).map_or_else(
            || Said::new("Tạo tệp items/….ron hoặc sửa mã.", "Write its items/….ron file or mend the id."),
            wording::did_you_mean,
        );
        self.problem(
            "unknown-item",
            key_path,
            (format!("Không có tư liệu “{id}”."), format!("There is no item “{id}”.")),
            (&hint.vi, &hint.en),
        );
        None
    }

    /// The item that a wrong name probably means; none when there are too many wrong names to compare.
    pub fn item_meant(&self, name: &str) -> Option<&str> {
        if self.is_full() {
            return None;
        }
        wording::nearest(name, self.pack.item_ids.iter().map(Id::as_str))
    }

    pub fn statement(&mut self, value: Option<schema::Statement>, key_path: &str) -> Option<Statement> {
        let statement = self.need(value, key_path)?;
        let text = self.text(statement.text, &format!("{key_path}.text"));
        let sources = self.sources(statement.sources, &format!("{key_path}.sources"));
        Some(Statement { text: text?, sources: sources? })
    }

    pub fn original(&mut self, value: schema::Original, key_path: &str) -> Option<Original> {
        let language = self.words(value.language, &format!("{key_path}.language"));
        let text = self.words(value.text, &format!("{key_path}.text"));
        Some(Original { language: language?, text: text? })
    }

    pub fn date(&mut self, value: Option<schema::Date>, key_path: &str) -> Option<Date> {
        let date = self.need(value, key_path)?;
        let when = self.need(date.when, &format!("{key_path}.when"));
        let text = self.text(date.text, &format!("{key_path}.text"));
        let possible = when.is_none_or(|when| match when {
            When::Year(y) | When::Circa(y) => (-4000..=2200).contains(&y),
            When::Between(a, b) => a < b && (-4000..=2200).contains(&a) && b <= 2200,
            When::Century(c) => (-40..=22).contains(&c) && c != 0,
            When::Undated => true,
        });
        if !possible {
            self.problem(
                "impossible-date",
                &format!("{key_path}.when"),
                ("Niên đại này không hợp lệ.".into(), "This date is not possible.".into()),
                (
                    "Năm từ -4000 đến 2200; Between ghi năm đầu trước; Century ghi số thế kỷ.",
                    "Years run from -4000 to 2200; Between wants the earlier year first; Century the number of the century.",
                ),
            );
            return None;
        }
        Some(Date { when: when?, text: text?, disputed: date.disputed })
    }

    /// Fractions that lie within the picture.
    pub fn region(&mut self, (x, y, width, height): (f64, f64, f64, f64), key_path: &str) -> Option<Region> {
        let inside = |from: f64, extent: f64| from >= 0.0 && extent >= 0.0 && from + extent <= 1.0 + 1e-9;
        if inside(x, width) && inside(y, height) {
            return Some(Region { x, y, width, height });
        }
        self.problem(
            "outside-picture",
            key_path,
            ("Vị trí này nằm ngoài ảnh.".into(), "This place lies outside the picture.".into()),
            (
                "Dùng số từ 0 đến 1: phần của chiều rộng, chiều cao.",
                "Use numbers from 0 to 1: fractions of width and height.",
            ),
        );
        None
    }
}
