//! The arguments of `keys`, and where a passphrase comes from.

use crate::pack::signing::KeyId;
use crate::pack::signing::vouch::Scope;
use clap::Subcommand;
use jiff::civil::Date;
use std::path::PathBuf;

/// Khóa ký: tạo, liệt kê, tin cậy, bảo đảm, thu hồi. · Signing keys: make, list, trust, vouch for, revoke.
///
/// Ví dụ · Examples:
///   haidang-pack keys new --name "Sở Văn hóa" -o office.key
///   haidang-pack keys trust office.pub --ring ring.json
///   haidang-pack keys list --ring ring.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Keys {
    #[command(subcommand)]
    pub verb: KeyVerb,
}

#[derive(Debug, Subcommand)]
pub enum KeyVerb {
    New(NewKey),
    List(ListKeys),
    Trust(Trust),
    Vouch(Vouch),
    Revoke(Revoke),
}

/// Tạo một khóa có mật khẩu; phần công khai nằm cạnh đó (.pub). · Makes a key behind a passphrase, its public half (.pub) beside it.
///
/// Ví dụ · Example: haidang-pack keys new --name "Bảo tàng Đà Nẵng" -o museum.key
#[derive(Debug, clap::Args)]
pub struct NewKey {
    /// Cơ quan hoặc người giữ khóa · the office or person who keeps the key
    #[arg(long)]
    pub name: String,
    /// Tệp khóa bí mật, thường là .key · the file of the secret key, usually .key
    #[arg(short, long)]
    pub out: PathBuf,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

/// Liệt kê các khóa trong chùm khóa. · Lists the keys of a key ring.
///
/// Ví dụ · Example: haidang-pack keys list --ring ring.json
#[derive(Debug, clap::Args)]
pub struct ListKeys {
    /// Chùm khóa · the key ring
    #[arg(long)]
    pub ring: PathBuf,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Đưa vào chùm khóa: khóa gốc (.pub), giấy bảo đảm hoặc danh sách thu hồi. · Puts into a key ring: a root key (.pub), a statement that vouches, or a list of revoked keys.
///
/// Ví dụ · Examples:
///   haidang-pack keys trust office.pub --ring ring.json
///   haidang-pack keys trust museum.vouch --ring ring.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Trust {
    /// Tệp .pub, .vouch hoặc .revoked · a .pub, .vouch or .revoked file
    pub file: PathBuf,
    /// Chùm khóa, tạo mới nếu chưa có · the key ring, made when there is none
    #[arg(long)]
    pub ring: PathBuf,
    /// Tên của khóa gốc, nếu khác với trong tệp · the root key's name, when not the file's own
    #[arg(long)]
    pub name: Option<String>,
}

/// Khóa gốc bảo đảm cho khóa của người biên soạn. · A root key vouches for an organiser's key.
///
/// Ví dụ · Example: haidang-pack keys vouch museum.pub --root office.key --packs "bao-tang-*" --until 2027-12-31 -o museum.vouch
#[derive(Debug, clap::Args)]
pub struct Vouch {
    /// Phần công khai của khóa được bảo đảm · the public half of the key that is vouched for
    pub key: PathBuf,
    /// Khóa bí mật gốc · the root's secret key
    #[arg(long)]
    pub root: PathBuf,
    /// Tên của người giữ khóa, nếu khác với trong tệp · its keeper's name, when not the file's own
    #[arg(long)]
    pub name: Option<String>,
    /// Các gói được ký: "*", "dau-ma-*" hoặc mã gói, cách nhau bằng dấu phẩy · packs it may sign: "*", "prefix-*" or ids with commas
    #[arg(long, value_parser = read_scope)]
    pub packs: Scope,
    /// Ngày đầu, mặc định hôm nay · the first day, today unless told
    #[arg(long, value_parser = read_day)]
    pub from: Option<Date>,
    /// Ngày cuối · the last day
    #[arg(long, value_parser = read_day)]
    pub until: Date,
    /// Tệp ghi ra, thường là .vouch · the file to write, usually .vouch
    #[arg(short, long)]
    pub out: PathBuf,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

/// Thu hồi một khóa, mãi mãi. · Revokes a key, for good.
///
/// Ví dụ · Example: haidang-pack keys revoke 1F2E3D4C5B6A7988 --reason "Mất USB" --root office.key --ring ring.json -o office.revoked
#[derive(Debug, clap::Args)]
pub struct Revoke {
    /// Số của khóa, 16 chữ số · the key's number, 16 digits
    #[arg(value_parser = read_key_id)]
    pub key: KeyId,
    /// Lý do, sẽ được hiện cho người cài gói · the reason, shown to whoever installs a pack
    #[arg(long)]
    pub reason: String,
    /// Khóa bí mật gốc · the root's secret key
    #[arg(long)]
    pub root: PathBuf,
    /// Chùm khóa có danh sách cũ · the key ring that holds the older lists
    #[arg(long)]
    pub ring: PathBuf,
    /// Từ ngày nào, mặc định hôm nay · since when, today unless told
    #[arg(long, value_parser = read_day)]
    pub since: Option<Date>,
    /// Tệp danh sách cho USB và các máy khác · the list as a file for sticks and other machines
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
}

/// Where the passphrase comes from.
#[derive(Debug, clap::Args)]
pub struct Passphrase {
    /// Đọc mật khẩu từ dòng đầu của tệp này ("-": đầu vào chuẩn) thay vì hỏi · read the passphrase from this file's first line ("-": standard input), do not ask
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

fn read_scope(text: &str) -> Result<Scope, String> {
    let said = r#""*", "dau-ma-*" hay "ma-goi,ma-goi" · "*", "prefix-*" or "id,id""#;
    Scope::read(text).ok_or_else(|| said.to_owned())
}

pub fn read_day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "một ngày như 2026-11-20 · a day such as 2026-11-20".to_owned())
}

fn read_key_id(text: &str) -> Result<KeyId, String> {
    KeyId::read(text).ok_or_else(|| "16 chữ số thập lục phân · 16 hexadecimal digits".to_owned())
}
