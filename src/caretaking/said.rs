//! Numbers in the sentences of this room: times as both languages write them, and sizes.

use crate::diagnostics::Said;

pub use crate::diagnostics::size;

/// A sentence in both languages.
pub fn said(vi: impl Into<String>, en: impl Into<String>) -> Said {
    Said::new(vi, en)
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
    fn times_are_rounded_up() {
        for (millis, en) in
            [(0, "0 seconds"), (1, "1 second"), (30_000, "30 seconds"), (91_000, "2 minutes"), (7_200_000, "2 hours")]
        {
            assert_eq!(span(millis).en, en);
        }
    }
}
