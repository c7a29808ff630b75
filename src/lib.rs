//! Hải Đăng ("lighthouse"): an exhibition kiosk for historical maps, documents and artefacts.
//!
//! Rooms in reading order. Stairs go down only; `tests/tools/house_rules.rs` holds the table.
//!
//! | room | may import |
//! |---|---|
//! | [`base`] | – |
//! | [`diagnostics`] | base |
//! | [`command_line`] | diagnostics |
//! | `print` | – |
//! | [`sea`] | base |
//! | [`pack`] | base, diagnostics |
//! | [`visits`] | base, diagnostics |
//! | [`caretaking`] | base, diagnostics, pack, visits |
//! | [`organiser`] | base, diagnostics, command_line, pack, print, sea, visits |
//! | [`department`] | base, diagnostics, print, visits |
//! | `kiosk` platform | base, diagnostics, pack, visits; other platform rooms |
//! | `kiosk` features | kiosk platform rooms, pack's model, sea, base |

pub mod base;
pub mod caretaking;
pub mod command_line;
pub mod department;
pub mod diagnostics;
#[cfg(feature = "kiosk")]
pub mod kiosk;
pub mod organiser;
pub mod pack;
#[cfg(feature = "print")]
pub mod print;
pub mod sea;
pub mod visits;
