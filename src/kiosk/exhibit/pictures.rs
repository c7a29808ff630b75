//! Pictures as the screens see them: a handle at once, its pixels when a worker has brought them.

use super::workshop::{Done, Edition, Pixels, Workshop};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::Motion;
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use crate::pack::model::Picture;
use crate::pack::tiles::pyramid::{OVERVIEW, Pyramid, TileId};
use crate::pack::tiles::source::TileSource;
use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Previews given to the GPU in one frame, so that none is late.
const UPLOADS_A_FRAME: usize = 4;

#[derive(Clone, Debug)]
pub enum State {
    /// Waiting or being cut; the fraction done.
    Preparing(f32),
    Ready(Arc<TileSource>),
    Broken,
}

/// Previews of one picture in one size, kept while somebody looks at them and while there is room.
struct Preview {
    handle: Handle<Image>,
    /// Bytes on the GPU; nought while it is not there.
    bytes: usize,
    asked: bool,
    /// Its picture is cut before others.
    hurried: bool,
    /// When a screen last wanted it, in a count of wishes.
    wished: u64,
}

/// Longest sides of previews: a card or small map, a page or large card, a whole screen.
const SIDES: [u32; 3] = [512, OVERVIEW, 2048];
/// Longest side of a card's picture, and how many are brought in before they are seen.
const COVER: f32 = 500.0;
const COVERS_WARMED: usize = 12;
/// Bytes of previews that nobody looks at, kept for the next visitor.
const SPARE_BYTES: usize = 16 << 20;

/// A tile that a screen wants.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub path: PathBuf,
    pub tiles: Arc<TileSource>,
    pub tile: TileId,
}

/// All pictures of the exhibit by their file.
#[derive(Resource)]
pub struct Pictures {
    workshop: Workshop,
    states: HashMap<PathBuf, State>,
    /// Of pictures that were saved anew.
    editions: HashMap<PathBuf, Edition>,
    /// Not yet given to the workers, and whether it is the cover of an item.
    expected: Vec<(Picture, bool)>,
    previews: Mutex<Previews>,
    /// Tiles that came back and are not on the GPU yet.
    arrived: Vec<(Wanted, Pixels)>,
    waiting: Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>,
}

/// Screens wish for previews while they are built, from many systems: hence the lock.
#[derive(Default)]
struct Previews {
    by_picture: HashMap<(PathBuf, u32), Preview>,
    /// Handles not yet given out.
    spare: Vec<Handle<Image>>,
    wishes: u64,
    changed: bool,
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
        Self {
            workshop,
            states: HashMap::default(),
            editions: HashMap::default(),
            expected: Vec::new(),
            previews: Mutex::default(),
            arrived: Vec::new(),
            waiting,
        }
    }

    /// A picture that a visitor will want to see; a cover is also brought in small, for the cards of its hall.
    pub fn expect(&mut self, picture: &Picture, is_cover: bool) {
        self.expected.push((picture.clone(), is_cover));
    }

    /// A visitor waits for this one.
    pub fn hurry(&mut self, path: &Path) {
        match self.states.get(path) {
            None => {
                self.states.insert(path.to_owned(), State::Preparing(0.0));
                self.workshop.cut(path.to_owned(), self.edition(path), true);
            }
            Some(State::Preparing(_)) => self.workshop.cut(path.to_owned(), self.edition(path), true),
            Some(_) => {}
        }
    }

    /// Has everything expected cut in the background.
    fn prepare_expected(&mut self) {
        let mut covers = 0;
        for (picture, is_cover) in std::mem::take(&mut self.expected) {
            if !self.states.contains_key(&picture.path) {
                self.states.insert(picture.path.clone(), State::Preparing(0.0));
                self.workshop.cut(picture.path.clone(), self.edition(&picture.path), false);
            }
            if is_cover && covers < COVERS_WARMED {
                covers += 1;
                self.preview(&picture, COVER);
            }
        }
    }

    /// Lets go of all pictures, for another exhibit comes. What a screen still shows stays until it is drawn anew.
    pub fn forget(&mut self) {
        self.workshop.want_tiles(Vec::new());
        self.states.clear();
        self.expected.clear();
        let arrived = std::mem::take(&mut self.arrived);
        self.workshop.forget(arrived.iter().map(|(wanted, _)| wanted));
        self.previews.get_mut().unwrap_or_else(PoisonError::into_inner).by_picture.clear();
    }

    /// These files were saved anew: what was made of their pictures is made again, all else stays. Screens that show
    /// them are drawn anew by whoever calls this.
    pub fn renew(&mut self, saved: &BTreeSet<PathBuf>) {
        for path in saved {
            if let Some(state) = self.states.get_mut(path) {
                *state = State::Preparing(0.0);
                *self.editions.entry(path.clone()).or_default() += 1;
                self.workshop.cut(path.clone(), self.edition(path), true);
            }
        }
        let arrived = std::mem::take(&mut self.arrived);
        let (stale, kept): (Vec<_>, _) = arrived.into_iter().partition(|(wanted, _)| saved.contains(&wanted.path));
        self.arrived = kept;
        self.workshop.forget(stale.iter().map(|(wanted, _)| wanted));
        let previews = self.previews.get_mut().unwrap_or_else(PoisonError::into_inner);
        previews.by_picture.retain(|(path, _), _| !saved.contains(path));
    }

    fn edition(&self, path: &Path) -> Edition {
        self.editions.get(path).copied().unwrap_or_default()
    }

    /// Made of a picture that was saved anew since, or of one that was let go.
    fn is_stale(&self, done: &Done) -> bool {
        let made_of = |path: &PathBuf, container: &Arc<TileSource>| matches!(self.states.get(path), Some(State::Ready(now)) if Arc::ptr_eq(now, container));
        match done {
            Done::Progress { path, edition, .. } | Done::Cut { path, edition, .. } => self.edition(path) != *edition,
            Done::Preview { path, container, .. } => !made_of(path, container),
            Done::Tile { wanted, .. } => !made_of(&wanted.path, &wanted.tiles),
        }
    }

    pub fn state(&self, path: &Path) -> State {
        self.states.get(path).cloned().unwrap_or(State::Preparing(0.0))
    }

    /// Width and height of a preview that is shown about so many pixels long, and its handle, whose pixels may come
    /// later.
    pub fn preview(&self, picture: &Picture, longest: f32) -> (Vec2, Handle<Image>) {
        let side = SIDES.into_iter().find(|side| longest <= *side as f32 * 1.1).unwrap_or(SIDES[2]);
        let pyramid = Pyramid::new(picture.size.0, picture.size.1);
        let (width, height) = pyramid.size(pyramid.level_within(side));
        let mut previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        let previews = &mut *previews;
        (previews.wishes, previews.changed) = (previews.wishes + 1, true);
        let preview = previews.by_picture.entry((picture.path.clone(), side)).or_insert_with(|| {
            let handle = previews.spare.pop().unwrap_or_default();
            Preview { handle, bytes: 0, asked: false, hurried: false, wished: 0 }
        });
        preview.wished = previews.wishes;
        (Vec2::new(width as f32, height as f32), preview.handle.clone())
    }

    /// True when every preview of a picture that was wished for is shown.
    pub fn previews_are_shown(&self, picture: &Picture) -> bool {
        let broken = matches!(self.state(&picture.path), State::Broken);
        let previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        broken || SIDES.iter().all(|s| previews.by_picture.get(&(picture.path.clone(), *s)).is_none_or(|p| p.bytes > 0))
    }

    /// True when no picture waits to be cut.
    pub fn are_cut(&self) -> bool {
        self.expected.is_empty() && !self.states.values().any(|state| matches!(state, State::Preparing(_)))
    }

    /// Replaces everything wanted before. Most wanted first.
    pub fn want_tiles(&self, wanted: Vec<Wanted>) {
        self.workshop.want_tiles(wanted);
    }

    /// Tiles that came back, at most so many.
    pub fn take_tiles(&mut self, most: usize) -> Vec<(Wanted, Pixels)> {
        let count = self.arrived.len().min(most);
        let taken: Vec<_> = self.arrived.drain(..count).collect();
        self.workshop.forget(taken.iter().map(|(wanted, _)| wanted));
        taken
    }

    pub fn has_tiles(&self) -> bool {
        !self.arrived.is_empty()
    }
}

/// An image of RGBA pixels that lives on the GPU only.
fn image_of(pixels: Pixels) -> Image {
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

/// Preview handles at hand: more than any screen wishes for at once.
const SPARE_HANDLES: usize = 256;

pub(super) fn plugin(app: &mut App) {
    let cache = app.world().resource::<Settings>().data.join("tiles");
    let images = app.world().resource::<Assets<Image>>();
    let mut pictures = Pictures::new(cache);
    let spare = (0..SPARE_HANDLES).map(|_| images.reserve_handle()).collect();
    pictures.previews = Mutex::new(Previews { spare, ..Previews::default() });
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
    if motion.is_at_rest() {
        pictures.prepare_expected();
    }
    let mut previews = 0;
    while previews < UPLOADS_A_FRAME {
        let Some(done) = pictures.workshop.take_done() else { break };
        if pictures.is_stale(&done) {
            if let Done::Tile { wanted, .. } = &done {
                pictures.workshop.forget(std::iter::once(wanted));
            }
            continue;
        }
        match done {
            Done::Progress { path, fraction, .. } => set_state(pictures, &path, State::Preparing(fraction)),
            Done::Cut { path, container: Ok(container), .. } => {
                set_state(pictures, &path, State::Ready(container));
                pictures.previews.get_mut().unwrap_or_else(PoisonError::into_inner).changed = true;
            }
            Done::Cut { path, container: Err(error), .. } => {
                error!("{}: {error}", path.display());
                troubles.write(Trouble("picture-unreadable"));
                set_state(pictures, &path, State::Broken);
            }
            Done::Preview { path, side, pixels: Ok(pixels), .. } => {
                previews += 1;
                motion.keep();
                show_preview(pictures, (path, side), pixels, &mut images);
            }
            Done::Tile { wanted, pixels: Ok(pixels) } => {
                motion.keep();
                pictures.arrived.push((wanted, pixels));
            }
            Done::Preview { path, pixels: Err(error), .. }
            | Done::Tile { wanted: Wanted { path, .. }, pixels: Err(error) } => {
                error!("{}: {error}", path.display());
                troubles.write(Trouble("tile-unreadable"));
            }
        }
    }
    ask_for_previews(pictures, &mut images);
}

fn set_state(pictures: &mut Pictures, path: &Path, state: State) {
    pictures.states.insert(path.to_owned(), state);
}

/// Has wished-for previews decoded, and lets go of those that nobody has looked at for the longest time.
fn ask_for_previews(pictures: &mut Pictures, images: &mut Assets<Image>) {
    let previews = pictures.previews.get_mut().unwrap_or_else(PoisonError::into_inner);
    if !std::mem::take(&mut previews.changed) {
        return;
    }
    for ((path, side), preview) in previews.by_picture.iter_mut().filter(|(_, p)| !p.asked) {
        match pictures.states.get(path) {
            Some(State::Ready(container)) => {
                preview.asked = true;
                pictures.workshop.preview(path.clone(), Arc::clone(container), *side);
            }
            _ if preview.hurried => {}
            Some(State::Broken) => {}
            _ => {
                // Somebody looks at it already.
                preview.hurried = true;
                pictures.states.entry(path.clone()).or_insert(State::Preparing(0.0));
                let edition = pictures.editions.get(path).copied().unwrap_or_default();
                pictures.workshop.cut(path.clone(), edition, true);
            }
        }
    }
    let in_use = |preview: &Preview| match &preview.handle {
        // Ours, and one for each node that shows it.
        Handle::Strong(strong) => Arc::strong_count(strong) > 1,
        Handle::Uuid(..) => true,
    };
    let unseen = previews.by_picture.iter().filter(|(_, p)| p.bytes > 0 && !in_use(p));
    let mut unseen: Vec<_> = unseen.map(|(key, p)| (p.wished, p.bytes, key.clone())).collect();
    unseen.sort_by_key(|(wished, ..)| std::cmp::Reverse(*wished));
    let mut kept = 0;
    for (_, bytes, key) in unseen {
        kept += bytes;
        if kept > SPARE_BYTES {
            // With its last handle the texture goes. A handle is never used for a second picture: what had drawn the
            // first one would go on drawing it.
            previews.by_picture.remove(&key);
        }
    }
    let lacking = SPARE_HANDLES.saturating_sub(previews.spare.len());
    previews.spare.extend((0..lacking).map(|_| images.reserve_handle()));
}

fn show_preview(pictures: &mut Pictures, key: (PathBuf, u32), pixels: Pixels, images: &mut Assets<Image>) {
    let previews = pictures.previews.get_mut().unwrap_or_else(PoisonError::into_inner);
    let Some(preview) = previews.by_picture.get_mut(&key) else { return };
    preview.bytes = pixels.rgba.len();
    if let Err(error) = images.insert(&preview.handle, image_of(pixels)) {
        error!("{}: preview cannot be kept: {error}", key.0.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::model::{Nature, Text};
    use std::time::{Duration, Instant};

    fn picture(name: &str) -> Picture {
        Picture {
            path: PathBuf::from(name),
            size: (100, 80),
            nature: Nature::Drawing,
            alt: Text::default(),
            licence: String::new(),
            credit: Text::default(),
        }
    }

    fn cut(pictures: &Pictures) -> Done {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            match pictures.workshop.take_done() {
                Some(done @ Done::Cut { .. }) => return done,
                _ => std::thread::yield_now(),
            }
        }
        panic!("nothing is cut");
    }

    #[test]
    fn what_was_made_of_a_picture_before_it_was_saved_anew_is_stale() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let [saved, other] = ["saved.png", "other.png"].map(|name| folder.path().join(name));
        for path in [&saved, &other] {
            image::RgbImage::new(30, 20).save(path).expect("saved");
        }
        let mut pictures = Pictures::new(folder.path().join("cache"));
        pictures.hurry(&saved);
        let before = cut(&pictures);
        pictures.hurry(&other);
        let untouched = cut(&pictures);
        assert!(!pictures.is_stale(&before) && !pictures.is_stale(&untouched));
        pictures.renew(&BTreeSet::from([saved, folder.path().join("exhibit.ron")]));
        assert!(pictures.is_stale(&before) && !pictures.is_stale(&untouched));
        assert!(!pictures.is_stale(&cut(&pictures)), "it is cut again");
    }

    #[test]
    fn a_hall_never_shows_the_picture_of_another_one_that_was_let_go() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let mut pictures = Pictures::new(folder.path().to_owned());
        let mut images = Assets::<Image>::default();
        pictures.previews.get_mut().expect("not poisoned").changed = true;
        ask_for_previews(&mut pictures, &mut images);
        let seen: Vec<_> = (0..3).map(|n| pictures.preview(&picture(&format!("{n}.png")), 100.0).1.id()).collect();
        for preview in pictures.previews.get_mut().expect("not poisoned").by_picture.values_mut() {
            preview.bytes = SPARE_BYTES / 2 + 1;
        }
        ask_for_previews(&mut pictures, &mut images);
        let kept = pictures.previews.get_mut().expect("not poisoned").by_picture.len();
        assert_eq!(kept, 1, "two were let go");
        let later: Vec<_> = (3..40).map(|n| pictures.preview(&picture(&format!("{n}.png")), 100.0).1.id()).collect();
        assert!(later.iter().all(|id| !seen.contains(id)));
    }
}
