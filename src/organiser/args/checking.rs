//! The command line of verbs that look: check, preview, diff, and those that carry: stick, collect.

use std::path::PathBuf;

/// Kiểm tra một gói, in mọi vấn đề. · Checks a pack and prints every problem.
///
/// Ví dụ · Examples:
///   haidang-pack check exhibits/hoang-sa-truong-sa
///   haidang-pack check --coverage --html thieu.html my-exhibit
///   haidang-pack check --watch my-exhibit
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
    /// Liệt kê chỗ còn thiếu theo ngôn ngữ và tư liệu · what is missing, by language and item
    #[arg(long, conflicts_with_all = ["watch", "json"])]
    pub coverage: bool,
    /// Với --coverage: ghi thêm một trang để in · with --coverage: also write a page for printing
    #[arg(long, requires = "coverage", value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Kiểm tra lại mỗi khi lưu, chỉ in điều đã đổi · check again on every save, print only what changed
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,
}

/// Mở gói trong cửa sổ; điều vừa lưu hiện ngay. · Shows a pack in a window, and every saved change at once.
///
/// Ví dụ · Example: haidang-pack preview my-exhibit
#[derive(Debug, clap::Args)]
pub struct Preview {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
}

/// So hai bản của một gói cho người duyệt. · Compares two versions of a pack for the approving officer.
///
/// Ví dụ · Example: haidang-pack diff --html thay-doi.html ban-cu.haidang ban-moi.haidang
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// Bản cũ: thư mục hoặc tệp .haidang · the old version: a folder or a .haidang file
    pub old: PathBuf,
    /// Bản mới: thư mục hoặc tệp .haidang · the new version: a folder or a .haidang file
    pub new: PathBuf,
    /// Ghi thêm một trang để in · also write a page for printing
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}

/// Chép gói ra USB và đọc lại để kiểm. · Writes packs on a stick and verifies by reading back.
///
/// Ví dụ · Example: haidang-pack stick /media/usb --pack hoang-sa.haidang
#[derive(Debug, clap::Args)]
pub struct Stick {
    /// Thư mục của USB · the stick's folder
    pub stick: PathBuf,
    /// Gói hoặc danh sách thu hồi, ghi nhiều lần được · packs and revocation lists, may be given several times
    #[arg(long = "pack", required = true, value_name = "FILE")]
    pub packs: Vec<PathBuf>,
    /// Chỉ nói sẽ chép gì · only tell what would be written
    #[arg(long)]
    pub dry_run: bool,
    /// Chép cả gói chưa ký, để thử; máy trưng bày không nhận · carry unsigned packs too, for trying out; kiosks refuse them
    #[arg(long)]
    pub unsigned: bool,
}

/// Lấy nhật ký của các máy ra khỏi USB. · Takes the kiosks' journals off a stick.
///
/// Ví dụ · Example: haidang-pack collect /media/usb --to nhat-ky
#[derive(Debug, clap::Args)]
pub struct Collect {
    /// Thư mục của USB · the stick's folder
    pub stick: PathBuf,
    /// Thư mục nhận · the folder to put them in
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// Sổ tay các vấn đề, docs/problems.md. · The manual of problems.
///
/// Ví dụ · Example: haidang-pack problems --markdown
#[derive(Debug, clap::Args)]
pub struct Problems {
    /// Dạng Markdown, dạng duy nhất · as Markdown, the only form
    #[arg(long)]
    pub markdown: bool,
}
