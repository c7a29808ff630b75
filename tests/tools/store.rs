//! The kiosk's packs on disk: whatever moment it is broken off at, a whole pack remains to be shown.

use crate::packs::{edit, small_pack};
use crate::sealed::{SIGNATURE, build_pack};
use haidang::pack::model::Kind;
use haidang::pack::sealed::{Sealed, with_signature};
use haidang::pack::store::{Because, Key, Opening, Permission, Scheduled, Store, StoreError, Verdict};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const ALLOWED: Permission = Permission { unsigned: false, older: false };

/// Versions 0.1, 0.2 and so on of the small pack, each with a text of its own.
fn versions(count: usize) -> (TempDir, Vec<PathBuf>) {
    let dir = tempfile::tempdir().expect("temporary folder");
    let build = |number: usize| {
        let folder = small_pack();
        let text = fs::read_to_string(folder.path().join("exhibit.ron")).expect("read");
        let version = text.lines().find(|line| line.contains("version:")).expect("a version").to_owned();
        edit(folder.path(), "exhibit.ron", &version, &format!("    version: \"0.{number}\","));
        build_pack(folder.path(), dir.path(), &format!("{number}.haidang"))
    };
    let built = (1..=count).map(build).collect();
    (dir, built)
}

fn install(store: &mut Store, path: &Path) -> Result<Key, StoreError> {
    let sealed = Sealed::open(path)?;
    store.install(&sealed, Verdict::Trusted, ALLOWED, |_| true).map(|installed| installed.key)
}

fn blobs(folder: &Path) -> usize {
    let listed = fs::read_dir(folder.join("blobs")).into_iter().flatten();
    listed.map(|folder| fs::read_dir(folder.expect("listed").path()).expect("listed").count()).sum()
}

#[test]
fn an_installed_pack_reads_as_its_folder_does() {
    let (dir, packs) = versions(1);
    let signed = dir.path().join("signed");
    with_signature(&packs[0], &signed, SIGNATURE).expect("signed");
    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    assert_eq!(store.opening().expect("opened"), Opening::Nothing);
    let key = install(&mut store, &signed).expect("installed");
    assert_eq!(store.signature(&key).as_deref(), Some(SIGNATURE));
    let opened = store.read(&key).expect("read");
    assert!(opened.findings.is_empty(), "{:#?}", opened.findings);
    let exhibit = opened.exhibit.expect("an exhibit");
    assert_eq!(exhibit.version, "0.1");
    for item in exhibit.items.values() {
        let cover = item.cover();
        assert!(
            cover.path.ends_with(cover.path.file_name().expect("a name"))
                && cover.path.extension() == Some("tiles".as_ref())
        );
        assert!(cover.size.0 > 0);
        if let Kind::Map { .. } = &item.kind {
            assert!(!item.narration.is_empty());
        }
    }
    assert_eq!(opened.used, haidang::pack::open(small_pack().path()).used);
}

#[test]
fn a_pack_goes_through_its_life() {
    let (dir, packs) = versions(2);
    let folder = dir.path().join("packs");
    let mut store = Store::open(&folder).expect("opened");
    let first = install(&mut store, &packs[0]).expect("installed");
    store.activate(&first).expect("active");
    assert_eq!(store.opening().expect("opened"), Opening::Show(first.clone()));
    store.confirm_trial().expect("confirmed");
    let one = blobs(&folder);
    let second = install(&mut store, &packs[1]).expect("installed");
    assert_eq!(blobs(&folder), one + 1, "what both have lies there once");
    store.activate(&second).expect("active");
    assert_eq!(store.opening().expect("opened"), Opening::Show(second.clone()));
    // Started again without having been confirmed.
    let mut store = Store::open(&folder).expect("opened");
    assert_eq!(store.opening().expect("opened"), Opening::Returned(first.clone(), Because::Restarted));
    assert_eq!(store.opening().expect("opened"), Opening::Show(first.clone()));
    store.activate(&second).expect("active");
    store.fail_trial().expect("failed");
    assert_eq!(store.state().active.as_ref(), Some(&first));
    store.activate(&second).expect("active");
    store.confirm_trial().expect("confirmed");
    store.roll_back().expect("rolled back");
    assert!(matches!(store.remove(&first), Err(StoreError::Active)));
    store.remove(&second).expect("removed");
    assert_eq!(blobs(&folder), one);
    assert!(matches!(store.roll_back(), Err(StoreError::NothingToReturnTo)));
    assert!(matches!(store.activate(&second), Err(StoreError::NotInstalled)));
    assert_eq!(store.installed().len(), 1);
}

#[test]
fn each_refusal_is_its_own() {
    let (dir, packs) = versions(2);
    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    install(&mut store, &packs[1]).expect("installed");
    let sealed = Sealed::open(&packs[0]).expect("opens");
    let mut offered = |verdict, allowed| store.install(&sealed, verdict, allowed, |_| true);
    assert!(matches!(offered(Verdict::Unsigned, ALLOWED), Err(StoreError::Unsigned)));
    assert!(matches!(offered(Verdict::UnknownSigner, ALLOWED), Err(StoreError::UnknownSigner)));
    assert!(matches!(offered(Verdict::Altered, ALLOWED), Err(StoreError::Altered(_))));
    assert!(matches!(offered(Verdict::Revoked, ALLOWED), Err(StoreError::Revoked)));
    assert!(matches!(offered(Verdict::OutOfScope, ALLOWED), Err(StoreError::OutOfScope)));
    assert!(matches!(offered(Verdict::Trusted, ALLOWED), Err(StoreError::Older { .. })));
    offered(Verdict::Unsigned, Permission { unsigned: true, older: true }).expect("allowed");
    // Altered while it is copied.
    let mut bytes = fs::read(&packs[0]).expect("read");
    let at = bytes.windows(6).rposition(|w| w == b"WEBVTT").expect("captions");
    bytes[at] = b'X';
    let other = tempfile::tempdir().expect("temporary folder");
    fs::write(other.path().join("a"), bytes).expect("written");
    let mut store = Store::open(&other.path().join("packs")).expect("opened");
    assert!(matches!(install(&mut store, &other.path().join("a")), Err(StoreError::Altered(_))));
    assert_eq!((store.installed().len(), blobs(&other.path().join("packs"))), (0, 0));
    let sealed = Sealed::open(&packs[0]).expect("opens");
    assert!(matches!(store.install(&sealed, Verdict::Trusted, ALLOWED, |_| false), Err(StoreError::Stopped)));
}

#[test]
fn a_schedule_names_packs_that_are_there() {
    let (dir, packs) = versions(1);
    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    let key = install(&mut store, &packs[0]).expect("installed");
    let day = |text: &str| text.parse().expect("a date");
    let entry = |from, until| Scheduled { pack: key.clone(), from: day(from), until: day(until) };
    assert!(matches!(store.schedule(vec![entry("2026-12-01", "2026-11-01")]), Err(StoreError::BadSchedule)));
    store.schedule(vec![entry("2026-11-20", "2026-11-30")]).expect("scheduled");
    assert_eq!(store.due_today(day("2026-11-21")), Some(&key));
    assert_eq!(store.due_today(day("2026-12-01")), None);
    store.remove(&key).expect("removed");
    assert!(store.state().schedule.is_empty());
}

#[test]
fn a_pack_that_nobody_chose_is_not_opened_by_itself() {
    let (dir, packs) = versions(2);
    let folder = dir.path().join("packs");
    let mut store = Store::open(&folder).expect("opened");
    let [first, second] = [0, 1].map(|at| install(&mut store, &packs[at]).expect("installed"));
    assert_eq!(store.opening().expect("opened"), Opening::Nothing);
    // Days that are planned choose nothing yet.
    let day = "2026-11-20".parse().expect("a date");
    store.schedule(vec![Scheduled { pack: first.clone(), from: day, until: day }]).expect("scheduled");
    let mut store = Store::open(&folder).expect("opened");
    assert_eq!(store.opening().expect("opened"), Opening::Nothing);
    store.activate(&first).expect("active");
    assert_eq!(store.opening().expect("opened"), Opening::Show(first.clone()));
    // The only pack that was chosen is lost: another is offered to be tested.
    let installed = store.get(&first).expect("installed");
    fs::remove_file(&store.map(&installed).files["exhibit.ron"]).expect("removed");
    assert_eq!(store.opening().expect("opened"), Opening::Untested(vec![second]));
}

#[test]
fn a_lost_file_or_state_is_got_over() {
    let (dir, packs) = versions(2);
    let folder = dir.path().join("packs");
    let mut store = Store::open(&folder).expect("opened");
    let [first, second] = [0, 1].map(|at| install(&mut store, &packs[at]).expect("installed"));
    store.activate(&first).expect("active");
    store.confirm_trial().expect("confirmed");
    store.activate(&second).expect("active");
    store.confirm_trial().expect("confirmed");
    let installed = store.get(&second).expect("installed");
    fs::remove_file(&store.map(&installed).files["exhibit.ron"]).expect("removed");
    let returned = Opening::Returned(first.clone(), Because::NotWhole);
    assert_eq!(Store::open(&folder).expect("opened").opening().expect("opened"), returned);
    fs::write(folder.join("active.json"), "{").expect("written");
    let mut store = Store::open(&folder).expect("opened");
    assert_eq!(store.opening().expect("opened"), Opening::Untested(vec![first.clone()]));
    store.activate(&first).expect("active");
    assert_eq!(store.opening().expect("opened"), Opening::Show(first));
    assert!(store.state().trial.is_some(), "on trial as any other");
    let mut store = Store::open(&folder).expect("opened");
    assert_eq!(install(&mut store, &packs[1]).expect("mended"), second);
    store.activate(&second).expect("active");
}

/// A store whose machine is switched off before a step; gives how many steps it asked for.
fn dying(folder: &Path, last: usize) -> (Result<Store, StoreError>, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let before = move |_: &str| match counted.fetch_add(1, Ordering::Relaxed) {
        at if at >= last => Err(io::Error::other("switched off")),
        _ => Ok(()),
    };
    (Store::open_with(folder, Box::new(before)), count)
}

/// All that a person in charge does to a kiosk that shows the first pack.
fn work(store: &mut Store, packs: &[PathBuf]) -> Result<(), StoreError> {
    let second = install(store, &packs[1])?;
    store.activate(&second)?;
    store.opening()?;
    store.confirm_trial()?;
    let third = install(store, &packs[2])?;
    store.activate(&third)?;
    store.opening()?;
    store.roll_back()?;
    store.remove(&third)?;
    store.roll_back().or(Ok(()))
}

#[test]
fn whatever_moment_it_is_broken_off_at_a_whole_pack_remains() {
    let (dir, packs) = versions(3);
    let mut steps = usize::MAX;
    let mut last = 0;
    while last < steps {
        let folder = dir.path().join("packs");
        let _ = fs::remove_dir_all(&folder);
        let mut store = Store::open(&folder).expect("opened");
        let first = install(&mut store, &packs[0]).expect("installed");
        store.activate(&first).expect("active");
        store.confirm_trial().expect("confirmed");
        drop(store);
        let (store, count) = dying(&folder, last);
        let done = store.and_then(|mut store| work(&mut store, &packs));
        if done.is_ok() {
            steps = count.load(Ordering::Relaxed);
        }
        // A write that was under way.
        fs::write(folder.join("active.json.0123.part"), "{\"for").expect("written");
        let mut store = Store::open(&folder).expect("opened again");
        let (Opening::Show(key) | Opening::Returned(key, _)) = store.opening().expect("opens") else {
            panic!("step {last}: nothing to show")
        };
        let opened = store.read(&key).expect("read");
        assert!(opened.exhibit.is_some() && opened.findings.is_empty(), "step {last}");
        for installed in store.installed() {
            assert!(store.is_whole(&installed.key), "step {last}: {:?} is listed and not whole", installed.key);
        }
        assert!(!folder.join("incoming").exists() && !folder.join("active.json.0123.part").exists());
        last += 1;
    }
    assert!(steps > 30, "{steps}");
}
