//! Báo cáo in: the unit's report as files, every table as CSV, and the journals that the figures came from.

use super::{Shown, frame};
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::tables::html::searchable;
use crate::department::dashboard::tables::of_figures::NAMES;
use maud::{Markup, html};

pub fn page(shown: &Shown<'_>) -> Markup {
    let hint = shown.t("Tìm nhật ký theo mã máy hoặc dấu băm", "Find a journal by kiosk or hash");
    let body = html! {
        div.grid {
            (files(shown))
            (downloads(shown))
        }
        section.card.alone.no-print aria-labelledby="journals" {
            div.card-head { h2 id="journals" { (shown.t("Số liệu lấy từ những nhật ký nào", "Which journals the figures came from")) } }
            (searchable(&shown.tables().journals(), shown.address, shown.wording, hint))
        }
    };
    frame::page(shown, &html! {}, &body)
}

fn files(shown: &Shown<'_>) -> Markup {
    let language = shown.wording.language;
    let formats = shown.app.reports.formats();
    html! {
        section.card.span-7 aria-labelledby="files" {
            div.card-head { h2 id="files" { (shown.t("Báo cáo của đơn vị trong kỳ này", "The unit's report for this period")) } }
            ul.formats {
                @for (index, format) in formats.iter().enumerate() {
                    li {
                        div { strong { (language.words(&format.name)) } p { (language.words(&format.purpose)) } }
                        a class=(if index == 0 { "button red" } else { "button" }) href=(shown.address.report(format.extension)) {
                            (icon("download")) (shown.t("Tải", "Download")) " " (format.extension.to_uppercase()) span.vh { ": " (language.words(&format.name)) }
                        }
                    }
                }
            }
            p.note { (shown.t("Mọi số trong báo cáo là số của trang này; số nhỏ được ẩn như nhau.", "Every figure of the report is that of these pages; small ones are hidden alike.")) }
            button.button.print-page type="button" hidden data-print { (icon("printer")) (shown.t("In trang đang xem", "Print this page")) }
        }
    }
}

fn downloads(shown: &Shown<'_>) -> Markup {
    let tables = shown.tables();
    html! {
        section.card.span-5 aria-labelledby="downloads" {
            div.card-head { h2 id="downloads" { (shown.t("Từng bảng, dạng CSV", "Each table as CSV")) } }
            ul.downloads {
                @for table in NAMES.iter().filter_map(|name| tables.named(name)).filter(|table| !table.rows.is_empty()) {
                    li { a href=(shown.address.table(table.name)) { (icon("download")) (table.title) } " " span.note { (shown.wording.number(table.rows.len() as u64)) " " (shown.t("dòng", "rows")) } }
                }
            }
            p.note { (shown.t("UTF-8, mở được bằng Excel và LibreOffice. Thời gian tính bằng giây.", "UTF-8, opens in Excel and LibreOffice. Times are in seconds.")) }
        }
    }
}
