//! One hall: its question and its items.

use super::CardScreen;
use super::cards::{self, Card, Grid};
use crate::kiosk::screens::Ask;
use crate::kiosk::theme::widgets::screen_node;
use crate::kiosk::theme::{Brush, Face, Step, Ui, tokens};
use crate::pack::Exhibit;
use crate::pack::model::{Hall, Item, Kind};
use bevy::prelude::*;

pub fn draw(commands: &mut Commands, brush: &Brush, exhibit: &Exhibit, hall: &Hall, page: usize) {
    let look = &brush.look;
    let (margin, gap) = (look.margin(), look.by_class(24.0, 16.0, 24.0));
    let header = look.by_class(176.0, 124.0, 240.0) * (1.0 + (look.text_percent as f32 - 100.0) / 150.0);
    let room = Vec2::new(look.size.x - 2.0 * margin, look.size.y - header - look.dock_height() - gap);
    let (columns, rows) = shape_of(hall.items.len(), look.is_portrait(), look.text_percent > 100);
    let grid = Grid::in_room(room, columns, rows, gap);
    let items: Vec<&Item> = hall.items.iter().filter_map(|id| exhibit.items.get(id)).collect();
    let cards: Vec<Card> = items
        .iter()
        .map(|item| Card {
            picture: Some(item.cover()),
            title: brush.told(&item.title),
            line: format!("{} · {}", brush.say(kind_key(&item.kind)), brush.told(&item.date.text)),
            ask: Ask::OpenItem(item.id.clone()),
        })
        .collect();
    let pages = grid.pages(cards.len());
    let page = page.min(pages - 1);
    commands.spawn((CardScreen, screen_node())).with_children(|ui| {
        heading(ui, brush, hall, items.len(), header, margin);
        let main = Node { flex_grow: 1.0, padding: UiRect::horizontal(px(margin)), ..default() };
        ui.spawn(main).with_children(|ui| cards::draw(ui, brush, &grid, &cards, page));
        brush.dock(ui, |ui| cards::draw_pager(ui, brush, page, pages));
    });
}

/// Columns and rows for a number of cards: as large as they can be, eight at most on a page, six where room is scarce.
fn shape_of(count: usize, portrait: bool, scarce: bool) -> (usize, usize) {
    match (if scarce { count.min(6) } else { count }, portrait) {
        (0..=2, false) => (2, 1),
        (3, false) => (3, 1),
        (4, false) => (2, 2),
        (5..=6, false) => (3, 2),
        (_, false) => (4, 2),
        (0..=2, true) => (1, 2),
        (3..=4, true) => (2, 2),
        (5..=6, true) => (2, 3),
        (_, true) => (2, 4),
    }
}

fn kind_key(kind: &Kind) -> &'static str {
    match kind {
        Kind::Map { .. } => "kind-map",
        Kind::Document { .. } => "kind-document",
        Kind::Artefact { .. } => "kind-artefact",
    }
}

fn heading(ui: &mut Ui, brush: &Brush, hall: &Hall, count: usize, height: f32, margin: f32) {
    let node = Node {
        height: px(height),
        padding: UiRect::horizontal(px(margin)),
        flex_direction: FlexDirection::Column,
        justify_content: JustifyContent::Center,
        row_gap: brush.px(6.0),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(node).with_children(|ui| {
        ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::TEXT_1, brush.told(&hall.title)));
        let counted = brush.words.say_with("hall-count", &[("count", count.to_string())]);
        let line = format!("{} · {counted}", brush.told(&hall.lead.text));
        ui.spawn(brush.text(Step::Label, Face::Sans, tokens::TEXT_2, line));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_holds_its_cards_up_to_eight() {
        for portrait in [false, true] {
            for count in 1..=8 {
                let (columns, rows) = shape_of(count, portrait, false);
                assert!(columns * rows >= count, "{count}");
            }
        }
    }
}
