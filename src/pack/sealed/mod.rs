//! The sealed form: one file with everything an exhibit is made of, as it travels on a stick. A ZIP file of stored
//! entries that any tool opens, in exactly one possible shape (docs/pack-format.md), so that nothing can hide in it.

mod containers;
mod copying;
mod known;
mod layout;
mod manifest;
mod names;
mod read;
mod reasons;
mod rewriting;
mod walk;
mod write;

pub use containers::hash_of as picture_hash;
pub use manifest::{Approval, Entry, MANIFEST, Manifest, ManifestError, SIGNATURE};
pub use names::{NameFault, check_name};
pub use read::{EntryReader, Sealed, SealedError};
pub use reasons::in_vietnamese;
pub use write::{BuildError, Built, Step, build, with_signature};

/// The format this program reads and writes.
pub const FORMAT: u64 = 1;
/// A sealed pack is smaller than this: offsets of a plain ZIP file have 32 bits.
pub const MAX_PACK_BYTES: u64 = u32::MAX as u64;
/// Entries of the ZIP file, manifest and signature among them.
pub const MAX_ENTRIES: usize = 20_000;
pub const MAX_MANIFEST_BYTES: u64 = 8 << 20;
pub const MAX_SIGNATURE_BYTES: u64 = 4 << 10;
