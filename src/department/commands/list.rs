//! `haidang-visits list`: the visits of one journal.

use super::super::Done;
use super::super::args::List;
use super::super::screen;
use crate::visits::export::{self, Visit};
use crate::visits::record::Record;

pub fn run(args: &List) -> Done {
    let (records, chain) = super::records(&args.journal)?;
    screen::tell(&list(&records));
    super::judged(&args.journal, chain)
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
