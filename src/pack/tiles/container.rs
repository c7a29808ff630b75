//! One file a picture: all its tiles and the overview, each found with one seek.
//!
//! Layout, little-endian: magic `HDTILES1`; width, height (u32); count of entries (u32); entries of level (u8, 255 for
//! the overview), column, row (u32), offset (u64), length (u32); BLAKE3 of all that (32 bytes); then the encoded
//! pictures. The header has a fixed size for a given picture, so tiles are written as they are cut.
//!
//! Tiles that were made elsewhere may have another size and overlap: then the magic is `HDTILES2`, and side and overlap
//! of a tile (u32) stand after the height.

use super::pyramid::{Pyramid, TILE, TileId};
use crate::base::files::Staged;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

const MAGIC: &[u8; 8] = b"HDTILES1";
const MAGIC_OF_COLLECTED: &[u8; 8] = b"HDTILES2";
const HEAD_BYTES: usize = 20;
const COLLECTED_HEAD_BYTES: usize = 28;
/// Most that a tile may repeat of its neighbours.
const MAX_OVERLAP: u32 = 64;
const ENTRY_BYTES: usize = 21;
const HASH_BYTES: usize = 32;
const OVERVIEW_LEVEL: u8 = u8::MAX;
/// Far more than the tiles of any picture that a pack may hold; a head of more would only fill memory.
const MAX_ENTRIES: usize = 1 << 20;
/// No encoded tile is larger than its raw pixels would be.
const MAX_TILE_BYTES: u32 = 8 << 20;

/// A cut picture, open for reading from any thread.
#[derive(Debug)]
pub struct Container {
    pub pyramid: Pyramid,
    file: File,
    index: HashMap<TileId, (u64, u32)>,
}

fn overview_id() -> TileId {
    TileId { level: OVERVIEW_LEVEL, column: 0, row: 0 }
}

fn entry_count(pyramid: Pyramid) -> usize {
    let tiles: u64 = (0..pyramid.levels()).map(|l| pyramid.grid(l)).map(|(c, r)| u64::from(c) * u64::from(r)).sum();
    usize::try_from(tiles + 1).unwrap_or(usize::MAX)
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Container {
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let (pyramid, head) = read_head(&mut file)?;
        let count = u32_at(&head, head.len() - 4) as usize;
        if pyramid.width == 0
            || pyramid.height == 0
            || count > MAX_ENTRIES
            || count != entry_count(pyramid)
            || (count * ENTRY_BYTES) as u64 > length
        {
            return Err(invalid("tile container with a wrong head"));
        }
        let mut entries = vec![0; count * ENTRY_BYTES];
        file.read_exact(&mut entries)?;
        let mut hash = [0u8; HASH_BYTES];
        file.read_exact(&mut hash)?;
        if *head_hash(&head, &entries).as_bytes() != hash {
            return Err(invalid("tile container with a damaged head"));
        }
        let entries: Vec<(TileId, (u64, u32))> = entries.chunks_exact(ENTRY_BYTES).map(read_entry).collect();
        let content_at = (head.len() + count * ENTRY_BYTES + HASH_BYTES) as u64;
        check_entries(pyramid, &entries, content_at..length)?;
        Ok(Self { pyramid, file, index: entries.into_iter().collect() })
    }

    /// The encoded bytes of one tile.
    pub fn tile(&self, tile: TileId) -> io::Result<Vec<u8>> {
        let (offset, length) = self.index.get(&tile).copied().ok_or_else(|| invalid("no such tile"))?;
        if length > MAX_TILE_BYTES {
            return Err(invalid("tile of impossible size"));
        }
        let mut bytes = vec![0; length as usize];
        self.file.read_exact_at(&mut bytes, offset)?;
        Ok(bytes)
    }

    /// The encoded bytes of the whole picture at the overview's size.
    pub fn overview(&self) -> io::Result<Vec<u8>> {
        self.tile(overview_id())
    }
}

/// What a head says of the pyramid, and the head itself.
fn read_head(file: &mut File) -> io::Result<(Pyramid, Vec<u8>)> {
    let mut head = vec![0; HEAD_BYTES];
    file.read_exact(&mut head)?;
    let mut pyramid = Pyramid::new(u32_at(&head, 8), u32_at(&head, 12));
    if head.starts_with(MAGIC_OF_COLLECTED) {
        head.resize(COLLECTED_HEAD_BYTES, 0);
        file.read_exact(&mut head[HEAD_BYTES..])?;
        (pyramid.tile, pyramid.overlap) = (u32_at(&head, 16), u32_at(&head, 20));
        if !(1..=TILE).contains(&pyramid.tile) || pyramid.overlap > MAX_OVERLAP.min(pyramid.tile) {
            return Err(invalid("tile container with impossible tiles"));
        }
    } else if !head.starts_with(MAGIC) {
        return Err(invalid("not a tile container"));
    }
    Ok((pyramid, head))
}

/// Every tile of every level and the overview stand there once, in their order, and lie in the file behind its head.
fn check_entries(pyramid: Pyramid, entries: &[(TileId, (u64, u32))], content: Range<u64>) -> io::Result<()> {
    if !entries.is_sorted_by(|a, b| a.0 < b.0) {
        return Err(invalid("tile container with tiles out of order"));
    }
    // As many as there are tiles, none twice and none that is not: then none is missing.
    let is_there = |tile: TileId| {
        let (columns, rows) = pyramid.grid(tile.level);
        tile == overview_id() || (tile.level < pyramid.levels() && tile.column < columns && tile.row < rows)
    };
    if !entries.iter().all(|(tile, _)| is_there(*tile)) {
        return Err(invalid("tile container with tiles that no level has"));
    }
    let lies_within = |(offset, length): (u64, u32)| {
        let end = offset.checked_add(length.into());
        length <= MAX_TILE_BYTES && offset >= content.start && end.is_some_and(|end| end <= content.end)
    };
    if !entries.iter().all(|(_, place)| lies_within(*place)) {
        return Err(invalid("tile container with tiles that lie elsewhere"));
    }
    Ok(())
}

fn is_cut_here(pyramid: Pyramid) -> bool {
    pyramid == Pyramid::new(pyramid.width, pyramid.height)
}

fn head_hash(head: &[u8], entries: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(head);
    hasher.update(entries);
    hasher.finalize()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn read_entry(bytes: &[u8]) -> (TileId, (u64, u32)) {
    let tile = TileId { level: bytes[0], column: u32_at(bytes, 1), row: u32_at(bytes, 5) };
    let offset = u64::from(u32_at(bytes, 9)) | u64::from(u32_at(bytes, 13)) << 32;
    (tile, (offset, u32_at(bytes, 17)))
}

/// A container being written; it appears under its name only when it is whole.
#[derive(Debug)]
pub struct Writer {
    pyramid: Pyramid,
    staged: Staged,
    at: u64,
    entries: Vec<(TileId, u64, u32)>,
}

impl Writer {
    pub fn create(path: &Path, pyramid: Pyramid) -> io::Result<Self> {
        let mut staged = Staged::beside(path)?;
        let head = if is_cut_here(pyramid) { HEAD_BYTES } else { COLLECTED_HEAD_BYTES };
        let at = (head + entry_count(pyramid) * ENTRY_BYTES + HASH_BYTES) as u64;
        staged.file().seek(SeekFrom::Start(at))?;
        Ok(Self { pyramid, staged, at, entries: Vec::new() })
    }

    pub fn add(&mut self, tile: TileId, encoded: &[u8]) -> io::Result<()> {
        let length = u32::try_from(encoded.len()).map_err(|_| invalid("tile too large"))?;
        self.staged.file().write_all(encoded)?;
        self.entries.push((tile, self.at, length));
        self.at += u64::from(length);
        Ok(())
    }

    pub fn finish(mut self, overview: &[u8]) -> io::Result<()> {
        self.add(overview_id(), overview)?;
        if self.entries.len() != entry_count(self.pyramid) {
            return Err(invalid("not every tile was cut"));
        }
        self.entries.sort_unstable();
        let count = u32::try_from(self.entries.len()).map_err(|_| invalid("too many tiles"))?;
        let Pyramid { width, height, tile, overlap } = self.pyramid;
        let (magic, numbers) = if is_cut_here(self.pyramid) {
            (MAGIC, vec![width, height, count])
        } else {
            (MAGIC_OF_COLLECTED, vec![width, height, tile, overlap, count])
        };
        let mut head = Vec::from(magic);
        head.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
        let mut entries = Vec::with_capacity(self.entries.len() * ENTRY_BYTES);
        for (tile, offset, length) in &self.entries {
            entries.push(tile.level);
            entries.extend(tile.column.to_le_bytes());
            entries.extend(tile.row.to_le_bytes());
            entries.extend(offset.to_le_bytes());
            entries.extend(length.to_le_bytes());
        }
        let hash = head_hash(&head, &entries);
        let file = self.staged.file();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&head)?;
        file.write_all(&entries)?;
        file.write_all(hash.as_bytes())?;
        self.staged.publish()
    }
}
