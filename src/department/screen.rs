//! What the tool says: results to standard output, complaints to standard error.

use super::failure::Failure;

pub fn tell(text: &str) {
    print!("{text}");
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
