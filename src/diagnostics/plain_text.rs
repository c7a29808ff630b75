//! Problems as text for a terminal or a printout.

use super::{Problem, Tongue};
use std::fmt::Write;

/// One block a problem: place, code, both sentences, both hints.
pub fn render(problems: &[Problem]) -> String {
    render_in(problems, Tongue::Both)
}

/// The same in the language of whoever reads it.
pub fn render_in(problems: &[Problem], tongue: Tongue) -> String {
    let mut out = String::new();
    for p in problems {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}: {} [{}]", p.place, p.severity.word_in(tongue), p.code);
        for message in tongue.each(&p.message) {
            let _ = writeln!(out, "    {message}");
        }
        for hint in tongue.each(&p.hint) {
            let _ = writeln!(out, "    → {hint}");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Findings, Place, Said};
    use super::*;

    #[test]
    fn a_problem_reads_place_first_then_both_languages() {
        let mut findings = Findings::default();
        findings.error("unknown-source", Place::file("a.ron"), Said::new("một", "one"), Said::new("hai", "two"));
        let problems = findings.into_sorted();
        assert_eq!(render(&problems), "a.ron: error [unknown-source]\n    một\n    one\n    → hai\n    → two\n\n");
        let vietnamese = render_in(&problems, Tongue::Vietnamese);
        assert_eq!(vietnamese, "a.ron: lỗi [unknown-source]\n    một\n    → hai\n\n");
        let english = render_in(&problems, Tongue::English);
        assert_eq!(english, "a.ron: error [unknown-source]\n    one\n    → two\n\n");
    }
}
