//! What stands around a compared map: its name, the slider or curtain, and the tools.

use super::{OldMap, Overlay, beside_by, old_maps, room};
use crate::base::ids::Id;
use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Compare, KioskSystems};
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Class, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::{Blocker, Handle, Surface};
use crate::pack::model::{Item, Kind};
use bevy::prelude::*;

/// Takes drags and pinches of the map.
#[derive(Component)]
pub struct MapSurface;

/// The rail of the slider; its children follow the opacity.
#[derive(Component)]
pub struct SliderRail;

#[derive(Component)]
struct SliderFill;

#[derive(Component)]
struct SliderThumb;

#[derive(Component)]
struct SliderText;

/// The handle of the curtain.
#[derive(Component)]
pub struct CurtainSurface;

#[derive(Component)]
struct Chrome;

#[derive(Component)]
struct Map;

/// A step of the slider by key, pad or the words at its ends, in percent.
const STEP: u8 = 17;
const THUMB: f32 = 96.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build_surface, build).chain().in_set(KioskSystems::Build))
        .add_systems(Update, (follow_slider, follow_curtain).in_set(KioskSystems::Present));
}

/// The surface outlives what is built around it, so that a finger that drags is never dropped.
fn build_surface(
    mut commands: Commands,
    overlay: Res<Overlay>,
    look: Res<Look>,
    old: Query<Entity, With<Map>>,
    mut shown: Local<bool>,
) {
    let wanted = matches!(overlay.compare, Compare::OverSea | Compare::Beside(_)) && overlay.sheet.is_some();
    if wanted == *shown && !look.is_changed() {
        return;
    }
    *shown = wanted;
    old.iter().for_each(|e| commands.entity(e).despawn());
    if wanted {
        let node = Node { bottom: px(look.dock_height()), height: Val::Auto, top: px(0), ..screen_node() };
        commands.spawn((Map, MapSurface, Surface, node, ZIndex(-2)));
    }
}

fn build(
    mut commands: Commands,
    overlay: Res<Overlay>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<Chrome>>,
) {
    if !overlay.is_changed() && !look.is_changed() && !words.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let items = |map: &Option<OldMap>| open.exhibit()?.items.get(&map.as_ref()?.item).cloned();
    let (Some(item), true) = (items(&overlay.sheet), matches!(overlay.compare, Compare::OverSea | Compare::Beside(_)))
    else {
        return;
    };
    let other = items(&overlay.other);
    commands.spawn((Chrome, screen_node())).with_children(|ui| {
        let stage = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
        ui.spawn(stage).with_children(|ui| {
            name(ui, &brush, &item, Vec2::ZERO);
            match &other {
                Some(other) => name(ui, &brush, other, room(&overlay, &look).max * beside_by(&look)),
                None if overlay.curtain.is_some() => curtain(ui, &brush),
                None => slider(ui, &brush, &overlay, &item),
            }
        });
        brush.dock(ui, |ui| tools(ui, &brush, &overlay, &item, &open));
    });
}

fn name(ui: &mut Ui, brush: &Brush, item: &Item, corner: Vec2) {
    let place = Node {
        position_type: PositionType::Absolute,
        left: px(corner.x + brush.look.space(40.0)),
        top: px(corner.y + brush.look.space(40.0)),
        max_width: px(brush.look.by_class(560.0, 380.0, 520.0)),
        ..default()
    };
    brush.name_plate(ui, place, item);
}

fn slider(ui: &mut Ui, brush: &Brush, overlay: &Overlay, item: &Item) {
    let look = &brush.look;
    let width = look.by_class(1392.0, 1000.0, 1000.0).min(look.size.x - look.space(80.0));
    let panel = Node {
        position_type: PositionType::Absolute,
        left: px((look.size.x - width) / 2.0),
        bottom: brush.px(28.0),
        width: px(width),
        padding: UiRect::axes(brush.px(28.0), brush.px(16.0)),
        column_gap: brush.px(18.0),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(brush.px(22.0)),
        ..default()
    };
    let percent_now = (overlay.opacity * 100.0).round() as u8;
    ui.spawn((panel, BackgroundColor(tokens::SEA_950), Blocker)).with_children(|ui| {
        let today = brush.say("map-today");
        let year = brush.words.say_with("map-of", &[("date", brush.told(&item.date.text).to_owned())]);
        end(ui, brush, &today, Ask::Opacity(percent_now.saturating_sub(STEP)), Justify::Left);
        let rail = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            height: px(look.space(THUMB)),
            justify_content: JustifyContent::Center,
            flex_direction: FlexDirection::Column,
            ..default()
        };
        ui.spawn((rail, SliderRail, Handle)).with_children(|ui| rail_parts(ui, brush));
        end(ui, brush, &year, Ask::Opacity((percent_now + STEP).min(100)), Justify::Right);
    });
}

/// The words at an end of the slider; touched, they bring the thumb nearer.
fn end(ui: &mut Ui, brush: &Brush, words: &str, ask: Ask, justify: Justify) {
    let node = Node {
        width: px(brush.look.by_class(190.0, 140.0, 170.0)),
        min_height: px(brush.look.target()),
        align_items: AlignItems::Center,
        justify_content: if justify == Justify::Left { JustifyContent::FlexStart } else { JustifyContent::FlexEnd },
        ..default()
    };
    ui.spawn((node, brush.touchable(words, ask))).with_children(|ui| {
        ui.spawn(brush.text_tight(Step::Label, Face::SansSemiBold, tokens::TEXT_1, words))
            .insert(bevy::text::TextLayout::justify(justify));
    });
}

fn rail_parts(ui: &mut Ui, brush: &Brush) {
    let round = |px: Val| BorderRadius::all(px);
    let track = Node { width: percent(100), height: brush.px(10.0), border_radius: round(brush.px(5.0)), ..default() };
    ui.spawn((track, BackgroundColor(tokens::SEA_600))).with_children(|ui| {
        let fill = Node { height: percent(100), width: percent(0), border_radius: round(brush.px(5.0)), ..default() };
        ui.spawn((SliderFill, fill, BackgroundColor(tokens::LAMP_300)));
    });
    let side = brush.look.space(THUMB);
    let thumb = Node {
        position_type: PositionType::Absolute,
        width: px(side),
        height: px(side),
        left: percent(0),
        top: px(0),
        margin: UiRect::left(px(-side / 2.0)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        border: px(4.0 * brush.look.unit).all(),
        border_radius: round(percent(50)),
        ..default()
    };
    ui.spawn((SliderThumb, thumb, BackgroundColor(tokens::PAPER_50), BorderColor::all(tokens::LAMP_300)))
        .with_children(|ui| {
            ui.spawn((SliderText, brush.text_tight(Step::Label, Face::SansSemiBold, tokens::INK_900, "")));
        });
}

fn curtain(ui: &mut Ui, brush: &Brush) {
    let side = brush.look.space(THUMB);
    let node = Node {
        position_type: PositionType::Absolute,
        top: px(0),
        bottom: px(0),
        left: px(-side / 2.0),
        width: px(side),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    ui.spawn((CurtainSurface, Handle, node, UiTransform::default())).with_children(|ui| {
        let line = Node {
            position_type: PositionType::Absolute,
            width: px(6.0 * brush.look.unit),
            top: px(0),
            bottom: px(0),
            left: px(side / 2.0 - 3.0 * brush.look.unit),
            ..default()
        };
        ui.spawn((line, BackgroundColor(tokens::PAPER_50)));
        let disc = Node {
            width: px(side),
            height: px(side),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(4.0 * brush.look.unit).all(),
            border_radius: BorderRadius::all(percent(50)),
            ..default()
        };
        ui.spawn((disc, BackgroundColor(tokens::PAPER_50), BorderColor::all(tokens::LAMP_300))).with_children(|ui| {
            for (icon, key, percent) in [("chevron-left", "curtain-left", -10), ("chevron-right", "curtain-right", 10)]
            {
                let half = Node {
                    width: Val::Percent(50.0),
                    height: Val::Percent(100.0),
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..default()
                };
                ui.spawn((half, brush.touchable(&brush.say(key), Ask::MoveCurtain(percent)))).with_children(|ui| {
                    ui.spawn(brush.icon(icon, brush.look.space(32.0), tokens::INK_900));
                });
            }
        });
    });
}

fn tools(ui: &mut Ui, brush: &Brush, overlay: &Overlay, item: &Item, open: &Open) {
    let wide = brush.look.class == Class::Standard && brush.look.text_percent < 125;
    let tool = |ui: &mut Ui, style: Style, icon: &'static str, key: &str, ask: Ask, worded: bool| {
        let words = if worded { brush.say(key) } else { String::new() };
        brush.button(ui, Button::new(style, icon, &words, ask).labelled(&brush.say(key)));
    };
    let chosen = |on: bool| if on { Style::Selected } else { Style::Secondary };
    tool(ui, Style::Secondary, "minus", "zoom-out", Ask::ZoomOut, false);
    tool(ui, Style::Secondary, "plus", "zoom-in", Ask::ZoomIn, false);
    tool(ui, Style::Secondary, "four-corners", "zoom-whole", Ask::ZoomWhole, false);
    let beside = overlay.other.is_some();
    if let Some(place) = first_place(item) {
        tool(ui, Style::Secondary, "timeline", "same-place", Ask::Compare(Compare::SamePlace(place)), false);
    }
    if !beside {
        let hung = overlay.curtain.is_some();
        tool(ui, chosen(hung), "eye", "curtain", Ask::Curtain(!hung), false);
        tool(ui, chosen(overlay.points), "pin", "control-points", Ask::ControlPoints(!overlay.points), false);
    }
    if let Some(next) =
        open.exhibit().and_then(|e| next_map(&old_maps(e), &item.id, overlay.other.as_ref().map(|o| &o.item)))
    {
        tool(
            ui,
            chosen(beside),
            "book",
            if beside { "other-map" } else { "two-maps" },
            Ask::Compare(Compare::Beside(next)),
            false,
        );
    }
    tool(
        ui,
        Style::Selected,
        "layers",
        "compare-today",
        Ask::Compare(if beside { Compare::OverSea } else { Compare::Alone }),
        wide,
    );
}

/// The place to begin with when a map is asked for its places.
fn first_place(item: &Item) -> Option<Id> {
    match &item.kind {
        Kind::Map { printed_names, .. } => printed_names.first().map(|name| name.place.clone()),
        _ => None,
    }
}

/// The next map to stand beside `item`, after the one that does now.
fn next_map(maps: &[&Item], item: &Id, now: Option<&Id>) -> Option<Id> {
    let others: Vec<&Id> = maps.iter().map(|m| &m.id).filter(|id| *id != item).collect();
    let at = now.and_then(|now| others.iter().position(|id| *id == now)).map_or(0, |at| at + 1);
    others.get(at % others.len().max(1)).map(|id| (*id).clone())
}

fn follow_slider(
    overlay: Res<Overlay>,
    mut fills: Query<&mut Node, (With<SliderFill>, Without<SliderThumb>)>,
    mut thumbs: Query<&mut Node, (With<SliderThumb>, Without<SliderFill>)>,
    mut texts: Query<&mut Text, With<SliderText>>,
) {
    let (Ok(mut fill), Ok(mut thumb), Ok(mut text)) = (fills.single_mut(), thumbs.single_mut(), texts.single_mut())
    else {
        return;
    };
    let share = percent(overlay.opacity * 100.0);
    if fill.width != share {
        (fill.width, thumb.left) = (share, share);
    }
    let said = format!("{:.0}%", overlay.opacity * 100.0);
    if text.0 != said {
        text.0 = said;
    }
}

fn follow_curtain(overlay: Res<Overlay>, look: Res<Look>, mut handles: Query<&mut UiTransform, With<CurtainSurface>>) {
    let (Some(at), Ok(mut transform)) = (overlay.curtain, handles.single_mut()) else { return };
    let translation = Val2::px((at * look.size.x).round(), 0.0);
    if transform.translation != translation {
        transform.translation = translation;
    }
}
