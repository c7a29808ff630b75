//! Which of two versions is the newer one, and which words are a version at all.

use std::cmp::Ordering;

/// Numbers that a version may have.
const MAX_NUMBERS: usize = 4;
/// Digits that one of them may have.
const MAX_DIGITS: usize = 9;
/// The longest word behind a hyphen.
const MAX_REST: usize = 32;

/// Up to four numbers with dots between them, and perhaps a word behind a hyphen: `1.0.3`, `1.0.0-rc1`.
pub fn is_clear(version: &str) -> bool {
    let (main, rest) = version.split_once('-').map_or((version, None), |(main, rest)| (main, Some(rest)));
    let is_number = |part: &str| (1..=MAX_DIGITS).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_word = |rest: &str| {
        let fits = (1..=MAX_REST).contains(&rest.len());
        fits && rest.split(['.', '-']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    main.split('.').count() <= MAX_NUMBERS && main.split('.').all(is_number) && rest.is_none_or(is_word)
}

/// Numbers compare as numbers, all else as text: `0.10` is newer than `0.9`, `1.0` than `1.0-draft`. Words where a
/// number belongs, in packs of before [`is_clear`], are older than any number.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (a_main, a_rest) = a.split_once('-').map_or((a, None), |(main, rest)| (main, Some(rest)));
    let (b_main, b_rest) = b.split_once('-').map_or((b, None), |(main, rest)| (main, Some(rest)));
    by_parts(a_main, b_main, Ordering::Greater).then_with(|| match (a_rest, b_rest) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => by_parts(a, b, Ordering::Less),
    })
}

/// `number` is how a number compares with a word.
fn by_parts(a: &str, b: &str, number: Ordering) -> Ordering {
    let (mut a, mut b) = (a.split(['.', '-']), b.split(['.', '-']));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            // A part that is not told counts as nought.
            (a, b) => by_part(a.unwrap_or("0"), b.unwrap_or("0"), number),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn by_part(a: &str, b: &str, number: Ordering) -> Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => number,
        (Err(_), Ok(_)) => number.reverse(),
        (Err(_), Err(_)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        for (older, newer) in [
            ("0.9", "0.10"),
            ("1", "1.0.1"),
            ("1.0-draft", "1.0"),
            ("1.0-2", "1.0-10"),
            ("phiên bản 2", "1"),
            ("1-rc1", "1-rc2"),
            ("1-1", "1-rc"),
        ] {
            assert_eq!(compare(older, newer), Ordering::Less, "{older} {newer}");
            assert_eq!(compare(newer, older), Ordering::Greater);
        }
        assert_eq!(compare("1.0", "1"), Ordering::Equal);
    }

    #[test]
    fn a_version_is_digits_and_dots() {
        for version in ["0.1.0", "2", "1.10", "2026.11.10.2", "1.0.0-rc1", "1.0-draft.2"] {
            assert!(is_clear(version), "{version}");
        }
        for text in ["phiên bản 2", "v1.0", "1.0 ", "1,0", "1..0", "", ".", "1.", "1.2.3.4.5", "١", "1-", "1-bản thử"]
        {
            assert!(!is_clear(text), "{text}");
        }
    }
}
