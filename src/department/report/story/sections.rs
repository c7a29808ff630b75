//! The numbered sections of the report, in their order. Long lists stop after the first rows; the workbook holds all.

use super::super::charts;
use super::super::guard::is_shown;
use super::super::tables::{self, Cell, Table};
use super::super::words::Language;
use super::sentences::Speaker;
use super::{Part, ShortColumn, ShortTable};
use crate::department::figures::{Count, Figures, ItemMore};

const MOST_ITEMS: usize = 12;
const MOST_PLACES: usize = 20;
const MOST_KIOSKS: usize = 15;

pub(super) fn all(figures: &Figures, language: Language) -> Vec<Part> {
    let speaker = Speaker { figures, language };
    let mut sections = vec![overall(&speaker), over_time(&speaker)];
    // In days that cut a segment nothing is told of items.
    sections.extend(figures.is_whole.then(|| items(&speaker)));
    sections.extend([places(&speaker), rules(&speaker)]);
    let numbered = ["I.", "II.", "III.", "IV.", "V."].into_iter().zip(sections);
    numbered
        .flat_map(|(number, (title, parts))| {
            let heading = Part::Heading { text: format!("{number} {title}") };
            std::iter::once(heading).chain(parts)
        })
        .collect()
}

type Section = (String, Vec<Part>);

fn paragraph(text: String) -> Part {
    Part::Paragraph { text }
}

fn chart(chart: Option<charts::Chart>) -> Option<Part> {
    chart.map(|chart| Part::Chart { chart })
}

fn overall(speaker: &Speaker) -> Section {
    let mut parts = vec![paragraph(speaker.opening())];
    parts.extend(speaker.untold().map(paragraph));
    parts.extend(speaker.lengths().map(paragraph));
    parts.extend(speaker.people().map(paragraph));
    let table = tables::all(speaker.figures, speaker.language).swap_remove(0);
    let mut short = short(speaker, &table, &[0, 1, 2], &[62, 20, 18], usize::MAX);
    short.title = speaker.say("Bảng 1. Số liệu tổng hợp", "Table 1. Summary");
    parts.push(Part::Table { table: short });
    (speaker.say("KẾT QUẢ CHUNG", "OVERALL RESULTS"), parts)
}

fn over_time(speaker: &Speaker) -> Section {
    let (figures, language) = (speaker.figures, speaker.language);
    let mut parts: Vec<Part> = speaker.busiest().map(paragraph).into_iter().collect();
    parts.extend(chart(charts::weeks(figures, language)));
    parts.extend(chart(charts::hours(figures, language)));
    parts.extend(chart(charts::lengths(figures, language)));
    parts.extend(speaker.languages().map(paragraph));
    if parts.is_empty() {
        let none = figures.key.visits == Count::Shown(0) && figures.key.visits_more == 0;
        parts.push(paragraph(if none {
            speaker.say("Không có lượt xem nào trong kỳ.", "There were no visits in the period.")
        } else {
            speaker.say("Không có số nào đủ lớn để công bố theo tuần.", "No number is large enough to be told by week.")
        }));
    }
    (speaker.say("LƯỢT XEM THEO THỜI GIAN", "VISITS OVER TIME"), parts)
}

fn items(speaker: &Speaker) -> Section {
    let (figures, language) = (speaker.figures, speaker.language);
    let mut parts: Vec<Part> = speaker.first_item().map(paragraph).into_iter().collect();
    parts.extend(chart(charts::items(figures, language)));
    let all = tables::all(figures, language);
    if let Some(table) = all.iter().find(|table| table.id == "items")
        && !table.rows.is_empty()
    {
        let mut short = short(speaker, table, &[0, 2, 3, 5, 8], &[39, 14, 17, 16, 14], MOST_ITEMS);
        short.title = speaker.say("Bảng 2. Tư liệu được xem", "Table 2. Items opened");
        if figures.items.iter().any(|item| item.more != ItemMore::default()) {
            short.add_note(tables::hidden_by_kiosk(language));
        }
        parts.push(Part::Table { table: short });
    } else {
        parts.push(paragraph(speaker.say("Không có tư liệu nào được mở.", "No item was opened.")));
    }
    (speaker.say("TƯ LIỆU ĐƯỢC XEM", "ITEMS"), parts)
}

fn places(speaker: &Speaker) -> Section {
    let (figures, language) = (speaker.figures, speaker.language);
    let mut parts = vec![paragraph(speaker.places())];
    let all = tables::all(figures, language);
    if let Some(table) = all.iter().find(|table| table.id == "places")
        && figures.is_whole
        && !table.rows.is_empty()
    {
        let mut short = short(speaker, table, &[0, 2, 3, 4, 5], &[40, 10, 15, 17, 18], MOST_PLACES);
        short.title = speaker.say("Bảng 3. Số liệu theo nơi đặt máy", "Table 3. Figures by place");
        let key = &figures.key;
        let visits = written(&Cell::Count(key.visits), figures.threshold, language);
        let all = [speaker.say("Cộng", "Total"), speaker.number(key.kiosks), visits, String::new(), String::new()];
        short.rows.push(all.into());
        if table.sum_of(2).is_none() {
            short.add_note(&tables::moved(key.kiosks, language));
        }
        parts.push(Part::Table { table: short });
    }
    let marked: Vec<_> = figures.kiosks.iter().filter(|kiosk| !kiosk.marks.is_empty()).cloned().collect();
    if marked.is_empty() {
        parts.extend(complete(speaker).map(paragraph));
    } else {
        parts.push(paragraph(speaker.say(
            "Những máy sau có nhật ký cần kiểm tra. Lượt nào đọc được và rõ ngày thì được tính; lượt không rõ ngày không tính vào kỳ nào.",
            "The journals of these kiosks need a look. Visits that could be read and have a day are counted; those without a known day count in no period.",
        )));
        let few = Figures { kiosks: marked, ..figures.clone() };
        if let Some(table) = tables::all(&few, language).iter().find(|table| table.id == "kiosks") {
            let mut short = short(speaker, table, &[0, 1, 2, 5, 6], &[24, 24, 15, 13, 24], MOST_KIOSKS);
            short.title = speaker.say("Bảng 4. Máy cần kiểm tra", "Table 4. Kiosks to look at");
            parts.push(Part::Table { table: short });
        }
    }
    (speaker.say("NƠI ĐẶT MÁY VÀ TÌNH TRẠNG MÁY", "PLACES AND STATE OF THE KIOSKS"), parts)
}

/// Journals without a mark are complete; a kiosk that brought none has no complete one.
fn complete(speaker: &Speaker) -> Option<String> {
    let brought = speaker.figures.kiosks.iter().filter(|kiosk| kiosk.records > 0).count();
    match brought {
        0 => None,
        all if all == speaker.figures.kiosks.len() => {
            Some(speaker.say("Nhật ký của các máy đều đầy đủ.", "The journals of all kiosks are complete."))
        }
        _ => Some(speaker.say(
            "Nhật ký của những máy đã nộp đều đầy đủ.",
            "The journals of the kiosks that brought one are complete.",
        )),
    }
}

fn rules(speaker: &Speaker) -> Section {
    let mut parts: Vec<Part> = speaker.rule().map(|text| Part::Note { text }).into();
    if leaves_something_open(speaker.figures) {
        parts.push(Part::Note { text: speaker.signs() });
    }
    parts.push(Part::Note { text: speaker.origin() });
    (speaker.say("CÁCH TÍNH VÀ NGUỒN SỐ LIỆU", "RULES OF COUNTING AND SOURCES"), parts)
}

/// Is a number hidden, or told as a lower bound?
fn leaves_something_open(figures: &Figures) -> bool {
    let hidden = |count: &Count| !is_shown(*count);
    let (key, more) = (&figures.key, &figures.more);
    hidden(&key.visits)
        || hidden(&key.finished)
        || key.visits_more > 0
        || [&more.weeks, &more.hours, &more.lengths, &more.languages].into_iter().flatten().any(|more| *more > 0)
        || figures.items.iter().any(|item| item.more != ItemMore::default())
        || key.before.as_ref().is_some_and(|before| hidden(&before.visits))
        || figures.weeks.iter().any(|(_, count)| hidden(count))
        || figures.hours.iter().flatten().any(hidden)
        || figures.lengths.iter().any(|(_, count)| hidden(count))
        || figures.languages.iter().any(|(_, count)| hidden(count))
        || figures.items.iter().any(|item| {
            [item.openings, item.narrations.0, item.narrations.1, item.sources_opened, item.abandoned]
                .iter()
                .any(hidden)
        })
        || figures.places.iter().any(|place| hidden(&place.visits))
}

/// The first rows and some columns of a table as finished text.
fn short(speaker: &Speaker, table: &Table, columns: &[usize], widths: &[u32], most: usize) -> ShortTable {
    let threshold = speaker.figures.threshold;
    let is_number = |column: usize| table.rows.iter().any(|row| !row[column].is_text());
    let left_out = table.own_rows().saturating_sub(most) as u64;
    // What is not split up stands last, however long the table.
    let shown = table.rows[..table.own_rows()].iter().take(most).chain(&table.rows[table.own_rows()..]);
    let rest = speaker.number(left_out);
    let more = (left_out > 0).then(|| {
        speaker.language.pick(
            format!("Còn {rest} dòng; xem đủ trong báo cáo dạng bảng tính."),
            format!("{rest} more rows; the workbook holds all."),
        )
    });
    ShortTable {
        title: table.title.clone(),
        columns: columns
            .iter()
            .zip(widths)
            .map(|(column, width)| ShortColumn {
                title: table.columns[*column].title.clone(),
                width: *width,
                is_number: is_number(*column),
            })
            .collect(),
        rows: shown
            .map(|row| columns.iter().map(|column| written(&row[*column], threshold, speaker.language)).collect())
            .collect(),
        note: more.unwrap_or_default(),
    }
}

fn written(cell: &Cell, threshold: u64, language: Language) -> String {
    match cell {
        Cell::Empty => "–".to_owned(),
        Cell::Percent(percent) if *percent > 0 => format!("+{percent}%"),
        Cell::Percent(percent) if *percent < 0 => format!("−{}%", percent.unsigned_abs()),
        cell => cell.shown(threshold, language),
    }
}
