//! Steps of a replay that are measured by themselves: looks, sways and idleness.

use super::driver::Stage;
use super::hands::Hands;
use super::metrics::Metrics;
use super::script::Step;
use super::sight::Sight;
use super::sway::sway;
use crate::kiosk::screens::LookAt;
use std::time::{Duration, Instant};

/// The stretches that are measured by themselves; true when one is over.
pub(super) fn go_on_measured(stage: &Stage, hands: &mut Hands, metrics: &mut Metrics, now: u64) -> bool {
    match stage {
        Stage::Swaying { since, millis } if now.saturating_sub(*since) < *millis => {
            hands.looks.write(sway(now.saturating_sub(*since) as f64 / 1000.0));
            false
        }
        // The beat of a resting kiosk may come a moment too early; the next would be ten seconds late.
        Stage::Idling { since, rest } if since.elapsed() < rest.mul_f32(0.95) => false,
        Stage::Swaying { .. } => {
            metrics.end_sway();
            true
        }
        _ => {
            metrics.end_idle();
            true
        }
    }
}

/// Steps that move the view as no finger could, and those that are measured by themselves.
pub(super) fn begin_measured(
    step: &Step,
    hands: &mut Hands,
    sight: &Sight,
    metrics: &mut Metrics,
    now: u64,
) -> Result<Stage, String> {
    if !matches!(step, Step::Idle(_)) && sight.route.item().is_none() {
        return Err(format!("{step:?}: there is no picture on the screen “{}”", sight.route.current().word()));
    }
    Ok(match *step {
        Step::LookAt(x, y, percent) => {
            let (x, y, percent) = (f64::from(x), f64::from(y), f64::from(percent));
            hands.looks.write(LookAt::Point { x, y, percent });
            metrics.begin_look();
            Stage::Next
        }
        Step::LookAtEarth(longitude, latitude, metres_per_pixel) => {
            hands.looks.write(LookAt::Earth { longitude, latitude, metres_per_pixel });
            metrics.begin_look();
            Stage::Next
        }
        Step::Sway(seconds) => {
            let millis = duration(seconds)?.as_millis() as u64;
            hands.looks.write(sway(0.0));
            metrics.begin_stretch();
            Stage::Swaying { since: now, millis }
        }
        Step::Idle(seconds) => {
            let rest = duration(seconds)?;
            metrics.begin_stretch();
            Stage::Idling { since: Instant::now(), rest }
        }
        _ => Stage::Next,
    })
}

pub(super) fn duration(seconds: f32) -> Result<Duration, String> {
    Duration::try_from_secs_f32(seconds).map_err(|error| format!("{seconds} seconds: {error}"))
}
