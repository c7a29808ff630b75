//! Who stands behind a pack: signatures as minisign makes them, offices whose root keys vouch for organisers, and keys
//! that were revoked. Files, passphrase prompts and the day's date come in as arguments.

mod encoding;
mod judge;
pub mod keys;
pub mod revocation;
pub mod ring;
pub mod seal;
pub mod statement;
pub mod verdict;
pub mod verify;
pub mod vouch;

pub use judge::judge;
pub use keys::{KeyError, KeyId, PublicKey, SecretKey};
pub use revocation::Revocations;
pub use ring::Ring;
pub use statement::StatementError;
pub use verdict::Verdict;
