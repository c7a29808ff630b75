//! The frame around a chart: title, picture with its text, the numbers in a table, and their download.

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
                span.note { (card.note) }
            }
            @if card.table.rows.is_empty() {
                p.empty { (wording.of("Chưa có số liệu trong kỳ này.", "No figures in this period yet.")) }
            } @else {
                div.picture role="img" aria-label=(card.says) { (card.picture) }
                (card.below)
                div.card-foot {
                    details {
                        summary { (wording.of("Xem bảng số", "Show the numbers")) span.vh { ": " (card.table.title) } }
                        (plain(&card.table, wording))
                    }
                    a.download href=(address.table(card.table.name)) { (icon("download")) "CSV" span.vh { ", " (download) ": " (card.table.title) } }
                }
            }
        }
    }
}
