//! What the tool says: results to standard output, complaints to standard error.

use super::failure::Failure;
use crate::command_line::Answer;
use std::io::Write;

pub fn tell(text: &str) {
    // A reader that has seen enough, such as `head`, is no trouble.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Something worth knowing that is no result.
#[cfg(feature = "department")]
pub fn note(text: &str) {
    complaint(&format!("{text}\n"));
}

pub fn complain(failure: &Failure) {
    match failure.en.as_str() {
        "" => complaint(&format!("{}\n", failure.vi)),
        en => complaint(&format!("{} · {en}\n", failure.vi)),
    }
    if !failure.hint.is_empty() {
        complaint(&format!("  → {}\n", failure.hint));
    }
}

/// What clap says instead of a verb: help, or what is wrong with the line.
pub fn answer(answer: &Answer) {
    if answer.is_complaint { complaint(&answer.text) } else { tell(&answer.text) }
}

fn complaint(text: &str) {
    // As above: with `2>&1 | head` nobody listens to the rest.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
