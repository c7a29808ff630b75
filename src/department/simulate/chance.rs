//! Seeded chance: the same seed gives the same journals on every machine. Not for keys or anything secret.

/// xoshiro256**, by Blackman and Vigna, in the public domain.
#[derive(Clone, Debug)]
pub struct Chance([u64; 4]);

impl Chance {
    /// One of many independent streams of a seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut state = seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17);
        Self([(); 4].map(|()| {
            // SplitMix64, as its authors advise for the first state.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }))
    }

    pub fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let out = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// From 0 to below `end`; 0 when there is nothing to choose.
    pub fn below(&mut self, end: u64) -> u64 {
        // The upper half of the product: even enough for shares of visits.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below(u64::try_from(last - first + 1).unwrap_or(1)) as i64
    }

    pub fn happens(&mut self, in_thousand: u64) -> bool {
        self.below(1000) < in_thousand
    }

    /// A waiting time around `mean` with a long tail, at most eight times it.
    pub fn wait(&mut self, mean: i64) -> i64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let drawn = -(1.0 - unit).ln() * mean as f64;
        (drawn as i64).clamp(0, mean.saturating_mul(8))
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len() as u64) as usize)
    }

    /// 32 hexadecimal digits into a text, as runs and visits are called.
    pub fn token(&mut self, into: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        into.clear();
        for _ in 0..2 {
            let word = self.next();
            into.extend((0..16).map(|at| char::from(DIGITS[(word >> (4 * at) & 15) as usize])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_story_and_streams_differ() {
        let draw = |seed, stream| {
            (0..4).map(|_| ()).scan(Chance::new(seed, stream), |c, ()| Some(c.next())).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn shares_are_even() {
        let mut chance = Chance::new(7, 0);
        let hits = (0..10_000).filter(|_| chance.happens(250)).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
        let mean = (0..10_000).map(|_| chance.wait(60_000)).sum::<i64>() / 10_000;
        assert!((56_000..64_000).contains(&mean), "{mean}");
        assert!((0..1_000).all(|_| (3..=5).contains(&chance.between(3, 5))));
    }
}
