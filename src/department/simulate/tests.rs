//! Simulated journals against the room that reads journals.

use super::*;
use crate::department::places::Gazetteer;
use crate::visits::read;
use crate::visits::record::Record;
use crate::visits::seal::{read_seal, verify_sealed};
use jiff::civil::date;
use std::collections::BTreeMap;

fn plan(out: &Path, kiosks: usize, days: u32, seed: u64) -> Plan {
    Plan { kiosks, days, out: out.to_owned(), seed, from: date(2025, 9, 8), items: None, threads: 2 }
}

fn run(plan: &Plan) -> Made {
    simulate(plan, |_| ()).expect("simulated")
}

/// Rows of `simulated.csv`: kiosk, clock, damage, records.
fn told(out: &Path) -> Vec<(String, String, String, u64)> {
    let text = fs::read_to_string(out.join("simulated.csv")).expect("list");
    let rows = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    rows.map(|r| (r[1].clone(), r[3].clone(), r[4].clone(), r[5].parse().expect("number"))).collect()
}

/// The largest journal of a kiosk.
fn journal(out: &Path, kiosk: &str) -> PathBuf {
    let files = fs::read_dir(out.join("haidang-journals").join(kiosk)).expect("stick");
    files
        .map(|file| file.expect("file").path())
        .max_by_key(|path| fs::metadata(path).expect("file").len())
        .expect("one")
}

fn whole_records(out: &Path) -> Vec<Vec<Record>> {
    let good = told(out).into_iter().filter(|row| row.2 == "none");
    good.map(|row| read::records(&journal(out, &row.0)).expect("readable").into_iter().map(|(r, _)| r).collect())
        .collect()
}

#[test]
fn the_same_seed_makes_the_same_records() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let [a, b, c] = ["a", "b", "c"].map(|name| dir.path().join(name));
    let (made_a, made_b) = (run(&plan(&a, 4, 5, 7)), run(&Plan { threads: 1, ..plan(&b, 4, 5, 7) }));
    run(&plan(&c, 4, 5, 8));
    assert_eq!((made_a.records, made_a.visits), (made_b.records, made_b.visits));
    assert_eq!(whole_records(&a), whole_records(&b));
    assert_ne!(whole_records(&a), whole_records(&c));
    assert!(whole_records(&a).iter().any(|records| records.len() > 1_000));
}

#[test]
fn kiosks_keep_their_names_with_their_keys() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("a");
    run(&plan(&out, 2, 2, 7));
    let before = told(&out);
    assert!(matches!(simulate(&plan(&out, 2, 2, 7), |_| ()), Err(SimulateError::NotEmpty(_))));
    for made in ["places", "haidang-journals"] {
        fs::remove_dir_all(out.join(made)).expect("removed");
    }
    fs::remove_file(out.join("simulated.csv")).expect("removed");
    run(&plan(&out, 2, 2, 7));
    assert_eq!(told(&out), before);
}

#[test]
fn every_stick_is_what_the_list_says() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("a");
    run(&plan(&out, 120, 1, 5));
    let mut met = BTreeMap::new();
    for (kiosk, clock, damage, count) in told(&out) {
        *met.entry(damage.clone()).or_insert(0) += 1;
        *met.entry(clock).or_insert(0) += 1;
        let path = journal(&out, &kiosk);
        let records = read::records(&path);
        let sealed = verify_sealed(&path);
        match damage.as_str() {
            "none" | "twice" => {
                assert_eq!(sealed.expect("holds").sequence, i64::try_from(count).expect("small"));
                assert_eq!(read::verify(&records.expect("readable")), Ok(()));
            }
            "gap" => assert!(matches!(read::verify(&records.expect("readable")), Err(read::Broken::Gap { .. }))),
            "changed" => assert!(matches!(read::verify(&records.expect("readable")), Err(read::Broken::Hash(_)))),
            "no-seal" => assert!(read_seal(&path).expect("readable").is_none()),
            "bad-seal" => assert!(read_seal(&path).expect("readable").expect("sealed").verify().is_err()),
            "torn-tail" => assert!(sealed.is_err()),
            other => panic!("{other}"),
        }
    }
    for word in damage::ALL.map(Damage::word).into_iter().chain(["none", "good", "off", "dead"]) {
        assert!(met.contains_key(word), "{word} was not met: {met:?}");
    }
}

#[test]
fn visits_are_told_as_kiosks_tell_them() {
    let dir = tempfile::tempdir().expect("temporary folder");
    run(&plan(dir.path(), 6, 40, 3));
    for records in whole_records(dir.path()) {
        let mut open: BTreeMap<&str, &str> = BTreeMap::new();
        for pair in records.windows(2) {
            if pair[0].boot == pair[1].boot {
                assert!(pair[0].monotonic_millis <= pair[1].monotonic_millis, "{pair:?}");
            } else {
                assert_eq!((pair[1].monotonic_millis, pair[1].kind.as_str()), (0, "kiosk-started"));
            }
        }
        for record in &records {
            assert!(record.amount >= 0, "{record:?}");
            match record.kind.as_str() {
                "kiosk-started" => open.clear(),
                "item-opened" | "screen-opened" => {
                    let kind = &record.kind[..4];
                    assert_eq!(open.insert(kind, &record.subject), None, "{record:?}");
                }
                "item-left" | "screen-left" => {
                    assert_eq!(open.remove(&record.kind[..4]), Some(record.subject.as_str()))
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_gazetteer_knows_every_kiosk() {
    let dir = tempfile::tempdir().expect("temporary folder");
    run(&plan(dir.path(), 20, 6, 3));
    let (gazetteer, problems) = Gazetteer::read(&dir.path().join("places"));
    assert_eq!(
        problems.iter().filter(|p| p.code != "headcount-twice").collect::<Vec<_>>(),
        Vec::<&crate::diagnostics::Problem>::new()
    );
    assert_eq!(gazetteer.items.len(), 28);
    for (kiosk, ..) in told(dir.path()) {
        assert!(gazetteer.place_of(&kiosk, date(2025, 9, 8)).is_some());
    }
}

#[test]
fn wrong_wishes_are_refused() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let plan = plan(dir.path(), 1, 1, 1);
    let refused = |plan: &Plan| simulate(plan, |_| ()).expect_err("refused");
    assert!(matches!(refused(&Plan { kiosks: 0, ..plan.clone() }), SimulateError::Size));
    assert!(matches!(refused(&Plan { days: 5_000, ..plan.clone() }), SimulateError::Size));
    assert!(matches!(refused(&Plan { items: Some("item\n".into()), ..plan.clone() }), SimulateError::Items(_)));
    assert!(matches!(refused(&Plan { items: Some("Bản đồ".into()), ..plan.clone() }), SimulateError::Items(_)));
    assert!(simulate(&Plan { items: Some("map-a\nmap-b\n".into()), ..plan }, |_| ()).is_ok());
}

/// Medians as the dashboard tells them, in steps of five seconds.
fn dwell_medians(out: &Path) -> BTreeMap<String, i64> {
    let mut dwells: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for record in whole_records(out).into_iter().flatten().filter(|record| record.kind == "item-left") {
        dwells.entry(record.subject).or_default().push(record.amount);
    }
    dwells.retain(|_, all| all.len() >= 30);
    let median = |mut all: Vec<i64>| {
        all.sort_unstable();
        (all[(all.len() - 1) / 2] + 2_500) / 5_000 * 5
    };
    dwells.into_iter().map(|(item, all)| (item, median(all))).collect()
}

#[test]
fn items_hold_their_visitors_for_different_times() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("a");
    run(&plan(&out, 4, 6, 7));
    let medians = dwell_medians(&out);
    assert!(medians.len() > 10, "{medians:?}");
    let told: std::collections::BTreeSet<i64> = medians.values().copied().collect();
    let (least, most) = (told.first().expect("items"), told.last().expect("items"));
    assert!(told.len() >= 5 && *most >= least * 2, "{medians:?}");
}

#[test]
fn no_class_is_counted_twice_on_one_day() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("a");
    run(&plan(&out, 3, 150, 5));
    let (gazetteer, problems) = Gazetteer::read(&out.join("places"));
    assert_eq!(problems, []);
    assert!(gazetteer.headcounts.len() > 40, "{}", gazetteer.headcounts.len());
}
