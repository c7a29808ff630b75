//! One good signed pack, taken apart and put together again in any wrong way, and what a kiosk says of the outcome.

use crate::packs::{edit, small_pack};
use crate::sealed::{Part, build_pack, part, zip};
use crate::signing::ROOT;
use haidang::pack::sealed::{Entry, Manifest, Sealed, SealedError, in_vietnamese, with_signature};
use haidang::pack::signing::seal::Seal;
use haidang::pack::signing::{Ring, SecretKey, judge};
use haidang::pack::store::{Permission, Store, StoreError, Verdict};
use jiff::civil::{Date, date};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const TODAY: Date = date(2026, 11, 21);
pub const MANIFEST: &str = "manifest.json";
pub const SIGNATURE: &str = "manifest.json.minisig";

/// The good pack, and others that a stranger may take parts of.
pub struct Good {
    pub bytes: Vec<u8>,
    /// The same exhibit, one version earlier.
    pub earlier: Vec<u8>,
    /// Another exhibit of the same office.
    pub other: Vec<u8>,
}

pub static GOOD: LazyLock<Good> = LazyLock::new(|| {
    let made = |change: &dyn Fn(&Path)| {
        let (folder, dir) = (small_pack(), tempfile::tempdir().expect("temporary folder"));
        change(folder.path());
        let path = build_pack(folder.path(), dir.path(), "a.haidang");
        let sealed = Sealed::open(&path).expect("opens");
        let signature = signature_of(sealed.manifest_bytes(), &sealed.manifest, &ROOT.secret);
        with_signature(&path, &path, &signature).expect("signed");
        fs::read(&path).expect("read")
    };
    Good {
        bytes: made(&|_| ()),
        earlier: made(&|folder| edit(folder, "exhibit.ron", "0.1.0", "0.0.9")),
        other: made(&|folder| edit(folder, "exhibit.ron", "\"small-test\"", "\"other-test\"")),
    }
});

pub fn signature_of(manifest: &[u8], told: &Manifest, secret: &SecretKey) -> String {
    Seal::new(told.id.as_str(), &told.version, "Sample", TODAY).put_on(manifest, secret).expect("signed")
}

fn short(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes")))
}

fn long(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
}

/// Where the directory of a pack begins.
pub fn directory(bytes: &[u8]) -> usize {
    long(bytes, bytes.len() - 6)
}

/// Where the records of all entries begin.
fn records(bytes: &[u8]) -> Vec<usize> {
    let mut at = directory(bytes);
    let step = |_| {
        let record = at;
        at += 46 + short(bytes, at + 28);
        record
    };
    (0..short(bytes, bytes.len() - 12)).map(step).collect()
}

pub fn record(bytes: &[u8], name: &str) -> usize {
    let is_it = |at: &usize| &bytes[at + 46..at + 46 + short(bytes, at + 28)] == name.as_bytes();
    records(bytes).into_iter().find(is_it).expect("an entry of that name")
}

pub fn header(bytes: &[u8], name: &str) -> usize {
    long(bytes, record(bytes, name) + 42)
}

pub fn content(bytes: &[u8], name: &str) -> std::ops::Range<usize> {
    let at = header(bytes, name);
    let start = at + 30 + short(bytes, at + 26);
    start..start + long(bytes, at + 18)
}

/// The good pack's entries.
pub fn parts() -> Vec<Part> {
    let bytes = &GOOD.bytes;
    let name = |at: usize| String::from_utf8_lossy(&bytes[at + 46..at + 46 + short(bytes, at + 28)]).into_owned();
    records(bytes).into_iter().map(name).map(|name| part(&name, &bytes[content(bytes, &name)])).collect()
}

/// The good pack with other entries, in whatever shape they are.
pub fn changed(change: impl FnOnce(&mut Vec<Part>)) -> Vec<u8> {
    let mut parts = parts();
    change(&mut parts);
    zip(&parts, |_| {})
}

/// The good pack with some bytes of one of its records, headers or its end overwritten.
pub fn patched(patch: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = GOOD.bytes.clone();
    patch(&mut bytes);
    bytes
}

pub fn put(bytes: &mut [u8], at: usize, new: &[u8]) {
    bytes[at..at + new.len()].copy_from_slice(new);
}

/// A pack that the office signed as it is: entries and manifest as somebody may have made them with its key.
pub fn signed_again(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>, &mut Manifest)) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> =
        parts().into_iter().map(|p| (String::from_utf8(p.name).expect("a name"), p.content)).collect();
    files.retain(|(name, _)| name != SIGNATURE);
    let mut manifest = Manifest::parse(&files.remove(0).1).expect("a manifest");
    change(&mut files, &mut manifest);
    // Texts stand behind all else.
    let is_text = |name: &str| [".ron", ".vtt", ".json"].iter().any(|end| name.ends_with(end));
    files.sort_by_key(|(name, _)| (is_text(name), name.clone()));
    let entry = |(path, bytes): &(String, Vec<u8>)| Entry {
        path: path.clone(),
        length: bytes.len() as u64,
        blake3: *blake3::hash(bytes).as_bytes(),
    };
    manifest.entries = files.iter().map(entry).collect();
    let text = manifest.render();
    let signature = signature_of(text.as_bytes(), &manifest, &ROOT.secret);
    let mut parts = vec![part(MANIFEST, text.as_bytes())];
    parts.extend(files.iter().map(|(name, bytes)| part(name, bytes)));
    parts.push(part(SIGNATURE, signature.as_bytes()));
    zip(&parts, |_| {})
}

/// With the manifest's text changed and signed as it then is.
pub fn with_manifest(change: impl FnOnce(String) -> String) -> Vec<u8> {
    changed(|parts| {
        let text = change(String::from_utf8(parts[0].content.clone()).expect("a text"));
        let good = Manifest::parse(&parts[0].content).expect("a manifest");
        let signature = signature_of(text.as_bytes(), &good, &ROOT.secret);
        parts[0] = part(MANIFEST, text.as_bytes());
        *parts.last_mut().expect("entries") = part(SIGNATURE, signature.as_bytes());
    })
}

fn ring() -> Ring {
    let mut ring = Ring::default();
    ring.trust("Sở Văn hóa thử", ROOT.made.public).expect("trusted");
    ring
}

fn said(error: &SealedError) -> String {
    if let SealedError::Altered(why) = error {
        assert!(in_vietnamese(why).is_some(), "without Vietnamese words: {why}");
    }
    error.to_string()
}

/// Where a kiosk stops with a pack and why: `open`, `whole`, `signed` or `read`; `installed` when it does not.
pub fn told(bytes: &[u8], dir: &Path) -> String {
    let path = dir.join("a.haidang");
    fs::write(&path, bytes).expect("written");
    let sealed = match Sealed::open(&path) {
        Ok(sealed) => sealed,
        Err(error) => return format!("open: {}", said(&error)),
    };
    if let Err(error) = sealed.verify_whole(|_, _| true) {
        return format!("whole: {}", said(&error));
    }
    let (ring, id) = (ring(), sealed.manifest.id.as_str());
    let verdict = judge(&ring, ring.revocations(), sealed.manifest_bytes(), sealed.signature_text(), id, TODAY);
    if !verdict.is_trusted() {
        return format!("signed: {}", verdict.word());
    }
    installed(&sealed, &dir.join("packs"))
}

fn installed(sealed: &Sealed, folder: &Path) -> String {
    let mut store = Store::open(folder).expect("opened");
    let told = match store.install(sealed, Verdict::Trusted, Permission::default(), |_| true) {
        Ok(_) => return "installed".to_owned(),
        Err(StoreError::HasProblems(opened)) => {
            let problems = opened.findings.into_sorted();
            let of = |p: &haidang::diagnostics::Problem| format!("{} {} {}", p.place.file, p.place.key_path, p.code);
            format!("read: {}", problems.iter().map(of).collect::<Vec<_>>().join("; "))
        }
        Err(error) => format!("read: {error}"),
    };
    let left: usize = fs::read_dir(folder.join("blobs"))
        .map_or(0, |blobs| blobs.map(|b| fs::read_dir(b.expect("listed").path()).expect("listed").count()).sum());
    assert!(store.installed().is_empty() && left == 0, "{told}: {left} files stay");
    told
}
