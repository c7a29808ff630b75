//! The tables of a lake for a cluster. Its machines read files only, so what an engine in this process holds in memory
//! is put into the lake first: the kiosks that a question is about, and tables that have no file yet. Such files lie in
//! `question/`, are named by their content, and may be deleted while nobody asks.

use super::atoms::Atom;
use super::{EngineError, placement_columns};
use crate::department::cluster::Cluster;
use crate::department::lake::tables::{Columns, Table};
use crate::department::lake::units::Snapshot;
use crate::department::lake::{Lake, LakeError};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::ScalarValue;
use datafusion::datasource::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use std::sync::Arc;

pub struct Remote {
    lake: Lake,
    cluster: Cluster,
    tables: Vec<(Table, Vec<String>)>,
}

impl Remote {
    pub async fn open(lake: &Lake, snapshot: &Snapshot, cluster: Cluster) -> Result<Self, EngineError> {
        let mut tables = Vec::new();
        for table in Table::DERIVED {
            let mut files = snapshot.files(table);
            if files.is_empty() {
                files.push(put(lake, Columns::none(table)).await?);
            }
            tables.push((table, files));
        }
        Ok(Self { lake: lake.clone(), cluster, tables })
    }

    pub async fn ask(
        &self,
        name: &str,
        text: &str,
        atoms: &[Atom],
        days: Vec<ScalarValue>,
        threads: Option<usize>,
    ) -> Result<Vec<RecordBatch>, EngineError> {
        let context = self.cluster.context(name, threads).await?;
        for (table, files) in &self.tables {
            context.register_table(table.name(), provider(&self.lake, *table, files)?)?;
        }
        let placement = put(&self.lake, placement_columns(atoms)).await?;
        context.register_table(Table::Placement.name(), provider(&self.lake, Table::Placement, &[placement])?)?;
        let question = context.sql(text).await?.with_param_values(days)?;
        let batches = self.cluster.collect(question).await?;
        batches
            .into_iter()
            .map(|batch| Ok(with_views(&batch).map_err(|error| LakeError::table(name, &error))?))
            .collect()
    }
}

/// Puts a table into the lake and tells its path.
async fn put(lake: &Lake, columns: Columns) -> Result<String, LakeError> {
    let bytes = columns.parquet()?;
    let path = format!("question/{}.parquet", &blake3::hash(&bytes).to_hex()[..32]);
    lake.put_new(&path, bytes).await?;
    Ok(path)
}

fn provider(lake: &Lake, table: Table, files: &[String]) -> Result<Arc<dyn TableProvider>, EngineError> {
    let mut urls = Vec::with_capacity(files.len());
    for file in files {
        urls.push(ListingTableUrl::try_new(lake.url_of(file)?, None)?);
    }
    let format = ParquetFormat::default().with_force_view_types(false);
    let options = ListingOptions::new(Arc::new(format)).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(table.schema_to_send());
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// Text as the rest of the program reads it.
fn with_views(batch: &RecordBatch) -> Result<RecordBatch, datafusion::arrow::error::ArrowError> {
    let schema = batch.schema();
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        let kind = if *field.data_type() == DataType::Utf8 { DataType::Utf8View } else { field.data_type().clone() };
        columns.push(cast(column, &kind)?);
        fields.push(Field::new(field.name(), kind, field.is_nullable()));
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
