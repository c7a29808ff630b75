//! What every request may use: the answers, the options, accounts, and who asks.

use super::address::UnitRef;
use super::guard::accounts::Accounts;
use super::guard::host::Hosts;
use super::language::Language;
use super::options::{Calendar, Notice, Reports};
use super::trouble::Trouble;
use super::users::{Role, User};
use crate::base::clock::Clock;
use crate::base::ids::random_token;
use crate::department::answers::{Answer, AnswerError, Answers};
use crate::department::figures::{Level, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone, offset};
use std::fmt::Display;
use std::net::IpAddr;
use std::sync::Arc;

/// Vietnam has one time, seven hours ahead, all year.
const VIETNAM: Offset = offset(7);

pub struct App {
    pub answers: Arc<dyn Answers>,
    pub calendar: Arc<dyn Calendar>,
    pub reports: Arc<dyn Reports>,
    pub place_errors: Arc<dyn Fn() -> usize + Send + Sync>,
    pub clock: Clock,
    pub tell: Arc<dyn Fn(Notice) + Send + Sync>,
    /// None on a machine of one's own.
    pub accounts: Option<Accounts>,
    pub hosts: Hosts,
    pub https: bool,
    pub proxy: Option<IpAddr>,
    /// Signs the tokens of forms; new at each start.
    pub secret: [u8; 32],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the browser wishes.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Who asks, and how they like to read.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub language: Language,
    pub theme: Theme,
    pub user: Option<User>,
    /// The browser's session, or its guest cookie.
    pub cookie: String,
    /// For forms.
    pub token: String,
    /// Path and query asked for.
    pub path: String,
    pub from: IpAddr,
}

impl App {
    pub fn today(&self) -> Date {
        let now = Timestamp::from_millisecond(self.clock.now().wall_millis).unwrap_or_default();
        now.to_zoned(TimeZone::fixed(VIETNAM)).date()
    }

    /// Tells the log what happened and the reader only a number.
    pub fn failed(&self, cause: &dyn Display) -> Trouble {
        let number = random_token()[..8].to_owned();
        let trouble = Trouble::inside(&number);
        (self.tell)(Notice::Trouble { number, cause: cause.to_string() });
        trouble
    }

    pub async fn ask<T>(&self, answer: Answer<'_, T>) -> Result<T, Trouble> {
        answer.await.map_err(|error| match error {
            AnswerError::Refused(reason) => Trouble::refused(reason),
            AnswerError::Failed(cause) => self.failed(&cause),
        })
    }

    /// The unit and all above it on that day, if the visitor may see it.
    pub async fn unit_for(&self, visitor: &Visitor, wanted: &UnitRef, on: Date) -> Result<(Unit, Vec<Unit>), Trouble> {
        let found = self.ask(self.answers.unit(wanted.level, &wanted.code, on)).await?;
        let unit = found.ok_or_else(Trouble::not_found)?;
        let chain = self.ask(self.answers.chain(&unit, on)).await?;
        if self.accounts.is_some() && !visitor.user.as_ref().is_some_and(|user| may_see(&user.role, &unit, &chain)) {
            return Err(Trouble::other_unit());
        }
        Ok((unit, chain))
    }
}

impl Visitor {
    /// The unit whose page is this visitor's first.
    pub fn home(&self) -> UnitRef {
        match self.user.as_ref().map(|user| &user.role) {
            None | Some(Role::Ministry) => UnitRef::nation(),
            Some(Role::Province(code)) => UnitRef { level: Level::Province, code: code.clone() },
            Some(Role::School(code)) => UnitRef { level: Level::School, code: code.clone() },
        }
    }

    /// Whether a unit of the chain has a page for this visitor.
    pub fn may_open(&self, unit: &Unit, chain: &[Unit]) -> bool {
        let until: Vec<Unit> = chain.iter().take_while(|above| *above != unit).chain([unit]).cloned().collect();
        self.user.as_ref().is_none_or(|user| may_see(&user.role, unit, &until))
    }
}

fn may_see(role: &Role, unit: &Unit, chain: &[Unit]) -> bool {
    let own = |level, code: &str| chain.iter().chain([unit]).any(|above| above.level == level && above.code == code);
    match role {
        Role::Ministry => true,
        Role::Province(code) => own(Level::Province, code),
        Role::School(code) => own(Level::School, code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::dashboard::language::words;

    fn unit(level: Level, code: &str) -> Unit {
        Unit { level, code: code.to_owned(), name: words(code, code) }
    }

    #[test]
    fn a_role_sees_its_unit_and_what_lies_within() {
        let chain =
            [unit(Level::Nation, ""), unit(Level::Province, "56"), unit(Level::Commune, "1"), unit(Level::School, "a")];
        let kiosk = unit(Level::Kiosk, "k");
        assert!(may_see(&Role::Ministry, &chain[0], &chain[..1]));
        assert!(may_see(&Role::Province("56".into()), &kiosk, &chain));
        assert!(may_see(&Role::School("a".into()), &kiosk, &chain));
        assert!(!may_see(&Role::Province("56".into()), &chain[0], &chain[..1]));
        assert!(!may_see(&Role::Province("48".into()), &kiosk, &chain));
        assert!(!may_see(&Role::School("a".into()), &chain[2], &chain[..3]));
        assert!(!may_see(&Role::School("56".into()), &chain[1], &chain[..2]), "a code of another level");
    }
}
