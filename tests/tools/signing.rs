//! Who stands behind a pack: what minisign made is read and the other way round, every verdict has its case, whatever
//! is altered is refused, and nothing that is read can make a program stop.

use crate::sealed::small_sealed;
use haidang::pack::signing::keys::{self, NewKey};
use haidang::pack::signing::revocation::{Admitted, RevocationList, Revoked};
use haidang::pack::signing::ring::RingError;
use haidang::pack::signing::seal::Seal;
use haidang::pack::signing::verify::Signature;
use haidang::pack::signing::vouch::{Scope, Vouching};
use haidang::pack::signing::{KeyError, KeyId, PublicKey, Ring, SecretKey, StatementError, Verdict, judge};
use jiff::civil::{Date, date};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

const MANIFEST: &[u8] = b"haidang-manifest 1\nexhibit.ron 12 0000\n";
const PACK: &str = "bien-dong";
const PASSPHRASE: &str = "hải đăng không ngủ";
const TODAY: Date = date(2026, 11, 21);

/// Two keys made here: an office's root and an organiser's. Made once, for scrypt takes its time.
pub struct Pair {
    pub made: NewKey,
    pub secret: SecretKey,
}

pub static ROOT: LazyLock<Pair> = LazyLock::new(|| pair("Sở Văn hóa Đà Nẵng"));
pub static ORGANISER: LazyLock<Pair> = LazyLock::new(|| pair("Bảo tàng"));

fn pair(name: &str) -> Pair {
    let made = keys::generate(name, PASSPHRASE).expect("key made");
    let secret = SecretKey::unlock(&made.secret_text, PASSPHRASE).expect("key unlocked");
    Pair { made, secret }
}

fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/signing");
    fs::read_to_string(folder.join(name)).expect("sample read")
}

fn vouching() -> Vouching {
    Vouching {
        root: ROOT.made.public,
        subject: ORGANISER.made.public,
        name: "Bảo tàng".to_owned(),
        scope: Scope::read("bien-*").expect("scope"),
        from: date(2026, 1, 1),
        until: date(2026, 12, 31),
    }
}

/// A ring that trusts the root.
fn root_ring() -> Ring {
    let mut ring = Ring::default();
    ring.trust("Sở Văn hóa", ROOT.made.public).expect("trusted");
    ring
}

/// One in which the root also vouches, as `change` has it.
fn ring_with(change: impl FnOnce(&mut Vouching)) -> Ring {
    let mut ring = root_ring();
    let mut vouching = vouching();
    change(&mut vouching);
    ring.admit_vouching(&vouching.signed(&ROOT.secret).expect("signed")).expect("admitted");
    ring
}

fn signed_by(pair: &Pair) -> String {
    Seal::new(PACK, "1.0.0", "Approved", TODAY).put_on(MANIFEST, &pair.secret).expect("signed")
}

fn verdict(ring: &Ring, signature: &str) -> Verdict {
    judge(ring, ring.revocations(), MANIFEST, Some(signature), PACK, TODAY)
}

fn revocations(number: u32, keys: &[(KeyId, &str)]) -> String {
    let keys = keys.iter().map(|(key, reason)| Revoked { key: *key, since: TODAY, reason: (*reason).to_owned() });
    let list = RevocationList { root: ROOT.made.public, number, keys: keys.collect() };
    list.signed(&ROOT.secret).expect("signed")
}

/// Every text in which one byte is another, still text.
fn flipped(text: &str) -> impl Iterator<Item = (usize, String)> {
    (0..text.len()).flat_map(move |at| {
        [0x01, 0x02, 0x04, 0x20, 0x40].into_iter().filter_map(move |bits| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= bits;
            Some((at, String::from_utf8(bytes).ok()?))
        })
    })
}

#[test]
fn what_minisign_signed_is_read() {
    let (key, name) = PublicKey::read_file(&data("minisign.pub")).expect("public key");
    assert_eq!((key.id().to_string().as_str(), name), ("F6D2AACED32840BF", None));
    let manifest = data("manifest.txt");
    let mut ring = Ring::default();
    ring.trust("minisign", key).expect("trusted");
    for file in ["prehashed.minisig", "legacy.minisig"] {
        let text = data(file);
        let judged = judge(&ring, ring.revocations(), manifest.as_bytes(), Some(&text), PACK, TODAY);
        assert!(judged.is_trusted(), "{file}: {judged:?}");
        let other = judge(&ring, ring.revocations(), b"another", Some(&text), PACK, TODAY);
        assert_eq!(other, Verdict::Altered, "{file}");
    }
}

#[test]
fn a_key_of_minisign_signs_here() {
    let text = data("minisign.key");
    let secret = SecretKey::unlock(&text, "throwaway pass").expect("unlocked");
    let signature = secret.sign(MANIFEST, "haidang").expect("signed");
    let (public, _) = PublicKey::read_file(&data("minisign.pub")).expect("public key");
    assert!(Signature::read(&signature).expect("read").is_of(&public, MANIFEST));
}

/// With the real program, where it is installed.
#[test]
fn minisign_itself_accepts_ours() {
    if Command::new("minisign").arg("-v").output().is_err() {
        eprintln!("minisign is not installed");
        return;
    }
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name);
    fs::write(path("m"), MANIFEST).expect("written");
    fs::write(path("m.minisig"), signed_by(&ORGANISER)).expect("written");
    fs::write(path("k.pub"), ORGANISER.made.public.file_text("Bảo tàng")).expect("written");
    fs::write(path("k.key"), &ORGANISER.made.secret_text).expect("written");
    fs::write(path("pass"), PASSPHRASE).expect("written");
    let minisign = |arguments: &[&str]| {
        let stdin = fs::File::open(path("pass")).expect("opened");
        Command::new("minisign").args(arguments).current_dir(dir.path()).stdin(stdin).output().expect("minisign runs")
    };
    let verified = minisign(&["-V", "-p", "k.pub", "-m", "m"]);
    assert!(verified.status.success(), "{verified:?}");
    let comment = "haidang pack=bien-dong version=2 approval=Sample signed=2026-11-21";
    let signed = minisign(&["-S", "-s", "k.key", "-m", "m", "-x", "theirs", "-t", comment]);
    assert!(signed.status.success(), "{signed:?}");
    let theirs = fs::read_to_string(path("theirs")).expect("read");
    assert!(verdict(&ring_with(|_| ()), &theirs).is_trusted());
}

#[test]
fn a_secret_key_opens_with_its_passphrase_alone_and_shows_nothing() {
    let pair = &ORGANISER;
    for wrong in ["", "hải đăng không ngủ ", "Hải đăng không ngủ"] {
        assert_eq!(SecretKey::unlock(&pair.made.secret_text, wrong).err(), Some(KeyError::WrongPassphrase));
    }
    let shown = format!("{:?}", pair.secret);
    assert_eq!(shown, format!("SecretKey({}, …)", pair.made.public.id()));
    for poor in ["", "ngắn", "two\nlines are here"] {
        assert_eq!(keys::generate("A", poor).err(), Some(KeyError::PoorPassphrase), "{poor:?}");
    }
    assert_eq!(keys::generate(" \n", PASSPHRASE).err(), Some(KeyError::Words));
}

#[test]
fn an_organiser_for_whom_a_root_vouches_is_trusted() {
    let ring = ring_with(|_| ());
    let judged = verdict(&ring, &signed_by(&ORGANISER));
    let key_id = ORGANISER.made.public.id();
    let wanted = Verdict::Trusted { signer: "Bảo tàng".to_owned(), key_id, root: "Sở Văn hóa".to_owned() };
    assert_eq!(judged, wanted);
    assert!(verdict(&ring, &signed_by(&ROOT)).is_trusted(), "an office may sign with its root");
    let (again, refused) = Ring::read(&ring.write()).expect("ring read");
    assert_eq!((refused, verdict(&again, &signed_by(&ORGANISER))), (Vec::new(), wanted));
}

#[test]
fn every_verdict_is_told_apart() {
    let signature = signed_by(&ORGANISER);
    let ring = ring_with(|_| ());
    let key_id = ORGANISER.made.public.id();
    let signer = "Bảo tàng".to_owned();
    assert_eq!(judge(&ring, ring.revocations(), MANIFEST, None, PACK, TODAY), Verdict::Unsigned);
    assert_eq!(verdict(&ring, ""), Verdict::Unsigned);
    assert_eq!(verdict(&root_ring(), &signature), Verdict::UnknownSigner { key_id });
    let on = |day| judge(&ring, ring.revocations(), MANIFEST, Some(&signature), PACK, day);
    assert!(on(date(2026, 1, 1)).is_trusted() && on(date(2026, 12, 31)).is_trusted());
    assert_eq!(on(date(2025, 12, 31)), Verdict::NotYetValid { signer: signer.clone(), from: date(2026, 1, 1) });
    assert_eq!(on(date(2027, 1, 1)), Verdict::Expired { signer: signer.clone(), until: date(2026, 12, 31) });
    let narrow = ring_with(|v| v.scope = Scope::read("hoang-sa,bien").expect("scope"));
    assert_eq!(verdict(&narrow, &signature), Verdict::OutOfScope { signer });
    let other = judge(&ring, ring.revocations(), MANIFEST, Some(&signature), "bien-dong-2", TODAY);
    assert_eq!(other, Verdict::Altered, "signed as another pack");
    let mut revoked = ring.clone();
    revoked.admit_revocations(&revocations(1, &[(key_id, "Mất USB.")])).expect("admitted");
    let judged = verdict(&revoked, &signature);
    assert_eq!(judged, Verdict::Revoked { since: TODAY, reason: "Mất USB.".to_owned() });
    let (vi, en) = judged.sentence();
    assert_eq!(vi, "Khóa ký gói này đã bị thu hồi từ ngày 21/11/2026: Mất USB.");
    assert_eq!(en, "The key that signed this pack is revoked since 2026-11-21: Mất USB.");
}

#[test]
fn of_two_statements_about_a_key_the_one_that_fits_counts() {
    let mut ring = ring_with(|v| v.until = date(2026, 6, 30));
    assert_eq!(verdict(&ring, &signed_by(&ORGANISER)).word(), "expired");
    ring.admit_vouching(&vouching().signed(&ROOT.secret).expect("signed")).expect("admitted");
    assert_eq!(verdict(&ring, &signed_by(&ORGANISER)).word(), "trusted");
}

#[test]
fn every_flipped_byte_of_a_signature_is_refused() {
    let ring = ring_with(|_| ());
    let signature = signed_by(&ORGANISER);
    for (at, text) in flipped(&signature) {
        assert!(!verdict(&ring, &text).is_trusted(), "byte {at}: {text}");
    }
    for text in [format!("{signature}\n"), format!(" {signature}"), signature.replace('\n', "\r\n")] {
        assert_eq!(verdict(&ring, &text), Verdict::Altered, "{text:?}");
    }
    assert_eq!(verdict(&ring, signature.trim_end()), Verdict::Altered);
    for at in 0..MANIFEST.len() {
        let mut manifest = MANIFEST.to_vec();
        manifest[at] ^= 1;
        let judged = judge(&ring, ring.revocations(), &manifest, Some(&signature), PACK, TODAY);
        assert_eq!(judged, Verdict::Altered, "byte {at}");
    }
}

#[test]
fn a_statement_altered_anywhere_counts_for_nothing() {
    let text = vouching().signed(&ROOT.secret).expect("signed");
    for (at, text) in flipped(&text) {
        assert!(root_ring().admit_vouching(&text).is_err(), "byte {at}: {text}");
    }
    let longer = text.replace("2026-12-31", "2029-12-31");
    assert_eq!(root_ring().admit_vouching(&longer), Err(StatementError::Altered));
    assert_eq!(Ring::default().admit_vouching(&text), Err(StatementError::UnknownRoot));
    let list = revocations(1, &[(ORGANISER.made.public.id(), "mất")]);
    for (at, text) in flipped(&list) {
        assert!(root_ring().admit_revocations(&text).is_err(), "byte {at}: {text}");
    }
    // In a ring's file it is left aside, and the rest is read.
    let altered = ring_with(|_| ()).write().replace("until: 2026-12-31", "until: 2029-12-31");
    let (ring, refused) = Ring::read(&altered).expect("ring read");
    assert_eq!(refused, [StatementError::Altered]);
    assert_eq!(verdict(&ring, &signed_by(&ORGANISER)).word(), "unknown-signer");
}

#[test]
fn an_organiser_vouches_for_nobody() {
    let by_organiser = Vouching { root: ORGANISER.made.public, subject: ROOT.made.public, ..vouching() };
    let text = by_organiser.signed(&ORGANISER.secret).expect("signed");
    assert_eq!(ring_with(|_| ()).admit_vouching(&text), Err(StatementError::UnknownRoot));
    // Nor in the root's name, nor with a signature that was made for something else.
    assert!(vouching().signed(&ORGANISER.secret).is_err());
    let text = vouching().signed(&ROOT.secret).expect("signed");
    let (body, _) = text.split_at(text.find("untrusted").expect("signature"));
    let seal = Seal::new(PACK, "1", "x", TODAY).put_on(body.as_bytes(), &ROOT.secret).expect("signed");
    assert_eq!(root_ring().admit_vouching(&format!("{body}{seal}")), Err(StatementError::Altered));
}

#[test]
fn another_key_with_a_number_that_is_known_is_refused() {
    let ours = ORGANISER.made.public.to_string();
    let other = ROOT.made.public.to_string();
    // Algorithm and id are the first ten bytes; the key itself begins within the fourteenth letter.
    let twin = PublicKey::read(&format!("{}{}", &ours[..16], &other[16..])).expect("a key of our number");
    assert_eq!(twin.id(), ORGANISER.made.public.id());
    assert_eq!(ring_with(|_| ()).trust("twin", twin), Err(StatementError::SameId));
}

#[test]
fn revocations_only_ever_grow() {
    let (one, two) = (ORGANISER.made.public.id(), ROOT.made.public.id());
    let first = revocations(1, &[(one, "mất")]);
    let second = revocations(2, &[(one, "mất"), (two, "lộ")]);
    let shrunk = revocations(3, &[(two, "lộ")]);
    let mut ring = ring_with(|_| ());
    assert_eq!(ring.admit_revocations(&second), Ok(Admitted::New(2)));
    assert_eq!(ring.admit_revocations(&first), Ok(Admitted::Older));
    assert_eq!(ring.admit_revocations(&second), Ok(Admitted::Known));
    assert_eq!(ring.admit_revocations(&revocations(1, &[])), Ok(Admitted::Older));
    assert_eq!(ring.admit_revocations(&shrunk), Ok(Admitted::New(0)));
    for (ring, what) in [(&ring, "as it is"), (&Ring::read(&ring.write()).expect("read").0, "read again")] {
        assert!(ring.revocations().find(one).is_some() && ring.revocations().find(two).is_some(), "{what}");
        assert_eq!(verdict(ring, &signed_by(&ORGANISER)).word(), "revoked", "{what}");
        assert_eq!(verdict(ring, &signed_by(&ROOT)).word(), "revoked", "{what}");
    }
    let next = ring.revocations().next_list(ROOT.made.public, Revoked { key: one, since: TODAY, reason: "x".into() });
    assert_eq!((next.number, next.keys.len()), (4, 2));
}

#[test]
fn whoever_trusts_a_revoked_root_trusts_nobody_of_it() {
    let mut ring = ring_with(|_| ());
    ring.admit_revocations(&revocations(1, &[(ROOT.made.public.id(), "lộ khóa gốc")])).expect("admitted");
    assert_eq!(verdict(&ring, &signed_by(&ORGANISER)).word(), "revoked");
}

#[test]
fn names_cannot_add_lines() {
    let mut forged = vouching();
    forged.name = "A\npacks: *".to_owned();
    assert!(forged.signed(&ROOT.secret).is_err());
    for text in ["", "{}", "[]", r#"{"format":1}"#, r#"{"format":"1","roots":[]}"#] {
        assert_eq!(Ring::read(text).err(), Some(RingError::Malformed), "{text}");
    }
    assert_eq!(Ring::read(r#"{"format":2}"#).err(), Some(RingError::NewerFormat));
}

/// A cheap source of numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    /// A few bytes changed, cut out, doubled or put in.
    fn spoil(&mut self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(4) {
                0 if at < bytes.len() => bytes[at] = u8::try_from(self.below(256)).expect("a byte"),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => bytes.insert(at, b"\n\r\"{}[]:= *-\0\xff"[self.below(14)]),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[test]
fn spoilt_texts_never_stop_a_program_nor_gain_trust() {
    let mut ring = ring_with(|_| ());
    let list = revocations(1, &[(KeyId::read("0123456789ABCDEF").expect("id"), "thử")]);
    ring.admit_revocations(&list).expect("admitted");
    let (signature, vouched, written) =
        (signed_by(&ORGANISER), vouching().signed(&ROOT.secret).expect("signed"), ring.write());
    let public = ORGANISER.made.public.file_text("Bảo tàng");
    let mut dice = Dice(7);
    for round in 0..10_000 {
        let text = dice.spoil(&signature);
        assert!(text == signature || !verdict(&ring, &text).is_trusted(), "{round}: {text}");
        // A key whose words were spoilt may still be a key; nothing here trusts it.
        let _ = PublicKey::read_file(&dice.spoil(&public));
        let _ = keys::check_secret_text(&dice.spoil(&ORGANISER.made.secret_text));
        let text = dice.spoil(&vouched);
        assert!(text == vouched || root_ring().admit_vouching(&text).is_err(), "{round}: {text}");
        let text = dice.spoil(&list);
        assert!(text == list || root_ring().admit_revocations(&text).is_err(), "{round}: {text}");
        let _ = Scope::read(&dice.spoil("bien-*"));
        if round % 10 == 0 {
            let _ = Ring::read(&dice.spoil(&written));
        } else {
            let _ = Ring::read(&dice.spoil(r#"{"format":1,"roots":[],"vouchings":["x"],"revocations":["y"]}"#));
        }
    }
}

#[test]
fn a_spoilt_secret_key_is_no_trap() {
    let text = &ORGANISER.made.secret_text;
    let mut dice = Dice(11);
    for _ in 0..20 {
        let spoilt = dice.spoil(text);
        let unlocked = SecretKey::unlock(&spoilt, PASSPHRASE);
        assert!(unlocked.is_err() || unlocked.is_ok_and(|s| s.public() == ORGANISER.made.public), "{spoilt}");
    }
    // Keys that would eat all memory, or were never locked.
    let line = text.lines().nth(1).expect("key");
    let with = |from: usize, letters: &str| {
        let mut line = line.to_owned();
        line.replace_range(from..from + letters.len(), letters);
        keys::check_secret_text(&format!("untrusted comment: x\n{line}\n"))
    };
    // Bytes 38 to 53 are what scrypt may spend, little end first: letters 52 to 71.
    assert_eq!(with(52, "////////////////////"), Err(KeyError::TooCostly));
    assert_eq!(with(2, "QAAE"), Err(KeyError::NotProtected));
}

/// The tool as a person runs it.
fn pack(folder: &Path, arguments: &[&str]) -> Output {
    let built = PathBuf::from(env!("CARGO_BIN_EXE_haidang-pack"));
    let program = std::env::var_os("HAIDANG_BIN").map_or(built, |bin| Path::new(&bin).join("haidang-pack"));
    Command::new(program).args(arguments).current_dir(folder).env("LC_ALL", "C").output().expect("tool runs")
}

fn ended_with(code: i32, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}\n{complained}");
    for told in [said.as_str(), &complained] {
        assert!(!told.contains(PASSPHRASE) && !told.contains("RWRTY0I"), "a secret was told: {told}");
    }
    said
}

#[test]
fn an_office_makes_trusts_vouches_and_revokes() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let at = dir.path();
    fs::write(at.join("pass"), format!("{PASSPHRASE}\n")).expect("written");
    fs::write(at.join("wrong"), "another passphrase\n").expect("written");
    let pack = |arguments: &str| pack(at, &arguments.split(' ').collect::<Vec<_>>());
    for name in ["office", "museum"] {
        ended_with(0, &pack(&format!("keys new --name {name} -o {name}.key --passphrase-file pass")));
        assert!(fs::read_to_string(at.join(format!("{name}.key"))).expect("key").contains(name));
    }
    ended_with(1, &pack("keys new --name x -o office.key --passphrase-file pass"));
    ended_with(2, &pack("keys new --name x"));
    ended_with(3, &pack("keys list --ring ring.json"));
    ended_with(0, &pack("keys trust office.pub --ring ring.json"));
    let vouch =
        "keys vouch museum.pub --root office.key --packs bien-* --from 2026-01-01 --until 2026-12-31 -o m.vouch";
    ended_with(1, &pack(&format!("{vouch} --passphrase-file wrong")));
    ended_with(0, &pack(&format!("{vouch} --passphrase-file pass")));
    ended_with(0, &pack("keys trust m.vouch --ring ring.json"));
    ended_with(3, &pack("keys trust pass --ring ring.json"));
    let listed = |said: &str| serde_json::from_str::<serde_json::Value>(said).expect("JSON");
    let list = listed(&ended_with(0, &pack("keys list --ring ring.json --json")));
    assert_eq!((&list["roots"][0]["name"], &list["keys"][0]["packs"]), (&"office".into(), &"bien-*".into()));
    let id = list["keys"][0]["id"].as_str().expect("id").to_owned();
    let revoke = format!("keys revoke {id} --reason lost --root office.key --ring ring.json -o o.revoked");
    ended_with(0, &pack(&format!("{revoke} --passphrase-file pass")));
    let list = listed(&ended_with(0, &pack("keys list --ring ring.json --json")));
    assert_eq!(list["keys"][0]["revoked"]["reason"], "lost");
    ended_with(0, &pack("keys trust o.revoked --ring ring.json"));
    ended_with(2, &pack("keys revoke 12 --reason lost --root office.key --ring ring.json"));
}

#[test]
fn a_built_pack_is_signed_and_verified() {
    let (dir, path) = small_sealed();
    let at = dir.path();
    fs::write(at.join("pass"), PASSPHRASE).expect("written");
    fs::write(at.join("museum.key"), &ORGANISER.made.secret_text).expect("written");
    let ring = ring_with(|v| v.scope = Scope::read("small-*").expect("scope"));
    fs::write(at.join("ring.json"), ring.write()).expect("written");
    let verify = |day: &str| pack(at, &["verify", "small.haidang", "--ring", "ring.json", "--json", "--on", day]);
    let verdict = |output: &Output| {
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        told["verdict"].as_str().expect("a word").to_owned()
    };
    assert_eq!(verdict(&verify("2026-11-21")), "unsigned");
    ended_with(0, &pack(at, &["sign", "small.haidang", "--key", "museum.key", "--passphrase-file", "pass"]));
    let verified = verify("2026-11-21");
    ended_with(0, &verified);
    assert_eq!(verdict(&verified), "trusted");
    let late = verify("2027-01-01");
    ended_with(1, &late);
    assert_eq!(verdict(&late), "expired");
    ended_with(3, &pack(at, &["verify", "missing.haidang", "--ring", "ring.json"]));
    // A byte in the middle, which is some entry's.
    let mut bytes = fs::read(&path).expect("pack read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).expect("written");
    let altered = verify("2026-11-21");
    ended_with(1, &altered);
    ended_with(1, &pack(at, &["sign", "small.haidang", "--key", "museum.key", "--passphrase-file", "pass"]));
}

#[test]
fn a_secret_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("temporary folder");
    fs::write(dir.path().join("pass"), PASSPHRASE).expect("written");
    let made = pack(dir.path(), &["keys", "new", "--name", "A", "-o", "a.key", "--passphrase-file", "pass"]);
    ended_with(0, &made);
    let mode = fs::metadata(dir.path().join("a.key")).expect("key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
