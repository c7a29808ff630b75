//! The dashboard: pages that show the figures of a unit over a period, made on the server, in two languages. It asks
//! for figures through [`Answers`](super::answers::Answers) and counts nothing itself.

mod address;
mod app;
mod assets;
mod charts;
mod choice;
mod fold;
mod guard;
mod language;
mod options;
mod pages;
mod serving;
mod tables;
mod trouble;
pub mod users;
mod wording;

pub use language::Language;
pub use options::{Calendar, DashboardError, Notice, Preset, ReportFormat, Reports, ServeOptions};
pub use serving::serve;
