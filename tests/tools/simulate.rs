//! `haidang-visits simulate` from outside: a folder of sticks that the tools read, the same for the same seed.

use haidang::department::places::Gazetteer;
use haidang::department::simulate::{Plan, SimulateError, simulate};
use haidang::visits::read;
use haidang::visits::record::Record;
use haidang::visits::seal::verify_sealed;
use jiff::civil::date;
use std::fs;
use std::path::Path;

/// Few enough for a test; sticks that the seed damages are left out below.
fn plan(out: &Path) -> Plan {
    Plan { kiosks: 4, days: 3, out: out.to_owned(), seed: 11, from: date(2025, 9, 8), items: None, threads: 2 }
}

/// Records of all whole sticks, in the order of `simulated.csv`.
fn records(out: &Path) -> Vec<Vec<Record>> {
    let list = fs::read_to_string(out.join("simulated.csv")).expect("list");
    let mut all = Vec::new();
    for row in list.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).filter(|row| row[4] == "none") {
        let file = out.join("haidang-journals").join(row[1]).join(format!("visits-1-{}.sqlite", row[5]));
        let seal = verify_sealed(&file).expect("the seal holds");
        assert_eq!((seal.kiosk.as_str(), seal.sequence.to_string().as_str()), (row[1], row[5]));
        let chained = read::records(&file).expect("readable");
        assert_eq!(read::verify(&chained), Ok(()));
        all.push(chained.into_iter().map(|(record, _)| record).collect());
    }
    all
}

#[test]
fn a_seed_makes_sealed_journals_and_the_same_again() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let made = simulate(&plan(&one), |_| ()).expect("simulated");
    assert_eq!(simulate(&plan(&two), |_| ()).expect("simulated").records, made.records);
    let told = records(&one);
    assert!(!told.is_empty());
    assert_eq!(told, records(&two));
    assert!(told.iter().flatten().any(|record| record.kind == "visit-ended"));
    let (gazetteer, problems) = Gazetteer::read(&one.join("places"));
    assert_eq!(problems, []);
    assert_eq!(gazetteer.kiosks.len(), 4);
    assert!(matches!(simulate(&plan(&one), |_| ()), Err(SimulateError::NotEmpty(_))));
}
