//! The pad before the area: dots, digits, and what is told of them. Digits are never shown.

use super::desk::Wants;
use super::progress::{Dots, RestsFor};
use super::scene::{Scene, button};
use crate::kiosk::screens::{Ask, StaffAsk};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Brush, Face, Step, Ui, tokens};
use crate::kiosk::touch::Scroll;
use bevy::prelude::*;

/// Words beside the digits, or above them on an upright screen; what is longer than the window scrolls.
pub fn draw(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let portrait = brush.look.is_portrait();
    let whole = Node {
        width: percent(100),
        height: percent(100),
        flex_direction: FlexDirection::Column,
        overflow: Overflow::scroll_y(),
        ..default()
    };
    let both = Node {
        flex_direction: if portrait { FlexDirection::Column } else { FlexDirection::Row },
        align_items: AlignItems::Center,
        column_gap: brush.px(100.0),
        row_gap: brush.px(40.0),
        padding: UiRect::all(brush.px(28.0)),
        flex_shrink: 0.0,
        // In the middle while there is room, from the top when there is not.
        margin: UiRect::all(Val::Auto),
        ..default()
    };
    ui.spawn((whole, Scroll::default())).with_children(|ui| {
        ui.spawn(both).with_children(|ui| {
            words(ui, scene);
            digits(ui, brush);
        });
    });
}

fn words(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let portrait = brush.look.is_portrait();
    let column = Node {
        width: px(brush.look.by_class(700.0, 480.0, 900.0)),
        flex_direction: FlexDirection::Column,
        align_items: if portrait { AlignItems::Center } else { AlignItems::FlexStart },
        row_gap: brush.px(20.0),
        ..default()
    };
    ui.spawn(column).with_children(|ui| {
        let key = match scene.desk.wants {
            Wants::Pin => "staff-enter-pin",
            Wants::NewPin => "staff-new-pin",
            Wants::Again(_) => "staff-pin-again",
        };
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::TEXT_2, brush.say("staff-area")));
        ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::TEXT_1, brush.say(key)));
        if scene.desk.wants != Wants::Pin {
            line(ui, brush, tokens::TEXT_2, brush.say("staff-pin-rules"));
        }
        ui.spawn((Dots, brush.text(Step::Title, Face::SansSemiBold, tokens::LAMP_300, "")));
        told(ui, scene);
        button(ui, scene, Style::Secondary, "cross", "close", StaffAsk::Lock);
    });
}

/// What is told keeps its place when it is empty, so that no digit moves under a finger.
fn told(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let place = Node {
        width: percent(100),
        min_height: px(3.0 * 1.42 * brush.look.text(Step::Label)),
        flex_direction: FlexDirection::Column,
        align_items: if brush.look.is_portrait() { AlignItems::Center } else { AlignItems::FlexStart },
        ..default()
    };
    ui.spawn(place).with_children(|ui| {
        if let Some(said) = &scene.desk.pad_said {
            line(ui, brush, tokens::LAMP_300, scene.told(said));
        }
        if scene.desk.waits_for_pad {
            line(ui, brush, tokens::TEXT_2, brush.say("staff-comparing"));
        }
        ui.spawn((RestsFor, brush.text(Step::Label, Face::SansMedium, tokens::TEXT_2, "")));
    });
}

fn line(ui: &mut Ui, brush: &Brush, colour: Color, words: String) {
    let side = if brush.look.is_portrait() { Justify::Center } else { Justify::Left };
    let column = Node { max_width: percent(100), flex_shrink: 0.0, ..default() };
    ui.spawn(column).with_children(|ui| {
        let text = brush.text(Step::Label, Face::SansMedium, colour, words);
        ui.spawn(text).insert(bevy::text::TextLayout::justify(side));
    });
}

/// Three columns: 1 to 9, then erase, 0 and enter.
fn digits(ui: &mut Ui, brush: &Brush) {
    let side = brush.look.target() * 1.1;
    let gap = brush.look.space(16.0);
    let grid = Node {
        width: px(3.0 * side + 2.0 * gap + 1.0),
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(gap),
        row_gap: px(gap),
        flex_shrink: 0.0,
        ..default()
    };
    let key = |ui: &mut Ui, icon: Option<&'static str>, text: &str, label: &str, ask: StaffAsk| {
        let cell = Node { width: px(side), height: px(side), ..default() };
        ui.spawn(cell).with_children(|ui| {
            let style = if ask == StaffAsk::Enter { Style::Primary } else { Style::Secondary };
            brush.button(ui, Button::new(style, icon, text, Ask::Staff(ask)).labelled(label).growing());
        });
    };
    ui.spawn(grid).with_children(|ui| {
        for digit in 1..=9 {
            let shown = digit.to_string();
            key(ui, None, &shown, &shown, StaffAsk::Digit(digit));
        }
        key(ui, Some("arrow-left"), "", &brush.say("staff-erase"), StaffAsk::Erase);
        key(ui, None, "0", "0", StaffAsk::Digit(0));
        key(ui, Some("tick"), "", &brush.say("staff-enter"), StaffAsk::Enter);
    });
}
