//! ZIP archives that are the same bytes for the same content: no clock, no owner, entries in the order given.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// 1 January 1980, the earliest day that a ZIP archive can tell.
const DAY: u16 = 0x0021;
/// Version 2.0: deflated entries.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
const DEFLATED: u16 = 8;

/// An archive being put together in memory.
#[derive(Default)]
pub struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content)?;
        let packed = packed.finish()?;
        let mut check = flate2::Crc::new();
        check.update(content);
        let mut head = Vec::with_capacity(26);
        for short in [VERSION, FLAGS, DEFLATED, 0, DAY] {
            head.extend(short.to_le_bytes());
        }
        for long in [check.sum(), size(packed.len())?, size(content.len())?] {
            head.extend(long.to_le_bytes());
        }
        head.extend(u16::try_from(name.len()).map_err(io::Error::other)?.to_le_bytes());
        head.extend(0_u16.to_le_bytes());

        let offset = size(self.bytes.len())?;
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&head);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(head);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries = self.entries.checked_add(1).ok_or_else(|| io::Error::other("too many entries"))?;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        let offset = size(self.bytes.len())?;
        let length = size(self.directory.len())?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend(0_u16.to_le_bytes());
        Ok(self.bytes)
    }
}

fn size(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(|_| io::Error::other("archive over 4 GiB"))
}
