//! How everything looks: colours by purpose, sizes by screen, fonts, icons and the widgets all screens share.

mod fonts;
mod icons;
pub mod look;
mod press;
pub mod tokens;
pub mod widgets;

pub use fonts::{Face, Fonts};
pub use icons::Icons;
pub use look::{Class, Look, Step};
pub use press::shade;
pub use widgets::{Brush, Ui};

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Look>().add_plugins((fonts::plugin, icons::plugin, press::plugin));
}
