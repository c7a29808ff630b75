//! A dashboard counts everything beforehand; what its pages tell is the same as when the lake is asked for each.

use super::{open, runtime};
use haidang::department::atlas::nation;
use haidang::department::engine::answers::LakeAnswers;
use haidang::department::figures::{Figures, Unit};
use haidang::department::periods::{Calendar, parse};
use haidang::department::places::Gazetteer;
use jiff::civil::date;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

fn visits(arguments: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_haidang-visits")).args(arguments).output().expect("tool runs");
    // A simulated stick may be one that is refused.
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Every unit from the nation down, some at each level.
fn units(gazetteer: &Gazetteer) -> Vec<Unit> {
    let (mut all, mut level) = (Vec::new(), vec![nation()]);
    while !level.is_empty() {
        let below = level.iter().flat_map(|unit| gazetteer.units_below(unit, date(2026, 3, 1)));
        let below: Vec<Unit> = below.take(4).collect();
        all.extend(std::mem::replace(&mut level, below));
    }
    all
}

#[test]
fn pages_counted_beforehand_tell_what_the_lake_tells() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let [made, lake] = ["made", "lake"].map(|name| dir.path().join(name));
    let places = made.join("places");
    let simulate = ["simulate", "--kiosks", "9", "--days", "40", "--seed", "5", "--from", "2025-12-01", "--out"];
    visits(&[&simulate[..], &[&text(&made)]].concat());
    visits(&["ingest", &text(&made), "--lake", &text(&lake), "--new", "--places", &text(&places)]);
    let (gazetteer, problems) = Gazetteer::read(&places);
    assert!(problems.is_empty());
    let units = units(&gazetteer);
    assert!(units.len() > 9, "nation, province, communes, schools, kiosks");
    let runtime = runtime();
    let opened = LakeAnswers::open(open(&lake), Arc::new(gazetteer), Calendar::default(), 5, date(2026, 4, 1));
    let answers = runtime.block_on(opened).expect("open");
    let figures = || -> Vec<Figures> {
        // Segments, whole and running periods, and days that cut a segment.
        let periods = ["2025", "2025-2026", "2026-H1", "S2026-H1", "2025-12-10..2025-12-20"];
        let all = units.iter().flat_map(|unit| periods.map(|period| (unit, period)));
        let ask = |(unit, period): (&Unit, &str)| {
            let (_, period) = parse(&Calendar::default(), period).expect("a period");
            runtime.block_on(answers.figures_of(unit, &period)).expect("figures")
        };
        all.map(ask).collect()
    };
    let asked = figures();
    runtime.block_on(answers.stock_up()).expect("counted beforehand");
    assert!(
        asked[..5].iter().all(|figures| answers.is_stocked(&nation(), &figures.period)),
        "days without visits, too"
    );
    let stocked = figures();
    for (asked, stocked) in asked.iter().zip(&stocked) {
        assert_eq!(asked, stocked, "{:?} {:?}", asked.unit, asked.period);
    }
}
