//! What the corpus, the fuzz targets and the reading of the code for them found, each as small as it can be told.

use crate::fuzz::peak_of;
use haidang::diagnostics::Findings;
use haidang::organiser::iiif;
use haidang::pack::sealed::{NameFault, check_name};
use haidang::pack::tiles::container::Container;
use std::fmt::Write;
use std::fs::{self, File};

/// Reads a manifest with these members; gives how many canvases it has and what is told of it.
fn iiif(members: &str) -> (usize, Findings) {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("manifest.json");
    let context = "http://iiif.io/api/presentation/3/context.json";
    let text = format!("{{\"@context\": \"{context}\", \"id\": \"x\", \"type\": \"Manifest\"{members}}}");
    fs::write(&path, text).expect("written");
    let mut findings = Findings::default();
    let manifest = iiif::read(&path, None, "manifest.json", &mut findings).expect("read");
    (manifest.canvases.len(), findings)
}

/// Every canvas of a range was compared with all before it.
#[test]
fn ranges_of_a_hundred_thousand_canvases_are_put_in_order_once() {
    let mut members = String::from(
        ", \"items\": [{\"id\": \"c1\", \"type\": \"Canvas\"}], \"structures\": [{\"type\": \"Range\", \"items\": [",
    );
    for n in 0..100_000 {
        write!(members, "{{\"type\": \"Canvas\", \"id\": \"https://example.org/canvas/{n}\"}},").expect("written");
    }
    members.push_str("{\"type\": \"Canvas\", \"id\": \"c1\"}]}]");
    assert_eq!(iiif(&members).0, 1);
}

/// Each unknown key was told, and kept.
#[test]
fn a_manifest_of_unknown_keys_is_told_a_thousand_times_and_no_more() {
    let keys = (0..50_000).fold(String::new(), |keys, n| keys + &format!(", \"k{n}\": 1"));
    let (_, findings) = iiif(&keys);
    assert_eq!(findings.len(), 1_001);
    assert!(findings.iter().any(|problem| problem.code == "too-many-problems"));
}

/// Annotations of a page were compared with all before them.
#[test]
fn a_page_takes_a_thousand_annotations() {
    let note = "{\"type\": \"Annotation\", \"motivation\": \"transcribing\", \"body\": {\"value\": \"x\"}, \"target\": \"c1\"},";
    let notes = note.repeat(20_000);
    let members = format!(
        ", \"items\": [{{\"id\": \"c1\", \"type\": \"Canvas\", \"annotations\": [{{\"items\": [{}]}}]}}]",
        notes.trim_end_matches(',')
    );
    let (canvases, findings) = iiif(&members);
    assert_eq!((canvases, findings.len()), (1, 1_001));
}

/// The head said how many tiles there are, and so much memory was taken.
#[test]
fn a_container_of_nine_million_tiles_is_refused_before_they_are_read() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("a.tiles");
    let mut head = b"HDTILES2".to_vec();
    // 3,000 × 3,000 pixels in tiles of one pixel, at two levels, and the overview.
    head.extend([3_000u32, 3_000, 1, 0, 9_000_000 + 2_250_000 + 1].iter().flat_map(|n| n.to_le_bytes()));
    fs::write(&path, head).expect("written");
    // Nothing lies on the disk but the head.
    File::options().append(true).open(&path).and_then(|file| file.set_len(300 << 20)).expect("made longer");
    let peak = peak_of(|| assert!(Container::open(&path).is_err()));
    assert!(peak < 1 << 20, "{peak}");
}

/// `aux.ron` is a device on Windows, where organisers open packs too.
#[test]
fn a_name_of_a_device_is_no_name_of_a_file() {
    for name in ["items/aux.ron", "CON", "a/lpt9.tiles", "nul .txt", "com¹"] {
        assert_eq!(check_name(name), Err(NameFault::Device), "{name}");
    }
    for name in ["items/auxiliary.ron", "console", "com0", "a/nullo.png"] {
        assert_eq!(check_name(name), Ok(()), "{name}");
    }
}
