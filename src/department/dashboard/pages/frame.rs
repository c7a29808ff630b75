//! What every page has: head, skip link, the dark bar with its menu, title and period, foot.

use super::{Shown, period};
use crate::department::dashboard::address::{Address, Page};
use crate::department::dashboard::app::{Theme, Visitor};
use crate::department::dashboard::assets::{address as asset, icon};
use crate::department::dashboard::tables::Table;
use crate::department::figures::{Count, Level, Unit};
use maud::{DOCTYPE, Markup, html};

/// A whole document. `other_language` is the address of the same page in the other language.
pub fn document(visitor: &Visitor, title: &str, other_language: &str, menu: &Markup, body: &Markup) -> Markup {
    let t = |vi, en| visitor.language.of(vi, en);
    html! {
        (DOCTYPE)
        html lang=(visitor.language.tag()) data-theme=(visitor.theme.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(color_scheme(visitor.theme));
                meta name="robots" content="noindex";
                title { (title) " – Hải Đăng" }
                link rel="icon" type="image/svg+xml" href=(asset("seal.svg"));
                link rel="stylesheet" href=(asset("dashboard.css"));
                script src=(asset("dashboard.js")) defer {}
            }
            body {
                a.skip href="#main" { (t("Đến nội dung chính", "Skip to the main content")) }
                header.bar {
                    a.brand href=(format!("/{}", visitor.language.tag())) {
                        (icon("seal")) span.brand-name { "Hải Đăng" } span.brand-what { (t("Thống kê lượt xem", "Visit statistics")) }
                    }
                    (menu)
                    div.tools { (language_link(visitor, other_language)) (theme_switch(visitor)) (account(visitor)) }
                }
                main id="main" tabindex="-1" { (body) }
                (foot(visitor))
            }
        }
    }
}

fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn language_link(visitor: &Visitor, address: &str) -> Markup {
    let other = visitor.language.other();
    html! {
        a.tool href=(address) lang=(other.tag()) hreflang=(other.tag()) { (icon("globe")) (other.of("Tiếng Việt", "English")) }
    }
}

/// Two buttons, of which the style shows the one that would change something.
fn theme_switch(visitor: &Visitor) -> Markup {
    let t = |vi, en| visitor.language.of(vi, en);
    html! {
        form.theme method="post" action=(format!("/{}/theme", visitor.language.tag())) {
            input type="hidden" name="token" value=(visitor.token);
            input type="hidden" name="back" value=(visitor.path);
            button.tool.to-dark type="submit" name="to" value="dark" { (icon("contrast")) (t("Nền tối", "Dark")) }
            button.tool.to-light type="submit" name="to" value="light" { (icon("contrast")) (t("Nền sáng", "Light")) }
        }
    }
}

fn account(visitor: &Visitor) -> Markup {
    let Some(user) = &visitor.user else { return html! {} };
    html! {
        form.account method="post" action=(format!("/{}/logout", visitor.language.tag())) {
            input type="hidden" name="token" value=(visitor.token);
            span.user { (user.name) }
            button.tool type="submit" { (icon("padlock")) (visitor.language.of("Đăng xuất", "Sign out")) }
        }
    }
}

fn foot(visitor: &Visitor) -> Markup {
    let t = |vi, en| visitor.language.of(vi, en);
    html! {
        footer.foot {
            p {
                (t(
                    "Một lượt xem là từ lần chạm đầu đến khi màn hình về trang đầu. Máy không chụp hình, không ghi âm, không lưu tên hay dấu vết cá nhân.",
                    "A visit lasts from the first touch until the screen returns to its first page. Kiosks take no pictures, record no sound and keep no names or personal traces.",
                ))
            }
            form method="post" action=(format!("/{}/theme", visitor.language.tag())) {
                input type="hidden" name="token" value=(visitor.token);
                input type="hidden" name="back" value=(visitor.path);
                button.plain type="submit" name="to" value="auto" { (t("Màu nền theo máy này", "Colours as this device has them")) }
            }
        }
    }
}

/// The menu of the pages of a unit.
pub fn menu(address: &Address) -> Markup {
    let language = address.language;
    html! {
        nav.menu aria-label=(language.of("Các trang", "Pages")) {
            ul {
                @for page in Page::ALL {
                    li { a href=(address.page(page).to_string()) aria-current=[(page == address.page).then_some("page")] { (page.title(language)) } }
                }
            }
        }
    }
}

/// A page about a unit.
pub fn page(shown: &Shown<'_>, actions: &Markup, body: &Markup) -> Markup {
    let address = shown.address;
    let unit_name = shown.wording.language.words(&shown.figures.unit.name);
    let heading = match address.page {
        Page::Overview => unit_name.to_owned(),
        page => format!("{}: {unit_name}", page.title(address.language)),
    };
    let whole = html! {
        (trail(shown))
        div.page-head {
            div.page-title {
                h1 { (heading) }
                p.when { (period::named(shown)) }
            }
            div.page-tools { (period::chooser(shown)) (actions) }
        }
        @if let errors @ 1.. = (shown.app.place_errors)() { (place_errors_note(shown, errors)) }
        @if !shown.figures.is_whole { (untold_note(shown)) }
        @if shown.figures.key.undated != Count::Shown(0) { (undated_note(shown)) }
        (body)
        (hidden_counts_note(shown))
    };
    let title = format!("{}, {}", address.page.title(address.language), unit_name);
    let other = address.language(address.language.other()).to_string();
    document(shown.visitor, &title, &other, &menu(address), &whole)
}

/// Where the unit lies; units that the account may not open are named without a link.
fn trail(shown: &Shown<'_>) -> Markup {
    let here = &shown.figures.unit;
    let name = |unit: &Unit| shown.wording.language.words(&unit.name).to_owned();
    if shown.chain.iter().all(|unit| unit == here) {
        return html! {};
    }
    html! {
        nav.trail aria-label=(shown.t("Đơn vị", "Units")) {
            ol {
                @for unit in shown.chain.iter().filter(|unit| *unit != here) {
                    li {
                        @if shown.app.accounts.is_none() || shown.visitor.may_open(unit, shown.chain) {
                            a href=(shown.address.unit(unit).to_string()) { (name(unit)) }
                        } @else { span { (name(unit)) } }
                        (icon("chevron-right"))
                    }
                }
                li { span aria-current="location" { (name(here)) } }
            }
        }
    }
}

/// What `< 5` and `…` mean, wherever they may stand.
fn hidden_counts_note(shown: &Shown<'_>) -> Markup {
    let few = format!("<\u{a0}{}", shown.figures.threshold);
    html! {
        p.explained {
            (icon("circle-i"))
            span {
                b { (few) } ": " (shown.t("số quá nhỏ nên được ẩn, để không ai bị nhận ra.", "too small to be shown, so that nobody can be recognised."))
                " " b { "…" } ": " (shown.t("cũng được ẩn, vì từ số này có thể tính ngược một số đã ẩn.", "hidden too, because a hidden number could be worked out from it."))
                " " (shown.t(
                    "Mỗi dòng và mỗi cột của biểu đồ là ít nhất bấy nhiêu; “không phân chia” là phần không biết thuộc dòng nào, cộng với các dòng thì bằng tổng.",
                    "Each row and each bar is at least so many; “not split up” is what is known of no row, and with the rows it makes the total.",
                ))
            }
        }
    }
}

/// Figures of units that were not found whole.
fn place_errors_note(shown: &Shown<'_>, errors: usize) -> Markup {
    let errors = shown.wording.number(errors as u64);
    let (vi, en) = (
        format!(
            "Danh mục địa điểm có {errors} lỗi, nên số liệu của một số đơn vị có thể thấp hơn thật, và chưa lập báo cáo được. Người mở bảng số liệu chạy haidang-visits places check để xem lỗi và cách sửa; sửa xong, trang tự đọc lại trong ít phút."
        ),
        format!(
            "The list of places has {errors} errors, so figures of some units may be too low, and no report can be written. Whoever opened the dashboard sees them, and how to mend them, with haidang-visits places check; once mended, the pages follow within minutes."
        ),
    );
    html! { p.explained.faulty role="status" { (icon("circle-i")) span { (shown.wording.language.of(&vi, &en)) } } }
}

/// Visits that no number of the page holds.
fn undated_note(shown: &Shown<'_>) -> Markup {
    let key = &shown.figures.key;
    let number = shown.wording.at_least(key.undated, key.undated_more);
    let kiosks = shown.address.page(Page::Kiosks).to_string();
    html! {
        p.explained role="status" {
            (icon("circle-i"))
            span {
                b { (number) } " " (shown.t(
                    "lượt xem không rõ ngày vì đồng hồ máy chạy sai, không tính vào kỳ nào, kể cả kỳ này.",
                    "visits have no known day, for the kiosk’s clock was wrong; they count in no period, not in this one either.",
                ))
                " "
                @if shown.figures.is_change_undated() {
                    (shown.t("Vì vậy không so sánh với kỳ trước.", "Therefore nothing is compared with the period before.")) " "
                }
                @if shown.address.page != Page::Kiosks { a href=(kiosks) { (shown.t("Máy nào?", "Which kiosks?")) } }
            }
        }
    }
}

/// Why most is missing of days that cut a segment of the calendar.
fn untold_note(shown: &Shown<'_>) -> Markup {
    html! {
        p.explained {
            (icon("circle-i"))
            span { (shown.t(
                "Những ngày này không bắt đầu và kết thúc cùng một kỳ báo cáo, nên chỉ công bố lượt xem theo ngày và theo tuần, mỗi số là ít nhất bấy nhiêu; các số liệu khác không công bố cho những ngày này. Muốn có đủ, hãy ghi những ngày này vào tệp lịch (calendar.ron).",
                "These days do not begin and end where a reporting period does, so only visits by day and week are told, each at least so many; other figures are not told for these days. To have them, add the days to the calendar (calendar.ron).",
            )) }
        }
    }
}

/// The links at the right of a page's title.
pub fn actions(shown: &Shown<'_>, table: &str) -> Markup {
    html! {
        a.button.red href=(shown.address.page(Page::Reports).to_string()) { (icon("printer")) (shown.t("In báo cáo", "Print a report")) }
        (csv_link(shown, table))
    }
}

pub fn csv_link(shown: &Shown<'_>, table: &str) -> Markup {
    html! { a.button href=(shown.address.table(table)) { (icon("download")) (shown.t("Tải CSV", "Download CSV")) } }
}

/// The same, small, beside the title of a card.
pub fn csv_beside(shown: &Shown<'_>, table: &Table) -> Markup {
    html! { a.download href=(shown.address.table(table.name)) { (icon("download")) "CSV" span.vh { ": " (table.title) } } }
}

pub fn level_name(level: Level, shown: &Shown<'_>) -> &'static str {
    let (vi, en) = match level {
        Level::Nation => ("Cả nước", "Nation"),
        Level::Province => ("Tỉnh, thành phố", "Province"),
        Level::Commune => ("Xã, phường, đặc khu", "Commune"),
        Level::School => ("Trường, nơi khác", "School or other place"),
        Level::Kiosk => ("Máy", "Kiosk"),
    };
    shown.wording.language.of(vi, en)
}
