//! Which tile lies in which layer of the texture array. A fixed number of layers; when all are taken, the tile that was
//! not needed for the longest time makes room. Pure.

use crate::pack::tiles::pyramid::TileId;
use std::collections::HashMap;

/// A picture of the exhibit by its number on this canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileKey {
    pub picture: PictureId,
    pub tile: TileId,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Option<TileKey>,
    used_frame: u64,
    arrived_millis: u64,
}

#[derive(Debug)]
pub struct TilePool {
    slots: Vec<Slot>,
    layers: HashMap<TileKey, u32>,
    frame: u64,
}

impl TilePool {
    pub fn new(layers: u32) -> Self {
        let empty = Slot { key: None, used_frame: 0, arrived_millis: 0 };
        Self { slots: vec![empty; layers as usize], layers: HashMap::new(), frame: 0 }
    }

    pub fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// The tile's layer and when it arrived, if it is here. It counts as needed in this frame.
    pub fn take(&mut self, key: TileKey) -> Option<(u32, u64)> {
        let layer = *self.layers.get(&key)?;
        let slot = &mut self.slots[layer as usize];
        slot.used_frame = self.frame;
        Some((layer, slot.arrived_millis))
    }

    pub fn holds(&self, key: TileKey) -> bool {
        self.layers.contains_key(&key)
    }

    /// A layer for a tile that has come; `None` when every layer is needed in this frame.
    pub fn place(&mut self, key: TileKey, now_millis: u64) -> Option<u32> {
        if self.holds(key) {
            return None;
        }
        let oldest =
            (0..self.slots.len()).min_by_key(|i| self.slots[*i].key.map_or(0, |_| self.slots[*i].used_frame + 1))?;
        let slot = &mut self.slots[oldest];
        if slot.key.is_some() && slot.used_frame >= self.frame {
            return None;
        }
        if let Some(old) = slot.key.replace(key) {
            self.layers.remove(&old);
        }
        (slot.used_frame, slot.arrived_millis) = (self.frame, now_millis);
        // The pool has far fewer than 2^32 layers.
        let layer = oldest as u32;
        self.layers.insert(key, layer);
        Some(layer)
    }

    pub fn len(&self) -> usize {
        self.slots.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(column: u32) -> TileKey {
        TileKey { picture: PictureId(0), tile: TileId { level: 0, column, row: 0 } }
    }

    #[test]
    fn the_tile_not_needed_for_the_longest_time_makes_room() {
        let mut pool = TilePool::new(2);
        pool.begin_frame();
        assert_eq!((pool.place(key(1), 0), pool.place(key(2), 0)), (Some(0), Some(1)));
        assert_eq!(pool.place(key(3), 0), None, "both are needed in this frame");
        pool.begin_frame();
        pool.take(key(1));
        assert_eq!(pool.place(key(3), 7), Some(1));
        assert_eq!((pool.holds(key(2)), pool.take(key(3))), (false, Some((1, 7))));
    }

    proptest! {
        #[test]
        fn a_tile_never_has_two_layers_nor_a_layer_two_tiles(steps in prop::collection::vec((0u32..40, any::<bool>()), 1..400)) {
            let mut pool = TilePool::new(8);
            for (column, new_frame) in steps {
                if new_frame {
                    pool.begin_frame();
                }
                if pool.take(key(column)).is_none() {
                    pool.place(key(column), 0);
                }
                let mut layers: Vec<u32> = pool.layers.values().copied().collect();
                layers.sort_unstable();
                layers.dedup();
                prop_assert_eq!(layers.len(), pool.layers.len());
                prop_assert!(pool.layers.iter().all(|(k, l)| pool.slots[*l as usize].key == Some(*k)));
            }
        }
    }
}
