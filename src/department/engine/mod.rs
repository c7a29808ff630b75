//! Questions to the lake: SQL from `queries/` over its tables, run by DataFusion in this process or, the same text, on
//! a cluster (`remote`); nothing here is put into it but the days, as parameters.

pub mod answers;
pub mod atoms;
pub mod before;
pub mod counts;
pub mod exact;
pub mod explain;
pub mod publish;
mod recent;
pub mod recount;
#[cfg(feature = "cluster")]
mod remote;
mod stock;
pub mod told;
pub mod undated;
mod unplaced;

use super::atlas::Atlas;
use super::lake::sessions::FIRST_LANGUAGE;
use super::lake::tables::{Columns, Rows, Table};
use super::lake::units::Snapshot;
use super::lake::{Lake, LakeError};
use atoms::Atom;
use datafusion::arrow::array::RecordBatch;
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::datasource::MemTable;
use datafusion::datasource::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use told::Domain;

/// Every question that is asked, by its name and text.
pub const QUERIES: [(&str, &str); 9] = [
    ("bands", include_str!("../queries/bands.sql")),
    ("days", include_str!("../queries/days.sql")),
    ("dwell", include_str!("../queries/dwell.sql")),
    ("hours", include_str!("../queries/hours.sql")),
    ("items", include_str!("../queries/items.sql")),
    ("languages", include_str!("../queries/languages.sql")),
    ("lengths", include_str!("../queries/lengths.sql")),
    ("paths", include_str!("../queries/paths.sql")),
    ("sequences", include_str!("../queries/sequences.sql")),
];

/// Those whose answers do not tell one segment of the calendar from the next.
const OF_STAYS: [&str; 3] = ["dwell", "lengths", "sequences"];

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Lake(#[from] LakeError),
    #[error("truy vấn không chạy được · the query failed: {0}")]
    Query(#[from] DataFusionError),
    #[error("{0}: không có truy vấn này · there is no such query")]
    NoQuery(String),
    #[cfg(feature = "cluster")]
    #[error(transparent)]
    Cluster(#[from] super::cluster::ClusterError),
}

/// The tables of a lake at one moment, ready to be asked.
pub struct Engine {
    runtime: Arc<RuntimeEnv>,
    tables: Vec<(&'static str, Arc<dyn TableProvider>)>,
    /// As many as there are cores, unless told.
    threads: Option<usize>,
    /// None: in this process.
    #[cfg(feature = "cluster")]
    remote: Option<remote::Remote>,
}

impl Engine {
    pub fn open(lake: &Lake, snapshot: &Snapshot) -> Result<Self, EngineError> {
        let runtime = Arc::new(RuntimeEnv::default());
        if let Some((url, store)) = lake.remote_store() {
            runtime.register_object_store(&url, store);
        }
        let mut tables = Vec::new();
        for table in Table::DERIVED {
            tables.push((table.name(), provider(lake, table, &snapshot.files(table))?));
        }
        Ok(Self {
            runtime,
            tables,
            threads: None,
            #[cfg(feature = "cluster")]
            remote: None,
        })
    }

    /// The same, asked on a cluster whose machines all read the lake by the same address.
    #[cfg(feature = "cluster")]
    pub async fn open_on(
        lake: &Lake,
        snapshot: &Snapshot,
        cluster: super::cluster::Cluster,
    ) -> Result<Self, EngineError> {
        let remote = remote::Remote::open(lake, snapshot, cluster).await?;
        Ok(Self { remote: Some(remote), ..Self::open(lake, snapshot)? })
    }

    pub fn with_threads(self, threads: usize) -> Self {
        Self { threads: Some(threads.max(1)), ..self }
    }

    /// Asks one of the [`QUERIES`] about the days from the first to the last, of the kiosks in `atoms`.
    pub async fn ask(&self, query: &str, atoms: &[Atom]) -> Result<Vec<RecordBatch>, EngineError> {
        let (_, text) =
            QUERIES.iter().find(|(name, _)| *name == query).ok_or_else(|| EngineError::NoQuery(query.to_owned()))?;
        let atoms = asked_of(query, atoms);
        #[cfg(feature = "cluster")]
        if let Some(remote) = &self.remote {
            return remote.ask(query, text, &atoms, days_of(&atoms), self.threads).await;
        }
        self.ask_here(text, &atoms).await
    }

    /// Asks a question of the same form, always in this process.
    async fn ask_here(&self, text: &str, atoms: &[Atom]) -> Result<Vec<RecordBatch>, EngineError> {
        let context = self.context()?;
        context.register_table("placement", placement(atoms)?)?;
        Ok(context.sql(text).await?.with_param_values(days_of(atoms))?.collect().await?)
    }

    /// The items and languages that are told of: of the lake, of the gazetteer, and the two that kiosks speak. The first
    /// language is the one that they begin in.
    pub async fn domain(&self, atlas: &dyn Atlas) -> Result<Domain, EngineError> {
        let mut items: BTreeSet<String> = atlas.items().into_iter().collect();
        let mut languages: BTreeSet<String> = ["en".to_owned()].into();
        for batch in self.sql("SELECT DISTINCT item FROM day_item").await? {
            items.extend(Rows(&batch).text("item")?.iter().flatten().map(str::to_owned));
        }
        for batch in self.sql("SELECT DISTINCT language FROM day_visit").await? {
            languages.extend(Rows(&batch).text("language")?.iter().flatten().map(str::to_owned));
        }
        languages.remove(FIRST_LANGUAGE);
        let languages = std::iter::once(FIRST_LANGUAGE.to_owned()).chain(languages).collect();
        Ok(Domain { items: items.into_iter().collect(), languages })
    }

    /// Any SQL over the lake's tables, always in this process.
    pub async fn sql(&self, text: &str) -> Result<Vec<RecordBatch>, EngineError> {
        Ok(self.context()?.sql(text).await?.collect().await?)
    }

    fn context(&self) -> Result<SessionContext, EngineError> {
        let mut config = SessionConfig::new();
        if let Some(threads) = self.threads {
            config = config.with_target_partitions(threads);
        }
        let context = SessionContext::new_with_config_rt(config, Arc::clone(&self.runtime));
        for (name, table) in &self.tables {
            context.register_table(*name, Arc::clone(table))?;
        }
        Ok(context)
    }
}

/// The first and the last day that atoms reach over, as questions have them.
fn days_of(atoms: &[Atom]) -> Vec<ScalarValue> {
    let first = atoms.iter().map(|atom| atom.first).min().unwrap_or(0);
    let last = atoms.iter().map(|atom| atom.last).max().unwrap_or(-1);
    vec![ScalarValue::Date32(Some(first)), ScalarValue::Date32(Some(last))]
}

fn provider(lake: &Lake, table: Table, files: &[String]) -> Result<Arc<dyn TableProvider>, EngineError> {
    if files.is_empty() {
        return Ok(Arc::new(MemTable::try_new(table.schema(), vec![Vec::new()])?));
    }
    let mut urls = Vec::with_capacity(files.len());
    for file in files {
        urls.push(ListingTableUrl::try_new(lake.url_of(file)?, None)?);
    }
    let format = ParquetFormat::default().with_force_view_types(true);
    let options = ListingOptions::new(Arc::new(format)).with_file_extension(".parquet");
    let config =
        ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(table.schema());
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// The kiosks asked about as a table.
fn placement(atoms: &[Atom]) -> Result<Arc<dyn TableProvider>, EngineError> {
    let batch = placement_columns(atoms).batch()?;
    Ok(Arc::new(MemTable::try_new(batch.schema(), vec![vec![batch]])?))
}

/// The same as Parquet, as a query has it, for engines outside this process.
pub fn placement_parquet(query: &str, atoms: &[Atom]) -> Result<Vec<u8>, LakeError> {
    placement_columns(&asked_of(query, atoms)).parquet()
}

/// What a query joins with: every row of `placement` that a kiosk has costs its records one comparison each.
fn asked_of<'a>(query: &str, atoms: &'a [Atom]) -> Cow<'a, [Atom]> {
    if OF_STAYS.contains(&query) { Cow::Owned(atoms::stays(atoms)) } else { Cow::Borrowed(atoms) }
}

fn placement_columns(atoms: &[Atom]) -> Columns {
    let number = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
    Columns::of(Table::Placement)
        .text(atoms.iter().map(|atom| atom.kiosk.as_str()))
        .day(atoms.iter().map(|atom| Some(atom.first)))
        .day(atoms.iter().map(|atom| Some(atom.last)))
        .int((0..atoms.len()).map(number))
        .int(atoms.iter().map(|atom| number(atom.below)))
}
