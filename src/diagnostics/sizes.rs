//! Sizes of files as both languages write them.

use super::Said;

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
    Said::new(format!("{} {unit}", number.replace('.', ",")), format!("{number} {unit}"))
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
            assert_eq!(size(bytes), Said::new(vi, en));
        }
    }
}
