//! Whether pictures and sounds go on to their end, told from a few places of their files without decoding: what was
//! copied halfway has a good head and nothing after it. A format whose end cannot be told so is taken for whole.

use super::tiles::rows;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// What a format's last mark is looked for in first; files with more behind it are walked from their beginning.
const TAIL_BYTES: u64 = 64 << 10;
/// A page of an Ogg file has fewer bytes.
const OGG_TAIL_BYTES: u64 = 128 << 10;
/// A copy that was broken off may have its full length, with zeros where whole clusters of the disk are missing.
pub const CLUSTER_BYTES: u64 = 4 << 10;
/// Lengths from here on stand in WAV files whose writer did not know the length yet.
const UNKNOWN_LENGTH: u32 = 0x7f00_0000;
/// Chunks and segments that are followed; a file of more of them is taken for whole, for it was made to keep us busy.
const MAX_STEPS: usize = 1 << 20;
const PNG_END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";

/// A file that is read here and there.
struct Seen {
    file: File,
    length: u64,
}

impl Seen {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }

    /// So many bytes from a place on, fewer where the file ends.
    fn at(&self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        let bytes = bytes.min(self.length.saturating_sub(at));
        let mut read = vec![0; usize::try_from(bytes).unwrap_or(0)];
        self.file.read_exact_at(&mut read, at)?;
        Ok(read)
    }

    fn array<const N: usize>(&self, at: u64) -> io::Result<Option<[u8; N]>> {
        Ok(self.at(at, N as u64)?.try_into().ok())
    }
}

/// Whether a picture has its end; of a TIFF, whether all strips or tiles lie in the file.
pub fn picture_is_whole(path: &Path) -> io::Result<bool> {
    let seen = Seen::open(path)?;
    match seen.at(0, 12)?.as_slice() {
        [0xff, 0xd8, 0xff, ..] => jpeg(&seen),
        [0x89, b'P', b'N', b'G', ..] => png(&seen),
        [b'R', b'I', b'F', b'F', .., b'W', b'E', b'B', b'P'] => webp(&seen),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => {
            rows::tiff_is_whole(path).map_err(io::Error::other)
        }
        _ => Ok(true),
    }
}

/// Whether a sound has its end. FLAC and MP3 tell nothing of it.
pub fn sound_is_whole(path: &Path) -> io::Result<bool> {
    let seen = Seen::open(path)?;
    match seen.at(0, 12)?.as_slice() {
        [b'O', b'g', b'g', b'S', ..] => ogg(&seen),
        [b'R', b'I', b'F', b'F', .., b'W', b'A', b'V', b'E'] => wav(&seen),
        _ => Ok(true),
    }
}

/// Chunk after chunk up to the last, unless that stands at the end as it should.
fn png(seen: &Seen) -> io::Result<bool> {
    let tail = seen.at(seen.length.saturating_sub(TAIL_BYTES), TAIL_BYTES)?;
    if find(&tail, PNG_END).is_some() {
        return Ok(true);
    }
    let mut at = 8;
    for _ in 0..MAX_STEPS {
        let Some([a, b, c, d, kind @ ..]) = seen.array::<8>(at)? else { return Ok(false) };
        // Length, name and check sum stand around what a chunk holds.
        at += 12 + u64::from(u32::from_be_bytes([a, b, c, d]));
        if at > seen.length || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Ok(false);
        }
        if kind == *b"IEND" {
            return Ok(true);
        }
    }
    Ok(true)
}

/// The mark of the end comes after the first scan; before it there may be small pictures with marks of their own.
fn jpeg(seen: &Seen) -> io::Result<bool> {
    let Some(scan) = first_scan(seen)? else { return Ok(false) };
    let end = [0xff, 0xd9];
    let tail_at = scan.max(seen.length.saturating_sub(TAIL_BYTES));
    if find(&seen.at(tail_at, TAIL_BYTES)?, &end).is_some() {
        return Ok(true);
    }
    // Telephones put a film or another picture behind. Steps overlap by a byte, for a mark has two.
    let mut at = scan;
    while at < tail_at {
        let part = seen.at(at, 1 << 20)?;
        if find(&part, &end).is_some() {
            return Ok(true);
        }
        at += part.len().saturating_sub(1).max(1) as u64;
    }
    Ok(false)
}

/// Where the first scan of a JPEG begins, or what is no segment; none when the file ends before.
fn first_scan(seen: &Seen) -> io::Result<Option<u64>> {
    let mut at = 2;
    for _ in 0..MAX_STEPS {
        let Some([mark, kind, high, low]) = seen.array(at)? else { return Ok(None) };
        match (mark, kind) {
            (0xff, 0xda) => return Ok(Some(at)),
            // Marks may be filled up, and some stand alone.
            (0xff, 0xff) => at += 1,
            (0xff, 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, _) => at += 2 + u64::from(u16::from_be_bytes([high, low])),
            _ => return Ok(Some(at)),
        }
    }
    Ok(Some(at))
}

fn webp(seen: &Seen) -> io::Result<bool> {
    let length = seen.array(4)?.map_or(0, u32::from_le_bytes);
    let end = 8 + u64::from(length);
    Ok(end <= seen.length && !ends_in_zeros(&seen.file, end)?)
}

/// Whether compressed data that ends here has a cluster of zeros for its end, which no encoder writes.
pub fn ends_in_zeros(file: &File, end: u64) -> io::Result<bool> {
    let Some(at) = end.checked_sub(CLUSTER_BYTES) else { return Ok(false) };
    let mut last = [0; CLUSTER_BYTES as usize];
    file.read_exact_at(&mut last, at)?;
    Ok(last.iter().all(|byte| *byte == 0))
}

fn wav(seen: &Seen) -> io::Result<bool> {
    let mut at = 12;
    for _ in 0..MAX_STEPS {
        let Some([kind @ .., a, b, c, d]) = seen.array::<8>(at)? else { return Ok(false) };
        let length = u32::from_le_bytes([a, b, c, d]);
        let end = at + 8 + u64::from(length);
        if kind == *b"data" {
            return Ok(length == 0 || length >= UNKNOWN_LENGTH || end <= seen.length);
        }
        // Chunks begin at even places.
        at = end + u64::from(length & 1);
    }
    Ok(true)
}

/// The last page that begins lies in the file. Whether it says that it is the last is not asked: recordings that were
/// cut on purpose do not.
fn ogg(seen: &Seen) -> io::Result<bool> {
    let tail_at = seen.length.saturating_sub(OGG_TAIL_BYTES);
    let tail = seen.at(tail_at, OGG_TAIL_BYTES)?;
    let page = tail.windows(4).rposition(|bytes| bytes == b"OggS").map(|at| &tail[at..]);
    let end = page.and_then(|page| {
        let count = usize::from(*page.get(26)?);
        let segments = page.get(27..27 + count)?;
        Some(27 + count + segments.iter().copied().map(usize::from).sum::<usize>())
    });
    Ok(page.zip(end).is_some_and(|(page, end)| end <= page.len()))
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;
    use std::fs;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let grain = |x: u32, y: u32| (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_le_bytes();
        let picture = image::RgbImage::from_fn(160, 120, |x, y| {
            let [a, b, c, _] = grain(x, y);
            image::Rgb([a, b, c])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("picture written");
        bytes.into_inner()
    }

    fn is_whole(bytes: &[u8]) -> bool {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a");
        fs::write(&path, bytes).expect("written");
        let is_sound = bytes.starts_with(b"OggS") || bytes.get(8..12) == Some(b"WAVE");
        if is_sound { sound_is_whole(&path).expect("read") } else { picture_is_whole(&path).expect("read") }
    }

    fn with(bytes: &[u8], more: &[u8]) -> Vec<u8> {
        [bytes, more].concat()
    }

    #[test]
    fn a_picture_is_whole_or_lacks_its_end_wherever_it_was_cut() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = picture(format);
            assert!(is_whole(&bytes), "{format:?}");
            for kept in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 100, bytes.len() - 2] {
                assert!(!is_whole(&bytes[..kept]), "{format:?} {kept} of {}", bytes.len());
            }
            // Space was set aside for the whole copy, and the disk has zeros there.
            let mut hollow = bytes.clone();
            let from = hollow.len() - 6_000;
            hollow[from..].fill(0);
            assert!(!is_whole(&hollow), "{format:?}");
        }
    }

    #[test]
    fn what_stands_behind_a_picture_does_not_matter() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let bytes = picture(format);
            assert!(is_whole(&with(&bytes, &[0; 9_000])), "{format:?}");
            assert!(is_whole(&with(&bytes, &[7; 200_000])), "{format:?}");
        }
        // A second picture that is cut off does not spoil the first.
        let bytes = picture(ImageFormat::Jpeg);
        assert!(is_whole(&with(&bytes, &bytes[..bytes.len() / 2])));
    }

    #[test]
    fn the_end_of_a_small_copy_in_the_head_is_not_the_end_of_the_picture() {
        let (small, large) = (picture(ImageFormat::Jpeg), picture(ImageFormat::Jpeg));
        let small = &small[..small.len().min(60_000)];
        let mut head = with(&large[..2], &[0xff, 0xe1]);
        head.extend((small.len() as u16 + 4).to_be_bytes());
        head.extend(small);
        head.extend([0xff, 0xd9]);
        let whole = with(&head, &large[2..]);
        assert!(is_whole(&whole));
        assert!(!is_whole(&whole[..whole.len() - 50]));
    }

    #[test]
    fn sounds_end_with_what_they_promise() {
        let wav = |said: u32, has: usize| {
            let mut bytes = b"RIFF....WAVEfmt \x10\0\0\0................LIST\x03\0\0\0abc\0data".to_vec();
            bytes.extend(said.to_le_bytes());
            with(&bytes, &vec![1; has])
        };
        assert!(is_whole(&wav(500, 500)) && is_whole(&wav(u32::MAX, 500)) && is_whole(&wav(0, 500)));
        assert!(!is_whole(&wav(500, 400)) && !is_whole(&wav(0, 0)[..50]));
        let mut page = b"OggS\0\x02".to_vec();
        page.extend([0; 20]);
        page.extend([2, 200, 100]);
        page.extend([9; 300]);
        assert!(is_whole(&page) && is_whole(&with(&page, &page)) && is_whole(&with(&page, b"TAG")));
        assert!(!is_whole(&page[..300]) && !is_whole(&with(&page, &page[..20])));
    }
}
