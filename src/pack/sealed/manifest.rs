//! The manifest: what a sealed pack is and what lies in it. Its text has one possible form, so that what is signed is
//! what is read.

use super::names::{NameFault, check_together, in_order, is_unseen, shown};
use super::{FORMAT, MAX_ENTRIES};
use crate::base::ids::Id;
use serde_json::{Map, Value};
use std::fmt::Write;

pub const MANIFEST: &str = "manifest.json";
pub const SIGNATURE: &str = "manifest.json.minisig";
/// The longest title, version, decision or date.
const MAX_WORDS_BYTES: usize = 400;
const MAX_LANGUAGE_BYTES: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub id: Id,
    pub version: String,
    /// Language and title.
    pub title: Vec<(String, String)>,
    pub approval: Approval,
    /// Pictures that come as tiles: path of the picture, and the entry of its container.
    pub pictures: Vec<(String, String)>,
    /// All entries of the file but the manifest and its signature, in their order there: media first, then texts.
    pub entries: Vec<Entry>,
}

/// As the exhibit tells it; the words are those of the pack's source form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub status: String,
    pub decision: Option<String>,
    pub date: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: String,
    pub length: u64,
    pub blake3: [u8; 32],
}

impl Entry {
    pub fn hex(&self) -> String {
        crate::base::ids::hex(&self.blake3)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("the pack is of format {0}; this program reads format {FORMAT}")]
    Newer(u64),
    #[error("{0}")]
    Malformed(&'static str),
    #[error("{0}: “{name}”", name = shown(.1))]
    Name(NameFault, String),
}

impl Manifest {
    /// The text, the same for the same manifest.
    pub fn render(&self) -> String {
        let quoted = |text: &str| Value::from(text).to_string();
        let optional = |text: &Option<String>| text.as_deref().map_or("null".to_owned(), quoted);
        let lines =
            |lines: Vec<String>| if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
        let mut out = String::new();
        let title = self.title.iter().map(|(language, text)| format!("{}: {}", quoted(language), quoted(text)));
        let pictures = self
            .pictures
            .iter()
            .map(|(path, tiles)| format!("{{\"path\": {}, \"tiles\": {}}}", quoted(path), quoted(tiles)));
        let entries = self.entries.iter().map(|entry| {
            let (path, hash) = (quoted(&entry.path), entry.hex());
            format!("{{\"path\": {path}, \"length\": {}, \"blake3\": \"{hash}\"}}", entry.length)
        });
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{{\n\"format\": {FORMAT},\n\"id\": {},\n\"version\": {},\n\"title\": {{{}}},\n\"approval\": {{\"status\": {}, \
             \"decision\": {}, \"date\": {}}},\n\"pictures\": [{}],\n\"entries\": [{}]\n}}\n",
            quoted(self.id.as_str()),
            quoted(&self.version),
            title.collect::<Vec<_>>().join(", "),
            quoted(&self.approval.status),
            optional(&self.approval.decision),
            optional(&self.approval.date),
            lines(pictures.collect()),
            lines(entries.collect()),
        );
        out
    }

    /// Reads a manifest, of a pack that anybody may have made.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        let malformed = ManifestError::Malformed;
        let value: Value = serde_json::from_slice(bytes).map_err(|_| malformed("a manifest that is no JSON"))?;
        match format_of(&value) {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => return Err(ManifestError::Newer(format)),
            _ => return Err(malformed("a manifest without its format")),
        }
        let manifest = from_value(&value).ok_or(malformed("a manifest that lacks something"))?;
        if manifest.entries.is_empty() || manifest.entries.len() > MAX_ENTRIES {
            return Err(malformed("a manifest of no or too many entries"));
        }
        if manifest.render().as_bytes() != bytes {
            return Err(malformed("a manifest of another form"));
        }
        manifest.check_names()?;
        Ok(manifest)
    }

    fn check_names(&self) -> Result<(), ManifestError> {
        let named = |(fault, name)| ManifestError::Name(fault, name);
        let own = [MANIFEST, SIGNATURE];
        check_together(self.entries.iter().map(|entry| entry.path.as_str()).chain(own)).map_err(named)?;
        // A picture has a name of its own even though it is not an entry.
        let pictures = self.pictures.iter().map(|(path, _)| path.as_str());
        check_together(self.entries.iter().map(|entry| entry.path.as_str()).chain(own).chain(pictures))
            .map_err(named)?;
        if !self.entries.is_sorted_by(|a, b| in_order(&a.path, &b.path).is_lt()) || !self.pictures.is_sorted() {
            return Err(ManifestError::Malformed("a manifest out of order"));
        }
        let is_there = |tiles: &String| self.entry(tiles).is_some() && tiles.ends_with(".tiles");
        if !self.pictures.iter().all(|(_, tiles)| is_there(tiles)) {
            return Err(ManifestError::Malformed("a picture whose tiles are no entry"));
        }
        Ok(())
    }

    pub fn entry(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| in_order(&entry.path, path)).ok()?;
        self.entries.get(at)
    }

    /// The name by which people know an entry: the picture's, for the tiles of one.
    pub fn name_of<'a>(&'a self, entry: &'a str) -> &'a str {
        let of_tiles = self.pictures.iter().find(|(_, tiles)| tiles == entry);
        of_tiles.map_or(entry, |(picture, _)| picture.as_str())
    }

    /// Bytes of all entries.
    pub fn length(&self) -> u64 {
        self.entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.length))
    }

    /// What tells this state of this pack from every other: the hash of the manifest.
    pub fn hash(&self) -> String {
        blake3::hash(self.render().as_bytes()).to_hex().to_string()
    }
}

/// The format that a manifest tells, whatever else it holds.
pub fn format_of(value: &Value) -> Option<u64> {
    value.get("format")?.as_u64()
}

fn from_value(value: &Value) -> Option<Manifest> {
    let approval = value.get("approval")?;
    let title = value.get("title")?.as_object()?.iter();
    if title.clone().any(|(language, _)| language.len() > MAX_LANGUAGE_BYTES || language.contains(is_unseen)) {
        return None;
    }
    Some(Manifest {
        id: Id::new(value.get("id")?.as_str()?)?,
        version: words(value.get("version")?)?,
        title: title.map(|(language, text)| Some((language.clone(), words(text)?))).collect::<Option<_>>()?,
        approval: Approval {
            status: words(approval.get("status")?)?,
            decision: optional_words(approval.get("decision")?)?,
            date: optional_words(approval.get("date")?)?,
        },
        pictures: value.get("pictures")?.as_array()?.iter().map(picture).collect::<Option<_>>()?,
        entries: value.get("entries")?.as_array()?.iter().map(entry).collect::<Option<_>>()?,
    })
}

fn words(value: &Value) -> Option<String> {
    // They are told at a terminal, which is to take no orders from them.
    let is_plain = |text: &&str| !text.is_empty() && text.len() <= MAX_WORDS_BYTES && !text.contains(is_unseen);
    value.as_str().filter(is_plain).map(str::to_owned)
}

fn optional_words(value: &Value) -> Option<Option<String>> {
    if value.is_null() { Some(None) } else { words(value).map(Some) }
}

fn object_of(value: &Value, count: usize) -> Option<&Map<String, Value>> {
    value.as_object().filter(|object| object.len() == count)
}

fn picture(value: &Value) -> Option<(String, String)> {
    let object = object_of(value, 2)?;
    Some((object.get("path")?.as_str()?.to_owned(), object.get("tiles")?.as_str()?.to_owned()))
}

fn entry(value: &Value) -> Option<Entry> {
    let object = object_of(value, 3)?;
    let hash = blake3::Hash::from_hex(object.get("blake3")?.as_str()?).ok()?;
    Some(Entry {
        path: object.get("path")?.as_str()?.to_owned(),
        length: object.get("length")?.as_u64()?,
        blake3: *hash.as_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let entry = |path: &str| Entry { path: path.to_owned(), length: 3, blake3: [7; 32] };
        Manifest {
            id: Id::new("a-pack").expect("an id"),
            version: "1.0".to_owned(),
            title: vec![("en".to_owned(), "A \"pack\"".to_owned()), ("vi".to_owned(), "Gói".to_owned())],
            approval: Approval { status: "Sample".to_owned(), decision: None, date: Some("2026-11-20".to_owned()) },
            pictures: vec![("p.png".to_owned(), "tiles/a.tiles".to_owned())],
            entries: vec![entry("tiles/a.tiles"), entry("exhibit.ron")],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = manifest().render();
        assert_eq!(Manifest::parse(text.as_bytes()), Ok(manifest()), "{text}");
    }

    #[test]
    fn a_newer_format_is_told_apart() {
        let newer = br#"{"format": 2, "all": "else may be new"}"#;
        assert_eq!(Manifest::parse(newer), Err(ManifestError::Newer(2)));
    }

    #[test]
    fn a_text_of_another_form_is_refused() {
        let text = manifest().render();
        for (old, new) in [
            ("\n\"id\"", "\n \"id\""),
            ("\"version\"", "\"more\": 1,\n\"version\""),
            ("\"version\": \"1.0\"", "\"version\": \"0.9\",\n\"version\": \"1.0\""),
            ("0707", "0A0A"),
            ("\"length\": 3", "\"length\": 3.0"),
            ("\"length\": 3", "\"length\": -3"),
            ("tiles/a.tiles\"}\n]", "tiles/b.tiles\"}\n]"),
            ("exhibit.ron", "exhibit.ogg"),
            ("exhibit.ron", "../exhibit.ron"),
            ("exhibit.ron", "manifest.json"),
            ("p.png", "Exhibit.ron"),
            ("a-pack", "A pack"),
        ] {
            assert!(text.contains(old), "{old}");
            assert!(Manifest::parse(text.replacen(old, new, 1).as_bytes()).is_err(), "{old} {new}");
        }
    }
}
