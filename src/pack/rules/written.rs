//! Everything that stands in the texts of a pack, value by value, with its place: what rules about words look at.

use crate::base::files::read_capped;
use crate::base::text_place::LineColumn;
use crate::diagnostics::Place;
use crate::pack::sealed::Sealed;
use crate::pack::source::outline::Outline;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// Largest text file that a pack may hold.
const MAX_TEXT_BYTES: u64 = 1 << 20;
const MAX_ITEMS: usize = 500;

/// One value that holds no other: a text, a number, a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where its key stands.
    pub place: Place,
    /// What it says; of a text without quotation marks and escapes.
    pub text: String,
    pub is_text: bool,
    /// Just as it stands in the file, from `at` on.
    raw: String,
    at: LineColumn,
}

impl Written {
    /// The key path without the numbers of list elements: `kind.hotspots.title.vi`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        let mut rest = self.place.key_path.as_str();
        while let Some((before, after)) = rest.split_once('[') {
            path.push_str(before);
            rest = after.split_once(']').map_or("", |(_, after)| after);
        }
        path.push_str(rest);
        path
    }

    /// The last key: a language for texts in several.
    pub fn last_key(&self) -> &str {
        self.place.key_path.rsplit(['.', '[']).next().unwrap_or_default()
    }

    /// All keys but the last.
    pub fn parent(&self) -> &str {
        self.place.key_path.rfind(['.', '[']).map_or("", |cut| &self.place.key_path[..cut])
    }

    /// Where a character of it stands; its beginning when it is written as an escape.
    pub fn place_of(&self, character: char) -> Place {
        let before = self.raw.split_once(character).map_or("", |(before, _)| before);
        let at = match before.rfind('\n') {
            Some(end) => {
                let line = self.at.line + before.matches('\n').count();
                LineColumn { line, column: before[end + 1..].chars().count() + 1 }
            }
            None => LineColumn { line: self.at.line, column: self.at.column + before.chars().count() },
        };
        Place { at: Some(at), ..self.place.clone() }
    }
}

/// All values of all texts of a pack.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub all: Vec<Written>,
    /// Languages that the exhibit declares.
    pub languages: Vec<String>,
}

impl Texts {
    /// Reads `exhibit.ron`, `sources.ron`, the items and every caption file that is named; what cannot be read has been
    /// told by reading the pack and is left out here.
    pub fn read(folder: &Path) -> Self {
        Self::of(files(folder), |file| read_text(folder, file))
    }

    /// The same of a built pack.
    pub fn read_sealed(pack: &Sealed) -> Self {
        let entries = pack.manifest.entries.iter().map(|entry| entry.path.clone());
        let is_text = |path: &String| {
            ["exhibit.ron", "sources.ron"].contains(&path.as_str())
                || path.starts_with("items/") && path.ends_with(".ron")
        };
        Self::of(entries.filter(is_text).take(MAX_ITEMS + 2).collect(), |file| {
            let mut bytes = Vec::new();
            pack.entry(file)?.take(MAX_TEXT_BYTES).read_to_end(&mut bytes).ok()?;
            String::from_utf8(bytes).ok()
        })
    }

    fn of(files: Vec<String>, read_text: impl Fn(&str) -> Option<String>) -> Self {
        let mut all = Vec::new();
        for file in files {
            all.extend(read_text(&file).into_iter().flat_map(|text| values(&file, &text)));
        }
        let is_language = |w: &&Written| w.place.file == "exhibit.ron" && w.path() == "languages";
        let languages = all.iter().filter(is_language).map(|w| w.text.clone()).collect();
        let named: BTreeSet<String> =
            all.iter().filter(|w| w.last_key() == "captions").map(|w| w.text.clone()).collect();
        for file in named.iter().filter(|file| !file.split('/').any(|part| part == "..") && !file.starts_with('/')) {
            all.extend(read_text(file).into_iter().flat_map(|text| lines(file, &text)));
        }
        Self { all, languages }
    }

    /// Texts of one file.
    pub fn of_file<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a Written> {
        self.all.iter().filter(move |w| w.place.file == file)
    }

    /// The place where a file of the pack is first named; the file itself when no text names it.
    pub fn place_naming(&self, name: &str) -> Place {
        let naming = self.all.iter().find(|w| w.is_text && w.text == name && !w.place.key_path.is_empty());
        naming.map_or_else(|| Place::file(name), |w| w.place.clone())
    }

    /// Where a key path of a file stands; the file when it does not.
    pub fn place(&self, file: &str, key_path: &str) -> Place {
        let under = |w: &&Written| {
            let rest = w.place.key_path.strip_prefix(key_path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let found = self.of_file(file).find(under);
        let at = found.and_then(|w| w.place.at);
        Place { file: file.to_owned(), at, key_path: key_path.to_owned(), ..Place::default() }
    }
}

fn read_text(folder: &Path, file: &str) -> Option<String> {
    String::from_utf8(read_capped(&folder.join(file), MAX_TEXT_BYTES).ok()?).ok()
}

fn files(folder: &Path) -> Vec<String> {
    let listed = std::fs::read_dir(folder.join("items")).into_iter().flatten();
    let names = listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut items: Vec<String> = names.filter(|n| n.ends_with(".ron")).map(|n| format!("items/{n}")).collect();
    items.sort();
    items.truncate(MAX_ITEMS);
    ["exhibit.ron".to_owned(), "sources.ron".to_owned()].into_iter().chain(items).collect()
}

/// The innermost values of a RON text.
pub fn values(file: &str, text: &str) -> Vec<Written> {
    let outline = Outline::of(text);
    let mut found = Vec::new();
    for (index, entry) in outline.entries.iter().enumerate() {
        // Parents come before what they hold.
        let holds = outline.entries.get(index + 1).is_some_and(|next| next.start < entry.end && next.end <= entry.end);
        let Some(raw) = text.get(entry.value_start..entry.end).filter(|_| !holds) else { continue };
        let decoded = ron::from_str::<String>(raw).ok();
        let is_text = decoded.is_some();
        let at = Some(outline.line_column(text, entry.start));
        found.push(Written {
            place: Place { file: file.to_owned(), at, key_path: entry.key_path.clone(), ..Place::default() },
            text: decoded.unwrap_or_else(|| raw.trim().to_owned()),
            is_text,
            raw: raw.to_owned(),
            at: outline.line_column(text, entry.value_start),
        });
    }
    found
}

/// Captions line by line; they have no keys.
fn lines(file: &str, text: &str) -> Vec<Written> {
    let is_said = |line: &str| !line.trim().is_empty() && !line.contains("-->") && !line.starts_with("WEBVTT");
    let said = text.lines().enumerate().filter(|(_, line)| is_said(line));
    said.map(|(index, line)| {
        let at = LineColumn { line: index + 1, column: 1 };
        Written {
            place: Place { file: file.to_owned(), at: Some(at), key_path: String::new(), ..Place::default() },
            text: line.to_owned(),
            is_text: true,
            raw: line.to_owned(),
            at,
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "(\n  id: \"a\",\n  spots: [(title: {\"vi\": \"Đảo \\\"xa\\\"\"}, at: Point(0.5, 0.25))],\n)";

    #[test]
    fn every_innermost_value_is_found_with_its_place() {
        let found = values("a.ron", TEXT);
        let told: Vec<(String, &str, bool)> =
            found.iter().map(|w| (w.place.to_string(), w.text.as_str(), w.is_text)).collect();
        assert_eq!(told[0], ("a.ron:2:3 (id)".to_owned(), "a", true));
        assert_eq!(told[1], ("a.ron:3:20 (spots[0].title.vi)".to_owned(), "Đảo \"xa\"", true));
        assert!(told[2..].iter().all(|(_, _, is_text)| !is_text), "{told:?}");
        assert_eq!((found[1].path(), found[1].last_key()), ("spots.title.vi".to_owned(), "vi"));
        assert_eq!(found[1].parent(), "spots[0].title");
    }

    #[test]
    fn a_character_is_found_in_its_line() {
        let found = values("a.ron", "(text: \"một\n hai ☃\")");
        assert_eq!(found[0].place_of('☃').at, Some(LineColumn { line: 2, column: 6 }));
        assert_eq!(found[0].place_of('m').at, Some(LineColumn { line: 1, column: 9 }));
    }
}
