//! Everything that can be tested without Bevy, in one binary: packs, pictures, control points, the two command-line
//! tools, the rules of the house and the base map.

/// Counts what each thread holds, for the tests of parsers.
#[global_allocator]
static ALLOCATOR: fuzz::Counting = fuzz::Counting;

mod base_map;
mod caretaking;
mod commands;
mod corpus;
#[cfg(feature = "department")]
mod dashboard;
mod diff;
mod fuzz;
mod fuzz_finds;
mod fuzz_targets;
mod georef;
mod house_rules;
#[cfg(feature = "department")]
mod lake;
mod making;
mod officer;
mod packs;
mod pictures;
#[cfg(feature = "print")]
mod printing;
mod rules;
mod sea;
mod sealed;
mod sending;
mod signing;
#[cfg(feature = "department")]
mod simulate;
mod slips;
mod stick;
mod store;
