//! The number that lets the people in charge in. It lies in the kiosk's data folder as an Argon2id hash in PHC form,
//! beside the count of wrong ones, readable by the kiosk's user alone. There is no number to begin with: the first start
//! sets one.
//!
//! A wrong number is counted on disk before it is compared, so that pulling the plug answers no guess for free. A hash of
//! so few digits keeps nobody out for long who carries the file away; it is the screen that it guards.

use super::lock_out::{Count, LockOut};
use super::said::{said, span};
use super::weak_pins::{Weakness, weakness};
use crate::base::clock::Moment;
use crate::base::files::{Staged, read_capped};
use crate::diagnostics::Said;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use serde_json::{Value, json};
use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const FILE: &str = "staff-pin.json";
const FORMAT: u64 = 1;
const MAX_FILE_BYTES: u64 = 4096;

/// What one hash costs: memory in KiB and passes. RFC 9106 recommends as much where memory is scarce.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3 }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PinError {
    #[error("the PIN's file cannot be read or written: {0}")]
    Io(#[from] io::Error),
    #[error("the PIN's file holds something else; who has lost the PIN deletes it")]
    Unreadable,
    #[error("a PIN is set already")]
    IsSet,
    #[error("no PIN is set")]
    IsNotSet,
    #[error("the PIN could not be hashed")]
    Hashing,
    #[error("a weak PIN: {0:?}")]
    Weak(Weakness),
}

impl PinError {
    pub fn sentence(&self) -> Said {
        match self {
            Self::Weak(weakness) => weakness.sentence(),
            Self::IsSet => said("Máy này đã có mã PIN.", "This kiosk has a PIN already."),
            Self::IsNotSet => said("Máy này chưa có mã PIN.", "This kiosk has no PIN yet."),
            Self::Unreadable => said(
                "Tệp mã PIN bị hỏng. Người quản trị máy xóa tệp staff-pin.json rồi đặt mã mới.",
                "The PIN's file is damaged. The machine's administrator deletes staff-pin.json and sets a new PIN.",
            ),
            Self::Io(_) | Self::Hashing => said(
                "Không đọc hay ghi được mã PIN. Hãy xem dung lượng đĩa rồi thử lại.",
                "The PIN could not be read or written. Look at the disk's space and try again.",
            ),
        }
    }
}

/// What a number tried came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Right,
    Wrong {
        /// Before the first rest.
        tries_left: u32,
        rest_millis: u64,
    },
    /// Nothing was compared: there is a rest under way.
    Resting {
        left_millis: u64,
    },
}

impl Answer {
    pub fn sentence(self) -> Said {
        match self {
            Self::Right => said("Đúng mã.", "The PIN is right."),
            Self::Wrong { rest_millis: 0, tries_left } => said(
                format!("Sai mã. Còn {tries_left} lần trước khi bàn phím tạm khóa."),
                format!("Wrong PIN. {tries_left} more before the pad rests."),
            ),
            Self::Wrong { rest_millis: millis, .. } | Self::Resting { left_millis: millis } => {
                let Said { vi, en } = span(millis);
                said(format!("Bàn phím tạm khóa. Thử lại sau {vi}."), format!("The pad rests. Try again in {en}."))
            }
        }
    }
}

pub struct PinKeeper {
    path: PathBuf,
    cost: Cost,
    hash: Option<String>,
    lock: LockOut,
}

impl PinKeeper {
    pub fn open(data: &Path, cost: Cost, now: Moment) -> Result<Self, PinError> {
        let path = data.join(FILE);
        let kept = match read_capped(&path, MAX_FILE_BYTES) {
            Ok(bytes) => Some(parse(&bytes).ok_or(PinError::Unreadable)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // A file that is too large, a folder or a pipe is not the first start either.
            Err(error) if [io::ErrorKind::FileTooLarge, io::ErrorKind::InvalidInput].contains(&error.kind()) => {
                return Err(PinError::Unreadable);
            }
            Err(error) => return Err(error.into()),
        };
        let (hash, count) = kept.map_or((None, Count::default()), |(hash, count)| (Some(hash), count));
        let keeper = Self { path, cost, hash, lock: LockOut::resume(count, now) };
        if keeper.left_millis(now) > 0 {
            keeper.write(keeper.lock.count(now))?;
        }
        Ok(keeper)
    }

    pub fn is_set(&self) -> bool {
        self.hash.is_some()
    }

    /// What is left of a rest.
    pub fn left_millis(&self, now: Moment) -> u64 {
        self.lock.left_millis(now)
    }

    /// The first PIN of this kiosk.
    pub fn set_first(&mut self, pin: &str, now: Moment) -> Result<(), PinError> {
        if self.is_set() {
            return Err(PinError::IsSet);
        }
        self.set(pin, now)
    }

    /// A new PIN for who knows the old one.
    pub fn change(&mut self, old: &str, new: &str, now: Moment) -> Result<Answer, PinError> {
        if let Some(weakness) = weakness(new) {
            return Err(PinError::Weak(weakness));
        }
        let answer = self.attempt(old, now)?;
        if answer == Answer::Right {
            self.set(new, now)?;
        }
        Ok(answer)
    }

    /// Compares a PIN. It is counted as wrong on disk before it is looked at.
    pub fn attempt(&mut self, pin: &str, now: Moment) -> Result<Answer, PinError> {
        let hash = self.hash.clone().ok_or(PinError::IsNotSet)?;
        let left_millis = self.left_millis(now);
        if left_millis > 0 {
            self.write(self.lock.count(now))?;
            return Ok(Answer::Resting { left_millis });
        }
        let wrong = self.lock.after_wrong(now);
        self.write(wrong.count(now))?;
        self.lock = wrong;
        if !self.is_right(pin, &hash)? {
            return Ok(Answer::Wrong { tries_left: wrong.tries_left(), rest_millis: wrong.left_millis(now) });
        }
        self.write(Count::default())?;
        self.lock = LockOut::resume(Count::default(), now);
        Ok(Answer::Right)
    }

    fn is_right(&self, pin: &str, hash: &str) -> Result<bool, PinError> {
        let hash = PasswordHash::new(hash).map_err(|_| PinError::Unreadable)?;
        Ok(self.argon2()?.verify_password(pin.as_bytes(), &hash).is_ok())
    }

    fn set(&mut self, pin: &str, now: Moment) -> Result<(), PinError> {
        if let Some(weakness) = weakness(pin) {
            return Err(PinError::Weak(weakness));
        }
        let hash = self.argon2()?.hash_password(pin.as_bytes()).map_err(|_| PinError::Hashing)?.to_string();
        let before = self.hash.replace(hash);
        if let Err(error) = self.write(Count::default()) {
            self.hash = before;
            return Err(error);
        }
        self.lock = LockOut::resume(Count::default(), now);
        Ok(())
    }

    fn argon2(&self) -> Result<Argon2<'static>, PinError> {
        let params = Params::new(self.cost.memory_kib, self.cost.passes, 1, None).map_err(|_| PinError::Hashing)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// The whole file or none of it, on disk when this returns.
    fn write(&self, count: Count) -> Result<(), PinError> {
        let Some(hash) = &self.hash else { return Err(PinError::IsNotSet) };
        let value = json!({
            "format": FORMAT,
            "hash": hash,
            "wrong": count.wrong,
            "left_millis": count.left_millis,
            "until_wall_millis": count.until_wall_millis,
        });
        let mut staged = Staged::beside(&self.path)?;
        staged.file().set_permissions(Permissions::from_mode(0o600))?;
        staged.file().write_all(format!("{value:#}\n").as_bytes())?;
        Ok(staged.publish()?)
    }
}

fn parse(bytes: &[u8]) -> Option<(String, Count)> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    if value.get("format")?.as_u64()? != FORMAT {
        return None;
    }
    let hash = value.get("hash")?.as_str()?;
    PasswordHash::new(hash).ok().filter(|hash| hash.algorithm.as_str() == "argon2id" && hash.hash.is_some())?;
    let count = Count {
        wrong: u32::try_from(value.get("wrong")?.as_u64()?).ok()?,
        left_millis: value.get("left_millis")?.as_u64()?,
        until_wall_millis: value.get("until_wall_millis")?.as_i64()?,
    };
    Some((hash.to_owned(), count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };
    const PIN: &str = "480571";

    fn at(millis: u64) -> Moment {
        Moment { monotonic_millis: millis, wall_millis: 1_800_000_000_000 + millis as i64 }
    }

    fn open(dir: &TempDir, now: Moment) -> PinKeeper {
        PinKeeper::open(dir.path(), CHEAP, now).expect("opened")
    }

    fn with_pin() -> (TempDir, PinKeeper) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut keeper = open(&dir, at(0));
        assert!(!keeper.is_set() && matches!(keeper.attempt(PIN, at(0)), Err(PinError::IsNotSet)));
        keeper.set_first(PIN, at(0)).expect("set");
        (dir, keeper)
    }

    fn left_after_wrong(keeper: &mut PinKeeper, now: Moment) -> u64 {
        match keeper.attempt("000000", now).expect("answered") {
            Answer::Wrong { rest_millis, .. } => rest_millis,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_first_start_sets_one_and_nothing_of_it_can_be_read() {
        let (dir, mut keeper) = with_pin();
        assert!(matches!(keeper.set_first("907346", at(0)), Err(PinError::IsSet)));
        assert_eq!(keeper.attempt(PIN, at(0)).expect("answered"), Answer::Right);
        let path = dir.path().join(FILE);
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains("$argon2id$v=19$m=64,t=1,p=1$") && !text.contains(PIN), "{text}");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 1);
        let other = tempfile::tempdir().expect("temporary folder");
        let mut other = open(&other, at(0));
        assert!(matches!(other.set_first("123456", at(0)), Err(PinError::Weak(Weakness::InOrder))));
    }

    #[test]
    fn a_new_pin_needs_the_old_one() {
        let (_dir, mut keeper) = with_pin();
        assert!(matches!(keeper.change("000000", "907346", at(0)), Ok(Answer::Wrong { tries_left: 4, .. })));
        assert!(matches!(keeper.change(PIN, "123456", at(0)), Err(PinError::Weak(_))));
        assert_eq!(keeper.change(PIN, "907346", at(0)).expect("changed"), Answer::Right);
        assert!(matches!(keeper.attempt(PIN, at(0)), Ok(Answer::Wrong { .. })));
        assert_eq!(keeper.attempt("907346", at(0)).expect("answered"), Answer::Right);
    }

    #[test]
    fn ten_wrong_ones_lock_and_a_restart_does_not_unlock() {
        let (dir, mut keeper) = with_pin();
        let mut now = 0;
        for rest in [0, 0, 0, 0, 30_000, 60_000, 120_000, 240_000, 480_000, 3_600_000] {
            assert_eq!(left_after_wrong(&mut keeper, at(now)), rest);
            if rest > 0 {
                // Even the right one is not looked at.
                let asked = keeper.attempt(PIN, at(now + 1)).expect("answered");
                assert_eq!(asked, Answer::Resting { left_millis: rest - 1 });
            }
            now += if rest == 3_600_000 { 0 } else { rest };
        }
        let written = fs::read(dir.path().join(FILE)).expect("read");
        // Restarted, with the clock as it is, set back, and set forward.
        for wall in [at(now).wall_millis, 0, i64::MAX] {
            fs::write(dir.path().join(FILE), &written).expect("written");
            let restarted = Moment { monotonic_millis: 0, wall_millis: wall };
            let mut keeper = open(&dir, restarted);
            let left = keeper.left_millis(restarted);
            assert!(left >= 3_599_999, "{wall}: {left}");
            assert!(matches!(keeper.attempt(PIN, restarted), Ok(Answer::Resting { .. })));
            let almost = Moment { monotonic_millis: left - 1, wall_millis: i64::MAX };
            assert!(matches!(keeper.attempt(PIN, almost), Ok(Answer::Resting { left_millis: 1 })));
        }
    }

    #[test]
    fn after_the_rest_the_right_one_sets_the_count_back() {
        let (dir, mut keeper) = with_pin();
        for _ in 0..5 {
            left_after_wrong(&mut keeper, at(0));
        }
        assert_eq!(keeper.attempt(PIN, at(30_000)).expect("answered"), Answer::Right);
        let mut keeper = open(&dir, at(0));
        assert_eq!(keeper.left_millis(at(0)), 0);
        assert_eq!(left_after_wrong(&mut keeper, at(0)), 0);
    }

    #[test]
    fn a_guess_is_counted_even_when_the_plug_is_pulled() {
        let (dir, keeper) = with_pin();
        // What attempt() writes before it compares anything.
        let wrong = keeper.lock.after_wrong(at(0));
        keeper.write(wrong.count(at(0))).expect("written");
        assert_eq!(open(&dir, at(0)).lock.tries_left(), 4);
    }

    #[test]
    fn a_damaged_file_is_not_a_first_start() {
        let (dir, _) = with_pin();
        let path = dir.path().join(FILE);
        let good = fs::read_to_string(&path).expect("read");
        for bad in ["", "{", "{}", &good.replace("argon2id", "argon2x"), &good.replace("\"wrong\": 0", "\"wrong\": -1")]
        {
            fs::write(&path, bad).expect("written");
            assert!(matches!(PinKeeper::open(dir.path(), CHEAP, at(0)), Err(PinError::Unreadable)), "{bad}");
        }
        fs::remove_file(&path).expect("removed");
        fs::create_dir(&path).expect("made");
        assert!(matches!(PinKeeper::open(dir.path(), CHEAP, at(0)), Err(PinError::Unreadable)));
    }
}
