//! Sources and licence as metadata tells them: what this program's own export writes, and others may.

use super::import::Desk;
use super::manifest::Pair;
use crate::organiser::making::draft::DraftSource;
use crate::organiser::making::plain::free_id;
use crate::organiser::making::words::{self as known, STATUSES};
use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub struct Provenance {
    sources: Vec<DraftSource>,
    pub licence: Option<String>,
}

impl Provenance {
    /// Sources of which anybody tells where they were read or are kept, with ids of their own.
    pub fn into_sources(self, origin: &str) -> Vec<DraftSource> {
        let mut taken = BTreeSet::new();
        let whole = self.sources.into_iter().filter(|source| source.publisher.is_some() || !source.holder.is_empty());
        whole
            .map(|source| {
                let name = source.title.get("vi").or_else(|| source.title.values().next()).cloned();
                let id = free_id(&name.unwrap_or_default(), "source", &taken).to_string();
                taken.insert(id.clone());
                // Nobody has looked at it yet, where nobody tells.
                let status = source.status.or(Some("NeedsChecking"));
                DraftSource { id, status, origin: origin.to_owned(), ..source }
            })
            .collect()
    }
}

impl Desk<'_, '_> {
    /// Whether a pair of metadata tells of sources or the licence. A source begins with its title; what follows is told
    /// of the last one.
    pub(super) fn provenance(&mut self, names: &[String], pair: &Pair, told: &mut Provenance) -> bool {
        let is = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
        let path = format!("{}.value", pair.path);
        let text = || pair.value.values().flatten().next().cloned().unwrap_or_default();
        if is(&["source", "nguon"]) {
            let title = self.texts(&pair.value, &path);
            told.sources.push(DraftSource { title, ..DraftSource::default() });
            return true;
        }
        if is(&["licence", "license", "giay phep"]) {
            told.licence = known::licence(&text());
            return told.licence.is_some();
        }
        let Some(source) = told.sources.last_mut() else { return false };
        if is(&["source held by", "noi giu nguon"]) {
            source.holder = self.texts(&pair.value, &path);
        } else if is(&["source status", "muc kiem chung"]) {
            source.status = pair.value.values().flatten().find_map(|text| known::meaning(text, &STATUSES));
        } else if is(&["read in", "da doc o"]) {
            let (publisher, url) = read_in(&text());
            if source.publisher.is_none() {
                (source.publisher, source.url) = (Some(publisher), url);
            } else {
                source.read_too.push((publisher, url));
            }
        } else {
            return false;
        }
        true
    }
}

/// `Nhà in: https://…`, or a publisher without an address.
fn read_in(text: &str) -> (String, Option<String>) {
    for scheme in ["https://", "http://"] {
        if let Some((publisher, rest)) = text.split_once(&format!(": {scheme}")) {
            return (publisher.trim().to_owned(), Some(format!("{scheme}{rest}")));
        }
    }
    (text.trim().to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publisher_and_address_come_apart() {
        assert_eq!(read_in("Báo: thử: https://a.org/b"), ("Báo: thử".to_owned(), Some("https://a.org/b".to_owned())));
        assert_eq!(read_in("Kho lưu trữ xã"), ("Kho lưu trữ xã".to_owned(), None));
    }
}
