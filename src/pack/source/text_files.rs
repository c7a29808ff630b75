//! The text files of a pack: inside its folder, small enough, UTF-8.

use super::files::{Files, Found, Role};
use crate::base::files::read_capped;
use crate::base::ids::Id;
use crate::diagnostics::{Findings, Place, Said};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Largest RON or caption file.
const MAX_TEXT_BYTES: u64 = 1 << 20;
/// Items that one pack may hold; those beyond are not read.
pub const MAX_ITEMS: usize = 500;

pub fn read_text(files: &Files<'_>, file: &str, findings: &mut Findings) -> Option<String> {
    let found = files.find(file, Role::Other);
    if let Found::Outside = found {
        findings.error(
            "path-outside-pack",
            Place::file(file),
            Said::new("Tệp này là liên kết trỏ ra ngoài gói.", "This file is a link that leads out of the pack."),
            Said::new(
                "Chép chính tệp ấy vào gói thay cho liên kết.",
                "Copy the file itself into the pack instead of the link.",
            ),
        );
        return None;
    }
    let bytes = match found {
        Found::At(path) => read_capped(&path, MAX_TEXT_BYTES),
        _ => Err(files.why_not(file)),
    };
    let (message, hint) = match bytes.map(String::from_utf8) {
        Ok(Ok(text)) => return Some(text),
        Ok(Err(_)) => (
            Said::new("Tệp không phải UTF-8.", "The file is not UTF-8."),
            Said::new("Lưu lại với mã UTF-8.", "Save it again as UTF-8."),
        ),
        Err(error) => said_of(&error),
    };
    findings.error("unreadable-file", Place::file(file), message, hint);
    None
}

fn said_of(error: &io::Error) -> (Said, Said) {
    match error.kind() {
        io::ErrorKind::FileTooLarge => (
            Said::new("Tệp lớn hơn 1 MiB.", "The file is larger than 1 MiB."),
            Said::new(
                "Tách bớt nội dung; ảnh và âm thanh để ở tệp riêng.",
                "Split it; pictures and sound belong in files of their own.",
            ),
        ),
        io::ErrorKind::NotFound => (
            Said::new("Không có tệp này.", "There is no such file."),
            Said::new("Kiểm tra tên thư mục và tên tệp.", "Check the names of the folder and of the file."),
        ),
        io::ErrorKind::InvalidInput => (
            Said::new("Đây không phải là một tệp thường.", "This is not a plain file."),
            Said::new("Thay bằng tệp văn bản.", "Put a text file in its place."),
        ),
        _ => (
            Said::new(format!("Không đọc được tệp: {error}."), format!("The file cannot be read: {error}.")),
            Said::new("Kiểm tra quyền đọc và ổ đĩa.", "Check the right to read it and the disk."),
        ),
    }
}

/// False when links lead out of the pack; a file that is not there is not outside either.
pub fn is_inside(folder: &Path, path: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => true,
    }
}

/// The ids of all item files, also of those beyond the number that is read.
pub fn list_items(files: &Files<'_>, findings: &mut Findings) -> BTreeSet<Id> {
    let listed = files.list("items");
    let names: BTreeSet<&str> = listed.iter().filter_map(|name| name.strip_suffix(".ron")).collect();
    if names.len() > MAX_ITEMS {
        findings.error(
            "too-many",
            Place::file("items"),
            Said::new(format!("Có {} tư liệu.", names.len()), format!("There are {} items.", names.len())),
            Said::new("Tối đa 500 trong một gói.", "At most 500 in one pack."),
        );
    }
    for name in names.iter().filter(|name| Id::new(name).is_none()).take(MAX_ITEMS) {
        findings.error(
            "bad-id",
            Place::file(format!("items/{name}.ron")),
            Said::new("Tên tệp không phải là mã hợp lệ.", "The file's name is not a valid id."),
            Said::new(
                "Chỉ dùng chữ thường không dấu, chữ số và gạch nối.",
                "Use lower-case letters a–z, digits and hyphens only.",
            ),
        );
    }
    names.iter().filter_map(|name| Id::new(name)).collect()
}
