//! Sealed packs: the same folder gives the same bytes, any flipped byte is refused, and so is every hostile file.

use crate::packs::{broken_pack, overlay, packs, small_pack};
use haidang::pack;
use haidang::pack::sealed::{BuildError, Manifest, Sealed, SealedError, build, with_signature};
use haidang::pack::source::Opened;
use haidang::pack::tiles::source::TileSource;
use std::fs;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub const SIGNATURE: &str = "untrusted comment: a test\nRWQ=\ntrusted comment: a test\nAAAA\n";

pub fn build_pack(folder: &Path, dir: &Path, name: &str) -> PathBuf {
    let out = dir.join(name);
    let opened = pack::open(folder);
    build(&opened, folder, &out, &dir.join("cache"), |_| true).expect("built");
    out
}

pub fn small_sealed() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = build_pack(&packs().join("valid/small"), dir.path(), "small.haidang");
    (dir, out)
}

fn opens_whole(path: &Path) -> Result<(), SealedError> {
    Sealed::open(path)?.verify_whole(|_, _| true)
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let (dir, first) = small_sealed();
    let again = build_pack(small_pack().path(), dir.path(), "again.haidang");
    let other = tempfile::tempdir().expect("temporary folder");
    let elsewhere = build_pack(small_pack().path(), other.path(), "small.haidang");
    let bytes = fs::read(&first).expect("read");
    assert!(bytes == fs::read(again).expect("read") && bytes == fs::read(elsewhere).expect("read"));
    opens_whole(&first).expect("whole");
    let sealed = Sealed::open(&first).expect("opens");
    assert_eq!((sealed.manifest.id.as_str(), sealed.signature_text()), ("small-test", None));
    assert!(sealed.manifest.entry("images/map.png").is_none() && sealed.manifest.pictures.len() == 7);
    let mut text = String::new();
    sealed.entry("exhibit.ron").expect("an entry").read_to_string(&mut text).expect("read");
    assert_eq!(text, fs::read_to_string(packs().join("valid/small/exhibit.ron")).expect("read"));
    assert!(sealed.entry("images/map.png").is_none());
}

#[test]
fn other_tools_open_it() {
    let (_dir, path) = small_sealed();
    let test =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(*z.namelist())";
    // A machine without Python has nothing to say here.
    if let Ok(listed) = Command::new("python3").args(["-c", test]).arg(&path).output() {
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        assert!(listed.stdout.starts_with(b"manifest.json narration/map-test.en.ogg "));
    }
}

#[test]
fn what_did_not_change_is_not_cut_again() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let folder = small_pack();
    let first = build_pack(folder.path(), dir.path(), "a");
    let cached = || {
        let listed = fs::read_dir(dir.path().join("cache")).expect("listed");
        let containers = listed.map(|e| e.expect("listed")).filter(|e| e.file_name() != "sums");
        let mut cached: Vec<_> = containers.map(|e| e.metadata().expect("known").ino()).collect();
        cached.sort_unstable();
        cached
    };
    let before = cached();
    let captions = folder.path().join("narration/map-test.vi.vtt");
    let text = fs::read_to_string(&captions).expect("read");
    fs::write(&captions, text.replacen("WEBVTT", "WEBVTT ", 1)).expect("written");
    let second = build_pack(folder.path(), dir.path(), "b");
    assert_eq!(cached(), before);
    let [first, second] = [first, second].map(|path| Sealed::open(&path).expect("opens").manifest);
    let changed: Vec<&str> =
        first.entries.iter().zip(&second.entries).filter(|(a, b)| a != b).map(|(a, _)| a.path.as_str()).collect();
    assert_eq!(changed, ["narration/map-test.vi.vtt"]);
}

/// An organiser who corrects a caption in a large exhibit does not wait for all its pictures to be copied.
#[test]
fn only_the_ends_of_a_pack_are_written_when_texts_change() {
    let (folder, dir) = (small_pack(), tempfile::tempdir().expect("temporary folder"));
    let build = |name| build_pack(folder.path(), dir.path(), name);
    let (out, inode) = (build("a.haidang"), |path: &Path| fs::metadata(path).expect("there").ino());
    let (first, captions) = (inode(&out), folder.path().join("narration/map-test.vi.vtt"));
    let text = fs::read_to_string(&captions).expect("read");
    for changed in [text.replace("00:00:00.000 -->", "00:00:00.100 -->"), text.clone() + "\nNOTE longer\n", text] {
        fs::write(&captions, changed).expect("written");
        build("a.haidang");
        fs::remove_file(dir.path().join("b.haidang")).ok();
        assert!(fs::read(&out).expect("read") == fs::read(build("b.haidang")).expect("read"));
        opens_whole(&out).expect("whole");
        assert_eq!(inode(&out), first, "it was not copied");
    }
    // A copy of it that this program did not write.
    let bytes = fs::read(&out).expect("read");
    fs::copy(&out, dir.path().join("copy")).expect("copied");
    fs::rename(dir.path().join("copy"), &out).expect("renamed");
    let copied = inode(&out);
    build("a.haidang");
    assert!(inode(&out) != copied && fs::read(&out).expect("read") == bytes);
    // Whoever keeps the pack under a second name keeps it as it is.
    let (kept, second) = (dir.path().join("kept"), inode(&out));
    fs::hard_link(&out, &kept).expect("linked");
    fs::write(&captions, fs::read_to_string(&captions).expect("read") + "\nNOTE new\n").expect("written");
    build("a.haidang");
    assert!(inode(&out) != second && fs::read(kept).expect("read") == bytes);
}

#[test]
fn another_sound_is_not_taken_for_the_old_one() {
    let (folder, dir) = (small_pack(), tempfile::tempdir().expect("temporary folder"));
    let build = |name| build_pack(folder.path(), dir.path(), name);
    let (out, sound) = (build("a.haidang"), folder.path().join("narration/map-test.vi.ogg"));
    let old = fs::read(&out).expect("read");
    let mut bytes = fs::read(&sound).expect("read");
    // As long as before: a byte in the comment that the encoder left.
    let at = bytes.windows(6).position(|part| part == b"vorbis").expect("an Ogg file") + 40;
    bytes[at] ^= 1;
    fs::write(&sound, bytes).expect("written");
    if pack::open(folder.path()).findings.has_errors() {
        panic!("the changed sound is still a sound");
    }
    build("a.haidang");
    assert!(fs::read(&out).expect("read") != old);
    assert!(fs::read(&out).expect("read") == fs::read(build("b.haidang")).expect("read"));
}

#[test]
fn tiles_made_elsewhere_come_along_as_they_are() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let folder = broken_pack(&packs().join("valid/made-elsewhere"));
    let path = build_pack(folder.path(), dir.path(), "a");
    opens_whole(&path).expect("whole");
    for entry in fs::read_dir(dir.path().join("cache")).expect("listed").map(|entry| entry.expect("listed")) {
        if entry.file_name() != "sums" {
            TileSource::open(&entry.path()).expect("opens").overview().expect("overview");
        }
    }
}

#[test]
fn a_folder_with_problems_is_not_built() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("a");
    let folder = broken_pack(&packs().join("invalid/unknown-field"));
    let built = build(&pack::open(folder.path()), folder.path(), &out, dir.path(), |_| true);
    assert!(matches!(built, Err(BuildError::HasProblems)));
    assert!(matches!(
        build(&Opened::default(), folder.path(), &out, dir.path(), |_| true),
        Err(BuildError::HasProblems)
    ));
    let small = packs().join("valid/small");
    // A warning keeps nothing from being built.
    let folder = broken_pack(&packs().join("invalid/unused-file"));
    let checked = pack::check(folder.path(), 2026);
    assert!(!checked.findings.is_empty() && !checked.findings.has_errors());
    build(&checked, folder.path(), &dir.path().join("b"), &dir.path().join("cache"), |_| true).expect("built");
    let stopped = build(&pack::open(&small), &small, &out, dir.path(), |_| false);
    assert!(matches!(stopped, Err(BuildError::Cut(..) | BuildError::Stopped)) && !out.exists());
}

#[test]
fn a_signature_changes_no_entry() {
    let (dir, path) = small_sealed();
    let signed = dir.path().join("signed");
    with_signature(&path, &signed, SIGNATURE).expect("signed");
    opens_whole(&signed).expect("whole");
    let [plain, sealed] = [&path, &signed].map(|path| Sealed::open(path).expect("opens"));
    assert_eq!(sealed.signature_text(), Some(SIGNATURE));
    assert_eq!(plain.manifest_bytes(), sealed.manifest_bytes());
    let [a, b] = [&path, &signed].map(|path| fs::read(path).expect("read"));
    let directory = u32::from_le_bytes(a[a.len() - 6..a.len() - 2].try_into().expect("four bytes")) as usize;
    assert!(a[..directory] == b[..directory]);
    let twice = dir.path().join("twice");
    with_signature(&signed, &twice, "another").expect("signed");
    assert_eq!(Sealed::open(&twice).expect("opens").signature_text(), Some("another"));
    with_signature(&twice, &twice, SIGNATURE).expect("signed in place");
    assert!(fs::read(&twice).expect("read") == b);
    assert!(matches!(with_signature(&path, &twice, &"x".repeat(5000)), Err(BuildError::Signature)));
}

#[test]
fn every_flipped_byte_is_refused() {
    let (dir, path) = small_sealed();
    let signed = dir.path().join("signed");
    with_signature(&path, &signed, SIGNATURE).expect("signed");
    let mut bytes = fs::read(&signed).expect("read");
    let broken = dir.path().join("broken");
    fs::write(&broken, &bytes).expect("written");
    opens_whole(&broken).expect("whole");
    let file = fs::File::options().write(true).open(&broken).expect("opened");
    for at in 0..bytes.len() {
        let was = bytes[at];
        bytes[at] ^= 1 << (at % 8);
        std::os::unix::fs::FileExt::write_all_at(&file, &bytes[at..=at], at as u64).expect("written");
        assert!(opens_whole(&broken).is_err(), "byte {at}");
        bytes[at] = was;
        std::os::unix::fs::FileExt::write_all_at(&file, &bytes[at..=at], at as u64).expect("written");
    }
    opens_whole(&broken).expect("whole again");
}

#[test]
fn a_file_cut_off_or_with_more_behind_is_refused() {
    let (dir, path) = small_sealed();
    let bytes = fs::read(&path).expect("read");
    let broken = dir.path().join("broken");
    for length in (0..bytes.len()).step_by(7) {
        fs::write(&broken, &bytes[..length]).expect("written");
        assert!(opens_whole(&broken).is_err(), "{length}");
    }
    fs::write(&broken, [&bytes[..], b"x"].concat()).expect("written");
    assert!(opens_whole(&broken).is_err());
    assert!(matches!(Sealed::open(dir.path()), Err(SealedError::NotAPack)));
}

/// A file in a ZIP file, every field free to be wrong.
#[derive(Clone)]
pub struct Part {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub extra: Vec<u8>,
    /// Of the directory only.
    pub attributes: u32,
    pub made_by: u16,
    pub comment: Vec<u8>,
    pub disk: u16,
    pub date: u16,
    /// What the directory tells otherwise than the header.
    pub name_told: Option<Vec<u8>>,
    pub crc_told: Option<u32>,
    pub length_told: Option<u32>,
    pub offset_told: Option<u32>,
    pub stored_told: Option<u32>,
    pub version: u16,
    pub is_listed: bool,
    pub gap: Vec<u8>,
}

pub fn part(name: &str, content: &[u8]) -> Part {
    Part {
        name: name.as_bytes().to_vec(),
        content: content.to_vec(),
        flags: 1 << 11,
        method: 0,
        extra: Vec::new(),
        attributes: 0,
        made_by: 10,
        comment: Vec::new(),
        disk: 0,
        date: 0x21,
        name_told: None,
        crc_told: None,
        length_told: None,
        offset_told: None,
        stored_told: None,
        version: 10,
        is_listed: true,
        gap: Vec::new(),
    }
}

/// The bytes of a ZIP file with these parts; `end` may change its last record.
pub fn zip(parts: &[Part], end: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let mut count = 0u16;
    for part in parts {
        let offset = part.offset_told.unwrap_or(out.len() as u32);
        let mut crc = flate2::Crc::new();
        crc.update(&part.content);
        let common = |name: &[u8], crc: u32, length: u32, stored: u32, extra: &[u8]| {
            let mut bytes = Vec::new();
            for number in [part.version, part.flags, part.method, 0, part.date] {
                bytes.extend(number.to_le_bytes());
            }
            for number in [crc, stored, length] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend((extra.len() as u16).to_le_bytes());
            bytes
        };
        let length = part.content.len() as u32;
        out.extend(b"PK\x03\x04");
        out.extend(common(&part.name, crc.sum(), length, length, &part.extra));
        out.extend(&part.name);
        out.extend(&part.extra);
        out.extend(&part.content);
        out.extend(&part.gap);
        if !part.is_listed {
            continue;
        }
        count += 1;
        let told = part.length_told.unwrap_or(length);
        let name = part.name_told.as_ref().unwrap_or(&part.name);
        directory.extend(b"PK\x01\x02");
        directory.extend(part.made_by.to_le_bytes());
        let crc = part.crc_told.unwrap_or(crc.sum());
        directory.extend(common(name, crc, told, part.stored_told.unwrap_or(told), &part.extra));
        directory.extend((part.comment.len() as u16).to_le_bytes());
        directory.extend(part.disk.to_le_bytes());
        directory.extend(0u16.to_le_bytes());
        directory.extend(part.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(name);
        directory.extend(&part.extra);
        directory.extend(&part.comment);
    }
    let offset = out.len() as u32;
    let length = directory.len() as u32;
    out.extend(directory);
    let mut last = b"PK\x05\x06\0\0\0\0".to_vec();
    last.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    last.extend([length.to_le_bytes(), offset.to_le_bytes()].concat());
    last.extend([0, 0]);
    end(&mut last);
    out.extend(last);
    out
}

/// A manifest of files, not checked.
fn manifest(files: &[(&str, &[u8])]) -> String {
    let entry = |(path, content): &(&str, &[u8])| {
        let (path, hash) = (serde_json::Value::from(*path), blake3::hash(content).to_hex());
        format!("{{\"path\": {path}, \"length\": {}, \"blake3\": \"{hash}\"}}", content.len())
    };
    let entries: Vec<String> = files.iter().map(entry).collect();
    format!(
        "{{\n\"format\": 1,\n\"id\": \"a-pack\",\n\"version\": \"1\",\n\"title\": {{}},\n\"approval\": {{\"status\": \
         \"Sample\", \"decision\": null, \"date\": null}},\n\"pictures\": [],\n\"entries\": [\n{}\n]\n}}\n",
        entries.join(",\n")
    )
}

const FILES: [(&str, &[u8]); 2] = [("a.ron", b"first"), ("b.ron", b"second")];

fn parts(files: &[(&str, &[u8])]) -> Vec<Part> {
    let first = part("manifest.json", manifest(files).as_bytes());
    std::iter::once(first).chain(files.iter().map(|(name, content)| part(name, content))).collect()
}

fn changed(change: impl Fn(&mut Vec<Part>)) -> Vec<u8> {
    let mut parts = parts(&FILES);
    change(&mut parts);
    zip(&parts, |_| {})
}

fn named(name: &str) -> Vec<u8> {
    zip(&parts(&[(name, b"first"), ("zz.ron", b"second")]), |_| {})
}

fn with_manifest(change: impl Fn(String) -> String) -> Vec<u8> {
    changed(|parts| parts[0].content = change(manifest(&FILES)).into_bytes())
}

fn ended(at: usize, byte: u8) -> Vec<u8> {
    zip(&parts(&FILES), |end| end[at] = byte)
}

/// Names, and files that a careless reader would follow somewhere.
fn hostile_names() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("name: upwards", named("../a.ron")),
        ("name: upwards inside", named("a/../../b.ron")),
        ("name: dot", named("./a.ron")),
        ("name: absolute", named("/etc/a.ron")),
        ("name: backslash", named("a\\b.ron")),
        ("name: drive", named("C:a.ron")),
        ("name: stream", named("a.ron:b")),
        ("name: newline", named("a\nb.ron")),
        ("name: nul", named("a\0.ron")),
        ("name: turned about", named("a\u{202e}nor.b")),
        ("name: empty part", named("a//b.ron")),
        ("name: folder", named("a/")),
        ("name: empty", named("")),
        ("name: too long", named(&"a".repeat(241))),
        ("name: too deep", named(&format!("{}a", "a/".repeat(20)))),
        ("name: not NFC", named("a\u{309}.ron")),
        ("name: trailing dot", named("a.ron.")),
        ("name: the manifest again", named("manifest.json")),
        ("name: the manifest in capitals", named("MANIFEST.JSON")),
        ("name: a file and its folder", zip(&parts(&[("a", b"1"), ("a/b", b"2")]), |_| {})),
        ("name: twice", zip(&parts(&[("a", b"1"), ("a", b"2")]), |_| {})),
        ("name: twice by case", zip(&parts(&[("A", b"1"), ("a", b"2")]), |_| {})),
        ("name: not UTF-8", changed(|parts| parts[1].name = b"a\xff.ron".to_vec())),
        ("attributes: link", changed(|parts| (parts[1].attributes, parts[1].made_by) = (0o120_777 << 16, 0x031e))),
        ("attributes: folder", changed(|parts| parts[1].attributes = 0x10)),
    ]
}

/// Fields that a pack never has.
fn hostile_fields() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("field: compressed", changed(|parts| parts[1].method = 8)),
        ("field: other method", changed(|parts| parts[1].method = 99)),
        ("field: encrypted", changed(|parts| parts[1].flags |= 1)),
        ("field: descriptor", changed(|parts| parts[1].flags |= 8)),
        ("field: no UTF-8", changed(|parts| parts[1].flags = 0)),
        ("field: extra", changed(|parts| parts[1].extra = vec![1, 0, 0, 0])),
        ("field: unicode path", changed(|parts| parts[1].extra = b"up\x06\x00\x01\0\0\0\0z".to_vec())),
        ("field: comment", changed(|parts| parts[1].comment = b"hello".to_vec())),
        ("field: other disk", changed(|parts| parts[1].disk = 1)),
        ("field: date", changed(|parts| parts[1].date = 0x5a75)),
        ("field: version", changed(|parts| parts[1].version = 45)),
        ("field: made elsewhere", changed(|parts| parts[1].made_by = 0x0314)),
        ("told otherwise: name", changed(|parts| parts[1].name = b"x.ron".to_vec())),
        ("told otherwise: name in the directory", changed(|parts| parts[1].name_told = Some(b"x.ron".to_vec()))),
        ("told otherwise: crc", changed(|parts| parts[1].crc_told = Some(1))),
        ("told otherwise: shorter", changed(|parts| parts[1].length_told = Some(2))),
        ("told otherwise: longer", changed(|parts| parts[1].length_told = Some(60))),
        ("told otherwise: 4 GiB", changed(|parts| parts[2].length_told = Some(u32::MAX))),
        ("told otherwise: two lengths", changed(|parts| parts[1].stored_told = Some(u32::MAX))),
        ("place: overlap", changed(|parts| parts[2].offset_told = Some(0))),
        ("place: behind the end", changed(|parts| parts[2].offset_told = Some(u32::MAX))),
        ("place: gap", changed(|parts| parts[1].gap = b"hidden".to_vec())),
        ("place: gap before the directory", changed(|parts| parts[2].gap = b"hidden".to_vec())),
        ("place: something before", [b"MZ".to_vec(), zip(&parts(&FILES), |_| {})].concat()),
        ("place: something behind", [zip(&parts(&FILES), |_| {}), b"x".to_vec()].concat()),
        ("end: comment", zip(&parts(&FILES), |end| end.splice(20.., [1, 0, b'x']).for_each(drop))),
        ("end: disk", ended(4, 1)),
        ("end: directory on another disk", ended(6, 1)),
        ("end: fewer here", ended(8, 2)),
        ("end: fewer", zip(&parts(&FILES), |end| (end[8], end[10]) = (2, 2))),
        ("end: more", zip(&parts(&FILES), |end| (end[8], end[10]) = (4, 4))),
        ("end: 65535 entries", zip(&parts(&FILES), |end| end[8..12].fill(255))),
        ("end: no entries", zip(&parts(&FILES), |end| end[8..12].fill(0))),
        ("end: directory of 4 GiB", zip(&parts(&FILES), |end| end[12..16].fill(255))),
        ("end: directory elsewhere", zip(&parts(&FILES), |end| end[16..20].fill(255))),
        ("end: directory in an entry", ended(16, 3)),
        ("end: only an end", zip(&[], |_| {})),
    ]
}

/// Manifests that do not fit, and files that do not fit the manifest.
fn hostile_manifests() -> Vec<(&'static str, Vec<u8>)> {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    vec![
        ("files: one unlisted", changed(|parts| parts.push(part("c.ron", b"third")))),
        ("files: one missing", changed(|parts| parts.truncate(2))),
        ("files: hidden from the directory", changed(|parts| parts[1].is_listed = false)),
        ("files: out of order", changed(|parts| parts.swap(1, 2))),
        ("files: other content", changed(|parts| parts[1].content = b"fjrst".to_vec())),
        ("files: other length", changed(|parts| parts[1].content = b"first and more".to_vec())),
        ("files: no manifest", changed(|parts| drop(parts.remove(0)))),
        ("files: manifest later", changed(|parts| parts.swap(0, 1))),
        ("files: two manifests", changed(|parts| parts.insert(1, parts[0].clone()))),
        ("files: signature in front", changed(|parts| parts.insert(1, part("manifest.json.minisig", b"x")))),
        ("files: signature too long", changed(|parts| parts.push(part("manifest.json.minisig", &[b'x'; 5000])))),
        ("files: signature no text", changed(|parts| parts.push(part("manifest.json.minisig", b"\xff")))),
        (
            "files: two signatures",
            changed(|parts| {
                parts.extend([part("manifest.json.minisig", b"x"), part("manifest.json.minisig", b"y")]);
            }),
        ),
        ("manifest: empty", with_manifest(|_| String::new())),
        ("manifest: nested deep", with_manifest(|_| deep.clone())),
        ("manifest: no format", with_manifest(|text| text.replace("\"format\"", "\"farmat\""))),
        ("manifest: format 0", with_manifest(|text| text.replace("\"format\": 1", "\"format\": 0"))),
        ("manifest: other spaces", with_manifest(|text| text.replace("\": ", "\":"))),
        ("manifest: unknown field", with_manifest(|text| text.replace("\"id\"", "\"run\": 1,\n\"id\""))),
        ("manifest: field twice", with_manifest(|text| text.replace("\"id\"", "\"id\": \"b\",\n\"id\""))),
        ("manifest: more behind", with_manifest(|text| text + "{}")),
        ("manifest: id is a path", with_manifest(|text| text.replace("a-pack", "../a"))),
        (
            "manifest: huge length",
            with_manifest(|text| text.replace("\"length\": 5", "\"length\": 99999999999999999999")),
        ),
        (
            "manifest: tiles that are no entry",
            with_manifest(|text| {
                text.replace(
                    "\"pictures\": []",
                    "\"pictures\": [\n{\"path\": \"a.png\", \"tiles\": \"tiles/a.tiles\"}\n]",
                )
            }),
        ),
        ("manifest: lists a file twice", with_manifest(|text| text.replace("b.ron", "a.ron"))),
        ("manifest: lists more", with_manifest(|_| manifest(&[FILES[0], FILES[1], ("c.ron", b"third")]))),
    ]
}

#[test]
fn hostile_files_are_refused() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("a.haidang");
    let opens = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("written");
        opens_whole(&path)
    };
    opens(&zip(&parts(&FILES), |_| {})).expect("the file that all others differ from is good");
    let all = [hostile_names(), hostile_fields(), hostile_manifests()].concat();
    let taken: Vec<&str> = all.iter().filter(|(_, bytes)| opens(bytes).is_ok()).map(|(name, _)| *name).collect();
    assert!(taken.is_empty(), "{taken:#?}");
    assert!(all.len() >= 60, "{}", all.len());
    for (name, bytes) in &all {
        assert!(!matches!(opens(bytes), Err(SealedError::Newer(_) | SealedError::Io(_))), "{name}");
    }
}

#[test]
fn a_newer_format_is_told_from_an_altered_file() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("a.haidang");
    let newer = |parts: &mut Vec<Part>| {
        parts[0].content = br#"{"format": 7, "else": "anything"}"#.to_vec();
        parts[1].method = 93;
    };
    fs::write(&path, changed(newer)).expect("written");
    assert!(matches!(Sealed::open(&path), Err(SealedError::Newer(7))));
    fs::write(&path, b"%PDF-1.7 something else that is long enough to be looked at, as a pack").expect("written");
    assert!(matches!(Sealed::open(&path), Err(SealedError::NotAPack)));
    assert!(Manifest::parse(manifest(&FILES).as_bytes()).is_ok());
}

#[test]
fn a_copy_of_a_pack_reads_the_same() {
    // Where a file is named in another way, the same file is meant.
    let folder = small_pack();
    let copy = tempfile::tempdir().expect("temporary folder");
    overlay(folder.path(), copy.path());
    assert_eq!(pack::open(folder.path()).used, pack::open(copy.path()).used);
}
