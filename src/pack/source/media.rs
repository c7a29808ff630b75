//! What can be told of a picture or a sound from a few bytes of its file, without decoding it.

use crate::pack::tiles::container::Container;
use crate::pack::tiles::foreign::ForeignError;
use crate::pack::tiles::rows::{self, RowsError};
use crate::pack::tiles::source::{TileSource, is_foreign};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Why a media file cannot be used.
#[derive(Debug)]
pub enum Unusable {
    Missing,
    /// The bytes are no format that a pack may hold.
    Format,
    Opus,
    /// Width and height are more than a picture may have.
    TooLarge(u32, u32),
    /// A picture that no rows can be read of, and why.
    Picture(RowsError),
    /// Tiles that were made elsewhere and cannot be used.
    Tiles(ForeignError),
    /// Tiles that were made elsewhere, without this one.
    NoTile(PathBuf),
    /// Tiles that lie where they must not.
    TilesOutside,
    TooHeavy,
    TooLong,
    Unreadable(io::Error),
}

pub const MAX_PICTURE_SIDE: u32 = 65_000;
pub const MAX_PICTURE_PIXELS: u64 = 4_000_000_000;
pub const MAX_SOUND_BYTES: u64 = 64 << 20;
pub const MAX_SOUND_SECONDS: u64 = 30 * 60;
/// The last page of an Ogg file lies within so many bytes of its end.
const MAX_OGG_PAGE: u64 = 65_307;

/// Width and height in pixels of a picture as it is to be seen, from its head alone. Of tiles made elsewhere, whose
/// files must all lie where `may_lie` says, it is what their description tells.
pub fn picture_size(path: &Path, may_lie: impl Fn(&Path) -> bool) -> Result<(u32, u32), Unusable> {
    let (width, height) = if is_foreign(path) { size_of_tiles(path, may_lie)? } else { size_of_picture(path)? };
    check_size(width, height)?;
    Ok((width, height))
}

/// Width and height in pixels of a picture that comes as a container of tiles.
pub fn container_size(path: &Path) -> Result<(u32, u32), Unusable> {
    let pyramid = Container::open(path).map_err(|error| Unusable::Tiles(error.into()))?.pyramid;
    check_size(pyramid.width, pyramid.height)?;
    Ok((pyramid.width, pyramid.height))
}

fn size_of_picture(path: &Path) -> Result<(u32, u32), Unusable> {
    // How large a huge PNG is can be told even when nothing else of it can.
    if let Some((width, height)) = png_size(path).map_err(from_io)? {
        check_size(width, height)?;
    }
    rows::picture_size(path).map_err(|error| match error {
        RowsError::Io(error) => from_io(error),
        RowsError::TooLarge { width, height } => Unusable::TooLarge(width, height),
        error => Unusable::Picture(error),
    })
}

fn size_of_tiles(path: &Path, may_lie: impl Fn(&Path) -> bool) -> Result<(u32, u32), Unusable> {
    let source = TileSource::open(path).map_err(|error| match error {
        ForeignError::Io(error) => from_io(error),
        error => Unusable::Tiles(error),
    })?;
    if !source.files().is_none_or(&may_lie) {
        return Err(Unusable::TilesOutside);
    }
    match source.missing() {
        Some(tile) => Err(Unusable::NoTile(tile)),
        None => Ok((source.pyramid().width, source.pyramid().height)),
    }
}

/// Width and height as the first chunk of a PNG file tells them; none for any other file.
fn png_size(path: &Path) -> io::Result<Option<(u32, u32)>> {
    let mut head = Vec::with_capacity(24);
    File::open(path)?.take(24).read_to_end(&mut head)?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let is_png = head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16) == Some(b"IHDR".as_slice());
    Ok(number(16).zip(number(20)).filter(|_| is_png))
}

fn check_size(width: u32, height: u32) -> Result<(), Unusable> {
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_PICTURE_SIDE || pixels > MAX_PICTURE_PIXELS {
        return Err(Unusable::TooLarge(width, height));
    }
    Ok(())
}

/// Accepts Ogg Vorbis, FLAC, MP3 and WAV by their first bytes, and by their length where the file tells it.
pub fn check_sound(path: &Path) -> Result<(), Unusable> {
    let mut file = File::open(path).map_err(from_io)?;
    let bytes = file.metadata().map_err(from_io)?.len();
    if bytes > MAX_SOUND_BYTES {
        return Err(Unusable::TooHeavy);
    }
    let mut head = Vec::with_capacity(64);
    file.by_ref().take(64).read_to_end(&mut head).map_err(from_io)?;
    check_form(&head)?;
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(bytes.saturating_sub(MAX_OGG_PAGE))).map_err(from_io)?;
    file.take(MAX_OGG_PAGE).read_to_end(&mut tail).map_err(from_io)?;
    match seconds(&head, &tail, bytes) {
        Some(seconds) if seconds > MAX_SOUND_SECONDS => Err(Unusable::TooLong),
        _ => Ok(()),
    }
}

fn check_form(head: &[u8]) -> Result<(), Unusable> {
    let has = |mark: &[u8]| find(head, mark).is_some();
    match head.get(..4) {
        Some(b"OggS") if has(b"OpusHead") => Err(Unusable::Opus),
        Some(b"OggS") if has(b"\x01vorbis") => Ok(()),
        Some(b"fLaC") => Ok(()),
        Some(b"RIFF") if has(b"WAVE") => Ok(()),
        Some([b'I', b'D', b'3', _]) => Ok(()),
        Some([sync, kind, rates, _]) if is_mp3_frame(*sync, *kind, *rates) => Ok(()),
        _ => Err(Unusable::Format),
    }
}

/// Whether three bytes begin an MPEG frame of layer III with a known version, bit rate and sample rate; AAC sound and
/// UTF-16 text begin with much the same bits.
fn is_mp3_frame(sync: u8, kind: u8, rates: u8) -> bool {
    let version = (kind >> 3) & 3;
    let layer = (kind >> 1) & 3;
    let bit_rate = rates >> 4;
    let sample_rate = (rates >> 2) & 3;
    sync == 0xff && kind >= 0xe0 && version != 1 && layer == 1 && (1..15).contains(&bit_rate) && sample_rate != 3
}

/// How long a sound is by its header, and for Ogg by its last page too; an MP3 file does not tell.
fn seconds(head: &[u8], tail: &[u8], bytes: u64) -> Option<u64> {
    let word = |at: usize| Some(u64::from(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?)));
    match head.get(..4)? {
        b"OggS" => {
            let rate = word(find(head, b"\x01vorbis")? + 12)?;
            let page = tail.windows(4).rposition(|w| w == b"OggS")?;
            let samples = i64::from_le_bytes(tail.get(page + 6..page + 14)?.try_into().ok()?);
            u64::try_from(samples).ok()?.checked_div(rate)
        }
        b"fLaC" => {
            // 20 bits of sample rate, 8 of channels and depth, 36 of length in samples.
            let packed = u64::from_be_bytes(head.get(18..26)?.try_into().ok()?);
            (packed & 0xf_ffff_ffff).checked_div(packed >> 44)
        }
        b"RIFF" if head.get(12..16) == Some(b"fmt ".as_slice()) => bytes.checked_div(word(28)?),
        _ => None,
    }
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|w| w == mark)
}

fn from_io(error: io::Error) -> Unusable {
    if error.kind() == io::ErrorKind::NotFound { Unusable::Missing } else { Unusable::Unreadable(error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn sounds_are_told_apart_by_their_first_bytes() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let write = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            fs::write(&path, bytes).expect("written");
            path
        };
        assert!(check_sound(&write("a", b"OggS...\x01vorbis")).is_ok());
        assert!(check_sound(&write("mp3", b"\xff\xfb\x90\x00")).is_ok());
        assert!(matches!(check_sound(&write("b", b"OggS...OpusHead")), Err(Unusable::Opus)));
        assert!(matches!(check_sound(&write("c", b"text")), Err(Unusable::Format)));
        assert!(matches!(check_sound(&write("adts", b"\xff\xf1\x50\x80")), Err(Unusable::Format)));
        assert!(matches!(check_sound(&write("utf16", b"\xff\xfeL\x00")), Err(Unusable::Format)));
        assert!(matches!(check_sound(&dir.path().join("none")), Err(Unusable::Missing)));
    }

    #[test]
    fn the_length_of_a_sound_is_read_from_its_file() {
        let mut ogg = b"OggS\x00\x02".to_vec();
        ogg.extend(16_000i64.to_le_bytes());
        ogg.extend([0; 14]);
        ogg.extend(b"\x01vorbis\x00\x00\x00\x00\x01");
        ogg.extend(8_000u32.to_le_bytes());
        assert_eq!(seconds(&ogg, &ogg, 0), Some(2));
        let mut flac = vec![0; 18];
        flac[..4].copy_from_slice(b"fLaC");
        flac.extend(((8_000u64 << 44) | 24_000).to_be_bytes());
        assert_eq!(seconds(&flac, &flac, 0), Some(3));
        let mut wav = b"RIFF....WAVEfmt ............".to_vec();
        wav.extend(1_000u32.to_le_bytes());
        assert_eq!(seconds(&wav, &wav, 5_000), Some(5));
        assert_eq!(seconds(b"ID3.", b"", 9), None);
    }

    #[test]
    fn a_png_tells_its_size_however_large() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.png");
        let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
        bytes.extend([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1]);
        fs::write(&path, bytes).expect("written");
        assert!(matches!(picture_size(&path, |_| true), Err(Unusable::TooLarge(0x7fff_ffff, 1))));
    }
}
