//! The rows of a list into a draft: one row an item. What could not be placed is told with file, row and column.

use super::agreed::{First, Thing};
use super::cells::{self, Layout, MISSING_COLUMN};
use super::columns::Column;
use super::dates;
use super::draft::{Draft, DraftHall, DraftItem, DraftSource, Texts, put};
use super::media::Shelf;
use super::plain::{free_id, slug};
use super::sheet::{List, Row};
use super::words::{self, KINDS, YES};
use super::{row_ids, row_links, row_media, row_sources};
use super::{shown, tell, tell_at};
use crate::diagnostics::{Findings, Problem};
use crate::organiser::today::today;
use std::collections::{BTreeMap, BTreeSet};

/// Items that a pack may hold.
const MAX_ITEMS: usize = 500;

/// A list while it is read.
pub struct Desk<'a> {
    /// The list's name and columns, for telling.
    pub layout: &'a Layout,
    pub languages: &'a [String],
    pub shelf: &'a mut Shelf,
    pub findings: &'a mut Findings,
    pub copies: Vec<(std::path::PathBuf, String)>,
    /// Names of all items, so that no item takes another one's files.
    pub names: BTreeSet<String>,
    /// Ids that nobody wrote, made only to tell two rows apart. No file is called like one of them.
    pub stand_ins: BTreeSet<String>,
    /// What rows said first of a hall or a source.
    pub firsts: BTreeMap<String, First>,
}

/// A row and where its columns stand.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub row: &'a Row,
    pub columns: &'a BTreeMap<Column, (usize, String)>,
}

impl Line<'_> {
    pub fn get(&self, column: Column) -> Option<&str> {
        self.row.cells.get(&self.columns.get(&column)?.0).map(String::as_str)
    }
}

impl Desk<'_> {
    /// Something about a cell of a row, or about the row as a whole.
    pub fn tell(
        &mut self,
        code: &'static str,
        line: Line<'_>,
        column: Column,
        message: (String, String),
        hint: (&str, &str),
    ) {
        if ["row-without-hall", "row-without-source"].contains(&code)
            && let Some((place, message, hint)) = self.layout.lacking(column)
        {
            let is_same = |problem: &Problem| problem.code == MISSING_COLUMN && problem.place == place;
            if !self.findings.iter().any(is_same) {
                tell_at(self.findings, MISSING_COLUMN, place, (message.vi, message.en), (&hint.vi, &hint.en));
            }
            return;
        }
        tell_at(self.findings, code, self.layout.cell(line.row.number, column), message, hint);
    }

    /// Words of two columns, in those languages the pack has.
    pub fn texts(&self, line: Line<'_>, vi: Column, en: Column) -> Texts {
        let mut texts = Texts::new();
        for (language, column) in [("vi", vi), ("en", en)] {
            if self.languages.iter().any(|l| l == language) {
                put(&mut texts, language, line.get(column));
            }
        }
        texts
    }
}

/// Fills halls, items, sources and files of a draft. `list` begins with a row of heads.
pub fn fill(draft: &mut Draft, list: &List, file: &str, shelf: &mut Shelf, findings: &mut Findings) {
    let Some((heads, rows)) = list.rows.split_first() else { return };
    let columns = columns_of(heads, file, findings);
    let unknown = heads.cells.iter().filter(|(_, head)| Column::by_name(head).is_none());
    let unknown = unknown.map(|(at, head)| (cells::named(heads.number, *at, ""), shown(head))).collect();
    let layout = Layout { file: file.to_owned(), columns, unknown, ..Layout::default() };
    let languages = draft.languages.clone();
    let (copies, names, stand_ins, firsts) = Default::default();
    let mut desk = Desk { layout: &layout, languages: &languages, shelf, findings, copies, names, stand_ins, firsts };
    let columns = &layout.columns;
    let lines: Vec<Line<'_>> = rows.iter().take(MAX_ITEMS).map(|row| Line { row, columns }).collect();
    if rows.len() > MAX_ITEMS {
        let line = Line { row: &rows[MAX_ITEMS], columns };
        let said = (
            format!("Có {} dòng; từ dòng này không đọc.", rows.len()),
            format!("There are {} rows; those from here on are not read.", rows.len()),
        );
        desk.tell(
            "too-many-rows",
            line,
            Column::Id,
            said,
            ("Tối đa 500 tư liệu trong một gói.", "At most 500 items in a pack."),
        );
    }
    let ids = row_ids::ids_of(&mut desk, &lines);
    let mut halls: Vec<DraftHall> = Vec::new();
    for (line, id) in lines.iter().zip(&ids) {
        let item = item(&mut desk, &mut draft.sources, *line, id);
        place(&mut desk, &mut halls, *line, &item);
        draft.items.push(item);
    }
    draft.halls = halls;
    draft.copies.append(&mut desk.copies);
    row_links::link(&mut desk, &lines, draft);
    draft.layout = layout;
}

fn columns_of(heads: &Row, file: &str, findings: &mut Findings) -> BTreeMap<Column, (usize, String)> {
    let mut columns = BTreeMap::new();
    for (at, head) in &heads.cells {
        let known = Column::by_name(head);
        let name = shown(head);
        let place = (file, Some((heads.number, *at)), "");
        match known {
            None => tell(
                findings,
                "unknown-column",
                place,
                (
                    format!("Không biết cột “{name}”; cột này không được dùng."),
                    format!("The column “{name}” is not known and not used."),
                ),
                ("Xem tờ Giải thích của bảng mẫu.", "See the sheet of explanations in the template."),
            ),
            Some(column) if columns.contains_key(&column) => tell(
                findings,
                "column-twice",
                place,
                (
                    format!("Cột “{name}” có hai lần; chỉ cột đầu được dùng."),
                    format!("The column “{name}” is there twice; the first is used."),
                ),
                ("Gộp hai cột.", "Join the two columns."),
            ),
            Some(column) => {
                columns.insert(column, (*at, head.clone()));
            }
        }
    }
    columns
}

fn item(desk: &mut Desk<'_>, sources: &mut Vec<DraftSource>, line: Line<'_>, id: &str) -> DraftItem {
    let mut item = DraftItem {
        id: id.to_owned(),
        origin: origin(desk, line),
        title: desk.texts(line, Column::TitleVi, Column::TitleEn),
        creator: desk.texts(line, Column::CreatorVi, Column::CreatorEn),
        holder: desk.texts(line, Column::HolderVi, Column::HolderEn),
        place: desk.texts(line, Column::PlaceVi, Column::PlaceEn),
        description: paragraphs(&desk.texts(line, Column::DescriptionVi, Column::DescriptionEn)),
        ..DraftItem::default()
    };
    item.sources = row_sources::sources(desk, sources, line);
    item.kind = known_word(desk, line, Column::Kind, &KINDS);
    date(desk, line, &mut item);
    row_media::pictures(desk, line, &mut item);
    row_media::narration(desk, line, &mut item);
    item
}

/// For the comment that leads from a text of the pack back to its row; [`super::traced`] reads it.
fn origin(desk: &Desk<'_>, line: Line<'_>) -> String {
    format!("{}, dòng · row {}", desk.layout.file, line.row.number)
}

/// What a word in a cell means; a word that is not known is told.
pub fn known_word<T: Copy>(
    desk: &mut Desk<'_>,
    line: Line<'_>,
    column: Column,
    known: &[(T, &'static [&'static str])],
) -> Option<T> {
    let text = line.get(column)?;
    let found = words::meaning(text, known);
    if found.is_none() {
        let text = shown(text);
        let (vi, en) = match words::nearest(&text, known) {
            Some(near) => (format!("Có phải ý bạn là “{near}”?"), format!("Did you mean “{near}”?")),
            None => (
                format!("Các từ được dùng: {}.", words::offered(known).join(", ")),
                format!("Words known here: {}.", words::offered_in_english(known).join(", ")),
            ),
        };
        desk.tell(
            "unknown-word",
            line,
            column,
            (format!("Không hiểu “{text}”."), format!("“{text}” is not understood.")),
            (&vi, &en),
        );
    }
    found
}

fn date(desk: &mut Desk<'_>, line: Line<'_>, item: &mut DraftItem) {
    item.date = desk.texts(line, Column::DateVi, Column::DateEn);
    item.disputed = known_word(desk, line, Column::Disputed, &YES).unwrap_or_default();
    let Some(text) = line.get(Column::Date) else { return };
    let Some(told) = dates::read(text, today().year()) else {
        // What was written is shown; only its place among the others is not known.
        if item.date.is_empty() {
            item.date = desk.texts(line, Column::Date, Column::DateEn);
        }
        let is_impossible = dates::is_impossible_day(text);
        let text = shown(text);
        if is_impossible {
            let said =
                (format!("Không có ngày {text} trong lịch."), format!("There is no day {text} in the calendar."));
            let hint = (
                "Xem lại ngày, tháng, năm; hoặc chỉ ghi năm.",
                "Look at day, month and year again, or write the year alone.",
            );
            return desk.tell("impossible-date", line, Column::Date, said, hint);
        }
        desk.tell(
            "unclear-date",
            line,
            Column::Date,
            (
                format!("Không hiểu niên đại “{text}” nên không biết xếp vào đâu."),
                format!("The date “{text}” is not understood, so nobody knows where it belongs."),
            ),
            (
                "Lời tự do thì ghi ở cột Niên đại ghi; ở đây ghi năm hoặc khoảng năm: 1838; khoảng 1838; 1830-1840; thế kỷ XVII; không rõ.",
                "Write words of your own into date_vi and date_en, and here a year or years: 1838; about 1838; 1830-1840; 17th century; undated.",
            ),
        );
        return;
    };
    item.when = Some(dates::ron(told.when));
    for (language, words) in [("vi", told.vi), ("en", told.en)] {
        if let Some(words) = words.filter(|_| desk.languages.iter().any(|l| l == language)) {
            item.date.entry(language.to_owned()).or_insert(words);
        }
    }
}

/// A paragraph a line of the cell, those of one number together.
pub fn paragraphs(texts: &Texts) -> Vec<Texts> {
    let mut paragraphs: Vec<Texts> = Vec::new();
    for (language, text) in texts {
        for (index, words) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            if paragraphs.len() <= index {
                paragraphs.push(Texts::new());
            }
            put(&mut paragraphs[index], language, Some(words));
        }
    }
    paragraphs
}

fn place(desk: &mut Desk<'_>, halls: &mut Vec<DraftHall>, line: Line<'_>, item: &DraftItem) {
    let title = desk.texts(line, Column::HallVi, Column::HallEn);
    let Some(name) = title.get("vi").or_else(|| title.get("en")).cloned() else {
        desk.tell(
            "row-without-hall",
            line,
            Column::HallVi,
            (format!("“{}” chưa ở gian nào.", item.id), format!("“{}” stands in no hall yet.", item.id)),
            ("Điền cột Gian.", "Fill in the hall."),
        );
        return;
    };
    let lead = desk.texts(line, Column::LeadVi, Column::LeadEn);
    let same = |hall: &DraftHall| hall.title.values().any(|known| slug(known) == slug(&name));
    let at = halls.iter().position(same).unwrap_or_else(|| {
        let taken = halls.iter().map(|hall| hall.id.clone()).collect();
        let id = free_id(&name, "hall", &taken).to_string();
        halls.push(DraftHall { id, origin: origin(desk, line), ..DraftHall::default() });
        halls.len() - 1
    });
    let about = [
        ("title", Column::HallVi),
        ("title.en", Column::HallEn),
        ("lead", Column::LeadVi),
        ("lead.en", Column::LeadEn),
        ("picture", Column::HallImage),
    ];
    for (field, column) in about {
        desk.agree(line, (Thing::Hall(&halls[at].id), field), column, None);
    }
    let hall = &mut halls[at];
    hall.items.push(item.id.clone());
    for (language, words) in title {
        hall.title.entry(language).or_insert(words);
    }
    if hall.lead_sources.is_empty() && !lead.is_empty() {
        hall.lead_sources.clone_from(&item.sources);
        hall.lead_origin.clone_from(&item.origin);
    }
    for (language, words) in lead {
        hall.lead.entry(language).or_insert(words);
    }
}
