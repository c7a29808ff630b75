//! An exhibit as the data of the printed catalogue, in the order in which it is read: items and sources get their
//! numbers here. A text is a list, one entry a language.

use super::licences;
use super::reduced::printed_size;
use super::wording::{is_vietnamese, words};
use crate::base::days::{english, vietnamese};
use crate::base::ids::Id;
use crate::pack::model::{
    Approval, ApprovalStatus, Exhibit, Hall, Hotspot, Item, Kind, Language, Line, Nature, Page, Picture, Source,
    SourceStatus, Statement, Text,
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The data, and the pictures it names: the file of each is its place in the list.
pub struct Told<'a> {
    pub data: Value,
    pub pictures: Vec<&'a Picture>,
}

struct Teller<'a> {
    exhibit: &'a Exhibit,
    pictures: Vec<&'a Picture>,
    /// Numbers of items, from 1, in the order of the halls.
    items: BTreeMap<&'a Id, usize>,
    /// Sources in the order in which they are first named.
    cited: Vec<&'a Id>,
    /// Which items name a source.
    used: BTreeMap<&'a Id, BTreeSet<usize>>,
    /// The item that is told now.
    now: Option<usize>,
}

pub fn tell(exhibit: &Exhibit) -> Told<'_> {
    let mut items = BTreeMap::new();
    for id in exhibit.halls.iter().flat_map(|hall| &hall.items).filter(|id| exhibit.items.contains_key(id)) {
        let number = items.len() + 1;
        items.entry(id).or_insert(number);
    }
    let (pictures, cited, used) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut teller = Teller { exhibit, pictures, items, cited, used, now: None };
    let data = teller.exhibit();
    Told { data, pictures: teller.pictures }
}

impl<'a> Teller<'a> {
    fn exhibit(&mut self) -> Value {
        let exhibit = self.exhibit;
        let cover = exhibit.attract.as_ref().map(|attract| self.picture(&attract.night));
        let note = exhibit.note.as_ref().map(|note| self.statement(note));
        let mut told = BTreeSet::new();
        let halls: Vec<Value> = exhibit.halls.iter().map(|hall| self.hall(hall, &mut told)).collect();
        // Those that no text of the catalogue names come last.
        let all: Vec<&Id> = exhibit.sources.keys().collect();
        self.cite(all);
        let sources: Vec<Value> =
            self.cited.iter().filter_map(|id| exhibit.sources.get(*id)).map(|s| self.source(s)).collect();
        json!({
            "tags": exhibit.languages.iter().map(tag).collect::<Vec<_>>(),
            "words": words(&exhibit.languages),
            "id": exhibit.id.as_str(),
            "version": exhibit.version,
            "title": self.text(&exhibit.title),
            "subtitle": exhibit.subtitle.as_ref().map(|text| self.text(text)),
            "publisher": self.text(&exhibit.publisher),
            "approval": self.approval(&exhibit.approval),
            "cover": cover,
            "note": note,
            "halls": halls,
            "sources": sources,
        })
    }

    fn text(&self, text: &Text) -> Value {
        self.exhibit.languages.iter().map(|language| text.get(language)).collect()
    }

    fn approval(&self, approval: &Approval) -> Value {
        let date = approval.date.as_ref().and_then(|date| date.parse::<Date>().ok());
        let written = date.map(|date| {
            let written = |language| if is_vietnamese(language) { vietnamese(date) } else { english(date) };
            self.exhibit.languages.iter().map(written).collect::<Vec<_>>()
        });
        json!({
            "status": match approval.status {
                ApprovalStatus::Sample => "approval-sample",
                ApprovalStatus::Submitted => "approval-submitted",
                ApprovalStatus::Approved => "approved",
            },
            "is-approved": approval.status == ApprovalStatus::Approved,
            "note": self.text(&approval.note),
            "prepared-by": approval.prepared_by.as_ref().map(|text| self.text(text)),
            "appraised-by": approval.appraised_by.as_ref().map(|text| self.text(text)),
            "decision": approval.decision,
            "decision-date": written,
            "day": date.map(|date| [i32::from(date.year()), i32::from(date.month()), i32::from(date.day())]),
        })
    }

    /// The numbers of sources, each from 1.
    fn cite(&mut self, ids: impl IntoIterator<Item = &'a Id>) -> Vec<usize> {
        let mut numbers = BTreeSet::new();
        for id in ids {
            let place = self.cited.iter().position(|known| *known == id).unwrap_or_else(|| {
                self.cited.push(id);
                self.cited.len() - 1
            });
            self.used.entry(id).or_default().extend(self.now);
            numbers.insert(place + 1);
        }
        numbers.into_iter().collect()
    }

    fn statement(&mut self, statement: &'a Statement) -> Value {
        json!({"text": self.text(&statement.text), "sources": self.cite(&statement.sources)})
    }

    fn picture(&mut self, picture: &'a Picture) -> Value {
        let place = self.pictures.iter().position(|known| known.path == picture.path).unwrap_or_else(|| {
            self.pictures.push(picture);
            self.pictures.len() - 1
        });
        let (width, height) = printed_size(picture);
        json!({
            "file": format!("/{place}.jpg"),
            "width": width,
            "height": height,
            "is-drawing": picture.nature == Nature::Drawing,
            "alt": self.text(&picture.alt),
            "credit": self.text(&picture.credit),
            "licence": licences::told(&picture.licence, &self.exhibit.languages),
        })
    }

    /// An item that stands in two halls is told in the first.
    fn hall(&mut self, hall: &'a Hall, told: &mut BTreeSet<&'a Id>) -> Value {
        self.now = None;
        let (title, lead) = (self.text(&hall.title), self.statement(&hall.lead));
        let picture = hall.picture.as_ref().map(|picture| self.picture(picture));
        let here: Vec<&Item> =
            hall.items.iter().filter(|id| told.insert(*id)).filter_map(|id| self.exhibit.items.get(id)).collect();
        let items: Vec<Value> = here.into_iter().map(|item| self.item(item)).collect();
        json!({"title": title, "lead": lead, "picture": picture, "items": items})
    }

    fn item(&mut self, item: &'a Item) -> Value {
        self.now = self.items.get(&item.id).copied();
        let sources = self.cite(&item.sources);
        let description: Vec<Value> = item.description.iter().map(|statement| self.statement(statement)).collect();
        let (kind, pages, points) = match &item.kind {
            Kind::Map { picture, hotspots, .. } => ("kind-map", vec![self.view(picture)], self.points(hotspots)),
            Kind::Document { pages } => {
                ("kind-document", pages.iter().map(|page| self.page(page)).collect(), Vec::new())
            }
            Kind::Artefact { views, notes } => {
                ("kind-artefact", views.iter().map(|view| self.view(view)).collect(), self.points(notes))
            }
        };
        let facts = [
            ("date", Some(&item.date.text)),
            ("creator", item.creator.as_ref()),
            ("place", item.place.as_ref()),
            ("holder", item.holder.as_ref()),
        ];
        let fact =
            |(name, text): (&str, Option<&Text>)| text.map(|text| json!({"name": name, "text": self.text(text)}));
        json!({
            "number": self.now,
            "kind": kind,
            "title": self.text(&item.title),
            "original-title": item.original_title.as_ref().map(|original| {
                json!({"tag": subtag(&original.language), "text": original.text})
            }),
            "is-drawing": item.cover().nature == Nature::Drawing,
            "facts": facts.into_iter().filter_map(fact).collect::<Vec<_>>(),
            "sources": sources,
            "description": description,
            "pages": pages,
            "points": points,
            "related": item.related.iter().filter_map(|id| self.items.get(id)).collect::<Vec<_>>(),
        })
    }

    fn view(&mut self, picture: &'a Picture) -> Value {
        json!({"picture": self.picture(picture), "label": null, "lines": []})
    }

    fn page(&mut self, page: &'a Page) -> Value {
        let lines: Vec<Value> = page.lines.iter().map(|line| self.line(line)).collect();
        json!({"picture": self.picture(&page.picture), "label": self.text(&page.label), "lines": lines})
    }

    fn line(&mut self, line: &'a Line) -> Value {
        json!({
            "region": line.region.map(|region| [region.x, region.y, region.width, region.height]),
            "original": line.original.as_ref().map(|original| {
                json!({"tag": subtag(&original.language), "text": original.text})
            }),
            "phonetic": line.phonetic,
            "translation": self.text(&line.translation),
            "sources": self.cite(&line.sources),
        })
    }

    fn points(&mut self, points: &'a [Hotspot]) -> Vec<Value> {
        let told = points.iter().map(|point| {
            json!({
                "at": [point.region.centre().0, point.region.centre().1],
                "title": self.text(&point.title),
                "quote": point.quote,
                "text": self.statement(&point.text),
                "link": point.link.as_ref().and_then(|id| self.items.get(id)),
            })
        });
        told.collect()
    }

    fn source(&self, source: &Source) -> Value {
        json!({
            "title": self.text(&source.title),
            "creator": source.creator.as_ref().map(|text| self.text(text)),
            "date": source.date.as_ref().map(|text| self.text(text)),
            "holder": source.holder.as_ref().map(|text| self.text(text)),
            "read-in": source.read_in.iter().map(|read| [Some(&read.publisher), read.url.as_ref()]).collect::<Vec<_>>(),
            "status": match source.status {
                SourceStatus::Verified => "status-verified",
                SourceStatus::Reported => "status-reported",
                SourceStatus::DisputedReading => "status-disputed",
                SourceStatus::NeedsChecking => "status-unchecked",
            },
            "status-note": source.status_note.as_ref().map(|text| self.text(text)),
            "used": self.used.get(&source.id),
        })
    }
}

fn tag(language: &Language) -> &str {
    subtag(&language.0)
}

/// The language alone, without script and country, as the template takes it; “und” when it is none.
fn subtag(tag: &str) -> &str {
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    let is_code = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    if is_code { first } else { "und" }
}
