//! Why something was not given: in the reader's language, and below in the other one.

use super::frame::document;
use crate::department::dashboard::app::Visitor;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::trouble::Trouble;
use maud::{Markup, html};

pub fn page(visitor: &Visitor, trouble: &Trouble) -> Markup {
    let (language, other) = (visitor.language, visitor.language.other());
    let body = html! {
        section.card.refusal {
            (icon("circle-i"))
            h1 { (language.words(&trouble.title)) }
            p { (language.words(&trouble.reason)) }
            div lang=(other.tag()) {
                p.quiet { strong { (other.words(&trouble.title)) ". " } (other.words(&trouble.reason)) }
            }
            p { a.button href=(format!("/{}", language.tag())) { (language.of("Về trang đầu", "To the first page")) } }
            p.note { (trouble.status.as_u16()) }
        }
    };
    let home = format!("/{}", other.tag());
    document(visitor, language.words(&trouble.title), &home, &html! {}, &body)
}
