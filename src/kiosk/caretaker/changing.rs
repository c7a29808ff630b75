//! When another pack takes the place of the one that is shown: never while a visitor is there. And the first minutes of
//! a new one, in which its faults lead back to the last good pack.

use super::{Face, FrontOrder, Keeper, PackOrder, Return, Showing, Stop};
use crate::caretaking::first_minutes::{Course, FirstMinutes};
use crate::kiosk::screens::{KioskSystems, Route, Screen};
use crate::kiosk::session::{Beat, Diary, Visit};
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use crate::visits::Event;
use bevy::prelude::*;

/// How often it is looked whether a pack waits or is due today.
const LOOK_EVERY_MILLIS: u64 = 60_000;

/// A pack that came from the store and waits to be shown.
#[derive(Resource, Debug, Default)]
pub struct Arrived {
    /// The outer absence: nothing came. The inner: no pack is installed.
    showing: Option<Option<Box<Showing>>>,
    wants_opening: bool,
}

impl Arrived {
    pub fn take_in(&mut self, showing: Option<Box<Showing>>) {
        self.showing = Some(showing);
    }

    pub fn want_opening(&mut self) {
        self.wants_opening = true;
    }

    /// What came, once no visitor is there.
    pub fn hand_over(&mut self, screen: &Screen) -> Option<Option<Box<Showing>>> {
        if screen.lets_exhibit_change() { self.showing.take() } else { None }
    }
}

/// The pack of the store that is shown.
#[derive(Resource, Debug, Default)]
pub struct Shown {
    pub face: Option<Face>,
    /// Set when it took the place of another.
    pub returned: Option<Return>,
    trial: Option<FirstMinutes>,
    /// It failed, and another will take its place.
    failed: bool,
}

impl Shown {
    pub fn begin(&mut self, face: Face, returned: Option<Return>, on_trial: bool, now: u64, settings: &Settings) {
        let trial = on_trial.then(|| FirstMinutes::begin(now, settings.trial_millis()));
        *self = Self {
            face: Some(face),
            returned: returned.or(self.failed.then_some(Return::Faulty)),
            trial,
            failed: false,
        };
    }

    /// What is left of the trial of a new pack.
    pub fn trial_left_millis(&self, now: u64) -> Option<u64> {
        self.trial.map(|trial| trial.left_millis(now))
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(Startup, ask_for_the_pad)
        .add_systems(Update, (open_again, watch_trial, take_due, leave_to_visitors).in_set(KioskSystems::Logic));
}

/// Whether a PIN is set is known before anybody knocks.
fn ask_for_the_pad(keeper: Res<Keeper>) {
    keeper.ask(FrontOrder::AskPin);
}

fn open_again(mut arrived: ResMut<Arrived>, route: Res<Route>, keeper: Res<Keeper>, settings: Res<Settings>) {
    if arrived.wants_opening && settings.exhibit.is_none() && route.current().lets_exhibit_change() {
        arrived.wants_opening = false;
        keeper.order(PackOrder::Open);
    }
}

fn watch_trial(
    mut shown: ResMut<Shown>,
    keeper: Res<Keeper>,
    beat: Res<Beat>,
    mut diary: ResMut<Diary>,
    mut troubles: MessageReader<Trouble>,
) {
    let codes: Vec<&'static str> = troubles.read().map(|trouble| trouble.0).collect();
    let Some(trial) = shown.trial else { return };
    let order = match trial.course(beat.moment.monotonic_millis, &codes) {
        Course::GoOn => return,
        Course::Confirm => PackOrder::ConfirmTrial,
        Course::GoBack(trouble) => {
            shown.failed = true;
            diary.note(Event::Trouble { code: "pack-returned" });
            PackOrder::FailTrial(trouble)
        }
    };
    shown.trial = None;
    keeper.order(order);
}

/// A pack that waits, or that is due today, comes while nobody is there.
fn take_due(
    mut keeper: ResMut<Keeper>,
    route: Res<Route>,
    visit: Res<Visit>,
    beat: Res<Beat>,
    settings: Res<Settings>,
    mut looks_at_millis: Local<u64>,
) {
    let now = beat.moment.monotonic_millis;
    let is_free =
        matches!(route.current(), Screen::Attract | Screen::Empty) && !visit.is_on() && settings.exhibit.is_none();
    if !is_free {
        // As soon as the visitor has gone, or the area was locked.
        *looks_at_millis = now;
    } else if now >= *looks_at_millis {
        *looks_at_millis = now + LOOK_EVERY_MILLIS;
        keeper.due = Stop::default();
        let stop = keeper.due.clone();
        keeper.order(PackOrder::TakeDue { stop });
    }
}

/// A test that was begun because nobody was there makes way for a visitor; it is begun again afterwards.
fn leave_to_visitors(keeper: Res<Keeper>, visit: Res<Visit>) {
    if visit.is_changed() && visit.is_on() {
        keeper.due.stop();
    }
}
