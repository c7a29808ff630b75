//! `haidang-pack check`: everything that is wrong with a pack, in one run.

use super::{coverage, watch};
use crate::diagnostics::{Problem, Severity, json, plain_text};
use crate::organiser::Outcome;
use crate::organiser::args::checking::Check;
use crate::pack;

pub fn run(args: &Check) -> Outcome {
    if args.coverage {
        return coverage::run(args);
    }
    if args.watch {
        return watch::run(&args.folder);
    }
    let opened = pack::check(&args.folder, this_year());
    let readable = opened.readable;
    let summary = opened.exhibit.as_ref().map(summary);
    let problems = opened.findings.into_sorted();
    if args.json {
        println!("{:#}", json::render(&problems));
    } else {
        print!("{}", plain_text::render(&problems));
        match (&summary, problems.len()) {
            (Some(summary), 0) => println!("Gói không có vấn đề nào. · The pack is clean.\n{summary}"),
            _ => println!("{}", counted(&problems)),
        }
    }
    match (readable, errors(&problems)) {
        (false, _) => Outcome::CannotRead,
        // Warnings keep no pack from being built.
        (true, 0) => Outcome::Clean,
        (true, _) => Outcome::Problems,
    }
}

/// By the machine's clock, in UTC: near enough to know what cannot have happened yet.
pub fn this_year() -> i32 {
    i32::from(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year())
}

pub fn errors(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

pub fn counted(problems: &[Problem]) -> String {
    let errors = errors(problems);
    let warnings = problems.len() - errors;
    format!("{errors} lỗi, {warnings} cảnh báo · {errors} errors, {warnings} warnings")
}

fn summary(exhibit: &pack::Exhibit) -> String {
    let languages: Vec<&str> = exhibit.languages.iter().map(|l| l.0.as_str()).collect();
    format!(
        "{} {}: {} gian · halls, {} tư liệu · items, {} nguồn · sources, {}",
        exhibit.id,
        exhibit.version,
        exhibit.halls.len(),
        exhibit.items.len(),
        exhibit.sources.len(),
        languages.join(" + ")
    )
}
