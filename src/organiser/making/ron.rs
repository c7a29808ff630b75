//! Writes RON as people read it: indented, short things on one line, comments that tell where a value came from. Texts
//! become NFC. What a value means is not known here.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::fmt::Write;

/// Columns that a line may have before it is broken.
const LINE_CHARS: usize = 110;

#[derive(Clone, Debug, PartialEq)]
pub enum Ron {
    /// In quotation marks.
    Text(String),
    /// Bare: a word such as `Scan`, or something short that is RON already, `Year(1838)`.
    Word(String),
    Number(f64),
    List(Vec<Ron>),
    /// `(0.1, 0.2)`.
    Tuple(Vec<Ron>),
    /// `{"vi": "…"}`.
    Map(Vec<(String, Ron)>),
    /// `(id: "…")`, or `Map(picture: …)` with a name.
    Struct(&'static str, Vec<Field>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: &'static str,
    pub value: Ron,
    /// Stands above the field.
    pub comment: Option<String>,
}

/// Fields of a struct, as far as they are known.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

impl Fields {
    pub fn put(&mut self, name: &'static str, value: Ron) -> &mut Self {
        self.0.push(Field { name, value, comment: None });
        self
    }

    pub fn put_some(&mut self, name: &'static str, value: Option<Ron>) -> &mut Self {
        if let Some(value) = value {
            self.put(name, value);
        }
        self
    }

    /// A comment above the field put last.
    pub fn say(&mut self, comment: &str) -> &mut Self {
        if let Some(last) = self.0.last_mut().filter(|_| !comment.is_empty()) {
            last.comment = Some(comment.to_owned());
        }
        self
    }

    pub fn named(self, name: &'static str) -> Ron {
        Ron::Struct(name, self.0)
    }
}

impl Ron {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn word(word: &str) -> Self {
        Self::Word(word.to_owned())
    }

    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::text(text)).collect())
    }

    pub fn numbers<const N: usize>(numbers: [f64; N]) -> Self {
        Self::Tuple(numbers.into_iter().map(Self::Number).collect())
    }

    fn has_comments(&self) -> bool {
        match self {
            Self::Text(_) | Self::Word(_) | Self::Number(_) => false,
            Self::List(values) | Self::Tuple(values) => values.iter().any(Self::has_comments),
            Self::Map(pairs) => pairs.iter().any(|(_, value)| value.has_comments()),
            Self::Struct(_, fields) => fields.iter().any(|f| f.comment.is_some() || f.value.has_comments()),
        }
    }

    fn on_one_line(&self, out: &mut String) {
        match self {
            Self::Text(text) => quote(text, out),
            Self::Word(word) => out.push_str(word),
            Self::Number(number) => out.push_str(&decimal(*number)),
            Self::List(values) => joined(out, ("[", "]"), values, Self::on_one_line),
            Self::Tuple(values) => joined(out, ("(", ")"), values, Self::on_one_line),
            Self::Map(pairs) => joined(out, ("{", "}"), pairs, |(key, value), out| {
                quote(key, out);
                out.push_str(": ");
                value.on_one_line(out);
            }),
            Self::Struct(name, fields) => {
                out.push_str(name);
                joined(out, ("(", ")"), fields, |field, out| {
                    let _ = write!(out, "{}: ", field.name);
                    field.value.on_one_line(out);
                });
            }
        }
    }

    fn write(&self, depth: usize, out: &mut String) {
        let mut line = String::new();
        if !self.has_comments() {
            self.on_one_line(&mut line);
            let is_short = line.chars().count() + 4 * depth <= LINE_CHARS;
            if is_short || matches!(self, Self::Text(_) | Self::Word(_) | Self::Number(_)) {
                out.push_str(&line);
                return;
            }
        }
        match self {
            Self::List(values) => rows(out, depth, ("[", "]"), values, |value, out| value.write(depth + 1, out)),
            Self::Tuple(values) => rows(out, depth, ("(", ")"), values, |value, out| value.write(depth + 1, out)),
            Self::Map(pairs) => rows(out, depth, ("{", "}"), pairs, |(key, value), out| {
                quote(key, out);
                out.push_str(": ");
                value.write(depth + 1, out);
            }),
            Self::Struct(name, fields) => {
                out.push_str(name);
                rows(out, depth, ("(", ")"), fields, |field, out| {
                    if let Some(said) = &field.comment {
                        let _ = write!(out, "// {}\n{}", comment(said), "    ".repeat(depth + 1));
                    }
                    let _ = write!(out, "{}: ", field.name);
                    field.value.write(depth + 1, out);
                });
            }
            Self::Text(_) | Self::Word(_) | Self::Number(_) => {}
        }
    }
}

/// A whole file; the comment stands at its head.
pub fn file(head: &str, value: &Ron) -> String {
    let mut out = String::new();
    if !head.is_empty() {
        let _ = writeln!(out, "// {}", comment(head));
    }
    value.write(0, &mut out);
    out.push('\n');
    out
}

pub fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

fn joined<T>(out: &mut String, (open, close): (&str, &str), parts: &[T], put: impl Fn(&T, &mut String)) {
    out.push_str(open);
    for (index, part) in parts.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { ", " });
        put(part, out);
    }
    out.push_str(close);
}

fn rows<T>(out: &mut String, depth: usize, (open, close): (&str, &str), parts: &[T], put: impl Fn(&T, &mut String)) {
    out.push_str(open);
    for part in parts {
        let _ = write!(out, "\n{}", "    ".repeat(depth + 1));
        put(part, out);
        out.push(',');
    }
    let _ = write!(out, "\n{}{close}", "    ".repeat(depth));
}

fn decimal(number: f64) -> String {
    let mut text = format!("{number}");
    if !text.contains(['.', 'e', 'N', 'i']) {
        text.push_str(".0");
    }
    text
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in nfc(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Control signs, and those that turn the direction of a line around.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A comment ends with its line, so it must be one.
fn comment(text: &str) -> String {
    nfc(text).chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were_but_composed() {
        for text in ["a \"b\" \\ c\n\td", "đảo", "\u{7}\u{202e}x", "安南", "// no comment", ""] {
            let written = file("", &Ron::text(text));
            assert_eq!(ron::from_str::<String>(&written).expect("RON"), text, "{written}");
        }
        assert_eq!(file("", &Ron::text("a\u{301}")), "\"á\"\n");
    }

    #[test]
    fn a_comment_cannot_leave_its_line() {
        let mut fields = Fields::default();
        fields.put("id", Ron::text("a")).say("row 3\nid: \"b\"");
        let written = file("one\ntwo", &fields.named(""));
        assert_eq!(written, "// one two\n(\n    // row 3 id: \"b\"\n    id: \"a\",\n)\n");
    }

    #[test]
    fn short_things_stand_on_one_line_and_numbers_have_a_point() {
        let mut fields = Fields::default();
        fields.put("at", Ron::numbers([1.0, 0.25])).put("long", Ron::texts(&vec!["x".repeat(60); 2]));
        let written = file("", &fields.named("Map"));
        assert!(written.starts_with("Map(\n    at: (1.0, 0.25),\n    long: [\n        \"x"), "{written}");
    }
}
