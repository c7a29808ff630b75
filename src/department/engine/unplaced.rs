//! Kiosks that worked on days for which nobody says where they stood: their visits are in no unit's figures.

use super::EngineError;
use super::answers::LakeAnswers;
use super::stock::{Worked, worked};
use crate::department::atlas::nation;
use crate::department::figures::Period;
use crate::department::lake::events::days_of;
use std::collections::BTreeMap;

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
    let days = days_of(period.first)..=days_of(period.last);
    let without = |worked: &Worked| {
        let without = |(kiosk, worked): &(&String, &Vec<i32>)| {
            worked.iter().any(|day| days.contains(day) && !is_placed(kiosk, *day))
        };
        worked.iter().filter(without).count() as u64
    };
    match answers.stock.worked() {
        Some(worked) => Ok(without(worked)),
        None => Ok(without(&worked(&answers.engine, Some(period)).await?)),
    }
}
