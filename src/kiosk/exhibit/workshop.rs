//! The workers: one cuts large pictures into tiles, two decode tiles and previews. Nothing here knows Bevy's world.

use super::pictures::Wanted;
use crate::pack::tiles;
use crate::pack::tiles::pyramid::{OVERVIEW, Pyramid, TILE, TileId};
use crate::pack::tiles::source::{TileSource, is_ready};
use image::{ImageReader, Limits};
use std::collections::{HashMap, VecDeque};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::time::UNIX_EPOCH;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// RGBA pixels, ready for the GPU.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// What workers have brought. Each tells what it was made of, for a picture may have been saved anew meanwhile.
pub enum Done {
    Progress { path: PathBuf, edition: Edition, fraction: f32 },
    Cut { path: PathBuf, edition: Edition, container: Result<Arc<TileSource>, String> },
    Preview { path: PathBuf, container: Arc<TileSource>, side: u32, pixels: Result<Pixels, String> },
    Tile { wanted: Wanted, pixels: Result<Pixels, String> },
}

/// How often a picture was saved anew while the kiosk runs.
pub type Edition = u32;

enum Job {
    /// With the longest side it may have.
    Preview(PathBuf, Arc<TileSource>, u32),
    Tile(Wanted),
}

struct Cut {
    path: PathBuf,
    edition: Edition,
    /// Somebody waits for it: the loop is woken when there is news. All else is told when it next turns.
    urgent: bool,
}

#[derive(Default)]
struct Queues {
    /// Pictures to cut; what a visitor waits for stands in front.
    cuts: VecDeque<Cut>,
    /// Decoding jobs, the last asked for first, for that is what the visitor looks at now.
    decodes: Vec<Job>,
    /// Tiles that a worker has in hand or that wait for their place on the GPU.
    in_hand: HashMap<(PathBuf, TileId), Arc<TileSource>>,
    closing: bool,
}

struct Shared {
    queues: Mutex<Queues>,
    wake: Condvar,
}

impl Queues {
    fn has_in_hand(&self, wanted: &Wanted) -> bool {
        let in_hand = self.in_hand.get(&(wanted.path.clone(), wanted.tile));
        in_hand.is_some_and(|tiles| Arc::ptr_eq(tiles, &wanted.tiles))
    }
}

impl Shared {
    fn with<R>(&self, act: impl FnOnce(&mut Queues) -> R) -> R {
        let result = act(&mut self.queues.lock().unwrap_or_else(PoisonError::into_inner));
        self.wake.notify_all();
        result
    }

    /// Waits until `take` finds something; `None` when the workshop closes.
    fn wait<R>(&self, take: impl Fn(&mut Queues) -> Option<R>) -> Option<R> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if queues.closing {
                return None;
            }
            if let Some(job) = take(&mut queues) {
                return Some(job);
            }
            queues = self.wake.wait(queues).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

pub struct Workshop {
    shared: Arc<Shared>,
    done: Mutex<mpsc::Receiver<Done>>,
}

const DECODERS: usize = 2;
/// Decoded bytes a preview or tile may take: far above what any container of ours holds.
const MAX_DECODED_BYTES: u64 = 64 << 20;

impl Workshop {
    /// `cache` is the folder for cut pictures; `wake` is called when something is done.
    pub fn open(cache: PathBuf, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let shared = Arc::new(Shared { queues: Mutex::default(), wake: Condvar::new() });
        let (sender, done) = mpsc::channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let (quiet, quiet_wake) = (sender.clone(), Arc::clone(&wake));
        let tell_cut = move |what: Done, urgent: bool| {
            // A receiver that is gone means that the kiosk is closing.
            let _ = quiet.send(what);
            if urgent {
                quiet_wake();
            }
        };
        let tell = move |what: Done| {
            let _ = sender.send(what);
            wake();
        };
        let cutter = Arc::clone(&shared);
        spawn("cut", move || cut_all(&cutter, &cache, &tell_cut));
        for _ in 0..DECODERS {
            let (decoder, tell) = (Arc::clone(&shared), tell.clone());
            spawn("decode", move || decode_all(&decoder, &tell));
        }
        Self { shared, done: Mutex::new(done) }
    }

    pub fn cut(&self, path: PathBuf, edition: Edition, urgent: bool) {
        self.shared.with(|queues| {
            queues.cuts.retain(|waiting| waiting.path != path);
            let cut = Cut { path, edition, urgent };
            if urgent {
                queues.cuts.push_front(cut);
            } else {
                queues.cuts.push_back(cut);
            }
        });
    }

    pub fn preview(&self, path: PathBuf, container: Arc<TileSource>, side: u32) {
        self.shared.with(|queues| queues.decodes.push(Job::Preview(path, container, side)));
    }

    /// Replaces all tiles asked for before: what is not wanted any more is not decoded. Most wanted first.
    pub fn want_tiles(&self, wanted: Vec<Wanted>) {
        self.shared.with(|queues| {
            queues.decodes.retain(|job| matches!(job, Job::Preview(..)));
            let new = wanted.into_iter().rev().filter(|w| !queues.has_in_hand(w));
            let new: Vec<Job> = new.map(Job::Tile).collect();
            queues.decodes.extend(new);
        });
    }

    /// These tiles have their place; they may be asked for again.
    pub fn forget<'w>(&self, taken: impl Iterator<Item = &'w Wanted>) {
        let mut taken = taken.peekable();
        if taken.peek().is_some() {
            let mut queues = self.shared.queues.lock().unwrap_or_else(PoisonError::into_inner);
            for wanted in taken {
                if queues.has_in_hand(wanted) {
                    queues.in_hand.remove(&(wanted.path.clone(), wanted.tile));
                }
            }
        }
    }

    pub fn take_done(&self) -> Option<Done> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).try_recv().ok()
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.shared.with(|queues| queues.closing = true);
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(work) {
        bevy::log::error!("no thread to {name} pictures: {error}");
    }
}

fn cut_all(shared: &Shared, cache: &Path, tell: &dyn Fn(Done, bool)) {
    let mut known: HashMap<PathBuf, (Edition, Arc<TileSource>)> = HashMap::new();
    while let Some(Cut { path, edition, urgent }) = shared.wait(|queues| queues.cuts.pop_front()) {
        let progress = |fraction| tell(Done::Progress { path: path.clone(), edition, fraction }, urgent);
        let container = match known.get(&path) {
            Some((of, container)) if *of == edition => Ok(Arc::clone(container)),
            _ => container_of(shared, &path, cache, &progress).map(Arc::new),
        };
        if let Ok(container) = &container {
            known.insert(path.clone(), (edition, Arc::clone(container)));
        }
        tell(Done::Cut { path, edition, container }, urgent);
    }
}

/// Opens the picture's container, cutting it first when there is none for this state of the file.
fn container_of(shared: &Shared, path: &Path, cache: &Path, progress: &dyn Fn(f32)) -> Result<TileSource, String> {
    if is_ready(path) {
        return TileSource::open(path).map_err(|error| error.to_string());
    }
    let target = cache.join(format!("{}.tiles", name_of(path)?));
    if let Ok(container) = TileSource::open(&target) {
        return Ok(container);
    }
    tiles::cut(path, &target, |fraction| {
        progress(fraction);
        !shared.queues.lock().unwrap_or_else(PoisonError::into_inner).closing
    })
    .map_err(|error| error.to_string())?;
    TileSource::open(&target).map_err(|error| error.to_string())
}

/// Changes whenever the picture does: a hash of its place, length and time.
fn name_of(path: &Path) -> Result<String, String> {
    let meta = std::fs::metadata(path).map_err(|error| error.to_string())?;
    let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
    let place = path.canonicalize().map_err(|error| error.to_string())?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(place.as_os_str().as_encoded_bytes());
    hasher.update(&meta.len().to_le_bytes());
    hasher.update(&modified.to_le_bytes());
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

fn decode_all(shared: &Shared, tell: &dyn Fn(Done)) {
    let take = |queues: &mut Queues| {
        let job = queues.decodes.pop()?;
        if let Job::Tile(wanted) = &job {
            // The coarsest tiles come together.
            queues.in_hand.insert((wanted.path.clone(), wanted.tile), Arc::clone(&wanted.tiles));
        }
        Some(job)
    };
    while let Some(job) = shared.wait(take) {
        match job {
            Job::Preview(path, container, side) => {
                let pixels = whole_level(&container, side);
                tell(Done::Preview { path, container, side, pixels });
            }
            Job::Tile(wanted) if wanted.tile.level >= wanted.tiles.pyramid().levels() => {
                let bytes = wanted.tiles.overview().map_err(|e| e.to_string());
                match bytes.and_then(|bytes| decode(&bytes, OVERVIEW)) {
                    Ok(pixels) => {
                        for (tile, pixels) in coarsest_tiles(wanted.tiles.pyramid(), &pixels) {
                            tell(Done::Tile { wanted: Wanted { tile, ..wanted.clone() }, pixels: Ok(pixels) });
                        }
                    }
                    Err(error) => tell(Done::Tile { wanted, pixels: Err(error) }),
                }
            }
            Job::Tile(wanted) => {
                let pixels = tile_of(&wanted.tiles, wanted.tile).map(pad);
                tell(Done::Tile { wanted, pixels });
            }
        }
    }
}

/// A tile's own pixels, without what it shares with its neighbours. Made elsewhere, it may be of another size than its
/// pyramid says.
fn tile_of(tiles: &TileSource, tile: TileId) -> Result<Pixels, String> {
    /// A tile with its overlap on both sides.
    const MOST: u32 = TILE + 2 * 64;
    let pixels = tiles.tile(tile).map_err(|e| e.to_string()).and_then(|bytes| decode(&bytes, MOST))?;
    let pyramid = tiles.pyramid();
    let (_, _, width, height) = pyramid.tile_rect(tile);
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels);
    }
    if (pixels.width, pixels.height) != pyramid.stored_size(tile) {
        return Err(format!("tile {tile:?} is {}×{} pixels, not as its pyramid says", pixels.width, pixels.height));
    }
    let (left, top) = tiles.margin(tile);
    let lines = pixels.rgba.chunks_exact(pixels.width as usize * 4).skip(top as usize).take(height as usize);
    let rgba = lines.flat_map(|line| &line[left as usize * 4..(left + width) as usize * 4]).copied().collect();
    Ok(Pixels { width, height, rgba })
}

/// The overview as tiles of the coarsest level.
fn coarsest_tiles(pyramid: Pyramid, overview: &Pixels) -> Vec<(TileId, Pixels)> {
    let level = pyramid.levels();
    let (columns, rows) = pyramid.grid(level);
    let cut = |(column, row)| {
        let tile = TileId { level, column, row };
        let (left, top, width, height) = pyramid.tile_rect(tile);
        let (width, height) = (width.min(overview.width - left), height.min(overview.height - top));
        let stride = overview.width as usize * 4;
        let lines = overview.rgba.chunks_exact(stride).skip(top as usize).take(height as usize);
        let rgba = lines.flat_map(|line| &line[left as usize * 4..(left + width) as usize * 4]).copied().collect();
        (tile, pad(Pixels { width, height, rgba }))
    };
    (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))).map(cut).collect()
}

/// The whole picture at the finest level that is no larger than `side`.
fn whole_level(container: &TileSource, side: u32) -> Result<Pixels, String> {
    let pyramid = container.pyramid();
    let level = pyramid.level_within(side);
    if level == pyramid.levels() {
        return container.overview().map_err(|e| e.to_string()).and_then(|b| decode(&b, OVERVIEW));
    }
    let (width, height) = pyramid.size(level);
    let mut rgba = vec![255; width as usize * height as usize * 4];
    let (columns, rows) = pyramid.grid(level);
    for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
        let tile = TileId { level, column, row };
        let (left, top, across, _) = pyramid.tile_rect(tile);
        let pixels = tile_of(container, tile)?;
        for (y, line) in pixels.rgba.chunks_exact(pixels.width as usize * 4).enumerate() {
            let start = ((top as usize + y) * width as usize + left as usize) * 4;
            rgba[start..start + across as usize * 4].copy_from_slice(&line[..across as usize * 4]);
        }
    }
    Ok(Pixels { width, height, rgba })
}

fn decode(bytes: &[u8], max_side: u32) -> Result<Pixels, String> {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return decode_jpeg(bytes, max_side);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| e.to_string())?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits.max_image_width = Some(max_side);
    limits.max_image_height = Some(max_side);
    reader.limits(limits);
    let picture = reader.decode().map_err(|e| e.to_string())?.into_rgba8();
    Ok(Pixels { width: picture.width(), height: picture.height(), rgba: picture.into_raw() })
}

/// Straight to RGBA: nearly every tile is a JPEG.
fn decode_jpeg(bytes: &[u8], max_side: u32) -> Result<Pixels, String> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGBA)
        .set_max_width(max_side as usize)
        .set_max_height(max_side as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let rgba = decoder.decode().map_err(|e| e.to_string())?;
    let info = decoder.info().ok_or("a JPEG without a size")?;
    Ok(Pixels { width: u32::from(info.width), height: u32::from(info.height), rgba })
}

/// A tile of full size: the last column and row repeat their edge, so that every texture of the pool is alike and
/// filtering at the edge stays true.
fn pad(pixels: Pixels) -> Pixels {
    if pixels.width == TILE && pixels.height == TILE {
        return pixels;
    }
    let side = TILE as usize;
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let mut rgba = Vec::with_capacity(side * side * 4);
    for y in 0..side {
        let row = &pixels.rgba[y.min(height - 1) * width * 4..][..width * 4];
        rgba.extend_from_slice(row);
        for _ in width..side {
            rgba.extend_from_slice(&row[(width - 1) * 4..]);
        }
    }
    Pixels { width: TILE, height: TILE, rgba }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_tile_repeats_its_edge() {
        let padded = pad(Pixels { width: 1, height: 2, rgba: vec![1, 2, 3, 255, 9, 9, 9, 255] });
        assert_eq!(padded.rgba.len(), (TILE * TILE * 4) as usize);
        assert_eq!(padded.rgba[..8], [1, 2, 3, 255, 1, 2, 3, 255]);
        assert_eq!(padded.rgba[padded.rgba.len() - 4..], [9, 9, 9, 255]);
    }

    #[test]
    fn a_picture_is_cut_once_and_found_again() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.png");
        image::RgbImage::new(30, 20).save(&path).expect("saved");
        let shared = Shared { queues: Mutex::default(), wake: Condvar::new() };
        for _ in 0..2 {
            container_of(&shared, &path, &dir.path().join("cache"), &|_| ()).expect("cut");
        }
        assert_eq!(std::fs::read_dir(dir.path().join("cache")).expect("listed").count(), 1);
        assert!(container_of(&shared, &dir.path().join("none.png"), dir.path(), &|_| ()).is_err());
    }
}
