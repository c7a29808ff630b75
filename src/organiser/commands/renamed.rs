//! Items of a new version that are items of the old one under another id: a list without ids takes them from titles, so
//! that a new title makes a new id. They are known by their pictures.

use super::diff::Told;
use crate::diagnostics::Said;
use std::collections::{BTreeMap, BTreeSet};

type Values = BTreeMap<String, Told>;

/// Keys under which ids stand, alone or within the name of a file.
const WITH_IDS: [&str; 7] = ["audio", "captions", "featured", "file", "id", "items", "related"];

/// Calls items of the old version as the new one does; tells which, old and new.
pub fn follow(old: &mut Values, new: &Values) -> Vec<(String, String)> {
    let (before, after) = (contents(old), contents(new));
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    let mut come: Vec<_> = after.iter().filter(|(id, _)| !before.contains_key(*id)).collect();
    let mut pairs = Vec::new();
    for (id, pictures) in gone {
        let Some(at) = come.iter().position(|(_, others)| !pictures.is_disjoint(others)) else { continue };
        pairs.push((id.clone(), come.remove(at).0.clone()));
    }
    for (from, to) in &pairs {
        *old = std::mem::take(old).into_iter().map(|(key, told)| moved(key, told, from, to)).collect();
    }
    pairs
}

/// The pictures and sounds of each item, by its id.
fn contents(values: &Values) -> BTreeMap<String, BTreeSet<String>> {
    let mut items: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (key, told) in values {
        let Some((id, rest)) = key.strip_prefix("items/").and_then(|key| key.split_once(".ron · ")) else { continue };
        let pictures = items.entry(id.to_owned()).or_default();
        if rest.ends_with(" · content") {
            pictures.insert(told.value.vi.clone());
        }
    }
    items
}

fn moved(key: String, mut told: Told, from: &str, to: &str) -> (String, Told) {
    let field = key.rsplit(['.', ' ']).next().unwrap_or_default();
    let own = format!("items/{from}.ron · ");
    if WITH_IDS.contains(&field) {
        // Elsewhere a number may be part of another item's id.
        let text = with_other_id(&told.value.vi, (from, to), key.starts_with(&own));
        told.value = Said::new(text.as_str(), text.as_str());
    }
    match key.strip_prefix(&own) {
        Some(rest) => (format!("items/{to}.ron · {rest}"), told),
        None => (key, told),
    }
}

/// `images/old-2.png, old` as `images/new-2.png, new`: an id ends where its letters end, or at a page's number where
/// there are `pages`.
fn with_other_id(text: &str, (from, to): (&str, &str), pages: bool) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let word = &rest[start..];
        let (word, after) = word.split_at(word.find(|c| !is_part(c)).unwrap_or(word.len()));
        out.push_str(&rest[..start]);
        match word.strip_prefix(from) {
            Some(page) if page.is_empty() || (pages && is_page(page)) => out.push_str(&format!("{to}{page}")),
            _ => out.push_str(word),
        }
        rest = after;
    }
    out + rest
}

fn is_page(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_changed_where_it_stands_as_a_whole() {
        let cases = [
            ("images/ban-do-2.png", "images/hai-do-2.png"),
            ("a, ban-do, ban-do-cu", "a, hai-do, ban-do-cu"),
            ("narration/ban-do.vi.ogg", "narration/hai-do.vi.ogg"),
        ];
        for (text, wanted) in cases {
            assert_eq!(with_other_id(text, ("ban-do", "hai-do"), true), wanted);
        }
        assert_eq!(with_other_id("ban-do-1938, ban-do", ("ban-do", "x"), false), "ban-do-1938, x");
    }
}
