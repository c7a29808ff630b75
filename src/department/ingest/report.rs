//! What an ingest came to, in words and as JSON.

use super::follow::Followed;
use super::refusal::Refusal;
use crate::department::figures::Words;
use crate::department::lake::marks;
use crate::diagnostics::Tongue;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// This very file was taken before.
    KnownFile,
    /// Another file, but every record of it was there.
    NothingNew,
    Empty,
    Refused {
        code: &'static str,
        said: Words,
    },
}

impl Outcome {
    pub fn word(&self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::KnownFile => "known-file",
            Self::NothingNew => "nothing-new",
            Self::Empty => "empty",
            Self::Refused { .. } => "refused",
        }
    }

    fn said(&self) -> Words {
        let (vi, en) = match self {
            Self::Taken => ("đã nhận", "taken"),
            Self::KnownFile => ("tệp này đã nhận trước đây", "this file was taken before"),
            Self::NothingNew => ("không có bản ghi mới", "no new record"),
            Self::Empty => ("chưa có bản ghi nào", "there is no record yet"),
            Self::Refused { said, .. } => return said.clone(),
        };
        Words { vi: vi.to_owned(), en: en.to_owned() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalReport {
    pub path: PathBuf,
    pub kiosk: String,
    pub outcome: Outcome,
    pub records: u64,
    pub new_records: u64,
    pub first: i64,
    pub last: i64,
    pub marks: Vec<&'static str>,
}

impl JournalReport {
    pub fn refused(path: &Path, refusal: &Refusal) -> Self {
        Self {
            path: path.to_owned(),
            kiosk: String::new(),
            outcome: Outcome::Refused { code: refusal.code(), said: refusal.said() },
            records: 0,
            new_records: 0,
            first: 0,
            last: 0,
            marks: if refusal.code() == marks::BAD_SIGNATURE { vec![marks::BAD_SIGNATURE] } else { Vec::new() },
        }
    }

    pub fn of(path: &Path, kiosk: &str, followed: &Followed, marks: &[&'static str]) -> Self {
        Self {
            path: path.to_owned(),
            kiosk: kiosk.to_owned(),
            outcome: Outcome::Taken,
            records: followed.records,
            new_records: 0,
            first: followed.first().unwrap_or(0),
            last: followed.last().unwrap_or(0),
            marks: marks.to_vec(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestReport {
    pub journals: Vec<JournalReport>,
    /// Files and folders that could not be read at all.
    pub unreadable: Vec<(PathBuf, Words)>,
}

impl IngestReport {
    /// Is there anything that somebody should look at?
    pub fn has_problems(&self) -> bool {
        let refused = |journal: &JournalReport| matches!(journal.outcome, Outcome::Refused { .. });
        !self.unreadable.is_empty() || self.journals.iter().any(refused)
    }

    pub fn new_records(&self) -> u64 {
        self.journals.iter().map(|journal| journal.new_records).sum()
    }

    /// For people: each journal, then what they come to, with every one that was not taken and what to do about marks.
    pub fn text(&self, tongue: Tongue) -> String {
        let mut out = self.each(tongue);
        // Writing to a String cannot fail.
        let came =
            |wanted: fn(&Outcome) -> bool| self.journals.iter().filter(|journal| wanted(&journal.outcome)).count();
        let taken = came(|outcome| *outcome == Outcome::Taken);
        let known = came(|outcome| matches!(outcome, Outcome::KnownFile | Outcome::NothingNew | Outcome::Empty));
        let (files, new) = (self.journals.len(), self.new_records());
        let summary = tongue.say(
            &format!("{files} nhật ký: {taken} đã nhận, {known} không có gì mới; {new} bản ghi mới"),
            &format!("{files} journals: {taken} taken, {known} with nothing new; {new} new records"),
        );
        let _ = writeln!(out, "\n{summary}");
        let refused: Vec<_> = self.journals.iter().filter(|j| matches!(j.outcome, Outcome::Refused { .. })).collect();
        if !refused.is_empty() {
            let _ = writeln!(out, "{} {}:", refused.len(), tongue.say("KHÔNG nhận", "NOT taken"));
            for journal in refused {
                let _ = writeln!(out, "  {}: {}", journal.path.display(), say(tongue, &journal.outcome.said()));
            }
        }
        let marked = |mark: &&str| self.journals.iter().any(|journal| journal.marks.contains(mark));
        for mark in marks::ALL.into_iter().filter(|mark| marked(mark)) {
            let (vi, en) = marks::advice(mark);
            let _ = writeln!(out, "{mark}: {}", tongue.say(vi, en));
        }
        out
    }

    fn each(&self, tongue: Tongue) -> String {
        let mut out = String::new();
        for (path, said) in &self.unreadable {
            let _ = writeln!(out, "{}: {}", path.display(), say(tongue, said));
        }
        for journal in &self.journals {
            let _ = writeln!(out, "{}: {}", journal.path.display(), say(tongue, &journal.outcome.said()));
            if !journal.kiosk.is_empty() {
                let (kiosk, first, last, new) = (&journal.kiosk, journal.first, journal.last, journal.new_records);
                let records = tongue.say(
                    &format!("máy {kiosk}: bản ghi {first}–{last}, {new} mới"),
                    &format!("kiosk {kiosk}: records {first}–{last}, {new} new"),
                );
                let _ = writeln!(out, "  {records}");
            }
            for mark in &journal.marks {
                let (vi, en) = marks::said(mark);
                let _ = writeln!(out, "  {mark}: {}", tongue.say(vi, en));
            }
        }
        out
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let journals: Vec<Value> = self.journals.iter().map(journal_json).collect();
        let unreadable: Vec<Value> = self
            .unreadable
            .iter()
            .map(|(path, said)| json!({ "path": path.to_string_lossy(), "vi": said.vi, "en": said.en }))
            .collect();
        json!({ "journals": journals, "unreadable": unreadable, "new_records": self.new_records() })
    }
}

fn say(tongue: Tongue, said: &Words) -> String {
    tongue.say(&said.vi, &said.en)
}

fn journal_json(journal: &JournalReport) -> Value {
    let said = journal.outcome.said();
    let reason = match &journal.outcome {
        Outcome::Refused { code, .. } => json!(code),
        _ => Value::Null,
    };
    json!({
        "path": journal.path.to_string_lossy(),
        "kiosk": journal.kiosk,
        "outcome": journal.outcome.word(),
        "reason": reason,
        "vi": said.vi,
        "en": said.en,
        "records": journal.records,
        "new_records": journal.new_records,
        "first": journal.first,
        "last": journal.last,
        "marks": journal.marks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(name: &str, outcome: Outcome, marks: Vec<&'static str>) -> JournalReport {
        let (path, kiosk) = (PathBuf::from(name), String::new());
        JournalReport { path, kiosk, outcome, records: 9, new_records: 0, first: 1, last: 9, marks }
    }

    #[test]
    fn a_refused_journal_is_not_counted_as_taken_and_is_named_at_the_end_in_plain_words() {
        let refusal = Refusal::Unreadable("malformed database schema (record) - incomplete input".to_owned());
        let journals = vec![
            journal("a.sqlite", Outcome::Taken, Vec::new()),
            journal("b.sqlite", Outcome::KnownFile, Vec::new()),
            JournalReport::refused(Path::new("c.sqlite"), &refusal),
        ];
        let text = IngestReport { journals, ..IngestReport::default() }.text(Tongue::Vietnamese);
        let summary = text.split_once("3 nhật ký").expect("a summary").1;
        assert!(summary.contains("1 đã nhận, 1 không có gì mới"), "{text}");
        assert!(!text.contains("taken") && !text.contains("damaged"), "nothing in English: {text}");
        assert!(
            summary.contains("1 KHÔNG nhận") && summary.contains("c.sqlite: tệp bị hỏng hoặc chép chưa xong"),
            "{text}"
        );
        assert!(!refusal.said().vi.contains("malformed"));
    }

    #[test]
    fn each_kind_of_mark_that_occurred_has_one_line_of_advice() {
        let journals = vec![
            journal("a.sqlite", Outcome::Taken, vec![marks::TORN_TAIL]),
            journal("b.sqlite", Outcome::Taken, vec![marks::TORN_TAIL, marks::NO_SEAL]),
        ];
        let text = IngestReport { journals, ..IngestReport::default() }.text(Tongue::Vietnamese);
        let summary = text.split_once("2 nhật ký").expect("a summary").1;
        assert_eq!(summary.matches("torn-tail: Phần đọc được đã nhận").count(), 1, "{text}");
        assert_eq!(summary.matches("no-seal: ").count(), 1, "{text}");
        assert!(!summary.contains("gap: "), "{text}");
    }
}
