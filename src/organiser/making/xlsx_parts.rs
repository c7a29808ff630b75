//! Takes a spreadsheet's ZIP apart within bounds and puts it together again without compression, so that whoever reads
//! it further meets neither a bomb nor a damaged directory. Nothing is written to disk.

use flate2::bufread::DeflateDecoder;
use std::io::Read;

/// Bytes that all parts together may have.
pub const MAX_PARTS_BYTES: u64 = 48 << 20;
const MAX_PARTS: usize = 1_000;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    #[error("no ZIP directory")]
    NoDirectory,
    #[error("a damaged ZIP directory")]
    Damaged,
    #[error("more than {MAX_PARTS} parts")]
    TooMany,
    #[error("more than {} MiB when unpacked", MAX_PARTS_BYTES >> 20)]
    TooLarge,
    #[error("encrypted, or of an unknown compression")]
    Unsupported,
}

impl PartsError {
    pub fn in_vietnamese(&self) -> String {
        match self {
            Self::NoDirectory | Self::Damaged => "tệp bị hỏng, mở bằng Excel hoặc LibreOffice rồi lưu lại".to_owned(),
            Self::TooMany => format!("nhiều hơn {MAX_PARTS} phần"),
            Self::TooLarge => format!("giải nén ra hơn {} MiB", MAX_PARTS_BYTES >> 20),
            Self::Unsupported => "tệp có mật khẩu, hoặc nén theo cách lạ".to_owned(),
        }
    }
}

/// One part: its name and its bytes, unpacked.
struct Part {
    name: Vec<u8>,
    bytes: Vec<u8>,
}

/// The same ZIP with every part stored as it is.
pub fn stored(zip: &[u8]) -> Result<Vec<u8>, PartsError> {
    let mut parts: Vec<Part> = Vec::new();
    let mut room = MAX_PARTS_BYTES;
    let (count, mut at) = directory(zip)?;
    if count > MAX_PARTS {
        return Err(PartsError::TooMany);
    }
    for _ in 0..count {
        let (part, next) = part(zip, at, room)?;
        room -= part.bytes.len() as u64;
        at = next;
        // Of two parts with one name another reader might take the other one.
        if parts.iter().any(|other| other.name == part.name) {
            return Err(PartsError::Damaged);
        }
        parts.push(part);
    }
    Ok(put_together(&parts))
}

fn word(bytes: &[u8], at: usize) -> Result<usize, PartsError> {
    let two = bytes.get(at..at.saturating_add(2)).ok_or(PartsError::Damaged)?;
    Ok(usize::from(u16::from_le_bytes([two[0], two[1]])))
}

fn double(bytes: &[u8], at: usize) -> Result<usize, PartsError> {
    Ok(word(bytes, at)? | word(bytes, at.saturating_add(2))? << 16)
}

/// How many parts there are and where their directory begins, by the mark at the end of the file.
fn directory(zip: &[u8]) -> Result<(usize, usize), PartsError> {
    let from = zip.len().saturating_sub(22 + 0xffff);
    let tail = zip.get(from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or(PartsError::NoDirectory)? + from;
    Ok((word(zip, end + 10)?, double(zip, end + 16)?))
}

/// The part that an entry of the directory tells of, and where the next entry begins.
fn part(zip: &[u8], at: usize, room: u64) -> Result<(Part, usize), PartsError> {
    let mark = zip.get(at..at.saturating_add(4));
    if mark != Some(b"PK\x01\x02".as_slice()) {
        return Err(PartsError::Damaged);
    }
    let (flags, method) = (word(zip, at + 8)?, word(zip, at + 10)?);
    let (packed, unpacked) = (double(zip, at + 20)?, double(zip, at + 24)?);
    let (name, extra, said) = (word(zip, at + 28)?, word(zip, at + 30)?, word(zip, at + 32)?);
    let local = double(zip, at + 42)?;
    let name_bytes = zip.get(at + 46..at + 46 + name).ok_or(PartsError::Damaged)?.to_vec();
    if flags & 1 != 0 || !matches!(method, 0 | 8) {
        return Err(PartsError::Unsupported);
    }
    if unpacked as u64 > room {
        return Err(PartsError::TooLarge);
    }
    if zip.get(local..local.saturating_add(4)) != Some(b"PK\x03\x04".as_slice()) {
        return Err(PartsError::Damaged);
    }
    let data = local + 30 + word(zip, local + 26)? + word(zip, local + 28)?;
    let packed = zip.get(data..data.saturating_add(packed)).ok_or(PartsError::Damaged)?;
    let bytes = if method == 0 { packed.to_vec() } else { inflated(packed, unpacked)? };
    if bytes.len() != unpacked {
        return Err(PartsError::Damaged);
    }
    Ok((Part { name: name_bytes, bytes }, at + 46 + name + extra + said))
}

/// Never more than was told, and one byte to notice that.
fn inflated(packed: &[u8], unpacked: usize) -> Result<Vec<u8>, PartsError> {
    let mut bytes = Vec::new();
    let read = DeflateDecoder::new(packed).take(unpacked as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|_| PartsError::Damaged)?;
    Ok(bytes)
}

fn put_together(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let short = |number: usize| (number as u16).to_le_bytes();
    let long = |number: usize| (number as u32).to_le_bytes();
    for part in parts {
        let mut crc = flate2::Crc::new();
        crc.update(&part.bytes);
        let mut common = Vec::new();
        common.extend([20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]);
        common.extend(crc.sum().to_le_bytes());
        common.extend(long(part.bytes.len()).iter().chain(&long(part.bytes.len())));
        common.extend(short(part.name.len()).iter().chain(&[0, 0]));
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(long(out.len()));
        directory.extend(&part.name);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(&part.name);
        out.extend(&part.bytes);
    }
    let start = out.len();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(parts.len()).iter().chain(&short(parts.len())));
    out.extend(long(directory.len()).iter().chain(&long(start)));
    out.extend([0, 0]);
    out
}
