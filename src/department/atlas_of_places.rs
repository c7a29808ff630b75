//! The gazetteer as the lake asks it.

use super::atlas::{Atlas, Stay, kiosk_unit};
use super::figures::{Level, Period, Unit, Words};
use super::places::{Gazetteer, Kind, Posting, Valid, nation};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl Gazetteer {
    /// From the nation down to the kiosk.
    fn chain_down(&self, posting: &Posting, on: Date) -> Option<Vec<Unit>> {
        let mut chain = Self::chain(self, &posting.place, on);
        chain.reverse();
        chain.push(kiosk_unit(&posting.kiosk));
        // A place that leads up to no province counts nowhere; `places check` tells of it.
        (chain.len() > 1).then_some(chain)
    }

    /// The days from the first to the last, cut wherever a unit or place begins or ends.
    fn stretches(&self, first: Date, last: Date) -> Vec<(Date, Date)> {
        let valid = self.units.iter().map(|row| &row.valid).chain(self.schools.iter().map(|row| &row.valid));
        let starts = valid.flat_map(|valid: &Valid| [Some(valid.first), valid.after()]).flatten();
        let mut starts: BTreeSet<Date> = starts.filter(|day| (first..=last).contains(day)).collect();
        starts.insert(first);
        let ends = starts.iter().skip(1).filter_map(|next| next.yesterday().ok()).chain([last]);
        starts.iter().copied().zip(ends).collect()
    }

    fn stay(&self, unit: &Unit, posting: &Posting, (first, last): (Date, Date)) -> Option<Stay> {
        let first = first.max(posting.valid.first);
        let last = posting.valid.last.map_or(last, |end| end.min(last));
        if first > last {
            return None;
        }
        let chain = self.chain_down(posting, first)?;
        let at = chain.iter().position(|above| above.level == unit.level && above.code == unit.code)?;
        Some(Stay {
            kiosk: posting.kiosk.clone(),
            first,
            last,
            place: chain.iter().rev().nth(1)?.clone(),
            is_school: self.school_on(&posting.place, first).is_some_and(|place| place.kind == Kind::School),
            below: chain.get(at + 1).or(chain.last())?.clone(),
        })
    }
}

impl Atlas for Gazetteer {
    fn province_of(&self, kiosk: &str, on: Date) -> Option<String> {
        let place = self.place_of(kiosk, on)?;
        let chain = Self::chain(self, &place.code, on);
        chain.into_iter().find(|unit| unit.level == Level::Province).map(|unit| unit.code)
    }

    fn public_key(&self, kiosk: &str) -> Option<String> {
        let mine = self.kiosks.iter().filter(|posting| posting.kiosk == kiosk);
        mine.map(|posting| posting.public_key.clone()).find(|key| !key.is_empty())
    }

    fn stays(&self, unit: &Unit, period: &Period, _: &[&str]) -> Vec<Stay> {
        let mut stays: Vec<Stay> = Vec::new();
        let mut days: BTreeMap<String, Vec<(Date, Date)>> = BTreeMap::new();
        for stretch in self.stretches(period.first, period.last) {
            for posting in &self.kiosks {
                let Some(stay) = self.stay(unit, posting, stretch) else { continue };
                // Two postings on one day are an error of the gazetteer; a visit must not count twice for it.
                let days = days.entry(stay.kiosk.clone()).or_default();
                let is_double = days.iter().any(|(first, last)| *first <= stay.last && stay.first <= *last);
                if !is_double {
                    days.push((stay.first, stay.last));
                    stays.push(stay);
                }
            }
        }
        stays
    }

    fn units_below(&self, unit: &Unit, on: Date) -> Vec<Unit> {
        Self::units_below(self, unit, on)
    }

    fn chain(&self, unit: &Unit, on: Date) -> Vec<Unit> {
        let place = match unit.level {
            Level::Kiosk => self.place_of(&unit.code, on).map(|place| place.code.clone()),
            Level::School => Some(unit.code.clone()),
            _ => None,
        };
        let mut chain = match (place, unit.level) {
            (Some(place), _) => Self::chain(self, &place, on),
            (None, Level::Commune) => self.above_commune(&unit.code, on),
            (None, _) => vec![nation()],
        };
        if chain.is_empty() {
            chain.push(nation());
        }
        chain.sort_by_key(|unit| unit.level);
        if !chain.contains(unit) && unit.level != Level::Nation {
            chain.push(unit.clone());
        }
        chain
    }

    fn unit(&self, level: Level, code: &str, on: Date) -> Option<Unit> {
        Self::unit(self, level, code, on)
    }

    fn items(&self) -> Vec<String> {
        self.items.keys().cloned().collect()
    }

    fn title(&self, item: &str) -> Option<Words> {
        self.items.get(item).cloned()
    }

    fn teacher_count(&self, unit: &Unit, period: &Period) -> Option<u64> {
        let within = |place: &str, on: Date| {
            Self::chain(self, place, on).iter().any(|above| above.level == unit.level && above.code == unit.code)
        };
        let mine = self.headcounts.iter().filter(|count| {
            period.first <= count.date && count.date <= period.last && within(&count.place, count.date)
        });
        mine.map(|count| u64::from(count.people)).reduce(u64::saturating_add)
    }
}

impl Gazetteer {
    /// The nation, the province and the commune.
    fn above_commune(&self, code: &str, on: Date) -> Vec<Unit> {
        let provinces = Self::units_below(self, &nation(), on);
        let holds = |province: &&Unit| Self::units_below(self, province, on).iter().any(|unit| unit.code == code);
        let province = provinces.iter().find(holds).cloned();
        let commune = Self::unit(self, Level::Commune, code, on);
        [Some(nation()), province, commune].into_iter().flatten().collect()
    }
}
