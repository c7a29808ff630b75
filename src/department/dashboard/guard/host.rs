//! Under which names the dashboard may be called. A page elsewhere whose name is made to point here (DNS rebinding)
//! calls us by its own name, and is refused.

use std::net::{IpAddr, SocketAddr};

pub struct Hosts {
    address: SocketAddr,
    more: Vec<String>,
    accounts: bool,
}

impl Hosts {
    pub fn new(address: SocketAddr, more: &[String], accounts: bool) -> Self {
        Self { address, more: more.iter().map(|name| name.to_ascii_lowercase()).collect(), accounts }
    }

    /// Whether a `Host` header may be answered. Without accounts: this machine's own names and those given. With
    /// accounts and no names given: any address in figures, and `localhost`.
    pub fn allows(&self, header: &str) -> bool {
        let header = header.to_ascii_lowercase();
        if self.more.contains(&header) {
            return true;
        }
        let Some((name, port)) = split(&header) else { return false };
        if self.more.iter().any(|known| known == name) {
            return true;
        }
        let port_fits = port.unwrap_or(80) == self.address.port();
        let numeric = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match numeric {
            Ok(ip) if ip == self.address.ip() || ip.is_loopback() => port_fits,
            // Figures cannot be rebound: the browser takes them as they are.
            Ok(_) => self.accounts && self.address.ip().is_unspecified() && port_fits,
            Err(_) => name == "localhost" && port_fits,
        }
    }
}

/// Name and port; none when the header is no host.
fn split(header: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = match header.rfind(':').filter(|at| !header[*at..].contains(']')) {
        Some(at) => (&header[..at], Some(header[at + 1..].parse().ok()?)),
        None => (header, None),
    };
    let fine = !name.is_empty() && name.len() <= 253;
    let letters = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    (fine && letters).then_some((name, port))
}

/// Whether a form came from our own page: browsers say where a form was sent from.
pub fn same_origin(origin: Option<&str>, fetch_site: Option<&str>, host: &str) -> bool {
    let origin_fits = origin.is_none_or(|origin| {
        let named = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        named.is_some_and(|named| named.eq_ignore_ascii_case(host))
    });
    origin_fits && fetch_site.is_none_or(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(address: &str, more: &[&str], accounts: bool) -> Hosts {
        let more: Vec<String> = more.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(address.parse().expect("address"), &more, accounts)
    }

    #[test]
    fn loopback_answers_to_its_own_names_only() {
        let hosts = hosts("127.0.0.1:8080", &[], false);
        for good in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(hosts.allows(good), "{good}");
        }
        let bad = [
            "evil.example:8080",
            "localhost.evil.example:8080",
            "127.0.0.1.nip.example:8080",
            "localhost:9090",
            "localhost",
            "",
            ":8080",
            "10.0.0.1:8080",
            "localhost:8080@evil.example",
            "localhost:8080\u{a0}",
            "a b",
        ];
        for bad in bad {
            assert!(!hosts.allows(bad), "{bad}");
        }
    }

    #[test]
    fn an_open_dashboard_answers_to_the_names_it_was_given() {
        let hosts = hosts("0.0.0.0:8080", &["thongke.example.vn"], true);
        assert!(hosts.allows("thongke.example.vn") && hosts.allows("Thongke.example.vn:443"));
        assert!(hosts.allows("192.168.1.5:8080"));
        assert!(!hosts.allows("evil.example:8080"));
    }

    #[test]
    fn forms_from_elsewhere_are_known() {
        assert!(same_origin(None, None, "localhost:8080"));
        assert!(same_origin(Some("http://localhost:8080"), Some("same-origin"), "localhost:8080"));
        assert!(same_origin(Some("https://thongke.example.vn"), None, "thongke.example.vn"));
        assert!(!same_origin(Some("null"), None, "localhost:8080"));
        assert!(!same_origin(Some("http://evil.example"), None, "localhost:8080"));
        assert!(!same_origin(None, Some("cross-site"), "localhost:8080"));
        assert!(!same_origin(None, Some("same-site"), "localhost:8080"));
    }
}
