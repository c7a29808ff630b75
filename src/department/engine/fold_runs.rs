//! Rows that stand next to each other and differ in nothing but what will be added up, as one row. The lake's tables lie
//! sorted by kiosk and what is counted, days last, so that the days of a group are neighbours and the aggregation that
//! follows has a fraction of the rows to look up. What it comes to does not depend on how many were found.

use super::place_join::PlaceJoinExec;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::{DataType, Date32Type, Int32Type, Int64Type};
use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::aggregate::AggregateFunctionExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::utils::collect_columns;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode};
use datafusion::physical_plan::execution_plan::{ChildrenPropertiesMode, ReplaceChildrenOptions};
use std::sync::Arc;

/// Has a [`PlaceJoinExec`] fold runs below an aggregation that only adds and compares whole numbers.
#[derive(Debug)]
pub struct FoldRuns;

impl PhysicalOptimizerRule for FoldRuns {
    fn optimize(&self, plan: Arc<dyn ExecutionPlan>, _: &ConfigOptions) -> Result<Arc<dyn ExecutionPlan>> {
        plan.transform_up(|node| {
            let Some(folding) = node.downcast_ref::<AggregateExec>().and_then(folding) else {
                return Ok(Transformed::no(node));
            };
            let anew = ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute);
            Ok(Transformed::yes(node.replace_children(vec![Arc::new(folding)], anew)?))
        })
        .data()
    }

    fn name(&self) -> &'static str {
        "FoldRuns"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// What lies below an aggregation, folding; None where the aggregation does anything else.
fn folding(aggregate: &AggregateExec) -> Option<PlaceJoinExec> {
    let input = aggregate.input();
    let is_first = matches!(aggregate.mode(), AggregateMode::Partial | AggregateMode::Single);
    let is_filtered = aggregate.filter_expr().iter().any(Option::is_some);
    if !is_first || is_filtered || aggregate.group_expr().has_grouping_set() {
        return None;
    }
    let folds = aggregate.aggr_expr().iter().map(|one| Fold::of(one)).collect::<Option<Vec<_>>>()?;
    let schema = input.schema();
    let is_number = |at: usize| *schema.field(at).data_type() == DataType::Int64;
    let is_once = |at: usize| folds.iter().filter(|(other, _)| *other == at).count() == 1;
    let is_grouped = |at: usize| {
        let has = |expr: &Arc<dyn PhysicalExpr>| collect_columns(expr).iter().any(|column| column.index() == at);
        aggregate.group_expr().input_exprs().iter().any(has)
    };
    if folds.is_empty() || folds.iter().any(|(at, _)| !is_number(*at) || !is_once(*at) || is_grouped(*at)) {
        return None;
    }
    input.downcast_ref::<PlaceJoinExec>()?.folding(&folds)
}

/// How the values of neighbours become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Sum,
    Min,
    Max,
}

impl Fold {
    /// And of which column.
    fn of(aggregate: &AggregateFunctionExpr) -> Option<(usize, Self)> {
        let is_plain = !aggregate.is_distinct() && aggregate.order_bys().is_empty() && !aggregate.is_reversed();
        let arguments = aggregate.expressions();
        let [argument] = arguments.as_slice() else { return None };
        let at = argument.downcast_ref::<Column>()?.index();
        let fold = match aggregate.fun().name() {
            "sum" => Self::Sum,
            "min" => Self::Min,
            "max" => Self::Max,
            _ => return None,
        };
        is_plain.then_some((at, fold))
    }
}

/// Rows of a batch that become one. Its loops have no branches: which row is new cannot be foreseen.
pub struct Runs {
    /// By row; the first is.
    is_new: Vec<bool>,
    count: usize,
}

impl Runs {
    pub fn new(rows: usize) -> Self {
        let mut is_new = vec![false; rows];
        is_new.iter_mut().take(1).for_each(|first| *first = true);
        Self { is_new, count: 0 }
    }

    /// Marks the rows that differ from the one before.
    pub fn mark<T: PartialEq>(&mut self, values: &[T]) {
        let Some(later) = values.get(1..) else { return };
        for ((before, value), is_new) in values.iter().zip(later).zip(self.is_new.iter_mut().skip(1)) {
            *is_new |= before != value;
        }
    }

    /// Equal texts may have two views, and then stay two rows. There are no nulls.
    pub fn mark_column(&mut self, column: &ArrayRef) {
        match column.data_type() {
            DataType::Utf8View => self.mark(column.as_string_view().views()),
            DataType::Int32 => self.mark(column.as_primitive::<Int32Type>().values()),
            DataType::Date32 => self.mark(column.as_primitive::<Date32Type>().values()),
            DataType::Int64 => self.mark(column.as_primitive::<Int64Type>().values()),
            _ => self.is_new.fill(true),
        }
    }

    /// None where most rows stand alone: taking them out would cost more than they spare.
    pub fn are_long(mut self) -> Option<Self> {
        self.count = self.is_new.iter().map(|is_new| usize::from(*is_new)).sum();
        (self.count * 4 <= self.is_new.len() * 3).then_some(self)
    }

    /// The first row of each.
    pub fn starts(&self) -> Vec<u32> {
        let mut starts = vec![0; self.count + 1];
        let mut run = 0;
        for (at, is_new) in (0..).zip(&self.is_new) {
            starts[run] = at;
            run += usize::from(*is_new);
        }
        starts.truncate(self.count);
        starts
    }

    /// One value each. Sums go round as DataFusion's own do.
    pub fn fold(&self, fold: Fold, values: &Int64Array) -> ArrayRef {
        match fold {
            Fold::Sum => self.each(0, values, i64::wrapping_add),
            Fold::Min => self.each(i64::MAX, values, i64::min),
            Fold::Max => self.each(i64::MIN, values, i64::max),
        }
    }

    fn each(&self, first: i64, values: &Int64Array, add: impl Fn(i64, i64) -> i64) -> ArrayRef {
        let mut folded = vec![first; self.count];
        let mut run = 0;
        for (value, is_new) in values.values().iter().zip(&self.is_new) {
            run += usize::from(*is_new);
            folded[run - 1] = add(folded[run - 1], *value);
        }
        Arc::new(Int64Array::from(folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::StringViewArray;

    fn runs(marked: &[ArrayRef]) -> Option<Runs> {
        let mut runs = Runs::new(marked[0].len());
        marked.iter().for_each(|column| runs.mark_column(column));
        runs.are_long()
    }

    #[test]
    fn neighbours_that_are_equal_become_one_row() {
        let items: ArrayRef = Arc::new(StringViewArray::from_iter_values(["a", "a", "b", "b", "b", "a"]));
        let seconds: ArrayRef = Arc::new(Int64Array::from(vec![1, 1, 1, 2, 2, 2]));
        let runs = runs(&[items, seconds]).unwrap();
        assert_eq!(runs.starts(), [0, 2, 3, 5]);
        let values = Int64Array::from(vec![5, -7, 1, i64::MAX, 1, 0]);
        let folded = |fold| runs.fold(fold, &values).as_primitive::<Int64Type>().values().to_vec();
        assert_eq!(folded(Fold::Sum), [-2, 1, i64::MIN, 0]);
        assert_eq!(folded(Fold::Min), [-7, 1, 1, 0]);
        assert_eq!(folded(Fold::Max), [5, 1, i64::MAX, 0]);
    }

    #[test]
    fn rows_that_mostly_stand_alone_are_left() {
        assert!(runs(&[Arc::new(Int64Array::from(vec![1, 2, 3, 4, 4]))]).is_none());
        assert!(runs(&[Arc::new(Int64Array::from(vec![1, 2, 3, 3]))]).is_some());
    }
}
