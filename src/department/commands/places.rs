//! `haidang-visits places check`: what does not match in the gazetteer, or between it and the lake.

use super::super::args::{Places, PlacesVerb};
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::engine::Engine;
use crate::department::lake::events::date_of;
use crate::department::lake::tables::Rows;
use crate::department::lake::{Lake, units};
use crate::department::places::{Gazetteer, Seen};
use crate::diagnostics::{Tongue, plain_text};
use std::collections::{BTreeMap, BTreeSet};

const DAYS: &str = "SELECT DISTINCT kiosk, day FROM day_visit";

pub fn run(args: &Places, tongue: Tongue) -> Done {
    let PlacesVerb::Check(args) = &args.verb;
    if !args.folder.is_dir() {
        let place = args.folder.display();
        return Err(Failure::cannot_read(format!("{place}: không có thư mục này"), "there is no such folder"));
    }
    let (gazetteer, mut problems) = Gazetteer::read(&args.folder);
    if let Some(lake) = &args.lake {
        let seen = office::block_on(seen(lake))?;
        problems.extend(gazetteer.check(&seen));
    }
    screen::tell(&plain_text::render_in(&problems, tongue));
    let problems_said = tongue.say(&format!("{} vấn đề", problems.len()), &format!("{} problems", problems.len()));
    screen::tell(&format!("{problems_said}\n"));
    Ok(if problems.is_empty() { Outcome::Good } else { Outcome::Problems })
}

async fn seen(lake: &str) -> Result<Vec<Seen>, Failure> {
    let lake = Lake::open(lake).await?;
    let snapshot = units::snapshot(&lake).await?;
    let engine = Engine::open(&lake, &snapshot)?;
    let mut days: BTreeMap<String, BTreeSet<jiff::civil::Date>> = BTreeMap::new();
    for batch in engine.sql(DAYS).await? {
        let rows = Rows(&batch);
        let (kiosk, day) = (rows.text("kiosk")?, rows.day("day")?);
        for at in 0..batch.num_rows() {
            days.entry(kiosk.value(at).to_owned()).or_default().extend(date_of(day.value(at)));
        }
    }
    // The id of a sealed kiosk is the hash of its key, so the key itself tells nothing more here.
    let seen = |kiosk: &String| Seen {
        kiosk: kiosk.clone(),
        public_key: None,
        file: kiosk.clone(),
        days: days.get(kiosk).cloned().unwrap_or_default(),
    };
    Ok(snapshot.kiosks.keys().map(seen).collect())
}
