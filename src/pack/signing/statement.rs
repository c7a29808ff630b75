//! Texts that an office signs: lines of `name: value` with the signature under them, in one file that a person can read
//! and minisign can check.

use super::keys::{KeyError, PublicKey, SecretKey};
use super::ring::Root;
use super::verify::Signature;

/// No statement is longer, in bytes.
pub const MAX_STATEMENT_BYTES: u64 = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("this is no statement of an office")]
    Malformed,
    #[error("no trusted root key made this statement")]
    UnknownRoot,
    #[error("the statement was altered after it was signed")]
    Altered,
    #[error("another key with the same number is known already")]
    SameId,
}

/// A statement's own lines, which have one spelling, and the comment signed with them.
pub(super) trait Statement: Sized {
    /// Lines, each ended.
    fn body(&self) -> String;
    fn comment(&self) -> String;
    fn root(&self) -> PublicKey;
    /// Need not check the spelling.
    fn read_body(body: &str) -> Option<Self>;
}

/// The statement and the signature under it.
pub(super) fn signed<S: Statement>(statement: &S, secret: &SecretKey) -> Result<String, KeyError> {
    let body = statement.body();
    // What could not be read again is not signed.
    if S::read_body(&body).is_none_or(|again| again.body() != body) || secret.public() != statement.root() {
        return Err(KeyError::Words);
    }
    let signature = secret.sign(body.as_bytes(), &statement.comment())?;
    Ok(body + &signature)
}

/// Reads a statement that one of these roots signed.
pub(super) fn read<S: Statement>(text: &str, roots: &[Root]) -> Result<S, StatementError> {
    if text.len() as u64 > MAX_STATEMENT_BYTES {
        return Err(StatementError::Malformed);
    }
    let at = text.find("\nuntrusted comment: ").ok_or(StatementError::Malformed)? + 1;
    let (body, signature) = text.split_at(at);
    let statement = S::read_body(body).filter(|s| s.body() == body).ok_or(StatementError::Malformed)?;
    let root = roots.iter().find(|r| r.key == statement.root()).ok_or(StatementError::UnknownRoot)?;
    let signature = Signature::read(signature).ok_or(StatementError::Altered)?;
    let holds = signature.comment() == statement.comment() && signature.is_of(&root.key, body.as_bytes());
    if holds { Ok(statement) } else { Err(StatementError::Altered) }
}

/// The value of the next line, which must have this name.
pub(super) fn value<'a>(lines: &mut impl Iterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    lines.next()?.strip_prefix(name)?.strip_prefix(": ")
}
