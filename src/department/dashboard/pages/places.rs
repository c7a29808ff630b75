//! Điểm đặt máy: the units one level below with search; what the search finds further down, by name.

use super::{Shown, frame};
use crate::department::dashboard::app::App;
use crate::department::dashboard::fold;
use crate::department::dashboard::tables::html::searchable;
use crate::department::dashboard::trouble::Trouble;
use crate::department::figures::{Level, Unit};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::VecDeque;

const MOST_FOUND: usize = 50;
/// Units looked into for one search.
const MOST_ASKED: usize = 6_000;

/// Units below the next level whose names hold the words.
pub struct Found {
    units: Vec<Unit>,
    /// More may lie where the search did not reach.
    cut_off: bool,
}

pub async fn search(app: &App, unit: &Unit, wish: &str, on: Date) -> Result<Found, Trouble> {
    let mut found = Found { units: Vec::new(), cut_off: false };
    let folded = fold::fold(wish);
    if folded.trim().len() < 2 {
        return Ok(found);
    }
    let mut waiting = VecDeque::from([(unit.clone(), true)]);
    let mut asked = 0;
    while let Some((above, first)) = waiting.pop_front() {
        asked += 1;
        if asked > MOST_ASKED || found.units.len() >= MOST_FOUND {
            found.cut_off = true;
            break;
        }
        for below in app.ask(app.answers.units_below(&above, on)).await? {
            let names = fold::fold(&format!("{} {} {}", below.name.vi, below.name.en, below.code));
            if !first && fold::matches(&names, &folded) {
                found.units.push(below.clone());
            }
            if below.level < Level::Kiosk {
                waiting.push_back((below, false));
            }
        }
    }
    found.units.truncate(MOST_FOUND);
    Ok(found)
}

pub fn page(shown: &Shown<'_>, found: &Found) -> Markup {
    let hint = match shown.figures.unit.level {
        Level::Nation => {
            shown.t("Tìm tỉnh, xã, trường hoặc máy theo tên", "Find a province, commune, school or kiosk by name")
        }
        Level::Province => {
            shown.t("Tìm xã, phường, trường hoặc máy theo tên", "Find a commune, school or kiosk by name")
        }
        Level::Commune => shown.t("Tìm trường hoặc máy theo tên", "Find a school or kiosk by name"),
        Level::School | Level::Kiosk => shown.t("Tìm máy theo tên", "Find a kiosk by name"),
    };
    let body = html! {
        section.card.alone aria-labelledby="all-places" {
            div.card-head {
                h2 id="all-places" { (shown.t("Các nơi trong đơn vị này", "Places in this unit")) }
                span.note.no-print { (shown.t("bấm tên để đi sâu hơn", "click a name to go deeper")) }
            }
            @if shown.figures.unit.level == Level::Kiosk {
                p.empty { (shown.t("Một máy không chứa nơi nào. Xem trang Tổng quan để thấy từng ngày.", "A kiosk holds no places. See the overview for its days.")) }
            } @else { (searchable(&shown.tables().places(), shown.address, shown.wording, hint)) }
        }
        @if !found.units.is_empty() || found.cut_off { (deeper(shown, found)) }
    };
    frame::page(shown, &frame::csv_link(shown, "places"), &body)
}

fn deeper(shown: &Shown<'_>, found: &Found) -> Markup {
    html! {
        section.card.alone aria-labelledby="deeper" {
            div.card-head { h2 id="deeper" { (shown.t("Tìm thấy ở các cấp dưới", "Found at lower levels")) } }
            ul.found-units {
                @for unit in &found.units {
                    li { a href=(shown.address.unit(unit).to_string()) { (shown.wording.language.words(&unit.name)) } " " span.note { (frame::level_name(unit.level, shown)) } }
                }
            }
            @if found.cut_off { p.note { (shown.t("Còn nữa; hãy gõ thêm chữ.", "There may be more; type more letters.")) } }
        }
    }
}
