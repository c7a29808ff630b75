//! What happens on the screen, told to the journal: screens, items and how long each was looked at.

use super::Beat;
use crate::base::ids::{Id, random_token};
use crate::kiosk::exhibit::Open;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen};
use crate::visits::event::Ending;
use crate::visits::{Event, Journal};
use bevy::prelude::*;

/// The journal, and the visit whose records are being written.
#[derive(Resource)]
pub struct Diary {
    journal: Option<Journal>,
    visit: String,
    place: Option<(Screen, u64)>,
    /// The visit ends with this frame, once everybody has told what they have to tell of it.
    ending: Option<(Ending, u64)>,
}

impl Diary {
    /// Without a journal nothing is kept.
    pub fn new(journal: Option<Journal>) -> Self {
        Self { journal, visit: String::new(), place: None, ending: None }
    }

    pub fn note(&mut self, event: Event) {
        if let Some(journal) = &self.journal {
            journal.note(&self.visit, event);
        }
    }

    pub fn begin_visit(&mut self) {
        self.visit = random_token();
        self.note(Event::VisitStarted);
    }

    /// The visit has lasted so long and ends with this frame.
    pub fn end_visit(&mut self, how: Ending, millis: u64) {
        self.ending = Some((how, millis));
    }

    /// Writes the visit's end; what follows belongs to no visit.
    fn close_visit(&mut self) {
        let Some((how, millis)) = self.ending.take() else { return };
        self.note(Event::VisitEnded { how, millis });
        self.visit.clear();
        if let Some(journal) = &self.journal {
            journal.commit_soon();
        }
    }

    pub fn written(&self) -> u64 {
        self.journal.as_ref().map_or(0, Journal::written)
    }

    /// Waits until everything is on disk; for the end of the program.
    pub fn flush(&self) {
        if let Some(journal) = &self.journal {
            journal.flush();
        }
    }

    fn leave_place(&mut self, next: Option<(Screen, u64)>, now: u64) {
        let Some((screen, since)) = std::mem::replace(&mut self.place, next) else { return };
        let dwell_millis = now.saturating_sub(since);
        if let Screen::Item(item) = &screen {
            self.note(Event::ItemLeft { item: item.clone(), dwell_millis });
        }
        self.note(Event::ScreenLeft { screen: screen.word(), dwell_millis });
    }

    fn enter(&mut self, screen: Screen, now: u64) {
        let entered = screen.clone();
        self.leave_place(Some((screen, now)), now);
        self.note(Event::ScreenOpened { screen: entered.word() });
        if let Screen::Item(item) = entered {
            self.note(Event::ItemOpened { item });
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (follow_route, follow_asks).chain().in_set(KioskSystems::Logic)).add_systems(Last, close);
}

fn follow_route(route: Res<Route>, mut diary: ResMut<Diary>, beat: Res<Beat>) {
    let now = beat.moment.monotonic_millis;
    let same = diary.place.as_ref().is_some_and(|(screen, _)| screen == route.current());
    if diary.ending.is_some() {
        diary.leave_place(None, now);
    } else if !same {
        diary.enter(route.current().clone(), now);
    }
}

fn follow_asks(mut asks: MessageReader<Ask>, mut diary: ResMut<Diary>, route: Res<Route>, open: Option<Res<Open>>) {
    let item = route.item().cloned();
    for ask in asks.read() {
        match (ask, &item) {
            (Ask::OpenSources { sources, .. }, _) => {
                if let Some(source) = sources.first().cloned() {
                    diary.note(Event::SourceOpened { source });
                }
            }
            (Ask::TurnPage(page), Some(item)) => {
                diary.note(Event::PageTurned { item: item.clone(), page: *page as u64 + 1 });
            }
            (Ask::OpenLine(line), Some(item)) => {
                diary.note(Event::LineTouched { item: item.clone(), line: *line as u64 + 1 });
            }
            (Ask::OpenHotspot(index), Some(item)) => {
                if let Some(hotspot) = open.as_ref().and_then(|open| hotspot(open, item, *index)) {
                    diary.note(Event::HotspotOpened { item: item.clone(), hotspot });
                }
            }
            _ => {}
        }
    }
}

fn hotspot(open: &Open, item: &Id, index: usize) -> Option<Id> {
    use crate::pack::model::Kind;
    let spots = match &open.exhibit()?.items.get(item)?.kind {
        Kind::Map { hotspots, .. } => hotspots,
        Kind::Artefact { notes, .. } => notes,
        Kind::Document { .. } => return None,
    };
    Some(spots.get(index)?.id.clone())
}

fn close(mut exits: MessageReader<AppExit>, mut diary: ResMut<Diary>, visit: Res<super::Visit>, beat: Res<Beat>) {
    let stopping = exits.read().count() > 0;
    if stopping && !diary.visit.is_empty() && diary.ending.is_none() {
        let now = beat.moment.monotonic_millis;
        diary.leave_place(None, now);
        diary.end_visit(Ending::Stopped, visit.lasted(now));
    }
    diary.close_visit();
    if stopping {
        diary.flush();
    }
}
