//! Waiting times after failed sign-ins, growing for an account and for an address. An attempt counts before its
//! passphrase is checked, so that many at once gain nothing.

use std::collections::HashMap;

/// Attempts that cost nothing.
const FREE: u32 = 5;
const FIRST_WAIT_MILLIS: u64 = 2_000;
const LONGEST_WAIT_MILLIS: u64 = 15 * 60_000;
/// After so long without an attempt all is forgotten.
const FORGET_MILLIS: u64 = 60 * 60_000;
/// More names than this are not kept; the oldest goes first.
const MOST: usize = 10_000;

#[derive(Clone, Copy)]
struct Attempts {
    number: u32,
    last_millis: u64,
}

impl Attempts {
    fn free_at(self) -> u64 {
        let beyond = self.number.saturating_sub(FREE);
        let wait = match beyond {
            0 => 0,
            _ => FIRST_WAIT_MILLIS.saturating_mul(1 << (beyond - 1).min(20)).min(LONGEST_WAIT_MILLIS),
        };
        self.last_millis.saturating_add(wait)
    }
}

#[derive(Default)]
pub struct Throttle {
    attempts: HashMap<String, Attempts>,
}

impl Throttle {
    /// Counts an attempt under each of the keys, or tells for how many more seconds none is taken.
    pub fn begin(&mut self, keys: &[String], now_millis: u64) -> Result<(), u64> {
        self.attempts.retain(|_, seen| now_millis.saturating_sub(seen.last_millis) < FORGET_MILLIS);
        let free_at =
            keys.iter().filter_map(|key| self.attempts.get(key)).map(|seen| seen.free_at()).max().unwrap_or(0);
        if free_at > now_millis {
            return Err((free_at - now_millis).div_ceil(1000));
        }
        for key in keys {
            self.make_room(key);
            let seen = self.attempts.entry(key.clone()).or_insert(Attempts { number: 0, last_millis: 0 });
            *seen = Attempts { number: seen.number.saturating_add(1), last_millis: now_millis };
        }
        Ok(())
    }

    /// The attempt succeeded. The address keeps the attempts made on other accounts.
    pub fn succeeded(&mut self, account: &str, address: &str) {
        self.attempts.remove(account);
        if let Some(seen) = self.attempts.get_mut(address) {
            seen.number = seen.number.saturating_sub(1);
        }
    }

    fn make_room(&mut self, key: &str) {
        if self.attempts.len() < MOST || self.attempts.contains_key(key) {
            return;
        }
        let oldest = self.attempts.iter().min_by_key(|(_, seen)| seen.last_millis).map(|(key, _)| key.clone());
        oldest.and_then(|key| self.attempts.remove(&key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(account: &str, address: &str) -> Vec<String> {
        vec![account.to_owned(), address.to_owned()]
    }

    #[test]
    fn waits_grow_and_end() {
        let mut throttle = Throttle::default();
        let here = keys("user bo", "from 10.0.0.1");
        for _ in 0..=FREE {
            assert_eq!(throttle.begin(&here, 0), Ok(()));
        }
        assert_eq!(throttle.begin(&here, 0), Err(2));
        assert_eq!(throttle.begin(&here, 2_000), Ok(()));
        assert_eq!(throttle.begin(&here, 2_000), Err(4));
        let mut now = 2_000;
        for _ in 0..30 {
            now += throttle.begin(&here, now).err().unwrap_or(0) * 1000;
            assert_eq!(throttle.begin(&here, now), Ok(()));
        }
        assert_eq!(throttle.begin(&here, now), Err(LONGEST_WAIT_MILLIS / 1000));
        assert_eq!(throttle.begin(&here, now + FORGET_MILLIS), Ok(()));
    }

    #[test]
    fn an_account_waits_whatever_the_address_and_an_address_whatever_the_account() {
        let mut throttle = Throttle::default();
        for n in 0..=FREE {
            assert_eq!(throttle.begin(&keys("user bo", &format!("from 10.0.0.{n}")), 0), Ok(()));
            assert_eq!(throttle.begin(&keys(&format!("user so-{n}"), "from 10.1.1.1"), 0), Ok(()));
        }
        assert!(throttle.begin(&keys("user bo", "from 10.9.9.9"), 0).is_err());
        assert!(throttle.begin(&keys("user new", "from 10.1.1.1"), 0).is_err());
        assert!(throttle.begin(&keys("user new", "from 10.9.9.9"), 0).is_ok());
    }

    #[test]
    fn a_success_clears_the_account_but_not_what_the_address_did_to_others() {
        let mut throttle = Throttle::default();
        for n in 0..FREE {
            throttle.begin(&keys(&format!("user so-{n}"), "from 10.1.1.1"), 0).expect("free");
        }
        throttle.begin(&keys("user bo", "from 10.1.1.1"), 0).expect("free");
        throttle.succeeded("user bo", "from 10.1.1.1");
        throttle.begin(&keys("user so-9", "from 10.1.1.1"), 0).expect("one back");
        assert!(throttle.begin(&keys("user so-9", "from 10.1.1.1"), 0).is_err());
    }

    #[test]
    fn the_table_does_not_grow_without_end() {
        let mut throttle = Throttle::default();
        throttle
            .attempts
            .extend((0..MOST as u64).map(|n| (format!("user {n}"), Attempts { number: 1, last_millis: n + 1 })));
        throttle.begin(&keys("user new", "from 10.1.1.1"), MOST as u64 + 1).expect("free");
        assert_eq!(throttle.attempts.len(), MOST);
        assert!(!throttle.attempts.contains_key("user 0"));
    }
}
