//! `haidang-pack check`: everything that is wrong with a pack, in one run.

use crate::diagnostics::{json, plain_text};
use crate::organiser::Outcome;
use crate::organiser::args::Check;
use crate::pack;

pub fn run(args: &Check) -> Outcome {
    let opened = pack::open(&args.folder);
    let readable = opened.readable;
    let summary = opened.exhibit.as_ref().map(summary);
    let problems = opened.findings.into_sorted();
    if args.json {
        println!("{:#}", json::render(&problems));
    } else {
        print!("{}", plain_text::render(&problems));
        match (&summary, problems.len()) {
            (Some(summary), 0) => println!("Gói không có vấn đề nào. · The pack is clean.\n{summary}"),
            (_, count) => println!("{count} vấn đề · {count} problems"),
        }
    }
    match (readable, problems.is_empty()) {
        (false, _) => Outcome::CannotRead,
        (true, true) => Outcome::Clean,
        (true, false) => Outcome::Problems,
    }
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
