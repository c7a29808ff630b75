//! A manifest into a draft of a pack with one item. Words in languages that the pack does not have, and whatever has no
//! place in it, are told.

use super::images;
use super::manifest::{Canvas, Manifest, Note, Pair, Reading};
use super::node::Words;
use super::provenance::Provenance;
use super::rights;
use crate::organiser::making::dates;
use crate::organiser::making::draft::{
    Draft, DraftHall, DraftItem, DraftLine, DraftPage, DraftSource, DraftSpot, Texts,
};
use crate::organiser::making::plain::{free_id, words};
use crate::organiser::making::shown;
use crate::organiser::making::words::{self as known, ItemKind, KINDS};
use crate::organiser::today::today;
use crate::pack::source::picture_size;
use std::collections::{BTreeMap, BTreeSet};

/// What the command line tells beyond the manifest.
pub struct Wishes {
    pub kind: Option<ItemKind>,
    pub nature: Option<&'static str>,
}

/// Adds the manifest's item, its hall and its source to a draft.
pub fn fill(draft: &mut Draft, manifest: &Manifest, wishes: &Wishes, reading: &mut Reading<'_>) {
    let languages = draft.languages.clone();
    let mut desk = Desk { languages: &languages, reading };
    let title = desk.texts(&manifest.label, "label");
    let mut item = DraftItem { origin: desk.reading.file.to_owned(), ..DraftItem::default() };
    item.original_title = original_of(&manifest.label, &languages);
    item.title = title;
    let summary = desk.texts(&manifest.summary, "summary");
    item.description = crate::organiser::making::rows::paragraphs(&summary);
    let mut kind = wishes.kind;
    let mut told = Provenance::default();
    desk.metadata(&manifest.metadata, &mut item, &mut kind, &mut told);
    let has_map = manifest.canvases.len() == 1 && manifest.canvases[0].georeference.is_some();
    let kind = kind.unwrap_or(if has_map { ItemKind::Map } else { ItemKind::Document });
    item.kind = Some(kind);
    if item.holder.is_empty() {
        item.holder = desk.texts(&manifest.provider, "provider[0].label");
    }
    let name = item.title.values().next_back().cloned();
    let name = name.or_else(|| item.original_title.as_ref().map(|(_, text)| text.clone())).unwrap_or_default();
    item.id = free_id(&name, kind.prefix(), &BTreeSet::new()).to_string();
    let licence = told.licence.take();
    let mut sources = told.into_sources(desk.reading.file);
    if sources.is_empty() {
        sources.push(desk.source(manifest, &item));
    }
    item.sources = sources.iter().map(|source| source.id.clone()).collect();
    desk.pages(manifest, wishes, licence, &mut item, draft);
    let hall = DraftHall { id: "hall-1".to_owned(), items: vec![item.id.clone()], ..DraftHall::default() };
    if draft.title.is_empty() {
        draft.title.clone_from(&item.title);
    }
    if draft.publisher.is_empty() {
        draft.publisher = desk.texts(&manifest.provider, "");
    }
    draft.id.get_or_insert_with(|| item.id.clone());
    draft.halls.push(hall);
    draft.sources.extend(sources);
    draft.items.push(item);
}

pub(super) struct Desk<'a, 'b> {
    languages: &'a [String],
    reading: &'a mut Reading<'b>,
}

/// The words of one language: `vi-VN` is `vi`.
fn of_language<'w>(words: &'w Words, language: &str) -> Option<&'w Vec<String>> {
    let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    words.get(language).or_else(|| words.iter().find(|(tag, _)| base(tag) == language).map(|(_, texts)| texts))
}

/// A title in a language that the pack does not have is the original one.
fn original_of(label: &Words, languages: &[String]) -> Option<(String, String)> {
    let has =
        |tag: &String| tag == "none" || tag == "@none" || languages.iter().any(|l| tag.split('-').next() == Some(l));
    label.iter().find(|(tag, _)| !has(tag)).map(|(tag, texts)| (tag.clone(), texts.join(" ")))
}

impl Desk<'_, '_> {
    /// Words in the pack's languages. Those without a language are taken for the first one and told.
    pub(super) fn texts(&mut self, words: &Words, path: &str) -> Texts {
        let mut texts = Texts::new();
        for language in self.languages {
            texts.extend(of_language(words, language).map(|found| (language.clone(), found.join("\n"))));
        }
        let untold = words.get("none").or_else(|| words.get("@none"));
        if let Some((untold, first)) = untold.zip(self.languages.first())
            && texts.is_empty()
        {
            texts.insert(first.clone(), untold.join("\n"));
            if !path.is_empty() {
                let text = shown(&untold.join(" "));
                self.reading.tell(
                    "iiif-no-language",
                    path,
                    (
                        format!("“{text}” không ghi ngôn ngữ; đặt vào “{first}”."),
                        format!("“{text}” tells no language and is put under “{first}”."),
                    ),
                    (
                        "Xem lại và dịch sang các ngôn ngữ khác.",
                        "Look it over and translate it into the other languages.",
                    ),
                );
            }
        } else if let Some(untold) = untold.filter(|_| !path.is_empty()) {
            self.reading.unsupported_text(path, "a text without a language", &untold.join(" "));
        }
        let is_other = |tag: &String| {
            tag != "none" && tag != "@none" && !self.languages.iter().any(|l| tag.split('-').next() == Some(l))
        };
        let others: Vec<&String> = words.keys().filter(|tag| is_other(tag)).collect();
        if !others.is_empty() && !path.is_empty() && path != "label" {
            for other in others {
                let text = format!("{other}: {}", words[other].join(" "));
                self.reading.unsupported_text(path, "a text in no language of the pack", &text);
            }
        }
        texts
    }

    fn metadata(
        &mut self,
        metadata: &[Pair],
        item: &mut DraftItem,
        kind: &mut Option<ItemKind>,
        told: &mut Provenance,
    ) {
        for pair in metadata {
            let names: Vec<String> = pair.label.values().flatten().map(|name| words(name)).collect();
            let is = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
            let path = format!("{}.value", pair.path);
            if is(&["creator", "author", "artist", "cartographer", "maker", "tac gia", "nguoi ve"]) {
                merge(&mut item.creator, self.texts(&pair.value, &path));
            } else if is(&["date", "published", "year", "issued", "date created", "nien dai", "nam", "ngay"]) {
                self.date(&pair.value, &path, item);
            } else if is(&["place", "place of publication", "publication place", "noi lam", "noi xuat ban"]) {
                merge(&mut item.place, self.texts(&pair.value, &path));
            } else if is(&[
                "repository",
                "holder",
                "institution",
                "current location",
                "holding institution",
                "noi luu giu",
            ]) {
                merge(&mut item.holder, self.texts(&pair.value, &path));
            } else if is(&["original title", "ten goc"]) && item.original_title.is_none() {
                let told = pair.value.iter().find(|(tag, _)| *tag != "none");
                item.original_title = told.map(|(tag, texts)| (tag.clone(), texts.join(" ")));
            } else if is(&["kind", "loai"]) {
                let told = pair.value.values().flatten().find_map(|text| known::meaning(text, &KINDS));
                *kind = kind.or(told);
            } else if !self.provenance(&names, pair, told) {
                let name = pair.label.values().flatten().next().cloned().unwrap_or_default();
                let value = pair.value.values().flatten().next().cloned().unwrap_or_default();
                let text = format!("{}: {}", shown(&name), shown(&value));
                self.reading.unsupported_text(&pair.path, "metadata that a pack has no place for", &text);
            }
        }
    }

    fn date(&mut self, value: &Words, path: &str, item: &mut DraftItem) {
        let told = value.values().flatten().find_map(|text| dates::read(text, today().year()));
        let Some(told) = told else {
            item.date = self.texts(value, path);
            let text = shown(&value.values().flatten().next().cloned().unwrap_or_default());
            self.reading.tell(
                "unclear-date",
                path,
                (format!("Không hiểu niên đại “{text}”."), format!("The date “{text}” is not understood.")),
                (
                    "Ghi trong manifest một năm hoặc khoảng năm: 1838; khoảng 1838; 1830-1840; thế kỷ XVII; không rõ.",
                    "Write a year or years into the manifest: 1838; about 1838; 1830-1840; 17th century; undated.",
                ),
            );
            return;
        };
        item.when = Some(dates::ron(told.when));
        for language in self.languages {
            let own = of_language(value, language).map(|texts| texts.join(" "));
            let made = match language.as_str() {
                "vi" => told.vi.clone(),
                "en" => told.en.clone(),
                _ => None,
            };
            item.date.extend(own.or(made).map(|text| (language.clone(), text)));
        }
    }

    fn source(&mut self, manifest: &Manifest, item: &DraftItem) -> DraftSource {
        let publisher = self.texts(&manifest.provider, "").into_values().next();
        let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let url = manifest.homepage.as_ref().filter(is_web).or_else(|| Some(&manifest.id).filter(is_web));
        DraftSource {
            id: item.id.clone(),
            title: item.title.clone(),
            holder: item.holder.clone(),
            publisher,
            url: url.cloned(),
            // Nobody has looked at it yet.
            status: Some("NeedsChecking"),
            origin: self.reading.file.to_owned(),
            ..DraftSource::default()
        }
    }

    fn pages(
        &mut self,
        manifest: &Manifest,
        wishes: &Wishes,
        told: Option<String>,
        item: &mut DraftItem,
        draft: &mut Draft,
    ) {
        let licence = manifest.rights.as_ref().and_then(|(address, path)| {
            let found = rights::licence(address);
            if found.is_none() {
                self.reading.unsupported_text(path, "a licence that is not known", address);
            }
            found
        });
        let licence = licence.or(told);
        let credit = self.texts(&manifest.credit, "requiredStatement.value");
        let count = manifest.canvases.len();
        for (index, canvas) in manifest.canvases.iter().enumerate() {
            let stem = if count == 1 { item.id.clone() } else { format!("{}-{}", item.id, index + 1) };
            let Some((file, size)) = self.picture(canvas, &stem, draft) else { continue };
            let label = self.texts(&canvas.label, &format!("{}.label", canvas.path));
            let alt = self.texts(&canvas.summary, &format!("{}.summary", canvas.path));
            let origin = format!("{} {}", canvas.path, canvas.images.first().map_or("", |image| image.id.as_str()));
            let (licence, credit, nature) = (licence.clone(), credit.clone(), wishes.nature);
            let mut page = DraftPage { file, origin, nature, alt, licence, credit, label, lines: Vec::new() };
            self.notes(canvas, size, item, &mut page);
            self.georeference(canvas, item, draft);
            item.pages.push(page);
        }
        if item.kind == Some(ItemKind::Map) && item.pages.len() > 1 {
            self.reading.unsupported("items", "further canvases; a map has one picture");
        }
    }

    /// Takes the picture of a canvas into the pack; tells where it was looked for otherwise.
    fn picture(&mut self, canvas: &Canvas, stem: &str, draft: &mut Draft) -> Option<(String, [f64; 2])> {
        canvas.images.iter().skip(1).for_each(|other| self.reading.unsupported(&other.path, "a second picture"));
        let Some(image) = canvas.images.first() else {
            self.reading.unsupported(&canvas.path, "a canvas without a picture");
            return None;
        };
        let Some(found) = images::find(image, self.reading) else {
            let address = shown(image.service.as_ref().unwrap_or(&image.id));
            self.reading.tell(
                "iiif-picture-not-here",
                &image.path,
                (
                    format!("Không có ảnh của “{address}” trên máy này."),
                    format!("The picture of “{address}” is not on this machine."),
                ),
                (
                    "Chép ảnh vào cạnh manifest hoặc vào --media, đặt tên theo phần cuối của địa chỉ.",
                    "Put it beside the manifest or into --media, named like the last part of its address.",
                ),
            );
            return None;
        };
        let file = if found.ends_with("info.json") {
            for (from, place) in images::tree(&found)? {
                draft.copies.push((from, format!("images/{stem}/{place}")));
            }
            format!("images/{stem}/info.json")
        } else {
            let ending = found.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            let file = format!("images/{stem}.{ending}");
            draft.copies.push((found.clone(), file.clone()));
            file
        };
        // Regions are told in the canvas's own numbers; only without them those of the picture count.
        let own = Some([canvas.width, canvas.height]).filter(|size| size.iter().all(|n| *n > 0.0));
        let size = own.or_else(|| picture_size(&found, |_| true).ok().map(|(w, h)| [w.into(), h.into()]));
        Some((file, size.unwrap_or([1.0, 1.0])))
    }

    /// Words of a page become lines, remarks on a map or artefact become points of interest.
    fn notes(&mut self, canvas: &Canvas, size: [f64; 2], item: &mut DraftItem, page: &mut DraftPage) {
        let is_document = item.kind == Some(ItemKind::Document);
        let is_first = item.pages.is_empty();
        let mut lines: Vec<(String, DraftLine)> = Vec::new();
        let mut spots: BTreeMap<String, DraftSpot> = BTreeMap::new();
        for note in &canvas.notes {
            let region = note.region.map(|region| fractions(region, size));
            if region.is_some_and(|[x, y, w, h]| x + w > 1.0 + 1e-9 || y + h > 1.0 + 1e-9) {
                self.reading.unsupported(&note.path, "a region outside its canvas");
                continue;
            }
            match (note.motivation.as_str(), is_document) {
                ("transcribing" | "supplementing" | "translating", true) => self.line(note, region, &mut lines),
                ("commenting" | "describing" | "identifying", false) if is_first && region.is_some() => {
                    self.spot(note, region.unwrap_or_default(), &mut spots);
                }
                (other, _) => {
                    let text = format!("{other}: {}", note.text);
                    self.reading.unsupported_text(&note.path, "an annotation of another purpose", &text);
                }
            }
        }
        page.lines = lines.into_iter().map(|(_, line)| line).collect();
        item.spots.extend(spots.into_values());
    }

    /// Annotations of one region are one line: the original and its translations.
    fn line(&mut self, note: &Note, region: Option<[f64; 4]>, lines: &mut Vec<(String, DraftLine)>) {
        let key = format!("{:?}", note.region);
        let base = note.language.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
        let translated = note.motivation == "translating";
        let language = base.filter(|base| self.languages.contains(base));
        let fits = |line: &DraftLine| match (&language, translated) {
            (Some(language), true) => !line.translation.contains_key(language),
            _ => line.original.is_none(),
        };
        let at = lines.iter().position(|(known, line)| *known == key && fits(line)).unwrap_or_else(|| {
            let line = DraftLine { region, origin: note.path.clone(), ..DraftLine::default() };
            lines.push((key, line));
            lines.len() - 1
        });
        let line = &mut lines[at].1;
        match (translated, language, &note.language) {
            (true, Some(language), _) => {
                line.translation.insert(language, note.text.clone());
            }
            (false, _, Some(tag)) => line.original = Some((tag.clone(), note.text.clone())),
            (true, None, _) | (false, _, None) => {
                self.reading.unsupported_text(&note.path, "a text in no language of the pack", &note.text);
                if *line == (DraftLine { region, origin: note.path.clone(), ..DraftLine::default() }) {
                    lines.remove(at);
                }
            }
        }
    }

    fn spot(&mut self, note: &Note, region: [f64; 4], spots: &mut BTreeMap<String, DraftSpot>) {
        let base = note.language.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
        let Some(language) = base.filter(|base| self.languages.contains(base)) else {
            return self.reading.unsupported_text(&note.path, "a text in no language of the pack", &note.text);
        };
        let title = self.texts(&note.label, "");
        let key = format!("{:08.5}{:08.5}{:?}", region[1], region[0], region);
        let spot =
            spots.entry(key).or_insert_with(|| DraftSpot { region, origin: note.path.clone(), ..DraftSpot::default() });
        merge(&mut spot.title, title);
        spot.text.insert(language, note.text.clone());
    }

    fn georeference(&mut self, canvas: &Canvas, item: &mut DraftItem, draft: &mut Draft) {
        let Some((path, annotation)) = &canvas.georeference else { return };
        if item.kind != Some(ItemKind::Map) || item.georeference.is_some() {
            self.reading.unsupported(path, "a Georeference Annotation of something that is no map");
            return;
        }
        let file = format!("georef/{}.json", item.id);
        draft.texts.push((file.clone(), format!("{annotation:#}\n")));
        item.georeference = Some(file);
    }
}

fn fractions([x, y, width, height]: [f64; 4], [across, down]: [f64; 2]) -> [f64; 4] {
    // Six digits: a hundredth of a pixel of the largest picture.
    let rounded = |n: f64| (n * 1e6).round() / 1e6;
    [x / across, y / down, width / across, height / down].map(rounded)
}

fn merge(texts: &mut Texts, more: Texts) {
    for (language, text) in more {
        texts.entry(language).or_insert(text);
    }
}
