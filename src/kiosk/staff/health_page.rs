//! This machine: one line a sign, what to do about it, and the way to start it again or switch it off.

use super::packs::ink_of;
use super::scene::{Scene, button, button_row, note, spread_row};
use crate::kiosk::caretaker::{Sign, SignState};
use crate::kiosk::screens::{StaffAsk, StaffPage};
use crate::kiosk::theme::widgets::Style;
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use bevy::prelude::*;

pub fn draw(ui: &mut Ui, scene: &Scene) {
    ui.spawn(button_row(scene)).with_children(|ui| {
        let again = StaffAsk::Turn(StaffPage::Machine);
        button(ui, scene, Style::Secondary, "circular-arrow", "staff-look-again", again);
        button(ui, scene, Style::Secondary, "play", "staff-restart", StaffAsk::Restart);
        button(ui, scene, Style::Secondary, "padlock", "staff-shut-down", StaffAsk::ShutDown);
    });
    match &scene.desk.health {
        None => note(ui, scene, scene.say("staff-looking")),
        Some(health) => health.signs().iter().for_each(|sign| row(ui, scene, sign)),
    }
}

fn row(ui: &mut Ui, scene: &Scene, sign: &Sign) {
    let brush = scene.brush;
    let icon = match sign.state {
        SignState::Good => "tick-circle",
        SignState::Look => "clock",
        SignState::Bad => "triangle-bang",
        SignState::Unknown => "circle-i",
    };
    ui.spawn(spread_row(scene)).with_children(|ui| {
        let left = Node { column_gap: brush.px(18.0), align_items: AlignItems::Center, flex_shrink: 1.0, ..default() };
        ui.spawn(left).with_children(|ui| {
            ui.spawn(brush.icon(icon, brush.look.space(34.0), ink_of(sign.state)));
            ui.spawn(Node { flex_direction: FlexDirection::Column, flex_shrink: 1.0, ..default() }).with_children(
                |ui| {
                    ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::TEXT_1, scene.told(&sign.name)));
                    if !sign.hint.vi.is_empty() {
                        ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, scene.told(&sign.hint)));
                    }
                },
            );
        });
        ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::TEXT_1, scene.told(&sign.value)));
    });
    let line = Node { width: percent(100), height: px(brush.look.unit.max(1.0)), flex_shrink: 0.0, ..default() };
    ui.spawn((line, BackgroundColor(tokens::SEA_600)));
}
