//! The card beside the picture: what the item is, or what a point of interest tells, with the door to its source.

use super::Shown;
use crate::kiosk::screens::{Ask, Card, Leaf};
use crate::kiosk::theme::widgets::{Button, Style, floating};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::{Blocker, Scroll};
use crate::pack::Exhibit;
use crate::pack::model::{Hotspot, Item, Statement};
use bevy::prelude::*;

/// Height of the card on a portrait screen, where it rises from below.
pub fn height(look: &Look) -> f32 {
    (look.size.y - look.floor()) * 0.44
}

pub fn draw(ui: &mut Ui, brush: &Brush, item: &Item, shown: &Shown, leaf: &Leaf) {
    let look = &brush.look;
    let margin = brush.px(40.0);
    let place = if look.is_portrait() {
        Node {
            left: px(0),
            right: px(0),
            bottom: px(0),
            height: px(height(look)),
            border_radius: BorderRadius::top(brush.px(32.0)),
            ..default()
        }
    } else {
        Node {
            right: margin,
            top: margin,
            bottom: margin,
            width: px(look.card_width()),
            border_radius: BorderRadius::all(brush.px(20.0)),
            ..default()
        }
    };
    let node = Node {
        position_type: PositionType::Absolute,
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(36.0), brush.px(30.0)),
        row_gap: brush.px(20.0),
        ..place
    };
    ui.spawn((node, BackgroundColor(tokens::PAPER_50), floating(look), Blocker, ZIndex(2))).with_children(|ui| {
        match leaf.card {
            Card::Hotspot(index) if index < shown.spots.len() => hotspot(ui, brush, item, shown, index),
            _ => about(ui, brush, item, shown),
        }
    });
}

/// The top row: a number or label, and the way to close.
fn top(ui: &mut Ui, brush: &Brush, label: &str, number: Option<usize>) {
    let row = Node { align_items: AlignItems::Center, column_gap: brush.px(18.0), flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        if let Some(number) = number {
            let disc = Node {
                width: brush.px(56.0),
                height: brush.px(56.0),
                flex_shrink: 0.0,
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border_radius: BorderRadius::all(percent(50)),
                ..default()
            };
            ui.spawn((disc, BackgroundColor(tokens::SEAL_600))).with_children(|ui| {
                ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::ON_SEAL, number.to_string()));
            });
        }
        ui.spawn(Node { flex_grow: 1.0, flex_basis: px(0), ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, label));
        });
        brush.button(ui, Button::new(Style::Disc, "cross", "", Ask::CloseCard).labelled(&brush.say("close")));
    });
}

/// The part of the card that scrolls.
fn body(ui: &mut Ui, brush: &Brush, content: impl FnOnce(&mut Ui)) {
    let column = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        flex_direction: FlexDirection::Column,
        row_gap: brush.px(18.0),
        overflow: Overflow::scroll_y(),
        ..default()
    };
    ui.spawn((column, Scroll::default())).with_children(content);
}

fn hotspot(ui: &mut Ui, brush: &Brush, item: &Item, shown: &Shown, index: usize) {
    let spot: &Hotspot = &shown.spots[index];
    top(ui, brush, brush.told(&spot.title), Some(index + 1));
    body(ui, brush, |ui| {
        if let Some(quote) = &spot.quote {
            ui.spawn(brush.text(Step::Quotation, Face::SerifSemiBoldItalic, tokens::INK_900, format!("“{quote}”")));
        }
        ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::INK_900, brush.told(&spot.text.text)));
        source(ui, brush, &spot.text);
        if let Some(linked) = spot.link.as_ref().and_then(|id| brush.open.exhibit()?.items.get(id)) {
            let see = brush.words.say_with("see-linked", &[("title", brush.told(&linked.title).to_owned())]);
            brush.button(ui, Button::new(Style::Outline, "arrow-right", &see, Ask::OpenItem(linked.id.clone())));
        }
    });
    let next = (index + 1) % shown.spots.len();
    let (text, ask) = if next == 0 && shown.spots.len() > 1 || shown.spots.len() == 1 {
        next_item(brush, item)
    } else {
        (brush.say("next-point"), Ask::OpenHotspot(next))
    };
    actions(ui, brush, item, &text, ask);
}

fn about(ui: &mut Ui, brush: &Brush, item: &Item, shown: &Shown) {
    top(ui, brush, &brush.say("about"), None);
    body(ui, brush, |ui| {
        if let Some(original) = &item.original_title {
            let face = if matches!(original.language.as_str(), "lzh" | "zh" | "vi-Hani") {
                Face::Han
            } else {
                Face::SerifItalic
            };
            ui.spawn(brush.text(Step::Han, face, tokens::INK_900, original.text.clone()));
        }
        for (key, text) in [("creator", &item.creator), ("holder", &item.holder), ("place", &item.place)] {
            if let Some(text) = text {
                fact(ui, brush, &brush.say(key), brush.told(text));
            }
        }
        let caption = Statement { text: item.title.clone(), sources: item.sources.clone() };
        source(ui, brush, &caption);
        for (index, statement) in item.description.iter().enumerate() {
            ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::INK_900, brush.told(&statement.text)));
            if item.description.get(index + 1).is_none_or(|next| next.sources != statement.sources) {
                source(ui, brush, statement);
            }
        }
        for related in item.related.iter().filter_map(|id| brush.open.exhibit()?.items.get(id)) {
            let see = brush.words.say_with("see-linked", &[("title", brush.told(&related.title).to_owned())]);
            brush.button(ui, Button::new(Style::Outline, "arrow-right", &see, Ask::OpenItem(related.id.clone())));
        }
    });
    let (text, ask) =
        if shown.spots.is_empty() { next_item(brush, item) } else { (brush.say("next-point"), Ask::OpenHotspot(0)) };
    actions(ui, brush, item, &text, ask);
}

/// The item after this one, in its hall or the next; never a dead end.
fn next_item(brush: &Brush, item: &Item) -> (String, Ask) {
    let next = brush.open.exhibit().and_then(|exhibit| after(exhibit, item));
    (brush.say("next-item"), next.map_or(Ask::Home, Ask::OpenItem))
}

fn after(exhibit: &Exhibit, item: &Item) -> Option<crate::base::ids::Id> {
    let all: Vec<_> = exhibit.halls.iter().flat_map(|hall| &hall.items).collect();
    let at = all.iter().position(|id| **id == item.id)?;
    Some(all[(at + 1) % all.len()].clone())
}

fn fact(ui: &mut Ui, brush: &Brush, label: &str, value: &str) {
    let column = Node { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..default() };
    ui.spawn(column).with_children(|ui| {
        ui.spawn(brush.text(Step::Smallest, Face::SansMedium, tokens::INK_500, label));
        ui.spawn(brush.text(Step::Label, Face::Sans, tokens::INK_700, value));
    });
}

fn source(ui: &mut Ui, brush: &Brush, statement: &Statement) {
    let ask = Ask::OpenSources { statement: statement.text.clone(), sources: statement.sources.clone() };
    brush.source_row(ui, &brush.source_title(&statement.sources), ask);
}

/// Listen, and the one next step.
fn actions(ui: &mut Ui, brush: &Brush, item: &Item, next: &str, ask: Ask) {
    let row = Node { column_gap: brush.px(16.0), flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        if item.narration.contains_key(&brush.words.language().0) {
            brush.button(ui, Button::new(Style::Outline, "speaker", &brush.say("listen"), Ask::PlayOrPause));
        }
        brush.button(ui, Button::new(Style::Primary, None, next, ask).growing());
    });
}
