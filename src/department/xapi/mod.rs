//! The journals as statements of the Experience API (xAPI 1.0.3), for learning record stores: what each record becomes,
//! files of statements, and sending them so that nothing is lost or doubled. `docs/xapi-profile.md` is its paper.

mod args;
mod credentials;
mod http;
mod journals;
mod names;
mod profile;
mod progress;
#[cfg(test)]
mod rules;
mod run;
mod sending;
mod stable_id;
mod statement;
mod times;
mod writing;

pub use args::XapiArgs;
pub use names::Base;
pub use profile::profile;
pub use run::run;
pub use statement::{Entry, Translator, Untranslatable};
