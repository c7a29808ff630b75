//! The paper beside the page: what the item is, and its lines in every layer: original, reading, translation.

use super::Scene;
use crate::kiosk::screens::Ask;
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Brush, Class, Face, Step, Ui, shade, tokens};
use crate::kiosk::touch::Scroll;
use crate::pack::model::Line;
use bevy::prelude::*;

/// The column that scrolls.
#[derive(Component)]
pub struct Column;

pub fn draw(ui: &mut Ui, scene: &Scene, scrolled: Vec2) {
    let brush = scene.brush;
    let paper = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(56.0), brush.px(40.0)),
        row_gap: brush.px(20.0),
        ..default()
    };
    ui.spawn((paper, BackgroundColor(tokens::PAPER_50))).with_children(|ui| {
        heading(ui, scene);
        let column = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            row_gap: brush.px(if scene.shows_lines() { 0.0 } else { 22.0 }),
            overflow: Overflow::scroll_y(),
            ..default()
        };
        ui.spawn((column, Column, Scroll::default(), ScrollPosition(scrolled))).with_children(|ui| {
            if scene.shows_lines() {
                for (index, line) in scene.page.lines.iter().enumerate() {
                    draw_line(ui, scene, index, line);
                }
            } else {
                about(ui, scene);
            }
        });
    });
}

fn heading(ui: &mut Ui, scene: &Scene) {
    let (brush, item) = (scene.brush, scene.item);
    let row = Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::FlexStart,
        column_gap: brush.px(28.0),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        let words =
            Node { flex_direction: FlexDirection::Column, flex_shrink: 1.0, row_gap: brush.px(6.0), ..default() };
        ui.spawn(words).with_children(|ui| {
            ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::INK_900, brush.told(&item.title)));
            if let Some(original) = &item.original_title {
                ui.spawn(brush.text(Step::Han, face_of(&original.language), tokens::INK_700, original.text.clone()));
            }
            let made: Vec<&str> =
                item.creator.iter().map(|c| brush.told(c)).chain([brush.told(&item.date.text)]).collect();
            ui.spawn(brush.text(Step::Label, Face::Sans, tokens::INK_700, made.join(" · ")));
        });
        let ask = Ask::OpenSources { statement: item.title.clone(), sources: item.sources.clone() };
        let words = if brush.look.class == Class::Standard { brush.say("sources-of-item") } else { String::new() };
        brush.button(ui, Button::new(Style::Outline, "file-tick", &words, ask).labelled(&brush.say("sources-of-item")));
    });
    let rule = Node { height: px(2.0 * brush.look.unit), width: percent(100), flex_shrink: 0.0, ..default() };
    ui.spawn((rule, BackgroundColor(tokens::INK_900)));
}

/// The description, statement by statement, each with the door to its source.
fn about(ui: &mut Ui, scene: &Scene) {
    let (brush, item) = (scene.brush, scene.item);
    for (index, statement) in item.description.iter().enumerate() {
        ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::INK_900, brush.told(&statement.text)));
        let last_of_its_sources = item.description.get(index + 1).is_none_or(|next| next.sources != statement.sources);
        if last_of_its_sources {
            let title = brush.source_title(&statement.sources);
            let ask = Ask::OpenSources { statement: statement.text.clone(), sources: statement.sources.clone() };
            brush.source_row(ui, &title, ask);
        }
    }
    if scene.page.lines.is_empty() {
        ui.spawn(brush.text(Step::Label, Face::Sans, tokens::INK_500, brush.say("no-lines")));
    } else {
        let row = Node { ..default() };
        ui.spawn(row).with_children(|ui| {
            brush.button(ui, Button::new(Style::Outline, "book", &brush.say("read-page"), Ask::OpenLines));
        });
    }
}

/// Hán has its own face; other originals are set as quotations.
fn face_of(language: &str) -> Face {
    if matches!(language, "lzh" | "zh" | "vi-Hani") { Face::Han } else { Face::SerifItalic }
}

fn draw_line(ui: &mut Ui, scene: &Scene, index: usize, line: &Line) {
    let brush = scene.brush;
    let active = scene.leaf.line == Some(index);
    let ground = if active { tokens::PAPER_0 } else { tokens::PAPER_50 };
    let row = Node {
        width: percent(100),
        min_height: px(brush.look.target()),
        padding: UiRect::axes(brush.px(12.0), brush.px(14.0)),
        column_gap: brush.px(24.0),
        align_items: AlignItems::Center,
        border: UiRect { left: brush.px(8.0), bottom: px(brush.look.unit), ..default() },
        flex_shrink: 0.0,
        ..default()
    };
    let edge = BorderColor {
        left: if active { tokens::SEAL_600 } else { tokens::CLEAR },
        bottom: tokens::PAPER_300,
        ..BorderColor::all(tokens::CLEAR)
    };
    let label = brush.words.say_with("line", &[("number", (index + 1).to_string())]);
    let touch = brush.touchable(&label, Ask::OpenLine(index));
    ui.spawn((row, BackgroundColor(ground), edge, shade(ground, tokens::PAPER_100), touch)).with_children(|ui| {
        let ink = if active { tokens::SEAL_600 } else { tokens::INK_500 };
        let number = Node { width: brush.px(44.0), flex_shrink: 0.0, ..default() };
        ui.spawn(number).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, ink, (index + 1).to_string()));
        });
        layers(ui, brush, line, active);
        if active {
            let ask = Ask::OpenSources { statement: line.translation.clone(), sources: line.sources.clone() };
            let sources = brush.say("source-of-this");
            brush.button(ui, Button::new(Style::Outline, "file-tick", "", ask).labelled(&sources));
        }
    });
}

/// Original and reading above or beside what the line says, as there is room.
fn layers(ui: &mut Ui, brush: &Brush, line: &Line, active: bool) {
    let beside = brush.look.class == Class::Standard && brush.look.text_percent < 150;
    let both = line.original.is_some();
    let room = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        flex_direction: if beside { FlexDirection::Row } else { FlexDirection::Column },
        column_gap: brush.px(28.0),
        row_gap: brush.px(8.0),
        ..default()
    };
    ui.spawn(room).with_children(|ui| {
        if let Some(original) = &line.original {
            let column = Node {
                flex_direction: FlexDirection::Column,
                width: if beside { percent(42) } else { Val::Auto },
                flex_shrink: 0.0,
                row_gap: brush.px(4.0),
                ..default()
            };
            ui.spawn(column).with_children(|ui| {
                ui.spawn(brush.text(Step::Han, face_of(&original.language), tokens::INK_900, original.text.clone()));
                if let Some(phonetic) = &line.phonetic {
                    ui.spawn(brush.text(Step::Label, Face::SerifItalic, tokens::INK_700, phonetic.clone()));
                }
            });
        }
        let face = if active { Face::SerifSemiBold } else { Face::Serif };
        let column = Node {
            flex_grow: 1.0,
            flex_basis: if beside && both { px(0) } else { Val::Auto },
            flex_shrink: 1.0,
            ..default()
        };
        ui.spawn(column).with_children(|ui| {
            ui.spawn(brush.text(Step::Reading, face, tokens::INK_900, brush.told(&line.translation)));
        });
    });
}
