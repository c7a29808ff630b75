//! Tiles on the screen: a fixed pool of textures, filled with what the view wants, above a coarse picture that is
//! always there, so that nothing is ever blank.

use super::Viewer;
use crate::kiosk::exhibit::{Pictures, Sharp, State, image_of};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::Motion;
use crate::kiosk::theme::{Look, tokens};
use crate::pack::tiles::container::Container;
use crate::pack::tiles::pyramid::{Pyramid, TileId};
use bevy::math::DVec2;
use bevy::platform::collections::HashSet;
use bevy::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Textures of the pool: two screens' worth of tiles at 3840×2160 would be more than any view wants.
const POOL: usize = 96;

#[derive(Resource, Default)]
struct Pool {
    slots: Vec<Slot>,
    overview: Option<Entity>,
    picture: Option<PathBuf>,
    container: Option<Arc<Container>>,
    /// Tiles of the present view that are not here yet, as the workers were told.
    wanted: Vec<TileId>,
    frame: u64,
}

struct Slot {
    entity: Entity,
    image: Handle<Image>,
    tile: Option<TileId>,
    used: u64,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pool>().add_systems(
        Update,
        (change_picture, receive_tiles, want_tiles, place_tiles).chain().in_set(KioskSystems::Present),
    );
}

fn change_picture(mut commands: Commands, viewer: Res<Viewer>, mut pictures: ResMut<Pictures>, mut pool: ResMut<Pool>) {
    let path = viewer.shown.as_ref().map(|s| s.picture.path.clone());
    if path != pool.picture {
        pool.picture.clone_from(&path);
        pool.container = None;
        pool.wanted.clear();
        for slot in &mut pool.slots {
            slot.tile = None;
        }
        if let Some(overview) = pool.overview.take() {
            commands.entity(overview).despawn();
        }
        if let Some(shown) = &viewer.shown {
            pictures.hurry(&shown.picture.path);
            let (_, image) = pictures.preview(&shown.picture);
            pool.overview = Some(commands.spawn((Sprite { image, ..default() }, Visibility::Hidden)).id());
        }
    }
    if pool.container.is_none()
        && let Some(State::Ready(container)) = path.map(|p| pictures.state(&p))
    {
        pool.container = Some(container);
    }
}

fn receive_tiles(
    mut commands: Commands,
    mut pictures: ResMut<Pictures>,
    mut pool: ResMut<Pool>,
    mut images: ResMut<Assets<Image>>,
    mut motion: ResMut<Motion>,
) {
    if !pictures.has_tiles() {
        return;
    }
    motion.keep();
    for (path, tile, pixels) in pictures.take_tiles() {
        if pool.picture.as_ref() != Some(&path) || pool.slots.iter().any(|s| s.tile == Some(tile)) {
            continue;
        }
        let frame = pool.frame;
        let slot = free_slot(&mut commands, &mut pool, &images);
        // The same handle with the same size: the texture on the GPU is used again.
        if let Err(error) = images.insert(&slot.image, image_of(pixels)) {
            error!("a tile cannot be kept: {error}");
        }
        (slot.tile, slot.used) = (Some(tile), frame);
    }
}

/// A slot that is empty, or else the one that was not needed for the longest time.
fn free_slot<'p>(commands: &mut Commands, pool: &'p mut Pool, images: &Assets<Image>) -> &'p mut Slot {
    if pool.slots.len() < POOL && pool.slots.iter().all(|s| s.tile.is_some()) {
        let image = images.reserve_handle();
        let entity = commands.spawn((Sprite { image: image.clone(), ..default() }, Visibility::Hidden)).id();
        pool.slots.push(Slot { entity, image, tile: None, used: 0 });
    }
    let oldest =
        (0..pool.slots.len()).min_by_key(|i| pool.slots[*i].tile.map_or(0, |_| pool.slots[*i].used + 1)).unwrap_or(0);
    &mut pool.slots[oldest]
}

fn want_tiles(
    viewer: Res<Viewer>,
    look: Res<Look>,
    pictures: Res<Pictures>,
    mut pool: ResMut<Pool>,
    mut sharp: ResMut<Sharp>,
) {
    pool.frame += 1;
    let Some(shown) = &viewer.shown else {
        sharp.0 = true;
        return;
    };
    let Some(container) = pool.container.clone() else {
        sharp.0 = matches!(pictures.state(&shown.picture.path), State::Broken);
        return;
    };
    let pyramid = container.pyramid;
    let level = pyramid.level_for(viewer.view.scale());
    let tiles = pyramid.tiles_in(level, viewer.view.seen(look.size));
    let here: HashSet<TileId> = pool.slots.iter().filter_map(|s| s.tile).collect();
    let missing: Vec<TileId> = tiles.iter().filter(|t| !here.contains(*t)).take(POOL).copied().collect();
    sharp.0 = missing.is_empty() && pictures.previews_are_shown(&shown.picture);
    let frame = pool.frame;
    let needed: HashSet<TileId> = tiles.into_iter().collect();
    for slot in pool.slots.iter_mut().filter(|s| s.tile.is_some_and(|t| needed.contains(&t))) {
        slot.used = frame;
    }
    if missing != pool.wanted {
        pictures.want_tiles(&shown.picture.path, &container, &missing);
        pool.wanted = missing;
    }
}

fn place_tiles(
    viewer: Res<Viewer>,
    look: Res<Look>,
    pool: Res<Pool>,
    sharp: Res<Sharp>,
    mut sprites: Query<(&mut Sprite, &mut Transform, &mut Visibility)>,
) {
    let shown = viewer.shown.as_ref();
    let pyramid = shown.map(|s| Pyramid { width: s.picture.size.0, height: s.picture.size.1 });
    if let (Some(overview), Some(shown)) = (pool.overview, shown)
        && let Ok((mut sprite, mut transform, mut visibility)) = sprites.get_mut(overview)
    {
        let size = DVec2::new(f64::from(shown.picture.size.0), f64::from(shown.picture.size.1));
        place(&viewer, &look, DVec2::ZERO, size, 0.0, &mut sprite, &mut transform);
        // Once every tile of the view is here, the coarse picture beneath would only cost time.
        let covered = sharp.0 && pyramid.is_some_and(|p| p.level_for(viewer.view.scale()) < p.levels());
        visibility.set_if_neq(if covered { Visibility::Hidden } else { Visibility::Visible });
    }
    let level = pyramid.map_or(0, |p| p.level_for(viewer.view.scale()));
    for slot in &pool.slots {
        let Ok((mut sprite, mut transform, mut visibility)) = sprites.get_mut(slot.entity) else { continue };
        // Finer tiles than wanted would only cost time; coarser ones fill in until the wanted are here.
        let drawn = slot.tile.filter(|t| pyramid.is_some() && (t.level == level || t.level > level && !sharp.0));
        let Some((tile, pyramid)) = drawn.zip(pyramid) else {
            visibility.set_if_neq(Visibility::Hidden);
            continue;
        };
        if !viewer.view.sees(look.size, pyramid.rect_in_picture(tile)) {
            visibility.set_if_neq(Visibility::Hidden);
            continue;
        }
        let (left, top, width, height) = pyramid.tile_rect(tile);
        let side = 2f64.powi(tile.level.into());
        let corner = DVec2::new(f64::from(left), f64::from(top)) * side;
        let extent = DVec2::new(f64::from(width), f64::from(height));
        sprite.rect = Some(Rect::new(0.0, 0.0, width as f32, height as f32));
        place(&viewer, &look, corner, extent * side, f32::from(32 - tile.level), &mut sprite, &mut transform);
        visibility.set_if_neq(Visibility::Visible);
    }
}

/// Puts a sprite over a rectangle of the picture. Neighbours share their edges to the pixel.
fn place(
    viewer: &Viewer,
    look: &Look,
    corner: DVec2,
    size: DVec2,
    z: f32,
    sprite: &mut Sprite,
    transform: &mut Transform,
) {
    let from = viewer.view.screen_from_picture(corner);
    let to = viewer.view.screen_from_picture(corner + size);
    let middle = (from + to) / 2.0 - look.size.as_dvec2() / 2.0;
    sprite.custom_size = Some((to - from).as_vec2());
    sprite.color = tokens::UNTINTED;
    transform.translation = Vec3::new(middle.x as f32, -middle.y as f32, z);
}
