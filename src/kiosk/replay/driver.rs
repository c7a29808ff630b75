//! Acts a script out, one step after the other, on the kiosk's clock.

use super::Plan;
use super::hands::{FingersDown, Hands, Sighting, key_code, pad_button};
use super::measured::{begin_measured, duration, go_on_measured};
use super::metrics::Metrics;
use super::script::{Goal, Step};
use super::shots::TakeShot;
use super::sight::Sight;
use crate::kiosk::input::PadInput;
use bevy::input::ButtonState;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A goal not reached within this time ends the replay, unless the script has more patience.
const PATIENCE: Duration = Duration::from_secs(30);
/// A label that is not there within this time is unknown.
const PATIENCE_FOR_LABEL_MILLIS: u64 = 5_000;
/// Frames in which a thing must not move before it is tapped.
const STEADY_FRAMES: u32 = 2;
/// Steps of a flick; a flick lasts a tenth of a second.
const FLICK_MILLIS: u64 = 100;
/// How long a column is dragged to bring a thing into sight, and how often, before it is out of reach.
const DRAG_MILLIS: u64 = 480;
const DRAGS: u32 = 12;
/// Fingers the driver uses for steps that name none.
const FIRST: u64 = 9_000;
const SECOND: u64 = 9_001;

/// A replay is under way.
#[derive(Resource, Debug)]
pub struct Replaying {
    steps: VecDeque<Step>,
    stage: Stage,
    patience: Duration,
    /// Columns dragged for the present step.
    drags: u32,
}

impl Replaying {
    /// Frames follow one another even when nothing moves; but a replay that waits in real time lets the kiosk rest,
    /// as it would without a visitor.
    pub fn wants_every_frame(&self, stepped: bool) -> bool {
        stepped || !matches!(self.stage, Stage::Waiting { .. } | Stage::Idling { .. })
    }

    /// Milliseconds until the present wait is over. Idleness is not looked after: the looking would be measured too.
    pub fn acts_in(&self, now_millis: u64) -> u64 {
        match self.stage {
            Stage::Waiting { since, millis } => (since + millis).saturating_sub(now_millis),
            _ => u64::MAX,
        }
    }
}

/// How the program should end.
#[derive(Resource, Clone, Debug, Default)]
pub struct Exit {
    pub failure: Option<String>,
}

/// What the current step is still doing.
#[derive(Debug)]
pub(super) enum Stage {
    Next,
    Waiting {
        since: u64,
        millis: u64,
    },
    /// A thing of that label, until it stands still for a moment: a screen may just be drawn anew.
    Finding {
        since: u64,
        label: String,
        seen: Option<Sighting>,
        steady: u32,
    },
    Seeking {
        since: u64,
        wall: Instant,
        frames: u32,
        goal: Goal,
    },
    Swaying {
        since: u64,
        millis: u64,
    },
    Idling {
        since: Instant,
        rest: Duration,
    },
    /// Fingers on their way: id, from, to.
    Moving {
        since: u64,
        millis: u64,
        fingers: Vec<(u64, Vec2, Vec2)>,
        lift: bool,
    },
    Lifting(Vec<u64>),
    ReleasingKey(KeyCode),
    Shooting,
}

pub(super) fn plugin(app: &mut App) {
    let plan = app.world().get_resource::<Plan>().cloned().unwrap_or_default();
    app.init_resource::<Exit>().init_resource::<FingersDown>();
    if !plan.steps.is_empty() {
        let steps = plan.steps.into();
        app.insert_resource(Replaying { steps, stage: Stage::Next, patience: PATIENCE, drags: 0 })
            .add_systems(PreUpdate, act);
    }
}

fn act(
    mut replay: ResMut<Replaying>,
    mut hands: Hands,
    mut sight: Sight,
    mut metrics: ResMut<Metrics>,
    mut shoot: MessageWriter<TakeShot>,
    mut exit: ResMut<Exit>,
    mut exits: MessageWriter<AppExit>,
) {
    let now = sight.beat.moment.monotonic_millis;
    let replay = &mut *replay;
    if let Err(failure) = go_on(replay, &mut hands, &sight, &mut metrics, now) {
        exit.failure = Some(failure);
        exits.write(AppExit::error());
        replay.steps.clear();
        return;
    }
    if matches!(replay.stage, Stage::Shooting) {
        sight.motion.keep();
    }
    while matches!(replay.stage, Stage::Next) {
        let Some(step) = replay.steps.pop_front() else {
            exits.write(AppExit::Success);
            return;
        };
        let begun = match step {
            Step::Patience(seconds) => duration(seconds).map(|patience| {
                replay.patience = patience;
                Some(Stage::Next)
            }),
            Step::LookAt(..) | Step::LookAtEarth(..) | Step::Sway(_) | Step::Idle(_) => {
                begin_measured(&step, &mut hands, &sight, &mut metrics, now).map(Some)
            }
            step => begin(step, &mut hands, &mut metrics, &mut shoot, now),
        };
        match begun {
            Ok(Some(stage)) => {
                // A picture needs a frame that is drawn.
                if matches!(stage, Stage::Shooting) {
                    sight.motion.keep();
                }
                replay.stage = stage;
            }
            Ok(None) => replay.steps.clear(),
            Err(failure) => {
                exit.failure = Some(failure);
                exits.write(AppExit::error());
                replay.steps.clear();
                return;
            }
        }
    }
}

/// Carries the present step on; leaves [`Stage::Next`] when it is done.
fn go_on(
    replay: &mut Replaying,
    hands: &mut Hands,
    sight: &Sight,
    metrics: &mut Metrics,
    now: u64,
) -> Result<(), String> {
    let next = match &mut replay.stage {
        Stage::Next => return Ok(()),
        Stage::Waiting { since, millis } => now.saturating_sub(*since) >= *millis,
        Stage::Finding { .. } => return go_on_finding(replay, hands, now),
        Stage::Seeking { since, wall, frames, goal } => {
            *frames += 1;
            let reached = sight.sees(goal, *frames, |label| hands.find(label).is_some());
            if reached && *goal == Goal::Sharp {
                metrics.sharp(wall.elapsed());
            }
            // Workers run on the machine's time, so patience needs both clocks to have run out.
            let waited = Duration::from_millis(now.saturating_sub(*since)).min(wall.elapsed());
            if !reached && waited > replay.patience {
                let (seconds, screen) = (replay.patience.as_secs(), sight.route.current().word());
                let state = sight.state();
                return Err(format!("waited over {seconds} s for {goal:?} on the screen “{screen}”: {state}"));
            }
            reached
        }
        Stage::Swaying { .. } | Stage::Idling { .. } => go_on_measured(&replay.stage, hands, metrics, now),
        Stage::Moving { since, millis, fingers, lift } => {
            let done = ((now.saturating_sub(*since)) as f32 / (*millis).max(1) as f32).min(1.0);
            for (id, from, to) in fingers.iter() {
                hands.touch(*id, from.lerp(*to, done), TouchPhase::Moved);
            }
            if done >= 1.0 && *lift {
                replay.stage = Stage::Lifting(fingers.iter().map(|f| f.0).collect());
                return Ok(());
            }
            done >= 1.0
        }
        Stage::Lifting(fingers) => {
            for id in fingers.iter() {
                hands.lift(*id);
            }
            true
        }
        Stage::ReleasingKey(key) => {
            hands.key(*key, ButtonState::Released);
            true
        }
        Stage::Shooting => sight.shots.are_taken(),
    };
    if next {
        replay.stage = Stage::Next;
    }
    Ok(())
}

fn go_on_finding(replay: &mut Replaying, hands: &mut Hands, now: u64) -> Result<(), String> {
    let Some((next, again)) = find(&mut replay.stage, hands, now)? else { return Ok(()) };
    replay.drags = if again.is_some() { replay.drags + 1 } else { 0 };
    if replay.drags > DRAGS {
        return Err(format!("{again:?} is never scrolled into sight"));
    }
    again.into_iter().for_each(|step| replay.steps.push_front(step));
    replay.stage = next;
    Ok(())
}

/// Looks for a label; the finger that taps it once it stands still, or that drags it into sight before the step is
/// taken again.
fn find(stage: &mut Stage, hands: &mut Hands, now: u64) -> Result<Option<(Stage, Option<Step>)>, String> {
    let Stage::Finding { since, label, seen, steady } = stage else { return Ok(None) };
    let found = hands.find(label);
    *steady = if found.is_some() && found == *seen { *steady + 1 } else { 0 };
    *seen = found;
    if let Some(Sighting { at, drag }) = found.filter(|_| *steady >= STEADY_FRAMES) {
        hands.touch(FIRST, drag.map_or(at, |(from, _)| from), TouchPhase::Started);
        return Ok(Some(match drag {
            None => (Stage::Lifting(vec![FIRST]), None),
            Some((from, to)) => {
                let fingers = vec![(FIRST, from, to)];
                (
                    Stage::Moving { since: now, millis: DRAG_MILLIS, fingers, lift: true },
                    Some(Step::TapOn(label.clone())),
                )
            }
        }));
    }
    if now.saturating_sub(*since) > PATIENCE_FOR_LABEL_MILLIS {
        return Err(format!("nothing is labelled “{label}”; there is: {}", hands.labels()));
    }
    Ok(None)
}

/// Begins a step; `None` ends the replay.
fn begin(
    step: Step,
    hands: &mut Hands,
    metrics: &mut Metrics,
    shoot: &mut MessageWriter<TakeShot>,
    now: u64,
) -> Result<Option<Stage>, String> {
    Ok(Some(match step {
        Step::TapOn(label) => Stage::Finding { since: now, label, seen: None, steady: 0 },
        Step::Key(name) => {
            let key = key_code(&name).ok_or_else(|| format!("there is no key “{name}”"))?;
            hands.key(key, ButtonState::Pressed);
            Stage::ReleasingKey(key)
        }
        Step::Pad(name) => {
            let button = pad_button(&name).ok_or_else(|| format!("there is no pad button “{name}”"))?;
            hands.pads.write(PadInput::Pressed(button));
            Stage::Waiting { since: now, millis: 1 }
        }
        Step::Wait(millis) => Stage::Waiting { since: now, millis },
        Step::WaitFor(goal) => Stage::Seeking { since: now, wall: Instant::now(), frames: 0, goal },
        Step::Mark(name) => {
            metrics.mark(name);
            Stage::Next
        }
        Step::Shot(name) => {
            shoot.write(TakeShot(name));
            Stage::Shooting
        }
        Step::Quit => return Ok(None),
        fingers => begin_fingers(fingers, hands, now),
    }))
}

/// Steps that lay fingers on the glass, move them or lift them.
fn begin_fingers(step: Step, hands: &mut Hands, now: u64) -> Stage {
    let moving = |millis, fingers, lift| Stage::Moving { since: now, millis, fingers, lift };
    match step {
        Step::Tap(x, y) => tap(hands, (x, y)),
        Step::Down(id, x, y) => {
            let at = hands.point((x, y));
            hands.touch(id, at, TouchPhase::Started);
            Stage::Next
        }
        Step::Move(id, x, y, over_ms) => {
            let to = hands.point((x, y));
            let from = hands.down.0.iter().find(|f| f.0 == id).map_or(to, |f| f.1);
            moving(over_ms, vec![(id, from, to)], false)
        }
        Step::Up(id) => {
            hands.lift(id);
            Stage::Next
        }
        Step::Drag { from, to, over_ms } => {
            let (from, to) = (hands.point(from), hands.point(to));
            hands.touch(FIRST, from, TouchPhase::Started);
            moving(over_ms, vec![(FIRST, from, to)], true)
        }
        Step::Flick { from, to } => {
            let (from, to) = (hands.point(from), hands.point(to));
            hands.touch(FIRST, from, TouchPhase::Started);
            moving(FLICK_MILLIS, vec![(FIRST, from, to)], true)
        }
        Step::Pinch { centre, from, to, over_ms } => {
            let at = |half: f32, side: f32| (centre.0 + side * half / 2.0, centre.1);
            let mut fingers = Vec::new();
            for (id, side) in [(FIRST, -1.0), (SECOND, 1.0)] {
                let (start, end) = (hands.point(at(from, side)), hands.point(at(to, side)));
                hands.touch(id, start, TouchPhase::Started);
                fingers.push((id, start, end));
            }
            moving(over_ms, fingers, true)
        }
        _ => Stage::Next,
    }
}

fn tap(hands: &mut Hands, at: (f32, f32)) -> Stage {
    let at = hands.point(at);
    hands.touch(FIRST, at, TouchPhase::Started);
    Stage::Lifting(vec![FIRST])
}
