//! Problems as data: what is wrong, where, in two languages, with a hint. Nothing here prints or exits.

mod causes;
pub mod findings;
pub mod json;
pub mod place;
pub mod plain_text;
pub mod problem;
mod sizes;
pub mod tongue;
mod twins;

pub use causes::cause;
pub use findings::Findings;
pub use place::Place;
pub use problem::{Problem, Said, Severity};
pub use sizes::size;
pub use tongue::Tongue;
pub use twins::twin;
