//! The command line of `haidang-visits`.

#[cfg(feature = "department")]
mod cluster;
#[cfg(feature = "department")]
mod values;

use clap::{Parser, Subcommand};
#[cfg(feature = "department")]
pub use cluster::Place;
#[cfg(feature = "cluster")]
pub use cluster::{Cluster, ClusterVerb, Executor, Scheduler};
use std::path::PathBuf;

/// Đọc nhật ký lượt xem của kiosk, làm số liệu và báo cáo. · Reads kiosks' journals of visits; makes figures and reports.
#[derive(Debug, Parser)]
#[command(name = "haidang-visits", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    List(List),
    Export(Export),
    #[cfg(feature = "department")]
    Ingest(Ingest),
    #[cfg(feature = "department")]
    Figures(Figures),
    #[cfg(feature = "department")]
    Report(Report),
    #[cfg(feature = "department")]
    Serve(Serve),
    #[cfg(feature = "department")]
    Users(Users),
    #[cfg(feature = "department")]
    Simulate(Simulate),
    #[cfg(feature = "department")]
    Explain(Explain),
    #[cfg(feature = "department")]
    Rollup(Rollup),
    #[cfg(feature = "department")]
    Places(Places),
    #[cfg(feature = "department")]
    #[command(hide = true)]
    Ask(Ask),
    #[cfg(feature = "cluster")]
    Cluster(Cluster),
}

/// Liệt kê các lượt xem của một nhật ký. · Lists the visits of a journal.
///
/// Ví dụ · Example: haidang-visits list data/visits.sqlite
#[derive(Debug, clap::Args)]
pub struct List {
    pub journal: PathBuf,
}

/// Xuất mọi bản ghi của một nhật ký. · Exports every record of a journal.
///
/// Ví dụ · Example: haidang-visits export --csv data/visits.sqlite > visits.csv
///
/// Thành phát biểu xAPI · as xAPI statements: haidang-visits export --xapi --help
#[derive(Debug, clap::Args)]
pub struct Export {
    /// CSV, UTF-8 có BOM · CSV, UTF-8 with BOM
    #[arg(long, required = true)]
    pub csv: bool,
    pub journal: PathBuf,
}

/// Kho dữ liệu và các thiết lập của cơ quan. · The lake, and an office's settings.
#[cfg(feature = "department")]
#[derive(Clone, Debug, clap::Args)]
pub struct Office {
    /// Thư mục kho dữ liệu, hoặc s3://… · the lake's folder, or s3://…
    #[arg(long)]
    pub lake: String,
    /// Thư mục danh mục địa điểm · the folder of the gazetteer
    #[arg(long)]
    pub places: Option<PathBuf>,
    /// Tệp lịch các kỳ báo cáo · the file with the periods' days
    #[arg(long)]
    pub calendar: Option<PathBuf>,
    /// Số nhỏ hơn số này không công bố (ít nhất 3) · counts under this are not told (at least 3)
    #[arg(long, default_value_t = super::suppression::DEFAULT_THRESHOLD, value_parser = clap::value_parser!(u64).range(super::suppression::LEAST_THRESHOLD..=1_000))]
    pub threshold: u64,
}

/// Nhận nhật ký từ USB vào kho dữ liệu. · Takes journals from sticks into the lake.
///
/// Cắm lại cùng một USB, hay nhiều máy cùng nhận, số liệu vẫn như nhau. · The same stick twice, or many machines at once, give the same figures.
///
/// Lần nhận đầu tiên lập kho: thêm --new. · The first one makes the lake: with --new.
///
/// Ví dụ · Example: haidang-visits ingest /media/usb --lake kho --places dia-diem
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Ingest {
    /// Nhật ký hoặc thư mục chứa nhật ký · journals, or folders of them
    #[arg(required = true)]
    pub journals: Vec<PathBuf>,
    #[command(flatten)]
    pub office: Office,
    /// Lập kho mới, chỉ dùng lần đầu · make the lake, the first time only
    #[arg(long)]
    pub new: bool,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Đơn vị và kỳ. · A unit and a period.
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Question {
    /// nation, province:MÃ, commune:MÃ, school:MÃ, kiosk:MÃ; mã lấy trong danh mục địa điểm · nation, province:CODE and so on; codes are the gazetteer's
    #[arg(long, default_value = "nation")]
    pub unit: String,
    /// 2026 (năm), 2026-H1 và 2026-H2 (6 tháng), 2025-2026 (năm học), S2026-H1 (kỳ thống kê), 1/3/2026..14/3/2026 · 2026 (year), 2026-H1 and 2026-H2 (six months), 2025-2026 (school year), S2026-H1 (statistics half-year), 2026-03-01..2026-03-14
    #[arg(long)]
    pub period: String,
}

/// Lập báo cáo: .xlsx .docx .pdf .csv .zip .html. · Writes a report.
///
/// Mọi số được đếm lại bằng một cách khác trước khi ghi. · Every figure is counted once more, another way, before.
///
/// Ví dụ · Example: haidang-visits report --lake kho --places dia-diem --unit province:48 --period 2026-H1 -o bao-cao.docx
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Report {
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub question: Question,
    /// Tệp báo cáo; đuôi tệp chọn định dạng · the report; its ending chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Tệp thể thức của cơ quan (docs/reports.md) · the letterhead of the issuing body
    #[arg(long, value_name = "FILE")]
    pub letter: Option<PathBuf>,
    /// Ngôn ngữ của báo cáo · the report's language
    #[arg(long, default_value = "vi", value_parser = ["vi", "en"])]
    pub lang: String,
    /// Vẫn lập khi danh mục địa điểm có lỗi; báo cáo nói rõ số máy không có nơi đặt · write it although the gazetteer has errors; it tells how many kiosks have no place
    #[arg(long)]
    pub force: bool,
}

/// Mở bảng số liệu trên trình duyệt. · Serves the dashboard for a browser.
///
/// Ví dụ · Example: haidang-visits serve --lake kho --places dia-diem
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Serve {
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub place: Place,
    /// Chỉ máy này mở được, trừ khi chọn địa chỉ khác và có tài khoản · this machine only, unless told otherwise, with accounts
    #[arg(long, default_value = "127.0.0.1:8080", value_parser = values::address)]
    pub address: std::net::SocketAddr,
    /// Tệp tài khoản (haidang-visits users) · the file of accounts
    #[arg(long, value_name = "FILE")]
    pub users: Option<PathBuf>,
    /// Tên miền của bảng số liệu · a name the dashboard is called by
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Có máy chủ HTTPS đứng trước · a proxy in front speaks HTTPS
    #[arg(long)]
    pub https: bool,
    /// Địa chỉ máy chủ đứng trước ấy · that proxy's address
    #[arg(long, value_name = "IP")]
    pub proxy: Option<std::net::IpAddr>,
    /// Tệp thể thức của cơ quan · the letterhead of the issuing body
    #[arg(long, value_name = "FILE")]
    pub letter: Option<PathBuf>,
}

/// Tài khoản xem bảng số liệu. · Accounts for the dashboard.
///
/// Ví dụ · Example: haidang-visits users add tai-khoan.csv so-gd-48 --role province --unit 48 --places dia-diem
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Users {
    #[command(subcommand)]
    pub verb: UsersVerb,
}

#[cfg(feature = "department")]
#[derive(Debug, Subcommand)]
pub enum UsersVerb {
    /// Thêm; hỏi mật khẩu. · Adds one; asks for the passphrase.
    Add {
        /// Tệp tài khoản, lập mới nếu chưa có; như của serve --users · the file of accounts, made when missing; as serve --users takes it
        file: PathBuf,
        /// Tên đăng nhập: chữ thường không dấu, số, gạch nối · the name to sign in with: a-z, 0-9, inner hyphens
        name: String,
        /// Xem được: mọi nơi, một tỉnh, một trường · sees: everything, one province, one school
        #[arg(long, value_parser = ["ministry", "province", "school"])]
        role: String,
        /// Mã của tỉnh hoặc trường trong danh mục địa điểm; ministry không cần · the province's or school's code in the gazetteer; none for ministry
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
        /// Thư mục danh mục địa điểm, để kiểm tra mã đơn vị · the folder of the gazetteer, to check the unit's code
        #[arg(long, value_name = "DIR")]
        places: Option<PathBuf>,
        /// Dòng đầu của tệp là mật khẩu · the file's first line is the passphrase
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Xóa. · Removes one.
    Remove {
        /// Tệp tài khoản · the file of accounts
        file: PathBuf,
        /// Tên đăng nhập · the name to sign in with
        name: String,
    },
    /// Liệt kê. · Lists them.
    List {
        /// Tệp tài khoản · the file of accounts
        file: PathBuf,
    },
}

/// Tạo nhật ký mô phỏng để thử. · Makes simulated journals, to try things on.
///
/// Ví dụ · Example: haidang-visits simulate --kiosks 20 --days 60 --out mo-phong
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Simulate {
    #[arg(long)]
    pub kiosks: usize,
    #[arg(long)]
    pub days: u32,
    /// Thư mục mới · a new folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Ngày đầu · the first day
    #[arg(long, default_value = "2026-01-05", value_parser = values::day)]
    pub from: jiff::civil::Date,
    /// Danh sách tư liệu (item,title_vi,title_en) · the items
    #[arg(long, value_name = "FILE")]
    pub items: Option<PathBuf>,
}

/// Nhật ký thành phát biểu xAPI. · Journals as xAPI statements.
#[cfg(feature = "department")]
#[derive(Debug, Parser)]
#[command(name = "haidang-visits export --xapi", version)]
pub struct ExportXapi {
    #[command(flatten)]
    pub xapi: super::xapi::XapiArgs,
}

#[cfg(feature = "department")]
impl ExportXapi {
    /// What is left to read of a command line that begins with `export` and holds `--xapi`.
    pub fn of_line(line: &[std::ffi::OsString]) -> Option<Vec<std::ffi::OsString>> {
        let is_meant = line.get(1).is_some_and(|word| word == "export") && line.iter().any(|word| word == "--xapi");
        is_meant.then(|| line.iter().skip(1).filter(|word| *word != "--xapi").cloned().collect())
    }
}

/// In số liệu dạng JSON. · Prints figures as JSON.
///
/// Ví dụ · Example: haidang-visits figures --lake kho --places dia-diem --unit province:48 --period 2026-H1
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Figures {
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub question: Question,
    /// Đếm lại từ bản ghi gốc bằng cách khác · count once more from the records, another way
    #[arg(long)]
    pub check: bool,
}

/// Cho biết số liệu lấy từ nhật ký nào. · Tells which journals figures came from.
///
/// Ví dụ · Example: haidang-visits explain --lake kho --places dia-diem --unit province:48 --period 2026-H1 items/ban-do-1838/openings
///
/// Ô: tên ghi trong báo cáo, hoặc trang tính và ô của XLSX · CELL: the name that the report tells, or sheet and cell of the XLSX: "Tư liệu!C7"
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// Ô cần giải thích; bỏ trống: mọi nhật ký · the cell to explain; without it, all journals
    #[arg(value_name = "CELL")]
    pub cell: Option<String>,
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub question: Question,
}

/// Lập bảng tổng hợp theo ngày, hoặc kiểm tra chúng. · Makes the daily roll-ups, or checks them.
///
/// Ví dụ · Example: haidang-visits rollup --lake kho --check
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Rollup {
    /// Thư mục kho dữ liệu, hoặc s3://… · the lake's folder, or s3://…
    #[arg(long)]
    pub lake: String,
    /// Lập lại từ bản ghi gốc và so từng tệp · make them again from the records and compare every file
    #[arg(long)]
    pub check: bool,
}

/// Danh mục địa điểm. · The gazetteer.
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Places {
    #[command(subcommand)]
    pub verb: PlacesVerb,
}

#[cfg(feature = "department")]
#[derive(Debug, Subcommand)]
pub enum PlacesVerb {
    Check(CheckPlaces),
}

/// Tìm chỗ không khớp trong danh mục, và giữa danh mục với kho dữ liệu. · Finds what does not match.
///
/// Ví dụ · Example: haidang-visits places check dia-diem --lake kho
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct CheckPlaces {
    /// Thư mục danh mục địa điểm · the folder of the gazetteer
    pub folder: PathBuf,
    /// Thư mục kho dữ liệu, hoặc s3://… · the lake's folder, or s3://…
    #[arg(long)]
    pub lake: Option<String>,
}

/// Đo các truy vấn. · Measures the queries.
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Ask {
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub question: Question,
    /// Số lần đo, sau một lần làm nóng · rounds after the one that warms up
    #[arg(long, default_value_t = 5)]
    pub rounds: u32,
    #[arg(long, default_value_t = 2)]
    pub threads: usize,
    /// Thư mục để ghi bảng địa điểm của từng truy vấn · where to write each query's table of kiosks
    #[arg(long)]
    pub folder: PathBuf,
}
