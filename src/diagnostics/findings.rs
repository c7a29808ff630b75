//! All problems found while reading something; reading never stops at the first.

use super::{Place, Problem, Said, Severity};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Problem>);

impl Findings {
    pub fn error(&mut self, code: &'static str, place: Place, message: Said, hint: Said) {
        self.0.push(Problem { place, severity: Severity::Error, code, message, hint });
    }

    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// In order of file, line and column, each once.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anything must be mended before a pack can be built.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}
