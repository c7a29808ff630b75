//! What the people in charge do to a kiosk: packs from a folder that stands for a stick, judged, installed, tested,
//! shown, taken back; and killed in the middle of it.

use crate::packs::{edit, small_pack};
use crate::sealed::build_pack;
use haidang::base::clock::Clock;
use haidang::caretaking::installing::{Judge, install};
use haidang::caretaking::offers::{self, Offer};
use haidang::caretaking::orders::{FrontOrder, PackOrder, Report, Return, Showing, Stop};
use haidang::caretaking::pin::{Answer, Cost};
use haidang::caretaking::shelf::{Shelf, Use};
use haidang::caretaking::standing::Standing;
use haidang::caretaking::worker::{Caretaker, Setup};
use haidang::caretaking::{calendar, ring_file, self_test};
use haidang::pack::sealed::{Sealed, with_signature};
use haidang::pack::signing::keys::{self, NewKey};
use haidang::pack::signing::revocation::{RevocationList, Revoked};
use haidang::pack::signing::seal::Seal;
use haidang::pack::signing::vouch::{Scope, Vouching};
use haidang::pack::signing::{Ring, SecretKey};
use haidang::pack::store::{self, Installing, Key, Opening, Permission, Store};
use haidang::visits::{Event, Journal, seal};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

/// 21 November 2026, 15:00 in Vietnam.
const NOW: i64 = 1_795_248_000_000;
const TODAY: Date = date(2026, 11, 21);
const PASSPHRASE: &str = "hải đăng không ngủ";

struct Signer {
    made: NewKey,
    secret: SecretKey,
}

fn signer(name: &str) -> Signer {
    let made = keys::generate(name, PASSPHRASE).expect("key made");
    let secret = SecretKey::unlock(&made.secret_text, PASSPHRASE).expect("key unlocked");
    Signer { made, secret }
}

/// An office, those for whom it vouches in its own way, and a stranger. Made once, for scrypt takes its time.
struct People {
    office: Signer,
    museum: Signer,
    expired: Signer,
    early: Signer,
    elsewhere: Signer,
    revoked: Signer,
    stranger: Signer,
}

static PEOPLE: LazyLock<People> = LazyLock::new(|| People {
    office: signer("Sở Văn hóa"),
    museum: signer("Bảo tàng"),
    expired: signer("Hết hạn"),
    early: signer("Chưa đến ngày"),
    elsewhere: signer("Nơi khác"),
    revoked: signer("Bị thu hồi"),
    stranger: signer("Người lạ"),
});

impl People {
    fn vouching(&self, subject: &Signer, scope: &str, from: Date, until: Date) -> String {
        let vouching = Vouching {
            root: self.office.made.public,
            subject: subject.made.public,
            name: "Bảo tàng".to_owned(),
            scope: Scope::read(scope).expect("scope"),
            from,
            until,
        };
        vouching.signed(&self.office.secret).expect("signed")
    }

    /// A ring that trusts the office and knows those for whom it vouches.
    fn ring(&self) -> Ring {
        let mut ring = Ring::default();
        ring.trust("Sở Văn hóa", self.office.made.public).expect("trusted");
        let year = (date(2026, 1, 1), date(2026, 12, 31));
        for text in [
            self.vouching(&self.museum, "*", year.0, year.1),
            self.vouching(&self.revoked, "*", year.0, year.1),
            self.vouching(&self.expired, "*", year.0, date(2026, 11, 20)),
            self.vouching(&self.early, "*", date(2026, 11, 22), year.1),
            self.vouching(&self.elsewhere, "bao-tang-*", year.0, year.1),
        ] {
            ring.admit_vouching(&text).expect("admitted");
        }
        ring
    }

    fn revocation(&self) -> String {
        let key = self.revoked.made.public.id();
        let keys = vec![Revoked { key, since: TODAY, reason: "Mất USB".to_owned() }];
        let list = RevocationList { root: self.office.made.public, number: 1, keys };
        list.signed(&self.office.secret).expect("signed")
    }
}

/// Version `0.<number>` of the small pack, not signed.
fn version(number: usize, dir: &Path) -> PathBuf {
    let folder = small_pack();
    let text = fs::read_to_string(folder.path().join("exhibit.ron")).expect("read");
    let line = text.lines().find(|line| line.contains("version:")).expect("a version").to_owned();
    edit(folder.path(), "exhibit.ron", &line, &format!("    version: \"0.{number}\","));
    build_pack(folder.path(), dir, &format!("{number}.built"))
}

fn signature(pack: &Path, signer: &Signer) -> String {
    let sealed = Sealed::open(pack).expect("opens");
    let seal = Seal::new(sealed.manifest.id.as_str(), &sealed.manifest.version, "Sample", TODAY);
    seal.put_on(sealed.manifest_bytes(), &signer.secret).expect("signed")
}

fn sign(pack: &Path, signer: &Signer, to: &Path) {
    with_signature(pack, to, &signature(pack, signer)).expect("signed");
}

/// The same pack, saying that it is of another format.
fn of_format_seven(pack: &Path, to: &Path) {
    let mut bytes = fs::read(pack).expect("read");
    let told = b"\"format\": 1";
    let at = bytes.windows(told.len()).position(|w| w == told).expect("a format") + told.len() - 1;
    bytes[at] = b'7';
    let length = u32::from_le_bytes(bytes[22..26].try_into().expect("four bytes")) as usize;
    let begin = 30 + "manifest.json".len();
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[begin..begin + length]);
    bytes[14..18].copy_from_slice(&crc.sum().to_le_bytes());
    let end = bytes.len();
    let directory = u32::from_le_bytes(bytes[end - 6..end - 2].try_into().expect("four bytes")) as usize;
    bytes[directory + 16..directory + 20].copy_from_slice(&crc.sum().to_le_bytes());
    fs::write(to, bytes).expect("written");
}

#[test]
fn every_pack_on_a_stick_is_told_for_what_it_is() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (people, stick) = (&*PEOPLE, dir.path().join("stick"));
    fs::create_dir_all(stick.join("HAIDANG")).expect("made");
    let [old, now, new] = [1, 2, 3].map(|number| version(number, dir.path()));
    let at = |name: &str| stick.join("HAIDANG").join(format!("{name}.haidang"));
    fs::copy(&new, at("unsigned")).expect("copied");
    sign(&new, &people.stranger, &at("unknown-signer"));
    with_signature(&new, &at("altered"), &signature(&now, &people.museum)).expect("signed");
    sign(&new, &people.revoked, &at("revoked"));
    sign(&new, &people.expired, &at("expired"));
    sign(&new, &people.early, &at("not-yet-valid"));
    sign(&new, &people.elsewhere, &at("out-of-scope"));
    sign(&old, &people.museum, &at("older"));
    sign(&now, &people.museum, &at("installed"));
    sign(&new, &people.museum, &at("ready"));
    of_format_seven(&new, &at("newer-format"));
    fs::write(at("not-a-pack"), "PK, or so it says").expect("written");
    fs::write(stick.join("office.revoked"), people.revocation()).expect("written");
    // From an office that nobody trusts here.
    let stranger = RevocationList { root: people.stranger.made.public, number: 1, keys: Vec::new() };
    fs::write(stick.join("stranger.revoked"), stranger.signed(&people.stranger.secret).expect("signed"))
        .expect("written");

    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    let mut ring = people.ring();
    let sealed = Sealed::open(&at("installed")).expect("opens");
    store.install(&sealed, store::Verdict::Trusted, Permission::default(), |_| true).expect("installed");
    let before = offers::look(&stick, &store, &ring, TODAY, None);
    let of = |offers: &[Offer], name: &str| -> Offer {
        offers.iter().find(|offer| offer.name == format!("{name}.haidang")).expect("offered").clone()
    };
    assert_eq!(of(&before, "revoked").standing.word(), "ready", "nobody has heard of it yet");
    let ring_path = dir.path().join("ring.json");
    let taken = ring_file::take_from(&stick, &mut ring, &ring_path).expect("taken");
    assert_eq!((taken.revoked, taken.vouchings, taken.refused), (1, 0, 1));
    let ring = ring_file::read(&ring_path).expect("read");
    let told = offers::look(&stick, &store, &ring, TODAY, None);
    let words: BTreeMap<&str, &str> = told.iter().map(|o| (o.name.as_str(), o.standing.word())).collect();
    assert_eq!(words.len(), 12);
    for (name, word) in words {
        assert_eq!(name, format!("{word}.haidang"));
    }
    let ready = of(&told, "ready");
    let face = ready.face.expect("a face");
    assert_eq!((face.version.as_str(), ready.fingerprint.as_deref().map(str::len)), ("0.3", Some(19)));
    let full = offers::look(&stick, &store, &ring, TODAY, Some(10));
    assert_eq!(of(&full, "ready").standing.word(), "no-room");
    // None but the good one is installed, whoever asks.
    let judge = Judge { ring: &ring, today: TODAY, free: None };
    let clock = Clock::stepped(NOW);
    for offer in &told {
        let installed = install(&mut store, &offer.path, &judge, &clock, |_| true);
        assert_eq!(installed.is_ok(), offer.standing.word() == "ready", "{}", offer.name);
    }
}

#[test]
fn a_byte_changed_behind_a_good_signature_is_found_while_copying() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("a.haidang");
    sign(&version(1, dir.path()), &PEOPLE.museum, &path);
    let mut bytes = fs::read(&path).expect("read");
    let at = bytes.windows(6).rposition(|w| w == b"WEBVTT").expect("captions");
    bytes[at] = b'X';
    fs::write(&path, bytes).expect("written");
    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    let ring = PEOPLE.ring();
    let judge = Judge { ring: &ring, today: TODAY, free: None };
    let refused = install(&mut store, &path, &judge, &Clock::stepped(NOW), |_| true).expect_err("refused");
    assert!(refused.sentence().vi.contains("sửa đổi"), "{refused:?}");
    assert!(store.installed().is_empty());
}

#[test]
fn a_pack_that_is_spoiled_on_disk_does_not_pass_its_test() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut store = Store::open(&dir.path().join("packs")).expect("opened");
    let sealed = Sealed::open(&version(1, dir.path())).expect("opens");
    let key = store.install(&sealed, store::Verdict::Trusted, Permission::default(), |_| true).expect("installed").key;
    let passed = self_test::run(&store, &key, &mut |_, _| true).expect("passes");
    assert!(passed.decoded > 1 && passed.pictures >= passed.decoded, "{passed:?}");
    assert!(matches!(self_test::run(&store, &key, &mut |_, _| false), Err(self_test::Fault::Stopped)));
    let installed = store.get(&key).expect("installed");
    let captions =
        store.map(&installed).files.into_iter().find(|(name, _)| name.ends_with(".vtt")).expect("captions").1;
    let mut text = fs::read(&captions).expect("read");
    *text.last_mut().expect("not empty") ^= 1;
    fs::write(&captions, text).expect("written");
    assert!(store.is_whole(&key), "of the same length");
    assert!(matches!(self_test::run(&store, &key, &mut |_, _| true), Err(self_test::Fault::Differs(_))));
}

/// A kiosk's data folder, a stick, and the caretaker at work.
struct Kiosk {
    dir: TempDir,
    clock: Clock,
    caretaker: Caretaker,
}

impl Kiosk {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("temporary folder");
        fs::create_dir_all(dir.path().join("data")).expect("made");
        fs::create_dir(dir.path().join("stick")).expect("made");
        fs::write(dir.path().join("data").join(ring_file::FILE), PEOPLE.ring().write()).expect("written");
        let clock = Clock::stepped(NOW);
        let caretaker = Self::caretaker(dir.path(), &clock);
        Self { dir, clock, caretaker }
    }

    fn caretaker(dir: &Path, clock: &Clock) -> Caretaker {
        let mut setup = Setup::of_machine(&dir.join("data"), clock.clone(), "0.1.0", |_| ());
        setup.sticks = vec![dir.join("stick")];
        setup.mounts = dir.join("no-mounts");
        setup.cost = Cost { memory_kib: 64, passes: 1 };
        setup.log = Arc::new(|_| ());
        Caretaker::start(setup, || ()).expect("threads start")
    }

    fn restart(&mut self) {
        self.caretaker = Self::caretaker(self.dir.path(), &self.clock);
    }

    fn bring(&self, number: usize) -> PathBuf {
        let path = self.dir.path().join("stick").join(format!("{number}.haidang"));
        sign(&version(number, self.dir.path()), &PEOPLE.museum, &path);
        path
    }

    /// Everything that is reported up to the next look at the shelf, and that shelf.
    fn order(&self, order: PackOrder) -> (Vec<Report>, Shelf) {
        self.caretaker.order(order);
        let mut told = Vec::new();
        loop {
            match self.caretaker.wait_for_report().expect("reports") {
                Report::Shelf { shelf, .. } => return (told, shelf),
                report => told.push(report),
            }
        }
    }

    fn install(&self, path: &Path) -> Key {
        let (told, _) = self.order(PackOrder::Install { path: path.to_owned(), stop: Stop::default() });
        match told.last() {
            Some(Report::Installed(face)) => face.key.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn activate(&self, key: &Key) {
        let (told, _) = self.order(PackOrder::Activate { key: key.clone(), stop: Stop::default() });
        assert!(matches!(told.last(), Some(Report::Activated(active)) if active == key), "{told:?}");
    }

    fn open(&self) -> Option<Box<Showing>> {
        let (told, _) = self.order(PackOrder::Open);
        match told.into_iter().next_back() {
            Some(Report::Opened(showing)) => showing,
            other => panic!("{other:?}"),
        }
    }

    fn front(&self, order: FrontOrder) -> Report {
        self.caretaker.ask(order);
        self.caretaker.wait_for_report().expect("a report")
    }
}

fn usage(shelf: &Shelf) -> Vec<(&str, Use)> {
    shelf.packs.iter().map(|pack| (pack.face.version.as_str(), pack.usage)).collect()
}

#[test]
fn a_pack_comes_from_a_stick_proves_itself_and_another_fails() {
    let kiosk = Kiosk::new();
    assert!(kiosk.open().is_none());
    let path = kiosk.bring(1);
    let (told, _) = kiosk.order(PackOrder::LookAtSticks);
    let [Report::Sticks(sticks)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((sticks.len(), sticks[0].offers.len()), (1, 1));
    let (told, shelf) = kiosk.order(PackOrder::Install { path: path.clone(), stop: Stop::default() });
    assert!(matches!(told.first(), Some(Report::Installing(progress)) if progress.files > 0), "{told:?}");
    let Some(Report::Installed(face)) = told.last() else { panic!("{told:?}") };
    let first = face.key.clone();
    assert_eq!(usage(&shelf), [("0.1", Use::Kept)]);
    kiosk.activate(&first);
    let showing = kiosk.open().expect("shown");
    assert!(showing.on_trial && showing.returned.is_none() && showing.opened.exhibit.is_some());
    let (_, shelf) = kiosk.order(PackOrder::ConfirmTrial);
    assert_eq!(usage(&shelf), [("0.1", Use::Shown)]);

    let second = kiosk.install(&kiosk.bring(2));
    kiosk.activate(&second);
    assert_eq!(kiosk.open().expect("shown").face.version, "0.2");
    let (told, shelf) = kiosk.order(PackOrder::FailTrial("tile-unreadable"));
    assert!(matches!(told[..], [Report::Returned]), "{told:?}");
    assert_eq!(usage(&shelf), [("0.2", Use::Kept), ("0.1", Use::Shown)]);
    let showing = kiosk.open().expect("shown");
    assert_eq!((showing.face.version.as_str(), showing.on_trial), ("0.1", false));
    let (told, _) = kiosk.order(PackOrder::Remove(first));
    assert!(matches!(told[..], [Report::Refused(_)]), "the one that is shown stays");
    let (told, shelf) = kiosk.order(PackOrder::Remove(second));
    assert!(matches!(told[..], [Report::Removed]) && shelf.packs.len() == 1);
}

#[test]
fn a_kiosk_that_falls_in_its_first_minutes_comes_up_with_the_last_good_pack() {
    let mut kiosk = Kiosk::new();
    let [first, second] = [1, 2].map(|number| kiosk.install(&kiosk.bring(number)));
    kiosk.activate(&first);
    kiosk.open();
    kiosk.order(PackOrder::ConfirmTrial);
    kiosk.activate(&second);
    assert_eq!(kiosk.open().expect("shown").face.version, "0.2");
    kiosk.restart();
    let showing = kiosk.open().expect("shown");
    assert_eq!(
        (showing.face.version.as_str(), showing.returned, showing.on_trial),
        ("0.1", Some(Return::Restarted), false)
    );
    // The new one was not at fault: it can be chosen again.
    kiosk.activate(&second);
    assert_eq!(kiosk.open().expect("shown").face.version, "0.2");
}

#[test]
fn a_pack_that_nobody_chose_is_not_shown_and_one_in_need_is_tested_before() {
    let mut kiosk = Kiosk::new();
    let [first, second] = [1, 2].map(|number| kiosk.install(&kiosk.bring(number)));
    kiosk.restart();
    assert!(kiosk.open().is_none(), "nobody chose it");
    kiosk.activate(&first);
    kiosk.open();
    kiosk.order(PackOrder::ConfirmTrial);
    let store = Store::open(&kiosk.dir.path().join("data/packs")).expect("opened");
    let lost = store.map(&store.get(&first).expect("installed")).files["exhibit.ron"].clone();
    fs::remove_file(&lost).expect("removed");
    kiosk.restart();
    let (told, shelf) = kiosk.order(PackOrder::Open);
    assert!(matches!(told.first(), Some(Report::Opened(None))), "nothing is shown before it is tested");
    assert!(told.iter().any(|report| matches!(report, Report::Testing { .. })), "{told:?}");
    let Some(Report::Opened(Some(showing))) = told.last() else { panic!("{told:?}") };
    assert_eq!((showing.face.version.as_str(), showing.returned, showing.on_trial), ("0.2", Some(Return::Lost), true));
    assert_eq!(shelf.packs.iter().find(|pack| pack.face.key == second).map(|pack| pack.usage), Some(Use::OnTrial));
    // One that does not pass is not shown.
    let entry = store.map(&store.get(&second).expect("installed")).files;
    let captions = entry.into_iter().find(|(name, _)| name.ends_with(".vtt")).expect("captions").1;
    let mut text = fs::read(&captions).expect("read");
    *text.last_mut().expect("not empty") ^= 1;
    fs::write(&captions, text).expect("written");
    fs::write(kiosk.dir.path().join("data/packs/active.json"), "{").expect("written");
    kiosk.restart();
    let (told, _) = kiosk.order(PackOrder::Open);
    assert!(matches!(told.last(), Some(Report::Refused(_))), "{told:?}");
}

#[test]
fn a_copy_of_an_installed_pack_is_read_through_and_a_spoilt_one_told() {
    let kiosk = Kiosk::new();
    let path = kiosk.bring(1);
    kiosk.install(&path);
    let looked = |kiosk: &Kiosk| {
        let (told, _) = kiosk.order(PackOrder::LookAtSticks);
        let Some(Report::Sticks(first)) = told.last() else { panic!("{told:?}") };
        assert_eq!(first[0].offers[0].standing, Standing::Installed { is_read: false });
        match kiosk.caretaker.wait_for_report().expect("a report") {
            Report::Sticks(sticks) => sticks[0].offers[0].standing.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(looked(&kiosk), Standing::Installed { is_read: true });
    let mut bytes = fs::read(&path).expect("read");
    let at = bytes.windows(6).rposition(|w| w == b"WEBVTT").expect("captions");
    bytes[at] = b'X';
    fs::write(&path, bytes).expect("written");
    assert_eq!(looked(&kiosk), Standing::AlteredCopy);
}

#[test]
fn a_pack_waits_until_nobody_is_there_and_one_comes_on_its_day() {
    let mut kiosk = Kiosk::new();
    let [first, second] = [1, 2].map(|number| kiosk.install(&kiosk.bring(number)));
    kiosk.activate(&first);
    kiosk.open();
    kiosk.order(PackOrder::ConfirmTrial);
    let (told, shelf) = kiosk.order(PackOrder::ActivateWhenIdle { key: second.clone(), stop: Stop::default() });
    assert!(matches!(told.last(), Some(Report::Waits(key)) if *key == second), "{told:?}");
    assert_eq!(usage(&shelf), [("0.2", Use::Kept), ("0.1", Use::Shown)]);
    kiosk.restart();
    let (told, shelf) = kiosk.order(PackOrder::TakeDue { stop: Stop::default() });
    assert!(matches!(told.last(), Some(Report::Activated(_))), "{told:?}");
    assert_eq!(usage(&shelf), [("0.2", Use::OnTrial), ("0.1", Use::LastGood)]);
    let (told, _) = kiosk.order(PackOrder::RollBack);
    assert!(matches!(told[..], [Report::Returned]));
    // By the schedule, and never again after it failed.
    let days = Some((TODAY, date(2026, 11, 30)));
    let (told, shelf) = kiosk.order(PackOrder::Schedule { key: second.clone(), days });
    assert!(matches!(told[..], [Report::Scheduled]) && shelf.packs[0].scheduled == days, "{told:?}");
    let (told, _) = kiosk.order(PackOrder::TakeDue { stop: Stop::default() });
    assert!(matches!(told.last(), Some(Report::Activated(_))), "{told:?}");
    kiosk.order(PackOrder::FailTrial("no-exhibit"));
    kiosk.caretaker.order(PackOrder::TakeDue { stop: Stop::default() });
    let (told, shelf) = kiosk.order(PackOrder::LookAtShelf);
    assert!(told.is_empty() && shelf.packs[0].scheduled.is_none(), "{told:?}");
}

#[test]
fn an_installation_that_is_stopped_leaves_nothing() {
    let kiosk = Kiosk::new();
    let path = kiosk.bring(1);
    let stop = Stop::default();
    stop.stop();
    let (told, shelf) = kiosk.order(PackOrder::Install { path, stop });
    assert!(matches!(told.last(), Some(Report::Stopped)), "{told:?}");
    assert!(shelf.packs.is_empty());
    let left = fs::read_dir(kiosk.dir.path().join("data/packs"))
        .map_or(0, |listed| listed.filter_map(Result::ok).filter(|entry| entry.file_name() == "incoming").count());
    assert_eq!(left, 0);
}

#[test]
fn the_pin_answers_while_packs_are_worked_on() {
    let kiosk = Kiosk::new();
    assert!(matches!(kiosk.front(FrontOrder::AskPin), Report::Pin { is_set: false, rests_millis: 0 }));
    assert!(matches!(kiosk.front(FrontOrder::SetFirstPin("123456".into())), Report::PinRefused(_)));
    assert!(matches!(kiosk.front(FrontOrder::SetFirstPin("480571".into())), Report::PinSet));
    assert!(matches!(kiosk.front(FrontOrder::TryPin("480571".into())), Report::PinAnswer(Answer::Right)));
    for _ in 0..5 {
        kiosk.front(FrontOrder::TryPin("000000".into()));
    }
    assert!(matches!(kiosk.front(FrontOrder::AskPin), Report::Pin { is_set: true, rests_millis: 30_000 }));
    kiosk.clock.step(30_000);
    assert!(matches!(kiosk.front(FrontOrder::TryPin("480571".into())), Report::PinAnswer(Answer::Right)));
}

#[test]
fn a_journal_goes_to_the_stick_sealed_and_health_tells_of_it() {
    let kiosk = Kiosk::new();
    let stick = kiosk.dir.path().join("stick");
    assert!(matches!(kiosk.front(FrontOrder::ExportJournal { stick: stick.clone() }), Report::NotExported(_)));
    let path = kiosk.dir.path().join("data/visits.sqlite");
    let journal = Journal::start(path, kiosk.clock.clone(), |said| panic!("{said}"));
    journal.note("", Event::KioskStarted { version: "0.1.0".to_owned() });
    journal.note("", Event::Trouble { code: "gpu-lost" });
    journal.flush();
    let Report::Exported(_) = kiosk.front(FrontOrder::ExportJournal { stick: stick.clone() }) else {
        panic!("not exported")
    };
    let kiosks: Vec<_> = fs::read_dir(stick.join("haidang-journals")).expect("listed").collect();
    let [Ok(own)] = &kiosks[..] else { panic!("{kiosks:?}") };
    let copy = own.path().join("visits-1-2.sqlite");
    let read = seal::read_seal(&copy).expect("read").expect("sealed");
    read.verify().expect("holds");
    assert_eq!(own.file_name().to_string_lossy(), read.kiosk);
    let Report::Health(health) = kiosk.front(FrontOrder::ReadHealth(None)) else { panic!("no health") };
    let glance = health.journal.as_ref().expect("a journal");
    assert_eq!((glance.records, glance.troubles.len()), (2, 1));
    assert_eq!(calendar::day_of(health.wall_millis), TODAY);
}

const CHILD: &str = "HAIDANG_KILL_FOLDER";

/// Installs, activates, goes back and removes without end, and tells of every step before it takes it. Only for the test
/// that kills it.
#[test]
fn works_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let told = |_: &str| {
        let mut out = std::io::stdout().lock();
        out.write_all(b"step\n")?;
        out.flush()
    };
    let mut store = Store::open_with(&folder.join("packs"), Box::new(told)).expect("opened");
    let older = Permission { unsigned: false, older: true };
    loop {
        for number in 1..=3 {
            let sealed = Sealed::open(&folder.join(format!("{number}.built"))).expect("opens");
            let tell = |progress: Installing| matches!(progress, Installing::Checking) || told("").is_ok();
            let key = store.install(&sealed, store::Verdict::Trusted, older, tell).expect("installed").key;
            store.activate(&key).expect("active");
            store.opening().expect("opened");
            if number > 1 {
                store.roll_back().or_else(|_| store.confirm_trial()).expect("back");
            } else {
                store.confirm_trial().expect("confirmed");
            }
            let active = store.state().active.clone();
            let others = store.installed().into_iter().map(|installed| installed.key);
            let others: Vec<Key> = others.filter(|key| number == 3 && active.as_ref() != Some(key)).collect();
            for other in &others {
                store.remove(other).expect("removed");
            }
        }
    }
}

/// `HAIDANG_KILL_ROUNDS` tells how often; `HAIDANG_KILL_SEED` which moments.
#[test]
fn killed_at_any_moment_a_whole_pack_is_shown() {
    let number = |name: &str, or: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or);
    let rounds = number("HAIDANG_KILL_ROUNDS", 10);
    let mut seed = number("HAIDANG_KILL_SEED", 20_261_121);
    let dir = tempfile::tempdir().expect("temporary folder");
    let packs = [1, 2, 3].map(|number| version(number, dir.path()));
    let folder = dir.path().join("packs");
    let mut store = Store::open(&folder).expect("opened");
    let sealed = Sealed::open(&packs[0]).expect("opens");
    let key = store.install(&sealed, store::Verdict::Trusted, Permission::default(), |_| true).expect("installed").key;
    store.activate(&key).expect("active");
    store.confirm_trial().expect("confirmed");
    drop(store);
    for round in 0..rounds {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let steps = (seed >> 33) as usize % 600;
        kill_after(steps, dir.path());
        let mut store = Store::open(&folder).expect("opened");
        let (Opening::Show(key) | Opening::Returned(key, _)) = store.opening().expect("opens") else {
            panic!("round {round}, after {steps} steps: nothing to show")
        };
        self_test::run(&store, &key, &mut |_, _| true).expect("whole, verified and opened");
        for installed in store.installed() {
            self_test::run(&store, &installed.key, &mut |_, _| true).expect("what is listed is whole");
        }
        assert!(!folder.join("incoming").exists(), "round {round}");
    }
}

/// Runs the child until it has told of so many steps, then kills it while it goes on.
fn kill_after(steps: usize, folder: &Path) {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "caretaking::works_until_it_is_killed", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let told = out.lines().map_while(Result::ok).filter(|line| line.ends_with("step")).take(steps + 1).count();
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert_eq!(told, steps + 1, "the child ended by itself");
}

/// For benches/install.py: installs `HAIDANG_INSTALL_PACK` into the folder `HAIDANG_INSTALL_INTO`, which must be empty,
/// and prints what it took. Everything but judging the signature, which takes no time.
#[test]
fn measures_an_installation() {
    let path = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (Some(pack), Some(into)) = (path("HAIDANG_INSTALL_PACK"), path("HAIDANG_INSTALL_INTO")) else { return };
    let clock = Clock::machine();
    let mut store = Store::open(&into).expect("opened");
    let before = clock.now().monotonic_millis;
    let sealed = Sealed::open(&pack).expect("opens");
    let installed =
        store.install(&sealed, store::Verdict::Trusted, Permission::default(), |_| true).expect("installed");
    let millis = clock.now().monotonic_millis - before;
    let test_before = clock.now().monotonic_millis;
    self_test::run(&store, &installed.key, &mut |_, _| true).expect("passes");
    let test_millis = clock.now().monotonic_millis - test_before;
    println!(
        "{{\"bytes\": {}, \"files\": {}, \"install_millis\": {millis}, \"self_test_millis\": {test_millis}}}",
        installed.manifest.length(),
        installed.manifest.entries.len()
    );
}
