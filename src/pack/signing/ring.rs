//! The key ring: root keys that the keeper of this machine trusts, what those roots said of other keys, and what they
//! revoked. A JSON text; everything in it but the roots is signed.

use super::encoding::one_line;
use super::keys::{KeyId, PublicKey};
use super::revocation::{Admitted, Revocations};
use super::statement::StatementError;
use super::vouch::Vouching;
use serde_json::{Value, json};

/// No key ring is longer, in bytes.
pub const MAX_RING_BYTES: u64 = 4 << 20;
const FORMAT: u64 = 1;

/// An office whose word counts on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    pub name: String,
    pub key: PublicKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingError {
    #[error("this is no key ring")]
    Malformed,
    #[error("the key ring was written by a newer version")]
    NewerFormat,
}

#[derive(Clone, Debug, Default)]
pub struct Ring {
    roots: Vec<Root>,
    vouchings: Vec<(Vouching, String)>,
    revocations: Revocations,
}

impl Ring {
    /// Reads a ring. Statements in it that do not hold count for nothing and are handed back with the reason.
    pub fn read(text: &str) -> Result<(Self, Vec<StatementError>), RingError> {
        if text.len() as u64 > MAX_RING_BYTES {
            return Err(RingError::Malformed);
        }
        let value: Value = serde_json::from_str(text).map_err(|_| RingError::Malformed)?;
        match value["format"].as_u64() {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => return Err(RingError::NewerFormat),
            _ => return Err(RingError::Malformed),
        }
        let list = |name: &str| value[name].as_array().ok_or(RingError::Malformed);
        let mut ring = Self::default();
        for root in list("roots")? {
            let name = root["name"].as_str().ok_or(RingError::Malformed)?;
            let key = root["key"].as_str().and_then(PublicKey::read).ok_or(RingError::Malformed)?;
            ring.trust(name, key).map_err(|_| RingError::Malformed)?;
        }
        let mut refused = Vec::new();
        for text in list("vouchings")? {
            refused.extend(ring.admit_vouching(text.as_str().ok_or(RingError::Malformed)?).err());
        }
        for text in list("revocations")? {
            refused.extend(ring.admit_revocations(text.as_str().ok_or(RingError::Malformed)?).err());
        }
        Ok((ring, refused))
    }

    pub fn write(&self) -> String {
        let roots = self.roots.iter().map(|root| json!({"name": root.name, "key": root.key.to_string()}));
        let value = json!({
            "format": FORMAT,
            "roots": roots.collect::<Vec<_>>(),
            "vouchings": self.vouchings.iter().map(|(_, text)| text).collect::<Vec<_>>(),
            "revocations": self.revocations.texts().collect::<Vec<_>>(),
        });
        format!("{value:#}\n")
    }

    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    pub fn vouchings(&self) -> impl Iterator<Item = &Vouching> {
        self.vouchings.iter().map(|(vouching, _)| vouching)
    }

    pub fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// From now on this root's word counts. A root known already gets the new name.
    pub fn trust(&mut self, name: &str, key: PublicKey) -> Result<(), StatementError> {
        let name = one_line(name).ok_or(StatementError::Malformed)?;
        self.check_id(&key)?;
        self.roots.retain(|root| root.key != key);
        self.roots.push(Root { name, key });
        Ok(())
    }

    /// Takes in what a trusted root said of a key. A second statement about a key stands beside the first.
    pub fn admit_vouching(&mut self, text: &str) -> Result<Vouching, StatementError> {
        let vouching = Vouching::read(text, &self.roots)?;
        self.check_id(&vouching.subject)?;
        if !self.vouchings.iter().any(|(_, known)| known == text) {
            self.vouchings.push((vouching.clone(), text.to_owned()));
        }
        Ok(vouching)
    }

    pub fn admit_revocations(&mut self, text: &str) -> Result<Admitted, StatementError> {
        self.revocations.admit(text, &self.roots)
    }

    /// Whom this key is of, as far as the ring tells.
    pub fn name_of(&self, id: KeyId) -> Option<&str> {
        let root = self.roots.iter().find(|root| root.key.id() == id).map(|root| root.name.as_str());
        root.or_else(|| self.vouchings().find(|v| v.subject.id() == id).map(|v| v.name.as_str()))
    }

    pub(super) fn root(&self, key: &PublicKey) -> Option<&Root> {
        self.roots.iter().find(|root| root.key == *key)
    }

    /// Ids are drawn, not reckoned from the key: somebody could choose another's.
    fn check_id(&self, key: &PublicKey) -> Result<(), StatementError> {
        let known = self.roots.iter().map(|root| root.key).chain(self.vouchings().map(|v| v.subject));
        let taken = known.into_iter().any(|other| other.id() == key.id() && other != *key);
        if taken { Err(StatementError::SameId) } else { Ok(()) }
    }
}
