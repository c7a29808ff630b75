//! IIIF Presentation 2 and 3: manifests into drafts, exhibits into manifests. Nothing is fetched: every picture must lie
//! on this machine.

mod annotations;
pub mod export;
mod images;
pub mod import;
pub mod manifest;
mod node;
mod provenance;
mod reasons;
mod rights;
mod version2;
mod version3;
mod write;

pub use manifest::read;
