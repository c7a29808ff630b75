//! Tables as Parquet in memory: built column by column, written with dictionaries, read back row by row.

use super::LakeError;
pub use super::schemas::Table;
#[cfg(feature = "cluster")]
use datafusion::arrow::array::new_empty_array;
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Date32Array, Int32Array, Int64Array, StringViewArray};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::sync::Arc;

/// Rows that are skipped or read together; small enough that one kiosk's rows do not drag in many others'.
const ROW_GROUP_ROWS: usize = 128 * 1024;

/// A table being built, its columns in the schema's order.
pub struct Columns {
    table: Table,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    pub fn of(table: Table) -> Self {
        Self { table, arrays: Vec::new() }
    }

    pub fn text<'a>(mut self, values: impl Iterator<Item = &'a str>) -> Self {
        self.arrays.push(Arc::new(StringViewArray::from_iter_values(values)));
        self
    }

    pub fn long(mut self, values: impl Iterator<Item = i64>) -> Self {
        self.arrays.push(Arc::new(Int64Array::from_iter_values(values)));
        self
    }

    pub fn maybe_long(mut self, values: impl Iterator<Item = Option<i64>>) -> Self {
        self.arrays.push(Arc::new(values.collect::<Int64Array>()));
        self
    }

    pub fn int(mut self, values: impl Iterator<Item = i32>) -> Self {
        self.arrays.push(Arc::new(Int32Array::from_iter_values(values)));
        self
    }

    pub fn maybe_int(mut self, values: impl Iterator<Item = Option<i32>>) -> Self {
        self.arrays.push(Arc::new(values.collect::<Int32Array>()));
        self
    }

    /// Days since 1970.
    pub fn day(mut self, values: impl Iterator<Item = Option<i32>>) -> Self {
        self.arrays.push(Arc::new(values.collect::<Date32Array>()));
        self
    }

    pub fn truth(mut self, values: impl Iterator<Item = bool>) -> Self {
        self.arrays.push(Arc::new(BooleanArray::from_iter(values.map(Some))));
        self
    }

    pub fn batch(self) -> Result<RecordBatch, LakeError> {
        RecordBatch::try_new(self.table.schema(), self.arrays)
            .map_err(|error| LakeError::table(self.table.name(), &error))
    }

    /// A table without rows.
    #[cfg(feature = "cluster")]
    pub fn none(table: Table) -> Self {
        let arrays = table.schema().fields().iter().map(|field| new_empty_array(field.data_type())).collect();
        Self { table, arrays }
    }

    /// The whole table as one Parquet file; equal rows give equal bytes.
    pub fn parquet(self) -> Result<Vec<u8>, LakeError> {
        let name = self.table.name();
        let zstd = || ZstdLevel::try_new(1).map_or(Compression::UNCOMPRESSED, Compression::ZSTD);
        // What is kept for long is kept small; what every question reads is kept quick to read.
        let compression = if self.table.is_rolled_up() { Compression::LZ4_RAW } else { zstd() };
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_created_by(format!("haidang {}", env!("CARGO_PKG_VERSION")))
            .build();
        let batch = self.batch()?;
        let failed = |error: &dyn std::fmt::Display| LakeError::table(name, error);
        let mut writer =
            ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).map_err(|error| failed(&error))?;
        writer.write(&batch).map_err(|error| failed(&error))?;
        writer.into_inner().map_err(|error| failed(&error))
    }
}

/// Columns of a batch by name and type; a column that is not as expected is an error with its name.
pub struct Rows<'a>(pub &'a RecordBatch);

impl<'a> Rows<'a> {
    fn column<T: 'static>(&self, name: &str) -> Result<&'a T, LakeError> {
        let column = self.0.column_by_name(name).ok_or_else(|| LakeError::table(name, &"the column is missing"))?;
        column.as_any().downcast_ref::<T>().ok_or_else(|| LakeError::table(name, &column.data_type()))
    }

    pub fn text(&self, name: &str) -> Result<&'a StringViewArray, LakeError> {
        self.column(name)
    }

    pub fn long(&self, name: &str) -> Result<&'a Int64Array, LakeError> {
        self.column(name)
    }

    pub fn int(&self, name: &str) -> Result<&'a Int32Array, LakeError> {
        self.column(name)
    }

    pub fn day(&self, name: &str) -> Result<&'a Date32Array, LakeError> {
        self.column(name)
    }
}
