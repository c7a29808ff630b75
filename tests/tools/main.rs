//! Everything that can be tested without Bevy, in one binary: packs, pictures, control points, the two command-line
//! tools, the rules of the house and the base map.

mod base_map;
mod commands;
mod diff;
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
