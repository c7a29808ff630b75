//! `haidang-visits rollup`: makes the tables that figures are read from, or makes them again and compares.

use super::super::args::Rollup;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::lake::{Lake, units};

pub fn run(args: &Rollup) -> Done {
    let (text, outcome) = office::block_on(async {
        let lake = Lake::open(&args.lake).await?;
        let snapshot = units::snapshot(&lake).await?;
        let rows: u64 = snapshot.made.iter().flat_map(|made| made.parts.values().flatten()).map(|part| part.rows).sum();
        let kiosks = snapshot.kiosks.len();
        if !args.check {
            return Ok((format!("{kiosks} kiosk, {rows} dòng · rows\n"), Outcome::Good));
        }
        let differing = units::check(&lake, &snapshot).await?;
        if differing.is_empty() {
            return Ok((
                format!("{kiosks} kiosk, {rows} dòng đúng với bản ghi gốc · rows agree with the records\n"),
                Outcome::Good,
            ));
        }
        let lines: Vec<String> = differing
            .iter()
            .map(|path| format!("{path}: không đúng với bản ghi gốc · does not agree with the records\n"))
            .collect();
        Ok((lines.concat(), Outcome::Problems))
    })?;
    screen::tell(&text);
    Ok(outcome)
}
