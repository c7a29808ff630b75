//! Moments and lengths of time as xAPI writes them (ISO 8601).

/// The year 1, the first that a timestamp can tell.
const FIRST_MILLIS: i64 = -62_135_596_800_000;

/// A moment in UTC to the millisecond; `None` when no calendar holds it, as after a clock lost its battery for good.
pub fn timestamp(wall_millis: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_millisecond(wall_millis).ok()?;
    (wall_millis >= FIRST_MILLIS).then(|| format!("{moment:.3}"))
}

/// A length in seconds, to the hundredth, which is as fine as xAPI compares.
pub fn duration(millis: u64) -> String {
    let hundredths = millis / 10;
    let (seconds, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { format!("PT{seconds}S") } else { format!("PT{seconds}.{rest:02}S") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_lengths_are_written_in_one_way() {
        assert_eq!(timestamp(0).as_deref(), Some("1970-01-01T00:00:00.000Z"));
        assert_eq!(timestamp(1_700_000_000_123).as_deref(), Some("2023-11-14T22:13:20.123Z"));
        assert_eq!(timestamp(FIRST_MILLIS).as_deref(), Some("0001-01-01T00:00:00.000Z"));
        assert_eq!(timestamp(FIRST_MILLIS - 1), None);
        assert_eq!(timestamp(i64::MAX), None);
        let lengths = [0, 9, 10, 1000, 83_210, 3_600_000].map(duration);
        assert_eq!(lengths, ["PT0S", "PT0S", "PT0.01S", "PT1S", "PT83.21S", "PT3600S"]);
    }
}
