//! How far the old map lies from today's, in words; and why.

use super::{OldMap, Overlay};
use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Compare, KioskSystems};
use crate::kiosk::theme::widgets::{Button, Style, floating};
use crate::kiosk::theme::{Brush, Class, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Blocker;
use crate::pack::model::{Item, Statement, Text as PackText};
use bevy::prelude::*;

#[derive(Component)]
struct Panel;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    overlay: Res<Overlay>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<Panel>>,
) {
    if !overlay.is_changed() && !look.is_changed() && !words.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let (Some(sheet), Compare::OverSea) = (&overlay.sheet, &overlay.compare) else { return };
    let Some(item) = open.exhibit().and_then(|e| e.items.get(&sheet.item)) else { return };
    let portrait = brush.look.is_portrait();
    let node = Node {
        position_type: PositionType::Absolute,
        right: brush.px(40.0),
        top: if portrait { brush.px(250.0) } else { brush.px(40.0) },
        width: px(brush.look.by_class(424.0, 320.0, 440.0)),
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(30.0), brush.px(26.0)),
        row_gap: brush.px(14.0),
        border_radius: BorderRadius::all(brush.px(20.0)),
        ..default()
    };
    commands.spawn((Panel, node, BackgroundColor(tokens::PAPER_50), floating(&brush.look), Blocker)).with_children(
        |ui| {
            if overlay.explains {
                why(ui, &brush, sheet);
            } else {
                figures(ui, &brush, sheet, item);
            }
        },
    );
}

/// A distance as a visitor reads it: never finer than what is known.
pub fn distance(words: &Words, kilometres: f64) -> String {
    if kilometres < 1.0 {
        return words.say("under-a-kilometre");
    }
    let rounded = if kilometres < 10.0 { (kilometres * 10.0).round() / 10.0 } else { kilometres.round() };
    words.say_with("kilometres", &[("distance", words.number(rounded))])
}

fn figures(ui: &mut Ui, brush: &Brush, sheet: &OldMap, item: &Item) {
    let errors = &sheet.georeference.errors;
    ui.spawn(brush.text(Step::Smallest, Face::SansSemiBold, tokens::INK_500, brush.say("overlay-error")));
    let told = errors.told_kilometres().map_or_else(|| brush.say("error-unknown"), |km| distance(&brush.words, km));
    ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::INK_900, told));
    let largest = errors.told_largest_kilometres();
    let sentence = brush.words.say_with(
        "error-sentence",
        &[
            ("count", sheet.georeference.points.len().to_string()),
            ("largest", largest.map_or_else(|| "–".to_owned(), |km| distance(&brush.words, km))),
        ],
    );
    ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::INK_700, sentence));
    let rule = Node { height: px(2.0 * brush.look.unit), width: percent(100), flex_shrink: 0.0, ..default() };
    ui.spawn((rule, BackgroundColor(tokens::PAPER_300)));
    let then = brush.words.say_with("legend-then", &[("date", brush.told(&item.date.text).to_owned())]);
    for (colour, width, said) in [
        (tokens::DAY_COAST, 4.0, brush.say("legend-today")),
        (tokens::INK_900, 3.0, then),
        (tokens::SEAL_600, 5.0, brush.say("legend-point")),
    ] {
        legend(ui, brush, colour, width, &said);
    }
    let style = Button::new(Style::Outline, "circle-question", "", Ask::ExplainError(true));
    let words = brush.say("why-off");
    brush.button(ui, Button { text: &words, label: &words, ..style });
}

fn legend(ui: &mut Ui, brush: &Brush, colour: Color, width: f32, said: &str) {
    let row = Node { column_gap: brush.px(18.0), align_items: AlignItems::Center, ..default() };
    ui.spawn(row).with_children(|ui| {
        let line = Node { width: brush.px(52.0), height: px(width * brush.look.unit), flex_shrink: 0.0, ..default() };
        ui.spawn((line, BackgroundColor(colour)));
        ui.spawn(brush.text_tight(Step::Smallest, Face::Sans, tokens::INK_900, said));
    });
}

/// Where the figures come from, what the organiser notes, and the sources of the points.
fn why(ui: &mut Ui, brush: &Brush, sheet: &OldMap) {
    let row = Node { align_items: AlignItems::Center, column_gap: brush.px(12.0), ..default() };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(Node { flex_grow: 1.0, flex_basis: px(0), ..default() }).with_children(|ui| {
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, tokens::INK_900, brush.say("why-off")));
        });
        brush.button(ui, Button::new(Style::Disc, "cross", "", Ask::ExplainError(false)).labelled(&brush.say("close")));
    });
    let step = if brush.look.class == Class::Compact { Step::Smallest } else { Step::Label };
    let georeference = &sheet.georeference;
    if let Some(note) = &georeference.note {
        ui.spawn(brush.text(step, Face::Sans, tokens::INK_900, brush.told(&note.text)));
    }
    ui.spawn(brush.text(step, Face::Sans, tokens::INK_700, brush.say("why-off-text")));
    let statement = georeference
        .note
        .clone()
        .unwrap_or_else(|| Statement { text: PackText::default(), sources: georeference.sources.clone() });
    let ask = Ask::OpenSources { statement: statement.text, sources: georeference.sources.clone() };
    brush.source_row(ui, &brush.source_title(&georeference.sources), ask);
}
