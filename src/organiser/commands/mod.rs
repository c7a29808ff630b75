//! One verb a file.

pub mod build;
pub mod check;
pub mod collect;
pub mod coverage;
pub mod diff;
pub mod draw;
pub mod export;
pub mod import;
pub mod inspect;
pub mod keys;
pub mod new;
pub mod page;
pub mod preview;
mod renamed;
pub mod sign;
pub mod stick;
pub mod tiles;
pub mod verify;
pub mod watch;
