//! Standing bars: visits by week, and by length.

use super::{Card, greatest};
use crate::department::certain::Most;
use crate::department::dashboard::tables::of_figures::{Tables, band_words};
use crate::department::dashboard::wording::{Wording, shown};
use crate::department::figures::{Count, Figures};
use crate::department::heights::round_step;
use maud::{Markup, html};

/// Hundredths of a per cent of the height; the rest is for the value above the highest.
const ROOM_FOR_BAR: u128 = 8_600;

/// Of more bars than this, only the highest has its value above it.
const MOST_VALUES: usize = 16;

struct Bar {
    label: String,
    value: String,
    count: Count,
    /// Surely the highest.
    is_most: bool,
    /// Its label is left out where there is little room.
    between: bool,
}

fn bars(bars: &[Bar], class: &str, rules: Markup) -> Markup {
    let most = greatest(bars.iter().map(|bar| bar.count));
    html! {
        div class=(format!("columns {class}")) {
            (rules)
            @for bar in bars {
                div.column { (standing(bar, most)) span class=(if bar.between { "label between" } else { "label" }) { (bar.label) } }
            }
        }
    }
}

/// A bar with its value above; a hidden count has a stub of its own look.
fn standing(bar: &Bar, most: u64) -> Markup {
    let number = shown(bar.count);
    let class = match number {
        None => "beam unknown",
        Some(_) if bar.is_most => "beam most",
        Some(_) => "beam",
    };
    let hundredths = number.map_or(400, |number| u128::from(number) * ROOM_FOR_BAR / u128::from(most.max(1)));
    let top = per_cent(10_000 - hundredths);
    html! {
        svg.standing aria-hidden="true" focusable="false" {
            rect class=(class) x="0" y=(top) width="100%" height=(per_cent(hundredths)) rx="4" {}
            text x="50%" y=(top) dy="-8" text-anchor="middle" { (bar.value) }
        }
    }
}

fn per_cent(hundredths: u128) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Two lines to read heights by, where bars are too narrow for their values.
fn rules(most: u64, wording: Wording) -> Markup {
    let step = round_step(most);
    html! {
        @if step > 0 {
            svg.rules aria-hidden="true" focusable="false" {
                @for value in [step, 2 * step] {
                    @let y = per_cent(10_000 - u128::from(value) * ROOM_FOR_BAR / u128::from(most));
                    line x1="0" x2="100%" y1=(y) y2=(y) {}
                    text x="0" y=(y) dy="-5" { (wording.number(value)) }
                }
            }
        }
    }
}

pub fn weeks<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let (w, weeks) = (tables.wording, &tables.figures.weeks);
    let top = tables.figures.busiest_week();
    // Every label would not fit beside its neighbours, nor every value.
    let crowded = weeks.len() > MOST_VALUES;
    let step = if crowded { weeks.len().div_ceil(7) } else { 1 };
    let greatest = greatest(weeks.iter().map(|(_, count)| *count));
    let told = |index: usize| !crowded || top.is_some_and(|top| top.at == index);
    let drawn: Vec<Bar> = weeks
        .iter()
        .enumerate()
        .map(|(index, (monday, count))| Bar {
            label: if index % step == 0 { tables.wording.short_date(*monday) } else { String::new() },
            value: if told(index) { tables.wording.count(*count) } else { String::new() },
            count: *count,
            is_most: top.is_some_and(|top| top.at == index),
            between: index / step % 2 == 1,
        })
        .collect();
    let says = top.and_then(|top| Some((top, weeks.get(top.at)?))).map(|(top, (monday, _))| {
        let (day, number) = (w.date(*monday), most_words(&top, w));
        let (vi, en) = (
            format!("Biểu đồ cột, {} tuần. Nhiều nhất là tuần từ {day}: {number} lượt.", weeks.len()),
            format!("Bar chart of {} weeks. The busiest began on {day}: {number} visits.", weeks.len()),
        );
        w.of(&vi, &en).to_owned()
    });
    let says = says.unwrap_or_else(|| lower_bounds(tables));
    let (dense, rules) = match weeks.len() {
        0..8 => ("", html! {}),
        8..=MOST_VALUES => ("many", html! {}),
        _ => ("dense ruled", rules(greatest, w)),
    };
    Card {
        class,
        note: w.of("lượt xem", "visits"),
        says,
        picture: bars(&drawn, dense, rules),
        below: html! {},
        table: tables.weeks(),
    }
}

pub fn lengths<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let (w, figures) = (tables.wording, tables.figures);
    let top = figures.most_frequent_length();
    let share = |band: usize, count: Count| {
        figures.length_percent(band).map_or_else(|| w.count(count), |share| format!("{share}%"))
    };
    let drawn: Vec<Bar> = figures
        .lengths
        .iter()
        .enumerate()
        .map(|(index, (_, count))| Bar {
            label: band_label(figures, index, w),
            value: share(index, *count),
            count: *count,
            is_most: top.is_some_and(|top| top.at == index),
            between: false,
        })
        .collect();
    let says = top.and_then(|top| drawn.get(top.at).map(|bar| (top.at, bar))).map(|(index, bar)| {
        let band = band_words(figures, index, w);
        let (vi, en) = (
            format!("Biểu đồ cột. Độ dài gặp nhiều nhất: {band}, {} số lượt.", bar.value),
            format!("Bar chart. The most frequent length: {band}, {} of the visits.", bar.value),
        );
        w.of(&vi, &en).to_owned()
    });
    let says = says.unwrap_or_else(|| lower_bounds(tables));
    Card {
        class,
        note: w.of("giây (″), phút (′)", "seconds (″), minutes (′)"),
        says,
        picture: bars(&drawn, "bands", html! {}),
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
pub(super) fn lower_bounds(tables: Tables<'_>) -> String {
    let said = tables.wording.of(
        "Biểu đồ. Mỗi số là ít nhất bấy nhiêu; số nhỏ không công bố.",
        "Chart. Each number is at least so many; small ones are hidden.",
    );
    said.to_owned()
}

/// `5.300`, or `ít nhất 5.300` where there may be more.
pub(super) fn most_words(most: &Most, wording: Wording) -> String {
    let number = wording.number(most.number);
    if most.is_exact { number } else { format!("{} {number}", wording.of("ít nhất", "at least")) }
}
