//! Bits of a scan, read from a file: stuffing taken out, up to the next marker. Means nothing to them.

use std::io::{self, BufRead};

/// Bytes that one group of blocks takes at most: six blocks of 64 coefficients of 26 bits, and what is looked ahead.
const GROUP_BYTES: usize = 2048;
/// Bytes without stuffing that are held at a time.
const HELD_BYTES: usize = 32 << 10;

pub struct BitReader<R> {
    input: R,
    /// Held bytes, then zeros enough for a group that runs past the end.
    held: Box<[u8]>,
    end: usize,
    at: usize,
    /// The next bits from the left; `count` of them were taken from `held`, those behind are the same as there.
    bits: u64,
    count: u32,
    /// The marker that ended the bytes; zero at the end of the file.
    marker: Option<u8>,
    /// The last byte taken from the input was 0xFF, and what it means is not known yet.
    after_ff: bool,
}

impl<R: BufRead> BitReader<R> {
    pub fn new(input: R) -> Self {
        let held = vec![0; HELD_BYTES + GROUP_BYTES].into_boxed_slice();
        Self { input, held, end: 0, at: 0, bits: 0, count: 0, marker: None, after_ff: false }
    }

    /// Makes sure that a whole group can be read, with zeros behind the end.
    #[inline(always)]
    pub fn prepare_group(&mut self) -> io::Result<()> {
        if self.end - self.at.min(self.end) < GROUP_BYTES && self.marker.is_none() { self.fill() } else { Ok(()) }
    }

    /// At least 56 bits are at hand after this.
    #[inline(always)]
    pub fn refill(&mut self) {
        if let Some(next) = self.held.get(self.at..).and_then(<[u8]>::first_chunk::<8>) {
            self.bits |= u64::from_be_bytes(*next) >> self.count;
            self.at += ((63 - self.count) >> 3) as usize;
        }
        self.count |= 56;
    }

    #[inline(always)]
    pub fn peek(&self) -> u64 {
        self.bits
    }

    #[inline(always)]
    pub fn at_hand(&self) -> u32 {
        self.count
    }

    /// `count` is less than what is at hand.
    #[inline(always)]
    pub fn skip(&mut self, count: u32) {
        self.bits <<= count & 63;
        self.count = self.count.saturating_sub(count);
    }

    /// More bits were read than there were.
    #[inline(always)]
    pub fn is_past_end(&self) -> bool {
        self.at * 8 > self.end * 8 + self.count as usize
    }

    /// Goes on behind restart marker `number`, which must be next.
    pub fn restart(&mut self, number: u8) -> io::Result<bool> {
        if self.marker.is_none() {
            self.fill()?;
        }
        let unread = (self.end * 8 + self.count as usize).saturating_sub(self.at * 8);
        if unread >= 8 || self.marker != Some(0xD0 | (number & 7)) {
            return Ok(false);
        }
        (self.end, self.at, self.bits, self.count, self.marker) = (0, 0, 0, 0, None);
        Ok(true)
    }

    /// Takes bytes from the input until the hold is full or a marker ends them.
    #[cold]
    fn fill(&mut self) -> io::Result<()> {
        let at = self.at.min(self.end);
        self.held.copy_within(at..self.end, 0);
        (self.end, self.at) = (self.end - at, self.at - at);
        while self.end < HELD_BYTES && self.marker.is_none() {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                self.marker = Some(0);
                break;
            }
            let taken = take(input, &mut self.held[..HELD_BYTES], &mut self.end, &mut self.after_ff, &mut self.marker);
            self.input.consume(taken);
        }
        self.held[self.end..].fill(0);
        Ok(())
    }
}

/// Copies bytes without stuffing to `held` from `end` on; says how many of `input` are used up.
fn take(input: &[u8], held: &mut [u8], end: &mut usize, after_ff: &mut bool, marker: &mut Option<u8>) -> usize {
    let mut at = 0;
    while *end < held.len() {
        if !*after_ff
            && let (Some(from), Some(to)) = (input[at..].first_chunk::<8>(), held[*end..].first_chunk_mut::<8>())
        {
            *to = *from;
            // Whole bytes before the first 0xFF, whose bits upside down are zero.
            let clean = first_zero_byte(!u64::from_le_bytes(*from));
            (at, *end) = (at + clean, *end + clean);
            if clean == 8 {
                continue;
            }
        }
        let Some(&byte) = input.get(at) else { break };
        at += 1;
        match (*after_ff, byte) {
            (_, 0xFF) => *after_ff = true,
            (false, byte) => {
                held[*end] = byte;
                *end += 1;
            }
            (true, 0) => {
                held[*end] = 0xFF;
                *end += 1;
                *after_ff = false;
            }
            (true, found) => {
                (*marker, *after_ff) = (Some(found), false);
                break;
            }
        }
    }
    at
}

/// Which byte of eight, from the lowest, is the first that is zero; 8 when none is.
fn first_zero_byte(word: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zeros = word.wrapping_sub(ONES) & !word & (ONES << 7);
    (zeros.trailing_zeros() / 8) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(reader: &mut BitReader<&[u8]>, count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for _ in 0..count {
            reader.prepare_group().expect("memory can be read");
            reader.refill();
            bytes.push((reader.peek() >> 56) as u8);
            reader.skip(8);
        }
        bytes
    }

    #[test]
    fn stuffing_is_taken_out_wherever_it_stands() {
        for length in 0..40usize {
            for at in 0..=length {
                let mut plain: Vec<u8> = (0..length as u8).collect();
                plain.insert(at, 0xFF);
                let mut stuffed = plain.clone();
                stuffed.insert(at + 1, 0);
                stuffed.extend([0xFF, 0xD9, 1, 2, 3]);
                let mut reader = BitReader::new(&stuffed[..]);
                assert_eq!(read_bytes(&mut reader, plain.len()), plain);
                assert!(!reader.is_past_end());
                read_bytes(&mut reader, 1);
                assert!(reader.is_past_end());
            }
        }
    }

    #[test]
    fn more_than_is_held_comes_whole() {
        let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        assert_eq!(read_bytes(&mut BitReader::new(&bytes[..]), bytes.len()), bytes);
    }

    #[test]
    fn a_restart_must_be_where_it_is_expected() {
        let bytes = [1, 2, 0xFF, 0xFF, 0xD3, 4, 0xFF, 0xD9];
        let mut reader = BitReader::new(&bytes[..]);
        read_bytes(&mut reader, 1);
        assert!(!reader.restart(3).expect("memory"));
        let mut reader = BitReader::new(&bytes[..]);
        read_bytes(&mut reader, 2);
        assert!(!reader.restart(2).expect("memory"));
        assert!(reader.restart(3).expect("memory"));
        assert_eq!(read_bytes(&mut reader, 1), [4]);
    }
}
