//! The command line of `haidang-pack`.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Chuẩn bị và kiểm tra gói trưng bày. · Prepares and checks exhibit packs.
#[derive(Debug, Parser)]
#[command(name = "haidang-pack", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Check),
    Draw(Draw),
    Tiles(Tiles),
}

/// Kiểm tra một gói, in mọi vấn đề. · Checks a pack and prints every problem.
///
/// Ví dụ · Example: haidang-pack check exhibits/hoang-sa-truong-sa
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
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
    /// Dạng các mảnh · what form the tiles take
    #[arg(long, value_enum, default_value_t = Layout::Container)]
    pub layout: Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Một tệp, như màn hình trưng bày tự cắt · one file, as the kiosk cuts it
    Container,
    /// Tệp .dzi và thư mục mảnh, cho phần mềm khác · a .dzi file and a folder of tiles, for other viewers
    Dzi,
}
