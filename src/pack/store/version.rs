//! Which of two versions is the newer one.

use std::cmp::Ordering;

/// Numbers compare as numbers, all else as text: `0.10` is newer than `0.9`, `1.0` than `1.0-draft`.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (a_main, a_rest) = a.split_once('-').map_or((a, None), |(main, rest)| (main, Some(rest)));
    let (b_main, b_rest) = b.split_once('-').map_or((b, None), |(main, rest)| (main, Some(rest)));
    by_parts(a_main, b_main).then_with(|| match (a_rest, b_rest) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => by_parts(a, b),
    })
}

fn by_parts(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split(['.', '-']), b.split(['.', '-']));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            // A part that is not told counts as nought.
            (a, b) => by_part(a.unwrap_or("0"), b.unwrap_or("0")),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn by_part(a: &str, b: &str) -> Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        for (older, newer) in [("0.9", "0.10"), ("1", "1.0.1"), ("1.0-draft", "1.0"), ("1.0-2", "1.0-10"), ("1", "a")] {
            assert_eq!(compare(older, newer), Ordering::Less, "{older} {newer}");
            assert_eq!(compare(newer, older), Ordering::Greater);
        }
        assert_eq!(compare("1.0", "1"), Ordering::Equal);
    }
}
