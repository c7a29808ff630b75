//! An office vouches for an organiser's key: whose it is, for which packs, from when until when.

use super::encoding::is_one_line;
use super::keys::{KeyError, PublicKey, SecretKey};
use super::ring::Root;
use super::statement::{self, Statement, StatementError, value};
use crate::base::ids::Id;
use jiff::civil::Date;
use std::fmt;

const HEAD: &str = "haidang-vouching 1";

/// Which packs a key may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Packs whose id begins so.
    Prefix(String),
    Packs(Vec<Id>),
}

impl Scope {
    /// `*`, `so-vhtt-*`, or ids with commas.
    pub fn read(text: &str) -> Option<Self> {
        match text.strip_suffix('*') {
            Some("") => Some(Self::All),
            // An id may not end with a hyphen, a prefix may.
            Some(prefix) => {
                Id::new(prefix.strip_suffix('-').unwrap_or(prefix)).map(|_| Self::Prefix(prefix.to_owned()))
            }
            None => text.split(',').map(Id::new).collect::<Option<_>>().map(Self::Packs),
        }
    }

    pub fn holds(&self, pack: &str) -> bool {
        match self {
            Self::All => true,
            Self::Prefix(prefix) => pack.starts_with(prefix.as_str()),
            Self::Packs(ids) => ids.iter().any(|id| id.as_str() == pack),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Packs(ids) => f.write_str(&ids.iter().map(Id::as_str).collect::<Vec<_>>().join(",")),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouching {
    /// Who vouches.
    pub root: PublicKey,
    /// Whom for.
    pub subject: PublicKey,
    /// The office or the role, as the root's keeper typed it.
    pub name: String,
    pub scope: Scope,
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Vouching {
    /// As a file for the organiser, for kiosks and for other key rings.
    pub fn signed(&self, secret: &SecretKey) -> Result<String, KeyError> {
        statement::signed(self, secret)
    }

    pub fn read(text: &str, roots: &[Root]) -> Result<Self, StatementError> {
        statement::read(text, roots)
    }

    /// Is this text meant as one, whatever it is worth?
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(HEAD)
    }
}

impl Statement for Vouching {
    fn body(&self) -> String {
        let Self { root, subject, name, scope, from, until } = self;
        format!("{HEAD}\nroot: {root}\nkey: {subject}\nname: {name}\npacks: {scope}\nfrom: {from}\nuntil: {until}\n")
    }

    fn comment(&self) -> String {
        format!("haidang vouching key={} until={}", self.subject.id(), self.until)
    }

    fn root(&self) -> PublicKey {
        self.root
    }

    fn read_body(body: &str) -> Option<Self> {
        let mut lines = body.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let root = PublicKey::read(value(&mut lines, "root")?)?;
        let subject = PublicKey::read(value(&mut lines, "key")?)?;
        let name = value(&mut lines, "name").filter(|name| is_one_line(name))?.to_owned();
        let scope = Scope::read(value(&mut lines, "packs")?)?;
        let from = value(&mut lines, "from")?.parse().ok()?;
        let until = value(&mut lines, "until")?.parse().ok()?;
        (from <= until && root != subject).then_some(Self { root, subject, name, scope, from, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_what_it_says() {
        let holds = |scope: &str, pack: &str| Scope::read(scope).expect("scope").holds(pack);
        assert!(holds("*", "anything"));
        assert!(holds("so-vhtt-*", "so-vhtt-2026") && !holds("so-vhtt-*", "so-vhtt"));
        assert!(holds("a,bien-dong", "bien-dong") && !holds("a,bien-dong", "bien-dong-2"));
        for bad in ["", "**", "A", "a,,b", "a, b", "-*", "a*b", "a--*\n"] {
            assert_eq!(Scope::read(bad), None, "{bad:?}");
        }
    }
}
