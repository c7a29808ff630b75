//! Names on today's sea: written once, measured, and put where they lie on nothing else.

use super::chart::Today;
use super::places::places_of;
use super::plane::sea_view;
use super::{Overlay, Walk};
use crate::base::ids::Id;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, Compare, KioskSystems};
use crate::kiosk::theme::{Brush, Face, Look, Step, tokens};
use crate::kiosk::touch::Blocker;
use crate::sea::labels::{Label, LabelRequest, Language, Style, place};
use crate::sea::{Rect as Area, Sea};
use bevy::prelude::*;
use bevy::text::LetterSpacing;
use bevy::ui::{ComputedNode, UiGlobalTransform};
use std::collections::HashMap;

/// One name that may be written.
#[derive(Component)]
struct Name {
    text: String,
    style: Style,
}

#[derive(Component)]
struct Names;

/// Where names stood in the frame before.
#[derive(Resource, Default)]
struct Written(Vec<Label>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Written>()
        .add_systems(Update, build.in_set(KioskSystems::Build))
        .add_systems(Update, put.in_set(KioskSystems::Present));
}

fn language(words: &Words) -> Language {
    if words.language().0 == "vi" { Language::Vietnamese } else { Language::English }
}

/// Every name the sea may ask for, hidden until it has its place.
fn build(
    mut commands: Commands,
    overlay: Res<Overlay>,
    today: Res<Today>,
    look: Res<Look>,
    words: Res<Words>,
    brush: Brush,
    old: Query<Entity, With<Names>>,
    mut built: Local<bool>,
) {
    let wanted = overlay.compare == Compare::OverSea && today.0.is_some();
    if wanted == *built && !look.is_changed() && !words.is_changed() && !brush.open.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    *built = wanted;
    let (true, Some(today)) = (wanted, &today.0) else { return };
    let places = brush.open.exhibit().map(|e| places_of(e)).unwrap_or_default();
    let whole = Node { position_type: PositionType::Absolute, ..default() };
    commands.spawn((Names, whole, ZIndex(-1))).with_children(|ui| {
        for (text, style) in all_names(&today.sea, language(&words)) {
            let (step, face, colour) = match style {
                Style::Archipelago => (Step::CardTitle, Face::SerifSemiBold, tokens::INK_900),
                Style::Sea => (Step::CardTitle, Face::SerifItalic, tokens::DAY_QUIET),
                Style::Country => (Step::Label, Face::SansSemiBold, tokens::INK_700),
                Style::Islet | Style::Town => (Step::Smallest, Face::SansMedium, tokens::INK_900),
            };
            // A name on a map stands on a label of its own, but for those written across water and land.
            let wide = matches!(style, Style::Sea | Style::Country);
            let ground = if wide { tokens::CLEAR } else { tokens::DAY_LABEL };
            let node = Node {
                position_type: PositionType::Absolute,
                left: px(0),
                top: px(0),
                padding: UiRect::axes(brush.px(if wide { 0.0 } else { 10.0 }), brush.px(if wide { 0.0 } else { 3.0 })),
                border_radius: BorderRadius::all(brush.px(8.0)),
                ..default()
            };
            let letters = LetterSpacing::Px(if wide { brush.look.space(8.0) } else { 0.0 });
            let name = Name { text: text.clone(), style };
            let mut label = ui.spawn((name, node, BackgroundColor(ground), Visibility::Hidden, UiTransform::default()));
            if let Some(place) = places.iter().find(|id| is_called(&today.sea, id, &text)) {
                label.insert(brush.touchable(&text, Ask::Compare(Compare::SamePlace(place.clone()))));
            }
            label.with_children(|ui| {
                ui.spawn(brush.text_tight(step, face, colour, text))
                    .insert((bevy::text::TextLayout::no_wrap(), letters));
            });
        }
    });
}

/// Whether a written name is that of a place.
fn is_called(sea: &Sea, place: &Id, text: &str) -> bool {
    sea.place(place.as_str()).is_some_and(|p| p.name.vi == text)
        || sea.archipelagos().iter().any(|a| a.id == place.as_str() && a.vi == text)
}

fn all_names(sea: &Sea, language: Language) -> Vec<(String, Style)> {
    // A request that measures nothing tells every text it would write.
    let names = std::cell::RefCell::new(Vec::new());
    for (centre, metres_per_pixel) in [([0.0, 0.0], 40_000.0), ([112.0, 13.0], 1_200.0), ([112.0, 13.0], 400.0)] {
        let request = LabelRequest {
            sea,
            view: crate::sea::View { centre, metres_per_pixel, size: [8_000.0, 8_000.0] },
            forbidden: &[],
            previous: &[],
            language,
            day: None,
            measure: &|text, style| {
                let name = (text.to_owned(), style);
                let mut names = names.borrow_mut();
                if !names.contains(&name) {
                    names.push(name);
                }
                [1.0, 1.0]
            },
        };
        place(&request);
    }
    names.into_inner()
}

fn put(
    overlay: Res<Overlay>,
    walk: Res<Walk>,
    look: Res<Look>,
    today: Res<Today>,
    words: Res<Words>,
    mut written: ResMut<Written>,
    cards: Query<(&ComputedNode, &UiGlobalTransform), With<Blocker>>,
    mut names: Query<(&Name, &ComputedNode, &mut UiTransform, &mut Visibility)>,
) {
    let (Some(today), true) = (&today.0, overlay.compare == Compare::OverSea) else {
        if !written.0.is_empty() {
            written.0.clear();
        }
        return;
    };
    let sizes: HashMap<(String, Style), [f64; 2]> = names
        .iter()
        .map(|(name, node, ..)| ((name.text.clone(), name.style), node.size.to_array().map(f64::from)))
        .collect();
    let forbidden: Vec<Area> = cards
        .iter()
        .filter(|(node, _)| node.size.x < look.size.x || node.size.y < look.size.y)
        .map(|(node, at)| Area::around(at.translation.to_array().map(f64::from), node.size.to_array().map(f64::from)))
        .collect();
    let labels = place(&LabelRequest {
        sea: &today.sea,
        view: sea_view(&walk.0, look.size),
        forbidden: &forbidden,
        previous: &written.0,
        language: language(&words),
        day: None,
        // What is not laid out yet takes its place in the next frame.
        measure: &|text, style| sizes.get(&(text.to_owned(), style)).copied().unwrap_or([0.0, 0.0]),
    });
    for (name, node, mut transform, mut visibility) in &mut names {
        let label = labels.iter().find(|l| l.text == name.text && l.style == name.style).filter(|_| node.size.x > 0.0);
        visibility.set_if_neq(if label.is_some() { Visibility::Inherited } else { Visibility::Hidden });
        if let Some(label) = label {
            let translation = Val2::px(label.at[0].round() as f32, label.at[1].round() as f32);
            if transform.translation != translation {
                transform.translation = translation;
            }
        }
    }
    written.0 = labels;
}
