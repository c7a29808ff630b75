//! Who is signed in. A session lives in this process only, under the hash of a random name that the browser keeps; it
//! ends by signing out, by idleness, after a day's work, or when the account is changed or removed.

use super::secrets::random_name;
use std::collections::HashMap;

pub const IDLE_MILLIS: u64 = 30 * 60_000;
pub const LONGEST_MILLIS: u64 = 10 * 60 * 60_000;
/// An eleventh sign-in of one account ends its oldest session.
const MOST_OF_ONE_USER: usize = 10;

struct Session {
    user: String,
    /// [`super::super::users::User::stamp`] at sign-in.
    stamp: [u8; 32],
    began_millis: u64,
    used_millis: u64,
}

#[derive(Default)]
pub struct Sessions {
    by_hash: HashMap<blake3::Hash, Session>,
}

impl Sessions {
    /// Begins a session under a new random name, and ends the one the browser came with: a name planted before
    /// sign-in never becomes valid.
    pub fn begin(
        &mut self,
        user: &str,
        stamp: [u8; 32],
        came_with: Option<&str>,
        now: u64,
    ) -> Result<String, getrandom::Error> {
        self.end(came_with);
        self.by_hash.retain(|_, session| !session.is_over(now));
        let of_user = self.by_hash.iter().filter(|(_, session)| session.user == user);
        if of_user.clone().count() >= MOST_OF_ONE_USER {
            let oldest = of_user.min_by_key(|(_, session)| session.used_millis).map(|(hash, _)| *hash);
            oldest.and_then(|hash| self.by_hash.remove(&hash));
        }
        let name = random_name()?;
        let session = Session { user: user.to_owned(), stamp, began_millis: now, used_millis: now };
        self.by_hash.insert(blake3::hash(name.as_bytes()), session);
        Ok(name)
    }

    /// The account of a session that still holds, and the stamp it was begun with.
    pub fn user(&mut self, name: &str, now: u64) -> Option<(String, [u8; 32])> {
        let hash = blake3::hash(name.as_bytes());
        let session = self.by_hash.get_mut(&hash)?;
        if session.is_over(now) {
            self.by_hash.remove(&hash);
            return None;
        }
        session.used_millis = now;
        Some((session.user.clone(), session.stamp))
    }

    pub fn end(&mut self, name: Option<&str>) {
        name.and_then(|name| self.by_hash.remove(&blake3::hash(name.as_bytes())));
    }
}

impl Session {
    fn is_over(&self, now: u64) -> bool {
        now.saturating_sub(self.used_millis) >= IDLE_MILLIS || now.saturating_sub(self.began_millis) >= LONGEST_MILLIS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_idleness_and_after_a_days_work() {
        let mut sessions = Sessions::default();
        let name = sessions.begin("bo", [1; 32], None, 0).expect("random");
        assert_eq!(sessions.user(&name, IDLE_MILLIS - 1), Some(("bo".to_owned(), [1; 32])));
        assert_eq!(sessions.user(&name, 2 * IDLE_MILLIS - 1), None);
        let name = sessions.begin("bo", [1; 32], None, 0).expect("random");
        for now in (0..LONGEST_MILLIS).step_by(60_000) {
            assert!(sessions.user(&name, now).is_some());
        }
        assert_eq!(sessions.user(&name, LONGEST_MILLIS), None);
    }

    #[test]
    fn signing_in_gives_a_new_name_and_ends_the_old() {
        let mut sessions = Sessions::default();
        let first = sessions.begin("bo", [1; 32], None, 0).expect("random");
        let second = sessions.begin("bo", [1; 32], Some(&first), 1).expect("random");
        assert_ne!(first, second);
        assert_eq!(sessions.user(&first, 2), None);
        let planted = "0".repeat(64);
        let third = sessions.begin("bo", [1; 32], Some(&planted), 3).expect("random");
        assert_ne!(third, planted);
        assert_eq!(sessions.user(&planted, 4), None);
    }

    #[test]
    fn one_account_holds_ten_sessions() {
        let mut sessions = Sessions::default();
        let names: Vec<String> = (0..11).map(|now| sessions.begin("bo", [1; 32], None, now).expect("random")).collect();
        assert_eq!(sessions.user(&names[0], 20), None);
        assert!(sessions.user(&names[1], 20).is_some());
    }
}
