//! One verb a file.

pub mod export;
pub mod list;

#[cfg(feature = "department")]
pub mod ask;
#[cfg(feature = "cluster")]
pub mod cluster;
#[cfg(feature = "department")]
pub mod explain;
#[cfg(feature = "department")]
pub mod figures;
#[cfg(feature = "department")]
pub mod ingest;
#[cfg(feature = "department")]
mod office;
#[cfg(feature = "department")]
pub mod places;
#[cfg(feature = "department")]
mod question;
#[cfg(feature = "department")]
pub mod report;
#[cfg(feature = "department")]
pub mod rollup;
#[cfg(feature = "department")]
mod running;
#[cfg(feature = "department")]
pub mod serve;
#[cfg(feature = "department")]
pub mod simulate;
#[cfg(feature = "department")]
pub mod users;

use super::failure::Failure;
use super::{Done, Outcome};
use crate::visits::read::{self, Broken};
use crate::visits::record::Record;
use std::path::Path;

/// The records of one journal, and whether its chain holds.
fn records(journal: &Path) -> Result<(Vec<Record>, Result<(), Broken>), Failure> {
    let chained = read::records(journal).map_err(|error| {
        let place = journal.display();
        Failure::cannot_read(format!("{place}: không đọc được nhật ký"), format!("the journal cannot be read: {error}"))
    })?;
    let chain = read::verify(&chained);
    Ok((chained.into_iter().map(|(record, _)| record).collect(), chain))
}

fn judged(journal: &Path, chain: Result<(), Broken>) -> Done {
    let Err(broken) = chain else { return Ok(Outcome::Good) };
    let place = journal.display();
    Err(Failure {
        vi: format!("{place}: chuỗi bản ghi bị đứt"),
        en: format!("the chain of records is broken: {broken}"),
        hint: String::new(),
        outcome: Outcome::Problems,
    })
}
