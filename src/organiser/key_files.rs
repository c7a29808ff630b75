//! Key files and key rings as the verbs read and write them, and what is told when that fails.

use crate::base::files::{read_capped, write_whole};
use crate::organiser::args::keys::Passphrase;
use crate::organiser::failure::Failure;
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, passphrase};
use crate::pack::signing::keys::{self, MAX_KEY_FILE_BYTES, MIN_PASSPHRASE_CHARS};
use crate::pack::signing::ring::{MAX_RING_BYTES, RingError};
use crate::pack::signing::{KeyError, Ring, SecretKey, StatementError};
use std::path::Path;

/// A key ring; statements in it that do not hold are told.
pub fn ring(path: &Path, screen: Screen) -> Result<Ring, Failure> {
    let (ring, refused) = Ring::read(&text(path, MAX_RING_BYTES)?).map_err(|error| {
        let (vi, en) = match error {
            RingError::Malformed => ("Đây không phải chùm khóa.", "This is no key ring."),
            RingError::NewerFormat => ("Chùm khóa thuộc phiên bản mới hơn.", "The key ring is of a newer version."),
        };
        Failure::cannot_read(path, vi, en)
    })?;
    for error in refused {
        screen.complain(&no_statement(path, error));
    }
    Ok(ring)
}

/// A secret key, unlocked by the passphrase.
pub fn secret_key(path: &Path, from: &Passphrase, screen: Screen) -> Result<SecretKey, Failure> {
    let text = text(path, MAX_KEY_FILE_BYTES)?;
    keys::check_secret_text(&text).map_err(|error| no_key(path, error))?;
    let passphrase = passphrase::ask(from, path, screen).map_err(|error| Failure::of_file(path, &error))?;
    SecretKey::unlock(&text, &passphrase).map_err(|error| no_key(path, error))
}

pub fn text(path: &Path, cap: u64) -> Result<String, Failure> {
    let bytes = read_capped(path, cap).map_err(|error| Failure::of_file(path, &error))?;
    String::from_utf8(bytes).map_err(|_| Failure::cannot_read(path, "Đây không phải văn bản.", "This is no text."))
}

pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    write_whole(path, text.as_bytes()).map_err(|error| Failure::of_file(path, &error))
}

/// Why a key is no good, in Vietnamese and English.
pub fn no_key(path: &Path, error: KeyError) -> Failure {
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
    Failure::new(path, vi, en, outcome)
}

pub fn no_statement(path: &Path, error: StatementError) -> Failure {
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
    Failure::problem(path, vi, en)
}
