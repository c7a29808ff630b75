//! How long visits last: one bar a band, the highest dark.

use super::Chart;
use super::pencil::{Hang, Label, Pencil, WIDTH};
use crate::department::figures::{Count, Figures};
use crate::department::report::numbers;
use crate::department::report::story::busiest;
use crate::department::report::words::{self, Language};

const TOP: f64 = 20.0;
const BASE: f64 = 134.0;
const HEIGHT: f64 = 158.0;

pub fn lengths(figures: &Figures, language: Language) -> Option<Chart> {
    let (top, most) = busiest(figures.lengths.iter().map(|(_, count)| *count))?;
    let step = WIDTH / figures.lengths.len() as f64;
    let gap = (step * 0.16).min(12.0);
    let mut pencil = Pencil::default();
    let mut from = 0;
    for (place, (to, count)) in figures.lengths.iter().enumerate() {
        let x = place as f64 * step + gap / 2.0;
        let height = match count {
            Count::Shown(number) => (BASE - TOP) * *number as f64 / most as f64,
            _ => 10.0,
        };
        match count {
            Count::Shown(_) => {
                pencil.bar(x, BASE - height, step - gap, height, if place == top { "top" } else { "bar" });
            }
            _ => pencil.hidden(x, BASE - height, step - gap, height),
        }
        let middle = x + (step - gap) / 2.0;
        let number = worth(*count, figures, language);
        let hang = Hang::Middle;
        pencil.label(&Label {
            x: middle,
            y: BASE - height - 6.0,
            text: &number,
            class: "ink",
            size: 11.0,
            bold: true,
            hang,
        });
        let band = words::band(from, *to, language);
        pencil.label(&Label { x: middle, y: BASE + 17.0, text: &band, class: "quiet", size: 10.5, bold: false, hang });
        from = to.unwrap_or(from);
    }
    pencil.axis((0.0, BASE), (WIDTH, BASE));
    let title = language.pick("Thời gian một lượt xem", "Length of a visit").to_owned();
    Some(pencil.lay_down("lengths", title, told(figures, top, language), HEIGHT))
}

/// The share of all visits where the total is told, the count where it is not.
fn worth(count: Count, figures: &Figures, language: Language) -> String {
    match (count, figures.key.visits) {
        (Count::Shown(number), Count::Shown(all)) if all >= number => {
            numbers::percent(number, all).map_or_else(String::new, |share| format!("{share}%"))
        }
        _ => numbers::count(count, figures.threshold, language),
    }
}

fn told(figures: &Figures, top: usize, language: Language) -> String {
    let (to, count) = figures.lengths[top];
    let from = top.checked_sub(1).and_then(|before| figures.lengths[before].0).unwrap_or(0);
    let (band, worth) = (words::band(from, to, language), worth(count, figures, language));
    language.pick(format!("Nhiều nhất là {band}: {worth}."), format!("Most visits last {band}: {worth}."))
}
