//! An executor: asks a scheduler for tasks, runs them, and keeps what comes of them until it is fetched.

use super::{Address, ClusterError};
use crate::base::ids::random_token;
use crate::department::cluster::stores::Stores;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_executor::health::ExecutorHealth;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long a scheduler that starts later is waited for.
const WAIT_SECONDS: u16 = 30;
/// What is left of queries that nobody fetched is swept so often, when so old.
const SWEEP_SECONDS: u64 = 600;
const KEEP_SECONDS: u64 = 3_600;
const JOINED_CHECK: Duration = Duration::from_millis(100);

pub struct Executor {
    pub scheduler: Address,
    /// Where others fetch results; port 0: any that is free.
    pub bind: SocketAddr,
    /// Name or address that others know this machine by; none: as the scheduler sees it.
    pub host: Option<String>,
    /// Under which a folder is made for what is being worked on.
    pub work: PathBuf,
    pub tasks: usize,
}

impl Executor {
    /// Runs until the process is told to end; `joined` is told once, when the scheduler has answered.
    pub async fn run(&self, joined: impl FnOnce(SocketAddr)) -> Result<(), ClusterError> {
        let bind = free(self.bind).map_err(|error| ClusterError::Start(format!("{}: {error}", self.bind)))?;
        let folder = self.work.join(format!("haidang-executor-{}", &random_token()[..12]));
        std::fs::create_dir_all(&folder)
            .map_err(|error| ClusterError::Start(format!("{}: {error}", folder.display())))?;
        let health = ExecutorHealth::new();
        let process = start_executor_process(Arc::new(self.config(bind, &folder, health.clone())));
        tokio::pin!(process);
        let ended = tokio::select! {
            biased;
            () = told_to_end() => Ok(()),
            ended = async {
                tokio::select! {
                    ended = &mut process => return ended,
                    () = first_answer(&health) => joined(bind),
                }
                process.await
            } => ended,
        };
        // What it worked on is of no use to anybody now; where it cannot be removed, nothing is lost but space.
        let _ = std::fs::remove_dir_all(&folder);
        let gone = |error: &dyn std::fmt::Display| ClusterError::Unreachable {
            place: self.scheduler.to_string(),
            why: error.to_string(),
        };
        ended.map_err(|error| gone(&error))
    }

    fn config(&self, bind: SocketAddr, folder: &std::path::Path, health: ExecutorHealth) -> ExecutorProcessConfig {
        let folder = folder.display().to_string();
        let temporary = folder.clone();
        ExecutorProcessConfig {
            bind_host: bind.ip().to_string(),
            port: bind.port(),
            external_host: self.host.clone(),
            scheduler_host: self.scheduler.host.clone(),
            scheduler_port: self.scheduler.port,
            scheduler_connect_timeout_seconds: WAIT_SECONDS,
            vcores: self.tasks,
            task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
            work_dir: Some(folder),
            job_data_ttl_seconds: KEEP_SECONDS,
            job_data_clean_up_interval_seconds: SWEEP_SECONDS,
            override_runtime_producer: Some(Arc::new(move |_| {
                let runtime = RuntimeEnvBuilder::new().with_temp_file_path(temporary.clone());
                runtime.with_object_store_registry(Arc::new(Stores::default())).build_arc()
            })),
            health,
            ..ExecutorProcessConfig::default()
        }
    }
}

/// Ballista tells others the port it was given, so a free one is found before.
fn free(bind: SocketAddr) -> std::io::Result<SocketAddr> {
    TcpListener::bind(bind)?.local_addr()
}

/// Ballista's own way to end would have others do this executor's work again (see the scheduler).
async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = ended.recv() => return,
            Ok(()) = interrupted => return,
        }
    }
    #[cfg(not(unix))]
    if interrupted.await.is_ok() {
        return;
    }
    std::future::pending::<()>().await;
}

async fn first_answer(health: &ExecutorHealth) {
    let mut tick = tokio::time::interval(JOINED_CHECK);
    while !health.is_ready() {
        tick.tick().await;
    }
}
