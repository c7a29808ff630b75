//! Journals from strangers: refused with a reason, and what is stored stays as it is.

use super::journals::{Life, write};
use super::order::files;
use super::{runtime, take, totals};
use haidang::department::atlas::{Atlas, NoPlaces, Stay};
use haidang::department::figures::{Level, Period, Unit, Words};
use haidang::department::ingest::{Outcome, ingest};
use haidang::department::lake::marks;
use haidang::visits::seal::{KioskKey, export_sealed};
use jiff::civil::Date;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

fn good(folder: &Path) -> PathBuf {
    let mut life = Life::new(5);
    (0..6).for_each(|_| life.visit());
    write(folder, "school-a", "visits", &life.records)
}

fn altered(folder: &Path, name: &str, sql: &str) -> PathBuf {
    let path = folder.join("school-a").join(format!("{name}.sqlite"));
    std::fs::copy(folder.join("school-a/visits.sqlite"), &path).expect("copied");
    let connection = Connection::open(&path).expect("open");
    connection.execute_batch(&format!("PRAGMA ignore_check_constraints = ON; {sql}")).expect(name);
    path
}

fn reason(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refused { code, .. } => code,
        other => other.word(),
    }
}

#[test]
fn hostile_journals_are_refused_and_nothing_stored_changes() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let (sticks, lake) = (dir.path().join("sticks"), dir.path().join("lake"));
    let path = good(&sticks);
    runtime.block_on(take(&lake, &[path]));
    let reference = runtime.block_on(totals(&lake));
    let before = files(&lake);
    let no_database = sticks.join("school-a/no.sqlite");
    std::fs::write(&no_database, vec![0x5a; 40_000]).expect("written");
    let cases = [
        (no_database, "unreadable"),
        (altered(&sticks, "schema", "ALTER TABLE record ADD COLUMN name TEXT"), "wrong-schema"),
        (altered(&sticks, "other", "ALTER TABLE record RENAME TO notes"), "wrong-schema"),
        (
            altered(&sticks, "view", "ALTER TABLE record RENAME TO r; CREATE VIEW record AS SELECT * FROM r, r AS s"),
            "wrong-schema",
        ),
        (altered(&sticks, "huge", "UPDATE record SET amount = 9223372036854775807 WHERE sequence = 3"), "bad-record"),
        (altered(&sticks, "negative", "UPDATE record SET amount = -1 WHERE sequence = 3"), "bad-record"),
        (
            altered(&sticks, "sql", "UPDATE record SET subject = 'x''; DROP TABLE visit; --' WHERE sequence = 2"),
            "bad-record",
        ),
        (
            altered(&sticks, "long", "UPDATE record SET detail = printf('%.*c', 100000, 'a') WHERE sequence = 2"),
            "bad-record",
        ),
        (altered(&sticks, "name", "UPDATE record SET detail = 'Nguyễn Văn A' WHERE sequence = 2"), "bad-record"),
        (altered(&sticks, "sequence", "UPDATE record SET sequence = -5 WHERE sequence = 2"), "bad-record"),
    ];
    for (path, wanted) in cases {
        let report = runtime.block_on(take(&lake, std::slice::from_ref(&path)));
        let [journal] = &report.journals[..] else {
            panic!("{}: {}", path.display(), report.text(haidang::diagnostics::Tongue::Both))
        };
        assert_eq!(
            reason(&journal.outcome),
            wanted,
            "{}: {}",
            path.display(),
            report.text(haidang::diagnostics::Tongue::Both)
        );
        assert!(report.has_problems());
        assert_eq!(files(&lake), before, "{}", path.display());
    }
    assert_eq!(runtime.block_on(totals(&lake)), reference);
}

#[test]
fn a_journal_of_nobody_is_refused() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = good(dir.path());
    let nobodys = dir.path().join("Trường A");
    std::fs::create_dir(&nobodys).expect("made");
    let moved = nobodys.join("visits.sqlite");
    std::fs::copy(&path, &moved).expect("copied");
    let report = runtime.block_on(take(&dir.path().join("lake"), &[moved]));
    assert_eq!(reason(&report.journals[0].outcome), "no-kiosk");
}

#[test]
fn a_torn_file_gives_what_can_be_read_and_is_healed_by_a_whole_one() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let (sticks, lake) = (dir.path().join("sticks"), dir.path().join("lake"));
    let mut life = Life::new(6);
    (0..60).for_each(|_| life.visit());
    let whole = write(&sticks, "school-a", "visits", &life.records);
    let torn = sticks.join("school-a/torn.sqlite");
    let bytes = std::fs::read(&whole).expect("read");
    std::fs::write(&torn, &bytes[..bytes.len() / 2]).expect("written");
    let report = runtime.block_on(take(&lake, &[torn]));
    let journal = &report.journals[0];
    assert_eq!(journal.outcome, Outcome::Taken, "{}", report.text(haidang::diagnostics::Tongue::Both));
    assert!(journal.marks.contains(&marks::TORN_TAIL), "{}", report.text(haidang::diagnostics::Tongue::Both));
    assert!(journal.records > 0 && (journal.records as usize) < life.records.len());
    runtime.block_on(take(&lake, std::slice::from_ref(&whole)));
    let healed = runtime.block_on(totals(&lake));
    let other = dir.path().join("other");
    runtime.block_on(take(&other, &[whole]));
    assert_eq!(healed.0, runtime.block_on(totals(&other)).0);
}

/// Kiosks whose keys are registered.
struct Keys(Vec<(String, String)>);

impl Atlas for Keys {
    fn province_of(&self, _: &str, _: Date) -> Option<String> {
        None
    }
    fn public_key(&self, kiosk: &str) -> Option<String> {
        self.0.iter().find(|(id, _)| id == kiosk).map(|(_, key)| key.clone())
    }
    fn stays(&self, unit: &Unit, period: &Period, heard: &[&str]) -> Vec<Stay> {
        NoPlaces.stays(unit, period, heard)
    }
    fn units_below(&self, _: &Unit, _: Date) -> Vec<Unit> {
        Vec::new()
    }
    fn chain(&self, _: &Unit, _: Date) -> Vec<Unit> {
        Vec::new()
    }
    fn unit(&self, _: Level, _: &str, _: Date) -> Option<Unit> {
        None
    }
    fn items(&self) -> Vec<String> {
        Vec::new()
    }

    fn title(&self, _: &str) -> Option<Words> {
        None
    }
    fn teacher_count(&self, _: &Unit, _: &Period) -> Option<u64> {
        None
    }
}

#[test]
fn signed_journals_count_and_forged_ones_do_not() {
    let runtime = runtime();
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = dir.path().join("lake");
    let key = KioskKey::open_or_make(&dir.path().join("data")).expect("key");
    let thief = KioskKey::open_or_make(&dir.path().join("thief")).expect("key");
    let plain = good(&dir.path().join("plain"));
    let stick = dir.path().join("stick").join(key.kiosk_id());
    let sealed = export_sealed(&plain, &key, &stick, 1_772_000_000_000).expect("sealed");
    let atlas = Keys(vec![(key.kiosk_id().to_owned(), key.public_key())]);
    let run = |path: &Path| {
        let handle = super::open(&lake);
        let list = [path.to_owned()];
        runtime.block_on(ingest(&handle, &list, &atlas)).expect("ingested").journals.remove(0)
    };
    let journal = run(&sealed);
    assert_eq!((journal.outcome.clone(), journal.kiosk.as_str()), (Outcome::Taken, key.kiosk_id()));
    assert!(journal.marks.is_empty(), "{:?}", journal.marks);
    let before = files(&lake);
    let reference = runtime.block_on(totals(&lake)).0;

    // Another key signs in this kiosk's name.
    let forged = stick.join("forged.sqlite");
    std::fs::copy(export_sealed(&plain, &thief, &dir.path().join("t"), 0).expect("sealed"), &forged).expect("copied");
    let connection = Connection::open(&forged).expect("open");
    connection.execute("UPDATE seal SET kiosk = ?1", [key.kiosk_id()]).expect("altered");
    drop(connection);
    assert_eq!(reason(&run(&forged).outcome), marks::BAD_SIGNATURE);

    // The seal of other records.
    let rewritten = stick.join("rewritten.sqlite");
    std::fs::copy(&sealed, &rewritten).expect("copied");
    let connection = Connection::open(&rewritten).expect("open");
    connection
        .execute("UPDATE record SET hash = zeroblob(32) WHERE sequence = (SELECT max(sequence) FROM record)", [])
        .expect("altered");
    drop(connection);
    assert_eq!(reason(&run(&rewritten).outcome), marks::BAD_SIGNATURE);
    let unchanged: Vec<_> = files(&lake).into_iter().filter(|file| before.contains(file)).collect();
    assert_eq!(unchanged, before);

    // A longer chain without a signature does not displace the signed one.
    let mut life = Life::new(999);
    (0..40).for_each(|_| life.visit());
    let longer = write(&dir.path().join("unsigned"), key.kiosk_id(), "visits", &life.records);
    assert!(run(&longer).marks.contains(&marks::NO_SEAL));
    let (counts, health) = runtime.block_on(totals(&lake));
    assert_eq!(counts, reference);
    assert!(health[0].marks.iter().any(|mark| mark == marks::BROKEN_CHAIN));
}
