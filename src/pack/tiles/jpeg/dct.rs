//! The cosine transform and its inverse, after Arai, Agui and Nakajima: what could be moved there stands in the steps.
//! Sums are of f32 without fused steps, so they come out alike on every machine.

use super::{Block, ZIGZAG};
use std::array::from_fn;
use std::ops::{Add, Mul, Sub};

/// The same number of several columns at once.
#[derive(Clone, Copy)]
struct Lanes<const N: usize>([f32; N]);

impl<const N: usize> Add for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] + other.0[i]))
    }
}

impl<const N: usize> Sub for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] - other.0[i]))
    }
}

impl<const N: usize> Mul<f32> for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, factor: f32) -> Self {
        Self(from_fn(|i| self.0[i] * factor))
    }
}

#[inline(always)]
fn turned<const A: usize, const B: usize>(lines: &[Lanes<A>; B]) -> [Lanes<B>; A] {
    from_fn(|a| Lanes(from_fn(|b| lines[b].0[a])))
}

/// What the transform of eight leaves to the steps: for k > 0, cos(k pi / 16) times the root of two.
const EIGHT: [f64; 8] = [
    1.0,
    1.387_039_845_322_147_5,
    1.306_562_964_876_376_5,
    1.175_875_602_419_359,
    1.0,
    0.785_694_958_387_102_1,
    0.541_196_100_146_197,
    0.275_899_379_282_943_1,
];

/// The same for the inverse to four samples out of the lowest four of eight coefficients.
const FOUR: [f64; 4] = [0.353_553_390_593_273_8, 0.5, 0.353_553_390_593_273_8, 0.5];

/// What coefficients are multiplied with before [`inverse`] to `width` and `height` (4 or 8 each), row by row.
pub fn inverse_factors(steps: &[u8; 64], width: usize, height: usize) -> [f32; 64] {
    let along = |side: usize, at: usize| match side {
        8 => EIGHT[at] / 8f64.sqrt(),
        _ => FOUR.get(at).copied().unwrap_or(0.0),
    };
    let mut factors = [0.0; 64];
    for (step, place) in steps.iter().zip(ZIGZAG) {
        let place = usize::from(place);
        factors[place] = (f64::from(*step) * along(height, place / 8) * along(width, place % 8)) as f32;
    }
    factors
}

/// What [`forward`] multiplies its sums with, row by row.
pub fn forward_factors(steps: &[u8; 64]) -> [f32; 64] {
    let mut factors = [0.0; 64];
    for (step, place) in steps.iter().zip(ZIGZAG) {
        let place = usize::from(place);
        factors[place] = (1.0 / (f64::from(*step) * EIGHT[place / 8] * EIGHT[place % 8] * 8.0)) as f32;
    }
    factors
}

/// Samples of a block at full size (8) or at half (4) in either direction, written to `out` with `stride`.
#[inline(always)]
pub fn inverse<const W: usize, const H: usize>(block: &Block, factors: &[f32; 64], out: &mut [u8], stride: usize) {
    let mut samples = [[0u8; W]; H];
    if block.present & !1 == 0 {
        let mean = f32::from(block.coefficients[0]) * factors[0];
        samples = [[byte(mean + 128.0); W]; H];
    } else {
        let mut lines: [Lanes<W>; H] = from_fn(|row| {
            Lanes(from_fn(|column| f32::from(block.coefficients[row * 8 + column]) * factors[row * 8 + column]))
        });
        inverse_pass(&mut lines);
        let mut lines = turned(&lines);
        inverse_pass(&mut lines);
        let lines = turned(&lines);
        for (samples, line) in samples.iter_mut().zip(lines) {
            *samples = line.0.map(|sample| byte(sample + 128.0));
        }
    }
    for (line, samples) in out.chunks_mut(stride.max(1)).zip(samples) {
        if let Some(place) = line.first_chunk_mut::<W>() {
            *place = samples;
        }
    }
}

/// The nearest whole number from 0 to 255.
#[inline(always)]
fn byte(sample: f32) -> u8 {
    // Comparisons in place of `clamp`, and a sum whose lowest bits are the number, become plain vector steps.
    let sample = if sample > 0.0 { sample } else { 0.0 };
    let sample = if sample < 255.0 { sample } else { 255.0 };
    (sample + 8_388_608.0).to_bits() as u8
}

#[inline(always)]
fn inverse_pass<const N: usize>(lines: &mut [Lanes<N>]) {
    if let Some(eight) = lines.first_chunk_mut::<8>() {
        *eight = inverse_eight(*eight);
    } else if let Some(four) = lines.first_chunk_mut::<4>() {
        *four = inverse_four(*four);
    }
}

#[inline(always)]
fn inverse_four<const N: usize>([x0, x1, x2, x3]: [Lanes<N>; 4]) -> [Lanes<N>; 4] {
    const COS_1: f32 = 0.923_879_5;
    const COS_3: f32 = 0.382_683_43;
    let (sum, difference) = (x0 + x2, x0 - x2);
    let (outer, inner) = (x1 * COS_1 + x3 * COS_3, x1 * COS_3 - x3 * COS_1);
    [sum + outer, difference + inner, difference - inner, sum - outer]
}

#[inline(always)]
fn inverse_eight<const N: usize>(x: [Lanes<N>; 8]) -> [Lanes<N>; 8] {
    let (sum, difference) = (x[0] + x[4], x[0] - x[4]);
    let sum_26 = x[2] + x[6];
    let turned_26 = (x[2] - x[6]) * std::f32::consts::SQRT_2 - sum_26;
    let even = [sum + sum_26, difference + turned_26, difference - turned_26, sum - sum_26];

    let (z13, z10) = (x[5] + x[3], x[5] - x[3]);
    let (z11, z12) = (x[1] + x[7], x[1] - x[7]);
    let odd_0 = z11 + z13;
    let z5 = (z10 + z12) * 1.847_759;
    let odd_1 = z5 - z10 * 2.613_126 - odd_0;
    let odd_2 = (z11 - z13) * std::f32::consts::SQRT_2 - odd_1;
    let odd_3 = z5 - z12 * 1.082_392_2 - odd_2;
    [
        even[0] + odd_0,
        even[1] + odd_1,
        even[2] + odd_2,
        even[3] + odd_3,
        even[3] - odd_3,
        even[2] - odd_2,
        even[1] - odd_1,
        even[0] - odd_0,
    ]
}

/// Coefficients of 8 x 8 samples that begin at the front of `samples`.
#[inline(always)]
pub fn forward(samples: &[u8], stride: usize, factors: &[f32; 64], block: &mut Block) {
    let mut lines = [Lanes([0.0; 8]); 8];
    for (line, samples) in lines.iter_mut().zip(samples.chunks(stride.max(1))) {
        if let Some(samples) = samples.first_chunk::<8>() {
            *line = Lanes(samples.map(|sample| f32::from(i16::from(sample) - 128)));
        }
    }
    let lines = turned(&forward_eight(lines));
    let lines = turned(&forward_eight(lines));
    for ((line, factors), out) in
        lines.iter().zip(factors.as_chunks::<8>().0).zip(block.coefficients.as_chunks_mut::<8>().0)
    {
        *out = from_fn(|i| nearest(line.0[i] * factors[i]));
    }
    block.present = present(&block.coefficients);
}

/// The nearest whole number.
#[inline(always)]
fn nearest(value: f32) -> i16 {
    // The lowest bits of this sum are the number.
    (value + 12_582_912.0).to_bits() as i16
}

/// Which coefficients are not zero, as a [`Block`] tells it.
#[inline(always)]
fn present(coefficients: &[i16; 64]) -> u64 {
    let set: [u8; 64] = from_fn(|at| u8::from(coefficients[usize::from(ZIGZAG[at]) & 63] != 0));
    // Eight bytes of 0 or 1 become eight bits.
    let bits = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    set.as_chunks::<8>().0.iter().rev().fold(0, |mask, bytes| mask << 8 | bits(bytes))
}

#[inline(always)]
fn forward_eight<const N: usize>(x: [Lanes<N>; 8]) -> [Lanes<N>; 8] {
    let (s07, d07, s16, d16) = (x[0] + x[7], x[0] - x[7], x[1] + x[6], x[1] - x[6]);
    let (s25, d25, s34, d34) = (x[2] + x[5], x[2] - x[5], x[3] + x[4], x[3] - x[4]);
    let (outer, inner) = (s07 + s34, s16 + s25);
    let (outer_difference, inner_difference) = (s07 - s34, s16 - s25);
    let z1 = (inner_difference + outer_difference) * std::f32::consts::FRAC_1_SQRT_2;

    let (a, b, c) = (d34 + d25, d25 + d16, d16 + d07);
    let z5 = (a - c) * 0.382_683_43;
    let z2 = a * 0.541_196_1 + z5;
    let z4 = c * 1.306_563 + z5;
    let z3 = b * std::f32::consts::FRAC_1_SQRT_2;
    let (z11, z13) = (d07 + z3, d07 - z3);
    [outer + inner, z11 + z4, outer_difference + z1, z13 - z2, outer - inner, z13 + z2, outer_difference - z1, z11 - z4]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn samples(seed: u32) -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 24
        };
        (0..64u32).map(|at| ((at * 3 + next() / 3) % 256) as u8).collect()
    }

    /// By the definition.
    fn coefficient(samples: &[u8], down: usize, across: usize) -> f64 {
        let scale = |k: usize| if k == 0 { 0.125f64.sqrt() } else { 0.5 };
        let wave = |k: usize, at: usize| scale(k) * ((2 * at + 1) as f64 * k as f64 * PI / 16.0).cos();
        (0..64).map(|at| (f64::from(samples[at]) - 128.0) * wave(down, at / 8) * wave(across, at % 8)).sum()
    }

    #[test]
    fn the_transform_is_the_one_of_the_definition() {
        for seed in 0..50 {
            let samples = samples(seed);
            let mut block = Block::EMPTY;
            forward(&samples, 8, &forward_factors(&[1; 64]), &mut block);
            for place in 0..64 {
                let exact = coefficient(&samples, place / 8, place % 8);
                assert!((f64::from(block.coefficients[place]) - exact).abs() < 0.502, "{place} {exact} {block:?}");
            }
            for (at, place) in ZIGZAG.iter().enumerate() {
                let is_set = block.present >> at & 1 == 1;
                assert_eq!(is_set, block.coefficients[usize::from(*place)] != 0);
            }
        }
    }

    #[test]
    fn the_inverse_gives_the_samples_back() {
        for seed in 0..50 {
            let samples = samples(seed);
            let mut block = Block::EMPTY;
            forward(&samples, 8, &forward_factors(&[1; 64]), &mut block);
            let mut out = vec![0; 64];
            inverse::<8, 8>(&block, &inverse_factors(&[1; 64], 8, 8), &mut out, 8);
            assert!(out.iter().zip(&samples).all(|(a, b)| a.abs_diff(*b) <= 1), "{out:?} {samples:?}");
        }
    }

    #[test]
    fn half_size_keeps_slopes_and_means() {
        // A slope has the means of pairs at half size.
        let slope: Vec<u8> = (0..64).map(|at| (40 + at % 8 * 10 + at / 8 * 5) as u8).collect();
        let mut block = Block::EMPTY;
        forward(&slope, 8, &forward_factors(&[1; 64]), &mut block);
        let mut whole = vec![0; 64];
        for (width, height) in [(4, 4), (8, 4), (4, 8)] {
            let factors = inverse_factors(&[1; 64], width, height);
            match (width, height) {
                (4, 4) => inverse::<4, 4>(&block, &factors, &mut whole, 8),
                (8, 4) => inverse::<8, 4>(&block, &factors, &mut whole, 8),
                _ => inverse::<4, 8>(&block, &factors, &mut whole, 8),
            }
            for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
                let middle = |at: usize, side: usize| (at as f64 + 0.5) * 8.0 / side as f64 - 0.5;
                let exact = 40.0 + middle(column, width) * 10.0 + middle(row, height) * 5.0;
                let found = f64::from(whole[row * 8 + column]);
                assert!((found - exact).abs() < 1.6, "{width} {height} {row} {column} {found} {exact}");
            }
        }
    }

    #[test]
    fn a_plain_block_needs_its_mean_only() {
        let mut block = Block::EMPTY;
        block.coefficients[0] = -1024;
        let mut out = vec![9; 64];
        inverse::<8, 8>(&block, &inverse_factors(&[1; 64], 8, 8), &mut out, 8);
        assert_eq!(out, [0; 64]);
    }
}
