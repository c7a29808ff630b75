//! From a key in a pack's texts to the column of a list, or the row of its exhibit's sheet, that it is made of.

use super::columns::Column;
use super::facts::Fact;
use crate::diagnostics::Problem;

/// `kind.pages[1].picture.alt` as `kind.pages.picture.alt` and 1.
pub fn without_numbers(key_path: &str) -> (String, Vec<usize>) {
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
pub fn without_language(path: &str, problem: &Problem) -> (String, &'static str) {
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

pub fn item_column(path: &str, language: &str) -> Option<Column> {
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

pub fn hall_column(path: &str, language: &str) -> Option<Column> {
    match path.strip_prefix("halls.")? {
        "title" => Some(either(language, Column::HallVi, Column::HallEn)),
        "lead" | "lead.text" => Some(either(language, Column::LeadVi, Column::LeadEn)),
        "lead.sources" => Some(Column::SourceVi),
        path if path.starts_with("picture") => Some(Column::HallImage),
        _ => None,
    }
}

pub fn source_column(path: &str, language: &str, is_second: bool) -> Option<Column> {
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

pub fn fact_of(path: &str, language: &str) -> Option<Fact> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, Said, Severity};

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
