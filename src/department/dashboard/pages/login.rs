//! Signing in.

use super::frame::document;
use crate::department::dashboard::address::encoded;
use crate::department::dashboard::app::Visitor;
use crate::department::dashboard::assets::icon;
use crate::department::dashboard::users::LONGEST_PASSPHRASE;
use maud::{Markup, html};

pub fn page(visitor: &Visitor, next: &str, name: &str, wrong: bool) -> Markup {
    let t = |vi, en| visitor.language.of(vi, en);
    let body = html! {
        section.card.login aria-labelledby="login" {
            h1 id="login" { (t("Đăng nhập", "Sign in")) }
            p { (t("Số liệu lượt xem dành cho ngành giáo dục. Tài khoản do người quản trị cấp.", "Visit figures for the education department. Accounts are given by the administrator.")) }
            @if wrong {
                p.wrong role="alert" id="wrong" { (icon("triangle-bang")) (t("Tên hoặc mật khẩu chưa đúng. Hãy thử lại.", "The name or passphrase is not right. Try again.")) }
            }
            form method="post" action=(format!("/{}/login", visitor.language.tag())) {
                input type="hidden" name="token" value=(visitor.token);
                input type="hidden" name="next" value=(next);
                label for="name" { (t("Tên tài khoản", "Account name")) }
                input id="name" name="name" type="text" value=(name) required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby=[wrong.then_some("wrong")];
                label for="passphrase" { (t("Mật khẩu", "Passphrase")) }
                input id="passphrase" name="passphrase" type="password" required maxlength=(LONGEST_PASSPHRASE) autocomplete="current-password" aria-describedby=[wrong.then_some("wrong")];
                button.button.red type="submit" { (icon("padlock")) (t("Đăng nhập", "Sign in")) }
            }
        }
    };
    let other = format!("/{}/login?next={}", visitor.language.other().tag(), encoded(next));
    document(visitor, t("Đăng nhập", "Sign in"), &other, &html! {}, &body)
}
