//! The office tool: prepares and checks exhibit packs. The only room, with the department's, that prints and chooses
//! exit codes: 0 clean, 1 problems, 2 wrong usage, 3 cannot read.

mod args;
mod commands;

use clap::Parser;
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

/// Reads the command line (clap itself exits with 2 on wrong usage) and runs the verb.
pub fn run() -> ExitCode {
    match args::Args::parse().command {
        args::Command::Check(check) => commands::check::run(&check).into(),
        args::Command::Draw(draw) => commands::draw::run(&draw).into(),
        args::Command::Tiles(tiles) => commands::tiles::run(&tiles).into(),
    }
}
