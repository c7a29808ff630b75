//! One place on every map that shows it, oldest first, with the name as it is printed there.

use super::chart::Today;
use super::{OldMap, Overlay, old_map, old_maps, printed_name};
use crate::base::ids::Id;
use crate::kiosk::canvas::{Canvas, Flat, Placed};
use crate::kiosk::exhibit::{Open, Pictures, State};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Compare, KioskSystems};
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Scroll;
use crate::pack::Exhibit;
use crate::pack::model::{Item, Kind};
use bevy::math::DVec2;
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, ComputedNode, UiGlobalTransform};
use std::sync::Arc;

#[derive(Component)]
struct Chrome;

/// Shows a map about the place within its own bounds.
#[derive(Component)]
struct Window {
    map: OldMap,
    /// The place, in fractions of the picture.
    at: (f64, f64),
}

/// What a window shows across, in kilometres on the ground.
const ACROSS_KILOMETRES: f64 = 700.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build)).add_systems(Update, draw.in_set(KioskSystems::Present));
}

/// Places that some map of the exhibit shows, in order of their first map.
pub fn places_of(exhibit: &Exhibit) -> Vec<Id> {
    let mut places: Vec<Id> = Vec::new();
    for item in old_maps(exhibit) {
        if let Kind::Map { printed_names, .. } = &item.kind {
            for name in printed_names {
                if !places.contains(&name.place) {
                    places.push(name.place.clone());
                }
            }
        }
    }
    places
}

fn build(
    mut commands: Commands,
    overlay: Res<Overlay>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    today: Res<Today>,
    brush: Brush,
    old: Query<Entity, With<Chrome>>,
) {
    if !overlay.is_changed() && !look.is_changed() && !words.is_changed() && !today.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let (Some(exhibit), Compare::SamePlace(place)) = (open.exhibit(), &overlay.compare) else { return };
    let maps: Vec<&Item> = old_maps(exhibit).into_iter().filter(|m| printed_name(m, place).is_some()).collect();
    commands.spawn((Chrome, screen_node())).with_children(|ui| {
        heading(ui, &brush, exhibit, place, &today);
        let list = Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_wrap: FlexWrap::Wrap,
            align_content: AlignContent::FlexStart,
            column_gap: brush.px(24.0),
            row_gap: brush.px(24.0),
            padding: UiRect::axes(px(brush.look.margin()), brush.px(12.0)),
            overflow: Overflow::scroll_y(),
            ..default()
        };
        ui.spawn((list, Scroll::default())).with_children(|ui| {
            let size = card_size(&brush.look);
            for item in maps {
                card(ui, &brush, item, place, size);
            }
        });
        brush.dock(ui, |ui| {
            let words = brush.say("compare-today");
            brush.button(ui, Button::new(Style::Selected, "layers", &words, Ask::Compare(Compare::OverSea)));
        });
    });
}

/// Width and height of a card: four beside one another on a wide screen, two on a high one.
fn card_size(look: &Look) -> Vec2 {
    let columns = if look.is_portrait() { 2.0 } else { 4.0 };
    let width = (look.size.x - 2.0 * look.margin() - (columns - 1.0) * look.space(24.0)) / columns;
    Vec2::new(width.floor(), (width * 0.98).floor())
}

fn place_name(today: &Today, place: &Id, words: &Words) -> String {
    let sea = today.0.as_ref().map(|t| &t.sea);
    let vietnamese = words.language().0 == "vi";
    let named = sea.and_then(|sea| {
        let islet = sea.place(place.as_str()).map(|p| (p.name.vi.clone(), p.name.en.clone()));
        islet.or_else(|| {
            sea.archipelagos().iter().find(|a| a.id == place.as_str()).map(|a| (a.vi.to_owned(), a.en.to_owned()))
        })
    });
    named.map_or_else(|| place.as_str().to_owned(), |(vi, en)| if vietnamese { vi } else { en })
}

fn heading(ui: &mut Ui, brush: &Brush, exhibit: &Exhibit, place: &Id, today: &Today) {
    let row = Node {
        padding: UiRect::axes(px(brush.look.margin()), brush.px(28.0)),
        column_gap: brush.px(20.0),
        row_gap: brush.px(12.0),
        align_items: AlignItems::Center,
        flex_wrap: FlexWrap::Wrap,
        flex_shrink: 0.0,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(brush.text(Step::Heading, Face::SerifSemiBold, tokens::TEXT_1, brush.say("same-place")));
        for other in places_of(exhibit) {
            let style = if other == *place { Style::Selected } else { Style::Secondary };
            let name = place_name(today, &other, &brush.words);
            brush.button(ui, Button::new(style, None, &name, Ask::Compare(Compare::SamePlace(other))));
        }
    });
}

fn card(ui: &mut Ui, brush: &Brush, item: &Item, place: &Id, size: Vec2) {
    let (Some(map), Some(name)) = (old_map(item), printed_name(item, place)) else { return };
    let node = Node {
        width: px(size.x),
        height: px(size.y),
        flex_direction: FlexDirection::Column,
        flex_shrink: 0.0,
        border_radius: BorderRadius::all(brush.px(18.0)),
        overflow: Overflow::clip(),
        ..default()
    };
    let title = brush.told(&item.title);
    ui.spawn((node, brush.touchable(title, Ask::OpenItem(item.id.clone())))).with_children(|ui| {
        let window = Node { width: percent(100), flex_grow: 1.0, flex_basis: px(0), ..default() };
        ui.spawn((window, Window { map, at: name.at }));
        let words = Node {
            flex_direction: FlexDirection::Column,
            padding: UiRect::axes(brush.px(20.0), brush.px(12.0)),
            border_radius: BorderRadius::bottom(brush.px(18.0)),
            ..default()
        };
        ui.spawn((words, BackgroundColor(tokens::PAPER_50))).with_children(|ui| {
            let year = brush.told(&item.date.text);
            ui.spawn(brush.text_tight(Step::Label, Face::SansSemiBold, tokens::SEAL_600, year));
            ui.spawn(brush.text_tight(Step::Smallest, Face::Sans, tokens::INK_700, title))
                .insert(bevy::text::TextLayout::no_wrap());
            let printed = match &name.text {
                Some(text) => format!("“{text}”"),
                None => brush.say("no-printed-name"),
            };
            let face = if name.text.is_some() { Face::SerifSemiBoldItalic } else { Face::Sans };
            ui.spawn(brush.text_tight(Step::Label, face, tokens::INK_900, printed));
        });
    });
}

/// Each map about its place, all at about the same scale on the ground.
fn draw(
    overlay: Res<Overlay>,
    look: Res<Look>,
    mut pictures: ResMut<Pictures>,
    mut canvas: ResMut<Canvas>,
    windows: Query<(&Window, &ComputedNode, &UiGlobalTransform, Option<&CalculatedClip>)>,
) {
    if !matches!(overlay.compare, Compare::SamePlace(_)) {
        return;
    }
    let canvas = canvas.bypass_change_detection();
    let pictures = pictures.bypass_change_detection();
    canvas.ground(tokens::SEA_900);
    let screen = Rect::new(0.0, 0.0, look.size.x, look.size.y - look.dock_height());
    for (window, node, place, clip) in &windows {
        let bounds = Rect::from_center_size(place.translation, node.size);
        let seen = clip.map_or(screen, |c| c.clip.intersect(screen)).intersect(bounds);
        if seen.is_empty() {
            continue;
        }
        let State::Ready(tiles) = pictures.state(&window.map.picture.path) else {
            pictures.hurry(&window.map.picture.path);
            canvas.wait();
            continue;
        };
        let size = DVec2::new(f64::from(window.map.picture.size.0), f64::from(window.map.picture.size.1));
        let at = DVec2::new(window.at.0, window.at.1) * size;
        let scale = f64::from(node.size.x) / pixels_across(&window.map, at, size);
        let corner = bounds.center().as_dvec2() - at * scale;
        canvas.place(Placed {
            path: window.map.picture.path.clone(),
            tiles,
            placement: Arc::new(Flat { corner, scale }),
            opacity: 1.0,
            clip: seen,
            focus: bounds.center(),
            motion: Vec2::ZERO,
        });
    }
}

/// Pixels of the picture that a window shows across, so that all show the same stretch of ground.
fn pixels_across(map: &OldMap, at: DVec2, size: DVec2) -> f64 {
    let step = size.x / 50.0;
    let transform = &map.georeference.transform;
    let [from, to] =
        [at - DVec2::new(step, 0.0), at + DVec2::new(step, 0.0)].map(|p| transform.degrees_from_picture(p.to_array()));
    let kilometres = crate::pack::model::kilometres_between(from, to);
    if kilometres > 0.0 { (ACROSS_KILOMETRES / kilometres * 2.0 * step).clamp(size.x / 40.0, size.x) } else { size.x }
}
