//! The seal on a copy of a journal: the kiosk's signature over the last record's hash. It shows a cut tail, a rewritten
//! chain and another kiosk's journal, which the chain alone cannot. Making the copy is the neighbour's work.

pub use super::kiosk_key::{KEY_FILE, KioskKey};
use super::kiosk_key::{bytes_of, id_of};
use super::read::Broken;
pub use super::sealed_copy::{each_record_as_it_lies, export_sealed, folder_on_stick, read_seal, verify_sealed};
use crate::base::ids::hex;
use std::io;
use std::path::PathBuf;

/// The only first line that a seal's signature has.
const UNTRUSTED: &str = "signature from minisign secret key";
/// No signature is longer, in bytes.
pub(super) const MAX_SIGNATURE_BYTES: usize = 1024;
const PUBLIC_BYTES: usize = 42;

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{}: the journal cannot be read or copied: {source}", path.display())]
    Journal { path: PathBuf, source: rusqlite::Error },
    #[error("{}: this is no journal", path.display())]
    NotAJournal { path: PathBuf },
    #[error("{}: this is no key of a kiosk; put the right file back, or remove it to make another kiosk of this one", path.display())]
    Key { path: PathBuf },
    #[error("{}: there is no record yet", path.display())]
    Empty { path: PathBuf },
    /// What was copied is there and sealed, but the journal was damaged before.
    #[error("{}: copied and sealed as it is, but the chain is broken: {source}", copy.display())]
    BrokenChain { copy: PathBuf, source: Broken },
    #[error("there is no seal")]
    None,
    #[error("the seal is not written as a kiosk writes it")]
    Malformed,
    #[error("the seal names kiosk {named}, its key is that of kiosk {of_key}")]
    OtherKiosk { named: String, of_key: String },
    #[error("the signature does not hold: the seal was altered, or another key made it")]
    Forged,
    #[error("the chain is broken: {0}")]
    Chain(Broken),
    #[error("records up to {sealed} were sealed, those after {found} are missing")]
    Cut { sealed: i64, found: i64 },
    #[error("records up to {sealed} were sealed, those up to {found} were added later")]
    Added { sealed: i64, found: i64 },
    #[error("record {0} is another than the sealed one")]
    OtherRecord(i64),
}

/// What a kiosk signed under a copy of its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub kiosk: String,
    pub public_key: String,
    /// The last record and its hash.
    pub sequence: i64,
    pub hash: [u8; 32],
    /// The four lines that minisign writes.
    pub signature: String,
    pub sealed_wall_millis: i64,
}

impl Seal {
    /// A kiosk's seal; `None` when its key cannot sign.
    pub(super) fn new(key: &KioskKey, sequence: i64, hash: [u8; 32], sealed_wall_millis: i64) -> Option<Self> {
        let mut seal = Self {
            kiosk: key.kiosk_id().to_owned(),
            public_key: key.public_key(),
            sequence,
            hash,
            signature: String::new(),
            sealed_wall_millis,
        };
        seal.signature = key.sign(&seal.text(), &seal.comment(), UNTRUSTED)?;
        Some(seal)
    }

    /// What the signature is over.
    fn text(&self) -> String {
        let Self { kiosk, sequence, sealed_wall_millis, .. } = self;
        let hash = hex(&self.hash);
        format!(
            "haidang journal seal, version 1\nkiosk {kiosk}\nsequence {sequence}\nhash {hash}\nsealed {sealed_wall_millis}\n"
        )
    }

    /// The comment signed with it, for who looks with minisign.
    fn comment(&self) -> String {
        format!("haidang journal kiosk={} sequence={}", self.kiosk, self.sequence)
    }

    /// Did this kiosk's key make this seal? Says nothing about the records; [`Seal::covers`] does.
    pub fn verify(&self) -> Result<(), SealError> {
        let key = bytes_of(&self.public_key).filter(|bytes| bytes.len() == PUBLIC_BYTES && bytes.starts_with(b"Ed"));
        let key = key.and_then(|_| minisign_verify::PublicKey::from_base64(&self.public_key).ok());
        let key = key.ok_or(SealError::Malformed)?;
        let of_key = id_of(&self.public_key);
        if of_key != self.kiosk {
            return Err(SealError::OtherKiosk { named: self.kiosk.clone(), of_key });
        }
        if self.sequence < 1 || !self.is_signature_plain() {
            return Err(SealError::Malformed);
        }
        let signature = minisign_verify::Signature::decode(&self.signature).map_err(|_| SealError::Malformed)?;
        key.verify(self.text().as_bytes(), &signature, false).map_err(|_| SealError::Forged)
    }

    /// Four lines in their one spelling, so that no byte of a seal can be changed unseen.
    fn is_signature_plain(&self) -> bool {
        let Some(text) = self.signature.strip_suffix('\n').filter(|text| text.len() < MAX_SIGNATURE_BYTES) else {
            return false;
        };
        let lines: Vec<&str> = text.split('\n').collect();
        let [untrusted, signature, trusted, global] = lines[..] else { return false };
        untrusted.strip_prefix("untrusted comment: ") == Some(UNTRUSTED)
            && bytes_of(signature).is_some_and(|bytes| bytes.len() == 74)
            && trusted.strip_prefix("trusted comment: ") == Some(&self.comment())
            && bytes_of(global).is_some_and(|bytes| bytes.len() == 64)
    }

    /// Is a journal that ends with this record the one that was sealed? Its chain must have been followed.
    pub fn covers(&self, last_sequence: i64, last_hash: &[u8; 32]) -> Result<(), SealError> {
        let (sealed, found) = (self.sequence, last_sequence);
        match found.cmp(&sealed) {
            std::cmp::Ordering::Less => Err(SealError::Cut { sealed, found }),
            std::cmp::Ordering::Greater => Err(SealError::Added { sealed, found }),
            std::cmp::Ordering::Equal if self.hash == *last_hash => Ok(()),
            std::cmp::Ordering::Equal => Err(SealError::OtherRecord(sealed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(dir: &tempfile::TempDir, kiosk: &str) -> KioskKey {
        KioskKey::open_or_make(&dir.path().join(kiosk)).expect("key")
    }

    #[test]
    fn a_seal_holds_until_any_part_of_it_changes() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (key, other) = (key(&dir, "a"), key(&dir, "b"));
        let seal = Seal::new(&key, 50, [7; 32], 1_700_000_000_000).expect("sealed");
        seal.verify().expect("holds");
        let change = |change: &dyn Fn(&mut Seal)| {
            let mut seal = seal.clone();
            change(&mut seal);
            seal.verify().expect_err("does not hold")
        };
        assert!(matches!(change(&|s| s.hash[31] ^= 1), SealError::Forged));
        assert!(matches!(change(&|s| s.sealed_wall_millis += 1), SealError::Forged));
        // The number stands in the comment too.
        assert!(matches!(change(&|s| s.sequence += 1), SealError::Malformed));
        assert!(matches!(change(&|s| s.sequence = -50), SealError::Malformed));
        assert!(matches!(change(&|s| s.kiosk = other.kiosk_id().into()), SealError::OtherKiosk { .. }));
        assert!(matches!(change(&|s| s.public_key = other.public_key()), SealError::OtherKiosk { .. }));
        assert!(matches!(change(&|s| s.public_key.push('\n')), SealError::Malformed));
        assert!(matches!(change(&|s| s.public_key.clear()), SealError::Malformed));
        // Another kiosk cannot seal in this one's name, even with its own key beside it.
        let foreign = Seal::new(&other, 50, [7; 32], 1_700_000_000_000).expect("sealed");
        assert!(matches!(change(&|s| s.signature.clone_from(&foreign.signature)), SealError::Malformed));
    }

    #[test]
    fn no_byte_of_a_signature_can_change() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let seal = Seal::new(&key(&dir, "a"), 3, [1; 32], 0).expect("sealed");
        for at in 0..seal.signature.len() {
            for to in ['A', '\n', ' ', '='] {
                let mut text = seal.signature.clone();
                text.replace_range(at..=at, &to.to_string());
                let altered = Seal { signature: text, ..seal.clone() };
                assert_eq!(altered.verify().is_ok(), altered == seal, "byte {at} to {to:?}");
            }
        }
        let longer = Seal { signature: format!("{}\n", seal.signature), ..seal.clone() };
        assert!(longer.verify().is_err());
    }

    #[test]
    fn a_seal_covers_one_last_record_only() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let seal = Seal::new(&key(&dir, "a"), 5, [9; 32], 0).expect("sealed");
        assert!(seal.covers(5, &[9; 32]).is_ok());
        assert!(matches!(seal.covers(4, &[9; 32]), Err(SealError::Cut { sealed: 5, found: 4 })));
        assert!(matches!(seal.covers(6, &[9; 32]), Err(SealError::Added { sealed: 5, found: 6 })));
        assert!(matches!(seal.covers(5, &[8; 32]), Err(SealError::OtherRecord(5))));
    }

    #[test]
    fn the_signed_text_is_the_published_one() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let seal = Seal::new(&key(&dir, "a"), 12, [0xab; 32], -5).expect("sealed");
        let text = format!(
            "haidang journal seal, version 1\nkiosk {}\nsequence 12\nhash {}\nsealed -5\n",
            id_of(&seal.public_key),
            "ab".repeat(32)
        );
        assert_eq!(seal.text(), text);
    }
}
