//! From a place in a pack's texts back to the row and column of the list that it was made of. The comments that
//! [`super::rows`] leaves in the texts tell the row, the key tells the column.

use super::cells::Layout;
use super::columns::Column;
use super::facts::Fact;
use crate::base::files::read_capped;
use crate::diagnostics::{Findings, Problem, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const MAX_TEXT_BYTES: u64 = 1 << 20;
/// Codes of what is simply not there, and is told in words of its own.
const GAPS: [&str; 5] =
    ["missing-field", "missing-translation", "empty-list", "empty-text", "statement-without-source"];
/// Told already by whoever read the list.
const TOLD_BY_ROWS: [(&str, &str); 2] = [("item-in-no-hall", "row-without-hall"), ("empty-list", "row-without-hall")];
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

/// `kind.pages[1].picture.alt` as `kind.pages.picture.alt` and 1.
fn without_numbers(key_path: &str) -> (String, Vec<usize>) {
    let (mut path, mut numbers) = (String::new(), Vec::new());
    let mut rest = key_path;
    while let Some((before, after)) = rest.split_once('[') {
        path.push_str(before);
        let (number, after) = after.split_once(']').unwrap_or((after, ""));
        numbers.extend(number.parse::<usize>());
        rest = after;
    }
    path.push_str(rest);
    (path.trim_start_matches('.').to_owned(), numbers)
}

/// The language that a problem is about: the last key, or the one that its sentence names.
fn without_language(path: &str, problem: &Problem) -> (String, &'static str) {
    let known = |tag: &str| ["vi", "en"].into_iter().find(|language| *language == tag);
    if let Some((before, language)) = path.rsplit_once('.').and_then(|(before, last)| Some((before, known(last)?)))
        && before != "narration"
    {
        return (before.to_owned(), language);
    }
    let named = problem.message.en.split_once('“').and_then(|(_, rest)| known(rest.split_once('”')?.0));
    let told = named.filter(|_| ["missing-translation", "missing-narration"].contains(&problem.code));
    // Of a narration the language stands in the middle.
    let spoken = path.strip_prefix("narration.").and_then(|rest| known(rest.split('.').next()?));
    (path.to_owned(), told.or(spoken).unwrap_or("vi"))
}

fn either<T>(language: &str, vi: T, en: T) -> T {
    if language == "en" { en } else { vi }
}

fn item_column(path: &str, language: &str) -> Option<Column> {
    use Column as C;
    let of = |vi, en| either(language, vi, en);
    if let Some(rest) = path.strip_prefix("narration.") {
        return Some(match rest.split_once('.').map_or("", |(_, field)| field) {
            "voice" => C::Voice,
            "licence" => C::AudioLicence,
            field if field.starts_with("credit") => of(C::AudioCreditVi, C::AudioCreditEn),
            "sources" => C::SourceVi,
            _ if rest.starts_with("en") => C::AudioEn,
            _ => C::AudioVi,
        });
    }
    Some(match path {
        "id" => C::Id,
        "title" => of(C::TitleVi, C::TitleEn),
        "date" | "date.when" => C::Date,
        "date.text" => of(C::DateVi, C::DateEn),
        "creator" => of(C::CreatorVi, C::CreatorEn),
        "holder" => of(C::HolderVi, C::HolderEn),
        "place" => of(C::PlaceVi, C::PlaceEn),
        "description" | "description.text" => of(C::DescriptionVi, C::DescriptionEn),
        "narration" => of(C::AudioVi, C::AudioEn),
        "related" => C::Related,
        "kind" => C::Kind,
        _ if path.ends_with("sources") => C::SourceVi,
        _ if !path.starts_with("kind.") => return None,
        _ => match path.rsplit('.').next().unwrap_or_default() {
            "nature" => C::Nature,
            "alt" => of(C::AltVi, C::AltEn),
            "licence" => C::Licence,
            "credit" => of(C::CreditVi, C::CreditEn),
            "picture" | "pages" | "views" | "file" => C::Images,
            _ => return None,
        },
    })
}

fn hall_column(path: &str, language: &str) -> Option<Column> {
    match path.strip_prefix("halls.")? {
        "title" => Some(either(language, Column::HallVi, Column::HallEn)),
        "lead" | "lead.text" => Some(either(language, Column::LeadVi, Column::LeadEn)),
        "lead.sources" => Some(Column::SourceVi),
        path if path.starts_with("picture") => Some(Column::HallImage),
        _ => None,
    }
}

fn source_column(path: &str, language: &str, is_second: bool) -> Option<Column> {
    use Column as C;
    let of = |first, second| if is_second { second } else { first };
    Some(match path {
        "title" => either(language, of(C::SourceVi, C::SecondVi), of(C::SourceEn, C::SecondEn)),
        "holder" => {
            either(language, of(C::SourceHolderVi, C::SecondHolderVi), of(C::SourceHolderEn, C::SecondHolderEn))
        }
        "read_in.url" => of(C::SourceUrl, C::SecondUrl),
        "status" => of(C::SourceStatus, C::SecondStatus),
        path if path.starts_with("read_in") => of(C::SourcePublisher, C::SecondPublisher),
        _ => return None,
    })
}

fn fact_of(path: &str, language: &str) -> Option<Fact> {
    let of = |vi, en| Some(either(language, vi, en));
    match path {
        "id" => Some(Fact::Id),
        "version" => Some(Fact::Version),
        "languages" => Some(Fact::Languages),
        "featured" => Some(Fact::Featured),
        "note.sources" => Some(Fact::NoteSource),
        "approval.decision" => Some(Fact::Decision),
        "approval.date" => Some(Fact::Date),
        "approval" | "approval.status" => Some(Fact::Approval),
        "title" => of(Fact::TitleVi, Fact::TitleEn),
        "subtitle" => of(Fact::SubtitleVi, Fact::SubtitleEn),
        "publisher" => of(Fact::PublisherVi, Fact::PublisherEn),
        "note" | "note.text" => of(Fact::NoteVi, Fact::NoteEn),
        "approval.prepared_by" => of(Fact::PreparedVi, Fact::PreparedEn),
        "approval.appraised_by" => of(Fact::AppraisedVi, Fact::AppraisedEn),
        "approval.note" => of(Fact::ApprovalVi, Fact::ApprovalEn),
        _ => None,
    }
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

/// The same problems of a pack made of a list, each naming the item and the column that it comes from.
pub fn named(folder: &Path, problems: Vec<Problem>) -> Vec<Problem> {
    let mut texts = Texts { folder, read: BTreeMap::new() };
    problems.into_iter().map(|problem| with_name(&mut texts, problem)).collect()
}

fn with_name(texts: &mut Texts<'_>, problem: Problem) -> Problem {
    let Some(trace) = texts.trace(&problem) else { return problem };
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
    let item = problem.place.file.strip_prefix("items/").and_then(|file| file.strip_suffix(".ron"));
    let of = |text: String| item.map_or_else(|| text.clone(), |item| format!("“{item}”: {text}"));
    let is_gap = GAPS.contains(&problem.code);
    let (message, hint) = match is_gap {
        true => (trace.gap(&problem), trace.hint(&problem)),
        false => (problem.message.clone(), problem.hint.clone()),
    };
    Problem {
        message: Said::new(of(message.vi), of(message.en)),
        hint: Said::new(format!("{} ({}.)", hint.vi, place.vi), format!("{} ({}.)", hint.en, place.en)),
        ..problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, Severity};

    fn problem(key_path: &str, message: &str) -> Problem {
        Problem {
            place: Place { key_path: key_path.to_owned(), ..Place::file("items/a.ron") },
            severity: Severity::Error,
            code: "missing-translation",
            message: Said::new("", message),
            hint: Said::default(),
        }
    }

    #[test]
    fn keys_lead_to_columns() {
        let cases = [
            ("kind.pages[1].picture.alt", "There is no “en” text.", Column::AltEn, Some(1)),
            ("kind.picture.licence", "", Column::Licence, None),
            ("description[0].text", "There is no “vi” text.", Column::DescriptionVi, Some(0)),
            ("narration.en.voice", "", Column::Voice, None),
            ("narration.en.captions", "", Column::AudioEn, None),
            ("title.en", "", Column::TitleEn, None),
        ];
        for (key, message, column, number) in cases {
            let (path, numbers) = without_numbers(key);
            let (path, language) = without_language(&path, &problem(key, message));
            assert_eq!((item_column(&path, language), numbers.last().copied()), (Some(column), number), "{key}");
        }
    }
}
