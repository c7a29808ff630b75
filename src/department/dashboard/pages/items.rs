//! Tư liệu: what is opened, how long it holds people, what is heard to its end, and the ways between items.

use super::{Shown, frame};
use crate::department::dashboard::charts::{self, card};
use crate::department::dashboard::tables::html::{plain, searchable};
use maud::{Markup, html};

const PATHS_SHOWN: usize = 12;

pub fn page(shown: &Shown<'_>) -> Markup {
    let tables = shown.tables();
    let hint = shown.t("Tìm tư liệu theo tên", "Find an item by its title");
    if !shown.figures.is_whole {
        // Why, stands above.
        return frame::page(shown, &html! {}, &html! {});
    }
    let body = html! {
        section.card.alone aria-labelledby="all-items" {
            div.card-head {
                h2 id="all-items" { (shown.t("Xếp theo lượt mở và thời gian xem", "Ranked by openings and time")) }
                span.note.no-print { (shown.t("bấm tên cột để sắp xếp", "click a column's name to sort")) }
            }
            (searchable(&tables.items(), shown.address, shown.wording, hint))
            p.note { (shown.t(
                "Số nhỏ được ẩn ở từng máy trong từng đoạn của kỳ, nên đơn vị lớn cũng có “–” và “…”: không có nghĩa là không có lượt nào, và không so sánh được hai đơn vị theo những số là “ít nhất”. Thời gian là phút:giây, đã bỏ lúc không ai chạm. Tỉ lệ nghe hết = nghe hết / bắt đầu nghe. Phóng to tính theo điểm ảnh của bản gốc.",
                "Small counts are hidden by kiosk and part of the period, so large units have “–” and “…” as well: they do not mean that there were none, and two units cannot be compared by numbers that are “at least”. Times are minutes:seconds without idle time. Completion = heard to the end / begun. Zoom counts the picture's own pixels.",
            )) }
        }
        div.grid.loose {
            (card(charts::ranking(tables, "span-6 top"), shown.address, shown.wording))
            (paths(shown))
        }
    };
    frame::page(shown, &frame::csv_link(shown, "items"), &body)
}

fn paths(shown: &Shown<'_>) -> Markup {
    let mut table = shown.tables().paths();
    let all = table.rows.len();
    table.rows.truncate(PATHS_SHOWN);
    html! {
        section.card.span-6 aria-labelledby="paths" {
            div.card-head {
                h2 id="paths" { (table.title) }
                span.note { (table.rows.len()) " " (shown.t("trong", "of")) " " (all) }
                (frame::csv_beside(shown, &table))
            }
            @if all == 0 { p.empty { (shown.t("Chưa có số liệu trong kỳ này.", "No figures in this period yet.")) } }
            @else { (plain(&table, shown.wording)) }
        }
    }
}
