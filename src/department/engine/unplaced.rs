//! Kiosks that worked on days for which nobody says where they stood: their visits are in no unit's figures.

use super::EngineError;
use super::answers::LakeAnswers;
use crate::department::atlas::nation;
use crate::department::figures::Period;
use crate::department::lake::events::days_of;
use crate::department::lake::tables::Rows;
use std::collections::{BTreeMap, BTreeSet};

/// How many there are in the whole lake; nobody knows in which unit they belong.
pub async fn kiosks(answers: &LakeAnswers, period: &Period) -> Result<u64, EngineError> {
    let heard: Vec<&str> = answers.snapshot.kiosks.keys().map(String::as_str).collect();
    let stays = answers.atlas.stays(&nation(), period, &heard);
    let mut placed: BTreeMap<&str, Vec<(i32, i32)>> = BTreeMap::new();
    for stay in &stays {
        placed.entry(&stay.kiosk).or_default().push((days_of(stay.first), days_of(stay.last)));
    }
    let is_placed = |kiosk: &str, day: i32| {
        let mut stays = placed.get(kiosk).into_iter().flatten();
        stays.any(|(first, last)| (*first..=*last).contains(&day))
    };
    if let Some(worked) = answers.stock.worked() {
        let days = days_of(period.first)..=days_of(period.last);
        let without =
            |worked: &[i32], kiosk: &str| worked.iter().any(|day| days.contains(day) && !is_placed(kiosk, *day));
        return Ok(worked.iter().filter(|(kiosk, worked)| without(worked, kiosk)).count() as u64);
    }
    let (first, last) = (period.first, period.last);
    let worked =
        format!("SELECT DISTINCT kiosk, day FROM day_visit WHERE day BETWEEN DATE '{first}' AND DATE '{last}'");
    let mut without = BTreeSet::new();
    for batch in answers.engine.sql(&worked).await? {
        let rows = Rows(&batch);
        let (kiosk, day) = (rows.text("kiosk")?, rows.day("day")?);
        for at in 0..batch.num_rows() {
            if !is_placed(kiosk.value(at), day.value(at)) {
                without.insert(kiosk.value(at).to_owned());
            }
        }
    }
    Ok(without.len() as u64)
}
