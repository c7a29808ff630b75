//! Round numbers to read the heights of a chart by.

/// The greatest round number that goes twice into `most`.
pub fn round_step(most: u64) -> u64 {
    const ROUND: [u64; 9] = [80, 60, 50, 40, 30, 25, 20, 15, 10];
    let half = most / 2;
    let tens = half.checked_ilog10().unwrap_or(0);
    if tens < 1 {
        return half;
    }
    let unit = 10_u64.pow(tens - 1);
    ROUND.iter().map(|round| round * unit).find(|step| *step <= half).unwrap_or(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_drawn_at_round_numbers_that_fit_twice() {
        for (most, step) in [(0, 0), (1, 0), (7, 3), (19, 9), (24, 10), (99, 40), (3_406, 1_500), (210_188, 100_000)] {
            assert_eq!(round_step(most), step, "{most}");
        }
        assert!(round_step(u64::MAX) <= u64::MAX / 2);
    }
}
