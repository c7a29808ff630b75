//! Today's sea and the old maps on it, given to the canvas each frame.

use super::plane::{Bent, sea_plane, sea_view, units_from_degrees, units_from_mercator};
use super::{OldMap, Overlay, Walk, beside_by, room};
use crate::base::mercator::WORLD_WIDTH_METRES;
use crate::kiosk::canvas::{Canvas, Ink, Placed, Plane, ShapeId};
use crate::kiosk::exhibit::{Pictures, State};
use crate::kiosk::screens::{Compare, KioskSystems};
use crate::kiosk::theme::{Look, tokens};
use crate::sea::symbols::symbols;
use crate::sea::{Level, Polyline, Sea, View, graticule, level_for};
use bevy::math::DVec2;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::sync::{Arc, Mutex, mpsc};

const WORLD: &str = include_str!("../../../assets/geodata/world.json");
const COAST: &str = include_str!("../../../assets/geodata/coast.json");
const PLACES: &str = include_str!("../../../assets/geodata/places.json");

/// Widths of the shallows along coasts, outermost first, and of coasts, in units.
const SHALLOWS: [f32; 2] = [26.0, 10.0];
const LINE: f32 = 1.6;
const COAST_OVER_MAP: f32 = 2.6;

/// Today's sea, once it has been read.
#[derive(Resource, Default)]
pub struct Today(pub Option<TodaysSea>);

pub struct TodaysSea {
    pub sea: Arc<Sea>,
    world: Shapes,
    region: Shapes,
    viet_nam: (ShapeId, ShapeId),
}

struct Shapes {
    land: ShapeId,
    coast: ShapeId,
}

#[derive(Resource)]
struct Reading(Mutex<mpsc::Receiver<Sea>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Today>()
        .add_systems(Update, (begin_reading, finish_reading).in_set(KioskSystems::Logic))
        .add_systems(Update, draw.in_set(KioskSystems::Present));
}

/// The sea is read when it is first wanted, in a thread of its own.
fn begin_reading(
    mut commands: Commands,
    overlay: Res<Overlay>,
    today: Res<Today>,
    reading: Option<Res<Reading>>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
) {
    if overlay.compare == Compare::Alone || today.0.is_some() || reading.is_some() {
        return;
    }
    let (sender, receiver) = mpsc::channel();
    let proxy = proxy.map(|p| (**p).clone());
    let spawned = std::thread::Builder::new().name("read the sea".into()).spawn(move || {
        match Sea::read(WORLD, COAST, PLACES) {
            // A receiver that is gone means that the kiosk is closing.
            Ok(sea) => drop(sender.send(sea)),
            Err(error) => error!("today's sea cannot be read: {error}"),
        }
        if let Some(proxy) = proxy {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    });
    if let Err(error) = spawned {
        error!("no thread to read the sea: {error}");
    }
    commands.insert_resource(Reading(Mutex::new(receiver)));
}

fn finish_reading(reading: Option<Res<Reading>>, mut today: ResMut<Today>, mut canvas: ResMut<Canvas>) {
    let Some(sea) = reading.and_then(|r| r.0.lock().ok()?.try_recv().ok()) else { return };
    let mut shapes = |level| {
        let land = sea.land(level);
        Shapes {
            land: canvas.add_fill(land.positions.clone(), land.triangles.clone()),
            coast: canvas.add_strokes(&lines(sea.coast(level))),
        }
    };
    let (world, region) = (shapes(Level::World), shapes(Level::Region));
    let own = sea.viet_nam();
    let viet_nam = (
        canvas.add_fill(own.positions.clone(), own.triangles.clone()),
        canvas.add_strokes(&lines(sea.viet_nam_coast())),
    );
    today.0 = Some(TodaysSea { sea: Arc::new(sea), world, region, viet_nam });
}

/// Points of lines; closed ones come back to their first.
fn lines(polylines: &[Polyline]) -> Vec<Vec<[f32; 2]>> {
    let closed = |line: &Polyline| {
        let again = line.points.first().filter(|_| line.is_closed).copied();
        line.points.iter().copied().chain(again).collect()
    };
    polylines.iter().map(closed).collect()
}

fn draw(
    overlay: Res<Overlay>,
    walk: Res<Walk>,
    look: Res<Look>,
    today: Res<Today>,
    mut pictures: ResMut<Pictures>,
    mut canvas: ResMut<Canvas>,
) {
    let (Some(sheet), true) = (&overlay.sheet, !matches!(overlay.compare, Compare::Alone | Compare::SamePlace(_)))
    else {
        return;
    };
    let canvas = canvas.bypass_change_detection();
    let pictures = pictures.bypass_change_detection();
    canvas.ground(tokens::DAY_SEA);
    let half = room(&overlay, &look);
    if let Some(today) = &today.0 {
        draw_sea(canvas, today, &walk, &look, None);
    } else {
        canvas.wait();
    }
    let aside = half.max * beside_by(&look);
    let beside = overlay.other.is_some();
    let clip = match overlay.curtain {
        Some(share) if !beside => Rect { max: Vec2::new(look.size.x * share, half.max.y), ..half },
        _ => half,
    };
    let opacity = if beside || overlay.curtain.is_some() { 1.0 } else { overlay.opacity };
    lay(canvas, pictures, sheet, &walk, (DVec2::ZERO, clip, opacity, !beside));
    if let Some(other) = &overlay.other {
        if let Some(today) = &today.0 {
            let rest = Rect::from_corners(aside, Vec2::new(look.size.x, look.size.y - look.floor()));
            draw_aside(canvas, today, &walk, &look, (aside.as_dvec2(), rest));
            lay(canvas, pictures, other, &walk, (aside.as_dvec2(), rest, 1.0, false));
        }
        canvas.ink(divider(aside, &look));
    } else if let Some(today) = &today.0 {
        draw_over(canvas, today, &overlay, &walk, &look);
    }
}

/// Water, shallows, land and graticule.
fn draw_sea(canvas: &mut Canvas, today: &TodaysSea, walk: &Walk, look: &Look, clip: Option<Rect>) {
    draw_land(canvas, today, walk, look, (DVec2::ZERO, clip));
    let view = sea_view(&walk.0, look.size);
    let mut ink = Ink::default();
    for line in graticule::graticule(&view) {
        for pair in line.points.windows(2) {
            let [from, to] = [pair[0], pair[1]].map(|point| {
                let mercator = crate::sea::frame::mercator_from_frame([f64::from(point[0]), f64::from(point[1])]);
                walk.0.screen_from_picture(units_from_mercator(mercator)).as_vec2()
            });
            ink.line(from, to, look.unit, tokens::DAY_GRATICULE);
        }
    }
    canvas.ink(ink);
}

fn draw_land(canvas: &mut Canvas, today: &TodaysSea, walk: &Walk, look: &Look, (aside, clip): (DVec2, Option<Rect>)) {
    let view = sea_view(&walk.0, look.size);
    let shapes = shapes_for(today, view.metres_per_pixel);
    for turn in turns(&view) {
        draw_turn(canvas, today, shapes, look, (sea_plane(&walk.0, aside + turn / view.metres_per_pixel), clip));
    }
}

/// The data runs once around the earth from 30° west: a view that reaches farther west sees its end again.
fn turns(view: &View) -> impl Iterator<Item = DVec2> {
    const WEST_DEGREES: f64 = -30.0;
    let reaches = view.degrees_of_pixel([0.0, view.size[1] / 2.0])[0] < WEST_DEGREES;
    [0.0, -WORLD_WIDTH_METRES].into_iter().filter(move |turn| *turn == 0.0 || reaches).map(|turn| DVec2::new(turn, 0.0))
}

fn draw_turn(
    canvas: &mut Canvas,
    today: &TodaysSea,
    shapes: &Shapes,
    look: &Look,
    (plane, clip): (Plane, Option<Rect>),
) {
    for (width, colour) in SHALLOWS.into_iter().zip(tokens::DAY_SHALLOWS) {
        canvas.shape(shapes.coast, plane, width * look.unit, colour, clip);
    }
    canvas.shape(shapes.land, plane, 0.0, tokens::DAY_LAND, clip);
    canvas.shape(today.viet_nam.0, plane, 0.0, tokens::DAY_VIET_NAM, clip);
    canvas.shape(shapes.coast, plane, LINE * look.unit, tokens::DAY_LINE, clip);
    canvas.shape(today.viet_nam.1, plane, LINE * look.unit, tokens::DAY_LINE, clip);
}

fn shapes_for(today: &TodaysSea, metres_per_pixel: f64) -> &Shapes {
    match level_for(metres_per_pixel) {
        Level::World => &today.world,
        Level::Region => &today.region,
    }
}

/// The second map's sea: water first, for the first map's may reach over.
fn draw_aside(canvas: &mut Canvas, today: &TodaysSea, walk: &Walk, look: &Look, (aside, rest): (DVec2, Rect)) {
    let mut water = Ink::default();
    let middle = rest.center().y;
    water.line(Vec2::new(rest.min.x, middle), Vec2::new(rest.max.x, middle), rest.height(), tokens::DAY_SEA);
    canvas.ink(water);
    draw_land(canvas, today, walk, look, (aside, Some(rest)));
}

/// The line between two maps, from where the second begins.
fn divider(aside: Vec2, look: &Look) -> Ink {
    let mut ink = Ink::default();
    let along = if aside.x > 0.0 { Vec2::Y } else { Vec2::X } * look.size;
    ink.line(aside, aside + along, 4.0 * look.unit, tokens::SEA_950);
    ink
}

fn lay(canvas: &mut Canvas, pictures: &mut Pictures, map: &OldMap, walk: &Walk, at: (DVec2, Rect, f32, bool)) {
    let (aside, clip, opacity, greyed) = at;
    let tiles = match pictures.state(&map.picture.path) {
        State::Ready(tiles) => tiles,
        State::Preparing(_) => {
            pictures.hurry(&map.picture.path);
            canvas.wait();
            return;
        }
        State::Broken => return,
    };
    let bent = Bent { georeference: Arc::clone(&map.georeference), view: walk.0, aside, greyed };
    canvas.place(Placed {
        path: map.picture.path.clone(),
        tiles,
        placement: Arc::new(bent),
        opacity,
        clip,
        focus: clip.center(),
        motion: walk.0.velocity(),
    });
}

/// Above the old map: today's coast, every islet, and the points that tie the map to the earth.
fn draw_over(canvas: &mut Canvas, today: &TodaysSea, overlay: &Overlay, walk: &Walk, look: &Look) {
    let view = sea_view(&walk.0, look.size);
    let shapes = shapes_for(today, view.metres_per_pixel);
    for turn in turns(&view) {
        let plane = sea_plane(&walk.0, turn / view.metres_per_pixel);
        canvas.shape(shapes.coast, plane, COAST_OVER_MAP * look.unit, tokens::DAY_COAST, None);
    }
    let mut ink = Ink::default();
    let shown = symbols(&today.sea, &view);
    // All rims first: where islets crowd, none may hide the one beside it.
    for (rim, colour) in [(1.5 * look.unit, tokens::PAPER_50), (0.0, tokens::DAY_COAST)] {
        for symbol in &shown {
            let at = Vec2::new(symbol.at[0] as f32, symbol.at[1] as f32);
            let radius = (symbol.radius as f32).max(3.0) * look.unit.max(1.0);
            ink.disc(at, radius + rim, colour);
        }
    }
    if let (Some(sheet), true) = (&overlay.sheet, overlay.points) {
        points(&mut ink, sheet, walk, look);
    }
    canvas.ink(ink);
}

/// From where a place is today to where the old map shows it.
fn points(ink: &mut Ink, sheet: &OldMap, walk: &Walk, look: &Look) {
    let (width, height) = sheet.picture.size;
    for point in &sheet.georeference.points {
        let today = walk.0.screen_from_picture(units_from_degrees([point.longitude, point.latitude])).as_vec2();
        let pixel = [point.at.0 * f64::from(width), point.at.1 * f64::from(height)];
        let units = units_from_mercator(sheet.georeference.transform.mercator_from_picture(pixel));
        let then = walk.0.screen_from_picture(units).as_vec2();
        ink.disc(today, 7.5 * look.unit, tokens::PAPER_50);
        ink.disc(today, 5.5 * look.unit, tokens::DAY_COAST);
        if today.distance(then) > 3.0 * look.unit {
            ink.arrow(today, then, 4.0 * look.unit, tokens::SEAL_600);
        }
    }
}
