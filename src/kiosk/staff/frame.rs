//! The area around its pages: brand, pages, lock; title, when it locks, what was told, and "really?".

use super::progress::LocksIn;
use super::scene::{Matter, Scene, button, note, panel};
use super::{figures, health_page, packs, screen_check, sound_check};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, StaffAsk, StaffPage};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use crate::kiosk::touch::{Blocker, Scroll};
use bevy::prelude::*;

/// Page, icon and name.
const PAGES: [(StaffPage, &str, &str); 5] = [
    (StaffPage::Packs, "box", "staff-packs"),
    (StaffPage::Screen, "monitor", "staff-screen"),
    (StaffPage::Sound, "speaker", "staff-sound"),
    (StaffPage::Figures, "bar-chart", "staff-figures"),
    (StaffPage::Machine, "scroll", "staff-machine"),
];

pub fn draw(ui: &mut Ui, scene: &Scene) {
    let direction = if scene.brush.look.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
    let whole = Node { width: percent(100), height: percent(100), flex_direction: direction, ..default() };
    ui.spawn(whole).with_children(|ui| {
        side(ui, scene);
        page(ui, scene);
    });
}

fn side(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let portrait = brush.look.is_portrait();
    let node = Node {
        width: if portrait { percent(100) } else { px(brush.look.by_class(380.0, 300.0, 1080.0)) },
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(28.0), px(brush.look.by_class(40.0, 16.0, 40.0))),
        row_gap: brush.px(14.0),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn((node, BackgroundColor(tokens::SEA_950), Blocker)).with_children(|ui| {
        name(ui, scene);
        // On a small screen, or with large text, the pages scroll so that the lock is never cut.
        let pages = Node {
            flex_direction: if portrait { FlexDirection::Row } else { FlexDirection::Column },
            flex_wrap: if portrait { FlexWrap::Wrap } else { FlexWrap::NoWrap },
            flex_grow: if portrait { 0.0 } else { 1.0 },
            flex_basis: if portrait { Val::Auto } else { px(0) },
            overflow: if portrait { Overflow::visible() } else { Overflow::scroll_y() },
            column_gap: brush.px(12.0),
            row_gap: brush.px(12.0),
            ..default()
        };
        ui.spawn((pages, Scroll::default())).with_children(|ui| {
            for (page, icon, key) in PAGES {
                let style = if scene.desk.page == page { Style::Selected } else { Style::Plain };
                button(ui, scene, style, icon, key, StaffAsk::Turn(page));
            }
        });
        for language in brush.words.offered().iter().filter(|language| *language != brush.words.language()) {
            let name = Words::name_of(language);
            brush.button(ui, Button::new(Style::Plain, "globe", &name, Ask::Speak(language.clone())));
        }
        button(ui, scene, Style::Secondary, "padlock", "staff-lock", StaffAsk::Lock);
    });
}

fn name(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let row = Node { column_gap: brush.px(22.0), align_items: AlignItems::Center, flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(brush.icon("seal", brush.look.space(54.0), tokens::UNTINTED));
        ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
            ui.spawn(brush.text_tight(Step::Reading, Face::SerifSemiBold, tokens::TEXT_1, brush.say("brand")));
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, brush.say("staff-area")));
        });
    });
}

fn page(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let node = Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        height: if brush.look.is_portrait() { Val::Auto } else { percent(100) },
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(56.0), brush.px(36.0)),
        row_gap: brush.px(24.0),
        ..default()
    };
    ui.spawn(node).with_children(|ui| {
        title(ui, scene);
        if let Some(ask) = &scene.desk.unsure {
            really(ui, scene, ask);
        }
        if let Some(said) = &scene.desk.said {
            told(ui, scene, scene.told(said));
        }
        let content = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            row_gap: brush.px(28.0),
            overflow: Overflow::scroll_y(),
            ..default()
        };
        let kept = (Scroll::default(), ScrollPosition(scene.scrolled), Matter::of(scene.desk));
        ui.spawn((content, kept)).with_children(|ui| match scene.desk.page {
            StaffPage::Packs => packs::draw(ui, scene),
            StaffPage::Screen => screen_check::draw(ui, scene),
            StaffPage::Sound => sound_check::draw(ui, scene),
            StaffPage::Figures => figures::draw(ui, scene),
            StaffPage::Machine => health_page::draw(ui, scene),
        });
    });
}

fn title(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let key = PAGES.into_iter().find(|(page, ..)| *page == scene.desk.page).map_or("staff-packs", |(_, _, key)| key);
    let row = Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::TEXT_1, brush.say(key)));
        let right = Node { column_gap: brush.px(14.0), align_items: AlignItems::Center, ..default() };
        ui.spawn(right).with_children(|ui| {
            ui.spawn(brush.icon("padlock-open", brush.look.space(30.0), tokens::TEXT_2));
            ui.spawn((LocksIn, brush.text(Step::Label, Face::Sans, tokens::TEXT_2, "")));
        });
    });
}

/// What an order came to.
fn told(ui: &mut Ui, scene: &Scene, words: String) {
    let brush = scene.brush;
    let node = Node {
        padding: UiRect::axes(brush.px(28.0), brush.px(18.0)),
        column_gap: brush.px(18.0),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(brush.px(16.0)),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn((node, BackgroundColor(tokens::SEA_700))).with_children(|ui| {
        ui.spawn(brush.icon("circle-i", brush.look.space(34.0), tokens::LAMP_300));
        ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::TEXT_1, words));
        });
    });
}

/// What cannot be taken back easily is asked for twice.
fn really(ui: &mut Ui, scene: &Scene, ask: &StaffAsk) {
    let key = match ask {
        StaffAsk::Remove(_) => "staff-really-remove",
        StaffAsk::RollBack => "staff-really-roll-back",
        StaffAsk::Restart => "staff-really-restart",
        _ => "staff-really-shut-down",
    };
    ui.spawn(panel(scene)).with_children(|ui| {
        note(ui, scene, scene.say(key));
        ui.spawn(super::scene::button_row(scene)).with_children(|ui| {
            let (yes, no) = (scene.say("staff-yes"), scene.say("staff-no"));
            scene.brush.button(ui, Button::new(Style::Primary, "tick", &yes, Ask::Staff(StaffAsk::Sure(true))));
            scene.brush.button(ui, Button::new(Style::Secondary, "cross", &no, Ask::Staff(StaffAsk::Sure(false))));
        });
    });
}
