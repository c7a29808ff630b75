//! What the dashboard and the reports ask of the lake.

use super::figures::{Figures, Level, Period, Unit, Words};
use jiff::civil::Date;
use std::pin::Pin;

pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, AnswerError>> + Send + 'a>>;

pub trait Answers: Send + Sync {
    fn figures<'a>(&'a self, unit: &'a Unit, period: &'a Period) -> Answer<'a, Figures>;
    fn units_below<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>>;
    /// From the nation down to the unit.
    fn chain<'a>(&'a self, unit: &'a Unit, on: Date) -> Answer<'a, Vec<Unit>>;
    fn unit<'a>(&'a self, level: Level, code: &'a str, on: Date) -> Answer<'a, Option<Unit>>;
}

#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// May be shown to whoever asked.
    #[error("{} · {}", .0.vi, .0.en)]
    Refused(Words),
    /// For the log only.
    #[error(transparent)]
    Failed(#[from] Box<dyn std::error::Error + Send + Sync>),
}
