//! The education department's tool. For now it lists the visits of a journal and exports its records.

use crate::visits::export::{self, Visit};
use crate::visits::read;
use crate::visits::record::Record;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Đọc nhật ký lượt xem của kiosk. · Reads a kiosk's journal of visits.
#[derive(Debug, Parser)]
#[command(name = "haidang-visits", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Liệt kê các lượt xem. · Lists the visits. Ví dụ · Example: haidang-visits list data/visits.sqlite
    List { journal: PathBuf },
    /// Xuất mọi bản ghi. · Exports every record. Ví dụ · Example: haidang-visits export --csv data/visits.sqlite > visits.csv
    Export {
        /// CSV, UTF-8 có BOM · CSV, UTF-8 with BOM
        #[arg(long, required = true)]
        csv: bool,
        journal: PathBuf,
    },
}

/// Exit codes: 0 good, 1 the journal's chain is broken, 2 wrong usage, 3 cannot read.
pub fn run() -> ExitCode {
    let command = Args::parse().command;
    let (Command::List { journal } | Command::Export { journal, .. }) = &command;
    let chained = match read::records(journal) {
        Ok(records) => records,
        Err(error) => {
            eprintln!("{}: không đọc được nhật ký · the journal cannot be read: {error}", journal.display());
            return ExitCode::from(3);
        }
    };
    let chain = read::verify(&chained);
    let records: Vec<Record> = chained.into_iter().map(|(record, _)| record).collect();
    if matches!(command, Command::Export { .. }) {
        print!("{}", export::csv(&records));
    } else {
        print!("{}", list(&records));
    }
    match chain {
        Ok(()) => ExitCode::SUCCESS,
        Err(broken) => {
            eprintln!("{}: chuỗi bản ghi bị đứt · the chain of records is broken: {broken}", journal.display());
            ExitCode::from(1)
        }
    }
}

fn list(records: &[Record]) -> String {
    let visits = export::visits(records);
    let mut out = format!("{} lượt xem · visits, {} bản ghi · records\n", visits.len(), records.len());
    for visit in &visits {
        out.push_str(&line(visit));
    }
    out
}

fn line(visit: &Visit) -> String {
    let ending = match visit.ending.as_str() {
        "" => "?",
        word => word,
    };
    format!(
        "{}  {:>5} s  {:<8}  {:>2} tư liệu · items  {:>2} thuyết minh · narrations  {:>2} nguồn · sources\n",
        export::time_text(visit.start_wall_millis),
        visit.millis / 1000,
        ending,
        visit.items,
        visit.narrations_heard,
        visit.sources_opened
    )
}
