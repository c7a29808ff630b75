//! The command line of `haidang-pack`.

pub mod checking;
pub mod keys;
pub mod making;
pub mod signing;

use checking::{Check, Collect, Diff, Preview, Problems, Stick};
use clap::{Parser, Subcommand};
use keys::Keys;
use making::{Export, Import, New};
use signing::{Sign, Verify};
use std::path::PathBuf;

/// Chuẩn bị và kiểm tra gói trưng bày. · Prepares and checks exhibit packs.
///
/// Ví dụ · Example: haidang-pack check --lang vi exhibits/hoang-sa-truong-sa
#[derive(Debug, Parser)]
#[command(name = "haidang-pack", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Build(Build),
    Check(Check),
    Collect(Collect),
    Diff(Diff),
    Draw(Draw),
    Export(Export),
    Import(Import),
    Inspect(Inspect),
    Keys(Keys),
    New(New),
    Preview(Preview),
    #[command(hide = true)]
    Problems(Problems),
    Sign(Sign),
    Stick(Stick),
    Tiles(Tiles),
    Verify(Verify),
}

/// Đóng một thư mục thành một tệp gói. · Builds one pack file from a folder.
///
/// Ví dụ · Example: haidang-pack build exhibits/hoang-sa-truong-sa -o hoang-sa-truong-sa.haidang
#[derive(Debug, clap::Args)]
pub struct Build {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
    /// Tệp ghi ra · the file to write
    #[arg(short, long)]
    pub out: PathBuf,
    /// Ghi đè cả gói đã ký hay tệp khác đang ở đó · write even over a signed pack or another file that is there
    #[arg(long)]
    pub force: bool,
    /// Thư mục giữ ảnh đã cắt · the folder that keeps cut pictures for the next time
    #[arg(long)]
    pub cache: Option<PathBuf>,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Xem trong một tệp gói có gì. · Tells what is in a pack file.
///
/// Ví dụ · Example: haidang-pack inspect hoang-sa-truong-sa.haidang
#[derive(Debug, clap::Args)]
pub struct Inspect {
    /// Tệp gói · the pack file
    pub file: PathBuf,
    /// Đọc và so cả nội dung từng tệp · read every file in it and compare it with the manifest
    #[arg(long)]
    pub whole: bool,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Vẽ các bản SVG trong thư mục plates thành PNG. · Draws the SVG plates of a pack as PNG pictures.
///
/// Ví dụ · Example: haidang-pack draw exhibits/hoang-sa-truong-sa
#[derive(Debug, clap::Args)]
pub struct Draw {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
    /// Vẽ lại cả những bản đã mới · draw again even what is up to date
    #[arg(long)]
    pub force: bool,
    /// Chỉ vẽ bản có tên này · draw only the plate of this name
    #[arg(long)]
    pub only: Option<String>,
}

/// Cắt một ảnh lớn thành các mảnh. · Cuts a large picture into tiles.
///
/// Ví dụ · Examples:
///   haidang-pack tiles map.tif map.tiles
///   haidang-pack tiles map.tif map.dzi --layout dzi
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Tiles {
    /// Ảnh PNG, JPEG, WebP hoặc TIFF · a PNG, JPEG, WebP or TIFF picture
    pub picture: PathBuf,
    /// Tệp ghi ra · the file to write
    pub out: PathBuf,
    /// Dạng các mảnh: container (một tệp, như màn hình trưng bày tự cắt), dzi (tệp .dzi và thư mục, cho phần mềm khác) · what form the tiles take: container (one file, as the kiosk cuts it), dzi (a .dzi file and a folder, for other viewers)
    #[arg(long, value_enum, default_value_t = Layout::Container)]
    pub layout: Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    Container,
    Dzi,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command_line;
    use crate::diagnostics::Tongue;
    use clap::CommandFactory;

    /// Letters that Vietnamese has and English has not.
    const MARKED: &str = "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự";
    const ENGLISH: [&str; 11] = [
        " the ",
        " a ",
        " of ",
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Print",
        "Example",
        "default",
        "possible",
    ];

    fn verbs(command: &clap::Command, path: &[String], found: &mut Vec<Vec<String>>) {
        found.push(path.to_vec());
        for below in command.get_subcommands() {
            verbs(below, &[path, &[below.get_name().to_owned()]].concat(), found);
        }
    }

    /// Every verb's path and its help in a language.
    fn helps(tongue: Tongue) -> Vec<(String, String)> {
        let mut paths = Vec::new();
        verbs(&Args::command(), &["haidang-pack".to_owned()], &mut paths);
        assert!(paths.len() > 20, "{paths:?}");
        let help = |path: Vec<String>| {
            let line: Vec<_> = path.iter().chain([&"--help".to_owned()]).map(Into::into).collect();
            let answer = command_line::read::<Args>(&line, tongue).expect_err("help");
            assert!(!answer.is_complaint && answer.code == 0, "{path:?}: {}", answer.text);
            (path.join(" "), answer.text)
        };
        paths.into_iter().map(help).collect()
    }

    #[test]
    fn help_in_vietnamese_is_in_vietnamese_and_has_an_example() {
        for (verb, help) in helps(Tongue::Vietnamese) {
            assert!(help.contains("Ví dụ:") && help.contains(&format!("{verb} ")), "{verb}: {help}");
            assert!(help.contains("Cách dùng: ") && !help.contains(" · "), "{verb}: {help}");
            for word in ENGLISH {
                assert!(!help.contains(word), "{verb}: {word}: {help}");
            }
        }
    }

    #[test]
    fn help_in_english_is_in_english_and_has_an_example() {
        for (verb, help) in helps(Tongue::English) {
            assert!(help.contains("Example") && help.contains("Usage: ") && !help.contains(" · "), "{verb}: {help}");
            // Examples hold Vietnamese names.
            for line in help.lines().filter(|line| !line.contains("haidang-pack")) {
                assert!(!line.to_lowercase().contains(|c| MARKED.contains(c)), "{verb}: {line}");
            }
        }
    }

    #[test]
    fn help_in_both_has_both() {
        for (verb, help) in helps(Tongue::Both) {
            assert!(help.contains("Ví dụ · Example"), "{verb}: {help}");
        }
    }
}
