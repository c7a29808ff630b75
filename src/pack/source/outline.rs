//! Where each key of a RON text stands. Also the guard against texts nested too deeply, before any parser sees them.

use crate::base::text_place::LineColumn;
use crate::diagnostics::Place;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

/// One value of the text and the keys that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `halls[0].title.vi`
    pub key_path: String,
    /// Byte offset where the entry begins: its key, or the value of a list element.
    pub start: usize,
    pub value_start: usize,
    /// Byte offset just after the value.
    pub end: usize,
    /// Byte offset just after the comma that follows; the end where none does.
    pub next: usize,
    /// Whether it stands in a list, `[…]`.
    pub listed: bool,
}

/// A bracket that nothing closes properly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub opened: usize,
    /// Offset of the wrong closing bracket, or the text's end.
    pub at: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// In the order of the text, parents before what they hold.
    pub entries: Vec<Entry>,
    /// Offset of the first bracket beyond the allowed depth.
    pub too_deep: Option<usize>,
    pub broken: Option<Broken>,
    /// Which entries have a key that stood before them in the same place.
    pub repeated: Vec<usize>,
    /// The first entry of every key path.
    by_path: HashMap<String, usize>,
    line_starts: Vec<usize>,
}

/// Deepest nesting of brackets accepted.
pub const MAX_DEPTH: usize = 32;
/// Bytes of all key paths together, far more than a text of 1 MiB needs; what comes after is found by its parent.
const MAX_PATH_BYTES: usize = 16 << 20;
/// A longer key is cut, for every path below it holds it too.
const MAX_KEY_CHARS: usize = 64;

impl Outline {
    /// Reads as much as is well formed; never fails.
    pub fn of(text: &str) -> Self {
        let mut scanner = Scanner { bytes: text.as_bytes(), at: 0, path_bytes: 0, outline: Self::default() };
        scanner.skip_blank();
        while scanner.peek() == Some(b'#') {
            scanner.skip_attribute();
        }
        scanner.value("", 0);
        let mut outline = scanner.outline;
        outline.line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        outline.index();
        outline
    }

    fn index(&mut self) {
        let mut told_until = 0;
        for (position, entry) in self.entries.iter().enumerate() {
            match self.by_path.entry(entry.key_path.clone()) {
                Slot::Vacant(slot) => {
                    slot.insert(position);
                }
                // What stands inside something repeated is repeated with it.
                Slot::Occupied(_) if entry.start >= told_until => {
                    told_until = entry.end;
                    self.repeated.push(position);
                }
                Slot::Occupied(_) => {}
            }
        }
    }

    /// The entry of a key path, or of its nearest ancestor that stands in the text.
    pub fn nearest(&self, key_path: &str) -> Option<&Entry> {
        let mut path = key_path;
        loop {
            if let Some(position) = self.by_path.get(path) {
                return self.entries.get(*position);
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// The innermost entry that holds a byte offset, the offset just after it included.
    pub fn holding(&self, offset: usize) -> Option<&Entry> {
        self.entries.iter().filter(|e| e.start <= offset && offset <= e.end).min_by_key(|e| e.end - e.start)
    }

    /// The entry itself; for one part of a tuple the value it belongs to, which can only be left out as a whole.
    pub fn whole<'o>(&'o self, entry: &'o Entry) -> Option<&'o Entry> {
        let mut entry = entry;
        while entry.key_path.ends_with(']') && !entry.listed {
            let cut = entry.key_path.rfind(['.', '['])?;
            entry = self.nearest(&entry.key_path[..cut])?;
        }
        Some(entry)
    }

    /// Line and column of a byte offset of the text this outline is of.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        LineColumn { line, column }
    }

    /// The place of a key path, or of its nearest ancestor, in a file of that text.
    pub fn place(&self, file: &str, text: &str, key_path: &str) -> Place {
        let offset = self.nearest(key_path).map_or(0, |entry| entry.start);
        Place {
            file: file.to_owned(),
            at: Some(self.line_column(text, offset)),
            key_path: key_path.to_owned(),
            ..Place::default()
        }
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    path_bytes: usize,
    outline: Outline,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts(&self, with: &[u8]) -> bool {
        self.bytes[self.at..].starts_with(with)
    }

    /// Goes on by some bytes, at most to the text's end.
    fn advance(&mut self, by: usize) {
        self.at = (self.at + by).min(self.bytes.len());
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                Some(b) if b.is_ascii_whitespace() => self.advance(1),
                Some(b'/') if self.starts(b"//") => self.skip_past(b"\n"),
                Some(b'/') if self.starts(b"/*") => self.skip_comment(),
                _ => return,
            }
        }
    }

    /// A block comment, which may hold others.
    fn skip_comment(&mut self) {
        let mut level = 0;
        while self.at < self.bytes.len() {
            if self.starts(b"/*") {
                level += 1;
                self.advance(2);
            } else if self.starts(b"*/") {
                level -= 1;
                self.advance(2);
                if level == 0 {
                    return;
                }
            } else {
                self.advance(1);
            }
        }
    }

    fn skip_past(&mut self, mark: &[u8]) {
        let rest = &self.bytes[self.at..];
        let found = rest.windows(mark.len()).position(|w| w == mark);
        self.at += found.map_or(rest.len(), |at| at + mark.len());
    }

    fn skip_attribute(&mut self) {
        self.skip_past(b"]");
        self.skip_blank();
    }

    /// Reads one value and records what is inside it; false when nothing sensible stands here.
    fn value(&mut self, path: &str, depth: usize) -> bool {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'r') if self.starts(b"r\"") || self.starts(b"r#") => self.raw_string(),
            Some(b'\'') => self.character(),
            Some(b'(' | b'[' | b'{') => self.group(path, depth),
            Some(_) if self.starts("“".as_bytes()) => {
                // Wrong marks, yet what stands between them is meant as one text.
                self.skip_past("”".as_bytes());
                true
            }
            Some(_) => self.word_and_group(path, depth),
            None => false,
        }
    }

    /// `Sample`, `0.5`, `Point(0.5, 0.5)`
    fn word_and_group(&mut self, path: &str, depth: usize) -> bool {
        let start = self.at;
        self.word();
        let end = self.at;
        if end == start {
            return false;
        }
        self.skip_blank();
        if matches!(self.peek(), Some(b'(' | b'[' | b'{')) {
            return self.group(path, depth);
        }
        self.at = end;
        true
    }

    fn word(&mut self) {
        while self.peek().is_some_and(|b| !b.is_ascii_whitespace() && !b"()[]{},:\"/".contains(&b)) {
            self.advance(1);
        }
    }

    fn string(&mut self) -> bool {
        self.advance(1);
        while let Some(b) = self.peek() {
            self.advance(if b == b'\\' { 2 } else { 1 });
            if b == b'"' {
                return true;
            }
        }
        false
    }

    fn raw_string(&mut self) -> bool {
        let start = self.at;
        self.advance(1);
        while self.peek() == Some(b'#') {
            self.advance(1);
        }
        let hashes = self.at - start - 1;
        if self.peek() != Some(b'"') {
            // A name written raw, such as `r#type`.
            self.word();
            return true;
        }
        let mut close = vec![b'"'];
        close.resize(1 + hashes, b'#');
        self.advance(1);
        self.skip_past(&close);
        true
    }

    fn character(&mut self) -> bool {
        self.advance(1);
        let escaped = self.peek() == Some(b'\\');
        self.advance(if escaped { 2 } else { 1 });
        self.skip_past(b"'");
        true
    }

    fn group(&mut self, path: &str, depth: usize) -> bool {
        if depth >= MAX_DEPTH {
            self.outline.too_deep.get_or_insert(self.at);
            return false;
        }
        let opened = self.at;
        let close = match self.bytes[opened] {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.advance(1);
        for index in 0.. {
            self.skip_blank();
            match self.peek() {
                Some(b) if b == close => {
                    self.advance(1);
                    return true;
                }
                Some(b')' | b']' | b'}') | None => {
                    self.outline.broken.get_or_insert(Broken { opened, at: self.at });
                    return false;
                }
                Some(_) => {}
            }
            if !self.element(path, index, depth, close == b']') {
                return false;
            }
        }
        true
    }

    /// One `key: value` or one plain value of a group, and the comma after it.
    fn element(&mut self, path: &str, index: usize, depth: usize, listed: bool) -> bool {
        let start = self.at;
        let count = self.outline.entries.len();
        let indexed = format!("{path}[{index}]");
        let mut position = self.begin(&indexed, start, listed);
        let mut whole = self.value(&indexed, depth + 1);
        let end = self.at;
        if end == start {
            self.outline.entries.truncate(count);
            return false;
        }
        self.skip_blank();
        if whole && self.peek() == Some(b':') {
            // What was read is a key: forget what was recorded of it and read the value.
            self.outline.entries.truncate(count);
            self.advance(1);
            self.skip_blank();
            let named = named(path, &self.bytes[start..end]);
            position = self.begin(&named, start, listed);
            whole = self.value(&named, depth + 1);
        } else {
            self.at = end;
        }
        self.finish(position);
        whole
    }

    /// Records an entry whose value begins here; none when the text holds more of them than anybody would write.
    fn begin(&mut self, key_path: &str, start: usize, listed: bool) -> Option<usize> {
        self.path_bytes += key_path.len();
        if self.path_bytes > MAX_PATH_BYTES {
            return None;
        }
        let at = self.at;
        let key_path = key_path.to_owned();
        self.outline.entries.push(Entry { key_path, start, value_start: at, end: at, next: at, listed });
        Some(self.outline.entries.len() - 1)
    }

    /// Notes that the value of an entry ends here, and the comma after it.
    fn finish(&mut self, position: Option<usize>) {
        let end = self.at;
        self.skip_blank();
        let comma = self.peek() == Some(b',');
        if comma {
            self.advance(1);
        }
        let next = if comma { self.at } else { end };
        if let Some(position) = position {
            let entry = &mut self.outline.entries[position];
            entry.end = end;
            entry.next = next;
        }
    }
}

fn named(path: &str, key: &[u8]) -> String {
    let key = String::from_utf8_lossy(key);
    let key: String = key.trim_matches(['"', '“', '”']).chars().take(MAX_KEY_CHARS).collect();
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_at<'a>(text: &'a str, path: &str) -> &'a str {
        let outline = Outline::of(text);
        let entry = outline.entries.iter().find(|e| e.key_path == path).unwrap_or_else(|| panic!("{path}"));
        &text[entry.value_start..entry.end]
    }

    #[test]
    fn keys_of_structs_maps_lists_and_variants_are_found() {
        let text = r#"( // note: "not a key"
            id: "a", kind: Map(picture: (file: "x.png"), at: Point(0.5, 0.25)), /* one /* in */ another: 1 */
            title: {"vi": "Đảo", "en": "An \"island\""}, halls: ["p", "q"], r: r"x", s: “một, hai” , r#type: 3 )"#;
        assert_eq!(text_at(text, "id"), "\"a\"");
        assert_eq!(text_at(text, "kind.picture.file"), "\"x.png\"");
        assert_eq!(text_at(text, "kind.at[1]"), "0.25");
        assert_eq!(text_at(text, "title.en"), r#""An \"island\"""#);
        assert_eq!(text_at(text, "halls[1]"), "\"q\"");
        assert_eq!(text_at(text, "r"), "r\"x\"");
        assert_eq!(text_at(text, "s"), "“một, hai”");
        assert_eq!(text_at(text, "r#type"), "3");
        assert!(Outline::of(text).nearest("another").is_none());
    }

    #[test]
    fn a_nesting_bomb_is_seen_without_recursing_into_it() {
        let bomb = "[".repeat(1_000_000);
        assert_eq!(Outline::of(&bomb).too_deep, Some(MAX_DEPTH));
    }

    #[test]
    fn broken_text_ends_quietly() {
        for text in
            ["", "(", "(a", "(a:", "(a: \"", "(a: 'x", "(a: '", "{\"k\"", "/*", "(a: r#\"x)", "(a: r#", "(a: \"\\"]
        {
            let _ = Outline::of(text);
        }
    }

    #[test]
    fn a_bracket_closed_wrongly_or_not_at_all_is_seen() {
        assert_eq!(Outline::of("(a: [1, 2), b: 3)").broken, Some(Broken { opened: 4, at: 9 }));
        assert_eq!(Outline::of("(a: (1, 2)").broken, Some(Broken { opened: 0, at: 10 }));
        assert_eq!(Outline::of("(a: \"(\")").broken, None);
    }

    #[test]
    fn a_key_that_stands_twice_is_seen_once() {
        let outline = Outline::of("(a: (b: 1), c: 2, a: (b: 3), a: 4)");
        let starts: Vec<usize> = outline.repeated.iter().map(|at| outline.entries[*at].start).collect();
        assert_eq!(starts, [18, 29]);
    }

    #[test]
    fn an_entry_reaches_to_its_comma_past_comments() {
        let text = "(a: 1 /* x, */ , b: 2)";
        let outline = Outline::of(text);
        assert_eq!(outline.nearest("a").map(|e| &text[e.start..e.next]), Some("a: 1 /* x, */ ,"));
        assert_eq!(outline.nearest("b").map(|e| &text[e.start..e.next]), Some("b: 2"));
    }

    #[test]
    fn the_innermost_entry_holds_an_offset() {
        let text = "(a: (b: 12, c: 3))";
        let outline = Outline::of(text);
        let at = text.find("12").expect("there");
        assert_eq!(outline.holding(at).map(|e| e.key_path.as_str()), Some("a.b"));
        assert_eq!(outline.nearest("a.b.zzz").map(|e| e.key_path.as_str()), Some("a.b"));
    }

    #[test]
    fn lines_and_columns_count_characters() {
        let text = "(\n  đảo: 1, x: 2)";
        let outline = Outline::of(text);
        assert_eq!(outline.place("a.ron", text, "x").to_string(), "a.ron:2:11 (x)");
        assert_eq!(outline.place("a.ron", text, "none").to_string(), "a.ron:1:1 (none)");
    }
}
