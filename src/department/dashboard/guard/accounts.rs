//! Signing in and knowing who is signed in.

use super::sessions::Sessions;
use super::throttle::Throttle;
use crate::base::clock::Clock;
use crate::department::dashboard::users::{self, User, UsersError};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tokio::sync::Semaphore;

/// Passphrases checked at once: each takes 19 MiB and a core for a while.
const CHECKED_AT_ONCE: usize = 2;

pub struct Accounts {
    path: PathBuf,
    clock: Clock,
    known: Mutex<Known>,
    sessions: Mutex<Sessions>,
    throttle: Mutex<Throttle>,
    checks: Semaphore,
}

/// The file as last read. While it cannot be read, nobody is known.
struct Known {
    changed: Option<(SystemTime, u64)>,
    users: Arc<Vec<User>>,
}

pub enum SignIn {
    /// The new session's name.
    Done(String),
    Wrong,
    /// No attempt is taken for so many seconds.
    Wait(u64),
}

#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    #[error(transparent)]
    Users(#[from] UsersError),
    #[error("no random numbers: {0}")]
    Randomness(#[from] getrandom::Error),
    #[error("checking a passphrase was broken off")]
    BrokenOff,
}

impl Accounts {
    pub fn open(path: PathBuf, clock: Clock) -> Result<Self, UsersError> {
        let changed = changed(&path);
        let users = Arc::new(users::list(&path)?);
        Ok(Self {
            path,
            clock,
            known: Mutex::new(Known { changed, users }),
            sessions: Mutex::default(),
            throttle: Mutex::default(),
            checks: Semaphore::new(CHECKED_AT_ONCE),
        })
    }

    pub fn is_empty(&self) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).users.is_empty()
    }

    /// The accounts as the file has them now.
    fn users(&self) -> Result<Arc<Vec<User>>, UsersError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now = changed(&self.path);
        if now.is_none() || now != known.changed {
            known.users = Arc::default();
            known.changed = None;
            known.users = Arc::new(users::list(&self.path)?);
            known.changed = now;
        }
        Ok(Arc::clone(&known.users))
    }

    pub async fn sign_in(
        &self,
        name: &str,
        passphrase: String,
        from: IpAddr,
        came_with: Option<&str>,
    ) -> Result<SignIn, AccountsError> {
        let (account, address) = (account_key(name), address_key(from));
        let now = self.clock.now().monotonic_millis;
        let begun = lock(&self.throttle).begin(&[account.clone(), address.clone()], now);
        if let Err(seconds) = begun {
            return Ok(SignIn::Wait(seconds));
        }
        let user = self.users()?.iter().find(|user| user.name == name).cloned();
        let _turn = self.checks.acquire().await.map_err(|_| AccountsError::BrokenOff)?;
        let asked = user.clone();
        let check = tokio::task::spawn_blocking(move || users::verify(asked.as_ref(), &passphrase));
        let right = check.await.map_err(|_| AccountsError::BrokenOff)?;
        let Some(user) = user.filter(|_| right) else { return Ok(SignIn::Wrong) };
        lock(&self.throttle).succeeded(&account, &address);
        let now = self.clock.now().monotonic_millis;
        Ok(SignIn::Done(lock(&self.sessions).begin(&user.name, user.stamp(), came_with, now)?))
    }

    /// The account of a session, if both still hold.
    pub fn user(&self, session: &str) -> Result<Option<User>, UsersError> {
        let now = self.clock.now().monotonic_millis;
        let Some((name, stamp)) = lock(&self.sessions).user(session, now) else { return Ok(None) };
        let user = self.users()?.iter().find(|user| user.name == name && user.stamp() == stamp).cloned();
        if user.is_none() {
            self.sign_out(Some(session));
        }
        Ok(user)
    }

    pub fn sign_out(&self, session: Option<&str>) {
        lock(&self.sessions).end(session);
    }
}

/// Nothing is half done while one of these is held, so a panic elsewhere leaves them sound.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn changed(path: &std::path::Path) -> Option<(SystemTime, u64)> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// Hashed, so that a name of any length takes the same room.
fn account_key(name: &str) -> String {
    format!("user {}", blake3::hash(name.as_bytes()).to_hex())
}

/// One household or office holds a whole /64 of IPv6.
fn address_key(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(ip) => format!("from {ip}"),
        IpAddr::V6(ip) => format!("from {:x?}", &ip.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let key = |text: &str| address_key(text.parse().expect("address"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.1"), key("10.0.0.1"));
    }
}
