//! Keys that no longer count. Lists are numbered and signed by a root, travel with packs and sticks, and only ever grow:
//! an older list changes nothing, and what a newer one leaves out stays revoked.

use super::encoding::is_one_line;
use super::keys::{KeyError, KeyId, PublicKey, SecretKey};
use super::ring::Root;
use super::statement::{self, Statement, StatementError, value};
use jiff::civil::Date;
use std::collections::BTreeSet;

const HEAD: &str = "haidang-revocations 1";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    pub key: KeyId,
    pub since: Date,
    pub reason: String,
}

/// What one root has revoked so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList {
    pub root: PublicKey,
    pub number: u32,
    pub keys: Vec<Revoked>,
}

impl RevocationList {
    /// As a file for sticks and packs.
    pub fn signed(&self, secret: &SecretKey) -> Result<String, KeyError> {
        statement::signed(self, secret)
    }

    /// Is this text meant as one, whatever it is worth?
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(HEAD)
    }
}

impl Statement for RevocationList {
    fn body(&self) -> String {
        let keys = self.keys.iter().map(|k| format!("revoked: {} {} {}\n", k.key, k.since, k.reason));
        format!("{HEAD}\nroot: {}\nnumber: {}\n{}", self.root, self.number, keys.collect::<String>())
    }

    fn comment(&self) -> String {
        format!("haidang revocations number={} keys={}", self.number, self.keys.len())
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
        let number = value(&mut lines, "number")?.parse().ok()?;
        let mut keys = Vec::new();
        for line in lines {
            let (key, rest) = line.strip_prefix("revoked: ")?.split_once(' ')?;
            let (since, reason) = rest.split_once(' ')?;
            let reason = Some(reason).filter(|reason| is_one_line(reason))?.to_owned();
            keys.push(Revoked { key: KeyId::read(key)?, since: since.parse().ok()?, reason });
        }
        let distinct: BTreeSet<KeyId> = keys.iter().map(|k| k.key).collect();
        (distinct.len() == keys.len()).then_some(Self { root, number, keys })
    }
}

/// What became of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// It is kept; so many keys were not revoked before.
    New(usize),
    /// It was known already.
    Known,
    /// A newer one of the same root is known, so it was left aside.
    Older,
}

/// Every list that is kept, of all roots.
#[derive(Clone, Debug, Default)]
pub struct Revocations {
    lists: Vec<(RevocationList, String)>,
}

impl Revocations {
    /// Takes in a list that one of these roots signed, unless a newer one of that root is known.
    pub fn admit(&mut self, text: &str, roots: &[Root]) -> Result<Admitted, StatementError> {
        let list: RevocationList = statement::read(text, roots)?;
        if self.lists.iter().any(|(_, known)| known == text) {
            return Ok(Admitted::Known);
        }
        if self.newest_number(&list.root).is_some_and(|newest| list.number < newest) {
            return Ok(Admitted::Older);
        }
        let fresh = list.keys.iter().filter(|k| self.find(k.key).is_none()).count();
        // What the new list tells again need not be kept twice; what it leaves out stays.
        self.lists.retain(|(old, _)| old.root != list.root || old.keys.iter().any(|k| !list.keys.contains(k)));
        self.lists.push((list, text.to_owned()));
        Ok(Admitted::New(fresh))
    }

    /// Why this key does not count any more: one trusted office's word is enough.
    pub fn find(&self, key: KeyId) -> Option<&Revoked> {
        self.all().filter(|revoked| revoked.key == key).min_by_key(|revoked| revoked.since)
    }

    pub fn all(&self) -> impl Iterator<Item = &Revoked> {
        self.lists.iter().flat_map(|(list, _)| &list.keys)
    }

    /// The signed texts, to be stored or to travel on.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|(_, text)| text.as_str())
    }

    /// The list that this root would sign next: all it revoked so far, with one more.
    pub fn next_list(&self, root: PublicKey, more: Revoked) -> RevocationList {
        let mut keys: Vec<Revoked> = Vec::new();
        let old = self.lists.iter().filter(|(list, _)| list.root == root).flat_map(|(list, _)| &list.keys);
        for key in old.chain([&more]) {
            if !keys.iter().any(|k| k.key == key.key) {
                keys.push(key.clone());
            }
        }
        let number = self.newest_number(&root).unwrap_or(0).saturating_add(1);
        RevocationList { root, number, keys }
    }

    fn newest_number(&self, root: &PublicKey) -> Option<u32> {
        self.lists.iter().filter(|(list, _)| list.root == *root).map(|(list, _)| list.number).max()
    }
}
