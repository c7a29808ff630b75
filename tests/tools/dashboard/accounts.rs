//! Accounts: who sees what, sessions, and guessing.

use super::sample::{Sample, SampleCalendar, SampleReports};
use super::server::{PASSPHRASE, Server};
use haidang::base::clock::Clock;
use haidang::department::dashboard::users::{self, Role};
use haidang::department::dashboard::{DashboardError, ServeOptions, serve};
use std::sync::Arc;

const SESSION: &str = "haidang-session";
const MINUTE: u64 = 60_000;

#[test]
fn nothing_is_shown_without_signing_in() {
    let server = Server::with_accounts();
    let mut client = server.client();
    for path in
        ["/vi/overview/nation", "/vi/table/nation/items.csv", "/vi/report/nation/pdf", "/vi/nothing/nation", "/", "/vi"]
    {
        let answer = client.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").is_some_and(|to| to.starts_with("/vi/login?next=")), "{path}");
    }
    let answer = client.get("/en/login?next=%2Fen%2Fitems%2Fnation");
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("Sign in") && !answer.text().contains("Tỉnh mẫu"));
}

#[test]
fn a_role_opens_its_own_units_only() {
    let server = Server::with_accounts();
    let seen = |name: &str, unit: &str| {
        let mut client = server.signed_in(name);
        let paths = [
            format!("/vi/overview/{unit}"),
            format!("/vi/places/{unit}"),
            format!("/vi/kiosks/{unit}"),
            format!("/vi/table/{unit}/items.csv"),
            format!("/vi/report/{unit}/pdf"),
        ];
        let statuses: Vec<u16> = paths.iter().map(|path| client.get(path).status).collect();
        assert!(statuses.iter().all(|status| *status == statuses[0]), "{name} {unit}: {statuses:?}");
        statuses[0]
    };
    for (name, unit, status) in [
        ("bo", "nation", 200),
        ("bo", "kiosk-2.1.1.k1", 200),
        ("tinh-1", "province-1", 200),
        ("tinh-1", "school-1.2.3", 200),
        ("tinh-1", "nation", 403),
        ("tinh-1", "province-2", 403),
        ("tinh-1", "school-2.1.1", 403),
        ("truong-1", "school-1.1.1", 200),
        ("truong-1", "kiosk-1.1.1.k2", 200),
        ("truong-1", "school-1.1.2", 403),
        ("truong-1", "commune-1.1", 403),
        ("truong-1", "province-1", 403),
        ("truong-1", "nation", 403),
        ("truong-1", "kiosk-1.1.2.k1", 403),
    ] {
        assert_eq!(seen(name, unit), status, "{name} {unit}");
    }
    let text = server.signed_in("truong-1").get("/vi/overview/school-1.1.2").text();
    assert!(text.contains("chỉ xem được đơn vị của mình") && text.contains("sees its own unit"));
    assert!(!text.contains("Trường THPT mẫu"), "not even its name");
}

#[test]
fn signing_in_leads_to_ones_own_unit_and_out_ends_the_session() {
    let server = Server::with_accounts();
    let mut client = server.signed_in("truong-1");
    let answer = client.get("/vi");
    assert_eq!(answer.header("location"), Some("/vi/overview/school-1.1.1?period=school-year"));
    let session = client.cookies[SESSION].clone();
    let token = client.get("/vi/overview/school-1.1.1").token();
    assert_eq!(client.post("/vi/logout", &[("token", "x")]).status, 403);
    assert_eq!(client.post("/vi/logout", &[("token", &token)]).status, 303);
    assert!(!client.cookies.contains_key(SESSION));
    client.cookies.insert(SESSION.to_owned(), session);
    assert_eq!(client.get("/vi/overview/school-1.1.1").status, 303, "the old name is worth nothing");
}

#[test]
fn the_session_cookie_is_hidden_from_scripts_and_other_sites() {
    let server = Server::with_accounts();
    let mut client = server.client();
    let answer = client.sign_in("bo", PASSPHRASE);
    let cookie = answer.headers.iter().find(|(_, value)| value.starts_with(SESSION)).map(|(_, value)| value.as_str());
    let cookie = cookie.expect("a session");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && cookie.contains("; Path=/"));
    let name = cookie.split(['=', ';']).nth(1).expect("a value");
    assert!(name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit()), "256 bits");
}

#[test]
fn a_session_planted_before_signing_in_is_never_valid() {
    let server = Server::with_accounts();
    let planted = "a".repeat(64);
    let mut victim = server.client();
    victim.cookies.insert(SESSION.to_owned(), planted.clone());
    assert_eq!(victim.sign_in("bo", PASSPHRASE).status, 303);
    assert_ne!(victim.cookies[SESSION], planted);
    let first = victim.cookies[SESSION].clone();
    let mut attacker = server.client();
    attacker.cookies.insert(SESSION.to_owned(), planted);
    assert_eq!(attacker.get("/vi/overview/nation").status, 303);
    // Another sign-in in the same browser renews the name once more: the login page is only shown when signed out.
    let token = victim.get("/vi/overview/nation").token();
    let form = [("token", token.as_str()), ("name", "tinh-1"), ("passphrase", PASSPHRASE), ("next", "/vi")];
    assert_eq!(victim.post("/vi/login", &form).status, 303);
    assert_ne!(victim.cookies[SESSION], first);
    attacker.cookies.insert(SESSION.to_owned(), first);
    assert_eq!(attacker.get("/vi/overview/nation").status, 303);
}

#[test]
fn signing_in_needs_the_form_of_this_browser() {
    let server = Server::with_accounts();
    let mut client = server.client();
    let form = [("name", "bo"), ("passphrase", PASSPHRASE), ("next", "/vi")];
    assert_eq!(client.post("/vi/login", &form).status, 403);
    let mut other = server.client();
    let token = other.get("/vi/login").token();
    let form = [("token", token.as_str()), ("name", "bo"), ("passphrase", PASSPHRASE)];
    assert_eq!(client.post("/vi/login", &form).status, 403);
}

#[test]
fn after_signing_in_nobody_is_led_elsewhere() {
    let server = Server::with_accounts();
    let mut client = server.client();
    let token = client.get("/vi/login?next=https%3A%2F%2Fevil.example").token();
    let form = [("token", token.as_str()), ("name", "bo"), ("passphrase", PASSPHRASE), ("next", "//evil.example")];
    assert_eq!(client.post("/vi/login", &form).header("location"), Some("/"));
}

#[test]
fn sessions_end_by_idleness_and_when_the_account_goes() {
    let server = Server::with_accounts();
    let mut client = server.signed_in("bo");
    server.clock.step(29 * MINUTE);
    assert_eq!(client.get("/vi/overview/nation").status, 200);
    server.clock.step(31 * MINUTE);
    assert_eq!(client.get("/vi/overview/nation").status, 303);
    let (mut ministry, mut province) = (server.signed_in("bo"), server.signed_in("tinh-1"));
    users::remove(server.users.as_deref().expect("accounts"), "bo").expect("removed");
    assert_eq!(ministry.get("/vi/overview/nation").status, 303);
    assert_eq!(province.get("/vi/overview/province-1").status, 200);
    std::fs::write(server.users.as_deref().expect("accounts"), "nonsense").expect("written");
    let answer = province.get("/vi/overview/province-1");
    assert_eq!(answer.status, 500);
    assert!(!answer.text().contains("users.csv"));
}

#[test]
fn guessing_is_slowed_down_for_the_account_and_the_address() {
    let server = Server::with_accounts();
    let mut client = server.client();
    for round in 0..6 {
        let answer = client.sign_in("bo", &format!("sai mật khẩu {round}"));
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("Tên hoặc mật khẩu chưa đúng"));
    }
    let answer = client.sign_in("bo", PASSPHRASE);
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("2")));
    assert!(answer.text().contains("Hãy chờ 2 giây") && answer.text().contains("Wait 2 seconds"));
    let answer = server.client().sign_in("tinh-1", PASSPHRASE);
    assert_eq!(answer.status, 429, "the address waits, whichever account");
    server.clock.step(2_000);
    assert_eq!(client.sign_in("bo", "vẫn còn sai đây").status, 200);
    let answer = client.sign_in("bo", PASSPHRASE);
    assert_eq!(answer.header("retry-after"), Some("4"), "longer each time");
    server.clock.step(4_000);
    assert_eq!(client.sign_in("bo", PASSPHRASE).status, 303);
}

#[test]
fn an_unknown_account_is_answered_like_a_known_one() {
    let server = Server::with_accounts();
    let mut client = server.client();
    let known = client.sign_in("bo", "không đúng mật khẩu");
    let unknown = client.sign_in("so", "không đúng mật khẩu");
    let plain = |text: String, name: &str| text.replace(&format!("value=\"{name}\""), "");
    assert_eq!(known.status, unknown.status);
    assert_eq!(plain(known.text(), "bo"), plain(unknown.text(), "so"));
}

fn options(address: &str, users: Option<std::path::PathBuf>) -> ServeOptions {
    ServeOptions {
        address: address.parse().expect("address"),
        users,
        hosts: Vec::new(),
        https: false,
        proxy: None,
        calendar: Arc::new(SampleCalendar),
        reports: Arc::new(SampleReports),
        place_errors: Arc::new(|| 0),
        clock: Clock::stepped(0),
        tell: Arc::new(|notice| panic!("opened all the same: {notice:?}")),
        stop: Box::pin(async {}),
    }
}

#[test]
fn a_dashboard_open_to_others_needs_accounts() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("users.csv");
    for address in ["0.0.0.0:0", "[::]:0", "192.168.1.5:8080"] {
        let refused = runtime.block_on(serve(Arc::new(Sample), options(address, None)));
        assert!(matches!(refused, Err(DashboardError::AccountsNeeded(_))), "{address}");
        let refused = runtime.block_on(serve(Arc::new(Sample), options(address, Some(path.clone()))));
        assert!(matches!(refused, Err(DashboardError::Users(_))), "{address}");
    }
    users::add(&path, "bo", Role::Ministry, &mut || Ok(Some(PASSPHRASE.to_owned()))).expect("added");
    users::remove(&path, "bo").expect("removed");
    let refused = runtime.block_on(serve(Arc::new(Sample), options("127.0.0.1:0", Some(path))));
    assert!(matches!(refused, Err(DashboardError::NoAccounts(_))));
}
