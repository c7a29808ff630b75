//! Rows of pixels with each channel by itself: halving, and the way to what the JPEG encoder takes. Pure sums.

use super::jpeg::{GROUP, McuRows};

/// What the planes mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    Grey,
    #[default]
    Rgb,
    /// Brightness and two colour differences, as JPEG has them.
    Ycc,
}

impl Space {
    fn channels(self) -> usize {
        if self == Self::Grey { 1 } else { 3 }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Planes {
    pub space: Space,
    pub width: usize,
    pub rows: usize,
    /// Each holds `rows` times `width` samples.
    pub channels: Vec<Vec<u8>>,
}

impl Planes {
    pub fn new(space: Space, width: usize) -> Self {
        Self { space, width, rows: 0, channels: vec![Vec::new(); space.channels()] }
    }

    pub fn clear(&mut self) {
        self.rows = 0;
        self.channels.iter_mut().for_each(Vec::clear);
    }

    /// Takes `count` rows of `other` from row `from` on, as much of them as this is wide.
    pub fn append(&mut self, other: &Self, from: usize, count: usize) {
        for (own, others) in self.channels.iter_mut().zip(&other.channels) {
            let rows = others.chunks_exact(other.width.max(1)).skip(from).take(count);
            rows.for_each(|row| own.extend_from_slice(&row[..self.width.min(row.len())]));
        }
        self.rows += count;
    }

    /// Puts several of the same height side by side.
    pub fn beside(space: Space, parts: &[Self]) -> Self {
        let width = parts.iter().map(|part| part.width).sum();
        let rows = parts.first().map_or(0, |part| part.rows);
        let mut whole = Self { rows, ..Self::new(space, width) };
        for (index, channel) in whole.channels.iter_mut().enumerate() {
            channel.reserve_exact(width * rows);
            for row in 0..rows {
                for part in parts {
                    let samples =
                        part.channels.get(index).and_then(|c| c.get(row * part.width..(row + 1) * part.width));
                    channel.extend_from_slice(samples.unwrap_or(&[]));
                }
            }
        }
        whole
    }

    /// Takes the pixels from column `left` on out of rows of RGB bytes.
    pub fn fill_from_rgb(&mut self, rgb: &[u8], rgb_width: usize, left: usize) {
        self.clear();
        let [red, green, blue] = &mut self.channels[..] else { return };
        for row in rgb.chunks_exact(rgb_width * 3) {
            let row = &row[left * 3..(left + self.width) * 3];
            let pixels = row.as_chunks::<3>().0;
            red.extend(pixels.iter().map(|p| p[0]));
            green.extend(pixels.iter().map(|p| p[1]));
            blue.extend(pixels.iter().map(|p| p[2]));
            self.rows += 1;
        }
    }

    /// Half of both sides, rounded up: each sample the mean of four.
    pub fn halved(&self) -> Self {
        let (width, rows) = (self.width.div_ceil(2), self.rows.div_ceil(2));
        let halve = |channel: &Vec<u8>| {
            let mut out = vec![0; width * rows];
            if self.width > 0 {
                let pairs = channel.chunks(self.width * 2).zip(out.chunks_exact_mut(width));
                pairs.for_each(|(pair, out)| halve_rows(pair, self.width, out));
            }
            out
        };
        Self { space: self.space, width, rows, channels: self.channels.iter().map(halve).collect() }
    }

    /// Fills what the encoder takes: at most sixteen rows, with the edges drawn out to whole groups. `halved` is what
    /// [`Planes::halved`] makes of this.
    pub fn fill_mcu_rows(&self, halved: &Self, out: &mut McuRows) {
        out.width = self.width.next_multiple_of(GROUP);
        let McuRows { luma, chroma, width } = out;
        let (width, half) = (*width, *width / 2);
        match (self.space, &self.channels[..], &halved.channels[..]) {
            (Space::Rgb, [r, g, b], [half_r, half_g, half_b]) => {
                let rows = self.width.max(1);
                draw_out(luma, width, GROUP, converted(r, g, b, rows, brightness));
                let [blue, red] = chroma;
                let rows = halved.width.max(1);
                draw_out(blue, half, GROUP / 2, converted(half_b, half_r, half_g, rows, blueness));
                draw_out(red, half, GROUP / 2, converted(half_r, half_g, half_b, rows, redness));
            }
            (_, [brightness, ..], [_, differences @ ..]) => {
                draw_out(luma, width, GROUP, copied(brightness, self.width.max(1)));
                for (out, difference) in chroma.iter_mut().zip(differences) {
                    draw_out(out, half, GROUP / 2, copied(difference, halved.width.max(1)));
                }
            }
            _ => {}
        }
    }

    /// The pixels as RGB bytes.
    pub fn to_rgb(&self) -> Vec<u8> {
        let pixel = |at: usize| {
            let mut pixel = [0; 3];
            for (value, channel) in pixel.iter_mut().zip(&self.channels) {
                *value = channel.get(at).copied().unwrap_or(0);
            }
            rgb(self.space, pixel)
        };
        (0..self.width * self.rows).flat_map(pixel).collect()
    }
}

/// One pixel of a space; grey has its value in front.
pub fn rgb(space: Space, pixel: [u8; 3]) -> [u8; 3] {
    let [y, blue, red] = pixel;
    match space {
        Space::Grey => [y; 3],
        Space::Rgb => pixel,
        Space::Ycc => {
            let (y, blue, red) = (f32::from(y), f32::from(blue) - 128.0, f32::from(red) - 128.0);
            [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue].map(|v| v.round() as u8)
        }
    }
}

/// One row out of two, or out of one at the lower edge.
fn halve_rows(pair: &[u8], width: usize, out: &mut [u8]) {
    let (upper, lower) = pair.split_at(width.min(pair.len()));
    let lower = if lower.is_empty() { upper } else { lower };
    // Two neighbours as one number, which becomes their sum.
    let sum = |two: &[u8; 2]| {
        let two = u16::from_le_bytes(*two);
        (two & 0xFF) + (two >> 8)
    };
    let (uppers, upper_rest) = upper.as_chunks::<2>();
    let (lowers, lower_rest) = lower.as_chunks::<2>();
    for ((up, low), out) in uppers.iter().zip(lowers).zip(&mut *out) {
        *out = ((sum(up) + sum(low) + 2) >> 2) as u8;
    }
    if let (&[up], &[low], Some(last)) = (upper_rest, lower_rest, out.last_mut()) {
        *last = ((u16::from(up) + u16::from(low) + 1) >> 1) as u8;
    }
}

/// Lays `rows` into a plane of the given size, with its last column and row repeated.
fn draw_out(out: &mut Vec<u8>, width: usize, height: usize, rows: impl Iterator<Item = impl Iterator<Item = u8>>) {
    out.clear();
    for row in rows {
        out.extend(row);
        let last = out.last().copied().unwrap_or(0);
        out.resize(out.len().next_multiple_of(width.max(1)), last);
    }
    while !out.is_empty() && out.len() < width * height {
        out.extend_from_within(out.len() - width..);
    }
}

fn copied(plane: &[u8], width: usize) -> impl Iterator<Item = impl Iterator<Item = u8>> {
    plane.chunks_exact(width).map(|row| row.iter().copied())
}

fn converted(
    first: &[u8],
    second: &[u8],
    third: &[u8],
    width: usize,
    convert: impl Fn(u8, u8, u8) -> u8 + Copy,
) -> impl Iterator<Item = impl Iterator<Item = u8>> {
    let rows = first.chunks_exact(width).zip(second.chunks_exact(width)).zip(third.chunks_exact(width));
    rows.map(move |((a, b), c)| a.iter().zip(b).zip(c).map(move |((a, b), c)| convert(*a, *b, *c)))
}

/// A share of a sample, in 65536ths, with eight bits behind the point.
#[inline(always)]
fn share(sample: u8, weight: u16) -> u16 {
    ((u32::from(u16::from(sample) << 8) * u32::from(weight)) >> 16) as u16
}

#[inline(always)]
fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    ((share(red, 19_595) + share(green, 38_470) + share(blue, 7_471) + 128) >> 8) as u8
}

#[inline(always)]
fn blueness(blue: u8, red: u8, green: u8) -> u8 {
    // One less than half a step, or the bluest blue would not fit.
    ((32_768 + 127 + share(blue, 32_768) - share(red, 11_059) - share(green, 21_709)) >> 8) as u8
}

#[inline(always)]
fn redness(red: u8, green: u8, blue: u8) -> u8 {
    ((32_768 + 127 + share(red, 32_768) - share(green, 27_439) - share(blue, 5_329)) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planes(width: usize, rows: usize, value: impl Fn(usize, usize, usize) -> u8) -> Planes {
        let plane = |c: usize| (0..rows * width).map(|at| value(c, at % width, at / width)).collect();
        Planes { space: Space::Rgb, width, rows, channels: (0..3).map(plane).collect() }
    }

    #[test]
    fn halving_takes_the_mean_of_four_and_rounds_sides_up() {
        for (width, rows) in [(8, 4), (7, 3), (1, 1), (1, 2), (33, 16)] {
            let value = |c: usize, x: usize, y: usize| (x * 7 + y * 13 + c * 50) as u8;
            let half = planes(width, rows, value).halved();
            assert_eq!((half.width, half.rows), (width.div_ceil(2), rows.div_ceil(2)));
            for (c, channel) in half.channels.iter().enumerate() {
                for (at, found) in channel.iter().enumerate() {
                    let (x, y) = (at % half.width * 2, at / half.width * 2);
                    let (right, below) = ((x + 1).min(width - 1), (y + 1).min(rows - 1));
                    let four = [(x, y), (right, y), (x, below), (right, below)];
                    let sum: u32 = four.iter().map(|(x, y)| u32::from(value(c, *x, *y))).sum();
                    assert_eq!(u32::from(*found), (sum + 2) / 4);
                }
            }
        }
    }

    #[test]
    fn colours_go_to_brightness_and_differences_and_back() {
        for colour in [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [200, 100, 50], [1, 2, 3]] {
            let [r, g, b] = colour;
            let back = rgb(Space::Ycc, [brightness(r, g, b), blueness(b, r, g), redness(r, g, b)]);
            assert!(back.iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= 2), "{back:?} {colour:?}");
        }
    }

    #[test]
    fn edges_are_drawn_out_to_whole_groups() {
        let rows = planes(17, 3, |_, x, y| (x + y * 100) as u8);
        let mut out = McuRows::default();
        rows.fill_mcu_rows(&rows.halved(), &mut out);
        assert_eq!((out.width, out.luma.len(), out.chroma[0].len(), out.chroma[1].len()), (32, 512, 128, 128));
        assert_eq!((out.luma[16], out.luma[31], out.luma[15 * 32]), (16, 16, 200));
    }

    #[test]
    fn parts_stand_side_by_side() {
        let whole = planes(5, 2, |c, x, y| (c * 100 + y * 10 + x) as u8);
        let part = |from: usize, width: usize| planes(width, 2, |c, x, y| (c * 100 + y * 10 + x + from) as u8);
        assert_eq!(Planes::beside(Space::Rgb, &[part(0, 2), part(2, 3)]).channels, whole.channels);
    }
}
