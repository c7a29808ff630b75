//! Identifiers: short, lower-case, safe in file names and in a journal. What they name is told by the rooms above.

use std::fmt;

/// The longest identifier accepted, in bytes.
pub const MAX_ID_BYTES: usize = 64;

/// Lower-case ASCII letters, digits and inner hyphens, 1 to 64 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// `None` when the text is no identifier.
    pub fn new(text: &str) -> Option<Self> {
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let ends = !text.starts_with('-') && !text.ends_with('-');
        let fits = !text.is_empty() && text.len() <= MAX_ID_BYTES;
        (fits && ends && text.bytes().all(inner)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 128 random bits as 32 lower-case hexadecimal digits: names a run of a machine or one visit, never a person.
pub fn random_token() -> String {
    let mut bytes = [0u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a random source the process id and time still keep two runs apart.
        let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        bytes = (nanos ^ (u128::from(std::process::id()) << 64)).to_le_bytes();
    }
    hex(&bytes)
}

/// Lower-case hexadecimal digits of some bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The candidate nearest to `wanted`, for "did you mean"; `None` when nothing is near. A slip is a character too much, too
/// few or another one, or two that changed places; of a candidate of three characters or fewer, one slip only.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (edit_distance(wanted, c), c))
        .min()
        .filter(|(distance, c)| match c.chars().count() {
            0..=3 => *distance <= 1,
            length => *distance <= (length / 3).max(2),
        })
        .map(|(_, c)| c)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (i, ca) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let changed = row[j] + usize::from(ca != *cb);
            let mut least = changed.min(row[j + 1] + 1).min(next[j] + 1);
            if j > 0 && last == Some(*cb) && b[j - 1] == ca {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(ca);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_hyphens() {
        assert!(Id::new("map-taberd-1838").is_some());
        for bad in ["", "Map", "a b", "-a", "a-", "đảo", "a/b", &"x".repeat(65)] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn nearest_finds_a_slip_and_ignores_strangers() {
        assert_eq!(nearest("titel", ["title", "place"]), Some("title"));
        assert_eq!(nearest("map-taberd-1383", ["map-taberd-1838", "map-blaeu-1635"]), Some("map-taberd-1838"));
        assert_eq!(nearest("zzz", ["title", "place"]), None);
        assert_eq!(nearest("15", ["48", "51"]), Some("51"), "two digits that changed places");
        assert_eq!(nearest("15", ["48", "60"]), None, "of two digits none is left");
    }

    #[test]
    fn two_tokens_differ() {
        assert_eq!(random_token().len(), 32);
        assert_ne!(random_token(), random_token());
    }
}
