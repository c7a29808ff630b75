//! `haidang-visits ingest`: journals from sticks into the lake.

use super::super::args::Ingest;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::ingest;
use crate::department::lake::{Lake, units};

pub fn run(args: &Ingest) -> Done {
    let report = office::block_on(async {
        let places = office::places(args.office.places.as_deref())?;
        places.tell_trouble();
        let atlas = places.atlas();
        let lake = Lake::open_or_make(&args.office.lake)?;
        let is_new = lake.is_empty().await?;
        let report = ingest::ingest(&lake, &args.journals, &*atlas).await?;
        if is_new && report.new_records() > 0 {
            let place = &args.office.lake;
            screen::note(&format!("{place}: đã lập kho dữ liệu mới · a new lake was made"));
        }
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
