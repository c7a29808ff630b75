//! What is known of a pack in the making. Everything may be absent; nothing stands here that nobody told.

use super::cells::Layout;
use super::words::ItemKind;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Words by language; a language that nobody wrote in is absent.
pub type Texts = BTreeMap<String, String>;

#[derive(Debug, Default)]
pub struct Draft {
    pub id: Option<String>,
    pub version: String,
    pub languages: Vec<String>,
    pub title: Texts,
    pub publisher: Texts,
    pub subtitle: Texts,
    /// A word to visitors about the whole, and what it rests on.
    pub note: Texts,
    pub note_sources: Vec<String>,
    pub featured: Option<String>,
    pub approval_note: Texts,
    pub approval: DraftApproval,
    pub halls: Vec<DraftHall>,
    pub items: Vec<DraftItem>,
    pub sources: Vec<DraftSource>,
    /// What it was made of, for the comments.
    pub origin: String,
    /// Where things stand in the list, when there is one.
    pub layout: Layout,
    /// Files to copy, and where they lie in the pack.
    pub copies: Vec<(PathBuf, String)>,
    /// Pictures and sounds of the folder that nothing here uses.
    pub spares: Vec<String>,
    /// Texts to write as they are, and where they lie in the pack.
    pub texts: Vec<(String, String)>,
}

/// The chain of approval; only a draft that has all of it is called approved.
#[derive(Debug)]
pub struct DraftApproval {
    /// As RON has it.
    pub status: &'static str,
    pub prepared_by: Texts,
    pub appraised_by: Texts,
    pub decision: Option<String>,
    /// `2026-11-10`.
    pub date: Option<String>,
}

impl Default for DraftApproval {
    fn default() -> Self {
        let (prepared_by, appraised_by) = Default::default();
        Self { status: "Sample", prepared_by, appraised_by, decision: None, date: None }
    }
}

impl Draft {
    pub fn has_language(&self, language: &str) -> bool {
        self.languages.iter().any(|l| l == language)
    }
}

#[derive(Debug, Default)]
pub struct DraftHall {
    pub id: String,
    pub origin: String,
    pub picture: Option<DraftPage>,
    pub title: Texts,
    pub lead: Texts,
    pub lead_sources: Vec<String>,
    /// Where lead and picture came from, which may be another row than the hall's first.
    pub lead_origin: String,
    pub picture_origin: String,
    pub items: Vec<String>,
}

#[derive(Debug, Default)]
pub struct DraftItem {
    pub id: String,
    pub origin: String,
    pub title: Texts,
    pub original_title: Option<(String, String)>,
    /// As RON has it: `Year(1838)`.
    pub when: Option<String>,
    pub date: Texts,
    /// Sources name different dates.
    pub disputed: bool,
    pub creator: Texts,
    pub holder: Texts,
    pub place: Texts,
    pub sources: Vec<String>,
    pub description: Vec<Texts>,
    pub narration: BTreeMap<String, DraftTrack>,
    pub kind: Option<ItemKind>,
    /// One of a map, the pages of a document, the views of an artefact.
    pub pages: Vec<DraftPage>,
    pub spots: Vec<DraftSpot>,
    /// A Georeference Annotation in the pack.
    pub georeference: Option<String>,
    /// Ids of other items.
    pub related: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct DraftPage {
    pub file: String,
    pub origin: String,
    pub nature: Option<&'static str>,
    pub alt: Texts,
    pub licence: Option<String>,
    pub credit: Texts,
    pub label: Texts,
    pub lines: Vec<DraftLine>,
}

/// Words of a page. Regions are fractions of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftLine {
    pub region: Option<[f64; 4]>,
    pub original: Option<(String, String)>,
    pub translation: Texts,
    pub origin: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftSpot {
    pub region: [f64; 4],
    pub title: Texts,
    pub text: Texts,
    pub origin: String,
}

#[derive(Debug, Default)]
pub struct DraftTrack {
    pub audio: Option<String>,
    pub captions: Option<String>,
    /// `Recorded` or `Synthetic`, and which.
    pub voice: Option<(&'static str, String)>,
    pub licence: Option<String>,
    pub credit: Texts,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftSource {
    pub id: String,
    pub title: Texts,
    pub holder: Texts,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// Further places where it was read: publisher, address.
    pub read_too: Vec<(String, Option<String>)>,
    pub status: Option<&'static str>,
    pub origin: String,
    /// Where single fields came from, when another row told them.
    pub origins: BTreeMap<&'static str, String>,
}

impl DraftSource {
    pub fn origin_of(&self, field: &'static str) -> &str {
        self.origins.get(field).unwrap_or(&self.origin)
    }
}

/// Puts words of a language where there are any.
pub fn put(texts: &mut Texts, language: &str, words: Option<&str>) {
    if let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) {
        texts.insert(language.to_owned(), words.to_owned());
    }
}
