//! A draft as the RON texts of a pack (`docs/pack-format.md`). What is not known is left out, so that `check` asks for
//! it at its place.

use super::draft::{Draft, DraftHall, DraftItem, DraftLine, DraftPage, DraftSource, DraftSpot, DraftTrack, Texts};
use super::ron::{self, Fields, Ron};
use super::words::ItemKind;
use std::collections::BTreeMap;

/// Every text of the pack: its path and what it holds.
pub fn files(draft: &Draft) -> Vec<(String, String)> {
    let head = format!("{} – haidang-pack", draft.origin);
    let mut files = vec![
        ("exhibit.ron".to_owned(), ron::file(&head, &exhibit(draft))),
        ("sources.ron".to_owned(), ron::file(&head, &Ron::List(draft.sources.iter().map(source).collect()))),
    ];
    for item in &draft.items {
        files.push((format!("items/{}.ron", item.id), ron::file(&item.origin, &item_of(item))));
    }
    files.extend(draft.texts.iter().cloned());
    files
}

fn texts(texts: &Texts) -> Option<Ron> {
    let pairs: Vec<_> = texts.iter().map(|(language, text)| (language.clone(), Ron::text(text))).collect();
    (!pairs.is_empty()).then_some(Ron::Map(pairs))
}

fn text(text: Option<&String>) -> Option<Ron> {
    text.map(|text| Ron::text(text))
}

fn exhibit(draft: &Draft) -> Ron {
    let mut fields = Fields::default();
    fields.put("format", Ron::word("1"));
    fields.put_some("id", text(draft.id.as_ref())).put("version", Ron::text(&draft.version));
    fields.put("languages", Ron::texts(&draft.languages));
    fields.put_some("title", texts(&draft.title)).put_some("subtitle", texts(&draft.subtitle));
    fields.put_some("publisher", texts(&draft.publisher)).put("approval", approval(draft));
    if draft.approval.status == "Sample" {
        fields.say("Sample: chưa trình duyệt · not yet submitted for approval");
    }
    fields.put_some("note", statement(&draft.note, &draft.note_sources));
    fields.put_some("featured", text(draft.featured.as_ref()));
    fields.put("halls", Ron::List(draft.halls.iter().map(hall).collect()));
    fields.named("")
}

fn approval(draft: &Draft) -> Ron {
    let approval = &draft.approval;
    let mut fields = Fields::default();
    fields.put("status", Ron::word(approval.status)).put_some("note", texts(&draft.approval_note));
    fields.put_some("prepared_by", texts(&approval.prepared_by));
    fields.put_some("appraised_by", texts(&approval.appraised_by));
    fields.put_some("decision", text(approval.decision.as_ref())).put_some("date", text(approval.date.as_ref()));
    fields.named("")
}

/// Comments that tell the row which fields came from, wherever that is another one than before.
#[derive(Default)]
struct Trail<'a> {
    at: &'a str,
}

impl<'a> Trail<'a> {
    fn put(&mut self, fields: &mut Fields, name: &'static str, value: Option<Ron>, origin: &'a str) {
        let Some(value) = value else { return };
        fields.put(name, value);
        if self.at != origin && !origin.is_empty() {
            fields.say(origin);
            self.at = origin;
        }
    }
}

fn hall(hall: &DraftHall) -> Ron {
    let mut fields = Fields::default();
    let mut trail = Trail::default();
    trail.put(&mut fields, "id", Some(Ron::text(&hall.id)), &hall.origin);
    fields.put_some("title", texts(&hall.title));
    trail.put(&mut fields, "lead", statement(&hall.lead, &hall.lead_sources), &hall.lead_origin);
    trail.put(&mut fields, "picture", hall.picture.as_ref().map(picture), &hall.picture_origin);
    fields.put("items", Ron::texts(&hall.items));
    fields.named("")
}

fn statement(words: &Texts, sources: &[String]) -> Option<Ron> {
    let mut fields = Fields::default();
    fields.put("text", texts(words)?).put("sources", Ron::texts(sources));
    Some(fields.named(""))
}

fn source(source: &DraftSource) -> Ron {
    let mut fields = Fields::default();
    let mut trail = Trail::default();
    trail.put(&mut fields, "id", Some(Ron::text(&source.id)), &source.origin);
    fields.put_some("title", texts(&source.title));
    trail.put(&mut fields, "holder", texts(&source.holder), source.origin_of("holder"));
    let mut read = Vec::new();
    if source.publisher.is_some() || source.url.is_some() {
        let mut first = Fields::default();
        trail.put(&mut first, "publisher", text(source.publisher.as_ref()), source.origin_of("publisher"));
        trail.put(&mut first, "url", text(source.url.as_ref()), source.origin_of("url"));
        read.push(first.named(""));
    }
    read.extend(source.read_too.iter().map(|(publisher, url)| {
        let mut more = Fields::default();
        more.put("publisher", Ron::text(publisher)).put_some("url", text(url.as_ref()));
        more.named("")
    }));
    fields.put("read_in", Ron::List(read));
    trail.put(&mut fields, "status", source.status.map(Ron::word), source.origin_of("status"));
    fields.named("")
}

fn item_of(item: &DraftItem) -> Ron {
    let mut fields = Fields::default();
    fields.put("id", Ron::text(&item.id)).put_some("title", texts(&item.title));
    fields.put_some("original_title", item.original_title.as_ref().map(original));
    if item.when.is_some() || !item.date.is_empty() {
        let mut date = Fields::default();
        date.put_some("when", item.when.as_deref().map(Ron::word)).put_some("text", texts(&item.date));
        if item.disputed {
            date.put("disputed", Ron::word("true"));
        }
        fields.put("date", date.named(""));
    }
    fields.put_some("creator", texts(&item.creator)).put_some("holder", texts(&item.holder));
    fields.put_some("place", texts(&item.place)).put("sources", Ron::texts(&item.sources));
    let said = item.description.iter().filter_map(|words| statement(words, &item.sources));
    fields.put("description", Ron::List(said.collect()));
    fields.put_some("narration", narration(&item.narration, &item.sources));
    if !item.related.is_empty() {
        fields.put("related", Ron::texts(&item.related));
    }
    fields.put_some("kind", item.kind.map(|kind| kind_of(kind, item)));
    fields.named("")
}

fn original((language, words): &(String, String)) -> Ron {
    let mut fields = Fields::default();
    fields.put("language", Ron::text(language)).put("text", Ron::text(words));
    fields.named("")
}

fn narration(tracks: &BTreeMap<String, DraftTrack>, sources: &[String]) -> Option<Ron> {
    let track = |track: &DraftTrack| {
        let mut fields = Fields::default();
        fields.put_some("audio", text(track.audio.as_ref())).put_some("captions", text(track.captions.as_ref()));
        let voice = track.voice.as_ref().map(|(word, who)| Ron::Tuple(vec![Ron::word(word), Ron::text(who)]));
        fields.put_some("voice", voice.map(as_variant)).put_some("licence", text(track.licence.as_ref()));
        fields.put_some("credit", texts(&track.credit)).put("sources", Ron::texts(sources));
        fields.named("")
    };
    let pairs: Vec<_> = tracks.iter().map(|(language, one)| (language.clone(), track(one))).collect();
    (!pairs.is_empty()).then_some(Ron::Map(pairs))
}

/// `(Recorded, "who")` as `Recorded("who")`.
fn as_variant(pair: Ron) -> Ron {
    match pair {
        Ron::Tuple(parts) => match parts.as_slice() {
            [Ron::Word(word), who] => Ron::Word(format!("{word}({})", ron::file("", who).trim_end())),
            _ => Ron::Tuple(parts),
        },
        other => other,
    }
}

fn kind_of(kind: ItemKind, item: &DraftItem) -> Ron {
    let mut fields = Fields::default();
    let pictures = || Ron::List(item.pages.iter().map(picture).collect());
    match kind {
        ItemKind::Map => {
            fields.put_some("picture", item.pages.first().map(picture));
            if !item.spots.is_empty() {
                fields.put("hotspots", spots(item));
            }
            fields.put_some("georeference", item.georeference.as_ref().map(|file| georeference(file, &item.sources)));
            fields.named("Map")
        }
        ItemKind::Document => {
            fields.put("pages", Ron::List(item.pages.iter().map(|one| page(one, &item.sources)).collect()));
            fields.named("Document")
        }
        ItemKind::Artefact => {
            fields.put("views", pictures());
            if !item.spots.is_empty() {
                fields.put("notes", spots(item));
            }
            fields.named("Artefact")
        }
    }
}

fn picture(page: &DraftPage) -> Ron {
    let mut fields = Fields::default();
    fields.put("file", Ron::text(&page.file)).say(&page.origin);
    fields.put_some("nature", page.nature.map(Ron::word)).put_some("alt", texts(&page.alt));
    fields.put_some("licence", text(page.licence.as_ref())).put_some("credit", texts(&page.credit));
    fields.named("")
}

fn page(page: &DraftPage, sources: &[String]) -> Ron {
    let mut fields = Fields::default();
    fields.put("picture", picture(page)).put_some("label", texts(&page.label));
    fields.put("lines", Ron::List(page.lines.iter().map(|one| line(one, sources)).collect()));
    fields.named("")
}

fn line(line: &DraftLine, sources: &[String]) -> Ron {
    let mut fields = Fields::default();
    if let Some(region) = line.region {
        fields.put("region", Ron::numbers(region)).say(&line.origin);
    }
    fields.put_some("original", line.original.as_ref().map(original));
    fields.put_some("translation", texts(&line.translation)).put("sources", Ron::texts(sources));
    fields.named("")
}

fn spots(item: &DraftItem) -> Ron {
    let spot = |(index, spot): (usize, &DraftSpot)| {
        let mut fields = Fields::default();
        fields.put("id", Ron::text(&format!("note-{}", index + 1))).say(&spot.origin);
        let [x, y, width, height] = spot.region.map(|n| ron::file("", &Ron::Number(n)).trim_end().to_owned());
        let at = if spot.region[2..] == [0.0, 0.0] {
            format!("Point({x}, {y})")
        } else {
            format!("Region({x}, {y}, {width}, {height})")
        };
        fields.put("at", Ron::Word(at)).put_some("title", texts(&spot.title));
        fields.put_some("text", statement(&spot.text, &item.sources));
        fields.named("")
    };
    Ron::List(item.spots.iter().enumerate().map(spot).collect())
}

fn georeference(file: &str, sources: &[String]) -> Ron {
    let mut fields = Fields::default();
    fields.put("file", Ron::text(file)).put("sources", Ron::texts(sources));
    fields.named("Annotation")
}
