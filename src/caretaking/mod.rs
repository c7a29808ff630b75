//! What the people in charge of one kiosk do to it: get in by a number, bring packs from a stick, show them, take them
//! back, carry journals away, and see how the machine is. Knows files and threads, but no screen: all is data with
//! sentences in Vietnamese and English.

pub mod calendar;
mod copies;
pub mod first_minutes;
mod front_desk;
pub mod health;
mod health_signs;
pub mod installing;
pub mod journals;
pub mod lock_out;
pub mod offers;
pub mod orders;
mod pack_desk;
pub mod pin;
pub mod ring_file;
pub mod said;
pub mod self_test;
pub mod shelf;
pub mod space;
pub mod standing;
pub mod sticks;
mod waiting;
pub mod weak_pins;
pub mod worker;
