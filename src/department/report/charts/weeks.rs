//! Visits by week: one bar a week, the highest dark.

use super::pencil::{Hang, Label, Pencil, WIDTH};
use super::{Chart, at_least, lower_bounds, tallest, titled};
use crate::department::certain::Most;
use crate::department::figures::{Count, Figures};
use crate::department::heights::round_step;
use crate::department::report::numbers;
use crate::department::report::words::Language;

const TOP: f64 = 24.0;
const BASE: f64 = 98.0;
const HEIGHT: f64 = 122.0;
/// With more bars than this, only the highest has its number above it.
const MOST_NUMBERS: usize = 14;
const MOST_DATES: usize = 12;

pub fn weeks(figures: &Figures, language: Language) -> Option<Chart> {
    let most = tallest(figures.weeks.iter().map(|(_, count)| *count))?;
    let top = figures.busiest_week();
    let is_top = |place: usize| top.is_some_and(|top| top.at == place);
    let bars = figures.weeks.len();
    let step = WIDTH / bars as f64;
    let gap = (step * 0.14).min(8.0);
    let numbered = bars <= MOST_NUMBERS;
    let every = bars.div_ceil(MOST_DATES);
    let mut pencil = Pencil::default();
    if !numbered {
        rules(&mut pencil, most, language);
    }
    for (place, (week, count)) in figures.weeks.iter().enumerate() {
        let x = place as f64 * step + gap / 2.0;
        let height = match count {
            Count::Shown(number) => (BASE - TOP) * *number as f64 / most as f64,
            _ => 10.0,
        };
        match count {
            Count::Shown(_) => {
                pencil.bar(x, BASE - height, step - gap, height, if is_top(place) { "top" } else { "bar" });
            }
            _ => pencil.hidden(x, BASE - height, step - gap, height),
        }
        let middle = x + (step - gap) / 2.0;
        if numbered || is_top(place) {
            let text = numbers::count(*count, figures.threshold, language);
            let (x, hang) = inside(middle, bars, place);
            pencil.label(&Label { x, y: BASE - height - 6.0, text: &text, class: "ink", size: 11.0, bold: true, hang });
        }
        if place % every == 0 {
            let text = numbers::short_date(*week, language);
            let (x, hang) = inside(middle, bars, place);
            pencil.label(&Label { x, y: BASE + 17.0, text: &text, class: "quiet", size: 10.5, bold: false, hang });
        }
    }
    pencil.axis((0.0, BASE), (WIDTH, BASE));
    let title = language.pick("Lượt xem theo tuần (ngày thứ Hai đầu tuần)", "Visits by week (Mondays)");
    let title = titled(title, figures.weeks_unsplit(), language);
    Some(pencil.lay_down("weeks", title, told(figures, top, language), HEIGHT))
}

/// Two lines at round numbers, where bars are too narrow for their own.
fn rules(pencil: &mut Pencil, most: u64, language: Language) {
    let step = round_step(most);
    for value in [step, 2 * step].into_iter().filter(|value| *value > 0) {
        let y = BASE - (BASE - TOP) * value as f64 / most as f64;
        pencil.rule(y);
        let text = numbers::whole(value, language);
        pencil.label(&Label {
            x: 0.0,
            y: y - 3.0,
            text: &text,
            class: "quiet",
            size: 9.5,
            bold: false,
            hang: Hang::Left,
        });
    }
}

/// Keeps the text of the first and last of many narrow bars inside the drawing.
fn inside(middle: f64, bars: usize, place: usize) -> (f64, Hang) {
    match place {
        _ if bars <= MOST_NUMBERS => (middle, Hang::Middle),
        0 => (0.0, Hang::Left),
        last if last + 1 == bars => (WIDTH, Hang::Right),
        _ => (middle, Hang::Middle),
    }
}

fn told(figures: &Figures, top: Option<Most>, language: Language) -> String {
    let weeks = figures.weeks.len();
    let Some((most, (monday, _))) = top.and_then(|top| Some((top, figures.weeks.get(top.at)?))) else {
        return language.pick(format!("{weeks} tuần. "), format!("{weeks} weeks. ")) + &lower_bounds(language);
    };
    let (monday, most) = (numbers::date(*monday, language), at_least(&most, language));
    language.pick(
        format!("{weeks} tuần; cao nhất là tuần từ {monday}: {most} lượt."),
        format!("{weeks} weeks; highest is the week of {monday}: {most} visits."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::report::sample;

    #[test]
    fn a_chart_of_half_a_year_has_a_scale() {
        let drawn = weeks(&sample::figures(), Language::Vietnamese).expect("drawn").svg;
        assert_eq!(drawn.matches("class=\"rule\"").count(), 2);
        assert!(drawn.contains(">2.500</text>") && drawn.contains(">5.000</text>"), "{drawn}");
    }
}
