//! Whether all strips or tiles of a TIFF lie in its file, told from where its directory says they are.

use super::Tiff;
use super::layout::Compression;
use crate::pack::cut_off::{CLUSTER_BYTES, ends_in_zeros};
use std::io;

/// Some programs count bytes that fill up the last chunk and do not write them.
const SLACK_BYTES: u64 = 16;

impl Tiff {
    pub fn is_whole(&self) -> io::Result<bool> {
        let length = self.file.metadata()?.len();
        let chunks = self.layout.chunks.iter().enumerate();
        // A chunk without bytes is empty on purpose.
        let ends = chunks.filter(|(_, (place, bytes))| *place > 0 && *bytes > 0);
        let last = ends.map(|(index, (place, bytes))| place.saturating_add(self.needed(index, *bytes, length))).max();
        let Some(end) = last else { return Ok(true) };
        if end > length.saturating_add(SLACK_BYTES) {
            return Ok(false);
        }
        let is_packed = self.layout.compression != Compression::None && end <= length && end > CLUSTER_BYTES;
        Ok(!is_packed || !ends_in_zeros(&self.file, end)?)
    }

    /// Bytes of a chunk that its pixels cannot do without.
    fn needed(&self, index: usize, bytes: u64, file_bytes: u64) -> u64 {
        let layout = &self.layout;
        if layout.compression == Compression::None {
            let down = layout.height.div_ceil(layout.chunk_height);
            let row = (index / layout.across) as u32 % down;
            let rows = layout.chunk_height.min(layout.height - row * layout.chunk_height);
            return bytes.min(layout.chunk_row_bytes() as u64 * u64::from(rows));
        }
        // A length that the directory does not tell stands as that of the file.
        if bytes == file_bytes { 1 } else { bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 100 × 100 grey pixels in one strip at byte 200, whose directory says how long the strip is.
    fn is_whole(compression: u32, said: u32, data: &[u8]) -> bool {
        let tags =
            [(256, 100), (257, 100), (258, 8), (259, compression), (262, 1), (273, 200), (278, 100), (279, said)];
        let mut bytes = b"II*\0\x08\0\0\0\x08\0".to_vec();
        for (tag, value) in tags {
            bytes.extend([u16::to_le_bytes(tag), [4, 0]].concat());
            bytes.extend([1u32.to_le_bytes(), u32::to_le_bytes(value)].concat());
        }
        bytes.resize(200, 0);
        bytes.extend(data);
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("a.tif");
        std::fs::write(&path, bytes).expect("written");
        Tiff::open(&path).expect("opened").is_whole().expect("read")
    }

    #[test]
    fn every_strip_lies_in_the_file() {
        let (plain, lzw) = (1, 5);
        assert!(is_whole(plain, 10_000, &[7; 10_000]) && !is_whole(plain, 10_000, &[7; 9_000]));
        // A length that is too large does no harm where the pixels are there.
        assert!(is_whole(plain, 90_000, &[7; 10_000]));
        assert!(is_whole(lzw, 6_000, &[7; 6_000]) && is_whole(lzw, 6_000, &[7; 5_990]));
        assert!(!is_whole(lzw, 6_000, &[7; 5_000]));
        // Zeros are pixels, but no end of compressed ones.
        assert!(is_whole(plain, 10_000, &[0; 10_000]) && !is_whole(lzw, 6_000, &[0; 6_000]));
    }
}
