//! How long a sound is, from headers and the last page of its file; nothing is decoded.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The last page of an Ogg file lies within so many bytes of its end.
const MAX_OGG_PAGE: u64 = 65_307;
/// What an MP3 file is read of, at most: all that a pack may hold.
const MAX_MP3_BYTES: u64 = 64 << 20;
/// Chunks of a WAV file that are looked at before its sound must have come.
const MAX_CHUNKS: usize = 64;

/// Milliseconds of an Ogg Vorbis, FLAC, MP3 or WAV file; none when it does not tell.
pub fn millis(path: &Path) -> io::Result<Option<u64>> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut head = Vec::with_capacity(64);
    file.by_ref().take(64).read_to_end(&mut head)?;
    match head.get(..4) {
        Some(b"OggS") => {
            let mut tail = Vec::new();
            file.seek(SeekFrom::Start(bytes.saturating_sub(MAX_OGG_PAGE)))?;
            file.take(MAX_OGG_PAGE).read_to_end(&mut tail)?;
            Ok(ogg_millis(&head, &tail))
        }
        Some(b"fLaC") => Ok(flac_millis(&head)),
        Some(b"RIFF") => wav_millis(&mut file, bytes),
        _ => {
            let mut all = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.take(MAX_MP3_BYTES).read_to_end(&mut all)?;
            Ok(mp3_millis(&all))
        }
    }
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|w| w == mark)
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)))
}

fn ogg_millis(head: &[u8], tail: &[u8]) -> Option<u64> {
    let rate = word(head, find(head, b"\x01vorbis")? + 12)?;
    let page = tail.windows(4).rposition(|w| w == b"OggS")?;
    let samples = i64::from_le_bytes(tail.get(page + 6..page + 14)?.try_into().ok()?);
    u64::try_from(samples).ok()?.checked_mul(1000)?.checked_div(rate)
}

fn flac_millis(head: &[u8]) -> Option<u64> {
    // 20 bits of sample rate, 8 of channels and depth, 36 of length in samples.
    let packed = u64::from_be_bytes(head.get(18..26)?.try_into().ok()?);
    let samples = packed & 0xf_ffff_ffff;
    // A stream that was never closed tells no length.
    (samples > 0).then_some(samples * 1000)?.checked_div(packed >> 44)
}

fn wav_millis(file: &mut File, bytes: u64) -> io::Result<Option<u64>> {
    let mut at = 12;
    let mut bytes_per_second = None;
    for _ in 0..MAX_CHUNKS {
        let mut head = Vec::with_capacity(24);
        file.seek(SeekFrom::Start(at))?;
        file.by_ref().take(24).read_to_end(&mut head)?;
        let Some(size) = word(&head, 4) else { break };
        match head.get(..4) {
            Some(b"fmt ") => bytes_per_second = word(&head, 16),
            Some(b"data") => {
                // A recorder that was cut off leaves a length that goes past the file's end.
                let held = size.min(bytes.saturating_sub(at + 8));
                return Ok(bytes_per_second.and_then(|rate| (held * 1000).checked_div(rate)));
            }
            _ => {}
        }
        at += 8 + size + size % 2;
    }
    Ok(None)
}

/// Adds up the frames of an MPEG stream of layer III; what is no frame is stepped over.
fn mp3_millis(bytes: &[u8]) -> Option<u64> {
    let mut at = id3_length(bytes);
    let mut micros = 0;
    while let Some(head) = bytes.get(at..at + 4) {
        match frame(head) {
            Some((length, lasts)) => {
                micros += lasts;
                at += length;
            }
            None => at += 1,
        }
    }
    (micros > 0).then_some(micros / 1000)
}

fn id3_length(bytes: &[u8]) -> usize {
    match bytes.get(..10) {
        Some([b'I', b'D', b'3', _, _, _, a, b, c, d]) => {
            10 + [a, b, c, d].iter().fold(0, |sum, byte| (sum << 7) | usize::from(**byte & 0x7f))
        }
        _ => 0,
    }
}

/// Bytes and microseconds of the frame that begins with this head.
fn frame(head: &[u8]) -> Option<(usize, u64)> {
    const MPEG_1: [u64; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const MPEG_2: [u64; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    const RATES: [u64; 3] = [44_100, 48_000, 32_000];
    let [sync, kind, rates, _] = *head else { return None };
    let (version, layer) = ((kind >> 3) & 3, (kind >> 1) & 3);
    if sync != 0xff || kind < 0xe0 || version == 1 || layer != 1 {
        return None;
    }
    let first = version == 3;
    let kilobits = *(if first { MPEG_1 } else { MPEG_2 }).get(usize::from(rates >> 4)).filter(|rate| **rate > 0)?;
    let slower = [4, 1, 2, 1][usize::from(version)];
    let rate = RATES.get(usize::from((rates >> 2) & 3))? / slower;
    let samples = if first { 1152 } else { 576 };
    let length = samples / 8 * kilobits * 1000 / rate + u64::from((rates >> 1) & 1);
    Some((usize::try_from(length).ok()?, samples * 1_000_000 / rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ogg_and_flac_tell_their_length() {
        let mut ogg = b"OggS\x00\x02".to_vec();
        ogg.extend(12_000i64.to_le_bytes());
        ogg.extend([0; 14]);
        ogg.extend(b"\x01vorbis\x00\x00\x00\x00\x01");
        ogg.extend(8_000u32.to_le_bytes());
        assert_eq!(ogg_millis(&ogg, &ogg), Some(1_500));
        let mut flac = vec![0; 18];
        flac[..4].copy_from_slice(b"fLaC");
        flac.extend(((8_000u64 << 44) | 24_000).to_be_bytes());
        assert_eq!(flac_millis(&flac), Some(3_000));
    }

    #[test]
    fn a_wav_is_as_long_as_its_data() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.wav");
        std::fs::write(&path, wav(1_000, &[0; 1_500])).expect("written");
        assert_eq!(millis(&path).expect("read"), Some(1_500));
    }

    /// Mono, 16 bits.
    fn wav(rate: u32, samples: &[i16]) -> Vec<u8> {
        let data: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
        let mut out = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        out.extend(rate.to_le_bytes());
        out.extend((rate * 2).to_le_bytes());
        out.extend(b"\x02\0\x10\0data");
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
        out
    }

    #[test]
    fn frames_of_an_mp3_are_added_up() {
        // MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes, 26.122 ms.
        let mut bytes = b"ID3\x04\0\0\0\0\0\x02xx".to_vec();
        for _ in 0..100 {
            bytes.extend([0xff, 0xfb, 0x90, 0]);
            bytes.extend([0; 413]);
        }
        assert_eq!(mp3_millis(&bytes), Some(2_612));
        assert_eq!(mp3_millis(b"no sound at all"), None);
    }
}
