//! The chooser of periods: kinds as links, one's own days as a form, the period before and after.

use super::Shown;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::choice::{Choice, PRESETS};
use crate::department::dashboard::options::Preset;
use crate::department::periods::is_unnamed;
use maud::{Markup, html};

/// `Năm học 2026–2027: từ 05/09/2026 đến 20/11/2026 (hôm nay; kỳ kết thúc ngày 31/05/2027).`
pub fn named(shown: &Shown<'_>) -> Markup {
    let (period, until) = (shown.period, shown.figures.told_until());
    let (first, last) = (shown.wording.date(period.first), shown.wording.date(until));
    let days = if period.first == until {
        html! { (shown.t("ngày", "the day")) " " (first) }
    } else {
        html! { (shown.t("từ", "from")) " " (first) " " (shown.t("đến", "to")) " " (last) }
    };
    html! {
        // Days without a name of their own are told once.
        @if !is_unnamed(period) { strong { (shown.wording.language.words(&period.name)) } ": " }
        (days) (running(shown)) "."
    }
}

/// Up to which day a period that is not over is told.
fn running(shown: &Shown<'_>) -> Markup {
    let until = shown.figures.told_until();
    if until >= shown.period.last {
        return html! {};
    }
    let last = shown.wording.date(shown.period.last);
    let day = if until == shown.today {
        shown.t("hôm nay", "today")
    } else {
        shown.t("ngày mở bảng số liệu", "the day the dashboard was opened")
    };
    html! { " (" (day) "; " (shown.t("kỳ kết thúc ngày", "the period ends on")) " " (last) ")" }
}

pub fn chooser(shown: &Shown<'_>) -> Markup {
    let chosen = |preset: Preset| matches!(shown.address.choice, Choice::Preset(known, _) if known == preset);
    let own = matches!(shown.address.choice, Choice::Own(..));
    html! {
        nav.periods aria-label=(shown.t("Kỳ", "Period")) {
            (neighbours(shown))
            ul {
                @for (preset, _) in PRESETS {
                    @let address = shown.address.choice(Choice::Preset(preset, None)).to_string();
                    li { a href=(address) aria-current=[chosen(preset).then_some("true")] { (name(preset, shown)) } }
                }
                li {
                    details.own {
                        summary class=[own.then_some("chosen")] { (shown.t("Tự chọn", "Own days")) }
                        (own_form(shown))
                    }
                }
            }
        }
    }
}

fn name(preset: Preset, shown: &Shown<'_>) -> &'static str {
    let (vi, en) = match preset {
        Preset::SixMonths => ("6 tháng", "6 months"),
        Preset::Year => ("Năm", "Year"),
        Preset::SchoolYear => ("Năm học", "School year"),
        Preset::StatisticsHalfYear => ("Kỳ thống kê", "Statistics"),
    };
    shown.wording.language.of(vi, en)
}

fn own_form(shown: &Shown<'_>) -> Markup {
    let view = shown.address.view.pairs().into_iter().filter(|(name, _)| *name != "sheet");
    html! {
        form.own-form method="get" action=(shown.address.path()) {
            input type="hidden" name="period" value="own";
            @for (name, value) in view { input type="hidden" name=(name) value=(value); }
            label { span { (shown.t("Từ ngày", "First day")) } input type="date" name="first" required max=(shown.today) value=(shown.period.first); }
            label { span { (shown.t("Đến ngày", "Last day")) } input type="date" name="last" required max=(shown.today) value=(shown.period.last.min(shown.today)); }
            button.button type="submit" { (shown.t("Xem kỳ này", "Show these days")) }
        }
    }
}

fn neighbours(shown: &Shown<'_>) -> Markup {
    let (before, after) = shown.address.choice.neighbours(&*shown.app.calendar, shown.today);
    let link = |choice: Option<Choice>, words: &str, drawing: &str| {
        html! {
            @if let Some(choice) = choice {
                a.step href=(shown.address.choice(choice).to_string()) title=(words) { (icon(drawing)) span.vh { (words) } }
            }
        }
    };
    html! {
        (link(before, shown.t("Kỳ trước", "Period before"), "chevron-left"))
        (link(after, shown.t("Kỳ sau", "Period after"), "chevron-right"))
    }
}
