//! The RON text of a pack, field for field (`docs/pack-format.md`). Everything may be absent here, so that one reading
//! tells all that is missing; `super::lower` makes the valid model of it.

use super::words::{ApprovalStatus, Method, Nature, Projection, SourceStatus, Voice, When};
use serde::Deserialize;
use std::collections::BTreeMap;

pub type Texts = BTreeMap<String, String>;

macro_rules! text_of_struct {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $(pub $field: $kind),* }
    };
}

text_of_struct!(Exhibit {
    format: Option<u32>,
    id: Option<String>,
    version: Option<String>,
    languages: Option<Vec<String>>,
    title: Option<Texts>,
    subtitle: Option<Texts>,
    publisher: Option<Texts>,
    approval: Option<Approval>,
    note: Option<Statement>,
    attract: Option<Attract>,
    featured: Option<String>,
    halls: Option<Vec<Hall>>,
});

text_of_struct!(Approval {
    status: Option<ApprovalStatus>,
    note: Option<Texts>,
    prepared_by: Option<Texts>,
    appraised_by: Option<Texts>,
    decision: Option<String>,
    date: Option<String>,
});

text_of_struct!(Attract {
    night: Option<Picture>,
    light: Option<Picture>,
    lamp: Option<(f64, f64)>,
    rests: Option<Vec<(f64, f64)>>,
});

text_of_struct!(Hall {
    id: Option<String>,
    title: Option<Texts>,
    lead: Option<Statement>,
    picture: Option<Picture>,
    items: Option<Vec<String>>,
});

text_of_struct!(Statement {
    text: Option<Texts>,
    sources: Option<Vec<String>>,
});

text_of_struct!(Picture {
    file: Option<String>,
    nature: Option<Nature>,
    alt: Option<Texts>,
    licence: Option<String>,
    credit: Option<Texts>,
});

text_of_struct!(Date {
    when: Option<When>,
    text: Option<Texts>,
    disputed: bool,
});

text_of_struct!(Item {
    id: Option<String>,
    title: Option<Texts>,
    original_title: Option<Original>,
    date: Option<Date>,
    creator: Option<Texts>,
    holder: Option<Texts>,
    place: Option<Texts>,
    sources: Option<Vec<String>>,
    description: Option<Vec<Statement>>,
    narration: Option<BTreeMap<String, Track>>,
    minutes: Option<f64>,
    related: Option<Vec<String>>,
    kind: Option<Kind>,
});

text_of_struct!(Original {
    language: Option<String>,
    text: Option<String>,
});

text_of_struct!(Track {
    audio: Option<String>,
    captions: Option<String>,
    voice: Option<Voice>,
    licence: Option<String>,
    credit: Option<Texts>,
    sources: Option<Vec<String>>,
});

// Read once an item and taken apart at once: a box would only make the text harder to follow.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Kind {
    Map {
        #[serde(default)]
        picture: Option<Picture>,
        #[serde(default)]
        frame: Option<Frame>,
        #[serde(default)]
        hotspots: Option<Vec<Hotspot>>,
        #[serde(default)]
        georeference: Option<Georeference>,
        #[serde(default)]
        printed_names: Option<Vec<PrintedName>>,
    },
    Document {
        #[serde(default)]
        pages: Option<Vec<Page>>,
    },
    Artefact {
        #[serde(default)]
        views: Option<Vec<Picture>>,
        #[serde(default)]
        notes: Option<Vec<Hotspot>>,
    },
}

text_of_struct!(Frame {
    projection: Option<Projection>,
    west: Option<f64>,
    east: Option<f64>,
    south: Option<f64>,
    north: Option<f64>,
    left: Option<f64>,
    top: Option<f64>,
    right: Option<f64>,
    bottom: Option<f64>,
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Georeference {
    Points {
        #[serde(default)]
        method: Option<Method>,
        #[serde(default)]
        points: Option<Vec<ControlPoint>>,
        #[serde(default)]
        sources: Option<Vec<String>>,
        #[serde(default)]
        note: Option<Statement>,
    },
    Annotation {
        #[serde(default)]
        file: Option<String>,
        #[serde(default)]
        sources: Option<Vec<String>>,
        #[serde(default)]
        note: Option<Statement>,
    },
}

text_of_struct!(ControlPoint {
    at: Option<(f64, f64)>,
    geo: Option<(f64, f64)>,
    name: Option<Texts>,
});

text_of_struct!(PrintedName {
    place: Option<String>,
    at: Option<Position>,
    text: Option<String>,
    sources: Option<Vec<String>>,
});

text_of_struct!(Hotspot {
    id: Option<String>,
    at: Option<Position>,
    title: Option<Texts>,
    quote: Option<String>,
    text: Option<Statement>,
    link: Option<String>,
});

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub enum Position {
    Point(f64, f64),
    Region(f64, f64, f64, f64),
    Geo(f64, f64),
}

text_of_struct!(Page {
    picture: Option<Picture>,
    label: Option<Texts>,
    lines: Option<Vec<Line>>,
});

text_of_struct!(Line {
    region: Option<(f64, f64, f64, f64)>,
    original: Option<Original>,
    phonetic: Option<String>,
    translation: Option<Texts>,
    sources: Option<Vec<String>>,
});

text_of_struct!(Source {
    id: Option<String>,
    title: Option<Texts>,
    creator: Option<Texts>,
    date: Option<Texts>,
    holder: Option<Texts>,
    read_in: Option<Vec<ReadIn>>,
    status: Option<SourceStatus>,
    status_note: Option<Texts>,
    curator_note: Option<String>,
});

text_of_struct!(ReadIn {
    publisher: Option<String>,
    url: Option<String>,
});
