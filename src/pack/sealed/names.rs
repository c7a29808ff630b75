//! Names that entries may have: such as stay where they are put on any system, and are told apart on any system.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::cmp::Ordering;
use std::collections::HashSet;

pub const MAX_NAME_BYTES: usize = 240;
const MAX_DEPTH: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("a name of impossible length")]
    Length,
    #[error("an absolute name")]
    Absolute,
    #[error("a name with an empty part")]
    EmptyPart,
    #[error("a name that leads to another folder")]
    Upwards,
    #[error("a name with a sign that some system cannot write")]
    Sign,
    #[error("a name that is a device's on some system")]
    Device,
    #[error("a name that is not in Unicode form NFC")]
    NotNfc,
    #[error("a name in too many folders")]
    Depth,
    #[error("a name that stands there twice, or differs by case only")]
    Twice,
    #[error("a name that is a folder of another")]
    FileAndFolder,
}

/// Whether one name may stand in a pack.
pub fn check_name(name: &str) -> Result<(), NameFault> {
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        return Err(NameFault::Length);
    }
    if name.starts_with('/') {
        return Err(NameFault::Absolute);
    }
    // What separates, ends or redirects a name on some system.
    if name.contains(|c: char| is_unseen(c) || "\\:*?\"<>|".contains(c)) {
        return Err(NameFault::Sign);
    }
    let parts = || name.split('/');
    if parts().any(str::is_empty) {
        return Err(NameFault::EmptyPart);
    }
    // A system that drops dots and spaces at the end would find another file.
    if parts().any(|part| part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        return Err(NameFault::Upwards);
    }
    if parts().any(is_device) {
        return Err(NameFault::Device);
    }
    if parts().count() > MAX_DEPTH {
        return Err(NameFault::Depth);
    }
    if !ComposingNormalizerBorrowed::new_nfc().is_normalized(name) {
        return Err(NameFault::NotNfc);
    }
    Ok(())
}

/// Control characters, and marks that turn the direction of writing.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A name that anybody may have chosen, fit to stand in a sentence.
pub fn shown(name: &str) -> String {
    const SHOWN_CHARS: usize = 80;
    let plain: String = name.chars().map(|c| if is_unseen(c) { '\u{fffd}' } else { c }).take(SHOWN_CHARS + 1).collect();
    match plain.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}

/// `con`, `aux.ron`, `lpt1`: Windows opens something else than a file of that name.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    let numbered = || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || numbered()
            .is_some_and(|n| matches!(n, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
}

/// Whether an entry is one of the texts that stand behind all media, for they are what changes most often.
pub fn is_text(name: &str) -> bool {
    [".ron", ".vtt", ".json"].iter().any(|end| name.ends_with(end))
}

/// The order of entries: media, then texts, each by the bytes of their names.
pub fn in_order(a: &str, b: &str) -> Ordering {
    (is_text(a), a).cmp(&(is_text(b), b))
}

/// Whether names may stand beside each other; gives the first that may not.
pub fn check_together<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Result<(), (NameFault, String)> {
    let mut files = HashSet::new();
    for name in names.clone() {
        check_name(name).map_err(|fault| (fault, name.to_owned()))?;
        if !files.insert(name.to_lowercase()) {
            return Err((NameFault::Twice, name.to_owned()));
        }
    }
    for name in names {
        let lower = name.to_lowercase();
        if lower.match_indices('/').any(|(at, _)| files.contains(&lower[..at])) {
            return Err((NameFault::FileAndFolder, name.to_owned()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_where_they_are_put() {
        for good in ["exhibit.ron", "plates/bản đồ 1.png", "a/b/c", ".a", "console.ron", "com10"] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        let long = "x".repeat(241);
        let bad = [
            ("", NameFault::Length),
            (&long, NameFault::Length),
            ("/a", NameFault::Absolute),
            ("a//b", NameFault::EmptyPart),
            ("a/", NameFault::EmptyPart),
            ("../a", NameFault::Upwards),
            ("a/..", NameFault::Upwards),
            ("./a", NameFault::Upwards),
            ("a.", NameFault::Upwards),
            ("a\\b", NameFault::Sign),
            ("C:a", NameFault::Sign),
            ("a\n", NameFault::Sign),
            ("a\0", NameFault::Sign),
            ("a\u{202e}b", NameFault::Sign),
            ("a/Aux.ron", NameFault::Device),
            ("lpt1", NameFault::Device),
            ("ba\u{309}n", NameFault::NotNfc),
            ("a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", NameFault::Depth),
        ];
        for (name, fault) in bad {
            assert_eq!(check_name(name), Err(fault), "{name:?}");
        }
    }

    #[test]
    fn names_are_told_apart_everywhere() {
        let fault = |names: &[&'static str]| check_together(names.iter().copied()).err().map(|(fault, _)| fault);
        assert_eq!(fault(&["a", "b/a", "b/c"]), None);
        assert_eq!(fault(&["a", "a"]), Some(NameFault::Twice));
        assert_eq!(fault(&["đảo.png", "Đảo.png"]), Some(NameFault::Twice));
        assert_eq!(fault(&["a/b", "A"]), Some(NameFault::FileAndFolder));
    }
}
