//! The words of the command line that are about clusters.

#[cfg(feature = "cluster")]
use clap::Subcommand;
#[cfg(feature = "cluster")]
use std::net::SocketAddr;
#[cfg(feature = "cluster")]
use std::path::PathBuf;

/// Nơi chạy các truy vấn. · Where the queries run.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// Chạy truy vấn trên cụm máy, thay vì trên máy này · run the queries on a cluster instead of this machine
    #[arg(long, value_name = "URL")]
    pub cluster: Option<String>,
    /// Số giây chờ một truy vấn trên cụm máy · seconds to wait for a query on a cluster
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub cluster_timeout: u64,
}

/// Cụm máy chạy các truy vấn. · A cluster that runs the queries.
#[cfg(feature = "cluster")]
#[derive(Debug, clap::Args)]
pub struct Cluster {
    #[command(subcommand)]
    pub verb: ClusterVerb,
}

#[cfg(feature = "cluster")]
#[derive(Debug, Subcommand)]
pub enum ClusterVerb {
    Scheduler(Scheduler),
    Executor(Executor),
}

/// Máy điều phối: nhận truy vấn và chia việc. · The scheduler: takes queries and shares out the work.
///
/// Không có mật khẩu, không mã hóa: chỉ dùng trong mạng riêng. · No password, no encryption: in a private network only.
///
/// Ví dụ · Example: haidang-visits cluster scheduler --bind 10.0.0.5:50050
#[cfg(feature = "cluster")]
#[derive(Debug, clap::Args)]
pub struct Scheduler {
    /// Chỉ máy này dùng được, trừ khi chọn địa chỉ khác; cổng 0: cổng bất kỳ · this machine only, unless told otherwise; port 0: any
    #[arg(long, default_value = "127.0.0.1:50050")]
    pub bind: SocketAddr,
    /// Máy tính toán im lặng quá số giây này thì việc của nó giao cho máy khác · an executor silent for so long is given up
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(8..=3_600))]
    pub lost_after: u64,
}

/// Máy tính toán: nhận việc từ máy điều phối. · An executor: takes work from the scheduler.
///
/// Ví dụ · Example: haidang-visits cluster executor --scheduler df://10.0.0.5:50050 --bind 10.0.0.6:50051
#[cfg(feature = "cluster")]
#[derive(Debug, clap::Args)]
pub struct Executor {
    /// Địa chỉ máy điều phối · the scheduler's address
    #[arg(long, value_name = "URL")]
    pub scheduler: String,
    /// Nơi các máy khác lấy kết quả; cổng 0: cổng bất kỳ · where others fetch results; port 0: any
    #[arg(long, default_value = "127.0.0.1:50051")]
    pub bind: SocketAddr,
    /// Tên hoặc địa chỉ mà các máy khác gọi máy này · the name or address that others know this machine by
    #[arg(long, value_name = "NAME")]
    pub host: Option<String>,
    /// Nơi đặt thư mục tạm · where its temporary folder lies
    #[arg(long, value_name = "DIR")]
    pub work: Option<PathBuf>,
    /// Số việc làm cùng lúc; mặc định theo số lõi · tasks at once; as many as there are cores
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub tasks: Option<u16>,
}
