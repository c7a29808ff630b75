//! Questions to the lake: SQL from `queries/` over its tables, run by DataFusion in this process or, the same text, on
//! a cluster (`remote`); nothing here is put into it but the days, as parameters.

pub mod answers;
pub mod atoms;
pub mod before;
pub mod counts;
pub mod exact;
pub mod explain;
mod fold_runs;
mod place_join;
pub mod publish;
mod recent;
pub mod recount;
#[cfg(feature = "cluster")]
mod remote;
mod spans;
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
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
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
        // `placement` is in memory already, whatever its size; `PlaceJoin` takes it whole.
        config.options_mut().optimizer.hash_join_single_partition_threshold = usize::MAX;
        config.options_mut().optimizer.hash_join_single_partition_threshold_rows = usize::MAX;
        let state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(Arc::clone(&self.runtime))
            .with_default_features()
            .with_physical_optimizer_rules(rules())
            .build();
        let context = SessionContext::new_with_state(state);
        for (name, table) in &self.tables {
            context.register_table(*name, Arc::clone(table))?;
        }
        Ok(context)
    }
}

/// DataFusion's own rules, and ours before filters are pushed down for the last time: files are skipped by kiosk.
fn rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    let mut rules = PhysicalOptimizer::new().rules;
    let at = rules.iter().position(|rule| rule.name() == "FilterPushdown(Post)").unwrap_or(rules.len());
    rules.splice(at..at, [Arc::new(place_join::PlaceJoin) as _, Arc::new(fold_runs::FoldRuns) as _]);
    rules
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

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::util::pretty::pretty_format_batches;
    use datafusion::physical_plan::displayable;

    const KIOSKS: [&str; 3] = ["kiosk-01", "kiosk-02", "kiosk-03"];

    fn atom(kiosk: &str, first: i32, last: i32, below: usize) -> Atom {
        Atom { kiosk: kiosk.to_owned(), first, last, below }
    }

    /// Rows of every kiosk but of values by turns, on days 1 to 40.
    fn table(table: Table) -> Arc<dyn TableProvider> {
        let rows = 0..1_200_u32;
        let (kiosk, day) = (|at: u32| KIOSKS[(at / 400) as usize], |at: u32| Some((at % 40 + 1).cast_signed()));
        let number = |times: u32| rows.clone().map(move |at| i64::from(at * times % 7));
        let text = |every: u32| rows.clone().map(move |at| ["a", "b"][(at / every % 2) as usize]);
        let columns = Columns::of(table).text(rows.clone().map(kiosk)).day(rows.clone().map(day));
        let columns = match table {
            Table::DayVisit => columns
                .int(rows.clone().map(|at| (at % 24).cast_signed()))
                .text(text(30))
                .long(number(1))
                .long(number(2))
                .long(number(3))
                .long(number(4)),
            Table::DayLength | Table::DaySequence => columns.long(number(1)).long(number(2)),
            Table::DayItem => {
                columns.text(text(40)).long(number(1)).long(number(2)).long(number(3)).long(number(4)).long(number(5))
            }
            Table::DayDwell => columns.text(text(80)).text(text(40)).long(number(1)).long(number(2)),
            _ => columns.text(text(80)).text(text(40)).long(number(1)),
        };
        let batch = columns.batch().unwrap();
        let halves = vec![vec![batch.slice(0, 600)], vec![batch.slice(600, 600)]];
        Arc::new(MemTable::try_new(batch.schema(), halves).unwrap())
    }

    fn engine() -> Engine {
        let rolled_up = Table::DERIVED.into_iter().filter(|table| table.is_rolled_up());
        Engine {
            runtime: Arc::default(),
            tables: rolled_up.map(|one| (one.name(), table(one))).collect(),
            threads: Some(2),
            #[cfg(feature = "cluster")]
            remote: None,
        }
    }

    fn questions() -> Vec<&'static str> {
        let stock = [include_str!("../queries/stock_dwell.sql"), include_str!("../queries/stock_sequences.sql")];
        QUERIES.iter().map(|(_, text)| *text).chain(stock).collect()
    }

    async fn planned(context: &SessionContext, text: &str, atoms: &[Atom]) -> (String, String) {
        context.register_table("placement", placement(atoms).unwrap()).unwrap();
        let question = context.sql(text).await.unwrap().with_param_values(days_of(atoms)).unwrap();
        let plan =
            displayable(question.clone().create_physical_plan().await.unwrap().as_ref()).indent(false).to_string();
        let lines = pretty_format_batches(&question.collect().await.unwrap()).unwrap().to_string();
        let mut lines: Vec<&str> = lines.lines().collect();
        lines.sort_unstable();
        (plan, lines.join("\n"))
    }

    /// A kiosk that moves, one that pauses, one that is not asked about.
    fn moving() -> [Atom; 4] {
        [
            atom("kiosk-01", 3, 10, 0),
            atom("kiosk-01", 11, 30, 1),
            atom("kiosk-03", 5, 6, 0),
            atom("kiosk-03", 20, 33, 0),
        ]
    }

    #[tokio::test]
    async fn every_question_is_answered_by_runs_and_as_by_a_hash_join() {
        let engine = engine();
        for text in questions() {
            let (plan, ours) = planned(&engine.context().unwrap(), text, &moving()).await;
            assert!(plan.contains("PlaceJoinExec") && !plan.contains("folds=[]"), "{plan}");
            assert!(!plan.contains("HashJoinExec") && !plan.contains("FilterExec"), "{plan}");
            let plain = SessionContext::new();
            for (name, table) in &engine.tables {
                plain.register_table(*name, Arc::clone(table)).unwrap();
            }
            let (plan, theirs) = planned(&plain, text, &moving()).await;
            assert!(plan.contains("HashJoinExec") && !plan.contains("PlaceJoinExec"), "{plan}");
            assert_eq!(ours, theirs, "{text}");
            assert!(ours.lines().count() > 5, "{ours}");
        }
    }

    #[tokio::test]
    async fn a_kiosk_at_two_places_on_one_day_is_joined_with_both() {
        let engine = engine();
        let twice = [atom("kiosk-01", 3, 10, 0), atom("kiosk-01", 10, 30, 1)];
        let text = QUERIES.iter().find(|(name, _)| *name == "days").unwrap().1;
        let (plan, both) = planned(&engine.context().unwrap(), text, &twice).await;
        assert!(plan.contains("HashJoinExec"), "{plan}");
        assert_eq!(both.matches("1970-01-11").count(), 2, "{both}");
    }
}
