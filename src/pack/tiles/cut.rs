//! Cuts a picture into tiles while it is read from top to bottom. A baseline JPEG's finest level is cut as coefficients
//! (docs/decisions/0005), everything else as rows of pixels.

use super::container::Writer;
use super::crew::Crew;
use super::jpeg::{Block, Format, Halver, Recipe, Scan, ScanError};
use super::ladder::{Cut, Harvest, Ladder};
use super::planes::{Planes, Space};
use super::pyramid::Pyramid;
use super::region::{Band, LEVELS, Plan, ScanPlan};
use super::rows::{Rows, RowsError};
use super::sink::TileSink;
use super::tile::encode_overview;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Arc;

/// Rows of a band, fewer when they are very wide.
const BAND_ROWS: usize = 32;
/// Memory that a band of more than one row (of pixels, or of groups) may take.
const BAND_BYTES: usize = 4 << 20;
/// Memory for bands that are read and not yet cut.
const BANDS_BYTES: usize = 24 << 20;
/// Bands that are on their way at most.
const MAX_BANDS: usize = 8;
const READ_BYTES: usize = 256 << 10;

#[derive(Debug, thiserror::Error)]
pub enum CutError {
    #[error(transparent)]
    Source(#[from] RowsError),
    #[error(transparent)]
    Scan(#[from] ScanError),
    #[error("tiles cannot be written: {0}")]
    Write(#[from] io::Error),
    #[error("a tile cannot be encoded: {0}")]
    Encode(String),
    #[error("cutting was stopped")]
    Stopped,
}

/// Cuts `picture` into the container file `target`. `progress` is told the fraction done (0 to 1) and may stop the
/// work by returning false.
pub fn cut(picture: &Path, target: &Path, progress: impl FnMut(f32) -> bool) -> Result<(), CutError> {
    cut_into(picture, |pyramid| Ok(Box::new(Writer::create(target, pyramid)?)), progress)
}

/// Cuts `picture` into whatever `sink_for` opens for it. What the sink is given, and in which order, depends on the
/// picture alone.
pub fn cut_into(
    picture: &Path,
    sink_for: impl FnOnce(Pyramid) -> io::Result<Box<dyn TileSink>>,
    progress: impl FnMut(f32) -> bool,
) -> Result<(), CutError> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    cut_with(picture, sink_for, progress, workers)
}

fn cut_with(
    picture: &Path,
    sink_for: impl FnOnce(Pyramid) -> io::Result<Box<dyn TileSink>>,
    mut progress: impl FnMut(f32) -> bool,
    workers: usize,
) -> Result<(), CutError> {
    let source = Source::open(picture)?;
    let pyramid = source.pyramid();
    let sink = sink_for(pyramid)?;
    let mut cutter = Cutter::new(&source, sink, workers);
    read_bands(source, |band, done| {
        cutter.push(band)?;
        if progress(done) { Ok(cutter.spare.pop()) } else { Err(CutError::Stopped) }
    })?;
    cutter.finish()
}

enum Source {
    Scan(Box<Scan<BufReader<File>>>),
    Rows(Rows),
}

impl Source {
    fn open(picture: &Path) -> Result<Self, CutError> {
        let file = File::open(picture).map_err(RowsError::from)?;
        let scan = match Scan::open(BufReader::with_capacity(READ_BYTES, file)) {
            // What is strange here may be clear to the other decoder, which also knows best what to say of it.
            Err(ScanError::Head(_)) => None,
            opened => opened?,
        };
        // What is kept as an overview only needs its pixels at full size.
        let has_tiles = |scan: &Scan<_>| Pyramid::new(scan.width, scan.height).levels() > 0;
        match scan.filter(has_tiles) {
            Some(scan) => Ok(Self::Scan(Box::new(scan))),
            None => Ok(Self::Rows(Rows::open(picture)?)),
        }
    }

    fn pyramid(&self) -> Pyramid {
        match self {
            Self::Scan(scan) => Pyramid::new(scan.width, scan.height),
            Self::Rows(rows) => Pyramid::new(rows.width, rows.height),
        }
    }

    fn space(&self) -> Space {
        match self {
            Self::Rows(_) => Space::Rgb,
            Self::Scan(scan) if scan.format.components().len() == 1 => Space::Grey,
            Self::Scan(_) => Space::Ycc,
        }
    }

    /// Bytes of one row, of pixels or of groups, and how many make a band.
    fn band(&self) -> (usize, usize) {
        let (row_bytes, most) = match self {
            Self::Rows(rows) => (rows.width as usize * 3, BAND_ROWS),
            Self::Scan(scan) => {
                let blocks = scan.groups().0 * scan.format.group_blocks();
                (blocks * size_of::<Block>(), BAND_ROWS / scan.format.group_size().1)
            }
        };
        // A power of two, so that sixteen rows of a level come together without a rest.
        (row_bytes, 1 << (BAND_BYTES / row_bytes.max(1)).clamp(1, most.max(1)).ilog2())
    }
}

fn scan_plan(format: &Format) -> ScanPlan {
    ScanPlan {
        recipe: Recipe::new(format),
        halver: Halver::new(format),
        group: format.group_size(),
        group_blocks: format.group_blocks(),
    }
}

/// Reads the picture band by band; `take` is given each with the fraction read, and may give the memory of an old one.
fn read_bands(
    source: Source,
    mut take: impl FnMut(Band, f32) -> Result<Option<Band>, CutError>,
) -> Result<(), CutError> {
    let mut spare = None;
    let (row_bytes, step) = source.band();
    match source {
        Source::Rows(mut rows) => {
            for top in (0..rows.height as usize).step_by(step) {
                let count = step.min(rows.height as usize - top);
                let mut pixels = if let Some(Band::Rgb(pixels)) = spare { pixels } else { Vec::new() };
                pixels.resize(count * row_bytes, 0);
                pixels.chunks_exact_mut(row_bytes.max(1)).try_for_each(|row| rows.next_row(row))?;
                spare = take(Band::Rgb(pixels), (top + count) as f32 / rows.height as f32)?;
            }
        }
        Source::Scan(mut scan) => {
            let (across, down) = scan.groups();
            let row_blocks = across * scan.format.group_blocks();
            for top in (0..down).step_by(step) {
                let count = step.min(down - top);
                let mut blocks = if let Some(Band::Blocks(blocks)) = spare { blocks } else { Vec::new() };
                blocks.resize(count * row_blocks, Block::EMPTY);
                blocks.chunks_exact_mut(row_blocks).try_for_each(|row| scan.next_row(row))?;
                spare = take(Band::Blocks(blocks), (top + count) as f32 / down as f32)?;
            }
        }
    }
    Ok(())
}

/// Puts bands through the regions, what they leave through the levels below, and all tiles into the sink.
struct Cutter {
    space: Space,
    crew: Crew,
    below: Ladder,
    sink: Box<dyn TileSink>,
    spare: Vec<Band>,
}

impl Cutter {
    fn new(source: &Source, sink: Box<dyn TileSink>, workers: usize) -> Self {
        let (pyramid, space) = (source.pyramid(), source.space());
        let overview = pyramid.levels();
        let single = |level: &u8| pyramid.size(*level) == (1, 1);
        let untiled = if sink.wants_all_levels() { (0..32).find(single).unwrap_or(31) + 1 } else { overview };
        let end = overview.min(LEVELS);
        let scan = if let Source::Scan(scan) = source { Some(scan_plan(&scan.format)) } else { None };
        let plan = Arc::new(Plan { pyramid, space, end, scan });
        let (row_bytes, rows) = source.band();
        let max_bands = (BANDS_BYTES / (row_bytes * rows).max(1)).clamp(2, MAX_BANDS);
        let levels = end..untiled.max(overview + 1);
        Self {
            space,
            crew: Crew::new(plan.regions(), workers, max_bands),
            below: Ladder::new(pyramid, space, &(0..pyramid.width), levels, untiled, Some(overview)),
            sink,
            spare: Vec::new(),
        }
    }

    fn push(&mut self, band: Band) -> Result<(), CutError> {
        let harvested = self.crew.push(band)?;
        self.take(harvested)
    }

    fn take(&mut self, harvested: Option<(Vec<Harvest>, Option<Band>)>) -> Result<(), CutError> {
        let Some((harvests, band)) = harvested else { return Ok(()) };
        self.spare.extend(band);
        let (tiles, rows): (Vec<_>, Vec<_>) = harvests.into_iter().map(|harvest| (harvest.tiles, harvest.rows)).unzip();
        self.add(tiles.into_iter().flatten())?;
        let mut harvest = Harvest::default();
        self.below.push(&Planes::beside(self.space, &rows), &mut harvest)?;
        self.add(harvest.tiles)
    }

    fn add(&mut self, tiles: impl IntoIterator<Item = Cut>) -> Result<(), CutError> {
        tiles.into_iter().try_for_each(|cut| Ok(self.sink.add(cut.tile, &cut.bytes, cut.encoding)?))
    }

    fn finish(mut self) -> Result<(), CutError> {
        while let Some(harvested) = self.crew.pop()? {
            self.take(Some(harvested))?;
        }
        let missing = || CutError::Encode("there is no overview".to_owned());
        let overview = self.below.take_kept().ok_or_else(missing)?;
        let (encoded, encoding) = encode_overview(&overview)?;
        Ok(self.sink.finish(&encoded, encoding)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::container::Container;
    use super::super::pyramid::{TILE, TileId};
    use super::super::sink::Encoding;
    use super::*;
    use image::{Rgb, RgbImage};
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    use std::path::PathBuf;
    use std::sync::Mutex;

    fn cut_picture(picture: &RgbImage, name: &str) -> (tempfile::TempDir, Container) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let source = dir.path().join(name);
        picture.save(&source).expect("saved");
        let container = cut_file(&dir, &source);
        (dir, container)
    }

    fn cut_file(dir: &tempfile::TempDir, source: &Path) -> Container {
        let target = dir.path().join("out.tiles");
        cut(source, &target, |_| true).expect("cut");
        Container::open(&target).expect("opens")
    }

    fn pixels(container: &Container, tile: TileId) -> RgbImage {
        image::load_from_memory(&container.tile(tile).expect("tile")).expect("decodes").into_rgb8()
    }

    fn tiles(pyramid: Pyramid, level: u8) -> impl Iterator<Item = TileId> {
        let (columns, rows) = pyramid.grid(level);
        (0..rows).flat_map(move |row| (0..columns).map(move |column| TileId { level, column, row }))
    }

    /// A chart with paper grain, shores and lettering, more or less.
    fn chart(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 28;
            let wave = ((x as f32 * 0.01).sin() + (y as f32 * 0.013).cos()) * 30.0 + 150.0;
            let line = (x + y / 3) % 97 < 3;
            let value = if line { 60.0 } else { wave } + grain as f32;
            Rgb([value as u8, (value * 0.9) as u8, (value * 0.7 + (x % 256) as f32 * 0.1) as u8])
        })
    }

    fn jpeg(dir: &tempfile::TempDir, picture: &RgbImage, sampling: SamplingFactor, is_grey: bool) -> PathBuf {
        let path = dir.path().join("scan.jpg");
        let mut encoder = Encoder::new_file(&path, 90).expect("file");
        encoder.set_sampling_factor(sampling);
        encoder.set_restart_interval(if is_grey { 13 } else { 0 });
        let (width, height) = (picture.width() as u16, picture.height() as u16);
        let grey: Vec<u8> = picture.pixels().map(|p| p.0[1]).collect();
        let (bytes, colour) = if is_grey { (&grey, ColorType::Luma) } else { (picture.as_raw(), ColorType::Rgb) };
        encoder.encode(bytes, width, height, colour).expect("encodes");
        path
    }

    /// The largest difference of a tile from its part of the picture, leaving out `edge` pixels inside its rim.
    fn difference(picture: &RgbImage, tile: &RgbImage, left: u32, top: u32, edge: u32) -> u8 {
        let inside = |at: u32, side: u32| (edge..side.saturating_sub(edge)).contains(&at);
        let (width, height) = tile.dimensions();
        let pixels = tile.enumerate_pixels().filter(|(x, y, _)| inside(*x, width) && inside(*y, height));
        let differences = pixels.flat_map(|(x, y, p)| {
            let other = picture.get_pixel(left + x, top + y).0;
            p.0.into_iter().zip(other).map(|(a, b)| a.abs_diff(b)).collect::<Vec<_>>()
        });
        differences.max().unwrap_or(0)
    }

    #[test]
    fn every_tile_holds_its_part_of_the_picture() {
        // Few colours, so that tiles are lossless and can be compared exactly.
        let picture = RgbImage::from_fn(1300, 1100, |x, y| Rgb([(x / 130) as u8 * 20, (y / 600) as u8 * 90, 7]));
        let (_dir, container) = cut_picture(&picture, "a.png");
        let pyramid = container.pyramid;
        assert_eq!(pyramid.levels(), 1);
        for tile in tiles(pyramid, 0) {
            let (left, top, width, height) = pyramid.tile_rect(tile);
            let decoded = pixels(&container, tile);
            assert_eq!(decoded.dimensions(), (width, height));
            assert_eq!(difference(&picture, &decoded, left, top, 0), 0);
        }
        let overview = image::load_from_memory(&container.overview().expect("overview")).expect("decodes");
        assert_eq!((overview.width(), overview.height()), (650, 550));
    }

    #[test]
    fn lower_levels_show_the_same_picture_smaller() {
        for (width, height) in [(1, 3000), (3000, 1), (2049, 1030), (4200, 2100), (513, 1537)] {
            let colour = |x: u32, y: u32| Rgb([(x / 32 % 5) as u8 * 50, (y / 32 % 4) as u8 * 60, 9]);
            let (_dir, container) = cut_picture(&RgbImage::from_fn(width, height, colour), "a.png");
            let pyramid = container.pyramid;
            for tile in (0..pyramid.levels()).flat_map(|level| tiles(pyramid, level)) {
                let (left, top, width, height) = pyramid.tile_rect(tile);
                let decoded = pixels(&container, tile);
                assert_eq!(decoded.dimensions(), (width, height));
                let side = 1 << tile.level;
                let same = |(x, y, p): (u32, u32, &Rgb<u8>)| *p == colour((left + x) * side, (top + y) * side);
                assert!(decoded.enumerate_pixels().all(same), "{tile:?}");
            }
        }
    }

    #[test]
    fn a_tile_that_is_flat_above_and_shaded_below_is_whole() {
        let shaded = chart(700, 1100);
        let picture =
            RgbImage::from_fn(700, 1100, |x, y| if y < 300 { Rgb([200, 190, 170]) } else { *shaded.get_pixel(x, y) });
        let (_dir, container) = cut_picture(&picture, "a.png");
        for tile in tiles(container.pyramid, 0) {
            let (left, top, ..) = container.pyramid.tile_rect(tile);
            let decoded = pixels(&container, tile);
            let error: u64 = decoded
                .enumerate_pixels()
                .map(|(x, y, p)| u64::from(p.0[1].abs_diff(picture.get_pixel(left + x, top + y).0[1])))
                .sum();
            assert!(error < 4 * u64::from(decoded.width() * decoded.height()), "{tile:?} {error}");
            // Far enough from the shading that its blocks are flat.
            assert!(row_is(&decoded, top, 200), "{tile:?}");
        }
    }

    fn row_is(tile: &RgbImage, top: u32, red: u8) -> bool {
        (0..280u32.saturating_sub(top)).all(|y| tile.get_pixel(0, y).0[0].abs_diff(red) <= 2)
    }

    #[test]
    fn a_scan_in_jpeg_keeps_every_bit_of_its_quality() {
        use SamplingFactor::{R_4_2_0, R_4_2_2, R_4_4_0, R_4_4_4};
        let picture = chart(2101, 1059);
        for (sampling, is_grey) in
            [(R_4_4_4, true), (R_4_4_4, false), (R_4_2_2, false), (R_4_4_0, false), (R_4_2_0, false)]
        {
            let dir = tempfile::tempdir().expect("temporary folder");
            let path = jpeg(&dir, &picture, sampling, is_grey);
            let whole = image::open(&path).expect("decodes").into_rgb8();
            let container = cut_file(&dir, &path);
            assert_eq!((container.pyramid.width, container.pyramid.height), (2101, 1059));
            for tile in tiles(container.pyramid, 0) {
                let (left, top, width, height) = container.pyramid.tile_rect(tile);
                let decoded = pixels(&container, tile);
                assert_eq!(decoded.dimensions(), (width, height));
                // A decoder that smooths colour between pixels does not see those beyond the tile's edge.
                assert_eq!(difference(&whole, &decoded, left, top, 2), 0, "{sampling:?} {tile:?}");
                let is_whole = sampling == R_4_4_4;
                assert!(difference(&whole, &decoded, left, top, 0) <= if is_whole { 0 } else { 40 }, "{tile:?}");
            }
            assert_near_half(&whole, &container);
        }
    }

    /// The second level is about the mean of every four pixels of the picture.
    fn assert_near_half(whole: &RgbImage, container: &Container) {
        for tile in tiles(container.pyramid, 1) {
            let (left, top, width, height) = container.pyramid.tile_rect(tile);
            let decoded = pixels(container, tile);
            assert_eq!(decoded.dimensions(), (width, height));
            let mut error = 0u64;
            for (x, y, pixel) in decoded.enumerate_pixels() {
                for channel in 0..3 {
                    let at = |dx: u32, dy: u32| {
                        let (x, y) = ((left + x) * 2 + dx, (top + y) * 2 + dy);
                        u32::from(whole.get_pixel(x.min(whole.width() - 1), y.min(whole.height() - 1)).0[channel])
                    };
                    let mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4;
                    error += u64::from(u32::from(pixel.0[channel]).abs_diff(mean));
                }
            }
            assert!(error < 4 * 3 * u64::from(width * height), "{tile:?} {}", error / u64::from(3 * width * height));
        }
    }

    type Written = Vec<(TileId, Vec<u8>, Encoding)>;

    /// Keeps all that it is given.
    struct Shelf {
        written: Arc<Mutex<Written>>,
        wants_all: bool,
    }

    impl TileSink for Shelf {
        fn add(&mut self, tile: TileId, encoded: &[u8], encoding: Encoding) -> io::Result<()> {
            self.written.lock().expect("a test's lock").push((tile, encoded.to_vec(), encoding));
            Ok(())
        }

        fn finish(mut self: Box<Self>, overview: &[u8], encoding: Encoding) -> io::Result<()> {
            self.add(TileId { level: 99, column: 0, row: 0 }, overview, encoding)
        }

        fn wants_all_levels(&self) -> bool {
            self.wants_all
        }
    }

    fn cut_to_shelf(picture: &Path, wants_all: bool, workers: usize) -> Written {
        let written = Arc::default();
        let shelf = Shelf { written: Arc::clone(&written), wants_all };
        cut_with(picture, |_| Ok(Box::new(shelf)), |_| true, workers).expect("cut");
        Arc::into_inner(written).expect("the shelf is gone").into_inner().expect("a test's lock")
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let picture = chart(6500, 1300);
        let png = dir.path().join("a.png");
        picture.save(&png).expect("saved");
        for path in [jpeg(&dir, &picture, SamplingFactor::R_4_2_0, false), png] {
            let alone = cut_to_shelf(&path, false, 1);
            for workers in [2, 5] {
                assert!(cut_to_shelf(&path, false, workers) == alone, "{workers}");
            }
        }
    }

    #[test]
    fn all_levels_go_down_to_one_pixel() {
        let dir = tempfile::tempdir().expect("temporary folder");
        for (width, height) in [(1600, 40), (300, 200)] {
            let path = jpeg(&dir, &chart(width, height), SamplingFactor::R_4_2_0, false);
            let written = cut_to_shelf(&path, true, 2);
            let pyramid = Pyramid::new(width, height);
            let last = (0..32).find(|level| pyramid.size(*level) == (1, 1)).expect("a last level");
            let mut expected: Vec<TileId> = (0..=last).flat_map(|level| tiles(pyramid, level)).collect();
            expected.push(TileId { level: 99, column: 0, row: 0 });
            let mut found: Vec<TileId> = written.iter().map(|(tile, ..)| *tile).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected);
            for (tile, bytes, encoding) in written.iter().filter(|(tile, ..)| tile.level != 99) {
                let decoded = image::load_from_memory(bytes).expect("decodes");
                let (.., width, height) = pyramid.tile_rect(*tile);
                assert_eq!((decoded.width(), decoded.height()), (width, height));
                assert_eq!(*encoding == Encoding::WebP, bytes.starts_with(b"RIFF"));
            }
        }
    }

    #[test]
    fn a_scan_that_ends_early_leaves_nothing_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = jpeg(&dir, &chart(1500, 1200), SamplingFactor::R_4_2_0, false);
        let bytes = std::fs::read(&path).expect("readable");
        std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
        let target = dir.path().join("out.tiles");
        let error = cut(&path, &target, |_| true).expect_err("half a picture");
        assert!(error.to_string().contains("near row"), "{error}");
        drop(error);
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }

    #[test]
    fn a_damaged_container_is_refused() {
        let picture = RgbImage::new(20, 10);
        let (dir, _container) = cut_picture(&picture, "a.png");
        let path = dir.path().join("out.tiles");
        let mut bytes = std::fs::read(&path).expect("readable");
        bytes[25] ^= 1;
        std::fs::write(&path, bytes).expect("written");
        assert!(Container::open(&path).is_err());
    }

    #[test]
    fn stopping_leaves_nothing_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (source, target) = (dir.path().join("a.png"), dir.path().join("out.tiles"));
        RgbImage::new(10, 200).save(&source).expect("saved");
        assert!(matches!(cut(&source, &target, |done| done < 0.1), Err(CutError::Stopped)));
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }

    #[test]
    fn a_tile_is_whole_groups_of_any_scan() {
        for format in [Format::standard(80, true), Format::standard(80, false)] {
            let (width, height) = format.group_size();
            assert_eq!((TILE as usize % width, BAND_ROWS % height), (0, 0));
        }
    }
}
