//! This program as the client of a cluster.

use super::{Address, ClusterError};
use crate::base::ids::random_token;
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::BALLISTA_CLIENT_IO_RETRY_WAIT_TIME_MS;
use datafusion::arrow::array::RecordBatch;
use datafusion::common::DataFusionError;
use datafusion::dataframe::DataFrame;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::time::Duration;
use tokio::time::timeout;

const RETRY_MILLIS: usize = 200;

/// A cluster that answered.
#[derive(Clone, Debug)]
pub struct Cluster {
    address: Address,
    /// For one query.
    patience: Duration,
    /// Under which the cluster knows this program.
    session: String,
}

impl Cluster {
    pub async fn connect(address: &str, patience: Duration) -> Result<Self, ClusterError> {
        let address = Address::parse(address)?;
        address.reach().await?;
        Ok(Self { address, patience, session: random_token() })
    }

    /// A context whose queries run on the cluster, in so many parts (Ballista's own number unless told).
    pub async fn context(&self, name: &str, parts: Option<usize>) -> Result<SessionContext, ClusterError> {
        // Planned whole before it starts: with Ballista's adaptive planner a question whose executor was gone went on
        // for minutes.
        let mut config =
            SessionConfig::new_with_ballista().with_ballista_job_name(name).with_ballista_adaptive_query_planner(false);
        // Ballista's three seconds before each new try, for each part, are minutes when an executor is gone.
        config = config.set_usize(BALLISTA_CLIENT_IO_RETRY_WAIT_TIME_MS, RETRY_MILLIS);
        if let Some(parts) = parts {
            config = config.with_target_partitions(parts);
        }
        let state = SessionStateBuilder::new()
            .with_default_features()
            .with_config(config)
            .with_session_id(self.session.clone())
            .build();
        Ok(SessionContext::remote_with_state(&self.address.to_string(), state).await?)
    }

    pub async fn collect(&self, question: DataFrame) -> Result<Vec<RecordBatch>, ClusterError> {
        match timeout(self.patience, question.collect()).await {
            Ok(Ok(batches)) => Ok(batches),
            Ok(Err(error)) => Err(self.judge(error).await),
            Err(_) => Err(ClusterError::TooSlow(self.patience.as_secs())),
        }
    }

    /// Why a query failed: whoever is gone altogether says nothing more.
    async fn judge(&self, error: DataFusionError) -> ClusterError {
        match self.address.reach().await {
            Ok(()) => ClusterError::of(error),
            Err(gone) => gone,
        }
    }
}
