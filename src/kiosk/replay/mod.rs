//! The kiosk driven without hands: a script of touches and keys that goes the way real ones go, pictures of the
//! screen, and measurements. It is also how an organiser reports a bug (docs/replay.md).

mod driver;
mod hands;
mod measured;
mod metrics;
mod script;
mod shots;
mod sight;
mod sway;

pub use driver::{Exit, Replaying};
pub use metrics::{Metrics, Reload};
pub use script::{Step, read};

use bevy::prelude::*;

/// What is asked for on the command line.
#[derive(Resource, Clone, Debug, Default)]
pub struct Plan {
    pub steps: Vec<Step>,
    pub shots: Option<std::path::PathBuf>,
    pub metrics: Option<std::path::PathBuf>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((driver::plugin, metrics::plugin, shots::plugin));
}
