//! Numbered markers on the picture: they keep their size while the picture moves beneath them.

use super::crowd::groups;
use super::{Shown, Viewer};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Card, KioskSystems, Leaf};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Touchable;
use bevy::math::DVec2;
use bevy::prelude::*;
use std::collections::BTreeSet;

#[derive(Component)]
pub struct Marker {
    index: usize,
    side: f32,
}

/// Stands for several markers that are too close; a fixed number of them, used in turn.
#[derive(Component)]
pub struct Crowd {
    slot: usize,
    side: f32,
}

/// Markers nearer than this stand together, in units: a finger's width.
pub const CROWDED: f32 = 52.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, place_markers.in_set(KioskSystems::Present));
}

pub fn spawn_markers(ui: &mut Ui, brush: &Brush, shown: &Shown, leaf: &Leaf, seen: &BTreeSet<usize>) {
    for (index, spot) in shown.spots.iter().enumerate() {
        let open = leaf.card == Card::Hotspot(index);
        let side = if open { 68.0 } else { 56.0 } * brush.look.unit;
        let (ground, rim, ink) = match (open, seen.contains(&index)) {
            (true, _) => (tokens::SEAL_600, tokens::PAPER_50, tokens::ON_SEAL),
            (false, true) => (tokens::PAPER_50, tokens::INK_900, tokens::INK_900),
            (false, false) => (tokens::INK_900, tokens::LAMP_300, tokens::LAMP_300),
        };
        let node = Node {
            position_type: PositionType::Absolute,
            left: px(0),
            top: px(0),
            width: px(side),
            height: px(side),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(4.0 * brush.look.unit).all(),
            border_radius: BorderRadius::all(percent(50)),
            ..default()
        };
        let number = (index + 1).to_string();
        let label =
            format!("{}: {}", brush.words.say_with("point", &[("number", number.clone())]), brush.told(&spot.title));
        let marker = Marker { index, side };
        let touch = brush.touchable(&label, Ask::OpenHotspot(index));
        let mut spawned =
            ui.spawn((marker, node, BackgroundColor(ground), BorderColor::all(rim), touch, Visibility::Hidden));
        spawned.with_children(|ui| {
            if open {
                ring(ui, brush, side);
            }
            ui.spawn(brush.text(Step::Label, Face::SansSemiBold, ink, number));
        });
    }
}

/// What stands for crowded markers: a disc with their numbers.
pub fn spawn_crowds(ui: &mut Ui, brush: &Brush, shown: &Shown) {
    let side = 68.0 * brush.look.unit;
    for slot in 0..shown.spots.len() / 2 {
        let node = Node {
            position_type: PositionType::Absolute,
            left: px(0),
            top: px(0),
            width: px(side),
            height: px(side),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(4.0 * brush.look.unit).all(),
            border_radius: BorderRadius::all(percent(50)),
            ..default()
        };
        let ground = (BackgroundColor(tokens::SEA_750), BorderColor::all(tokens::LAMP_300));
        let touch = brush.touchable("", Ask::SpreadPoints(Vec::new()));
        ui.spawn((Crowd { slot, side }, node, ground, touch, Visibility::Hidden)).with_children(|ui| {
            ui.spawn(brush.text_tight(Step::Smallest, Face::SansSemiBold, tokens::LAMP_300, ""));
        });
    }
}

/// The ring around the open marker.
fn ring(ui: &mut Ui, brush: &Brush, side: f32) {
    let wide = 104.0 * brush.look.unit;
    let inset = (side - wide) / 2.0 - 4.0 * brush.look.unit;
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(inset),
        top: px(inset),
        width: px(wide),
        height: px(wide),
        border: px(4.0 * brush.look.unit).all(),
        border_radius: BorderRadius::all(percent(50)),
        ..default()
    };
    ui.spawn((node, BorderColor::all(tokens::SEAL_600)));
}

/// Places of the markers in the window, but for the open one, which always stands alone.
fn crowds(shown: &Shown, viewer: &Viewer, leaf: &Leaf, look: &Look) -> Vec<Vec<usize>> {
    let at = |index: usize| viewer.view.screen_from_picture(spot_in_picture(shown, index));
    let alone = |index: &usize| leaf.card == Card::Hotspot(*index);
    let points: Vec<(usize, DVec2)> = (0..shown.spots.len()).filter(|i| !alone(i)).map(|i| (i, at(i))).collect();
    groups(&points, f64::from(CROWDED * look.unit))
}

pub fn spot_in_picture(shown: &Shown, index: usize) -> DVec2 {
    let (x, y) = shown.spots[index].region.centre();
    DVec2::new(x * f64::from(shown.picture.size.0), y * f64::from(shown.picture.size.1))
}

fn place_markers(
    viewer: Res<Viewer>,
    leaf: Res<Leaf>,
    look: Res<Look>,
    words: Res<Words>,
    mut markers: Query<(&Marker, &mut UiTransform, &mut Visibility), Without<Crowd>>,
    mut stacks: Query<(&Crowd, &mut UiTransform, &mut Visibility, &mut Touchable, &Children), Without<Marker>>,
    mut texts: Query<&mut Text>,
) {
    let Some(shown) = &viewer.shown else { return };
    let crowds = crowds(shown, &viewer, &leaf, &look);
    let crowded: Vec<&Vec<usize>> = crowds.iter().filter(|crowd| crowd.len() > 1).collect();
    let bottom = f64::from(look.size.y - look.floor());
    let put = |at: DVec2, side: f32, (transform, visibility): (&mut Mut<UiTransform>, &mut Mut<Visibility>)| {
        let inside = at.x > 0.0 && at.x < f64::from(look.size.x) && at.y > 0.0 && at.y < bottom;
        visibility.set_if_neq(if inside { Visibility::Inherited } else { Visibility::Hidden });
        let translation = Val2::px(at.x as f32 - side / 2.0, at.y as f32 - side / 2.0);
        if transform.translation != translation {
            transform.translation = translation;
        }
    };
    for (marker, mut transform, mut visibility) in &mut markers {
        let at = viewer.view.screen_from_picture(spot_in_picture(shown, marker.index));
        if crowded.iter().any(|crowd| crowd.contains(&marker.index)) {
            visibility.set_if_neq(Visibility::Hidden);
        } else {
            put(at, marker.side, (&mut transform, &mut visibility));
        }
    }
    for (stack, mut transform, mut visibility, mut touchable, children) in &mut stacks {
        let Some(members) = crowded.get(stack.slot) else {
            visibility.set_if_neq(Visibility::Hidden);
            continue;
        };
        let sum: DVec2 = members.iter().map(|i| viewer.view.screen_from_picture(spot_in_picture(shown, *i))).sum();
        put(sum / members.len() as f64, stack.side, (&mut transform, &mut visibility));
        let ask = Some(Ask::SpreadPoints((*members).clone()));
        if touchable.ask != ask {
            let numbers: Vec<String> = members.iter().map(|i| (i + 1).to_string()).collect();
            let label = words.say_with("points", &[("numbers", numbers.join(", "))]);
            *touchable = Touchable { label, ask };
            if let Some(Ok(mut text)) = children.first().map(|child| texts.get_mut(*child)) {
                text.0 = numbers.join("·");
            }
        }
    }
}
