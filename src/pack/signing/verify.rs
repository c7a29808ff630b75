//! Checks a signature: all that a kiosk needs of minisign. One spelling is accepted, so that no byte of a signature can
//! be changed, not even where minisign does not look.

use super::encoding::bytes_of;
use super::keys::{KeyId, PublicKey};

/// The only first line a signature has; minisign's own when it is not told otherwise.
pub(super) const UNTRUSTED: &str = "signature from minisign secret key";
/// No signature is longer.
pub const MAX_SIGNATURE_BYTES: usize = 4096;

/// A signature that was read, not yet checked.
pub struct Signature<'a> {
    decoded: minisign_verify::Signature,
    key_id: KeyId,
    comment: &'a str,
}

impl<'a> Signature<'a> {
    /// `None` when the text is not exactly the four lines that minisign writes.
    pub fn read(text: &'a str) -> Option<Self> {
        if text.len() > MAX_SIGNATURE_BYTES {
            return None;
        }
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let untrusted = lines.next()?.strip_prefix("untrusted comment: ")?;
        let signature = bytes_of(lines.next()?).filter(|bytes| bytes.len() == 74)?;
        let comment = lines.next()?.strip_prefix("trusted comment: ")?;
        bytes_of(lines.next()?).filter(|bytes| bytes.len() == 64)?;
        let is_plain = untrusted == UNTRUSTED && lines.next().is_none() && !comment.chars().any(char::is_control);
        if !is_plain || comment.trim() != comment {
            return None;
        }
        let key_id = KeyId::of_bytes(signature.get(2..10)?)?;
        Some(Self { decoded: minisign_verify::Signature::decode(text).ok()?, key_id, comment })
    }

    /// The key it says it is of.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The comment that is signed too; worth something once [`Signature::is_of`] said yes.
    pub fn comment(&self) -> &'a str {
        self.comment
    }

    /// True when this key made it over these bytes and its comment: prehashed as minisign does today (`ED`), or whole as
    /// it did before (`Ed`).
    pub fn is_of(&self, key: &PublicKey, bytes: &[u8]) -> bool {
        let key = minisign_verify::PublicKey::from_base64(&key.to_string());
        key.is_ok_and(|key| key.verify(bytes, &self.decoded, true).is_ok())
    }
}
