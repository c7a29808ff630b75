//! What `haidang-pack check` finds beyond reading: one rule a file. The kiosk does not run them; it shows what it can.
//!
//! A rule looks at the opened exhibit and at the texts as they are written, and tells what a visitor would stumble on.
//! Each brings its paragraph for `docs/problems.md` ([`manual`]).

mod captions_outside_sound;
mod cut_off;
mod date_in_future;
mod fonts;
mod foreign_name;
mod look_alike;
mod loudness;
pub mod manual;
mod media_too_heavy;
mod missing_narration;
mod no_glyph;
mod pack_too_large;
mod same_picture_twice;
mod stay_too_long;
mod text_overflows;
mod unclear_version;
mod unused_file;
pub mod written;

use super::model::{Exhibit, Item, Language};
use super::source::{self, Opened, Used};
use crate::diagnostics::{Findings, Place, Problem, Said, Severity};
use std::path::Path;
use written::Texts;

/// One thing that may be wrong with an exhibit that can be read.
pub struct Rule {
    /// As the folder of its failing sample in `tests/data/packs/invalid` is called.
    pub code: &'static str,
    pub severity: Severity,
    /// Its paragraph in the manual, Vietnamese and English.
    pub paragraph: (&'static str, &'static str),
    check: fn(&Checked<'_>, &mut Told<'_>),
}

/// In the order of the manual.
pub const RULES: [&Rule; 15] = [
    &captions_outside_sound::RULE,
    &cut_off::RULE,
    &date_in_future::RULE,
    &foreign_name::RULE,
    &look_alike::RULE,
    &loudness::RULE,
    &media_too_heavy::RULE,
    &missing_narration::RULE,
    &no_glyph::RULE,
    &pack_too_large::RULE,
    &same_picture_twice::RULE,
    &stay_too_long::RULE,
    &text_overflows::RULE,
    &unclear_version::RULE,
    &unused_file::RULE,
];

/// Problems told of one rule; whoever has more of them mends it part by part.
const MAX_TOLD: usize = 200;

/// Codes of reading that leave a text, or its end, unread.
const UNREAD: [&str; 4] = ["nested-too-deep", "path-outside-pack", "syntax", "unreadable-file"];

/// What rules look at.
pub struct Checked<'a> {
    pub folder: &'a Path,
    /// As far as it holds together; none when its title or something else that it needs is missing.
    pub exhibit: Option<&'a Exhibit>,
    /// The files that reading found.
    pub used: &'a Used,
    /// Everything as it stands in the files.
    pub texts: &'a Texts,
    /// False when some text of the pack could not be read to its end, so that nobody knows what it names.
    pub all_read: bool,
    /// The year it is, for what cannot have happened yet.
    pub this_year: i32,
}

impl Checked<'_> {
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.exhibit.into_iter().flat_map(|exhibit| exhibit.items.values())
    }

    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.exhibit.into_iter().flat_map(|exhibit| &exhibit.languages)
    }
}

/// Where a rule tells what it found.
pub struct Told<'a> {
    rule: &'a Rule,
    findings: &'a mut Findings,
    count: usize,
}

impl Told<'_> {
    /// Whether something was told of this place already.
    pub fn is_told(&self, place: &Place) -> bool {
        self.findings.iter().any(|problem| problem.place.file == place.file && problem.place.key_path == place.key_path)
    }

    pub fn tell(&mut self, place: Place, message: Said, hint: Said) {
        self.count += 1;
        if self.count <= MAX_TOLD {
            let (severity, code) = (self.rule.severity, self.rule.code);
            self.findings.add(Problem { place, severity, code, message, hint });
        }
    }
}

/// Reads a pack's folder as [`source::open`] does and runs every rule on it.
pub fn check(folder: &Path, this_year: i32) -> Opened {
    let mut opened = source::open(folder);
    // Of an exhibit that cannot be read, or is of another format, that alone is told.
    let is_other = opened.findings.iter().any(|problem| problem.code == "unsupported-format");
    if opened.readable && !is_other {
        let exhibit = opened.exhibit.as_ref();
        let texts = Texts::read(folder);
        let is_whole_file = |problem: &Problem| problem.place.key_path.is_empty();
        let is_unread = |problem: &Problem| UNREAD.contains(&problem.code) && is_whole_file(problem);
        let all_read = !opened.findings.iter().any(is_unread);
        let checked = Checked { folder, exhibit, used: &opened.used, texts: &texts, all_read, this_year };
        for rule in RULES {
            let mut told = Told { rule, findings: &mut opened.findings, count: 0 };
            (rule.check)(&checked, &mut told);
        }
    }
    opened
}

/// A path inside the pack as the texts name it.
fn name_in(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_its_paragraph() {
        let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
        assert!(codes.is_sorted(), "{codes:?}");
        assert!(RULES.iter().all(|rule| rule.paragraph.0.len() > 40 && rule.paragraph.1.len() > 40));
    }
}
