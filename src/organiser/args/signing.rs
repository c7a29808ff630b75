//! The arguments of `sign` and `verify`.

use super::keys::{Passphrase, read_day};
use jiff::civil::Date;
use std::path::PathBuf;

/// Ký một gói đã dựng. · Signs a built pack.
///
/// Ví dụ · Example: haidang-pack sign bien-dong.haidang --key museum.key
#[derive(Debug, clap::Args)]
pub struct Sign {
    /// Gói .haidang · the .haidang pack
    pub pack: PathBuf,
    /// Khóa bí mật · the secret key
    #[arg(long)]
    pub key: PathBuf,
    /// Ghi ra tệp khác thay vì chính gói này · write another file in place of this one
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

/// Kiểm tra gói còn nguyên vẹn và ai đã ký. · Checks that a pack is whole and who signed it.
///
/// Ví dụ · Example: haidang-pack verify bien-dong.haidang --ring ring.json
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// Gói .haidang · the .haidang pack
    pub pack: PathBuf,
    /// Chùm khóa · the key ring
    #[arg(long)]
    pub ring: PathBuf,
    /// Xét theo ngày này thay vì hôm nay · judge as of this day, not today
    #[arg(long, value_parser = read_day)]
    pub on: Option<Date>,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}
