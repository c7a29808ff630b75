//! Packs: the work under way, what lies on the sticks, what is installed.

use super::desk::Doing;
use super::progress::{Amount, Bar, Files, Percent, TrialLeft};
use super::scene::{Scene, button, heading, note, panel, spread_row};
use super::{pack_actions, pack_words};
use crate::kiosk::caretaker::{Offer, OnShelf, Return, SignState, Standing, StickOffers, Use, size};
use crate::kiosk::screens::{Ask, StaffAsk};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use bevy::prelude::*;

pub fn draw(ui: &mut Ui, scene: &Scene) {
    if let Some(returned) = scene.shown.returned {
        note(ui, scene, scene.say(came_back(returned)));
    }
    if scene.desk.doing != Doing::Nothing {
        work(ui, scene);
    }
    // What was just installed comes first, with what can be done with it in sight.
    if let Some(fresh) = scene.desk.shelf.packs.iter().find(|pack| is_fresh(scene, pack)) {
        heading(ui, scene, scene.say("staff-just-installed"));
        shelf_row(ui, scene, fresh);
    }
    sticks(ui, scene);
    shelf(ui, scene);
}

/// Why another pack is shown than the one chosen last.
fn came_back(returned: Return) -> &'static str {
    match returned {
        Return::Faulty => "staff-came-back",
        Return::Restarted => "staff-came-back-restarted",
        Return::Lost => "staff-came-back-lost",
    }
}

fn is_fresh(scene: &Scene, pack: &OnShelf) -> bool {
    scene.desk.fresh.as_ref() == Some(&pack.face.key)
}

/// The pack that is being installed or tested, as the people in charge see it at a glance.
fn work(ui: &mut Ui, scene: &Scene) {
    let (brush, desk) = (scene.brush, scene.desk);
    let key = if desk.doing == Doing::Installing { "staff-installing" } else { "staff-testing" };
    ui.spawn(panel(scene)).with_children(|ui| {
        ui.spawn(spread_row(scene)).with_children(|ui| {
            let left = Node { column_gap: brush.px(22.0), align_items: AlignItems::Center, ..default() };
            ui.spawn(left).with_children(|ui| {
                ui.spawn(brush.icon("usb", brush.look.space(52.0), tokens::LAMP_300));
                ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
                    ui.spawn(brush.text(Step::Reading, Face::SansSemiBold, tokens::TEXT_1, brush.say(key)));
                    if let Some(arriving) = &desk.arriving {
                        note(ui, scene, pack_words::line(scene, &arriving.face));
                    }
                });
            });
            button(ui, scene, Style::Secondary, "cross", "staff-stop", StaffAsk::StopWork);
        });
        bar(ui, scene);
        ui.spawn((Amount, brush.text(Step::Label, Face::Sans, tokens::TEXT_2, "")));
        steps(ui, scene);
        if let Some(arriving) = &desk.arriving {
            signed_by(ui, scene, &scene.told(&arriving.signer), arriving.fingerprint.as_deref());
        }
    });
}

fn bar(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let row = Node { width: percent(100), column_gap: brush.px(28.0), align_items: AlignItems::Center, ..default() };
    ui.spawn(row).with_children(|ui| {
        let radius = BorderRadius::all(brush.px(10.0));
        let ground = Node { flex_grow: 1.0, height: brush.px(20.0), border_radius: radius, ..default() };
        ui.spawn((ground, BackgroundColor(tokens::SEA_600))).with_children(|ui| {
            let fill = Node { width: percent(0), height: percent(100), border_radius: radius, ..default() };
            ui.spawn((Bar, fill, BackgroundColor(tokens::LAMP_300)));
        });
        ui.spawn((Percent, brush.text_tight(Step::CardTitle, Face::SansSemiBold, tokens::TEXT_1, "")));
    });
}

/// Stick read, signature good, copied, tested, shown: done, under way or still to come, never by colour alone.
fn steps(ui: &mut Ui, scene: &Scene) {
    let brush = scene.brush;
    let at = if scene.desk.doing == Doing::Installing { 2 } else { 3 };
    let row = Node { column_gap: brush.px(40.0), row_gap: brush.px(16.0), flex_wrap: FlexWrap::Wrap, ..default() };
    ui.spawn(row).with_children(|ui| {
        for (index, key) in
            ["staff-step-stick", "staff-step-signature", "staff-step-copy", "staff-step-use"].into_iter().enumerate()
        {
            let (icon, ink) = match index.cmp(&at) {
                std::cmp::Ordering::Less => ("tick-circle", tokens::JADE_300),
                std::cmp::Ordering::Equal => ("clock", tokens::LAMP_300),
                std::cmp::Ordering::Greater => ("ring", tokens::SEA_500),
            };
            let step = Node { column_gap: brush.px(16.0), align_items: AlignItems::Center, ..default() };
            ui.spawn(step).with_children(|ui| {
                ui.spawn(brush.icon(icon, brush.look.space(44.0), ink));
                ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
                    ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::TEXT_1, brush.say(key)));
                    if key == "staff-step-copy" {
                        ui.spawn((Files, brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, "")));
                    }
                });
            });
        }
    });
}

/// Who stands behind a pack, and the number to compare with the delivery note.
fn signed_by(ui: &mut Ui, scene: &Scene, signer: &str, fingerprint: Option<&str>) {
    let brush = scene.brush;
    let node = Node {
        width: percent(100),
        padding: UiRect::axes(brush.px(28.0), brush.px(18.0)),
        column_gap: brush.px(22.0),
        align_items: AlignItems::Center,
        border: px(2.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(brush.px(16.0)),
        ..default()
    };
    ui.spawn((node, BackgroundColor(tokens::JADE_900), BorderColor::all(tokens::JADE_700))).with_children(|ui| {
        ui.spawn(brush.icon("shield-tick", brush.look.space(44.0), tokens::JADE_300));
        let words = Node { flex_direction: FlexDirection::Column, flex_grow: 1.0, flex_basis: px(0), ..default() };
        ui.spawn(words).with_children(|ui| {
            let line = scene.say_with("staff-signed-by", &[("signer", signer.to_owned())]);
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::TEXT_1, line));
            if let Some(fingerprint) = fingerprint {
                let line = scene.say_with("staff-key", &[("key", fingerprint.to_owned())]);
                ui.spawn(brush.text(Step::Label, Face::Sans, tokens::TEXT_1, line));
            }
        });
        ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_1, brush.say("staff-compare-key")));
    });
}

fn sticks(ui: &mut Ui, scene: &Scene) {
    ui.spawn(spread_row(scene)).with_children(|ui| {
        heading(ui, scene, scene.say("staff-on-sticks"));
        button(ui, scene, Style::Secondary, "circular-arrow", "staff-look-again", StaffAsk::LookForSticks);
    });
    match &scene.desk.sticks {
        None => note(ui, scene, scene.say("staff-looking")),
        Some(sticks) if sticks.is_empty() => note(ui, scene, scene.say("staff-no-stick")),
        Some(sticks) => sticks.iter().for_each(|stick| stick_panel(ui, scene, stick)),
    }
}

fn stick_panel(ui: &mut Ui, scene: &Scene, stick: &StickOffers) {
    let brush = scene.brush;
    ui.spawn(panel(scene)).with_children(|ui| {
        let row = Node { column_gap: brush.px(16.0), align_items: AlignItems::Center, ..default() };
        ui.spawn(row).with_children(|ui| {
            ui.spawn(brush.icon("usb", brush.look.space(34.0), tokens::TEXT_2));
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::TEXT_1, stick.stick.name.clone()));
        });
        if stick.taken.revoked > 0 {
            let count = [("count", stick.taken.revoked.to_string())];
            note(ui, scene, scene.say_with("staff-took-revocations", &count));
        }
        if stick.offers.is_empty() {
            note(ui, scene, scene.say("staff-no-pack-on-stick"));
        }
        stick.offers.iter().for_each(|offer| offer_row(ui, scene, offer));
    });
}

fn offer_row(ui: &mut Ui, scene: &Scene, offer: &Offer) {
    let brush = scene.brush;
    let (icon, ink) = match offer.standing {
        Standing::Ready { .. } => ("shield-tick", tokens::JADE_300),
        Standing::Installed { .. } => ("tick-circle", tokens::TEXT_2),
        _ => ("triangle-bang", tokens::LAMP_300),
    };
    ui.spawn(spread_row(scene)).with_children(|ui| {
        let words = Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            row_gap: brush.px(6.0),
            ..default()
        };
        ui.spawn(words).with_children(|ui| {
            let title = match &offer.face {
                Some(face) => pack_words::line(scene, face),
                None => format!("{} ({})", offer.name, scene.told(&size(offer.file_bytes))),
            };
            ui.spawn(brush.text(Step::Reading, Face::SansSemiBold, tokens::TEXT_1, title));
            if let Some(face) = &offer.face {
                pack_words::approval(ui, scene, &face.approval, offer.standing.is_signed(), &offer.name);
            }
            let verdict = Node { column_gap: brush.px(12.0), align_items: AlignItems::Center, ..default() };
            ui.spawn(verdict).with_children(|ui| {
                ui.spawn(brush.icon(icon, brush.look.space(30.0), ink));
                ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
                    let sentence = scene.told(&offer.standing.sentence());
                    ui.spawn(brush.text(Step::Label, Face::Sans, ink, sentence));
                });
            });
            if let Some(fingerprint) = &offer.fingerprint {
                note(ui, scene, scene.say_with("staff-key", &[("key", fingerprint.clone())]));
            }
        });
        if offer.standing.may_install() && scene.desk.doing == Doing::Nothing {
            let install = scene.say("staff-install");
            let ask = Ask::Staff(StaffAsk::Install(offer.path.clone()));
            let label = scene.say_with("staff-install-file", &[("file", offer.name.clone())]);
            brush.button(ui, Button::new(Style::Primary, "download", &install, ask).labelled(&label));
        }
    });
}

fn shelf(ui: &mut Ui, scene: &Scene) {
    ui.spawn(spread_row(scene)).with_children(|ui| {
        heading(ui, scene, scene.say("staff-installed-packs"));
        if let Some(space) = scene.desk.space {
            let values = [("free", scene.told(&size(space.free))), ("total", scene.told(&size(space.total)))];
            note(ui, scene, scene.say_with("staff-free-space", &values));
        }
    });
    if scene.desk.shelf.packs.is_empty() {
        note(ui, scene, scene.say("staff-none-installed"));
    }
    scene.desk.shelf.packs.iter().filter(|pack| !is_fresh(scene, pack)).for_each(|pack| shelf_row(ui, scene, pack));
}

/// Word, icon and colour of how a pack is used.
fn usage(pack: &OnShelf, is_waiting: bool) -> (&'static str, &'static str, SignState) {
    match pack.usage {
        _ if !pack.whole => ("triangle-bang", "staff-use-broken", SignState::Bad),
        Use::Shown => ("eye", "staff-use-shown", SignState::Good),
        Use::OnTrial => ("clock", "staff-use-trial", SignState::Look),
        _ if is_waiting => ("clock", "staff-use-waiting", SignState::Look),
        Use::LastGood => ("circular-arrow", "staff-use-last-good", SignState::Unknown),
        Use::Kept => ("box", "staff-use-kept", SignState::Unknown),
    }
}

fn shelf_row(ui: &mut Ui, scene: &Scene, pack: &OnShelf) {
    let (brush, desk) = (scene.brush, scene.desk);
    let is_chosen = desk.chosen.as_ref() == Some(&pack.face.key);
    let (icon, key, state) = usage(pack, desk.waiting.as_ref() == Some(&pack.face.key));
    let ink = ink_of(state);
    ui.spawn(spread_row(scene)).with_children(|ui| {
        let words = Node { flex_direction: FlexDirection::Column, flex_grow: 1.0, flex_basis: px(0), ..default() };
        ui.spawn(words).with_children(|ui| {
            let line = pack_words::line(scene, &pack.face);
            ui.spawn(brush.text(Step::Reading, Face::SansSemiBold, tokens::TEXT_1, line));
            let code = scene.say_with("staff-pack-code", &[("code", pack_words::code(&pack.face.key))]);
            pack_words::approval(ui, scene, &pack.face.approval, true, &code);
            let below = Node { column_gap: brush.px(12.0), align_items: AlignItems::Center, ..default() };
            ui.spawn(below).with_children(|ui| {
                ui.spawn(brush.icon(icon, brush.look.space(30.0), ink));
                ui.spawn(brush.text(Step::Label, Face::SansMedium, ink, brush.say(key)));
                if pack.usage == Use::OnTrial {
                    ui.spawn((TrialLeft, brush.text(Step::Label, Face::Sans, tokens::TEXT_2, "")));
                }
            });
        });
        let ask = StaffAsk::Choose((!is_chosen).then(|| pack.face.key.clone()));
        let icon = if is_chosen { "chevron-up" } else { "chevron-down" };
        let label = scene.say_with("staff-choose", &[("pack", pack_words::name(scene, &pack.face))]);
        brush.button(ui, Button::new(Style::Secondary, icon, "", Ask::Staff(ask)).labelled(&label));
    });
    if is_chosen {
        pack_actions::draw(ui, scene, pack);
    }
    let line = Node { width: percent(100), height: px(brush.look.unit.max(1.0)), flex_shrink: 0.0, ..default() };
    ui.spawn((line, BackgroundColor(tokens::SEA_600)));
}

/// Never colour alone: an icon and a word stand beside it.
pub fn ink_of(state: SignState) -> Color {
    match state {
        SignState::Good => tokens::JADE_300,
        SignState::Look | SignState::Bad => tokens::LAMP_300,
        SignState::Unknown => tokens::TEXT_2,
    }
}
