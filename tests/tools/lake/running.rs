//! Periods that are not over, days that cut a segment, and what is compared with what.

use super::journals::{Life, write};
use super::{answers_on, runtime, take};
use haidang::department::atlas::nation;
use haidang::department::figures::{Count, Figures, Period};
use haidang::department::periods::{Calendar, parse};
use jiff::civil::{Date, date};
use std::path::Path;

/// Three weeks of one kiosk from 2 February 2026 on, and the number of its visits.
fn stick(folder: &Path) -> u64 {
    let mut life = Life::new(33);
    for _ in 0..21 {
        (0..24).for_each(|_| life.visit());
        life.pass(60_000_000);
    }
    write(folder, "school-a", "visits", &life.records);
    life.visits()
}

fn figures(lake: &Path, period: &str, today: Date) -> Figures {
    let runtime = runtime();
    let answers = runtime.block_on(answers_on(lake, today));
    let (_, period): (_, Period) = parse(&Calendar::default(), period).expect("a period");
    runtime.block_on(answers.checked_figures(&nation(), &period)).expect("figures")
}

#[test]
fn a_school_year_that_runs_is_told_whole_and_its_weeks_end_today() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let visits = stick(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
    let today = date(2026, 4, 1);
    let figures = figures(&lake, "2025-2026", today);
    assert!(figures.is_whole && !figures.is_over());
    assert_eq!(figures.key.visits, Count::Shown(visits));
    assert_eq!(figures.key.visits_more, 0);
    assert_eq!((figures.more.hours.len(), figures.more.languages.len()), (7 * 24, figures.languages.len()));
    assert!(!figures.lengths.is_empty() && !figures.items.is_empty() && figures.key.median_visit_millis.is_some());
    assert_eq!(figures.weeks.last().map(|(monday, _)| *monday), Some(date(2026, 3, 30)), "no week to come");
    assert_eq!(figures.change_percent(), None);
    // Rows and what is not split up are the total.
    let weeks: u64 = figures.weeks.iter().filter_map(|(_, count)| count.shown()).sum();
    assert_eq!(weeks + figures.weeks_unsplit().expect("told"), visits);
    let hours: u64 = figures.hours.iter().flatten().filter_map(|count| count.shown()).sum();
    assert_eq!(hours + figures.hours_unsplit().expect("told"), visits);
}

#[test]
fn own_days_that_cut_a_segment_tell_at_least_so_many_and_no_hours() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let visits = stick(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
    let figures = figures(&lake, "2026-01-01..2026-05-21", date(2026, 11, 21));
    assert!(!figures.is_whole);
    let told = figures.key.visits.shown().expect("told");
    assert!(told <= visits && told + figures.key.visits_more >= visits, "{told} of {visits}");
    assert!(figures.key.visits_more > 0);
    assert_eq!((figures.key.screen_millis, figures.key.before), (None, None));
}

#[test]
fn visits_of_a_dead_clock_are_told_as_undated_and_no_change_is_told_against_them() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut life = Life::new(34);
    let weeks = |life: &mut Life| {
        for _ in 0..14 {
            (0..24).for_each(|_| life.visit());
            life.pass(60_000_000);
        }
    };
    weeks(&mut life);
    // 10 August 2026.
    life.wait_until(1_786_323_600_000);
    weeks(&mut life);
    life.run_without_clock(130);
    weeks(&mut life);
    write(&dir.path().join("sticks"), "school-a", "visits", &life.records);
    let lake = dir.path().join("lake");
    runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
    let over = figures(&lake, "2026-H2", date(2027, 1, 1));
    assert_eq!((over.key.undated, over.kiosks[0].undated), (Count::Shown(130), Count::Shown(130)));
    let dated = over.key.visits.shown().expect("told");
    let before = over.key.before.as_ref().and_then(|before| before.visits.shown()).expect("told");
    assert_eq!(before + dated + 130, life.visits());
    assert_eq!(over.change_percent(), None);
    assert!(over.is_change_undated());
    // They lie in August or later, so that nothing is to be told of them beside the first half of the year.
    let earlier = figures(&lake, "2026-H1", date(2027, 1, 1));
    assert_eq!(earlier.key.undated, Count::Shown(0));
    // Too few to be told are told as few.
    let mut life = Life::new(35);
    weeks(&mut life);
    life.run_without_clock(3);
    write(&dir.path().join("few"), "school-b", "visits", &life.records);
    let lake = dir.path().join("lake-of-few");
    runtime().block_on(take(&lake, &[dir.path().join("few")]));
    assert_eq!(figures(&lake, "2026-H1", date(2027, 1, 1)).key.undated, Count::Few);
}

#[test]
fn a_period_is_compared_with_the_whole_one_before_once_it_is_over() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let visits = stick(&dir.path().join("sticks"));
    let lake = dir.path().join("lake");
    runtime().block_on(take(&lake, &[dir.path().join("sticks")]));
    let running = figures(&lake, "2026-H2", date(2026, 11, 21));
    let before = running.key.before.as_ref().expect("there were visits");
    assert_eq!((before.period.first, before.period.last), (date(2026, 1, 1), date(2026, 6, 30)));
    assert_eq!((before.visits, before.more), (Count::Shown(visits), 0));
    assert_eq!(running.change_percent(), None, "it runs");
    let over = figures(&lake, "2026-H2", date(2027, 1, 1));
    assert_eq!(over.change_percent(), Some(-100));
    assert!(over.key.before.and_then(|before| before.begins_late()).is_some(), "the kiosk began in February");
}
