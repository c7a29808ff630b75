//! The sources that a row names: one, and a second where there is one. Rows that tell the same source share it.

use super::agreed::Thing;
use super::columns::Column;
use super::draft::{DraftSource, Texts};
use super::plain::free_id;
use super::rows::{Desk, Line, known_word};
use super::words::STATUSES;

/// The columns of one of a row's sources.
struct Told {
    title: (Column, Column),
    publisher: Column,
    url: Column,
    holder: (Column, Column),
    status: Column,
    /// 1 or 2, for the comment.
    number: usize,
}

const FIRST: Told = Told {
    title: (Column::SourceVi, Column::SourceEn),
    publisher: Column::SourcePublisher,
    url: Column::SourceUrl,
    holder: (Column::SourceHolderVi, Column::SourceHolderEn),
    status: Column::SourceStatus,
    number: 1,
};
const SECOND: Told = Told {
    title: (Column::SecondVi, Column::SecondEn),
    publisher: Column::SecondPublisher,
    url: Column::SecondUrl,
    holder: (Column::SecondHolderVi, Column::SecondHolderEn),
    status: Column::SecondStatus,
    number: 2,
};

/// The ids of the row's sources.
pub fn sources(desk: &mut Desk<'_>, sources: &mut Vec<DraftSource>, line: Line<'_>) -> Vec<String> {
    let mut ids: Vec<String> = source(desk, sources, line, &FIRST).into_iter().collect();
    if ids.is_empty() {
        desk.tell(
            "row-without-source",
            line,
            Column::SourceVi,
            ("Dòng này không nêu nguồn.".into(), "This row names no source.".into()),
            (
                "Điền cột Nguồn; với trang mạng thì cả Địa chỉ nguồn.",
                "Fill in the source's title; of a web page its address too.",
            ),
        );
    }
    ids.extend(source(desk, sources, line, &SECOND));
    ids.dedup();
    ids
}

fn source(desk: &mut Desk<'_>, sources: &mut Vec<DraftSource>, line: Line<'_>, columns: &Told) -> Option<String> {
    let title = desk.texts(line, columns.title.0, columns.title.1);
    let url = line.get(columns.url).map(str::to_owned);
    if title.is_empty() && url.is_none() {
        return None;
    }
    let same = |known: &&mut DraftSource| is_same(known, &title, url.as_ref());
    let second = if columns.number == 1 { String::new() } else { ", nguồn · source 2".to_owned() };
    let told = DraftSource {
        id: String::new(),
        holder: desk.texts(line, columns.holder.0, columns.holder.1),
        publisher: line.get(columns.publisher).map(str::to_owned),
        status: known_word(desk, line, columns.status, &STATUSES),
        origin: format!("{}, dòng · row {}{second}", desk.layout.file, line.row.number),
        title: title.clone(),
        url: url.clone(),
        ..DraftSource::default()
    };
    let status = told.status;
    if let Some(known) = sources.iter_mut().find(same) {
        complete(known, told);
        agree(desk, line, columns, (&known.id, status));
        return Some(known.id.clone());
    }
    let taken = sources.iter().map(|source| source.id.clone()).collect();
    let name = title.values().next_back().or(url.as_ref()).cloned().unwrap_or_default();
    let name = title.get("vi").cloned().unwrap_or(name);
    let id = free_id(&name, "source", &taken).to_string();
    sources.push(DraftSource { id: id.clone(), ..told });
    agree(desk, line, columns, (&id, status));
    Some(id)
}

/// Whether two rows mean one source: nothing tells their addresses apart, and the first language of both has one title.
fn is_same(known: &DraftSource, title: &Texts, url: Option<&String>) -> bool {
    let alike = known.url.is_none() || url.is_none() || known.url.as_ref() == url;
    let first =
        ["vi", "en"].into_iter().find(|language| title.contains_key(*language) && known.title.contains_key(*language));
    alike && (title.is_empty() || first.is_some_and(|language| title.get(language) == known.title.get(language)))
}

/// Other rows that say otherwise of the source are told.
fn agree(desk: &mut Desk<'_>, line: Line<'_>, columns: &Told, (id, status): (&str, Option<&str>)) {
    let fields = [
        ("title", columns.title.0, None),
        ("title.en", columns.title.1, None),
        ("holder", columns.holder.0, None),
        ("holder.en", columns.holder.1, None),
        ("publisher", columns.publisher, None),
        ("status", columns.status, status),
    ];
    for (field, column, meaning) in fields {
        desk.agree(line, (Thing::Source(id), field), column, meaning);
    }
}

/// What an earlier row left out, and where it stands now.
fn complete(known: &mut DraftSource, told: DraftSource) {
    let mut new = Vec::new();
    if known.url.is_none() && told.url.is_some() {
        known.url = told.url;
        new.push("url");
    }
    if known.publisher.is_none() && told.publisher.is_some() {
        known.publisher = told.publisher;
        new.push("publisher");
    }
    if known.status.is_none() && told.status.is_some() {
        known.status = told.status;
        new.push("status");
    }
    if known.holder.is_empty() && !told.holder.is_empty() {
        known.holder = told.holder;
        new.push("holder");
    }
    for (language, words) in told.title {
        known.title.entry(language).or_insert(words);
    }
    known.origins.extend(new.into_iter().map(|field| (field, told.origin.clone())));
}
