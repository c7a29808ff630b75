//! The days of a kiosk as a calendar, month by month; a day with visits leads to its own page.

use super::{Shown, frame};
use crate::department::dashboard::choice::Choice;
use crate::department::figures::Count;
use jiff::civil::Date;
use maud::{Markup, html};

pub fn card(shown: &Shown<'_>) -> Markup {
    let table = shown.tables().days();
    let none = shown.figures.days.iter().all(|(_, count)| *count == Count::Shown(0));
    let same_month = |one: &(Date, Count), two: &(Date, Count)| one.0.first_of_month() == two.0.first_of_month();
    html! {
        section.card.alone aria-labelledby="days" {
            div.card-head {
                h2 id="days" { (table.title) }
                span.note { (shown.t("bấm vào số để xem riêng ngày đó", "click a number for that day alone")) }
                (frame::csv_beside(shown, &table))
            }
            @if none { p.empty { (shown.t("Không ngày nào có lượt xem.", "No day with a visit.")) } }
            @else { div.months { @for days in shown.figures.days.chunk_by(same_month) { (month(shown, days)) } } }
        }
    }
}

/// One month; days outside the period are blank.
fn month(shown: &Shown<'_>, days: &[(Date, Count)]) -> Markup {
    let w = shown.wording;
    let name = days.first().map(|(day, _)| w.month(*day)).unwrap_or_default();
    html! {
        table.month {
            caption { (name) }
            thead { tr { @for day in 0..7 { th scope="col" { (w.weekday_short(day)) } } } }
            tbody {
                @for week in days.chunk_by(|_, (next, _)| weekday(*next) > 0) {
                    tr { @for day in 0..7 {
                        td { @if let Some((date, count)) = week.iter().find(|(date, _)| weekday(*date) == day) { (one(shown, *date, *count)) } }
                    } }
                }
            }
        }
    }
}

fn weekday(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn one(shown: &Shown<'_>, day: Date, count: Count) -> Markup {
    let w = shown.wording;
    let address = shown.address.choice(Choice::Own(day, day)).to_string();
    html! {
        span.day { (day.day()) }
        @match count {
            Count::Shown(0) => span.quiet { "–" span.vh { (w.of("không có", "none")) } },
            _ => a href=(address) {
                span aria-hidden="true" { (w.count(count)) }
                span.vh { (w.date(day)) ": " (w.spoken(count)) " " (w.of("lượt", "visits")) }
            },
        }
    }
}
