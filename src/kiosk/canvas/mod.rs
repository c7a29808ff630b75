//! What lies beneath the interface: pictures in tiles, the sea, lines and marks. Features say each frame what they want
//! to see; the tiles are fetched by workers into a fixed pool of layers on the GPU, and everything is drawn together
//! with the interface in one pass, straight to the screen.
//!
//! Nothing here knows what a picture means. Screens that use Bevy's own sprites are drawn by Bevy's own passes.

mod gpu;
mod ink;
mod placing;
mod pool;
mod render;
mod streaming;
mod view;

pub use ink::{Ink, Plane};

use ink::{Outline, Piece};
pub use placing::{Flat, Placement};
pub use render::GpuState;
pub use view::View;

use crate::kiosk::screens::KioskSystems;
use crate::pack::tiles::source::TileSource;
use bevy::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// One picture on the canvas in this frame.
pub struct Placed {
    pub path: PathBuf,
    pub tiles: Arc<TileSource>,
    pub placement: Arc<dyn Placement + Send + Sync>,
    /// 0 to 1.
    pub opacity: f32,
    /// The part of the window it may cover.
    pub clip: Rect,
    /// The screen point that matters most, whose tiles come first.
    pub focus: Vec2,
    /// Screen pixels a second: tiles ahead are fetched before they are seen.
    pub motion: Vec2,
}

/// Land and coasts, brought to the GPU once and drawn with any scale and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(usize);

/// How it is drawn, and what goes to the GPU once.
struct Shape {
    filled: bool,
    outline: Outline,
    sent: bool,
}

enum Step {
    Placed(Placed),
    Shape { shape: ShapeId, plane: Plane, half_width: f32, colour: Color, clip: Option<Rect> },
    Ink(Ink),
}

/// What this frame shows, in the order in which it is laid down. Emptied at the beginning of each frame.
#[derive(Resource, Default)]
pub struct Canvas {
    steps: Vec<Step>,
    ground: Option<Color>,
    waits: bool,
    shapes: Vec<Shape>,
}

impl Canvas {
    /// The colour beneath everything.
    pub fn ground(&mut self, colour: Color) {
        self.ground = Some(colour);
    }

    /// Something that will be shown is not ready yet: the canvas is not sharp.
    pub fn wait(&mut self) {
        self.waits = true;
    }

    pub fn place(&mut self, placed: Placed) {
        self.steps.push(Step::Placed(placed));
    }

    pub fn ink(&mut self, ink: Ink) {
        if !ink.vertices.is_empty() {
            self.steps.push(Step::Ink(ink));
        }
    }

    pub fn shape(&mut self, shape: ShapeId, plane: Plane, width: f32, colour: Color, clip: Option<Rect>) {
        self.steps.push(Step::Shape { shape, plane, half_width: width / 2.0, colour, clip });
    }

    /// Land, as triangles over points of a plane whose y axis runs north.
    pub fn add_fill(&mut self, positions: Vec<[f32; 2]>, indices: Vec<u32>) -> ShapeId {
        let all = Piece { first: 0, count: indices.len() as u32, min: Vec2::MIN, max: Vec2::MAX };
        let outline = Outline { vertices: positions.into_flattened(), indices, pieces: vec![all] };
        self.add(true, outline)
    }

    /// Lines in the same plane.
    pub fn add_strokes(&mut self, polylines: &[Vec<[f32; 2]>]) -> ShapeId {
        self.add(false, ink::strokes(polylines))
    }

    fn add(&mut self, filled: bool, outline: Outline) -> ShapeId {
        self.shapes.push(Shape { filled, outline, sent: false });
        ShapeId(self.shapes.len() - 1)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Canvas>()
        .add_systems(Update, clear.before(KioskSystems::Input))
        .add_plugins((streaming::plugin, render::plugin));
}

fn clear(mut canvas: ResMut<Canvas>) {
    let canvas = canvas.bypass_change_detection();
    canvas.steps.clear();
    (canvas.ground, canvas.waits) = (None, false);
}
