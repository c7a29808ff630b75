//! Figures worked out lately, for the pages of one unit and period ask for the same. They stay right as long as the lake
//! that they were asked of, which shows one moment.

use crate::department::figures::{Figures, Period, Unit};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Figures of a nation hold a row a kiosk, some megabytes at 30,000 of them.
const KEPT: usize = 32;

#[derive(Debug, Default)]
pub struct Recent(Mutex<VecDeque<Figures>>);

impl Recent {
    pub fn find(&self, unit: &Unit, period: &Period) -> Option<Figures> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|figures| figures.unit == *unit && figures.period == *period)?;
        let found = kept.remove(at)?;
        kept.push_front(found.clone());
        Some(found)
    }

    pub fn keep(&self, figures: &Figures) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(figures.clone());
        kept.truncate(KEPT);
    }
}
