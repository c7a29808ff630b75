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
            "list.xlsx: F3 · Gian (tiếng Anh): error [rows-disagree]",
            "Cùng một gian mà ô F2 ghi “Maps”, ô F3 ghi “Charts”; chỉ ô F2 được dùng.",
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
    said_all(&ended_with(1, &["check", utf8(&pack)]), &["list.xlsx: dòng 3 · Địa chỉ nguồn"]);
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
    said_all(
        &ended_with(1, &["build", utf8(&pack), "--out", utf8(&built)]),
        &["list.xlsx: Triển lãm · Phiên bản", "unclear-version"],
    );
    assert!(!built.exists());
}

#[test]
fn build_and_check_begin_with_the_row_of_the_list() {
    let dir = desk();
    scans(&dir, &["hai-do.png"]);
    let mut row = map(&[]);
    row.retain(|(name, _)| !["licence", "hall_vi", "hall_en"].contains(name));
    filled(&dir, &[row, map(&[("title_vi", "Khác"), ("title_en", "Other"), ("images", "hai-do.png")])], &EXHIBIT);
    let (pack, _) = new(&dir, 1);
    let built = dir.path().join("a.haidang");
    for arguments in [&["check", utf8(&pack)][..], &["build", utf8(&pack), "--out", utf8(&built)]] {
        let arguments = [arguments, &["--lang", "vi"]].concat();
        let said = ended_with(1, &arguments);
        assert!(said.starts_with("list.xlsx: dòng 2 · "), "{said}");
        said_all(
            &said,
            &[
                "list.xlsx: dòng 2 · Giấy phép (items/hai-do-1938.ron:",
                "“hai-do-1938”: Chưa điền “Giấy phép”",
                "list.xlsx: dòng 2 · Gian (exhibit.ron:",
                "“hai-do-1938”: Chưa điền “Gian”.",
            ],
        );
        assert!(!said.contains("pack-format.md") && !said.contains("items của"), "{said}");
    }
}

#[test]
fn spare_pictures_are_no_fault_and_packs_made_before_are_not_looked_through() {
    let dir = desk();
    scans(&dir, &["hai-do.png", "du-1.png", "du-2.png"]);
    filled(&dir, &[map(&[])], &EXHIBIT);
    let (_, said) = new(&dir, 0);
    said_all(&said, &["2 tệp trong thư mục ảnh không dòng nào dùng, bỏ qua cũng được: du-1.png, du-2.png."]);
    assert!(!said.contains("[file-not-used]"), "{said}");
    // Without a folder of its own the list's folder is looked through, where the first pack lies.
    let (list, second) = (dir.path().join("list.xlsx"), dir.path().join("second"));
    let said = ended_with(0, &["new", utf8(&second), "--from", utf8(&list)]);
    assert!(!said.contains("pack/"), "{said}");
}

#[test]
fn a_column_with_another_name_is_told_once() {
    let dir = desk();
    scans(&dir, &["mot.png", "hai.png"]);
    let heads = "Loại,Gian,Gian (tiếng Anh),Lời dẫn gian,Lời dẫn gian (tiếng Anh),Tên,Tên (tiếng Anh),Niên đại,Mô tả,\
                 Mô tả (tiếng Anh),Nguồn,Nguồn (tiếng Anh),Nơi đăng,Mức kiểm chứng,Bản quyền hình,Ghi công,\
                 Ghi công (tiếng Anh),Dạng ảnh,Lời tả ảnh,Lời tả ảnh (tiếng Anh)";
    let row = |vi: &str| {
        format!(
            "Bản đồ,Gian,Hall,Lời.,Words.,{vi},{vi} map,1838,Mô tả.,Words.,Sách,Book,Nhà in,Theo nguồn,\
             Tư liệu của xã,Xã,Commune,Bản quét,Ảnh.,Picture."
        )
    };
    fs::write(dir.path().join("cot.csv"), format!("{heads}\n{}\n{}\n", row("Một"), row("Hai"))).expect("written");
    let (_, said) = super::making::made(&dir, "cot.csv", 1);
    assert_eq!(said.matches("missing-column").count(), 1, "{said}");
    said_all(
        &said,
        &[
            "O1: error [unknown-column]",
            "Thiếu cột “Giấy phép”.",
            "Nếu cột “Bản quyền hình” (O1) là cột này thì đổi tên",
        ],
    );
    assert!(!said.contains("Chưa điền “Giấy phép”"), "{said}");
}

#[test]
fn lock_files_and_other_spreadsheets_say_what_to_do() {
    let dir = desk();
    fs::write(dir.path().join("danh-sach.xlsx"), b"").expect("written");
    fs::write(dir.path().join("~$nh-sach.xlsx"), b"\x05Lan").expect("written");
    fs::write(dir.path().join("cu.ods"), b"PK").expect("written");
    for (name, parts) in [
        ("~$nh-sach.xlsx", ["Đây là tệp khóa", "hãy dùng “danh-sach.xlsx”"]),
        ("cu.ods", ["Tệp → Lưu thành → .xlsx", "Save As"]),
    ] {
        let (list, pack) = (dir.path().join(name), dir.path().join("pack"));
        said_all(&ended_with(3, &["new", utf8(&pack), "--from", utf8(&list)]), &parts);
    }
}

#[test]
fn one_bad_date_is_one_fault_and_commas_between_files_are_named() {
    let dir = desk();
    scans(&dir, &["hai-do.png", "khe-1.png", "khe-2.png"]);
    let rows = [
        map(&[("date", "30/2/1907")]),
        map(&[("title_vi", "Khế"), ("title_en", "Deed"), ("images", "khe-1.png, khe-2.png"), ("date", "hồi xưa")]),
    ];
    filled(&dir, &rows, &EXHIBIT);
    let (_, said) = new(&dir, 1);
    said_all(
        &said,
        &[
            "list.xlsx: I2 · Niên đại: error [impossible-date]",
            "Không có ngày 30/2/1907 trong lịch.",
            "list.xlsx: I3 · Niên đại: error [unclear-date]",
            "Ngăn các tên tệp bằng dấu chấm phẩy: “khe-1.png; khe-2.png”.",
        ],
    );
    assert!(!said.contains("Niên đại ghi (tiếng Anh): error"), "{said}");
}

#[test]
fn a_catalogue_tells_licences_sources_and_days_in_words() {
    let dir = desk();
    scans(&dir, &["hai-do.png"]);
    let mut facts = EXHIBIT.to_vec();
    facts.extend([
        ("prepared_by_vi", "Bà Lan"),
        ("prepared_by_en", "Ms Lan"),
        ("appraised_by_vi", "Sở"),
        ("appraised_by_en", "Department"),
        ("decision", "45/QĐ-UBND"),
        ("decision_date", "10/11/2024"),
    ]);
    filled(&dir, &[map(&[("licence", "Tư liệu của đơn vị")])], &facts);
    let (pack, _) = new(&dir, 0);
    let page = dir.path().join("catalogue.html");
    ended_with(0, &["export", utf8(&pack), "--catalogue", utf8(&page)]);
    let html = fs::read_to_string(&page).expect("a page");
    said_all(&html, &["Tư liệu của đơn vị · Own material", "10/11/2024 · 10 November 2024"]);
    assert!(!html.contains("LicenseRef") && !html.contains(">ho-so-di-tich") && !html.contains("2024-11-10"));
}

#[test]
fn help_in_vietnamese_names_values_in_vietnamese() {
    let said = ended_with(0, &["new", "--help", "--lang", "vi"]);
    said_all(&said, &["[THƯ MỤC]", "<BẢNG KÊ>", "<TỆP.xlsx>"]);
    assert!(!said.contains("FOLDER") && !said.contains("LIST"), "{said}");
}

#[test]
fn a_new_title_is_told_as_a_change_of_the_same_item() {
    let dir = desk();
    scans(&dir, &["hai-do.png"]);
    filled(&dir, &[map(&[])], &EXHIBIT);
    let (first, _) = new(&dir, 0);
    filled(&dir, &[map(&[("title_vi", "Hải đồ vịnh 1938")])], &EXHIBIT);
    let (list, media, second) = (dir.path().join("list.xlsx"), dir.path().join("media"), dir.path().join("second"));
    ended_with(0, &["new", utf8(&second), "--from", utf8(&list), "--media", utf8(&media)]);
    let page = dir.path().join("thay-doi.html");
    let said = ended_with(1, &["diff", "--lang", "vi", "--html", utf8(&page), utf8(&first), utf8(&second)]);
    said_all(
        &said,
        &[
            "sửa: “Hải đồ vịnh 1938”: mã tư liệu\n    − hai-do-1938\n    + hai-do-vinh-1938",
            "− Hải đồ 1938\n    + Hải đồ vịnh 1938",
            "2 thay đổi",
            "Điền mã cũ vào cột Mã để giữ.",
        ],
    );
    assert!(!said.contains("BLAKE3") && !said.contains("thêm:"), "{said}");
    assert!(fs::read_to_string(&page).expect("page").contains("<h1>Thay đổi giữa hai bản: Biển và làng, 1.0.0</h1>"));
}
