//! From a place in a pack's texts back to the row and column of the list that it was made of. The comments that
//! [`super::rows`] leaves in the texts tell the row, the key tells the column.

use super::cells::{Layout, MISSING_COLUMN};
use super::columns::Column;
use super::facts::Fact;
use super::traced_keys::{fact_of, hall_column, item_column, source_column, without_language, without_numbers};
use crate::base::files::read_capped;
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Findings, Place, Problem, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const MAX_TEXT_BYTES: u64 = 1 << 20;
/// Codes of what is simply not there, and is told in words of its own.
const GAPS: [&str; 6] =
    ["missing-field", "missing-translation", "empty-list", "empty-text", "statement-without-source", NO_HALL];
const NO_HALL: &str = "item-in-no-hall";
/// Told already by whoever read the list.
const TOLD_BY_ROWS: [(&str, &str); 4] = [
    (NO_HALL, "row-without-hall"),
    ("empty-list", "row-without-hall"),
    (NO_HALL, MISSING_COLUMN),
    ("empty-list", MISSING_COLUMN),
];
const COMMENT: &str = ", dòng · row ";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    Cell(usize, Column),
    Fact(Fact),
}

/// Where a problem comes from.
struct Trace {
    list: String,
    spot: Spot,
    /// Which picture or paragraph of the row, from 1.
    number: Option<usize>,
}

/// The texts of a pack, each read once.
struct Texts<'a> {
    folder: &'a Path,
    read: BTreeMap<String, String>,
}

impl Texts<'_> {
    fn get(&mut self, file: &str) -> &str {
        let folder = self.folder;
        self.read.entry(file.to_owned()).or_insert_with(|| {
            let bytes = read_capped(&folder.join(file), MAX_TEXT_BYTES).unwrap_or_default();
            String::from_utf8(bytes).unwrap_or_default()
        })
    }

    /// The lines down to one, and the next where what is missing is told of the bracket.
    fn above(&mut self, file: &str, line: usize) -> Vec<&str> {
        let mut above: Vec<&str> = self.get(file).lines().take(line.saturating_add(1)).collect();
        let is_bracket = |text: &&str| text.trim_end().ends_with(['(', '[']);
        if above.len() > line && line.checked_sub(1).and_then(|at| above.get(at)).is_some_and(|text| !is_bracket(text))
        {
            above.truncate(line);
        }
        above
    }

    /// The list and row of the last comment above a line.
    fn row_above(&mut self, file: &str, line: usize) -> Option<(String, usize)> {
        self.above(file, line).iter().rev().find_map(|line| {
            let (list, rest) = line.trim().strip_prefix("//")?.split_once(COMMENT)?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            Some((list.trim().to_owned(), digits.parse().ok()?))
        })
    }

    fn is_second_source(&mut self, file: &str, line: usize) -> bool {
        self.above(file, line)
            .iter()
            .rev()
            .find(|line| line.contains(COMMENT))
            .is_some_and(|line| line.contains("source 2"))
    }

    /// The list that the whole pack was made of: the first line of its exhibit tells it.
    fn list(&mut self) -> Option<String> {
        let name = self.get("exhibit.ron").lines().next()?.strip_prefix("//")?.split_once(" – haidang-pack")?.0.trim();
        let is_list = [".xlsx", ".csv", ".txt", ".tsv"].iter().any(|ending| name.to_lowercase().ends_with(ending));
        is_list.then(|| name.to_owned())
    }

    fn trace(&mut self, problem: &Problem) -> Option<Trace> {
        let place = &problem.place;
        let list = self.list()?;
        let (path, numbers) = without_numbers(&place.key_path);
        let (path, language) = without_language(&path, problem);
        let number = numbers.last().map(|number| number + 1);
        let line = place.at.map_or(usize::MAX, |at| at.line);
        if let Some(item) = item_without_hall(problem) {
            let (_, row) = self.row_above(&format!("items/{item}.ron"), 1)?;
            return Some(Trace { list, spot: Spot::Cell(row, Column::HallVi), number: None });
        }
        if place.file == "exhibit.ron" && !path.starts_with("halls.") {
            return Some(Trace { list, spot: Spot::Fact(fact_of(&path, language)?), number: None });
        }
        let (column, number) = match place.file.as_str() {
            "exhibit.ron" => (hall_column(&path, language)?, None),
            "sources.ron" => (source_column(&path, language, self.is_second_source(&place.file, line))?, None),
            file if file.starts_with("items/") => {
                let column = item_column(&path, language)?;
                let is_counted = path.starts_with("description") || path.starts_with("kind.");
                (column, number.filter(|_| is_counted))
            }
            _ => return None,
        };
        let (_, row) = self.row_above(&place.file, line)?;
        Some(Trace { list, spot: Spot::Cell(row, column), number })
    }
}

/// The id of an item that stands in no hall; the problem is one of the halls.
fn item_without_hall(problem: &Problem) -> Option<&str> {
    let told = problem.message.vi.split_once('“').filter(|_| problem.code == NO_HALL);
    Some(told?.1.split_once('”')?.0)
}

impl Trace {
    /// Its name in Vietnamese and English, and what to write there.
    fn named(&self) -> (&'static str, &'static str, (&'static str, &'static str)) {
        match self.spot {
            Spot::Cell(_, column) => {
                column.head().map_or(("", "", ("", "")), |head| (head.vi, head.en, head.explained))
            }
            Spot::Fact(fact) => (fact.told().vi, fact.told().key, fact.told().explained),
        }
    }

    /// What is not there, in the officer's words.
    fn gap(&self, problem: &Problem) -> Said {
        let (vi, en, _) = self.named();
        if problem.place.key_path.ends_with(".captions") {
            return Said::new(
                "Thuyết minh này chưa có tệp phụ đề .vtt.",
                "This narration has no captions, a .vtt file.",
            );
        }
        let part = self.number.map_or_else(Default::default, |number| match self.spot {
            Spot::Cell(_, Column::DescriptionVi | Column::DescriptionEn) => {
                (format!(", đoạn thứ {number}"), format!(", paragraph {number}"))
            }
            _ => (format!(", ảnh thứ {number}"), format!(", picture {number}")),
        });
        Said::new(format!("Chưa điền “{vi}”{}.", part.0), format!("“{en}” is not filled in{}.", part.1))
    }

    /// A list without the exhibit's sheet.
    fn on_the_command_line(&self) -> Said {
        let flag = self.named().1.replace('_', "-");
        Said::new(
            format!("Thêm --{flag} vào lệnh, hoặc dùng bảng .xlsx có tờ Triển lãm như bảng mẫu."),
            format!(
                "Add --{flag} to the command, or use an .xlsx list with a sheet of the exhibit as in the template."
            ),
        )
    }

    fn hint(&self, problem: &Problem) -> Said {
        let (_, _, (vi, en)) = self.named();
        if problem.place.key_path.ends_with(".captions") {
            let (vi, en) = CAPTIONS_HINT;
            return Said::new(vi, en);
        }
        if matches!(self.spot, Spot::Cell(_, Column::DateVi | Column::DateEn)) {
            return Said::new(
                "Niên đại viết bằng lời tự do cần ghi ở cả các ngôn ngữ của gói.",
                "A date in words of your own is wanted in every language of the pack.",
            );
        }
        Said::new(vi, en)
    }
}

pub const CAPTIONS_HINT: (&str, &str) = (
    "Tạo tệp văn bản cùng tên với tệp âm thanh, đuôi .vtt: dòng đầu WEBVTT, một dòng trống, rồi từng câu: dòng giờ 00:00:01.000 --> 00:00:04.000, dưới đó một hoặc hai dòng lời.",
    "Write a text file named like the sound, ending in .vtt: first the line WEBVTT, an empty line, then phrase by phrase a line of times 00:00:01.000 --> 00:00:04.000 and one or two lines of words.",
);

/// What is wrong with a pack just made of a list, told by cell; what was told of a cell already is not told again.
pub fn to_cells(folder: &Path, layout: &Layout, problems: Vec<Problem>, findings: &mut Findings) {
    let mut texts = Texts { folder, read: BTreeMap::new() };
    let told: BTreeSet<String> =
        findings.iter().map(|problem| problem.place.cell.clone()).filter(|cell| !cell.is_empty()).collect();
    let codes: BTreeSet<&str> = findings.iter().map(|problem| problem.code).collect();
    let mut later = BTreeSet::new();
    for problem in problems {
        let is_known = |(code, by): &(&str, &str)| problem.code == *code && codes.contains(by);
        if problem.place.file == "exhibit.ron" && TOLD_BY_ROWS.iter().any(is_known) {
            continue;
        }
        let Some(trace) = texts.trace(&problem) else {
            findings.add(problem);
            continue;
        };
        // A list without the exhibit's sheet: whoever read it told what the sheet would.
        if layout.facts.is_empty() && matches!(trace.spot, Spot::Fact(_)) && codes.contains("exhibit-fact-missing") {
            continue;
        }
        if let Some((place, message, hint)) = lacking(layout, &trace, &problem) {
            if !told.contains(&place.cell) && later.insert((place.cell.clone(), MISSING_COLUMN, None)) {
                findings.add(Problem { place, code: MISSING_COLUMN, message, hint, ..problem });
            }
            continue;
        }
        // What is wrong with the words of a date is the date's own cell, when that one was told.
        if let Spot::Cell(row, Column::DateVi | Column::DateEn) = trace.spot
            && told.contains(&layout.cell(row, Column::Date).cell)
        {
            continue;
        }
        let place = match trace.spot {
            Spot::Cell(row, column) => layout.cell(row, column),
            Spot::Fact(fact) => layout.fact(fact),
        };
        // A cell of which the list's reader said something is not told of twice.
        if told.contains(&place.cell) || !later.insert((place.cell.clone(), problem.code, trace.number)) {
            continue;
        }
        let (message, hint) = match GAPS.contains(&problem.code) {
            true if layout.facts.is_empty() && matches!(trace.spot, Spot::Fact(_)) => {
                (trace.gap(&problem), trace.on_the_command_line())
            }
            true => (trace.gap(&problem), trace.hint(&problem)),
            false => (problem.message, problem.hint),
        };
        findings.add(Problem { place, message, hint, ..problem });
    }
}

/// A column that the list does not have is told once, not of every row.
fn lacking(layout: &Layout, trace: &Trace, problem: &Problem) -> Option<(Place, Said, Said)> {
    match trace.spot {
        Spot::Cell(_, column) if GAPS.contains(&problem.code) => layout.lacking(column),
        _ => None,
    }
}

/// The same problems of a pack made of a list, each naming the item and the column that it comes from.
pub fn named(folder: &Path, problems: Vec<Problem>) -> Vec<Problem> {
    let mut texts = Texts { folder, read: BTreeMap::new() };
    problems.into_iter().map(|problem| with_name(&mut texts, problem).0).collect()
}

/// The same for whoever mends the list: its row stands first, the place in the pack's texts behind it. `say` picks
/// Vietnamese or English.
pub fn by_row(folder: &Path, problems: Vec<Problem>, say: impl Fn(&str, &str) -> String) -> Vec<Problem> {
    let mut texts = Texts { folder, read: BTreeMap::new() };
    let moved = |problem: Problem| {
        let hint = problem.hint.clone();
        let (mut named, trace) = with_name(&mut texts, problem);
        let Some(trace) = trace else { return named };
        let (vi, en, _) = trace.named();
        named.hint = if GAPS.contains(&named.code) { trace.hint(&named) } else { hint };
        let there = std::mem::take(&mut named.place);
        let (row, cell) = match trace.spot {
            Spot::Cell(row, _) => (row, say(&format!("dòng {row} · {vi}"), &format!("row {row} · {en}"))),
            Spot::Fact(_) => (0, say(&format!("Triển lãm · {vi}"), &format!("Exhibit · {en}"))),
        };
        named.place = Place {
            file: trace.list.clone(),
            at: Some(LineColumn { line: row, column: 1 }),
            key_path: String::new(),
            cell: format!("{cell} ({there})"),
        };
        named
    };
    let mut problems: Vec<Problem> = problems.into_iter().map(moved).collect();
    problems.sort();
    problems
}

fn with_name(texts: &mut Texts<'_>, problem: Problem) -> (Problem, Option<Trace>) {
    let Some(trace) = texts.trace(&problem) else { return (problem, None) };
    let (vi, en, _) = trace.named();
    let list = &trace.list;
    let place = match trace.spot {
        Spot::Cell(row, _) => {
            Said::new(format!("{list}, dòng {row}, cột “{vi}”"), format!("{list}, row {row}, column “{en}”"))
        }
        Spot::Fact(_) => {
            Said::new(format!("{list}, tờ Triển lãm, mục “{vi}”"), format!("{list}, sheet Exhibit, row “{en}”"))
        }
    };
    let of_file = problem.place.file.strip_prefix("items/").and_then(|file| file.strip_suffix(".ron"));
    let item = of_file.or_else(|| item_without_hall(&problem));
    let of = |text: String| item.map_or_else(|| text.clone(), |item| format!("“{item}”: {text}"));
    let is_gap = GAPS.contains(&problem.code);
    let (message, hint) = match is_gap {
        true => (trace.gap(&problem), trace.hint(&problem)),
        false => (problem.message.clone(), problem.hint.clone()),
    };
    let named = Problem {
        message: Said::new(of(message.vi), of(message.en)),
        hint: Said::new(format!("{} ({}.)", hint.vi, place.vi), format!("{} ({}.)", hint.en, place.en)),
        ..problem
    };
    (named, Some(trace))
}
