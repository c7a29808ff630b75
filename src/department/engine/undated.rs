//! Visits whose day no clock told: they count in no period, and are told of beside those that do. A kiosk's undated
//! visits are one atom, hidden by the rule of a total, and the same in every unit and period that they are told in.

use super::answers::LakeAnswers;
use super::atoms::Asked;
use crate::department::figures::Period;
use crate::department::lake::derive::Health;
use crate::department::lake::events::days_of;
use crate::department::suppression::{Told, total};
use std::collections::{BTreeMap, BTreeSet};

/// How many there are of the kiosks asked about.
pub fn counted(answers: &LakeAnswers, asked: &Asked) -> BTreeMap<String, u64> {
    let kiosks: BTreeSet<&str> = asked.atoms.iter().map(|atom| atom.kiosk.as_str()).collect();
    let mine = answers.snapshot.health().filter(|health| health.undated > 0 && kiosks.contains(health.kiosk.as_str()));
    mine.map(|health| (health.kiosk.clone(), health.undated)).collect()
}

/// What is told of those kiosks whose undated visits could lie in the period, while they stood in the unit.
pub fn told(answers: &LakeAnswers, asked: &Asked, period: &Period) -> BTreeMap<String, Told> {
    let known: BTreeMap<&str, &Health> = answers.snapshot.health().map(|h| (h.kiosk.as_str(), h)).collect();
    let mut told = BTreeMap::new();
    for stay in &asked.stays {
        let (first, last) = (days_of(stay.first.max(period.first)), days_of(stay.last.min(period.last)));
        let may_be = |health: &&&Health| health.undated_within.iter().any(|between| between.may_be_in(first, last));
        if let Some(health) = known.get(stay.kiosk.as_str()).filter(|_| first <= last).filter(may_be) {
            told.insert(stay.kiosk.clone(), total(health.undated, answers.threshold));
        }
    }
    told
}
