//! The verb: finds journals, judges them, and writes or sends their statements. Exit codes: 0 all is well, 1 something
//! was refused or a journal is damaged, 2 wrong usage, 3 cannot be read, written or sent.

use super::args::XapiArgs;
use super::credentials;
use super::http::{Address, Clock, HttpLrs};
use super::journals::{self, Source};
use super::names::Base;
use super::profile::profile;
use super::progress::Progress;
use super::sending::{Manner, Sender};
use super::statement::{Entry, entries};
use super::writing::{Form, Statements};
use crate::base::files::write_whole;
use crate::diagnostics::{Said, cause};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Statements of one batch together, in bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Clean,
    Problems,
    Usage,
    CannotRead,
}

/// What ends the verb; why, the person was told where it was found.
type Done = Result<Outcome, Outcome>;

/// Not to be called inside an asynchronous runtime: sending has one of its own.
pub fn run(args: &XapiArgs) -> ExitCode {
    let (Ok(outcome) | Err(outcome)) = act(args);
    ExitCode::from(match outcome {
        Outcome::Clean => 0,
        Outcome::Problems => 1,
        Outcome::Usage => 2,
        Outcome::CannotRead => 3,
    })
}

fn act(args: &XapiArgs) -> Done {
    let base = Base::new(&args.base).map_err(|error| {
        tell(&args.base, &format!("phải là địa chỉ như https://luotxem.example.vn · {error}"), Outcome::Usage)
    })?;
    if let Some(path) = &args.profile {
        let text = format!("{:#}\n", profile(&base));
        write_whole(path, text.as_bytes()).map_err(|error| no_file(path, &error))?;
        return Ok(Outcome::Clean);
    }
    let found = journals::find(&args.journals).map_err(|error| {
        let named: Vec<_> = args.journals.iter().map(|path| path.display().to_string()).collect();
        tell(&named.join(", "), &format!("không đọc được: {error} · cannot be read: {error}"), Outcome::CannotRead)
    })?;
    match (&args.output, &args.to, &args.state) {
        (Some(output), _, _) => write(&base, &found, output),
        (_, Some(to), Some(state)) => send(args, &base, &found, to, state),
        _ => Err(Outcome::Usage),
    }
}

fn write(base: &Base, found: &[PathBuf], output: &Path) -> Done {
    let form = Form::of(output).ok_or_else(|| {
        let words = "tên phải kết thúc bằng .ndjson, .jsonl hoặc .json · the name must end in .ndjson, .jsonl or .json";
        tell(&output.display().to_string(), words, Outcome::Usage)
    })?;
    let mut statements = Statements::beside(output, form).map_err(|error| no_file(output, &error))?;
    let mut outcome = Outcome::Clean;
    // Overlapping copies of a journal give the same statements.
    let mut seen = HashSet::new();
    let mut refused = 0;
    for path in found {
        let Some(source) = open(path, &mut outcome) else { continue };
        for Entry { sequence, statement, .. } in entries(base, &source.kiosk, &source.records) {
            match statement {
                Ok(statement) => {
                    if seen.insert(statement["id"].as_str().unwrap_or_default().to_owned()) {
                        statements.add(&statement).map_err(|error| no_file(output, &error))?;
                    }
                }
                Err(why) => {
                    refused += 1;
                    let words = format!("bản ghi {sequence} không thành phát biểu được · record {sequence}: {why}");
                    outcome = outcome.max(tell(&path.display().to_string(), &words, Outcome::Problems));
                }
            }
        }
    }
    let count = statements.publish().map_err(|error| no_file(output, &error))?;
    println!(
        "{}: {count} phát biểu · statements, {refused} bản ghi bị bỏ · records left out, {} nhật ký · journals",
        output.display(),
        found.len()
    );
    Ok(outcome)
}

fn send(args: &XapiArgs, base: &Base, found: &[PathBuf], to: &str, state: &Path) -> Done {
    // An address with a password in it is not repeated.
    let address = Address::new(to).map_err(|error| tell("--to", &error.to_string(), Outcome::Usage))?;
    let credentials = credentials::read(args.credentials.as_deref(), |name| std::env::var(name).ok())
        .map_err(|error| tell(address.as_str(), &error.to_string(), Outcome::CannotRead))?;
    let mut progress = Progress::open(state, base, address.as_str())
        .map_err(|error| tell(address.as_str(), &error.to_string(), Outcome::CannotRead))?;
    let opened = HttpLrs::new(address.clone(), credentials).and_then(|lrs| Ok((lrs, Clock::new()?)));
    let (lrs, clock) =
        opened.map_err(|error| tell(address.as_str(), &format!("{error} · {error}"), Outcome::CannotRead))?;
    let manner = Manner {
        batch: args.batch.into(),
        batch_bytes: BATCH_BYTES,
        tries: args.tries.into(),
        retry_refused: args.retry_refused,
    };
    let mut sender = Sender::new(lrs, clock, &mut progress, manner);
    let mut outcome = Outcome::Clean;
    let mut stopped = None;
    for path in found {
        let Some(source) = open(path, &mut outcome) else { continue };
        if let Err(error) = sender.send(base, &source.kiosk, &source.records) {
            stopped = Some(tell(&path.display().to_string(), &error.to_string(), Outcome::CannotRead));
            break;
        }
    }
    let sum = sender.sum;
    println!(
        "{}: {} phát biểu đã nhận · taken, {} từ trước · before, {} bị từ chối · refused, {} lần hỏi · requests, {} lần \
         chờ · waits",
        address.as_str(),
        sum.taken,
        sum.before,
        sum.refused,
        sum.requests,
        sum.waits
    );
    if progress.refused() > 0 {
        let words =
            format!("{} bản ghi bị từ chối, lý do trong tệp · records refused, why is in it", progress.refused());
        outcome = outcome.max(tell(&state.display().to_string(), &words, Outcome::Problems));
    }
    stopped.map_or(Ok(outcome), Err)
}

/// A journal that may be told of; what is to be known of it is told.
fn open(path: &Path, outcome: &mut Outcome) -> Option<Source> {
    let name = path.display().to_string();
    match journals::open(path) {
        Ok(source) => {
            for mark in &source.marks {
                *outcome = (*outcome).max(tell(&name, mark, Outcome::Problems));
            }
            Some(source)
        }
        Err(error) => {
            *outcome = (*outcome).max(tell(&name, &format!("không nhận · refused: {error}"), Outcome::Problems));
            None
        }
    }
}

fn no_file(path: &Path, error: &std::io::Error) -> Outcome {
    let Said { vi, en } = cause(error);
    let words = format!("không đọc hay ghi được: {vi} · cannot be read or written: {en}");
    tell(&path.display().to_string(), &words, Outcome::CannotRead)
}

fn tell(place: &str, words: &str, outcome: Outcome) -> Outcome {
    let said = format!("{place}: {words}");
    crate::department::screen::note(&said, &said);
    outcome
}
