//! The department's questions on several machines, with Apache Ballista: one scheduler, executors that register with it,
//! and this program as the client. docs/cluster.md tells how an office starts them.

pub mod address;
pub mod client;
pub mod executor;
pub mod failure;
pub mod scheduler;
mod stores;

pub use address::Address;
pub use client::Cluster;
pub use failure::ClusterError;

use std::time::Duration;

/// How long a machine may take to answer at all.
const REACH: Duration = Duration::from_secs(5);
/// Where a scheduler listens unless told otherwise.
pub const SCHEDULER_PORT: u16 = 50050;
