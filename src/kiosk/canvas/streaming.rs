//! From what features want to see to what the GPU draws: which tiles are fetched, which go to the GPU in this frame,
//! and the vertices of everything.

use super::ink::{INK_VERTEX_FLOATS, Outline, Piece, Plane};
use super::placing::{self, Plan, TILE_VERTEX_FLOATS, add_triangles};
use super::pool::{PictureId, TileKey, TilePool};
use super::render::GpuState;
use super::{Canvas, Placed, ShapeId, Step};
use crate::kiosk::exhibit::{Pictures, Sharp, Wanted};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::theme::{Look, tokens};
use crate::pack::tiles::pyramid::TileId;
use crate::pack::tiles::source::TileSource;
use bevy::color::ColorToComponents;
use bevy::math::DVec2;
use bevy::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Layers of the texture array: twice what a window shows at the least favourable zoom, and what stays for good.
pub fn layers_for(window: Vec2) -> u32 {
    /// A tile covers at least so many pixels of the screen.
    const LEAST_SIDE: f32 = 400.0;
    /// What a texture array may hold on every device.
    const MOST: u32 = 256;
    let across = |length: f32| (length / LEAST_SIDE).ceil() as u32 + 1;
    (across(window.x) * across(window.y) * 2 + 16).min(MOST)
}

/// Tiles given to the GPU in one frame, so that none is late.
const UPLOADS_A_FRAME: usize = 12;
/// How far ahead of a moving view tiles are fetched, and how many.
const AHEAD_SECONDS: f32 = 0.35;
const AHEAD_TILES: usize = 12;

/// One stretch of drawing.
#[derive(Clone, Debug)]
pub enum Run {
    Tiles { first: u32, count: u32, faded: bool, clip: Rect },
    Shape { shape: ShapeId, frame: u32, clip: Option<Rect>, pieces: Vec<(u32, u32)> },
    Ink { first: u32, count: u32, frame: u32 },
}

/// Everything the GPU needs for one frame.
#[derive(Resource, Default)]
pub struct Drawn {
    pub shown: bool,
    pub ground: LinearRgba,
    pub runs: Vec<Run>,
    pub tile_vertices: Vec<f32>,
    pub ink_vertices: Vec<f32>,
    /// Scale, offset, pixel, half width, nothing, colour.
    pub frames: Vec<[f32; 12]>,
    /// Layer and pixels.
    pub uploads: Vec<(u32, Vec<u8>)>,
    /// In order of their ids: filled or not, and what goes to the GPU.
    pub new_shapes: Vec<(bool, Outline)>,
}

#[derive(Resource)]
struct Streams {
    pool: TilePool,
    /// With the tiles that the number stands for: a picture that was saved anew gets another one.
    numbers: HashMap<PathBuf, (PictureId, Arc<TileSource>)>,
    given: u32,
    wanted: Vec<TileKey>,
    generation: u64,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Drawn>().add_systems(Update, stream.in_set(KioskSystems::Draw));
}

fn stream(
    mut commands: Commands,
    mut canvas: ResMut<Canvas>,
    streams: Option<ResMut<Streams>>,
    (look, beat, gpu): (Res<Look>, Res<Beat>, Res<GpuState>),
    mut pictures: ResMut<Pictures>,
    mut drawn: ResMut<Drawn>,
    mut motion: ResMut<Motion>,
    mut sharp: ResMut<Sharp>,
) {
    let (layers, generation) = (layers_for(look.size), gpu.generation());
    let Some(mut streams) = streams.filter(|s| s.generation == generation && s.pool.len() == layers as usize) else {
        // At the start, after a lost GPU and with a new window: nothing is on the GPU yet.
        let pool = TilePool::new(layers);
        commands.insert_resource(Streams { pool, numbers: HashMap::new(), given: 0, wanted: Vec::new(), generation });
        canvas.shapes.iter_mut().for_each(|shape| shape.sent = false);
        motion.keep();
        return;
    };
    let (streams, pictures) = (streams.bypass_change_detection(), pictures.bypass_change_detection());
    let (canvas, drawn) = (canvas.bypass_change_detection(), drawn.bypass_change_detection());
    let now = beat.moment.monotonic_millis;
    streams.pool.begin_frame();
    receive(streams, pictures, drawn, &mut motion, now);
    begin(drawn, canvas);
    let (requests, all_sharp) = draw_steps(streams, drawn, canvas, &mut motion, (&look, now));
    if drawn.shown && !gpu.is_ready() {
        motion.keep();
    }
    sharp.set_if_neq(Sharp(all_sharp && (gpu.is_ready() || !drawn.shown)));
    let keys: Vec<TileKey> = requests.iter().map(|(key, _)| *key).collect();
    if keys != streams.wanted {
        streams.wanted = keys;
        pictures.want_tiles(requests.into_iter().map(|(_, wanted)| wanted).collect());
    }
}

/// Empties the frame before, and hands over what is new in this one.
fn begin(drawn: &mut Drawn, canvas: &mut Canvas) {
    drawn.shown = !canvas.steps.is_empty() || canvas.ground.is_some();
    drawn.ground = canvas.ground.unwrap_or(tokens::SEA_900).into();
    drawn.runs.clear();
    drawn.tile_vertices.clear();
    drawn.ink_vertices.clear();
    drawn.frames.clear();
    for shape in canvas.shapes.iter_mut().filter(|s| !s.sent) {
        drawn.new_shapes.push((shape.filled, shape.outline.clone()));
        shape.sent = true;
    }
}

/// Draws everything in order; tells which tiles to fetch and whether all is sharp.
fn draw_steps(
    streams: &mut Streams,
    drawn: &mut Drawn,
    canvas: &Canvas,
    motion: &mut Motion,
    (look, now): (&Look, u64),
) -> (Vec<(TileKey, Wanted)>, bool) {
    let window = look.size;
    let mut requests = Vec::new();
    let mut all_sharp = !canvas.waits;
    for step in &canvas.steps {
        match step {
            Step::Placed(placed) => {
                let plan = lay(streams, drawn, placed, look, now);
                all_sharp &= plan.sharp;
                if plan.fading {
                    motion.keep();
                }
                ask_for(streams, &mut requests, placed, &plan, window);
            }
            Step::Shape { shape, plane, half_width, colour, clip } => {
                let frame = add_frame(drawn, plane, *half_width, *colour, window);
                let pieces = seen_pieces(&canvas.shapes[shape.0].outline, plane, *half_width, window);
                drawn.runs.push(Run::Shape { shape: *shape, frame, clip: *clip, pieces });
            }
            Step::Ink(ink) => add_ink(drawn, &ink.vertices, window),
        }
    }
    (requests, all_sharp)
}

fn add_ink(drawn: &mut Drawn, vertices: &[f32], window: Vec2) {
    let plane = Plane { scale: 1.0, origin: DVec2::ZERO };
    let frame = add_frame(drawn, &plane, 0.0, tokens::UNTINTED, window);
    // The screen's own y runs downwards.
    if let Some(frame) = drawn.frames.last_mut() {
        frame[1] = -frame[1];
    }
    let first = (drawn.ink_vertices.len() / INK_VERTEX_FLOATS) as u32;
    drawn.ink_vertices.extend(vertices);
    drawn.runs.push(Run::Ink { first, count: (vertices.len() / INK_VERTEX_FLOATS) as u32, frame });
}

fn receive(streams: &mut Streams, pictures: &mut Pictures, drawn: &mut Drawn, motion: &mut Motion, now: u64) {
    let arrived = pictures.take_tiles(UPLOADS_A_FRAME.saturating_sub(drawn.uploads.len()));
    if !arrived.is_empty() {
        motion.keep();
    }
    for (Wanted { path, tiles, tile }, pixels) in arrived {
        let key = TileKey { picture: number(streams, &path, &tiles), tile };
        if let Some(layer) = streams.pool.place(key, now) {
            drawn.uploads.push((layer, pixels.rgba));
        }
        // Whatever was asked for has to be asked for again if it found no room.
        streams.wanted.retain(|wanted| *wanted != key);
    }
}

fn number(streams: &mut Streams, path: &Path, tiles: &Arc<TileSource>) -> PictureId {
    if let Some((number, known)) = streams.numbers.get(path)
        && Arc::ptr_eq(known, tiles)
    {
        return *number;
    }
    let next = PictureId(streams.given);
    streams.given += 1;
    streams.numbers.insert(path.to_owned(), (next, Arc::clone(tiles)));
    next
}

/// Plans a picture and adds its triangles.
fn lay(streams: &mut Streams, drawn: &mut Drawn, placed: &Placed, look: &Look, now: u64) -> Plan {
    let picture = number(streams, &placed.path, &placed.tiles);
    let pyramid = placed.tiles.pyramid();
    let placement = &*placed.placement;
    let level = wanted_level(placed);
    // Half transparent tiles would show what they come up over; and a processor that draws by itself is better sharp
    // at once.
    let fades = placed.opacity >= 1.0 && !look.frugal;
    let plan = placing::plan(
        &mut streams.pool,
        picture,
        (pyramid, level),
        placement,
        (placed.clip, placed.focus),
        (now, fades),
    );
    let plain = placed.opacity >= 1.0 && placement.cells() == 1;
    for (faded, wanted) in [(false, true), (true, false)] {
        let first = drawn.tile_vertices.len() / TILE_VERTEX_FLOATS;
        for patch in plan.patches.iter().filter(|p| (plain && p.opacity >= 1.0) == wanted) {
            add_triangles(&mut drawn.tile_vertices, pyramid, patch, placement, (look.size, placed.opacity));
        }
        let count = drawn.tile_vertices.len() / TILE_VERTEX_FLOATS - first;
        if count > 0 {
            drawn.runs.push(Run::Tiles { first: first as u32, count: count as u32, faded, clip: placed.clip });
        }
    }
    plan
}

fn wanted_level(placed: &Placed) -> u8 {
    let pyramid = placed.tiles.pyramid();
    let size = DVec2::new(f64::from(pyramid.width), f64::from(pyramid.height));
    let scale = placing::scale_at(&*placed.placement, size / 2.0, size.min_element() / 8.0);
    pyramid.level_for(scale)
}

/// The tiles to fetch for a picture: what is missing, then what lies ahead of its movement.
fn ask_for(streams: &mut Streams, out: &mut Vec<(TileKey, Wanted)>, placed: &Placed, plan: &Plan, window: Vec2) {
    let picture = number(streams, &placed.path, &placed.tiles);
    let mut add = |tile: TileId| {
        let wanted = Wanted { path: placed.path.clone(), tiles: placed.tiles.clone(), tile };
        out.push((TileKey { picture, tile }, wanted));
    };
    plan.missing.iter().for_each(|tile| add(*tile));
    let way = placed.motion * AHEAD_SECONDS;
    if way.length() < 32.0 {
        return;
    }
    // The view moves against the picture: what comes lies on the side the picture comes from.
    let ahead = Rect::from_corners(placed.clip.min - way, placed.clip.max - way);
    let ahead = Rect { min: ahead.min.max(-window), max: ahead.max.min(window * 2.0) };
    let coming = placing::seen_tiles(placed.tiles.pyramid(), wanted_level(placed), &*placed.placement, ahead);
    let absent = coming
        .into_iter()
        .filter(|tile| !plan.missing.contains(tile) && !streams.pool.holds(TileKey { picture, tile: *tile }));
    absent.filter(|tile| tile.level < placed.tiles.pyramid().levels()).take(AHEAD_TILES).for_each(add);
}

/// First index and count of what lies in the window; neighbours are joined.
fn seen_pieces(outline: &Outline, plane: &Plane, half_width: f32, window: Vec2) -> Vec<(u32, u32)> {
    let reach = f64::from(half_width) * 2.0 + 1.0;
    let (origin, scale) = (plane.origin, plane.scale);
    let seen = |piece: &&Piece| {
        let across = |x: f32| origin.x + f64::from(x) * scale;
        let down = |y: f32| origin.y - f64::from(y) * scale;
        across(piece.max.x) > -reach
            && across(piece.min.x) < f64::from(window.x) + reach
            && down(piece.min.y) > -reach
            && down(piece.max.y) < f64::from(window.y) + reach
    };
    let mut out: Vec<(u32, u32)> = Vec::new();
    for piece in outline.pieces.iter().filter(seen) {
        match out.last_mut() {
            Some((first, count)) if *first + *count == piece.first => *count += piece.count,
            _ => out.push((piece.first, piece.count)),
        }
    }
    out
}

/// The numbers a shape is drawn with.
fn add_frame(drawn: &mut Drawn, plane: &Plane, half_width: f32, colour: Color, window: Vec2) -> u32 {
    let pixel = (2.0 / f64::from(window.x), 2.0 / f64::from(window.y));
    let [r, g, b, a] = colour.to_linear().to_f32_array();
    drawn.frames.push([
        (plane.scale * pixel.0) as f32,
        (plane.scale * pixel.1) as f32,
        (plane.origin.x * pixel.0 - 1.0) as f32,
        (1.0 - plane.origin.y * pixel.1) as f32,
        pixel.0 as f32,
        -pixel.1 as f32,
        half_width,
        0.0,
        r,
        g,
        b,
        a,
    ]);
    (drawn.frames.len() - 1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_holds_two_screens_and_stays_within_every_devices_limit() {
        assert_eq!(layers_for(Vec2::new(1920.0, 1080.0)), 64);
        assert!(layers_for(Vec2::new(3840.0, 2160.0)) <= 256);
    }
}
