//! Huffman tables: as they stand in the file, made ready for reading and for writing, and those of the standard.

/// Bits that are looked up at once; longer codes are rare.
const LOOK_BITS: u32 = 11;

/// A table as the file has it: how many codes there are of each length, and their symbols from short to long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    counts: [u8; 16],
    symbols: Vec<u8>,
}

impl Spec {
    /// Takes a table from the front of `bytes`; what is left comes back with it.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), &'static str> {
        let (counts, rest) = bytes.split_first_chunk::<16>().ok_or("a Huffman table ends early")?;
        let total = counts.iter().map(|count| usize::from(*count)).sum::<usize>();
        if total == 0 || total > 256 {
            return Err("a Huffman table has an impossible number of codes");
        }
        let (symbols, rest) = rest.split_at_checked(total).ok_or("a Huffman table ends early")?;
        if overflows(counts) {
            return Err("a Huffman table has more codes than fit");
        }
        Ok((Self { counts: *counts, symbols: symbols.to_vec() }, rest))
    }

    /// As [`Spec::read`] takes it.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.counts);
        out.extend(&self.symbols);
    }

    pub fn symbols(&self) -> &[u8] {
        &self.symbols
    }

    /// Every symbol with its code and the code's length, from short to long.
    fn codes(&self) -> impl Iterator<Item = (u8, u32, u32)> {
        let lengths =
            (1u32..).zip(self.counts).flat_map(|(length, count)| std::iter::repeat_n(length, usize::from(count)));
        let mut code = 0u32;
        let mut last = 0u32;
        lengths.zip(&self.symbols).map(move |(length, symbol)| {
            code <<= length - last;
            last = length;
            let found = (*symbol, code, length);
            code += 1;
            found
        })
    }
}

fn overflows(counts: &[u8; 16]) -> bool {
    let mut code = 0u32;
    (1u32..).zip(counts).any(|(length, count)| {
        code = code * 2 + u32::from(*count);
        code > 1 << length
    })
}

/// What the next bits of a scan mean.
#[derive(Clone, Copy)]
pub enum Found {
    /// A whole coefficient: how many zeros come before it, its value, and the bits of code and value.
    Value {
        run: u32,
        value: i16,
        bits: u32,
    },
    /// A symbol only; its value, if any, comes after these bits.
    Symbol {
        symbol: u8,
        bits: u32,
    },
    Unknown,
}

/// For reading.
pub struct Decoder {
    /// Value in the upper half; run or symbol in the second byte; bits in the first, none for a longer code.
    looks: Box<[u32; 1 << LOOK_BITS]>,
    /// Past the last code of each length, moved to the left of 16 bits; and what leads from a code to its symbol.
    ends: [u32; 17],
    shifts: [i32; 17],
    symbols: [u8; 256],
}

impl Decoder {
    pub fn new(spec: &Spec) -> Self {
        let mut decoder =
            Self { looks: Box::new([0; 1 << LOOK_BITS]), ends: [0; 17], shifts: [0; 17], symbols: [0; 256] };
        for ((symbol, code, length), (index, slot)) in spec.codes().zip((0i32..).zip(&mut decoder.symbols)) {
            *slot = symbol;
            decoder.ends[length as usize & 31] = (code + 1) << (16 - length);
            decoder.shifts[length as usize & 31] = index - code as i32;
            if let Some(left) = LOOK_BITS.checked_sub(length) {
                let first = code << left;
                for look in first..first + (1 << left) {
                    decoder.looks[look as usize & ((1 << LOOK_BITS) - 1)] = look_entry(symbol, length, look);
                }
            }
        }
        decoder
    }

    /// Reads from the left of `bits`.
    #[inline(always)]
    pub fn find(&self, bits: u64) -> Found {
        let look = self.looks[(bits >> (64 - LOOK_BITS)) as usize];
        let (value, middle, length) = ((look >> 16) as i16, (look >> 8) as u8, look & 0xff);
        if value != 0 {
            return Found::Value { run: middle.into(), value, bits: length };
        }
        if length != 0 { Found::Symbol { symbol: middle, bits: length } } else { self.find_long(bits) }
    }

    #[cold]
    fn find_long(&self, bits: u64) -> Found {
        let next = (bits >> 48) as u32;
        for length in LOOK_BITS + 1..=16 {
            let at = length as usize;
            if next < self.ends[at] {
                let index = (next >> (16 - length)) as i32 + self.shifts[at];
                return Found::Symbol { symbol: self.symbols[index as usize & 255], bits: length };
            }
        }
        Found::Unknown
    }
}

/// The entry for `look` (as many bits as are looked up at once), which begins with the code of `symbol`.
fn look_entry(symbol: u8, length: u32, look: u32) -> u32 {
    let size = u32::from(symbol & 15);
    match LOOK_BITS.checked_sub(length + size) {
        Some(left) if size > 0 => {
            let value = signed((look >> left) & ((1 << size) - 1), size);
            (value as u16 as u32) << 16 | u32::from(symbol >> 4) << 8 | (length + size)
        }
        _ => u32::from(symbol) << 8 | length,
    }
}

/// The number that `size` bits stand for: without a leading one they are negative.
#[inline(always)]
pub fn signed(bits: u32, size: u32) -> i32 {
    let bits = bits as i32;
    if bits >> (size.max(1) - 1) == 0 { bits - (1 << size) + 1 } else { bits }
}

/// For writing: each symbol's code, moved left by eight, and its length.
pub struct Codes([u32; 256]);

impl Codes {
    pub fn new(spec: &Spec) -> Self {
        let mut codes = [0; 256];
        for (symbol, code, length) in spec.codes() {
            codes[usize::from(symbol)] = code << 8 | length;
        }
        Self(codes)
    }

    /// Code and length.
    #[inline(always)]
    pub fn of(&self, symbol: u8) -> (u32, u32) {
        let entry = self.0[usize::from(symbol)];
        (entry >> 8, entry & 0xff)
    }
}

/// The standard's tables for means (its annex K): brightness, then colour.
pub fn standard_dc() -> [Spec; 2] {
    let spec = |counts| Spec { counts, symbols: (0..12).collect() };
    [spec([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]), spec([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0])]
}

/// The standard's tables for all other coefficients: brightness, then colour.
pub fn standard_ac() -> [Spec; 2] {
    [
        Spec { counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d], symbols: LUMA_AC.to_vec() },
        Spec { counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77], symbols: CHROMA_AC.to_vec() },
    ]
}

#[rustfmt::skip]
const LUMA_AC: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
    0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
    0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37,
    0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
    0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
    0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
    0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];

#[rustfmt::skip]
const CHROMA_AC: [u8; 162] = [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
    0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
    0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36,
    0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
    0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
    0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
    0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba,
    0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
    0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(counts: [u8; 16], symbols: &[u8]) -> Result<Spec, &'static str> {
        Spec::read(&[&counts, symbols].concat()).map(|(spec, _)| spec)
    }

    #[test]
    fn every_code_of_the_standard_is_found_again() {
        for spec in standard_dc().iter().chain(&standard_ac()) {
            let (codes, decoder) = (Codes::new(spec), Decoder::new(spec));
            for &symbol in spec.symbols() {
                let (code, length) = codes.of(symbol);
                let size = u32::from(symbol & 15);
                // The value's bits are all ones: the largest that there is.
                let bits = u64::from(code) << (64 - length) | u64::MAX >> length;
                match decoder.find(bits) {
                    Found::Symbol { symbol: found, bits } => assert_eq!((found, bits), (symbol, length)),
                    Found::Value { run, value, bits } => {
                        assert_eq!(
                            (run, i32::from(value), bits),
                            (u32::from(symbol >> 4), (1 << size) - 1, length + size)
                        );
                    }
                    Found::Unknown => panic!("no code for {symbol:02x}"),
                }
            }
        }
    }

    #[test]
    fn an_impossible_table_is_refused() {
        let mut three_of_one_bit = [0; 16];
        three_of_one_bit[0] = 3;
        assert!(read(three_of_one_bit, &[1, 2, 3]).is_err());
        let mut crowded = [0; 16];
        (crowded[0], crowded[7]) = (2, 1);
        assert!(read(crowded, &[1, 2, 3]).is_err());
        assert!(read([0; 16], &[]).is_err());
        let mut short = [0; 16];
        short[3] = 4;
        assert!(read(short, &[1, 2, 3]).is_err());
        assert!(read(short, &[1, 2, 3, 4]).is_ok());
    }

    #[test]
    fn bits_without_a_code_are_unknown() {
        let mut one = [0; 16];
        one[15] = 1;
        let decoder = Decoder::new(&read(one, &[5]).expect("a table"));
        assert!(matches!(decoder.find(0), Found::Symbol { symbol: 5, bits: 16 }));
        assert!(matches!(decoder.find(u64::MAX), Found::Unknown));
    }

    #[test]
    fn values_without_a_leading_one_are_negative() {
        assert_eq!([signed(0, 1), signed(1, 1), signed(0, 3), signed(3, 3), signed(7, 3)], [-1, 1, -7, -4, 7]);
    }
}
