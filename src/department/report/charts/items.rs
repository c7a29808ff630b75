//! The items opened most: one bar an item, the longest dark. Hidden counts are not ranked and not drawn.

use super::pencil::{Hang, Label, Pencil, WIDTH, two_lines};
use super::{Chart, titled};
use crate::department::certain::not_split_up;
use crate::department::figures::{Count, Figures, ItemRow};
use crate::department::report::numbers;
use crate::department::report::tables::item_title;
use crate::department::report::words::Language;

const MOST: usize = 8;
const LEFT: f64 = 236.0;
const RIGHT: f64 = 60.0;
const ROW: f64 = 26.0;
const THICK: f64 = 16.0;
const TITLE_LETTERS: usize = 38;

pub fn items(figures: &Figures, language: Language) -> Option<Chart> {
    let ranked = ranked(figures);
    let (_, most) = *ranked.first()?;
    let is_sure = figures.item_opened_most().is_some();
    let unsplit = not_split_up(figures.all_items.openings, figures.items.iter().map(|item| item.openings));
    let mut pencil = Pencil::default();
    for (place, (item, openings)) in ranked.iter().enumerate() {
        let y = place as f64 * ROW;
        let title = item_title(figures, &item.item, language);
        title_at(&mut pencil, y, &title);
        let width = (WIDTH - LEFT - RIGHT) * *openings as f64 / most as f64;
        pencil.bar(LEFT, y + (ROW - THICK) / 2.0, width, THICK, if place == 0 && is_sure { "top" } else { "bar" });
        let number = numbers::whole(*openings, language);
        let x = LEFT + width + 7.0;
        pencil.label(&Label {
            x,
            y: y + ROW / 2.0 + 4.0,
            text: &number,
            class: "ink",
            size: 11.0,
            bold: true,
            hang: Hang::Left,
        });
    }
    let title = language.pick("Tư liệu được mở nhiều nhất (lượt mở)", "Items opened most (openings)");
    let title = titled(title, unsplit, language);
    let told = told(figures, &ranked, language);
    Some(pencil.lay_down("items", title, told, ranked.len() as f64 * ROW + 2.0))
}

/// Items with a shown count, most openings first, at most eight.
fn ranked<'a>(figures: &'a Figures) -> Vec<(&'a ItemRow, u64)> {
    let shown = |item: &'a ItemRow| match item.openings {
        Count::Shown(number @ 1..) => Some((item, number)),
        _ => None,
    };
    let mut ranked: Vec<(&ItemRow, u64)> = figures.items.iter().filter_map(shown).collect();
    ranked.sort_by_key(|(_, openings)| std::cmp::Reverse(*openings));
    ranked.truncate(MOST);
    ranked
}

fn title_at(pencil: &mut Pencil, y: f64, title: &str) {
    let lines = two_lines(title, TITLE_LETTERS);
    let first = y + ROW / 2.0 + 4.0 - (lines.len() - 1) as f64 * 5.8;
    for (place, line) in lines.iter().enumerate() {
        let y = first + place as f64 * 11.6;
        pencil.label(&Label { x: 0.0, y, text: line, class: "ink", size: 10.5, bold: false, hang: Hang::Left });
    }
}

fn told(figures: &Figures, ranked: &[(&ItemRow, u64)], language: Language) -> String {
    let list: Vec<String> = ranked
        .iter()
        .map(|(item, openings)| {
            format!("{}: {}", item_title(figures, &item.item, language), numbers::whole(*openings, language))
        })
        .collect();
    list.join("; ") + "."
}
