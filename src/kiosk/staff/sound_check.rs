//! Listening: a voice of the exhibit, and how loud it is.

use super::scene::{Scene, button, button_row, heading, note, panel};
use crate::kiosk::screens::StaffAsk;
use crate::kiosk::theme::widgets::Style;
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use bevy::prelude::*;

pub fn draw(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    ui.spawn(panel(scene)).with_children(|ui| {
        heading(ui, scene, scene.say("staff-voice"));
        note(ui, scene, scene.say("staff-voice-how"));
        ui.spawn(button_row(scene)).with_children(|ui| {
            button(ui, scene, Style::Primary, "play", "staff-play", StaffAsk::PlaySample);
            button(ui, scene, Style::Secondary, "pause", "staff-stop-voice", StaffAsk::StopSample);
        });
        heading(ui, scene, scene.say("staff-volume"));
        ui.spawn(button_row(scene)).with_children(|ui| {
            button(ui, scene, Style::Secondary, "minus", "staff-softer", StaffAsk::Softer);
            let loud = format!("{:.0} %", scene.settings.volume * 100.0);
            ui.spawn(brush.text(Step::CardTitle, Face::SansSemiBold, tokens::TEXT_1, loud));
            button(ui, scene, Style::Secondary, "plus", "staff-louder", StaffAsk::Louder);
        });
        note(ui, scene, scene.say("staff-volume-kept"));
    });
}
