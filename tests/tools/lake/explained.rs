//! `explain`: every cell of a report is traced to kiosks and journals that add up to it, or refused.

use super::journals::{Dice, Life, write};
use super::{answers, open, period, runtime, take};
use haidang::department::atlas::nation;
use haidang::department::engine::explain::{self, Origin, Part};
use haidang::department::figures::Count;
use haidang::department::report::{Cell, Format, Language, Letter, bytes, cells};
use std::path::Path;
use std::process::Command;

/// Two kiosks over three weeks; the first brought its stick twice.
fn sticks(folder: &Path) -> [Life; 2] {
    let mut lives = [Life::new(31), Life::new(32)];
    for (life, kiosk) in lives.iter_mut().zip(["school-a", "school-b"]) {
        for day in 0..21 {
            (0..24).for_each(|_| life.visit());
            life.pass(60_000_000);
            if day == 9 && kiosk == "school-a" {
                write(folder, kiosk, "visits-early", &life.records);
            }
        }
        write(folder, kiosk, "visits", &life.records);
    }
    lives
}

/// Names and values of all cells, from the CSV report.
fn named(csv: &[u8]) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(&csv[3..]);
    let rows = reader.records().map(|row| row.expect("a row"));
    let pairs = rows.map(|row| (row[row.len() - 1].to_owned(), row[row.len() - 2].to_owned()));
    pairs.filter(|(name, _)| !name.is_empty()).collect()
}

fn shown(parts: &[Part]) -> u64 {
    parts.iter().map(|part| part.told.shown).sum()
}

#[test]
fn every_cell_is_explained_by_parts_that_add_up_to_it() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    sticks(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime.block_on(take(&lake, &[dir.path().join("sticks")]));
    let answers = runtime.block_on(answers(&lake));
    let (unit, period) = (nation(), period());
    let figures = runtime.block_on(answers.checked_figures(&unit, &period)).expect("figures");
    let report = bytes(&figures, &Letter::default(), Language::Vietnamese, Format::Csv).expect("a report");
    let asked = answers.asked(&unit, &period);
    let counts = runtime.block_on(answers.exact(&asked)).expect("counted");
    let publishing = answers.publishing(&asked, &counts, &period);
    let mut sums = 0;
    for (name, value) in named(&report) {
        let found = cells::find(&figures, &name).unwrap_or_else(|| panic!("{name} is not found"));
        let origin = runtime.block_on(explain::origin(&answers, &publishing, &found.name)).expect("explained");
        let (table, number) = (found.name[0].as_str(), value.parse::<u64>().ok());
        match (origin.unwrap_or_else(|| panic!("{name} has no origin")), number) {
            (Origin::Sum(parts), Some(number)) => {
                let sum = if table == "paths" { shown(&parts) / 5 * 5 } else { shown(&parts) };
                assert_eq!(sum, number, "{name}");
                assert!(number == 0 || parts.iter().any(|part| !part.journals.is_empty()), "{name}");
                sums += 1;
            }
            (Origin::Records(journals), Some(number)) => {
                let last = journals.iter().map(|journal| journal.last_sequence.unsigned_abs()).max();
                assert_eq!(last, Some(number), "{name}");
            }
            (Origin::Undated(kiosks), Some(number)) => {
                assert_eq!(kiosks.iter().map(|(_, told)| told.shown).sum::<u64>(), number, "{name}");
            }
            (Origin::Kiosks(kiosks), Some(number)) if found.name[1] == "kiosks" || table == "places" => {
                assert_eq!(kiosks.len() as u64, number, "{name}");
            }
            _ => {}
        }
    }
    assert!(sums > 30, "{sums}");
    assert_eq!(figures.languages.first().map(|(tag, _)| tag.as_str()), Some("vi"));
    let total = cells::find(&figures, "kiosks/*/records").expect("a total");
    let records: u64 = figures.kiosks.iter().map(|kiosk| kiosk.records).sum();
    assert_eq!(total.value, Cell::Count(Count::Shown(records)));
}

#[test]
fn the_journals_of_a_part_are_those_that_hold_its_visits() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let lives = sticks(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime.block_on(take(&lake, &[dir.path().join("sticks")]));
    let answers = runtime.block_on(answers(&lake));
    let (unit, period) = (nation(), period());
    let asked = answers.asked(&unit, &period);
    let counts = runtime.block_on(answers.exact(&asked)).expect("counted");
    let publishing = answers.publishing(&asked, &counts, &period);
    let name = ["summary", "visits", "value"].map(str::to_owned);
    let origin = runtime.block_on(explain::origin(&answers, &publishing, &name)).expect("explained");
    let Some(Origin::Sum(parts)) = origin else { panic!("{origin:?}") };
    assert_eq!(shown(&parts), lives.iter().map(Life::visits).sum::<u64>());
    for part in parts {
        let life = &lives[usize::from(part.kiosk == "school-b")];
        // The journals are told whole, in hundreds, and hold every visit of the part.
        let records = life.records.len() as i64;
        assert!(part.journals.iter().all(|j| j.first_sequence == 1 && j.last_sequence % 100 == 0), "{part:?}");
        let last = part.journals.iter().map(|j| j.last_sequence).max().expect("a journal");
        assert!((records..records + 100).contains(&last), "{part:?}");
    }
}

/// One kiosk with many visits in spring and autumn and `few` in July and August; its stick was fetched before and after
/// these. As many records whatever `few` is.
fn summer(folder: &Path, few: usize) {
    const DAY: i64 = 86_400_000;
    // 1 July and 5 October 2026, eight in the morning in Vietnam.
    const JULY: i64 = 1_782_867_600_000;
    let mut life = Life::new(41);
    let weeks = |life: &mut Life| {
        for _ in 0..7 {
            (0..12).for_each(|_| life.visit());
            life.pass(60_000_000);
        }
    };
    weeks(&mut life);
    write(folder, "school-a", "visits-1", &life.records);
    let before = life.records.len();
    life.wait_until(JULY + 20 * DAY);
    (0..few).for_each(|_| life.visit());
    life.fill_up(before + 150);
    write(folder, "school-a", "visits-2", &life.records);
    life.dice = Dice(42);
    life.wait_until(JULY + 96 * DAY);
    weeks(&mut life);
    write(folder, "school-a", "visits-3", &life.records);
}

/// Hashes differ where files do; what is told is which files they are, by their order.
fn without_hashes(text: &str) -> String {
    let is_hash = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut known: Vec<&str> = Vec::new();
    let mut out = text.to_owned();
    for hash in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(is_hash) {
        if !known.contains(&hash) {
            known.push(hash);
            out = out.replace(hash, &format!("file {}", known.len()));
        }
    }
    out
}

#[test]
fn a_hidden_total_of_exactly_1_does_not_follow_from_the_records_that_explain_tells() {
    let world = |few: usize| {
        let dir = tempfile::tempdir().expect("temporary folder");
        summer(&dir.path().join("sticks"), few);
        let lake = dir.path().join("lake");
        runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
        let lake = lake.to_str().expect("text").to_owned();
        let explain = |period: &str, cell: &[&str]| {
            let text = told(&[&["explain", "--lake", &lake, "--period", period][..], cell].concat());
            without_hashes(&text)
        };
        let mut all = Vec::new();
        for period in ["2026", "2026-H2", "2026-07-01..2026-09-04"] {
            all.push(explain(period, &[]));
            for cell in [
                "summary/visits/value",
                "summary/kiosks/value",
                "languages/vi/visits",
                "weeks/*/visits",
                "items/*/openings",
                "kiosks/*/records",
                "kiosks/*/undated",
            ] {
                all.push(explain(period, &[cell]));
            }
        }
        let report = dir.path().join("report.csv");
        told(&["report", "--lake", &lake, "--period", "2026", "-o", report.to_str().expect("text")]);
        let report = std::fs::read_to_string(report).expect("read");
        let sources = report.lines().filter(|line| line.contains(",Nguồn,") || line.contains(",Máy,"));
        all.push(without_hashes(&sources.collect::<Vec<_>>().join("\n")));
        all
    };
    let (one, four) = (world(1), world(4));
    for (one, four) in one.iter().zip(&four) {
        assert_eq!(one, four);
    }
    let parts: Vec<&str> = one[1].lines().collect();
    let hidden = parts.iter().position(|line| line.contains("0 + …")).expect("a hidden part");
    assert!(parts[hidden + 1].contains("không chỉ tệp"), "{}", one[1]);
    assert!(one[1].contains("blake3"), "the parts that are told name their files");
}

fn told(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_haidang-visits")).args(arguments).output().expect("tool runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn cells_are_explained_by_name_and_by_sheet_and_hidden_ones_are_not() {
    let dir = tempfile::tempdir().expect("temporary folder");
    sticks(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
    assert!(open(&lake).url_of("ledger").is_ok());
    let lake = lake.to_str().expect("text");
    let explained = |cell: &str| told(&["explain", "--lake", lake, "--period", "2026", cell]);
    let by_name = explained("languages/vi/visits");
    assert_eq!(by_name, explained("Ngôn ngữ!B7"));
    assert_eq!(by_name, explained("languages!$B$7"));
    assert!(by_name.contains("blake3") && by_name.contains("cộng · sum"), "{by_name}");
    let report = dir.path().join("report.csv");
    told(&["report", "--lake", lake, "--period", "2026", "-o", report.to_str().expect("text")]);
    let cells = named(&std::fs::read(report).expect("read"));
    let (few, _) = cells.iter().find(|(name, value)| name.starts_with("hours/") && value == "…").expect("hidden");
    let hidden = explained(few);
    assert!(hidden.contains("không công bố") && !hidden.contains("blake3"), "{hidden}");
    let output = Command::new(env!("CARGO_BIN_EXE_haidang-visits"))
        .args(["explain", "--lake", lake, "--period", "2026", "items/no-such-item/openings"])
        .output()
        .expect("tool runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}
