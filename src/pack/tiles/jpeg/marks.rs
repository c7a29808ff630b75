//! What application segments say of a picture, and whether a tile without them would still look the same.

/// Whether an `APP1` segment turns or mirrors the picture.
pub fn is_turned(segment: &[u8]) -> bool {
    segment.strip_prefix(b"Exif\0\0").and_then(orientation).is_some_and(|turn| (2..=8).contains(&turn))
}

/// Tag 0x0112 of the first directory of a TIFF.
fn orientation(tiff: &[u8]) -> Option<u32> {
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let number = |at: usize, bytes: usize| {
        let field = tiff.get(at..at.checked_add(bytes)?)?;
        let fold = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if is_little { field.iter().rev().fold(0, fold) } else { field.iter().fold(0, fold) })
    };
    let directory = number(4, 4)? as usize;
    let count = number(directory, 2)? as usize;
    let entries = (0..count).map(|entry| directory.saturating_add(2 + entry * 12));
    let found = entries.into_iter().find(|at| number(*at, 2) == Some(0x0112))?;
    number(found.saturating_add(8), 2)
}

/// Whether an `APP2` segment holds a colour profile other than sRGB. A profile in pieces is none: sRGB is small.
pub fn has_other_colours(segment: &[u8]) -> bool {
    segment.strip_prefix(b"ICC_PROFILE\0").is_some_and(|profile| !profile.get(2..).is_some_and(is_srgb))
}

/// Whether the profile's description speaks of sRGB, in either of the two ways of writing text there.
fn is_srgb(profile: &[u8]) -> bool {
    let number = |at: usize| Some(u32::from_be_bytes(*profile.get(at..)?.first_chunk::<4>()?) as usize);
    let description = || {
        let count = number(128)?.min(profile.len() / 12);
        let entry = (0..count).map(|entry| 132 + entry * 12).find(|at| profile.get(*at..*at + 4) == Some(b"desc"))?;
        let (from, length) = (number(entry + 4)?, number(entry + 8)?);
        profile.get(from..from.checked_add(length)?)
    };
    let speaks = |text: &[u8]| text.windows(4).any(|w| w == b"sRGB") || text.windows(7).any(|w| w == b"s\0R\0G\0B");
    description().is_some_and(speaks)
}

/// Whether an `APP14` segment says that three components are not brightness and colour differences.
pub fn is_other_model(segment: &[u8]) -> bool {
    segment.strip_prefix(b"Adobe").and_then(|body| body.get(6)).is_some_and(|transform| *transform != 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(turn: u8, is_little: bool) -> Vec<u8> {
        let mut bytes = b"Exif\0\0".to_vec();
        if is_little {
            bytes.extend(*b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
            bytes.extend([turn, 0, 0, 0]);
        } else {
            bytes.extend(*b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
            bytes.extend([0, turn, 0, 0]);
        }
        bytes
    }

    #[test]
    fn a_turned_picture_is_known_in_both_byte_orders() {
        for is_little in [true, false] {
            let turned: Vec<bool> = (0..10).map(|turn| is_turned(&exif(turn, is_little))).collect();
            let expected: Vec<bool> = (0..10).map(|turn| (2..=8).contains(&turn)).collect();
            assert_eq!(turned, expected);
        }
        let whole = exif(6, true);
        assert!((0..whole.len() - 3).all(|length| !is_turned(&whole[..length])));
    }

    fn profile(description: &[u8]) -> Vec<u8> {
        let mut bytes = b"ICC_PROFILE\0\x01\x01".to_vec();
        bytes.extend([0; 128]);
        bytes.extend(1u32.to_be_bytes());
        bytes.extend(b"desc");
        bytes.extend(144u32.to_be_bytes());
        bytes.extend((description.len() as u32).to_be_bytes());
        bytes.extend(description);
        bytes
    }

    #[test]
    fn only_srgb_may_be_left_out() {
        assert!(!has_other_colours(&profile(b"desc\0\0\0\0\0\0\0\x12sRGB IEC61966-2.1\0")));
        assert!(!has_other_colours(&profile(b"mluc....\0s\0R\0G\0B\0 \0v\x004")));
        assert!(has_other_colours(&profile(b"Display P3")));
        assert!(has_other_colours(b"ICC_PROFILE\0\x01\x01"));
        assert!(!has_other_colours(b"MPF\0"));
    }

    #[test]
    fn adobe_may_say_rgb() {
        assert!(is_other_model(b"Adobe\0\x64\0\0\0\0\0"));
        assert!(!is_other_model(b"Adobe\0\x64\0\0\0\0\x01"));
        assert!(!is_other_model(b"Adobe"));
    }
}
