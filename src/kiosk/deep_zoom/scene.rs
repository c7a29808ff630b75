//! What stands around the picture: its name, the small overview, the scale, the tools, and words while it is prepared.

use super::markers::{spawn_crowds, spawn_markers};
use super::{Shown, Viewer, card, room};
use crate::kiosk::exhibit::{Open, Pictures, State};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Card, Compare, KioskSystems, Leaf, Route};
use crate::kiosk::session::Motion;
use crate::kiosk::theme::widgets::{Button, Style, floating, screen_node};
use crate::kiosk::theme::{Brush, Class, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Surface;
use crate::pack::model::{Item, Kind};
use bevy::prelude::*;

/// The surface that takes drags and pinches.
#[derive(Component)]
pub struct Canvas;

#[derive(Component)]
struct Chrome;

#[derive(Component)]
struct Minimap;

#[derive(Component)]
struct MinimapFrame;

#[derive(Component)]
struct ScaleBar;

#[derive(Component)]
struct ScaleText;

#[derive(Component)]
struct Preparing;

#[derive(Component)]
struct PreparingBar;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build_canvas, build_chrome).chain().in_set(KioskSystems::Build))
        .add_systems(Update, (follow_minimap, follow_scale, follow_preparing).in_set(KioskSystems::Present));
}

/// The canvas outlives changes of language and card, so that a finger that drags is never dropped.
fn build_canvas(mut commands: Commands, viewer: Res<Viewer>, look: Res<Look>, old: Query<Entity, With<Canvas>>) {
    if !viewer.is_changed() && !look.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    if viewer.shown.is_some() {
        let node = Node { bottom: px(look.dock_height()), height: Val::Auto, top: px(0), ..screen_node() };
        commands.spawn((Canvas, Surface, node, ZIndex(-1)));
    }
}

fn build_chrome(
    mut commands: Commands,
    viewer: Res<Viewer>,
    look: Res<Look>,
    words: Res<Words>,
    leaf: Res<Leaf>,
    route: Res<Route>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<Chrome>>,
) {
    let changed =
        viewer.is_changed() || look.is_changed() || words.is_changed() || leaf.is_changed() || route.is_changed();
    if !changed {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let item = route.item().and_then(|id| open.exhibit()?.items.get(id));
    let (Some(item), Some(shown)) = (item, &viewer.shown) else { return };
    let shown_room = room(&look, &leaf, shown.picture.size);
    commands.spawn((Chrome, screen_node())).with_children(|ui| {
        let stage = Node { flex_grow: 1.0, flex_basis: px(0), margin: UiRect::bottom(px(look.captions)), ..default() };
        ui.spawn(stage).with_children(|ui| {
            spawn_markers(ui, &brush, shown, &leaf, &viewer.seen);
            spawn_crowds(ui, &brush, shown);
            title(ui, &brush, item);
            minimap(ui, &brush, shown, shown_room);
            preparing(ui, &brush, shown_room);
            if leaf.card != Card::Closed && !leaf.enlarged {
                card::draw(ui, &brush, item, shown, &leaf);
            }
        });
        brush.dock(ui, |ui| tools(ui, &brush, item, &leaf));
    });
}

fn absolute() -> Node {
    Node { position_type: PositionType::Absolute, ..default() }
}

fn title(ui: &mut Ui, brush: &Brush, item: &Item) {
    let margin = brush.px(40.0);
    let max_width = px(brush.look.by_class(640.0, 420.0, 820.0));
    brush.name_plate(ui, Node { left: margin, top: margin, max_width, ..absolute() }, item);
}

/// The whole picture in small, with a frame around what is seen, and the scale beneath.
fn minimap(ui: &mut Ui, brush: &Brush, shown: &Shown, room: Rect) {
    let (width, height) = (shown.picture.size.0 as f32, shown.picture.size.1 as f32);
    let side = brush.look.by_class(220.0, 150.0, 200.0);
    let size = Vec2::new(width, height) * (side / width.max(height));
    let rim = 5.0 * brush.look.unit;
    let row = Node {
        left: brush.px(40.0),
        top: px(room.max.y - size.y - 2.0 * rim - brush.look.space(36.0)),
        align_items: AlignItems::FlexEnd,
        column_gap: brush.px(20.0),
        ..absolute()
    };
    ui.spawn(row).with_children(|ui| {
        let frame = Node {
            border: px(rim).all(),
            border_radius: BorderRadius::all(brush.px(10.0)),
            overflow: Overflow::clip(),
            ..default()
        };
        ui.spawn((frame, BackgroundColor(tokens::PAPER_50), BorderColor::all(tokens::PAPER_50), floating(&brush.look)))
            .with_children(|ui| {
                let map = Node { width: px(size.x), height: px(size.y), ..default() };
                ui.spawn((Minimap, map, brush.whole(&shown.picture, side))).with_children(|ui| {
                    let seen = Node { border: px(3.0 * brush.look.unit).all(), ..absolute() };
                    ui.spawn((
                        MinimapFrame,
                        seen,
                        BorderColor::all(tokens::SEAL_600),
                        BackgroundColor(tokens::SEAL_WASH),
                    ));
                });
            });
        if shown.frame.is_some() {
            scale(ui, brush);
        }
    });
}

fn scale(ui: &mut Ui, brush: &Brush) {
    let plate = Node {
        flex_direction: FlexDirection::Column,
        padding: UiRect::axes(brush.px(20.0), brush.px(12.0)),
        row_gap: brush.px(6.0),
        border_radius: BorderRadius::all(brush.px(14.0)),
        ..default()
    };
    ui.spawn((plate, BackgroundColor(tokens::PAPER_50))).with_children(|ui| {
        ui.spawn((ScaleText, brush.text(Step::Smallest, Face::SansSemiBold, tokens::INK_900, "")));
        let bar = Node { height: brush.px(10.0), border: px(2.0 * brush.look.unit).all(), ..default() };
        ui.spawn((ScaleBar, bar, BorderColor::all(tokens::INK_900))).with_children(|ui| {
            for quarter in 0..4 {
                let ink = if quarter % 2 == 0 { tokens::INK_900 } else { tokens::PAPER_0 };
                ui.spawn((Node { flex_grow: 1.0, ..default() }, BackgroundColor(ink)));
            }
        });
    });
}

/// Words and a bar while the picture is cut, or when it cannot be shown.
fn preparing(ui: &mut Ui, brush: &Brush, room: Rect) {
    let place = Node {
        left: px(room.min.x),
        width: px(room.width()),
        top: px(room.center().y),
        flex_direction: FlexDirection::Column,
        align_items: AlignItems::Center,
        row_gap: brush.px(16.0),
        padding: UiRect::horizontal(brush.px(80.0)),
        ..absolute()
    };
    ui.spawn((place, Visibility::Hidden, PreparingBar)).with_children(|ui| {
        let text = brush.text(Step::Reading, Face::SansMedium, tokens::TEXT_1, "");
        ui.spawn(text).insert((Preparing, bevy::text::TextLayout::justify(Justify::Center)));
        let rail = Node {
            width: brush.px(520.0),
            max_width: percent(90),
            height: brush.px(14.0),
            border_radius: BorderRadius::all(brush.px(7.0)),
            ..default()
        };
        ui.spawn((rail, BackgroundColor(tokens::SEA_600))).with_children(|ui| {
            let done = Node {
                width: percent(0),
                height: percent(100),
                border_radius: BorderRadius::all(brush.px(7.0)),
                ..default()
            };
            ui.spawn((done, BackgroundColor(tokens::LAMP_300)));
        });
    });
}

fn tools(ui: &mut Ui, brush: &Brush, item: &Item, leaf: &Leaf) {
    let wide = brush.look.class == Class::Standard && brush.look.text_percent < 150;
    let worded = |key: &str| if wide { brush.say(key) } else { String::new() };
    let tool = |ui: &mut Ui, icon: &'static str, key: &str, words: &str, ask: Ask| {
        brush.button(ui, Button::new(Style::Secondary, icon, words, ask).labelled(&brush.say(key)));
    };
    tool(ui, "minus", "zoom-out", "", Ask::ZoomOut);
    tool(ui, "plus", "zoom-in", "", Ask::ZoomIn);
    tool(ui, "four-corners", "zoom-whole", &worded("zoom-whole"), Ask::ZoomWhole);
    match &item.kind {
        Kind::Document { .. } => {
            tool(ui, "book", "read-page", &brush.say("read-page"), Ask::EnlargePage(false));
            return;
        }
        Kind::Artefact { views, .. } if views.len() > 1 => {
            let next = (leaf.page + 1) % views.len();
            let words = brush.words.say_with("view-number", &[("number", (next + 1).to_string())]);
            brush.button(
                ui,
                Button::new(Style::Secondary, "circular-arrow", if wide { &words } else { "" }, Ask::TurnPage(next))
                    .labelled(&words),
            );
        }
        Kind::Map { georeference: Some(_), .. } => {
            tool(ui, "layers", "compare-today", &worded("compare-today"), Ask::Compare(Compare::OverSea));
        }
        _ => {}
    }
    if leaf.card == Card::Closed || matches!(leaf.card, Card::Hotspot(_)) {
        tool(ui, "circle-i", "about", &worded("about"), Ask::OpenAbout);
    }
}

fn follow_minimap(
    viewer: Res<Viewer>,
    look: Res<Look>,
    maps: Query<&Node, (With<Minimap>, Without<MinimapFrame>)>,
    mut frames: Query<&mut Node, With<MinimapFrame>>,
) {
    let (Some(shown), Ok(map), Ok(mut frame)) = (&viewer.shown, maps.single(), frames.single_mut()) else { return };
    let (Val::Px(width), Val::Px(height)) = (map.width, map.height) else { return };
    let seen = viewer.view.seen(look.size - Vec2::new(0.0, look.dock_height()));
    let across = |v: f64| ((v / f64::from(shown.picture.size.0)).clamp(0.0, 1.0) as f32 * width).round();
    let down = |v: f64| ((v / f64::from(shown.picture.size.1)).clamp(0.0, 1.0) as f32 * height).round();
    let (left, top, right, bottom) = (across(seen[0]), down(seen[1]), across(seen[2]), down(seen[3]));
    let next = [px(left), px(top), px((right - left).max(6.0)), px((bottom - top).max(6.0))];
    if [frame.left, frame.top, frame.width, frame.height] != next {
        [frame.left, frame.top, frame.width, frame.height] = next;
    }
}

fn follow_scale(
    viewer: Res<Viewer>,
    look: Res<Look>,
    words: Res<Words>,
    mut bars: Query<&mut Node, With<ScaleBar>>,
    mut texts: Query<&mut Text, With<ScaleText>>,
) {
    let Some((shown, frame)) = viewer.shown.as_ref().and_then(|s| Some((s, s.frame?))) else { return };
    let (Ok(mut bar), Ok(mut text)) = (bars.single_mut(), texts.single_mut()) else { return };
    let middle = viewer.view.picture_from_screen(viewer.view.room().center());
    let down = (middle.y / f64::from(shown.picture.size.1)).clamp(0.0, 1.0);
    let kilometres_per_pixel = frame.kilometres_per_width(down) / f64::from(shown.picture.size.0) / viewer.view.scale();
    let longest = f64::from(look.by_class(220.0, 150.0, 200.0));
    let distance = round_distance(kilometres_per_pixel * longest);
    let width = px((distance / kilometres_per_pixel).round() as f32);
    if bar.width != width {
        bar.width = width;
    }
    let said = words.say_with("scale", &[("distance", words.number(distance))]);
    if text.0 != said {
        text.0 = said;
    }
}

/// The largest of 1, 2 or 5 times a power of ten that is no longer than `longest`.
fn round_distance(longest: f64) -> f64 {
    let power = 10f64.powf(longest.max(1e-6).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|d| *d <= longest).unwrap_or(power)
}

fn follow_preparing(
    viewer: Res<Viewer>,
    pictures: Res<Pictures>,
    words: Res<Words>,
    mut motion: ResMut<Motion>,
    mut places: Query<(&mut Visibility, &Children), With<PreparingBar>>,
    mut texts: Query<&mut Text, With<Preparing>>,
    children: Query<&Children>,
    mut nodes: Query<&mut Node>,
) {
    let (Some(shown), Ok((mut visibility, parts)), Ok(mut text)) =
        (&viewer.shown, places.single_mut(), texts.single_mut())
    else {
        return;
    };
    let (said, fraction) = match pictures.state(&shown.picture.path) {
        State::Ready(_) => {
            visibility.set_if_neq(Visibility::Hidden);
            return;
        }
        State::Broken => (words.say("picture-missing"), None),
        State::Preparing(fraction) => {
            let percent = format!("{:.0}", fraction * 100.0);
            motion.keep();
            (words.say_with("preparing", &[("percent", percent)]), Some(fraction))
        }
    };
    visibility.set_if_neq(Visibility::Inherited);
    if text.0 != said {
        text.0 = said;
    }
    let Some(rail) = parts.get(1) else { return };
    if let Ok(mut node) = nodes.get_mut(*rail) {
        let display = if fraction.is_some() { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
    let bar = children.get(*rail).ok().and_then(|c| c.first().copied());
    if let (Some(fraction), Some(Ok(mut node))) = (fraction, bar.map(|b| nodes.get_mut(b))) {
        node.width = percent(fraction * 100.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_read_one_two_or_five() {
        assert_eq!([137.0, 99.0, 23.0, 0.7].map(round_distance), [100.0, 50.0, 20.0, 0.5]);
    }
}
