//! `haidang-visits figures`: the figures of a unit over a period as JSON.

use super::super::args::Figures;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::{office, question};

pub fn run(args: &Figures) -> Done {
    let figures = office::block_on(async {
        let (answers, places) = office::answers(&args.office, &args.place).await?;
        let (unit, period) = question::question(&answers, &places, &args.question)?;
        if args.check {
            return Ok(answers.checked_figures(&unit, &period).await?);
        }
        Ok(answers.figures_of(&unit, &period).await?)
    })?;
    let json = serde_json::to_string_pretty(&figures).map_err(|error| Failure::of(&error))?;
    screen::tell(&format!("{json}\n"));
    Ok(Outcome::Good)
}
