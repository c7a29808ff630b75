//! From a whole folder to a pack that others are told of, as an officer runs the tool: every test is named after what
//! was seen.

use crate::making::{ended_with, tool, utf8};
use crate::packs::small_pack;
use crate::sealed::{SIGNATURE, build_pack, small_sealed};
use crate::signing::ORGANISER;
use haidang::organiser::making::template;
use haidang::pack::sealed::{Sealed, with_signature};
use haidang::pack::signing::Ring;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn said_all(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

fn is_signed(pack: &Path) -> bool {
    Sealed::open(pack).expect("opens").signature_text().is_some()
}

#[test]
fn build_over_a_signed_pack_does_not_drop_its_signature_without_a_word() {
    let (dir, out) = small_sealed();
    let folder = small_pack();
    let cache = dir.path().join("cache");
    let build = |code: i32, more: &[&str]| {
        let arguments = ["build", utf8(folder.path()), "-o", utf8(&out), "--cache", utf8(&cache)];
        ended_with(code, &[&arguments[..], more].concat())
    };
    // An unsigned pack of the same exhibit is built anew as often as one likes.
    build(0, &[]);
    with_signature(&out, &out, SIGNATURE).expect("signed");
    said_all(&build(1, &[]), &["Đây là gói đã ký, bản 0.1.0; đóng lại sẽ mất chữ ký.", "--force"]);
    said_all(&build(1, &["--json"]), &["\"vi\"", "đóng lại sẽ mất chữ ký"]);
    assert!(is_signed(&out));
    build(0, &["--force"]);
    assert!(!is_signed(&out));
    let exhibit = folder.path().join("exhibit.ron");
    let text = fs::read_to_string(&exhibit).expect("read");
    fs::write(&exhibit, text.replacen("small-test", "another-test", 1)).expect("written");
    said_all(&build(1, &[]), &["Đây là gói của triển lãm khác, “small-test”."]);
    fs::write(&out, "a letter").expect("written");
    said_all(&build(1, &[]), &["Đã có một tệp khác ở đây."]);
    assert_eq!(fs::read(&out).expect("read"), b"a letter");
}

/// Tells a pack by `inspect --whole` in Vietnamese alone.
fn inspected(code: i32, dir: &TempDir, name: &str, bytes: &[u8]) -> String {
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("written");
    ended_with(code, &["inspect", "--whole", "--lang", "vi", utf8(&path)])
}

#[test]
fn a_damaged_pack_is_told_in_vietnamese_and_by_the_name_of_its_picture() {
    let (dir, path) = small_sealed();
    let bytes = fs::read(&path).expect("read");
    let manifest = Sealed::open(&path).expect("opens").manifest;
    let (_, tiles) = manifest.pictures.iter().find(|(picture, _)| picture == "images/map.png").expect("a picture");
    // The tiles lie just behind their name, which stands in the manifest too, and once more in the directory.
    let found: Vec<usize> =
        bytes.windows(tiles.len()).enumerate().filter(|(_, w)| *w == tiles.as_bytes()).map(|(at, _)| at).collect();
    let at = found[found.len() - 2] + tiles.len() + 8;
    let mut flipped = bytes.clone();
    flipped[at] ^= 1;
    let said = inspected(1, &dir, "flipped.haidang", &flipped);
    said_all(&said, &["Gói đã bị thay đổi hoặc hỏng: nội dung của “images/map.png” không còn như khi đóng gói."]);
    let cut = inspected(1, &dir, "cut.haidang", &bytes[..bytes.len() / 2]);
    said_all(&cut, &["Gói đã bị thay đổi hoặc hỏng: tệp bị cụt, thiếu phần cuối."]);
    let list = inspected(3, &dir, "danh-sach.xlsx", &template::bytes().expect("a template"));
    said_all(&list, &["Đây không phải gói trưng bày."]);
    let missing = ended_with(3, &["inspect", "--lang", "vi", utf8(&dir.path().join("missing.haidang"))]);
    said_all(&missing, &["không có tệp hay thư mục này"]);
    for told in [said, cut, list, missing] {
        assert!(!told.contains("something") && !told.contains("ZIP") && !told.contains("No such"), "{told}");
    }
}

/// A TIFF of one row and one bit a pixel, compressed as fax machines do.
fn fax() -> Vec<u8> {
    let tags: [(u16, u16, u32); 8] =
        [(256, 3, 8), (257, 3, 1), (258, 3, 1), (259, 3, 4), (262, 3, 0), (273, 4, 110), (277, 3, 1), (279, 4, 8)];
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend((tags.len() as u16).to_le_bytes());
    for (tag, kind, value) in tags {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.resize(118, 0);
    bytes
}

#[test]
fn a_fax_scan_is_told_in_vietnamese() {
    let folder = small_pack();
    fs::write(folder.path().join("images/map.png"), fax()).expect("written");
    let said = ended_with(1, &["check", "--lang", "vi", utf8(folder.path())]);
    said_all(&said, &["(chưa đọc được TIFF nén kiểu fax (CCITT))"]);
    assert!(!said.contains("not read"), "{said}");
    let out = folder.path().join("a.tiles");
    let picture = folder.path().join("images/map.png");
    let said = ended_with(3, &["tiles", "--lang", "vi", utf8(&picture), utf8(&out)]);
    said_all(&said, &["Ảnh không đọc được: chưa đọc được TIFF nén kiểu fax (CCITT)."]);
}

/// The small pack as its text is after a change, built.
fn built(dir: &TempDir, name: &str, from: &str, to: &str) -> std::path::PathBuf {
    let folder = small_pack();
    let exhibit = folder.path().join("exhibit.ron");
    let text = fs::read_to_string(&exhibit).expect("read");
    fs::write(&exhibit, text.replacen(from, to, 1)).expect("written");
    build_pack(folder.path(), dir.path(), name)
}

#[test]
fn verify_tells_which_version_was_approved_and_sign_warns_of_a_sample() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let at = |name: &str| dir.path().join(name);
    let mut ring = Ring::default();
    ring.trust("Bảo tàng", ORGANISER.made.public).expect("trusted");
    fs::write(at("ring.json"), ring.write()).expect("written");
    fs::write(at("pass"), "hải đăng không ngủ").expect("written");
    fs::write(at("museum.key"), &ORGANISER.made.secret_text).expect("written");
    let approved = "status: Approved, prepared_by: {\"vi\": \"A\", \"en\": \"A\"}, \
                    appraised_by: {\"vi\": \"B\", \"en\": \"B\"}, decision: \"45/QĐ-UBND\", date: \"2026-11-10\"";
    let sample = built(&dir, "sample.haidang", "status: Sample", "status: Sample");
    let approved = built(&dir, "approved.haidang", "status: Sample", approved);
    let sign = |pack: &Path| {
        let (key, pass) = (at("museum.key"), at("pass"));
        ended_with(0, &["sign", "--lang", "vi", utf8(pack), "--key", utf8(&key), "--passphrase-file", utf8(&pass)])
    };
    let verify = |pack: &Path, more: &[&str]| {
        let ring = at("ring.json");
        ended_with(0, &[&["verify", "--lang", "vi", utf8(pack), "--ring", utf8(&ring)], more].concat())
    };
    let said = sign(&sample);
    said_all(&said, &["Đã ký.", "Lưu ý: gói này chưa được duyệt", "Mẫu, chưa thẩm định"]);
    assert!(!said.contains("approval="), "{said}");
    said_all(&verify(&sample, &[]), &["Gói do Bảo tàng ký.", "small-test 0.1.0: ", "Gói thử", "Mẫu, chưa thẩm định"]);
    let said = sign(&approved);
    assert!(!said.contains("Lưu ý"), "{said}");
    said_all(&verify(&approved, &[]), &["Đã duyệt, quyết định 45/QĐ-UBND, ngày 10/11/2026"]);
    let told: serde_json::Value = serde_json::from_str(&verify(&approved, &["--json"])).expect("JSON");
    assert_eq!((&told["approval"]["status"], &told["title"]["vi"]), (&"Approved".into(), &"Gói thử".into()));
    // Whom nobody here trusts may write anything.
    fs::write(at("empty.json"), Ring::default().write()).expect("written");
    let empty = at("empty.json");
    let said = ended_with(1, &["verify", "--lang", "vi", utf8(&approved), "--ring", utf8(&empty)]);
    said_all(&said, &["Gói tự ghi, chưa ai bảo đảm: “Đã duyệt, quyết định 45/QĐ-UBND, ngày 10/11/2026”"]);
}

#[test]
fn a_built_pack_where_a_folder_is_meant_is_told_so() {
    let (dir, path) = small_sealed();
    let pdf = dir.path().join("a.html");
    let out = dir.path().join("b.haidang");
    let file = utf8(&path);
    for arguments in [
        &["check", file][..],
        &["check", "--coverage", file],
        &["export", file, "--catalogue", utf8(&pdf)],
        &["build", file, "-o", utf8(&out)],
    ] {
        said_all(&ended_with(3, arguments), &["còn lệnh này cần thư mục của gói", "inspect, verify hoặc diff"]);
    }
}

#[test]
fn coverage_ticks_nothing_that_is_missing_and_ends_as_check_does() {
    let folder = small_pack();
    let coverage = |code| ended_with(code, &["check", "--coverage", "--lang", "vi", utf8(folder.path())]);
    let row = |said: &str| said.lines().find(|line| line.starts_with("items/doc-test.ron")).expect("a row").to_owned();
    assert!(row(&coverage(0)).contains("✓ 2"), "both pages have their words");
    let item = folder.path().join("items/doc-test.ron");
    let text = fs::read_to_string(&item).expect("read");
    let from = text.rfind("alt: {").expect("an alt text");
    let end = from + text[from..].find('\n').expect("an end of line") + 1;
    fs::write(&item, format!("{}{}", &text[..from], &text[end..])).expect("written");
    let said = coverage(1);
    assert!(row(&said).contains("1/2"), "{said}");
    assert_eq!(tool(&["check", utf8(folder.path())]).status.code(), Some(1));
}
