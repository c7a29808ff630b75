//! Packs that an office signed, as somebody with its key may have made them: what lies in them is refused as well, and
//! nothing of it stays on the kiosk's disk.

use super::bytes::{signed_again, told};
use haidang::pack::sealed::Manifest;

type Files = Vec<(String, Vec<u8>)>;
type Hostile = (&'static str, Vec<u8>, &'static str);

fn text(files: &Files, name: &str) -> String {
    let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("an entry of that name");
    String::from_utf8(bytes.clone()).expect("a text")
}

fn set(files: &mut Files, name: &str, bytes: Vec<u8>) {
    files.retain(|(file, _)| file != name);
    files.push((name.to_owned(), bytes));
}

/// One text of the pack with other words in it.
fn other(name: &'static str, old: &'static str, new: &'static str) -> Vec<u8> {
    signed_again(|files, _| {
        let words = text(files, name);
        assert!(words.contains(old), "{name} holds no {old}");
        set(files, name, words.replacen(old, new, 1).into_bytes());
    })
}

fn with(name: &'static str, bytes: Vec<u8>) -> Vec<u8> {
    signed_again(|files, _| set(files, name, bytes))
}

/// A container of tiles whose head says what it likes; `entries` are level, column, row, offset and length.
fn container(head: &[u32], entries: &[(u8, u32, u32, u64, u32)], more: &[u8]) -> Vec<u8> {
    let magic: &[u8] = if head.len() > 3 { b"HDTILES2" } else { b"HDTILES1" };
    let mut bytes = magic.to_vec();
    bytes.extend(head.iter().flat_map(|number| number.to_le_bytes()));
    for (level, column, row, offset, length) in entries {
        bytes.push(*level);
        bytes.extend([column.to_le_bytes(), row.to_le_bytes()].concat());
        bytes.extend(offset.to_le_bytes());
        bytes.extend(length.to_le_bytes());
    }
    let hash = blake3::hash(&bytes);
    [&bytes[..], hash.as_bytes().as_slice(), more].concat()
}

/// The pack with another container for its first picture.
fn tiles(bytes: Vec<u8>) -> Vec<u8> {
    signed_again(|files, manifest| {
        let (_, entry) = manifest.pictures[0].clone();
        files.retain(|(name, _)| *name != entry);
        files.push((entry, bytes));
    })
}

fn first_picture(manifest: &mut Manifest) -> &mut (String, String) {
    manifest.pictures.first_mut().expect("a picture")
}

fn texts() -> Vec<Hostile> {
    let nested = |sign: &str| format!("(id: \"art-test\", title: {}", sign.repeat(100_000)).into_bytes();
    vec![
        (
            "no exhibit",
            signed_again(|files, _| files.retain(|(name, _)| name != "exhibit.ron")),
            "read: exhibit.ron  unreadable-file",
        ),
        (
            "no sources",
            signed_again(|files, _| files.retain(|(name, _)| name != "sources.ron")),
            "read: sources.ron  unreadable-file",
        ),
        (
            "an exhibit of another format",
            other("exhibit.ron", "format: 1", "format: 7"),
            "read: exhibit.ron format unsupported-format",
        ),
        ("lists without end", with("items/art-test.ron", nested("[")), "read: items/art-test.ron  nested-too-deep"),
        (
            "options without end",
            with("items/art-test.ron", nested("Some(")),
            "read: items/art-test.ron  nested-too-deep",
        ),
        ("a text of two mebibytes", with("items/art-test.ron", vec![b' '; 2 << 20]), "read: "),
        (
            "captions of two mebibytes",
            with("narration/map-test.vi.vtt", vec![b'a'; 2 << 20]),
            "read: narration/map-test.vi.vtt  unreadable-file",
        ),
        (
            "a sound that is a text",
            with("narration/map-test.vi.ogg", b"#!/bin/sh".to_vec()),
            "read: items/map-test.ron narration.vi.audio unreadable-sound",
        ),
        (
            "a sound of seventy mebibytes",
            with("narration/map-test.vi.ogg", {
                let mut sound = b"OggS...\x01vorbis".to_vec();
                sound.resize(70 << 20, 0);
                sound
            }),
            "read: items/map-test.ron narration.vi.audio unreadable-sound",
        ),
        (
            "captions elsewhere",
            other("items/map-test.ron", "narration/map-test.vi.vtt", "../../../etc/passwd"),
            "read: items/map-test.ron narration.vi.captions path-outside-pack",
        ),
        (
            "captions at the root",
            other("items/map-test.ron", "narration/map-test.vi.vtt", "/etc/passwd"),
            "read: items/map-test.ron narration.vi.captions path-outside-pack",
        ),
        (
            "a sound that is not there",
            signed_again(|files, _| files.retain(|(name, _)| name != "narration/map-test.vi.ogg")),
            "read: items/map-test.ron narration.vi.audio missing-file",
        ),
        ("an item more than the halls know", with("items/zz.ron", b"(id: \"zz\")".to_vec()), "read: "),
        (
            "six hundred items",
            signed_again(|files, _| {
                files.extend((0..600).map(|n| (format!("items/x{n:03}.ron"), b"()".to_vec())));
            }),
            "read: exhibit.ron  too-many-problems",
        ),
    ]
}

fn pictures() -> Vec<Hostile> {
    let unreadable = "read: items/art-test.ron kind.views[1].file unreadable-picture";
    let one = (255u8, 0u32, 0u32, 73u64, 4u32);
    vec![
        (
            "a picture that is not there",
            signed_again(|_, manifest| drop(manifest.pictures.remove(0))),
            "read: items/art-test.ron kind.views[1].file missing-file",
        ),
        ("no container", tiles(b"#!/bin/sh".to_vec()), unreadable),
        (
            "a picture as it was",
            tiles(include_bytes!("../../data/packs/valid/small/images/map.png").to_vec()),
            unreadable,
        ),
        ("a container cut in its head", tiles(b"HDTILES1\0\0".to_vec()), unreadable),
        ("a container of no pixels", tiles(container(&[0, 0, 1], &[one], b"abcd")), unreadable),
        (
            "a container of more pixels than there are",
            tiles(container(&[u32::MAX, u32::MAX, u32::MAX], &[one], b"")),
            unreadable,
        ),
        (
            "a container of a thousand million tiles",
            tiles(container(&[65_000, 65_000, 1, 0, 1_000_000_000], &[one], b"")),
            unreadable,
        ),
        ("tiles of no pixels", tiles(container(&[6, 4, 0, 0, 1], &[one], b"abcd")), unreadable),
        ("tiles larger than tiles are", tiles(container(&[6, 4, 100_000, 0, 1], &[one], b"abcd")), unreadable),
        ("tiles that overlap themselves", tiles(container(&[6, 4, 4, 5, 1], &[one], b"abcd")), unreadable),
        ("fewer tiles than the picture has", tiles(container(&[2_000, 2_000, 1], &[one], b"abcd")), unreadable),
        (
            "one tile in place of all others",
            tiles(container(&[1_100, 500, 4], &[(0, 0, 0, 136, 4); 4], b"abcd")),
            unreadable,
        ),
        (
            "tiles of levels that are not",
            tiles(container(
                &[1_100, 500, 4],
                &[(9, 0, 0, 136, 4), (9, 1, 0, 136, 4), (9, 2, 0, 136, 4), (255, 0, 0, 136, 4)],
                b"abcd",
            )),
            unreadable,
        ),
        ("a tile behind the end", tiles(container(&[6, 4, 1], &[(255, 0, 0, 1 << 40, 4)], b"abcd")), unreadable),
        (
            "a tile at the edge of numbers",
            tiles(container(&[6, 4, 1], &[(255, 0, 0, u64::MAX, 4)], b"abcd")),
            unreadable,
        ),
        ("a tile within the head", tiles(container(&[6, 4, 1], &[(255, 0, 0, 0, 4)], b"abcd")), unreadable),
        ("a tile of four gibibytes", tiles(container(&[6, 4, 1], &[(255, 0, 0, 73, u32::MAX)], b"abcd")), unreadable),
        (
            "a head that was changed",
            tiles({
                let mut bytes = container(&[6, 4, 1], &[one], b"abcd");
                bytes[8] ^= 1;
                bytes
            }),
            unreadable,
        ),
        (
            "tiles of a folder on the disk",
            signed_again(|files, manifest| {
                let words = text(files, "items/art-test.ron").replace("images/back.png", "images/back.dzi");
                set(files, "items/art-test.ron", words.into_bytes());
                set(
                    files,
                    "images/back.dzi",
                    b"<Image TileSize=\"2\" Overlap=\"0\" Format=\"png\"><Size Width=\"6\" Height=\"4\"/></Image>"
                        .to_vec(),
                );
                manifest.pictures.remove(0);
            }),
            "read: items/art-test.ron kind.views[1].file ",
        ),
        (
            "a picture of another name",
            signed_again(|_, manifest| first_picture(manifest).0 = "images/a.png".to_owned()),
            "read: items/art-test.ron kind.views[1].file missing-file",
        ),
    ]
}

#[test]
fn what_an_office_should_not_have_signed_is_refused_too() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut failures = String::new();
    for (name, bytes, expected) in [texts(), pictures()].concat() {
        let told = told(&bytes, dir.path());
        if !told.starts_with(expected) || told == "installed" {
            failures += &format!("{name}:\n  expected {expected}\n  told     {told}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert_eq!(told(&signed_again(|_, _| ()), dir.path()), "installed");
}
