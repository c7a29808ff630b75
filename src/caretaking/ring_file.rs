//! The kiosk's key ring on disk: the offices that it trusts. Sticks bring revocation lists and vouchings, which count
//! because a trusted office signed them; nothing on a stick makes a new office trusted.

use super::sticks::{self, OnStick};
use crate::base::files::{read_capped, write_whole};
use crate::pack::signing::Ring;
use crate::pack::signing::revocation::{Admitted, RevocationList};
use crate::pack::signing::ring::MAX_RING_BYTES;
use crate::pack::signing::statement::MAX_STATEMENT_BYTES;
use crate::pack::signing::vouch::Vouching;
use std::io;
use std::path::{Path, PathBuf};

/// The ring's file in the kiosk's data folder.
pub const FILE: &str = "ring.json";

#[derive(Debug, thiserror::Error)]
pub enum RingFileError {
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    #[error("{0}: this is no key ring")]
    Malformed(PathBuf),
    #[error("{0}: a key ring of a newer version")]
    Newer(PathBuf),
}

/// What a stick brought for the ring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Keys that were not revoked before.
    pub revoked: usize,
    pub vouchings: usize,
    /// Statements that no trusted office made, or that were altered.
    pub refused: usize,
}

/// The ring, empty when there is no file: then no signature is known.
pub fn read(path: &Path) -> Result<Ring, RingFileError> {
    let text = match read_capped(path, MAX_RING_BYTES) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| RingFileError::Malformed(path.to_owned()))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ring::default()),
        Err(error) => return Err(RingFileError::Io(path.to_owned(), error)),
    };
    use crate::pack::signing::ring::RingError;
    let read = Ring::read(&text).map_err(|error| match error {
        RingError::Malformed => RingFileError::Malformed(path.to_owned()),
        RingError::NewerFormat => RingFileError::Newer(path.to_owned()),
    });
    Ok(read?.0)
}

/// Takes in what a stick brings, and keeps it.
pub fn take_from(stick: &Path, ring: &mut Ring, path: &Path) -> Result<Taken, RingFileError> {
    let before = ring.write();
    let mut taken = Taken::default();
    for file in sticks::files(stick, "vouch").iter().chain(&sticks::files(stick, "revoked")) {
        take(file, ring, &mut taken);
    }
    let after = ring.write();
    if after != before {
        write_whole(path, after.as_bytes()).map_err(|error| RingFileError::Io(path.to_owned(), error))?;
    }
    Ok(taken)
}

fn take(file: &OnStick, ring: &mut Ring, taken: &mut Taken) {
    let Some(text) = sticks::text(file, MAX_STATEMENT_BYTES) else {
        taken.refused += 1;
        return;
    };
    if RevocationList::is_meant(&text) {
        match ring.admit_revocations(&text) {
            Ok(Admitted::New(keys)) => taken.revoked += keys,
            Ok(Admitted::Known | Admitted::Older) => {}
            Err(_) => taken.refused += 1,
        }
    } else if Vouching::is_meant(&text) {
        let known = ring.vouchings().count();
        match ring.admit_vouching(&text) {
            Ok(_) => taken.vouchings += ring.vouchings().count() - known,
            Err(_) => taken.refused += 1,
        }
    } else {
        taken.refused += 1;
    }
}
