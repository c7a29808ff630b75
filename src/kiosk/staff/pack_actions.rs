//! What can be done with an installed pack: show it now, when nobody is there, or from a day to a day; go back; remove.

use super::desk::Doing;
use super::scene::{Scene, button, button_row, icon_button, note, panel, spread_row};
use crate::kiosk::caretaker::{OnShelf, Use, written};
use crate::kiosk::screens::StaffAsk;
use crate::kiosk::theme::widgets::Style;
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use bevy::prelude::*;
use jiff::civil::Date;

pub fn draw(ui: &mut Ui, scene: &Scene, pack: &OnShelf) {
    let key = &pack.face.key;
    let is_shown = matches!(pack.usage, Use::Shown | Use::OnTrial);
    ui.spawn(panel(scene)).with_children(|ui| {
        if let Some(fingerprint) = &pack.fingerprint {
            note(ui, scene, scene.say_with("staff-key", &[("key", fingerprint.clone())]));
        }
        if scene.desk.doing != Doing::Nothing {
            note(ui, scene, scene.say("staff-busy"));
            return;
        }
        ui.spawn(button_row(scene)).with_children(|ui| {
            if !is_shown && pack.whole {
                button(ui, scene, Style::Primary, "play", "staff-use-now", StaffAsk::Activate(key.clone()));
                let later = StaffAsk::ActivateWhenIdle(key.clone());
                button(ui, scene, Style::Secondary, "clock", "staff-use-when-idle", later);
            }
            if is_shown && scene.desk.shelf.can_roll_back {
                button(ui, scene, Style::Secondary, "circular-arrow", "staff-roll-back", StaffAsk::RollBack);
            }
            if !is_shown {
                button(ui, scene, Style::Secondary, "cross", "staff-remove", StaffAsk::Remove(key.clone()));
            }
        });
        if let (true, Some((from, until))) = (pack.whole, scene.desk.days) {
            days(ui, scene, pack, from, until);
        }
    });
}

fn days(ui: &mut Ui, scene: &Scene, pack: &OnShelf, from: Date, until: Date) {
    note(ui, scene, scene.say("staff-schedule"));
    ui.spawn(spread_row(scene)).with_children(|ui| {
        day(ui, scene, "staff-from", from, |by| StaffAsk::MoveDays { from: by, until: 0 });
        day(ui, scene, "staff-until", until, |by| StaffAsk::MoveDays { from: 0, until: by });
    });
    ui.spawn(button_row(scene)).with_children(|ui| {
        let key = &pack.face.key;
        button(ui, scene, Style::Secondary, "tick", "staff-set-schedule", StaffAsk::Schedule(key.clone()));
        if pack.scheduled.is_some() {
            button(ui, scene, Style::Secondary, "cross", "staff-drop-schedule", StaffAsk::Unschedule(key.clone()));
        }
    });
}

/// A day that is moved by one day or one week, for there is no field to type in.
fn day(ui: &mut Ui, scene: &Scene, key: &str, day: Date, ask: impl Fn(i8) -> StaffAsk) {
    let brush = scene.brush;
    let row = Node { column_gap: brush.px(12.0), align_items: AlignItems::Center, ..default() };
    ui.spawn(row).with_children(|ui| {
        icon_button(ui, scene, Style::Secondary, "chevron-left", "staff-week-back", ask(-7));
        icon_button(ui, scene, Style::Secondary, "minus", "staff-day-back", ask(-1));
        ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, brush.say(key)));
            ui.spawn(brush.text(Step::Reading, Face::SansSemiBold, tokens::TEXT_1, scene.told(&written(day))));
        });
        icon_button(ui, scene, Style::Secondary, "plus", "staff-day-on", ask(1));
        icon_button(ui, scene, Style::Secondary, "chevron-right", "staff-week-on", ask(7));
    });
}
