//! What the tool says: results to standard output, complaints to standard error.

use super::failure::Failure;
use std::io::Write;

pub fn tell(text: &str) {
    // A reader that has seen enough, such as `head`, is no trouble.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Something worth knowing that is no result.
#[cfg(feature = "department")]
pub fn note(text: &str) {
    eprintln!("{text}");
}

pub fn complain(failure: &Failure) {
    match failure.en.as_str() {
        "" => eprintln!("{}", failure.vi),
        en => eprintln!("{} · {en}", failure.vi),
    }
    if !failure.hint.is_empty() {
        eprintln!("  → {}", failure.hint);
    }
}
