//! Everything that can be tested without Bevy, in one binary: packs, pictures, control points, the two command-line
//! tools, the rules of the house and the base map.

mod base_map;
mod commands;
mod georef;
mod house_rules;
mod packs;
mod pictures;
mod sea;
