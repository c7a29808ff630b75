//! Nothing is shown yet: no pack is installed, or none was chosen. Friendly steps lead to one.

use super::desk::{Desk, Doing};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen, StaffAsk};
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use bevy::prelude::*;

#[derive(Component)]
struct WelcomeScreen;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    route: Res<Route>,
    look: Res<Look>,
    words: Res<Words>,
    desk: Res<Desk>,
    brush: Brush,
    old: Query<Entity, With<WelcomeScreen>>,
) {
    if !route.is_changed() && !look.is_changed() && !words.is_changed() && !desk.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    if *route.current() != Screen::Empty {
        return;
    }
    let node = Node {
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        row_gap: brush.px(36.0),
        padding: UiRect::horizontal(px(look.margin())),
        ..screen_node()
    };
    commands.spawn((WelcomeScreen, node)).with_children(|ui| {
        ui.spawn(brush.icon("seal", brush.look.by_class(160.0, 90.0, 160.0), tokens::UNTINTED));
        ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::TEXT_1, brush.say("staff-welcome")));
        for (number, key) in ["1", "2", "3"].into_iter().zip(steps(&desk)) {
            step(ui, &brush, number, key);
        }
        if desk.doing == Doing::Testing {
            ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::LAMP_300, brush.say("staff-welcome-testing")));
        }
        let begin = brush.say("staff-set-up");
        brush.button(ui, Button::new(Style::Primary, "arrow-right", &begin, Ask::Staff(StaffAsk::Knock)));
        for language in words.offered().iter().filter(|language| *language != words.language()) {
            let name = Words::name_of(language);
            brush.button(ui, Button::new(Style::Plain, "globe", &name, Ask::Speak(language.clone())));
        }
        ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, brush.say("staff-welcome-guide")));
    });
}

/// What is left to do. A pack that is installed is shown only once it was chosen.
fn steps(desk: &Desk) -> Vec<&'static str> {
    let pin = if desk.has_pin == Some(true) { "staff-welcome-enter-pin" } else { "staff-welcome-pin" };
    if desk.shelf.packs.is_empty() {
        vec![pin, "staff-welcome-stick", "staff-welcome-choose"]
    } else {
        vec![pin, "staff-welcome-choose-installed"]
    }
}

fn step(ui: &mut Ui, brush: &Brush, number: &str, key: &str) {
    let row = Node {
        width: brush.px(900.0),
        max_width: percent(100),
        column_gap: brush.px(24.0),
        align_items: AlignItems::Center,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        let disc = Node {
            width: brush.px(64.0),
            height: brush.px(64.0),
            flex_shrink: 0.0,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border_radius: BorderRadius::all(percent(50)),
            ..default()
        };
        ui.spawn((disc, BackgroundColor(tokens::PAPER_50))).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::INK_900, number));
        });
        ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Reading, Face::Sans, tokens::TEXT_1, brush.say(key)));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_those_that_are_left() {
        let mut desk = Desk::default();
        assert_eq!(steps(&desk), ["staff-welcome-pin", "staff-welcome-stick", "staff-welcome-choose"]);
        desk.has_pin = Some(true);
        assert_eq!(steps(&desk)[0], "staff-welcome-enter-pin");
    }
}
