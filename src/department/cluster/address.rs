//! Where a cluster's scheduler is.

use super::{ClusterError, REACH, SCHEDULER_PORT};
use std::fmt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

/// `df://host:port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub host: String,
    pub port: u16,
}

impl Address {
    pub fn parse(text: &str) -> Result<Self, ClusterError> {
        let no_address = || ClusterError::Address(text.to_owned());
        let url = Url::parse(text).map_err(|_| no_address())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(no_address)?;
        let is_bare = matches!(url.path(), "" | "/") && url.username().is_empty() && url.query().is_none();
        if url.scheme() != "df" || !is_bare {
            return Err(no_address());
        }
        Ok(Self { host: host.to_owned(), port: url.port().unwrap_or(SCHEDULER_PORT) })
    }

    /// Whether anybody listens there.
    pub async fn reach(&self) -> Result<(), ClusterError> {
        let host = self.host.trim_matches(['[', ']']);
        let why = match timeout(REACH, TcpStream::connect((host, self.port))).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} s", REACH.as_secs()),
        };
        Err(ClusterError::Unreachable { place: self.to_string(), why })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "df://{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_host_and_perhaps_a_port() {
        let parsed = |text: &str| Address::parse(text).map(|address| address.to_string()).ok();
        assert_eq!(parsed("df://may-chu:7000").as_deref(), Some("df://may-chu:7000"));
        assert_eq!(parsed("df://10.0.0.5").as_deref(), Some("df://10.0.0.5:50050"));
        assert_eq!(parsed("df://[::1]:7000").as_deref(), Some("df://[::1]:7000"));
        for text in
            ["", "may-chu:7000", "df://", "http://may-chu:7000", "df://may-chu/kho", "df://a@may-chu", "df://x?y"]
        {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
