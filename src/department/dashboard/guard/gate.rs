//! Every request passes here: it is refused, or given on with who asks; every answer gets its headers, and a refusal
//! its page.

use super::connection::Caller;
use super::headers::{cookie, only, secure, set_cookie};
use super::host::same_origin;
use super::secrets::{form_token, is_name, random_name, same};
use crate::department::dashboard::app::{App, Theme, Visitor};
use crate::department::dashboard::language::Language;
use crate::department::dashboard::pages::refusal;
use crate::department::dashboard::trouble::Trouble;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

/// Forms here are a few lines.
pub const MAX_BODY_BYTES: usize = 16 << 10;
const MAX_ADDRESS_BYTES: usize = 2048;
const LONGEST_ANSWER: Duration = Duration::from_secs(50);
const GUEST: &str = "haidang-guest";
pub const THEME: &str = "haidang-theme";
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Browsers take a cookie of the second name from this very host over HTTPS only.
pub fn session_cookie(https: bool) -> &'static str {
    if https { "__Host-haidang-session" } else { "haidang-session" }
}

pub async fn gate(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let head = request.method() == Method::HEAD;
    let mut visitor = reader_of(&request);
    visitor.from = address_of(&request, app.proxy);
    let admitted = admit(&app, &request, &mut visitor);
    let mut response = match admitted {
        Err(refused) => *refused,
        Ok(guest) => {
            request.extensions_mut().insert(visitor.clone());
            let answer = tokio::time::timeout(LONGEST_ANSWER, next.run(request)).await;
            let mut answer =
                answer.unwrap_or_else(|_| Trouble::from_status(StatusCode::GATEWAY_TIMEOUT).into_response());
            add_cookie(&mut answer, guest.then(|| set_cookie(GUEST, &visitor.cookie, None, app.https)));
            answer
        }
    };
    draw_refusal(&mut response, &visitor, head);
    secure(response.headers_mut(), app.https);
    response
}

pub fn add_cookie(response: &mut Response, cookie: Option<String>) {
    if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Whether a form carries the token that only our own pages hold.
pub fn check_token(visitor: &Visitor, token: &str) -> Result<(), Trouble> {
    if same(&visitor.token, token) { Ok(()) } else { Err(Trouble::foreign_form()) }
}

/// True when the browser is a new guest and must be given its cookie.
fn admit(app: &App, request: &Request, visitor: &mut Visitor) -> Result<bool, Box<Response>> {
    let refuse = |trouble: Trouble| Box::new(trouble.into_response());
    check_shape(app, request).map_err(refuse)?;
    if request.uri().path().starts_with("/static/") {
        return Ok(false);
    }
    let guest = identify(app, request.headers(), visitor).map_err(refuse)?;
    let open = matches!(request.uri().path(), "/vi/login" | "/en/login" | "/vi/theme" | "/en/theme");
    if app.accounts.is_some() && visitor.user.is_none() && !open {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Err(refuse(Trouble::foreign_form()));
        }
        return Err(Box::new(Redirect::to(&login_address(visitor)).into_response()));
    }
    Ok(guest)
}

fn login_address(visitor: &Visitor) -> String {
    let next = crate::department::dashboard::address::encoded(&visitor.path);
    format!("/{}/login?next={next}", visitor.language.tag())
}

fn check_shape(app: &App, request: &Request) -> Result<(), Trouble> {
    let headers = request.headers();
    let host = only(headers, &header::HOST).filter(|host| app.hosts.allows(host)).ok_or_else(Trouble::wrong_host)?;
    if request.uri().to_string().len() > MAX_ADDRESS_BYTES {
        return Err(Trouble::from_status(StatusCode::URI_TOO_LONG));
    }
    let length = only(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok()).unwrap_or(0);
    if length > MAX_BODY_BYTES as u64 {
        return Err(Trouble::from_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    if request.version() < Version::HTTP_10 || request.uri().authority().is_some() {
        return Err(Trouble::from_status(StatusCode::BAD_REQUEST));
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null"));
        if !same_origin(origin, only(headers, &FETCH_SITE), host) {
            return Err(Trouble::foreign_form());
        }
    }
    Ok(())
}

fn identify(app: &App, headers: &HeaderMap, visitor: &mut Visitor) -> Result<bool, Trouble> {
    let session = cookie(headers, session_cookie(app.https)).filter(|name| is_name(name));
    if let (Some(accounts), Some(session)) = (&app.accounts, session) {
        visitor.user = accounts.user(session).map_err(|error| app.failed(&error))?;
        if visitor.user.is_some() {
            visitor.cookie = session.to_owned();
            visitor.token = form_token(&app.secret, session);
            return Ok(false);
        }
    }
    let known = cookie(headers, GUEST).filter(|name| is_name(name)).map(str::to_owned);
    let new = known.is_none();
    visitor.cookie = known.map_or_else(random_name, Ok).map_err(|error| app.failed(&error))?;
    visitor.token = form_token(&app.secret, &visitor.cookie);
    Ok(new)
}

/// Language and theme, which a refusal needs too.
fn reader_of(request: &Request) -> Visitor {
    let headers = request.headers();
    let wished = || Language::wished(only(headers, &header::ACCEPT_LANGUAGE).unwrap_or(""));
    let first = request.uri().path().split('/').nth(1).unwrap_or("");
    Visitor {
        language: Language::from_tag(first).unwrap_or_else(wished),
        theme: Theme::from_word(cookie(headers, THEME).unwrap_or("")),
        user: None,
        cookie: String::new(),
        token: String::new(),
        path: request.uri().path_and_query().map_or_else(|| Uri::default().to_string(), ToString::to_string),
        from: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    }
}

/// Where the request comes from; the last step that the trusted proxy saw.
fn address_of(request: &Request, proxy: Option<IpAddr>) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<Caller>>().map(|info| info.0.0);
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if proxy != Some(peer) {
        return peer;
    }
    let mut lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let last = lines.next_back().and_then(|line| line.rsplit(',').next());
    last.and_then(|address| address.trim().parse().ok()).unwrap_or(peer)
}

fn draw_refusal(response: &mut Response, visitor: &Visitor, head: bool) {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return;
    }
    let trouble = response.extensions_mut().remove::<Trouble>().unwrap_or_else(|| Trouble::from_status(status));
    let kept: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    let page = refusal::page(visitor, &trouble).into_string();
    let mut drawn = (trouble.status, axum::response::Html(page)).into_response();
    if head {
        *drawn.body_mut() = axum::body::Body::empty();
    }
    for cookie in kept {
        drawn.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if let Some(seconds) = trouble.retry_after_seconds {
        drawn.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    *response = drawn;
}
