//! What the lake must be told of places: where a kiosk stood on a day, and what a unit holds. The gazetteer answers;
//! without one, the nation holds every kiosk that was heard from.

use super::figures::{Level, Period, Unit, Words};
use jiff::civil::Date;

/// A kiosk in a unit over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub kiosk: String,
    pub first: Date,
    pub last: Date,
    /// The school or other place that the kiosk stands in; the kiosk itself where no place is known.
    pub place: Unit,
    pub is_school: bool,
    /// The unit one level below the one asked for.
    pub below: Unit,
}

pub trait Atlas: Send + Sync {
    /// Code of the province that a kiosk stood in.
    fn province_of(&self, kiosk: &str, on: Date) -> Option<String>;
    /// Is there a gazetteer that could have a key?
    fn knows_keys(&self) -> bool {
        true
    }
    /// The key that the kiosk is registered with, as minisign writes it.
    fn public_key(&self, kiosk: &str) -> Option<String>;
    /// The kiosks of a unit. `heard` are all in the lake. No kiosk has two stays on one day.
    fn stays(&self, unit: &Unit, period: &Period, heard: &[&str]) -> Vec<Stay>;
    fn units_below(&self, unit: &Unit, on: Date) -> Vec<Unit>;
    /// From the nation down to the unit.
    fn chain(&self, unit: &Unit, on: Date) -> Vec<Unit>;
    fn unit(&self, level: Level, code: &str, on: Date) -> Option<Unit>;
    /// The ids of all items that have a title.
    fn items(&self) -> Vec<String>;
    fn title(&self, item: &str) -> Option<Words>;
    /// People that teachers counted in the places of a unit.
    fn teacher_count(&self, unit: &Unit, period: &Period) -> Option<u64>;
}

/// No gazetteer: a nation of kiosks.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlaces;

pub fn nation() -> Unit {
    let name = Words { vi: "Cả nước".to_owned(), en: "The whole country".to_owned() };
    Unit { level: Level::Nation, code: String::new(), name }
}

pub fn kiosk_unit(kiosk: &str) -> Unit {
    let name = Words { vi: format!("Máy {kiosk}"), en: format!("Kiosk {kiosk}") };
    Unit { level: Level::Kiosk, code: kiosk.to_owned(), name }
}

impl Atlas for NoPlaces {
    fn knows_keys(&self) -> bool {
        false
    }

    fn province_of(&self, _: &str, _: Date) -> Option<String> {
        None
    }

    fn public_key(&self, _: &str) -> Option<String> {
        None
    }

    fn stays(&self, unit: &Unit, period: &Period, heard: &[&str]) -> Vec<Stay> {
        let asked = heard.iter().filter(|kiosk| match unit.level {
            Level::Nation => true,
            Level::Kiosk => unit.code == ***kiosk,
            _ => false,
        });
        let stay = |kiosk: &&str| Stay {
            kiosk: (*kiosk).to_owned(),
            first: period.first,
            last: period.last,
            place: kiosk_unit(kiosk),
            is_school: false,
            below: kiosk_unit(kiosk),
        };
        asked.map(stay).collect()
    }

    fn units_below(&self, _: &Unit, _: Date) -> Vec<Unit> {
        Vec::new()
    }

    fn chain(&self, unit: &Unit, _: Date) -> Vec<Unit> {
        let mut chain = vec![nation()];
        if unit.level != Level::Nation {
            chain.push(unit.clone());
        }
        chain
    }

    fn unit(&self, level: Level, code: &str, _: Date) -> Option<Unit> {
        match level {
            Level::Nation => Some(nation()),
            Level::Kiosk => Some(kiosk_unit(code)),
            _ => None,
        }
    }

    fn items(&self) -> Vec<String> {
        Vec::new()
    }

    fn title(&self, _: &str) -> Option<Words> {
        None
    }

    fn teacher_count(&self, _: &Unit, _: &Period) -> Option<u64> {
        None
    }
}
