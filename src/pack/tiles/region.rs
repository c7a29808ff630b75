//! A range of the picture's columns through its finest levels, where nearly all the work is. Regions know nothing of
//! each other, so each may be worked on by any thread, one band of rows after the other.

use super::cut::CutError;
use super::jpeg::{Block, Halver, Recipe, TileWriter};
use super::ladder::{Cut, Harvest, Ladder, columns_of_level};
use super::planes::{Planes, Space};
use super::pyramid::{Pyramid, TILE, TileId};
use super::sink::Encoding;
use std::ops::Range;
use std::sync::Arc;

/// Levels that a region takes at most: it is as wide as a tile of the last of them.
pub const LEVELS: u8 = 3;

/// Some rows of the picture, over its whole width.
pub enum Band {
    /// Three bytes a pixel.
    Rgb(Vec<u8>),
    /// Coefficients in the order of the scan.
    Blocks(Vec<Block>),
}

/// What is the same for all regions of a picture.
pub struct Plan {
    pub pyramid: Pyramid,
    pub space: Space,
    /// Levels from here on are not made by regions.
    pub end: u8,
    /// How the finest level is cut when it comes as coefficients.
    pub scan: Option<ScanPlan>,
}

pub struct ScanPlan {
    pub recipe: Recipe,
    pub halver: Halver,
    /// Width and height of a group in pixels, and the blocks in it.
    pub group: (usize, usize),
    pub group_blocks: usize,
}

impl Plan {
    pub fn regions(self: &Arc<Self>) -> Vec<Region> {
        let side = TILE << (LEVELS - 1);
        let columns = |left: u32| left..self.pyramid.width.min(left.saturating_add(side));
        let lefts = (0..self.pyramid.width).step_by(side as usize);
        lefts.map(|left| Region::new(Arc::clone(self), columns(left))).collect()
    }
}

pub struct Region {
    plan: Arc<Plan>,
    columns: Range<u32>,
    ladder: Ladder,
    /// Rows of pixels of the finest level that were cut.
    done: usize,
    tiles: Vec<TileWriter>,
    rows: Planes,
}

impl Region {
    fn new(plan: Arc<Plan>, columns: Range<u32>) -> Self {
        let first = u8::from(plan.scan.is_some());
        let ladder = Ladder::new(plan.pyramid, plan.space, &columns, first..plan.end, plan.end, None);
        let width = match &plan.scan {
            None => (columns.end - columns.start) as usize,
            Some(scan) => ((columns.end - columns.start) as usize).div_ceil(scan.group.0) * scan.halver.group_size().0,
        };
        Self { rows: Planes::new(plan.space, width), plan, columns, ladder, done: 0, tiles: Vec::new() }
    }

    /// The tiles that this band completes, and what it is on the level below the region's last.
    pub fn take(&mut self, band: &Band) -> Result<Harvest, CutError> {
        let width = columns_of_level(&self.columns, self.plan.end).len();
        let mut harvest = Harvest { tiles: Vec::new(), rows: Planes::new(self.plan.space, width) };
        let plan = Arc::clone(&self.plan);
        match (band, &plan.scan) {
            (Band::Blocks(blocks), Some(scan)) => {
                let row_groups = (plan.pyramid.width as usize).div_ceil(scan.group.0);
                for row in blocks.chunks_exact((row_groups * scan.group_blocks).max(1)) {
                    let first = self.columns.start as usize / scan.group.0 * scan.group_blocks;
                    let count = self.rows.width / scan.halver.group_size().0 * scan.group_blocks;
                    self.take_groups(scan, row.get(first..first + count).unwrap_or(&[]), &mut harvest)?;
                }
            }
            (Band::Rgb(rgb), None) => {
                self.rows.fill_from_rgb(rgb, plan.pyramid.width as usize, self.columns.start as usize);
                self.ladder.push(&self.rows, &mut harvest)?;
            }
            _ => {}
        }
        Ok(harvest)
    }

    /// One row of groups: coefficients to the finest level's tiles, pixels at half size to the levels below.
    fn take_groups(&mut self, scan: &ScanPlan, blocks: &[Block], harvest: &mut Harvest) -> Result<(), CutError> {
        let tile = TILE as usize;
        if self.tiles.is_empty() {
            let row = (self.done / tile) as u32;
            self.tiles = self.tile_ids(row).map(|id| self.begin_tile(scan, id)).collect();
        }
        let tile_blocks = tile / scan.group.0 * scan.group_blocks;
        for (tile, blocks) in self.tiles.iter_mut().zip(blocks.chunks(tile_blocks)) {
            tile.push(&scan.recipe, blocks);
        }
        scan.halver.halve(blocks, &mut self.rows.channels);
        let half_done = self.done / 2;
        self.done += scan.group.1;
        let half_height = self.plan.pyramid.size(1).1 as usize;
        self.rows.rows = scan.halver.group_size().1.min(half_height.saturating_sub(half_done));
        self.ladder.push(&self.rows, harvest)?;
        if self.done.is_multiple_of(tile) || self.done >= self.plan.pyramid.height as usize {
            let row = (self.done - 1) / tile;
            let ids = self.tile_ids(row as u32);
            for (tile, writer) in ids.zip(self.tiles.drain(..)) {
                harvest.tiles.push(Cut { tile, bytes: writer.finish(), encoding: Encoding::Jpeg });
            }
        }
        Ok(())
    }

    fn tile_ids(&self, row: u32) -> impl Iterator<Item = TileId> + use<> {
        let columns = self.columns.start / TILE..self.columns.end.div_ceil(TILE);
        columns.map(move |column| TileId { level: 0, column, row })
    }

    fn begin_tile(&self, scan: &ScanPlan, tile: TileId) -> TileWriter {
        let (_, _, width, height) = self.plan.pyramid.tile_rect(tile);
        TileWriter::new(&scan.recipe, width, height)
    }
}
