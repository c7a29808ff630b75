//! What the tool says: results to standard output, complaints to standard error, in the language that was chosen.

use super::failure::Failure;
use crate::command_line::Answer;
use crate::diagnostics::Tongue;
use std::io::Write;
use std::sync::OnceLock;

/// What stands between the halves of a text in both languages.
const BETWEEN: &str = " · ";

static TONGUE: OnceLock<Tongue> = OnceLock::new();

/// Chooses the language, once, before anything is said.
pub fn speak(tongue: Tongue) {
    TONGUE.get_or_init(|| tongue);
}

/// Both, until one is chosen.
pub fn tongue() -> Tongue {
    TONGUE.get().copied().unwrap_or_default()
}

pub fn tell(text: &str) {
    // A reader that has seen enough, such as `head`, is no trouble.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Something worth knowing that is no result.
#[cfg(feature = "department")]
pub fn note(vi: &str, en: &str) {
    complaint(&format!("{}\n", tongue().say(vi, en)));
}

pub fn complain(failure: &Failure) {
    complaint(&told(failure, tongue()));
}

fn told(failure: &Failure, tongue: Tongue) -> String {
    let mut text = match failure.en.as_str() {
        // Told in both languages already.
        "" => half(&failure.vi, tongue),
        en => tongue.say(&failure.vi, &with_place(&failure.vi, en, tongue)),
    };
    text.push('\n');
    for hint in failure.hint.lines() {
        text += &format!("  → {}\n", half(hint, tongue).trim_start_matches("  → "));
    }
    text
}

/// A sentence that follows another of the same begins without the place that both are about; alone it needs it.
fn with_place(vi: &str, en: &str, tongue: Tongue) -> String {
    match vi.split_once(": ") {
        Some((place, _))
            if tongue == Tongue::English
                && !en.starts_with(place)
                && (place.starts_with("--") || !place.contains(' ')) =>
        {
            format!("{place}: {en}")
        }
        _ => en.to_owned(),
    }
}

/// One language of a text in two halves. What has more than two, or names a command before them, stays as it is.
fn half(text: &str, tongue: Tongue) -> String {
    match (text.split_once(BETWEEN), tongue) {
        (Some((vi, en)), Tongue::Vietnamese) if !en.contains(BETWEEN) => vi.to_owned(),
        (Some((vi, en)), Tongue::English) if !en.contains(BETWEEN) && !vi.contains(':') => en.to_owned(),
        _ => text.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_who_reads_vietnamese_is_told_nothing_in_english() {
        let failure = Failure::cannot_read("kho: không có thư mục này", "there is no such folder");
        let failure = Failure { hint: "thêm --new · with --new".to_owned(), ..failure };
        assert_eq!(told(&failure, Tongue::Vietnamese), "kho: không có thư mục này\n  → thêm --new\n");
        assert_eq!(told(&failure, Tongue::English), "kho: there is no such folder\n  → with --new\n");
        let both = "kho: không có thư mục này · there is no such folder\n  → thêm --new · with --new\n";
        assert_eq!(told(&failure, Tongue::Both), both);
    }
}
