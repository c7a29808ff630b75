//! `haidang-visits report`: figures that were counted twice, as a file to be filed.

use super::super::args::Report;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::report::{Format, Language, Letter, ReportError, write};
use std::path::Path;

pub fn run(args: &Report) -> Done {
    if Format::of(&args.output).is_none() {
        let error = ReportError::UnknownEnding(args.output.clone());
        return Err(Failure { outcome: Outcome::WrongUsage, ..Failure::of(&error) });
    }
    let letter = letter(args.letter.as_deref())?;
    let figures = office::block_on(async {
        let answers = office::answers(&args.office, &args.place).await?;
        let (unit, period) = office::question(&answers, &args.question)?;
        Ok(answers.checked_figures(&unit, &period).await?)
    })?;
    let language = if args.lang == "en" { Language::English } else { Language::Vietnamese };
    write(&figures, &letter, language, &args.output).map_err(|error| Failure::of(&error))?;
    screen::tell(&format!("{}: đã ghi, đã đếm lại · written, counted twice\n", args.output.display()));
    Ok(Outcome::Good)
}

/// The letterhead, or an empty one to be filled in by hand.
pub fn letter(file: Option<&Path>) -> Result<Letter, Failure> {
    file.map_or_else(|| Ok(Letter::default()), |file| Letter::read(file).map_err(|error| Failure::of(&error)))
}
