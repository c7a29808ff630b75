//! Golden answers: the same questions over the same lake give the same rows, whichever engine is asked.
//! `HAIDANG_BLESS=1` blesses the rows of the engine in this process, once the recount agrees with them.

use super::journals::{Life, write};
use super::{answers, period, runtime, take, totals};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use haidang::department::atlas::nation;
use haidang::department::engine::answers::LakeAnswers;
use haidang::department::engine::{EngineError, QUERIES};
use std::path::{Path, PathBuf};

const KIOSKS: u64 = 5;
const VISITS: usize = 12;

/// A lake with a known life in it.
pub fn lake(folder: &Path) -> PathBuf {
    let sticks = folder.join("sticks");
    for seed in 0..KIOSKS {
        let mut life = Life::new(700 + seed);
        for nth in 0..VISITS {
            life.visit();
            // A night, so that there is more than one day.
            life.pass(if nth % 4 == 3 { 80_000_000 } else { 0 });
        }
        write(&sticks, &format!("school-{seed}"), "visits", &life.records);
    }
    let lake = folder.join("lake");
    runtime().block_on(take(&lake, &[sticks]));
    lake
}

/// The rows that every question comes to, in an order of their own: engines give them in any.
pub async fn rows(answers: &LakeAnswers) -> Result<String, EngineError> {
    let atoms = answers.asked(&nation(), &period()).atoms;
    let mut told = String::new();
    for (name, _) in QUERIES {
        let mut lines = Vec::new();
        for batch in answers.engine.ask(name, &atoms).await? {
            let options = FormatOptions::default();
            let columns = batch.columns().iter().map(|column| ArrayFormatter::try_new(column.as_ref(), &options));
            let columns: Vec<_> = columns.collect::<Result<_, _>>().expect("columns that can be shown");
            let line = |at| columns.iter().map(|column| column.value(at).to_string()).collect::<Vec<_>>().join(" | ");
            lines.extend((0..batch.num_rows()).map(line));
        }
        lines.sort();
        told.push_str(&format!("== {name}\n{}\n", lines.join("\n")));
    }
    Ok(told)
}

pub fn blessed() -> String {
    std::fs::read_to_string(file()).expect("blessed rows")
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lake/golden.txt")
}

#[test]
fn the_engine_in_this_process_gives_the_golden_answers() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = lake(dir.path());
    let runtime = runtime();
    // Counted twice.
    runtime.block_on(totals(&lake));
    let rows = runtime.block_on(async { rows(&answers(&lake).await).await }).expect("answered");
    if std::env::var_os("HAIDANG_BLESS").is_some() {
        std::fs::create_dir_all(file().parent().expect("folder")).expect("made");
        std::fs::write(file(), &rows).expect("blessed");
    }
    assert_eq!(rows, blessed());
}
