//! How a dashboard is opened, and what it asks of the rest of the program besides figures.

use super::language::Language;
use crate::base::clock::Clock;
use crate::department::answers::Answer;
use crate::department::figures::{Figures, Period, Words};
use crate::diagnostics::{Said, cause};
use jiff::civil::Date;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

/// A kind of period that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    SixMonths,
    Year,
    SchoolYear,
    StatisticsHalfYear,
}

/// Cut-offs of the periods.
pub trait Calendar: Send + Sync {
    /// The whole period of this kind that holds the day.
    fn period(&self, preset: Preset, day: Date) -> Period;
    /// A period of one's own choice; `first` is not after `last`.
    fn own(&self, first: Date, last: Date) -> Period;
}

/// A file that a report can be had as.
#[derive(Clone, Debug)]
pub struct ReportFormat {
    /// Extension without its point, lower-case letters and digits; the name of the format in addresses.
    pub extension: &'static str,
    pub media_type: &'static str,
    pub name: Words,
    /// What it is good for, one sentence.
    pub purpose: Words,
}

/// Makes reports from figures.
pub trait Reports: Send + Sync {
    fn formats(&self) -> Vec<ReportFormat>;
    /// The whole file in the format of that extension.
    fn write<'a>(&'a self, figures: &'a Figures, extension: &'a str, language: Language) -> Answer<'a, Vec<u8>>;
}

/// What the dashboard tells the person who opened it.
#[derive(Debug)]
pub enum Notice {
    Listening(SocketAddr),
    /// Reachable from elsewhere, without a proxy that encrypts.
    NotEncrypted(SocketAddr),
    /// Something failed; whoever asked saw this number and nothing else.
    Trouble {
        number: String,
        cause: String,
    },
}

pub struct ServeOptions {
    pub address: SocketAddr,
    /// Accounts; needed unless the address is this machine only.
    pub users: Option<PathBuf>,
    /// Names under which the dashboard may be called besides its address and `localhost`.
    pub hosts: Vec<String>,
    /// A proxy in front speaks HTTPS with the browsers.
    pub https: bool,
    /// The proxy whose `X-Forwarded-For` is believed.
    pub proxy: Option<IpAddr>,
    pub calendar: Arc<dyn Calendar>,
    pub reports: Arc<dyn Reports>,
    /// Errors in the list of places, as it is now: figures may then be too low, which every page tells.
    pub place_errors: Arc<dyn Fn() -> usize + Send + Sync>,
    pub clock: Clock,
    pub tell: Arc<dyn Fn(Notice) + Send + Sync>,
    /// The dashboard closes when this is ready.
    pub stop: Pin<Box<dyn Future<Output = ()> + Send>>,
}

#[derive(Debug, thiserror::Error)]
pub enum DashboardError {
    #[error(
        "{0} mở ra cho máy khác, nên cần tài khoản: thêm --users TỆP (haidang-visits users add) · \
         {0} is open to other machines, so accounts are needed: add --users FILE (haidang-visits users add)"
    )]
    AccountsNeeded(SocketAddr),
    #[error(
        "{0}: chưa có tài khoản nào; hãy chạy haidang-visits users add · \
         {0}: holds no account yet; run haidang-visits users add"
    )]
    NoAccounts(PathBuf),
    #[error(transparent)]
    Users(#[from] super::users::UsersError),
    #[error("không mở được địa chỉ {address}: {} · the address {address} cannot be opened: {}", why_not(source).vi, why_not(source).en)]
    Bind { address: SocketAddr, source: io::Error },
    #[error("máy này không cho số ngẫu nhiên · this machine gives no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    #[error("bảng số liệu dừng vì lỗi mạng · the dashboard stopped on a network error: {0}")]
    Network(io::Error),
}

/// Why an address cannot be opened, and what to try.
fn why_not(error: &io::Error) -> Said {
    match error.kind() {
        io::ErrorKind::AddrInUse => Said::new(
            "cổng này đang có chương trình khác dùng, có lẽ bảng số liệu đã mở; thử cổng khác, như --address 127.0.0.1:8081",
            "another program uses this port, perhaps the dashboard is open already; try another, such as --address 127.0.0.1:8081",
        ),
        io::ErrorKind::AddrNotAvailable => Said::new(
            "máy này không có địa chỉ ấy; --address là địa chỉ của chính máy này",
            "this machine has no such address; --address is one of its own",
        ),
        io::ErrorKind::PermissionDenied => Said::new(
            "không có quyền mở cổng này; thử cổng từ 1024 trở lên",
            "this port may not be opened; try one from 1024 on",
        ),
        _ => cause(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_another_one_to_try() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        let told = DashboardError::Bind { address, source: io::ErrorKind::AddrInUse.into() }.to_string();
        assert!(told.contains("127.0.0.1:8080: cổng này đang có chương trình khác dùng"), "{told}");
        assert!(told.contains("--address 127.0.0.1:8081"), "{told}");
    }
}
