//! One RON text into its schema, past every mistake: what is wrong is reported, blanked out, and the rest is read on.

use super::outline::{Broken, Entry, Outline};
use super::wording::{known_words, nearest, shown, syntax_hint, too_many_problems, value_hint};
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Findings, Place, Said};
use ron::Options;
use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

/// A text as far as it could be read.
pub struct Parsed<T> {
    pub value: Option<T>,
    pub outline: Outline,
    /// Key paths whose values were wrong and therefore left out; they are not missing as well.
    pub left_out: Vec<String>,
}

/// Mistakes mended in one file before giving up on it, for each costs another reading of the whole text.
const MAX_MISTAKES: usize = 100;

pub fn parse<T: DeserializeOwned>(file: &str, text: &str, findings: &mut Findings) -> Parsed<T> {
    let outline = Outline::of(text);
    let reading = Reading {
        file,
        text,
        outline: &outline,
        remaining: text.to_owned(),
        taken_out: Vec::new(),
        left_out: Vec::new(),
        findings,
    };
    let (value, left_out) = reading.read();
    Parsed { value, outline, left_out }
}

/// One text while it is read again and again, with one mistake less each time.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    outline: &'a Outline,
    /// The text without what was wrong; byte offsets are those of `text`.
    remaining: String,
    /// Where entries begin that were taken out.
    taken_out: Vec<usize>,
    left_out: Vec<String>,
    findings: &'a mut Findings,
}

impl<'a> Reading<'a> {
    fn read<T: DeserializeOwned>(mut self) -> (Option<T>, Vec<String>) {
        if let Some(offset) = self.outline.too_deep {
            self.tell_depth(offset);
            return (None, self.left_out);
        }
        self.take_out_repeated();
        let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        for _ in 0..MAX_MISTAKES {
            let error = match options.from_str::<T>(&self.remaining) {
                Ok(value) => return (Some(value), self.left_out),
                Err(error) => error,
            };
            if !self.mend(&error) {
                return (None, self.left_out);
            }
        }
        too_many_problems(self.file, self.findings);
        (None, self.left_out)
    }

    /// RON takes the last of several entries with one key in silence, so the first stays and the others are told.
    fn take_out_repeated(&mut self) {
        let outline = self.outline;
        for entry in outline.repeated.iter().take(MAX_MISTAKES).filter_map(|at| outline.entries.get(*at)) {
            self.tell(
                "wrong-type",
                entry.start,
                &entry.key_path,
                Said::new(
                    "Tên này đã đứng ở trên, trong cùng một ngoặc.",
                    "This name stands above already, in the same brackets.",
                ),
                Said::new("Giữ lại một trong hai.", "Keep one of the two."),
            );
            self.overwrite(entry.start, entry.next, "");
        }
    }

    /// Tells a mistake and takes it out of the text; false when reading cannot go on.
    fn mend(&mut self, error: &SpannedError) -> bool {
        let end = LineColumn { line: error.span.end.line, column: error.span.end.col };
        let at = end.offset_in(&self.remaining);
        let in_comment = matches!(error.code, Error::UnclosedBlockComment);
        if let Some(broken) = self.outline.broken.filter(|broken| broken.at <= at && !in_comment) {
            self.tell_broken(broken);
            return false;
        }
        let Some(entry) = self.culprit(&error.code, at) else {
            self.tell_syntax(&error.code, at);
            return false;
        };
        // When what stands in for an entry does not fit either, its mistake has been told already.
        if !self.taken_out.contains(&entry.start) {
            self.tell_mistake(&error.code, entry);
            self.left_out.push(entry.key_path.clone());
        }
        self.take_out(&error.code, entry)
    }

    /// The entry to leave out so that reading can go on; none when the text's brackets or commas are broken.
    fn culprit(&self, code: &Error, at: usize) -> Option<&'a Entry> {
        let outline = self.outline;
        if let Error::NoSuchStructField { found, .. } = code {
            let named =
                |e: &&Entry| e.start <= at && last_key(e) == found.as_str() && !self.taken_out.contains(&e.start);
            let field = outline.entries.iter().filter(named).max_by_key(|e| e.start);
            if field.is_some() {
                return field;
            }
        } else if !is_about_a_value(code) || self.text.as_bytes().get(at) == Some(&b'#') {
            return None;
        }
        outline.whole(outline.holding(at)?)
    }

    /// Takes an entry out of the text; false when that has not helped before.
    fn take_out(&mut self, code: &Error, entry: &Entry) -> bool {
        let before = self.taken_out.iter().filter(|start| **start == entry.start).count();
        self.taken_out.push(entry.start);
        let stand_in = if matches!(code, Error::ExpectedString | Error::InvalidEscape(_)) { "\"\"" } else { "()" };
        if before == 0 && entry.listed && entry.end >= entry.start + stand_in.len() {
            // An element keeps its place, so that those behind it keep their numbers.
            self.overwrite(entry.start, entry.end, stand_in);
        } else {
            self.overwrite(entry.start, entry.next, "");
        }
        before < 2
    }

    /// Puts ASCII text and then blanks over a range, so that lines and byte offsets behind it stay true.
    fn overwrite(&mut self, start: usize, end: usize, with: &str) {
        let Some(old) = self.remaining.get(start..end) else { return };
        let blanks = old.bytes().skip(with.len()).map(|b| if b == b'\n' { '\n' } else { ' ' });
        let new: String = with.chars().chain(blanks).collect();
        self.remaining.replace_range(start..end, &new);
    }

    fn tell(&mut self, code: &'static str, offset: usize, key_path: &str, message: Said, hint: Said) {
        let at = Some(self.outline.line_column(self.text, offset));
        let place = Place { file: self.file.to_owned(), at, key_path: key_path.to_owned(), ..Place::default() };
        self.findings.error(code, place, message, hint);
    }

    fn tell_depth(&mut self, offset: usize) {
        let deepest = super::outline::MAX_DEPTH;
        self.tell(
            "nested-too-deep",
            offset,
            "",
            Said::new("Văn bản lồng ngoặc quá sâu.", "The text has too many brackets inside brackets."),
            Said::new(format!("Tối đa {deepest} tầng ngoặc."), format!("At most {deepest} levels are allowed.")),
        );
    }

    fn tell_broken(&mut self, broken: Broken) {
        let LineColumn { line, column } = self.outline.line_column(self.text, broken.opened);
        let bracket = self.text.get(broken.opened..=broken.opened).unwrap_or("(");
        self.tell(
            "syntax",
            broken.at,
            "",
            Said::new(
                format!("Dấu “{bracket}” mở ở dòng {line}, cột {column} chưa được đóng đúng trước chỗ này."),
                format!(
                    "The “{bracket}” opened in line {line}, column {column} is not closed properly before this place."
                ),
            ),
            Said::new("Mỗi dấu ( [ { cần đúng một dấu ) ] } của nó.", "Every ( [ { needs its own ) ] }."),
        );
    }

    fn tell_syntax(&mut self, code: &Error, at: usize) {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        self.tell(
            "syntax",
            at,
            "",
            Said::new(
                "Không đọc được văn bản từ chỗ này: thiếu hoặc thừa dấu ngoặc, dấu phẩy hay dấu nháy.",
                "The text cannot be read from here: a bracket, comma or quotation mark is missing or too many.",
            ),
            syntax_hint(code, next),
        );
    }

    fn tell_mistake(&mut self, code: &Error, entry: &Entry) {
        let (rule, message, hint) = match code {
            Error::NoSuchStructField { expected, found, .. } => {
                self.spare_meant_field(entry, found, expected);
                let name = shown(found);
                let message = Said::new(
                    format!("Không có trường nào tên “{name}”."),
                    format!("There is no field named “{name}”."),
                );
                ("unknown-field", message, known_words(found, expected))
            }
            Error::NoSuchEnumVariant { expected, found, .. } => {
                let word = shown(found);
                let message = Said::new(
                    format!("“{word}” không phải là từ được dùng ở đây."),
                    format!("“{word}” is not a word known here."),
                );
                ("unknown-word", message, known_words(found, expected))
            }
            code => {
                let message = Said::new("Giá trị này không đúng kiểu.", "This value is of the wrong kind.");
                ("wrong-type", message, value_hint(code))
            }
        };
        self.tell(rule, entry.start, &entry.key_path, message, hint);
    }

    /// The field that a misspelt one means is not missing as well.
    fn spare_meant_field(&mut self, entry: &Entry, found: &str, expected: &[&str]) {
        if let Some(meant) = nearest(found, expected.iter().copied()).filter(|_| last_key(entry) == found) {
            let parent = &entry.key_path[..entry.key_path.len() - found.len()];
            self.left_out.push(format!("{parent}{meant}"));
        }
    }
}

fn last_key(entry: &Entry) -> &str {
    entry.key_path.rsplit('.').next().unwrap_or_default()
}

fn is_about_a_value(code: &Error) -> bool {
    matches!(
        code,
        Error::Message(_)
            | Error::ExpectedArray
            | Error::ExpectedBoolean
            | Error::ExpectedFloat
            | Error::FloatUnderscore
            | Error::UnderscoreAtBeginning
            | Error::ExpectedInteger
            | Error::ExpectedMap
            | Error::ExpectedString
            | Error::InvalidEscape(_)
            | Error::ExpectedStructLike
            | Error::ExpectedNamedStructLike(_)
            | Error::ExpectedDifferentStructName { .. }
            | Error::ExpectedUnit
            | Error::ExpectedOption
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. }
            | Error::InvalidValueForType { .. }
            | Error::ExpectedDifferentLength { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::DuplicateStructField { .. }
            | Error::ExpectedIdentifier
            | Error::SuggestRawIdentifier(_)
            | Error::ExpectedStructName(_)
            | Error::ExpectedStructLikeEnd
    )
}

#[cfg(test)]
mod tests {
    use super::super::schema;
    use super::*;

    fn told(text: &str) -> Vec<(String, &'static str)> {
        let mut findings = Findings::default();
        let _: Parsed<schema::Item> = parse("x.ron", text, &mut findings);
        findings.into_sorted().into_iter().map(|p| (p.place.to_string(), p.code)).collect()
    }

    fn place(place: &str, code: &'static str) -> (String, &'static str) {
        (place.to_owned(), code)
    }

    #[test]
    fn every_mistake_of_a_file_is_told_in_one_reading() {
        let text =
            "(\n  id: 12,\n  titel: {},\n  minutes: \"x\",\n  kind: Map(pictur: 3, frame: (projection: Globe)),\n)";
        assert_eq!(
            told(text),
            [
                place("x.ron:2:3 (id)", "wrong-type"),
                place("x.ron:3:3 (titel)", "unknown-field"),
                place("x.ron:4:3 (minutes)", "wrong-type"),
                place("x.ron:5:13 (kind.pictur)", "unknown-field"),
                place("x.ron:5:32 (kind.frame.projection)", "unknown-word"),
            ]
        );
    }

    #[test]
    fn columns_stay_those_of_the_text() {
        let text = "(date: (text: \"tùy nguồn\", when: 1901, disputed: \"đúng\"))";
        assert_eq!(
            told(text),
            [
                place("x.ron:1:9 (date.text)", "wrong-type"),
                place("x.ron:1:28 (date.when)", "wrong-type"),
                place("x.ron:1:40 (date.disputed)", "wrong-type"),
            ]
        );
    }

    #[test]
    fn a_wrong_element_leaves_the_others_their_numbers() {
        let mut findings = Findings::default();
        let text = "[(id: \"a\"), \"b\", (id: \"c\")]";
        let parsed: Parsed<Vec<schema::Source>> = parse("x.ron", text, &mut findings);
        let ids: Vec<Option<String>> = parsed.value.unwrap_or_default().into_iter().map(|s| s.id).collect();
        assert_eq!(ids, [Some("a".to_owned()), None, Some("c".to_owned())]);
        assert_eq!(parsed.left_out, ["[1]"]);
    }

    #[test]
    fn broken_brackets_are_one_problem() {
        assert_eq!(told("(id: \"a\"").len(), 1);
        assert_eq!(told("").len(), 1);
        assert_eq!(told("(id: \"a\" title: 3)")[0].1, "syntax");
        assert_eq!(told("(kind: Map(\n  hotspots: [\n  ),\n),\n)"), [place("x.ron:3:3", "syntax")]);
    }

    #[test]
    fn a_key_that_stands_twice_is_told_where_it_stands_again() {
        assert_eq!(
            told("(title: {\"vi\": \"a\", \"vi\": \"b\"}, id: \"c\", id: \"d\")"),
            [place("x.ron:1:21 (title.vi)", "wrong-type"), place("x.ron:1:42 (id)", "wrong-type"),]
        );
    }

    #[test]
    fn a_slip_gets_the_nearest_word_as_a_hint() {
        let mut findings = Findings::default();
        let parsed: Parsed<schema::Item> = parse("x.ron", "(titel: {})", &mut findings);
        assert_eq!(findings.into_sorted()[0].hint.en, "Did you mean “title”?");
        assert_eq!(parsed.left_out, ["title", "titel"]);
    }

    #[test]
    fn more_mistakes_than_anybody_makes_end_in_one_problem() {
        let fields: String = (0..300).map(|n| format!("x{n}: 1, ")).collect();
        let told = told(&format!("({fields})"));
        assert_eq!((told.len(), told[0].1), (MAX_MISTAKES + 1, "too-many-problems"));
    }
}
