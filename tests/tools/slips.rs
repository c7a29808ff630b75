//! Slips in a list, as the officer who made them is told of them: every test is named after what was seen.

use super::making::{desk, ended_with, scan, utf8};
use super::officer::{EXHIBIT, filled, map, new, said_all};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn scans(dir: &TempDir, names: &[&str]) {
    for (number, name) in names.iter().enumerate() {
        scan(&dir.path().join("media").join(name), 10 + 40 * number as u8);
    }
}

fn item(pack: &Path, name: &str) -> String {
    fs::read_to_string(pack.join(format!("items/{name}.ron"))).expect("an item")
}

#[test]
fn an_id_that_stands_in_two_rows_mixes_up_no_pictures() {
    let dir = desk();
    scans(&dir, &["huong-uoc-1.png", "huong-uoc-2.png", "nia-tre.png"]);
    let rules = map(&[
        ("kind", "Văn bản"),
        ("id", "huong-uoc"),
        ("title_vi", "Hương ước làng"),
        ("title_en", "Village rules"),
        ("alt_vi", "Trang {n}."),
        ("alt_en", "Page {n}."),
        ("images", ""),
    ]);
    let basket = map(&[
        ("kind", "Hiện vật"),
        ("id", "huong-uoc"),
        ("title_vi", "Nia tre"),
        ("title_en", "Basket"),
        ("images", ""),
    ]);
    filled(&dir, &[rules, basket], &EXHIBIT);
    let (pack, said) = new(&dir, 1);
    said_all(&said, &["list.xlsx: A3 · Mã: error [id-twice]", "có ở cả hai ô A2 và A3"]);
    assert!(!said.contains("file-not-used"), "{said}");
    let (rules, basket) = (item(&pack, "huong-uoc"), item(&pack, "huong-uoc-2"));
    said_all(&rules, &["// huong-uoc-1.png", "// huong-uoc-2.png"]);
    assert!(basket.contains("// nia-tre.png") && !basket.contains("// huong-uoc"), "{basket}");
}

#[test]
fn rows_that_say_different_things_of_one_source_or_hall_are_told() {
    let dir = desk();
    scans(&dir, &["hai-do.png", "khe-1.png", "khe-2.png"]);
    let second = map(&[
        ("kind", "Văn bản"),
        ("title_vi", "Khế"),
        ("title_en", "Deed"),
        ("images", "khe-1.png; khe-2.png"),
        ("alt_vi", "Một.\nHai.\nBa."),
        ("alt_en", "One.\nTwo."),
        ("hall_en", "Charts"),
        ("source_status", "Đã kiểm chứng"),
        ("source_publisher", "Thư viện tỉnh"),
    ]);
    filled(&dir, &[map(&[]), second], &EXHIBIT);
    let (_, said) = new(&dir, 1);
    said_all(
        &said,
        &[
            "list.xlsx: D3 · Gian (tiếng Anh): error [rows-disagree]",
            "Cùng một gian mà ô D2 ghi “Maps”, ô D3 ghi “Charts”; chỉ ô D2 được dùng.",
            "list.xlsx: Z3 · Mức kiểm chứng: error [rows-disagree]",
            "Cùng một nguồn mà ô Z2 ghi “Theo nguồn”, ô Z3 ghi “Đã kiểm chứng”; chỉ ô Z2 được dùng.",
            "list.xlsx: V3 · Nơi đăng: error [rows-disagree]",
            "list.xlsx: AF3 · Lời tả ảnh: error [too-many-lines]",
        ],
    );
    assert!(!said.contains("AG3"), "{said}");
}

#[test]
fn a_wrong_address_is_told_of_the_row_that_holds_it() {
    let dir = desk();
    scans(&dir, &["hai-do.png", "khe.png"]);
    let mut first = map(&[]);
    first.retain(|(name, _)| *name != "source_publisher" && *name != "source_status");
    let second =
        map(&[("title_vi", "Khế"), ("title_en", "Deed"), ("images", "khe.png"), ("source_url", "www.example.org/x")]);
    filled(&dir, &[first, second], &EXHIBIT);
    let (pack, said) = new(&dir, 1);
    said_all(&said, &["list.xlsx: W3 · Địa chỉ nguồn: error [bad-address]"]);
    assert!(!said.contains("W2") && !said.contains("V2"), "{said}");
    said_all(&ended_with(1, &["check", utf8(&pack)]), &["dòng 3, cột “Địa chỉ nguồn”"]);
}

#[test]
fn a_version_in_words_is_refused_by_new_check_and_build() {
    let dir = desk();
    scans(&dir, &["hai-do.png"]);
    let mut facts = EXHIBIT.to_vec();
    facts.retain(|(key, _)| *key != "version");
    facts.push(("version", "phiên bản 2"));
    filled(&dir, &[map(&[])], &facts);
    let (pack, said) = new(&dir, 1);
    said_all(&said, &["· Phiên bản: error [unclear-version]", "Chỉ ghi số và dấu chấm: “2”."]);
    ended_with(1, &["check", utf8(&pack)]);
    let built = dir.path().join("a.haidang");
    said_all(&ended_with(1, &["build", utf8(&pack), "--out", utf8(&built)]), &["unclear-version"]);
    assert!(!built.exists());
}
