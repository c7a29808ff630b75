//! The visit: when it begins, when it ends, what the journal is told, and the clock all rules of time see.

mod diary;
pub mod idle;
mod pace;

pub use diary::Diary;
pub use pace::{Beat, Motion};

use crate::base::clock::Clock;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen, Sheet};
use crate::kiosk::settings::Settings;
use crate::kiosk::sound::{Playback, Player};
use crate::kiosk::theme::Look;
use crate::kiosk::touch::{Activity, Knocked};
use crate::visits::Event;
use crate::visits::event::Ending;
use bevy::prelude::*;
use idle::{Idle, Presence};

/// The clock of this run: the machine's, or a stepped one for replays.
#[derive(Resource, Clone, Debug)]
pub struct KioskClock(pub Clock);

/// The visit under way, if any, and how long nobody has touched the screen.
#[derive(Resource, Debug, Default)]
pub struct Visit {
    started_millis: Option<u64>,
    idle: Idle,
}

impl Visit {
    /// Milliseconds since it began; zero when there is none.
    fn lasted(&self, now_millis: u64) -> u64 {
        self.started_millis.map_or(0, |started| now_millis.saturating_sub(started))
    }

    pub fn is_on(&self) -> bool {
        self.started_millis.is_some()
    }

    /// Milliseconds until a resting visitor is asked; without a visit nobody will be.
    fn until_asked(&self, now_millis: u64, idle_millis: u64) -> u64 {
        self.started_millis.map_or(u64::MAX, |_| self.idle.until_asked(now_millis, idle_millis))
    }
}

/// The count-down "still there?", in seconds left; absent while somebody is.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct StillThere(pub Option<u64>);

/// A visit has ended: everything goes back to how the next visitor should find it.
#[derive(Message, Clone, Copy, Debug)]
pub struct VisitEnded;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Visit>()
        .init_resource::<StillThere>()
        .add_message::<VisitEnded>()
        .add_plugins((pace::plugin, diary::plugin))
        .add_systems(
            Update,
            (begin_visit, watch_idle, end_visit, reset_for_the_next, let_staff_in).chain().in_set(KioskSystems::Route),
        );
}

fn begin_visit(
    mut asks: MessageReader<Ask>,
    mut active: MessageReader<Activity>,
    mut visit: ResMut<Visit>,
    beat: Res<Beat>,
    mut diary: ResMut<Diary>,
    mut words: ResMut<Words>,
    route: Res<Route>,
) {
    let now = beat.moment.monotonic_millis;
    if active.read().count() > 0 {
        visit.idle.touched(now);
        // The first touch begins the visit, whatever it hits.
        if visit.started_millis.is_none() && route.current().receives_visitors() {
            visit.started_millis = Some(now);
            diary.begin_visit();
        }
    }
    for ask in asks.read() {
        let language = match ask {
            Ask::Begin(language) => language.as_ref(),
            Ask::Speak(language) => Some(language),
            _ => None,
        };
        if let Some(language) = language
            && language != words.language()
        {
            words.speak(language.clone());
            // The people in charge are no visitors.
            if visit.is_on() {
                diary.note(Event::LanguageChosen { language: language.0.clone() });
            }
        }
    }
}

fn watch_idle(
    mut visit: ResMut<Visit>,
    beat: Res<Beat>,
    settings: Res<Settings>,
    player: Res<Player>,
    mut still_there: ResMut<StillThere>,
    (mut asks, mut knocked): (MessageReader<Ask>, MessageReader<Knocked>),
    mut ended: MessageWriter<VisitEnded>,
    mut diary: ResMut<Diary>,
) {
    let now = beat.moment.monotonic_millis;
    let finished = asks.read().any(|ask| *ask == Ask::Finish);
    let interrupted = knocked.read().count() > 0;
    if visit.started_millis.is_none() {
        return;
    }
    if player.playback() == Playback::Playing {
        // Nobody needs to touch the screen while listening.
        visit.idle.touched(now);
    }
    let presence = visit.idle.presence(now, settings.idle_millis(), settings.countdown_millis());
    let left = match presence {
        Presence::Asked { seconds_left } => Some(seconds_left),
        Presence::Here | Presence::Gone => None,
    };
    still_there.set_if_neq(StillThere(left));
    if finished || interrupted || presence == Presence::Gone {
        let how = match (finished, interrupted) {
            (true, _) => Ending::Finished,
            (_, true) => Ending::Stopped,
            _ => Ending::Idle,
        };
        diary.end_visit(how, visit.lasted(now));
        visit.started_millis = None;
        ended.write(VisitEnded);
    }
}

fn end_visit(mut ended: MessageReader<VisitEnded>, mut route: ResMut<Route>, mut sheet: ResMut<Sheet>) {
    if ended.read().count() > 0 {
        sheet.set_if_neq(Sheet::None);
        route.reset(Screen::Attract);
    }
}

/// The people in charge knocked: the pad takes the screen, and whatever a visitor saw is closed.
fn let_staff_in(mut knocked: MessageReader<Knocked>, mut route: ResMut<Route>, mut sheet: ResMut<Sheet>) {
    if knocked.read().count() > 0 && *route.current() != Screen::Staff {
        sheet.set_if_neq(Sheet::None);
        route.reset(Screen::Staff);
    }
}

fn reset_for_the_next(
    mut ended: MessageReader<VisitEnded>,
    mut words: ResMut<Words>,
    mut look: ResMut<Look>,
    mut player: ResMut<Player>,
    mut still_there: ResMut<StillThere>,
    settings: Res<Settings>,
) {
    if ended.read().count() > 0 {
        words.speak_first();
        let fresh = look.changed(look.size, 100);
        look.set_if_neq(fresh);
        player.set_volume(settings.volume);
        still_there.set_if_neq(StillThere(None));
    }
}
