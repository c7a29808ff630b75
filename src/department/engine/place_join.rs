//! The join of records with `placement`. A kiosk's records lie together, so its places are looked up once for a run of
//! rows; DataFusion's hash join looks up every row, and compares it with every place that its kiosk has in the period.
//! The SQL knows nothing of it: a rule of the optimizer puts [`PlaceJoinExec`] where a hash join of exactly this form
//! was planned, and leaves every other join as it is (docs/decisions/0012).

use super::fold_runs::{Fold, Runs};
use super::spans::{NOWHERE, Spans};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, UInt32Array};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::compute::{FilterBuilder, FilterPredicate, concat_batches, take};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{JoinSide, JoinType, NullEquality, Result, ScalarValue};
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::Operator;
use datafusion::physical_expr::expressions::{BinaryExpr, Column, Literal, binary, col, in_list, lit};
use datafusion::physical_expr::utils::split_conjunction;
use datafusion::physical_expr::{EquivalenceProperties, Partitioning, PhysicalExpr};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::filter::FilterExec;
use datafusion::physical_plan::filter_pushdown::{ChildFilterDescription, FilterDescription, FilterPushdownPhase};
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{HashJoinExec, PartitionMode};
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet, RecordOutput};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties, SendableRecordBatchStream,
};
use futures::StreamExt;
use std::fmt::{Formatter, Result as FmtResult};
use std::sync::Arc;

/// Readers skip by a list of so many kiosks; of more, by the first and the last.
const MOST_NAMED: usize = 20;

/// Puts [`PlaceJoinExec`] in the place of a hash join with a table in memory.
#[derive(Debug)]
pub struct PlaceJoin;

impl PhysicalOptimizerRule for PlaceJoin {
    fn optimize(&self, plan: Arc<dyn ExecutionPlan>, _: &ConfigOptions) -> Result<Arc<dyn ExecutionPlan>> {
        plan.transform_up(|node| {
            let joined = node.downcast_ref::<HashJoinExec>().map(PlaceJoinExec::instead_of).transpose()?.flatten();
            Ok(joined.map_or_else(|| Transformed::no(node), |joined| Transformed::yes(Arc::new(joined) as _)))
        })
        .data()
    }

    fn name(&self) -> &'static str {
        "PlaceJoin"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// Where a column of the output is taken from, and which it is there.
#[derive(Clone, Copy, Debug)]
enum Origin {
    Placement(usize),
    Records(usize),
}

/// The inner join of `records` with `placement` on a text and a day between two days. Partitions and order of the
/// records are kept.
#[derive(Clone, Debug)]
pub struct PlaceJoinExec {
    records: Arc<dyn ExecutionPlan>,
    /// Columns of the records.
    kiosk: usize,
    day: usize,
    placement: RecordBatch,
    places: Arc<Spans>,
    /// What a file must have to be read.
    wanted: Vec<Arc<dyn PhysicalExpr>>,
    columns: Vec<Origin>,
    /// By column of the output; empty where every row is wanted.
    folds: Vec<Option<Fold>>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl PlaceJoinExec {
    /// None where the join has another form.
    fn instead_of(join: &HashJoinExec) -> Result<Option<Self>> {
        let [(held_key, key)] = join.on.as_slice() else { return Ok(None) };
        let is_plain = join.join_type == JoinType::Inner
            && join.mode == PartitionMode::CollectLeft
            && join.null_equality == NullEquality::NullEqualsNothing
            && !join.null_aware;
        if !is_plain || join.fetch().is_some() || join.left.fetch().is_some() {
            return Ok(None);
        }
        let (Some(held_key), Some(key)) = (held_key.downcast_ref::<Column>(), key.downcast_ref::<Column>()) else {
            return Ok(None);
        };
        let Some(placement) = held(&join.left)? else { return Ok(None) };
        let Some(between) = join.filter.as_ref().and_then(Between::of) else { return Ok(None) };
        let (kiosks, first, last) =
            (placement.column(held_key.index()), placement.column(between.first), placement.column(between.last));
        let schema = join.right.schema();
        let kinds = [kiosks.data_type(), schema.field(key.index()).data_type()];
        let days = [first.data_type(), last.data_type(), schema.field(between.day).data_type()];
        if kinds.iter().any(|kind| **kind != DataType::Utf8View) || days.iter().any(|kind| **kind != DataType::Date32) {
            return Ok(None);
        }
        let (records, within) = unfiltered(&join.right, between.day);
        let Some(places) = Spans::new(kiosks.as_string_view(), first.as_primitive(), last.as_primitive(), within)
        else {
            return Ok(None);
        };
        let left = join.left.schema().fields().len();
        let column = |at: usize| if at < left { Origin::Placement(at) } else { Origin::Records(at - left) };
        let columns = match &join.projection {
            Some(projection) => projection.iter().map(|at| column(*at)).collect(),
            None => (0..join.join_schema().fields().len()).map(column).collect(),
        };
        Ok(Some(Self {
            wanted: wanted(&places, key.name(), &schema)?,
            properties: properties(&join.schema(), &records),
            records,
            kiosk: key.index(),
            day: between.day,
            places: Arc::new(places),
            placement,
            columns,
            folds: Vec::new(),
            metrics: ExecutionPlanMetricsSet::new(),
        }))
    }

    /// The same, with runs of rows folded; None where an aggregation above wants something else.
    pub fn folding(&self, folds: &[(usize, Fold)]) -> Option<Self> {
        let of = |at: usize| folds.iter().find(|(column, _)| *column == at).map(|(_, fold)| *fold);
        let is_of_records = |(at, _): &(usize, Fold)| matches!(self.columns.get(*at), Some(Origin::Records(_)));
        let folds_all = self.folds.is_empty() && folds.iter().all(is_of_records);
        folds_all.then(|| Self { folds: (0..self.columns.len()).map(of).collect(), ..self.clone() })
    }

    fn join(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let (kiosks, days) = (batch.column(self.kiosk).as_string_view(), batch.column(self.day).as_primitive());
        let rows = self.places.rows(kiosks, days);
        let columns = match self.runs(batch, &rows) {
            Some(runs) => self.folded(batch, &rows, &runs)?,
            None => self.each(batch, rows)?,
        };
        Ok(RecordBatch::try_new(self.schema(), columns)?)
    }

    fn each(&self, batch: &RecordBatch, rows: Vec<u32>) -> Result<Vec<ArrayRef>> {
        let mut rows = UInt32Array::from(rows);
        let placed = placed(&rows);
        if let Some(placed) = &placed {
            rows = placed.filter(&rows)?.as_primitive().clone();
        }
        let column = |origin: &Origin| match (origin, &placed) {
            (Origin::Placement(at), _) => take(self.placement.column(*at), &rows, None),
            (Origin::Records(at), Some(placed)) => placed.filter(batch.column(*at)),
            (Origin::Records(at), None) => Ok(Arc::clone(batch.column(*at))),
        };
        Ok(self.columns.iter().map(column).collect::<Result<_, _>>()?)
    }

    /// Runs of rows that differ in nothing but what is folded, where it pays to look for them.
    fn runs(&self, batch: &RecordBatch, rows: &[u32]) -> Option<Runs> {
        if self.folds.is_empty() || rows.is_empty() {
            return None;
        }
        let mut runs = Runs::new(rows.len());
        runs.mark(rows);
        for (origin, fold) in self.columns.iter().zip(&self.folds) {
            let Origin::Records(at) = origin else { continue };
            let column = batch.column(*at);
            if column.null_count() > 0 {
                return None;
            }
            if fold.is_none() {
                runs.mark_column(column);
            }
        }
        runs.are_long()
    }

    fn folded(&self, batch: &RecordBatch, rows: &[u32], runs: &Runs) -> Result<Vec<ArrayRef>> {
        let mut starts = UInt32Array::from(runs.starts());
        let mut rows: UInt32Array = starts.values().iter().map(|at| rows[*at as usize]).collect();
        let placed = placed(&rows);
        if let Some(placed) = &placed {
            (starts, rows) =
                (placed.filter(&starts)?.as_primitive().clone(), placed.filter(&rows)?.as_primitive().clone());
        }
        let column = |(origin, fold): (&Origin, &Option<Fold>)| match (origin, fold) {
            (Origin::Placement(at), _) => take(self.placement.column(*at), &rows, None),
            (Origin::Records(at), None) => take(batch.column(*at), &starts, None),
            (Origin::Records(at), Some(fold)) => {
                let folded = runs.fold(*fold, batch.column(*at).as_primitive());
                placed.as_ref().map_or_else(|| Ok(Arc::clone(&folded)), |placed| placed.filter(&folded))
            }
        };
        Ok(self.columns.iter().zip(&self.folds).map(column).collect::<Result<_, _>>()?)
    }
}

/// Which rows have a place; None where all have.
fn placed(rows: &UInt32Array) -> Option<FilterPredicate> {
    let all = rows.values();
    all.contains(&NOWHERE).then(|| {
        let is_placed = BooleanBuffer::collect_bool(all.len(), |at| all[at] != NOWHERE);
        FilterBuilder::new(&BooleanArray::new(is_placed, None)).optimize().build()
    })
}

/// A small table in memory, as one batch.
fn held(plan: &Arc<dyn ExecutionPlan>) -> Result<Option<RecordBatch>> {
    let Some(source) = plan.downcast_ref::<DataSourceExec>() else { return Ok(None) };
    let Some(memory) = source.data_source().downcast_ref::<MemorySourceConfig>() else { return Ok(None) };
    let batch = concat_batches(&memory.original_schema(), memory.partitions().iter().flatten())?;
    Ok(Some(match memory.projection() {
        Some(columns) => batch.project(columns)?,
        None => batch,
    }))
}

/// `day >= first AND day <= last`: a column of the records, two of `placement`.
#[derive(Debug, Default)]
struct Between {
    day: usize,
    first: usize,
    last: usize,
}

impl Between {
    fn of(filter: &JoinFilter) -> Option<Self> {
        let (mut from, mut to) = (None, None);
        for part in split_conjunction(filter.expression()) {
            let part = part.downcast_ref::<BinaryExpr>()?;
            let side = |expr: &Arc<dyn PhysicalExpr>| {
                filter.column_indices().get(expr.downcast_ref::<Column>()?.index()).map(|at| (at.side, at.index))
            };
            let ((one, at), (other, held)) = (side(part.left())?, side(part.right())?);
            if (one, other) != (JoinSide::Right, JoinSide::Left) {
                return None;
            }
            let bound = match part.op() {
                Operator::GtEq => &mut from,
                Operator::LtEq => &mut to,
                _ => return None,
            };
            if bound.replace((at, held)).is_some() {
                return None;
            }
        }
        let ((day, first), (same, last)) = (from?, to?);
        (day == same).then_some(Self { day, first, last })
    }
}

/// Records before a filter by their day alone, and the days it lets through: those of the places are cut to them, so
/// that rows need not pass a filter of their own.
fn unfiltered(records: &Arc<dyn ExecutionPlan>, day: usize) -> (Arc<dyn ExecutionPlan>, (i32, i32)) {
    let all = (Arc::clone(records), (i32::MIN, i32::MAX));
    let Some(filter) = records.downcast_ref::<FilterExec>() else { return all };
    if filter.projection().is_some() || records.fetch().is_some() {
        return all;
    }
    let mut within = all.1;
    for part in split_conjunction(filter.predicate()) {
        let Some(part) = part.downcast_ref::<BinaryExpr>() else { return all };
        let column = part.left().downcast_ref::<Column>().map(Column::index);
        let bound = part.right().downcast_ref::<Literal>().map(Literal::value);
        match (column, part.op(), bound) {
            (Some(at), Operator::GtEq, Some(ScalarValue::Date32(Some(first)))) if at == day => {
                within.0 = within.0.max(*first);
            }
            (Some(at), Operator::LtEq, Some(ScalarValue::Date32(Some(last)))) if at == day => {
                within.1 = within.1.min(*last);
            }
            _ => return all,
        }
    }
    (Arc::clone(filter.input()), within)
}

/// Which kiosks are asked about, for readers that skip by it.
fn wanted(places: &Spans, name: &str, schema: &SchemaRef) -> Result<Vec<Arc<dyn PhysicalExpr>>> {
    let kiosks = places.kiosks();
    let column = col(name, schema)?;
    let text = |kiosk: &&str| lit(ScalarValue::Utf8View(Some((*kiosk).to_owned())));
    let (Some(first), Some(last)) = (kiosks.first(), kiosks.last()) else { return Ok(Vec::new()) };
    if kiosks.len() <= MOST_NAMED {
        return Ok(vec![in_list(column, kiosks.iter().map(text).collect(), &false, schema)?]);
    }
    Ok(vec![
        binary(Arc::clone(&column), Operator::GtEq, text(first), schema)?,
        binary(column, Operator::LtEq, text(last), schema)?,
    ])
}

fn properties(schema: &SchemaRef, records: &Arc<dyn ExecutionPlan>) -> Arc<PlanProperties> {
    let input = records.properties();
    Arc::new(PlanProperties::new(
        EquivalenceProperties::new(Arc::clone(schema)),
        Partitioning::UnknownPartitioning(input.output_partitioning().partition_count()),
        input.emission_type,
        input.boundedness,
    ))
}

impl DisplayAs for PlaceJoinExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut Formatter<'_>) -> FmtResult {
        let folds: Vec<&Fold> = self.folds.iter().flatten().collect();
        write!(
            f,
            "PlaceJoinExec: kiosks={}, spans={}, folds={folds:?}",
            self.places.kiosks().len(),
            self.placement.num_rows()
        )
    }
}

impl ExecutionPlan for PlaceJoinExec {
    fn name(&self) -> &'static str {
        "PlaceJoinExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.records]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(self: Arc<Self>, mut children: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        let records = children.swap_remove(0);
        Ok(Arc::new(Self { properties: properties(&self.schema(), &records), records, ..(*self).clone() }))
    }

    fn gather_filters_for_pushdown(
        &self,
        _: FilterPushdownPhase,
        above: Vec<Arc<dyn PhysicalExpr>>,
        _: &ConfigOptions,
    ) -> Result<FilterDescription> {
        let child = ChildFilterDescription::all_unsupported(&above).with_self_filters(self.wanted.clone());
        Ok(FilterDescription::new().with_child(child))
    }

    fn execute(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let records = self.records.execute(partition, context)?;
        let (this, metrics) = (self.clone(), BaselineMetrics::new(&self.metrics, partition));
        let joined = records.map(move |batch| {
            let batch = batch?;
            let _timer = metrics.elapsed_compute().timer();
            this.join(&batch).record_output(&metrics)
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), joined)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }
}
