//! Keys as minisign keeps them: the public half as text, the secret half only behind a passphrase (scrypt).

use super::encoding::{base64, bytes_of, one_line};
use super::verify::Signature;
use std::fmt;

/// The fewest characters a new passphrase has. Who steals the file tries millions.
pub const MIN_PASSPHRASE_CHARS: usize = 12;
/// The most bytes that minisign reads of one.
const MAX_PASSPHRASE_BYTES: usize = 1024;
/// No key file is longer, in bytes.
pub const MAX_KEY_FILE_BYTES: u64 = 4096;

const COMMENT: &str = "untrusted comment: ";
const PUBLIC_COMMENT: &str = "minisign public key ";
const PUBLIC_BYTES: usize = 42;
const SECRET_BYTES: usize = 158;
/// What minisign itself asks of scrypt at most: a gigabyte, some seconds.
const MAX_OPERATIONS: u64 = 1 << 25;
const MEMORY_BYTES: std::ops::RangeInclusive<u64> = 1 << 20..=1 << 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("this is no key file")]
    NotAKey,
    #[error("the secret key is not protected by a passphrase")]
    NotProtected,
    #[error("the secret key asks for more memory or time than minisign does")]
    TooCostly,
    #[error("wrong passphrase")]
    WrongPassphrase,
    #[error("a passphrase has {MIN_PASSPHRASE_CHARS} characters at least, on one line")]
    PoorPassphrase,
    #[error("these words do not fit on one line")]
    Words,
    #[error("the key could not be used")]
    Failed,
}

/// What minisign calls a key: eight bytes drawn with it, shown as sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u64);

impl KeyId {
    /// Of the eight bytes in a key or signature.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(u64::from_le_bytes(bytes.try_into().ok()?)))
    }

    /// Of sixteen hexadecimal digits, as minisign prints them; small letters will do.
    pub fn read(text: &str) -> Option<Self> {
        let is_plain = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if is_plain { u64::from_str_radix(text, 16).ok().map(Self) } else { None }
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", self.0)
    }
}

/// A public key: algorithm, id and curve point, as minisign writes them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; PUBLIC_BYTES]);

impl PublicKey {
    /// Of the one line that names a key (`RW…`).
    pub fn read(line: &str) -> Option<Self> {
        let bytes: [u8; PUBLIC_BYTES] = bytes_of(line)?.try_into().ok()?;
        bytes.starts_with(b"Ed").then_some(Self(bytes))
    }

    /// Of a `.pub` file: the key and the name that its comment tells. Nobody vouches for that name.
    pub fn read_file(text: &str) -> Result<(Self, Option<String>), KeyError> {
        let mut lines = text.lines();
        let comment = lines.next().and_then(|line| line.strip_prefix(COMMENT)).ok_or(KeyError::NotAKey)?;
        let key = lines.next().and_then(Self::read).ok_or(KeyError::NotAKey)?;
        if lines.next().is_some() {
            return Err(KeyError::NotAKey);
        }
        let told = comment.strip_prefix(PUBLIC_COMMENT).and_then(|rest| rest.split_once(' '));
        Ok((key, told.and_then(|(_, name)| one_line(name))))
    }

    /// As a `.pub` file.
    pub fn file_text(&self, name: &str) -> String {
        let comment = format!("{COMMENT}{PUBLIC_COMMENT}{} {name}", self.id());
        format!("{}\n{self}\n", comment.trim_end())
    }

    pub fn id(&self) -> KeyId {
        let [_, _, a, b, c, d, e, f, g, h, ..] = self.0;
        KeyId(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// A secret key that was unlocked. It has no text form: only [`NewKey::secret_text`], still locked, is ever written.
pub struct SecretKey {
    unlocked: minisign::SecretKey,
    public: PublicKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({}, …)", self.public.id())
    }
}

/// Both halves of a key just made.
pub struct NewKey {
    pub public: PublicKey,
    /// The file with the secret half, locked by the passphrase.
    pub secret_text: String,
}

/// Makes a key for somebody.
pub fn generate(name: &str, passphrase: &str) -> Result<NewKey, KeyError> {
    let name = one_line(name).ok_or(KeyError::Words)?;
    let is_good = passphrase.chars().count() >= MIN_PASSPHRASE_CHARS
        && passphrase.len() < MAX_PASSPHRASE_BYTES
        && !passphrase.chars().any(char::is_control);
    if !is_good {
        return Err(KeyError::PoorPassphrase);
    }
    // Always with a passphrase: without one the crate would ask at the terminal.
    let pair =
        minisign::KeyPair::generate_encrypted_keypair(Some(passphrase.to_owned())).map_err(|_| KeyError::Failed)?;
    let public = PublicKey::read(&pair.pk.to_base64()).ok_or(KeyError::Failed)?;
    let comment = format!("minisign encrypted secret key {} {name}", public.id());
    let secret_text = pair.sk.to_box(Some(&comment)).map_err(|_| KeyError::Failed)?.into_string();
    Ok(NewKey { public, secret_text })
}

/// Is this the file of a locked secret key that can be unlocked at a bearable price?
pub fn check_secret_text(text: &str) -> Result<(), KeyError> {
    let mut lines = text.lines();
    let comment = lines.next().ok_or(KeyError::NotAKey)?;
    let bytes = lines.next().and_then(bytes_of).filter(|b| b.len() == SECRET_BYTES).ok_or(KeyError::NotAKey)?;
    if !comment.starts_with(COMMENT) || lines.next().is_some() || &bytes[..2] != b"Ed" || &bytes[4..6] != b"B2" {
        return Err(KeyError::NotAKey);
    }
    match &bytes[2..4] {
        b"Sc" => {}
        [0, 0] => return Err(KeyError::NotProtected),
        _ => return Err(KeyError::NotAKey),
    }
    let number = |from: usize| bytes[from..from + 8].iter().rev().fold(0u64, |sum, b| sum << 8 | u64::from(*b));
    let is_bearable = number(38) <= MAX_OPERATIONS && MEMORY_BYTES.contains(&number(46));
    if is_bearable { Ok(()) } else { Err(KeyError::TooCostly) }
}

impl SecretKey {
    /// Unlocks the text of a secret key file, made here or by minisign.
    pub fn unlock(text: &str, passphrase: &str) -> Result<Self, KeyError> {
        check_secret_text(text)?;
        let locked = minisign::SecretKeyBox::from(text.to_owned());
        let unlocked =
            minisign::SecretKey::from_box(locked, Some(passphrase.to_owned())).map_err(|error| match error.kind() {
                minisign::ErrorKind::Verify => KeyError::WrongPassphrase,
                _ => KeyError::Failed,
            })?;
        let public = minisign::PublicKey::from_secret_key(&unlocked).map_err(|_| KeyError::Failed)?;
        let public = PublicKey::read(&public.to_base64()).ok_or(KeyError::Failed)?;
        Ok(Self { unlocked, public })
    }

    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The four lines that minisign would write for these bytes and this trusted comment.
    pub fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String, KeyError> {
        let untrusted = Some(super::verify::UNTRUSTED);
        let signed = minisign::sign(None, &self.unlocked, bytes, Some(trusted_comment), untrusted);
        let text = signed.map_err(|_| KeyError::Failed)?.into_string();
        // Nothing leaves that would not be accepted.
        let accepted =
            Signature::read(&text).is_some_and(|s| s.comment() == trusted_comment && s.is_of(&self.public, bytes));
        if accepted { Ok(text) } else { Err(KeyError::Failed) }
    }
}
