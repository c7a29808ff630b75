//! Máy: the day of each one's newest record, its version, and what its journals show, in words.

use super::{Shown, frame};
use crate::department::dashboard::address::View;
use crate::department::dashboard::tables::html::searchable;
use crate::department::figures::{Count, KioskRow};
use crate::department::lake::marks;
use maud::{Markup, html};

pub fn page(shown: &Shown<'_>) -> Markup {
    let table = shown.tables().kiosks();
    let marked = table.rows.iter().filter(|row| row.marked).count() as u64;
    let only_marked = shown.address.view.marked;
    let to = |marked| shown.address.view(View { marked, sheet: 0, ..shown.address.view.clone() }).to_string();
    let hint = shown.t("Tìm máy theo mã, nơi đặt hoặc phiên bản", "Find a kiosk by its id, place or version");
    let body = html! {
        section.card.alone aria-labelledby="all-kiosks" {
            div.card-head {
                h2 id="all-kiosks" { (shown.t("Tình trạng các máy", "How the kiosks fare")) }
                nav.either aria-label=(shown.t("Máy nào", "Which kiosks")) {
                    a href=(to(false)) aria-current=[(!only_marked).then_some("true")] { (shown.t("Tất cả", "All")) " (" (shown.wording.number(table.rows.len() as u64)) ")" }
                    a href=(to(true)) aria-current=[only_marked.then_some("true")] { (shown.t("Cần kiểm tra", "Needs a look")) " (" (shown.wording.number(marked)) ")" }
                }
            }
            (searchable(&table, shown.address, shown.wording, hint))
        }
        (undated(shown))
        (meanings(shown))
    };
    frame::page(shown, &frame::csv_link(shown, "kiosks"), &body)
}

/// Kiosks with visits that count in no period.
fn undated(shown: &Shown<'_>) -> Markup {
    let of: Vec<_> = shown.figures.kiosks.iter().filter(|kiosk| kiosk.undated != Count::Shown(0)).collect();
    let place = |kiosk: &KioskRow| shown.wording.language.words(&kiosk.place.name).to_owned();
    html! {
        @if !of.is_empty() {
            section.card.alone aria-labelledby="undated" {
                div.card-head { h2 id="undated" { (shown.t("Lượt xem không rõ ngày", "Visits without a known day")) } }
                p.note { (shown.t(
                    "Đồng hồ của các máy này chạy sai. Các lượt sau không tính vào kỳ nào; có thể một phần thuộc kỳ này.",
                    "The clocks of these kiosks were wrong. These visits count in no period; some may belong to this one.",
                )) }
                dl.facts {
                    @for kiosk in of {
                        div { dt { (kiosk.kiosk) ", " (place(kiosk)) } dd { (shown.wording.count(kiosk.undated)) } }
                    }
                }
            }
        }
    }
}

fn meanings(shown: &Shown<'_>) -> Markup {
    let silent = (
        shown.t("Không có bản ghi mới … ngày", "No new record for … days").to_owned(),
        shown.t(
            "Bản ghi mới nhất trong kho đã quá 7 ngày: nhật ký chưa được chép về, hoặc máy không chạy. Hãy xem máy có điện không, rồi chép nhật ký bằng USB.",
            "The newest record in the lake is more than 7 days old: the journal was not fetched since, or the kiosk does not run. See whether it has power, then copy its journal with a stick.",
        ),
    );
    let marked = marks::ALL.into_iter().map(|mark| {
        let ((vi, en), (advice_vi, advice_en)) = (marks::said(mark), marks::advice(mark));
        (marks::begun(shown.t(vi, en)), shown.t(advice_vi, advice_en))
    });
    let lines = std::iter::once(silent).chain(marked);
    html! {
        section.card.alone aria-labelledby="meanings" {
            div.card-head { h2 id="meanings" { (shown.t("Các dấu nghĩa là gì, nên làm gì", "What the marks mean and what to do")) } }
            dl.meanings { @for (name, meaning) in lines { div { dt { (name) } dd { (meaning) } } } }
        }
    }
}
