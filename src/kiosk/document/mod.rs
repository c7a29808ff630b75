//! The reader: a facsimile beside its lines. A touched line lights up on the page and in every layer.

mod lines;
mod page;

use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Card, KioskSystems, Leaf, Route};
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Class, Look, Ui};
use crate::pack::model::{Item, Kind, Page};
use bevy::prelude::*;

#[derive(Component)]
struct Reader;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    route: Res<Route>,
    leaf: Res<Leaf>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<Reader>>,
    scrolled: Query<&ScrollPosition, With<lines::Column>>,
    mut last: Local<Leaf>,
) {
    let changed =
        route.is_changed() || leaf.is_changed() || look.is_changed() || words.is_changed() || open.is_changed();
    if !changed {
        return;
    }
    // A touched line must not throw the reader back to the top.
    let same_column = last.page == leaf.page && last.card == leaf.card && !route.is_changed();
    let kept = scrolled.single().ok().filter(|_| same_column).map_or(Vec2::ZERO, |s| s.0);
    *last = leaf.clone();
    old.iter().for_each(|e| commands.entity(e).despawn());
    let item = route.item().and_then(|id| open.exhibit()?.items.get(id));
    let Some((item, Kind::Document { pages })) = item.map(|i| (i, &i.kind)) else { return };
    if leaf.enlarged {
        return;
    }
    let Some(shown) = pages.get(leaf.page) else { return };
    let scene = Scene { brush: &brush, item, pages, page: shown, leaf: &leaf };
    commands.spawn((Reader, screen_node())).with_children(|ui| {
        let direction = if look.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
        let main = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: direction,
            margin: UiRect::bottom(px(look.captions)),
            ..default()
        };
        ui.spawn(main).with_children(|ui| {
            page::draw(ui, &scene);
            lines::draw(ui, &scene, kept);
        });
        brush.dock(ui, |ui| tools(ui, &scene));
    });
}

/// What the parts of the reader are drawn from.
struct Scene<'a> {
    brush: &'a Brush<'a>,
    item: &'a Item,
    pages: &'a [Page],
    page: &'a Page,
    leaf: &'a Leaf,
}

impl Scene<'_> {
    fn shows_lines(&self) -> bool {
        self.leaf.card == Card::Lines && !self.page.lines.is_empty()
    }
}

fn tools(ui: &mut Ui, scene: &Scene) {
    let Scene { brush, leaf, page, .. } = scene;
    let wide = brush.look.class == Class::Standard && brush.look.text_percent < 150;
    let worded = |key: &str| if wide { brush.say(key) } else { String::new() };
    if scene.pages.len() > 1 {
        let (previous, next) = (leaf.page.checked_sub(1), leaf.page + 1);
        if let Some(previous) = previous {
            let label = brush.say("previous-page");
            brush.button(
                ui,
                Button::new(Style::Secondary, "chevron-left", "", Ask::TurnPage(previous)).labelled(&label),
            );
        }
        if next < scene.pages.len() {
            let label = brush.say("next-page");
            brush.button(
                ui,
                Button::new(Style::Secondary, "chevron-right", &worded("next-page"), Ask::TurnPage(next))
                    .labelled(&label),
            );
        }
    }
    if scene.shows_lines() {
        let count = page.lines.len();
        let now = leaf.line;
        let up = now.map_or(0, |l| l.saturating_sub(1));
        let down = now.map_or(0, |l| (l + 1).min(count - 1));
        for (icon, key, to) in [("chevron-up", "previous-line", up), ("chevron-down", "next-line", down)] {
            brush.button(ui, Button::new(Style::Secondary, icon, "", Ask::OpenLine(to)).labelled(&brush.say(key)));
        }
        brush.button(
            ui,
            Button::new(Style::Secondary, "circle-i", &worded("about"), Ask::OpenAbout).labelled(&brush.say("about")),
        );
    } else if !page.lines.is_empty() {
        brush.button(
            ui,
            Button::new(Style::Secondary, "book", &worded("read-page"), Ask::OpenLines)
                .labelled(&brush.say("read-page")),
        );
    }
    if scene.item.narration.contains_key(&brush.words.language().0) {
        let style = if scene.shows_lines() { Style::Secondary } else { Style::Primary };
        brush.button(
            ui,
            Button::new(style, "speaker", &worded("listen"), Ask::PlayOrPause).labelled(&brush.say("listen")),
        );
    }
}
