//! The directory of a TIFF or BigTIFF file: tags and their values, each read where it lies and only so far as the file
//! reaches. What the tags mean is not known here.

use crate::pack::tiles::rows::error::RowsError;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Entries of one directory; real files have a few dozen.
const MAX_ENTRIES: u64 = 1_000;
/// Bytes of one value: the places of eight million tiles.
const MAX_VALUE_BYTES: u64 = 64 << 20;
/// Directories looked at, so that a chain that loops has an end.
const MAX_DIRECTORIES: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Little,
    Big,
}

impl Order {
    pub fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    /// A number of one to eight bytes.
    fn number(self, bytes: &[u8]) -> u64 {
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        match self {
            Self::Little => bytes.iter().rev().fold(0, join),
            Self::Big => bytes.iter().fold(0, join),
        }
    }
}

/// A file of directories.
#[derive(Debug)]
pub struct Directories {
    file: File,
    length: u64,
    pub order: Order,
    /// BigTIFF, whose counts and places have eight bytes.
    big: bool,
}

#[derive(Debug)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u64,
    /// The value itself or its place, as it stands in the file.
    field: Vec<u8>,
}

#[derive(Debug)]
pub struct Directory<'f> {
    within: &'f Directories,
    entries: Vec<Entry>,
    next: u64,
}

impl Directories {
    pub fn open(file: File) -> Result<Self, RowsError> {
        let length = file.metadata()?.len();
        let mut head = [0; 4];
        file.read_exact_at(&mut head, 0)?;
        let order = if head[0] == b'M' { Order::Big } else { Order::Little };
        let big = order.number(&head[2..]) == 43;
        Ok(Self { file, length, order, big })
    }

    pub fn into_file(self) -> File {
        self.file
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    fn number_at(&self, at: u64, bytes: usize) -> io::Result<u64> {
        let mut number = [0; 8];
        self.file.read_exact_at(&mut number[..bytes], at)?;
        Ok(self.order.number(&number[..bytes]))
    }

    /// The directories of the chain, as far as it can be read.
    pub fn all(&self) -> Result<Vec<Directory<'_>>, RowsError> {
        let mut at = if self.big { self.number_at(8, 8)? } else { self.number_at(4, 4)? };
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        while at != 0 && !seen.contains(&at) && seen.len() < MAX_DIRECTORIES {
            seen.push(at);
            match self.directory(at) {
                Ok(directory) => {
                    at = directory.next;
                    found.push(directory);
                }
                // What follows the picture that is wanted need not be whole.
                Err(_) if !found.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn directory(&self, at: u64) -> Result<Directory<'_>, RowsError> {
        let (head_bytes, entry_bytes, next_bytes) = if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.number_at(at, head_bytes).map_err(|error| RowsError::at_row(0, &error))?;
        if count == 0 || count > MAX_ENTRIES {
            return Err(RowsError::decode("a TIFF directory of impossible length"));
        }
        let entries_at = at.saturating_add(head_bytes as u64);
        let mut bytes = vec![0; count as usize * entry_bytes];
        self.file.read_exact_at(&mut bytes, entries_at).map_err(|error| RowsError::at_row(0, &error))?;
        let number = |bytes: &[u8]| self.order.number(bytes);
        let entries = bytes.chunks_exact(entry_bytes).map(|entry| {
            let (head, field) = entry.split_at(if self.big { 12 } else { 8 });
            let (tag, kind, count) = (number(&head[..2]) as u16, number(&head[2..4]) as u16, number(&head[4..]));
            Entry { tag, kind, count, field: field.to_vec() }
        });
        let entries = entries.collect();
        // A directory that ends with the file has no next one.
        let next = self.number_at(entries_at.saturating_add(bytes.len() as u64), next_bytes).unwrap_or(0);
        Ok(Directory { within: self, entries, next })
    }
}

impl Directory<'_> {
    /// The value of a tag as whole numbers; none when the tag is missing.
    pub fn numbers(&self, tag: u16) -> Result<Option<Vec<u64>>, RowsError> {
        let Some(entry) = self.entry(tag) else { return Ok(None) };
        let size = match entry.kind {
            1 => 1,
            3 => 2,
            4 | 13 => 4,
            16 | 18 => 8,
            kind => return Err(RowsError::decode(format!("TIFF tag {tag} of kind {kind}"))),
        };
        let bytes = self.value(entry, size)?;
        Ok(Some(bytes.chunks_exact(size).map(|number| self.within.order.number(number)).collect()))
    }

    /// The first number of a tag, or what holds when it is missing.
    pub fn number(&self, tag: u16, missing: u64) -> Result<u64, RowsError> {
        Ok(self.numbers(tag)?.and_then(|numbers| numbers.first().copied()).unwrap_or(missing))
    }

    /// The value of a tag as it stands in the file.
    pub fn bytes(&self, tag: u16) -> Result<Option<Vec<u8>>, RowsError> {
        let entry = self.entry(tag).filter(|entry| matches!(entry.kind, 1 | 2 | 6 | 7));
        entry.map(|entry| self.value(entry, 1)).transpose()
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    fn value(&self, entry: &Entry, size: usize) -> Result<Vec<u8>, RowsError> {
        let length = entry.count.saturating_mul(size as u64);
        if length > MAX_VALUE_BYTES || length > self.within.length {
            return Err(RowsError::decode(format!("TIFF tag {} of impossible length", entry.tag)));
        }
        let length = length as usize;
        if let Some(here) = entry.field.get(..length) {
            return Ok(here.to_vec());
        }
        let mut bytes = vec![0; length];
        let place = self.within.order.number(&entry.field);
        self.within.file.read_exact_at(&mut bytes, place).map_err(|error| RowsError::at_row(0, &error))?;
        Ok(bytes)
    }
}
