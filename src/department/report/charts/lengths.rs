//! How long visits last: one bar a band, the highest dark.

use super::pencil::{Hang, Label, Pencil, WIDTH};
use super::{Chart, lower_bounds, tallest, titled};
use crate::department::figures::{Count, Figures};
use crate::department::report::numbers;
use crate::department::report::words::{self, Language};

const TOP: f64 = 20.0;
const BASE: f64 = 134.0;
const HEIGHT: f64 = 158.0;

pub fn lengths(figures: &Figures, language: Language) -> Option<Chart> {
    let most = tallest(figures.lengths.iter().map(|(_, count)| *count))?;
    let top = figures.most_frequent_length().map(|top| top.at);
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
                pencil.bar(x, BASE - height, step - gap, height, if top == Some(place) { "top" } else { "bar" });
            }
            _ => pencil.hidden(x, BASE - height, step - gap, height),
        }
        let middle = x + (step - gap) / 2.0;
        let number = worth(place, figures, language);
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
    let title = language.pick("Thời gian một lượt xem", "Length of a visit");
    let title = titled(title, figures.lengths_unsplit(), language);
    Some(pencil.lay_down("lengths", title, told(figures, top, language), HEIGHT))
}

/// The share of all visits where it is sure, the count where it is not.
fn worth(band: usize, figures: &Figures, language: Language) -> String {
    let count = figures.lengths.get(band).map_or(Count::Withheld, |(_, count)| *count);
    let share = figures.length_percent(band).map(|share| format!("{share}%"));
    share.unwrap_or_else(|| numbers::count(count, figures.threshold, language))
}

fn told(figures: &Figures, top: Option<usize>, language: Language) -> String {
    let Some((top, (to, _))) = top.and_then(|top| Some((top, figures.lengths.get(top)?))) else {
        return lower_bounds(language);
    };
    let from = top.checked_sub(1).and_then(|before| figures.lengths[before].0).unwrap_or(0);
    let (band, worth) = (words::band(from, *to, language), worth(top, figures, language));
    language.pick(format!("Nhiều nhất là {band}: {worth}."), format!("Most visits last {band}: {worth}."))
}
