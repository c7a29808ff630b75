//! Where a picture lies on the screen, which of its tiles that takes, and the triangles that show them. Pure.
//!
//! Every spot of the screen is covered exactly once: by the wanted tile where it is here, else by the part of the
//! nearest coarser tile that is. So nothing is drawn that is then drawn over, and nothing is ever blank once the
//! coarsest tiles are here.

use super::pool::{PictureId, TileKey, TilePool};
use crate::pack::tiles::pyramid::{Pyramid, TILE, TileId};
use bevy::math::{DVec2, Rect, Vec2};

/// Milliseconds in which a sharper tile comes up over the coarser one.
const FADE_MILLIS: u64 = 160;

/// From pixels of a picture to pixels of the screen.
pub trait Placement {
    fn screen_from_picture(&self, point: DVec2) -> DVec2;

    /// Cells along each side of a tile's mesh: 1 where straight lines stay straight.
    fn cells(&self) -> u32;

    /// Share of grey at a point of the picture, 0 to 1.
    fn wash(&self, _point: DVec2) -> f32 {
        0.0
    }
}

/// A picture that is only moved and scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flat {
    /// Where the picture's top left lies on the screen.
    pub corner: DVec2,
    /// Screen pixels per picture pixel.
    pub scale: f64,
}

impl Placement for Flat {
    fn screen_from_picture(&self, point: DVec2) -> DVec2 {
        self.corner + point * self.scale
    }

    fn cells(&self) -> u32 {
        1
    }
}

/// A tile, or a part of a coarser one, to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patch {
    pub layer: u32,
    /// The tile whose texture is shown.
    pub texture: TileId,
    /// The tile whose place is covered.
    pub place: TileId,
    /// Below 1 while it comes up over another.
    pub opacity: f32,
}

/// What one picture needs in one frame.
#[derive(Debug, Default)]
pub struct Plan {
    pub patches: Vec<Patch>,
    /// Not here yet, most wanted first.
    pub missing: Vec<TileId>,
    /// Some patch is still coming up.
    pub fading: bool,
    /// Every wanted tile is here.
    pub sharp: bool,
}

/// The tiles of the wanted level that are seen, by descending from the coarsest: whatever a coarse tile's place does
/// not touch, its children do not either.
pub fn seen_tiles(pyramid: Pyramid, level: u8, placement: &dyn Placement, window: Rect) -> Vec<TileId> {
    let top = pyramid.levels();
    let (columns, rows) = pyramid.grid(top);
    let mut tiles: Vec<TileId> =
        (0..rows).flat_map(|row| (0..columns).map(move |column| TileId { level: top, column, row })).collect();
    tiles.retain(|tile| is_seen(pyramid, *tile, placement, window));
    for finer in (level..top).rev() {
        tiles = tiles.iter().flat_map(|tile| children(pyramid, *tile, finer)).collect();
        tiles.retain(|tile| is_seen(pyramid, *tile, placement, window));
    }
    tiles
}

fn children(pyramid: Pyramid, parent: TileId, level: u8) -> impl Iterator<Item = TileId> {
    let (columns, rows) = pyramid.grid(level);
    [(0, 0), (1, 0), (0, 1), (1, 1)]
        .into_iter()
        .map(move |(x, y)| TileId { level, column: parent.column * 2 + x, row: parent.row * 2 + y })
        .filter(move |tile| tile.column < columns && tile.row < rows)
}

/// The point of a rectangle (left, top, right, bottom) at these shares of its width and height.
fn between([left, top, right, bottom]: [f64; 4], share: DVec2) -> DVec2 {
    DVec2::new(left + (right - left) * share.x, top + (bottom - top) * share.y)
}

fn is_seen(pyramid: Pyramid, tile: TileId, placement: &dyn Placement, window: Rect) -> bool {
    let [left, top, right, bottom] = pyramid.rect_in_picture(tile);
    // A bent tile is looked at in more places, and given a margin for its bulges.
    let steps = if placement.cells() == 1 { 1 } else { 4 };
    let mut bounds: Option<(DVec2, DVec2)> = None;
    for (x, y) in (0..=steps).flat_map(|y| (0..=steps).map(move |x| (x, y))) {
        let share = DVec2::new(f64::from(x), f64::from(y)) / f64::from(steps);
        let at = placement.screen_from_picture(between([left, top, right, bottom], share));
        bounds = Some(bounds.map_or((at, at), |(low, high)| (low.min(at), high.max(at))));
    }
    let Some((low, high)) = bounds else { return false };
    let margin = if steps == 1 { DVec2::ZERO } else { (high - low) * 0.1 };
    let (low, high) = (low - margin, high + margin);
    low.x < f64::from(window.max.x)
        && high.x > f64::from(window.min.x)
        && low.y < f64::from(window.max.y)
        && high.y > f64::from(window.min.y)
}

/// Screen pixels per picture pixel about a point of the picture.
pub fn scale_at(placement: &dyn Placement, point: DVec2, step: f64) -> f64 {
    let at = placement.screen_from_picture(point);
    let across = placement.screen_from_picture(point + DVec2::new(step, 0.0)) - at;
    let down = placement.screen_from_picture(point + DVec2::new(0.0, step)) - at;
    (across.perp_dot(down).abs()).sqrt() / step
}

/// What to draw and what to fetch. `focus` is the screen point that matters most; `now_millis` runs the fades.
pub fn plan(
    pool: &mut TilePool,
    picture: PictureId,
    (pyramid, level): (Pyramid, u8),
    placement: &dyn Placement,
    (window, focus): (Rect, Vec2),
    (now_millis, fades): (u64, bool),
) -> Plan {
    let mut wanted = seen_tiles(pyramid, level, placement, window);
    let distance = |tile: &TileId| {
        let [left, top, right, bottom] = pyramid.rect_in_picture(*tile);
        let middle = DVec2::new(left + right, top + bottom) / 2.0;
        (placement.screen_from_picture(middle) - focus.as_dvec2()).length_squared()
    };
    wanted.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    let mut plan = Plan { sharp: true, ..Plan::default() };
    let fallback = coarsest(pool, picture, pyramid, &mut plan);
    for tile in wanted {
        let key = |tile| TileKey { picture, tile };
        let here = pool.take(key(tile));
        let age = here.map_or(0, |(_, arrived)| now_millis.saturating_sub(arrived));
        let opacity = if fades { age as f32 / FADE_MILLIS as f32 } else { 1.0 };
        if here.is_none() || opacity < 1.0 {
            let coarser = ancestors(pyramid, tile).find_map(|a| pool.take(key(a)).map(|(layer, _)| (a, layer)));
            // Nothing coarser is here: the sharp tile need not come up over emptiness.
            let opacity = if coarser.is_some() { opacity.max(0.02) } else { 1.0 };
            if let Some((texture, layer)) = coarser {
                plan.patches.push(Patch { layer, texture, place: tile, opacity: 1.0 });
            }
            if let Some((layer, _)) = here {
                plan.fading |= opacity < 1.0;
                plan.sharp &= opacity >= 1.0;
                plan.patches.push(Patch { layer, texture: tile, place: tile, opacity });
            } else {
                plan.sharp = false;
                if tile.level < pyramid.levels() {
                    plan.missing.push(tile);
                }
            }
        } else if let Some((layer, _)) = here {
            plan.patches.push(Patch { layer, texture: tile, place: tile, opacity: 1.0 });
        }
    }
    // The coarsest tiles come before everything else.
    plan.missing.splice(0..0, fallback);
    plan
}

/// Keeps the coarsest tiles in the pool; those that are not here are told once for the whole overview.
fn coarsest(pool: &mut TilePool, picture: PictureId, pyramid: Pyramid, plan: &mut Plan) -> Option<TileId> {
    let level = pyramid.levels();
    let (columns, rows) = pyramid.grid(level);
    let mut absent = None;
    for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
        let tile = TileId { level, column, row };
        if pool.take(TileKey { picture, tile }).is_none() {
            absent = Some(TileId { level, column: 0, row: 0 });
            plan.sharp = false;
        }
    }
    absent
}

fn ancestors(pyramid: Pyramid, tile: TileId) -> impl Iterator<Item = TileId> {
    (tile.level + 1..=pyramid.levels()).map(move |level| {
        let up = level - tile.level;
        TileId { level, column: tile.column >> up, row: tile.row >> up }
    })
}

/// Floats of one vertex: clip position, texture position, layer, opacity, wash.
pub const TILE_VERTEX_FLOATS: usize = 7;

/// Adds the triangles of a patch.
pub fn add_triangles(
    out: &mut Vec<f32>,
    pyramid: Pyramid,
    patch: &Patch,
    placement: &dyn Placement,
    (window, opacity): (Vec2, f32),
) {
    let cells = placement.cells();
    let [left, top, right, bottom] = pyramid.rect_in_picture(patch.place);
    let side = 2f64.powi(patch.texture.level.into());
    let texture_corner =
        DVec2::new(f64::from(patch.texture.column), f64::from(patch.texture.row)) * f64::from(pyramid.tile);
    let corner = |x: u32, y: u32| {
        let share = DVec2::new(f64::from(x), f64::from(y)) / f64::from(cells);
        let point = between([left, top, right, bottom], share);
        let at = placement.screen_from_picture(point);
        let clip = DVec2::new(at.x / f64::from(window.x) * 2.0 - 1.0, 1.0 - at.y / f64::from(window.y) * 2.0);
        // A tile made elsewhere may fill a part of its layer only.
        let uv = (point / side - texture_corner) / f64::from(TILE);
        let wash = if cells == 1 { 0.0 } else { placement.wash(point) };
        [clip.x as f32, clip.y as f32, uv.x as f32, uv.y as f32, patch.layer as f32, patch.opacity * opacity, wash]
    };
    for (x, y) in (0..cells).flat_map(|y| (0..cells).map(move |x| (x, y))) {
        let [a, b, c, d] = [corner(x, y), corner(x + 1, y), corner(x, y + 1), corner(x + 1, y + 1)];
        for vertex in [a, c, b, b, c, d] {
            out.extend(vertex);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const CHART: Pyramid = Pyramid::new(16_000, 12_600);
    const WINDOW: Rect = Rect { min: Vec2::ZERO, max: Vec2::new(1920.0, 960.0) };
    const FOCUS: Vec2 = Vec2::new(960.0, 480.0);

    fn pool_with(tiles: &[TileId]) -> TilePool {
        let mut pool = TilePool::new(64);
        pool.begin_frame();
        for tile in tiles {
            pool.place(TileKey { picture: PictureId(0), tile: *tile }, 0);
        }
        pool.begin_frame();
        pool
    }

    fn coarsest_tiles() -> Vec<TileId> {
        let level = CHART.levels();
        let (columns, rows) = CHART.grid(level);
        (0..rows).flat_map(|row| (0..columns).map(move |column| TileId { level, column, row })).collect()
    }

    fn planned(pool: &mut TilePool, scale: f64, corner: DVec2) -> Plan {
        let level = CHART.level_for(scale);
        plan(pool, PictureId(0), (CHART, level), &Flat { corner, scale }, (WINDOW, FOCUS), (1_000, true))
    }

    #[test]
    fn with_only_the_coarsest_tiles_here_every_wanted_place_is_covered_by_them() {
        let mut pool = pool_with(&coarsest_tiles());
        let plan = planned(&mut pool, 1.0, DVec2::new(-5_000.0, -5_000.0));
        assert!(!plan.sharp && !plan.missing.is_empty());
        assert!(
            plan.patches.iter().all(|p| p.texture.level == CHART.levels() && p.place.level == 0 && p.opacity == 1.0)
        );
        assert_eq!(plan.patches.len(), plan.missing.len());
    }

    #[test]
    fn without_anything_the_coarsest_tiles_are_fetched_first() {
        let plan = planned(&mut pool_with(&[]), 1.0, DVec2::new(-5_000.0, -5_000.0));
        assert!(plan.patches.is_empty());
        assert_eq!(plan.missing[0].level, CHART.levels());
        let nearest = plan.missing[1];
        let [left, top, right, bottom] = CHART.rect_in_picture(nearest);
        assert!((left..right).contains(&5_960.0) && (top..bottom).contains(&5_480.0), "{nearest:?}");
    }

    #[test]
    fn a_tile_that_has_just_come_rises_over_the_coarser_one() {
        let tile = TileId { level: 0, column: 10, row: 10 };
        let mut pool = pool_with(&coarsest_tiles());
        pool.place(TileKey { picture: PictureId(0), tile }, 1_000 - FADE_MILLIS / 2);
        let plan = planned(&mut pool, 1.0, DVec2::new(-5_000.0, -5_000.0));
        let of_tile: Vec<&Patch> = plan.patches.iter().filter(|p| p.place == tile).collect();
        assert_eq!(of_tile.len(), 2);
        assert!(plan.fading && of_tile[0].texture.level == CHART.levels() && (of_tile[1].opacity - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_patch_of_a_coarser_tile_shows_the_very_part_it_covers() {
        let place = TileId { level: 0, column: 17, row: 3 };
        let texture = TileId { level: 3, column: 2, row: 0 };
        let patch = Patch { layer: 5, texture, place, opacity: 1.0 };
        let mut out = Vec::new();
        let flat = Flat { corner: DVec2::ZERO, scale: 1.0 };
        add_triangles(&mut out, CHART, &patch, &flat, (Vec2::new(1920.0, 1080.0), 1.0));
        assert_eq!(out.len(), 6 * TILE_VERTEX_FLOATS);
        // Column 17 of level 0 begins an eighth into column 2 of level 3, and is an eighth of it wide.
        assert_eq!((out[2], out[3], out[4]), (0.125, 0.375, 5.0));
        let last = &out[5 * TILE_VERTEX_FLOATS..];
        assert_eq!((last[2], last[3]), (0.25, 0.5));
    }

    proptest! {
        #[test]
        fn every_spot_of_the_picture_in_the_window_is_covered_exactly_once(
            scale in 0.02..4.0f64, x in -15_000.0..1_500f64, y in -12_000.0..900f64,
            there in prop::collection::hash_set((0u8..4, 0u32..32, 0u32..25), 0..40), px in 0.0..1920f64, py in 0.0..960f64,
        ) {
            let mut tiles = coarsest_tiles();
            tiles.extend(there.iter().map(|(level, column, row)| TileId { level: *level, column: *column, row: *row }));
            let mut pool = pool_with(&tiles);
            let corner = DVec2::new(x, y) * scale;
            let plan = planned(&mut pool, scale, corner);
            let point = (DVec2::new(px, py) - corner) / scale;
            let inside = point.x >= 0.0 && point.y >= 0.0 && point.x < 16_000.0 && point.y < 12_600.0;
            let holds = |p: &&Patch| {
                let [left, top, right, bottom] = CHART.rect_in_picture(p.place);
                (left..right).contains(&point.x) && (top..bottom).contains(&point.y)
            };
            prop_assert_eq!(plan.patches.iter().filter(holds).count(), usize::from(inside));
            let places: HashSet<TileId> = plan.patches.iter().map(|p| p.place).collect();
            prop_assert_eq!(places.len(), plan.patches.len());
        }

        #[test]
        fn neighbours_share_their_edge_to_the_last_bit(scale in 0.02..4.0f64, x in -9_000.0..100f64, column in 0u32..30) {
            let flat = Flat { corner: DVec2::new(x, 0.0), scale };
            let edge = |column: u32, vertex: usize| {
                let tile = TileId { level: 0, column, row: 4 };
                let mut out = Vec::new();
                let patch = Patch { layer: 0, texture: tile, place: tile, opacity: 1.0 };
                add_triangles(&mut out, CHART, &patch, &flat, (Vec2::new(1920.0, 1080.0), 1.0));
                out[vertex * TILE_VERTEX_FLOATS]
            };
            prop_assert_eq!(edge(column, 2), edge(column + 1, 0));
        }
    }
}
