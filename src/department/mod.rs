//! The education department's tool: journals from sticks into a lake, figures, reports and a dashboard out of it. This
//! room prints and chooses exit codes: 0 good, 1 something to look at, 2 wrong usage, 3 cannot be read or written.
//! Listing and exporting one journal is built without the feature `department`.

mod args;
mod commands;
mod failure;
mod screen;

#[cfg(feature = "department")]
pub mod answers;
#[cfg(feature = "department")]
pub mod atlas;
#[cfg(feature = "department")]
pub mod atlas_of_places;
#[cfg(feature = "department")]
pub mod certain;
#[cfg(feature = "cluster")]
pub mod cluster;
#[cfg(feature = "department")]
pub mod dashboard;
#[cfg(feature = "department")]
pub mod engine;
#[cfg(feature = "department")]
pub mod figures;
#[cfg(feature = "department")]
pub mod heights;
#[cfg(feature = "department")]
pub mod ingest;
#[cfg(feature = "department")]
pub mod lake;
#[cfg(feature = "department")]
pub mod periods;
#[cfg(feature = "department")]
pub mod places;
#[cfg(feature = "department")]
pub mod report;
#[cfg(feature = "department")]
pub mod simulate;
#[cfg(feature = "department")]
pub mod suppression;
#[cfg(feature = "department")]
pub mod xapi;

use crate::command_line;
use crate::diagnostics::Tongue;
use args::{Args, Command};
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Exit codes that mean something to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Good,
    Problems,
    WrongUsage,
    CannotRead,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Good => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::WrongUsage => Self::from(2),
            Outcome::CannotRead => Self::from(3),
        }
    }
}

/// What a verb comes to.
type Done = Result<Outcome, Failure>;

/// Reads the command line and runs the verb. Wrong usage ends with 2.
pub fn run() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    let tongue = command_line::tongue(&line, |name| std::env::var(name).ok());
    screen::speak(tongue);
    #[cfg(feature = "department")]
    if let Some(line) = args::ExportXapi::of_line(&line) {
        return match command_line::read::<args::ExportXapi>(&line, tongue) {
            Ok(export) => xapi::run(&export.xapi),
            Err(answer) => answered(&answer),
        };
    }
    let args = match command_line::read::<Args>(&line, tongue) {
        Ok(args) => args,
        Err(answer) => return answered(&answer),
    };
    match verb(&args.command, tongue) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            screen::complain(&failure);
            failure.outcome.into()
        }
    }
}

fn answered(answer: &command_line::Answer) -> ExitCode {
    screen::answer(answer);
    answer.code.into()
}

#[cfg_attr(not(feature = "department"), expect(unused_variables))]
fn verb(command: &Command, tongue: Tongue) -> Done {
    match command {
        Command::List(list) => commands::list::run(list),
        Command::Export(export) => commands::export::run(export),
        #[cfg(feature = "department")]
        Command::Ingest(ingest) => commands::ingest::run(ingest),
        #[cfg(feature = "department")]
        Command::Figures(figures) => commands::figures::run(figures),
        #[cfg(feature = "department")]
        Command::Report(report) => commands::report::run(report),
        #[cfg(feature = "department")]
        Command::Serve(serve) => commands::serve::run(serve),
        #[cfg(feature = "department")]
        Command::Users(users) => commands::users::run(users),
        #[cfg(feature = "department")]
        Command::Simulate(simulate) => commands::simulate::run(simulate),
        #[cfg(feature = "department")]
        Command::Explain(explain) => commands::explain::run(explain),
        #[cfg(feature = "department")]
        Command::Rollup(rollup) => commands::rollup::run(rollup),
        #[cfg(feature = "department")]
        Command::Places(places) => commands::places::run(places, tongue),
        #[cfg(feature = "department")]
        Command::Ask(ask) => commands::ask::run(ask),
        #[cfg(feature = "cluster")]
        Command::Cluster(cluster) => commands::cluster::run(cluster),
    }
}
