//! Standing bars: visits by week, and by length.

use super::{Card, greatest};
use crate::department::dashboard::tables::of_figures::{Tables, band_words};
use crate::department::dashboard::wording::{Wording, percent, shown};
use crate::department::figures::{Count, Figures};
use maud::{Markup, html};

/// Hundredths of a per cent of the height; the rest is for the value above the highest.
const ROOM_FOR_BAR: u128 = 8_600;

struct Bar {
    label: String,
    value: String,
    count: Count,
}

fn bars(bars: &[Bar], class: &str) -> Markup {
    let most = greatest(bars.iter().map(|bar| bar.count));
    html! {
        div class=(format!("columns {class}")) {
            @for (index, bar) in bars.iter().enumerate() {
                div.column { (standing(bar, most)) span class=(if index % 2 == 0 { "label" } else { "label between" }) { (bar.label) } }
            }
        }
    }
}

/// A bar with its value above; a hidden count has a stub of its own look.
fn standing(bar: &Bar, most: u64) -> Markup {
    let number = shown(bar.count);
    let class = match number {
        None => "beam unknown",
        Some(number) if number == most && most > 0 => "beam most",
        Some(_) => "beam",
    };
    let hundredths = number.map_or(400, |number| u128::from(number) * ROOM_FOR_BAR / u128::from(most.max(1)));
    let percent = |hundredths: u128| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let top = percent(10_000 - hundredths);
    html! {
        svg.standing aria-hidden="true" focusable="false" {
            rect class=(class) x="0" y=(top) width="100%" height=(percent(hundredths)) rx="4" {}
            text x="50%" y=(top) dy="-8" text-anchor="middle" { (bar.value) }
        }
    }
}

pub fn weeks<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let weeks = &tables.figures.weeks;
    // Every label would not fit beside its neighbours.
    let step = if weeks.len() > 16 { weeks.len().div_ceil(7) } else { 1 };
    let drawn: Vec<Bar> = weeks
        .iter()
        .enumerate()
        .map(|(index, (monday, count))| Bar {
            label: if index % step == 0 { tables.wording.short_date(*monday) } else { String::new() },
            value: if weeks.len() <= 16 { tables.wording.count(*count) } else { String::new() },
            count: *count,
        })
        .collect();
    let most = weeks.iter().filter(|(_, count)| shown(*count).is_some()).max_by_key(|(_, count)| shown(*count));
    let w = tables.wording;
    let says = most.map_or_else(String::new, |(monday, count)| {
        let (day, number) = (w.date(*monday), w.count(*count));
        let (vi, en) = (
            format!("Biểu đồ cột, {} tuần. Nhiều nhất là tuần từ {day}: {number} lượt.", weeks.len()),
            format!("Bar chart of {} weeks. The busiest began on {day}: {number} visits.", weeks.len()),
        );
        w.of(&vi, &en).to_owned()
    });
    let dense = match weeks.len() {
        0..8 => "",
        8..17 => "many",
        _ => "dense",
    };
    Card {
        class,
        note: w.of("lượt xem", "visits"),
        says: or_hidden(says, tables),
        picture: bars(&drawn, dense),
        below: html! {},
        table: tables.weeks(),
    }
}

pub fn lengths<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let (w, figures) = (tables.wording, tables.figures);
    let share =
        |count: Count| percent(count, figures.key.visits).map_or_else(|| w.count(count), |share| format!("{share}%"));
    let drawn: Vec<Bar> = figures
        .lengths
        .iter()
        .enumerate()
        .map(|(index, (_, count))| Bar { label: band_label(figures, index, w), value: share(*count), count: *count })
        .collect();
    let most =
        drawn.iter().enumerate().filter(|(_, bar)| shown(bar.count).is_some()).max_by_key(|(_, bar)| shown(bar.count));
    let says = most.map_or_else(String::new, |(index, bar)| {
        let band = band_words(figures, index, w);
        let (vi, en) = (
            format!("Biểu đồ cột. Độ dài gặp nhiều nhất: {band}, {} số lượt.", bar.value),
            format!("Bar chart. The most frequent length: {band}, {} of the visits.", bar.value),
        );
        w.of(&vi, &en).to_owned()
    });
    Card {
        class,
        note: w.of("giây (″), phút (′)", "seconds (″), minutes (′)"),
        says: or_hidden(says, tables),
        picture: bars(&drawn, ""),
        below: html! {},
        table: tables.lengths(),
    }
}

/// Below its bar only the first band tells that seconds are meant; the title says the same.
fn band_label(figures: &Figures, index: usize, wording: Wording) -> String {
    let words = band_words(figures, index, wording);
    if index == 0 { words } else { words.trim_end_matches('″').to_owned() }
}

/// A picture always says something.
pub(super) fn or_hidden(says: String, tables: Tables<'_>) -> String {
    let hidden = tables
        .wording
        .of("Biểu đồ. Các số đều nhỏ nên không công bố.", "Chart. All counts are small and therefore hidden.");
    if says.is_empty() { hidden.to_owned() } else { says }
}
