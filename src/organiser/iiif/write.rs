//! An item of an exhibit as a IIIF Presentation 3 manifest. No file is read or written here.

use super::rights;
use crate::pack::model::{
    Exhibit, Georeference, Hotspot, Item, Kind, Language, Line, Method, Picture, Region, SourceStatus, Statement, Text,
};
use serde_json::{Map, Value, json};

/// A picture's tree of tiles: its address, and the size of the whole picture that is served.
pub struct Served<'a> {
    pub picture: &'a Picture,
    pub id: String,
    pub width: u32,
    pub height: u32,
}

/// Where an item's manifest is served.
pub fn manifest_id(base: &str, item: &Item) -> String {
    format!("{base}/{}/manifest.json", item.id)
}

fn words(text: &Text, languages: &[Language]) -> Value {
    let pairs = languages.iter().map(|language| (language.0.clone(), json!([text.get(language)])));
    Value::Object(pairs.collect())
}

fn label(vi: &str, en: &str) -> Value {
    json!({"vi": [vi], "en": [en]})
}

pub fn collection(exhibit: &Exhibit, base: &str) -> Value {
    let item = |item: &Item| {
        let label = words(&item.title, &exhibit.languages);
        json!({"id": manifest_id(base, item), "type": "Manifest", "label": label})
    };
    let listed = exhibit.halls.iter().flat_map(|hall| &hall.items).filter_map(|id| exhibit.items.get(id));
    json!({
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": format!("{base}/collection.json"),
        "type": "Collection",
        "label": words(&exhibit.title, &exhibit.languages),
        "items": listed.map(item).collect::<Vec<_>>(),
    })
}

pub fn manifest(exhibit: &Exhibit, item: &Item, served: &[Served<'_>], base: &str) -> Value {
    let languages = &exhibit.languages;
    let id = manifest_id(base, item);
    let mut manifest = Map::new();
    let mut put = |key: &str, value: Value| manifest.insert(key.to_owned(), value);
    put("@context", json!("http://iiif.io/api/presentation/3/context.json"));
    put("id", json!(id));
    put("type", json!("Manifest"));
    put("label", words(&item.title, languages));
    if !item.description.is_empty() {
        put("summary", summary(&item.description, languages));
    }
    put("metadata", Value::Array(metadata(exhibit, item)));
    let cover = item.cover();
    put("requiredStatement", json!({"label": label("Ghi công", "Credit"), "value": words(&cover.credit, languages)}));
    if let Some(address) = rights::address(&cover.licence) {
        put("rights", json!(address));
    }
    let publisher = words(&exhibit.publisher, languages);
    put("provider", json!([{"id": format!("{base}/collection.json"), "type": "Agent", "label": publisher}]));
    let canvases = served.iter().enumerate().map(|(index, one)| canvas(exhibit, item, one, index, base));
    put("items", Value::Array(canvases.collect()));
    Value::Object(manifest)
}

/// One value a language, for viewers show the first one only; several paragraphs are told by the marks that a manifest
/// may hold.
fn summary(paragraphs: &[Statement], languages: &[Language]) -> Value {
    let of = |language: &Language| {
        let texts = paragraphs.iter().map(|paragraph| paragraph.text.get(language));
        match paragraphs {
            [_] => texts.collect::<String>(),
            _ => texts.map(|text| format!("<p>{}</p>", marked(text))).collect(),
        }
    };
    Value::Object(languages.iter().map(|language| (language.0.clone(), json!([of(language)]))).collect())
}

fn marked(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn metadata(exhibit: &Exhibit, item: &Item) -> Vec<Value> {
    let languages = &exhibit.languages;
    let pair = |vi: &str, en: &str, value: Value| json!({"label": label(vi, en), "value": value});
    let kind = match item.kind {
        Kind::Map { .. } => label("bản đồ", "map"),
        Kind::Document { .. } => label("văn bản", "document"),
        Kind::Artefact { .. } => label("hiện vật", "artefact"),
    };
    let mut pairs = vec![pair("Loại", "Kind", kind), pair("Niên đại", "Date", words(&item.date.text, languages))];
    let told = [
        ("Tác giả", "Creator", &item.creator),
        ("Nơi lưu giữ", "Holder", &item.holder),
        ("Nơi làm", "Place", &item.place),
    ];
    for (vi, en, text) in told {
        pairs.extend(text.as_ref().map(|text| pair(vi, en, words(text, languages))));
    }
    pairs.extend(
        item.original_title
            .as_ref()
            .map(|original| pair("Tên gốc", "Original title", json!({original.language.as_str(): [original.text]}))),
    );
    for source in item.sources.iter().filter_map(|id| exhibit.sources.get(id)) {
        pairs.push(pair("Nguồn", "Source", words(&source.title, languages)));
        pairs.extend(
            source.holder.as_ref().map(|holder| pair("Nơi giữ nguồn", "Source held by", words(holder, languages))),
        );
        for read in &source.read_in {
            let url = read.url.as_ref().map(|url| format!(": {url}")).unwrap_or_default();
            pairs.push(pair("Đã đọc ở", "Read in", json!({"none": [format!("{}{url}", read.publisher)]})));
        }
        let (vi, en) = status_words(source.status);
        pairs.push(pair("Mức kiểm chứng", "Source status", label(vi, en)));
    }
    pairs.push(pair("Giấy phép", "Licence", json!({"none": [item.cover().licence]})));
    pairs
}

fn status_words(status: SourceStatus) -> (&'static str, &'static str) {
    match status {
        SourceStatus::Verified => ("Đã kiểm chứng", "Verified"),
        SourceStatus::Reported => ("Theo nguồn", "Reported"),
        SourceStatus::DisputedReading => ("Còn tranh luận", "Disputed"),
        SourceStatus::NeedsChecking => ("Cần kiểm tra", "Needs checking"),
    }
}

fn canvas(exhibit: &Exhibit, item: &Item, served: &Served<'_>, index: usize, base: &str) -> Value {
    let languages = &exhibit.languages;
    let id = format!("{base}/{}/canvas/{}", item.id, index + 1);
    let (width, height) = served.picture.size;
    let size = format!("{},{}", served.width, served.height);
    let painted = json!({
        "id": format!("{id}/painting"),
        "type": "Annotation",
        "motivation": "painting",
        "target": id,
        "body": {
            "id": format!("{}/full/{size}/0/default.jpg", served.id),
            "type": "Image",
            "format": "image/jpeg",
            "width": served.width,
            "height": served.height,
            "service": [{"id": served.id, "type": "ImageService3", "profile": "level0"}],
        },
    });
    let mut canvas = json!({
        "id": id,
        "type": "Canvas",
        "width": width,
        "height": height,
        "label": words(&item.title, languages),
        "summary": words(&served.picture.alt, languages),
        "items": [{"id": format!("{id}/page"), "type": "AnnotationPage", "items": [painted]}],
    });
    if let Kind::Document { pages } = &item.kind
        && let Some(page) = pages.get(index)
    {
        canvas["label"] = words(&page.label, languages);
    }
    let notes = Notes { languages, canvas: &id, size: [f64::from(width), f64::from(height)], service: &served.id };
    let notes = notes.of(item, index);
    if !notes.is_empty() {
        canvas["annotations"] = json!([{"id": format!("{id}/notes"), "type": "AnnotationPage", "items": notes}]);
    }
    canvas
}

struct Notes<'a> {
    languages: &'a [Language],
    canvas: &'a str,
    size: [f64; 2],
    service: &'a str,
}

impl Notes<'_> {
    fn of(&self, item: &Item, index: usize) -> Vec<Value> {
        let mut notes = Vec::new();
        match &item.kind {
            Kind::Document { pages } => {
                pages.get(index).iter().flat_map(|page| &page.lines).for_each(|line| self.line(line, &mut notes));
            }
            Kind::Map { hotspots, georeference, .. } => {
                hotspots.iter().for_each(|spot| self.spot(spot, &mut notes));
                notes.extend(georeference.as_ref().map(|georeference| self.georeference(georeference)));
            }
            Kind::Artefact { notes: spots, .. } if index == 0 => {
                spots.iter().for_each(|spot| self.spot(spot, &mut notes));
            }
            Kind::Artefact { .. } => {}
        }
        for (number, note) in notes.iter_mut().enumerate() {
            note["id"] = json!(format!("{}/note/{}", self.canvas, number + 1));
            note["type"] = json!("Annotation");
        }
        notes
    }

    /// A part of the canvas in whole pixels, as media fragments want it; a point is told by its selector.
    fn target(&self, region: Option<Region>) -> Value {
        let Some(region) = region else { return json!(self.canvas) };
        let [across, down] = self.size;
        let (x, y) = ((region.x * across).round(), (region.y * down).round());
        if (region.width, region.height) == (0.0, 0.0) {
            let selector = json!({"type": "PointSelector", "x": x, "y": y});
            return json!({"type": "SpecificResource", "source": self.canvas, "selector": selector});
        }
        // Nothing leaves the canvas, and nothing vanishes.
        let (x, y) = (x.clamp(0.0, across - 1.0), y.clamp(0.0, down - 1.0));
        let width = (region.width * across).round().clamp(1.0, across - x);
        let height = (region.height * down).round().clamp(1.0, down - y);
        json!(format!("{}#xywh={x},{y},{width},{height}", self.canvas))
    }

    fn textual(&self, motivation: &str, language: &str, text: &str, region: Option<Region>) -> Value {
        let body = json!({"type": "TextualBody", "value": text, "language": language, "format": "text/plain"});
        json!({"motivation": motivation, "body": body, "target": self.target(region)})
    }

    fn line(&self, line: &Line, notes: &mut Vec<Value>) {
        if let Some(original) = &line.original {
            notes.push(self.textual("transcribing", &original.language, &original.text, line.region));
        }
        for language in self.languages {
            notes.push(self.textual("translating", &language.0, line.translation.get(language), line.region));
        }
    }

    fn spot(&self, spot: &Hotspot, notes: &mut Vec<Value>) {
        for language in self.languages {
            let mut note = self.textual("commenting", &language.0, spot.text.text.get(language), Some(spot.region));
            note["label"] = words(&spot.title, self.languages);
            notes.push(note);
        }
    }

    fn georeference(&self, georeference: &Georeference) -> Value {
        let [across, down] = self.size;
        let feature = |point: &crate::pack::model::ControlPoint| {
            let (x, y) = point.at;
            json!({
                "type": "Feature",
                "properties": {"resourceCoords": [x * across, y * down]},
                "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
            })
        };
        let transformation = match georeference.method {
            Method::Helmert => json!({"type": "helmert"}),
            Method::ThinPlateSpline => json!({"type": "thinPlateSpline"}),
            Method::Polynomial1 => json!({"type": "polynomial", "options": {"order": 1}}),
            Method::Polynomial2 => json!({"type": "polynomial", "options": {"order": 2}}),
            Method::Polynomial3 => json!({"type": "polynomial", "options": {"order": 3}}),
        };
        let corners = format!("0,0 {across},0 {across},{down} 0,{down}");
        json!({
            "@context": [
                "http://iiif.io/api/extension/georef/1/context.json",
                "http://iiif.io/api/presentation/3/context.json",
            ],
            "motivation": "georeferencing",
            "target": {
                "type": "SpecificResource",
                "source": {"id": self.service, "type": "ImageService3", "width": across, "height": down},
                "selector": {"type": "SvgSelector", "value": format!("<svg><polygon points=\"{corners}\"/></svg>")},
            },
            "body": {
                "type": "FeatureCollection",
                "transformation": transformation,
                "features": georeference.points.iter().map(feature).collect::<Vec<_>>(),
            },
        })
    }
}
