//! `haidang-visits ingest`: journals from sticks into the lake.

use super::super::args::Ingest;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::ingest;
use crate::department::lake::{Lake, units};

pub fn run(args: &Ingest) -> Done {
    let report = office::block_on(async {
        let lake = Lake::open(&args.office.lake)?;
        let atlas = office::atlas(args.office.places.as_deref())?;
        let report = ingest::ingest(&lake, &args.journals, &*atlas).await?;
        // The roll-ups are made now, so that the first who asks does not wait.
        units::snapshot(&lake).await?;
        Ok(report)
    })?;
    if args.json {
        screen::tell(&format!("{:#}\n", report.json()));
    } else {
        screen::tell(&report.text());
    }
    Ok(if report.has_problems() { Outcome::Problems } else { Outcome::Good })
}
