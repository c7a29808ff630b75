//! The office tool: prepares and checks exhibit packs. The only room, with the department's, that prints and chooses
//! exit codes: 0 clean, 1 problems, 2 wrong usage, 3 cannot read.

mod args;
mod catalogue;
mod commands;
pub mod iiif;
mod key_files;
pub mod making;
mod passphrase;
mod today;

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
        args::Command::Build(build) => commands::build::run(&build).into(),
        args::Command::Check(check) => commands::check::run(&check).into(),
        args::Command::Collect(collect) => commands::collect::run(&collect).into(),
        args::Command::Diff(diff) => commands::diff::run(&diff).into(),
        args::Command::Draw(draw) => commands::draw::run(&draw).into(),
        args::Command::Export(export) => commands::export::run(&export).into(),
        args::Command::Import(import) => commands::import::run(&import).into(),
        args::Command::Inspect(inspect) => commands::inspect::run(&inspect).into(),
        args::Command::Keys(keys) => commands::keys::run(&keys).into(),
        args::Command::New(new) => commands::new::run(&new).into(),
        args::Command::Preview(preview) => commands::preview::run(&preview).into(),
        args::Command::Problems(_) => {
            print!("{}", crate::pack::rules::manual::markdown());
            Outcome::Clean.into()
        }
        args::Command::Sign(sign) => commands::sign::run(&sign).into(),
        args::Command::Stick(stick) => commands::stick::run(&stick).into(),
        args::Command::Tiles(tiles) => commands::tiles::run(&tiles).into(),
        args::Command::Verify(verify) => commands::verify::run(&verify).into(),
    }
}
