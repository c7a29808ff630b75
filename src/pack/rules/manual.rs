//! The manual of all problems, `docs/problems.md`: written from the rules and from the codes of reading, never by hand.

use super::RULES;
use crate::pack::source::codes::CODES;
use std::fmt::Write;

const HEAD: &str = "# Problems that `haidang-pack check` tells

Written by `haidang-pack problems --markdown` from the rules and the reader's codes; a test compares it. Do not edit it here.

An **error** keeps a pack from being built; a **warning** does not. Every problem comes with file, line, column, and what
to do. Samples: `tests/data/packs/invalid/<code>`.
";

/// The whole manual as Markdown.
pub fn markdown() -> String {
    let mut out = String::from(HEAD);
    out.push_str("\n## Told by reading (all errors)\n");
    for (code, vi, en) in CODES {
        section(&mut out, code, "", vi, en);
    }
    out.push_str("\n## Told by rules of `check`\n");
    for rule in RULES {
        let (vi, en) = rule.paragraph;
        section(&mut out, rule.code, &format!(" ({})", rule.severity.word()), vi, en);
    }
    out
}

fn section(out: &mut String, code: &str, severity: &str, vi: &str, en: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\n### {code}{severity}\n\n{vi}\n\n{en}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_section() {
        let manual = markdown();
        for code in CODES.iter().map(|(code, ..)| *code).chain(RULES.iter().map(|rule| rule.code)) {
            assert_eq!(manual.matches(&format!("\n### {code}")).count(), 1 + codes_beginning_with(code), "{code}");
        }
    }

    fn codes_beginning_with(code: &str) -> usize {
        let all = CODES.iter().map(|(other, ..)| *other).chain(RULES.iter().map(|rule| rule.code));
        all.filter(|other| *other != code && other.starts_with(code)).count()
    }
}
