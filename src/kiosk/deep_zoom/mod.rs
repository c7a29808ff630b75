//! Large pictures to walk about in: maps, artefacts and enlarged pages, with their points of interest and the card
//! that tells of them.

mod announce;
mod card;
mod crowd;
mod input;
mod markers;
mod scene;
mod streaming;

use crate::base::ids::Id;
use crate::kiosk::canvas::View;
use crate::kiosk::exhibit::Open;
use crate::kiosk::screens::{Card, Compare, KioskSystems, Leaf, Route};
use crate::kiosk::session::Diary;
use crate::kiosk::theme::Look;
use crate::pack::model::{Frame, Hotspot, Item, Kind, Picture};
use crate::visits::Event;
use bevy::prelude::*;
use std::collections::BTreeSet;

/// The picture before the visitor and how it is looked at.
#[derive(Resource, Default)]
struct Viewer {
    shown: Option<Shown>,
    view: View,
    /// Hotspots already read on this visit to the item.
    seen: BTreeSet<usize>,
    /// Deepest zoom, screen pixels per picture pixel.
    deepest: f64,
}

#[derive(Clone)]
struct Shown {
    item: Id,
    picture: Picture,
    frame: Option<Frame>,
    spots: Vec<Hotspot>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Viewer>()
        .add_plugins((announce::plugin, input::plugin, streaming::plugin, scene::plugin, markers::plugin))
        .add_systems(
            Update,
            (choose_picture, fit_to_room).chain().in_set(KioskSystems::Logic).before(input::ViewSystems),
        );
}

/// What an item shows large, if anything.
fn picture_of<'i>(item: &'i Item, leaf: &Leaf) -> Option<(&'i Picture, Option<Frame>, &'i [Hotspot])> {
    match &item.kind {
        Kind::Map { picture, frame, hotspots, .. } => Some((picture, *frame, hotspots)),
        Kind::Artefact { views, notes } => {
            let notes: &[Hotspot] = if leaf.page == 0 { notes } else { &[] };
            views.get(leaf.page).map(|picture| (picture, None, notes))
        }
        Kind::Document { pages } if leaf.enlarged => pages.get(leaf.page).map(|p| (&p.picture, None, [].as_slice())),
        Kind::Document { .. } => None,
    }
}

fn choose_picture(
    route: Res<Route>,
    leaf: Res<Leaf>,
    open: Res<Open>,
    mut viewer: ResMut<Viewer>,
    mut diary: ResMut<Diary>,
) {
    if !route.is_changed() && !leaf.is_changed() && !open.is_changed() {
        return;
    }
    // A map that is compared with others is shown by whoever compares.
    let item = route.item().filter(|_| leaf.compare == Compare::Alone).and_then(|id| open.exhibit()?.items.get(id));
    let next = item.and_then(|item| {
        let (picture, frame, spots) = picture_of(item, &leaf)?;
        Some(Shown { item: item.id.clone(), picture: picture.clone(), frame, spots: spots.to_vec() })
    });
    let same = match (&viewer.shown, &next) {
        (Some(a), Some(b)) => a.item == b.item && a.picture.path == b.picture.path && a.picture.size == b.picture.size,
        (None, None) => true,
        _ => false,
    };
    if !same {
        note_zoom(&viewer, &mut diary);
        *viewer = Viewer { shown: next, ..Viewer::default() };
    } else if open.is_changed() && next.is_some() {
        // The same picture, and what is told of it anew: the view stays where it is. Its surface goes, and with it the
        // finger that may hold it.
        viewer.shown = next;
        viewer.view.let_go();
    }
    if let Card::Hotspot(index) = leaf.card
        && !viewer.seen.contains(&index)
    {
        viewer.seen.insert(index);
    }
}

/// The deepest zoom is told when the picture is left.
fn note_zoom(viewer: &Viewer, diary: &mut ResMut<Diary>) {
    if let Some(shown) = &viewer.shown
        && viewer.deepest > 0.0
    {
        diary.note(Event::ZoomReached { item: shown.item.clone(), percent: (viewer.deepest * 100.0).round() as u64 });
    }
}

/// The part of the window that no card covers, in pixels: where the picture is fitted.
fn free_room(look: &Look, card: Card) -> Rect {
    let bottom = look.size.y - look.floor();
    let open = card != Card::Closed;
    if look.is_portrait() {
        let bottom = if open { bottom - card::height(look) } else { bottom };
        return Rect::new(0.0, 0.0, look.size.x, bottom);
    }
    let right = if open { look.size.x - look.card_width() - look.space(40.0) } else { look.size.x };
    Rect::new(0.0, 0.0, right, bottom)
}

/// The room of a picture of this size. An enlarged page has no card; a picture narrower than its room stands beside its
/// name and small map instead of under them.
fn room(look: &Look, leaf: &Leaf, (width, height): (u32, u32)) -> Rect {
    let mut room = free_room(look, if leaf.enlarged { Card::Closed } else { leaf.card });
    let beside = look.by_class(300.0, 210.0, 0.0);
    let fitted = width as f32 * (room.height() / height.max(1) as f32);
    room.min.x += beside.min(room.width() - fitted).max(0.0);
    room
}

fn fit_to_room(look: Res<Look>, leaf: Res<Leaf>, mut viewer: ResMut<Viewer>) {
    let Some(picture) = viewer.shown.as_ref().map(|s| s.picture.size) else { return };
    if viewer.is_changed() || look.is_changed() || leaf.is_changed() {
        let viewer = viewer.bypass_change_detection();
        viewer.view.set_room(picture, room(&look, &leaf, picture));
        if let (true, Card::Hotspot(index)) = (leaf.is_changed(), leaf.card)
            && let Some(spot) = viewer.shown.as_ref().and_then(|s| s.spots.get(index))
        {
            let (x, y) = spot.region.centre();
            viewer.view.go_to_point(x, y);
        }
    }
}
