//! The frame around a chart: a title with the numbers as a table and as a download beside it, the picture with its text.

use crate::department::dashboard::address::Address;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::tables::{Table, html::plain};
use crate::department::dashboard::wording::Wording;
use maud::{Markup, html};

pub struct Card<'a> {
    pub class: &'a str,
    /// Beside the title.
    pub note: &'a str,
    /// What the picture shows, for those who do not see it.
    pub says: String,
    pub picture: Markup,
    /// Below the picture.
    pub below: Markup,
    pub table: Table,
}

pub fn card(card: Card<'_>, address: &Address, wording: Wording) -> Markup {
    let id = format!("chart-{}", card.table.name);
    let download = wording.of("Tải CSV", "Download CSV");
    html! {
        section class=(format!("card {}", card.class)) aria-labelledby=(id) {
            div.card-head {
                h2 id=(id) { (card.table.title) }
                @if !card.note.is_empty() { span.note { (card.note) } }
                @if !card.table.rows.is_empty() {
                    details.numbers {
                        summary { (wording.of("Bảng số", "Numbers")) span.vh { ": " (card.table.title) } }
                        (plain(&card.table, wording))
                    }
                    a.download href=(address.table(card.table.name)) { (icon("download")) "CSV" span.vh { ", " (download) ": " (card.table.title) } }
                }
            }
            @if card.table.rows.is_empty() {
                p.empty { (wording.of("Chưa có số liệu trong kỳ này.", "No figures in this period yet.")) }
            } @else {
                div.picture role="img" aria-label=(card.says) { (card.picture) }
                (card.below)
            }
        }
    }
}
