//! `haidang-visits explain`: the journals that figures came from.

use super::super::args::Explain;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::engine::explain;
use crate::department::lake::marks;
use std::fmt::Write;

pub fn run(args: &Explain) -> Done {
    let text = office::block_on(async {
        let answers = office::answers(&args.office).await?;
        let (unit, period) = office::question(&answers, &args.question)?;
        let asked = answers.asked(&unit, &period);
        let mut out = format!("{} · {}, {} – {}\n", unit.name.vi, unit.name.en, period.first, period.last);
        for journal in explain::journals(&answers, &asked).await? {
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "kiosk {}  bản ghi · records {}–{}  blake3 {}",
                journal.kiosk, journal.first_sequence, journal.last_sequence, journal.hash
            );
        }
        for health in answers.snapshot.health().filter(|h| asked.atoms.iter().any(|atom| atom.kiosk == h.kiosk)) {
            for mark in &health.marks {
                let (vi, en) = marks::said(mark);
                let _ = writeln!(out, "kiosk {}  {mark}: {vi} · {en}", health.kiosk);
            }
        }
        Ok(out)
    })?;
    screen::tell(&text);
    Ok(Outcome::Good)
}
