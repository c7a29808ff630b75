//! The facsimile: the page as a whole, with the touched line lit.

use super::Scene;
use crate::kiosk::screens::Ask;
use crate::kiosk::theme::widgets::{Button, Style, floating};
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use crate::pack::model::{Nature, Region};
use bevy::prelude::*;

pub fn draw(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let look = &brush.look;
    let portrait = look.is_portrait();
    let room = if portrait {
        Vec2::new(look.size.x * 0.52, (look.size.y - look.floor()) * 0.4)
    } else {
        Vec2::new(look.by_class(620.0, 400.0, 0.0), look.size.y - look.floor())
    };
    let panel = Node {
        width: if portrait { percent(100) } else { px(room.x) },
        height: px(room.y),
        flex_shrink: 0.0,
        flex_direction: if portrait { FlexDirection::Row } else { FlexDirection::Column },
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        row_gap: brush.px(20.0),
        column_gap: brush.px(28.0),
        padding: brush.px(28.0).all(),
        ..default()
    };
    // Room for the caption and button beneath, or beside on a portrait screen.
    let free = room
        - Vec2::splat(look.space(56.0))
        - if portrait {
            Vec2::ZERO
        } else {
            Vec2::new(0.0, look.target() + look.text(Step::Smallest) * 1.42 * 3.0 + look.space(64.0))
        };
    let (width, height) = scene.page.picture.size;
    let scale = (free.x / width as f32).min(free.y / height as f32);
    let size = Vec2::new(width as f32, height as f32) * scale;
    ui.spawn((panel, BackgroundColor(tokens::SEA_800))).with_children(|ui| {
        facsimile(ui, scene, size);
        let below = Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            row_gap: brush.px(12.0),
            max_width: px(look.size.x * 0.36),
            ..default()
        };
        ui.spawn(below).with_children(|ui| {
            let numbers = [("number", (scene.leaf.page + 1).to_string()), ("count", scene.pages.len().to_string())];
            let number = brush.words.say_with("page-number", &numbers);
            let label = brush.told(&scene.page.label);
            // Most pages are called by their number alone.
            let place = if number.starts_with(label) { number } else { format!("{label} · {number}") };
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, place));
            if scene.page.picture.nature == Nature::Drawing {
                ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, brush.say("simulated-page")));
            }
            brush.button(
                ui,
                Button::new(Style::Secondary, "magnifier-plus", &brush.say("enlarge"), Ask::EnlargePage(true)),
            );
        });
    });
}

fn facsimile(ui: &mut Ui, scene: &Scene, size: Vec2) {
    let brush = scene.brush;
    let sheet = Node { width: px(size.x), height: px(size.y), flex_shrink: 0.0, ..default() };
    ui.spawn((sheet, BackgroundColor(tokens::PAPER_300), floating(&brush.look))).with_children(|ui| {
        ui.spawn((
            Node { width: percent(100), height: percent(100), ..default() },
            brush.whole(&scene.page.picture, size.max_element()),
        ));
        let regions = scene.page.lines.iter().enumerate().filter_map(|(i, line)| Some((i, line.region?)));
        for (index, region) in regions {
            let lit = scene.leaf.line == Some(index) && scene.shows_lines();
            let number = [("number", (index + 1).to_string())];
            let touch = brush.touchable(&brush.words.say_with("line", &number), Ask::OpenLine(index));
            let (ground, border) =
                if lit { (tokens::SEAL_WASH, tokens::SEAL_600) } else { (tokens::CLEAR, tokens::CLEAR) };
            let mut place =
                ui.spawn((place_of(region, brush.look.unit), BackgroundColor(ground), BorderColor::all(border)));
            if scene.shows_lines() {
                place.insert(touch);
            }
        }
    });
}

fn place_of(region: Region, unit: f32) -> Node {
    let share = |fraction: f64| percent((fraction * 100.0) as f32);
    Node {
        position_type: PositionType::Absolute,
        left: share(region.x),
        top: share(region.y),
        width: share(region.width),
        height: share(region.height),
        border: px(4.0 * unit).all(),
        ..default()
    }
}
