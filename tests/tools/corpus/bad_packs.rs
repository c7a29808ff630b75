//! Packs that somebody changed on the way: each is refused, where it should be and for the reason it should be.

use super::bytes::{
    GOOD, MANIFEST, SIGNATURE, changed, content, directory, header, parts, patched, put, record, signature_of, told,
    with_manifest,
};
use crate::sealed::{Part, part, zip};
use crate::signing::ORGANISER;
use haidang::pack::sealed::Manifest;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

/// What was done, the bytes, and how the refusal begins.
type Hostile = (&'static str, Vec<u8>, &'static str);

/// Bytes of the good pack that are flipped in an ordinary run; all of them are in tests of `sealed.rs`.
const SAMPLED_BYTES: usize = 1_500;
/// An entry in the middle of the pack.
const ONE: &str = "items/art-test.ron";
const NEXT: &str = "items/doc-test.ron";
const NO_PACK: &str = "open: this is no sealed pack";
const SHORT: &str = "open: the pack was altered: no end of a ZIP directory at the end of the file";
const BESIDE: &str = "open: the pack was altered: something beside the directory";
const OVERLAP: &str = "open: the pack was altered: entries that overlap, leave a gap or are out of order";
const OTHERWISE: &str = "open: the pack was altered: an entry that the directory tells otherwise";
const NOT_LISTED: &str = "open: the pack was altered: “";

fn at(parts: &[Part], name: &str) -> usize {
    parts.iter().position(|part| part.name == name.as_bytes()).expect("an entry of that name")
}

/// One entry of the good pack changed.
fn one(change: impl FnOnce(&mut Part)) -> Vec<u8> {
    changed(|parts| {
        let at = at(parts, ONE);
        change(&mut parts[at]);
    })
}

/// Bytes of the record and of the header of one entry, each where the other has them.
fn in_both(in_record: usize, in_header: usize, new: &[u8]) -> Vec<u8> {
    patched(|bytes| {
        let (record, header) = (record(bytes, ONE), header(bytes, ONE));
        put(bytes, record + in_record, new);
        put(bytes, header + in_header, new);
    })
}

fn in_record(offset: usize, new: &[u8]) -> Vec<u8> {
    patched(|bytes| {
        let at = record(bytes, ONE);
        put(bytes, at + offset, new);
    })
}

fn in_header(offset: usize, new: &[u8]) -> Vec<u8> {
    patched(|bytes| {
        let at = header(bytes, ONE);
        put(bytes, at + offset, new);
    })
}

fn in_end(offset: usize, new: &[u8]) -> Vec<u8> {
    patched(|bytes| {
        let at = bytes.len() - 22;
        put(bytes, at + offset, new);
    })
}

fn cut(at: usize) -> Vec<u8> {
    GOOD.bytes[..at].to_vec()
}

/// The file cut off within every structure, and with more around it.
fn ends() -> Vec<Hostile> {
    let whole = &GOOD.bytes;
    let (directory, middle) = (directory(whole), content(whole, NEXT));
    let with = |front: &[u8], back: &[u8]| [front, &whole[..], back].concat();
    let mut zip64 = b"PK\x06\x06".to_vec();
    zip64.extend([0; 52]);
    zip64.extend(b"PK\x06\x07");
    zip64.extend([0; 16]);
    let end = whole.len() - 22;
    vec![
        ("an empty file", Vec::new(), NO_PACK),
        ("four bytes", cut(4), NO_PACK),
        ("cut in the first header", cut(20), NO_PACK),
        ("cut behind the first header", cut(30 + MANIFEST.len()), NO_PACK),
        ("cut in the manifest", cut(200), SHORT),
        ("cut in an entry's header", cut(header(whole, NEXT) + 9), SHORT),
        ("cut in an entry's name", cut(header(whole, NEXT) + 33), SHORT),
        ("cut in an entry", cut(middle.start + middle.len() / 2), SHORT),
        ("cut at the directory", cut(directory), SHORT),
        ("cut in the directory", cut(directory + 70), SHORT),
        ("cut at the end record", cut(end), SHORT),
        ("cut in the end record", cut(end + 11), SHORT),
        ("without its last byte", cut(whole.len() - 1), SHORT),
        ("only an end record", whole[end..].to_vec(), NO_PACK),
        ("one byte more", with(b"", b"\0"), SHORT),
        ("itself once more behind it", with(b"", whole), "open: the pack was altered: something beside the directory"),
        ("a program in front", with(b"MZ\x90\0", b""), NO_PACK),
        ("a document in front", with(b"%PDF-1.7\n", b""), NO_PACK),
        ("an archive in front", with(&zip(&[part("a", b"a")], |_| {}), b""), NO_PACK),
        ("nothing but zeros in front", with(&[0; 512], b""), NO_PACK),
        ("a comment at the end", [&whole[..whole.len() - 2], b"\x04\0haha"].concat(), SHORT),
        ("a comment's length without it", in_end(20, &[9]), "open: the pack was altered: a comment at the end"),
        ("ZIP64 records before the end", [&whole[..end], &zip64[..], &whole[end..]].concat(), BESIDE),
    ]
}

/// What the end of the file tells of the directory.
fn counts() -> Vec<Hostile> {
    let count = parts().len() as u16;
    let both = |count: u16| in_end(8, &[count.to_le_bytes(), count.to_le_bytes()].concat());
    vec![
        ("one entry fewer", both(count - 1), "open: the pack was altered: more in the directory than its entries"),
        ("one entry more", both(count + 1), "open: the pack was altered: a directory that ends early"),
        ("no entries", both(0), "open: the pack was altered: no or too many entries"),
        ("as many entries as ZIP64 has", both(u16::MAX), "open: the pack was altered: no or too many entries"),
        ("twenty thousand entries", both(20_000), "open: the pack was altered: a directory of impossible length"),
        ("entries on another disk", in_end(8, &[1]), "open: the pack was altered: a ZIP file in several parts"),
        ("the end of another disk", in_end(4, &[1]), "open: the pack was altered: a ZIP file in several parts"),
        (
            "a directory of 4 GiB",
            in_end(12, &[0xff; 4]),
            "open: the pack was altered: a directory of impossible length",
        ),
        ("a directory behind the end", in_end(16, &[0xff; 4]), BESIDE),
        ("a directory at the start", in_end(16, &[0; 4]), BESIDE),
    ]
}

/// Fields of one entry that no pack has.
fn fields() -> Vec<Hostile> {
    let altered =
        |why: &str| -> &'static str { Box::leak(format!("open: the pack was altered: {why}").into_boxed_str()) };
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 50 << 20]).expect("packed");
    let bomb = packed.finish().expect("packed");
    let link = |content: &'static [u8]| {
        one(|part| (part.content, part.attributes, part.made_by) = (content.to_vec(), 0o120_777 << 16, 0x031e))
    };
    vec![
        ("encrypted", one(|part| part.flags |= 1), altered("an encrypted entry")),
        ("encrypted by its header only", in_header(6, &[1]), OTHERWISE),
        ("strongly encrypted", one(|part| part.flags |= 1 << 6), altered("flags that no pack has")),
        ("with a masked header", one(|part| part.flags |= 1 << 13), altered("flags that no pack has")),
        ("a name of no known encoding", one(|part| part.flags = 0), altered("flags that no pack has")),
        ("lengths behind the entry", one(|part| part.flags |= 1 << 3), altered("an entry whose length follows it")),
        ("packed", one(|part| part.method = 8), altered("a compressed entry")),
        ("packed by its header only", in_header(8, &[8]), OTHERWISE),
        ("a bomb", one(|part| (part.method, part.content) = (8, bomb)), altered("a compressed entry")),
        ("packed in a way of tomorrow", one(|part| part.method = 93), altered("a compressed entry")),
        ("for ZIP64", one(|part| part.version = 45), altered("an entry for another version of ZIP")),
        (
            "with a ZIP64 field",
            one(|part| part.extra = [&[1u8, 0, 16, 0][..], &[0; 16][..]].concat()),
            altered("an entry with extra fields"),
        ),
        ("as long as ZIP64 says", in_record(20, &[0xff; 8]), altered("an entry that ends in the directory")),
        (
            "with another name in a field",
            one(|part| part.extra = b"up\x09\0\x01\0\0\0\0evil".to_vec()),
            altered("an entry with extra fields"),
        ),
        ("with a time", one(|part| part.date = 0x5a21), altered("an entry with a date")),
        ("with a time in its header", in_header(10, &[1]), OTHERWISE),
        ("with a comment", one(|part| part.comment = b"x".to_vec()), altered("an entry with a comment")),
        ("on another disk", one(|part| part.disk = 1), altered("an entry on another disk")),
        (
            "a link out of the folder",
            link(b"../../../../etc/passwd"),
            altered("an entry with attributes, such as of a link or folder"),
        ),
        (
            "a folder",
            one(|part| part.attributes = 0x10),
            altered("an entry with attributes, such as of a link or folder"),
        ),
        (
            "a program",
            one(|part| part.attributes = 0o100_755 << 16),
            altered("an entry with attributes, such as of a link or folder"),
        ),
        ("of two lengths", in_record(20, &[1, 0, 0, 0]), altered("an entry of two lengths")),
        ("a byte longer than it is", one(|part| part.length_told = Some(part.content.len() as u32 + 1)), OTHERWISE),
        (
            "longer in both places",
            patched(|bytes| {
                let (record, header) = (record(bytes, ONE), header(bytes, ONE));
                let length = content(bytes, ONE).len() as u32 + 1;
                for at in [record + 20, record + 24, header + 18, header + 22] {
                    put(bytes, at, &length.to_le_bytes());
                }
            }),
            OVERLAP,
        ),
        (
            "where another one is",
            patched(|bytes| {
                let (at, other) = (record(bytes, NEXT), header(bytes, ONE) as u32);
                put(bytes, at + 42, &other.to_le_bytes());
            }),
            OVERLAP,
        ),
        (
            "within another one",
            patched(|bytes| {
                let (at, other) = (record(bytes, NEXT), content(bytes, ONE).start as u32 + 5);
                put(bytes, at + 42, &other.to_le_bytes());
            }),
            OVERLAP,
        ),
        ("behind the end of the file", in_record(42, &[0xff; 4]), OVERLAP),
        ("another checksum in the directory", one(|part| part.crc_told = Some(7)), OTHERWISE),
        (
            "another checksum in both places",
            in_both(16, 14, &[1, 2, 3, 4]),
            "whole: the pack was altered: “items/art-test.ron” holds",
        ),
        ("another name in the directory", one(|part| part.name_told = Some(b"items/art-tost.ron".to_vec())), OTHERWISE),
        ("another case in the directory", one(|part| part.name_told = Some(b"items/Art-test.ron".to_vec())), OTHERWISE),
        ("bytes between two entries", one(|part| part.gap = vec![0; 9]), OVERLAP),
        ("not in the directory", one(|part| part.is_listed = false), OVERLAP),
        ("a record that is none", in_record(0, b"PK\x03\x04"), altered("a directory with something else in it")),
        ("a name longer than the directory", in_record(28, &[0xff, 0xff]), altered("a directory that ends early")),
    ]
}

/// One entry with another name, in the ZIP file and in the manifest.
fn named(name: &str) -> Vec<u8> {
    changed(|parts| {
        let at = at(parts, ONE);
        parts[at].name = name.as_bytes().to_vec();
        let text = String::from_utf8(parts[0].content.clone()).expect("a text");
        let quoted = serde_json::Value::from(name).to_string();
        parts[0].content = text.replace(&format!("\"{ONE}\""), &quoted).into_bytes();
    })
}

fn names() -> Vec<Hostile> {
    let all = [
        ("upwards", "../items/art-test.ron"),
        ("upwards within", "items/../../art-test.ron"),
        ("upwards on another system", "..\\art-test.ron"),
        ("upwards at the end", "items/.."),
        ("here", "./items/art-test.ron"),
        ("absolute", "/etc/cron.d/art-test"),
        ("on a drive", "C:/items/art-test.ron"),
        ("a second stream", "items/art-test.ron:x"),
        ("with a line end", "items/art\ntest.ron"),
        ("with NUL", "items/art\0test.ron"),
        ("with orders for a terminal", "items/\u{1b}[2Jart-test.ron"),
        ("turned about", "items/art\u{202e}nor.test"),
        ("with a part that is empty", "items//art-test.ron"),
        ("of a folder", "items/art-test/"),
        ("with nothing in it", ""),
        ("that ends in a dot", "items/art-test.ron."),
        ("that ends in a space", "items/art-test.ron "),
        ("of a device", "items/aux.ron"),
        ("in letters taken apart", "items/a\u{301}rt-test.ron"),
        ("like another one in capitals", "items/DOC-test.ron"),
        ("like another one", "items/doc-test.ron"),
        ("like the manifest", "Manifest.json"),
        ("that is another one's folder", "items/doc-test.ron/a"),
        ("with a star", "items/*.ron"),
    ];
    let hostile = |(what, name): (&'static str, &str)| (what, named(name), "open: the pack was altered: a");
    let mut all: Vec<Hostile> = all.map(hostile).into();
    all.push(("as long as a path can be", named(&"a/".repeat(2_000)), "open: the pack was altered: a"));
    all.push((
        "in no known letters",
        one(|part| part.name = b"items/\xff\xfe.ron".to_vec()),
        "open: the pack was altered: a name that is not in UTF-8",
    ));
    all
}

/// Entries and manifest that do not belong together.
fn listings() -> Vec<Hostile> {
    let entry = |parts: &[Part], name: &str| parts[at(parts, name)].clone();
    let of_other = |name: &str| {
        let bytes = &GOOD.other;
        part(name, &bytes[content(bytes, name)])
    };
    vec![
        (
            "an entry that is not listed",
            changed(|parts| {
                let last = parts.len() - 1;
                parts.insert(last, part("zz.ron", b"more"));
            }),
            "open: the pack was altered: more or fewer entries",
        ),
        (
            "an archive within, not listed",
            changed(|parts| {
                let last = parts.len() - 1;
                parts.insert(last, part("zz.zip", &GOOD.bytes));
            }),
            "open: the pack was altered: more or fewer entries",
        ),
        ("an entry that is listed and gone", changed(|parts| drop(parts.remove(at(parts, ONE)))), NOT_LISTED),
        (
            "an entry twice",
            changed(|parts| {
                let again = entry(parts, ONE);
                parts.insert(at(parts, ONE), again);
            }),
            NOT_LISTED,
        ),
        (
            "two entries exchanged",
            changed(|parts| {
                let (a, b) = (at(parts, ONE), at(parts, NEXT));
                parts.swap(a, b);
            }),
            NOT_LISTED,
        ),
        (
            "the words of two entries exchanged",
            changed(|parts| {
                let (a, b) = (at(parts, ONE), at(parts, NEXT));
                let words = parts[a].content.clone();
                parts[a].content = std::mem::replace(&mut parts[b].content, words);
            }),
            NOT_LISTED,
        ),
        (
            "another letter in an entry",
            one(|part| part.content[20] ^= 1),
            "whole: the pack was altered: “items/art-test.ron” holds",
        ),
        (
            "a letter more in an entry",
            one(|part| part.content.push(b' ')),
            "open: the pack was altered: “items/art-test.ron” is of another length",
        ),
        ("no manifest", changed(|parts| drop(parts.remove(0))), NO_PACK),
        ("the manifest later", changed(|parts| parts.swap(0, 1)), NO_PACK),
        ("two manifests", changed(|parts| parts.insert(1, parts[0].clone())), NOT_LISTED),
        (
            "the manifest of another pack",
            changed(|parts| parts[0] = of_other(MANIFEST)),
            "whole: the pack was altered: “exhibit.ron” holds",
        ),
        (
            "manifest and signature of another pack",
            changed(|parts| {
                parts[0] = of_other(MANIFEST);
                *parts.last_mut().expect("entries") = of_other(SIGNATURE);
            }),
            "whole: the pack was altered: “exhibit.ron” holds",
        ),
        (
            "a manifest of nine mebibytes",
            changed(|parts| parts[0].content = vec![b' '; 9 << 20]),
            "open: the pack was altered: the first entry is no manifest",
        ),
    ]
}

/// Manifests that nobody's program writes; they are signed, so that it is not the signature that fails.
fn manifests() -> Vec<Hostile> {
    let replaced = |old: &'static str, new: &str| {
        let new = new.to_owned();
        with_manifest(move |text| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, &new, 1)
        })
    };
    let altered = "open: the pack was altered: a";
    vec![
        ("nothing", with_manifest(|_| " ".to_owned()), altered),
        ("no JSON", with_manifest(|_| "PK\u{3}\u{4}".to_owned()), altered),
        ("brackets without end", with_manifest(|_| "[".repeat(200_000)), altered),
        ("objects without end", with_manifest(|_| "{\"format\":".repeat(100_000)), altered),
        ("a mark of byte order", with_manifest(|text| format!("\u{feff}{text}")), altered),
        ("a format of nought", replaced("\"format\": 1", "\"format\": 0"), altered),
        ("a format below nought", replaced("\"format\": 1", "\"format\": -1"), altered),
        ("a format in words", replaced("\"format\": 1", "\"format\": \"1\""), altered),
        ("a format in parts", replaced("\"format\": 1", "\"format\": 1.0"), altered),
        ("a format of tomorrow", replaced("\"format\": 1", "\"format\": 2"), "open: the pack is of format 2"),
        ("no format", replaced("\"format\": 1,\n", ""), altered),
        ("no id", replaced("\"id\": \"small-test\",\n", ""), altered),
        ("an id that leads elsewhere", replaced("small-test", "../small-test"), altered),
        ("an id in capitals", replaced("small-test", "Small-Test"), altered),
        ("a field twice", replaced("\"id\"", "\"id\": \"small-test\",\n\"id\""), altered),
        ("a field more", replaced("\"id\"", "\"run\": \"sh\",\n\"id\""), altered),
        ("other spaces", replaced("\"format\": 1", "\"format\":1"), altered),
        ("a version without end", replaced("0.1.0", &"9".repeat(500)), altered),
        ("a version with orders for a terminal", replaced("0.1.0", "\\u001b[2J0.1"), altered),
        ("a title with orders for a terminal", replaced("Gói thử", "\\u001b]0;x\\u0007"), altered),
        ("a length below nought", replaced("\"length\": ", "\"length\": -"), altered),
        ("a length beyond numbers", replaced("\"length\": ", "\"length\": 99999999999999999999"), altered),
        ("another length", replaced("\"length\": ", "\"length\": 1"), "open: the pack was altered: “"),
        ("a hash in capitals", with_manifest(|text| text.replace("\"blake3\": \"", "\"blake3\": \"A")), altered),
        ("more behind it", with_manifest(|text| text + "{}"), altered),
        (
            "without entries",
            with_manifest(|text| {
                let (head, _) = text.split_once("\"entries\"").expect("entries");
                format!("{head}\"entries\": []\n}}\n")
            }),
            altered,
        ),
        (
            "more entries than a pack has",
            with_manifest(|text| {
                let entry = format!("{{\"path\": \"a\", \"length\": 1, \"blake3\": \"{}\"}},\n", "0".repeat(64));
                text.replace("\"entries\": [\n", &format!("\"entries\": [\n{}", entry.repeat(20_001)))
            }),
            altered,
        ),
        (
            "a picture whose tiles are a text",
            with_manifest(|text| {
                let (head, rest) = text.split_once("\"tiles\": \"").expect("a picture");
                let (_, rest) = rest.split_once('"').expect("its end");
                format!("{head}\"tiles\": \"exhibit.ron\"{rest}")
            }),
            altered,
        ),
        ("a picture that leads elsewhere", replaced("\"images/back.png\"", "\"../../back.png\""), altered),
        ("a picture twice", replaced("\"images/front.png\"", "\"images/back.png\""), altered),
        ("a picture like a text", replaced("\"images/back.png\"", "\"Exhibit.ron\""), altered),
    ]
}

/// Signatures that are another's, or somebody else's.
fn signatures() -> Vec<Hostile> {
    let with = |signature: &[u8]| changed(|parts| parts.last_mut().expect("entries").content = signature.to_vec());
    let good = parts().pop().expect("entries").content;
    let text = String::from_utf8(good).expect("a text");
    let of = |bytes: &[u8]| bytes[content(bytes, SIGNATURE)].to_vec();
    let manifest = parts()[0].content.clone();
    let told = Manifest::parse(&manifest).expect("a manifest");
    let stranger = signature_of(&manifest, &told, &ORGANISER.secret);
    let (comment, key) = (text.lines().nth(2).expect("a comment"), text.lines().nth(1).expect("a signature"));
    vec![
        ("none", changed(|parts| drop(parts.pop())), "signed: unsigned"),
        ("an empty one", with(b""), "signed: unsigned"),
        ("of an earlier version", with(&of(&GOOD.earlier)), "signed: altered"),
        ("of another pack", with(&of(&GOOD.other)), "signed: altered"),
        ("of a stranger", with(stranger.as_bytes()), "signed: unknown-signer"),
        (
            "of a stranger in the office's name",
            with(text.replace(key, stranger.lines().nth(1).expect("one")).as_bytes()),
            "signed: unknown-signer",
        ),
        (
            "with another comment",
            with(text.replace(comment, &comment.replace("0.1.0", "9.9.9")).as_bytes()),
            "signed: altered",
        ),
        ("with line ends of another system", with(text.replace('\n', "\r\n").as_bytes()), "signed: altered"),
        ("with a line more", with(format!("{text}more\n").as_bytes()), "signed: altered"),
        ("in other letters", with(text.to_lowercase().as_bytes()), "signed: altered"),
        ("that is no text", with(b"\xff\xfe"), "open: the pack was altered: a signature that is no text"),
        ("of five kilobytes", with(&[b'x'; 5_000]), "open: the pack was altered: a signature that is too long"),
        (
            "twice",
            changed(|parts| parts.push(parts[parts.len() - 1].clone())),
            "open: the pack was altered: more or fewer",
        ),
        (
            "in front of the rest",
            changed(|parts| {
                let signature = parts.pop().expect("entries");
                parts.insert(1, signature);
            }),
            NOT_LISTED,
        ),
    ]
}

fn all() -> Vec<Hostile> {
    [ends(), counts(), fields(), names(), listings(), manifests(), signatures()].concat()
}

#[test]
fn every_hostile_pack_is_refused_for_its_reason() {
    let dir = tempfile::tempdir().expect("temporary folder");
    assert_eq!(told(&GOOD.bytes, tempfile::tempdir().expect("temporary folder").path()), "installed");
    let mut failures = String::new();
    for (name, bytes, expected) in all() {
        let told = told(&bytes, dir.path());
        if !told.starts_with(expected) {
            failures += &format!("{name}:\n  expected {expected}\n  told     {told}\n");
        }
        // Whoever reads it at a terminal is not given orders.
        if told.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)) || told.len() > 400 {
            failures += &format!("{name}: says {told:?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    let mut left: Vec<_> = fs::read_dir(dir.path()).expect("listed").map(|e| e.expect("listed").file_name()).collect();
    left.retain(|name| name != "a.haidang" && name != "packs");
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_corpus_is_large() {
    let all = all();
    let names: BTreeSet<&Vec<u8>> = all.iter().map(|(_, bytes, _)| bytes).collect();
    assert!(names.len() == all.len() && names.len() >= 60, "{} of {}", names.len(), all.len());
}

/// A sample of bytes with one bit flipped, spread over the whole file. With `HAIDANG_EVERY_BIT=1` all eight bits of every
/// byte, which takes minutes.
#[test]
fn a_flipped_bit_anywhere_is_refused() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let every_bit = std::env::var_os("HAIDANG_EVERY_BIT").is_some();
    let mut bytes = GOOD.bytes.clone();
    let step = if every_bit { 1 } else { (bytes.len() / SAMPLED_BYTES).max(1) };
    for at in (0..bytes.len()).step_by(step) {
        for bit in (0..8).filter(|bit| every_bit || at % 8 == *bit) {
            bytes[at] ^= 1 << bit;
            let told = told(&bytes, dir.path());
            assert!(!told.starts_with("installed") && !told.starts_with("read"), "byte {at}, bit {bit}: {told}");
            bytes[at] ^= 1 << bit;
        }
    }
}
