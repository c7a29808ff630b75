//! The home screen: one question, one large panel to start with, and the halls.

use super::CardScreen;
use super::cards::{self, Card, Grid};
use crate::kiosk::language::Words;
use crate::kiosk::screens::Ask;
use crate::kiosk::theme::widgets::{Button, Style, floating, screen_node};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Touchable;
use crate::pack::Exhibit;
use crate::pack::model::{Item, Kind};
use bevy::prelude::*;

/// Where things lie, in pixels.
struct Plan {
    margin: f32,
    gap: f32,
    header: f32,
    question: f32,
    footer: f32,
    hero: Vec2,
    grid: Grid,
}

/// Columns and rows of the halls' cards: as large as they can be, six at most on a page, four where text is large.
fn shape_of(halls: usize, portrait: bool, large_text: bool) -> (usize, usize) {
    match (if large_text { halls.min(4) } else { halls }, portrait) {
        (0..=1, _) => (1, 1),
        (2, false) => (2, 1),
        (3, false) if !large_text => (3, 1),
        (3..=4, false) => (2, 2),
        (_, false) => (3, 2),
        (2, true) => (1, 2),
        (3, true) if !large_text => (1, 3),
        (3..=4, true) => (2, 2),
        (_, true) => (2, 3),
    }
}

impl Plan {
    fn new(look: &Look, halls: usize, has_hero: bool) -> Self {
        let (margin, gap) = (look.margin(), look.by_class(24.0, 16.0, 24.0));
        let header = look.by_class(150.0, 124.0, 170.0);
        let question = look.by_class(88.0, 0.0, 110.0);
        let footer = look.by_class(120.0, 104.0, 140.0);
        let room = Vec2::new(look.size.x - 2.0 * margin, look.size.y - header - question - footer - gap);
        let portrait = look.is_portrait();
        let hero = match (has_hero, portrait) {
            (false, _) => Vec2::ZERO,
            // Without a hall it has the room to itself.
            (true, _) if halls == 0 => room,
            (true, true) => Vec2::new(room.x, room.y * 0.36),
            (true, false) => Vec2::new(room.x * 0.335, room.y),
        };
        let between = if has_hero { gap } else { 0.0 };
        let left = match portrait {
            true => Vec2::new(room.x, room.y - hero.y - between),
            false => Vec2::new(room.x - hero.x - between, room.y),
        };
        let (columns, rows) = shape_of(halls, portrait, look.text_percent > 125);
        let grid = Grid::in_room(left, columns, rows, gap);
        Self { margin, gap, header, question, footer, hero, grid }
    }
}

pub fn draw(commands: &mut Commands, brush: &Brush, exhibit: &Exhibit, page: usize) {
    let featured = brush.open.first_item();
    let plan = Plan::new(&brush.look, exhibit.halls.len(), featured.is_some());
    let cards: Vec<Card> = exhibit
        .halls
        .iter()
        .map(|hall| Card {
            picture: hall.picture.as_ref().or_else(|| Some(exhibit.items.get(hall.items.first()?)?.cover())),
            title: brush.told(&hall.title),
            line: brush.told(&hall.lead.text).to_owned(),
            ask: Ask::OpenHall(hall.id.clone()),
        })
        .collect();
    let pages = plan.grid.pages(cards.len());
    let page = page.min(pages - 1);
    commands.spawn((CardScreen, screen_node())).with_children(|ui| {
        header(ui, brush, exhibit, &plan);
        if plan.question > 0.0 {
            let node = Node {
                height: px(plan.question),
                padding: UiRect::horizontal(px(plan.margin)),
                flex_shrink: 0.0,
                ..default()
            };
            ui.spawn(node).with_children(|ui| {
                // One line at every text size.
                let step = if brush.look.text_percent > 100 { Step::CardTitle } else { Step::Title };
                ui.spawn(brush.text(step, Face::SerifSemiBold, tokens::TEXT_1, brush.say("home-question")));
            });
        }
        let direction = if brush.look.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
        let main = Node {
            flex_grow: 1.0,
            flex_direction: direction,
            column_gap: px(plan.gap),
            row_gap: px(plan.gap),
            padding: UiRect::horizontal(px(plan.margin)),
            ..default()
        };
        ui.spawn(main).with_children(|ui| {
            if let Some(item) = featured {
                hero(ui, brush, item, plan.hero);
            }
            cards::draw(ui, brush, &plan.grid, &cards, page);
        });
        footer(ui, brush, exhibit, &plan, page, pages);
    });
}

fn header(ui: &mut Ui, brush: &Brush, exhibit: &Exhibit, plan: &Plan) {
    let node = Node {
        height: px(plan.header),
        padding: UiRect::horizontal(px(plan.margin)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::SpaceBetween,
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(node).with_children(|ui| {
        let brand = Node { column_gap: brush.px(22.0), align_items: AlignItems::Center, flex_shrink: 1.0, ..default() };
        ui.spawn(brand).with_children(|ui| {
            ui.spawn(brush.icon("seal", brush.look.space(70.0), tokens::UNTINTED));
            if !brush.look.is_portrait() || brush.look.text_percent == 100 {
                ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
                    ui.spawn(brush.text(Step::CardTitle, Face::SerifSemiBold, tokens::TEXT_1, brush.say("brand")));
                    ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, brush.told(&exhibit.title)));
                });
            }
        });
        let right = Node { column_gap: brush.px(20.0), align_items: AlignItems::Center, flex_shrink: 0.0, ..default() };
        ui.spawn(right).with_children(|ui| {
            languages(ui, brush);
            let support = brush.say("support");
            brush.button(ui, Button::new(Style::Secondary, "wheelchair", "", Ask::OpenSupport).labelled(&support));
        });
    });
}

/// One button a language, side by side, the spoken one on paper.
fn languages(ui: &mut Ui, brush: &Brush) {
    let frame = Node {
        padding: brush.px(4.0).all(),
        border: px(2.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(brush.px(20.0)),
        column_gap: brush.px(4.0),
        ..default()
    };
    ui.spawn((frame, BorderColor::all(tokens::SEA_600), BackgroundColor(tokens::SEA_800))).with_children(|ui| {
        for language in brush.words.offered() {
            let style = if language == brush.words.language() { Style::Selected } else { Style::Plain };
            brush.button(ui, Button::new(style, None, &Words::name_of(language), Ask::Speak(language.clone())));
        }
    });
}

fn hero(ui: &mut Ui, brush: &Brush, item: &Item, size: Vec2) {
    let radius = brush.px(20.0);
    let portrait = brush.look.is_portrait();
    let node = Node {
        width: px(size.x),
        height: px(size.y),
        flex_shrink: 0.0,
        flex_direction: if portrait { FlexDirection::Row } else { FlexDirection::Column },
        border_radius: BorderRadius::all(radius),
        overflow: Overflow::clip(),
        ..default()
    };
    let picture = if portrait {
        Vec2::new(size.x * 0.48, size.y)
    } else {
        Vec2::new(size.x, size.y * if brush.look.text_percent > 100 { 0.3 } else { 0.46 })
    };
    // Whoever touches the picture means the same as by the button, which alone is told and focused.
    let touch = Touchable { label: String::new(), ask: Some(Ask::OpenItem(item.id.clone())) };
    ui.spawn((node, BackgroundColor(tokens::SEA_750), touch, floating(&brush.look))).with_children(|ui| {
        let frame = Node { width: px(picture.x), height: px(picture.y), flex_shrink: 0.0, ..default() };
        ui.spawn((frame, BackgroundColor(tokens::PAPER_300))).with_children(|ui| {
            let (mut node, image) = brush.cover(item.cover(), picture);
            node.border_radius = if portrait { BorderRadius::left(radius) } else { BorderRadius::top(radius) };
            ui.spawn((node, image));
        });
        let words = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            padding: UiRect::axes(brush.px(40.0), brush.px(30.0)),
            row_gap: brush.px(12.0),
            ..default()
        };
        ui.spawn(words).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::LAMP_300, brush.say("featured")));
            ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::TEXT_1, brush.told(&item.title)));
            ui.spawn(Node { flex_grow: 1.0, ..default() });
            let row = Node { ..default() };
            ui.spawn(row).with_children(|ui| {
                let open = brush.say(open_key(&item.kind));
                brush.button(ui, Button::new(Style::Primary, "arrow-right", &open, Ask::OpenItem(item.id.clone())));
            });
        });
    });
}

fn open_key(kind: &Kind) -> &'static str {
    match kind {
        Kind::Map { .. } => "open-featured-map",
        Kind::Document { .. } => "open-featured-document",
        Kind::Artefact { .. } => "open-featured-artefact",
    }
}

fn footer(ui: &mut Ui, brush: &Brush, exhibit: &Exhibit, plan: &Plan, page: usize, pages: usize) {
    let node = Node {
        height: px(plan.footer),
        padding: UiRect::horizontal(px(plan.margin)),
        align_items: AlignItems::Center,
        column_gap: brush.px(20.0),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn((node, BackgroundColor(tokens::SEA_950))).with_children(|ui| {
        if let Some(note) = &exhibit.note {
            let ask = Ask::OpenSources { statement: note.text.clone(), sources: note.sources.clone() };
            brush.button(ui, Button::new(Style::Secondary, "circle-i", &brush.say("about-exhibit"), ask));
        }
        cards::draw_pager(ui, brush, page, pages);
        ui.spawn(Node { flex_grow: 1.0, ..default() });
        if !brush.look.is_portrait() {
            ui.spawn(brush.text(Step::Label, Face::Sans, tokens::TEXT_2, brush.say("home-hint")));
        }
        brush.button(ui, Button::new(Style::Plain, None, &brush.say("finish"), Ask::Finish));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREENS: [(f32, f32); 3] = [(1920.0, 1080.0), (1280.0, 800.0), (1080.0, 1920.0)];

    #[test]
    fn every_shape_holds_its_halls_up_to_six() {
        for portrait in [false, true] {
            for halls in 1..=6 {
                let (columns, rows) = shape_of(halls, portrait, false);
                assert!(columns * rows >= halls, "{halls}");
            }
            assert_eq!(shape_of(6, portrait, true), (2, 2));
        }
    }

    #[test]
    fn few_halls_fill_the_same_room_as_many() {
        for (width, height) in SCREENS {
            let look = Look::of_window(Vec2::new(width, height), 100);
            for halls in 1..=7 {
                let plan = Plan::new(&look, halls, true);
                let (card, grid) = (plan.grid.card, plan.grid);
                let wide = card.x * grid.columns as f32 + grid.gap * (grid.columns as f32 - 1.0);
                let high = card.y * grid.rows as f32 + grid.gap * (grid.rows as f32 - 1.0);
                let upright = look.is_portrait();
                let (right, low) =
                    if upright { (wide, plan.hero.y + plan.gap + high) } else { (plan.hero.x + plan.gap + wide, high) };
                assert!((right + 2.0 * plan.margin - width).abs() < 0.1, "{width} {halls}");
                let top = plan.header + plan.question;
                assert!((top + low + plan.gap + plan.footer - height).abs() < 0.1, "{width} {halls}");
                assert!(card.x > 240.0 && card.y > 240.0, "{width} {halls}: {card}");
            }
        }
    }
}
