//! Numbers in the sentences of this room: sizes and times as both languages write them.

use crate::diagnostics::Said;

/// A sentence in both languages.
pub fn said(vi: impl Into<String>, en: impl Into<String>) -> Said {
    Said::new(vi, en)
}

/// Bytes in the unit that a person would use: `1,8 GB` and `1.8 GB`.
pub fn size(bytes: u64) -> Said {
    let (value, unit) = match bytes {
        0..1_000 => (bytes as f64, "byte"),
        1_000..1_000_000 => (bytes as f64 / 1e3, "KB"),
        1_000_000..1_000_000_000 => (bytes as f64 / 1e6, "MB"),
        _ => (bytes as f64 / 1e9, "GB"),
    };
    let number = if bytes < 1_000 || value >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let number = number.strip_suffix(".0").unwrap_or(&number);
    said(format!("{} {unit}", number.replace('.', ",")), format!("{number} {unit}"))
}

/// A span of time, rounded up to what a person waits for: seconds, minutes or hours.
pub fn span(millis: u64) -> Said {
    let seconds = millis.div_ceil(1000);
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    match seconds {
        0..=90 => said(format!("{seconds} giây"), format!("{seconds} second{}", plural(seconds))),
        91..=5_400 => {
            let minutes = seconds.div_ceil(60);
            said(format!("{minutes} phút"), format!("{minutes} minutes"))
        }
        _ => {
            let hours = seconds.div_ceil(3600);
            said(format!("{hours} giờ"), format!("{hours} hours"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_each_language_does() {
        for (bytes, vi, en) in [
            (0, "0 byte", "0 byte"),
            (12_300, "12,3 KB", "12.3 KB"),
            (1_000_000, "1 MB", "1 MB"),
            (1_800_000_000, "1,8 GB", "1.8 GB"),
            (128_000_000_000, "128 GB", "128 GB"),
        ] {
            assert_eq!(size(bytes), said(vi, en));
        }
    }

    #[test]
    fn times_are_rounded_up() {
        for (millis, en) in
            [(0, "0 seconds"), (1, "1 second"), (30_000, "30 seconds"), (91_000, "2 minutes"), (7_200_000, "2 hours")]
        {
            assert_eq!(span(millis).en, en);
        }
    }
}
