//! The scheduler: takes questions, cuts them into tasks, and hands these to the executors that ask for work.

use super::{Address, ClusterError};
use crate::department::cluster::stores::Stores;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::utils::{default_config_producer, default_session_builder};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use datafusion::common::DataFusionError;
use datafusion::execution::SessionState;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::SessionConfig;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// How often it looks for executors that have gone silent.
const LOOK_SECONDS: u64 = 1;

pub struct Scheduler {
    /// Port 0: any that is free.
    pub bind: SocketAddr,
    /// An executor silent for so long is given up, and its work done again by others.
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
            executor_timeout_seconds: self.lost_after_seconds,
            expire_dead_executor_interval_seconds: LOOK_SECONDS,
            no_executors_grace_period_seconds: self.lost_after_seconds,
            ..SchedulerConfig::default()
        };
        let name = config.scheduler_id.clone();
        let cluster = BallistaCluster::new_memory(name, Arc::new(session), Arc::new(default_config_producer));
        let scheduler = create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config));
        let scheduler = scheduler.await.map_err(|error| failed(&error))?;
        let host = if bound.is_ipv6() { format!("[{}]", bound.ip()) } else { bound.ip().to_string() };
        listening(&Address { host, port: bound.port() });
        start_grpc_service_with_listener(listener, scheduler).await.map_err(|error| failed(&error))
    }
}

/// Ballista's own, with the lake's stores.
fn session(config: SessionConfig) -> Result<SessionState, DataFusionError> {
    let state = default_session_builder(config)?;
    let id = state.session_id().to_owned();
    let runtime = RuntimeEnvBuilder::new().with_object_store_registry(Arc::new(Stores::default())).build_arc()?;
    Ok(SessionStateBuilder::new_from_existing(state).with_session_id(id).with_runtime_env(runtime).build())
}
