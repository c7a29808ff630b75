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
/// Ví dụ · Example: haidang-pack tiles map.png map.tiles
#[derive(Debug, clap::Args)]
pub struct Tiles {
    /// Ảnh PNG, JPEG hoặc WebP · a PNG, JPEG or WebP picture
    pub picture: PathBuf,
    /// Tệp mảnh ghi ra · the tile file to write
    pub out: PathBuf,
}
