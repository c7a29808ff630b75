//! Figures: the journal goes to a stick, for the education department.

use super::scene::{Scene, button, note, panel, spread_row};
use crate::kiosk::screens::{Ask, StaffAsk};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use bevy::prelude::*;

pub fn draw(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    note(ui, scene, scene.say("staff-figures-how"));
    if let Some(journal) = scene.desk.health.as_ref().and_then(|health| health.journal.as_ref()) {
        note(ui, scene, scene.say_with("staff-records", &[("count", journal.records.to_string())]));
    }
    ui.spawn(spread_row(scene)).with_children(|ui| {
        super::scene::heading(ui, scene, scene.say("staff-sticks"));
        button(ui, scene, Style::Secondary, "circular-arrow", "staff-look-again", StaffAsk::LookForSticks);
    });
    let Some(sticks) = &scene.desk.sticks else {
        note(ui, scene, scene.say("staff-looking"));
        return;
    };
    if sticks.is_empty() {
        note(ui, scene, scene.say("staff-no-stick"));
    }
    for stick in sticks {
        ui.spawn(panel(scene)).with_children(|ui| {
            ui.spawn(spread_row(scene)).with_children(|ui| {
                let left = Node { column_gap: brush.px(16.0), align_items: AlignItems::Center, ..default() };
                ui.spawn(left).with_children(|ui| {
                    ui.spawn(brush.icon("usb", brush.look.space(40.0), tokens::LAMP_300));
                    let name = stick.stick.name.clone();
                    ui.spawn(brush.text(Step::Reading, Face::SansSemiBold, tokens::TEXT_1, name));
                });
                if stick.stick.read_only {
                    note(ui, scene, scene.say("staff-read-only"));
                    return;
                }
                let words = scene.say("staff-export");
                let ask = Ask::Staff(StaffAsk::ExportJournal(stick.stick.folder.clone()));
                brush.button(ui, Button::new(Style::Primary, "download", &words, ask));
            });
        });
    }
}
