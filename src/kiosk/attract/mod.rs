//! The loop that waits for visitors: the night sea, the lamp, and the old chart where its light falls; or, of an exhibit
//! without them, its first picture.

mod beam;
mod fan;

use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen};
use crate::kiosk::theme::widgets::{Button, Style, screen_node};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::pack::Exhibit;
use crate::pack::model::Picture;
use bevy::prelude::*;

#[derive(Component)]
struct AttractScreen;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(beam::plugin).add_systems(Update, build.in_set(KioskSystems::Build));
}

fn build(
    mut commands: Commands,
    route: Res<Route>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    brush: Brush,
    old: Query<Entity, With<AttractScreen>>,
) {
    if !route.is_changed() && !look.is_changed() && !words.is_changed() && !open.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let (Screen::Attract, Some(exhibit)) = (route.current(), open.exhibit()) else { return };
    let margin = px(look.margin());
    let node = Node { padding: UiRect::axes(margin, px(look.by_class(80.0, 44.0, 110.0))), ..screen_node() };
    // The whole screen is one large button: any touch begins.
    let anywhere = brush.touchable(brush.told(&exhibit.title), Ask::Begin(None));
    commands.spawn((AttractScreen, node, anywhere)).with_children(|ui| {
        // Without a night picture of its own an exhibit shows its first item.
        if let (None, Some(item)) = (&exhibit.attract, open.first_item()) {
            first_picture(ui, &brush, item.cover());
        }
        if look.is_portrait() {
            shore(ui, &look);
        }
        brand(ui, &brush);
        ui.spawn(Node { flex_grow: if look.is_portrait() { 2.2 } else { 1.0 }, ..default() });
        title(ui, &brush, exhibit);
        ui.spawn(Node { flex_grow: 1.0, ..default() });
        buttons(ui, &brush);
        status(ui, &brush, exhibit);
    });
}

/// On a narrow screen the picture ends in the open sea: it sinks into the ground.
fn shore(ui: &mut Ui, look: &Look) {
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(0),
        right: px(0),
        top: px(look.size.x * 0.75),
        height: px(look.size.x * 0.4),
        ..default()
    };
    let down = LinearGradient::to_bottom(vec![
        ColorStop::new(tokens::SEA_900.with_alpha(0.0), percent(0)),
        ColorStop::new(tokens::SEA_900, percent(92)),
    ]);
    ui.spawn((node, BackgroundGradient::from(down)));
}

/// Where a picture lies that an exhibit shows before it is touched: the right of a wide window, the top of a narrow one.
fn picture_place(look: &Look) -> Rect {
    if look.is_portrait() {
        return Rect::new(0.0, 0.0, look.size.x, look.size.x * 1.15);
    }
    Rect::new(look.size.x * 0.4, 0.0, look.size.x, look.size.y)
}

/// The picture at dusk: it rises out of the sea towards its far side, so that the words stay on dark ground.
fn first_picture(ui: &mut Ui, brush: &Brush, picture: &Picture) {
    let place = picture_place(&brush.look);
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(place.min.x),
        top: px(place.min.y),
        width: px(place.width()),
        height: px(place.height()),
        ..default()
    };
    let stop = |alpha: f32, at: f32| ColorStop::new(tokens::SEA_900.with_alpha(alpha), percent(at));
    let dusk = if brush.look.is_portrait() {
        // The brand stands on its upper edge.
        LinearGradient::to_top(vec![stop(1.0, 0.0), stop(0.35, 45.0), stop(0.45, 75.0), stop(0.9, 100.0)])
    } else {
        LinearGradient::to_right(vec![stop(1.0, 0.0), stop(0.45, 45.0), stop(0.25, 100.0)])
    };
    ui.spawn(node).with_children(|ui| {
        ui.spawn(brush.cover(picture, place.size()));
        let over = Node {
            position_type: PositionType::Absolute,
            left: px(0),
            top: px(0),
            width: percent(100),
            height: percent(100),
            ..default()
        };
        ui.spawn((over, BackgroundGradient::from(dusk)));
    });
}

fn brand(ui: &mut Ui, brush: &Brush) {
    let row = Node { column_gap: brush.px(22.0), align_items: AlignItems::Center, ..default() };
    ui.spawn(row).with_children(|ui| {
        ui.spawn(brush.icon("seal", brush.look.space(76.0), tokens::UNTINTED));
        ui.spawn(brush.text(Step::CardTitle, Face::SerifSemiBold, tokens::TEXT_1, brush.say("brand")));
    });
}

fn title(ui: &mut Ui, brush: &Brush, exhibit: &Exhibit) {
    let width = brush.look.by_class(800.0, 560.0, 960.0);
    let column =
        Node { flex_direction: FlexDirection::Column, row_gap: brush.px(24.0), max_width: px(width), ..default() };
    ui.spawn(column).with_children(|ui| {
        ui.spawn(brush.text(Step::Display, Face::SerifSemiBold, tokens::TEXT_1, brush.told(&exhibit.title)));
        if let Some(subtitle) = &exhibit.subtitle {
            ui.spawn(brush.text(Step::CardTitle, Face::Sans, tokens::TEXT_2, brush.told(subtitle)));
        }
    });
}

fn buttons(ui: &mut Ui, brush: &Brush) {
    let row = Node {
        column_gap: brush.px(28.0),
        row_gap: brush.px(20.0),
        align_items: AlignItems::Center,
        flex_wrap: FlexWrap::Wrap,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        let halo =
            Node { padding: brush.px(10.0).all(), border_radius: BorderRadius::all(brush.px(28.0)), ..default() };
        ui.spawn((halo, BackgroundColor(tokens::LAMP_300.with_alpha(0.16)))).with_children(|ui| {
            let spoken = brush.words.language().clone();
            brush.button(ui, Button::new(Style::Primary, "finger", &brush.say("begin"), Ask::Begin(Some(spoken))));
        });
        for language in brush.words.offered().iter().filter(|l| *l != brush.words.language()) {
            let ask = Ask::Begin(Some(language.clone()));
            brush.button(ui, Button::new(Style::Secondary, None, &Words::name_of(language), ask));
        }
    });
}

/// A pack that has not been appraised says so on its first screen.
fn status(ui: &mut Ui, brush: &Brush, exhibit: &Exhibit) {
    let words = brush.words.approval(&exhibit.approval);
    let corner = Node {
        position_type: PositionType::Absolute,
        right: px(brush.look.margin()),
        bottom: brush.px(36.0),
        padding: UiRect::axes(brush.px(18.0), brush.px(8.0)),
        border_radius: BorderRadius::all(brush.px(12.0)),
        ..default()
    };
    ui.spawn((corner, BackgroundColor(tokens::SEA_950.with_alpha(0.72)))).with_children(|ui| {
        ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, words));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_leaves_the_words_their_ground() {
        for (width, height) in [(1920.0, 1080.0), (1280.0, 800.0), (1080.0, 1920.0)] {
            let look = Look::of_window(Vec2::new(width, height), 100);
            let place = picture_place(&look);
            assert!(place.max.x == width && place.max.y <= height && place.width() > width / 2.0);
        }
    }
}
