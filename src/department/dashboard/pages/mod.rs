//! The pages, one a file, and the frame around them.

mod days;
pub mod frame;
pub mod items;
pub mod kiosks;
pub mod login;
pub mod overview;
pub mod period;
pub mod places;
pub mod refusal;
pub mod reports;

use super::address::Address;
use super::app::{App, Visitor};
use super::tables::of_figures::Tables;
use super::wording::Wording;
use crate::department::figures::{Figures, Period, Unit};
use jiff::civil::Date;

/// All that a page shows.
pub struct Shown<'a> {
    pub app: &'a App,
    pub visitor: &'a Visitor,
    pub address: &'a Address,
    pub wording: Wording,
    pub figures: &'a Figures,
    /// From the nation down to the unit.
    pub chain: &'a [Unit],
    /// The whole period, though it may not be over yet.
    pub period: &'a Period,
    pub today: Date,
}

impl Shown<'_> {
    pub fn tables(&self) -> Tables<'_> {
        Tables { figures: self.figures, wording: self.wording, address: self.address }
    }

    pub fn t<'b>(&self, vietnamese: &'b str, english: &'b str) -> &'b str {
        self.wording.of(vietnamese, english)
    }
}
