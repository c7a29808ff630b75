//! Old maps compared: laid over today's sea with the overlay's own error in words, beside one another, and every map of
//! a place in order of year.

mod chart;
mod error_card;
mod input;
mod labels;
mod places;
mod plane;
mod scene;

use crate::base::ids::Id;
use crate::kiosk::canvas::View;
use crate::kiosk::exhibit::Open;
use crate::kiosk::screens::{Ask, Compare, KioskSystems, Leaf, Route};
use crate::kiosk::session::Diary;
use crate::kiosk::theme::Look;
use crate::pack::Exhibit;
use crate::pack::model::{Georeference, Item, Kind, Picture, PrintedName};
use crate::visits::Event;
use bevy::prelude::*;
use std::sync::Arc;

/// What is compared and how it is looked at.
#[derive(Resource, Clone, Default)]
struct Overlay {
    compare: Compare,
    sheet: Option<OldMap>,
    /// The map beside it.
    other: Option<OldMap>,
    /// Share of the old map that is seen, 0 to 1.
    opacity: f32,
    /// Where the curtain hangs, as a share of the window; without it the map is transparent as a whole.
    curtain: Option<f32>,
    points: bool,
    explains: bool,
}

/// The view changes every frame; kept apart so that what is built on the rest stays.
#[derive(Resource, Default)]
struct Walk(View);

#[derive(Clone)]
struct OldMap {
    item: Id,
    picture: Picture,
    georeference: Arc<Georeference>,
}

/// How much of the old map is seen at first.
const FIRST_OPACITY: f32 = 0.66;
const FIRST_CURTAIN: f32 = 0.5;

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(Overlay::default())
        .init_resource::<Walk>()
        .add_plugins((input::plugin, chart::plugin, labels::plugin, scene::plugin, error_card::plugin, places::plugin))
        .add_systems(Update, (choose, follow_asks, fit).chain().in_set(KioskSystems::Logic));
}

/// A map that is tied to the earth.
fn old_map(item: &Item) -> Option<OldMap> {
    let Kind::Map { picture, georeference: Some(georeference), .. } = &item.kind else { return None };
    Some(OldMap { item: item.id.clone(), picture: picture.clone(), georeference: Arc::new(georeference.clone()) })
}

/// All maps of the exhibit tied to the earth, oldest first.
fn old_maps(exhibit: &Exhibit) -> Vec<&Item> {
    let mut items: Vec<&Item> =
        exhibit.halls.iter().flat_map(|h| &h.items).filter_map(|id| exhibit.items.get(id)).collect();
    items.retain(|item| old_map(item).is_some());
    items.sort_by_key(|item| item.date.when.sort_year());
    items
}

/// Where a place lies on a map, and the name printed there.
fn printed_name<'i>(item: &'i Item, place: &Id) -> Option<&'i PrintedName> {
    match &item.kind {
        Kind::Map { printed_names, .. } => printed_names.iter().find(|name| name.place == *place),
        _ => None,
    }
}

fn choose(route: Res<Route>, leaf: Res<Leaf>, open: Res<Open>, mut overlay: ResMut<Overlay>, mut diary: ResMut<Diary>) {
    if !route.is_changed() && !leaf.is_changed() && !open.is_changed() {
        return;
    }
    let item = route.item().and_then(|id| open.exhibit()?.items.get(id));
    let compare = item.map_or(Compare::Alone, |_| leaf.compare.clone());
    let same = overlay.compare == compare && overlay.sheet.as_ref().map(|s| &s.item) == item.map(|i| &i.id);
    if same && !open.is_changed() {
        return;
    }
    let other = match &compare {
        Compare::Beside(id) => open.exhibit().and_then(|e| e.items.get(id)).and_then(old_map),
        _ => None,
    };
    if same {
        // The same maps, saved anew: they are looked at as before.
        (overlay.sheet, overlay.other) = (item.and_then(old_map), other);
        return;
    }
    if let (Some(item), true) = (item, compare != Compare::Alone) {
        diary.note(Event::MapCompared { item: item.id.clone(), how: compare.word() });
    }
    *overlay = Overlay {
        compare,
        sheet: item.and_then(old_map),
        other,
        opacity: FIRST_OPACITY,
        curtain: None,
        points: true,
        explains: false,
    };
}

fn follow_asks(mut asks: MessageReader<Ask>, mut overlay: ResMut<Overlay>) {
    for ask in asks.read() {
        match ask {
            Ask::Opacity(percent) => overlay.opacity = f32::from(*percent).min(100.0) / 100.0,
            Ask::Curtain(true) => overlay.curtain = Some(FIRST_CURTAIN),
            Ask::Curtain(false) => overlay.curtain = None,
            Ask::MoveCurtain(percent) => {
                overlay.curtain = overlay.curtain.map(|at| input::hung_at(at + f32::from(*percent) / 100.0));
            }
            Ask::ControlPoints(shown) => overlay.points = *shown,
            Ask::ExplainError(explains) => overlay.explains = *explains,
            _ => {}
        }
    }
}

/// The part of the window for the (first) map.
fn room(overlay: &Overlay, look: &Look) -> Rect {
    let whole = Vec2::new(look.size.x, look.size.y - look.floor());
    let share = if overlay.other.is_some() { Vec2::ONE - beside_by(look) / 2.0 } else { Vec2::ONE };
    Rect::from_corners(Vec2::ZERO, (whole * share).round())
}

/// In which direction the second of two maps lies: below on a high screen.
fn beside_by(look: &Look) -> Vec2 {
    if look.is_portrait() { Vec2::Y } else { Vec2::X }
}

/// What the visitor first sees, and sees again when asking for the whole: everything the maps cover.
fn whole(overlay: &Overlay) -> Option<[f64; 4]> {
    let maps = overlay.sheet.iter().chain(&overlay.other);
    maps.map(|map| plane::extent(&map.georeference, map.picture.size))
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

fn fit(look: Res<Look>, overlay: Res<Overlay>, mut walk: ResMut<Walk>, mut before: Local<(Compare, Option<Id>)>) {
    if !overlay.is_changed() && !look.is_changed() {
        return;
    }
    let now = (overlay.compare.clone(), overlay.sheet.as_ref().map(|s| s.item.clone()));
    walk.0.set_room((plane::SIDE, plane::SIDE), room(&overlay, &look));
    if *before != now
        && let Some(whole) = whole(&overlay)
    {
        walk.0.show(whole);
    }
    *before = now;
}
