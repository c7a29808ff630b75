//! Tổng quan: five figures, when people come, how long they stay, what they open, and how the places fare.

use super::{Shown, days, frame};
use crate::department::dashboard::address::Page;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::charts::{self, Card, card};
use crate::department::dashboard::tables::html::plain;
use crate::department::dashboard::wording::{clock_time, signed_percent};
use crate::department::figures::{Before, Level};
use maud::{Markup, html};

const PLACES_SHOWN: usize = 5;

pub fn page(shown: &Shown<'_>) -> Markup {
    let tables = shown.tables();
    let draw = |chart: Card<'_>| card(chart, shown.address, shown.wording);
    let body = html! {
        (key_figures(shown))
        div.grid {
            // In days that cut a segment these are not told.
            @if shown.figures.is_whole {
                (draw(charts::heat(tables, "span-6")))
                (draw(charts::lengths(tables, "span-4")))
                (draw(languages(shown)))
                (draw(charts::ranking(tables, "span-6 top")))
            }
            (places(shown))
            (draw(charts::weeks(tables, "span-12")))
        }
        @if shown.figures.days.len() > 1 { (days::card(shown)) }
    };
    frame::page(shown, &frame::actions(shown, "key"), &body)
}

struct Figure<'a> {
    title: &'a str,
    value: String,
    below: Markup,
}

fn key_figures(shown: &Shown<'_>) -> Markup {
    let mut figures = vec![visits(shown)];
    if shown.figures.is_whole {
        figures.extend([median(shown), finished(shown)]);
    }
    figures.extend([places_figure(shown), heard_from(shown)]);
    html! {
        h2.vh { (shown.t("Chỉ số chính", "Key figures")) }
        dl.keys {
            @for figure in &figures {
                div.key { dt { (figure.title) } dd { span.key-value { (figure.value) } span.key-below { (figure.below) } } }
            }
        }
    }
}

fn visits<'a>(shown: &'a Shown<'_>) -> Figure<'a> {
    let figures = shown.figures;
    let (key, w) = (&figures.key, shown.wording);
    let below = match (&key.before, figures.change_percent()) {
        (Some(before), Some(percent)) => html! {
            b class=(if percent < 0 { "less" } else { "more" }) { (signed_percent(percent)) } " " (shown.t("so với cả kỳ trước", "on the whole period before"))
            (begins_late(shown, before))
        },
        (Some(before), None) => html! {
            (shown.t("kỳ trước", "period before")) ": " (w.at_least(before.visits, before.more)) " " (shown.t("lượt (cả kỳ)", "visits (the whole period)"))
            (begins_late(shown, before))
        },
        (None, _) if !figures.is_whole => {
            html! { (shown.t("cộng số được công bố của từng ngày", "what is told of each day, added up")) }
        }
        (None, _) => html! { (shown.t("kỳ trước chưa có số liệu", "nothing recorded the period before")) },
    };
    Figure { title: shown.t("Lượt xem", "Visits"), value: w.at_least(key.visits, key.visits_more), below }
}

/// From which day on the period before has figures, also while this one runs.
fn begins_late(shown: &Shown<'_>, before: &Before) -> Markup {
    let day = before.begins_late().map(|day| shown.wording.date(day));
    html! { @if let Some(day) = day { " (" (shown.t("có số liệu từ ngày", "told from")) " " (day) ")" } }
}

fn median<'a>(shown: &'a Shown<'_>) -> Figure<'a> {
    let median = shown.figures.key.median_visit_millis;
    Figure {
        title: shown.t("Thời gian xem, trung vị", "Time of a visit, median"),
        value: median.map_or_else(|| "–".to_owned(), clock_time),
        below: html! { (shown.t("nửa số lượt dài hơn mức này", "half the visits last longer")) },
    }
}

fn finished<'a>(shown: &'a Shown<'_>) -> Figure<'a> {
    let (key, w) = (&shown.figures.key, shown.wording);
    let count = w.at_least(key.finished, key.finished_more);
    let share = shown.figures.finished_percent();
    let what = shown.t("lượt nghe hết ít nhất một lời kể", "visits heard at least one to its end");
    Figure {
        title: shown.t("Nghe hết lời kể", "Heard a narration out"),
        value: share.map_or_else(|| count.clone(), |share| format!("{share}%")),
        below: html! { @if share.is_some() { (count) " " } (what) },
    }
}

fn places_figure<'a>(shown: &'a Shown<'_>) -> Figure<'a> {
    let (key, w) = (&shown.figures.key, shown.wording);
    Figure {
        title: shown.t("Nơi đặt máy", "Places with a kiosk"),
        value: w.number(key.schools.saturating_add(key.other_places)),
        below: html! {
            @if key.schools > 0 { (w.number(key.schools)) " " (shown.t("trường", plural(key.schools, "school", "schools"))) }
            @if key.schools > 0 && key.other_places > 0 { ", " }
            @if key.other_places > 0 { (w.number(key.other_places)) " " (shown.t("nơi khác", plural(key.other_places, "other place", "other places"))) }
        },
    }
}

fn heard_from<'a>(shown: &'a Shown<'_>) -> Figure<'a> {
    let (key, w) = (&shown.figures.key, shown.wording);
    let marked = shown.tables().kiosks().rows.iter().filter(|row| row.marked).count() as u64;
    let address = shown.address.page(Page::Kiosks).to_string();
    Figure {
        title: shown.t("Máy đã gửi số liệu", "Kiosks heard from"),
        value: format!("{} / {}", w.number(key.kiosks_heard_from), w.number(key.kiosks)),
        below: html! {
            @if marked == 0 { (shown.t("không máy nào cần kiểm tra", "no kiosk needs a look")) }
            @else { a href=(format!("{address}&show=marked")) { (w.number(marked)) " " (shown.t("máy cần kiểm tra", plural(marked, "kiosk needs a look", "kiosks need a look"))) } }
        },
    }
}

fn plural<'a>(number: u64, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

/// With what else is known of the audience below.
fn languages<'a>(shown: &'a Shown<'_>) -> Card<'a> {
    let (key, w) = (&shown.figures.key, shown.wording);
    let people = key.people.map(|(least, most)| format!("{}–{}", w.number(least), w.number(most)));
    let teachers = key.teacher_count.map(|pupils| w.number(pupils));
    let lines = [
        (
            shown.t("Giờ màn hình có người", "Screen hours in use"),
            key.screen_millis.map(|millis| w.screen_hours(millis)),
        ),
        (shown.t("Người xem (ước)", "People (estimate)"), people),
        (shown.t("Lượt học sinh do giáo viên đếm", "Pupils counted by teachers"), teachers),
    ];
    let below = html! {
        dl.facts { @for (name, value) in lines { div { dt { (name) } dd { (value.unwrap_or_else(|| "–".to_owned())) } } } }
    };
    Card { below, ..charts::languages(shown.tables(), "span-2") }
}

fn places(shown: &Shown<'_>) -> Markup {
    let mut table = shown.tables().places();
    let all = table.rows.len();
    table.rows.truncate(PLACES_SHOWN);
    if shown.figures.unit.level >= Level::School {
        return kiosks(shown);
    }
    html! {
        section.card.span-6 aria-labelledby="places" {
            div.card-head {
                h2 id="places" { (table.title) }
                span.note { (table.rows.len()) " " (shown.t("trong", "of")) " " (shown.wording.number(all as u64)) " " (shown.t("nơi", "places")) }
                a.onward href=(shown.address.page(Page::Places).to_string()) { (shown.t("Tất cả các nơi", "All places")) (icon("chevron-right")) }
                (frame::csv_beside(shown, &table))
            }
            @if all == 0 { p.empty { (shown.t("Chưa nơi nào gửi số liệu trong kỳ này.", "No place has sent figures in this period yet.")) } }
            @else { (plain(&table, shown.wording)) }
        }
    }
}

/// A school holds no places, but kiosks.
fn kiosks(shown: &Shown<'_>) -> Markup {
    let mut table = shown.tables().kiosks();
    let wanted = ["kiosk", "heard", "state", "marks"];
    let kept: Vec<bool> = table.columns.iter().map(|column| wanted.contains(&column.key)).collect();
    let mut keep = kept.iter();
    table.columns.retain(|_| keep.next() == Some(&true));
    for row in &mut table.rows {
        let mut keep = kept.iter();
        row.cells.retain(|_| keep.next() == Some(&true));
    }
    html! {
        section.card.span-6 aria-labelledby="kiosks" {
            div.card-head {
                h2 id="kiosks" { (table.title) }
                a.onward href=(shown.address.page(Page::Kiosks).to_string()) { (shown.t("Mọi điều về máy", "All about the kiosks")) (icon("chevron-right")) }
                (frame::csv_beside(shown, &table))
            }
            (plain(&table, shown.wording))
        }
    }
}
