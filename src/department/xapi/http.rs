//! A learning record store behind HTTP, as the specification's third part tells it. No redirects are followed, for they
//! would carry the password elsewhere; without TLS only this machine is spoken to.

use super::credentials::Credentials;
use super::sending::{Lrs, Patience, Reply};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;
use std::io;
use std::time::Duration;
use tokio::runtime::Runtime;

const VERSION: &str = "1.0.3";
const CONNECT_WITHIN: Duration = Duration::from_secs(20);
/// A busy store may think long over a large batch.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);
/// The most of an answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// Where statements go: an LRS's address and `statements` below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    #[error("đây không phải địa chỉ http hay https · this is no http or https address")]
    Malformed,
    #[error(
        "địa chỉ không được chứa tên hay mật khẩu; hãy dùng --credentials · no user or password in an address; use \
         --credentials"
    )]
    HoldsPassword,
    #[error(
        "mật khẩu chỉ đi qua https, trừ trên chính máy này · a password goes over https only, except on this machine"
    )]
    NotEncrypted,
}

impl Address {
    /// Of the endpoint as an LRS names it, such as `https://lrs.example.vn/xAPI`.
    pub fn new(text: &str) -> Result<Self, NoAddress> {
        let mut url = Url::parse(text).map_err(|_| NoAddress::Malformed)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NoAddress::HoldsPassword);
        }
        if !["http", "https"].contains(&url.scheme()) || url.query().is_some() || url.fragment().is_some() {
            return Err(NoAddress::Malformed);
        }
        if url.scheme() == "http" && !is_this_machine(&url) {
            return Err(NoAddress::NotEncrypted);
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/statements").unwrap_or(path);
        url.set_path(&format!("{path}/statements"));
        Ok(Self(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Speaks to a store, one question at a time. Not to be used inside another runtime.
pub struct HttpLrs {
    runtime: Runtime,
    client: reqwest::Client,
    address: Address,
    credentials: Credentials,
}

impl HttpLrs {
    pub fn new(address: Address, credentials: Credentials) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .user_agent(concat!("haidang-visits/", env!("CARGO_PKG_VERSION")));
        // A proxy would not find what listens on this machine only.
        let client = if is_this_machine(&address.0) { client.no_proxy() } else { client };
        let client = client.build().map_err(io::Error::other)?;
        Ok(Self { runtime, client, address, credentials })
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let request = self.client.request(method, url).header("X-Experience-API-Version", VERSION);
        request.basic_auth(&self.credentials.user, Some(&self.credentials.password))
    }

    fn ask(&self, request: RequestBuilder) -> Result<Answer, Reply> {
        self.runtime.block_on(async {
            let response = request.send().await.map_err(|error| unheard(&error))?;
            let (status, after) = (response.status(), wait_asked(&response));
            Ok(Answer { status, after, body: body(response).await? })
        })
    }
}

impl Lrs for HttpLrs {
    fn store(&mut self, statements: &[&Value]) -> Reply {
        let Ok(text) = serde_json::to_vec(statements) else { return Reply::Refused("no JSON".to_owned()) };
        let request = self.request(Method::POST, self.address.0.clone());
        match self.ask(request.header(CONTENT_TYPE, "application/json").body(text)) {
            Ok(answer) => answer.meaning(),
            Err(reply) => reply,
        }
    }

    fn stored(&mut self, id: &str) -> Result<Option<Value>, Reply> {
        let mut url = self.address.0.clone();
        url.query_pairs_mut().append_pair("statementId", id);
        let answer = self.ask(self.request(Method::GET, url))?;
        match (answer.status, answer.meaning()) {
            (StatusCode::NOT_FOUND, _) => Ok(None),
            (_, Reply::Kept) => Ok(serde_json::from_slice(&answer.body).ok().map(|value| the_one(value, id))),
            (_, reply) => Err(reply),
        }
    }
}

struct Answer {
    status: StatusCode,
    after: Option<Duration>,
    body: Vec<u8>,
}

impl Answer {
    fn meaning(&self) -> Reply {
        let words = String::from_utf8_lossy(&self.body[..self.body.len().min(1000)]);
        let why = format!("{} {words}", self.status);
        match self.status.as_u16() {
            200..=299 => Reply::Kept,
            409 => Reply::Conflict(why),
            401 | 403 | 404 | 405 | 501 => Reply::Never(why),
            408 | 425 | 429 | 500..=599 => Reply::NotNow { why, after: self.after },
            400..=499 => Reply::Refused(why),
            _ => Reply::Never(why),
        }
    }
}

/// Some stores answer with a list of one.
fn the_one(answer: Value, id: &str) -> Value {
    let list = answer["statements"].as_array();
    list.and_then(|list| list.iter().find(|statement| statement["id"] == id).cloned()).unwrap_or(answer)
}

fn unheard(error: &reqwest::Error) -> Reply {
    let mut why = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        why = format!("{why}: {deeper}");
        cause = deeper.source();
    }
    Reply::NotNow { why, after: None }
}

/// Seconds, as stores write it; a date would need a clock that is right.
fn wait_asked(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

async fn body(mut response: Response) -> Result<Vec<u8>, Reply> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unheard(&error))? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(Reply::Never("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Waits on the machine's clock.
pub struct Clock(Runtime);

impl Clock {
    pub fn new() -> io::Result<Self> {
        tokio::runtime::Builder::new_current_thread().enable_time().build().map(Self)
    }
}

impl Patience for Clock {
    fn wait(&mut self, how_long: Duration) {
        self.0.block_on(async { tokio::time::sleep(how_long).await });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    #[test]
    fn passwords_go_over_tls_or_stay_on_this_machine() {
        let of = |text| Address::new(text).map(|address| address.as_str().to_owned());
        assert_eq!(of("https://lrs.a.vn/xAPI/"), Ok("https://lrs.a.vn/xAPI/statements".to_owned()));
        assert_eq!(of("https://lrs.a.vn/xAPI/statements"), Ok("https://lrs.a.vn/xAPI/statements".to_owned()));
        assert_eq!(of("http://127.0.0.1:8100/xAPI"), Ok("http://127.0.0.1:8100/xAPI/statements".to_owned()));
        assert_eq!(of("http://[::1]:8100"), Ok("http://[::1]:8100/statements".to_owned()));
        assert_eq!(of("http://lrs.a.vn/xAPI"), Err(NoAddress::NotEncrypted));
        assert_eq!(of("http://localhost.a.vn/xAPI"), Err(NoAddress::NotEncrypted));
        assert_eq!(of("https://u:p@lrs.a.vn/xAPI"), Err(NoAddress::HoldsPassword));
        for bad in ["lrs", "ftp://a.vn", "https://a.vn/?x=1", "https://a.vn/#x"] {
            assert_eq!(of(bad), Err(NoAddress::Malformed), "{bad}");
        }
    }

    #[test]
    fn each_answer_has_one_meaning() {
        let of = |status: u16| {
            let status = StatusCode::from_u16(status).expect("status");
            Answer { status, after: None, body: b"{}".to_vec() }.meaning()
        };
        assert_eq!((of(200), of(204)), (Reply::Kept, Reply::Kept));
        assert!(matches!(of(409), Reply::Conflict(_)));
        for status in [400, 413, 422] {
            assert!(matches!(of(status), Reply::Refused(_)), "{status}");
        }
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(matches!(of(status), Reply::NotNow { .. }), "{status}");
        }
        for status in [301, 302, 307, 401, 403, 404, 405] {
            assert!(matches!(of(status), Reply::Never(_)), "{status}");
        }
    }

    /// Answers one request on loopback; gives back what was asked.
    fn answer_once(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
        let address = format!("http://{}/xAPI", listener.local_addr().expect("address"));
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("accepted");
            let mut asked = Vec::new();
            let mut bytes = [0; 4096];
            loop {
                let count = stream.read(&mut bytes).expect("read");
                asked.extend_from_slice(&bytes[..count]);
                let text = String::from_utf8_lossy(&asked).to_lowercase();
                let head = text.find("\r\n\r\n");
                let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
                if count == 0 || head.is_some_and(|head| asked.len() >= head + 4 + length.unwrap_or(0)) {
                    break;
                }
            }
            stream.write_all(answer.as_bytes()).expect("answered");
            String::from_utf8(asked).expect("text")
        });
        (address, thread)
    }

    fn lrs(address: &str) -> HttpLrs {
        let credentials = Credentials { user: "u".into(), password: "p".into() };
        HttpLrs::new(Address::new(address).expect("address"), credentials).expect("made")
    }

    #[test]
    fn a_batch_is_posted_with_version_and_password() {
        let (address, asked) = answer_once("HTTP/1.1 204 No Content\r\n\r\n");
        assert_eq!(lrs(&address).store(&[&json!({ "id": "a" })]), Reply::Kept);
        let asked = asked.join().expect("joined");
        assert!(asked.starts_with("POST /xAPI/statements HTTP/1.1"), "{asked}");
        assert!(asked.to_lowercase().contains("x-experience-api-version: 1.0.3"), "{asked}");
        assert!(asked.contains("Basic dTpw"), "{asked}");
        assert!(asked.ends_with(r#"[{"id":"a"}]"#), "{asked}");
    }

    #[test]
    fn a_redirect_is_not_followed_and_a_wait_is_heard() {
        let (address, _asked) =
            answer_once("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(lrs(&address).store(&[]), Reply::Never(_)));
        let (address, _asked) = answer_once("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        let reply = lrs(&address).store(&[]);
        assert!(matches!(reply, Reply::NotNow { after: Some(after), .. } if after.as_secs() == 7), "{reply:?}");
    }

    #[test]
    fn nobody_there_is_not_now() {
        let free = TcpListener::bind("127.0.0.1:0").expect("bound").local_addr().expect("address");
        assert!(matches!(lrs(&format!("http://{free}")).store(&[]), Reply::NotNow { .. }));
    }
}
