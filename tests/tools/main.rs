//! Everything that can be tested without Bevy, in one binary: packs, pictures, control points, the two command-line
//! tools, the rules of the house and the base map.

/// Counts what each thread holds, for the tests of parsers.
#[global_allocator]
static ALLOCATOR: fuzz::Counting = fuzz::Counting;

mod base_map;
mod caretaking;
mod commands;
mod corpus;
mod diff;
mod fuzz;
mod fuzz_finds;
mod fuzz_targets;
mod georef;
mod house_rules;
mod making;
mod packs;
mod pictures;
mod rules;
mod sea;
mod sealed;
mod signing;
mod stick;
mod store;
