//! The scheduler: takes questions, cuts them into tasks, and hands these to the executors that ask for work.
//!
//! Ballista can do again what a lost executor had done. It is not let: with version 55 rows then counted twice now and
//! then, and nothing told. Here a question that an executor worked on when it was lost fails, and is asked again.

use super::{Address, ClusterError};
use crate::department::cluster::stores::Stores;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::serde::protobuf::job_status::Status;
use ballista_core::utils::{default_config_producer, default_session_builder, get_time_before};
use ballista_scheduler::cluster::{BallistaCluster, ClusterState};
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use ballista_scheduler::scheduler_server::SchedulerServer;
use datafusion::common::DataFusionError;
use datafusion::execution::SessionState;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::SessionConfig;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How often it looks for executors that have gone silent.
const LOOK: Duration = Duration::from_secs(1);
/// Ballista itself never gives one up, for then it would do its work again.
const NEVER_SECONDS: u64 = 365 * 86_400;

type Server = SchedulerServer<LogicalPlanNode, PhysicalPlanNode>;

pub struct Scheduler {
    /// Port 0: any that is free.
    pub bind: SocketAddr,
    /// An executor silent for so long is given up, with the questions it worked on.
    pub lost_after_seconds: u64,
}

impl Scheduler {
    /// Runs until the process ends; `listening` is told the address.
    pub async fn run(&self, listening: impl FnOnce(&Address)) -> Result<(), ClusterError> {
        let failed = |error: &dyn std::fmt::Display| ClusterError::Start(format!("{}: {error}", self.bind));
        let listener = TcpListener::bind(self.bind).await.map_err(|error| failed(&error))?;
        let bound = listener.local_addr().map_err(|error| failed(&error))?;
        let config = SchedulerConfig {
            bind_host: bound.ip().to_string(),
            bind_port: bound.port(),
            // Executors come for work, so that only their one port for data need be open.
            scheduling_policy: TaskSchedulingPolicy::PullStaged,
            executor_timeout_seconds: NEVER_SECONDS,
            no_executors_grace_period_seconds: NEVER_SECONDS,
            task_max_failures: 0,
            stage_max_failures: 0,
            ..SchedulerConfig::default()
        };
        let name = config.scheduler_id.clone();
        let cluster = BallistaCluster::new_memory(name, Arc::new(session), Arc::new(default_config_producer));
        let executors = cluster.cluster_state();
        let scheduler = create_scheduler(cluster, Arc::new(config)).await.map_err(|error| failed(&error))?;
        let host = if bound.is_ipv6() { format!("[{}]", bound.ip()) } else { bound.ip().to_string() };
        listening(&Address { host, port: bound.port() });
        tokio::select! {
            ended = start_grpc_service_with_listener(listener, scheduler.clone()) => ended.map_err(|error| failed(&error)),
            () = self.watch(&*executors, &scheduler) => Ok(()),
        }
    }

    /// Gives up executors that have gone silent.
    async fn watch(&self, executors: &dyn ClusterState, scheduler: &Server) {
        let mut tick = tokio::time::interval(LOOK);
        loop {
            tick.tick().await;
            let limit = get_time_before(self.lost_after_seconds);
            for (executor, heard) in executors.executor_heartbeats() {
                if heard.timestamp > limit {
                    continue;
                }
                fail_questions(scheduler, heard.timestamp).await;
                // One that comes back begins anew; where it cannot be forgotten, it is looked at again.
                let _ = executors.remove_executor(&executor).await;
            }
        }
    }
}

/// Fails what had begun when an executor was last heard of: it may have worked on it.
async fn fail_questions(scheduler: &Server, heard_seconds: u64) {
    for (job, known) in scheduler.state.task_manager.get_running_job_cache().iter() {
        let began_later = match &known.status {
            Some(Status::Running(running)) => running.started_at / 1_000 > heard_seconds,
            _ => false,
        };
        if !began_later {
            // It fails only when the scheduler is ending.
            let _ = scheduler.cancel_job(job.clone()).await;
        }
    }
}

/// Ballista's own, with the lake's stores.
fn session(config: SessionConfig) -> Result<SessionState, DataFusionError> {
    let state = default_session_builder(config)?;
    let id = state.session_id().to_owned();
    let runtime = RuntimeEnvBuilder::new().with_object_store_registry(Arc::new(Stores::default())).build_arc()?;
    Ok(SessionStateBuilder::new_from_existing(state).with_session_id(id).with_runtime_env(runtime).build())
}
