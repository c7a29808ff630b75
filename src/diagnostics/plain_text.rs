//! Problems as text for a terminal or a printout.

use super::Problem;
use std::fmt::Write;

/// One block a problem: place, code, both sentences, both hints.
pub fn render(problems: &[Problem]) -> String {
    let mut out = String::new();
    for p in problems {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}: {} [{}]", p.place, p.severity.word(), p.code);
        let _ = writeln!(out, "    {}\n    {}", p.message.vi, p.message.en);
        let _ = writeln!(out, "    → {}\n    → {}\n", p.hint.vi, p.hint.en);
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
        let text = render(&findings.into_sorted());
        assert_eq!(text, "a.ron: error [unknown-source]\n    một\n    one\n    → hai\n    → two\n\n");
    }
}
