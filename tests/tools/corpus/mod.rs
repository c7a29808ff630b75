//! Broken exhibit folders and hostile sealed packs, each made by one named change from the good small pack.

mod bad_folders;
mod bad_packs;
pub mod bytes;
mod contents;
mod folders;
mod killed;
