//! `sources.ron` into the sources of the model.

use super::files::Files;
use super::parse::parse;
use super::reader::{Pack, Reader, SourceIds};
use super::schema;
use super::text_files::read_text;
use crate::base::ids::Id;
use crate::diagnostics::Findings;
use crate::pack::model::{ReadIn, Source};
use std::collections::{BTreeMap, BTreeSet};

const SOURCES: &str = "sources.ron";

pub fn read_sources(
    files: &Files<'_>,
    languages: Option<&[String]>,
    findings: &mut Findings,
) -> (BTreeMap<Id, Source>, SourceIds) {
    let Some(text) = read_text(files, SOURCES, findings) else { return Default::default() };
    let parsed = parse::<Vec<schema::Source>>(SOURCES, &text, findings);
    let Some(values) = parsed.value else { return Default::default() };
    let named = values.iter().map(|value| Id::new(value.id.as_deref()?)).collect();
    let (no_sources, no_items) = (SourceIds::default(), BTreeSet::new());
    let pack = Pack { files, languages, sources: &no_sources, item_ids: &no_items };
    let mut reader = Reader::new(pack, SOURCES, &text, &parsed.outline, &parsed.left_out);
    let sources = lower_sources(&mut reader, values);
    findings.append(reader.findings);
    let sound = sources.keys().cloned().collect();
    (sources, SourceIds { named, sound })
}

fn lower_sources(reader: &mut Reader<'_>, values: Vec<schema::Source>) -> BTreeMap<Id, Source> {
    let mut seen = BTreeSet::new();
    let mut sources = BTreeMap::new();
    for (index, value) in values.into_iter().enumerate() {
        let key = format!("[{index}]");
        reader.first_use(&mut seen, value.id.as_deref(), &format!("{key}.id"));
        if let Some(source) = lower_source(reader, value, &key) {
            sources.entry(source.id.clone()).or_insert(source);
        }
    }
    sources
}

fn lower_source(reader: &mut Reader<'_>, value: schema::Source, key: &str) -> Option<Source> {
    let id = reader.id(value.id, &format!("{key}.id"));
    let title = reader.text(value.title, &format!("{key}.title"));
    let creator = reader.optional_text(value.creator, &format!("{key}.creator"));
    let date = reader.optional_text(value.date, &format!("{key}.date"));
    let has_holder = value.holder.is_some();
    let holder = reader.optional_text(value.holder, &format!("{key}.holder"));
    let status = reader.need(value.status, &format!("{key}.status"));
    let status_note = reader.optional_text(value.status_note, &format!("{key}.status_note"));
    // Never shown to visitors, so it is checked and not kept.
    reader.optional_words(value.curator_note, &format!("{key}.curator_note"));
    // Who keeps the original may be the place where it was read.
    let listed = match value.read_in {
        None if has_holder => Vec::new(),
        listed => reader.need(listed, &format!("{key}.read_in"))?,
    };
    if listed.is_empty() && !has_holder {
        reader.problem(
            "empty-list",
            &format!("{key}.read_in"),
            ("Nguồn cần ít nhất một nơi đã đọc.".into(), "A source needs at least one place where it was read.".into()),
            (
                "Thêm nơi đăng (và địa chỉ, nếu là trang mạng), hoặc nơi giữ bản gốc.",
                "Add a publisher (and the address of a web page), or who keeps the original.",
            ),
        );
    }
    let read_in = listed
        .into_iter()
        .enumerate()
        .filter_map(|(i, read)| lower_read_in(reader, read, &format!("{key}.read_in[{i}]")))
        .collect();
    Some(Source { id: id?, title: title?, creator, date, holder, read_in, status: status?, status_note })
}

fn lower_read_in(reader: &mut Reader<'_>, value: schema::ReadIn, key: &str) -> Option<ReadIn> {
    let publisher = reader.words(value.publisher, &format!("{key}.publisher"));
    let Some(url) = value.url else { return Some(ReadIn { publisher: publisher?, url: None }) };
    let url = reader.words(Some(url), &format!("{key}.url"))?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    if !web || url.contains(char::is_whitespace) {
        let shown = super::wording::shown(&url);
        reader.problem(
            "bad-address",
            &format!("{key}.url"),
            (format!("“{shown}” không phải địa chỉ web."), format!("“{shown}” is no web address.")),
            (
                "Bắt đầu bằng https:// hoặc http://, không có khoảng trắng; để trống khi đọc trên giấy.",
                "Begin with https:// or http://, without spaces; leave it out for what was read on paper.",
            ),
        );
        return None;
    }
    Some(ReadIn { publisher: publisher?, url: Some(url) })
}
