//! One strip cut into the languages visits ended in.

use super::Card;
use super::columns::lower_bounds;
use crate::department::dashboard::tables::of_figures::{Tables, language_name};
use crate::department::dashboard::wording::shown;
use maud::html;

pub fn languages<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let (w, figures) = (tables.wording, tables.figures);
    let whole: u64 = figures.languages.iter().filter_map(|(_, count)| shown(*count)).sum();
    let mut at = 0u64;
    let mut parts = Vec::new();
    for (index, (tag, count)) in figures.languages.iter().enumerate() {
        let width =
            shown(*count).map_or(0, |n| u64::try_from(u128::from(n) * 1000 / u128::from(whole.max(1))).unwrap_or(0));
        let share = figures.language_percent(index).map_or_else(|| w.count(*count), |share| format!("{share}%"));
        parts.push((index % 5, language_name(tag, w), at, width, share));
        at += width;
    }
    let list: Vec<String> = parts.iter().map(|(_, name, _, _, share)| format!("{name} {share}")).collect();
    let says = if list.is_empty() { lower_bounds(tables) } else { format!("{}.", list.join(", ")) };
    let tenths = |n: u64| format!("{}.{}%", n / 10, n % 10);
    let picture = html! {
        svg.strip aria-hidden="true" focusable="false" {
            @for (index, _, at, width, _) in &parts {
                rect class=(format!("part-{index}")) x=(tenths(*at)) y="0" height="100%" width=(tenths(*width)) {}
            }
        }
        div.strip-parts {
            @for (index, name, _, _, share) in &parts {
                div.strip-part { svg.swatch aria-hidden="true" focusable="false" { rect class=(format!("part-{index}")) width="100%" height="100%" rx="4" {} } span { (name) } strong { (share) } }
            }
        }
    };
    Card { class, note: "", says, picture, below: html! {}, table: tables.languages() }
}
