//! A folder into an exhibit: reads every file, then makes sure that all names lead somewhere.

use super::Opened;
use super::files::{Files, Mapped};
use super::lower_halls::lower_halls;
use super::lower_items;
use super::lower_sources::read_sources;
use super::parse::{Parsed, parse};
use super::reader::{Pack, Reader};
use super::schema;
use super::text_files::{MAX_ITEMS, list_items, read_text};
use super::words::ApprovalStatus;
use crate::base::ids::Id;
use crate::diagnostics::{Findings, Said};
use crate::pack::model::{Approval, Attract, Exhibit, Item, Kind, Language, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The format this program reads.
const FORMAT: u32 = 1;
const EXHIBIT: &str = "exhibit.ron";
const MAX_LANGUAGES: usize = 8;

/// Reads a pack's folder: the exhibit as far as it holds together, and every problem found on the way.
pub fn open(folder: &Path) -> Opened {
    open_files(Files::in_folder(folder))
}

/// The same of a pack whose files lie elsewhere than in a folder of their own.
pub fn open_installed(map: &Mapped) -> Opened {
    open_files(Files::mapped(map))
}

fn open_files(files: Files<'_>) -> Opened {
    let opened = read_pack(&files);
    Opened { used: files.into_used(), ..opened }
}

fn read_pack(files: &Files<'_>) -> Opened {
    let mut findings = Findings::default();
    let Some(text) = read_text(files, EXHIBIT, &mut findings) else {
        return Opened { findings, ..Opened::default() };
    };
    // Without the exhibit's own text whatever the other files hold would look wrong.
    let Some(Parsed { value: Some(value), outline, left_out }) = parse_exhibit(&text, &mut findings) else {
        return Opened { findings, readable: true, ..Opened::default() };
    };
    let languages = value.languages.clone().filter(|listed| are_languages(listed));
    let (sources, source_ids) = read_sources(files, languages.as_deref(), &mut findings);
    let item_ids = list_items(files, &mut findings);
    let pack = Pack { files, languages: languages.as_deref(), sources: &source_ids, item_ids: &item_ids };
    let items = read_items(pack, &mut findings);
    let mut reader = Reader::new(pack, EXHIBIT, &text, &outline, &left_out);
    let exhibit = lower_exhibit(&mut reader, value, items, sources);
    findings.append(reader.findings);
    Opened { exhibit, findings, readable: true, ..Opened::default() }
}

/// None when the pack is of another format, which may hold anything: all else that seems wrong then says nothing.
fn parse_exhibit(text: &str, findings: &mut Findings) -> Option<Parsed<schema::Exhibit>> {
    let mut mistakes = Findings::default();
    let parsed = parse::<schema::Exhibit>(EXHIBIT, text, &mut mistakes);
    let format = parsed.value.as_ref().and_then(|value| value.format);
    if let Some(format) = format.filter(|format| *format != FORMAT) {
        findings.error(
            "unsupported-format",
            parsed.outline.place(EXHIBIT, text, "format"),
            Said::new(
                format!("Gói theo định dạng {format}, chương trình này đọc định dạng {FORMAT}."),
                format!("The pack is of format {format}; this program reads format {FORMAT}."),
            ),
            Said::new("Cập nhật Hải Đăng hoặc xuất lại gói.", "Update Hải Đăng or write the pack again."),
        );
        return None;
    }
    findings.append(mistakes);
    Some(parsed)
}

/// Items are read on all cores: a large exhibit opens nearly as soon as a small one.
fn read_items(pack: Pack<'_>, findings: &mut Findings) -> BTreeMap<Id, Item> {
    let ids: Vec<&Id> = pack.item_ids.iter().take(MAX_ITEMS).collect();
    let share = ids.len().div_ceil(std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let read = |part: &[&Id]| {
        let mut found = Findings::default();
        let read = |id: &&Id| read_item(pack, &format!("items/{id}.ron"), id, &mut found);
        let items: Vec<Item> = part.iter().filter_map(read).collect();
        (items, found)
    };
    let mut items = BTreeMap::new();
    std::thread::scope(|scope| {
        let readers: Vec<_> = ids.chunks(share).map(|part| (part, scope.spawn(|| read(part)))).collect();
        for (part, reader) in readers {
            // A reader that was stopped by a fault of ours is tried once more here, where the fault is seen.
            let (read, found) = reader.join().unwrap_or_else(|_| read(part));
            findings.append(found);
            items.extend(read.into_iter().map(|item| (item.id.clone(), item)));
        }
    });
    items
}

fn read_item(pack: Pack<'_>, file: &str, file_id: &Id, findings: &mut Findings) -> Option<Item> {
    let text = read_text(pack.files, file, findings)?;
    let parsed = parse::<schema::Item>(file, &text, findings);
    let mut reader = Reader::new(pack, file, &text, &parsed.outline, &parsed.left_out);
    let item = parsed.value.and_then(|value| lower_items::item(&mut reader, value, file_id));
    findings.append(reader.findings);
    item
}

fn lower_exhibit(
    reader: &mut Reader<'_>,
    value: schema::Exhibit,
    mut items: BTreeMap<Id, Item>,
    sources: BTreeMap<Id, Source>,
) -> Option<Exhibit> {
    reader.need(value.format, "format");
    let id = reader.id(value.id, "id");
    let version = reader.words(value.version, "version");
    let languages = lower_languages(reader, value.languages);
    let title = reader.text(value.title, "title");
    let subtitle = reader.optional_text(value.subtitle, "subtitle");
    let publisher = reader.text(value.publisher, "publisher");
    let approval = reader.need(value.approval, "approval").and_then(|a| lower_approval(reader, a));
    let note = value.note.and_then(|n| reader.statement(Some(n), "note"));
    let attract = value.attract.and_then(|a| lower_attract(reader, a));
    let halls = lower_halls(reader, value.halls, &items);
    let featured = value.featured.and_then(|f| reader.item(f, "featured"));
    let placed: BTreeSet<&Id> = halls.iter().flat_map(|h| &h.items).collect();
    items.retain(|id, _| placed.contains(id));
    drop_dead_links(&mut items);
    let featured = featured.filter(|f| items.contains_key(f));
    Some(Exhibit {
        id: id?,
        version: version?,
        languages: languages?,
        title: title?,
        subtitle,
        publisher: publisher?,
        approval: approval?,
        note,
        attract,
        featured,
        halls: Some(halls).filter(|h| !h.is_empty())?,
        items,
        sources,
    })
}

/// Whether a list of languages can be used: a few, each once, each a tag.
fn are_languages(listed: &[String]) -> bool {
    let tag = |l: &String| !l.is_empty() && l.len() <= 12 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let distinct: BTreeSet<&String> = listed.iter().collect();
    (1..=MAX_LANGUAGES).contains(&listed.len()) && distinct.len() == listed.len() && listed.iter().all(tag)
}

fn lower_languages(reader: &mut Reader<'_>, listed: Option<Vec<String>>) -> Option<Vec<Language>> {
    let listed = reader.need(listed, "languages")?;
    if !are_languages(&listed) {
        reader.problem(
            "bad-languages",
            "languages",
            (
                "Danh sách ngôn ngữ trống, quá dài, lặp hoặc sai mã.".into(),
                "The list of languages is empty, too long, repeats one or has a wrong tag.".into(),
            ),
            ("Ví dụ: [\"vi\", \"en\"]; tối đa 8.", "For example [\"vi\", \"en\"]; at most 8."),
        );
        return None;
    }
    Some(listed.into_iter().map(Language).collect())
}

fn lower_approval(reader: &mut Reader<'_>, value: schema::Approval) -> Option<Approval> {
    let status = reader.need(value.status, "approval.status");
    let note = reader.text(value.note, "approval.note");
    // What is there but faulty is told by itself.
    let has_decision = value.decision.is_some() || reader.is_left_out("approval.decision");
    let has_date = value.date.is_some() || reader.is_left_out("approval.date");
    let has_preparer = value.prepared_by.is_some() || reader.is_left_out("approval.prepared_by");
    let has_appraiser = value.appraised_by.is_some() || reader.is_left_out("approval.appraised_by");
    let is_complete = has_decision && has_date && has_preparer && has_appraiser;
    if status == Some(ApprovalStatus::Approved) && !is_complete {
        reader.problem(
            "approval-incomplete",
            "approval",
            (
                "Gói ghi là đã duyệt nhưng thiếu người soạn, người thẩm định, số quyết định hoặc ngày.".into(),
                "The pack says it is approved but leaves out who prepared or appraised it, the decision or its date."
                    .into(),
            ),
            ("Ghi prepared_by, appraised_by, decision và date.", "Give prepared_by, appraised_by, decision and date."),
        );
    }
    let prepared_by = reader.optional_text(value.prepared_by, "approval.prepared_by");
    let appraised_by = reader.optional_text(value.appraised_by, "approval.appraised_by");
    let decision = reader.optional_words(value.decision, "approval.decision");
    let date = reader.optional_words(value.date, "approval.date");
    if let Some(bad) = date.as_ref().filter(|d| d.parse::<jiff::civil::Date>().is_err()) {
        let bad = super::wording::shown(bad);
        reader.problem(
            "impossible-date",
            "approval.date",
            (format!("“{bad}” không phải là ngày."), format!("“{bad}” is no date.")),
            ("Viết năm-tháng-ngày, ví dụ 2026-11-20.", "Write year-month-day, for example 2026-11-20."),
        );
    }
    Some(Approval { status: status?, note: note?, prepared_by, appraised_by, decision, date })
}

fn lower_attract(reader: &mut Reader<'_>, value: schema::Attract) -> Option<Attract> {
    let night = reader.picture(value.night, "attract.night");
    let light = reader.picture(value.light, "attract.light");
    let lamp = reader.need(value.lamp, "attract.lamp");
    if let Some((x, y)) = lamp {
        reader.region((x, y, 0.0, 0.0), "attract.lamp");
    }
    let rests = value.rests.unwrap_or_default();
    for (i, (x, y)) in rests.iter().enumerate() {
        reader.region((*x, *y, 0.0, 0.0), &format!("attract.rests[{i}]"));
    }
    Some(Attract { night: night?, light: light?, lamp: lamp?, rests })
}

/// Links to items that could not be read lead nowhere, so a visitor never sees them.
fn drop_dead_links(items: &mut BTreeMap<Id, Item>) {
    let alive: BTreeSet<Id> = items.keys().cloned().collect();
    for item in items.values_mut() {
        item.related.retain(|id| alive.contains(id));
        let spots = match &mut item.kind {
            Kind::Map { hotspots, .. } => hotspots,
            Kind::Artefact { notes, .. } => notes,
            Kind::Document { .. } => continue,
        };
        for spot in spots {
            spot.link = spot.link.take().filter(|id| alive.contains(id));
        }
    }
}
