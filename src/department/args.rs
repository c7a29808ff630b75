//! The command line of `haidang-visits`.

use clap::{Parser, Subcommand};
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
    Explain(Explain),
    #[cfg(feature = "department")]
    Rollup(Rollup),
    #[cfg(feature = "department")]
    Places(Places),
    #[cfg(feature = "department")]
    #[command(hide = true)]
    Ask(Ask),
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
#[derive(Debug, clap::Args)]
pub struct Export {
    /// CSV, UTF-8 có BOM · CSV, UTF-8 with BOM
    #[arg(long, required = true)]
    pub csv: bool,
    pub journal: PathBuf,
}

/// Kho dữ liệu và các thiết lập của cơ quan. · The lake, and an office's settings.
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
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
/// Cắm lại cùng một USB, hay nhiều máy cùng nhận, số liệu vẫn như nhau.
/// The same stick twice, or many machines at once, give the same figures.
///
/// Ví dụ · Example: haidang-visits ingest /media/usb --lake kho
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Ingest {
    /// Nhật ký hoặc thư mục chứa nhật ký · journals, or folders of them
    #[arg(required = true)]
    pub journals: Vec<PathBuf>,
    #[command(flatten)]
    pub office: Office,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Đơn vị và kỳ. · A unit and a period.
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Question {
    /// nation, province:MÃ, commune:MÃ, school:MÃ, kiosk:MÃ · nation, province:CODE and so on
    #[arg(long, default_value = "nation")]
    pub unit: String,
    /// 2026, 2026-H1, 2025-2026 (năm học · school year), S2026-H1, 2026-03-01..2026-03-14
    #[arg(long)]
    pub period: String,
}

/// In số liệu dạng JSON. · Prints figures as JSON.
///
/// Ví dụ · Example: haidang-visits figures --lake kho --period 2026-H1
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Figures {
    #[command(flatten)]
    pub office: Office,
    #[command(flatten)]
    pub question: Question,
    /// Đếm lại từ bản ghi gốc bằng cách khác · count once more from the records, another way
    #[arg(long)]
    pub check: bool,
}

/// Cho biết số liệu lấy từ nhật ký nào. · Tells which journals figures came from.
///
/// Ví dụ · Example: haidang-visits explain --lake kho --unit province:48 --period 2026-H1
#[cfg(feature = "department")]
#[derive(Debug, clap::Args)]
pub struct Explain {
    #[command(flatten)]
    pub office: Office,
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
    pub question: Question,
    /// Số lần đo, sau một lần làm nóng · rounds after the one that warms up
    #[arg(long, default_value_t = 5)]
    pub rounds: u32,
    #[arg(long, default_value_t = 2)]
    pub threads: usize,
    /// Ghi bảng địa điểm ra đây · where to write the table of kiosks
    #[arg(long)]
    pub placement: PathBuf,
}
