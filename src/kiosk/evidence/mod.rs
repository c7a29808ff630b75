//! Why do we know this? The way from a statement to its source: what is said, what it rests on, where that is kept, and
//! how far it has been checked.

use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen, Sheet};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::{Blocker, Scroll, Touchable};
use crate::pack::model::{Approval, Item, Source, SourceStatus, Text as PackText};
use bevy::prelude::*;
use std::collections::BTreeSet;

#[derive(Component)]
struct EvidenceSheet;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    sheet: Res<Sheet>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    route: Res<Route>,
    brush: Brush,
    old: Query<Entity, With<EvidenceSheet>>,
) {
    if !sheet.is_changed() && !look.is_changed() && !words.is_changed() && !open.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let (Sheet::Sources { statement, sources, at }, Some(exhibit)) = (&*sheet, open.exhibit()) else { return };
    let Some(source) = sources.get(*at).and_then(|id| exhibit.sources.get(id)) else { return };
    let item = match route.current() {
        Screen::Item(id) => exhibit.items.get(id),
        _ => None,
    };
    let veil = Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        flex_direction: FlexDirection::Column,
        ..default()
    };
    commands.spawn((EvidenceSheet, veil, BackgroundColor(tokens::VEIL), Blocker, GlobalZIndex(50))).with_children(
        |ui| {
            // A touch beside the sheet closes it.
            let height = px(look.size.y * if look.is_portrait() { 0.12 } else { 0.1 });
            let above = Node { height, width: percent(100), flex_shrink: 0.0, ..default() };
            ui.spawn((above, Touchable { label: String::new(), ask: Some(Ask::CloseSheet) }));
            let paper = Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                margin: UiRect::horizontal(brush.px(if look.is_portrait() { 0.0 } else { 60.0 })),
                padding: UiRect::axes(brush.px(64.0), brush.px(44.0)),
                flex_direction: FlexDirection::Column,
                row_gap: brush.px(28.0),
                border_radius: BorderRadius::top(brush.px(32.0)),
                ..default()
            };
            ui.spawn((paper, BackgroundColor(tokens::PAPER_50), Blocker)).with_children(|ui| {
                heading(ui, &brush);
                ui.spawn((scrolled(&brush), Scroll::default())).with_children(|ui| {
                    draw_steps(ui, &brush, statement, source);
                    if let Some(item) = item {
                        credits(ui, &brush, item);
                    }
                    chain(ui, &brush, &exhibit.approval);
                });
                turn(ui, &brush, *at, sources.len());
            });
        },
    );
}

/// All that may be longer than the sheet.
fn scrolled(brush: &Brush) -> Node {
    Node {
        flex_grow: 1.0,
        flex_basis: px(0),
        flex_direction: FlexDirection::Column,
        row_gap: brush.px(28.0),
        overflow: Overflow::scroll_y(),
        ..default()
    }
}

fn heading(ui: &mut Ui, brush: &Brush) {
    let row = Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::FlexStart,
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, brush.say("sources-of-item")));
            ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::INK_900, brush.say("why-known")));
        });
        brush.button(ui, Button::new(Style::Disc, "cross", "", Ask::CloseSheet).labelled(&brush.say("close")));
    });
}

fn draw_steps(ui: &mut Ui, brush: &Brush, statement: &PackText, source: &Source) {
    let beside = !brush.look.is_portrait() && brush.look.text_percent < 150;
    let direction = if beside { FlexDirection::Row } else { FlexDirection::Column };
    let row = Node { flex_direction: direction, column_gap: brush.px(44.0), row_gap: brush.px(32.0), ..default() };
    ui.spawn(row).with_children(|ui| {
        step(ui, brush, beside, "1", "step-said", |ui| {
            ui.spawn(brush.text(Step::Reading, Face::SerifSemiBold, tokens::INK_900, brush.told(statement)));
        });
        step(ui, brush, beside, "2", "step-based", |ui| {
            ui.spawn(brush.text(Step::Reading, Face::SerifSemiBold, tokens::INK_900, brush.told(&source.title)));
            let maker: Vec<&str> =
                [&source.creator, &source.date].into_iter().flatten().map(|t| brush.told(t)).collect();
            ui.spawn(brush.text(Step::Label, Face::Sans, tokens::INK_700, maker.join("\n")));
        });
        // Data sets and notes are kept nowhere in particular.
        if let Some(holder) = &source.holder {
            step(ui, brush, beside, "3", "step-kept", |ui| {
                ui.spawn(brush.text(Step::Reading, Face::SerifSemiBold, tokens::INK_900, brush.told(holder)));
            });
        }
        step(ui, brush, beside, "", "step-status", |ui| status(ui, brush, source));
    });
    if let Some(note) = &source.status_note {
        limits(ui, brush, brush.told(note));
    }
    read_in(ui, brush, source);
}

fn step(ui: &mut Ui, brush: &Brush, beside: bool, number: &str, key: &str, content: impl FnOnce(&mut Ui)) {
    let column = Node {
        flex_direction: FlexDirection::Column,
        row_gap: brush.px(14.0),
        flex_grow: 1.0,
        flex_basis: if beside { px(0) } else { Val::Auto },
        ..default()
    };
    ui.spawn(column).with_children(|ui| {
        let head = Node { align_items: AlignItems::Center, column_gap: brush.px(16.0), ..default() };
        ui.spawn(head).with_children(|ui| {
            let disc = Node {
                width: brush.px(56.0),
                height: brush.px(56.0),
                flex_shrink: 0.0,
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border_radius: BorderRadius::all(percent(50)),
                ..default()
            };
            ui.spawn((disc, BackgroundColor(tokens::INK_900))).with_children(|ui| {
                if number.is_empty() {
                    ui.spawn(brush.icon("tick", brush.look.space(32.0), tokens::PAPER_50));
                } else {
                    ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::PAPER_50, number));
                }
            });
            let line = Node { height: px(3.0 * brush.look.unit), flex_grow: 1.0, ..default() };
            ui.spawn((line, BackgroundColor(tokens::PAPER_300)));
        });
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, brush.say(key)));
        content(ui);
    });
}

/// Icon, word and colours of a status: never colour alone.
fn status(ui: &mut Ui, brush: &Brush, source: &Source) {
    let (icon, key, ink, ground) = match source.status {
        SourceStatus::Verified => ("tick-circle", "status-verified", tokens::JADE_700, tokens::JADE_100),
        SourceStatus::Reported => ("clock", "status-reported", tokens::OCHRE_700, tokens::OCHRE_100),
        SourceStatus::DisputedReading => ("circle-question", "status-disputed", tokens::OCHRE_700, tokens::OCHRE_100),
        SourceStatus::NeedsChecking => ("clock", "status-unchecked", tokens::OCHRE_700, tokens::OCHRE_100),
    };
    let chip = Node {
        padding: UiRect::axes(brush.px(18.0), brush.px(10.0)),
        column_gap: brush.px(12.0),
        align_items: AlignItems::Center,
        align_self: AlignSelf::FlexStart,
        max_width: percent(100),
        border_radius: BorderRadius::all(brush.px(26.0)),
        ..default()
    };
    ui.spawn((chip, BackgroundColor(ground))).with_children(|ui| {
        ui.spawn(brush.icon(icon, brush.look.space(28.0), ink));
        ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, ink, brush.say(key)));
        });
    });
}

fn limits(ui: &mut Ui, brush: &Brush, note: &str) {
    let panel = Node {
        padding: UiRect::axes(brush.px(28.0), brush.px(20.0)),
        column_gap: brush.px(20.0),
        align_items: AlignItems::Center,
        border: px(2.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(brush.px(18.0)),
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn((panel, BackgroundColor(tokens::PAPER_0), BorderColor::all(tokens::PAPER_300))).with_children(|ui| {
        ui.spawn(brush.icon("circle-i", brush.look.space(40.0), tokens::INK_700));
        ui.spawn(Node { flex_shrink: 1.0, flex_direction: FlexDirection::Column, ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::INK_900, brush.say("limits")));
            ui.spawn(brush.text(Step::Label, Face::Sans, tokens::INK_700, note));
        });
    });
}

/// Where the exhibit's makers read it: publisher and site, for those who want to read on.
fn read_in(ui: &mut Ui, brush: &Brush, source: &Source) {
    let column = Node { flex_direction: FlexDirection::Column, row_gap: brush.px(8.0), flex_shrink: 0.0, ..default() };
    ui.spawn(column).with_children(|ui| {
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, brush.say("step-read")));
        for read in &source.read_in {
            let line = match &read.url {
                Some(url) => format!("{} · {}", read.publisher, site_of(url)),
                // Read on paper.
                None => read.publisher.clone(),
            };
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::INK_700, line));
        }
        // Read where it is kept.
        if let Some(holder) = source.holder.as_ref().filter(|_| source.read_in.is_empty()) {
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::INK_700, brush.told(holder)));
        }
    });
}

/// Whose the pictures on the screen are, and under which licence they are shown.
fn credits(ui: &mut Ui, brush: &Brush, item: &Item) {
    let line = |(credit, licence): (&str, &str)| match (credit, is_public(licence)) {
        (credit, false) => credit.to_owned(),
        ("", true) => licence.to_owned(),
        (credit, true) => format!("{credit} · {licence}"),
    };
    let pictures = item.pictures();
    let told = pictures.iter().map(|picture| line((brush.told(&picture.credit), &picture.licence)));
    let lines: BTreeSet<String> = told.filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return;
    }
    let column = Node { flex_direction: FlexDirection::Column, row_gap: brush.px(8.0), flex_shrink: 0.0, ..default() };
    ui.spawn(column).with_children(|ui| {
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, brush.say("picture-credits")));
        for line in lines {
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::INK_700, line));
        }
    });
}

/// Whether a licence has a name outside the pack: `LicenseRef-…` is told by the credit.
fn is_public(licence: &str) -> bool {
    !licence.starts_with("LicenseRef-")
}

/// Who answers for the exhibit: who prepared it, who appraised it, and what was decided when.
fn chain(ui: &mut Ui, brush: &Brush, approval: &Approval) {
    let column = Node { flex_direction: FlexDirection::Column, row_gap: brush.px(8.0), flex_shrink: 0.0, ..default() };
    let named = |key: &str, name: &PackText| brush.words.say_with(key, &[("name", brush.told(name).to_owned())]);
    let prepared = approval.prepared_by.as_ref().map(|name| named("prepared-by", name));
    let appraised = approval.appraised_by.as_ref().map(|name| named("appraised-by", name));
    ui.spawn(column).with_children(|ui| {
        ui.spawn(brush.text(Step::Label, Face::SansMedium, tokens::INK_500, brush.say("approval-chain")));
        for line in [prepared, appraised, Some(brush.words.approval(approval))].into_iter().flatten() {
            ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::INK_700, line));
        }
    });
}

/// The site's name in an address.
fn site_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.")
}

fn turn(ui: &mut Ui, brush: &Brush, at: usize, count: usize) {
    if count < 2 {
        return;
    }
    let row = Node { column_gap: brush.px(24.0), align_items: AlignItems::Center, flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        let next = Ask::TurnSource((at + 1) % count);
        brush.button(ui, Button::new(Style::Outline, "chevron-right", &brush.say("next-source"), next));
        let numbers = [("number", (at + 1).to_string()), ("count", count.to_string())];
        ui.spawn(brush.text(
            Step::Label,
            Face::SansMedium,
            tokens::INK_500,
            brush.words.say_with("source-number", &numbers),
        ));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_what_a_pupil_can_remember() {
        assert_eq!(site_of("https://www.example.org/a/b?c"), "example.org");
        assert_eq!(site_of("example.org"), "example.org");
    }
}
