//! What `haidang-visits export --xapi` takes from its command line.

use clap::Args;
use std::path::PathBuf;

/// Nhật ký thành phát biểu xAPI. · Journals as xAPI statements.
#[derive(Clone, Debug, Args)]
pub struct XapiArgs {
    /// Địa chỉ gốc của mọi IRI, không bao giờ đổi. · The address below which all IRIs lie; never change it. Ví dụ · Example: `https://luotxem.so-gd.example.vn`
    #[arg(long, value_name = "URL")]
    pub base: String,
    /// Tệp .ndjson hoặc .json. · A file .ndjson or .json.
    #[arg(short, long, value_name = "FILE", required_unless_present_any = ["to", "profile"])]
    pub output: Option<PathBuf>,
    /// Gửi tới kho dữ liệu học tập (LRS). · Sends to a learning record store. Ví dụ · Example: `https://lrs.example.vn/xAPI`
    #[arg(long, value_name = "URL", requires = "state", conflicts_with = "output")]
    pub to: Option<String>,
    /// Tệp ghi những gì kho đã nhận, để lần sau gửi tiếp. · The file of what was taken, so that the next run goes on.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Tệp một dòng `tên:mật-khẩu`, quyền 600. Không có thì dùng HAIDANG_LRS_USER, HAIDANG_LRS_PASSWORD. · A file of one line `user:password`, mode 600. Without it: HAIDANG_LRS_USER, HAIDANG_LRS_PASSWORD.
    #[arg(long, value_name = "FILE")]
    pub credentials: Option<PathBuf>,
    /// Số phát biểu mỗi lần gửi. · Statements in a batch.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub batch: u16,
    /// Số lần thử trước khi dừng. · Tries before giving up.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub tries: u16,
    /// Gửi lại cả những bản ghi từng bị từ chối. · Sends again what was refused before.
    #[arg(long)]
    pub retry_refused: bool,
    /// Viết hồ sơ xAPI (JSON-LD) của địa chỉ này rồi thôi. · Writes the xAPI profile (JSON-LD) of this address and ends.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "output"])]
    pub profile: Option<PathBuf>,
    /// Nhật ký, hoặc thư mục có nhật ký. · Journals, or folders with journals.
    #[arg(required_unless_present = "profile")]
    pub journals: Vec<PathBuf>,
}
