//! How fast the kiosk beats: every frame while something moves, rarely when nothing does. And one time for all rules.

use super::KioskClock;
use crate::base::clock::Moment;
use crate::kiosk::replay::Replaying;
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::sound::Player;
use bevy::prelude::*;
use bevy::winit::{UpdateMode, WinitSettings};
use std::time::Duration;

/// The time of this frame. Every rule about time reads it here.
#[derive(Resource, Clone, Copy, Debug)]
pub struct Beat {
    pub moment: Moment,
    /// Since the frame before, at most a tenth of a second, so that nothing leaps after a pause.
    pub delta_seconds: f32,
}

/// Kept by whatever moves; when nothing keeps it the kiosk rests.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Motion {
    moving: bool,
    resting_frames: u32,
}

impl Motion {
    /// Something moves in this frame and will in the next.
    pub fn keep(&mut self) {
        self.moving = true;
    }

    pub fn is_at_rest(&self) -> bool {
        self.resting_frames > 2
    }
}

/// A resting kiosk looks at its clock this often.
const RESTING: Duration = Duration::from_millis(500);
/// While a voice speaks: often enough for captions.
const LISTENING: Duration = Duration::from_millis(80);
/// One step of a stepped clock while something moves, and while nothing does.
const STEP_MOVING_MILLIS: u64 = 16;
const STEP_RESTING_MILLIS: u64 = 100;

pub(super) fn plugin(app: &mut App) {
    let clock = app.world().resource::<KioskClock>().0.clone();
    app.insert_resource(Beat { moment: clock.now(), delta_seconds: 0.0 })
        .init_resource::<Motion>()
        .add_systems(First, take_time)
        .add_systems(Update, set_pace.after(KioskSystems::Present));
}

fn take_time(clock: Res<KioskClock>, mut beat: ResMut<Beat>, motion: Res<Motion>) {
    let step = if motion.is_at_rest() { STEP_RESTING_MILLIS } else { STEP_MOVING_MILLIS };
    clock.0.step(step);
    let moment = clock.0.now();
    let passed = moment.monotonic_millis.saturating_sub(beat.moment.monotonic_millis);
    *beat = Beat { moment, delta_seconds: (passed as f32 / 1000.0).min(0.1) };
}

fn set_pace(
    mut motion: ResMut<Motion>,
    mut settings: ResMut<WinitSettings>,
    player: Res<Player>,
    replaying: Option<Res<Replaying>>,
) {
    let moving = std::mem::take(&mut motion.moving);
    motion.resting_frames = if moving { 0 } else { motion.resting_frames.saturating_add(1) };
    let mode = if !motion.is_at_rest() || replaying.is_some_and(|r| r.wants_every_frame) {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive(if player.is_playing() { LISTENING } else { RESTING })
    };
    if settings.focused_mode != mode {
        *settings = WinitSettings { focused_mode: mode, unfocused_mode: mode };
    }
}
