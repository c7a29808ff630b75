//! `haidang-pack check`: everything that is wrong with a pack, in one run.

use super::{coverage, watch};
use crate::diagnostics::{Problem, Said, Severity, json};
use crate::organiser::args::checking::Check;
use crate::organiser::failure::Done;
use crate::organiser::making::traced;
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, pack_folder};
use crate::pack;
use std::path::Path;

pub fn run(args: &Check, screen: Screen) -> Done {
    pack_folder::of(&args.folder)?;
    if args.coverage {
        return coverage::run(args, screen);
    }
    if args.watch {
        return watch::run(&args.folder, screen);
    }
    let opened = pack::check(&args.folder, this_year());
    let readable = opened.readable;
    let summary = opened.exhibit.as_ref().map(summary);
    let problems = told(&args.folder, opened.findings.into_sorted(), args.json, screen);
    if args.json {
        screen.show(format_args!("{:#}", json::render(&problems)));
    } else {
        screen.problems(&problems);
        match (&summary, problems.len()) {
            (Some((name, summary)), 0) => {
                screen.tell("Gói không có vấn đề nào.", "The pack is clean.");
                screen.tell_of(name, &summary.vi, &summary.en);
            }
            _ => count(&problems, screen),
        }
    }
    Ok(match (readable, errors(&problems)) {
        (false, _) => Outcome::CannotRead,
        // Warnings keep no pack from being built.
        (true, 0) => Outcome::Clean,
        (true, _) => Outcome::Problems,
    })
}

/// Problems as whoever made the pack of a list knows them; a program gets the places in the pack's texts.
pub fn told(folder: &Path, problems: Vec<Problem>, for_program: bool, screen: Screen) -> Vec<Problem> {
    if for_program {
        return traced::named(folder, problems);
    }
    traced::by_row(folder, problems, |vi, en| screen.words(vi, en))
}

/// By the machine's clock, in UTC: near enough to know what cannot have happened yet.
pub fn this_year() -> i32 {
    i32::from(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year())
}

pub fn errors(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

pub fn counted(problems: &[Problem]) -> Said {
    let errors = errors(problems);
    let warnings = problems.len() - errors;
    Said::new(format!("{errors} lỗi, {warnings} cảnh báo"), format!("{errors} errors, {warnings} warnings"))
}

pub fn count(problems: &[Problem], screen: Screen) {
    let counted = counted(problems);
    screen.tell(&counted.vi, &counted.en);
}

/// Its name, and how much is in it.
fn summary(exhibit: &pack::Exhibit) -> (String, Said) {
    let languages: Vec<&str> = exhibit.languages.iter().map(|l| l.0.as_str()).collect();
    let (halls, items, sources) = (exhibit.halls.len(), exhibit.items.len(), exhibit.sources.len());
    let name = format!("{} {} ({})", exhibit.id, exhibit.version, languages.join(" + "));
    let said = Said::new(
        format!("{halls} gian, {items} tư liệu, {sources} nguồn"),
        format!("{halls} halls, {items} items, {sources} sources"),
    );
    (name, said)
}
