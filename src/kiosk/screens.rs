//! Where a visitor is, and everything a visitor can ask for. Features speak to one another through these alone.

use crate::base::ids::Id;
use crate::pack::model::{Language, Text};
use crate::pack::store::Key;
use bevy::prelude::*;
use std::path::PathBuf;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    Attract,
    Home,
    Hall(Id),
    Item(Id),
    /// The exhibit cannot be shown.
    Trouble,
    /// No pack is installed yet.
    Empty,
    /// The area of the people in charge, or the pad before it.
    Staff,
}

impl Screen {
    /// The fixed word for journals and replays.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Attract => "attract",
            Self::Home => "home",
            Self::Hall(_) => "hall",
            Self::Item(_) => "item",
            Self::Trouble => "trouble",
            Self::Empty => "empty",
            Self::Staff => "staff",
        }
    }

    /// Somebody who touches it is a visitor.
    pub fn receives_visitors(&self) -> bool {
        !matches!(self, Self::Trouble | Self::Empty | Self::Staff)
    }

    /// Nobody is looking at the exhibit, so that another may take its place.
    pub fn lets_exhibit_change(&self) -> bool {
        *self == Self::Attract || !self.receives_visitors()
    }
}

/// The way back: the last screen is the one shown. Never empty.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct Route(Vec<Screen>);

impl Default for Route {
    fn default() -> Self {
        Self(vec![Screen::Attract])
    }
}

impl Route {
    pub fn current(&self) -> &Screen {
        // The list is never emptied.
        self.0.last().unwrap_or(&Screen::Attract)
    }

    pub fn item(&self) -> Option<&Id> {
        match self.current() {
            Screen::Item(id) => Some(id),
            _ => None,
        }
    }

    pub fn open(&mut self, screen: Screen) {
        if *self.current() != screen {
            // A circle of links leads back to where it was entered, not around once more.
            if let Some(before) = self.0.iter().position(|s| *s == screen) {
                self.0.truncate(before);
            }
            self.0.push(screen);
        }
    }

    pub fn reset(&mut self, screen: Screen) {
        self.0 = vec![screen];
    }

    /// Takes screens that are no more off the way back; true when the one shown is among them. Home is left at least.
    pub fn keep_only(&mut self, is_still: impl Fn(&Screen) -> bool) -> bool {
        let lost = !is_still(self.current());
        self.0.retain(is_still);
        if self.0.is_empty() {
            self.reset(Screen::Home);
        }
        lost
    }

    /// One screen back; from an item opened alone to home, never off the exhibit.
    pub fn back(&mut self) {
        if self.0.len() > 1 {
            self.0.pop();
        } else if matches!(self.current(), Screen::Hall(_) | Screen::Item(_)) {
            self.reset(Screen::Home);
        }
    }
}

/// What lies over the screen.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub enum Sheet {
    #[default]
    None,
    /// Where a statement comes from.
    Sources { statement: Text, sources: Vec<Id>, at: usize },
    /// Language and text size.
    Support,
}

/// Where in an item the visitor is. Starts anew with every item, and stays when the language changes.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Page of a document, or side of an artefact.
    pub page: usize,
    pub line: Option<usize>,
    /// The page is shown large, to be zoomed.
    pub enlarged: bool,
    /// What lies beside the picture or page.
    pub card: Card,
    pub compare: Compare,
}

/// How a map is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// By itself.
    #[default]
    Alone,
    /// Laid over today's sea.
    OverSea,
    /// Together with every map that shows the same place.
    SamePlace(Id),
    /// Beside another map, both moving as one.
    Beside(Id),
}

impl Compare {
    /// The fixed word for journals.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::OverSea => "over-sea",
            Self::SamePlace(_) => "same-place",
            Self::Beside(_) => "beside",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Card {
    Closed,
    #[default]
    About,
    Hotspot(usize),
    /// The lines of a document.
    Lines,
}

/// What a visitor asks for, by finger, key or pad.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum Ask {
    /// Leaves the attract loop, in a language.
    Begin(Option<Language>),
    Home,
    Back,
    Finish,
    StillHere,
    OpenHall(Id),
    OpenItem(Id),
    OpenSources {
        statement: Text,
        sources: Vec<Id>,
    },
    TurnSource(usize),
    OpenSupport,
    CloseSheet,
    Speak(Language),
    TextSize(u32),
    /// Turns a list of cards to a page.
    TurnCards(usize),
    ZoomIn,
    ZoomOut,
    ZoomWhole,
    OpenHotspot(usize),
    /// Crowded points are looked at from so near that each stands alone.
    SpreadPoints(Vec<usize>),
    OpenAbout,
    OpenLines,
    CloseCard,
    TurnPage(usize),
    OpenLine(usize),
    EnlargePage(bool),
    Compare(Compare),
    /// How much of the old map is seen over today's sea, in percent.
    Opacity(u8),
    /// The old map is drawn aside like a curtain instead of made transparent.
    Curtain(bool),
    /// The curtain goes so many percent of the window to the right.
    MoveCurtain(i8),
    /// The points that tie a map to the earth are shown.
    ControlPoints(bool),
    /// Why an old map lies beside today's.
    ExplainError(bool),
    PlayOrPause,
    Replay,
    CloseNarration,
    /// What only the people in charge ask for.
    Staff(StaffAsk),
}

/// Pages of the staff area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StaffPage {
    #[default]
    Packs,
    Screen,
    Sound,
    Figures,
    Machine,
}

/// What is asked for in the staff area and on the pad before it. Nothing of it is followed while the area is locked, but
/// what the pad needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffAsk {
    /// Opens the pad.
    Knock,
    Digit(u8),
    Erase,
    Enter,
    /// Locks the area, or leaves the pad.
    Lock,
    Turn(StaffPage),
    LookForSticks,
    Install(PathBuf),
    StopWork,
    /// What can be done with this pack is shown.
    Choose(Option<Key>),
    Activate(Key),
    ActivateWhenIdle(Key),
    /// The days drafted for the chosen pack begin or end so many days later.
    MoveDays {
        from: i8,
        until: i8,
    },
    Schedule(Key),
    Unschedule(Key),
    RollBack,
    Remove(Key),
    ExportJournal(PathBuf),
    /// A field of the screen check was touched.
    Field(u16),
    PlaySample,
    StopSample,
    Louder,
    Softer,
    Restart,
    ShutDown,
    /// The answer to "really?".
    Sure(bool),
}

/// Puts the view of the picture before the visitor at once, without a glide, within the limits that fingers have. No
/// visitor asks for it: replays do, to measure.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub enum LookAt {
    /// This fraction of the picture lies in the middle, at so many screen pixels for 100 of its own.
    Point { x: f64, y: f64, percent: f64 },
    /// The same in widths of the picture (downwards too), which is so many windows wide: how other viewers count.
    Widths { x: f64, y: f64, windows: f64 },
    /// This place on earth lies in the middle, at so many metres of Mercator a pixel: for maps on today's sea.
    Earth { longitude: f64, latitude: f64, metres_per_pixel: f64 },
}

/// In which order a frame's work is done.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KioskSystems {
    /// Fingers, keys and pads become gestures and asks.
    Input,
    /// Asks change where the visitor is.
    Route,
    /// Features follow.
    Logic,
    /// What has changed is drawn anew.
    Build,
    /// Positions of what moves.
    Present,
    /// The canvas beneath the interface is made ready for the GPU.
    Draw,
}

pub(super) fn plugin(app: &mut App) {
    use KioskSystems::{Build, Draw, Input, Logic, Present};
    app.init_resource::<Route>()
        .init_resource::<Sheet>()
        .init_resource::<Leaf>()
        .add_message::<Ask>()
        .add_message::<LookAt>()
        .configure_sets(Update, (Input, KioskSystems::Route, Logic, Build, Present, Draw).chain())
        .add_systems(Update, (follow_asks, follow_leaf).chain().in_set(KioskSystems::Route));
}

fn follow_asks(
    mut asks: MessageReader<Ask>,
    mut route: ResMut<Route>,
    mut sheet: ResMut<Sheet>,
    mut leaf: ResMut<Leaf>,
) {
    for ask in asks.read() {
        match ask {
            Ask::Begin(_) if *route.current() == Screen::Attract => route.reset(Screen::Home),
            Ask::Home if *route.current() != Screen::Attract && route.current().receives_visitors() => {
                set_sheet(&mut sheet, Sheet::None);
                if *route.current() != Screen::Home {
                    route.reset(Screen::Home);
                }
            }
            Ask::Back if *sheet != Sheet::None => set_sheet(&mut sheet, Sheet::None),
            Ask::Back if leaf.compare != Compare::Alone => leaf.compare = Compare::Alone,
            Ask::Back => {
                let mut next = route.clone();
                next.back();
                route.set_if_neq(next);
            }
            Ask::OpenHall(id) => route.open(Screen::Hall(id.clone())),
            Ask::OpenItem(id) => {
                set_sheet(&mut sheet, Sheet::None);
                route.open(Screen::Item(id.clone()));
            }
            Ask::OpenSources { statement, sources } => {
                let next = Sheet::Sources { statement: statement.clone(), sources: sources.clone(), at: 0 };
                set_sheet(&mut sheet, next);
            }
            Ask::TurnSource(to) => turn_source(&mut sheet, *to),
            Ask::OpenSupport => set_sheet(&mut sheet, Sheet::Support),
            Ask::CloseSheet => set_sheet(&mut sheet, Sheet::None),
            _ => {}
        }
    }
}

fn follow_leaf(mut asks: MessageReader<Ask>, route: Res<Route>, mut leaf: ResMut<Leaf>, mut shown: Local<Option<Id>>) {
    if route.item() != shown.as_ref() {
        *shown = route.item().cloned();
        leaf.set_if_neq(Leaf::default());
    }
    for ask in asks.read() {
        let mut next = leaf.clone();
        match ask {
            Ask::OpenHotspot(index) => next.card = Card::Hotspot(*index),
            Ask::OpenAbout => next.card = Card::About,
            Ask::OpenLines => next.card = Card::Lines,
            Ask::CloseCard => next.card = Card::Closed,
            Ask::TurnPage(page) => next = Leaf { page: *page, line: None, ..next },
            Ask::OpenLine(line) => next.line = Some(*line),
            Ask::EnlargePage(enlarged) => next.enlarged = *enlarged,
            Ask::Compare(compare) => next.compare = compare.clone(),
            _ => continue,
        }
        leaf.set_if_neq(next);
    }
}

fn set_sheet(sheet: &mut ResMut<Sheet>, next: Sheet) {
    sheet.set_if_neq(next);
}

fn turn_source(sheet: &mut ResMut<Sheet>, to: usize) {
    if let Sheet::Sources { sources, at, .. } = sheet.as_mut() {
        *at = to.min(sources.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str) -> Screen {
        Screen::Item(Id::new(name).expect("an id"))
    }

    #[test]
    fn a_circle_of_links_does_not_make_the_way_back_longer() {
        let mut route = Route::default();
        route.reset(Screen::Home);
        for _ in 0..50 {
            route.open(item("a"));
            route.open(item("b"));
        }
        route.back();
        assert_eq!(*route.current(), item("a"));
        route.back();
        assert_eq!(*route.current(), Screen::Home);
        route.back();
        assert_eq!(*route.current(), Screen::Home, "back never leads off the exhibit");
    }
}
