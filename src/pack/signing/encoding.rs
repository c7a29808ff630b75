//! Base64 with one spelling only, and words that stand on one line.

use ct_codecs::{Base64, Decoder, Encoder};

/// The longest name, role or reason, in characters.
const MAX_LINE_CHARS: usize = 120;

/// `None` when the text is not the one spelling of some bytes.
pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64::decode_to_vec(text, None).ok()?;
    (base64(&bytes) == text).then_some(bytes)
}

pub(super) fn base64(bytes: &[u8]) -> String {
    // Fails for sizes near the address space only.
    Base64::encode_to_string(bytes).unwrap_or_default()
}

/// Words as a person typed them, made fit for one line of a signed text; `None` when too little or too much is left.
pub(super) fn one_line(typed: &str) -> Option<String> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    is_one_line(&line).then_some(line)
}

/// True for what [`one_line`] gives.
pub(super) fn is_one_line(text: &str) -> bool {
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    !text.is_empty() && words == text && text.chars().count() <= MAX_LINE_CHARS && !text.chars().any(invisible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_spelling() {
        assert_eq!(bytes_of("AAA="), Some(vec![0, 0]));
        for other in ["AAA", "AAB=", "AAA= ", "AAA=\n", "A A=", "===="] {
            assert_eq!(bytes_of(other), None, "{other:?}");
        }
    }

    #[test]
    fn typed_words_become_one_line() {
        assert_eq!(one_line("  Sở Văn hóa\n Đà Nẵng "), Some("Sở Văn hóa Đà Nẵng".to_owned()));
        for bad in ["", "   ", "a\u{202e}b", "a\u{7}b", &"x".repeat(121)] {
            assert_eq!(one_line(bad), None, "{bad:?}");
        }
        assert!(!is_one_line("a  b"));
    }
}
