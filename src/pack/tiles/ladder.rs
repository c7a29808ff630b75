//! Levels one below the other over a range of columns: rows come in at the finest, tiles come out of each, and half of
//! every row goes on to the next. At any time a level holds sixteen rows and its tiles as far as they are encoded.

use super::cut::CutError;
use super::jpeg::{Encoder, GROUP, McuRows};
use super::planes::{Planes, Space};
use super::pyramid::{Pyramid, TILE, TileId};
use super::sink::Encoding;
use super::tile::Tile;
use std::ops::Range;

/// A tile that is done.
pub struct Cut {
    pub tile: TileId,
    pub bytes: Vec<u8>,
    pub encoding: Encoding,
}

/// What came out of some rows.
#[derive(Default)]
pub struct Harvest {
    pub tiles: Vec<Cut>,
    /// Rows of the level below the last.
    pub rows: Planes,
}

pub struct Ladder {
    encoder: Encoder,
    steps: Vec<Level>,
}

struct Level {
    level: u8,
    width: usize,
    height: usize,
    /// Rows that were handed on.
    done: usize,
    first_column: u32,
    waiting: Planes,
    mcu_rows: McuRows,
    /// The tiles of the row being made; a level without tiles has none.
    tiles: Vec<Tile>,
    has_tiles: bool,
    kept: Option<Planes>,
}

/// The part of a level that a range of the picture's columns takes.
pub fn columns_of_level(columns: &Range<u32>, level: u8) -> Range<u32> {
    let side = 1u64 << level.min(32);
    let at = |column: u32| u64::from(column).div_ceil(side) as u32;
    at(columns.start)..at(columns.end)
}

impl Ladder {
    /// `columns` of the picture begin at a tile's edge on all these levels. Levels from `untiled` on have no tiles;
    /// `kept` is held whole.
    pub fn new(
        pyramid: Pyramid,
        space: Space,
        columns: &Range<u32>,
        levels: Range<u8>,
        untiled: u8,
        kept: Option<u8>,
    ) -> Self {
        let step = |level: u8| {
            let own = columns_of_level(columns, level);
            let width = (own.end - own.start) as usize;
            Level {
                level,
                width,
                height: pyramid.size(level).1 as usize,
                done: 0,
                first_column: own.start / TILE,
                waiting: Planes::new(space, width),
                mcu_rows: McuRows::default(),
                tiles: Vec::new(),
                has_tiles: level < untiled,
                kept: (kept == Some(level)).then(|| Planes::new(space, width)),
            }
        };
        Self { encoder: super::tile::encoder(space), steps: levels.map(step).collect() }
    }

    pub fn push(&mut self, rows: &Planes, harvest: &mut Harvest) -> Result<(), CutError> {
        self.push_to(0, rows, harvest)
    }

    fn push_to(&mut self, index: usize, rows: &Planes, harvest: &mut Harvest) -> Result<(), CutError> {
        let mut from = 0;
        while from < rows.rows {
            let Some(step) = self.steps.get_mut(index) else {
                harvest.rows.append(rows, 0, rows.rows);
                return Ok(());
            };
            from += step.wait_for(rows, from);
            if step.is_ready() {
                let halved = step.release(&self.encoder, harvest)?;
                self.push_to(index + 1, &halved, harvest)?;
            }
        }
        Ok(())
    }

    /// The level that was to be kept.
    pub fn take_kept(&mut self) -> Option<Planes> {
        self.steps.iter_mut().find_map(|step| step.kept.take())
    }
}

impl Level {
    /// Takes as many rows as have room; says how many.
    fn wait_for(&mut self, rows: &Planes, from: usize) -> usize {
        let count = (GROUP - self.waiting.rows).min(rows.rows - from);
        self.waiting.append(rows, from, count);
        count
    }

    fn is_ready(&self) -> bool {
        self.waiting.rows == GROUP || self.done + self.waiting.rows >= self.height
    }

    /// Lays the waiting rows into tiles, and gives half of them.
    fn release(&mut self, encoder: &Encoder, harvest: &mut Harvest) -> Result<Planes, CutError> {
        let halved = self.waiting.halved();
        if let Some(kept) = &mut self.kept {
            kept.append(&self.waiting, 0, self.waiting.rows);
        }
        if self.has_tiles {
            if self.tiles.is_empty() {
                self.begin_tiles();
            }
            self.waiting.fill_mcu_rows(&halved, &mut self.mcu_rows);
            for tile in &mut self.tiles {
                tile.push(encoder, &self.waiting, &self.mcu_rows);
            }
        }
        self.done += self.waiting.rows;
        if self.done.is_multiple_of(TILE as usize) || self.done >= self.height {
            self.finish_tiles(harvest)?;
        }
        self.waiting.clear();
        Ok(halved)
    }

    fn begin_tiles(&mut self) {
        let tile = TILE as usize;
        let height = tile.min(self.height - self.done);
        let lefts = (0..self.width).step_by(tile);
        self.tiles = lefts.map(|left| Tile::new(left, tile.min(self.width - left), height)).collect();
    }

    fn finish_tiles(&mut self, harvest: &mut Harvest) -> Result<(), CutError> {
        let row = (self.done.max(1) - 1) as u32 / TILE;
        for (column, tile) in (self.first_column..).zip(self.tiles.drain(..)) {
            let (bytes, encoding) = tile.finish(self.waiting.space)?;
            harvest.tiles.push(Cut { tile: TileId { level: self.level, column, row }, bytes, encoding });
        }
        Ok(())
    }
}
