//! Acts a script out, one step after the other, on the kiosk's clock.

use super::Plan;
use super::hands::{FingersDown, Hands, key_code, pad_button};
use super::metrics::Metrics;
use super::script::{Goal, Step};
use super::shots::{Shots, TakeShot};
use crate::kiosk::exhibit::{Open, Pictures};
use crate::kiosk::input::PadInput;
use crate::kiosk::screens::{Route, Screen};
use crate::kiosk::session::{Beat, Motion};
use bevy::input::ButtonState;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use std::collections::VecDeque;

/// A goal not reached within this time ends the replay.
const PATIENCE_MILLIS: u64 = 30_000;
/// A label that is not there within this time is unknown.
const PATIENCE_FOR_LABEL_MILLIS: u64 = 5_000;
/// Frames in which a thing must not move before it is tapped.
const STEADY_FRAMES: u32 = 2;
/// Steps of a flick; a flick lasts a tenth of a second.
const FLICK_MILLIS: u64 = 100;
/// Fingers the driver uses for steps that name none.
const FIRST: u64 = 9_000;
const SECOND: u64 = 9_001;

/// A replay is under way.
#[derive(Resource, Debug)]
pub struct Replaying {
    steps: VecDeque<Step>,
    stage: Stage,
}

impl Replaying {
    /// Frames follow one another even when nothing moves; but a replay that waits in real time lets the kiosk rest,
    /// as it would without a visitor.
    pub fn wants_every_frame(&self, stepped: bool) -> bool {
        stepped || !matches!(self.stage, Stage::Waiting { .. })
    }

    /// Milliseconds until the present wait is over.
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
enum Stage {
    Next,
    Waiting {
        since: u64,
        millis: u64,
    },
    /// A thing of that label, until it stands still for a moment: a screen may just be drawn anew.
    Finding {
        since: u64,
        label: String,
        seen: Option<Vec2>,
        steady: u32,
    },
    Seeking {
        since: u64,
        wall: std::time::Instant,
        frames: u32,
        goal: Goal,
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
        app.insert_resource(Replaying { steps, stage: Stage::Next }).add_systems(PreUpdate, act);
    }
}

#[derive(bevy::ecs::system::SystemParam)]
struct Sight<'w> {
    beat: Res<'w, Beat>,
    motion: ResMut<'w, Motion>,
    route: Res<'w, Route>,
    open: Res<'w, Open>,
    pictures: Res<'w, Pictures>,
    sharp: Res<'w, super::super::exhibit::Sharp>,
    shots: Res<'w, Shots>,
}

impl Sight<'_> {
    fn sees(&self, goal: &Goal, frames: u32) -> bool {
        let opened = self.open.exhibit().is_some() || *self.route.current() == Screen::Trouble;
        match goal {
            Goal::Screen(word) => self.route.current().word() == word,
            Goal::Settled => frames > 3 && opened && self.motion.is_at_rest() && self.pictures_are_here(),
            Goal::Sharp => frames > 3 && opened && self.sharp.0 && !self.pictures.has_tiles(),
        }
    }

    fn pictures_are_here(&self) -> bool {
        let Some(exhibit) = self.open.exhibit() else { return true };
        let shown = |p: &crate::pack::model::Picture| self.pictures.previews_are_shown(p);
        match self.route.current() {
            Screen::Attract => exhibit.attract.iter().all(|a| shown(&a.night) && shown(&a.light)),
            Screen::Home => {
                let featured = exhibit.featured.iter().filter_map(|id| exhibit.items.get(id)).map(|i| i.cover());
                exhibit.halls.iter().filter_map(|h| h.picture.as_ref()).chain(featured).all(shown)
            }
            Screen::Hall(id) => exhibit
                .hall(id)
                .is_none_or(|h| h.items.iter().filter_map(|id| exhibit.items.get(id)).all(|i| shown(i.cover()))),
            Screen::Item(id) => exhibit.items.get(id).is_none_or(|i| shown(i.cover())),
            Screen::Trouble => true,
        }
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
        match begin(step, &mut hands, &mut metrics, &mut shoot, now) {
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
        Stage::Finding { .. } => {
            if let Some(next) = find(&mut replay.stage, hands, now)? {
                replay.stage = next;
            }
            return Ok(());
        }
        Stage::Seeking { since, wall, frames, goal } => {
            *frames += 1;
            let reached = sight.sees(goal, *frames);
            if reached && *goal == Goal::Sharp {
                metrics.sharp(wall.elapsed());
            }
            // Workers run on the machine's time, so patience needs both clocks to have run out.
            let patient = now.saturating_sub(*since) <= PATIENCE_MILLIS
                || wall.elapsed().as_millis() <= u128::from(PATIENCE_MILLIS);
            if !reached && !patient {
                return Err(format!("waited over 30 s for {goal:?} on the screen “{}”", sight.route.current().word()));
            }
            reached
        }
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

/// Looks for a label; the finger that taps it once it stands still.
fn find(stage: &mut Stage, hands: &mut Hands, now: u64) -> Result<Option<Stage>, String> {
    let Stage::Finding { since, label, seen, steady } = stage else { return Ok(None) };
    let found = hands.find(label);
    *steady = if found.is_some() && found == *seen { *steady + 1 } else { 0 };
    *seen = found;
    if let Some(at) = found.filter(|_| *steady >= STEADY_FRAMES) {
        hands.touch(FIRST, at, TouchPhase::Started);
        return Ok(Some(Stage::Lifting(vec![FIRST])));
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
        Step::WaitFor(goal) => Stage::Seeking { since: now, wall: std::time::Instant::now(), frames: 0, goal },
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
