//! What happens to journals on their way: torn copies, gaps, changed records, seals that do not hold. The journal in the
//! kiosk is not touched, only the copy on the stick.

use super::chance::Chance;
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What is wrong with a kiosk's stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    None,
    /// The stick was pulled out while it was written: the end of the file is missing.
    TornTail,
    /// Some records are missing in the middle.
    Gap,
    /// A record was changed afterwards.
    Changed,
    /// A plain copy of the journal, without a seal.
    NoSeal,
    /// The seal was altered.
    BadSeal,
    /// The kiosk was read twice: two files that overlap. Nothing is wrong with them.
    Twice,
}

pub const ALL: [Damage; 6] =
    [Damage::TornTail, Damage::Gap, Damage::Changed, Damage::NoSeal, Damage::BadSeal, Damage::Twice];

impl Damage {
    /// One in six sticks has something.
    pub fn draw(chance: &mut Chance) -> Self {
        let happens = chance.happens(170);
        let which = chance.one_of(&ALL).copied().unwrap_or(Self::None);
        if happens { which } else { Self::None }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::TornTail => "torn-tail",
            Self::Gap => "gap",
            Self::Changed => "changed",
            Self::NoSeal => "no-seal",
            Self::BadSeal => "bad-seal",
            Self::Twice => "twice",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum DamageError {
    #[error(transparent)]
    File(#[from] io::Error),
    #[error(transparent)]
    Journal(#[from] rusqlite::Error),
}

/// Damages a sealed copy. Records are chosen by the seed, never the first hundredth, so that something can be read.
pub fn apply(damage: Damage, copy: &Path, records: i64, chance: &mut Chance) -> Result<(), DamageError> {
    let at = chance.between(records / 100 + 1, (records - 1).max(records / 100 + 1));
    match damage {
        Damage::TornTail => {
            let length = fs::metadata(copy)?.len();
            let kept = length - length.min(1 + length * chance.between(1, 9) as u64 / 100);
            File::options().write(true).open(copy)?.set_len(kept.max(1))?;
        }
        Damage::Gap => {
            let last = at + chance.between(0, records / 50);
            change(
                copy,
                "DELETE FROM record WHERE sequence BETWEEN ?1 AND ?2 AND sequence < ?3",
                &[at, last, records],
            )?;
        }
        Damage::Changed => change(copy, "UPDATE record SET amount = amount + 60000 WHERE sequence = ?1", &[at])?,
        Damage::BadSeal => change(copy, "UPDATE seal SET sealed_wall_millis = sealed_wall_millis + 1", &[])?,
        Damage::None | Damage::NoSeal | Damage::Twice => {}
    }
    Ok(())
}

fn change(copy: &Path, sql: &str, numbers: &[i64]) -> rusqlite::Result<()> {
    let connection = Connection::open(copy)?;
    connection.execute(sql, rusqlite::params_from_iter(numbers))?;
    connection.close().map_err(|(_, error)| error)
}
