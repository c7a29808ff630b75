//! Records as one Parquet file, and back.

use super::LakeError;
use super::tables::{Columns, Rows, Table};
use crate::visits::record::Record;
use datafusion::arrow::array::{RecordBatch, StringViewArray};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::reader::ChunkReader;

const BATCH_ROWS: usize = 65_536;

pub fn encode(kiosk: &str, records: &[Record]) -> Result<Vec<u8>, LakeError> {
    Columns::of(Table::Event)
        .text(records.iter().map(|_| kiosk))
        .long(records.iter().map(|r| r.sequence))
        .text(records.iter().map(|r| r.boot.as_str()))
        .long(records.iter().map(|r| r.monotonic_millis))
        .long(records.iter().map(|r| r.wall_millis))
        .text(records.iter().map(|r| r.visit.as_str()))
        .text(records.iter().map(|r| r.kind.as_str()))
        .text(records.iter().map(|r| r.subject.as_str()))
        .text(records.iter().map(|r| r.detail.as_str()))
        .long(records.iter().map(|r| r.amount))
        .parquet()
}

/// Errors in words: the file's path is known where it was opened.
pub fn decode(file: impl ChunkReader + 'static) -> Result<Vec<Record>, String> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.with_batch_size(BATCH_ROWS).build())
        .map_err(|error| error.to_string())?;
    let mut records = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| error.to_string())?;
        decode_batch(&batch, &mut records).map_err(|error| error.to_string())?;
    }
    Ok(records)
}

fn decode_batch(batch: &RecordBatch, records: &mut Vec<Record>) -> Result<(), LakeError> {
    let rows = Rows(batch);
    let (boot, visit, kind) = (rows.text("boot")?, rows.text("visit")?, rows.text("kind")?);
    let (subject, detail) = (rows.text("subject")?, rows.text("detail")?);
    let (sequence, monotonic) = (rows.long("sequence")?, rows.long("monotonic_millis")?);
    let (wall, amount) = (rows.long("wall_millis")?, rows.long("amount")?);
    let text = |column: &StringViewArray, at: usize| column.value(at).to_owned();
    records.extend((0..batch.num_rows()).map(|at| Record {
        sequence: sequence.value(at),
        boot: text(boot, at),
        monotonic_millis: monotonic.value(at),
        wall_millis: wall.value(at),
        visit: text(visit, at),
        kind: text(kind, at),
        subject: text(subject, at),
        detail: text(detail, at),
        amount: amount.value(at),
    }));
    Ok(())
}
