//! The office tool: prepares and checks exhibit packs. It prints, through `screen` alone, and chooses
//! exit codes: 0 clean, 1 problems, 2 wrong usage, 3 cannot read.

mod args;
pub mod catalogue;
mod commands;
mod failure;
mod field_words;
mod fonts;
pub mod iiif;
mod key_files;
pub mod making;
mod pack_folder;
mod passphrase;
mod screen;
mod today;

use crate::command_line;
use args::Command;
use failure::Done;
use screen::Screen;
use std::ffi::OsString;
use std::process::ExitCode;

/// Exit codes that mean something to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    Problems,
    CannotRead,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::CannotRead => Self::from(3),
        }
    }
}

/// Reads the command line and runs the verb. Wrong usage ends with 2.
pub fn run() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    let tongue = command_line::tongue(&line, |name| std::env::var(name).ok());
    let screen = Screen::new(tongue);
    let args = match command_line::read::<args::Args>(&line, tongue) {
        Ok(args) => args,
        Err(answer) => {
            screen.answer(&answer);
            return answer.code.into();
        }
    };
    match verb(&args.command, screen) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            screen.complain(&failure);
            failure.outcome.into()
        }
    }
}

fn verb(command: &Command, screen: Screen) -> Done {
    match command {
        Command::Build(build) => commands::build::run(build, screen),
        Command::Check(check) => commands::check::run(check, screen),
        Command::Collect(collect) => commands::collect::run(collect, screen),
        Command::Diff(diff) => commands::diff::run(diff, screen),
        Command::Draw(draw) => commands::draw::run(draw, screen),
        Command::Export(export) => commands::export::run(export, screen),
        Command::Import(import) => commands::import::run(import, screen),
        Command::Inspect(inspect) => commands::inspect::run(inspect, screen),
        Command::Keys(keys) => commands::keys::run(keys, screen),
        Command::New(new) => commands::new::run(new, screen),
        Command::Preview(preview) => commands::preview::run(preview),
        Command::Problems(_) => {
            screen.show(crate::pack::rules::manual::markdown().trim_end());
            Ok(Outcome::Clean)
        }
        Command::Sign(sign) => commands::sign::run(sign, screen),
        Command::Stick(stick) => commands::stick::run(stick, screen),
        Command::Tiles(tiles) => commands::tiles::run(tiles, screen),
        Command::Verify(verify) => commands::verify::run(verify, screen),
    }
}
