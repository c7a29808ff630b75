//! Item files into items of the model.

use super::lower_georef;
use super::reader::Reader;
use super::schema::{self, Position};
use crate::base::ids::Id;
use crate::pack::model::{Frame, Hotspot, Item, Kind, Line, Page, Region, Track};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a hotspot's text, in any language.
const MAX_HOTSPOT_WORDS: usize = 40;

pub fn item(reader: &mut Reader<'_>, value: schema::Item, file_id: &Id) -> Option<Item> {
    let id = reader.id(value.id, "id");
    if id.as_ref().is_some_and(|id| id != file_id) {
        reader.problem(
            "id-differs-from-file",
            "id",
            (
                format!("Mã khác với tên tệp “{file_id}.ron”."),
                format!("The id differs from the file's name “{file_id}.ron”."),
            ),
            ("Đặt mã và tên tệp giống nhau.", "Give the id and the file the same name."),
        );
    }
    let title = reader.text(value.title, "title");
    let original_title = value.original_title.and_then(|o| reader.original(o, "original_title"));
    let date = reader.date(value.date, "date");
    let creator = reader.optional_text(value.creator, "creator");
    let holder = reader.optional_text(value.holder, "holder");
    let place = reader.optional_text(value.place, "place");
    let sources = reader.sources(value.sources, "sources");
    let described = reader.need(value.description, "description").unwrap_or_default();
    let description = described
        .into_iter()
        .enumerate()
        .filter_map(|(i, s)| reader.statement(Some(s), &format!("description[{i}]")))
        .collect();
    let narration = lower_narration(reader, value.narration.unwrap_or_default());
    let named = value.related.unwrap_or_default();
    let related = named.into_iter().enumerate().filter_map(|(i, r)| reader.item(r, &format!("related[{i}]"))).collect();
    let kind = reader.need(value.kind, "kind").and_then(|kind| lower_kind(reader, kind));
    Some(Item {
        id: id?,
        title: title?,
        original_title,
        date: date?,
        creator,
        holder,
        place,
        sources: sources?,
        description,
        narration,
        minutes: value.minutes,
        related,
        kind: kind?,
    })
}

fn lower_narration(reader: &mut Reader<'_>, tracks: BTreeMap<String, schema::Track>) -> BTreeMap<String, Track> {
    let mut narration = BTreeMap::new();
    for (language, track) in tracks {
        let key = format!("narration.{language}");
        if !reader.is_language(&language) {
            reader.unknown_language(&language, &key);
        } else if let Some(track) = reader.track(track, &key) {
            narration.insert(language, track);
        }
    }
    narration
}

fn lower_kind(reader: &mut Reader<'_>, kind: schema::Kind) -> Option<Kind> {
    match kind {
        schema::Kind::Map { picture, frame, hotspots, georeference, printed_names } => {
            let picture = reader.picture(picture, "kind.picture");
            let given = frame.is_some() || reader.is_left_out("kind.frame");
            let frame = frame.and_then(|f| lower_frame(reader, &f));
            let net = match &frame {
                Some(frame) => Net::Sound(frame),
                None if given => Net::Faulty,
                None => Net::Absent,
            };
            let hotspots = lower_hotspots(reader, hotspots, net, "kind.hotspots");
            let size = picture.as_ref().map(|picture| picture.size);
            let georeference = georeference.and_then(|g| lower_georef::georeference(reader, g, size));
            let printed_names = lower_georef::printed_names(reader, printed_names, net);
            Some(Kind::Map { picture: picture?, frame, hotspots, georeference, printed_names })
        }
        schema::Kind::Document { pages } => {
            let count = pages.as_ref().map_or(0, Vec::len);
            let pages = some_of(reader, pages, "kind.pages", lower_page)?;
            // A document with a page missing would number its pages wrongly.
            (pages.len() == count).then_some(Kind::Document { pages })
        }
        schema::Kind::Artefact { views, notes } => {
            let views = some_of(reader, views, "kind.views", |r, v, key| r.picture(Some(v), key));
            let notes = lower_hotspots(reader, notes, Net::Absent, "kind.notes");
            Some(Kind::Artefact { views: views?, notes })
        }
    }
}

/// A list that must hold at least one good element.
fn some_of<T, U>(
    reader: &mut Reader<'_>,
    values: Option<Vec<T>>,
    key_path: &str,
    lower: impl Fn(&mut Reader<'_>, T, &str) -> Option<U>,
) -> Option<Vec<U>> {
    let values = reader.need(values, key_path)?;
    if values.is_empty() {
        reader.problem(
            "empty-list",
            key_path,
            ("Danh sách này không được trống.".into(), "This list must not be empty.".into()),
            ("Thêm ít nhất một mục.", "Add at least one entry."),
        );
    }
    let lowered: Vec<U> =
        values.into_iter().enumerate().filter_map(|(i, v)| lower(reader, v, &format!("{key_path}[{i}]"))).collect();
    (!lowered.is_empty()).then_some(lowered)
}

fn lower_frame(reader: &mut Reader<'_>, frame: &schema::Frame) -> Option<Frame> {
    let key = "kind.frame";
    let projection = reader.need(frame.projection, &format!("{key}.projection"));
    let mut number = |value: Option<f64>, name: &str| reader.need(value, &format!("{key}.{name}"));
    let bounds = [
        number(frame.west, "west"),
        number(frame.south, "south"),
        number(frame.east, "east"),
        number(frame.north, "north"),
    ];
    let inset = [
        number(frame.left, "left"),
        number(frame.top, "top"),
        number(frame.right, "right"),
        number(frame.bottom, "bottom"),
    ];
    let whole = |four: [Option<f64>; 4]| Some([four[0]?, four[1]?, four[2]?, four[3]?]);
    let frame = Frame { projection: projection?, bounds: whole(bounds)?, inset: whole(inset)? };
    let [west, south, east, north] = frame.bounds;
    let [left, top, right, bottom] = frame.inset;
    let on_earth = (-180.0..east).contains(&west) && east <= 540.0 && (-85.0..north).contains(&south) && north <= 85.0;
    let in_picture = (0.0..right).contains(&left) && right <= 1.0 && (0.0..bottom).contains(&top) && bottom <= 1.0;
    if on_earth && in_picture {
        return Some(frame);
    }
    reader.problem(
        "bad-frame",
        key,
        ("Khung tọa độ này không hợp lệ.".into(), "This frame of degrees is not possible.".into()),
        (
            "Cần tây < đông, nam < bắc (độ), trái < phải, trên < dưới (từ 0 đến 1).",
            "West < east, south < north (degrees), left < right, top < bottom (0 to 1).",
        ),
    );
    None
}

/// Whether degrees can be placed in a picture.
#[derive(Clone, Copy)]
pub enum Net<'a> {
    Absent,
    /// There is a frame, and what is wrong with it has been told.
    Faulty,
    Sound(&'a Frame),
}

fn lower_hotspots(
    reader: &mut Reader<'_>,
    values: Option<Vec<schema::Hotspot>>,
    net: Net<'_>,
    key_path: &str,
) -> Vec<Hotspot> {
    let mut seen = BTreeSet::new();
    let mut hotspots = Vec::new();
    for (i, value) in values.unwrap_or_default().into_iter().enumerate() {
        let key = format!("{key_path}[{i}]");
        reader.first_use(&mut seen, value.id.as_deref(), &format!("{key}.id"));
        hotspots.extend(lower_hotspot(reader, value, net, &key));
    }
    hotspots
}

fn lower_hotspot(reader: &mut Reader<'_>, value: schema::Hotspot, net: Net<'_>, key: &str) -> Option<Hotspot> {
    let id = reader.id(value.id, &format!("{key}.id"));
    let at = reader.need(value.at, &format!("{key}.at"));
    let region = at.and_then(|at| region_of(reader, at, net, &format!("{key}.at")));
    let title = reader.text(value.title, &format!("{key}.title"));
    let quote = reader.optional_words(value.quote, &format!("{key}.quote"));
    let text = reader.statement(value.text, &format!("{key}.text"));
    if let Some(statement) = &text {
        let longest = statement.text.0.values().map(|t| t.split_whitespace().count()).max().unwrap_or(0);
        if longest > MAX_HOTSPOT_WORDS {
            reader.problem(
                "text-too-long",
                &format!("{key}.text"),
                (format!("Lời của điểm này dài {longest} từ."), format!("The text of this point has {longest} words.")),
                ("Tối đa 40 từ mỗi ngôn ngữ.", "At most 40 words a language."),
            );
        }
    }
    let link = value.link.and_then(|link| reader.item(link, &format!("{key}.link")));
    Some(Hotspot { id: id?, region: region?, title: title?, quote, text: text?, link })
}

pub fn region_of(reader: &mut Reader<'_>, at: Position, net: Net<'_>, key: &str) -> Option<Region> {
    match (at, net) {
        (Position::Point(x, y), _) => reader.region((x, y, 0.0, 0.0), key),
        (Position::Region(x, y, width, height), _) => reader.region((x, y, width, height), key),
        (Position::Geo(lon, lat), Net::Sound(frame)) => {
            let (x, y) = frame.picture_from_degrees(lon, lat);
            reader.region((x, y, 0.0, 0.0), key)
        }
        (Position::Geo(..), Net::Faulty) => None,
        (Position::Geo(..), Net::Absent) => {
            reader.problem(
                "geo-without-frame",
                key,
                ("Geo cần khung tọa độ (frame) của bản đồ.".into(), "Geo needs the map's frame.".into()),
                ("Thêm frame hoặc dùng Point(x, y).", "Add a frame or use Point(x, y)."),
            );
            None
        }
    }
}

fn lower_page(reader: &mut Reader<'_>, value: schema::Page, key: &str) -> Option<Page> {
    let picture = reader.picture(value.picture, &format!("{key}.picture"));
    let label = reader.text(value.label, &format!("{key}.label"));
    let lines = value
        .lines
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .filter_map(|(i, line)| lower_line(reader, line, &format!("{key}.lines[{i}]")))
        .collect();
    Some(Page { picture: picture?, label: label?, lines })
}

fn lower_line(reader: &mut Reader<'_>, value: schema::Line, key: &str) -> Option<Line> {
    let region = value.region.and_then(|r| reader.region(r, &format!("{key}.region")));
    let original = value.original.and_then(|o| reader.original(o, &format!("{key}.original")));
    let phonetic = reader.optional_words(value.phonetic, &format!("{key}.phonetic"));
    let translation = reader.text(value.translation, &format!("{key}.translation"));
    let sources = reader.sources(value.sources, &format!("{key}.sources"));
    Some(Line { region, original, phonetic, translation: translation?, sources: sources? })
}
