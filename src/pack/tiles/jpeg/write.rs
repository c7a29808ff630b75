//! A tile as a complete JPEG, from coefficients: no sum is made, so what the scan held is what the tile holds.

use super::format::{Component, Format};
use super::huffman::{Codes, Spec, standard_dc};
use super::{Block, ZIGZAG};

/// All that tiles of one format share.
pub struct Recipe {
    /// Everything up to the coefficients; height and width (two bytes each) are put in at `size_at`.
    head: Vec<u8>,
    size_at: usize,
    codes: Vec<(Codes, Codes)>,
    /// The component of each block of a group.
    order: Vec<usize>,
}

/// A tile being written, group by group from the left and row by row.
pub struct TileWriter {
    bits: BitWriter,
    means: [i32; 3],
}

impl Recipe {
    pub fn new(format: &Format) -> Self {
        let components = format.components();
        let dc: Vec<Spec> = components.iter().enumerate().map(|(index, c)| complete_dc(&c.dc, index > 0)).collect();
        let ac: Vec<&Spec> = components.iter().map(|c| &c.ac).collect();
        let mut head = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        let steps: Vec<&[u8; 64]> = components.iter().map(|c| &c.steps).collect();
        let step_places = write_tables(&mut head, 0xDB, &steps, |id, steps, out| {
            out.push(id);
            out.extend(**steps);
        });
        let size_at = write_frame(&mut head, components, &step_places);
        let dc_places = write_tables(&mut head, 0xC4, &dc, |id, spec, out| {
            out.push(id);
            spec.write(out);
        });
        let ac_places = write_tables(&mut head, 0xC4, &ac, |id, spec, out| {
            out.push(0x10 | id);
            spec.write(out);
        });
        head.extend([0xFF, 0xDA, 0, 6 + 2 * components.len() as u8, components.len() as u8]);
        for (id, (dc, ac)) in (1..).zip(dc_places.iter().zip(&ac_places)) {
            head.extend([id, dc << 4 | ac]);
        }
        head.extend([0, 63, 0]);
        let order = components.iter().enumerate().flat_map(|(index, c)| std::iter::repeat_n(index, c.across * c.down));
        let codes = dc.iter().zip(ac).map(|(dc, ac)| (Codes::new(dc), Codes::new(ac)));
        Self { head, size_at, codes: codes.collect(), order: order.collect() }
    }
}

/// The scan's own table, if it knows every difference: at a tile's left edge there are others than in the scan.
fn complete_dc(spec: &Spec, is_colour: bool) -> Spec {
    let [luma, chroma] = standard_dc();
    let is_complete = (0..12).all(|size| spec.symbols().contains(&size));
    if is_complete {
        spec.clone()
    } else if is_colour {
        chroma
    } else {
        luma
    }
}

fn write_frame(head: &mut Vec<u8>, components: &[Component], step_places: &[u8]) -> usize {
    head.extend([0xFF, 0xC0, 0, 8 + 3 * components.len() as u8, 8]);
    let size_at = head.len();
    head.extend([0, 0, 0, 0, components.len() as u8]);
    for ((id, component), place) in (1..).zip(components).zip(step_places) {
        head.extend([id, (component.across << 4 | component.down) as u8, *place]);
    }
    size_at
}

/// Writes each table once, in a segment of its own; says which one each component has.
fn write_tables<T: PartialEq>(
    head: &mut Vec<u8>,
    marker: u8,
    tables: &[T],
    write: impl Fn(u8, &T, &mut Vec<u8>),
) -> Vec<u8> {
    let mut places: Vec<u8> = Vec::new();
    let mut written = 0;
    for (index, table) in tables.iter().enumerate() {
        if let Some(same) = tables[..index].iter().position(|earlier| earlier == table) {
            places.push(places[same]);
            continue;
        }
        head.extend([0xFF, marker, 0, 0]);
        let from = head.len();
        write(written, table, head);
        let length = (head.len() - from + 2) as u16;
        head[from - 2..from].copy_from_slice(&length.to_be_bytes());
        places.push(written);
        written += 1;
    }
    places
}

impl TileWriter {
    pub fn new(recipe: &Recipe, width: u32, height: u32) -> Self {
        let mut bits = BitWriter { out: Vec::with_capacity(32 << 10), bits: 0, free: 64 };
        bits.out.extend(&recipe.head);
        let size = (height << 16 | width & 0xFFFF).to_be_bytes();
        bits.out[recipe.size_at..recipe.size_at + 4].copy_from_slice(&size);
        Self { bits, means: [0; 3] }
    }

    /// Whole groups, in the order of the scan.
    pub fn push(&mut self, recipe: &Recipe, blocks: &[Block]) {
        for group in blocks.chunks_exact(recipe.order.len()) {
            for (block, &component) in group.iter().zip(&recipe.order) {
                let (dc, ac) = &recipe.codes[component];
                let mean = i32::from(block.coefficients[0]);
                let difference = mean - std::mem::replace(&mut self.means[component], mean);
                self.bits.put_value(dc, 0, difference);
                write_others(&mut self.bits, ac, block);
            }
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.bits.finish()
    }
}

#[inline]
fn write_others(bits: &mut BitWriter, ac: &Codes, block: &Block) {
    let mut left = block.present & !1;
    let mut last = 0u32;
    while left != 0 {
        let at = left.trailing_zeros();
        left &= left - 1;
        let mut run = at - last - 1;
        last = at;
        while run > 15 {
            let (code, length) = ac.of(0xF0);
            bits.put(code, length);
            run -= 16;
        }
        let place = ZIGZAG[at as usize & 63];
        bits.put_value(ac, run as u8, block.coefficients[usize::from(place & 63)].into());
    }
    if last != 63 {
        let (code, length) = ac.of(0);
        bits.put(code, length);
    }
}

struct BitWriter {
    out: Vec<u8>,
    /// The last `64 - free` bits are waiting.
    bits: u64,
    free: u32,
}

impl BitWriter {
    /// At most 32 bits.
    #[inline(always)]
    fn put(&mut self, code: u32, length: u32) {
        if length < self.free {
            self.bits = self.bits << length | u64::from(code);
            self.free -= length;
            return;
        }
        let behind = length - self.free;
        let word = (self.bits << (self.free & 63)) | u64::from(code) >> behind;
        self.put_bytes(word);
        self.bits = code.into();
        self.free = 64 - behind;
    }

    /// The symbol of a run and a value's size, then the value.
    #[inline(always)]
    fn put_value(&mut self, codes: &Codes, run: u8, value: i32) {
        let size = 32 - value.unsigned_abs().leading_zeros();
        let bits = (value + (value >> 31)) as u32 & ((1 << size) - 1);
        let (code, length) = codes.of(run << 4 | size as u8);
        self.put(code << size | bits, length + size);
    }

    #[inline(always)]
    fn put_bytes(&mut self, word: u64) {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        // Set where a byte may be 0xFF.
        if word & HIGH & !word.wrapping_add(HIGH >> 7) == 0 {
            self.out.extend_from_slice(&word.to_be_bytes());
        } else {
            self.put_stuffed(&word.to_be_bytes());
        }
    }

    fn put_stuffed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.out.push(*byte);
            if *byte == 0xFF {
                self.out.push(0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let waiting = 64 - self.free;
        if waiting > 0 {
            // The last byte is filled up with ones.
            let word = (self.bits << self.free) | (u64::MAX >> waiting);
            let bytes = word.to_be_bytes();
            self.put_stuffed(&bytes[..waiting.div_ceil(8) as usize]);
        }
        self.out.extend([0xFF, 0xD9]);
        self.out
    }
}
