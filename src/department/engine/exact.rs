//! The counts of a question, by SQL over the roll-ups.

use super::atoms::Asked;
use super::counts::{AtomCounts, Counts, Histogram};
use super::{Engine, EngineError};
use crate::department::lake::tables::Rows;

/// Counts of fewer than nothing do not occur; what a damaged file holds is not shown.
fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn index(number: i32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

type Take = fn(&mut Counts, &Rows<'_>, usize) -> Result<(), EngineError>;

const VISITS: [(&str, Take); 2] = [("days", days), ("languages", languages)];
const ALL: [(&str, Take); 8] = [
    ("dwell", dwell),
    ("items", items),
    ("paths", paths),
    ("lengths", lengths),
    ("bands", bands),
    ("hours", hours),
    ("days", days),
    ("languages", languages),
];

/// Everything.
pub async fn count(engine: &Engine, asked: &Asked) -> Result<Counts, EngineError> {
    ask_for(engine, asked, &ALL).await
}

/// Everything but how long items were looked at, and how closely.
pub async fn count_but_dwell(engine: &Engine, asked: &Asked) -> Result<Counts, EngineError> {
    ask_for(engine, asked, &ALL[1..]).await
}

/// How many visits there were, and nothing else.
pub async fn visits_only(engine: &Engine, asked: &Asked) -> Result<Counts, EngineError> {
    ask_for(engine, asked, &VISITS).await
}

async fn ask_for(engine: &Engine, asked: &Asked, questions: &[(&str, Take)]) -> Result<Counts, EngineError> {
    let mut counts = Counts { atoms: vec![AtomCounts::default(); asked.atoms.len()], ..Counts::default() };
    // All at once: while one question waits for its files another one counts.
    let asking = questions.iter().map(|(query, _)| engine.ask(query, &asked.atoms));
    let answered = futures::future::try_join_all(asking).await?;
    for ((_, take), batches) in questions.iter().zip(answered) {
        for batch in batches {
            take(&mut counts, &Rows(&batch), batch.num_rows())?;
        }
    }
    Ok(counts)
}

fn days(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, day, visits) = (rows.int("atom")?, rows.day("day")?, rows.long("visits")?);
    for at in 0..length {
        if let Some(counts) = counts.atoms.get_mut(index(atom.value(at))) {
            counts.days.insert(day.value(at), whole(visits.value(at)));
        }
    }
    Ok(())
}

fn hours(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, weekday) = (rows.int("atom")?, rows.long("weekday")?);
    let (hour, visits) = (rows.long("hour")?, rows.long("visits")?);
    for at in 0..length {
        // SQL counts the days of the week from Sunday.
        let weekday = u8::try_from((weekday.value(at) + 6).rem_euclid(7)).unwrap_or(0);
        let hour = u8::try_from(hour.value(at)).unwrap_or(0);
        if let Some(counts) = counts.atoms.get_mut(index(atom.value(at))) {
            counts.hours.insert((weekday, hour), whole(visits.value(at)));
        }
    }
    Ok(())
}

fn languages(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, language, visits) = (rows.int("atom")?, rows.text("language")?, rows.long("visits")?);
    let (millis, finished, with_items) = (rows.long("millis")?, rows.long("finished")?, rows.long("with_items")?);
    for at in 0..length {
        if let Some(counts) = counts.atoms.get_mut(index(atom.value(at))) {
            counts.languages.insert(language.value(at).to_owned(), whole(visits.value(at)));
            counts.millis += whole(millis.value(at));
            counts.finished += whole(finished.value(at));
            counts.with_items += whole(with_items.value(at));
        }
    }
    Ok(())
}

fn bands(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, band, visits) = (rows.int("atom")?, rows.long("band")?, rows.long("visits")?);
    for at in 0..length {
        let band = usize::try_from(band.value(at)).unwrap_or(usize::MAX);
        if let Some(sum) = counts.atoms.get_mut(index(atom.value(at))).and_then(|counts| counts.bands.get_mut(band)) {
            *sum += whole(visits.value(at));
        }
    }
    Ok(())
}

fn items(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, item, openings) = (rows.int("atom")?, rows.text("item")?, rows.long("openings")?);
    let (begun, heard) = (rows.long("begun")?, rows.long("heard")?);
    let (sources, abandoned) = (rows.long("sources")?, rows.long("abandoned")?);
    for at in 0..length {
        if let Some(counts) = counts.atoms.get_mut(index(atom.value(at))) {
            let sum = super::counts::ItemCounts {
                openings: whole(openings.value(at)),
                begun: whole(begun.value(at)),
                heard: whole(heard.value(at)),
                sources: whole(sources.value(at)),
                abandoned: whole(abandoned.value(at)),
            };
            counts.items.insert(item.value(at).to_owned(), sum);
        }
    }
    Ok(())
}

fn paths(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (atom, times) = (rows.int("atom")?, rows.long("times")?);
    let (from, to) = (rows.text("from_item")?, rows.text("to_item")?);
    for at in 0..length {
        if let Some(counts) = counts.atoms.get_mut(index(atom.value(at))) {
            counts.paths.insert((from.value(at).to_owned(), to.value(at).to_owned()), whole(times.value(at)));
        }
    }
    Ok(())
}

fn lengths(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (below, seconds, visits) = (rows.int("below")?, rows.long("seconds")?, rows.long("visits")?);
    for at in 0..length {
        let histogram: &mut Histogram = counts.measures.lengths.entry(index(below.value(at))).or_default();
        histogram.insert(whole(seconds.value(at)), whole(visits.value(at)));
    }
    Ok(())
}

fn dwell(counts: &mut Counts, rows: &Rows<'_>, length: usize) -> Result<(), EngineError> {
    let (item, measure) = (rows.text("item")?, rows.text("measure")?);
    let (value, times) = (rows.long("value")?, rows.long("times")?);
    for at in 0..length {
        let histograms =
            if measure.value(at) == "zoom" { &mut counts.measures.zoom } else { &mut counts.measures.dwell };
        let histogram = histograms.entry(item.value(at).to_owned()).or_default();
        histogram.insert(whole(value.value(at)), whole(times.value(at)));
    }
    Ok(())
}
