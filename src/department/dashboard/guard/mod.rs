//! What stands between the network and the pages: connections, hosts, sizes, accounts, sessions, throttling. Nothing
//! here knows a figure.

pub mod accounts;
pub mod connection;
pub mod gate;
pub mod headers;
pub mod host;
pub mod secrets;
pub mod sessions;
pub mod throttle;
