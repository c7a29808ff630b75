//! The sums of a tile pyramid. Level 0 is one pixel of the source a pixel; every further level halves both sides,
//! rounding up. No picture is touched here.

/// Side of a tile in pixels; the last column and row may be narrower.
pub const TILE: u32 = 512;
/// The last level fits into a square of this side; it is kept whole as the overview.
pub const OVERVIEW: u32 = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pyramid {
    pub width: u32,
    pub height: u32,
    /// Side of a tile: [`TILE`] for those that are cut here, at most that for those made elsewhere.
    pub tile: u32,
    /// Pixels that a tile made elsewhere repeats of each neighbour, beyond its own rectangle.
    pub overlap: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    pub level: u8,
    pub column: u32,
    pub row: u32,
}

impl Pyramid {
    /// As pictures are cut here.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height, tile: TILE, overlap: 0 }
    }

    /// Levels that are cut into tiles; the overview comes after the last.
    pub fn levels(&self) -> u8 {
        (0..32).find(|level| self.fits_overview(*level)).unwrap_or(32)
    }

    fn fits_overview(&self, level: u8) -> bool {
        let (width, height) = self.size(level);
        width.max(height) <= OVERVIEW
    }

    /// The level that is a single pixel.
    pub fn last_level(&self) -> u8 {
        (0..32).find(|level| self.size(*level) == (1, 1)).unwrap_or(32)
    }

    /// Width and height of a level in its own pixels.
    pub fn size(&self, level: u8) -> (u32, u32) {
        let halved = |side: u32| side.div_ceil(1u32.checked_shl(level.into()).unwrap_or(u32::MAX)).max(1);
        (halved(self.width), halved(self.height))
    }

    pub fn overview_size(&self) -> (u32, u32) {
        self.size(self.levels())
    }

    /// The finest level whose longer side is at most `side`; the overview when none is.
    pub fn level_within(&self, side: u32) -> u8 {
        let fits = |level: &u8| {
            let (width, height) = self.size(*level);
            width.max(height) <= side
        };
        (0..self.levels()).find(fits).unwrap_or(self.levels())
    }

    /// Columns and rows of tiles of a level.
    pub fn grid(&self, level: u8) -> (u32, u32) {
        let (width, height) = self.size(level);
        (width.div_ceil(self.tile), height.div_ceil(self.tile))
    }

    /// Left, top, width and height of a tile in pixels of its level.
    pub fn tile_rect(&self, tile: TileId) -> (u32, u32, u32, u32) {
        let (width, height) = self.size(tile.level);
        let side = self.tile;
        let (left, top) = (tile.column * side, tile.row * side);
        (left, top, side.min(width.saturating_sub(left)), side.min(height.saturating_sub(top)))
    }

    /// Pixels at the left and at the top of a tile that belong to its neighbours.
    pub fn margin(&self, tile: TileId) -> (u32, u32) {
        let of = |index: u32| if index == 0 { 0 } else { self.overlap };
        (of(tile.column), of(tile.row))
    }

    /// Width and height of a tile with all that it repeats of its neighbours.
    pub fn stored_size(&self, tile: TileId) -> (u32, u32) {
        let ((width, height), (left, top, across, down)) = (self.size(tile.level), self.tile_rect(tile));
        let (margin_left, margin_top) = self.margin(tile);
        let right = self.overlap.min(width.saturating_sub(left + across));
        let bottom = self.overlap.min(height.saturating_sub(top + down));
        (margin_left + across + right, margin_top + down + bottom)
    }

    /// Left, top, right and bottom of a tile in pixels of the picture itself.
    pub fn rect_in_picture(&self, tile: TileId) -> [f64; 4] {
        let (left, top, width, height) = self.tile_rect(tile);
        let side = 2f64.powi(tile.level.into());
        [left, top, left + width, top + height].map(|edge| f64::from(edge) * side)
    }

    /// The coarsest level that still has a pixel for every screen pixel, given screen pixels per source pixel.
    /// `levels()` means that the overview is enough.
    pub fn level_for(&self, scale: f64) -> u8 {
        // Half a level of tolerance: a little magnification is not seen, four times the tiles is.
        let wanted = (-(scale.max(1e-9)).log2() + 0.35).floor().max(0.0);
        (wanted as u8).min(self.levels())
    }

    /// The tiles of a level that touch a rectangle given in source pixels (left, top, right, bottom), nearest to its
    /// middle first.
    pub fn tiles_in(&self, level: u8, [left, top, right, bottom]: [f64; 4]) -> Vec<TileId> {
        if level >= self.levels() {
            return Vec::new();
        }
        let side = f64::from(self.tile) * 2f64.powi(level.into());
        let (columns, rows) = self.grid(level);
        let range = |from: f64, to: f64, count: u32| {
            let first = (from / side).floor().clamp(0.0, f64::from(count)) as u32;
            let last = (to / side).ceil().clamp(0.0, f64::from(count)) as u32;
            first..last
        };
        let (middle_x, middle_y) = ((left + right) / 2.0 / side - 0.5, (top + bottom) / 2.0 / side - 0.5);
        let distance = |t: &TileId| (f64::from(t.column) - middle_x).hypot(f64::from(t.row) - middle_y);
        let mut tiles: Vec<TileId> = range(top, bottom, rows)
            .flat_map(|row| range(left, right, columns).map(move |column| TileId { level, column, row }))
            .collect();
        tiles.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        tiles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHART: Pyramid = Pyramid::new(16_000, 12_600);

    #[test]
    fn levels_halve_until_the_overview_fits() {
        assert_eq!(CHART.levels(), 4);
        assert_eq!(CHART.overview_size(), (1000, 788));
        assert_eq!(CHART.grid(0), (32, 25));
        assert_eq!(Pyramid::new(900, 20).levels(), 0);
        assert_eq!([(1, 1), (2, 1), (16_000, 12_600)].map(|(w, h)| Pyramid::new(w, h).last_level()), [0, 1, 14]);
    }

    #[test]
    fn the_level_has_about_one_pixel_for_every_screen_pixel() {
        assert_eq!([2.0, 1.0, 0.5, 0.25, 0.01].map(|s| CHART.level_for(s)), [0, 0, 1, 2, 4]);
    }

    #[test]
    fn tiles_made_elsewhere_may_be_smaller_and_overlap() {
        let pyramid = Pyramid { tile: 254, overlap: 1, ..Pyramid::new(600, 300) };
        let tile = |column, row| TileId { level: 0, column, row };
        assert_eq!(pyramid.grid(0), (3, 2));
        assert_eq!(pyramid.tile_rect(tile(2, 1)), (508, 254, 92, 46));
        assert_eq!([tile(0, 0), tile(1, 0), tile(2, 1)].map(|t| pyramid.margin(t)), [(0, 0), (1, 0), (1, 1)]);
        let stored = [tile(0, 0), tile(1, 0), tile(2, 1)].map(|t| pyramid.stored_size(t));
        assert_eq!(stored, [(255, 255), (256, 255), (93, 47)]);
    }

    proptest! {
        #[test]
        fn the_tiles_of_a_view_cover_it_and_nothing_far_away(
            x in 0.0..15_000f64, y in 0.0..12_000f64, w in 1.0..4_000f64, h in 1.0..3_000f64, level in 0u8..4,
        ) {
            let view = [x, y, (x + w).min(16_000.0), (y + h).min(12_600.0)];
            let tiles = CHART.tiles_in(level, view);
            let scale = 2f64.powi(level.into());
            for (px, py) in [(view[0], view[1]), (view[2] - 0.01, view[3] - 0.01)] {
                let inside = |t: &TileId| {
                    let (l, tp, tw, th) = CHART.tile_rect(*t);
                    let (px, py) = (px / scale, py / scale);
                    (f64::from(l)..f64::from(l + tw)).contains(&px) && (f64::from(tp)..f64::from(tp + th)).contains(&py)
                };
                prop_assert!(tiles.iter().any(inside), "{px} {py} {tiles:?}");
            }
            let side = 512.0 * scale;
            prop_assert!(tiles.len() as f64 <= (w / side + 2.0) * (h / side + 2.0));
        }
    }
}
