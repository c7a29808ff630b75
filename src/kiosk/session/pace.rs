//! How fast the kiosk beats: every frame while something moves, rarely when nothing does. And one time for all rules.

use super::{KioskClock, StillThere, Visit};
use crate::base::clock::Moment;
use crate::kiosk::replay::Replaying;
use crate::kiosk::screens::{KioskSystems, Route, Screen};
use crate::kiosk::settings::Settings;
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

/// A resting kiosk looks at its clock this often, and more often when something is due. Few steps only: whenever the
/// pace changes, one more frame is drawn.
const RESTING_MILLIS: [u64; 3] = [10_000, 1_000, 100];
/// While the visitor is asked, and in the staff area: often enough for seconds.
const ASKED: Duration = Duration::from_millis(250);
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
        .add_systems(Update, (set_pace, rest_camera).chain().after(KioskSystems::Draw));
}

fn take_time(clock: Res<KioskClock>, mut beat: ResMut<Beat>, motion: Res<Motion>) {
    let step = if motion.is_at_rest() { STEP_RESTING_MILLIS } else { STEP_MOVING_MILLIS };
    clock.0.step(step);
    let moment = clock.0.now();
    let passed = moment.monotonic_millis.saturating_sub(beat.moment.monotonic_millis);
    *beat = Beat { moment, delta_seconds: (passed as f32 / 1000.0).min(0.1) };
}

/// How long to rest when something is due in so many milliseconds.
fn resting(due_in: u64) -> Duration {
    Duration::from_millis(RESTING_MILLIS.into_iter().find(|step| *step <= due_in).unwrap_or(50))
}

/// On a stepped clock a picture that does not change is not drawn again, so that hours pass in minutes.
fn rest_camera(motion: Res<Motion>, clock: Res<KioskClock>, mut cameras: Query<&mut Camera>) {
    let draws = !clock.0.is_stepped() || !motion.is_at_rest();
    for mut camera in &mut cameras {
        if camera.is_active != draws {
            camera.is_active = draws;
        }
    }
}

fn set_pace(
    mut motion: ResMut<Motion>,
    mut settings: ResMut<WinitSettings>,
    player: Res<Player>,
    replaying: Option<Res<Replaying>>,
    clock: Res<KioskClock>,
    (visit, still_there, kiosk, beat, route): (Res<Visit>, Res<StillThere>, Res<Settings>, Res<Beat>, Res<Route>),
) {
    let moving = std::mem::take(&mut motion.moving);
    motion.resting_frames = if moving { 0 } else { motion.resting_frames.saturating_add(1) };
    let now = beat.moment.monotonic_millis;
    let hurried = replaying.as_ref().is_some_and(|r| r.wants_every_frame(clock.0.is_stepped()));
    let acts_in = replaying.map_or(u64::MAX, |r| r.acts_in(now));
    let mode = if !motion.is_at_rest() || hurried {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive(if player.is_playing() {
            LISTENING
        } else if still_there.0.is_some() || *route.current() == Screen::Staff {
            ASKED
        } else {
            let until_asked = visit.until_asked(now, kiosk.idle_millis());
            resting(until_asked.min(acts_in))
        })
    };
    if settings.focused_mode != mode {
        *settings = WinitSettings { focused_mode: mode, unfocused_mode: mode };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_rests_long_when_nothing_is_due_and_never_past_what_is() {
        assert_eq!(resting(u64::MAX), Duration::from_secs(10));
        for due in [100, 999, 1_000, 9_999, 60_000] {
            assert!(resting(due).as_millis() as u64 <= due);
        }
    }
}
