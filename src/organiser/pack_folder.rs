//! Verbs that work on a pack's folder, and are given the built pack instead.

use super::failure::Failure;
use std::path::Path;

/// Refuses a file where a folder is meant, and says what else can be done with it.
pub fn of(folder: &Path) -> Result<&Path, Failure> {
    if !folder.is_file() {
        return Ok(folder);
    }
    Err(Failure::cannot_read(
        folder,
        "Đây là một tệp, còn lệnh này cần thư mục của gói. Với gói đã đóng (.haidang), dùng inspect, verify hoặc diff.",
        "This is a file, and this command takes a pack's folder. For a built pack (.haidang) use inspect, verify or diff.",
    ))
}
