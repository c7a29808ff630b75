//! A baseline JPEG's scan as quantised coefficients, row of groups by row of groups. Bounded memory, whatever it reads.

use super::bits::BitReader;
use super::format::Format;
use super::head::read_head;
use super::huffman::{Decoder, Found, signed};
use super::{Block, ScanError, ZIGZAG};
use std::io::BufRead;

/// Means as eight-bit samples can have them.
const MEANS: std::ops::RangeInclusive<i32> = -1024..=1023;

/// A picture being read from top to bottom.
pub struct Scan<R> {
    pub width: u32,
    pub height: u32,
    pub format: Format,
    bits: BitReader<R>,
    /// Tables of each component, for means and for the rest.
    tables: Vec<(Decoder, Decoder)>,
    /// The component of each block of a group.
    order: Vec<usize>,
    means: [i32; 3],
    restart_groups: u32,
    groups_to_restart: u32,
    restarts: u8,
    row: u32,
}

impl<R: BufRead> Scan<R> {
    /// `None` for all that is not a simple baseline JPEG.
    pub fn open(mut input: R) -> Result<Option<Self>, ScanError> {
        let Some(head) = read_head(&mut input)? else { return Ok(None) };
        let components = head.format.components();
        let order = components.iter().enumerate().flat_map(|(index, c)| std::iter::repeat_n(index, c.across * c.down));
        Ok(Some(Self {
            width: head.width,
            height: head.height,
            bits: BitReader::new(input),
            tables: components.iter().map(|c| (Decoder::new(&c.dc), Decoder::new(&c.ac))).collect(),
            order: order.collect(),
            means: [0; 3],
            restart_groups: head.restart_groups,
            groups_to_restart: head.restart_groups,
            restarts: 0,
            row: 0,
            format: head.format,
        }))
    }

    /// Groups in a row and rows of groups.
    pub fn groups(&self) -> (usize, usize) {
        let (width, height) = self.format.group_size();
        ((self.width as usize).div_ceil(width), (self.height as usize).div_ceil(height))
    }

    /// Fills `blocks` with the next row of groups, all blocks of a group together.
    pub fn next_row(&mut self, blocks: &mut [Block]) -> Result<(), ScanError> {
        for group in blocks.chunks_exact_mut(self.order.len()) {
            if self.restart_groups > 0 {
                self.count_restart()?;
            }
            self.bits.prepare_group()?;
            let read = read_group(&mut self.bits, &self.tables, &self.order, &mut self.means, group);
            read.map_err(|what| self.damaged(what))?;
            if self.bits.is_past_end() {
                return Err(self.damaged("the picture ends there"));
            }
        }
        self.row += 1;
        Ok(())
    }

    fn count_restart(&mut self) -> Result<(), ScanError> {
        if self.groups_to_restart == 0 {
            if !self.bits.restart(self.restarts)? {
                return Err(self.damaged("a restart marker is missing"));
            }
            self.restarts = self.restarts.wrapping_add(1);
            self.groups_to_restart = self.restart_groups;
            self.means = [0; 3];
        }
        self.groups_to_restart -= 1;
        Ok(())
    }

    fn damaged(&self, what: &'static str) -> ScanError {
        ScanError::Data { row: self.row * self.format.group_size().1 as u32, what }
    }
}

fn read_group<R: BufRead>(
    bits: &mut BitReader<R>,
    tables: &[(Decoder, Decoder)],
    order: &[usize],
    means: &mut [i32; 3],
    group: &mut [Block],
) -> Result<(), &'static str> {
    for (block, &component) in group.iter_mut().zip(order) {
        let ((dc, ac), mean) = (&tables[component], &mut means[component]);
        *mean += read_difference(bits, dc)?;
        if !MEANS.contains(mean) {
            return Err("a block is brighter or darker than can be");
        }
        block.coefficients = [0; 64];
        block.coefficients[0] = *mean as i16;
        block.present = 1;
        read_others(bits, ac, block)?;
    }
    Ok(())
}

fn read_difference<R: BufRead>(bits: &mut BitReader<R>, dc: &Decoder) -> Result<i32, &'static str> {
    bits.refill();
    match dc.find(bits.peek()) {
        Found::Value { value, bits: length, .. } => {
            bits.skip(length);
            Ok(value.into())
        }
        Found::Symbol { symbol, bits: length } => {
            bits.skip(length);
            Ok(read_value(bits, u32::from(symbol & 15)))
        }
        Found::Unknown => Err(UNKNOWN),
    }
}

const UNKNOWN: &str = "bits mean nothing";

/// A value of 0 to 15 bits.
#[inline(always)]
fn read_value<R: BufRead>(bits: &mut BitReader<R>, size: u32) -> i32 {
    if size == 0 {
        return 0;
    }
    let value = signed((bits.peek() >> (64 - size)) as u32, size);
    bits.skip(size);
    value
}

/// Everything but the mean. A symbol that a tile is to hold is thereby one that the table has.
#[inline]
fn read_others<R: BufRead>(bits: &mut BitReader<R>, ac: &Decoder, block: &mut Block) -> Result<(), &'static str> {
    let mut present = 1u64;
    let mut at = 1usize;
    while at < 64 {
        // A code and its value take 26 bits at most.
        if bits.at_hand() < 32 {
            bits.refill();
        }
        let value = match ac.find(bits.peek()) {
            Found::Value { run, value, bits: length } => {
                bits.skip(length);
                at += run as usize;
                value
            }
            Found::Symbol { symbol, bits: length } => {
                bits.skip(length);
                match (symbol >> 4, u32::from(symbol & 15)) {
                    (0, 0) => break,
                    // Zeros up to the very end are said by the end of the block, or its table may lack that.
                    (15, 0) if at >= 48 => return Err(TOO_MANY),
                    (15, 0) => {
                        at += 16;
                        continue;
                    }
                    (_, 0 | 11..) => return Err("a coefficient is larger than can be"),
                    (run, size) => {
                        at += usize::from(run);
                        read_value(bits, size) as i16
                    }
                }
            }
            Found::Unknown => return Err(UNKNOWN),
        };
        let Some(&place) = ZIGZAG.get(at) else { return Err(TOO_MANY) };
        block.coefficients[usize::from(place & 63)] = value;
        present |= 1 << at;
        at += 1;
    }
    block.present = present;
    Ok(())
}

const TOO_MANY: &str = "a block has too many coefficients";

#[cfg(test)]
mod tests {
    use super::super::write::{Recipe, TileWriter};
    use super::*;
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

    /// Waves, edges and grain, so that every kind of coefficient comes up.
    fn pixels(width: usize, height: usize, channels: usize) -> Vec<u8> {
        let mut state = 12_345u32;
        let mut pixels = Vec::new();
        for (y, x, c) in (0..height).flat_map(|y| (0..width).flat_map(move |x| (0..channels).map(move |c| (y, x, c)))) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wave = 128.0 + 90.0 * ((x * (c + 1)) as f32 * 0.05).sin() * (y as f32 * 0.07).cos();
            let edge = if (x / 23 + y / 31) % 2 == 0 { 30.0 } else { 0.0 };
            let grain = if x % 200 > 100 { (state >> 27) as f32 } else { 0.0 };
            pixels.push((wave + edge + grain) as u8);
        }
        pixels
    }

    struct Kind {
        sampling: SamplingFactor,
        has_colour: bool,
        restart: u16,
        is_optimized: bool,
    }

    fn encoded(width: u16, height: u16, kind: &Kind) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 83);
        encoder.set_sampling_factor(kind.sampling);
        encoder.set_restart_interval(kind.restart);
        encoder.set_optimized_huffman_tables(kind.is_optimized);
        let (channels, colour) = if kind.has_colour { (3, ColorType::Rgb) } else { (1, ColorType::Luma) };
        let pixels = pixels(width.into(), height.into(), channels);
        encoder.encode(&pixels, width, height, colour).expect("encodes");
        out
    }

    fn kinds() -> Vec<Kind> {
        use SamplingFactor::{R_4_2_0, R_4_2_2, R_4_4_0, R_4_4_4};
        let mut kinds = Vec::new();
        for restart in [0, 1, 7] {
            let colour = |sampling| Kind { sampling, has_colour: true, restart, is_optimized: false };
            kinds.extend([R_4_2_0, R_4_2_2, R_4_4_0, R_4_4_4].map(colour));
            // That encoder's own tables do not allow for restarts.
            let grey = |is_optimized| Kind { sampling: R_4_4_4, has_colour: false, restart, is_optimized };
            kinds.extend([false, restart == 0].map(grey));
        }
        kinds
    }

    /// All coefficients of a picture.
    fn read(bytes: &[u8]) -> Result<Option<(Scan<&[u8]>, Vec<Vec<Block>>)>, ScanError> {
        let Some(mut scan) = Scan::open(bytes)? else { return Ok(None) };
        let (across, down) = scan.groups();
        let mut rows = Vec::new();
        for _ in 0..down {
            let mut row = vec![Block::EMPTY; across * scan.format.group_blocks()];
            scan.next_row(&mut row)?;
            rows.push(row);
        }
        Ok(Some((scan, rows)))
    }

    fn decoded(bytes: &[u8]) -> image::RgbImage {
        image::load_from_memory(bytes).expect("decodes").into_rgb8()
    }

    #[test]
    fn what_is_written_again_is_the_same_picture() {
        for kind in kinds() {
            for (width, height) in [(1, 1), (8, 8), (16, 17), (100, 75), (333, 65)] {
                let source = encoded(width, height, &kind);
                let (scan, rows) = read(&source).expect("whole").expect("baseline");
                let recipe = Recipe::new(&scan.format);
                let mut writer = TileWriter::new(&recipe, scan.width, scan.height);
                rows.iter().for_each(|row| writer.push(&recipe, row));
                let written = writer.finish();
                assert_eq!(decoded(&source), decoded(&written));
                let (_, again) = read(&written).expect("whole").expect("baseline");
                assert_eq!(rows, again);
            }
        }
    }

    #[test]
    fn other_pictures_are_left_to_other_decoders() {
        let picture = pixels(40, 30, 4);
        let foreign = |set: &dyn Fn(&mut Encoder<&mut Vec<u8>>), channels: usize, colour| {
            let mut out = Vec::new();
            let mut encoder = Encoder::new(&mut out, 80);
            set(&mut encoder);
            encoder.encode(&picture[..40 * 30 * channels], 40, 30, colour).expect("encodes");
            read(&out).expect("well made").is_none()
        };
        assert!(!foreign(&|_| {}, 3, ColorType::Rgb));
        assert!(foreign(&|e| e.set_progressive(true), 3, ColorType::Rgb));
        assert!(foreign(&|e| e.set_optimized_huffman_tables(true), 3, ColorType::Rgb));
        assert!(foreign(&|e| e.set_sampling_factor(SamplingFactor::R_4_1_1), 3, ColorType::Rgb));
        assert!(foreign(&|_| {}, 4, ColorType::Cmyk));
        let turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        assert!(foreign(&|e| e.add_exif_metadata(turned).expect("added"), 3, ColorType::Rgb));
        assert!(foreign(&|e| e.add_icc_profile(b"a profile of its own").expect("added"), 3, ColorType::Rgb));
        assert!(read(b"\x89PNG\r\n").expect("no JPEG").is_none());
        assert!(read(b"").expect("no JPEG").is_none());
    }

    #[test]
    fn a_picture_that_ends_early_is_told() {
        let kind = Kind { sampling: SamplingFactor::R_4_2_0, has_colour: true, restart: 5, is_optimized: false };
        let source = encoded(90, 70, &kind);
        // Without its last marker alone, nothing is missing.
        assert!(read(&source[..source.len() - 2]).is_ok());
        for length in 2..source.len() - 3 {
            let error = read(&source[..length]).err().expect("an error");
            assert!(matches!(error, ScanError::Head(_) | ScanError::Data { .. }), "{length} {error}");
        }
        let error = read(&source[..source.len() / 2]).err().expect("an error").to_string();
        assert!(error.contains("near row"), "{error}");
    }

    #[test]
    fn damage_gives_an_error_or_a_picture() {
        let mut state = 99u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let (mut errors, mut pictures) = (0, 0);
        for kind in kinds() {
            let source = encoded(70, 50, &kind);
            for round in 0..400 {
                let mut damaged = source.clone();
                // The head is a small part of the file and has the most ways to be wrong.
                let reach = if round % 2 == 0 { 700.min(source.len()) } else { source.len() };
                for _ in 0..=next(4) {
                    damaged[next(reach)] = if round % 3 == 0 { 0xFF } else { next(256) as u8 };
                }
                match read(&damaged) {
                    Ok(Some((scan, rows))) => {
                        pictures += 1;
                        // What could be read can be written, and is the same then.
                        let recipe = Recipe::new(&scan.format);
                        let mut writer = TileWriter::new(&recipe, scan.width, scan.height);
                        rows.iter().for_each(|row| writer.push(&recipe, row));
                        let (_, again) = read(&writer.finish()).expect("whole").expect("baseline");
                        assert!(again == rows, "{round}");
                    }
                    Ok(None) => {}
                    Err(_) => errors += 1,
                }
            }
        }
        assert!(errors > 1000 && pictures > 500, "{errors} {pictures}");
    }
}
