//! The records of a ZIP file as bytes, in the only form that a sealed pack has: every field that tells nothing has one
//! allowed value.

/// Bytes of a local header and of a record of the directory, without their name.
pub const LOCAL_BYTES: usize = 30;
pub const RECORD_BYTES: usize = 46;
pub const END_BYTES: usize = 22;

const LOCAL_MARK: u32 = 0x0403_4b50;
const RECORD_MARK: u32 = 0x0201_4b50;
const END_MARK: u32 = 0x0605_4b50;
/// Version 1.0: files that are stored.
const VERSION: u16 = 10;
/// Names are in UTF-8.
const UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
/// 1 January 1980, midnight: the first moment a ZIP file can tell.
const TIME: u16 = 0;
const DATE: u16 = 0x21;

/// One file in the ZIP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub crc: u32,
    pub length: u32,
    /// Of the local header.
    pub offset: u32,
}

impl Member {
    /// Where the file's own bytes begin.
    pub fn content_at(&self) -> u64 {
        u64::from(self.offset) + LOCAL_BYTES as u64 + self.name.len() as u64
    }

    pub fn ends_at(&self) -> u64 {
        self.content_at() + u64::from(self.length)
    }
}

/// What the end of the file tells of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub count: u16,
    pub length: u32,
    pub offset: u32,
}

/// Bytes put one after the other, little-endian.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn short(mut self, number: u16) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }

    fn long(mut self, number: u32) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }

    /// What a local header and a record of the directory have in common.
    fn common(self, member: &Member) -> Self {
        let name = u16::try_from(member.name.len()).unwrap_or(u16::MAX);
        let fixed = self.short(VERSION).short(UTF8).short(STORED).short(TIME).short(DATE);
        fixed.long(member.crc).long(member.length).long(member.length).short(name).short(0)
    }

    fn with(mut self, name: &str) -> Vec<u8> {
        self.0.extend(name.as_bytes());
        self.0
    }
}

pub fn local_header(member: &Member) -> Vec<u8> {
    Bytes::default().long(LOCAL_MARK).common(member).with(&member.name)
}

pub fn directory_record(member: &Member) -> Vec<u8> {
    let record = Bytes::default().long(RECORD_MARK).short(VERSION).common(member);
    // Comment, disk, inner and outer attributes: none.
    record.short(0).short(0).short(0).long(0).long(member.offset).with(&member.name)
}

pub fn end_record(end: End) -> Vec<u8> {
    let record = Bytes::default().long(END_MARK).short(0).short(0).short(end.count).short(end.count);
    record.long(end.length).long(end.offset).short(0).0
}

pub fn short_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub fn long_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Reads the last bytes of a file; all that is not the directory's place must be as it is written here.
pub fn read_end(bytes: &[u8]) -> Result<End, &'static str> {
    if long_at(bytes, 0) != Some(END_MARK) {
        return Err("no end of a ZIP directory at the end of the file");
    }
    let number = |at| short_at(bytes, at).unwrap_or_default();
    if (number(4), number(6)) != (0, 0) || number(8) != number(10) {
        return Err("a ZIP file in several parts");
    }
    if number(20) != 0 {
        return Err("a comment at the end");
    }
    let long = |at| long_at(bytes, at).unwrap_or_default();
    Ok(End { count: number(10), length: long(12), offset: long(16) })
}

/// Reads the record at the start of some bytes of the directory, and how long it is.
pub fn read_record(bytes: &[u8]) -> Result<(Member, usize), &'static str> {
    let fixed = bytes.get(..RECORD_BYTES).ok_or("a directory that ends early")?;
    let long = |at| long_at(fixed, at).unwrap_or_default();
    let short = |at| short_at(fixed, at).unwrap_or_default();
    if long(0) != RECORD_MARK {
        return Err("a directory with something else in it");
    }
    let name_bytes = usize::from(short(28));
    let end = RECORD_BYTES + name_bytes;
    let name = bytes.get(RECORD_BYTES..end).ok_or("a directory that ends early")?;
    let name = std::str::from_utf8(name).map_err(|_| "a name that is not in UTF-8")?;
    why_strange(fixed)?;
    let member = Member { name: name.to_owned(), crc: long(16), length: long(24), offset: long(42) };
    // Nothing that was not looked at by name may differ either.
    if directory_record(&member) != bytes[..end] {
        return Err("a record of another form");
    }
    Ok((member, end))
}

/// Tells by name what some fields of a directory's record should not say.
fn why_strange(record: &[u8]) -> Result<(), &'static str> {
    let long = |at| long_at(record, at).unwrap_or_default();
    let short = |at| short_at(record, at).unwrap_or_default();
    let flags = short(8);
    let rules = [
        (flags & 1 == 0, "an encrypted entry"),
        (flags & (1 << 3) == 0, "an entry whose length follows it"),
        (flags == UTF8, "flags that no pack has"),
        (short(10) == STORED, "a compressed entry"),
        ((short(12), short(14)) == (TIME, DATE), "an entry with a date"),
        (long(20) == long(24), "an entry of two lengths"),
        (short(30) == 0, "an entry with extra fields"),
        (short(32) == 0, "an entry with a comment"),
        (short(34) == 0, "an entry on another disk"),
        (short(36) == 0 && long(38) == 0, "an entry with attributes, such as of a link or folder"),
        (short(4) == VERSION && short(6) == VERSION, "an entry for another version of ZIP"),
    ];
    rules.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, why)| Err(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let member = Member { name: "a/ả.ron".to_owned(), crc: 7, length: 9, offset: 0x0102_0304 };
        let record = directory_record(&member);
        assert_eq!(record.len(), RECORD_BYTES + member.name.len());
        assert_eq!(read_record(&record), Ok((member.clone(), record.len())));
        assert_eq!(local_header(&member).len(), LOCAL_BYTES + member.name.len());
        let end = End { count: 3, length: 4, offset: 5 };
        assert_eq!(end_record(end).len(), END_BYTES);
        assert_eq!(read_end(&end_record(end)), Ok(end));
        assert!(read_record(&record[..record.len() - 1]).is_err());
    }
}
