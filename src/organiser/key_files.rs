//! Key files and key rings as the verbs read and write them, and what is told when that fails.

use crate::base::files::{read_capped, write_whole};
use crate::organiser::args::keys::Passphrase;
use crate::organiser::{Outcome, passphrase};
use crate::pack::signing::keys::{self, MAX_KEY_FILE_BYTES, MIN_PASSPHRASE_CHARS};
use crate::pack::signing::ring::{MAX_RING_BYTES, RingError};
use crate::pack::signing::{KeyError, Ring, SecretKey, StatementError};
use std::io;
use std::path::Path;

/// What ends a command. Why, the person was told where it was found.
pub struct Told(Outcome);

pub type Done = Result<(), Told>;

impl From<Told> for Outcome {
    fn from(told: Told) -> Self {
        told.0
    }
}

/// A key ring; statements in it that do not hold are told.
pub fn ring(path: &Path) -> Result<Ring, Told> {
    let (ring, refused) = Ring::read(&text(path, MAX_RING_BYTES)?).map_err(|error| {
        let (vi, en) = match error {
            RingError::Malformed => ("Đây không phải chùm khóa.", "This is no key ring."),
            RingError::NewerFormat => ("Chùm khóa thuộc phiên bản mới hơn.", "The key ring is of a newer version."),
        };
        complain(path, vi, en, Outcome::CannotRead)
    })?;
    for error in refused {
        no_statement(path, error);
    }
    Ok(ring)
}

/// A secret key, unlocked by the passphrase.
pub fn secret_key(path: &Path, from: &Passphrase) -> Result<SecretKey, Told> {
    let text = text(path, MAX_KEY_FILE_BYTES)?;
    keys::check_secret_text(&text).map_err(|error| no_key(path, error))?;
    let passphrase = passphrase::ask(from, path).map_err(|error| no_file(path, &error))?;
    SecretKey::unlock(&text, &passphrase).map_err(|error| no_key(path, error))
}

pub fn text(path: &Path, cap: u64) -> Result<String, Told> {
    let bytes = read_capped(path, cap).map_err(|error| no_file(path, &error))?;
    String::from_utf8(bytes)
        .map_err(|_| complain(path, "Đây không phải văn bản.", "This is no text.", Outcome::CannotRead))
}

pub fn write(path: &Path, text: &str) -> Done {
    write_whole(path, text.as_bytes()).map_err(|error| no_file(path, &error))
}

/// Why a key is no good, in Vietnamese and English.
pub fn no_key(path: &Path, error: KeyError) -> Told {
    let poor_vi = format!("Mật khẩu phải có ít nhất {MIN_PASSPHRASE_CHARS} ký tự, trên một dòng.");
    let poor_en = format!("A passphrase has {MIN_PASSPHRASE_CHARS} characters at least, on one line.");
    let (vi, en, outcome) = match error {
        KeyError::NotAKey => ("Đây không phải tệp khóa.", "This is no key file.", Outcome::CannotRead),
        KeyError::NotProtected => (
            "Khóa bí mật không có mật khẩu; hãy tạo khóa mới.",
            "The secret key has no passphrase; make a new one.",
            Outcome::Problems,
        ),
        KeyError::TooCostly => {
            ("Khóa đòi hỏi quá nhiều bộ nhớ.", "The key asks for too much memory.", Outcome::Problems)
        }
        KeyError::WrongPassphrase => ("Sai mật khẩu.", "Wrong passphrase.", Outcome::Problems),
        KeyError::PoorPassphrase => (poor_vi.as_str(), poor_en.as_str(), Outcome::Problems),
        KeyError::Words => (
            "Tên hoặc lý do phải nằm trên một dòng, tối đa 120 ký tự.",
            "Names and reasons have one line of 120 characters at most.",
            Outcome::Problems,
        ),
        KeyError::Failed => ("Không dùng được khóa này.", "This key could not be used.", Outcome::Problems),
    };
    complain(path, vi, en, outcome)
}

pub fn no_statement(path: &Path, error: StatementError) -> Told {
    let (vi, en) = match error {
        StatementError::Malformed => ("Đây không phải giấy của cơ quan.", "This is no statement of an office."),
        StatementError::UnknownRoot => {
            ("Không có khóa gốc đáng tin nào đã ký giấy này.", "No trusted root key signed this statement.")
        }
        StatementError::Altered => ("Giấy đã bị sửa đổi sau khi ký.", "The statement was altered after it was signed."),
        StatementError::SameId => {
            ("Chùm khóa có một khóa khác trùng số.", "The ring holds another key of the same number.")
        }
    };
    complain(path, vi, en, Outcome::Problems)
}

pub fn no_file(path: &Path, error: &io::Error) -> Told {
    let (vi, en) = (format!("Không đọc hay ghi được: {error}."), format!("It cannot be read or written: {error}."));
    complain(path, &vi, &en, Outcome::CannotRead)
}

pub fn tell(path: &Path, vi: &str, en: &str) -> Done {
    Err(complain(path, vi, en, Outcome::Problems))
}

/// Tells why a command ends.
pub fn complain(path: &Path, vi: &str, en: &str, outcome: Outcome) -> Told {
    eprintln!("{}: {vi} · {en}", path.display());
    Told(outcome)
}
