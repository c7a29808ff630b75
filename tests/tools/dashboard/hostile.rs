//! Requests that mean harm, each refused with a reason.

use super::client::{Answer, Client, encoded_form};
use super::server::Server;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn assert_refused(answer: &Answer, status: u16, reason: &str) {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    assert!(text.contains(reason), "{reason}: {text}");
    assert!(text.contains("lang=\"en\"") && text.contains("lang=\"vi\""), "both languages");
    assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    for inside in ["panicked", ".rs:", "src/", "axum", "hyper", "secret-path"] {
        assert!(!text.contains(inside), "{inside}");
    }
}

#[test]
fn every_answer_carries_the_headers() {
    let server = Server::open();
    let mut client = server.client();
    for path in
        ["/", "/vi", "/vi/overview/nation", "/nothing/here", "/static/dashboard.css", "/vi/table/nation/items.csv"]
    {
        let answer = client.get(path);
        let policy = answer.header("content-security-policy").expect(path);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("server"), None, "{path}");
    }
}

#[test]
fn names_rebound_to_this_machine_are_refused() {
    let server = Server::open();
    let port = server.address.port();
    let mut client = server.client();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        "localhost:1".into(),
        String::new(),
    ] {
        let answer = client.send("GET", "/vi/overview/nation", &[("Host", &host)], "");
        assert_refused(&answer, 421, "Sai tên máy chủ");
        let answer = client.send("GET", "/static/dashboard.css", &[("Host", &host)], "");
        assert_eq!(answer.status, 421);
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), "thongke.example.vn".into()] {
        assert_eq!(client.send("GET", "/vi/overview/nation", &[("Host", &host)], "").status, 200, "{host}");
    }
    let twice =
        format!("GET /vi HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(matches!(client.raw(twice.as_bytes()).status, 400 | 421));
    let absolute =
        format!("GET http://evil.example/vi HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert!(matches!(client.raw(absolute.as_bytes()).status, 400 | 421));
}

#[test]
fn no_path_leads_out_of_the_table_of_assets() {
    let server = Server::open();
    let mut client = server.client();
    let hostile = [
        "/static/../Cargo.toml",
        "/static/..%2f..%2fCargo.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/....//etc/passwd",
        "/static/dashboard.css%00.png",
        "/static/",
        "/../../etc/passwd",
        "/vi/overview/../../etc/passwd",
        "/vi/table/nation/..%2f..%2fusers.csv",
        "/vi/report/nation/..%2fpdf",
        "/vi/overview/school-..%2f..%2fetc",
        "/vi/overview/%ff%fe",
        "/vi\\overview\\nation",
        "/fr/overview/nation",
        "/vi/overview/province-99",
        "/vi/admin/nation",
    ];
    for path in hostile {
        let answer = client.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("root:") && !answer.text().contains("[package]"), "{path}");
    }
    assert_refused(&client.get("/vi/nothing/nation"), 404, "Không có trang này");
}

#[test]
fn oversized_requests_are_refused() {
    let server = Server::open();
    let mut client = server.client();
    let token = client.get("/vi/overview/nation").token();
    let long = "x".repeat(20_000);
    let answer = client.post("/vi/theme", &[("token", &token), ("to", &long)]);
    assert_refused(&answer, 413, "Gửi quá nhiều");
    let chunked = format!(
        "POST /vi/theme HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        server.address,
        long.len(),
        long
    );
    assert_refused(&client.raw(chunked.as_bytes()), 413, "Gửi quá nhiều");
    assert_refused(&client.get(&format!("/vi/items/nation?q={}", "y".repeat(5_000))), 414, "Địa chỉ quá dài");
    let many: String = (0..2_000).map(|n| format!("X-{n}: {}\r\n", "z".repeat(300))).collect();
    let headers = format!("GET /vi HTTP/1.1\r\nHost: {}\r\n{many}\r\n", server.address);
    assert_eq!(client.raw(headers.as_bytes()).status, 431);
    assert_eq!(client.get("/vi/overview/nation").status, 200, "still serving");
}

#[test]
fn forms_without_our_token_or_from_elsewhere_are_refused() {
    let server = Server::open();
    let mut client = server.client();
    let token = client.get("/vi/overview/nation").token();
    let form = [("token", token.as_str()), ("to", "dark"), ("back", "/vi")];
    assert_eq!(client.post("/vi/theme", &form).status, 303);
    assert_refused(
        &client.post("/vi/theme", &[("to", "dark"), ("back", "/vi")]),
        403,
        "Biểu mẫu không được gửi từ trang này",
    );
    let wrong = "0".repeat(64);
    assert_refused(&client.post("/vi/theme", &[("token", &wrong), ("to", "dark")]), 403, "Biểu mẫu");
    let body = encoded_form(&form);
    for foreign in [("Origin", "http://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")] {
        assert_refused(&client.send("POST", "/vi/theme", &[FORM, foreign], &body), 403, "Biểu mẫu");
    }
    let mut other = server.client();
    other.get("/vi/overview/nation");
    assert_refused(&other.post("/vi/theme", &form), 403, "Biểu mẫu");
    assert_eq!(client.send("PUT", "/vi/theme", &[], "").status, 405);
    assert_eq!(client.send("POST", "/vi/overview/nation", &[], "").status, 405);
    assert_eq!(client.send("POST", "/vi/theme", &[("Content-Type", "text/plain")], "a").status, 415);
}

#[test]
fn nothing_sent_back_breaks_a_header_or_leads_elsewhere() {
    let server = Server::open();
    let mut client = server.client();
    let token = client.get("/vi/overview/nation").token();
    let hostile = [
        "https://evil.example/",
        "//evil.example/",
        "/vi//evil.example",
        "/\\evil.example",
        "/vi\r\nSet-Cookie: planted=1",
        "/vi%0d%0aX: y\r\n\r\n<h1>",
        "javascript:alert(1)",
        "/vi\u{2028}x",
    ];
    for back in hostile {
        let answer = client.post("/vi/theme", &[("token", &token), ("to", "dark"), ("back", back)]);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{back:?}");
        assert_eq!(answer.headers.iter().filter(|(name, _)| name == "set-cookie").count(), 1, "{back:?}");
    }
    let answer = client.post("/vi/theme", &[("token", &token), ("to", "dark; Path=/x\r\nX-A: b"), ("back", "/vi")]);
    assert!(answer.header("set-cookie").is_some_and(|cookie| cookie.starts_with("haidang-theme=auto;")));
    assert_eq!(answer.header("x-a"), None);
    let injected = client.get("/vi/overview/nation?period=own&first=2026-01-01%0d%0aX:1&last=2026-02-01");
    assert_eq!((injected.status, injected.header("x")), (400, None));
}

#[test]
fn what_fails_inside_is_told_to_the_log_and_never_to_the_reader() {
    let server = Server::open();
    let answer = server.client().get("/vi/overview/nation?period=own&first=2013-01-01&last=2013-02-01");
    assert_refused(&answer, 500, "lỗi bên trong");
    assert!(!answer.text().contains("fire"));
    let troubles = server.troubles.lock().expect("sound");
    let (number, cause) = troubles[0].split_once(' ').expect("number and cause");
    assert!(answer.text().contains(number) && cause.contains("secret-path"));
    let answer = server.client().get("/vi/overview/nation?period=own&first=2014-01-01&last=2014-02-01");
    assert_refused(&answer, 422, "Kỳ này nằm trước ngày đặt máy.");
}

#[test]
fn broken_requests_do_not_stop_the_server() {
    let server = Server::open();
    let client: Client = server.client();
    let host = server.address;
    let broken = [
        format!("GET / HTTP/9.9\r\nHost: {host}\r\n\r\n"),
        format!("G\u{1}T / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nA b: c\r\n\r\n"),
    ];
    for request in broken {
        assert_eq!(client.raw(request.as_bytes()).status, 400, "{request}");
    }
    assert_eq!(server.client().get("/vi/overview/nation").status, 200);
}
