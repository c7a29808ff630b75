//! Draws the pad or the area when something of it has changed. What moves meanwhile is kept up by `progress`.

use super::desk::{Desk, Doing};
use super::{frame, pin_pad};
use crate::kiosk::caretaker::{Key, Said, Shown};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen, StaffAsk, StaffPage};
use crate::kiosk::settings::Settings;
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Blocker;
use bevy::prelude::*;

#[derive(Component)]
struct StaffScreen;

/// What a page is about: while that stays the same, so does the place it was scrolled to. Work that begins or ends is
/// told at the top.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Matter {
    page: StaffPage,
    doing: Doing,
    fresh: Option<Key>,
}

impl Matter {
    pub fn of(desk: &Desk) -> Self {
        Self { page: desk.page, doing: desk.doing, fresh: desk.fresh.clone() }
    }
}

/// What the parts of the area are drawn from.
pub struct Scene<'a> {
    pub brush: &'a Brush<'a>,
    pub desk: &'a Desk,
    pub settings: &'a Settings,
    pub shown: &'a Shown,
    /// How far the page was scrolled before it was drawn anew.
    pub scrolled: Vec2,
}

impl Scene<'_> {
    /// A sentence of the caretaker in the kiosk's language, or a text of the kiosk by its key.
    pub fn told(&self, said: &Said) -> String {
        if said.vi == said.en && said.vi.starts_with("staff-") {
            return self.brush.say(&said.vi);
        }
        if self.brush.words.language().0 == "vi" { said.vi.clone() } else { said.en.clone() }
    }

    pub fn say(&self, key: &str) -> String {
        self.brush.say(key)
    }

    pub fn say_with(&self, key: &str, values: &[(&str, String)]) -> String {
        self.brush.words.say_with(key, values)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    desk: Res<Desk>,
    route: Res<Route>,
    look: Res<Look>,
    words: Res<Words>,
    settings: Res<Settings>,
    shown: Res<Shown>,
    brush: Brush,
    old: Query<Entity, With<StaffScreen>>,
    pages: Query<(&Matter, &ScrollPosition)>,
) {
    if !desk.is_changed() && !route.is_changed() && !look.is_changed() && !words.is_changed() && !settings.is_changed()
    {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    if *route.current() != Screen::Staff {
        return;
    }
    let matter = Matter::of(&desk);
    let scrolled = pages.iter().find(|(old, _)| **old == matter).map_or(Vec2::ZERO, |(_, scrolled)| scrolled.0);
    let scene = Scene { brush: &brush, desk: &desk, settings: &settings, shown: &shown, scrolled };
    let node = screen_node();
    commands.spawn((StaffScreen, node, BackgroundColor(tokens::SEA_900), Blocker, GlobalZIndex(200))).with_children(
        |ui| {
            if desk.is_open() {
                frame::draw(ui, &scene);
            } else {
                pin_pad::draw(ui, &scene);
            }
        },
    );
}

/// A button of the area.
pub fn button(ui: &mut Ui, scene: &Scene, style: Style, icon: &'static str, key: &str, ask: StaffAsk) {
    let words = scene.say(key);
    scene.brush.button(ui, Button::new(style, icon, &words, Ask::Staff(ask)));
}

/// The same without words, for a narrow place.
pub fn icon_button(ui: &mut Ui, scene: &Scene, style: Style, icon: &'static str, key: &str, ask: StaffAsk) {
    let words = scene.say(key);
    scene.brush.button(ui, Button::new(style, icon, "", Ask::Staff(ask)).labelled(&words));
}

/// The title of a part of a page.
pub fn heading(ui: &mut Ui, scene: &Scene, words: String) {
    ui.spawn(scene.brush.text(Step::CardTitle, Face::SerifSemiBold, tokens::TEXT_1, words));
}

/// A line of quiet text that may be long.
pub fn note(ui: &mut Ui, scene: &Scene, words: String) {
    ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
        ui.spawn(scene.brush.text(Step::Label, Face::Sans, tokens::TEXT_2, words));
    });
}

/// A panel on the page.
pub fn panel(scene: &Scene) -> impl Bundle {
    let brush = scene.brush;
    let node = Node {
        width: percent(100),
        flex_direction: FlexDirection::Column,
        padding: UiRect::all(brush.px(36.0)),
        row_gap: brush.px(24.0),
        border: px(2.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(brush.px(20.0)),
        flex_shrink: 0.0,
        ..default()
    };
    (node, BackgroundColor(tokens::SEA_800), BorderColor::all(tokens::SEA_600))
}

/// A row whose parts part to both ends.
pub fn spread_row(scene: &Scene) -> Node {
    Node {
        width: percent(100),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::SpaceBetween,
        column_gap: scene.brush.px(24.0),
        row_gap: scene.brush.px(12.0),
        flex_wrap: FlexWrap::Wrap,
        flex_shrink: 0.0,
        ..default()
    }
}

/// A row of buttons.
pub fn button_row(scene: &Scene) -> Node {
    Node {
        align_items: AlignItems::Center,
        column_gap: scene.brush.px(16.0),
        row_gap: scene.brush.px(16.0),
        flex_wrap: FlexWrap::Wrap,
        ..default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_a_row_keeps_the_place_and_work_that_begins_does_not() {
        let id = crate::base::ids::Id::new("a-pack").expect("an id");
        let key = Key { id, manifest: "a".repeat(64) };
        let desk = Desk::default();
        let chosen = Desk { chosen: Some(key.clone()), said: Some(Said::new("a", "a")), ..Desk::default() };
        assert_eq!(Matter::of(&desk), Matter::of(&chosen));
        for other in [
            Desk { doing: Doing::Testing, ..Desk::default() },
            Desk { fresh: Some(key), ..Desk::default() },
            Desk { page: StaffPage::Figures, ..Desk::default() },
        ] {
            assert_ne!(Matter::of(&desk), Matter::of(&other));
        }
    }
}
