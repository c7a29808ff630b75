//! Charts as plain drawings: HTML and SVG with classes, no script. Each is one picture with a text that says what it
//! shows, and its numbers stand in a table below.

mod card;
mod columns;
mod heat;
mod ranking;
mod strip;

pub use card::{Card, card};
pub use columns::{lengths, weeks};
pub use heat::heat;
pub use ranking::ranking;
pub use strip::languages;

use super::wording::shown;
use crate::department::figures::Count;

/// A share of the greatest, in per cent with two decimals, for attributes of SVG; hidden counts have none.
fn length_percent(count: Count, greatest: u64) -> String {
    let hundredths = shown(count).map_or(0, |n| u128::from(n) * 10_000 / u128::from(greatest.max(1)));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn greatest(counts: impl IntoIterator<Item = Count>) -> u64 {
    counts.into_iter().filter_map(shown).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_within_their_frame() {
        assert_eq!(length_percent(Count::Shown(1), 3), "33.33%");
        assert_eq!(length_percent(Count::Shown(u64::MAX), u64::MAX), "100.00%");
        assert_eq!(length_percent(Count::Few, 3), "0.00%");
        assert_eq!(length_percent(Count::Shown(0), 0), "0.00%");
    }
}
