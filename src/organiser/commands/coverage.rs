//! `haidang-pack check --coverage`: what is missing, by item and language, as a table or a page for printing.

use super::{check, page};
use crate::base::files::write_whole;
use crate::diagnostics::{Place, Problem};
use crate::organiser::Outcome;
use crate::organiser::args::checking::Check;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::screen::Screen;
use crate::pack;
use crate::pack::rules::written::{Texts, Written};
use std::collections::{BTreeMap, BTreeSet};

/// Keys whose value is a text in every language.
const TEXTS: [&str; 10] =
    ["alt", "appraised_by", "credit", "description", "label", "lead", "note", "publisher", "text", "title"];

/// There and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    there: usize,
    wanted: usize,
}

impl Share {
    fn told(self) -> String {
        match (self.there, self.wanted) {
            (_, 0) => "–".to_owned(),
            (there, wanted) if there == wanted => format!("✓ {wanted}"),
            (there, wanted) => format!("{there}/{wanted}"),
        }
    }
}

pub fn run(args: &Check, screen: Screen) -> Done {
    let texts = Texts::read(&args.folder);
    let opened = pack::check(&args.folder, check::this_year());
    if texts.all.is_empty() || !opened.readable {
        return Err(Failure::cannot_read(&args.folder, "Không đọc được gói.", "The pack cannot be read."));
    }
    let outcome = if opened.findings.has_errors() { Outcome::Problems } else { Outcome::Clean };
    let rows = rows(&texts, &absent(&opened.findings.into_sorted()), screen);
    screen.show(aligned(&rows).trim_end());
    if let Some(path) = &args.html {
        let title = screen.words("Chỗ còn thiếu", "What is missing");
        let page = page::page(&title, &page::table(&rows), screen.tongue());
        write_whole(path, page.as_bytes()).map_err(|error| Failure::not_written(path, &error))?;
    }
    Ok(outcome)
}

/// Texts that are in no language, by file and key path: nothing of them is written, so only reading the pack tells.
fn absent(problems: &[Problem]) -> Vec<&Place> {
    let is_text = |path: &str| TEXTS.contains(&path.rsplit('.').next().unwrap_or_default());
    let missing = problems.iter().filter(|problem| problem.code == "missing-field");
    missing.map(|problem| &problem.place).filter(|place| is_text(&place.key_path)).collect()
}

fn rows(texts: &Texts, absent: &[&Place], screen: Screen) -> Vec<Vec<String>> {
    let mut head = vec![screen.words("tệp", "file")];
    for language in &texts.languages {
        for (vi, en) in [("lời", "texts"), ("tả ảnh", "alt"), ("đọc", "voice"), ("phụ đề", "captions")] {
            head.push(format!("{language} {}", screen.words(vi, en)));
        }
    }
    head.push(screen.words("nguyên văn", "transcription"));
    let files: BTreeSet<&str> =
        texts.all.iter().map(|w| w.place.file.as_str()).filter(|file| file.ends_with(".ron")).collect();
    let mut rows = vec![head];
    for file in files {
        let mut row = vec![file.to_owned()];
        for language in &texts.languages {
            row.extend(of_language(texts, absent, file, language).map(Share::told));
        }
        row.push(transcription(texts, file).told());
        rows.push(row);
    }
    rows
}

/// Texts, alt texts, narration and captions of one file in one language.
fn of_language(texts: &Texts, absent: &[&Place], file: &str, language: &str) -> [Share; 4] {
    let is_language = |w: &&Written| w.is_text && texts.languages.iter().any(|known| known == w.last_key());
    let of_file = absent.iter().filter(|place| place.file == file);
    let mut fields: BTreeMap<&str, bool> = of_file.map(|place| (place.key_path.as_str(), false)).collect();
    for written in texts.of_file(file).filter(is_language) {
        *fields.entry(written.parent()).or_default() |=
            written.last_key() == language && !written.text.trim().is_empty();
    }
    let share = |alt: bool| {
        let those = fields.iter().filter(|(field, _)| field.ends_with(".alt") == alt);
        let (there, wanted) = those.fold((0, 0), |(there, wanted), (_, has)| (there + usize::from(*has), wanted + 1));
        Share { there, wanted }
    };
    let spoken = |key: &str| {
        let path = format!("narration.{language}.{key}");
        let wanted = usize::from(file.starts_with("items/"));
        Share { there: usize::from(texts.of_file(file).any(|w| w.place.key_path == path)).min(wanted), wanted }
    };
    [share(false), share(true), spoken("audio"), spoken("captions")]
}

/// Pages of a document that have at least one line in the words of the original.
fn transcription(texts: &Texts, file: &str) -> Share {
    let page = |w: &Written| {
        let rest = w.place.key_path.strip_prefix("kind.pages[")?;
        rest.split_once(']').map(|(number, rest)| (number.to_owned(), rest.ends_with(".original.text")))
    };
    let found: Vec<(String, bool)> = texts.of_file(file).filter_map(page).collect();
    let pages: BTreeSet<&String> = found.iter().map(|(number, _)| number).collect();
    let read: BTreeSet<&String> = found.iter().filter(|(_, original)| *original).map(|(number, _)| number).collect();
    Share { there: read.len(), wanted: pages.len() }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_shortly() {
        assert_eq!(Share { there: 0, wanted: 0 }.told(), "–");
        assert_eq!(Share { there: 2, wanted: 2 }.told(), "✓ 2");
        assert_eq!(Share { there: 1, wanted: 2 }.told(), "1/2");
    }
}
