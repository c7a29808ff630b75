//! What both versions of a manifest tell, and the reading of it: everything that is not taken is told with its JSON
//! path.

use super::node::{Node, Words};
use super::{reasons, version2, version3};
use crate::base::files::read_capped;
use crate::diagnostics::Findings;
use crate::organiser::making::{shown, tell};
use serde_json::Value;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

pub const MAX_MANIFEST_BYTES: u64 = 16 << 20;
/// Bytes of all files that a manifest leads to; the same one may be named a thousand times.
const MAX_LINKED_BYTES: u64 = 32 << 20;
/// Pages of one document; far more than a pack's texts may hold.
pub const MAX_CANVASES: usize = 2_000;
/// Annotations of one canvas; a page of a pack has room for fewer.
pub const MAX_NOTES: usize = 1_000;

#[derive(Debug, Default)]
pub struct Manifest {
    pub id: String,
    pub label: Words,
    pub summary: Words,
    pub metadata: Vec<Pair>,
    /// An address, and where it stands.
    pub rights: Option<(String, String)>,
    pub credit: Words,
    pub provider: Words,
    pub homepage: Option<String>,
    pub canvases: Vec<Canvas>,
}

#[derive(Debug)]
pub struct Pair {
    pub path: String,
    pub label: Words,
    pub value: Words,
}

#[derive(Debug, Default)]
pub struct Canvas {
    pub id: String,
    pub path: String,
    pub label: Words,
    pub summary: Words,
    pub width: f64,
    pub height: f64,
    pub images: Vec<Image>,
    pub notes: Vec<Note>,
    /// A Georeference Annotation and where it stands.
    pub georeference: Option<(String, Value)>,
}

#[derive(Debug)]
pub struct Image {
    pub path: String,
    pub id: String,
    pub service: Option<String>,
}

/// Words that an annotation gives to a part of a canvas.
#[derive(Debug)]
pub struct Note {
    pub path: String,
    pub motivation: String,
    pub language: Option<String>,
    pub label: Words,
    pub text: String,
    /// x, y, width, height in the canvas's own numbers.
    pub region: Option<[f64; 4]>,
}

/// A manifest while it is read.
pub struct Reading<'a> {
    pub file: &'a str,
    pub folder: &'a Path,
    pub media: Option<&'a Path>,
    pub findings: &'a mut Findings,
    /// Bytes that may still be read of files that the manifest leads to.
    room: u64,
}

impl<'a> Reading<'a> {
    pub fn new(file: &'a str, folder: &'a Path, media: Option<&'a Path>, findings: &'a mut Findings) -> Self {
        Self { file, folder, media, findings, room: MAX_LINKED_BYTES }
    }

    pub fn tell(&mut self, code: &'static str, path: &str, message: (String, String), hint: (&str, &str)) {
        tell(self.findings, code, (self.file, None, path), message, hint);
    }

    /// Something that a manifest may hold and a pack has no place for, or this program does not read.
    pub fn unsupported(&mut self, path: &str, reason: &str) {
        let why = reasons::said(reason);
        let said = (format!("Không nhập được: {}.", why.vi), format!("This is not imported: {}.", why.en));
        self.tell("iiif-not-supported", path, said, reasons::hint(reason));
    }

    /// The same of words: the reason first, then as much of them as stands in a sentence.
    pub fn unsupported_text(&mut self, path: &str, reason: &str, text: &str) {
        let (why, text) = (reasons::said(reason), shown(text));
        let said =
            (format!("Không nhập được {}: “{text}”.", why.vi), format!("This is not imported, {}: “{text}”.", why.en));
        self.tell("iiif-not-supported", path, said, reasons::hint(reason));
    }

    pub fn other_keys(&mut self, node: &Node<'_>, known: &[&str]) {
        let Value::Object(map) = node.value else { return };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let path = node.get(key).path;
            self.unsupported(&path, key);
        }
    }

    /// A JSON file beside the manifest or in the media folder, by the last part of an address.
    pub fn local_json(&mut self, id: &str) -> Option<Value> {
        let name = last_part(id)?;
        let folders: Vec<PathBuf> = [Some(self.folder), self.media].into_iter().flatten().map(Path::to_owned).collect();
        let names = [name.clone(), format!("{name}.json")];
        let path = folders.iter().flat_map(|f| names.iter().map(|n| f.join(n))).find(|path| path.is_file())?;
        let bytes = read_capped(&path, MAX_MANIFEST_BYTES.min(self.room)).ok()?;
        self.room -= bytes.len() as u64;
        serde_json::from_slice(&bytes).ok()
    }
}

/// The last part of an address or path as the name of a file; none when it could lead anywhere else.
pub fn last_part(address: &str) -> Option<String> {
    let bare = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = decoded(bare.rsplit('/').next()?)?;
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0', ':']);
    is_plain.then_some(name)
}

/// `%20` as a space.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("no JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("a {0}, not a manifest")]
    OtherKind(String),
    #[error("neither IIIF Presentation 2 nor 3")]
    OtherVersion,
}

/// Reads a manifest of either version, in its pages' order.
pub fn read(path: &Path, media: Option<&Path>, file: &str, findings: &mut Findings) -> Result<Manifest, ManifestError> {
    let bytes = read_capped(path, MAX_MANIFEST_BYTES)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut reading = Reading::new(file, folder, media, findings);
    if root.kind() != "Manifest" {
        return Err(ManifestError::OtherKind(shown(root.kind())));
    }
    let contexts: Vec<&str> = root.get("@context").each().iter().filter_map(Node::text).collect();
    let is =
        |version: u8| contexts.contains(&format!("http://iiif.io/api/presentation/{version}/context.json").as_str());
    let manifest = if is(3) || (!is(2) && root.get("items").is_there()) {
        version3::manifest(&root, &mut reading)
    } else if is(2) || root.get("sequences").is_there() {
        version2::manifest(&root, &mut reading)
    } else {
        return Err(ManifestError::OtherVersion);
    };
    // Nothing that comes of it could be shown.
    if manifest.canvases.is_empty() {
        reading.unsupported("items", "a manifest without canvases");
    }
    Ok(manifest)
}

/// Puts canvases into the order that ranges name them in; those that no range names come last.
pub fn in_order_of(canvases: Vec<Canvas>, order: &[String]) -> Vec<Canvas> {
    let mut places = HashMap::new();
    for (place, id) in order.iter().enumerate() {
        places.entry(id.as_str()).or_insert(place);
    }
    let place = |canvas: &Canvas| places.get(canvas.id.as_str()).copied().unwrap_or(usize::MAX);
    let mut numbered: Vec<(usize, Canvas)> = canvases.into_iter().map(|canvas| (place(&canvas), canvas)).collect();
    // Stable: canvases without a place keep their order.
    numbered.sort_by_key(|(place, _)| *place);
    numbered.into_iter().map(|(_, canvas)| canvas).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_come_of_addresses() {
        assert_eq!(last_part("https://example.org/a/b%20c.jpg?x=1").as_deref(), Some("b c.jpg"));
        assert_eq!(last_part("https://example.org/iiif/page-1/").as_deref(), Some("page-1"));
        for bad in ["", "https://example.org/..", "a/%2e%2e", "a/%2fetc%2fpasswd", "a/.hidden", "a/%00"] {
            assert_eq!(last_part(bad), None, "{bad}");
        }
    }
}
