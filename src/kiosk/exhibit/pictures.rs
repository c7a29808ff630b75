//! Pictures as the screens see them: a handle at once, its pixels when a worker has brought them.

use super::workshop::{Done, Pixels, Workshop};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::Motion;
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use crate::pack::model::Picture;
use crate::pack::tiles::container::Container;
use crate::pack::tiles::pyramid::{OVERVIEW, Pyramid, TileId};
use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Pictures given to the GPU in one frame, so that none is late.
const UPLOADS_A_FRAME: usize = 4;

#[derive(Clone, Debug)]
pub enum State {
    /// Waiting or being cut; the fraction done.
    Preparing(f32),
    Ready(Arc<Container>),
    Broken,
}

struct Entry {
    state: State,
    preview: Handle<Image>,
    /// The longest side of the preview.
    side: u32,
    preview_asked: bool,
    preview_shown: bool,
}

/// Longest side of a picture that fills the screen or a large card.
const POSTER: u32 = 2048;

/// All pictures of the exhibit by their file.
#[derive(Resource)]
pub struct Pictures {
    workshop: Workshop,
    entries: HashMap<PathBuf, Entry>,
    /// Tiles that came back since the viewer last looked.
    arrived: Vec<(PathBuf, TileId, Pixels)>,
    waiting: Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>,
    /// Handles for previews not yet asked of the asset store.
    spare: std::sync::Mutex<Vec<Handle<Image>>>,
}

impl Pictures {
    fn new(cache: PathBuf) -> Self {
        let waiting: Arc<OnceLock<Box<dyn Fn() + Send + Sync>>> = Arc::default();
        let waker = Arc::clone(&waiting);
        let workshop = Workshop::open(cache, move || {
            if let Some(wake) = waker.get() {
                wake();
            }
        });
        Self { workshop, entries: HashMap::default(), arrived: Vec::new(), waiting, spare: std::sync::Mutex::default() }
    }

    /// Has a picture cut in the background, and its preview loaded.
    pub fn prepare(&mut self, picture: &Picture) {
        self.entry(&picture.path, OVERVIEW);
    }

    /// The same for a picture that is shown large as a whole.
    pub fn keep_ready(&mut self, picture: &Picture) {
        self.entry(&picture.path, POSTER);
    }

    /// A visitor waits for this one.
    pub fn hurry(&mut self, path: &Path) {
        if matches!(self.entries.get(path).map(|e| &e.state), Some(State::Preparing(_))) {
            self.workshop.cut(path.to_owned(), true);
        }
    }

    pub fn state(&self, path: &Path) -> State {
        self.entries.get(path).map_or(State::Broken, |e| e.state.clone())
    }

    fn entry(&mut self, path: &Path, side: u32) {
        if !self.entries.contains_key(path) {
            let preview = self.spare.get_mut().ok().and_then(Vec::pop).unwrap_or_default();
            let state = State::Preparing(0.0);
            let entry = Entry { state, preview, side, preview_asked: false, preview_shown: false };
            self.entries.insert(path.to_owned(), entry);
            self.workshop.cut(path.to_owned(), false);
        }
    }

    /// Width and height of the preview, and its handle, whose pixels may come later.
    pub fn preview(&self, picture: &Picture) -> (Vec2, Handle<Image>) {
        let entry = self.entries.get(&picture.path);
        let pyramid = Pyramid { width: picture.size.0, height: picture.size.1 };
        let (width, height) = pyramid.size(pyramid.level_within(entry.map_or(OVERVIEW, |e| e.side)));
        let handle = entry.map(|e| e.preview.clone()).unwrap_or_default();
        (Vec2::new(width as f32, height as f32), handle)
    }

    /// True when every preview that could be shown is shown.
    pub fn previews_are_shown(&self, picture: &Picture) -> bool {
        self.entries.get(&picture.path).is_none_or(|e| e.preview_shown || matches!(e.state, State::Broken))
    }

    pub fn want_tiles(&self, path: &Path, container: &Arc<Container>, tiles: &[TileId]) {
        self.workshop.want_tiles(path, container, tiles);
    }

    /// Tiles that came back, at most a few a frame.
    pub fn take_tiles(&mut self) -> Vec<(PathBuf, TileId, Pixels)> {
        let count = self.arrived.len().min(UPLOADS_A_FRAME);
        self.arrived.drain(..count).collect()
    }

    pub fn has_tiles(&self) -> bool {
        !self.arrived.is_empty()
    }
}

/// An image of RGBA pixels that lives on the GPU only.
pub fn image_of(pixels: Pixels) -> Image {
    let size = Extent3d { width: pixels.width, height: pixels.height, depth_or_array_layers: 1 };
    let mut image = Image::new(
        size,
        TextureDimension::D2,
        pixels.rgba,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.sampler = ImageSampler::linear();
    image
}

/// Enough preview handles for the largest pack, made once.
const SPARE_HANDLES: usize = 2048;

pub(super) fn plugin(app: &mut App) {
    let cache = app.world().resource::<Settings>().data.join("tiles");
    let images = app.world().resource::<Assets<Image>>();
    let mut pictures = Pictures::new(cache);
    pictures.spare = std::sync::Mutex::new((0..SPARE_HANDLES).map(|_| images.reserve_handle()).collect());
    app.insert_resource(pictures)
        .add_systems(Startup, let_workers_wake_the_loop)
        .add_systems(Update, receive_pictures.before(KioskSystems::Input));
}

fn let_workers_wake_the_loop(pictures: Res<Pictures>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    if let Some(proxy) = proxy {
        let proxy = (**proxy).clone();
        let _ = pictures.waiting.set(Box::new(move || {
            // A loop that is gone needs no waking.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }));
    }
}

fn receive_pictures(
    mut pictures: ResMut<Pictures>,
    mut images: ResMut<Assets<Image>>,
    mut motion: ResMut<Motion>,
    mut troubles: MessageWriter<Trouble>,
) {
    let pictures = pictures.bypass_change_detection();
    let mut previews = 0;
    while previews < UPLOADS_A_FRAME {
        let Some(done) = pictures.workshop.take_done() else { break };
        motion.keep();
        match done {
            Done::Progress { path, fraction } => set_state(pictures, &path, State::Preparing(fraction)),
            Done::Cut { path, container: Ok(container) } => {
                ask_preview(pictures, &path, &container);
                set_state(pictures, &path, State::Ready(container));
            }
            Done::Cut { path, container: Err(error) } => {
                error!("{}: {error}", path.display());
                troubles.write(Trouble("picture-unreadable"));
                set_state(pictures, &path, State::Broken);
            }
            Done::Preview { path, pixels: Ok(pixels) } => {
                previews += 1;
                show_preview(pictures, &path, pixels, &mut images);
            }
            Done::Tile { path, tile, pixels: Ok(pixels) } => pictures.arrived.push((path, tile, pixels)),
            Done::Preview { path, pixels: Err(error) } | Done::Tile { path, pixels: Err(error), .. } => {
                error!("{}: {error}", path.display());
                troubles.write(Trouble("tile-unreadable"));
            }
        }
    }
}

fn set_state(pictures: &mut Pictures, path: &Path, state: State) {
    if let Some(entry) = pictures.entries.get_mut(path) {
        entry.state = state;
    }
}

fn ask_preview(pictures: &mut Pictures, path: &Path, container: &Arc<Container>) {
    if let Some(entry) = pictures.entries.get_mut(path)
        && !std::mem::replace(&mut entry.preview_asked, true)
    {
        pictures.workshop.preview(path.to_owned(), Arc::clone(container), entry.side);
    }
}

fn show_preview(pictures: &mut Pictures, path: &Path, pixels: Pixels, images: &mut Assets<Image>) {
    if let Some(entry) = pictures.entries.get_mut(path) {
        entry.preview_shown = true;
        if let Err(error) = images.insert(&entry.preview, image_of(pixels)) {
            error!("{}: preview cannot be kept: {error}", path.display());
        }
    }
}
