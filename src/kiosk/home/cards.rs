//! Cards of one size in a grid, and the sums that find that size.

use crate::kiosk::screens::Ask;
use crate::kiosk::theme::widgets::{Button, Style, floating};
use crate::kiosk::theme::{Brush, Class, Face, Step, Ui, tokens};
use crate::pack::model::Picture;
use bevy::prelude::*;

/// A grid that fills a room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub columns: usize,
    pub rows: usize,
    /// Size of one card in pixels.
    pub card: Vec2,
    pub gap: f32,
}

impl Grid {
    pub fn in_room(room: Vec2, columns: usize, rows: usize, gap: f32) -> Self {
        let share = |length: f32, count: usize| (length - gap * (count as f32 - 1.0)) / count as f32;
        Self { columns, rows, card: Vec2::new(share(room.x, columns), share(room.y, rows)), gap }
    }

    pub fn capacity(&self) -> usize {
        self.columns * self.rows
    }

    pub fn pages(&self, cards: usize) -> usize {
        cards.div_ceil(self.capacity()).max(1)
    }
}

pub struct Card<'a> {
    pub picture: Option<&'a Picture>,
    pub title: &'a str,
    pub line: String,
    pub ask: Ask,
}

/// The cards of one page.
pub fn draw(ui: &mut Ui, brush: &Brush, grid: &Grid, cards: &[Card], page: usize) {
    let node = Node {
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(grid.gap),
        row_gap: px(grid.gap),
        align_content: AlignContent::FlexStart,
        width: px(grid.columns as f32 * (grid.card.x + grid.gap)),
        ..default()
    };
    ui.spawn(node).with_children(|ui| {
        for card in cards.iter().skip(page * grid.capacity()).take(grid.capacity()) {
            draw_card(ui, brush, grid.card, card);
        }
    });
}

fn draw_card(ui: &mut Ui, brush: &Brush, size: Vec2, card: &Card) {
    let radius = brush.px(20.0);
    let setting = Setting::of(brush, size);
    let (beside, picture) = picture_of(size, setting.height);
    let corners = if beside { BorderRadius::left(radius) } else { BorderRadius::top(radius) };
    let node = Node {
        width: px(size.x),
        height: px(size.y),
        flex_direction: if beside { FlexDirection::Row } else { FlexDirection::Column },
        border_radius: BorderRadius::all(radius),
        overflow: Overflow::clip(),
        ..default()
    };
    let shade = crate::kiosk::theme::shade(tokens::PAPER_50, tokens::PAPER_100);
    let touch = brush.touchable(card.title, card.ask.clone());
    ui.spawn((node, BackgroundColor(tokens::PAPER_50), shade, touch, floating(&brush.look))).with_children(|ui| {
        let frame =
            Node { width: px(picture.x), height: px(picture.y), flex_shrink: 0.0, border_radius: corners, ..default() };
        ui.spawn((frame, BackgroundColor(tokens::PAPER_300))).with_children(|ui| {
            if let Some(shown) = card.picture {
                let (mut node, image) = brush.cover(shown, picture);
                node.border_radius = corners;
                ui.spawn((node, image));
            }
        });
        draw_words(ui, brush, card, &setting);
    });
}

/// Whether the picture stands beside the words, as on a card that is a wide strip, and its size.
fn picture_of(card: Vec2, words_height: f32) -> (bool, Vec2) {
    if card.x > 2.6 * card.y {
        return (true, Vec2::new(card.x * 0.4, card.y));
    }
    (false, Vec2::new(card.x, (card.y - words_height).max(card.y * 0.25)))
}

/// How the words of a card are set: narrow cards take smaller type on two lines each.
struct Setting {
    title: Step,
    line: Step,
    /// Of all words together, in pixels.
    height: f32,
}

impl Setting {
    fn of(brush: &Brush, card: Vec2) -> Self {
        let look = &brush.look;
        let narrow = card.x < look.by_class(520.0, 360.0, 520.0);
        let (title, line) = if narrow { (Step::Reading, Step::Smallest) } else { (Step::CardTitle, Step::Label) };
        let lines = if narrow { 2.0 } else { 1.0 };
        let words = if look.class == Class::Compact { 3.0 } else { 2.0 };
        let height = lines * look.text(title) * 1.22 + words * look.text(line) * 1.42 + look.space(34.0);
        Self { title, line, height }
    }
}

fn draw_words(ui: &mut Ui, brush: &Brush, card: &Card, setting: &Setting) {
    let row = Node {
        flex_grow: 1.0,
        padding: UiRect::axes(brush.px(24.0), brush.px(10.0)),
        column_gap: brush.px(12.0),
        align_items: AlignItems::Center,
        overflow: Overflow::clip(),
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        let column = Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            row_gap: brush.px(4.0),
            ..default()
        };
        ui.spawn(column).with_children(|ui| {
            ui.spawn(brush.text_tight(setting.title, Face::SerifSemiBold, tokens::INK_900, card.title));
            ui.spawn(brush.text(setting.line, Face::Sans, tokens::INK_700, card.line.clone()));
        });
        // Large text needs the room more than the arrow does.
        if brush.look.text_percent <= 125 {
            ui.spawn(brush.icon("chevron-right", brush.look.space(36.0), tokens::SEAL_600));
        }
    });
}

/// Buttons that turn pages of cards; nothing when one page holds all.
pub fn draw_pager(ui: &mut Ui, brush: &Brush, page: usize, pages: usize) {
    if pages < 2 {
        return;
    }
    let (previous, more) = (brush.say("previous"), brush.say("more"));
    if page > 0 {
        brush.button(
            ui,
            Button::new(Style::Secondary, "chevron-left", "", Ask::TurnCards(page - 1)).labelled(&previous),
        );
    }
    let number = format!("{} / {pages}", page + 1);
    ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::TEXT_2, number));
    if page + 1 < pages {
        brush.button(ui, Button::new(Style::Secondary, "chevron-right", "", Ask::TurnCards(page + 1)).labelled(&more));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_and_gaps_fill_the_room_exactly() {
        let grid = Grid::in_room(Vec2::new(1000.0, 500.0), 3, 2, 20.0);
        assert!((grid.card.x * 3.0 + 40.0 - 1000.0).abs() < 0.01 && (grid.card.y * 2.0 + 20.0 - 500.0).abs() < 0.01);
        assert_eq!([grid.pages(0), grid.pages(6), grid.pages(7)], [1, 1, 2]);
    }

    #[test]
    fn the_picture_of_a_strip_stands_beside_its_words() {
        assert_eq!(picture_of(Vec2::new(900.0, 300.0), 140.0), (true, Vec2::new(360.0, 300.0)));
        assert_eq!(picture_of(Vec2::new(400.0, 300.0), 140.0), (false, Vec2::new(400.0, 160.0)));
        assert_eq!(picture_of(Vec2::new(400.0, 300.0), 280.0), (false, Vec2::new(400.0, 75.0)));
    }
}
