//! `haidang-visits ask` (hidden): the lake's questions with their times and rows, for measuring beside other engines.

use super::super::args::Ask;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::{office, question};
use crate::base::files::write_whole;
use crate::department::engine::{self, QUERIES};
use crate::department::lake::events::date_of;
use crate::department::lake::tables::Table;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use serde_json::{Map, Value, json};
use std::time::Instant;

pub fn run(args: &Ask) -> Done {
    let json = office::block_on(async {
        let (mut answers, places) = office::answers(&args.office, &args.place).await?;
        let (unit, period) = question::question(&answers, &places, &args.question)?;
        let atoms = answers.asked(&unit, &period).atoms;
        answers.engine = answers.engine.with_threads(args.threads);
        let mut files = Map::new();
        for table in Table::DERIVED {
            let mut urls = Vec::new();
            for file in answers.snapshot.files(table) {
                let url = answers.lake.url_of(&file)?;
                urls.push(url.to_file_path().map_or_else(|()| url.to_string(), |path| path.display().to_string()));
            }
            files.insert(table.name().to_owned(), json!(urls));
        }
        let mut queries = Vec::new();
        for (name, sql) in QUERIES {
            let placement = args.folder.join(format!("placement-{name}.parquet"));
            write_whole(&placement, &engine::placement_parquet(name, &atoms)?).map_err(|error| Failure::of(&error))?;
            let (mut millis, mut batches) = (Vec::new(), Vec::new());
            for _ in 0..=args.rounds {
                let begun = Instant::now();
                batches = answers.engine.ask(name, &atoms).await?;
                millis.push(begun.elapsed().as_secs_f64() * 1_000.0);
            }
            queries.push(json!({
                "name": name,
                "sql": sql,
                "placement": placement.display().to_string(),
                "millis": millis,
                "rows": rows(&batches)?,
            }));
        }
        let day = |days: Option<i32>| days.and_then(date_of).map(|date| date.to_string());
        Ok(json!({
            "first": day(atoms.iter().map(|atom| atom.first).min()),
            "last": day(atoms.iter().map(|atom| atom.last).max()),
            "files": files,
            "queries": queries,
        }))
    })?;
    screen::tell(&format!("{json}\n"));
    Ok(Outcome::Good)
}

fn rows(batches: &[RecordBatch]) -> Result<Vec<Vec<Value>>, Failure> {
    let options = FormatOptions::default();
    let mut rows = Vec::new();
    for batch in batches {
        let columns = batch.columns().iter().map(|column| ArrayFormatter::try_new(column.as_ref(), &options));
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(|error| Failure::of(&error))?;
        rows.extend((0..batch.num_rows()).map(|at| columns.iter().map(|c| json!(c.value(at).to_string())).collect()));
    }
    Ok(rows)
}
