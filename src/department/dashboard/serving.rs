//! The dashboard on the network: which address leads to what.

use super::address::{Address, Page, UnitRef, View, own_path};
use super::app::{App, Theme, Visitor};
use super::assets;
use super::choice::Choice;
use super::guard::accounts::{Accounts, SignIn};
use super::guard::connection::{Caller, Doorkeeper};
use super::guard::gate::{MAX_BODY_BYTES, THEME, add_cookie, check_token, gate, session_cookie};
use super::guard::headers::set_cookie;
use super::guard::host::Hosts;
use super::guard::secrets::random_secret;
use super::language::Language;
use super::options::{DashboardError, Notice, ServeOptions};
use super::pages::{self, Shown, login, places};
use super::tables::csv;
use super::tables::of_figures::Tables;
use super::trouble::Trouble;
use super::wording::Wording;
use crate::department::answers::Answers;
use crate::department::figures::{Figures, Period, Unit};
use axum::extract::{DefaultBodyLimit, Extension, Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use maud::Markup;
use std::sync::Arc;
use tokio::net::TcpListener;

type Pairs = Vec<(String, String)>;

/// A theme is kept for a year.
const THEME_SECONDS: u64 = 365 * 24 * 3600;

/// Serves until `options.stop` is ready.
pub async fn serve(answers: Arc<dyn Answers>, options: ServeOptions) -> Result<(), DashboardError> {
    let accounts = open_accounts(&options)?;
    let bind = |source| DashboardError::Bind { address: options.address, source };
    let listener = TcpListener::bind(options.address).await.map_err(bind)?;
    let address = listener.local_addr().map_err(bind)?;
    if !address.ip().is_loopback() && !options.https {
        (options.tell)(Notice::NotEncrypted(address));
    }
    (options.tell)(Notice::Listening(address));
    let app = Arc::new(App {
        answers,
        calendar: options.calendar,
        reports: options.reports,
        place_errors: options.place_errors,
        clock: options.clock,
        tell: options.tell,
        hosts: Hosts::new(address, &options.hosts, accounts.is_some()),
        accounts,
        https: options.https,
        proxy: options.proxy,
        secret: random_secret().map_err(DashboardError::NoRandomness)?,
    });
    let service = router(app).into_make_service_with_connect_info::<Caller>();
    let door = Doorkeeper::new(listener, options.proxy);
    axum::serve(door, service).with_graceful_shutdown(options.stop).await.map_err(DashboardError::Network)
}

fn open_accounts(options: &ServeOptions) -> Result<Option<Accounts>, DashboardError> {
    let Some(path) = &options.users else {
        let own_machine = options.address.ip().is_loopback();
        return if own_machine { Ok(None) } else { Err(DashboardError::AccountsNeeded(options.address)) };
    };
    let accounts = Accounts::open(path.clone(), options.clock.clone())?;
    if accounts.is_empty() { Err(DashboardError::NoAccounts(path.clone())) } else { Ok(Some(accounts)) }
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(first))
        .route("/static/{name}", get(asset))
        .route("/{language}", get(home))
        .route("/{language}/login", get(show_login).post(sign_in))
        .route("/{language}/logout", post(sign_out))
        .route("/{language}/theme", post(choose_theme))
        .route("/{language}/{page}/{unit}", get(show_page))
        .route("/{language}/table/{unit}/{file}", get(download_table))
        .route("/{language}/report/{unit}/{extension}", get(download_report))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .fallback(|| async { Trouble::not_found() })
        .layer(middleware::from_fn_with_state(Arc::clone(&app), gate))
        .with_state(app)
}

async fn first(Extension(visitor): Extension<Visitor>) -> Redirect {
    Redirect::to(&format!("/{}", visitor.language.tag()))
}

async fn asset(Path(name): Path<String>, Query(pairs): Query<Pairs>) -> Result<Response, Trouble> {
    let asset = assets::find(&name).ok_or_else(Trouble::not_found)?;
    // An address with the file's hash never shows another file.
    let hashed = assets::address(&name).ends_with(value(&pairs, "v")) && !value(&pairs, "v").is_empty();
    let keep = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let headers = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, keep)];
    Ok((headers, asset.bytes).into_response())
}

async fn home(
    Path(tag): Path<String>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Pairs>,
) -> Result<Redirect, Trouble> {
    let language = language(&tag)?;
    let choice = Choice::parse(&pairs).map_err(Trouble::bad)?;
    let address = Address { language, page: Page::Overview, unit: visitor.home(), choice, view: View::default() };
    Ok(Redirect::to(&address.to_string()))
}

fn language(tag: &str) -> Result<Language, Trouble> {
    Language::from_tag(tag).ok_or_else(Trouble::not_found)
}

fn html(markup: Markup) -> Response {
    Html(markup.into_string()).into_response()
}

/// The figures of what an address asks for, if the visitor may see them.
struct Looked {
    address: Address,
    wording: Wording,
    chain: Vec<Unit>,
    period: Period,
    figures: Figures,
}

async fn look(
    app: &App,
    visitor: &Visitor,
    tag: &str,
    page: Page,
    unit: &str,
    pairs: &Pairs,
) -> Result<Looked, Trouble> {
    let choice = Choice::parse(pairs).map_err(Trouble::bad)?;
    let unit = UnitRef::parse(unit).ok_or_else(Trouble::not_found)?;
    let address = Address { language: language(tag)?, page, unit, choice, view: View::parse(pairs) };
    let period = address.choice.period(&*app.calendar, app.today()).map_err(Trouble::bad)?;
    let (unit, chain) = app.unit_for(visitor, &address.unit, period.last.min(app.today())).await?;
    let figures = app.ask(app.answers.figures(&unit, &period)).await?;
    let wording = Wording { language: address.language, threshold: figures.threshold };
    Ok(Looked { address, wording, chain, period, figures })
}

async fn show_page(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path((tag, page, unit)): Path<(String, String, String)>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Trouble> {
    let page = Page::from_segment(&page).ok_or_else(Trouble::not_found)?;
    let looked = look(&app, &visitor, &tag, page, &unit, &pairs).await?;
    let shown = Shown {
        app: &app,
        visitor: &visitor,
        address: &looked.address,
        wording: looked.wording,
        figures: &looked.figures,
        chain: &looked.chain,
        period: &looked.period,
        today: app.today(),
    };
    Ok(html(match page {
        Page::Overview => pages::overview::page(&shown),
        Page::Items => pages::items::page(&shown),
        Page::Places => {
            let found = places::search(
                &app,
                &looked.figures.unit,
                &looked.address.view.wish,
                shown.today.min(looked.period.last),
            )
            .await?;
            places::page(&shown, &found)
        }
        Page::Kiosks => pages::kiosks::page(&shown),
        Page::Reports => pages::reports::page(&shown),
    }))
}

async fn download_table(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path((tag, unit, file)): Path<(String, String, String)>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Trouble> {
    let name = file.strip_suffix(".csv").ok_or_else(Trouble::not_found)?;
    let looked = look(&app, &visitor, &tag, Page::Overview, &unit, &pairs).await?;
    let tables = Tables { figures: &looked.figures, wording: looked.wording, address: &looked.address };
    let table = tables.named(name).ok_or_else(Trouble::not_found)?;
    let bytes = csv::bytes(&table).map_err(|error| app.failed(&error))?;
    Ok(attachment(&looked, table.name, "csv", "text/csv; charset=utf-8", bytes))
}

async fn download_report(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path((tag, unit, extension)): Path<(String, String, String)>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Trouble> {
    let formats = app.reports.formats();
    let format = formats.iter().find(|format| format.extension == extension).ok_or_else(Trouble::not_found)?;
    let looked = look(&app, &visitor, &tag, Page::Reports, &unit, &pairs).await?;
    let bytes = app.ask(app.reports.write(&looked.figures, format.extension, looked.wording.language)).await?;
    Ok(attachment(&looked, "report", format.extension, format.media_type, bytes))
}

/// A file to keep, named by what it holds: `haidang-items-province-56-2026-09-05-2026-11-20.csv`.
fn attachment(looked: &Looked, what: &str, extension: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let unit: String = looked
        .address
        .unit
        .to_string()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    let (first, last) = (looked.period.first, looked.figures.told_until());
    let name = format!("haidang-{what}-{unit}-{first}-{last}.{extension}");
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

async fn show_login(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(tag): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Trouble> {
    language(&tag)?;
    let next = own_path(value(&pairs, "next"));
    if app.accounts.is_none() || visitor.user.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    Ok(html(login::page(&visitor, next, "", false)))
}

fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(tag): Path<String>,
    headers: HeaderMap,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    language(&tag)?;
    check_token(&visitor, value(&pairs, "token"))?;
    let accounts = app.accounts.as_ref().ok_or_else(Trouble::not_found)?;
    let (name, next) = (value(&pairs, "name").trim(), own_path(value(&pairs, "next")));
    let came_with = super::guard::headers::cookie(&headers, session_cookie(app.https));
    let passphrase: String = value(&pairs, "passphrase").to_owned();
    let outcome =
        accounts.sign_in(name, passphrase, visitor.from, came_with).await.map_err(|error| app.failed(&error))?;
    match outcome {
        SignIn::Wait(seconds) => Err(Trouble::wait(seconds)),
        SignIn::Wrong => {
            let shown: String = name.chars().take(64).collect();
            Ok((StatusCode::OK, html(login::page(&visitor, next, &shown, true))).into_response())
        }
        SignIn::Done(session) => {
            let mut response = Redirect::to(next).into_response();
            add_cookie(&mut response, Some(set_cookie(session_cookie(app.https), &session, None, app.https)));
            Ok(response)
        }
    }
}

async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(tag): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    check_token(&visitor, value(&pairs, "token"))?;
    let accounts = app.accounts.as_ref().ok_or_else(Trouble::not_found)?;
    accounts.sign_out(Some(&visitor.cookie));
    let mut response = Redirect::to(&format!("/{}/login", language(&tag)?.tag())).into_response();
    add_cookie(&mut response, Some(set_cookie(session_cookie(app.https), "", Some(0), app.https)));
    Ok(response)
}

async fn choose_theme(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    Path(tag): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Trouble> {
    language(&tag)?;
    check_token(&visitor, value(&pairs, "token"))?;
    let theme = Theme::from_word(value(&pairs, "to"));
    let mut response = Redirect::to(own_path(value(&pairs, "back"))).into_response();
    add_cookie(&mut response, Some(set_cookie(THEME, theme.word(), Some(THEME_SECONDS), app.https)));
    Ok(response)
}
