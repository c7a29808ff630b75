//! The pictures of the attract loop and the beam that moves over them.

use super::fan;
use crate::kiosk::exhibit::{Open, Pictures};
use crate::kiosk::screens::{KioskSystems, Route, Screen};
use crate::kiosk::session::{Beat, Motion};
use crate::kiosk::theme::{Icons, Look, tokens};
use crate::pack::model::Attract;
use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use bevy::sprite_render::AlphaMode2d;

#[derive(Component)]
struct Scenery;

#[derive(Component)]
struct Beam {
    lamp: Vec2,
    reach: f32,
    /// Size of the picture on the screen, and its top left.
    size: Vec2,
    corner: Vec2,
    /// Angles of the rests.
    rests: Vec<f32>,
    drawn: f32,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(KioskSystems::Build)).add_systems(Update, sweep.in_set(KioskSystems::Present));
}

/// Size and top left of the picture on the screen. A wide window is covered; on a narrow one the picture lies above
/// and shows as much of its width as holds the lamp and what it shines on.
fn lay_out(window: Vec2, picture: Vec2, interest: Option<f32>) -> (Vec2, Vec2) {
    /// Share of the picture's width seen on a narrow window.
    const NARROW: f32 = 0.5;
    let Some(interest) = interest else {
        let size = picture * (window.x / picture.x).max(window.y / picture.y);
        return (size, (window - size) / 2.0);
    };
    let size = picture * (window.x / NARROW / picture.x);
    let left = (interest * size.x - window.x / 2.0).clamp(0.0, size.x - window.x);
    (size, Vec2::new(-left, 0.0))
}

fn build(
    mut commands: Commands,
    route: Res<Route>,
    look: Res<Look>,
    open: Res<Open>,
    pictures: Res<Pictures>,
    icons: Res<Icons>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ColorMaterial>>,
    old: Query<Entity, With<Scenery>>,
) {
    if !route.is_changed() && !look.is_changed() && !open.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let attract = open.exhibit().and_then(|e| e.attract.as_ref());
    let (Screen::Attract, Some(attract)) = (route.current(), attract) else { return };
    let (picture_size, night) = pictures.preview(&attract.night, look.size.max_element());
    let (_, light) = pictures.preview(&attract.light, look.size.max_element());
    let (size, corner) = lay_out(look.size, picture_size, interest(attract, &look));
    let world = |point: Vec2| Vec2::new(point.x - look.size.x / 2.0, look.size.y / 2.0 - point.y);
    let sprite = Sprite { image: night, custom_size: Some(size), ..default() };
    commands.spawn((Scenery, sprite, Transform::from_translation(world(corner + size / 2.0).extend(0.0))));
    let lamp = corner + point(attract.lamp) * size;
    let material = ColorMaterial { texture: Some(light), alpha_mode: AlphaMode2d::Blend, ..default() };
    let beam = Beam {
        lamp,
        reach: size.x * 0.72,
        size,
        corner,
        rests: attract.rests.iter().map(|rest| (corner + point(*rest) * size - lamp).to_angle()).collect(),
        drawn: f32::NAN,
    };
    let mesh = meshes.add(Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default()));
    commands.spawn((
        Scenery,
        beam,
        Mesh2d(mesh),
        MeshMaterial2d(materials.add(material)),
        Transform::from_xyz(0.0, 0.0, 1.0),
    ));
    for (side, alpha) in [(120.0, 0.14), (76.0, 0.22), (22.0, 1.0)] {
        let sprite = Sprite {
            image: icons.get("disc"),
            color: tokens::LAMP_300.with_alpha(alpha),
            custom_size: Some(Vec2::splat(side * look.unit)),
            ..default()
        };
        commands.spawn((Scenery, sprite, Transform::from_translation(world(lamp).extend(2.0))));
    }
}

fn point((x, y): (f64, f64)) -> Vec2 {
    Vec2::new(x as f32, y as f32)
}

/// The column of the picture in the middle of a narrow screen: between the lamp and what it shows, with its names.
fn interest(attract: &Attract, look: &Look) -> Option<f32> {
    let furthest = attract.rests.iter().map(|r| r.0).fold(attract.lamp.0, f64::max);
    look.is_portrait().then_some(((attract.lamp.0 + furthest) / 2.0 + 0.08) as f32)
}

fn sweep(
    mut beams: Query<(&mut Beam, &Mesh2d)>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut motion: ResMut<Motion>,
    beat: Res<Beat>,
    look: Res<Look>,
) {
    // A processor that draws by itself has no strength to spare for a moving beam.
    let still = look.frugal;
    for (mut beam, mesh) in &mut beams {
        let angle = fan::angle(&beam.rests, beat.moment.monotonic_millis, still);
        if angle == beam.drawn {
            continue;
        }
        motion.keep();
        beam.drawn = angle;
        if let Some(mut mesh) = meshes.get_mut(&mesh.0) {
            draw(&mut mesh, &beam, angle, look.size);
        }
    }
}

fn draw(mesh: &mut Mesh, beam: &Beam, angle: f32, window: Vec2) {
    let (mut positions, mut uvs, mut colours) = (Vec::new(), Vec::new(), Vec::new());
    for fan::Point { offset, alpha } in fan::points(angle) {
        let at = beam.lamp + offset * beam.reach;
        let uv = (at - beam.corner) / beam.size;
        positions.push([at.x - window.x / 2.0, window.y / 2.0 - at.y, 0.0]);
        uvs.push([uv.x, uv.y]);
        colours.push([1.0, 1.0, 1.0, alpha]);
    }
    mesh.insert_attribute(Mesh::ATTRIBUTE_POSITION, positions);
    mesh.insert_attribute(Mesh::ATTRIBUTE_UV_0, uvs);
    mesh.insert_attribute(Mesh::ATTRIBUTE_COLOR, colours);
    mesh.insert_indices(Indices::U32(fan::triangles()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_covers_wide_windows_and_shows_half_of_itself_on_narrow_ones() {
        let picture = Vec2::new(1920.0, 1080.0);
        for window in [Vec2::new(1920.0, 1080.0), Vec2::new(1280.0, 800.0)] {
            let (size, corner) = lay_out(window, picture, None);
            assert!(corner.cmple(Vec2::splat(0.01)).all() && (corner + size).cmpge(window - 0.01).all(), "{window}");
        }
        let window = Vec2::new(1080.0, 1920.0);
        let (size, corner) = lay_out(window, picture, Some(0.57));
        let x = corner.x + 0.57 * size.x;
        assert!((x - 540.0).abs() < 1.0 && corner.x + size.x >= window.x);
    }
}
