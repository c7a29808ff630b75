//! `haidang-visits cluster`: the machines that queries run on.

use super::super::args::{self, ClusterVerb};
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::cluster::executor::Executor;
use crate::department::cluster::scheduler::Scheduler;
use crate::department::cluster::{Address, ClusterError};

pub fn run(args: &args::Cluster) -> Done {
    match &args.verb {
        ClusterVerb::Scheduler(args) => scheduler(args),
        ClusterVerb::Executor(args) => executor(args),
    }
}

fn scheduler(args: &args::Scheduler) -> Done {
    let scheduler = Scheduler { bind: args.bind, lost_after_seconds: args.lost_after };
    office::block_on(async {
        let listening = |address: &Address| {
            screen::tell(&format!("{address}\n"));
            screen::note("Máy điều phối đã sẵn sàng, dừng bằng Ctrl+C", "the scheduler is ready, end with Ctrl+C");
            if !args.bind.ip().is_loopback() {
                note_open(args.bind);
            }
        };
        Ok(scheduler.run(listening).await?)
    })?;
    Ok(Outcome::Good)
}

fn executor(args: &args::Executor) -> Done {
    let executor = Executor {
        scheduler: Address::parse(&args.scheduler)?,
        bind: args.bind,
        host: args.host.clone(),
        work: args.work.clone().unwrap_or_else(std::env::temp_dir),
        tasks: args.tasks.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
    };
    office::block_on(async {
        let joined = |bind| {
            screen::tell(&format!("{bind}\n"));
            screen::note(
                "Máy tính toán đã vào cụm, dừng bằng Ctrl+C",
                "the executor has joined the cluster, end with Ctrl+C",
            );
        };
        if !args.bind.ip().is_loopback() {
            note_open(args.bind);
        }
        Ok(executor.run(joined).await?)
    })?;
    Ok(Outcome::Good)
}

/// Whoever reaches the address can have queries run and read every file that this program can.
fn note_open(bind: std::net::SocketAddr) {
    screen::note(
        &format!("{bind}: không có mật khẩu và không mã hóa; chỉ mở cho các máy của cụm"),
        &format!("{bind}: no password and no encryption; open it to the cluster's machines only"),
    );
}

impl From<ClusterError> for Failure {
    fn from(error: ClusterError) -> Self {
        let outcome = if matches!(error, ClusterError::Address(_)) { Outcome::WrongUsage } else { Outcome::CannotRead };
        Self { outcome, ..Self::of(&error) }.with_hint(error.hint())
    }
}
