//! Visits by weekday and hour: a tile an hour, the busiest ringed.

use super::pencil::{Hang, Label, Pencil, WIDTH};
use super::{Chart, at_least, tallest, titled};
use crate::department::certain::Most;
use crate::department::figures::{Count, Figures};
use crate::department::report::words::{self, Language};

const LEFT: f64 = 78.0;
const ROW: f64 = 23.0;
const GAP: f64 = 3.0;
/// Always drawn, so that two reports are easily compared.
const SCHOOL_DAY: (usize, usize) = (7, 17);
/// Of more hours than this, every second has its number.
const MOST_HOURS: usize = 14;
const SHADES: [&str; 7] = ["h0", "h1", "h2", "h3", "h4", "h5", "h6"];

pub fn hours(figures: &Figures, language: Language) -> Option<Chart> {
    let most = tallest(figures.hours.iter().flatten().copied())?;
    let top = figures.busiest_hour();
    let (first, last) = span(figures);
    let step = (WIDTH - LEFT) / (last - first + 1) as f64;
    let mut pencil = Pencil::default();
    for (day, row) in figures.hours.iter().enumerate() {
        let y = day as f64 * ROW;
        let name = words::weekday(day, language);
        let baseline = y + ROW / 2.0 + 2.5;
        pencil.label(&Label {
            x: 0.0,
            y: baseline,
            text: name,
            class: "ink",
            size: 11.0,
            bold: false,
            hang: Hang::Left,
        });
        for (hour, count) in row.iter().enumerate().take(last + 1).skip(first) {
            let x = LEFT + (hour - first) as f64 * step;
            tile(&mut pencil, (x, y), step - GAP, *count, most);
            if top.is_some_and(|top| top.at == day * 24 + hour) {
                pencil.ring(x - 0.5, y - 0.5, step - GAP + 1.0, ROW - GAP + 1.0);
            }
        }
    }
    let every = if last - first + 1 > MOST_HOURS { 2 } else { 1 };
    for hour in (first..=last).step_by(every) {
        let x = LEFT + (hour - first) as f64 * step + (step - GAP) / 2.0;
        let text = format!("{hour}h");
        pencil.label(&Label {
            x,
            y: 7.0 * ROW + 12.0,
            text: &text,
            class: "quiet",
            size: 10.5,
            bold: false,
            hang: Hang::Middle,
        });
    }
    // There are no numbers in the picture.
    let shades = || {
        language
            .pick("Ô càng đậm, lượt xem càng nhiều (số ít nhất).", "The darker, the more visits (at least so many).")
    };
    let told = top.map_or_else(|| shades().to_owned(), |top| told(&top, language));
    key(&mut pencil, &told, figures, language);
    let title = language.pick("Lượt xem theo thứ và giờ bắt đầu", "Visits by weekday and hour of their beginning");
    Some(pencil.lay_down("hours", titled(title, figures.hours_unsplit(), language), told, 7.0 * ROW + 42.0))
}

/// The hours drawn: the school day, and more where a count is shown. Hidden counts of the night are in the tables.
fn span(figures: &Figures) -> (usize, usize) {
    let used = |hour: &usize| figures.hours.iter().any(|day| matches!(day[*hour], Count::Shown(1..)));
    let first = (0..24).find(used).unwrap_or(SCHOOL_DAY.0).min(SCHOOL_DAY.0);
    let last = (0..24).rev().find(used).unwrap_or(SCHOOL_DAY.1).max(SCHOOL_DAY.1);
    (first, last)
}

fn tile(pencil: &mut Pencil, (x, y): (f64, f64), width: f64, count: Count, most: u64) {
    match count {
        Count::Shown(number) => pencil.tile(x, y, width, ROW - GAP, SHADES[shade(number, most)]),
        _ => {
            pencil.tile(x, y, width, ROW - GAP, SHADES[0]);
            pencil.hidden(x, y, width, ROW - GAP);
        }
    }
}

/// Nothing is lightest; the rest is shared among six shades.
fn shade(number: u64, most: u64) -> usize {
    let sixths = (u128::from(number) * 6).div_ceil(u128::from(most.max(1)));
    usize::try_from(sixths).unwrap_or(6).min(6)
}

fn key(pencil: &mut Pencil, told: &str, figures: &Figures, language: Language) {
    let y = 7.0 * ROW + 34.0;
    pencil.label(&Label { x: 0.0, y, text: told, class: "quiet", size: 10.5, bold: false, hang: Hang::Left });
    let many = language.pick("Nhiều", "Many");
    let right = WIDTH - GAP;
    pencil.label(&Label { x: right, y, text: many, class: "quiet", size: 10.5, bold: false, hang: Hang::Right });
    let start = right - 40.0 - SHADES.len() as f64 * 22.0;
    for (place, shade) in SHADES.iter().enumerate() {
        pencil.tile(start + place as f64 * 22.0, y - 9.0, 19.0, 11.0, shade);
    }
    let none = language.pick("Không có", "None");
    pencil.label(&Label { x: start - 6.0, y, text: none, class: "quiet", size: 10.5, bold: false, hang: Hang::Right });
    if figures.hours.iter().flatten().any(|count| !matches!(count, Count::Shown(_))) {
        let hidden = language.pick("Số đã ẩn", "Hidden");
        pencil.label(&Label {
            x: start - 70.0,
            y,
            text: hidden,
            class: "quiet",
            size: 10.5,
            bold: false,
            hang: Hang::Right,
        });
        pencil.tile(start - 70.0 - 82.0, y - 9.0, 19.0, 11.0, SHADES[0]);
        pencil.hidden(start - 70.0 - 82.0, y - 9.0, 19.0, 11.0);
    }
}

fn told(top: &Most, language: Language) -> String {
    let (day, hour) = (words::weekday_within(top.at / 24, language), top.at % 24);
    let most = at_least(top, language);
    language.pick(
        format!("Đông nhất: {day}, {hour} giờ, {most} lượt (ô viền đỏ)"),
        format!("Busiest: {day}, {hour}:00, {most} visits (ringed)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_from_none_to_most() {
        assert_eq!(shade(0, 100), 0);
        assert_eq!(shade(1, 100), 1);
        assert_eq!(shade(17, 100), 2);
        assert_eq!(shade(100, 100), 6);
        assert_eq!(shade(u64::MAX, u64::MAX), 6);
    }
}
