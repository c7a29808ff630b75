//! Fingers on glass, and the mouse as one more finger: what was touched, and how. The only reader of raw pointer events.

mod fingers;
mod hit;
mod knock;
mod scroll;

pub use knock::{Corner, Manner};
pub use scroll::Scroll;

use crate::kiosk::screens::{Ask, KioskSystems};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::settings::Settings;
use crate::kiosk::theme::Look;
use bevy::ecs::system::SystemParam;
use bevy::input::mouse::{MouseButtonInput, MouseScrollUnit, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use fingers::{Fingers, Outcome, Under};
use hit::HitTest;
use knock::Knock;

/// A node that can be touched. Without an ask it only keeps touches from what lies beneath.
#[derive(Component, Clone, Debug, Default)]
pub struct Touchable {
    /// For screen readers and replays; empty where another one beside it is told and does the same.
    pub label: String,
    pub ask: Option<Ask>,
}

impl Touchable {
    /// Whether it is more than a place for fingers: something to choose with the keyboard.
    pub fn is_told(&self) -> bool {
        self.ask.is_some() && !self.label.is_empty()
    }
}

/// A node that keeps touches from what lies beneath it.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Blocker;

/// A node that is dragged, pinched and flicked itself.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Surface;

/// A small surface that lies on a larger one, such as a slider: keys and pads move the larger one.
#[derive(Component, Clone, Copy, Debug, Default)]
#[require(Surface)]
pub struct Handle;

/// Under a finger right now.
#[derive(Component, Clone, Copy, Debug)]
pub struct Held;

/// A touchable node was tapped.
#[derive(Message, Clone, Copy, Debug)]
pub struct Tapped(pub Entity);

/// What fingers do to a surface. Points and distances are in logical pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// Fingers rest on it: whatever moves stops.
    Grab,
    Pan(Vec2),
    /// Zoom by a factor about a point.
    Zoom {
        about: Vec2,
        factor: f32,
    },
    /// The last finger left with this speed (pixels a second).
    Fling(Vec2),
    Tap(Vec2),
    DoubleTap(Vec2),
}

#[derive(Message, Clone, Copy, Debug)]
pub struct Gestured {
    pub surface: Entity,
    pub gesture: Gesture,
}

/// Somebody touched, moved or pressed anything at all.
#[derive(Message, Clone, Copy, Debug)]
pub struct Activity;

/// The people in charge knocked, by fingers or keys.
#[derive(Message, Clone, Copy, Debug)]
pub struct Knocked;

/// The mouse counts as this finger.
const MOUSE: u64 = u64::MAX;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Tapped>()
        .add_message::<Gestured>()
        .add_message::<Activity>()
        .add_message::<Knocked>()
        .init_resource::<Tracked>()
        .init_resource::<Heard>()
        .add_plugins(scroll::plugin)
        .add_systems(Update, (read_fingers, read_wheel, ask_by_taps).chain().in_set(KioskSystems::Input));
}

#[derive(Resource, Default)]
struct Tracked(Fingers<Entity>);

#[derive(Resource, Default)]
struct Heard(Knock);

/// What is needed to hear a knock.
#[derive(SystemParam)]
struct Ears<'w> {
    heard: ResMut<'w, Heard>,
    settings: Res<'w, Settings>,
    look: Res<'w, Look>,
    motion: ResMut<'w, Motion>,
    knocked: MessageWriter<'w, Knocked>,
}

impl Ears<'_> {
    fn hear(&mut self, event: &Raw, now: u64) {
        let (manner, window, side) = (self.settings.knock, self.look.size, 2.0 * self.look.target());
        let knock = &mut self.heard.0;
        match event {
            Raw::Down(id, at) => knock.press(*id, *at, now, &manner, window, side),
            Raw::Move(id, to) => knock.move_to(*id, *to),
            Raw::Up(id) | Raw::Cancel(id) => knock.lift(*id),
        }
    }

    /// Tells of a knock, and whether fingers may be about to knock.
    fn listen(&mut self, now: u64) -> (bool, bool) {
        let is_heard = self.heard.0.is_heard(now, &self.settings.knock);
        if is_heard {
            self.knocked.write(Knocked);
        }
        let may_come = self.heard.0.may_come();
        if may_come {
            // Fingers that rest tell nothing, but time passes.
            self.motion.keep();
        }
        (is_heard, may_come)
    }
}

/// One raw event, whatever made it.
enum Raw {
    Down(u64, Vec2),
    Move(u64, Vec2),
    Up(u64),
    Cancel(u64),
}

fn read_fingers(
    mut commands: Commands,
    mut touches: MessageReader<TouchInput>,
    mut buttons: MessageReader<MouseButtonInput>,
    mut cursor: MessageReader<CursorMoved>,
    window: Query<&Window, With<PrimaryWindow>>,
    hit: HitTest,
    beat: Res<Beat>,
    mut tracked: ResMut<Tracked>,
    mut tapped: MessageWriter<Tapped>,
    mut gestured: MessageWriter<Gestured>,
    mut active: MessageWriter<Activity>,
    mut ears: Ears,
) {
    let mouse_at = window.single().ok().and_then(Window::cursor_position);
    let mut raw: Vec<Raw> = touches.read().map(raw_of_touch).collect();
    raw.extend(cursor.read().map(|c| Raw::Move(MOUSE, c.position)));
    raw.extend(buttons.read().filter(|b| b.button == MouseButton::Left).filter_map(|b| raw_of_button(b, mouse_at)));
    let now = beat.moment.monotonic_millis;
    let mut outcomes = tracked.0.forget_stuck(now);
    // A finger that was lifted did not knock: it was a visitor's.
    let mut touched = raw.iter().any(|event| matches!(event, Raw::Up(_)));
    for event in raw {
        ears.hear(&event, now);
        outcomes.extend(match event {
            Raw::Down(id, at) => {
                touched = true;
                let under = hit.under(at);
                tracked.0.press(id, at, now, Under { button: under.button, surface: under.surface })
            }
            Raw::Move(id, at) => tracked.0.move_to(id, at, now),
            Raw::Up(id) => tracked.0.release(id, now),
            Raw::Cancel(id) => tracked.0.cancel(id),
        });
    }
    let (is_heard, may_come) = ears.listen(now);
    if is_heard {
        outcomes.extend(tracked.0.cancel_all());
    } else if (touched || tracked.0.any_down()) && !may_come {
        active.write(Activity);
    }
    pass_on(outcomes, &mut commands, &mut tapped, &mut gestured);
}

fn pass_on(
    outcomes: Vec<Outcome<Entity>>,
    commands: &mut Commands,
    tapped: &mut MessageWriter<Tapped>,
    gestured: &mut MessageWriter<Gestured>,
) {
    for outcome in outcomes {
        match outcome {
            Outcome::Held(entity) => {
                if let Ok(mut entity) = commands.get_entity(entity) {
                    entity.try_insert(Held);
                }
            }
            Outcome::LetGo(entity) => {
                if let Ok(mut entity) = commands.get_entity(entity) {
                    entity.try_remove::<Held>();
                }
            }
            Outcome::Tap(entity) => {
                tapped.write(Tapped(entity));
            }
            Outcome::Surface(surface, gesture) => {
                gestured.write(Gestured { surface, gesture });
            }
        }
    }
}

/// The wheel scrolls a text and zooms a picture.
fn read_wheel(
    mut wheel: MessageReader<MouseWheel>,
    window: Query<&Window, With<PrimaryWindow>>,
    hit: HitTest,
    mut gestured: MessageWriter<Gestured>,
    mut active: MessageWriter<Activity>,
) {
    let Some(at) = window.single().ok().and_then(Window::cursor_position) else { return };
    for notch in wheel.read() {
        active.write(Activity);
        let lines = if notch.unit == MouseScrollUnit::Line { notch.y } else { notch.y / 40.0 };
        let Some(surface) = hit.under(at).surface else { continue };
        let gesture = if hit.scrolls(surface) {
            Gesture::Pan(Vec2::new(0.0, lines * 80.0))
        } else {
            Gesture::Zoom { about: at, factor: 1.2f32.powf(lines) }
        };
        gestured.write(Gestured { surface, gesture });
    }
}

fn raw_of_touch(touch: &TouchInput) -> Raw {
    match touch.phase {
        TouchPhase::Started => Raw::Down(touch.id, touch.position),
        TouchPhase::Moved => Raw::Move(touch.id, touch.position),
        TouchPhase::Ended => Raw::Up(touch.id),
        TouchPhase::Canceled => Raw::Cancel(touch.id),
    }
}

fn raw_of_button(button: &MouseButtonInput, at: Option<Vec2>) -> Option<Raw> {
    if button.state.is_pressed() { Some(Raw::Down(MOUSE, at?)) } else { Some(Raw::Up(MOUSE)) }
}

fn ask_by_taps(mut tapped: MessageReader<Tapped>, touchables: Query<&Touchable>, mut asks: MessageWriter<Ask>) {
    for Tapped(entity) in tapped.read() {
        if let Some(ask) = touchables.get(*entity).ok().and_then(|t| t.ask.clone()) {
            asks.write(ask);
        }
    }
}
