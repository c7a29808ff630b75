//! Weekdays by hours: the darker, the more visits; the greatest has a ring.

use super::columns::{lower_bounds, most_words};
use super::{Card, greatest};
use crate::department::dashboard::choice::Choice;
use crate::department::dashboard::tables::of_figures::Tables;
use crate::department::dashboard::wording::shown;
use crate::department::figures::Count;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::ops::RangeInclusive;

/// Hours of a school day, always drawn.
const SCHOOL_HOURS: RangeInclusive<usize> = 7..=17;
const LEVELS: u64 = 6;
/// Of more hours than this, every second has its number.
const MOST_HOURS: usize = 14;

pub fn heat<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let (w, figures) = (tables.wording, tables.figures);
    let most = greatest(figures.hours.iter().flatten().copied());
    // Named and ringed only where no other hour could hold more.
    let top = figures.busiest_hour();
    let peak = top.map(|top| (top.at / 24, top.at % 24));
    let peak_words = peak.map(|(day, hour)| {
        let (vi, en) = (format!("{}, {hour} giờ", w.weekday(day)), format!("{}, {hour}:00", w.weekday(day)));
        w.of(&vi, &en).to_owned()
    });
    let says = peak_words.as_ref().zip(top).map(|(peak, top)| {
        let number = most_words(&top, w);
        let (vi, en) = (
            format!("Bảng màu bảy thứ theo giờ. Đông nhất: {peak}, {number} lượt."),
            format!("Colour table of weekdays by hours. Busiest: {peak}, {number} visits."),
        );
        w.of(&vi, &en).to_owned()
    });
    Card {
        class,
        note: "",
        says: says.unwrap_or_else(|| lower_bounds(tables)),
        picture: cells(tables, most, peak),
        below: html! { (legend(tables, peak_words.as_deref())) (days_of_a_week(tables)) },
        table: tables.hours(),
    }
}

/// The school day, and further hours with a count that is shown; hidden counts of the night are in the table.
fn busy_hours(hours: &[[Count; 24]; 7]) -> RangeInclusive<usize> {
    let busy = |hour: &usize| hours.iter().any(|day| matches!(day.get(*hour), Some(Count::Shown(1..))));
    let first = (0..24).find(busy).unwrap_or(*SCHOOL_HOURS.start()).min(*SCHOOL_HOURS.start());
    let last = (0..24).rev().find(busy).unwrap_or(*SCHOOL_HOURS.end()).max(*SCHOOL_HOURS.end());
    first..=last
}

fn level(count: Count, most: u64) -> String {
    match count {
        Count::Shown(0) => "heat-0".to_owned(),
        Count::Shown(number) => format!(
            "heat-{}",
            (u128::from(number) * u128::from(LEVELS)).div_ceil(u128::from(most.max(1))).min(LEVELS.into())
        ),
        Count::Few | Count::Withheld => "heat-hidden".to_owned(),
    }
}

fn cells(tables: Tables<'_>, most: u64, peak: Option<(usize, usize)>) -> Markup {
    let (w, drawn) = (tables.wording, busy_hours(&tables.figures.hours));
    let every = if drawn.clone().count() > MOST_HOURS { 2 } else { 1 };
    html! {
        div.heat {
            @for (day, hours) in tables.figures.hours.iter().enumerate() {
                div.heat-row {
                    span.heat-day { span.wide { (w.weekday(day)) } span.narrow { (w.weekday_short(day)) } }
                    @for hour in drawn.clone() {
                        @let count = hours.get(hour).copied().unwrap_or(Count::Shown(0));
                        @let ring = if peak == Some((day, hour)) { " heat-peak" } else { "" };
                        span class=(format!("heat-cell {}{ring}", level(count, most))) title=(format!("{}, {hour}h: {}", w.weekday(day), w.spoken(count))) {}
                    }
                }
            }
            div.heat-row.heat-hours {
                span.heat-day {}
                @for (index, hour) in drawn.enumerate() {
                    span.heat-hour { @if index % every == 0 { (hour) span.wide { "h" } } }
                }
            }
        }
    }
}

fn legend(tables: Tables<'_>, peak: Option<&str>) -> Markup {
    let w = tables.wording;
    let hidden = tables.figures.hours.iter().flatten().any(|count| shown(*count).is_none());
    html! {
        div.legend {
            span { @if let Some(peak) = peak { (w.of("Đông nhất", "Busiest")) ": " (peak) " " (w.of("(ô viền đỏ)", "(cell with a ring)")) } }
            span.legend-scale aria-hidden="true" {
                @if hidden { span.heat-cell.heat-hidden {} span.after { (w.of("Ẩn", "Hidden")) } }
                (w.of("Ít", "Few"))
                @for level in 0..=LEVELS { span class=(format!("heat-cell heat-{level}")) {} }
                (w.of("Nhiều", "Many"))
            }
        }
    }
}

/// Of one week, its days: they stand beside the rows of the picture, which holds no links.
fn days_of_a_week(tables: Tables<'_>) -> Markup {
    let (w, period) = (tables.wording, &tables.figures.period);
    let days: Vec<Date> = period.first.series(1.day()).take_while(|day| *day <= period.last).take(8).collect();
    let name = |day: Date| w.weekday_short(usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0));
    html! {
        @if (2..=7).contains(&days.len()) {
            p.days-of-week {
                (w.of("Từng ngày:", "Day by day:"))
                @for day in days { " " a href=(tables.address.choice(Choice::Own(day, day)).to_string()) { (name(day)) " " (w.short_date(day)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_counts_make_no_hour_of_the_night_drawn() {
        let mut hours = [[Count::Shown(0); 24]; 7];
        hours[2][3] = Count::Few;
        assert_eq!(busy_hours(&hours), SCHOOL_HOURS);
        hours[2][19] = Count::Shown(8);
        assert_eq!(busy_hours(&hours), 7..=19);
    }

    #[test]
    fn the_greatest_is_darkest_and_a_hidden_count_has_its_own_look() {
        assert_eq!(level(Count::Shown(0), 60), "heat-0");
        assert_eq!(level(Count::Shown(1), 60), "heat-1");
        assert_eq!(level(Count::Shown(60), 60), "heat-6");
        assert_eq!(level(Count::Few, 60), "heat-hidden");
    }
}
