//! One page that holds everything: text, charts and all tables, for the screen (light and dark) and for paper. No
//! script, nothing loaded; the page forbids both to itself.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::guard::is_shown;
use super::numbers;
use super::story::{Part, ShortTable, Story};
use super::tables::{self, Table};
use super::words::Language;
use crate::department::figures::{Count, Figures};

const STYLE: &str = include_str!("html.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub fn page(figures: &Figures, story: &Story) -> String {
    let language = story.language;
    html! {
        (DOCTYPE)
        html lang=(story.tag) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (story.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (masthead(story))
                    (key_figures(figures, language))
                    @for part in &story.parts { (one(part)) }
                    (appendix(figures, language))
                    (close(story))
                }
            }
        }
    }
    .into_string()
}

fn masthead(story: &Story) -> Markup {
    let head = &story.head;
    html! {
        header {
            div.letterhead {
                div {
                    @for line in &head.superior { p { (line) } }
                    @for line in &head.issuer { p.strong { (line) } }
                    p { (head.number) }
                }
                div {
                    p.strong { (head.nation) }
                    p.strong { (head.motto) }
                    p.when { (head.place_and_date) }
                }
            }
            p.kind { (story.kind) }
            h1 { (story.subject) }
            @if !story.addressee.is_empty() {
                p.addressee { (story.language.pick("Kính gửi: ", "To: ")) (story.addressee) }
            }
        }
    }
}

/// The four numbers that are looked for first.
fn key_figures(figures: &Figures, language: Language) -> Markup {
    let key = &figures.key;
    let at_least = |count: Count, more: u64| if more > 0 && is_shown(count) { "≥\u{a0}" } else { "" };
    let visits =
        at_least(key.visits, key.visits_more).to_owned() + &numbers::count(key.visits, figures.threshold, language);
    let median = match key.median_visit_millis {
        _ if !is_shown(key.visits) => "…".to_owned(),
        Some(millis) => numbers::clock(millis),
        None => "–".to_owned(),
    };
    let finished = at_least(key.finished, key.finished_more).to_owned()
        + &numbers::count(key.finished, figures.threshold, language);
    let heard =
        format!("{} / {}", numbers::whole(key.kiosks_heard_from, language), numbers::whole(key.kiosks, language));
    let cards = [
        (visits, language.pick("lượt xem", "visits")),
        (median, language.pick("thời gian một lượt, trung vị", "length of a visit, median")),
        (finished, language.pick("lượt nghe hết lời kể", "visits that heard a narration out")),
        (heard, language.pick("máy đã nộp nhật ký", "kiosks heard from")),
    ];
    // Of days that cut a segment only the first and the last are told.
    let told = cards.into_iter().enumerate().filter(|(at, _)| figures.is_whole || [0, 3].contains(at));
    html! {
        dl.key {
            @for (_, (value, label)) in told { div { dt { (label) } dd { (value) } } }
        }
    }
}

fn one(part: &Part) -> Markup {
    match part {
        Part::Heading { text } => html! { h2 { (text) } },
        Part::Paragraph { text } => html! { p { (text) } },
        Part::Note { text } => html! { p.note { (text) } },
        Part::Chart { chart } => html! {
            figure {
                figcaption { (chart.title) }
                // Drawn by this program, its texts escaped.
                (PreEscaped(&chart.svg))
            }
        },
        Part::Table { table } => short(table),
    }
}

fn short(table: &ShortTable) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(table.title) {
            table {
                caption { (table.title) }
                thead { tr { @for column in &table.columns { th scope="col" class=[number(column.is_number)] { (column.title) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (cell, column) in row.iter().zip(&table.columns) {
                                td class=[number(column.is_number)] { (cell) }
                            }
                        }
                    }
                }
            }
        }
        @if !table.note.is_empty() { p.after { (table.note) } }
    }
}

fn number(is_number: bool) -> Option<&'static str> {
    is_number.then_some("number")
}

/// Every table, whole.
fn appendix(figures: &Figures, language: Language) -> Markup {
    let tables = tables::all(figures, language);
    html! {
        section.tables {
            h2 { (language.pick("Tất cả các bảng", "All tables")) }
            @for table in &tables { (whole(table, figures.threshold, language)) }
        }
    }
}

fn whole(table: &Table, threshold: u64, language: Language) -> Markup {
    let is_number = |place: usize| table.rows.iter().any(|row| !row[place].is_text());
    html! {
        details {
            summary { (table.title) " (" (numbers::whole(table.rows.len() as u64, language)) ")" }
            div.scroll tabindex="0" role="region" aria-label=(table.title) {
                table class=(table.id) {
                    thead { tr { @for (place, column) in table.columns.iter().enumerate() {
                        th scope="col" class=[number(is_number(place))] { (column.title) }
                    } } }
                    tbody {
                        @for (at, row) in table.rows.iter().enumerate() {
                            tr { @for (place, cell) in row.iter().enumerate() {
                                td class=[number(is_number(place))] title=[table.cell_name(at, place)] {
                                    (cell.shown(threshold, language))
                                }
                            } }
                        }
                    }
                }
            }
            @for note in &table.notes { p.after { (note) } }
            @if let Some(names) = table.names_of(0..table.columns.len(), language) { p.after { (names) } }
        }
    }
}

fn close(story: &Story) -> Markup {
    let close = &story.close;
    html! {
        footer.letterhead {
            div.recipients {
                p { (close.recipients_label) }
                @for line in &close.recipients { p { (line) } }
            }
            div {
                p.strong { (close.signer_title) }
                p.when { (close.sign_here) }
            }
        }
    }
}
