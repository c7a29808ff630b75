//! Finds what lies in a sealed pack. Trusts nothing: the directory at the end and the headers before the files must agree
//! in every byte, and together they must account for every byte of the file.

use super::layout::{self, END_BYTES, LOCAL_BYTES, Member, RECORD_BYTES};
use super::manifest::{MANIFEST, format_of};
use super::names::MAX_NAME_BYTES;
use super::read::SealedError;
use super::{FORMAT, MAX_ENTRIES, MAX_MANIFEST_BYTES, MAX_PACK_BYTES};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Some bytes of a file; that the file ends before them is told as altered.
pub fn read_at(file: &File, at: u64, length: usize) -> Result<Vec<u8>, SealedError> {
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, at).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => SealedError::Altered("the file ends early".to_owned()),
        _ => SealedError::Io(error),
    })?;
    Ok(bytes)
}

pub fn crc_of(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// The files of a pack in their order, and where the directory begins.
pub fn members(file: &File, length: u64) -> Result<(Vec<Member>, u64), SealedError> {
    let altered = |why: &str| SealedError::Altered(why.to_owned());
    if length >= MAX_PACK_BYTES {
        return Err(SealedError::TooLarge);
    }
    if length < (END_BYTES + LOCAL_BYTES) as u64 || read_at(file, 0, 4)? != *b"PK\x03\x04" {
        return Err(SealedError::NotAPack);
    }
    // Whatever else is a ZIP file, such as a spreadsheet, is no pack that was altered.
    let name_at = LOCAL_BYTES as u64;
    if length >= name_at + MANIFEST.len() as u64 && read_at(file, name_at, MANIFEST.len())? != MANIFEST.as_bytes() {
        return Err(SealedError::NotAPack);
    }
    tell_newer(file, length)?;
    let end_at = length - END_BYTES as u64;
    let end = layout::read_end(&read_at(file, end_at, END_BYTES)?).map_err(altered)?;
    let count = usize::from(end.count);
    if !(2..=MAX_ENTRIES).contains(&count) {
        return Err(altered("no or too many entries"));
    }
    let (least, most) = (count * RECORD_BYTES, count * (RECORD_BYTES + MAX_NAME_BYTES));
    if !(least as u64..=most as u64).contains(&u64::from(end.length)) {
        return Err(altered("a directory of impossible length"));
    }
    if u64::from(end.offset) + u64::from(end.length) != end_at {
        return Err(altered("something beside the directory"));
    }
    let directory = read_at(file, end.offset.into(), end.length as usize)?;
    let members = read_members(file, &directory, count, end.offset.into())?;
    Ok((members, end.offset.into()))
}

fn read_members(file: &File, directory: &[u8], count: usize, end: u64) -> Result<Vec<Member>, SealedError> {
    let altered = |why: &str| SealedError::Altered(why.to_owned());
    let mut members = Vec::with_capacity(count);
    let (mut at, mut rest) = (0, directory);
    for _ in 0..count {
        let (member, length) = layout::read_record(rest).map_err(altered)?;
        if u64::from(member.offset) != at {
            return Err(altered("entries that overlap, leave a gap or are out of order"));
        }
        if member.ends_at() > end {
            return Err(altered("an entry that ends in the directory"));
        }
        let header = layout::local_header(&member);
        if read_at(file, at, header.len())? != header {
            return Err(altered("an entry that the directory tells otherwise"));
        }
        (at, rest) = (member.ends_at(), &rest[length..]);
        members.push(member);
    }
    if !rest.is_empty() {
        return Err(altered("more in the directory than its entries"));
    }
    if at != end {
        return Err(altered("something between the entries and the directory"));
    }
    Ok(members)
}

/// Looks for the format before all else, for a newer one may differ in anything but this: a manifest comes first.
fn tell_newer(file: &File, length: u64) -> Result<(), SealedError> {
    let content_at = (LOCAL_BYTES + MANIFEST.len()) as u64;
    if length < content_at {
        return Ok(());
    }
    let header = read_at(file, 0, LOCAL_BYTES + MANIFEST.len())?;
    let (crc, stored) = (layout::long_at(&header, 14), layout::long_at(&header, 18).map_or(0, u64::from));
    let is_manifest = layout::short_at(&header, 26) == Some(MANIFEST.len() as u16)
        && layout::short_at(&header, 28) == Some(0)
        && header.ends_with(MANIFEST.as_bytes());
    if !is_manifest || stored > MAX_MANIFEST_BYTES.min(length - content_at) {
        return Ok(());
    }
    let bytes = read_at(file, content_at, stored as usize)?;
    let format = serde_json::from_slice(&bytes).ok().as_ref().and_then(format_of);
    match format.filter(|format| *format > FORMAT && crc == Some(crc_of(&bytes))) {
        Some(format) => Err(SealedError::Newer(format)),
        None => Ok(()),
    }
}
