//! Looking at the screen: colours and greys side by side, and fields that answer to every finger.

use super::scene::{Scene, heading, note};
use crate::kiosk::screens::{Ask, StaffAsk};
use crate::kiosk::theme::{Ui, shade, tokens};
use bevy::prelude::*;

const COLUMNS: u16 = 8;
const ROWS: u16 = 5;

/// Grounds and inks of all screens, dark to light, then what stands out.
const COLOURS: [Color; 10] = [
    tokens::SEA_950,
    tokens::SEA_800,
    tokens::SEA_600,
    tokens::SEA_500,
    tokens::TEXT_2,
    tokens::PAPER_300,
    tokens::PAPER_0,
    tokens::SEAL_600,
    tokens::LAMP_300,
    tokens::JADE_700,
];

pub fn draw(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let size = brush.look.size;
    let values = [("width", format!("{:.0}", size.x)), ("height", format!("{:.0}", size.y))];
    note(ui, scene, scene.say_with("staff-screen-size", &values));
    if brush.look.frugal {
        note(ui, scene, scene.say("staff-screen-frugal"));
    }
    heading(ui, scene, scene.say("staff-colours"));
    note(ui, scene, scene.say("staff-colours-how"));
    let row = Node { width: percent(100), height: brush.px(110.0), flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        for colour in COLOURS {
            ui.spawn((Node { flex_grow: 1.0, height: percent(100), ..default() }, BackgroundColor(colour)));
        }
    });
    heading(ui, scene, scene.say("staff-touch"));
    let count = [("done", scene.desk.fields.len().to_string()), ("count", (COLUMNS * ROWS).to_string())];
    note(ui, scene, scene.say_with("staff-touch-how", &count));
    fields(ui, scene);
}

fn fields(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let column = Node {
        width: percent(100),
        flex_direction: FlexDirection::Column,
        row_gap: brush.px(8.0),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(column).with_children(|ui| {
        for row in 0..ROWS {
            ui.spawn(Node { width: percent(100), column_gap: brush.px(8.0), ..default() }).with_children(|ui| {
                (0..COLUMNS).for_each(|column| field(ui, scene, row * COLUMNS + column));
            });
        }
    });
}

fn field(ui: &mut Ui, scene: &Scene, number: u16) {
    let brush = scene.brush;
    let was_touched = scene.desk.fields.contains(&number);
    let (ground, icon) = if was_touched { (tokens::JADE_700, Some("tick")) } else { (tokens::SEA_700, None) };
    let label = scene.say_with("staff-field", &[("number", (number + 1).to_string())]);
    let node = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        height: px(brush.look.target()),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        border_radius: BorderRadius::all(brush.px(12.0)),
        ..default()
    };
    let touch = brush.touchable(&label, Ask::Staff(StaffAsk::Field(number)));
    ui.spawn((node, BackgroundColor(ground), shade(ground, tokens::SEA_600), touch)).with_children(|ui| {
        if let Some(icon) = icon {
            ui.spawn(brush.icon(icon, brush.look.space(34.0), tokens::TEXT_1));
        }
    });
}
