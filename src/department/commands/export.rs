//! `haidang-visits export --csv`: every record of one journal.

use super::super::Done;
use super::super::args::Export;
use super::super::screen;
use crate::visits::export;

pub fn run(args: &Export) -> Done {
    let (records, chain) = super::records(&args.journal)?;
    screen::tell(&export::csv(&records));
    super::judged(&args.journal, chain)
}
